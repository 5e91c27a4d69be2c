"""A document as it was read: plain data, and the place of each value in the source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Credential", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the source; the label names it in the words of the source's format."""

    line: int | None
    column: int | None
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Credential:
    """The description of a micro-credential (*offer*) or the record of one award.

    ``data`` is JSON-like and says exactly what the source says; ``stated_kind`` is False
    where the kind was guessed from the fields, since the document doesn't state it.
    """

    data: dict[str, object]
    kind: str
    format: str
    source: str
    stated_kind: bool
    places: Callable[[str], Place | None] = field(compare=False, repr=False)

    def where(self, pointer: str) -> Place | None:
        """Return the place of *pointer*, or of the nearest value around it that exists.

        What is missing from the document as a whole has no line to look at.
        """
        found = pointer
        while (place := self.places(found)) is None and found:
            found = found.rpartition("/")[0]
        if place and pointer and not found:
            return Place(place.line, place.column, "whole document")
        return place
