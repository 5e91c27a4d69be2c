"""Accreditations, and the programmes that the micro-credential counts towards."""

from __future__ import annotations

from collections.abc import Iterator

from microcred.labels import ARROW
from microcred.readers.elm.notes import Notes
from microcred.readers.elm.organisations import Organisations
from microcred.readers.elm.values import address
from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    concept,
    day,
    text,
)

__all__ = ["quality", "stackable", "words_of_targets"]


def quality(about: Node, bodies: Organisations, language: str) -> Iterator[Tree]:
    """Yield the accreditations of what was learned, and of its organisations."""
    for one in about.each("accreditation"):
        yield _accredited(one, bodies, language, "")
    for one, of in bodies.accreditations:
        yield _accredited(one, bodies, language, of)


def _accredited(one: Node, bodies: Organisations, language: str, of: str) -> Tree:
    subject = one.first("organisation")
    report = one.first("report", "contentURL") or one.first("homepage", "contentURL")
    return {
        "kind": one.found("external"),
        "type": concept(one.first("dcType"), "accreditation-types", language),
        "body": text(one.first("accreditingAgent", "legalName"), language),
        "of": of or (bodies.named(subject) if subject else ""),
        "from": day(one.first("dateIssued")),
        "until": day(one.first("expiryDate")),
        "evidence": address(report),
        "statement": text(one.first("description"), language),
    }


def stackable(tree: Tree, about: Node, achievement: Node, language: str) -> None:
    """Put the programmes that the micro-credential counts towards into a tree."""
    wholes = [*about.each("isPartOf"), *achievement.each("isPartOf")]
    rights = [*achievement.each("entitlesTo"), *about.each("entitlesTo")]
    partial = about.first("isPartialQualification")
    targets: list[Tree] = [{"title": text(one.first("title"), language)} for one in wholes]
    targets += [
        {
            "title": text(one.first("title"), language),
            "condition": text(one.first("description"), language),
        }
        for one in rights
    ]
    option = None
    if targets:
        option = Found("stackable", (wholes or rights)[0].at)
    elif partial is not None and isinstance(partial.value, bool):
        option = partial.found("stackable" if partial.value else "standalone")
    tree["stacking"] = {"option": option, "targets": targets}


def words_of_targets(about: Node, words: Notes) -> None:
    """Take in the notes of these programmes."""
    for position, one in enumerate(about.each("isPartOf")):
        words.read(one, f"Stackability{ARROW}Targets {position + 1}")
