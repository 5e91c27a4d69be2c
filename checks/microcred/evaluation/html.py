"""An evaluation as a page that stands alone, and as a fragment for a page that is there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Final

from microcred.evaluation.model import Evaluation
from microcred.evaluation.outline import (
    Block,
    Bullets,
    Facts,
    Grid,
    Heading,
    Start,
    Text,
    outline,
    title,
)
from microcred.report.characters import visible
from microcred.report.words import say

__all__ = ["fragment", "write"]

# The page asks for nothing from anywhere and runs nothing, and says so to the browser.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


@lru_cache(maxsize=1)
def _style() -> str:
    shared = (files("microcred.report") / "html.css").read_text(encoding="utf-8")
    return shared + (files(__package__) / "html.css").read_text(encoding="utf-8")


def write(seen: Evaluation, *, language: str = "en") -> str:
    """Return an evaluation as an HTML page without scripts, pictures or outside files."""
    head = f"{title(seen, language)} – {say('Recognition view', language)}"
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>{_(head)}</title>",
            f"<style>\n{_style()}</style>",
            "</head>",
            "<body>",
            "<main>",
            fragment(seen, language=language),
            "</main>",
            "</body>",
            "</html>\n",
        )
    )


def fragment(seen: Evaluation, *, language: str = "en", level: int = 1) -> str:
    """Return an evaluation as HTML to put into a page; its headings begin at *level*."""
    lines = ['<div class="evaluation"><section class="view">']
    for block in outline(seen, language):
        lines += _block(block, level - 1)
    return "\n".join((*lines, "</section></div>"))


def _(text: str) -> str:
    return escape(visible(text))


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _block(block: Block, deeper: int) -> Iterator[str]:
    match block:
        case Heading(level, text):
            tag = f"h{level + deeper}"
            yield f'<{tag} dir="auto">{_(text)}</{tag}>'
        case Text(text, style):
            yield f'<p{_class(style)} dir="auto">{_(text)}</p>'
        case Facts(rows):
            yield "<dl>"
            for label, value, place in rows:
                where = f' <span class="place">{_(place)}</span>' if place else ""
                yield f'<dt>{_(label)}</dt><dd><span dir="auto">{_(value)}</span>{where}</dd>'
            yield "</dl>"
        case Bullets(items, kind):
            yield from _list(items, kind)
        case Grid(caption, heads, rows):
            yield from _table(caption, heads, rows)
        case Start(part):
            yield f'</section><section class="{part}">'


def _list(items: tuple[str, ...], kind: str) -> Iterator[str]:
    tag = "ol" if kind == "numbered" else "ul"
    yield f"<{tag}{_class(kind if kind == 'boxes' else '')}>"
    for item in items:
        box = '<span aria-hidden="true">☐</span> ' if kind == "boxes" else ""
        yield f'<li dir="auto">{box}{_(item)}</li>'
    yield f"</{tag}>"


def _table(
    caption: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> Iterator[str]:
    yield f"<table><caption>{_(caption)}</caption><thead><tr>"
    yield "".join(f'<th scope="col">{_(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{_(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{_(first)}</th>{cells}</tr>'
    yield "</tbody></table>"
