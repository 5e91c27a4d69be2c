"""A picture of scores as bars, in pure Python: an SVG to stand inside a page.

Letters and lines take the colour of the page around them, and the bars have one that shows on light
and on dark ground. What counts is filled, what was only claimed is hatched, and each bar has its
number in words, so that nothing hangs on a colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from typing import Final

from microcred.report.scores import Bar, alternative, bars, legend
from microcred.report.words import say
from microcred.worksheets.assessment import Assessment

__all__ = ["picture"]

_WIDTH: Final = 360  # units; letters stay readable where a phone shows it at four fifths
_BAR: Final = 14
_LINE: Final = 18
_GAP: Final = 12
_LABEL: Final = 34  # characters beside the number
_FILL: Final = "#3b7dc4"  # 4.2 : 1 on white, 4.3 : 1 on the dark ground of the report


def picture(assessment: Assessment, *, prefix: str = "scores", language: str = "en") -> str:
    """Return the picture, or an empty text where nothing is scored.

    ``prefix`` begins the ids in it, so that several can stand in one page.
    """
    shown = bars(assessment, language)
    if not shown:
        return ""
    body: list[str] = []
    y = 0
    for bar in shown:
        y = _bar(bar, y, body, prefix, assessment.highest)
    y = _legend(y, body, prefix, legend(assessment, language))
    name, told = f"{prefix}-title", f"{prefix}-text"
    title = say("Scores of {title}", language, title=assessment.title)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name} {told}" '
            f'viewBox="0 0 {_WIDTH} {y}" width="{_WIDTH}" height="{y}" font-size="14" '
            'font-family="system-ui, sans-serif" fill="currentColor">',
            f'<title id="{name}">{escape(title)}</title>',
            f'<desc id="{told}">{escape(alternative(assessment, language))}</desc>',
            f'<defs><pattern id="{prefix}-hatch" width="6" height="6" '
            'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="2.5" height="6" fill="{_FILL}"/></pattern></defs>',
            *body,
            "</svg>",
        )
    )


def _bar(bar: Bar, y: int, body: list[str], prefix: str, highest: int) -> int:
    """Add a bar with its label and return where the next one begins."""
    lines = textwrap.wrap(bar.title, _LABEL, break_long_words=True) or [""]
    for number, line in enumerate(lines[:3]):
        body.append(f'<text x="0" y="{y + 14 + number * _LINE}">{escape(line)}</text>')
    body.append(f'<text x="{_WIDTH}" y="{y + 14}" text-anchor="end">{escape(bar.words)}</text>')
    top = y + _LINE * len(lines[:3]) + 2
    body += _filled(bar, top, prefix, highest)
    body.append(
        f'<rect x="0.5" y="{top + 0.5}" width="{_WIDTH - 1}" height="{_BAR - 1}" fill="none" '
        'stroke="currentColor" stroke-opacity="0.6"/>'
    )
    for step in range(1, highest):
        x = round(_WIDTH * step / highest, 1)
        body.append(
            f'<line x1="{x}" y1="{top}" x2="{x}" y2="{top + _BAR}" stroke="currentColor" '
            'stroke-opacity="0.35"/>'
        )
    return top + _BAR + _GAP


def _filled(bar: Bar, top: int, prefix: str, highest: int) -> Iterator[str]:
    for share, fill in ((bar.claimed, f"url(#{prefix}-hatch)"), (bar.counted, _FILL)):
        if share:
            wide = round(_WIDTH * share / highest, 1)
            # Under the filled part the hatched one can't be seen.
            yield f'<rect x="0" y="{top}" width="{wide}" height="{_BAR}" fill="{fill}"/>'


def _legend(y: int, body: list[str], prefix: str, words: tuple[str, ...]) -> int:
    for fill, said in zip((_FILL, f"url(#{prefix}-hatch)"), words, strict=False):
        body.append(
            f'<rect x="0.5" y="{y + 3}" width="22" height="12" fill="{fill}" '
            'stroke="currentColor" stroke-opacity="0.6"/>'
        )
        body.append(f'<text x="30" y="{y + 14}" font-size="13">{escape(said)}</text>')
        y += _LINE + 2
    return y
