"""A worksheet as one table: each row says where its answer belongs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

from microcred.formulas import guarded
from microcred.readers.grid import Answer
from microcred.worksheets.content import Filled, filled
from microcred.worksheets.definition import Worksheet
from microcred.worksheets.labels import ANSWER, ENTRY, EXAMPLE, FIELD, MEANING, SECTION

__all__ = ["write"]

_EMPTY_ENTRIES: Final = 2  # of each list, to show how entries are told apart


def write(worksheet: Worksheet, data: Mapping[str, Any] | None = None) -> bytes:
    """Return the table, with the answers that *data* has; it begins with a mark for Excel."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([SECTION, ENTRY, FIELD, ANSWER, MEANING, EXAMPLE])
    table.writerow(
        ["Worksheet", "", worksheet.title, f"{worksheet.id}, version {worksheet.version}", "", ""]
    )
    for part in filled(worksheet, data):
        for row in _rows(part):
            table.writerow([_safe(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _rows(part: Filled) -> Iterator[list[Answer]]:
    title, columns = part.section.title, part.columns
    if part.section.is_map:
        for name, amount in part.rows or (("", ""),) * _EMPTY_ENTRIES:
            yield [title, "", name or "", amount or "", columns[1].help, ""]
        return
    rows = part.rows or ((None,) * len(columns),) * (_EMPTY_ENTRIES if part.section.is_table else 1)
    for number, answers in enumerate(rows, 1):
        entry = str(number) if part.section.is_table else ""
        for column, answer in zip(columns, answers, strict=True):
            example = (column.field.example or column.field.hint) if column.field else ""
            said = "" if answer is None else answer
            yield [title, entry, column.heading, said, column.help, example]


def _safe(cell: Answer) -> Answer:
    return guarded(cell) if isinstance(cell, str) else cell
