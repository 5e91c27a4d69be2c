"""Answers in a form: a label and an answer in each row."""

from __future__ import annotations

from typing import cast

from microcred.readers.grid import Row
from microcred.worksheets.cursor import Cursor
from microcred.worksheets.definition import Section
from microcred.worksheets.filling import Filling, finished_formula
from microcred.worksheets.labels import Parts
from microcred.worksheets.listing import Listing, form_answer

__all__ = ["Form"]


class Form:
    """The reading of forms."""

    def __init__(self, parts: Parts, filling: Filling, cards: Listing) -> None:
        self._parts, self._filling, self._cards = parts, filling, cards
        self._count = 0

    def begin(self, cursor: Cursor, section: Section) -> None:
        """Begin a form, which is about the next entry where its part is a list."""
        self._filling.recognised = True
        if section.owner:
            self._count += 1
            cursor.entry = -self._count  # a card has no number that others know
        elif section.is_table and not section.is_map:
            cursor.entry = self._filling.next(section)

    def row(self, cursor: Cursor, number: int, row: Row) -> None:
        """Read a row."""
        section, sheet = cast("Section", cursor.section), cursor.sheet
        said = (str(row.get(1, row.get(min(row), ""))), row.get(2), sheet.label(number, 2))
        if section.is_table and not section.owner and not section.is_map:
            index = cursor.entry if cursor.entry is not None else 0
            pointer = self._filling.entry(section, index, sheet.label(number, 1))
            self._filling.answer(section, pointer, *said)
        elif section.is_table:
            self._cards.answer(section, cursor.entry or 0, said)
        else:
            form_answer(self._parts, self._filling, section, said)
        if said[1] is not None:
            finished_formula(sheet, number, 2)
