"""Fields that European platforms add to an achievement of Open Badges 3.0.

The names and values are those of the extension for educational credentials that is used in the
Netherlands; what a value means is only read where it leaves no doubt.
"""

from __future__ import annotations

import re
from typing import Final

from microcred.readers.foreign import Found, Node, Tree
from microcred.readers.openbadge.values import number, plain
from microcred.vocabularies import vocabulary

__all__ = ["lay_extensions"]

_SUPERVISION: Final = (
    (re.compile(r"unsupervised", re.IGNORECASE), "unsupervised"),
    (re.compile(r"\b(?:no|without)\s+id", re.IGNORECASE), "supervised"),
    (re.compile(r"\bwith\s+id", re.IGNORECASE), "supervised-with-id"),
)


def lay_extensions(tree: Tree, achievement: Node) -> None:
    """Put what an achievement says in added fields into a tree, where it has nothing yet."""
    points = achievement.first("ECTS")
    workload = tree["workload"]
    if points is not None and not workload["credits"]:
        workload["credits"].append({"system": points.found("ECTS"), "points": number(points)})
    participation = tree["participation"]
    participation["mode"] = participation["mode"] or _member(
        achievement.first("participationType"), "modes"
    )
    kind = _member(achievement.first("assessmentType"), "assessment-types")
    supervision = _supervision(achievement)
    if kind or supervision:
        if not tree["assessments"]:
            tree["assessments"] = [{"id": "A1"}]
        for assessment in tree["assessments"]:
            assessment["type"] = assessment.get("type") or kind
            assessment["supervision"] = assessment.get("supervision") or supervision


def _member(node: Node | None, listed: str) -> Found | None:
    """Return the code of a value, or the value itself where the list doesn't have it."""
    value = plain(node)
    entry = vocabulary(listed).find(str(value.value)) if value else None
    return Found(entry.code, value.at) if value and entry else value


def _supervision(achievement: Node) -> Found | None:
    stated = achievement.first("supervisionType")
    if stated is None or not isinstance(stated.value, str):
        return None
    found = next((code for sign, code in _SUPERVISION if sign.search(stated.value)), "")
    return stated.found(found) if found else None
