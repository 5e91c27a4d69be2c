"""Pieces of the pages of a catalogue: head and foot, facts, badge."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from microcred.catalogues.publish.entries import Entry
from microcred.report.characters import visible
from microcred.vocabularies import vocabulary

__all__ = [
    "GENERATOR",
    "About",
    "card",
    "code",
    "credits_of",
    "data_block",
    "facts",
    "levels_of",
    "page",
    "result",
    "said",
    "text",
]

Json = dict[str, Any]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# By which our own pages are known, when they are to be taken away again.
GENERATOR: Final = '<meta name="generator" content="microcred">'
# Languages that are written from right to left.
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class About:
    """What holds for the whole catalogue."""

    title: str
    address: str  # where it will stand, with a final slash; empty where nobody knows
    profile: str
    checked_on: str
    tool: str


def text(words: object) -> str:
    """Return words as they stand in HTML."""
    return escape(visible(str(words)))


def said(words: str, language: str) -> str:
    """Return the attributes of an element whose words are in *language*."""
    direction = "rtl" if language in _RIGHT_TO_LEFT else "auto"
    stated = f' lang="{text(language)}"' if language and language != "en" else ""
    return f'{stated} dir="{direction}"' if words else ""


def page(about: About, title: str, body: str, *, up: str = "", head: str = "") -> str:
    """Return a whole page; *up* leads from it to the folder of the catalogue."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
{GENERATOR}
<title>{text(title)}</title>
<link rel="icon" href="{up}badge/clear.svg">
<link rel="stylesheet" href="{up}catalogue.css">
<link rel="alternate" type="application/atom+xml" title="{text(about.title)}" href="{up}feed.atom">
<link rel="alternate" type="application/feed+json" title="{text(about.title)}" href="{up}feed.json">
{head}</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header><p><a href="{up}index.html">{text(about.title)}</a></p></header>
<main id="content">
{body}
</main>
<footer>
<p>Checked on {about.checked_on} against the profile {text(about.profile)} by {text(about.tool)}.
A check says what was found; it is no decision about recognition.</p>
<p><a href="{up}list/1.html">All as a list</a> · <a href="{up}feed.atom">Atom feed</a> ·
<a href="{up}feed.json">JSON feed</a></p>
</footer>
</body>
</html>
"""


def code(listed: str, value: object) -> str:
    """Return the label of a value of a list, or the value where the list lacks it."""
    entry = vocabulary(listed).find(str(value))
    return entry.label() if entry else str(value or "")


def credits_of(entry: Entry) -> str:
    """Return the credits in words."""
    return ", ".join(f"{points:g} {system}" for system, points in entry.description.credits.items())


def levels_of(entry: Entry) -> list[str]:
    """Return the levels in words: the European one first, then those of countries."""
    description = entry.description
    national = filter(None, description.level.get("national", ()))
    stated = [(item.get("framework", ""), item["level"]) for item in national if "level" in item]
    european = [("EQF level", description.eqf)] if description.eqf else []
    return [f"{framework} {level}".strip() for framework, level in (*european, *stated)]


def facts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what people compare, each with its label."""
    description = entry.description
    participation, information = description.participation, description.information
    if entry.provider:
        yield "Provider", entry.provider
    if description.hours:
        size = f"{description.hours:g} hours"
        yield "Size", f"{size}, {credits_of(entry)}" if description.credits else size
    elif description.credits:
        yield "Size", credits_of(entry)
    if levels := levels_of(entry):
        yield "Level", ", ".join(levels)
    if description.mode:
        yield "Form", code("modes", description.mode)
    if languages := participation.get("languages"):
        yield "Taught in", ", ".join(code("languages", item) for item in languages)
    for label, value in (
        ("Place", participation.get("place")),
        ("Times", participation.get("schedule")),
        ("Price", information.get("price")),
    ):
        if told := description.text(value):
            yield label, told
    if entry.country:
        yield "Country", code("countries", entry.country)


def result(entry: Entry) -> tuple[str, str]:
    """Return what the check of a record came to: a class for its look, and the words."""
    counts = entry.counts()
    if counts["must"]:
        rules = "rule is" if counts["must"] == 1 else "rules are"
        return "broken", f"{counts['must']} must {rules} not met"
    if counts["should"]:
        return "partly", f"every must rule is met, {counts['should']} should not"
    return "clear", "every must rule is met"


def card(entry: Entry, up: str = "") -> str:
    """Return a record as it stands in a list."""
    shown: Sequence[str] = [
        value for label, value in facts(entry) if label in ("Size", "Level", "Form", "Taught in")
    ]
    return (
        f'<li><a href="{up}mc/{entry.slug}.html"{said(entry.title, entry.language)}>'
        f"{text(entry.title or '(no title)')}</a>"
        f'<span class="by" dir="auto">{text(entry.provider)}</span>'
        f'<span class="facts">{text(" · ".join(shown))}</span></li>'
    )


def data_block(data: Json) -> str:
    """Return JSON-LD as a block that no browser runs, and that nothing in it can end."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        written = written.replace(sign, escaped)
    return f'<script type="application/ld+json">{written}</script>\n'
