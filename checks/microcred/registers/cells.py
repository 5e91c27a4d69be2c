"""What stands in the cells of a list: one value, or several names and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

__all__ = ["cell", "numbered", "parts", "texts"]

_SEVERAL: Final = "|;\n"


def cell(cells: tuple[str, ...], at: int) -> str:
    """Return what a row has in a column; rows may be shorter than the headings."""
    return cells[at] if at < len(cells) else ""


def parts(cell: str) -> list[str]:
    """Return a cell as it is, and its parts where it holds several names."""
    if not any(sign in cell for sign in _SEVERAL):
        return [cell] if cell else []
    parts = cell.replace("|", ";").replace("\n", ";").split(";")
    return [cell, *(part for part in map(str.strip, parts) if part)]


def numbered(heading: str, cell: str) -> Iterator[tuple[str, str]]:
    """Yield scheme and value of each number in a cell, such as “ROR: 03x; PIC: 9”."""
    parts = cell.replace("|", ";").replace("\n", ";").replace(",", ";").split(";")
    for part in map(str.strip, parts):
        scheme, sign, value = part.partition(": ")
        if part and sign and value.strip():
            yield scheme.strip(), value.strip()
        elif part:
            yield heading, part


def texts(node: object) -> tuple[str, ...]:
    """Return a text of a description in each of its languages."""
    if isinstance(node, str):
        return (node,) if node.strip() else ()
    if isinstance(node, Mapping):
        return tuple(
            dict.fromkeys(text for text in node.values() if isinstance(text, str) and text)
        )
    return ()
