"""Assessments, their results and the overall grade."""

from __future__ import annotations

import re

from microcred.readers.elm.notes import Notes
from microcred.readers.elm.values import name_in
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


def assessed(tree: Tree, proofs: list[Node], language: str, words: Notes) -> None:
    """Read assessments and their results; one that is made of parts holds the overall grade."""
    whole = proofs[0] if len(proofs) == 1 else None
    parts = whole.each("hasPart") if whole else []
    if whole and parts:
        proofs = parts
    assessments: list[Tree] = []
    results: list[Tree] = []
    for position, proof in enumerate(proofs):
        about = proof.first("specifiedBy") or proof
        name = name_in(about) or f"A{position + 1}"
        scheme = about.first("gradingScheme")
        if about is not proof:
            words.read(proof)
        words.read(about, f"Assessments {position + 1}")
        supervision = concept(proof.first("idVerification"), "supervision")
        assessments.append(
            {
                "id": name,
                "type": concept(about.first("dcType"), "assessment-types", language),
                "title": text(about.first("title") or proof.first("title"), language),
                "description": text(
                    about.first("description") or proof.first("description"), language
                ),
                "supervision": supervision
                if supervision and supervision.value in vocabulary("supervision")
                else None,
            }
        )
        if scheme is not None and "grading" not in tree:
            tree["grading"] = {
                "scheme": text(scheme.first("description") or scheme.first("title"), language)
            }
        grade = _grade(proof, language)
        if grade:
            results.append(
                {"assessment": name, "date": day(proof.first("dateIssued")), "grade": grade}
            )
    if whole and parts:
        scheme = whole.first("specifiedBy", "gradingScheme")
        if scheme is not None and "grading" not in tree:
            words_of = scheme.first("description") or scheme.first("title")
            tree["grading"] = {"scheme": text(words_of, language)}
        words.read(whole)
    tree["assessments"] = assessments
    if tree.get("learner") is not None:
        tree["results"] = results
        tree["grade"] = _grade(whole, language) if whole else None


def _grade(proof: Node, language: str) -> Found | None:
    note = proof.first("grade", "noteLiteral")
    if note is None:
        return None
    told = texts(note.value, language)
    grade = told.get(language) or next(iter(told.values()), "")
    return note.found(int(grade) if re.fullmatch(r"\d{1,9}", grade) else grade)
