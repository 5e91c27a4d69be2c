"""From the rows of a table to records, each value with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from microcred.catalogues.tables.cells import READERS
from microcred.catalogues.tables.codes import answer_in, is_nothing
from microcred.catalogues.tables.columns import FIELDS, LISTS, Column
from microcred.catalogues.tables.grids import UNCLOSED, Cells, Grid
from microcred.catalogues.tables.headings import LEAST, Headed
from microcred.catalogues.tables.mapping import ColumnMap
from microcred.catalogues.tables.record import finish, name_languages, put
from microcred.catalogues.tables.sizes import both, size_in
from microcred.catalogues.tables.totals import is_total
from microcred.problem import Problem
from microcred.readers.grid import NO_RESULT, Answer
from microcred.readers.serials import EPOCH, EPOCH_1904, day
from microcred.rules import RULES

__all__ = ["Row", "records"]

_LOOSE: Final = 200  # cells below no heading that are remembered
# The first day and the last that a bare number stands for where days are expected: 2000 to 2099.
_DAYS: Final = range(36_526, 73_051)
Json = dict[str, Any]


class Row(NamedTuple):
    """A record, the row that it was read from, and the cell of each value; or why it isn't one."""

    place: str
    data: Json
    cells: dict[str, str]
    problem: Problem | None = None


def records(table: Headed, mapping: ColumnMap) -> Iterator[Row]:
    """Yield the records of a table; rows without one are noted and skipped."""
    columns = [column for column in table.columns if column.field]
    above: Cells = {}
    carried = [column.number for column in columns if column.field in mapping.fill_down]
    for number, found in _joined(table, columns):
        row = dict(found)
        for column in carried:
            if column in row:
                above[column] = row[column]
            elif column in above:
                row[column] = above[column]
        if table.grid.separator and (at := _unclosed(row)):
            table.records += 1
            yield Row(f"row {number}", {}, {}, _not_closed(table.grid.label(number, at)))
            continue
        if _is_heading(table, row):
            continue
        if _is_no_record(found, row, columns):
            table.skipped[number] = found
            continue
        yield _row(table, number, row, columns, mapping)


def _joined(table: Headed, columns: list[Column]) -> Iterator[tuple[int, Cells]]:
    """Yield the rows, each with what the rows below it add to its lists."""
    if not table.grid.covered:
        yield from table.rows
        return
    lists = {one.number for one in columns if FIELDS[one.field].kind in LISTS}
    others = {one.number for one in columns} - lists
    titles = [one.number for one in columns if one.field == "title"]
    covered = table.grid.covered
    first, kept = 0, Cells()
    for number, row in table.rows:
        own = {at for at in row if (number, at) not in covered}
        if first in {covered.get((number, at)) for at in titles} and own.isdisjoint(others):
            kept |= {at: f"{kept[at]}\n{row[at]}" if at in kept else row[at] for at in own & lists}
            table.joined.append(number)
            continue
        if kept:
            yield first, kept
        first, kept = number, dict(row)
    if kept:
        yield first, kept


def _is_heading(table: Headed, row: Cells) -> bool:
    """Tell whether a row is the headings of the next page."""
    titles = [column for column in table.columns if column.field == "title"]
    return all(str(row.get(one.number, "")).strip() == one.heading.strip() for one in titles)


def _is_no_record(found: Cells, row: Cells, columns: list[Column]) -> bool:
    """Tell whether a row is a heading between records, a note below them, or their total."""
    titled = any(column.number in row for column in columns if column.field == "title")
    if len(found) <= LEAST and not titled:
        return True
    if len(found) == 1 and len(columns) > LEAST + 1:
        return True
    return is_total(found.values())


def _row(table: Headed, number: int, row: Cells, columns: list[Column], mapping: ColumnMap) -> Row:
    table.records += 1
    grid, known = table.grid, {column.number for column in table.columns}
    name = f"{grid.name}, row {number}" if grid.name else f"row {number}"
    beyond = [at for at in row if at > max(known)]
    if beyond and grid.separator and max(known) in row:
        # The cells behind the one that holds the separator stand one column too far.
        return Row(name, {}, {}, _shifted(max(row), max(known), grid.separator))
    unfinished = [column.number for column in columns if row.get(column.number) == NO_RESULT]
    if unfinished:
        table.unfinished.append(grid.label(number, unfinished[0]))
        return Row(name, {}, {}, _no_result(table.unfinished[-1]))
    for at in sorted(row.keys() - known):
        if len(table.loose) < _LOOSE:
            table.loose[grid.label(number, at)] = " ".join(str(row[at]).split())[:40]
    table.unnamed |= _unnamed(grid, number, row, columns) if len(table.unnamed) < _LOOSE else {}
    for column in columns:
        table.empty[column.number] = table.empty.get(column.number, 0) + (column.number not in row)
    return Row(name, *_record(grid, number, row, columns, mapping))


