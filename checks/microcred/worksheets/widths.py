"""How wide and how high cells have to be for what stands in them."""

from __future__ import annotations

import math
from typing import Final

from microcred.worksheets.content import Column

__all__ = ["lines", "width"]

# Characters of a column, by what stands in it.
_LABELS: Final = {"id": 9, "area": 16, "text": 52}
_SHORT: Final = ("Short name", "Country", "Level")
_ONE_LINE: Final = ("Legal name", "Place", "Title")


def width(column: Column) -> int:
    """Return how many characters of a column fit beside one another."""
    field = column.field
    if not field:
        return 16
    if field.is_label:
        return _LABELS.get(field.path[0], 22)
    if field.kind in ("evidence", "long", "list"):
        return 36
    if field.is_text and field.label not in _ONE_LINE:
        return 46
    if field.is_number or field.is_date or field.label in _SHORT:
        return 14
    return 24


def lines(words: str, width: int) -> int:
    """Return how many lines *words* take in a column of that width."""
    return sum(math.ceil(max(len(line), 1) / (width * 0.95)) for line in words.split("\n"))
