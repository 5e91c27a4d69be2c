"""Between a cell and a value of the document: tolerant of how people write, never guessing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import key
from microcred.worksheets.fields import Field

__all__ = ["label_key", "spelled", "value", "without_language"]

_LANGUAGE: Final = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*\*?")
_CODES: Final = re.compile(r"[\w.:-]+(?:\s*,\s*[\w.:-]+)+")
_NAMED: Final = re.compile(r"(\S+) [–-] \S.*")  # "HR – Croatia", as the lists of a workbook show it
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:[.,][0-9]+)?")
_SERIAL: Final = range(20_000, 80_000)  # the years 1954 to 2119, as spreadsheets count days


@lru_cache(maxsize=512)
def label_key(label: str) -> str:
    """Return a label as labels are compared: without case, spaces and the star of needed fields."""
    return key(label.strip().rstrip("*:").strip())


def without_language(label: str) -> tuple[str, str]:
    """Return a label and the code of the language behind it in brackets, if there is one."""
    match = _LANGUAGE.fullmatch(label.strip())
    entry = vocabulary("languages").find(match[2]) if match else None
    return (match[1], entry.code) if match and entry else (label, "")


def value(field: Field, answer: Answer) -> object:
    """Return what an answer means in the document."""
    if field.is_list:
        return [_single(field, part) for part in _parts(field, answer)]
    return _single(field, answer)


def spelled(value: object) -> Answer:
    """Return a value as a cell shows it."""
    if isinstance(value, list):
        words = [str(item) for item in value]
        return ("\n" if any(";" in word for word in words) else "; ").join(words)
    return value if isinstance(value, int | float | str) else str(value)


def _parts(field: Field, answer: Answer) -> list[Answer]:
    if not isinstance(answer, str):
        return [answer]
    if "://" in answer:
        parts = re.split(r"[;,]?\s+", answer)
    elif "\n" in answer:
        parts = answer.split("\n")
    elif ";" in answer:
        parts = answer.split(";")
    elif not field.takes_number and _CODES.fullmatch(answer):
        parts = answer.split(",")
    else:
        parts = [answer]
    return [part.strip() for part in parts if part.strip()]


def _single(field: Field, answer: Answer) -> object:
    if isinstance(answer, str):
        return _from_text(field, answer)
    if field.is_date and isinstance(answer, int) and answer in _SERIAL:
        from microcred.readers.xlsx import day

        return day(answer)
    return answer if field.takes_number else str(answer)


def _from_text(field: Field, text: str) -> object:
    if field.is_number and _NUMBER.fullmatch(text):
        # A decimal comma is how most of Europe writes; a point would be read the same.
        number = float(text.replace(",", "."))
        return int(number) if number.is_integer() else number
    if field.choices:
        found = next((choice for choice in field.choices if key(choice) == key(text)), text)
        named = _NAMED.fullmatch(text) if field.is_number and found is text else None
        return int(named[1]) if named and named[1] in field.choices else found
    if field.vocabulary and (named := _NAMED.fullmatch(text)):
        return named[1] if vocabulary(field.vocabulary).get(named[1]) else text
    return text
