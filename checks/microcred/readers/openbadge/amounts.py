"""Workload and level of an achievement, from alignments and credits."""

from __future__ import annotations

import re
from typing import Final

from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
)
from microcred.readers.openbadge.alignments import aligned, eqf_levels, page
from microcred.readers.openbadge.values import number, plain
from microcred.vocabularies import vocabulary

__all__ = ["level_of", "workload"]


_HOURS: Final = re.compile(r"PT(\d{1,6})(?:\.0+)?H")


def workload(achievement: Node) -> Tree:
    """Return hours and credits of an achievement."""
    points_of = aligned(achievement, "ECTS")
    points: list[Tree] = []
    hours = None
    for one in points_of:
        entry = vocabulary("credit-systems").find(one.string("targetUrl"))
        points.append(
            {
                "system": one.found(entry.code if entry else "ECTS"),
                "points": number(one.first("targetCode")),
            }
        )
        told = one.first("targetDescription")
        whole = _HOURS.fullmatch(told.value) if told and isinstance(told.value, str) else None
        if told and whole:
            hours = hours or told.found(int(whole[1]))
    available = achievement.first("creditsAvailable")
    if available is not None and not points:
        points.append(_with_unit(available))
    for one in aligned(achievement, "Workload"):
        told = one.first("targetDescription") or one.first("targetCode")
        whole = _HOURS.fullmatch(told.value) if told and isinstance(told.value, str) else None
        if told:
            hours = hours or told.found(int(whole[1]) if whole else told.value)
    return {"hours": hours, "credits": points}


_WITH_UNIT: Final = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s*([^\d\s].{0,60})")


def _with_unit(available: Node) -> Tree:
    """Return credits, and their system where somebody wrote it behind the number."""
    found = _WITH_UNIT.fullmatch(available.value) if isinstance(available.value, str) else None
    entry = vocabulary("credit-systems").find(found[2]) if found else None
    if found is None or entry is None:
        return {"points": number(available)}
    amount = Node(found[1], available.at)
    return {"system": available.found(entry.code), "points": number(amount)}


def level_of(achievement: Node) -> Tree:
    """Return the levels that an achievement is aligned to."""
    cycle = next(iter(aligned(achievement, "QF-EHEA")), None)
    entry = (
        vocabulary("cycles").find(cycle.string("targetCode") or cycle.string("targetName"))
        if (cycle)
        else None
    )
    return {
        "eqf": next((_eqf(one) for one in aligned(achievement, "EQF")), None),
        "cycle": cycle.found(entry.code) if cycle and entry else None,
        "national": [
            {
                "framework": plain(one.first("targetFramework") or one.first("targetName")),
                "level": plain(one.first("targetCode") or one.first("targetName")),
                "register": page(one, achievement),
            }
            for one in aligned(achievement, "NQF")
        ],
    }


def _eqf(one: Node) -> Found | None:
    stated = [level for level in eqf_levels(one) if level]
    level = next((level for level in stated if level in vocabulary("eqf-levels")), None)
    at = (one.first("targetCode") or one).at
    return number(Node(level or stated[0], at)) if stated else None
