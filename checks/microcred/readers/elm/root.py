"""What a document of the European Learning Model holds, or what else it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from microcred.problem import Problem
from microcred.readers.foreign import (
    Node,
)

__all__ = ["NEW_TERMS", "has_root", "root_of"]


NEW_TERMS: Final = "data.europa.eu/snb/model/ontology/"


_ROOTS: Final = ("EuropeanDigitalCredential", "LearningOpportunity")


def has_root(data: object) -> bool:
    """Tell whether a document holds anything of the model that can stand at its top."""
    others = {*_ROOTS, "EuropeanDigitalPresentation", "VerifiablePresentation"}
    return any(others & node.types for node in _candidates(Node(data)))


def _candidates(whole: Node) -> list[Node]:
    return [whole, *whole.each("@graph")]


def root_of(whole: Node) -> Node:
    """Return the credential or learning opportunity in a document, or say what else it is."""
    candidates = _candidates(whole)
    for wanted in _ROOTS:
        for node in candidates:
            if wanted in node.types:
                return node
    if any({"EuropeanDigitalPresentation", "VerifiablePresentation"} & n.types for n in candidates):
        raise Problem(
            "This is a Europass presentation, an envelope around credentials",
            "Take the credential out of it, and name the file of the credential",
        )
    spelled = str([sorted(n.types) for n in candidates[:20]]) + str(list(_keys(candidates)))
    if NEW_TERMS in spelled:
        raise Problem(
            "This Europass credential uses the names of version 3.3 of the European Learning "
            "Model, and versions 3.1 and 3.2 are read here",
            "Export it in version 3.2, or write its content as a description",
        )
    if whole.first("credentialSubject") is not None:
        return whole
    raise Problem(
        "This file uses the European Learning Model but holds no credential and no learning "
        "opportunity",
        "Name the file of a Europass credential, whose type is EuropeanDigitalCredential",
    )


def _keys(nodes: list[Node]) -> Iterator[str]:
    for node in nodes[:20]:
        if isinstance(node.value, dict):
            yield from (key for key in list(node.value)[:50] if key != "@context")
