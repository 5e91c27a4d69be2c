"""Cells as institutions fill them: “5 ECTS”, “EQF 6 / NQF 7”, several outcomes in one cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from microcred.catalogues.tables.codes import MOST, code_of, several
from microcred.catalogues.tables.levels import level_in
from microcred.catalogues.tables.lists import assessments, outcomes
from microcred.catalogues.tables.sizes import credits_in, hours_in, size_of, unit_of
from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary

__all__ = ["READERS", "is_unit"]

_CURRENCY: Final = re.compile(
    r"EUR|USD|GBP|CHF|PLN|CZK|HUF|RON|BGN|SEK|NOK|DKK|ISK|UAH|RSD|TRY|GEL|BAM|MKD|ALL|MDL|AMD|AZN|"
    r"[€£$₴₺₾֏]|[Ee]uros?|zł|Kč|Ft|lei|грн|TL|РСД|ден|лв"
)
_FIGURE: Final = re.compile(r"\d+(?:[ .,’'\u00a0\u202f]\d+)*")
_STACKING: Final = {"yes": "stackable", "no": "standalone"}


def _plain(value: Answer, _heading: str) -> Any:
    return " ".join(str(value).split()) if "\n" not in str(value) else str(value).strip()


def _listed(value: Answer, _heading: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", str(value)) if part.strip()][:MOST]


def _measured(value: Answer, heading: str) -> Any:
    """Return a text; a bare figure takes the currency or the unit of time that the heading names.

    “150” below “Price (EUR)” means 150 EUR.
    """
    words, unit = _plain(value, heading), unit_of(heading)
    is_known = is_unit(unit) and size_of(unit) in {"", "duration"}
    return f"{words} {unit}" if is_known and _FIGURE.fullmatch(words) else words


def is_unit(words: str) -> bool:
    """Tell whether words name what is counted: a currency, or the unit of a size."""
    return bool(_CURRENCY.fullmatch(words) or size_of(words))


def _codes_of(listed: str) -> Callable[[Answer, str], list[str]]:
    """Return what reads the codes of a list; “Bosnia and Herzegovina” is one country."""

    def read(value: Answer, _heading: str) -> list[str]:
        lines = re.split(r"[;,/|\n]", str(value))
        known = [[one] if vocabulary(listed).find(one.strip()) else several(one) for one in lines]
        return [code_of(listed, part) for parts in known for part in parts][:MOST]

    return read


def _fields(value: Answer, _heading: str) -> list[str]:
    words = str(value)
    codes = [_field_of_study(code) for code in re.findall(r"^\d$|\b\d{2,4}\b", words)]
    return codes or [part.strip() for part in re.split(r"[;\n]", words) if part.strip()]


def _field_of_study(code: str) -> str:
    """Return a code with the zeros that a spreadsheet took away, where only one code fits."""
    known = [full for zeros in ("", "0", "00") if vocabulary("isced-f").get(full := zeros + code)]
    return known[0] if len(known) == 1 else code


def _stacking(value: Answer, _heading: str) -> str:
    """Return the option; a bare yes or no answers whether the course is stackable."""
    answer = code_of("answers", str(value))
    return _STACKING.get(answer) or code_of("stacking", str(value))


def _of(listed: str) -> Callable[[Answer, str], str]:
    return lambda value, _heading: code_of(listed, str(value))


READERS: Final[dict[str, Callable[[Answer, str], Any]]] = {
    "text": _plain,
    "address": _plain,
    "measured": _measured,
    "list": _listed,
    "date": _plain,
    "outcomes": outcomes,
    "hours": lambda value, _heading: hours_in(value),
    "credits": credits_in,
    "level": level_in,
    "mode": _of("modes"),
    "country": _of("countries"),
    "stacking": _stacking,
    "languages": _codes_of("languages"),
    "countries": _codes_of("countries"),
    "language": lambda value, _heading: code_of("languages", str(value)),
    "fields": _fields,
    "assessment": assessments,
}
