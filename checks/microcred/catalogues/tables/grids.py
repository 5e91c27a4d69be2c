"""Rows of tables, from CSV line by line, from workbooks sheet by sheet."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from microcred.catalogues.tables.encodings import encoding_of, looks_like
from microcred.problem import Problem
from microcred.readers.bounds import MAX_SCALAR
from microcred.readers.grid import Answer, Bounds, Sheet, letters

__all__ = ["MOST_BYTES", "UNCLOSED", "Cells", "Grid", "csv_grid", "workbook_grids"]

MIB: Final = 1024 * 1024
MOST_BYTES: Final = 50 * MIB  # of a workbook, packed
WORKBOOK: Final = Bounds(rows=100_000, columns=400, cells=400_000, xml=100 * MIB)
MOST_LINE: Final = 2_000_000  # characters between two ends of lines
MOST_CELLS: Final = 10_000  # of a row
_PEEKED: Final = 64 * 1024
_SEPARATORS: Final = ",;\t|"
# Stands behind the last line while a table is read: a cell that holds it was never closed. No text
# has it, since Unicode keeps it for use within programs.
UNCLOSED: Final = "\ufdd0"
# As far as a cell goes mostly: without an end, a text made for it would take seconds.
_QUOTED: Final = re.compile(r'(?<![^,;\t|\n\r])"(?:[^"]|""){0,4000}"(?=[,;\t|\n\r]|$)')
_NO_TABLE: Final = "Look whether the file is a table, with one micro-credential a row"
_STATED: Final = re.compile(r"(?i)\ufeff?\"?sep=([,;\t|])\"?\s*$")


Cells = dict[int, Answer]  # what the cells of a row hold, by their column


@dataclass(frozen=True)
class Grid:
    """A table: its name, the words for a cell, and its rows with their numbers.

    ``separator`` divides the cells of a text. ``hidden`` are columns that a workbook doesn't show,
    ``hidden_rows`` rows with something in them, ``links`` the web addresses behind words.
    ``covered`` gives, of cells that are merged with one above, the row of that one.
    """

    name: str
    label: Callable[[int, int], str]
    rows: Generator[tuple[int, Cells]]
    separator: str = ""
    hidden: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    covered: Mapping[tuple[int, int], int] = field(default_factory=dict)
    is_hidden: bool = False
    from_1904: bool = False


def csv_grid(stream: BinaryIO, encoding: str = "") -> Grid:
    """Return the table in *stream*; it is read while the rows are taken.

    Raises:
        Problem: the encoding is unknown, or the text isn't in it; in the rows also what isn't CSV.
    """
    start = stream.peek(_PEEKED)[:_PEEKED]  # type: ignore[attr-defined] # buffered by who opens it
    known = encoding or encoding_of(start)
    try:
        codecs.lookup(known)
    except LookupError:
        raise Problem(f"There is no encoding “{encoding}”", "Name one such as cp1252") from None
    text = start.decode(known, "replace")
    lines = text.splitlines()[:40]
    stated = _STATED.match(lines[0]) if lines else None  # as Excel writes it for itself
    separator = stated[1] if stated else _separator(text)
    return Grid(
        "",
        lambda row, column: f"row {row}, column {letters(column)}",
        _rows(stream, known, separator, start),
        separator=separator,
    )


def _separator(text: str) -> str:
    """Return the sign that divides most lines into as many cells as each other.

    What stands between quotation marks doesn't count. Many lines of the same length say more than
    many cells: a text may hold more commas than its row has cells.
    """
    lines = _QUOTED.sub("", text.removeprefix("\ufeff")).splitlines()[:40]
    return max(_SEPARATORS, key=lambda mark: _evenness([line.count(mark) for line in lines]))


def _evenness(counts: list[int]) -> tuple[int, int]:
    alike = Counter(count for count in counts if count)
    best = max((lines * lines * count for count, lines in alike.items()), default=0)
    return best, sum(counts)


def _rows(
    stream: BinaryIO, encoding: str, separator: str, start: bytes
) -> Generator[tuple[int, Cells]]:
    csv.field_size_limit(MAX_SCALAR)
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        for number, row in enumerate(csv.reader(_lines(text), delimiter=separator), 1):
            if row == [UNCLOSED]:
                return
            if len(row) > MOST_CELLS:
                raise Problem(f"A row of the table has more than {MOST_CELLS:,} cells", _NO_TABLE)
            filled: Cells = {
                column: words.strip() for column, words in enumerate(row, 1) if words.strip()
            }
            if filled:
                yield number, filled
    except UnicodeError:
        other, name = looks_like(start)
        raise Problem(
            f"The table isn’t in the encoding {encoding.replace('-sig', '').upper()}",
            f"It looks like {name}: try --encoding {other}, or save it as “CSV UTF-8”",
        ) from None
    except csv.Error as error:
        if "field limit" in str(error):
            raise Problem(
                f"A cell has more than {MAX_SCALAR:,} characters",
                "Look for a quotation mark that isn’t closed",
            ) from None
        raise Problem(
            "The table doesn’t follow the form of CSV", "Save it again as “CSV UTF-8”"
        ) from None
    finally:
        # The stream belongs to who opened it.
        with suppress(ValueError):
            text.detach()


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines, and then what shows whether the last cell is closed."""
    yield from iter(lambda: _line(text), "")
    yield UNCLOSED


def _line(text: io.TextIOWrapper) -> str:
    line = text.readline(MOST_LINE + 1)
    if len(line) > MOST_LINE:
        raise Problem(f"A line of the table has more than {MOST_LINE:,} characters", _NO_TABLE)
    return line


def workbook_grids(data: bytes, *, is_ods: bool) -> list[Grid]:
    """Return the sheets of a workbook.

    Raises:
        Problem: it is damaged, locked or passes a bound.
    """
    if is_ods:
        from microcred.readers.opendocument import sheets
    else:
        from microcred.readers.xlsx import sheets
    return [_grid(sheet) for sheet in sheets(data, WORKBOOK)]


def _grid(sheet: Sheet) -> Grid:
    covered = sheet.covered()
    # What a cell that is merged over several rows says holds for each of these rows.
    for (row, column), first in covered.items():
        sheet.rows[row][column] = sheet.rows[first][column]
        sheet.link(row, column, sheet.links.get((first, column), ""))
    return Grid(
        sheet.name,
        sheet.label,
        _filled(sheet),
        hidden=frozenset(sheet.hidden),
        hidden_rows=frozenset(sheet.hidden_rows & sheet.rows.keys()),
        links=sheet.links,
        covered=covered,
        is_hidden=sheet.is_hidden,
        from_1904=sheet.from_1904,
    )


def _filled(sheet: Sheet) -> Generator[tuple[int, Cells]]:
    yield from sorted(sheet.rows.items())
