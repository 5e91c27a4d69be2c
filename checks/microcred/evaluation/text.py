"""An evaluation for people who read it in a terminal."""

from __future__ import annotations

from typing import Final

from microcred.evaluation.model import Evaluation
from microcred.evaluation.outline import Block, Bullets, Facts, Grid, Heading, Start, Text, outline
from microcred.report.characters import width as columns_of
from microcred.report.page import Page

__all__ = ["write"]

_STYLES: Final = {"lead": "bold", "label": "bold", "note": "dim"}
_MARGIN: Final = 24  # columns in front of what a label belongs to


def write(seen: Evaluation, *, width: int = 80, colour: bool = False, language: str = "en") -> str:
    """Return an evaluation as text that is at most *width* columns wide."""
    page = Page(width, colour, language)
    for block in outline(seen, language):
        _block(page, block)
    return "\n".join(page.lines).rstrip() + "\n"


def _block(page: Page, block: Block) -> None:
    match block:
        case Heading(level, text):
            page.gap()
            page.add(text if level > 2 else text.upper() if level == 2 else text, "bold")
        case Text(text, style):
            page.gap()
            page.add(text, _STYLES.get(style, ""))
        case Facts(rows):
            page.gap()
            for label, value, place in rows:
                told = f"{value} ({place})" if place else value
                page.hang(label, told, indent=min(_MARGIN, page.columns // 3))
        case Bullets(items, kind):
            for number, item in enumerate(items, 1):
                mark = {"numbered": f"{number}.", "boxes": "[ ]"}.get(kind, "-")
                page.hang(mark, item, indent=len(mark) + 3, start=2)
        case Grid():
            _grid(page, block)
        case Start(_):
            page.gap()
            page.lines += [page.styled("-" * page.columns, "dim")]


def _grid(page: Page, grid: Grid) -> None:
    page.gap()
    rows = (grid.heads, *grid.rows)
    widths = [max(columns_of(row[at]) for row in rows) + 2 for at in range(len(grid.heads) - 1)]
    if sum(widths) > page.columns // 2:
        for first, *others in grid.rows:
            page.hang("-", f"{first}: {'; '.join(others)}", indent=4, start=2)
        return
    for number, row in enumerate(rows):
        head = "".join(
            cell + " " * (wide - columns_of(cell)) for cell, wide in zip(row, widths, strict=False)
        )
        page.hang(
            head.rstrip(), row[-1], "dim" if not number else "", indent=sum(widths) + 2, start=2
        )
