"""Cells that state a size: hours, credits, or both in one; and the units that headings name."""

from __future__ import annotations

import re
from typing import Any, Final

from microcred.quantities import HOURS, as_number
from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import fold

__all__ = ["both", "credits_in", "hours_in", "size_in", "size_of", "unit_of"]

_FIGURE: Final = r"(?:\d+(?:[.,]\d+)?|(?<![\d.,])[.,]\d+)"
# “1 1/2”, “1½”, “3-5”, “3 to 5”, “5/125”, “2.5”
_AMOUNT: Final = (
    rf"(?:\d+\s+\d/\d+(?!\d)|\d*\s?[¼½¾]|\d+/\d+|"
    rf"{_FIGURE}(?:\s*[-–—]\s*|\s(?:to|bis|à|a|do|до|έως)\s+){_FIGURE}|{_FIGURE})"
)
_CREDITS: Final = re.compile(
    rf"((?:^\s*[-−])?{_AMOUNT})\s*([^\W\d_][\w\s.-]*)?|([^\W\d_][\w.-]*)\s*:?\s*({_AMOUNT})"
)
_READ: Final = 500  # characters of a cell in which sizes are looked for
_DIGITS: Final = 20  # characters of a number
_SIGNS: Final = {"¼": " 1/4", "½": " 1/2", "¾": " 3/4"}
_MIXED: Final = re.compile(r"(?:(\d+)\s+)?(\d)/([1-9]\d*)")
_DECIMAL: Final = re.compile(r"(\d*)(?:[.,](\d+))?")
_GENERAL: Final = re.compile(
    r"(?i)credits?( points?)?|points?|punkte|crédits?|créditos?|credit[ie]|kred[iī]\w*|bodovi|"
    r"punkty|studiepunten|studiepoeng|stp|кредит\w*|კრედიტ\w*|կրեդիտ\w*|الرصيد|الأرصدة"
)
# A number before three digits: nobody counts thousandths of an hour.
_THOUSANDS: Final = re.compile(r"\s*(\d{1,3})[.,’' \u00a0\u202f](\d{3})\s*")
_ECTS: Final = frozenset({"ектс", "εcts"})  # with letters that only look alike
_SHORT: Final = frozenset({"lp", "cp", "kp", "hp", "eap", "op", "ec"})  # names of national credits
_BARE: Final = re.compile(r"\s*(?:\d+(?:[.,]\d+)?|[.,]\d+|\d+\s+\d/[1-9]\d*|\d*\s?[¼½¾])\s*")
_PART: Final = re.compile(
    rf"{_AMOUNT}\s*([^\W\d_]+)|([^\W\d_]+)\s*[:=]?\s*{_AMOUNT}(?![\d.,/]|\s*[^\W\d_])"
)
_WORDS: Final = r"[^\W\d_]+(?:[ -][^\W\d_]+)?"
_SIZED: Final = re.compile(rf"\s*(?:{_AMOUNT}\s*({_WORDS})\.?|({_WORDS})\s*:?\s*{_AMOUNT})\s*")
# What one credit stands for: “1 ECTS = 25 h”, “25 h per ECTS”, “à 30 Std.” It sizes no course.
_EACH: Final = re.compile(
    rf"(?<![\d.,])1\s*[^\W\d_][\w-]*\.?\s*(?:[=≙≈:]|equals|entspricht|entsprechen)\s*{_AMOUNT}"
    rf"\s*[^\W\d_]+|{_AMOUNT}\s*[^\W\d_]+\.?\s*(?:/|per|pro|par|por|je|na)\s*(?:1\s*)?"
    rf"(?:ects|ec|lp|cp|credits?|crédits?|créditos?|punkt)\b(?!\s*:?\s*\d)|"
    rf"(?<!\w)(?:à|je)\s+{_AMOUNT}\s*[^\W\d_]+",
    re.IGNORECASE,
)
# Words for hours also stand with other endings.
_HOURS_BEGIN: Final = tuple(word for word in HOURS if len(word) > 3)
_WEEKS: Final = frozenset(
    {
        *("day", "days", "week", "weeks", "month", "months", "semester", "semesters", "year"),
        *("years", "tage", "woche", "wochen", "monate", "jours", "semaines", "mois", "días"),
        *("semanas", "meses", "giorni", "settimane", "mesi", "dagen", "weken", "maanden", "dni"),
        *("tygodnie", "miesiące", "dana", "tjedni", "tjedana", "mjeseci", "днів", "тижнів"),
        *("тижні", "місяців", "місяці", "εβδομάδες", "μήνες", "ημέρες", "viikkoa", "dias"),
        *("weekly", "semaine", "semana", "settimana", "tydzień", "tygodniowo", "týden", "týdně"),
        *("viikko", "viikossa", "vecka", "uge", "uke", "hét", "heti", "săptămână", "тиждень"),
    }
)
# The unit of a heading: “Umfang (ECTS)”, “Workload in ECTS”, “Dauer, Std.”
_UNIT: Final = re.compile(
    r"[\(\[]\s*(?:in\s)?([^\(\)\[\]]*)[\)\]]\s*$|"
    r"(?:\s(?:in|en|w|v|u|în|σε)\s+|[,:]\s*)([^\s,:]+)\s*$"
)


