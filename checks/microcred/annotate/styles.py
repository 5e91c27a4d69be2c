"""Formats of cells that are added behind those which a workbook has, so that none changes."""

from __future__ import annotations

from typing import Final

from microcred.annotate.findings_sheet import MAIN, Looks
from microcred.annotate.markup import elements, with_attribute, with_inserted

__all__ = ["with_looks"]

_CHILDREN: Final = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
_FONT: Final = '<name val="Arial"/><family val="2"/>'
_FONTS: Final = (
    f'<font xmlns="{MAIN}"><sz val="10"/><color rgb="FF17212B"/>{_FONT}</font>',
    f'<font xmlns="{MAIN}"><b/><sz val="10"/><color rgb="FF17212B"/>{_FONT}</font>',
    f'<font xmlns="{MAIN}"><b/><sz val="16"/><color rgb="FF17212B"/>{_FONT}</font>',
    f'<font xmlns="{MAIN}"><b/><sz val="10"/><color rgb="FFFFFFFF"/>{_FONT}</font>',
    f'<font xmlns="{MAIN}"><u/><sz val="10"/><color rgb="FF0B5394"/>{_FONT}</font>',
)
_FILL: Final = (
    f'<fill xmlns="{MAIN}"><patternFill patternType="solid"><fgColor rgb="FF123A52"/>'
    '<bgColor indexed="64"/></patternFill></fill>'
)
_LINE: Final = '<{side} style="thin"><color rgb="FF9AA8B5"/></{side}>'
_BORDER: Final = (
    f'<border xmlns="{MAIN}">'
    + "".join(_LINE.format(side=side) for side in ("left", "right", "top", "bottom"))
    + "<diagonal/></border>"
)


def with_looks(styles: bytes) -> tuple[bytes, Looks]:
    """Return the part with our formats, and their numbers; as it is where it has no lists.

    Raises:
        Problem: it isn't well-formed.
    """
    lists = [one for one in elements(styles, _CHILDREN) if one.depth == 2]
    if len(lists) < len(_CHILDREN) or any(one.is_empty for one in lists):
        return styles, Looks()
    styles, font = _with(styles, "fonts", _FONTS)
    styles, fill = _with(styles, "fills", (_FILL,))
    styles, border = _with(styles, "borders", (_BORDER,))
    formats = (
        _format(font + 2, wrap=False),
        _format(font + 3, fill, border),
        _format(font + 1),
        _format(font, border=border),
        _format(font + 4, border=border),
    )
    styles, first = _with(styles, "cellXfs", formats)
    return styles, Looks(*range(first, first + len(formats)))


def _with(styles: bytes, name: str, items: tuple[str, ...]) -> tuple[bytes, int]:
    """Return the part with *items* at the end of a list, unless it has them; and their position."""
    found = elements(styles, {name, _CHILDREN[name]})
    whole = next(one for one in found if one.name == name)
    starts = [one.start for one in found if one.depth == 3 and whole.start < one.start < whole.end]
    piece = "".join(items).encode()
    standing = styles.find(piece, whole.inside, whole.close)
    if standing >= 0:
        return styles, sum(start < standing for start in starts)
    styles = with_inserted(styles, [(whole.close, piece)])
    return with_attribute(styles, whole, "count", len(starts) + len(items)), len(starts)


def _format(font: int, fill: int = 0, border: int = 0, *, wrap: bool = True) -> str:
    wrapped = ' wrapText="1"' if wrap else ""
    return (
        f'<xf xmlns="{MAIN}" numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" '
        'xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment vertical="top"{wrapped}/></xf>'
    )
