"""A worksheet on paper: a tagged PDF with room to write, for screen readers and printers alike.

What a person reads stands in the source of the page as quoted text alone, so that no answer can
become a command of the typesetter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from microcred.extras import lacking
from microcred.readers.grid import Answer
from microcred.readers.text import UNSEEN
from microcred.worksheets.content import Column, Filled, filled
from microcred.worksheets.definition import Worksheet
from microcred.worksheets.opening import introduction, opening

__all__ = ["write"]

_STAMP: Final = 1_655_337_600  # 2022-06-16, the day of the Recommendation: the same bytes always
_EMPTY_ROWS: Final = 6  # of a table on paper
_EMPTY_ENTRIES: Final = 2  # of a list with many questions, each entry a form of its own
_WIDEST: Final = 5  # columns that fit beside one another
_BOXES: Final = 60  # letters of the values that are printed with boxes to tick
_SHORT, _LONG = 9, 20  # millimetres of room for an answer
_STEER: Final = re.compile(r'["\\]')

_HEAD: Final = """\
#set document(title: {title}, author: "microcred", date: datetime(year: 2022, month: 6, day: 16))
#set text(lang: "en", region: "GB", size: 10pt)
#set page(paper: "a4", margin: (x: 18mm, y: 20mm), footer: context [
  #set text(size: 8.5pt)
  #{foot} #h(1fr) #counter(page).display("1 / 1", both: true)])
#set par(leading: 0.55em)
#set table(
  stroke: 0.6pt + rgb("#6b7783"), inset: 5pt,
  fill: (_, row) => if row == 0 {{ rgb("#e8f0f5") }})
#set table.cell(breakable: false)
#set heading(numbering: none)
#show heading: set text(fill: rgb("#123a52"))
#show heading.where(level: 2): set block(above: 1.6em, below: 0.7em)
#let tick = box(width: 8pt, height: 8pt, stroke: 0.7pt, baseline: 1pt)
#let ruled(room, body) = block(width: 100%, height: room, body)
"""


def write(worksheet: Worksheet, data: Mapping[str, Any] | None = None) -> bytes:
    """Return the PDF, with the answers that *data* has.

    Raises:
        Problem: the package that typesets isn't there.
    """
    try:
        import typst
    except ImportError:
        raise lacking("pdf", "typst", "Writing a PDF", "choose another format") from None
    source = "\n".join(_source(worksheet, filled(worksheet, data)))
    printed = typst.compile(
        source.encode("utf-8"),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=_STAMP,
        # Letters of the machine are needed only for scripts that people write their answers in.
        ignore_system_fonts=data is None,
    )
    assert isinstance(printed, bytes)  # noqa: S101 - one format gives one file
    return printed


def _source(worksheet: Worksheet, parts: list[Filled]) -> Iterator[str]:
    foot = f"{worksheet.id}, version {worksheet.version}"
    yield _HEAD.format(title=_text(f"{worksheet.id} {worksheet.title}"), foot=_text(foot))
    yield f"#heading(level: 1, {_text(f'{worksheet.id} {worksheet.title}')})"
    rows = ", ".join(f"[*#{_text(head)}*], [#{_lines(words)}]" for head, words in _told(worksheet))
    yield f"#table(columns: (28%, 1fr), table.header([What to know], [Before you begin]), {rows})"
    for number, part in enumerate(parts, 1):
        body = "\n\n".join([*_beginning(part, number), *_part(part)])
        # Many columns need a page on its side.
        yield f"#page(flipped: true)[{body}]" if _is_wide(part) else body


def _beginning(part: Filled, number: int) -> Iterator[str]:
    section = part.section
    yield f"#heading(level: 2, {_text(f'Part {number}: {section.title}')})"
    yield f"#{_text(introduction(section))}"


def _is_wide(part: Filled) -> bool:
    return bool(part.section.items) and len(part.columns) > _WIDEST


def _told(worksheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield what is said on paper: how to save and check a file is of no use there."""
    return ((head, words) for head, words in opening(worksheet) if head not in _OF_FILES)


_OF_FILES: Final = ("How to write", "Then")


def _part(part: Filled) -> Iterator[str]:
    section = part.section
    if not section.is_table:
        yield _form(part, part.rows[0] if part.rows else None)
    elif section.items or section.is_map or len(part.columns) <= _WIDEST:
        yield _grid(part)
    else:
        for number, row in enumerate([*part.rows, *[None] * _EMPTY_ENTRIES], 1):
            yield f"#heading(level: 3, {_text(f'{section.title} {number}')})"
            yield _form(part, row)


def _form(part: Filled, row: tuple[Answer | None, ...] | None) -> str:
    cells = []
    for at, column in enumerate(part.columns):
        label = f"[*#{_text(column.heading)}* \\ #text(size: 8.5pt, {_text(_about(column))})]"
        cells.append(f"{label}, {_room(column, row[at] if row else None)}")
    return (
        "#table(columns: (40%, 1fr), table.header([Question], [Your answer]), "
        + ", ".join(cells)
        + ")"
    )


def _grid(part: Filled) -> str:
    widths = ", ".join(f"{_share(column)}fr" for column in part.columns)
    heads = ", ".join(f"[*#{_text(column.heading)}*]" for column in part.columns)
    blank: tuple[Answer | None, ...] = (None,) * len(part.columns)
    rows = [*part.rows, *([] if part.section.items else [blank] * _EMPTY_ROWS)]
    cells = ", ".join(
        _room(column, answer, narrow=True)
        for row in rows
        for column, answer in zip(part.columns, row, strict=True)
    )
    asked = [one for one in part.columns if not (one.field and one.field.is_label)]
    notes = "; ".join(f"{one.label}: {_about(one)}" for one in asked)
    drawn = f"#table(columns: ({widths}), table.header({heads}), {cells})"
    return f"#text(size: 8.5pt, {_text(notes)})\n\n#text(size: 9pt)[{drawn}]"


def _share(column: Column) -> int:
    field = column.field
    if field and field.is_label:
        return {"id": 4, "area": 6, "text": 14}.get(field.path[0], 7)
    return 6 if field and (field.is_number or field.choices) else 10


def _about(column: Column) -> str:
    field = column.field
    if field and field.choices and len(" ".join(field.choices)) <= _BOXES:
        return column.help  # the values stand beside their boxes
    return f"{column.help} {field.hint if field else ''}".strip()


def _room(column: Column, answer: Answer | None, *, narrow: bool = False) -> str:
    """Return a cell with the answer, boxes to tick, or room to write."""
    field = column.field
    if answer is not None or (field and field.is_label):
        return f"[#{_lines(str(answer or ''))}]"
    if field and field.choices and len(" ".join(field.choices)) <= _BOXES:
        gap = " \\ " if narrow and field.kind != "score" else " #h(0.8em) "
        return "[" + gap.join(f"#box[#tick#h(3pt)#{_text(value)}]" for value in field.choices) + "]"
    wide = field is not None and (field.is_text or field.kind in ("long", "list"))
    return f"ruled({_LONG if wide and not narrow else _SHORT}mm, [])"


def _lines(words: str) -> str:
    return _text(UNSEEN.sub("", words))


def _text(words: str) -> str:
    """Return words as a quoted text of the typesetter."""
    quoted = _STEER.sub(lambda match: "\\" + match[0], UNSEEN.sub("", words))
    return '"' + quoted.replace("\n", "\\n") + '"'
