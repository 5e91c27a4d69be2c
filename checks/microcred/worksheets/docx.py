"""A worksheet as a Word document: a small table for each part, with a control for each answer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from microcred.annotate.markup import attribute, text
from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary
from microcred.worksheets.content import Column, Filled, filled
from microcred.worksheets.definition import Section, Worksheet
from microcred.worksheets.labels import ANSWER, HINT, MEANING, SHORT_HINT
from microcred.worksheets.opening import introduction, opening

__all__ = ["write"]

_EMPTY_ENTRIES: Final = 2
_LONGEST_LIST: Final = 60
_WIDTHS: Final = (2600, 4300, 3300)  # twentieths of a point, on A4 upright
_WHEN: Final = (2022, 6, 16, 0, 0, 0)  # the same bytes for the same worksheet
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CALENDAR: Final = (  # to choose a day, written as year-month-day
    '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write(worksheet: Worksheet, data: Mapping[str, Any] | None = None) -> bytes:
    """Return the document, with the answers that *data* has."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(worksheet, data):
            member = zipfile.ZipInfo(name, _WHEN)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, (_HEAD + content).encode("utf-8"))
    return target.getvalue()


def _parts(worksheet: Worksheet, data: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    title = text(f"{worksheet.id} {worksheet.title}")
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
    )
    yield (
        "docProps/core.xml",
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:language>en</dc:language></cp:coreProperties>",
    )
    yield (
        "word/_rels/document.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    )
    yield "word/styles.xml", _styles()
    body = "".join(_body(worksheet, filled(worksheet, data)))
    margins = '<w:pgMar w:top="1000" w:right="850" w:bottom="1000" w:left="850" w:header="500" '
    margins += 'w:footer="500" w:gutter="0"/>'
    yield (
        "word/document.xml",
        f'<w:document {_W}><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}'
        "</w:sectPr></w:body></w:document>",
    )


def _styles() -> str:
    def style(id: str, name: str, look: str, lines: str = "") -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
            f"<w:qFormat/><w:pPr>{lines}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
        )

    blue = '<w:b/><w:color w:val="123A52"/>'
    above = '<w:keepNext/><w:spacing w:before="320" w:after="80"/>'
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="20"/>'
        '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="40"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + style("Title", "Title", f'{blue}<w:sz w:val="40"/>', '<w:spacing w:after="160"/>')
        + style(
            "Heading1",
            "heading 1",
            f'{blue}<w:sz w:val="28"/>',
            f'{above}<w:outlineLvl w:val="0"/>',
        )
        + style("Intro", "Introduction", "", "<w:keepNext/>")
        + "</w:styles>"
    )


def _body(worksheet: Worksheet, parts: list[Filled]) -> Iterator[str]:
    yield _paragraph(worksheet.title, "Title")
    rows = [
        _row([_cell(head, 0, bold=True), _cell(words, 1, span=2)])
        for head, words in opening(worksheet)
    ]
    yield _table(rows, "How to fill in this worksheet")
    for number, part in enumerate(parts, 1):
        section = part.section
        yield _paragraph(f"Part {number}: {section.title}", "Heading1")
        yield _paragraph(introduction(section), "Intro")
        if section.is_map:
            yield _amounts(part)
        elif section.items:
            yield _lines(part)
        elif not section.is_table:
            yield _form(part, section.title, part.rows[0] if part.rows else None)
        else:
            yield from _entries(part)


def _entries(part: Filled) -> Iterator[str]:
    rows = [*part.rows, *[None] * (1 if part.rows else _EMPTY_ENTRIES)]
    for number, answers in enumerate(rows, 1):
        yield _form(part, f"{part.section.title} {number}", answers)
        yield _paragraph("")
    yield _paragraph("For another entry, copy the last table and paste it below.")


