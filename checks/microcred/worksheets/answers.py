"""Between a cell and a value of the document: tolerant of how people write, never guessing."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import Final, cast

from microcred.quantities import either_way
from microcred.readers.grid import Answer
from microcred.readers.serials import EPOCH, EPOCH_1904, day
from microcred.shape.bare import entries
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import key
from microcred.worksheets.fields import Field

__all__ = ["label_key", "listed", "spelled", "value", "without_language"]

_LANGUAGE: Final = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*\*?")
_TOLD: Final = ("countries", "eqf-levels", "isced-f")  # lists whose codes say little
_NAMED: Final = re.compile(r"(\S+) [–-] \S.*")  # "HR – Croatia", as ``listed`` has it
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:[.,][0-9]+)?")
_BOXES: Final = re.compile("([☐☑☒🗹])")
_GROUPS: Final = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")  # 1 200
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


def value(field: Field, answer: Answer, *, from_1904: bool = False) -> object:
    """Return what an answer means in the document; None where nothing is ticked in it."""
    chosen = field.choices or field.vocabulary or field.is_list
    if chosen and isinstance(answer, str) and _BOXES.search(answer):
        ticked = _ticked(answer)
        if ticked is None:
            return None
        answer = ticked
    if field.is_list:
        return [_single(field, part, from_1904) for part in _parts(field, answer)]
    return _single(field, answer, from_1904)


def _ticked(answer: str) -> str | None:
    """Return the words beside the boxes that are ticked, one a line; a box alone says yes.

    Words stand behind their boxes, unless the text begins with words and ends with a box.
    """
    pieces = _BOXES.split(answer)
    behind = bool(pieces[-1].strip()) or not pieces[0].strip()
    chosen = [
        words.strip(" \t\r\n;,")
        for box, words in zip(pieces[1::2], pieces[2 if behind else 0 :: 2], strict=False)
        if box != "☐"
    ]
    return "\n".join(words or "yes" for words in chosen) or None


def spelled(value: object) -> Answer:
    """Return a value as a cell shows it: as it was written, where a cell asks for another form."""
    if isinstance(value, list):
        words = [str(spelled(item)) for item in value if item is not None]
        return ("\n" if any(";" in word for word in words) else "; ").join(words)
    if isinstance(value, bool | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else cast(Answer, value)


def listed(name: str, code: str) -> str:
    """Return a value as the list of that name shows it: where codes say little, with its name."""
    entry = vocabulary(name).get(code) if name in _TOLD else None
    return f"{code} – {entry.label()}" if entry else code


def _parts(field: Field, answer: Answer) -> list[Answer]:
    if not isinstance(answer, str):
        return [answer]
    return [*entries(answer, numbers=field.takes_number)]


def _single(field: Field, answer: Answer, from_1904: bool) -> object:
    if isinstance(answer, str):
        return _from_text(field, answer)
    if field.is_date and int(answer) in _SERIAL:
        return day(answer, EPOCH_1904 if from_1904 else EPOCH)
    return answer if field.takes_number else str(answer)


def _figures(text: str) -> str:
    """Return digits of any script as ours, without what marks a number as text or groups it."""
    figures = "".join(
        str(unicodedata.decimal(sign, sign)) for sign in text.strip("'’ \u00a0\u200e\u200f")
    )
    return _GROUPS.sub("", figures.replace("٫", ","))


def _from_text(field: Field, text: str) -> object:
    figures = _figures(text) if field.is_number else ""
    # A decimal comma is how most of Europe writes; a point would be read the same. “1.200” stays
    # as it is, since it could be read in two ways.
    if _NUMBER.fullmatch(figures) and not either_way(figures):
        number = float(figures.replace(",", "."))
        return int(number) if number.is_integer() else number
    if field.choices:
        found = next((choice for choice in field.choices if key(choice) == key(text)), text)
        named = _NAMED.fullmatch(text) if field.is_number and found is text else None
        return int(named[1]) if named and named[1] in field.choices else found
    if field.vocabulary and (named := _NAMED.fullmatch(text)):
        return named[1] if vocabulary(field.vocabulary).get(named[1]) else text
    return text
