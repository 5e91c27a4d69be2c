"""A picture of a stack: its parts, the bar that they fill, and the qualification above them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Final

from microcred.report.characters import visible
from microcred.stacking.parts import Stack
from microcred.stacking.summary import Line, Summary, summary

__all__ = ["alternative", "svg"]

WIDTH: Final = 680
_MARGIN, _LEFT, _ROW, _HEAD = 24, 24, 78, 118
_BOX: Final = 430  # where the boxes of parts end and their sizes begin


@lru_cache(maxsize=1)
def _style() -> str:
    return (files(__package__) / "picture.css").read_text(encoding="utf-8")


def svg(stack: Stack) -> str:
    """Return the picture as SVG that stands alone, with its text alternative."""
    told = summary(stack)
    height = _HEAD + len(told.lines) * _ROW + 96
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" class="stack-picture" role="img" '
            'aria-labelledby="stack-title stack-desc">',
            f'<title id="stack-title">{_(f"Stack into {told.title}")}</title>',
            f'<desc id="stack-desc">{_(alternative(stack))}</desc>',
            f"<style>\n{_style()}</style>",
            f'<rect class="stack-ground" width="{WIDTH}" height="{height}"/>',
            *_whole(told),
            *(line for at, part in enumerate(told.lines) for line in _part(part, at)),
            *_bar(stack, told, height - 78),
            "</svg>\n",
        )
    )


def alternative(stack: Stack) -> str:
    """Return in words what the picture shows."""
    told = summary(stack)
    parts = "; ".join(
        f"{line.step}. {line.title}, {line.size}, {line.level}, "
        + ", ".join(filter(None, ("earned" if line.earned else "offered", line.after)))
        + ("" if line.counts else ", not counted twice")
        for line in told.lines
    )
    last = f" The parts are joined by: {told.integrative}." if told.integrative else ""
    return (
        f"{told.title}, {told.level}, {told.whole}, decided by {told.decides}. "
        f"Parts: {parts}. Together {told.total}; accepted: {told.accepted}.{last}"
    )


def _(text: str) -> str:
    return escape(visible(text))


def _text(x: float, y: float, text: str, classes: str, anchor: str = "start") -> str:
    named = " ".join(f"stack-{one}" for one in classes.split())
    return f'<text x="{x:g}" y="{y:g}" class="{named}" text-anchor="{anchor}">{_(text)}</text>'


def _short(text: str, columns: int) -> str:
    return textwrap.shorten(visible(text), columns, placeholder="…") or visible(text)[:columns]


def _whole(told: Summary) -> Iterator[str]:
    yield f'<rect class="stack-whole" x="{_LEFT}" y="20" width="{WIDTH - 48}" height="74" rx="6"/>'
    yield _text(_LEFT + 16, 48, _short(told.title, 64), "on big")
    yield _text(_LEFT + 16, 74, _short(f"{told.level} · {told.whole} · {told.owner}", 80), "on")
    if told.integrative:
        yield _text(_LEFT, _HEAD - 4, _short(f"joined by: {told.integrative}", 80), "soft small")


def _part(line: Line, at: int) -> Iterator[str]:
    top = _HEAD + 8 + at * _ROW
    kind = "part" if line.earned else "offer"
    yield (
        f'<rect class="stack-{kind}" x="{_LEFT}" y="{top}" width="{_BOX - _LEFT}" '
        'height="58" rx="6"/>'
    )
    yield _text(_LEFT + 14, top + 24, _short(f"{line.step}. {line.title}", 50), "ink")
    state = "earned" if line.earned else "offered"
    below = " · ".join(filter(None, (state, line.after, line.provider)))
    yield _text(_LEFT + 14, top + 45, _short(below, 58), "soft small")
    size = line.size if line.counts else f"{line.size}: not twice"
    yield _text(_BOX + 18, top + 24, size, "ink" if line.counts else "warn")
    yield _text(_BOX + 18, top + 45, _short(f"{line.level} {line.until}", 36), "soft small")


def _bar(stack: Stack, told: Summary, top: float) -> Iterator[str]:
    """Draw how far the parts reach, and the least and most that the programme takes in."""
    yield _text(_LEFT, top, f"Together {told.total}; accepted: {told.accepted}", "ink")
    size = (stack.target.get("size") or {}).get("points")
    marks = [float(one) for one in (stack.accepts.get("min"), stack.accepts.get("max")) if one]
    most = max(float(size or 0), stack.total.high, *marks, 0.001) if marks or size else 0
    if not most:
        return
    scale = (WIDTH - 2 * _MARGIN) / most
    yield (
        f'<rect class="stack-rail" x="{_LEFT}" y="{top + 14}" '
        f'width="{most * scale:.1f}" height="18"/>'
    )
    low, high = stack.total.low * scale, stack.total.high * scale
    yield f'<rect class="stack-bar" x="{_LEFT}" y="{top + 14}" width="{low:.1f}" height="18"/>'
    yield (
        f'<rect class="stack-bar" opacity=".45" x="{_LEFT + low:.1f}" y="{top + 14}" '
        f'width="{high - low:.1f}" height="18"/>'
    )
    for mark in marks:
        x = _LEFT + mark * scale
        yield (
            f'<line class="stack-mark" stroke-width="3" x1="{x:.1f}" x2="{x:.1f}" '
            f'y1="{top + 9}" y2="{top + 37}"/>'
        )
        anchor = "end" if x > WIDTH - 60 else "middle"
        yield _text(x, top + 54, f"{mark:g}", "soft small", anchor)