def unit_of(heading: str) -> str:
    """Return the unit that a heading names behind its words, mostly in brackets."""
    found = _UNIT.search(heading)
    return (found[1] or found[2] or "").strip() if found else ""


def size_of(unit: str) -> str:
    """Return the field that is counted in *unit*; none where it has several, or other words."""
    words = re.findall(r"\w+", unit)
    found = {_field_of(word) for word in words}
    return found.pop() if len(found) == 1 else ""


def size_in(value: Answer) -> str:
    """Return the field of which a cell states a size by its unit: “5 ECTS”, “2 days”."""
    stated = _SIZED.fullmatch(str(value))
    return size_of(stated[1] or stated[2]) if stated else ""


def _field_of(word: str) -> str:
    unit = fold(word)
    if unit in HOURS or unit.startswith(_HOURS_BEGIN):
        return "hours"
    if unit in _WEEKS:
        return "duration"
    return "credits" if unit in _ECTS or unit in _SHORT or _is_credit(word) else ""


def _amount(text: str) -> float | str:
    """Return the number that is written, or the text of a range and whatever else is none."""
    text = " ".join(text.split())
    if len(text) > _DIGITS:
        return text  # nothing that counts hours or credits
    spelled = " ".join("".join(_SIGNS.get(letter, letter) for letter in text).split())
    # “1/2” alone may stand for two numbers as well.
    if (mixed := _MIXED.fullmatch(spelled)) and (mixed[1] or spelled != text):
        number = int(mixed[1] or 0) + int(mixed[2]) / int(mixed[3])
    elif decimal := _DECIMAL.fullmatch(text):
        number = float(f"{decimal[1] or 0}.{decimal[2] or 0}")
    else:
        return text
    return int(number) if number == int(number) else number


def hours_in(value: Answer) -> Answer:
    """Return a number of hours, or the words of the cell where it is none."""
    if isinstance(value, str):
        if grouped := _THOUSANDS.fullmatch(value):
            return int(grouped[1] + grouped[2])
        words = " ".join(value.split())
        return _amount(words) if _BARE.fullmatch(value) else words
    number = as_number(value)
    if number is None:
        return " ".join(str(value).split())
    return int(number) if number == int(number) else number


def credits_in(value: Answer, heading: str) -> list[dict[str, Any]]:
    """Return the credits that a cell states; the heading may name their system."""
    found = []
    units = (words for words in (unit_of(heading), heading) if size_of(words) == "credits")
    named = _system(next(units, "")) or _known_system(heading)
    for match in _CREDITS.finditer(_without_each(str(value).replace("\n", " "))):
        system = (match[2] or match[3] or "").strip(" .-")
        item: dict[str, Any] = {"points": _amount(match[1] or match[4])}
        if system := _system(system) or named:
            item["system"] = system
        found.append(item)
    return found[:5]


def _without_each(text: str) -> str:
    """Return a cell without what one credit stands for, unless it says nothing else."""
    text = text[:_READ]
    rest = _EACH.sub(" ", text)
    return rest if re.search(r"\d", rest) else text


def _system(words: str) -> str:
    """Return the credit system that some words name; their own words where nobody knows it."""
    words = words.strip()
    other = "" if _GENERAL.fullmatch(words) or len(words) > 12 else words
    return _known_system(words) or other


def _known_system(words: str) -> str:
    for word in re.findall(r"[^\W\d_]+", words):
        if fold(word) in _ECTS:
            return "ECTS"
        if entry := vocabulary("credit-systems").find(word):
            return str(entry.code)
    return ""


def _is_credit(unit: str) -> bool:
    return bool(vocabulary("credit-systems").find(unit) or _GENERAL.fullmatch(unit))


def both(value: Answer) -> tuple[str, str] | None:
    """Return hours and credits of a cell that states both, such as “5 ECTS / 125 h”."""
    hours = points = ""
    for match in _PART.finditer(_without_each(str(value))):
        field = _field_of(match[1] or match[2])
        points = points or (match[0] if field == "credits" else "")
        hours = hours or (match[0] if field == "hours" else "")
    return (hours, points) if hours and points else None
