"""Sphinx extension: what is wide breaks where it may, and else the keyboard can scroll it."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["focusable", "setup"]

HEADING = re.compile(r"<h[1-6][^>]*>(?P<title>.*?)<a class=\"headerlink\"", re.DOTALL)
CAPTION = re.compile(r"<caption>.*?<span class=\"caption-text\">(?P<title>.*?)</span>", re.DOTALL)
# Furo gives the wrapper of a captioned table the id that the table has, too.
WRAPPER = re.compile(r'<div class="table-wrapper(?P<more>[^"]*)"(?: id="[^"]*")?>')
# A picture with an arrangement for phones says so by its class.
PICTURE = re.compile(
    r'<svg(?![^>]* class="way-)[^>]* viewBox="0 0 (?P<width>\d+) [^>]*>\s*'
    r"<title[^>]*>(?P<title>[^<]*)</title>.*?</svg>",
    re.DOTALL,
)
FITS = 432  # units: the letters of a wider picture would be smaller than 10 pixels on a phone
CODE = re.compile(r'(?<=<span class="pre">)[^<]*(?=</span>)')
TAG = re.compile(r"<[^>]+>")


def _words(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())


def _name(body: str, start: int) -> str:
    """Return what the table that begins at *start* is about: its caption or its section."""
    end = body.find("</table>", start)
    if caption := CAPTION.search(body, start, end):
        return _words(caption["title"])
    headings = [match["title"] for match in HEADING.finditer(body, 0, start)]
    return _words(headings[-1]) if headings else "Table"


def _framed(match: re.Match[str]) -> str:
    width = match["width"]
    if int(width) <= FITS:
        return match[0]
    name = escape(_words(match["title"]))
    attributes = f'tabindex="0" role="region" aria-label="Picture: {name}"'
    return f'<div class="picture" {attributes} style="--units: {width}">{match[0]}</div>'


def _breakable(match: re.Match[str]) -> str:
    """Return code whose lines may break after a slash, as they do after a hyphen."""
    return re.sub(r"(?<=\w/)(?=\w)", "<wbr>", match[0])


def focusable(body: str) -> str:
    """Return the page with tables and wide pictures as named regions, and code that takes focus."""
    seen: dict[str, int] = {}

    def region(match: re.Match[str]) -> str:
        name = _name(body, match.start())
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}, table {seen[name]}"
        attributes = f'tabindex="0" role="region" aria-label="{escape(name)}"'
        return f'<div class="table-wrapper{match["more"]}" {attributes}>'

    body = CODE.sub(_breakable, PICTURE.sub(_framed, WRAPPER.sub(region, body)))
    return body.replace('<div class="highlight"><pre>', '<div class="highlight"><pre tabindex="0">')


def _page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: object
) -> None:
    if isinstance(body := context.get("body"), str):
        context["body"] = focusable(body)


def setup(app: Sphinx) -> dict[str, object]:
    """Connect to Sphinx."""
    app.connect("html-page-context", _page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
