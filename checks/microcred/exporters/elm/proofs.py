"""What a learner did and how it was proven."""

from __future__ import annotations

from typing import Final

from microcred.exporters.elm.document import full
from microcred.exporters.elm.parts import Parts
from microcred.exporters.elm.stated import is_blank, stated
from microcred.exporters.source import Json, Source

__all__ = ["activity", "proofs"]

OVERALL: Final = "urn:epass:learningAssessment:overall"  # as the reader knows it


def activity(
    parts: Parts, bodies: dict[str, list[Json]], awarded: Json, title: Json
) -> Json | None:
    """Return what the learner took part in, if anything is known about it."""
    mode = parts.listed("/participation/mode", "modes", "mode", own=True)
    kinds = parts.several("/participation/activities", "activity-types", "dcType", own=True)
    if not (mode or kinds or bodies["teaching"]):
        return None
    specification = {
        "type": "LearningActivitySpecification",
        "title": title,
        "mode": mode,
        "dcType": kinds,
    }
    return full(
        {
            "type": "LearningActivity",
            "title": title,
            "awardedBy": awarded,
            "directedBy": bodies["teaching"],
            "specifiedBy": full(specification),
        }
    )


def _number(source: Source, results: dict[str, str]) -> list[str]:
    """Return the assessments as they will be read: the proven ones first, like their results."""
    ordered = source.order("/assessments", lambda item: item in results)
    order = [results[item] for item in ordered if item in results]
    others = [item for item in source.items("/results") if item not in order]
    for position, item in enumerate((*order, *others)):
        if item:
            source.numbers[item] = f"/results/{position}"
    return ordered


def proofs(
    source: Source, parts: Parts, bodies: dict[str, list[Json]], awarded: Json, title: Json
) -> tuple[list[Json], list[Json]]:
    """Return the assessments with a result, and how those work for which none is stated.

    A sealed document vouches for what it calls proven, so no grade is made up.
    """
    results = stated(source)
    assessments = _number(source, results)
    grading = _grading(source) if assessments else None
    proven: list[Json] = []
    described: list[Json] = []
    for pointer in assessments:
        if pointer not in results:
            described.append(full(parts.specification(pointer) | {"gradingScheme": grading}))
            _tell(source, pointer)
            continue
        proof = parts.proof(pointer, results[pointer])
        proof |= {"awardedBy": awarded, "assessedBy": bodies["assessing"]}
        if grading:
            proof["specifiedBy"]["gradingScheme"] = grading
        proven.append(full(proof))
    if len(assessments) == 1 and proven:
        _keep_same_grade(source, results[assessments[0]])
    if not assessments or is_blank(source.get("/grade")) or "/grade" in source.moved:
        return proven, described
    whole = {**_whole(source, title, grading), "awardedBy": awarded, "hasPart": proven}
    if not proven:
        # Without parts it looks like an assessment, so its id says what it is.
        whole |= {"id": OVERALL, "assessedBy": bodies["assessing"]}
    return [full(whole)], described


def _tell(source: Source, pointer: str) -> None:
    name = source.get(f"{pointer}/id") or int(pointer.rpartition("/")[2]) + 1
    source.miss(
        pointer,
        f"Result of assessment “{name}”",
        "none is stated, so the assessment is only described and not written as proven",
    )


def _grading(source: Source) -> Json | None:
    scheme = source.texts("/grading/scheme", "gradingScheme")
    if not scheme:
        return None
    return {"type": "GradingScheme", "title": {source.language: "Grading"}, "description": scheme}


def _keep_same_grade(source: Source, result: str) -> None:
    """Tick off the overall grade where the only assessment has the same one."""
    grade = source.get(f"{result}/grade") if result else None
    if is_blank(grade) or grade == source.get("/grade"):
        source.keep("/grade", "provenBy.grade")


def _whole(source: Source, title: Json, grading: Json | None) -> Json:
    """Return the whole that has the overall grade."""
    overall = str(source.keep("/grade", "provenBy.grade"))
    specification = {
        "type": "LearningAssessmentSpecification",
        "title": title,
        "gradingScheme": grading,
    }
    return {
        "type": "LearningAssessment",
        "title": title,
        "awardedBy": None,
        "grade": {"type": "Note", "noteLiteral": {source.language: overall}},
        "hasPart": [],
        "specifiedBy": full(specification),
    }
