"""What a learner did and how it was proven."""

from __future__ import annotations

from typing import Any

from microcred.exporters.elm.document import full
from microcred.exporters.elm.parts import Parts
from microcred.exporters.source import Json, Source

__all__ = ["activity", "proofs"]


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


def _number_results(source: Source, assessments: list[str], results: dict[Any, str]) -> None:
    """Number the results as they will be read: one for each assessment, and then the others."""
    order = [results.get(source.get(f"{pointer}/id"), "") for pointer in assessments]
    others = [item for item in source.items("/results") if item not in order]
    for position, item in enumerate((*order, *others)):
        if item:
            source.numbers[item] = f"/results/{position}"


def proofs(
    source: Source, parts: Parts, bodies: dict[str, list[Json]], awarded: Json, title: Json
) -> list[Json]:
    """Return one proof for each assessment, in a whole where there is an overall grade."""
    results = {source.get(f"{item}/assessment"): item for item in source.items("/results")}
    assessments = source.items("/assessments")
    _number_results(source, assessments, results)
    scheme = source.texts("/grading/scheme", "gradingScheme") if assessments else {}
    grading = (
        {"type": "GradingScheme", "title": {source.language: "Grading"}, "description": scheme}
        if scheme
        else None
    )
    overall = source.get("/grade")
    proofs = []
    for pointer in assessments:
        result = results.get(source.get(f"{pointer}/id"), "")
        grade = source.get(f"{result}/grade") if result else None
        proof = parts.proof(pointer, result, overall if len(assessments) == 1 else None)
        proof |= {"awardedBy": awarded, "assessedBy": bodies["assessing"]}
        if len(assessments) == 1 and grade in (None, overall):
            source.keep("/grade", "provenBy.grade")
        if grading:
            proof["specifiedBy"]["gradingScheme"] = grading
        proofs.append(full(proof))
    if not assessments or overall is None or "/grade" in source.moved:
        return proofs
    source.keep("/grade", "provenBy.grade")
    whole = {
        "type": "LearningAssessment",
        "title": title,
        "awardedBy": awarded,
        "grade": {"type": "Note", "noteLiteral": {source.language: str(overall)}},
        "hasPart": proofs,
        "specifiedBy": full(
            {
                "type": "LearningAssessmentSpecification",
                "title": title,
                "gradingScheme": grading,
            }
        ),
    }
    return [whole]
