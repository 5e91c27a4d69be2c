"""From the sheets of a filled worksheet to the document, with the place of each answer.

A sheet is read from top to bottom. A title begins a part; below it stands either a form, with a
label and an answer in each row, or a table under a row of headings. What stands under a label
that nobody knows is told, and kept as somebody’s own field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from microcred.problem import Problem
from microcred.readers.formats import Loaded
from microcred.readers.grid import Answer, Row, Sheet, Words
from microcred.readers.places import Noted
from microcred.readers.recognise import kind_of
from microcred.readers.text import shown
from microcred.rule import cannot_tell
from microcred.worksheets import own
from microcred.worksheets.answers import label_key
from microcred.worksheets.belongings import Belonging, adopted
from microcred.worksheets.beside import Beside
from microcred.worksheets.cursor import Cursor
from microcred.worksheets.definition import NAMES, Section, Worksheet, worksheet
from microcred.worksheets.filling import Filling
from microcred.worksheets.forms import Form
from microcred.worksheets.labels import ANSWER, FINDINGS, HINT, HINTS, LISTS, TITLE, Parts, subject
from microcred.worksheets.listing import Listing
from microcred.worksheets.tables import Table

__all__ = ["document"]

_ID: Final = re.compile(r"\W*(" + "|".join(NAMES) + r")\b.*", re.IGNORECASE | re.DOTALL)
_VERSION: Final = re.compile(r".*\bversion\s+([\w.]+)", re.IGNORECASE | re.DOTALL)
_ENTRY: Final = re.compile(r"(.*\S)\s+(\d{1,4})")
_MARK: Final = "x-worksheet"


def document(sheets: Sequence[Sheet], what: str, around: Sequence[Words] = ()) -> Loaded:
    """Return the document that filled sheets hold, and what answers the place of each pointer.

    What has no place in the document is noted as a fault, with its cell; so is text *around* them.

    Raises:
        Problem: they are no worksheet of ours.
    """
    from microcred.rules.cells import CELLS

    known, version = _stated(sheets)
    known = known or own.likely(sheets)
    reading = _Reading(known, older=bool(known and version and version != known.version))
    for sheet in sheets:
        reading.sheet(sheet)
    if known is None and not reading.filling.recognised:
        raise _foreign(sheets, what)
    reading.beside.words(around)
    data = reading.finished()
    filling = reading.filling
    return data, Noted(filling.places.get, CELLS, tuple(filling.faults))


def _stated(sheets: Sequence[Sheet]) -> tuple[Worksheet | None, str]:
    """Return the worksheet that a row “Worksheet | W11, version 1” names, and the version."""
    for sheet in sheets:
        for row in sheet.rows.values():
            cells = [row[column] for column in sorted(row)]
            if len(cells) > 1 and any(label_key(str(cell)) == "worksheet" for cell in cells):
                for cell in cells:
                    if match := _ID.match(str(cell)):
                        version = _VERSION.match(str(cell))
                        return worksheet(match[1]), version[1] if version else ""
    return None, ""


def _foreign(sheets: Sequence[Sheet], what: str) -> Problem:
    names = ", ".join(f"“{shown(sheet.name)[:30]}”" for sheet in sheets[:3] if sheet.name)
    held = f" ({names})" if names else ""
    fix = (
        "Fill in a worksheet; the command “microcred new W11 --format xlsx --output offer.xlsx” "
        "writes an empty one"
    )
    if what not in ("document", "text"):  # what may hold a catalogue
        fix += ". A table with one micro-credential a row is for “microcred catalogue check”"
    return Problem(
        f"This {what} is no worksheet of microcred: nothing in it{held} has the headings of one",
        fix,
    )


def _written(said: Answer) -> Answer:
    """Return what somebody wrote behind the hint of a control, where it has become a text."""
    return said.removeprefix(HINT).lstrip() or said if isinstance(said, str) else said


class _Reading:
    def __init__(self, known: Worksheet | None, *, older: bool) -> None:
        self._known = known
        self._parts = Parts(known)
        self._belongings: list[Belonging] = []
        self.filling = Filling(known.kind if known else "offer", self._parts)
        self.beside = Beside(self._parts, self.filling, known, older=older)
        self._listing = Listing(self._parts, self.filling, self._belongings, self.beside)
        self._form = Form(self._parts, self.filling, self._listing, self.beside)
        self._table = Table(self._parts, self.filling, self._belongings, self.beside)

    def sheet(self, sheet: Sheet) -> None:
        """Read one sheet from top to bottom."""
        section = self._parts.near(sheet.name)
        self.filling.from_1904 = sheet.from_1904
        cursor = Cursor(sheet, section, form=bool(section and not section.is_table))
        cursor.covered = sheet.covered()
        for number in sorted(sheet.rows):
            cells = {at: _written(said) for at, said in sheet.rows[number].items()}
            row = {at: said for at, said in cells.items() if said not in HINTS}
            if row:
                self._row(cursor, number, row)
        self._table.close(cursor)
        if not cursor.is_read:
            self._unread(cursor)

    def _unread(self, cursor: Cursor) -> None:
        """Ask about a sheet that has none of our headings, unless we wrote it."""
        sheet = cursor.sheet
        firsts = {str(cell) for row in sheet.rows.values() for cell in row.values()}
        if FINDINGS in firsts or not firsts or sheet.name == LISTS:
            return
        if any(label_key(one) == "worksheet" for one in firsts):
            self.beside.instructions(sheet)
            return
        count = sum(map(len, sheet.rows.values()))
        question = cannot_tell(
            "Is anything on “{sheet}” part of the description? None of its headings is known, so "
            "nothing on it is read (filled cells: {count})",
            sheet=shown(sheet.name),
            count=count,
        )
        first = min(sheet.rows)
        self.filling.fault("CELL-5", question, sheet.label(first, min(sheet.rows[first])))

    def finished(self) -> dict[str, Any]:
        """Return the document when all sheets are read."""
        self.filling.name_languages()
        for row in self._belongings:
            adopted(self.filling, row)
        data = self.filling.data
        if self._known is None:
            data["kind"] = kind_of({**data, "kind": None})
        elif self._known.is_own:
            own.tidy(data, self._known)
        elif self._known.scope:
            data[_MARK] = self._known.id
        return data

    def _row(self, cursor: Cursor, number: int, row: Row) -> None:
        if columns := Listing.columns(row):
            cursor.listing, cursor.section = columns, None
            cursor.columns = {column: str(cell) for column, cell in row.items()}
            self.beside.above(cursor, None, cursor.columns)
        elif cursor.listing:
            self._listing.row(cursor, number, row)
        elif self._begins(cursor, row):
            return
        elif cursor.section is None:
            cursor.section = self._parts.headed(row.values())
            if cursor.section:
                self._table.head(cursor, number, row)
            else:
                cursor.above.append(number)
        elif cursor.form:
            self._form.row(cursor, number, row)
        elif cursor.columns is None:
            self._table.head(cursor, number, row)
        else:
            self._table.row(cursor, number, row)

    def _begins(self, cursor: Cursor, row: Row) -> bool:
        """Tell whether a row is the title of a part, or the head of a form."""
        cells = [str(row[column]) for column in sorted(row)]
        form = len(cells) > 1 and label_key(ANSWER) in map(label_key, cells)
        titled = TITLE.fullmatch(cells[0]) if len(cells) == 1 else None
        if not form and not titled:
            return False
        about = subject(row)
        named = titled[1] if titled else str(row[about]) if about else ""
        section = self._titled(named, cursor.section, near=form)
        if section is None:
            return form
        self._table.close(cursor, section)
        cursor.section, cursor.entry, cursor.columns = section, None, None
        cursor.form = form or not section.is_table
        if form:
            self._form.begin(cursor, section, row)
        return True

    def _titled(self, title: str, current: Section | None, *, near: bool) -> Section | None:
        if self._parts.titled(title) is None and (match := _ENTRY.fullmatch(title)):
            title = match[1]
        if near:
            return self._parts.near(title) or current
        return self._parts.titled(title)
