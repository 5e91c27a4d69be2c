"""Rows of totals, which many tables end with, and which are no records."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from microcred.catalogues.tables.columns import FIELDS
from microcred.catalogues.tables.sizes import size_of
from microcred.readers.grid import Answer
from microcred.vocabularies.tables import fold

__all__ = ["is_total"]

_WORD: Final = re.compile(r"[^\W\d_]+")
# The first word of the row of totals that many tables end with.
_TOTALS: Final = re.compile(
    r"(?:summe|gesamt|insgesamt|zwischensumme|total(?:e|es|en|t)?|sub-?total|grand total|suma|sum|"
    r"somme|ensemble|razem|łącznie|ogółem|totaal|yhteensä|kokku|summa|i alt|celkem|spolu|összesen|"
    r"ukupno|skupaj|iš viso|kopā|общо|всего|всього|усього|разом|σύνολο)\b",
    re.IGNORECASE,
)
# What may stand behind it, besides numbers, units and names of sizes. Any other word makes a title
# of it: “Total quality management”, “Ensemble conducting”.
_COUNTED: Final = frozenset(
    {
        *("of", "de", "der", "des", "du", "di", "all", "the", "general", "général", "générale"),
        *("generale", "geral", "total", "totale", "sum", "overall", "number", "anzahl", "nombre"),
        *("número", "courses", "kurse", "cours", "cursos", "corsi", "kursów", "programmes"),
        *("places", "plazas", "plätze", "posti", "vagas", "miejsc", "participants", "teilnehmer"),
        *("teilnehmende", "students", "learners", "punktów", "cr", "eur", "euro", "credit"),
    }
)


def is_total(row: Iterable[Answer]) -> bool:
    """Tell whether the words of a row only announce a sum."""
    words = [value for value in row if isinstance(value, str) and not _is_figure(value)]
    return bool(words) and all(_announces(value.strip()) for value in words)


def _announces(text: str) -> bool:
    """Tell whether a text only announces a sum: “Total”, “Summe: 7,5”, “Total credits”."""
    begun = _TOTALS.match(text)
    return begun is not None and all(map(_is_counted, _WORD.findall(text[begun.end() :])))


def _is_counted(word: str) -> bool:
    named = (name for field in ("hours", "credits", "price") for name in FIELDS[field].names)
    return fold(word) in _COUNTED or bool(size_of(word)) or fold(word) in named


def _is_figure(text: str) -> bool:
    return not any(letter.isalpha() for letter in text)
