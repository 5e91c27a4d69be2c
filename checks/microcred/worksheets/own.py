"""What is different when a worksheet with questions of its own is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from microcred.readers.grid import Sheet
from microcred.worksheets.answers import label_key
from microcred.worksheets.definition import Worksheet, worksheets
from microcred.worksheets.questions import ANSWERS

__all__ = ["likely", "read_with", "tidy"]


def read_with(known: Worksheet | None, others: Iterable[Worksheet]) -> Iterator[Worksheet]:
    """Yield the worksheets whose parts a file may have.

    The parts of an offer or award stand in several worksheets, and mean the same in all; what a
    worksheet asks on its own is asked nowhere else.
    """
    if known:
        yield known
    if not known or not known.is_own:
        yield from (one for one in others if not one.is_own)


def likely(sheets: Sequence[Sheet]) -> Worksheet | None:
    """Return the worksheet with questions of its own that has all its parts in these sheets."""
    names = {label_key(name) for sheet in sheets for name in _titles(sheet)}
    for one in worksheets():
        titles = {label_key(section.title) for section in one.sections}
        if one.is_own and len(titles) > 1 and titles <= names:
            return one
    return None


def _titles(sheet: Sheet) -> Iterator[str]:
    yield sheet.name
    for row in sheet.rows.values():
        first = str(row[min(row)])
        yield first.partition(":")[2] if len(row) == 1 else first


def tidy(data: dict[str, Any], sheet: Worksheet) -> None:
    """Name the worksheet, and leave out what only named the lines of a table."""
    answers = data.pop(ANSWERS, {})
    data["worksheet"] = sheet.id
    data[ANSWERS] = answers
    for section in sheet.sections:
        entries = answers.get(section.key) if section.items else None
        for entry in entries or ():
            for one in section.fields:
                if one.is_label and one.path != ("id",):
                    entry.pop(one.path[0], None)
