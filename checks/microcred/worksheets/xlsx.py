"""A worksheet as a workbook: forms and tables with lists to choose from, notes and sums."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from microcred.extras import lacking
from microcred.problem import Problem
from microcred.readers.grid import Answer, letters
from microcred.vocabularies import about, vocabulary
from microcred.worksheets.answers import listed
from microcred.worksheets.content import Column, Filled, filled
from microcred.worksheets.definition import Section, Worksheet
from microcred.worksheets.labels import ANSWER, EXAMPLE, LISTS, MEANING
from microcred.worksheets.opening import introduction, opening
from microcred.worksheets.totals import total
from microcred.worksheets.widths import lines
from microcred.worksheets.widths import width as width_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet as Page

__all__ = ["write"]

# The same bytes for the same worksheet: nobody's clock is in the file.
_CREATED: Final = dt.datetime(2022, 6, 16)  # noqa: DTZ001 - the day of the Recommendation
_SPARE_ROWS: Final = 4  # below what a draft has filled in
_LONGEST_LIST: Final = 300
_PAGE_WIDTH: Final = 190  # characters in the width of a printed page
_INK, _BLUE, _TINT, _LINE, _FIELD = "#17212B", "#123A52", "#E8F0F5", "#9AA8B5", "#FFFDF2"

_FORM_WIDTHS: Final = (30, 58, 46, 34)
_HEAD: Final = {"bold": True, "font_color": "#FFFFFF", "bg_color": _BLUE, "valign": "vcenter"}
_INPUT: Final = {
    "bg_color": _FIELD,
    "align": "left",
    "border": 1,
    "border_color": _LINE,
    "locked": False,
}


def write(worksheet: Worksheet, data: Mapping[str, Any] | None = None) -> bytes:
    """Return the workbook, with the answers that *data* has.

    Raises:
        Problem: the package that writes workbooks isn't there, or no cell can hold a text.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise lacking(
            "office", "XlsxWriter", "Writing a workbook", "choose --format docx, csv or yaml"
        ) from None
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        _Writer(book, worksheet).write(filled(worksheet, data))
    return _with_language(target.getvalue())


