"""Open Badges 3.0 to our own fields; the kinds of alignment say what the format has no field for.

Only keys are read, as the specification names them: no ``@context`` is ever opened.
"""

from __future__ import annotations

from collections.abc import Mapping

from microcred.readers.foreign import Node, Translation, by_id, settled
from microcred.readers.openbadge.badge import award, offer
from microcred.readers.openbadge.structure import structure

__all__ = ["translate"]


def translate(data: Mapping[str, object], at: str = "") -> Translation:
    """Return an Open Badge as a description of ours: an award, or the offer that it is made from.

    Raises:
        Problem: it is in a form that isn't read.
    """
    root = Node(data, at)
    root.ids = by_id(root)
    if root.first("credentialSubject") is None and root.first("criteria") is not None:
        kind, tree = "offer", offer(root)
    else:
        kind, tree = "award", award(root)
    looked_at, faults = structure(root)
    found, origins = settled({"microcred": 1, "kind": kind, **tree})
    origins[""] = root.at
    return Translation(found, kind, "openbadge", origins, looked_at, faults)
