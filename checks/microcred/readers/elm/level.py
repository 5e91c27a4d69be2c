"""The level of what was learned: European, national and the cycle."""

from __future__ import annotations

from typing import Final

from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    concept,
    label_of,
)
from microcred.vocabularies import vocabulary

__all__ = ["level_of"]


_EQF: Final = "data.europa.eu/snb/eqf/"


_NQF: Final = "data.europa.eu/snb/qdr/"


_CYCLES: Final = ("short", "first", "second", "third")


def level_of(about: Node, language: str) -> Tree:
    """Return the levels that a specification states."""
    others = about.each("educationLevel")
    eqf = about.first("eqfLevel") or next((n for n in others if _EQF in n.id), None)
    national = [*about.each("nqfLevel"), *(n for n in others if _NQF in n.id)]
    return {
        "eqf": _number_of(concept(eqf, "eqf-levels")),
        "cycle": next(
            (
                found
                for one in others
                if (found := concept(one, "cycles", language)) and found.value in _CYCLES
            ),
            None,
        ),
        "national": [_national(one, language) for one in national],
    }


def _number_of(found: Found | None) -> Found | None:
    if found and isinstance(found.value, str) and found.value.isdigit():
        return Found(int(found.value[:9]), found.at)
    return found


def _national(node: Node, language: str) -> Tree:
    entry = vocabulary("nqf-levels").find(node.id)
    if entry is None:
        label = label_of(node, language) or node.id
        return {"framework": node.found(label), "level": node.found(label)}
    framework = vocabulary("frameworks").get(entry.extra["framework"])
    name = (framework.extra["also"].split("|")[0] or framework.label()) if framework else ""
    return {
        "framework": node.found(name or entry.extra["framework"]),
        "level": node.found(entry.extra["level"]),
        "country": node.found(entry.extra["country"]),
    }
