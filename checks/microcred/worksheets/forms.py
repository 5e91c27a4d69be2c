"""Answers in a form: a label and an answer in each row."""

from __future__ import annotations

from typing import cast

from microcred.readers.grid import Row
from microcred.worksheets.answers import label_key
from microcred.worksheets.beside import Beside, says
from microcred.worksheets.cursor import Cursor
from microcred.worksheets.definition import Section
from microcred.worksheets.filling import Filling
from microcred.worksheets.labels import ANSWER, Parts, subject
from microcred.worksheets.listing import Listing, form_answer

__all__ = ["Form"]


class Form:
    """The reading of forms."""

    def __init__(self, parts: Parts, filling: Filling, cards: Listing, beside: Beside) -> None:
        self._parts, self._filling, self._cards, self._beside = parts, filling, cards, beside
        self._count = 0

    def begin(self, cursor: Cursor, section: Section, head: Row | None) -> None:
        """Begin a form, which is about the next entry where its part is a list.

        *head* is its row of headings, if it has one: they may stand in any order.
        """
        self._filling.recognised = cursor.is_read = True
        if head:
            cursor.columns = {column: str(cell) for column, cell in head.items()}
            answers = next(
                at for at, cell in cursor.columns.items() if label_key(cell) == label_key(ANSWER)
            )
            cursor.answers = subject(head) or min(head), answers
        if section.owner:
            self._count += 1
            cursor.entry = -self._count  # a card has no number that others know
        elif section.is_table and not section.is_map:
            cursor.entry = self._filling.next(section)

    def row(self, cursor: Cursor, number: int, row: Row) -> None:
        """Read a row."""
        section, sheet = cast("Section", cursor.section), cursor.sheet
        labels, answers = cursor.answers
        label, answer = str(row.get(labels, "")), row.get(answers)
        cursor.is_read = True  # an unknown question is told by itself
        self._beside.answers(cursor, number, row, section, cursor.answers)
        if answer is not None and not self._filling.stands(sheet, number, answers):
            return
        if not label:
            # Where a column was added before, the words below the title stand here.
            if answer is not None and not says(section, answer):
                no_label = "no question stands beside it"
                self._filling.unplaced(sheet, (number, answers), no_label, section)
            return
        if answer is None and self._beside.labelled(label, sheet.label(number, labels)):
            return
        said = (label, answer, sheet.label(number, answers))
        if section.is_table and not section.owner and not section.is_map:
            index = cursor.entry if cursor.entry is not None else 0
            pointer = self._filling.entry(section, index, sheet.label(number, labels))
            self._filling.answer(section, pointer, *said)
        elif section.is_table:
            self._cards.answer(section, cursor.entry or 0, said)
        else:
            form_answer(self._parts, self._filling, section, said)
