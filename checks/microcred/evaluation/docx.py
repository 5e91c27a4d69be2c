"""An evaluation as a Word document, with the letter on a page of its own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from microcred.evaluation.model import Evaluation
from microcred.evaluation.outline import (
    Block,
    Bullets,
    Facts,
    Grid,
    Heading,
    Start,
    Text,
    outline,
    title,
)
from microcred.extras import lacking
from microcred.readers.text import UNSEEN

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

__all__ = ["write"]

_BLUE: Final = "123A52"
_GREY: Final = "4A525C"
_LISTS: Final = {"": "List Bullet", "numbered": "List Number", "boxes": "Normal"}


def write(seen: Evaluation, *, language: str = "en") -> bytes:
    """Return an evaluation as a file for Word.

    Raises:
        Problem: the package that writes such files is not installed.
    """
    document = _empty(title(seen, language), language)
    for block in outline(seen, language):
        _block(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _empty(name: str, language: str) -> Document:
    try:
        import docx
        from docx.shared import Cm, Pt, RGBColor
    except ImportError:
        raise lacking(
            "office", "python-docx", "Writing a Word document", "choose the format html"
        ) from None
    document = docx.Document()
    document.core_properties.title = _(name)
    document.core_properties.author = "microcred"
    document.core_properties.language = language
    document.core_properties.comments = ""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    for style, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 14), ("Heading 2", 12)):
        font = document.styles[style].font
        font.name, font.size = "Arial", Pt(size)
        _fonts(document.styles[style].element)
        if style == "Normal":
            document.styles[style].paragraph_format.space_after = Pt(4)
        else:
            font.color.rgb = RGBColor.from_string(_BLUE)
    return document


def _fonts(style: object) -> None:
    """Take away the theme's fonts, which would win over the ones that are set."""
    from docx.oxml.ns import qn

    fonts = style.rPr.rFonts  # type: ignore[attr-defined]
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), "Arial")


def _(text: str) -> str:
    return UNSEEN.sub("", text)


def _block(document: Document, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_paragraph(_(text), style="Title" if level == 1 else f"Heading {level - 1}")
        case Text(text, style):
            _text(document.add_paragraph(), text, style)
        case Facts(rows):
            _facts(document, rows)
        case Bullets(items, kind):
            _list(document, items, kind)
        case Grid(_caption, heads, rows):
            _grid(document, heads, rows)
        case Start(_part):
            document.add_page_break()  # type: ignore[no-untyped-call]


def _text(paragraph: Paragraph, text: str, style: str) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_(text))
    run.bold = style in ("lead", "label")
    if style == "label":
        paragraph.paragraph_format.keep_with_next = True
    if style == "note":
        run.font.size = Pt(9.5)
        run.font.color.rgb = RGBColor.from_string(_GREY)


def _list(document: Document, items: tuple[str, ...], kind: str) -> None:
    if kind == "boxes":
        document.add_paragraph("     ".join(f"☐ {_(item)}" for item in items))
        return
    for item in items:
        document.add_paragraph(_(item), style=_LISTS[kind])


def _facts(document: Document, rows: tuple[tuple[str, str, str], ...]) -> None:
    table = _table(document, 0, (4.4, 12.2))
    for label, value, place in rows:
        first, second = _row(table)
        _cell(first, label, bold=True)
        _cell(second, value)
        if place:
            _text(second.add_paragraph(), place, "note")
    document.add_paragraph()


def _grid(document: Document, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    table = _table(document, 1, (4.4, 3.2, 9.0))
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _cell(cell, head, bold=True)
    _repeated(table.rows[0]._tr)
    for row in rows:
        for at, (cell, words) in enumerate(zip(_row(table), row, strict=True)):
            _cell(cell, words, bold=not at)
    document.add_paragraph()


def _table(document: Document, rows: int, widths: tuple[float, ...]) -> Table:
    """Return a table whose columns are as wide as *widths* say, in centimetres."""
    from docx.shared import Cm

    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _row(table: Table) -> tuple[_Cell, ...]:
    return tuple(table.add_row().cells)  # type: ignore[no-untyped-call]


def _cell(cell: _Cell, words: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run(_(words)).bold = bold
    paragraph.paragraph_format.space_after = 0


def _repeated(row: object) -> None:
    """Mark a row as the heading of its table, for screen readers and for a second page."""
    from docx.oxml import OxmlElement

    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # type: ignore[attr-defined]
