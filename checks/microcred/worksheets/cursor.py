"""Where the reading of a sheet stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from microcred.readers.grid import Sheet
from microcred.worksheets.definition import Section

__all__ = ["Columns", "Cursor"]


Columns = tuple[int, int, int, int]  # of part, entry, field and answer


@dataclass(slots=True)
class Cursor:
    """Where the reading of a sheet stands."""

    sheet: Sheet
    section: Section | None = None
    form: bool = False
    answers: tuple[int, int] = (1, 2)  # the columns of a form with its labels and answers
    listing: Columns | None = None  # below the headings of rows that say where they belong
    columns: dict[int, str] | None = None  # the headings of a table, once they are met
    head: int = 0  # the row in which these headings stand
    covered: dict[tuple[int, int], int] = field(default_factory=dict)  # as Sheet.covered() tells
    entry: int | None = None  # the entry of a list that a form is about
    above: list[int] = field(default_factory=list)  # rows met while headings are waited for
    is_read: bool = False  # whether anything on the sheet was understood
