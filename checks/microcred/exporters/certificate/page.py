"""The certificate supplement as one accessible page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from microcred.credential import Credential
from microcred.exporters.certificate.content import Entry, Row, Section, Supplement, Words
from microcred.exporters.certificate.supplement import supplement
from microcred.exporters.source import Options, Source, Step

__all__ = ["page", "square_code"]


def page(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:  # noqa: ARG001 - every writer is called alike
    """Return the supplement as a page.

    Raises:
        Problem: the description is an offer, or names no learner.
    """
    source = Source(credential)
    whole = supplement(credential, source)
    return "".join(_page(whole)), source.steps()


def square_code(address: str, said: str) -> str:
    """Return an address as a square code in SVG, with the words that stand for it."""
    import segno

    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=2, scale=3, dark="#123a52", light="#fff", omitsize=True)
    inside = f"<title>{escape(said)}: {escape(address)}</title>"
    return drawn.replace("<svg ", '<svg role="img" ', 1).replace(">", f">{inside}", 1)


def _page(whole: Supplement) -> Iterator[str]:
    style = (files(__package__) / "supplement.css").read_text(encoding="utf-8")
    title = f"{whole.title.text} – {whole.learner.text}"
    direction = ' dir="rtl"' if whole.title.right_to_left else ""
    yield f'<!doctype html>\n<html lang="{_tag(whole.language)}"{direction}>\n<head>\n'
    yield '<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta http-equiv="Content-Security-Policy" '
    yield "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
    yield "<header>\n"
    yield _said("p", whole.kind, whole.language, "kind")
    yield _said("h1", whole.title, whole.language)
    yield _said("p", whole.awarded_to, whole.language, "to")
    yield _said("p", whole.learner, whole.language, "who")
    yield "</header>\n"
    yield from _glance(whole)
    yield _said("p", whole.statement, whole.language, "note")
    for number, section in enumerate(whole.sections, 1):
        yield from _section(section, number, whole.language)
    yield "<footer>\n" + _said("p", whole.source, whole.language) + "</footer>\n"
    yield "</main>\n</body>\n</html>\n"


def _glance(whole: Supplement) -> Iterator[str]:
    yield '<div class="glance">\n<dl>\n'
    for row in whole.glance:
        yield from _row(row, whole.language)
    yield "</dl>\n"
    if whole.verification:
        address = escape(whole.verification, quote=True)
        yield "<figure>\n" + square_code(whole.verification, whole.code.text)
        yield f"<figcaption>{escape(whole.verify.text)}: "
        yield f'<a href="{address}">{escape(whole.verification)}</a></figcaption>\n</figure>\n'
    yield "</div>\n"


def _section(section: Section, number: int, language: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{section.id}">\n'
    count = f'<span class="number">{number}</span> ' if section.id != "rest" else ""
    heading = escape(section.heading.text)
    yield f'<h2 id="{section.id}"{_spoken(section.heading, language)}>{count}{heading}</h2>\n'
    if section.absent:
        yield _said("p", section.absent, language, "absent")
    for entry in section.entries:
        yield from _entry(entry, language)
    yield "</section>\n"


def _entry(entry: Entry, language: str) -> Iterator[str]:
    if entry.head:
        yield _said("h3", entry.head, language)
    if entry.rows:
        yield "<dl>\n"
        for row in entry.rows:
            yield from _row(row, language)
        yield "</dl>\n"


def _row(row: Row, language: str) -> Iterator[str]:
    yield _said("dt", row.name, language)
    if all(value.language == row.values[0].language for value in row.values):
        told = Words("; ".join(value.text for value in row.values), row.values[0].language)
        yield _said("dd", told, language)
        return
    for value in row.values:
        yield _said("dd", value, language)


def _said(tag: str, words: Words, language: str, name: str = "") -> str:
    named = f' class="{name}"' if name else ""
    return f"<{tag}{named}{_spoken(words, language)}>{escape(words.text)}</{tag}>\n"


def _spoken(words: Words, language: str) -> str:
    """Return the attributes of words that are in another language than the page."""
    if words.language == language:
        return ""
    direction = ' dir="rtl"' if words.right_to_left else ""
    return f' lang="{_tag(words.language)}"{direction}'


def _tag(language: str) -> str:
    return escape(language, quote=True)
