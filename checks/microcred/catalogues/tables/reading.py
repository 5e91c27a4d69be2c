"""From the rows of a table to records, each value with its cell."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, NamedTuple

from microcred.catalogues.tables.cells import READERS
from microcred.catalogues.tables.columns import FIELDS, Column, guessed
from microcred.catalogues.tables.grids import Grid
from microcred.catalogues.tables.mapping import ColumnMap
from microcred.labels import fill
from microcred.problem import Problem
from microcred.readers.grid import Answer

__all__ = ["Headed", "Row", "headed", "no_headings", "records"]

_LOOKED_AT: Final = 40  # rows in which the headings may stand, below titles and logos
_LEAST: Final = 2  # headings that have to be known, one of them the title

Json = dict[str, Any]


class Row(NamedTuple):
    """A record, the row that it was read from, and the cell of each value."""

    place: str
    data: Json
    cells: dict[str, str]


@dataclass
class Headed:
    """A table whose headings were found; ``skipped`` are rows that hold no record."""

    grid: Grid
    columns: list[Column]
    row: int
    rows: Iterator[tuple[int, dict[int, Answer]]]
    skipped: list[int] = field(default_factory=list)


def headed(grid: Grid, mapping: ColumnMap) -> Headed | None:
    """Return the table with its headings, or None where no row has any that are known."""
    rows = iter(grid.rows)
    seen: deque[tuple[int, dict[int, Answer]]] = deque()
    best: tuple[int, int, list[Column]] | None = None
    for number, row in rows:
        seen.append((number, row))
        columns = mapping.apply(guessed({at: str(value) for at, value in row.items()}))
        score = _score(columns)
        if mapping.heading_row == number or (not mapping.heading_row and score > (best or (0,))[0]):
            best = score, number, columns
        if number >= max(_LOOKED_AT, mapping.heading_row):
            break
    if best is None or not any(column.field == "title" for column in best[2]):
        return None
    below = ((number, row) for number, row in seen if number > best[1])
    return Headed(grid, best[2], best[1], chain(below, rows))


def _score(columns: list[Column]) -> int:
    """Return how many fields the headings name; none where the title isn't among them."""
    fields = {column.field for column in columns if column.field}
    # A sentence above the table may hold a known word; headings are short.
    short = all(len(column.heading) <= 160 for column in columns)
    return len(fields) if len(fields) >= _LEAST and "title" in fields and short else 0


def records(table: Headed, mapping: ColumnMap) -> Iterator[Row]:
    """Yield the records of a table; rows without one are noted and skipped."""
    columns = [column for column in table.columns if column.field]
    titles = [column.number for column in columns if column.field == "title"]
    above: dict[int, Answer] = {}
    carried = [column.number for column in columns if column.field in mapping.fill_down]
    headings = {column.number: column.heading.strip() for column in table.columns}
    for number, found in table.rows:
        row = dict(found)
        for column in carried:
            if column in row:
                above[column] = row[column]
            elif column in above:
                row[column] = above[column]
        # A heading between the records, a note below them, or the headings of the next page.
        if not any(at in row for at in titles) and len(found) <= _LEAST:
            table.skipped.append(number)
            continue
        if len(found) == 1 and len(columns) > _LEAST + 1:
            table.skipped.append(number)
            continue
        if all(str(row.get(at, "")).strip() == headings[at] for at in titles):
            continue
        yield _record(table.grid, number, row, columns, mapping)


def _record(
    grid: Grid, number: int, row: dict[int, Answer], columns: list[Column], mapping: ColumnMap
) -> Row:
    data: Json = {"microcred": 1, "kind": "offer"}
    cells: dict[str, str] = {}
    for column in columns:
        value = row.get(column.number)
        if value is None:
            continue
        known = FIELDS[column.field]
        read = READERS[known.kind](value, column.heading)
        if read not in ("", [], {}):
            cells[known.pointer] = grid.label(number, column.number)
            _put(data, known.pointer, read, column.language)
    _finish(data, mapping.constants)
    name = f"{grid.name}, row {number}" if grid.name else f"row {number}"
    return Row(name, data, cells)


def _put(data: Json, pointer: str, value: Any, language: str) -> None:
    if language and isinstance(value, str):
        fill(data, f"{pointer}/{language}", value)
    elif pointer == "/partners":
        data["partners"] = value
    elif pointer == "/assessments" and "assessments" in data:
        data["assessments"] = [{**a, **b} for a, b in zip(value, data["assessments"], strict=False)]
    else:
        fill(data, pointer, value)


def _finish(data: Json, constants: Mapping[str, Any]) -> None:
    """Give the record what follows from its columns, and what holds for every row."""
    partners = data.pop("partners", [])
    for name, value in constants.items():
        if name == "bodies" and data.get("bodies") and isinstance(value, list):
            data["bodies"][0] = {**_first(value), **data["bodies"][0]}
        else:
            data.setdefault(name, copy.deepcopy(value))
    bodies = data.get("bodies")
    if isinstance(bodies, list) and bodies and isinstance(bodies[0], dict):
        bodies[0].setdefault("roles", ["awarding"])
        bodies += [{"name": name, "roles": ["partner"]} for name in partners]
        if country := bodies[0].get("country"):
            data.setdefault("countries", [country])
    if data.get("quality") and isinstance(data["quality"][0], dict):
        data["quality"][0].setdefault("kind", "external")
    title = data.get("title")
    if "language" not in data and isinstance(title, dict) and title:
        data["language"] = next(iter(title))


def _first(value: list[Any]) -> Json:
    return dict(value[0]) if value and isinstance(value[0], dict) else {}


def no_headings(names: Iterable[str]) -> Problem:
    """Return the problem of a table in which no row has headings that are known."""
    where = ", ".join(f"“{name}”" for name in names if name) or "the table"
    return Problem(
        f"No row of {where} has headings in which a title and one more field are known",
        "Write a mapping file that names them: see “microcred catalogue columns --help”",
    )
