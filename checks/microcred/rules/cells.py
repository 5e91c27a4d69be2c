"""What couldn't be placed when a filled worksheet was read: told with its cell, never dropped.

The reader of worksheets finds the faults, so that they stand where the file has them.
"""

from __future__ import annotations

from typing import Final

from microcred.rule import Level, Outcome, Verdict, rule
from microcred.sources import advice

__all__ = ["CELLS"]


def _cells(id: str, title: str, why: str, fix: str, *, asks: bool = False) -> str:
    @rule(
        id,
        title,
        level=Level.ADVICE,
        element="",
        section=_SECTIONS[id],
        basis=advice(),
        why=why,
        fix=fix,
        at=(),  # found while the file is read, before the walk over the description
        yields=(Outcome.CANNOT_TELL,) if asks else (Outcome.NOT_MET,),
    )
    def judge(_node: object, _description: object) -> Verdict | None:
        return None

    return id


_SECTIONS: Final = {
    "CELL-1": "cells-without-question",
    "CELL-2": "cells-answered-twice",
    "CELL-3": "cells-with-formulas",
    "CELL-4": "cells-that-name-nobody",
    "CELL-5": "sheets-not-read",
}

CELLS: Final = frozenset(
    {
        _cells(
            "CELL-1",
            "Write each answer beside its question or under its heading",
            "A value that nothing names belongs to no field, so nobody else can read it either",
            "Move it to the question that it answers, or put the heading back",
        ),
        _cells(
            "CELL-2",
            "Answer each question once",
            "Which of two answers is meant, only their author knows",
            "Keep one answer; for several languages, write the language behind each label, such as "
            "“Title (fi)”",
        ),
        _cells(
            "CELL-3",
            "Save formulas with their results",
            "Nothing is computed here, so the file has to hold what a formula comes to",
            "Open the file with LibreOffice or Excel and save it again, or write the value",
        ),
        _cells(
            "CELL-4",
            "Name the entry to which a row belongs",
            "A row that belongs to no entry has no place in the description",
            "Write the short name of one of the entries",
        ),
        _cells(
            "CELL-5",
            "Leave only notes outside the questions of the worksheet",
            "Sheets, columns and paragraphs of your own are not read, whatever stands there",
            "If it belongs to the description, move it beside its question or under its heading",
            asks=True,
        ),
    }
)
