"""What a Word document (DOCX) holds: the cells of its tables, and the words around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from microcred.readers.container import Container, Handler, is_on, main_part
from microcred.readers.grid import (
    MAX_CELLS,
    MAX_SHEETS,
    Sheet,
    Words,
    table_label,
    too_many_cells,
    too_many_sheets,
)

__all__ = ["SKIPPED", "content", "sheets"]

_DOCUMENT: Final = "word/document.xml"
_SIGNS: Final = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_IN_RUNS: Final = frozenset(
    {"t", "r", "strike", "dstrike", "sym", "checkBox", "default", "checked"}
)
# Boxes to tick that are drawn with a font of pictures.
_PICTURES: Final = {
    "wingdings": {**dict.fromkeys(("F0FC", "F0FD", "F0FE"), "☒"), "F06F": "☐", "F0A8": "☐"},
    "wingdings 2": {**dict.fromkeys(("F050", "F051", "F052", "F053", "F054"), "☒"), "F0A3": "☐"},
}
# A second copy for older software, what was deleted under tracked changes, and codes of fields.
SKIPPED: Final = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText"})


def sheets(data: bytes) -> list[Sheet]:
    """Return the tables of a document.

    Raises:
        Problem: it is damaged or passes a bound.
    """
    return content(data)[0]


def content(data: bytes) -> tuple[list[Sheet], list[Words]]:
    """Return the tables of a document, and the paragraphs around them.

    Raises:
        Problem: it is damaged or passes a bound.
    """
    tables, container = _Tables(), Container(data)
    container.parse(main_part(container, _DOCUMENT), tables)
    return tables.sheets, tables.around


class _Tables(Handler):
    """The tables of one document; a table inside of a cell is part of the cell’s text."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.around: list[Words] = []
        self._depth = self._skipped = self._count = 0
        self._row = self._column = 0
        self._span, self._merge = 1, ""
        self._merged: dict[int, int] = {}  # by column, which merged cell of the table is open
        self._words: list[str] = []
        self._inside = self._line = False
        self._ticked: bool | None = None  # of a box in a form of older versions, while it is read
        self._struck: list[str] = []  # words with a line through them
        # For each content control that is open: whether it shows only its hint.
        self._controls: list[bool] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in SKIPPED or self._skipped:
            self._skipped += 1
        elif name == "tbl":
            self._depth += 1
            if self._depth == 1:
                self._paragraph()
                number = len(self.sheets) + 1
                if number > MAX_SHEETS:
                    raise too_many_sheets()
                self.sheets.append(Sheet(f"table {number}", table_label(number)))
                self._row, self._merged = 0, {}
        elif name == "sdt":
            self._controls.append(False)
        elif name == "showingPlcHdr" and self._controls and is_on(attributes):
            self._controls[-1] = True
        elif self._depth == 1 and name in ("tr", "tc", "gridSpan", "vMerge"):
            self._cell(name, attributes)
        elif name in _IN_RUNS:
            self._run(name, attributes)
        elif self._words and name in _SIGNS:
            self._words.append(_SIGNS[name])

    def _run(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "t":
            self._inside = True
        elif name in ("r", "strike", "dstrike"):
            # Each run says anew whether a line goes through it.
            self._line = name != "r" and is_on(attributes)
        elif name == "sym":
            drawn = _PICTURES.get(attributes.get("font", "").casefold(), {})
            self._words.append(drawn.get(attributes.get("char", "").upper(), ""))
        elif name == "checkBox":
            self._ticked = False
        elif self._ticked is not None:  # “default” comes first, and “checked” counts
            self._ticked = is_on(attributes)

    def _cell(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "tr":
            self._row, self._column = self._row + 1, 0
        elif name == "tc":
            self._words, self._struck, self._span, self._merge = [], [], 1, ""
        elif name == "vMerge":
            self._merge = attributes.get("val", "continue")
        else:
            spelled = attributes.get("val", "")
            self._span = int(spelled) if spelled.isascii() and spelled.isdigit() else 1

    def text(self, words: str) -> None:
        # The hint of a control that nobody filled in is no answer.
        if self._inside and not self._skipped and not any(self._controls):
            self._words.append(words)
            if self._line:
                self._struck.append(words)

    def _merges(self) -> None:
        """Note a cell that is merged with those below, or with the one above."""
        merged, column = self.sheets[-1].merged, self._column
        if self._merge == "restart":
            self._merged[column] = len(merged)
            merged.append((column, self._row, self._row))
        elif not self._merge:
            self._merged.pop(column, None)
        elif (at := self._merged.get(column)) is not None:
            merged[at] = (column, merged[at][1], self._row)

    def _paragraph(self) -> None:
        """Keep what stands outside of the tables, and begin anew."""
        if words := "".join(self._words).strip():
            self.around.append(Words.below(len(self.sheets), words))
        self._words = []

    def _cell_ends(self) -> None:
        words = "".join(self._words).strip()
        self._column += 1
        if words:
            self._count += 1
            if self._count > MAX_CELLS:
                raise too_many_cells()
            self.sheets[-1].put(self._row, self._column, words)
        if struck := "".join(self._struck).strip():
            self.sheets[-1].struck[self._row, self._column] = struck
        self._merges()
        self._column += self._span - 1
        self._words = []

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "t":
            self._inside = False
        elif name == "checkBox":
            self._words.append("☒" if self._ticked else "☐")
            self._ticked = None
        elif name == "tbl":
            self._depth -= 1
        elif name == "p" and not self._depth:
            self._paragraph()
        elif name == "sdt" and self._controls:
            self._controls.pop()
        elif name == "tc" and self._depth == 1:
            self._cell_ends()
