"""Answers in a table: an entry in each row, below a row of headings."""

from __future__ import annotations

from typing import Final, cast

from microcred.credential import Place
from microcred.readers.grid import Row
from microcred.rule import not_met
from microcred.worksheets.answers import label_key
from microcred.worksheets.belongings import Belonging
from microcred.worksheets.beside import Beside
from microcred.worksheets.cursor import Cursor
from microcred.worksheets.definition import Section
from microcred.worksheets.filling import Filling
from microcred.worksheets.labels import HINTS, Parts, is_owner

__all__ = ["Table"]


class Table:
    """The reading of tables."""

    def __init__(
        self, parts: Parts, filling: Filling, belongings: list[Belonging], beside: Beside
    ) -> None:
        self._parts, self._filling, self._belongings = parts, filling, belongings
        self._beside = beside

    def head(self, cursor: Cursor, number: int, row: Row) -> None:
        """Take a row for the headings, if it is one."""
        section = cast("Section", cursor.section)
        labels = {column: str(cell) for column, cell in row.items()}
        known = [
            column
            for column, label in labels.items()
            if self._parts.field(section, label)[0] or is_owner(section, label)
        ]
        # A row of headings has at least two that are known, or nothing else.
        if len(known) * 2 < len(labels) or (len(known) < 2 and len(section.fields) > 1):
            cursor.above.append(number)
            return
        cursor.columns, cursor.head = labels, number
        self._beside.above(cursor, section, labels)
        self._filling.recognised = cursor.is_read = True
        # Where nothing is written yet, the first entry is what is missing.
        if not section.owner:
            label = cursor.sheet.label(number + 1, min(row))
            self._filling.places.setdefault("/" + "/".join(section.at), Place(None, None, label))

    def row(self, cursor: Cursor, number: int, row: Row) -> None:
        """Read a row below the headings."""
        section, columns = cast("Section", cursor.section), cursor.columns or {}
        if all(label_key(str(cell)) == label_key(columns.get(at, "")) for at, cell in row.items()):
            return  # the headings once more, as they are repeated on a printed page
        if section.is_map:
            self._amounts(cursor, number, row)
            return
        sheet = cursor.sheet
        owned = Belonging(section, sheet.label(number, 1), owner_place=sheet.label(number, 1))
        pointer = ""
        if section.owner:
            self._belongings.append(owned)
        else:
            index = self._filling.next(section)
            pointer = self._filling.entry(section, index, sheet.label(number, 1))
        for column in sorted({*columns, *row}):
            label, line, answer = columns.get(column), number, row.get(column)
            if answer is None and label and (above := self._merged(cursor, number, column)):
                line, answer = above, sheet.rows[above][column]
            at = sheet.label(line, column)
            if answer is not None and not self._filling.stands(sheet, number, column):
                continue
            if label is None:
                self._filling.unplaced(sheet, (number, column), _NO_HEADING, section)
            elif section.owner:
                owned.take(self._filling, label, answer, at)
            else:
                self._filling.answer(section, pointer, label, answer, at)

    def _merged(self, cursor: Cursor, number: int, column: int) -> int:
        """Return the row of the answer with which an empty cell is merged, or 0.

        A merged amount may be meant for all its rows together, so it counts once.
        """
        section, sheet = cast("Section", cursor.section), cursor.sheet
        first = cursor.covered.get((number, column), 0)
        if first <= cursor.head or (first, column) in sheet.unfinished:
            return 0
        one, _ = self._parts.field(section, (cursor.columns or {})[column])
        is_amount = one and one.is_number and one.kind != "score"
        return 0 if is_amount or sheet.rows[first][column] in HINTS else first

    def _amounts(self, cursor: Cursor, number: int, row: Row) -> None:
        section, sheet = cast("Section", cursor.section), cursor.sheet
        found: dict[str, int] = {}
        for column, label in (cursor.columns or {}).items():
            one, _ = self._parts.field(section, label)
            if one:
                found[one.path[0]] = column
        names, amounts = found.get("name", 1), found.get("value", 2)
        for column in row:
            if column not in found.values():
                self._filling.unplaced(sheet, (number, column), _NO_HEADING, section)
        title, answer = str(row.get(names, "")), row.get(amounts)
        if answer is not None and not self._filling.stands(sheet, number, amounts):
            return
        if title:
            self._filling.amount(section, title, answer, sheet.label(number, amounts))
        elif answer is not None:
            why = f"no {section.fields[0].label.lower()} stands beside it"
            self._filling.unplaced(sheet, (number, amounts), why, section)

    def close(self, cursor: Cursor, following: Section | None = None) -> None:
        """End a part; one that has cells and no headings to say what they mean is told.

        What stands above the title of the *following* part belongs to no part.
        """
        section, rows = cursor.section, cursor.sheet.rows
        # A text by itself is a note; cells beside each other are an entry.
        lonely = next((number for number in cursor.above if len(rows[number]) > 1), 0)
        if lonely and section not in (None, following) and not cursor.form:
            self._filling.fault(
                "CELL-1",
                not_met(
                    "The part “{part}” has no row of headings, so nothing in it is read",
                    fix="Put the headings back: {labels} …",
                    part=section.title,
                    labels=", ".join(one.label for one in section.fields[:4]),
                ),
                cursor.sheet.label(lonely, 1),
                "/" + "/".join(section.at),
            )
            cursor.is_read = True
        elif cursor.is_read or following:
            self._beside.above(cursor, section, {})
        cursor.above = []


_NO_HEADING: Final = "no heading stands above it"
