"""Descriptions of results as assessments, and the results that a person reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    text,
)
from microcred.readers.openbadge.alignments import aligned, listed
from microcred.readers.openbadge.values import number
from microcred.vocabularies import vocabulary

__all__ = ["assessments", "described_by", "grading", "results_into"]


def assessments(achievement: Node, language: str) -> Iterator[Tree]:
    """Yield each description of a result as an assessment."""
    for position, one in enumerate(achievement.each("resultDescription")):
        if one.string("resultType") == "ext:OverallGrade":
            continue
        supervision = listed(aligned(one, "Supervision"), "supervision")
        yield {
            "id": _short(one, position),
            "type": listed(aligned(one, "AssessmentType"), "assessment-types"),
            "title": text(one.first("name"), language),
            "supervision": supervision
            if supervision and supervision.value in vocabulary("supervision")
            else None,
        }


_SHORT: Final = re.compile(r"[^#]+#([A-Za-z][\w.-]{0,30})")


def _short(one: Node, position: int) -> str:
    """Return the short name of an assessment: what stands behind the # of its id."""
    found = _SHORT.fullmatch(one.id)
    return found[1] if found else f"A{position + 1}"


def grading(achievement: Node) -> Tree:
    """Return the values that a grade can have."""
    described = achievement.each("resultDescription")
    overall = [one for one in described if one.string("resultType") == "ext:OverallGrade"]
    for one in [*overall, *described]:
        found = {
            "values": [number(value) for value in one.each("allowedValue")],
            "minimum": number(one.first("valueMin")),
            "maximum": number(one.first("valueMax")),
            "pass": number(one.first("requiredValue")),
        }
        if any(found.values()):
            return found
    return {}


def results_into(tree: Tree, subject: Node, achievement: Node) -> None:
    """Put the results that a person reached into a tree."""
    described = achievement.each("resultDescription")
    whole = [one.id for one in described if one.string("resultType") == "ext:OverallGrade"]
    names = {one.id: _short(one, position) for position, one in enumerate(described) if one.id}
    results: list[Tree] = []
    loose: list[Found] = []
    grade = None
    for one in subject.each("result"):
        name = described_by(one)
        value = number(one.first("value") or _level(one, described) or one.first("status"))
        if name in whole:
            grade = value
        elif name in names:
            results.append({"assessment": names[name], "grade": value})
        elif value is not None:
            loose.append(value)
    tree["results"] = results
    only = loose or [one["grade"] for one in results]
    # Of several, none is said to be the grade of the whole.
    tree["grade"] = grade or (only[0] if len(only) == 1 else None)


def described_by(result: Node) -> str:
    """Return the id of the description that a result names, as a text or as an object."""
    link = result.first("resultDescription")
    return (link.id or str(link.value)) if link else ""


def _level(result: Node, described: list[Node]) -> Node | None:
    """Return the name of the level of a rubric that a result reached."""
    reached = result.string("achievedLevel") or result.string("achievedLevel", "id")
    levels = (level for one in described for level in one.each("rubricCriterionLevel"))
    return next((one.first("name") for one in levels if reached and one.id == reached), None)
