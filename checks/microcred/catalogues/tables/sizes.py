"""Cells that state a size: hours, credits, or both in one."""

from __future__ import annotations

import re
from typing import Any, Final

from microcred.quantities import HOURS, as_number
from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import fold

__all__ = ["both", "credits_in", "hours_in"]

_CREDITS: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*([^\W\d_][\w\s.-]*)?|([^\W\d_][\w.-]*)\s*:?\s*(\d+(?:[.,]\d+)?)"
)
_GENERAL: Final = re.compile(
    r"(?i)credits?( points?)?|points?|punkte|crédits?|créditos?|credit[ie]|kred[iī]\w*|bodovi|"
    r"punkty|studiepunten|кредит\w*|კრედიტ\w*|الرصيد|الأرصدة"
)
# A number before three digits: nobody counts thousandths of an hour.
_THOUSANDS: Final = re.compile(r"\s*(\d{1,3})[.,’' \u00a0\u202f](\d{3})\s*")
_ECTS: Final = frozenset({"ектс", "εcts"})  # with letters that only look alike
_SHORT: Final = frozenset({"lp", "cp", "kp", "hp", "eap", "op", "ec"})  # names of national credits
_BARE: Final = re.compile(r"\s*\d+(?:[.,]\d+)?\s*")
_PART: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)")
# Words for hours also stand with other endings.
_HOURS_BEGIN: Final = tuple(word for word in HOURS if len(word) > 3)


def hours_in(value: Answer) -> Answer:
    """Return a number of hours, or the words of the cell where it is none."""
    if isinstance(value, str):
        if grouped := _THOUSANDS.fullmatch(value):
            return int(grouped[1] + grouped[2])
        if not _BARE.fullmatch(value):
            return " ".join(value.split())
    number = as_number(value)
    if number is None:
        return " ".join(str(value).split())
    return int(number) if number == int(number) else number


def credits_in(value: Answer, heading: str) -> list[dict[str, Any]]:
    """Return the credits that a cell states; the heading may name their system."""
    found = []
    for match in _CREDITS.finditer(str(value).replace("\n", " ")):
        number = as_number(match[1] or match[4])
        system = (match[2] or match[3] or "").strip(" .-")
        if number is None:
            continue
        item: dict[str, Any] = {"points": int(number) if number == int(number) else number}
        system = _system(system) or _system(heading)
        if system:
            item["system"] = system
        found.append(item)
    return found[:5]


def _system(words: str) -> str:
    """Return the credit system that some words name; their own words where nobody knows it."""
    for word in re.findall(r"[^\W\d_]+", words):
        if fold(word) in _ECTS:
            return "ECTS"
        if entry := vocabulary("credit-systems").find(word):
            return str(entry.code)
    return "" if _GENERAL.fullmatch(words.strip()) or len(words) > 12 else words.strip()


def _is_credit(unit: str) -> bool:
    return bool(vocabulary("credit-systems").find(unit) or _GENERAL.fullmatch(unit))


def both(value: Answer) -> tuple[str, str] | None:
    """Return hours and credits of a cell that states both, such as “5 ECTS / 125 h”."""
    hours = points = ""
    for match in _PART.finditer(str(value)):
        unit = fold(match[2])
        if _system(match[2]) == "ECTS" or unit in _SHORT or _is_credit(match[2]):
            points = points or match[0]
        elif unit in HOURS or unit.startswith(_HOURS_BEGIN):
            hours = hours or match[0]
    return (hours, points) if hours and points else None
