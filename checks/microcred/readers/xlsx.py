"""Workbooks of Excel and others (XLSX): values with their cells; nothing is ever computed."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Mapping
from typing import Final

from microcred.readers.container import Container, Handler, is_on, main_part
from microcred.readers.formats import Loaded
from microcred.readers.grid import (
    MAX_SHEETS,
    NO_RESULT,
    WORKSHEET,
    Answer,
    Bounds,
    Sheet,
    cell_label,
    too_long,
    too_many_cells,
    too_many_sheets,
)
from microcred.readers.serials import EPOCH, EPOCH_1904, clock, day

__all__ = ["column", "load", "number", "sheets"]

MAX_MERGED: Final = 20_000  # merged cells that are looked at
_WORKBOOK: Final = "xl/workbook.xml"
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

# Formats of numbers that are built in and show a day (ECMA-376, part 1, 18.8.30).
_DAY_FORMATS: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_TIME_FORMATS: Final = frozenset({*range(18, 22), 46})
_PERCENT_FORMATS: Final = frozenset({9, 10})
_QUOTED: Final = re.compile(r"\"[^\"]*\"|\\.|\[(?![hH]+\])[^\]]*\]")
_LONGEST: Final = 255  # characters of such a format in Excel
_ZEROS: Final = re.compile(r"00+")  # a format that fills up codes: 613 is shown as 0613


def load(data: bytes) -> Loaded:
    """Return the document in a filled worksheet, and the cell of each value.

    Raises:
        Problem: it is no worksheet, or can't be read.
    """
    from microcred.worksheets.reading import document

    return document(sheets(data), "workbook")


def sheets(data: bytes, bounds: Bounds = WORKSHEET) -> list[Sheet]:
    """Return the sheets of a workbook with what their cells hold.

    Raises:
        Problem: it is damaged or passes a bound.
    """
    container = Container(data, bounds.xml, bounds.elements)
    part = main_part(container, _WORKBOOK)
    folder, _, file = part.rpartition("/")
    book, links = _Book(), _Links(folder)
    container.parse(part, book)
    container.parse(f"{folder}/_rels/{file}.rels".lstrip("/"), links)
    texts, styles = _Texts(), _Styles()
    if (shared := links.of("sharedStrings")) in container:
        container.parse(shared, texts)
    if (styled := links.of("styles")) in container:
        container.parse(styled, styles)
    epoch = EPOCH_1904 if book.from_1904 else EPOCH
    found, count = [], 0
    if len(book.sheets) > MAX_SHEETS:
        raise too_many_sheets()
    seen = set()
    for name, link in book.sheets:
        part = links.targets.get(link, "")
        if part not in container or "chartsheet" in part or part in seen:
            continue
        seen.add(part)
        cells = _Cells(Sheet(name, cell_label(name), bounds=bounds), texts, styles, epoch)
        cells.left = bounds.cells - count
        container.parse(part, cells)
        if cells.linked:
            _follow(container, part, cells)
        count += cells.count
        cells.sheet.from_1904 = book.from_1904
        cells.sheet.is_hidden = name in book.hidden
        found.append(cells.sheet)
    return found


def _follow(container: Container, part: str, cells: _Cells) -> None:
    """Note where the links of a sheet lead to; the addresses stand in a part beside it."""
    folder, _, file = part.rpartition("/")
    outside = _Outside()
    if (beside := f"{folder}/_rels/{file}.rels") in container:
        container.parse(beside, outside)
    for (row, column), (link, fragment) in cells.linked.items():
        cells.sheet.link(row, column, outside.addresses.get(link, "") + fragment)


class _Book(Handler):
    """The names of the sheets, in their order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
            if attributes.get("state", "visible") != "visible":
                self.hidden.add(attributes.get("name", ""))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class _Links(Handler):
    """Which part of the file each sheet is."""

    def __init__(self, folder: str) -> None:
        self.targets: dict[str, str] = {}
        self._folder = "/" + folder
        self._types: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        # What lies outside of the file is not even looked at.
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            part = posixpath.normpath(posixpath.join(self._folder, attributes.get("Target", "")))
            self.targets[attributes.get("Id", "")] = part.lstrip("/")
            self._types[attributes.get("Type", "").rpartition("/")[2]] = part.lstrip("/")

    def of(self, kind: str) -> str:
        """Return the part of that type, or an empty text."""
        return self._types.get(kind, "")


