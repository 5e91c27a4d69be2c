"""The sheet that lists all findings: plain texts only, so that no cell can compute anything."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from microcred.annotate.markup import attribute, text
from microcred.annotate.words import COLUMNS, HEADING, head, row
from microcred.readers.grid import letters
from microcred.report import Checked, Report

__all__ = ["MAIN", "RELATIONS", "Looks", "Sheet", "findings_sheet"]

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_WIDTHS: Final = (13, 16, 24, 42, 40, 36, 26, 24)  # characters
_HEAD_WIDTH: Final = sum(_WIDTHS[1:5])
_PLACE: Final = COLUMNS.index("Place")
_LINE: Final = 15.0  # points


@dataclass(frozen=True, slots=True)
class Looks:
    """The numbers of the formats of cells in a workbook; 0 is what every workbook has."""

    title: int = 0
    head: int = 0
    label: int = 0
    body: int = 0
    link: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The XML of the sheet, and the addresses that it refers to by their ids."""

    xml: bytes
    addresses: dict[str, str]


def findings_sheet(
    document: Checked, report: Report | None, looks: Looks, cells: dict[str, str]
) -> Sheet:
    """Return the sheet; *cells* leads from the place of a finding to the cell to jump to."""
    lines = list(head(document, report))
    first = len(lines) + 4  # the title, a line below it, the lines, and the headings
    rows = [_row(1, [(HEADING, looks.title)], 24)]
    for number, (label, words) in enumerate(lines, 3):
        height = _LINE * max(1, math.ceil(len(words) / _HEAD_WIDTH))
        rows.append(_row(number, [(label, looks.label), (words, looks.body)], height))
    rows.append(_row(first - 1, [(title, looks.head) for title in COLUMNS], 20))
    jumps: list[str] = []
    addresses: dict[str, str] = {}
    for number, finding in enumerate(document.findings, first):
        said = row(finding)
        cell = cells.get(finding.place.label if finding.place else "", "")
        rows.append(_finding(number, said, looks, jumps=bool(cell)))
        if cell:
            jumps.append(
                f'<hyperlink ref="{letters(_PLACE + 1)}{number}" location={attribute(cell)}/>'
            )
        if "://" in said[-1]:
            id = addresses.setdefault(said[-1], f"rId{len(addresses) + 1}")
            jumps.append(f'<hyperlink ref="{letters(len(said))}{number}" r:id="{id}"/>')
    merged = "".join(f'<mergeCell ref="B{n}:E{n}"/>' for n in range(3, first - 1))
    xml = "".join(_sheet(rows, first, merged, len(lines), "".join(jumps)))
    return Sheet(xml.encode(), {id: address for address, id in addresses.items()})


def _sheet(rows: list[str], first: int, merged: str, count: int, jumps: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    yield (
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="{first - 1}" '
        f'topLeftCell="A{first}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    )
    yield '<sheetFormatPr defaultRowHeight="15"/><cols>'
    for number, width in enumerate(_WIDTHS, 1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield f"</cols><sheetData>{''.join(rows)}</sheetData>"
    yield f'<mergeCells count="{count}">{merged}</mergeCells>'
    yield f"<hyperlinks>{jumps}</hyperlinks>" if jumps else ""
    yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'


def _finding(number: int, said: tuple[str, ...], looks: Looks, *, jumps: bool) -> str:
    styles = [looks.body] * len(said)
    styles[0] = looks.label
    if jumps:
        styles[_PLACE] = looks.link
    if "://" in said[-1]:
        styles[-1] = looks.link
    lines = max(_lines(words, width) for words, width in zip(said, _WIDTHS, strict=True))
    return _row(number, list(zip(said, styles, strict=True)), _LINE * lines)


def _lines(words: str, width: int) -> int:
    # Words are broken as wholes, so that a line holds somewhat less than its width.
    return max(1, math.ceil(len(words) / (width * 0.92)))


def _row(number: int, cells: list[tuple[str, int]], height: float) -> str:
    written = "".join(
        f'<c r="{letters(column)}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{text(words)}</t></is></c>'
        for column, (words, style) in enumerate(cells, 1)
    )
    return f'<row r="{number}" ht="{min(height, 400):g}" customHeight="1">{written}</row>'
