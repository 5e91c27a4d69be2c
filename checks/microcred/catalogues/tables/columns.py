"""Headings of columns to fields: known words in many languages, near spellings, and guesses."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Final

from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import fold, key

__all__ = ["FIELDS", "Column", "Field", "guessed", "nearest"]

SAME: Final = 0.88  # how alike a heading must be to a known one to be read as that one
NEAR: Final = 0.6  # and to be named in a question
_LANGUAGE: Final = re.compile(r"^(.*?)[\s_]*[\(\[_/-]\s*([A-Za-z]{2})\s*[\)\]]?$")
_BRACKETS: Final = re.compile(r"[\(\[].*?[\)\]]")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column can state: how its cells are read, and where the value goes."""

    id: str
    kind: str
    pointer: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``field`` is empty where nobody knows what it is.

    ``sure`` is False where the heading is none of the known words, ``near`` names the field that
    might be meant.
    """

    number: int
    heading: str
    field: str = ""
    language: str = ""
    sure: bool = True
    near: str = ""


@lru_cache(maxsize=1)
def _fields() -> dict[str, Field]:
    path = files("microcred") / "catalogues" / "tables" / "columns.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {
        row["field"]: Field(
            row["field"], row["kind"], row["pointer"], tuple(row["names"].split("|"))
        )
        for row in rows
    }


FIELDS: Final = _fields()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for field in FIELDS.values():
        for name in (field.id, field.pointer.replace("/0/", ".").strip("/"), *field.names):
            found.setdefault(key(name), field.id)
    return found


def guessed(headings: dict[int, str]) -> list[Column]:
    """Return what each column states.

    The first of two that state the same field in one language wins, and the other is left to the
    person who knows it.
    """
    taken: set[tuple[str, str]] = set()
    columns = []
    for number, heading in sorted(headings.items()):
        column = _guess(number, heading)
        if column.field and (column.field, column.language) in taken:
            column = Column(number, heading, near=column.field)
        taken.add((column.field, column.language))
        columns.append(column)
    return columns


def _guess(number: int, heading: str) -> Column:
    words = " ".join(heading.split())[:120]
    bare, language = _without_language(words)
    for spelling in (words, bare, _BRACKETS.sub(" ", bare)):
        if field := _names().get(key(spelling)):
            return Column(number, heading, field, language)
    if field := _inside(bare):
        return Column(number, heading, field, language, sure=False)
    if field := _alike(key(bare), SAME):
        return Column(number, heading, field, language, sure=False)
    return Column(number, heading, near=_alike(key(bare), NEAR))


def _without_language(heading: str) -> tuple[str, str]:
    found = _LANGUAGE.match(heading)
    if found and found[1] and (entry := vocabulary("languages").get(found[2].lower())):
        return found[1], entry.code
    return heading, ""


def _inside(heading: str) -> str:
    """Return the field of the longest known heading whose words all stand in this one."""
    words = _WORD.findall(fold(_BRACKETS.sub(" ", heading)))
    best, length = "", 0
    for field in FIELDS.values():
        for name in field.names:
            parts = _WORD.findall(fold(name))
            run = any(words[at : at + len(parts)] == parts for at in range(len(words)))
            if run and sum(map(len, parts)) > max(length, 3):
                best, length = field.id, sum(map(len, parts))
    return best


def _alike(spelled: str, cutoff: float) -> str:
    near = get_close_matches(spelled, _names(), 1, cutoff) if len(spelled) > 3 else []
    return _names()[near[0]] if near else ""


def nearest(field: str) -> str:
    """Return the field that somebody who wrote *field* in a mapping probably meant."""
    found = get_close_matches(field.casefold(), FIELDS, 1, 0.5)
    return found[0] if found else ""
