"""What is wrong with the structure of an Open Badge 3.0, by its own format's tables.

What no context defines is not covered by most signatures, and most wallets don't show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from microcred.credential import Fault
from microcred.readers.foreign import MOST_FAULTS, Node, escaped
from microcred.readers.openbadge.alignments import aligned, eqf_levels, kind_of_alignment
from microcred.readers.openbadge.classes import ALSO_CALLED, BY_KEY, CLASSES
from microcred.readers.openbadge.results import described_by
from microcred.readers.seals import sealed
from microcred.rule import Verdict, not_met
from microcred.vocabularies import vocabulary

__all__ = ["structure"]


_DATES: Final = frozenset(
    {
        "validFrom",
        "validUntil",
        "issuanceDate",
        "expirationDate",
        "awardedDate",
        "activityStartDate",
        "activityEndDate",
    }
)
_DATE_TIME: Final = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})"
)

_ACHIEVEMENT: Final = ("credentialSubject", "achievement")

Told = tuple[Fault | None, str]


def structure(root: Node) -> tuple[frozenset[str], tuple[Fault, ...]]:
    """Return the rules that had something to judge, and what they found."""
    looked_at = {"OB-1", "OB-2", "OB-8"}
    found: list[Fault] = []
    for fault, rule in _all(root):
        looked_at.add(rule)
        if fault is not None:
            found.append(fault)
        if len(found) == MOST_FAULTS:
            break
    return frozenset(looked_at), tuple(found)


def _all(root: Node) -> Iterator[Told]:
    start = "Achievement" if root.first("criteria") is not None else "OpenBadgeCredential"
    waiting = [(root, start)]
    while waiting:
        node, name = waiting.pop()
        if not isinstance(node.value, dict):
            continue
        yield from _of_object(node, name)
        for key, value in reversed(node.value.items()):
            if key not in BY_KEY or (name == "Result" and key == "resultDescription"):
                continue
            at = f"{node.at}/{escaped(key)}"
            several = value if isinstance(value, list) else [value]
            items = [
                (Node(item, f"{at}/{n}" if isinstance(value, list) else at), BY_KEY[key])
                for n, item in enumerate(several)
            ]
            waiting += reversed(items)
    yield from _of_levels(root if start == "Achievement" else root.first(*_ACHIEVEMENT))
    yield from _of_results(root)
    yield from _of_issuance(root, start)
    proof = root.first("proof")
    if proof is not None:
        issuer = root.string("issuer", "name") or root.string("issuer", "id")
        yield sealed(proof, issuer, "OB-8"), "OB-8"


def _of_object(node: Node, name: str) -> Iterator[Told]:
    value = node.value if isinstance(node.value, dict) else {}
    types = {ALSO_CALLED.get(one, one) for one in node.types}
    own = name if name in types else next((o for o in sorted(types) if o in CLASSES), name)
    known = CLASSES[own]
    # What is of two classes, such as a subject that is a profile too, has the keys of both.
    names = known.known.union(*(CLASSES[one].known for one in types if one in CLASSES))
    # Types of one's own come with an extension, whose keys nobody else knows.
    extended = bool(types - CLASSES.keys() - {"VerifiableCredential"})
    for key in value:
        if key in names or key.startswith("@") or extended:
            continue
        near = get_close_matches(key[:60], names, 1, 0.7)
        verdict = not_met(
            "“{key}” is no key of {type}",
            fix="Write `{near}`" if near else None,
            key=key,
            type=own,
            near=near[0] if near else "",
        )
        yield Fault("OB-1", f"{node.at}/{escaped(key)}", verdict), "OB-1"
    stated = value.keys() | {key.removeprefix("@") for key in value if key in ("@id", "@type")}
    for missing in sorted(known.needed - stated):
        if missing == "@context" and node.at:  # inside of another document
            continue
        verdict = not_met("{type} has no “{key}”", fix="Add the key `{key}`", type=own, key=missing)
        yield Fault("OB-2", node.at, verdict), "OB-2"
    for key in sorted(_DATES & value.keys()):
        text = value[key]
        wrong = not (isinstance(text, str) and _DATE_TIME.fullmatch(text))
        verdict = not_met("“{key}” is “{value}”", key=key, value=text)
        yield (Fault("OB-3", f"{node.at}/{key}", verdict) if wrong else None), "OB-3"
    if own == "Address" and "addressCountryCode" in value:
        code = value["addressCountryCode"]
        wrong_country = _of_country(code, value.get("addressCountry"))
        at = f"{node.at}/addressCountryCode"
        yield (Fault("OB-4", at, wrong_country) if wrong_country else None), "OB-4"
    if own == "Alignment":
        yield from _of_alignment(node)


def _of_country(code: object, name: object) -> Verdict | None:
    countries = vocabulary("countries")
    entry = countries.get(code) if isinstance(code, str) else None
    if entry is None:
        return not_met("“{code}” is no code of a country", code=code)
    named = countries.find(name) if isinstance(name, str) and name.strip() else None
    if named is not None and named.code != entry.code:
        return not_met(
            "“{code}” is the code of {meant}, and `addressCountry` says “{name}”",
            fix="Write {right}, if {name} is meant",
            code=code,
            meant=entry.label(),
            name=name,
            right=named.code,
        )
    return None


def _of_alignment(node: Node) -> Iterator[Told]:
    if kind_of_alignment(node) != "EQF":
        return
    code, level, name = eqf_levels(node)
    fault = None
    wrong = next((one for one in (level, code) if one and one not in vocabulary("eqf-levels")), "")
    if not (code or level or name):
        fault = Fault("OB-5", node.at, not_met("The alignment names no EQF level"))
    elif wrong:
        fault = Fault("OB-5", node.at, not_met("“{level}” is no EQF level", level=wrong))
    elif code and level and code != level:
        verdict = not_met(
            "The address names EQF level {level}, and `targetCode` says “{code}”",
            level=level,
            code=code,
        )
        fault = Fault("OB-5", node.at, verdict)
    yield fault, "OB-5"


def _of_levels(achievement: Node | None) -> Iterator[Told]:
    """Yield a fault for each alignment to another EQF level than that of the first."""
    first = ""
    for one in aligned(achievement, "EQF") if achievement else ():
        level = next(filter(None, eqf_levels(one)), "")
        first = first or level
        if level != first:
            verdict = not_met(
                "This alignment names EQF level {level}, and another one level {first}",
                fix="Keep the one that the achievement has",
                level=level,
                first=first,
            )
            yield Fault("OB-5", one.at, verdict), "OB-5"


def _of_results(root: Node) -> Iterator[Told]:
    subject = root.first("credentialSubject")
    if subject is None:
        return
    described = {
        node.value["id"]: node
        for node in subject.each("achievement", "resultDescription")
        if isinstance(node.value, dict) and isinstance(node.value.get("id"), str)
    }
    for result in subject.each("result"):
        if not isinstance(result.value, dict):
            continue
        link = described_by(result)
        fault = None
        if link not in described:
            verdict = not_met("The result points to no description of a result in the badge")
            fault = Fault("OB-6", result.at, verdict)
        else:
            allowed = [n.value for n in described[link].each("allowedValue")]
            value = result.string("value")
            if allowed and value and value not in allowed:
                verdict = not_met(
                    "The result is “{value}”, which is none of the allowed values",
                    value=value,
                )
                fault = Fault("OB-6", result.at, verdict)
        yield fault, "OB-6"


def _of_issuance(root: Node, start: str) -> Iterator[Told]:
    if start == "Achievement":
        return
    if isinstance(root.value, dict) and not root.value.keys() & {"validFrom", "issuanceDate"}:
        verdict = not_met("The badge has neither `validFrom` nor `issuanceDate`")
        yield Fault("OB-2", root.at, verdict), "OB-2"
    subject = root.first("credentialSubject")
    named = subject is not None and (subject.id or subject.first("identifier") is not None)
    verdict = not_met("The badge doesn’t say who earned it")
    at = subject.at if subject else root.at
    yield (None if named else Fault("OB-7", at, verdict)), "OB-7"
