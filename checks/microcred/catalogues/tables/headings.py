"""Where the headings of a table stand: below titles and logos, in one row or in two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from microcred.catalogues.tables.columns import Column, guessed
from microcred.catalogues.tables.grids import Cells, Grid
from microcred.catalogues.tables.mapping import ColumnMap
from microcred.messages import some
from microcred.problem import Problem
from microcred.rules import RULES

__all__ = ["LEAST", "Headed", "headed", "left_out", "no_headings"]

LEAST: Final = 2  # headings that have to be known, one of them the title
_LOOKED_AT: Final = 40  # rows in which the headings may stand
_WITH_SLIPS: Final = 12  # of these, where slips have to be looked for, which takes longer
_LONGEST: Final = 160  # characters: headings are short, sentences above a table may be long
_TOLD: Final = 8
_WORDS: Final = 60  # characters of a row that are shown


@dataclass
class Headed:
    """A table whose headings were found, and what of it is in no record.

    ``row`` is the last row of the headings. ``above`` and ``skipped`` hold rows, ``loose`` cells
    below no heading, ``empty`` the records of which a column says nothing, by its number,
    ``unfinished`` a cell of each row with a formula without its result, and ``unnamed`` cells that
    say yes where the name of a body or of a place belongs. ``joined`` are rows that go on with the
    record above.
    """

    grid: Grid
    columns: list[Column]
    row: int
    rows: Iterator[tuple[int, Cells]]
    above: dict[int, Cells]
    skipped: dict[int, Cells] = field(default_factory=dict)
    loose: dict[str, str] = field(default_factory=dict)
    empty: dict[int, int] = field(default_factory=dict)
    unfinished: list[str] = field(default_factory=list)
    unnamed: dict[str, str] = field(default_factory=dict)
    joined: list[int] = field(default_factory=list)
    records: int = 0


class _Found(NamedTuple):
    score: int
    first: int
    last: int
    headings: dict[int, tuple[str, ...]]


def headed(grid: Grid, mapping: ColumnMap) -> Headed | None:
    """Return the table with its headings, or None where no row has any that are known."""
    rows = iter(grid.rows)
    seen: list[tuple[int, Cells]] = []
    for number, row in rows:
        seen.append((number, row))
        if number >= max(_LOOKED_AT, mapping.heading_row):
            break
    best = _best(seen, mapping, slips=False) or _best(seen[:_WITH_SLIPS], mapping, slips=True)
    if best is None:
        return None
    columns = _with_links(mapping.apply(guessed(best.headings)), grid, best.last)
    above = {number: row for number, row in seen if number < best.first}
    below = ((number, row) for number, row in seen if number > best.last)
    return Headed(grid, _seen(columns, grid), best.last, chain(below, rows), above)


def _with_links(columns: list[Column], grid: Grid, row: int) -> list[Column]:
    """Return the columns, and the links behind the titles where no column states the page."""
    if any(column.field == "homepage" for column in columns):
        return columns
    linked = {at for number, at in grid.links if number > row}
    titles = [one for one in columns if one.field == "title" and one.number in linked]
    return [*columns, *(title.as_homepage() for title in titles[:1])]


def _best(seen: list[tuple[int, Cells]], mapping: ColumnMap, *, slips: bool) -> _Found | None:
    """Return the row, or the two, that name most fields, a title among them."""
    best: _Found | None = None
    before: tuple[int, Cells] | None = None
    for number, row in seen:
        if not mapping.heading_row or mapping.heading_row == number:
            upper = before if before and before[0] == number - 1 else None
            best = _better(best, _found(number, row, upper, mapping, slips=slips))
        before = number, row
    return best if best and best.score else None


def _seen(columns: list[Column], grid: Grid) -> list[Column]:
    return [column.as_hidden() if column.number in grid.hidden else column for column in columns]


def _found(
    number: int, row: Cells, before: tuple[int, Cells] | None, mapping: ColumnMap, *, slips: bool
) -> list[_Found]:
    """Return what a row would be as headings: alone, and together with the row above it.

    The row above counts only where it adds something, since it may as well be a title.
    """
    ways = [_scored((number, number), _alone(row), mapping, slips=slips)]
    if before and _belong_together(before[1], row):
        joined = {at: _both(before[1].get(at), row.get(at)) for at in {*before[1], *row}}
        together = _scored((before[0], number), joined, mapping, slips=slips)
        ways += [together] if together.score > ways[0].score else []
    return ways


def _scored(
    rows: tuple[int, int],
    headings: dict[int, tuple[str, ...]],
    mapping: ColumnMap,
    *,
    slips: bool,
) -> _Found:
    columns = mapping.apply(guessed(headings, slips=slips))
    fields = {column.field for column in columns if column.field}
    short = all(len(column.heading) <= _LONGEST for column in columns)
    fits = len(fields) >= LEAST and "title" in fields and short
    # Who names the row of the headings knows it.
    fits = fits or (mapping.heading_row == rows[1] and "title" in fields)
    return _Found(len(fields) if fits else 0, *rows, headings)


def _better(best: _Found | None, ways: list[_Found]) -> _Found | None:
    for found in ways:
        # Two rows that say as much as one of them belong together: the second holds units.
        most = best.score if best else 0
        joined = found.first < found.last
        if found.score > most or (joined and found.score and found.score >= most):
            best = found
    return best


def _belong_together(upper: Cells, lower: Cells) -> bool:
    """Tell whether two rows may be one row of headings: words, and no record in the second."""
    if len(lower) < LEAST or any(_is_number(value) for value in (*upper.values(), *lower.values())):
        return False
    titles = [
        column.number for column in guessed(_alone(upper), slips=False) if column.field == "title"
    ]
    return all(at not in lower or lower[at] == upper[at] for at in titles)


def _is_number(value: object) -> bool:
    return not isinstance(value, str) or value[:1].isdigit()


def _alone(row: Cells) -> dict[int, tuple[str, ...]]:
    return {at: (str(value),) for at, value in row.items()}


def _both(upper: object, lower: object) -> tuple[str, ...]:
    """Return the heading as it stands in two rows, and then what either row says."""
    words = [str(one).strip() for one in (upper, lower) if one is not None]
    if len(words) == 1 or words[0] == words[1]:
        return (words[0],)
    return (" ".join(words), words[1], words[0])


def left_out(table: Headed) -> list[str]:
    """Return in lines what of a table stands in no record, and what may be missing in some."""
    lines = [*_rows("above the headings", table.above), *_rows("without a record", table.skipped)]
    if table.loose:
        lines.append(f"  Not read, since no heading stands above: {_cells(table.loose)}")
    if table.unnamed:
        lines.append(
            f"  Not read, since a yes says neither who nor where: {_cells(table.unnamed)}. Write "
            "the name in place of it"
        )
    if table.joined:
        lines.append(
            "  Rows that go on with the record above, since its title is merged with them: "
            f"{some([str(row) for row in table.joined], _TOLD)}"
        )
    if hidden := sorted(row for row in table.grid.hidden_rows if row > table.row):
        lines.append(
            "  Rows that the workbook hides are read as well: "
            f"{some([str(row) for row in hidden], _TOLD)}. Delete those that don’t belong to the "
            "catalogue"
        )
    if table.unfinished:
        count, first = len(table.unfinished), table.unfinished[0]
        lines.append(
            f"  Not read, for want of the results of formulas: {count} "
            f"{'row' if count == 1 else 'rows'}, first {first}. {RULES['CELL-3'].fix}"
        )
    lines += [
        f"  “{' '.join(column.heading.split())}” is empty in {table.empty[column.number]} of "
        f"{table.records} records. If the cell above holds for them, say so in a mapping file: "
        f"fill down: [{column.field}]"
        for column in table.columns
        if column.field == "provider" and 0 < table.empty.get(column.number, 0) < table.records
    ]
    return lines


def _cells(cells: dict[str, str]) -> str:
    return some([f"{cell} “{words}”" for cell, words in cells.items()], _TOLD)


def _rows(what: str, rows: dict[int, Cells]) -> Iterator[str]:
    shown = list(rows.items())[:_TOLD]
    if shown:
        told = ", ".join(f"{number} “{_words(row)}”" for number, row in shown)
        more = f" and {len(rows) - _TOLD} more" if len(rows) > _TOLD else ""
        yield f"  Rows {what}: {told}{more}"


def _words(row: Cells) -> str:
    words = " ".join(" ".join(str(value).split()) for value in row.values())
    return words if len(words) <= _WORDS else f"{words[: _WORDS - 1].rstrip()}…"


def no_headings(names: Iterable[str]) -> Problem:
    """Return the problem of a table in which no row has headings that are known."""
    where = ", ".join(f"“{name}”" for name in names if name) or "the table"
    return Problem(
        f"No row of {where} has headings in which a title and one more field are known",
        "Write a mapping file that names them: see “microcred catalogue columns --help”. If each "
        "micro-credential has a column of its own, turn the table round first",
    )