class _Outside(Handler):
    """The addresses that the links of a sheet name; nothing is ever fetched."""

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") == "External":
            self.addresses[attributes.get("Id", "")] = attributes.get("Target", "")


class _Texts(Handler):
    """The texts that cells share; hints for pronunciation are no part of them."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.struck: dict[int, str] = {}  # of each text, by its number, what has a line through it
        self._parts: list[str] = []
        self._lined: list[str] = []
        self._inside = self._hint = self._line = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._parts, self._lined, self._line = [], [], False
        elif name == "r":
            self._line = False
        elif name == "strike":
            self._line = is_on(attributes)
        elif name == "t":
            self._inside = True
        elif name == "rPh":
            self._hint = True

    def end(self, name: str) -> None:
        if name == "si":
            if self._lined:
                self.struck[len(self.all)] = _unescaped("".join(self._lined))
            self.all.append(_unescaped("".join(self._parts)))
        elif name == "t":
            self._inside = False
        elif name == "rPh":
            self._hint = False

    def text(self, words: str) -> None:
        if self._inside and not self._hint:
            self._parts.append(words)
            if self._line:
                self._lined.append(words)


class _Styles(Handler):
    """Which styles of cells show a number as a day, a time or a percentage, or strike it out."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._of_cells: list[int] = []
        self._fonts: list[bool] = []  # whether each strikes out
        self._font_of_cells: list[int] = []
        self._inside = self._in_fonts = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            code = attributes.get("formatCode", "")[:_LONGEST]
            self._codes[_whole(attributes.get("numFmtId"))] = _QUOTED.sub("", code).lower()
        elif name == "fonts":
            self._in_fonts = True
        elif name == "font" and self._in_fonts:
            self._fonts.append(False)
        elif name == "strike" and self._in_fonts and self._fonts:
            self._fonts[-1] = is_on(attributes)
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._of_cells.append(_whole(attributes.get("numFmtId")))
            self._font_of_cells.append(_whole(attributes.get("fontId")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False
        elif name == "fonts":
            self._in_fonts = False

    def is_struck(self, style: str | None) -> bool:
        """Tell whether what stands in this style has a line through it."""
        number = _whole(style)
        font = self._font_of_cells[number] if number < len(self._font_of_cells) else 0
        return font < len(self._fonts) and self._fonts[font]

    def _format(self, style: str | None) -> tuple[int, str]:
        number = _whole(style)
        id = self._of_cells[number] if 0 <= number < len(self._of_cells) else 0
        return id, self._codes.get(id, "")

    def is_day(self, style: str | None) -> bool:
        """Tell whether a number in this style is a day."""
        id, code = self._format(style)
        return id in _DAY_FORMATS or ("y" in code or ("d" in code and "m" in code))

    def is_time(self, style: str | None) -> bool:
        """Tell whether a number in this style is a time in hours and minutes."""
        id, code = self._format(style)
        return id in _TIME_FORMATS or "h" in code

    def zeros(self, style: str | None) -> int:
        """Return how many digits a number in this style is filled up to."""
        _, code = self._format(style)
        return len(code) if _ZEROS.fullmatch(code) else 0

    def is_percentage(self, style: str | None) -> bool:
        """Tell whether a number in this style is shown times a hundred."""
        id, code = self._format(style)
        return id in _PERCENT_FORMATS or "%" in code


class _Cells(Handler):
    """What the cells of one sheet hold."""

    def __init__(self, sheet: Sheet, texts: _Texts, styles: _Styles, epoch: dt.date) -> None:
        self.sheet = sheet
        # The name of the link of each cell, and the part of the page behind the address.
        self.linked: dict[tuple[int, int], tuple[str, str]] = {}
        self.count, self.left = 0, sheet.bounds.cells
        self._texts, self._styles, self._epoch = texts, styles, epoch
        self._row = self._column = 0
        self._cell: Mapping[str, str] = {}
        self._parts: list[str] = []
        self._lined: list[str] = []
        self._computed: list[str] = []
        self._inside = self._formula = self._in_formula = self._line = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = _whole(attributes.get("r")) or self._row + 1
            self._column = 0
            self._hide(attributes)
        elif name == "c":
            self._cell, self._parts, self._formula = attributes, [], False
            self._lined, self._line, self._computed = [], False, []
            at = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column(at[1]) if at else self._column + 1
            self._row = int(at[2]) if at else self._row
        elif name in ("v", "t"):
            self._inside = True
        elif name == "f":
            self._formula = self._in_formula = True
        elif name == "r":
            self._line = False
        elif name == "strike":
            self._line = is_on(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self.sheet.hide(_whole(attributes.get("min")), _whole(attributes.get("max")))
        elif name == "mergeCell" and len(self.sheet.merged) < MAX_MERGED:
            self._merge(attributes.get("ref", ""))
        elif name == "hyperlink" and (at := _REFERENCE.match(attributes.get("ref", ""))):
            fragment = f"#{attributes['location']}" if attributes.get("location") else ""
            self.linked[int(at[2]), column(at[1])] = attributes.get("id", ""), fragment

    def _hide(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") and self._row <= self.sheet.bounds.rows:
            self.sheet.hidden_rows.add(self._row)

    def _merge(self, area: str) -> None:
        first, last = (_REFERENCE.fullmatch(corner) for corner in (area + ":").split(":")[:2])
        if first and last and first[1] == last[1]:
            self.sheet.merged.append((column(first[1]), int(first[2]), int(last[2])))

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._inside = False
        elif name == "f":
            self._in_formula = False
        elif name == "c":
            self._take("".join(self._parts))

    def text(self, words: str) -> None:
        if self._inside:
            self._parts.append(words)
            if self._line:
                self._lined.append(words)
        elif self._in_formula:
            self._computed.append(words)

    def _take(self, spelled: str) -> None:
        if not spelled and self._formula:
            self.sheet.unfinished.add((self._row, self._column))
            spelled, self._cell = NO_RESULT, {"t": "str"}
        if not spelled:
            return
        self.count += 1
        if self.count > self.left:
            # Long before that a sheet that is too long has told so.
            raise too_many_cells(self.sheet.bounds.cells)
        if self._row > 1_048_576:
            raise too_long(self.sheet.name)
        value = self._value(spelled)
        self.sheet.put(self._row, self._column, value)
        self.sheet.link_by(self._row, self._column, "".join(self._computed))
        if struck := self._struck(spelled, value):
            self.sheet.struck[self._row, self._column] = struck

    def _struck(self, spelled: str, value: Answer) -> str:
        """Return what of a cell has a line through it."""
        if self._styles.is_struck(self._cell.get("s")):
            return str(value)
        if self._cell.get("t") == "s":
            return self._texts.struck.get(_whole(spelled, -1), "")
        return _unescaped("".join(self._lined))

    def _value(self, spelled: str) -> Answer:
        kind = self._cell.get("t", "n")
        if kind == "s":
            index = _whole(spelled, -1)
            return self._texts.all[index] if 0 <= index < len(self._texts.all) else ""
        if kind == "b":
            return "true" if spelled == "1" else "false"
        if kind == "e":
            self.sheet.unfinished.add((self._row, self._column))
        if kind == "d":
            return spelled.removesuffix("T00:00:00")
        if kind != "n":
            return _unescaped(spelled)
        value = number(spelled)
        if isinstance(value, str):
            return value
        style = self._cell.get("s")
        if self._styles.is_day(style):
            return day(value, self._epoch)
        if self._styles.is_time(style) and value >= 0:
            return clock(value)
        if isinstance(value, int) and len(str(value)) < (digits := self._styles.zeros(style)):
            return f"{value:0{digits}}"
        return number(repr(round(value * 100, 9))) if self._styles.is_percentage(style) else value


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def column(word: str) -> int:
    """Return the number of a column, counted from 1, from its letters."""
    number = 0
    for letter in word:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def number(spelled: str) -> Answer:
    """Return a number as the file spells it: whole where it is whole, text where it is none."""
    try:
        value = float(spelled)
    except ValueError:
        return spelled
    if not abs(value) < 1e15:
        return spelled
    # Spreadsheets compute in binary, and show 15 digits of what they have.
    value = float(f"{value:.15g}")
    return int(value) if value.is_integer() else value