def _with_language(content: bytes) -> bytes:
    """Return the workbook with its language among its properties, which the writer can't set."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "docProps/core.xml":
                data = data.replace(
                    b"<dcterms:created", b"<dc:language>en</dc:language><dcterms:created"
                )
            new.writestr(member, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


class _List(NamedTuple):
    """Values to choose from: the cells that hold them, their heading, the values themselves."""

    source: str
    head: str
    values: tuple[str, ...]


class _Writer:
    def __init__(self, book: Workbook, worksheet: Worksheet) -> None:
        self._book, self._worksheet = book, worksheet
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._lists: dict[tuple[str, ...], _List] = {}
        self._number = 0

    def write(self, parts: list[Filled]) -> None:
        """Write all sheets."""
        book, sheet = self._book, self._worksheet
        book.set_properties(
            {"title": f"{sheet.id} {sheet.title}", "subject": sheet.purpose, "created": _CREATED}
        )
        book.set_custom_property("microcred worksheet", f"{sheet.id} {sheet.version}")
        book.set_size(1600, 1000)
        self._start()
        by_title = {part.section.title: part for part in parts}
        pages = {}
        for name in sheet.sheets:
            pages[name] = book.add_worksheet(name)
        lists = book.add_worksheet(LISTS)
        for name, sections in sheet.sheets.items():
            self._page(pages[name], name, [by_title[section.title] for section in sections])
        self._write_lists(lists)

    def _format(self, **wanted: object) -> Format:
        look = {"font_name": "Arial", "font_size": 10, "font_color": _INK, "valign": "top"}
        key = tuple(sorted({**look, **wanted}.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(key))
        return self._formats[key]

    # -- the first sheet -------------------------------------------------------------------------

    def _start(self) -> None:
        page = self._book.add_worksheet("Start")
        _plain(page, landscape=False)
        page.set_column(0, 0, 22, self._format())
        page.set_column(1, 1, 92, self._format())
        page.set_row(0, 30)
        page.write_string(0, 0, self._worksheet.title, self._format(bold=True, font_size=18))
        row = 2
        for head, words in opening(self._worksheet):
            page.write_string(row, 0, head, self._format(bold=True))
            page.write_string(row, 1, words, self._format(text_wrap=True))
            page.set_row(row, 15 * lines(words, 92))
            row += 1
        page.print_area(0, 0, row, 1)
        page.protect("", _FREEDOMS)

    # -- the sheets with questions ---------------------------------------------------------------

    def _page(self, page: Page, name: str, parts: list[Filled]) -> None:
        _plain(page, landscape=True)
        row = 0
        widths: dict[int, int] = {}
        for part in parts:
            self._number += 1
            row = self._part(page, name, part, row, widths)
        for column, width in widths.items():
            page.set_column(column, column, width, self._format(locked=False))
        # More columns than can be read on one page go on the next, beside the first column.
        fixed = any(part.section.items for part in parts)
        page.fit_to_pages(1 if fixed else math.ceil(sum(widths.values()) / _PAGE_WIDTH), 0)
        page.repeat_columns(0)
        if parts[0].section.is_table:
            first = self._first_row(parts[0].section)
            page.freeze_panes(first, 1)
            if len(parts) == 1:
                page.repeat_rows(first - 1)
        page.print_area(0, 0, row, max(widths))
        page.protect("", _FREEDOMS)

    @staticmethod
    def _first_row(section: Section) -> int:
        return 4 + len(section.totals)

    def _part(self, page: Page, name: str, part: Filled, row: int, widths: dict[int, int]) -> int:
        section = part.section
        page.set_row(row, 24)
        title = f"Part {self._number}: {section.title}"
        page.write_string(row, 0, title, self._format(bold=True, font_size=14, font_color=_BLUE))
        page.write_string(row + 1, 0, introduction(section), self._format(italic=True))
        if section.is_table:
            return self._table(page, name, part, row + 2, widths)
        return self._form(page, name, part, row + 2, widths)

    def _form(self, page: Page, name: str, part: Filled, row: int, widths: dict[int, int]) -> int:
        for at, words in enumerate((part.section.title, ANSWER, MEANING, EXAMPLE)):
            page.write_string(row, at, words, self._format(**_HEAD))
            widths[at] = max(widths.get(at, 0), _FORM_WIDTHS[at])
        answers = part.rows[0] if part.rows else (None,) * len(part.columns)
        first = last = row + 1
        for last, (column, answer) in enumerate(zip(part.columns, answers, strict=True), first):
            self._question(page, last, column, answer)
        self._named(name, part.section, first, 1, last, 1)
        return last + 2

    def _question(self, page: Page, row: int, column: Column, answer: Answer | None) -> None:
        example = (column.field.example or column.field.hint) if column.field else ""
        wrapped = {"text_wrap": True, "border": 1, "border_color": _LINE}
        label = self._format(bold=True, bg_color=_TINT, **wrapped)
        page.write_string(row, 0, column.heading, label)
        self._input(page, row, 1, column, answer)
        page.write_string(row, 2, column.help, self._format(**wrapped))
        page.write_string(row, 3, example, self._format(**wrapped))
        texts = zip((str(answer or ""), column.help, example), _FORM_WIDTHS[1:], strict=True)
        high = max(2, *(lines(words, width) for words, width in texts))
        page.set_row(row, 14 * min(high, 20))
        self._choices(page, column, row, 1, row)

    def _table(self, page: Page, name: str, part: Filled, row: int, widths: dict[int, int]) -> int:
        section, columns = part.section, part.columns
        first = row + len(section.totals) + 2
        last = first + max(section.rows, len(part.rows) + _SPARE_ROWS) - 1
        if section.items:
            last = first + len(part.rows) - 1
        for wanted in section.totals:
            self._total(page, wanted, part, row, (first, last))
            row += 1
        page.set_row(row, 14 * max(lines(column.help, width_of(column)) for column in columns))
        page.set_row(row + 1, 30)
        for at, column in enumerate(columns):
            width = max(widths.get(at, 0), width_of(column))
            if column.field and column.field.path == ("id",) and section.items:
                width = max(width, *(len(item.id) + 2 for item in section.items))
            widths[at] = width
            small = self._format(text_wrap=True, font_size=9, font_color="#44515E", valign="bottom")
            page.write_string(row, at, column.help, small)
            page.write_string(row + 1, at, column.heading, self._format(text_wrap=True, **_HEAD))
            if column.field and column.field.hint:
                note = f"{column.help}\n\n{column.field.hint}"
                page.write_comment(row + 1, at, note, _NOTE)
            for below in range(first, last + 1):
                answers = part.rows[below - first] if below - first < len(part.rows) else None
                self._input(page, below, at, column, answers[at] if answers else None)
            self._choices(page, column, first, at, last)
        for number, answers in enumerate(part.rows):
            high = max(lines(str(answer or ""), widths[at]) for at, answer in enumerate(answers))
            page.set_row(first + number, 14 * min(max(high, 1), 20))
        self._named(name, section, first, 0, last, len(columns) - 1)
        return last + 2

    def _input(self, page: Page, row: int, at: int, column: Column, answer: Answer | None) -> None:
        field = column.field
        look: dict[str, object] = {**_INPUT, "text_wrap": True}
        if field and field.is_label:
            look |= {"bg_color": _TINT, "locked": True, "bold": field.path == ("id",)}
        if field and field.is_date:
            look["num_format"] = "yyyy-mm-dd"
        elif not field or not field.is_number:
            # As text, so that 0713 keeps its zero and 1.10 its end, and nothing is a formula.
            look["num_format"] = "@"
        shape = self._format(**look)
        if answer is None:
            page.write_blank(row, at, None, shape)
        elif isinstance(answer, int | float):
            page.write_number(row, at, answer, shape)
        elif field and field.is_date and (day := _day(answer)):
            page.write_datetime(row, at, day, shape)
        elif len(answer) > page.xls_strmax:
            raise Problem(
                f"“{column.label}” holds more than {page.xls_strmax} characters, and no cell of "
                "a workbook does",
                "Shorten it, or choose another format",
            )
        else:
            page.write_string(row, at, answer, shape)

    def _named(
        self, name: str, section: Section, first: int, left: int, last: int, right: int
    ) -> None:
        word = "".join(part.capitalize() for part in section.title.split())
        area = f"${letters(left + 1)}${first + 1}:${letters(right + 1)}${last + 1}"
        self._book.define_name(f"Answers_{word}", f"='{name}'!{area}")

    # -- lists and sums --------------------------------------------------------------------------

    def _choices(self, page: Page, column: Column, first: int, at: int, last: int) -> None:
        field = column.field
        if not field or field.is_label:
            return
        said = {
            "input_title": column.heading[:32],
            "input_message": _short(f"{column.help} {field.hint}".strip()),
            "ignore_blank": True,
        }
        # Numbers stand in the rule of the cell itself, where they are compared as numbers.
        inline = list(field.choices) if field.is_number else []
        source = inline or self._source(field.choices, field.vocabulary)
        if not source:
            page.data_validation(first, at, last, at, {"validate": "any", **said})
            return
        strict = bool(field.choices) and not field.is_list
        page.data_validation(
            first,
            at,
            last,
            at,
            {
                "validate": "list",
                "source": source,
                "error_type": "stop" if strict else "information",
                "error_title": "Not in the list",
                "error_message": "Choose a value of the list, or leave the cell empty."
                if strict
                else "This value is not in the list. Keep it if it is meant.",
                "show_error": strict,
                **said,
            },
        )

    def _source(self, choices: tuple[str, ...], name: str) -> str:
        """Return the cells that hold the values, in the sheet with all lists."""
        if not choices and (not name or len(vocabulary(name)) > _LONGEST_LIST):
            return ""
        key = choices or (name,)
        if key not in self._lists:
            column = letters(len(self._lists) + 1)
            head, values = ("Values", choices) if choices else (about(name).title, _values(name))
            source = f"={LISTS}!${column}$2:${column}${len(values) + 1}"
            self._lists[key] = _List(source, head, tuple(values))
        return self._lists[key].source

    def _write_lists(self, page: Page) -> None:
        _plain(page, landscape=False)
        for column, one in enumerate(self._lists.values()):
            page.set_column(column, column, 28)
            page.write_string(0, column, one.head, self._format(bold=True))
            for row, value in enumerate(one.values, 1):
                page.write_string(row, column, value, self._format())
        page.protect("", _FREEDOMS)
        page.hide()

    def _total(self, page: Page, name: str, part: Filled, row: int, rows: tuple[int, int]) -> None:
        found = total(name, part, rows, self._worksheet.scoring)
        look = self._format(bold=True, num_format=found.number, align="right")
        page.write_formula(row, 0, found.formula, look, found.shown)
        page.write_string(row, 1, found.words, self._format(bold=True))


_FREEDOMS: Final = dict.fromkeys(
    ("insert_rows", "delete_rows", "format_cells", "format_columns", "format_rows", "sort"), True
)
_NOTE: Final = {"x_scale": 2, "y_scale": 1.2, "author": "microcred"}


def _plain(page: Page, *, landscape: bool) -> None:
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")
    if landscape:
        page.set_landscape()


def _values(name: str) -> list[str]:
    return [listed(name, entry.code) for entry in vocabulary(name)]


def _short(words: str) -> str:
    return words if len(words) <= 250 else words[:249] + "…"


def _day(answer: Answer) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(str(answer))
    except ValueError:
        return None
    return day if day.year > 1900 and str(answer) == day.isoformat() else None
