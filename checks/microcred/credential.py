"""A document as it was read: plain data, and the place of each value in the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from microcred.rule import Verdict

__all__ = ["WHOLE", "Credential", "Fault", "Place", "nowhere"]


WHOLE: Final = "whole document"  # the label of what is missing as a whole, and has no place


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the source; the label names it in the words of the source's format."""

    line: int | None
    column: int | None
    label: str

    def __str__(self) -> str:
        return self.label


class Fault(NamedTuple):
    """A fault that the reader of a format found, at a pointer of the file as it is.

    ``place`` is given where the fault stands elsewhere than what is read into the pointer.
    """

    rule: str
    pointer: str
    verdict: Verdict
    place: Place | None = None


def nowhere(_pointer: str) -> Place | None:
    """Tell that what came from no file has no places in one."""
    return None


@dataclass(frozen=True)
class Credential:
    """The description of a micro-credential (*offer*) or the record of one award.

    ``data`` is JSON-like and says exactly what the source says; ``stated_kind`` is False
    where the kind was guessed from the fields, since the document doesn't state it. Of a document
    in another format, ``origins`` leads from pointers of ours to those of the file, ``looked_at``
    names the rules on that format that had something to judge, and ``faults`` what they found;
    a filled worksheet has both as well.
    """

    data: dict[str, object]
    kind: str
    format: str
    source: str
    stated_kind: bool
    places: Callable[[str], Place | None] = field(compare=False, repr=False)
    origins: Mapping[str, str] | None = None
    looked_at: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()

    def where(self, pointer: str) -> Place | None:
        """Return the place of *pointer*, or of the nearest value around it that exists.

        What is missing from the document as a whole has no line to look at.
        """
        if self.places is nowhere:
            return None
        there = self.places if self.origins is None else self.origins.get
        found = pointer
        while there(found) is None and found:
            found = found.rpartition("/")[0]
        place = self.places(self.origin(found))
        if place and pointer and not found:
            return Place(place.line, place.column, WHOLE)
        return place

    def origin(self, pointer: str) -> str:
        """Return the pointer in the file of what was read into *pointer*, or nearest around it."""
        if self.origins is None:
            return pointer
        while pointer and pointer not in self.origins:
            pointer = pointer.rpartition("/")[0]
        return self.origins.get(pointer, "")
