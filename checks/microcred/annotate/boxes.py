"""The boxes in which the comments on cells are shown: a drawing (VML) beside each sheet."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from microcred.annotate.markup import elements

__all__ = ["Measures", "boxes", "measures", "new_boxes", "without_boxes"]

_WIDTH: Final = 340  # pixels of a box; a line of it holds about 52 characters
_SIGNS: Final = 52
_LINE: Final = 17  # pixels
_TALLEST: Final = 900
_HEIGHT: Final = 20.0  # pixels of a row, where the sheet doesn't say it
_COLUMN: Final = 64.0

_VML: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout></xml>'
)
_SHAPE_TYPE: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NUMBERS: Final = re.compile(rb"_x0000_s(\d{1,9})")
_MAPPED: Final = re.compile(rb"<o:idmap[^>]*\bdata=[\"'](\d{1,6})")


@dataclass(frozen=True, slots=True)
class Measures:
    """How wide columns and how high rows are, in pixels, counted from 1."""

    columns: Mapping[int, float] = field(default_factory=dict)
    rows: Mapping[int, float] = field(default_factory=dict)


def new_boxes(number: int) -> bytes:
    """Return the part for the boxes of the sheet with that number, without any."""
    return _VML.format(number=number).encode()


def boxes(vml: bytes, said: Mapping[tuple[int, int], str], sizes: Measures) -> bytes:
    """Return the part with a box beside each cell, given by row and column, that fits its text."""
    first = max((int(n) for n in _NUMBERS.findall(vml)), default=0)
    if not first:
        mapped = _MAPPED.search(vml)
        first = int(mapped[1]) * 1024 if mapped else 1024
    kind = "" if b'id="_x0000_t202"' in vml else _SHAPE_TYPE
    shapes = "".join(
        _box(number, cell, words, sizes)
        for number, (cell, words) in enumerate(said.items(), first + 1)
    )
    head, _, tail = vml.rpartition(b"</xml>")
    spaces = (
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"'
    )
    kind = kind.replace("<v:shapetype ", f"<v:shapetype {spaces} ")
    shapes = shapes.replace("<v:shape ", f"<v:shape {spaces} ")
    return head + (kind + shapes).encode() + b"</xml>" + tail


def _box(number: int, cell: tuple[int, int], words: str, sizes: Measures) -> str:
    row, column = cell
    lines = sum(math.ceil(max(len(line), 1) / _SIGNS) for line in words.split("\n")) + 2
    height = min(lines * _LINE + 10, _TALLEST)
    left, gap = _reached(column + 1, 15, sizes.columns, _COLUMN)
    right, rest = _reached(left, gap + _WIDTH, sizes.columns, _COLUMN)
    low, below = _reached(row, 2 + height, sizes.rows, _HEIGHT)
    anchor = f"{left - 1}, {gap}, {row - 1}, 2, {right - 1}, {rest}, {low - 1}, {below}"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f'width:{_WIDTH * 0.75:g}pt;height:{height * 0.75:g}pt;z-index:{number};visibility:hidden" '
        'fillcolor="#fff4d6" o:insetmode="auto"><v:fill color2="#fff4d6"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _reached(
    start: int, pixels: float, sizes: Mapping[int, float], usual: float
) -> tuple[int, int]:
    """Return the column or row in which a way from the edge of *start* ends, and how far in."""
    while pixels >= (size := sizes.get(start, usual)):
        pixels -= size
        start += 1
    return start, int(pixels)


def without_boxes(vml: bytes, cells: Collection[tuple[int, int]]) -> bytes:
    """Return the part without the boxes beside these cells."""
    *shapes, rest = vml.split(_END)
    kept = []
    for piece in shapes:
        before, start, shape = piece.rpartition(b"<v:shape ")
        row, column = _ROW.search(shape), _IN_COLUMN.search(shape)
        at = (int(row[1]) + 1, int(column[1]) + 1) if start and row and column else None
        kept.append(before if at in cells else piece + _END)
    return b"".join([*kept, rest])


_END: Final = b"</v:shape>"
_ROW: Final = re.compile(rb"<x:Row>(\d{1,7})</x:Row>")
_IN_COLUMN: Final = re.compile(rb"<x:Column>(\d{1,5})</x:Column>")


def measures(sheet: bytes) -> Measures:
    """Return how wide the columns and how high the rows of a sheet are, as far as it says it."""
    columns: dict[int, float] = {}
    rows: dict[int, float] = {}
    for one in elements(sheet, {"col", "row"}):
        said = one.attributes
        try:
            if one.name == "col":
                wide = 0 if said.get("hidden") in _TRUE else float(said.get("width", 9)) * 7 + 5
                last = min(int(said["max"]), int(said["min"]) + _MOST_COLUMNS)
                columns |= dict.fromkeys(range(int(said["min"]), last + 1), wide)
            elif "ht" in said or said.get("hidden") in _TRUE:
                high = 0 if said.get("hidden") in _TRUE else float(said["ht"]) * 4 / 3
                rows[int(said["r"])] = high
        except (KeyError, ValueError):
            continue  # a size that can't be read is the usual one
    return Measures(columns, rows)


_TRUE: Final = ("1", "true")
_MOST_COLUMNS: Final = 500
