"""A list of providers as spreadsheets save it: bytes to headings and rows, each with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from microcred.problem import Problem
from microcred.readers.text import marked, shown, utf16_by_looks

__all__ = ["MAX_BYTES", "MAX_ROWS", "Row", "Table", "table"]

# DEQAR's list of reports, the longest that is in use, stays well below both.
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_ROWS: Final = 300_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 20_000  # characters; a longer cell is a quotation mark that nobody closed

_SEPARATORS: Final = ",;\t|"
_TITLE_ROWS: Final = 10  # rows above the headings, such as the name of the list
_QUOTED: Final = re.compile(r'"[^"]*"')
_AS_TEXT: Final = re.compile(r'="(.*)"', re.DOTALL)  # how spreadsheets keep a number's zeros
_SAVE: Final = "Open it in a spreadsheet and save it as “CSV UTF-8”"

Row = tuple[int, tuple[str, ...]]  # the line on which it begins, and its cells


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of a list; ``notes`` say what was assumed to read it."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def table(data: bytes, heads: Callable[[tuple[str, ...]], int]) -> Table:
    """Return the table in *data*; *heads* counts how many cells of a row look like headings.

    Raises:
        Problem: it is no table in CSV, is empty, or passes a bound.
    """
    text, notes = _text(data)
    rows = list(_rows(text))
    if not rows:
        raise Problem("The register is empty", "Save the list again, with its headings")
    start = max(range(min(len(rows), _TITLE_ROWS)), key=lambda at: (heads(rows[at][1]), -at))
    if start:
        notes += (f"the headings stand in line {rows[start][0]}",)
    return Table(rows[start][1], tuple(rows[start + 1 :]), notes)


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    if len(data) > MAX_BYTES:
        raise Problem(
            f"The register is larger than {MAX_BYTES // 2**20} MiB, and more is not read",
            "Keep the columns and rows that you need, such as those of one country",
        )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Problem("The register is an office file, and only CSV is read", _SAVE)
    if encoding := marked(data):
        return _decoded(data, encoding), ()
    if encoding := utf16_by_looks(data):
        return _decoded(data, encoding), ("read as UTF-16, by its looks",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), (
            "read as Windows-1252, since it isn’t UTF-8: look whether letters such as é are right",
        )


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Problem(f"The register can’t be read as {encoding.upper()}", _SAVE) from None


def _rows(text: str) -> Iterator[Row]:
    first = text.lstrip().partition("\n")[0].strip()
    named = first[4:5] if first.lower().startswith("sep=") else ""
    if named:
        text = text.lstrip().partition("\n")[2]
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, ""), delimiter=named or _separator(text))
    count, line = 0, 1 + bool(named)
    try:
        for cells in reader:
            began, line = line, reader.line_num + 1 + bool(named)
            if not any(map(str.strip, cells)):
                continue
            count += 1
            if count > MAX_ROWS:
                raise Problem(
                    f"The register has more than {MAX_ROWS:,} rows, and more are not read",
                    "Keep the rows that you need, such as those of one country",
                )
            yield began, tuple(map(_clean, cells[:MAX_COLUMNS]))
    except csv.Error:
        raise Problem(
            f"In the register, the row that begins in line {line} “"
            f"{shown(_line(text, line - bool(named)))}” doesn’t end: a quotation mark isn’t closed",
            "Mend the row, or save the list again as “CSV UTF-8”",
        ) from None


def _separator(text: str) -> str:
    # Titles above the headings may hold commas, so several lines have a say.
    lines = [_QUOTED.sub("", line) for line in text[:20_000].split("\n")[:_TITLE_ROWS] if line]
    return max(_SEPARATORS, key=lambda sign: sum(min(line.count(sign), 9) for line in lines))


def _clean(cell: str) -> str:
    # What begins like a formula is only ever text here, and never worked out.
    words = cell.strip(" \t\r\n\u00a0\ufeff")
    found = _AS_TEXT.fullmatch(words)
    return found[1].strip() if found else words.removeprefix("'") if words[:2] == "'0" else words


def _line(text: str, number: int) -> str:
    lines = text[:2_000_000].split("\n", number)
    return lines[number - 1] if 0 < number <= len(lines) else ""
