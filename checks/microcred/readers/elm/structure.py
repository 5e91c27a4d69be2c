"""What is wrong with the structure of a Europass document, by its own format's tables.

JSON-LD drops what it doesn't know without a word, so a slip in a name loses what stands there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from microcred.credential import Fault
from microcred.readers.elm.forms import of_value
from microcred.readers.elm.members import of_concept
from microcred.readers.foreign import MOST_FAULTS, Node, escaped
from microcred.readers.seals import sealed
from microcred.rule import not_met

__all__ = ["is_text", "structure"]

_STATED: Final = frozenset({"id", "type", "@id", "@type", "@context"})
_UNTYPED: Final = frozenset({"credentialSchema", "credentialStatus", "proof", "termsOfUse"})
_UNLISTED: Final = frozenset(
    {
        "CredentialStatus",
        "Proof",
        "ShaclValidator2017",
        "Specification",
        "TermsOfUse",
        "VerifiableCredential",
    }
)


class _Class(NamedTuple):
    needed: frozenset[str]
    known: frozenset[str]
    single: frozenset[str]


@lru_cache(maxsize=1)
def _classes() -> dict[str, _Class]:
    table = (files("microcred") / "readers" / "elm" / "classes.csv").read_text(encoding="utf-8")
    return {
        row["class"]: _Class(
            frozenset(row["needed"].split()),
            frozenset(row["needed"].split()) | frozenset(row["other"].split()),
            frozenset(row["single"].split()),
        )
        for row in csv.DictReader(table.splitlines())
    }


def structure(root: Node) -> tuple[frozenset[str], tuple[Fault, ...]]:
    """Return the rules that had something to judge, and what they found."""
    looked_at = {"ELM-1", "ELM-2", "ELM-3", "ELM-4", "ELM-8", "ELM-9", "ELM-10"}
    found: list[Fault] = []
    for fault, rule in _walked(root):
        looked_at.add(rule)
        if fault is not None:
            found.append(fault)
        if len(found) == MOST_FAULTS:
            break
    return frozenset(looked_at), tuple(found)


Told = tuple[Fault | None, str]


def _walked(root: Node) -> Iterator[Told]:
    waiting: list[tuple[Node, str]] = [(root, "")]
    seen: dict[str, Node] = {}
    while waiting:
        node, key = waiting.pop()
        if not isinstance(node.value, dict):
            if isinstance(node.value, list):
                waiting += reversed(
                    [(Node(item, f"{node.at}/{n}"), key) for n, item in enumerate(node.value)]
                )
            elif key:
                yield from of_value(node, key)
            continue
        if is_text(node.value):
            continue
        if node.value.keys() <= _STATED and node.id in root.ids:
            continue  # the object stands elsewhere, and this only names it
        yield from _of_object(node, key)
        yield from _of_id(node, seen)
        waiting += reversed(
            [
                (Node(value, f"{node.at}/{escaped(name)}"), name)
                for name, value in node.value.items()
                if name != "@context" and name not in _UNTYPED
            ]
        )
    if root.first("proof") is not None:
        yield sealed(root.first("proof"), _issuer_of(root)), "ELM-8"


_LANGUAGE: Final = re.compile(r"(@none|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)")


def _issuer_of(root: Node) -> str:
    """Return the name of the issuer, as the credential states it."""
    name = root.first("issuer", "legalName")
    if name is None or not isinstance(name.value, dict):
        return root.string("issuer", "id") or root.string("issuer")
    return next((value for value in name.value.values() if isinstance(value, str)), "")


def is_text(value: dict[str, object]) -> bool:
    """Tell whether a value is a text by language, and no object."""
    return "@value" in value or (
        bool(value)
        and all(_LANGUAGE.fullmatch(key) for key in value)
        and not any(isinstance(below, dict) for below in value.values())
        and not value.keys() & {"id", "type"}
    )


def _of_object(node: Node, key: str) -> Iterator[Told]:
    classes, types = _classes(), node.types
    value = node.value if isinstance(node.value, dict) else {}
    if not types:
        # What has nothing but an id only names another object.
        if value.keys() - _STATED:
            told = not_met("“{key}” has no type", key=key or "The credential")
            yield Fault("ELM-4", node.at, told), "ELM-4"
        return
    for unknown in sorted(types - classes.keys() - _UNLISTED):
        near = get_close_matches(unknown, classes, 1, 0.7)
        fix = "Write {near}" if near else None
        verdict = not_met(
            "The type “{type}” doesn’t exist in the European Learning Model",
            fix=fix,
            type=unknown,
            near=near[0] if near else "",
        )
        yield Fault("ELM-4", f"{node.at}/type", verdict), "ELM-4"
    known = [classes[name] for name in sorted(types) if name in classes]
    if not known:
        return
    name = next(one for one in sorted(types) if one in classes)
    names = frozenset().union(*(one.known for one in known))
    yield from _keys(node.at, value, names, name)
    for missing in sorted(frozenset().union(*(one.needed for one in known)) - value.keys()):
        verdict = not_met(
            "The {type} has no “{key}”", fix="Add the key `{key}`", type=name, key=missing
        )
        yield Fault("ELM-2", node.at, verdict), "ELM-2"
    yield from _singles(node.at, value, frozenset().union(*(one.single for one in known)), name)
    if "Concept" in types:
        yield from of_concept(node, key)


# Names of people, which the model takes in one language only.
_ONE_LANGUAGE: Final = frozenset({"familyName", "fullName", "givenName"})


def _singles(at: str, value: dict[str, object], names: frozenset[str], kind: str) -> Iterator[Told]:
    for key in sorted(names & value.keys()):
        told = value[key]
        languages = isinstance(told, dict) and key in _ONE_LANGUAGE and len(told) > 1
        if languages or (isinstance(told, list) and len(told) > 1):
            verdict = not_met(
                "{type} takes “{key}” once, and here it stands {count} times",
                type=kind,
                key=key,
                count=len(told) if isinstance(told, (list, dict)) else 1,
            )
            yield Fault("ELM-10", f"{at}/{escaped(key)}", verdict), "ELM-10"


def _of_id(node: Node, seen: dict[str, Node]) -> Iterator[Told]:
    """Yield a fault where an object has the id of another one that says something else."""
    if not node.id or not isinstance(node.value, dict):
        return
    other = seen.setdefault(node.id, node)
    said = other.value if isinstance(other.value, dict) else {}
    for key in sorted(node.value.keys() & said.keys() - _STATED):
        if _differ(node.value[key], said[key]):
            verdict = not_met(
                "Another object has the id “{name}” too, and says something else under “{key}”",
                name=node.id,
                key=key,
            )
            yield Fault("ELM-9", node.at, verdict), "ELM-9"
            return


def _differ(one: object, other: object) -> bool:
    """Tell whether two values contradict each other; one may name what the other spells out."""
    if isinstance(one, (list, dict)) != isinstance(other, (list, dict)):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        if is_text(one) and is_text(other):
            return one != other
        names = one.get("id"), other.get("id")
        return None not in names and names[0] != names[1]
    return not isinstance(one, list) and one != other


def _keys(at: str, value: dict[str, object], names: frozenset[str], kind: str) -> Iterator[Told]:
    for key in value:
        if key in _STATED or key in names:
            continue
        near = get_close_matches(key[:60], names, 1, 0.7)
        verdict = not_met(
            "{type} has no key “{key}”, so other software drops what stands there",
            fix="Write `{near}`" if near else None,
            type=kind,
            key=key,
            near=near[0] if near else "",
        )
        yield Fault("ELM-1", f"{at}/{escaped(key)}", verdict), "ELM-1"