def _unclosed(row: Cells) -> int:
    """Return the column of the cell whose quotation mark is never closed, or 0."""
    last = max(row)
    return last if str(row[last]).endswith(UNCLOSED) else 0


def _not_closed(cell: str) -> Problem:
    return Problem(
        f"{cell} begins with a quotation mark that isn’t closed, so all the rows behind it were "
        "read as part of this cell",
        "Close the quotation mark, or take it away, and check the table again",
    )


def _no_result(cell: str) -> Problem:
    return Problem(f"{cell} holds a formula without its result", RULES["CELL-3"].fix)


def _shifted(cells: int, headings: int, separator: str) -> Problem:
    sign = {"\t": "a tab"}.get(separator, f"“{separator}”")
    return Problem(
        f"The row has {cells} cells, and there are {headings} headings, so values may stand in "
        "wrong columns",
        f"Put a text that holds {sign} between quotation marks, or save the table as XLSX",
    )


def _record(
    grid: Grid, number: int, row: Cells, columns: list[Column], mapping: ColumnMap
) -> tuple[Json, dict[str, str]]:
    data: Json = {"microcred": 1, "kind": "offer"}
    cells: dict[str, str] = {}
    filled = [
        (column, _led_to(grid, number, column, row[column.number]))
        for column in columns
        if column.number in row
        and not is_nothing(row[column.number])
        and not _says_no_more(column, row[column.number])
    ]
    stated = {column.field for column, _ in filled}
    for column, value in filled:
        cell = grid.label(number, column.number)
        for field, part in _parts(column.field, value, stated, grid):
            _state(data, cells, field, part, column, cell)
    name_languages(data, mapping.constants.get("language"))
    finish(data, mapping.constants)
    return data, cells


def _led_to(grid: Grid, number: int, column: Column, value: Answer) -> Answer:
    """Return the web address behind the words of a cell where one is asked for."""
    if column.linked:
        return grid.links.get((number, column.number), "")
    if FIELDS[column.field].kind == "address" and "://" not in str(value):
        return grid.links.get((number, column.number), value)
    return value


def _says_no_more(column: Column, value: Answer) -> bool:
    """Tell whether a cell that should name a body or a place says a mere yes or no."""
    pointer = FIELDS[column.field].pointer
    asks = pointer.startswith("/quality/") or pointer == "/participation/place"
    return asks and bool(answer_in(value))


def _unnamed(grid: Grid, number: int, row: Cells, columns: list[Column]) -> dict[str, str]:
    """Return the cells of a row that say yes where a name is asked for, so that they are told."""
    return {
        grid.label(number, column.number): str(row[column.number]).strip()
        for column in columns
        if column.number in row
        and _says_no_more(column, row[column.number])
        and answer_in(row[column.number]) == "yes"
    }


def _parts(field: str, value: Answer, stated: set[str], grid: Grid) -> Iterator[tuple[str, Answer]]:
    """Yield what a cell says of its field, and what it says of the other field of a size."""
    if field not in {"hours", "credits"}:
        yield field, _as_day(value, grid) if FIELDS[field].kind == "date" else value
    elif pair := both(value):
        for name, part in zip(("hours", "credits"), pair, strict=True):
            if name == field or name not in stated:
                yield name, part
    else:
        # “5 ECTS” below “Umfang”, which is mostly a number of hours.
        other = size_in(value)
        yield (other if other and other not in stated else field), value


def _state(
    data: Json, cells: dict[str, str], field: str, value: Answer, column: Column, cell: str
) -> None:
    """Put what a cell says into the record, and note the cell."""
    known = FIELDS[field]
    read = READERS[known.kind](value, column.heading)
    if read in ("", [], {}):
        return
    name = known.pointer[1:]
    before = len(data.get(name, ())) if known.pointer in cells and known.kind in LISTS else 0
    put(data, known.pointer, read, column.language)
    if before:
        added = [f"{known.pointer}/{index}" for index in range(before, len(data[name]))]
        texts = [f"{known.pointer}/{index}/statement/{column.language}" for index in range(before)]
        cells.update(dict.fromkeys(added or texts, cell))  # texts in one more language
    elif field == "level" and known.pointer in cells:
        # A level of another framework stands in a column of its own.
        cells[f"{known.pointer}/national"] = cell
    else:
        cells[known.pointer] = cell


def _as_day(value: Answer, grid: Grid) -> Answer:
    """Return the day for which a bare number stands that a spreadsheet counts."""
    number = int(value) if isinstance(value, str) and re.fullmatch(r"\d{5}", value) else value
    if isinstance(number, int) and number in _DAYS:
        return day(number, EPOCH_1904 if grid.from_1904 else EPOCH)
    return value
