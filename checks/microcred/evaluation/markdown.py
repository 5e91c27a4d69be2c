"""An evaluation in Markdown, to file or to paste into a case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microcred.evaluation.model import Evaluation
from microcred.evaluation.outline import Block, Bullets, Facts, Grid, Heading, Start, Text, outline
from microcred.report.markdown import escaped as _

__all__ = ["write"]


def write(seen: Evaluation, *, language: str = "en") -> str:
    """Return an evaluation as Markdown; what the file says can't become markup."""
    lines = "\n\n".join("\n".join(_block(block)) for block in outline(seen, language))
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {_(text)}"
        case Text(text, style):
            yield f"**{_(text)}**" if style in ("lead", "label") else _(text)
        case Facts(rows):
            for label, value, place in rows:
                yield f"- {_(label)}: {_(value)}{f' ({_(place)})' if place else ''}"
        case Bullets(items, kind):
            for number, item in enumerate(items, 1):
                yield f"{ {'numbered': f'{number}.', 'boxes': '- [ ]'}.get(kind, '-') } {_(item)}"
        case Grid(_caption, heads, rows):
            yield f"| {' | '.join(map(_, heads))} |"
            yield f"|{' --- |' * len(heads)}"
            for row in rows:
                yield f"| {' | '.join(map(_, row))} |"
        case Start(_part):
            yield "---"
