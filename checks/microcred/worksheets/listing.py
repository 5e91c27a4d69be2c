"""Answers in rows that say themselves where they belong, as in a worksheet of one table.

Each names a part, the number of an entry, a field and an answer. The cards of a form are such rows
too, where they belong to an entry of another table.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from microcred.readers.grid import Answer, Row
from microcred.readers.text import shown
from microcred.rule import not_met
from microcred.worksheets.answers import label_key
from microcred.worksheets.belongings import Belonging
from microcred.worksheets.beside import Beside
from microcred.worksheets.cursor import Columns, Cursor
from microcred.worksheets.definition import Section
from microcred.worksheets.filling import Filling, token
from microcred.worksheets.labels import ANSWER, ENTRY, FIELD, SECTION, Parts

__all__ = ["Listing", "Said", "form_answer"]

Said = tuple[str, Answer | None, str]  # a label, the answer beside it, and the answer's place

_HEADINGS: Final = [label_key(word) for word in (SECTION, ENTRY, FIELD, ANSWER)]


class Listing:
    """The reading of such rows."""

    def __init__(
        self, parts: Parts, filling: Filling, belongings: list[Belonging], beside: Beside
    ) -> None:
        self._parts, self._filling, self._belongings = parts, filling, belongings
        self._beside = beside
        self._entries: dict[tuple[str, int], int] = {}

    @staticmethod
    def columns(row: Row) -> Columns | None:
        """Return the columns of part, entry, field and answer, if a row heads such a table."""
        at = {label_key(str(cell)): column for column, cell in row.items()}
        found = [at.get(heading) for heading in _HEADINGS]
        part, entry, field, answer = found
        if part is None or entry is None or field is None:
            return None
        return part, entry, field, answer or max(part, entry, field) + 1

    def row(self, cursor: Cursor, number: int, row: Row) -> None:
        """Read a row."""
        *columns, last = cursor.listing or (1, 2, 3, 4)
        title, entry, label = (str(row.get(column, "")) for column in columns)
        answer, at = row.get(last), cursor.sheet.label(number, last)
        if label_key(title) == "worksheet":
            return
        section = self._parts.near(title)
        self._beside.answers(cursor, number, row, section, (*columns, last))
        if section is None:
            if answer is not None:
                self._unknown(title, answer, cursor.sheet.label(number, columns[0]))
            return
        self._filling.recognised = cursor.is_read = True
        if answer is not None and not self._filling.stands(cursor.sheet, number, last):
            return
        if not section.is_table:
            form_answer(self._parts, self._filling, section, (label, answer, at))
            return
        count = int(entry) if entry.isascii() and entry.isdigit() else 1
        self.answer(section, count, (label, answer, at))

    def _unknown(self, title: str, answer: Answer, at: str) -> None:
        near = get_close_matches(title, self._parts.titles, 1, 0.5)
        hint = f"Did you mean “{near[0]}”? " if near else ""
        said = not_met(
            "The answer “{text}” belongs to the part “{part}”, and no worksheet has such a part",
            fix="{hint}Write one of: {titles}",
            text=shown(str(answer)),
            part=shown(title),
            hint=hint,
            titles=", ".join(self._parts.titles[:20]),
        )
        self._filling.fault("CELL-1", said, at)

    def answer(self, section: Section, count: int, said: Said) -> None:
        """Take an answer on the entry with that number."""
        label, answer, at = said
        if section.is_map:
            if label:
                self._filling.amount(section, label, answer, at)
            return
        if answer is None:
            return
        key = (section.title, count)
        if section.owner:
            if key not in self._entries:
                self._entries[key] = len(self._belongings)
                self._belongings.append(Belonging(section, at, owner_place=at))
            self._belongings[self._entries[key]].take(self._filling, label, answer, at)
            return
        # Entries are numbered by people; in the document they follow one another.
        index = self._entries.setdefault(key, self._filling.next(section))
        pointer = self._filling.entry(section, index, at)
        self._filling.answer(section, pointer, label, answer, at)


def form_answer(parts: Parts, filling: Filling, section: Section, said: Said) -> None:
    """Take an answer on the whole document."""
    label, answer, at = said
    one, code = parts.field(section, label)
    if one is None:
        if answer is not None and label_key(label) != "worksheet":
            name = filling.strange(section, label, answer, at)
            filling.put("/" + token(name), answer, at, "")
        return
    filling.recognised = True
    filling.put("/" + "/".join(one.path), filling.meaning(one, answer), at, code)
