"""From when and until when an entry of a register holds, in the forms in which lists say it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from microcred.quantities import read_date
from microcred.registers.names import spelling, word_list

__all__ = ["choices", "month_first"]

_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")
_SERIAL: Final = re.compile(r"[3-6]\d{4}(?:\.0+)?")  # days as spreadsheets count them
_FIRST_DAY: Final = dt.date(1899, 12, 30)
_PARTS: Final = re.compile(r"(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})(?:[ T].*)?")


def month_first(texts: Iterable[str]) -> bool | None:
    """Tell whether a column writes the month first; None where no date of it decides."""
    for text in texts:
        found = _PARTS.fullmatch(text.strip())
        if found and int(found[1]) > 12:
            return False
        if found and int(found[2]) > 12:
            return True
    return None


def choices(text: str, *, end: bool, american: bool | None) -> tuple[dt.date, ...] | None:
    """Return the days that *text* can mean: none where it sets no bound, None where it's unclear.

    A year alone means its first day, or its last one where it is an end. ``american`` says
    what the rest of the column shows about the order of day and month.
    """
    plain = " ".join(text.split())
    if not plain or (spelling(plain) or plain) in word_list("endless"):
        return ()
    if _YEAR.fullmatch(plain):
        return (dt.date(int(plain), 12, 31) if end else dt.date(int(plain), 1, 1),)
    if _SERIAL.fullmatch(plain):
        return (_FIRST_DAY + dt.timedelta(days=int(float(plain))),)
    found = _PARTS.fullmatch(plain)
    if found and american is not None:
        month, day = (found[1], found[2]) if american else (found[2], found[1])
        try:
            return (dt.date(int(found[3]), int(month), int(day)),)
        except ValueError:
            return None
    reading = read_date(plain.partition(" 00:00")[0])
    if reading is None:
        return None
    return (reading.date,) if reading.date else reading.choices or None
