"""OpenDocument spreadsheets and texts (ODS, ODT): what the cells of their tables hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from microcred.readers.container import Container, Handler, locked, needs_password
from microcred.readers.formats import Loaded
from microcred.readers.grid import (
    MAX_SHEETS,
    NO_RESULT,
    WORKSHEET,
    Answer,
    Bounds,
    Sheet,
    Words,
    cell_label,
    table_label,
    too_long,
    too_many_cells,
    too_many_sheets,
    too_wide,
)

__all__ = ["load", "sheets"]

_NUMBERS: Final = frozenset({"float", "currency"})
_CODE: Final = re.compile(r"0[0-9]+")
# Notes on cells, and what was deleted while changes were tracked, are no answers.
_SKIPPED: Final = frozenset({"annotation", "tracked-changes", "note", "shapes"})


def load(data: bytes) -> Loaded:
    """Return the document in a filled worksheet, and the place of each value.

    Raises:
        Problem: it is no worksheet, or can't be read.
    """
    from microcred.worksheets.reading import document

    found = _read(data)
    return document(found.sheets, "text" if found.is_text else "spreadsheet", found.around)


def sheets(data: bytes, bounds: Bounds = WORKSHEET) -> list[Sheet]:
    """Return the sheets of a spreadsheet, or the tables of a text.

    Raises:
        Problem: it is damaged, encrypted or passes a bound.
    """
    return _read(data, bounds).sheets


def _read(data: bytes, bounds: Bounds = WORKSHEET) -> _Content:
    container = Container(data, bounds.xml, bounds.elements)
    if locked(container, "META-INF/manifest.xml"):
        raise needs_password()
    content = _Content(bounds)
    container.parse("content.xml", content)
    return content


class _Content(Handler):
    """The tables of one file; a table inside of a cell is part of the cell’s text."""

    def __init__(self, bounds: Bounds) -> None:
        self.sheets: list[Sheet] = []
        self.around: list[Words] = []
        self._bounds = bounds
        self.is_text = False
        self._before = ""
        self._depth = self._skipped = self._count = 0
        self._row = self._column = self._columns = 0
        self._row_repeats = self._cell_repeats = 1
        self._cells: list[tuple[int, int, Answer, bool]] = []
        self._cell: Mapping[str, str] = {}
        self._in_cell = False
        self._leads = ""  # the address behind the words of the cell
        self._paragraphs: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        # The hint of a control that nobody filled in is no answer either.
        is_hint = attributes.get("showing-place-holder") == "true"
        if name in _SKIPPED or self._skipped or is_hint:
            self._skipped += 1
        elif name == "text" and self._before == "body":
            self.is_text = True  # a format of numbers in a spreadsheet has texts as well
        elif name == "table":
            self._depth += 1
            if self._depth == 1:
                self._table(attributes.get("name", ""))
        elif self._depth == 1 or (self.is_text and not self._depth):
            self._inside(name, attributes)
        self._before = name

    def _table(self, name: str) -> None:
        number = len(self.sheets) + 1
        if number > MAX_SHEETS:
            raise too_many_sheets()
        label = table_label(number) if self.is_text else cell_label(name)
        named = f"table {number}" if self.is_text else name
        self.sheets.append(Sheet(named, label, bounds=self._bounds))
        self._row = self._columns = 0

    def _inside(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table-row":
            self._row_repeats = _times(attributes.get("number-rows-repeated"))
            self._column, self._cells = 0, []
        elif name in ("table-cell", "covered-table-cell"):
            self._cell_repeats = _times(attributes.get("number-columns-repeated"))
            self._cell, self._paragraphs, self._in_cell = attributes, [], True
            self._leads = ""
        elif name == "table-column":
            first = self._columns + 1
            self._columns += _times(attributes.get("number-columns-repeated"))
            if attributes.get("visibility") in ("collapse", "filter"):
                self.sheets[-1].hide(first, self._columns)
        elif name in ("p", "h") and (self._in_cell or not self._depth):
            self._paragraphs.append("")
        elif self._paragraphs and name == "s":
            self._paragraphs[-1] += " " * min(_times(attributes.get("c")), 100)
        elif self._in_cell and name == "a":
            self._leads = self._leads or attributes.get("href", "")
        elif self._paragraphs and name in ("tab", "line-break"):
            self._paragraphs[-1] += "\t" if name == "tab" else "\n"

    def text(self, words: str) -> None:
        if self._paragraphs and (self._in_cell or not self._depth) and not self._skipped:
            self._paragraphs[-1] += words

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "table":
            self._depth -= 1
        elif self._depth == 1 and name in ("table-cell", "covered-table-cell"):
            self._cell_ends()
        elif self._depth == 1 and name == "table-row":
            self._row_ends()
        elif not self._depth and name in ("p", "h"):
            self._paragraph_ends()

    def _paragraph_ends(self) -> None:
        """Keep what stands outside of the tables of a text."""
        if words := "\n".join(self._paragraphs).strip():
            self.around.append(Words.below(len(self.sheets), words))
        self._paragraphs = []

    def _cell_ends(self) -> None:
        self._in_cell = False
        answer = self._answer("\n".join(self._paragraphs).strip())
        self._paragraphs = []
        unfinished = answer == "" and bool(self._cell.get("formula"))
        if answer != "" or unfinished:
            if self._column + self._cell_repeats > self._bounds.columns:
                raise too_wide(self.sheets[-1].name, self._bounds.columns)
            self._link()
            for times in range(1, self._cell_repeats + 1):
                kept = NO_RESULT if unfinished else answer
                self._cells.append((self._row, self._column + times, kept, unfinished))
            spanned = _times(self._cell.get("number-rows-spanned"))
            if spanned > 1:
                first = self._row + 1
                self.sheets[-1].merged.append((self._column + 1, first, first + spanned - 1))
        self._column += self._cell_repeats

    def _link(self) -> None:
        row, column = self._row + 1, self._column + 1
        self.sheets[-1].link_by(row, column, self._cell.get("formula", ""))
        self.sheets[-1].link(row, column, self._leads)

    def _row_ends(self) -> None:
        sheet = self.sheets[-1]
        if self._cells:
            if self._row + self._row_repeats > self._bounds.rows:
                raise too_long(sheet.name, self._bounds.rows)
            self._count += len(self._cells) * self._row_repeats
            if self._count > self._bounds.cells:
                raise too_many_cells(self._bounds.cells)
            for times in range(1, self._row_repeats + 1):
                for row, column, answer, unfinished in self._cells:
                    sheet.put(row + times, column, answer)
                    if unfinished:
                        sheet.unfinished.add((row + times, column))
        self._row += self._row_repeats

    def _answer(self, words: str) -> Answer:
        from microcred.readers.xlsx import number

        kind = self._cell.get("value-type", "string")
        value = self._cell.get("value", "")
        if kind in _NUMBERS and value:
            # A code is shown with the zeros before it that its number has lost.
            return words if _CODE.fullmatch(words) else number(value)
        if kind == "percentage" and value:
            share = number(value)
            return share if isinstance(share, str) else number(repr(round(share * 100, 9)))
        if kind == "date":
            return self._cell.get("date-value", words).partition("T")[0]
        return words


def _times(spelled: str | None) -> int:
    return int(spelled) if spelled and spelled.isascii() and spelled.isdigit() else 1
