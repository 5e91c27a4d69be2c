"""Findings in a person's own workbook: comments on the cells, and a sheet that lists them all.

Parts of the file are added to, and never read into a model and written anew: so everything
that nobody here knows, such as charts, pictures and pivot tables, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from microcred.annotate.boxes import boxes, measures, new_boxes, without_boxes
from microcred.annotate.findings_sheet import MAIN, RELATIONS, Looks, findings_sheet
from microcred.annotate.markup import attribute, elements, only, whole, with_inserted
from microcred.annotate.notes import comments, new_comments
from microcred.annotate.package import Package
from microcred.annotate.styles import with_looks
from microcred.annotate.words import HEADING, TITLE, by_place, comment
from microcred.problem import Problem
from microcred.readers import xlsx
from microcred.report import Checked, Report

__all__ = ["annotated_workbook"]

_BOOK: Final = "xl/workbook.xml"
_CELL: Final = re.compile(r"(.+)!([A-Z]{1,3})([1-9][0-9]{0,6})", re.DOTALL)
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# What follows the reference to the boxes of comments in a sheet (ECMA-376, part 1, 18.3.1.99).
_AFTER: Final = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)


def annotated_workbook(content: bytes, document: Checked, report: Report | None = None) -> bytes:
    """Return the workbook with the findings in it.

    Raises:
        Problem: nothing can be added to it without a loss; says what the reason is.
    """
    package = Package(content)
    _possible(package)
    parts = _sheets(package)
    said: dict[str, dict[str, str]] = {name: {} for name in parts}
    cells: dict[str, str] = {}
    for label, findings in by_place(document).items():
        place = _CELL.fullmatch(label)
        name = _unquoted(place[1]) if place else ""
        if place and name in said:
            cells[label] = label
            said[name][f"{place[2]}{place[3]}"] = comment(findings)
    for name, part in parts.items():
        _comment_on(package, part, said[name])
    looks = _with_looks(package)
    sheet = findings_sheet(document, report, looks, cells)
    part = _earlier(content, parts) or _new_sheet(package, list(parts))
    package[part] = sheet.xml
    package.refer_anew(part, sheet.addresses)
    return package.content()


def _possible(package: Package) -> None:
    """Make sure that adding to the file does no harm to it."""
    own = "Save a copy as “Excel workbook (.xlsx)”, and check that file"
    if any(part.startswith("_xmlsignatures/") for part in package):
        raise Problem("The workbook is signed, and a change would break its signature", own)
    if any(part.lower().endswith("vbaproject.bin") for part in package):
        raise Problem("The workbook holds macros, which are not passed on", own)
    if any(part.startswith("xl/revisions/") for part in package):
        raise Problem("The workbook records who changed what, and takes no other changes", own)
    if _BOOK not in package or MAIN.encode() not in package[_BOOK]:
        raise Problem("The workbook has a form to which nothing can be added here", own)


def _sheets(package: Package) -> dict[str, str]:
    """Return the part of each sheet by its name."""
    related = package.related(_BOOK)
    found = {}
    for one in elements(package[_BOOK], {"sheet"}):
        kind, part = related.get(one.attributes.get("id", ""), ("", ""))
        if kind == "worksheet" and part in package:
            found[one.attributes.get("name", "")] = part
    return found


def _unquoted(name: str) -> str:
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


# -- comments ------------------------------------------------------------------------------------


def _comment_on(package: Package, sheet: str, said: Mapping[str, str]) -> None:
    """Write a comment on each of these cells of a sheet, and take away what we wrote before."""
    texts = next((part for kind, part in package.related(sheet).values() if kind == "comments"), "")
    if texts not in package:
        if not said:
            return
        texts = package.unused("xl/comments{n}.xml")
        package[texts] = new_comments()
        package.declare(texts, f"{_SPREADSHEET}.comments+xml")
        package.relate(sheet, "comments", texts)
    noted = comments(package[texts], said)
    package[texts] = noted.xml
    if noted.new or noted.gone:
        shapes = _shapes(package, sheet)
        sizes = measures(package[sheet])
        kept = without_boxes(package[shapes], {_cell(one) for one in noted.gone})
        package[shapes] = boxes(kept, {_cell(one): said[one] for one in noted.new}, sizes)


def _shapes(package: Package, sheet: str) -> str:
    """Return the part with the boxes of a sheet's comments, which is made if there is none."""
    drawn = [one for one in elements(package[sheet], {"legacyDrawing"}) if one.depth == 2]
    if drawn:
        part = package.related(sheet).get(drawn[0].attributes.get("id", ""), ("", ""))[1]
        if part in package:
            return part
    part = package.unused("xl/drawings/vmlDrawing{n}.vml")
    package[part] = new_boxes(sum(name.endswith(".vml") for name in package) + 100)
    package.declare_ending("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    id = package.relate(sheet, "vmlDrawing", part)
    xml = package[sheet]
    root = only(xml, "worksheet")
    later = [one.start for one in elements(xml, _AFTER) if one.depth == 2]
    drawing = f'<legacyDrawing xmlns="{MAIN}" xmlns:r="{RELATIONS}" r:id="{id}"/>'
    package[sheet] = with_inserted(xml, [(min(later, default=root.close), drawing.encode())])
    return part


def _cell(reference: str) -> tuple[int, int]:
    place = _CELL.fullmatch(f"x!{reference}")
    return (int(place[3]), xlsx.column(place[2])) if place else (1, 1)


# -- the list ------------------------------------------------------------------------------------


def _with_looks(package: Package) -> Looks:
    part = next((part for kind, part in package.related(_BOOK).values() if kind == "styles"), "")
    if part not in package:
        return Looks()
    package[part], looks = with_looks(package[part])
    return looks


def _earlier(content: bytes, parts: Mapping[str, str]) -> str:
    """Return the part of the list that an earlier check wrote, or an empty text."""
    for sheet in xlsx.sheets(content):
        if sheet.name.startswith(TITLE) and sheet.rows.get(1, {}).get(1) == HEADING:
            return parts.get(sheet.name, "")
    return ""


def _new_sheet(package: Package, names: list[str]) -> str:
    taken = {name.lower() for name in names}
    title = next(
        name
        for name in (TITLE, *(f"{TITLE} {n}" for n in range(2, len(names) + 3)))
        if name.lower() not in taken
    )
    part = package.unused("xl/worksheets/sheet{n}.xml")
    package.declare(part, f"{_SPREADSHEET}.worksheet+xml")
    id = package.relate(_BOOK, "worksheet", part)
    end = only(package[_BOOK], "sheets").close
    listed = elements(package[_BOOK], {"sheet"})
    numbers = [whole(one.attributes.get("sheetId", "")) for one in listed]
    entry = (
        f'<sheet xmlns="{MAIN}" xmlns:r="{RELATIONS}" name={attribute(title)} '
        f'sheetId="{max(numbers, default=0) + 1}" r:id="{id}"/>'
    )
    package[_BOOK] = with_inserted(package[_BOOK], [(end, entry.encode())])
    return part
