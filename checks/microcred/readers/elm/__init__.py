"""Europass credentials and learning opportunities (European Learning Model 3) to our own fields.

Only keys are read, as the published contexts name them: no ``@context`` is ever opened.
"""

from __future__ import annotations

from collections.abc import Mapping

from microcred.readers.elm.award import award
from microcred.readers.elm.offer import offer
from microcred.readers.elm.root import root_of
from microcred.readers.elm.structure import structure
from microcred.readers.foreign import Node, Translation, by_id, settled

__all__ = ["translate"]


def translate(data: Mapping[str, object], at: str = "") -> Translation:
    """Return a credential of the European Learning Model as a description of ours.

    Raises:
        Problem: it holds something else than a micro-credential, or is in a form that isn't read.
    """
    if "credential" in data and isinstance(data["credential"], dict):
        data, at = data["credential"], f"{at}/credential"
    whole = Node(data, at)
    whole.ids = by_id(whole)
    root = root_of(whole)
    looked_at, faults = structure(root)
    if "EuropeanDigitalCredential" in root.types or root.first("credentialSubject"):
        kind, tree = "award", award(root)
    else:
        kind, tree = "offer", offer(root)
    found, origins = settled({"microcred": 1, "kind": kind, **tree})
    origins[""] = root.at
    return Translation(found, kind, "elm", origins, looked_at, faults)
