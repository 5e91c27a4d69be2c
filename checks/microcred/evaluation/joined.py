"""An award with the offer that it was made from: what the one leaves open, the other says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from microcred.credential import Credential, Place
from microcred.problem import Problem
from microcred.rule import AWARD, OFFER

__all__ = ["joined"]

# What an offer says of all its awards; who holds one, and since when, stands in the award alone.
_SHARED: Final = (
    "language",
    "title",
    "countries",
    "regions",
    "bodies",
    "outcomes",
    "workload",
    "level",
    "assessments",
    "participation",
    "quality",
    "prerequisites",
    "grading",
    "stacking",
    "validity",
    "information",
)


def joined(award: Credential, offer: Credential) -> Credential:
    """Return *award* with the parts that only *offer* states, each with its place there.

    Raises:
        Problem: the first is no award, or the second no offer.
    """
    if award.kind != AWARD or offer.kind != OFFER:
        raise Problem(
            f"“{award.source}” is an {award.kind} and “{offer.source}” an {offer.kind}, and an "
            "award is joined with its offer",
            "Name the award first, and the offer with --offer",
        )
    taken: dict[str, object] = {
        name: offer.data[name] for name in _SHARED if _lacks(award, name) and name in offer.data
    }
    ours = {pointer: f"{_MARK}{pointer}" for pointer in _pointers(taken, "")}

    def places(pointer: str) -> Place | None:
        # Of a foreign award a pointer is one of the file, and may be called like one of ours.
        own = pointer in ours and award.origins is None
        if not own and not pointer.startswith(_MARK):
            return award.places(pointer)
        there = offer.where(pointer.removeprefix(_MARK))
        return there and replace(there, label=f"offer, {there.label}")

    origins = None if award.origins is None else {**award.origins, **ours}
    return replace(award, data={**award.data, **taken}, places=places, origins=origins)


_MARK: Final = "offer:"


def _pointers(node: object, at: str) -> Iterator[str]:
    """Yield the pointer of each value, which is what places are asked for."""
    if at:
        yield at
    named = node.items() if isinstance(node, dict) else ()
    numbered = enumerate(node) if isinstance(node, list) else ()
    for name, value in (*named, *numbered):
        yield from _pointers(value, f"{at}/{str(name).replace('~', '~0').replace('/', '~1')}")


def _lacks(award: Credential, name: str) -> bool:
    return award.data.get(name) in (None, "", [], {})
