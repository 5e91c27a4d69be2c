"""Sheets and tables as office files hold them: rows of cells, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from microcred.problem import Problem
from microcred.readers.bounds import MAX_SCALAR, text_too_long
from microcred.readers.text import bare

__all__ = [
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MAX_SHEETS",
    "NO_RESULT",
    "WORKSHEET",
    "Answer",
    "Bounds",
    "Row",
    "Sheet",
    "Words",
    "cell_label",
    "letters",
    "too_long",
    "too_many_cells",
    "too_many_sheets",
    "too_wide",
]

# Far from any filled worksheet; they keep a hostile file from eating time or memory.
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 50_000
MAX_MERGED_ROWS: Final = 1_000  # one value may hold for so many
MAX_SHEETS: Final = 500  # or tables of a text


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of an office file is read: filled cells, where they may lie, bytes of XML."""

    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    cells: int = MAX_CELLS
    xml: int = 40 * 1024 * 1024

    @property
    def elements(self) -> int:
        """Return how many elements of XML are read: a filled cell has three, an empty one one."""
        return self.cells * 12


WORKSHEET: Final = Bounds()

NO_RESULT: Final = "="  # stands for a formula of which the file doesn't say what it comes to

Answer = str | int | float
Row = dict[int, Answer]  # the cells that hold something, by column, counted from 1


class Words(NamedTuple):
    """A paragraph outside of the tables of a text, and the words for its place."""

    place: str
    text: str

    @classmethod
    def below(cls, tables: int, text: str) -> Words:
        """Return a paragraph that stands below so many tables."""
        return cls(f"below table {tables}" if tables else "above table 1", text)


_WORD: Final = re.compile(r"\w+")
_HYPERLINK: Final = re.compile(r'(?:of:)?=?\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)


@dataclass(slots=True)
class Sheet:
    """A sheet or table: its name, the rows that hold something, and the words for a place."""

    name: str
    label: Callable[[int, int], str]
    rows: dict[int, Row] = field(default_factory=dict)
    from_1904: bool = False  # how days are counted where a number has no format of days
    unfinished: set[tuple[int, int]] = field(default_factory=set)  # formulas without a result
    struck: dict[tuple[int, int], str] = field(default_factory=dict)  # words with a line through
    bounds: Bounds = WORKSHEET
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first and last row
    hidden: set[int] = field(default_factory=set)  # columns that aren't shown
    hidden_rows: set[int] = field(default_factory=set)
    links: dict[tuple[int, int], str] = field(default_factory=dict)  # addresses behind words
    is_hidden: bool = False

    def put(self, row: int, column: int, value: Answer) -> None:
        """Keep what a cell holds.

        Raises:
            Problem: it lies outside the bounds.
        """
        if isinstance(value, str):
            value = bare(value)
            if not value:
                return
            if len(value) > MAX_SCALAR:
                raise text_too_long(f"the cell {self.label(row, column)}")
        if row > self.bounds.rows:
            raise too_long(self.name, self.bounds.rows)
        if column > self.bounds.columns:
            raise too_wide(self.name, self.bounds.columns)
        self.rows.setdefault(row, {})[column] = value

    def covered(self) -> dict[tuple[int, int], int]:
        """Return the empty cells, by row and column, for which one above is merged with them.

        That one is given by its row. Rows that hold nothing of their own are left out.
        """
        found: dict[tuple[int, int], int] = {}
        reached: dict[int, int] = {}  # areas that overlap are no work of office software
        for column, first, last in sorted(self.merged):
            if column in self.rows.get(first, ()) and last - first < MAX_MERGED_ROWS:
                for row in range(max(first, reached.get(column, 0)) + 1, last + 1):
                    if row in self.rows and column not in self.rows[row]:
                        found[row, column] = first
                reached[column] = max(last, reached.get(column, 0))
        return found

    def link(self, row: int, column: int, address: str) -> None:
        """Note the web address to which what a cell shows leads."""
        if address.startswith(("https://", "http://")) and len(address) <= MAX_SCALAR:
            self.links[row, column] = address

    def link_by(self, row: int, column: int, formula: str) -> None:
        """Note the web address to which a cell leads by its formula."""
        if leads := _HYPERLINK.match(formula):
            self.link(row, column, leads[1])

    def hide(self, first: int, last: int) -> None:
        """Note columns that aren't shown."""
        self.hidden.update(range(max(first, 1), min(last, self.bounds.columns) + 1))


def too_long(name: str, most: int = MAX_ROWS) -> Problem:
    """Return the problem of a sheet with more than *most* rows."""
    return Problem(
        f"“{name}” has something in a row after row {most:,}, and more rows are not read",
        "Delete the rows that don’t belong to the worksheet",
    )


def too_wide(name: str, most: int = MAX_COLUMNS) -> Problem:
    """Return the problem of a sheet with more than *most* columns."""
    return Problem(
        f"“{name}” has something in a column after column {letters(most)}, "
        "and more columns are not read",
        "Delete the columns that don’t belong to the worksheet",
    )


def too_many_sheets() -> Problem:
    """Return the problem of a file with more than ``MAX_SHEETS`` sheets or tables."""
    return Problem(
        f"The file has more than {MAX_SHEETS} sheets or tables, and more are not read",
        "Keep one worksheet in each file, and delete the rest",
    )


def too_many_cells(most: int = MAX_CELLS) -> Problem:
    """Return the problem of a file with more than *most* filled cells."""
    return Problem(
        f"The file has more than {most:,} cells that hold something",
        "Keep one worksheet in each file, and delete other sheets",
    )


def letters(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    word = ""
    while column:
        column, rest = divmod(column - 1, 26)
        word = chr(ord("A") + rest) + word
    return word


def cell_label(sheet: str) -> Callable[[int, int], str]:
    """Return what names a cell of a spreadsheet, such as Outcomes!B7."""
    name = sheet if _WORD.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    return lambda row, column: f"{name}!{letters(column)}{row}"


def table_label(number: int) -> Callable[[int, int], str]:
    """Return what names a row of a table in a text, such as table 3, row 2."""
    return lambda row, _column: f"table {number}, row {row}"
