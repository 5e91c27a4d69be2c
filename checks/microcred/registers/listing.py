"""What a register says of one body: found or not, by what, and whether it holds on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from microcred.registers.dates import choices
from microcred.registers.names import spelling, word_list

__all__ = ["Entry", "How", "Listing", "Near", "Standing", "best", "standing"]


class How(StrEnum):
    """By what a body was found; the first is the firmest."""

    NUMBER = "number"
    NAME = "name"
    NEAR = "near"
    NONE = "none"


class Standing(StrEnum):
    """What an entry says for a day; the first is the one that counts among several."""

    IN_FORCE = "in-force"
    UNDATED = "undated"
    CONDITIONAL = "conditional"
    UNCLEAR = "unclear"
    REFUSED = "refused"
    NOT_YET = "not-yet"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register, as it is written there."""

    line: int
    names: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]  # heading and value
    country: str
    website: str
    starts: str
    ends: str
    status: str

    @property
    def name(self) -> str:
        """Return the first name, or the first number where there is none."""
        return self.names[0] if self.names else self.numbers[0][1] if self.numbers else ""


@dataclass(frozen=True, slots=True)
class Near:
    """An entry that may be meant, and why it is near."""

    entry: Entry
    why: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What one register says of one body on one day."""

    register: str
    how: How
    entry: Entry | None = None
    standing: Standing = Standing.UNDATED
    near: tuple[Near, ...] = ()
    other_name: bool = False  # found by number, under a name that is another
    several: tuple[Entry, ...] = ()  # other providers under the same name or number


def standing(entry: Entry, day: dt.date, american: bool | None) -> Standing:
    """Return what *entry* says for *day*."""
    stated = _status(entry.status)
    starts = choices(entry.starts, end=False, american=american)
    ends = choices(entry.ends, end=True, american=american)
    if ends and all(last < day for last in ends):
        return Standing.ENDED
    if starts and all(first > day for first in starts):
        return Standing.NOT_YET
    if stated == "refused":
        return Standing.REFUSED
    unsure = any(last < day for last in ends or ()) or any(first > day for first in starts or ())
    if starts is None or ends is None or unsure:
        return Standing.UNCLEAR
    if stated in ("asked", "other"):
        return Standing.CONDITIONAL
    return Standing.IN_FORCE if starts or ends or stated else Standing.UNDATED


_ORDER: Final = list(Standing)
_HOWS: Final = list(How)


def best(listings: Iterable[Listing]) -> Listing | None:
    """Return what counts of the answers of several registers: the firmest that holds."""

    def rank(listing: Listing) -> tuple[bool, int, int]:
        found = listing.how in (How.NUMBER, How.NAME)
        return not found, _ORDER.index(listing.standing), _HOWS.index(listing.how)

    return min(listings, key=rank, default=None)


def _status(text: str) -> str:
    plain = spelling(text)
    if not plain:
        return ""
    for kind in ("granted", "refused", "asked"):
        if plain in word_list(kind):
            return kind
    return "other"
