"""From the rows of a table to records, each value with its cell."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from microcred.catalogues.tables.cells import READERS, answer_in, is_nothing
from microcred.catalogues.tables.columns import FIELDS, LISTS, Column
from microcred.catalogues.tables.grids import UNCLOSED, Cells, Grid
from microcred.catalogues.tables.headings import LEAST, Headed
from microcred.catalogues.tables.mapping import ColumnMap
from microcred.catalogues.tables.sizes import both, size_in, size_of
from microcred.labels import fill
from microcred.problem import Problem
from microcred.readers.grid import NO_RESULT, Answer
from microcred.readers.serials import EPOCH, EPOCH_1904, day
from microcred.rules import RULES
from microcred.vocabularies.tables import fold

__all__ = ["Row", "records"]

_WORD: Final = re.compile(r"[^\W\d_]+")
_LOOSE: Final = 200  # cells below no heading that are remembered
# The first day and the last that a bare number stands for where days are expected: 2000 to 2099.
_DAYS: Final = range(36_526, 73_051)
# The first word of the row of totals that many tables end with.
_TOTALS: Final = re.compile(
    r"(?:summe|gesamt|insgesamt|zwischensumme|total(?:e|es|en|t)?|sub-?total|grand total|suma|sum|"
    r"somme|ensemble|razem|łącznie|ogółem|totaal|yhteensä|kokku|summa|i alt|celkem|spolu|összesen|"
    r"ukupno|skupaj|iš viso|kopā|общо|всего|всього|усього|разом|σύνολο)\b",
    re.IGNORECASE,
)
# What may stand behind it, besides numbers, units and names of sizes. Any other word makes a title
# of it: “Total quality management”, “Ensemble conducting”.
_COUNTED: Final = frozenset(
    {
        *("of", "de", "der", "des", "du", "di", "all", "the", "general", "général", "générale"),
        *("generale", "geral", "total", "totale", "sum", "overall", "number", "anzahl", "nombre"),
        *("número", "courses", "kurse", "cours", "cursos", "corsi", "kursów", "programmes"),
        *("places", "plazas", "plätze", "posti", "vagas", "miejsc", "participants", "teilnehmer"),
        *("teilnehmende", "students", "learners", "punktów", "cr", "eur", "euro", "credit"),
    }
)

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
    words = [value for value in found.values() if isinstance(value, str) and not _is_figure(value)]
    return bool(words) and all(_is_total(value.strip()) for value in words)


def _is_total(text: str) -> bool:
    """Tell whether a text only announces a sum: “Total”, “Summe: 7,5”, “Total credits”."""
    begun = _TOTALS.match(text)
    return begun is not None and all(map(_is_counted, _WORD.findall(text[begun.end() :])))


def _is_counted(word: str) -> bool:
    named = (name for field in ("hours", "credits", "price") for name in FIELDS[field].names)
    return fold(word) in _COUNTED or bool(size_of(word)) or fold(word) in named


def _is_figure(text: str) -> bool:
    return not any(letter.isalpha() for letter in text)


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
    _name_languages(data, mapping.constants.get("language"))
    _finish(data, mapping.constants)
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
    _put(data, known.pointer, read, column.language)
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


def _name_languages(data: Json, stated: object) -> None:
    """Give a text a language whose heading names none, where another column has the same text.

    It is the language that holds for every row, else the one in which the course is taught.
    """
    taught = data.get("participation", {}).get("languages", ())
    for name in ("title", "summary", "audience"):
        texts = data.get(name)
        if isinstance(texts, dict) and "" in texts:
            free = (code for code in (stated, *taught, "und") if code and code not in texts)
            data[name] = {str(next(free)) if code == "" else code: texts[code] for code in texts}


def _put(data: Json, pointer: str, value: Any, language: str) -> None:
    name = pointer[1:]
    if isinstance(value, str) and (language or isinstance(data.get(name), dict)):
        if isinstance(data.get(name), str):
            data[name] = {"": data[name]}
        fill(data, f"{pointer}/{language}", value)
    elif pointer == "/partners":
        data["partners"] = [*data.get("partners", []), *value]
    elif pointer == "/outcomes":
        _put_outcomes(data, value, language)
    elif pointer == "/assessments" and "id" in data.get("assessments", [{}])[0]:
        data["assessments"] += _counted(value, "A", len(data["assessments"]))
    elif pointer == "/assessments":
        stated = data.get("assessments", [{}])[0]  # by a column of supervision
        data["assessments"] = [{**value[0], **stated}, *value[1:]]
    elif pointer == "/level" and "level" in data:
        national = [*data["level"].get("national", []), *value.get("national", [])]
        data["level"] = {**value, **data["level"], **({"national": national} if national else {})}
    else:
        fill(data, pointer, value)


def _put_outcomes(data: Json, found: list[Json], language: str) -> None:
    """Add outcomes to those of other columns; as many in another language are the same ones."""
    there = data.get("outcomes", [])
    if language:
        found = [{**one, "statement": {language: one["statement"]}} for one in found]
    if language and len(found) == len(there) and _lack(there, language):
        for one, other in zip(there, found, strict=True):
            one["statement"] |= other["statement"]
    else:
        data["outcomes"] = [*there, *_counted(found, "LO", len(there))]


def _lack(outcomes: list[Json], language: str) -> bool:
    texts = [one["statement"] for one in outcomes]
    return all(isinstance(text, dict) and language not in text for text in texts)


def _counted(items: list[Json], name: str, before: int) -> list[Json]:
    """Return items of a list with the ids that follow those of the items before them."""
    return [{**one, "id": f"{name}{number}"} for number, one in enumerate(items, before + 1)]


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
