"""What a specification says: the part that offers and awards have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from microcred.readers.elm.level import level_of
from microcred.readers.elm.notes import Notes, short_name
from microcred.readers.elm.values import address, number
from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    concept,
    label_of,
    text,
)

__all__ = ["described"]


def described(about: Node, activities: list[Node], language: str, words: Notes) -> Tree:
    """Return what the specification says: the part that offers and awards have in common."""
    specified = [*(s for a in activities for s in a.each("specifiedBy"))] or activities
    modes = [m for m in (about, *specified) for m in m.each("mode")]
    activity_modes = [m for s in specified for m in s.each("mode")]
    languages = about.each("language") or [n for s in specified for n in s.each("language")]
    duration = about.first("maximumDuration")
    for activity in [*activities, *specified]:
        words.read(activity)
    return {
        "summary": text(about.first("description"), language),
        "audience": _labels(about.each("targetGroup"), language),
        "fields": [concept(field, "isced-f") for field in about.each("thematicArea")],
        "outcomes": [*_outcomes(about, language, words)] or _summarised(about, language),
        "workload": {
            "hours": _hours([about, *specified, *activities]),
            "credits": [
                {
                    "system": concept(one.first("framework"), "credit-systems"),
                    "points": number(one.first("point")),
                }
                for one in about.each("creditPoint")
            ],
            "duration": address(duration),
        },
        "level": level_of(about, language),
        "participation": {
            "mode": concept(next(iter(activity_modes or modes), None), "modes", language),
            "languages": [concept(one, "languages") for one in languages],
            "place": next(
                (
                    text(n, language)
                    for a in activities
                    for n in a.each("location", "address", "fullAddress", "noteLiteral")
                ),
                None,
            ),
            "activities": [
                concept(one, "activity-types", language)
                for s in specified
                for one in s.each("dcType")
            ],
            "setting": concept(about.first("learningSetting"), "settings", language),
        },
        "prerequisites": {"text": text(about.first("entryRequirement", "noteLiteral"), language)},
        "information": {
            "homepage": address(about.first("homepage", "contentURL")),
            "documents": [
                address(one) for one in about.each("supplementaryDocument", "contentURL")
            ],
        },
    }


def _labels(nodes: list[Node], language: str) -> Found | None:
    words = [label_of(node, language) for node in nodes]
    told = ", ".join(word for word in words if word)
    return nodes[0].found(told) if told else None


def _outcomes(about: Node, language: str, words: Notes) -> Iterator[Tree]:
    for position, one in enumerate(about.each("learningOutcome")):
        skills = [*one.each("relatedESCOSkill"), *one.each("relatedSkill")]
        words.read(one, f"Learning outcomes {position + 1}")
        yield {
            "id": short_name(one, "Learning outcomes", language) or f"LO{position + 1}",
            "type": concept(one.first("dcType"), "skill-types"),
            "statement": text(one.first("title"), language),
            "skills": [skill.found(skill.id) for skill in skills if skill.id],
            "reuse": concept(one.first("reusabilityLevel"), "reuse-levels"),
        }


def _summarised(about: Node, language: str) -> list[Tree]:
    summary = text(about.first("learningOutcomeSummary", "noteLiteral"), language)
    return [{"id": "LO1", "statement": summary}] if summary else []


_HOURS: Final = re.compile(r"PT(\d{1,6})(?:\.0+)?H(?:(\d{1,2})M)?")


def _hours(nodes: list[Node]) -> Found | None:
    for node in nodes:
        for key in ("volumeOfLearning", "workload"):
            found = node.first(key)
            if found is not None and isinstance(found.value, str):
                whole = _HOURS.fullmatch(found.value.strip())
                return found.found(_hours_in(whole) if whole else found.value)
    return None


def _hours_in(whole: re.Match[str]) -> float:
    hours, minutes = int(whole[1]), int(whole[2] or 0)
    return hours + minutes / 60 if minutes else hours
