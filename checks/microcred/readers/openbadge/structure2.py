"""What is wrong with the structure of an Open Badge 2.0, by its own format's tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from microcred.credential import Fault
from microcred.readers.foreign import MOST_FAULTS, Node, escaped
from microcred.readers.openbadge.classes import class_of
from microcred.rule import Verdict, cannot_tell, not_met

__all__ = ["structure"]

_CLASSES: Final = {
    "Assertion": class_of(
        "@context id type recipient badge verification issuedOn",
        "image evidence narrative expires revoked revocationReason related endorsement uid verify",
    ),
    "BadgeClass": class_of(
        "id type name description image criteria issuer",
        "alignment tags version related endorsement",
    ),
    "Profile": class_of(
        "id type name url email",
        "description image telephone publicKey verification revocationList endorsement address",
    ),
    "IdentityObject": class_of("type hashed identity", "salt"),
    "AlignmentObject": class_of(
        "targetName targetUrl", "type targetDescription targetFramework targetCode"
    ),
}
_BY_KEY: Final = {
    "badge": "BadgeClass",
    "issuer": "Profile",
    "recipient": "IdentityObject",
    "alignment": "AlignmentObject",
}
_DATES: Final = ("issuedOn", "expires")
_DATE_TIME: Final = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})"
)

Told = tuple[Fault | None, str]


def structure(root: Node) -> tuple[frozenset[str], tuple[Fault, ...]]:
    """Return the rules that had something to judge, and what they found."""
    looked_at = {"OB-1", "OB-2", "OB-9"}
    found: list[Fault] = []
    for fault, rule in _all(root):
        looked_at.add(rule)
        if fault is not None:
            found.append(fault)
        if len(found) == MOST_FAULTS:
            break
    return frozenset(looked_at), tuple(found)


def _all(root: Node) -> Iterator[Told]:
    waiting = [(root, "Assertion" if root.first("badge") is not None else "BadgeClass")]
    while waiting:
        node, name = waiting.pop()
        if not isinstance(node.value, dict):
            if name == "Profile" and isinstance(node.value, str):
                yield Fault("OB-9", node.at, _elsewhere(node.value)), "OB-9"
            continue
        yield from _of_object(node, node.value, name)
        for key, value in reversed(node.value.items()):
            if key in _BY_KEY:
                at = f"{node.at}/{escaped(key)}"
                items = value if isinstance(value, list) else [value]
                waiting += reversed(
                    [
                        (Node(item, f"{at}/{n}" if isinstance(value, list) else at), _BY_KEY[key])
                        for n, item in enumerate(items)
                    ]
                )


def _elsewhere(address: str) -> Verdict:
    return cannot_tell(
        "Who issued the badge stands at “{address}”, and nothing is fetched here: "
        "what does it say?",
        address=address,
    )


def _of_object(node: Node, value: dict[str, object], name: str) -> Iterator[Told]:
    known = _CLASSES[name]
    for key in value:
        # Extensions announce themselves by a colon in their name.
        if key in known.known or key.startswith("@") or ":" in key:
            continue
        near = get_close_matches(key[:60], known.known, 1, 0.7)
        verdict = not_met(
            "“{key}” is no key of {type}",
            fix="Write `{near}`" if near else None,
            key=key,
            type=name,
            near=near[0] if near else "",
        )
        yield Fault("OB-1", f"{node.at}/{escaped(key)}", verdict), "OB-1"
    stated = value.keys() | ({"verification"} if "verify" in value else set())
    stated |= {"id"} if "uid" in value else set()
    for missing in sorted(known.needed - stated):
        if missing == "@context" and node.at:  # inside of another document
            continue
        verdict = not_met(
            "{type} has no “{key}”", fix="Add the key `{key}`", type=name, key=missing
        )
        yield Fault("OB-2", node.at, verdict), "OB-2"
    for key in _DATES:
        if key in value:
            text = value[key]
            wrong = not (isinstance(text, str) and _DATE_TIME.fullmatch(text))
            verdict = not_met("“{key}” is “{value}”", key=key, value=text)
            yield (Fault("OB-3", f"{node.at}/{key}", verdict) if wrong else None), "OB-3"
