"""Assessments, their results and the overall grade."""

from __future__ import annotations

import re
from typing import Final

from microcred.readers.elm.notes import Notes, short_name
from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    concept,
    day,
    text,
    texts,
)
from microcred.vocabularies import vocabulary

__all__ = ["assessed"]


_OVERALL: Final = "urn:epass:learningAssessment:overall"  # as our own export calls the whole


def assessed(
    tree: Tree, proofs: list[Node], specified: list[Node], language: str, words: Notes
) -> None:
    """Read assessments and their results; one that is made of parts holds the overall grade.

    Those that are only *specified* come behind, without a result.
    """
    if not proofs:
        proofs, specified = specified, []
    whole = proofs[0] if len(proofs) == 1 else None
    parts = whole.each("hasPart") if whole else []
    is_whole = bool(parts) or (whole is not None and whole.id == _OVERALL)
    if is_whole:
        proofs = parts
    others = _others(proofs, specified, language)
    if whole and others and not is_whole:
        whole = None  # the result of one assessment among several is no overall grade
    assessments: list[Tree] = []
    results: list[Tree] = []
    for position, proof in enumerate([*proofs, *others]):
        about = proof.first("specifiedBy") or proof
        name = short_name(about, "Assessments", language) or f"A{position + 1}"
        if about is not proof:
            words.read(proof)
        words.read(about, f"Assessments {position + 1}")
        assessments.append(_assessment(proof, about, name, language))
        _graded(tree, about, language)
        grade = _grade(proof, language)
        if grade:
            results.append(
                {"assessment": name, "date": day(proof.first("dateIssued")), "grade": grade}
            )
    if whole and is_whole:
        _graded(tree, whole.first("specifiedBy"), language)
        words.read(whole)
    tree["assessments"] = assessments
    if tree.get("learner") is not None:
        tree["results"] = results
        tree["grade"] = _grade(whole, language) if whole else None


def _assessment(proof: Node, about: Node, name: object, language: str) -> Tree:
    supervision = concept(proof.first("idVerification"), "supervision")
    is_known = supervision and supervision.value in vocabulary("supervision")
    return {
        "id": name,
        "type": concept(about.first("dcType"), "assessment-types", language),
        "title": text(about.first("title") or proof.first("title"), language),
        "description": text(about.first("description") or proof.first("description"), language),
        "supervision": supervision if is_known else None,
    }


def _graded(tree: Tree, about: Node | None, language: str) -> None:
    """Put how grades are given into a tree, from the first assessment that says it."""
    scheme = about.first("gradingScheme") if about else None
    if scheme is not None and "grading" not in tree:
        told = scheme.first("description") or scheme.first("title")
        tree["grading"] = {"scheme": text(told, language)}


def _others(proofs: list[Node], specified: list[Node], language: str) -> list[Node]:
    """Return those that are only specified: the proofs don't show the same by id or title."""
    shown = [about for proof in proofs for about in (proof, proof.first("specifiedBy")) if about]
    names = {about.id for about in shown}
    titles = {_title(about, language) for about in shown}
    return [
        one
        for one in specified
        if (one.id not in names if one.id else _title(one, language) not in titles)
    ]


def _title(node: Node, language: str) -> str:
    title = node.first("title")
    return str(texts(title.value, language)) if title else ""


def _grade(proof: Node, language: str) -> Found | None:
    note = proof.first("grade", "noteLiteral")
    if note is None:
        return None
    told = texts(note.value, language)
    grade = told.get(language) or next(iter(told.values()), "")
    return note.found(int(grade) if re.fullmatch(r"\d{1,9}", grade) else grade)