def _lines(part: Filled) -> str:
    """Return one table with a row for each fixed line, and a control in each cell to fill in."""
    widths = [_line_width(column) for column in part.columns]
    widths[0] = max(widths[0], *(len(item.id) for item in part.section.items))
    spread = [sum(_WIDTHS) * width // sum(widths) for width in widths]
    heads = [
        _framed(f"<w:p>{_run(one.heading, bold=True, colour='FFFFFF')}</w:p>", 0, "123A52", wide)
        for one, wide in zip(part.columns, spread, strict=True)
    ]
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"]
    for answers in part.rows:
        cells = []
        for column, answer, wide in zip(part.columns, answers, spread, strict=True):
            if column.field and column.field.is_label:
                words = _run(str(answer or ""), small=True, bold=column.field.path == ("id",))
                cells.append(_framed(f"<w:p>{words}</w:p>", 0, "E8F0F5", wide))
            else:
                cells.append(_control(column, answer, wide))
        rows.append(_row(cells))
    told = [
        f"{one.heading}: {one.help} {one.field.hint}".strip()
        for one in part.columns
        if one.field and not one.field.is_label
    ]
    return "".join(map(_paragraph, told)) + _table(rows, part.section.title, spread)


def _line_width(column: Column) -> int:
    field = column.field
    if field and field.is_label:
        return {"id": 8, "area": 15, "text": 34}.get(field.path[0], 16)
    return 11 if field and (field.is_number or field.choices) else 20


def _form(part: Filled, title: str, answers: tuple[Answer | None, ...] | None) -> str:
    rows = [_heading(title, ANSWER, MEANING)]
    for at, column in enumerate(part.columns):
        answer = answers[at] if answers else None
        hint = column.field.hint if column.field else ""
        about = f"{column.help}\n{hint}" if hint else column.help
        cells = [
            _cell(column.heading, 0, bold=True),
            _control(column, answer),
            _cell(about, 2, small=True),
        ]
        rows.append(_row(cells))
    return _table(rows, title)


def _amounts(part: Filled) -> str:
    section: Section = part.section
    rows = [_heading(section.title, ANSWER, MEANING)]
    said = [*part.rows, *[(None, None)] * 4]
    for name, amount in said:
        title = _run(str(name)) if name is not None else ""
        rows.append(
            _row(
                [
                    _framed(f"<w:p>{title}</w:p>", 0),
                    _framed(f"<w:p>{_run(str(amount)) if amount is not None else ''}</w:p>", 1),
                    _cell(part.columns[1].help, 2, small=True),
                ]
            )
        )
    return _table(rows, section.title)


def _heading(*titles: str) -> str:
    cells = [
        _framed(f"<w:p>{_run(title, bold=True, colour='FFFFFF')}</w:p>", at, fill="123A52")
        for at, title in enumerate(titles)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(cells: list[str]) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _table(rows: list[str], title: str, widths: Sequence[int] = _WIDTHS) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="9AA8B5"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={attribute(title)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(words: str, at: int, *, bold: bool = False, small: bool = False, span: int = 1) -> str:
    paragraphs = "".join(
        f"<w:p>{_run(line, bold=bold, small=small)}</w:p>" for line in words.split("\n")
    )
    return _framed(paragraphs, at, span=span, fill="E8F0F5" if bold else "")


def _framed(content: str, at: int, fill: str = "", width: int = 0, *, span: int = 1) -> str:
    width = width or sum(_WIDTHS[at : at + span])
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{shade}</w:tcPr>{content}</w:tc>'
    )


def _control(column: Column, answer: Answer | None, width: int = 0) -> str:
    """Return a cell whose content control holds the answer, or a hint where there is none.

    In a narrow column the hint is a short one.
    """
    said = "" if answer is None else str(answer)
    kind = "".join(_choices(column)) or '<w:text w:multiLine="1"/>'
    hint = "" if said else "<w:showingPlcHdr/>"
    wanted = SHORT_HINT if width else HINT
    run = _run(said) if said else _run(wanted, colour="6B7783")
    properties = f"<w:alias w:val={attribute(column.heading[:64])}/>{hint}{kind}"
    return _framed(
        f"<w:p><w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
        "</w:p>",
        1,
        "FFFDF2",
        width,
    )


def _choices(column: Column) -> Iterator[str]:
    field = column.field
    if field is None or field.is_list:
        return
    if field.is_date:
        yield _CALENDAR
        return
    values = list(field.choices)
    if not values and field.vocabulary and len(vocabulary(field.vocabulary)) <= _LONGEST_LIST:
        values = [entry.code for entry in vocabulary(field.vocabulary)]
    if values:
        items = "".join(
            f"<w:listItem w:displayText={attribute(value)} w:value={attribute(value)}/>"
            for value in values
        )
        yield f"<w:comboBox>{items}</w:comboBox>"


def _run(words: str, *, bold: bool = False, small: bool = False, colour: str = "") -> str:
    if not words:
        return ""
    look = "<w:b/>" if bold else ""
    look += f'<w:color w:val="{colour}"/>' if colour else ""
    look += '<w:sz w:val="17"/>' if small else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in words.split("\n")
    )
    return f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r>"


def _paragraph(words: str, style: str = "") -> str:
    wanted = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{wanted}{_run(words)}</w:p>"
