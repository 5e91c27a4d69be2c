"""Tables as comma-separated values: one worksheet in one table, or one sheet of it."""

from __future__ import annotations

import csv
import io
from typing import Final

from microcred.formulas import unguarded
from microcred.problem import Problem
from microcred.readers.bounds import MAX_SCALAR, text_too_long
from microcred.readers.formats import Loaded
from microcred.readers.grid import MAX_CELLS, Sheet, letters, too_many_cells
from microcred.readers.text import decode

__all__ = ["load", "sheets"]

_SEPARATORS: Final = ",;\t"
_SAVE_AS: Final = "Save it again as “CSV UTF-8”"  # what spreadsheets call it


def load(data: bytes) -> Loaded:
    """Return the document in a filled worksheet, and the cell of each value.

    Raises:
        Problem: it is no worksheet, or can't be read.
    """
    from microcred.worksheets.reading import document

    return document(sheets(data), "table")


def sheets(data: bytes) -> list[Sheet]:
    """Return the one table of the file.

    Raises:
        Problem: it isn't text in UTF-8, or passes a bound.
    """
    text = decode(data, _SAVE_AS)
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    sheet = Sheet("", lambda row, column: f"row {row}, column {letters(column)}")
    count = 0
    csv.field_size_limit(MAX_SCALAR)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, ""), delimiter=separator), 1):
            for column, words in enumerate(row, 1):
                if words.strip():
                    count += 1
                    sheet.put(number, column, unguarded(words))
                    if words.startswith("="):
                        sheet.unfinished.add((number, column))
            if count > MAX_CELLS:
                raise too_many_cells()
    except csv.Error as error:
        if "field limit" in str(error):
            raise text_too_long("a cell of the table") from None
        raise Problem("The table doesn’t follow the form of CSV", _SAVE_AS) from None
    return [sheet]
