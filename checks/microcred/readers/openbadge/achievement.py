"""What an achievement says: the part that offers and awards have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    concept,
    text,
)
from microcred.readers.openbadge.alignments import (
    address_of,
    aligned,
    kind_of_alignment,
    listed,
    member,
    page,
)
from microcred.readers.openbadge.amounts import level_of, workload
from microcred.readers.openbadge.results import assessments, grading
from microcred.readers.openbadge.values import own, plain
from microcred.vocabularies import vocabulary

__all__ = ["described"]


def described(achievement: Node, language: str = "") -> Tree:
    """Return what an achievement says, with its language under ``_language``."""
    language = language or re.split("[-_]", achievement.string("inLanguage"))[0].lower()
    stated = achievement.first("inLanguage")
    return {
        "_language": language,
        "language": stated.found(language) if stated and language else None,
        "version": plain(achievement.first("version")),
        "title": text(achievement.first("name"), language),
        "summary": text(own(achievement, "description"), language),
        "fields": list(_fields(achievement)),
        "outcomes": _numbered(_outcomes(achievement, language)),
        "workload": workload(achievement),
        "level": level_of(achievement),
        "assessments": list(assessments(achievement, language)),
        "participation": {
            "mode": listed(aligned(achievement, "LearningMode"), "modes"),
            "setting": listed(aligned(achievement, "LearningSetting"), "settings"),
            "activities": [
                member(one, "activity-types") for one in aligned(achievement, "LearningActivity")
            ],
        },
        "quality": list(_quality(achievement, language)),
        "prerequisites": {
            "text": next(
                (
                    text(one.first("targetName"), language)
                    for one in aligned(achievement, "Prerequisite")
                ),
                None,
            )
        },
        "grading": grading(achievement),
        "stacking": _stacking(achievement, language),
        "information": {"homepage": _homepage(achievement)},
    }


_ISCED: Final = re.compile(r"(?<!\d)(\d{2,4})(?!\d)")


def _fields(achievement: Node) -> Iterator[Found | None]:
    stated_by = aligned(achievement, "ISCED-F")
    for one in stated_by:
        yield member(one, "isced-f")
    stated = achievement.first("fieldOfStudy")
    if stated is None or not isinstance(stated.value, str) or stated_by:
        return
    code = next((c for c in _ISCED.findall(stated.value) if c in vocabulary("isced-f")), "")
    entry = vocabulary("isced-f").find(stated.value)
    yield stated.found(code or (entry.code if entry else stated.value))


def _numbered(outcomes: Iterator[Tree]) -> list[Tree]:
    return [{"id": f"LO{n}", **outcome} for n, outcome in enumerate(outcomes, 1)]


def _outcomes(achievement: Node, language: str) -> Iterator[Tree]:
    """Yield the outcomes; skills belong to the outcome in front of them."""
    found: list[Tree] = []
    skills: list[Found] = []
    for one in achievement.each("alignment"):
        kind, address = kind_of_alignment(one), one.first("targetUrl")
        if kind == "LearningOutcome":
            code = plain(one.first("targetCode"))
            found.append(
                {
                    "id": code or f"LO{len(found) + 1}",
                    "statement": text(one.first("targetName"), language),
                    "type": concept(one.first("targetFramework"), "skill-types")
                    if vocabulary("skill-types").find(one.string("targetFramework"))
                    else None,
                    "skills": [],
                }
            )
        elif kind == "ESCO" and address is not None:
            (found[-1]["skills"] if found else skills).append(address.found(address_of(one)))
    if found:
        found[0]["skills"][:0] = skills
    yield from found or _competences(achievement, language)


# Kinds of alignment that lead to a competence in somebody's framework, as the specification names
# them, and frameworks that hold nothing else.
_COMPETENCES: Final = ("ESCO", "ceasn:Competency", "CFItem")
_FRAMEWORKS: Final = re.compile(
    r"\b(ESCO|DigComp\w*|EntreComp|GreenComp|LifeComp)\b", re.IGNORECASE
)


def _competences(achievement: Node, language: str) -> Iterator[Tree]:
    """Yield the competences that a badge is aligned to: for many badges, all that is learned."""
    for one in achievement.each("alignment"):
        framework = one.string("targetFramework")
        if kind_of_alignment(one) in _COMPETENCES or _FRAMEWORKS.search(framework):
            address = address_of(one)
            yield {
                "statement": text(one.first("targetName"), language),
                "skills": [one.found(address)] if address else [],
            }
    for result in achievement.each("resultDescription"):
        skills = [
            one.found(address_of(one))
            for one in result.each("alignment")
            if kind_of_alignment(one) in _COMPETENCES and address_of(one)
        ]
        if skills:  # what the result is about is what was learned
            yield {"statement": text(result.first("name"), language), "skills": skills}


def _quality(achievement: Node, language: str) -> Iterator[Tree]:
    for one in aligned(achievement, "QualityAssurance"):
        entry = vocabulary("accreditation-types").find(one.string("targetUrl")) or vocabulary(
            "accreditation-types"
        ).find(one.string("targetCode"))
        yield {
            "kind": one.found("external"),
            "type": one.found(entry.code) if entry else None,
            "body": text(one.first("targetName"), language) if not entry or _agency(one) else None,
            "system": plain(one.first("targetFramework"))
            if vocabulary("quality-systems").find(one.string("targetFramework"))
            else None,
            "evidence": page(one, achievement),
            "statement": text(one.first("targetDescription"), language),
        }


def _agency(one: Node) -> bool:
    """Tell whether the name is that of a body, and not the label of a kind of assurance."""
    return vocabulary("accreditation-types").find(one.string("targetName")) is None


def _stacking(achievement: Node, language: str) -> Tree:
    towards = aligned(achievement, "StackableTowards")
    alone = aligned(achievement, "StandAlone")
    option = None
    if towards or alone:
        option = (towards or alone)[0].found("stackable" if towards else "standalone")
    return {
        "option": option,
        "targets": [
            {
                "title": text(one.first("targetName"), language),
                "owner": text(one.first("targetFramework"), language),
                "condition": text(one.first("targetDescription"), language),
                "agreement": page(one, achievement),
            }
            for one in towards
        ],
    }


def _homepage(achievement: Node) -> Found | None:
    page = achievement.first("criteria", "id") or achievement.first("criteria")
    if page is not None and isinstance(page.value, str):
        return page.found(page.value)
    return None
