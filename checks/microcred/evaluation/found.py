"""What was found in a file for one criterion: how firm, by what evidence, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from microcred.evaluation.model import Evidence, Strength
from microcred.evaluation.view import View
from microcred.messages import Message

__all__ = ["MOST", "Found", "for_all", "found", "items"]

MOST: Final = 12  # entries of a list that are looked at one by one, so that a page stays readable


class Found(NamedTuple):
    """How firm a statement is, what says so, and what to ask the issuer for."""

    strength: Strength
    evidence: tuple[Evidence, ...]
    missing: tuple[Message, ...]


def found(strength: Strength, evidence: Iterator[Evidence], missing: Iterator[Message]) -> Found:
    """Return what was found."""
    return Found(strength, tuple(evidence), tuple(missing))


def items(view: View, field: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the first entries of a list, each with its pointer."""
    listed = view.description.data.get(field) or ()
    for at, item in enumerate(listed[:MOST]):
        if item:
            yield f"/{field}/{at}", item


def for_all(names: list[str], one: str, several: str) -> Iterator[Message]:
    """Yield one question for all that lack the same thing, so that letters stay short."""
    if names:
        values = {"name": names[0], "n": len(names) - 1}
        yield Message(one if len(names) == 1 else several, values)
