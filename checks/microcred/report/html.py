"""A report as one page that stands alone: to file, to print, to send."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from importlib.resources import files

from microcred.report import Checked, Report, Unread, scores
from microcred.report.bars import picture
from microcred.report.characters import sentence, visible
from microcred.report.grouping import QUESTION, Entry, Group, Sheet, Spot, sheet
from microcred.report.words import COLUMNS, NOTE, OVERVIEW, about, heading, overview, say
from microcred.worksheets.assessment import Assessment

__all__ = ["findings_of", "standing", "write"]

# The page asks for nothing from anywhere and runs nothing, and says so to the browser.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


_CODE = re.compile(r"`([^`]+)`")


@lru_cache(maxsize=1)
def _style() -> str:
    return (files(__package__) / "html.css").read_text(encoding="utf-8")


def write(report: Report, *, language: str = "en") -> str:
    """Return *report* as an HTML page without scripts or outside files."""
    return standing(_title(report, language), _body(report, language), NOTE, language)


def standing(title: str, body: Iterable[str], note: str, language: str = "en") -> str:
    """Return a page that stands alone, with *body* as it is and *note* at its foot."""
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>{_(title)}</title>",
            f"<style>\n{_style()}</style>",
            "</head>",
            "<body>",
            "<main>",
            *body,
            "</main>",
            f"<footer><p>{_(say(note, language))}</p></footer>",
            "</body>",
            "</html>\n",
        )
    )


def findings_of(report: Report) -> Iterator[str]:
    """Yield the lines that tell what was found in the one document of *report*."""
    (document,) = report.documents
    if isinstance(document, Checked):
        seen = sheet(document, report)
        yield f'<p class="summary">{_(sentence(seen.summary))}</p>'
        for group in seen.groups:
            yield from _group(group, 2, "en")
        yield from _checked(seen, 2, "en")


def _(text: str) -> str:
    return escape(visible(text))


def _prose(text: str) -> str:
    """Return a sentence of ours, in which `backticks` stand around what is typed."""
    return _CODE.sub(r"<code>\1</code>", _(text))


def _title(report: Report, language: str) -> str:
    first = report.documents[0] if len(report.documents) == 1 else None
    if isinstance(first, Checked) and first.title:
        return f"{first.title} – {heading(report, language)}"
    return heading(report, language)


def _body(report: Report, language: str) -> Iterator[str]:
    one = len(report.documents) == 1
    if not one:
        yield f"<h1>{_(heading(report, language))}</h1>"
        yield from _facts(about(report, language))
        yield from _overview(report, language)
    for number, document in enumerate(report.documents, 1):
        yield f'<section id="document-{number}">'
        if isinstance(document, Unread):
            yield from _unread(document, 1 if one else 2, language)
        else:
            yield from _document(document, report, 1 if one else 2, language)
        yield "</section>"


def _facts(facts: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield '<dl class="about">'
    for label, value in facts:
        yield f"<dt>{_(label)}</dt><dd>{_(value)}</dd>"
    yield "</dl>"


def _overview(report: Report, language: str) -> Iterator[str]:
    yield f'<table class="overview"><caption>{_(say(OVERVIEW, language))}</caption><thead><tr>'
    for column in COLUMNS:
        yield f'<th scope="col">{_(say(column, language))}</th>'
    yield "</tr></thead><tbody>"
    for number, (name, counts) in enumerate(overview(report), 1):
        yield f'<tr><th scope="row"><a href="#document-{number}"><bdi>{_(name)}</bdi></a></th>'
        if counts is None:
            yield f'<td colspan="{len(COLUMNS) - 1}">{_(say("not read", language))}</td></tr>'
        else:
            yield "".join(f"<td>{count}</td>" for count in counts) + "</tr>"
    yield "</tbody></table>"


def _unread(document: Unread, depth: int, language: str) -> Iterator[str]:
    yield f'<h{depth} dir="auto">{_(document.source)}</h{depth}>'
    told = say("This file could not be read, so nothing in it was checked.", language)
    yield f'<p class="summary">{_(told)}</p>'
    yield f"<p>{_prose(sentence(document.message))}</p>"
    yield f"<p>{_prose(sentence(document.fix))}</p>"


def _document(document: Checked, report: Report, depth: int, language: str) -> Iterator[str]:
    seen = sheet(document, report, language)
    if depth == 1:
        yield f'<p class="kicker">{_(heading(report, language))}</p>'
    yield f'<h{depth} dir="auto">{_(seen.title)}</h{depth}>'
    yield f'<p class="summary">{_(sentence(seen.summary))}</p>'
    file = (say("File", language), seen.origin)
    yield from _facts((file, *about(report, language)) if depth == 1 else (file,))
    if seen.rows:
        yield from _elements(seen, depth + 1, language)
    if seen.assessment:
        number = report.documents.index(document) + 1
        yield from _assessment(seen.assessment, depth + 1, f"scores-{number}", language)
    for group in seen.groups:
        yield from _group(group, depth + 1, language)
    yield from _checked(seen, depth + 1, language)


def _elements(seen: Sheet, depth: int, language: str) -> Iterator[str]:
    yield f"<h{depth}>{_(say('Elements', language))}</h{depth}>"
    yield '<table class="elements"><thead><tr>'
    for column in ("Element", "Status"):
        yield f'<th scope="col">{_(say(column, language))}</th>'
    yield "</tr></thead><tbody>"
    for row in seen.rows:
        # "Country(ies)/Region(s)" may break at its stroke.
        name = _(row.name).replace("/", "/<wbr>")
        yield f'<tr class="{row.status.value}"><th scope="row"><span>{row.id}</span>{name}</th>'
        mark = f'<span aria-hidden="true">{row.mark}</span>'
        yield f'<td class="status">{mark}{_(row.words)}</td></tr>'
    yield "</tbody></table>"


def _assessment(found: Assessment, depth: int, prefix: str, language: str) -> Iterator[str]:
    if drawn := picture(found, prefix=prefix, language=language):
        yield f"<h{depth}>{_(say('Scores', language))}</h{depth}>"
        yield f"<p>{_(sentence(scores.summary(found, language)))}</p>"
        yield f'<figure class="scores">{drawn}</figure>'
        yield from _scores(found, language)
    for block in scores.blocks(found, language):
        yield f"<h{depth}>{_(block.heading)}</h{depth}>"
        yield f'<p class="meaning">{_(block.intro)}</p>'
        yield "<ul>"
        for point, lines in block.points:
            told = "".join(f"<dt>{_(label)}</dt><dd>{_(words)}</dd>" for label, words in lines)
            yield f"<li>{_(point)}{f'<dl>{told}</dl>' if told else ''}</li>"
        yield "</ul>"


def _scores(found: Assessment, language: str) -> Iterator[str]:
    meaning = f"{say('Scale', language)}: {scores.scale(found, language)}"
    yield f'<table class="lines"><caption>{_(meaning)}</caption><thead><tr>'
    for column in ("Line", "Score", "Counts"):
        yield f'<th scope="col">{_(say(column, language))}</th>'
    yield "</tr></thead><tbody>"
    for id, text, given, counts in scores.lines(found, language):
        yield f'<tr><th scope="row">{_(f"{id} {text}")}</th><td>{_(given)}</td><td>{_(counts)}</td>'
        yield "</tr>"
    yield "</tbody></table>"


def _group(group: Group, depth: int, language: str) -> Iterator[str]:
    yield f"<h{depth}>{_(group.heading)}</h{depth}>"
    yield f'<p class="meaning">{_(group.meaning)}</p>'
    for entry in group.entries:
        yield f'<div class="finding {group.key}">'
        yield from _entry(entry, group.key, depth + 1, language)
        yield "</div>"


def _entry(entry: Entry, key: str, depth: int, language: str) -> Iterator[str]:
    yield f'<h{depth}><span class="id">{_id(entry)}</span> {_(entry.title)}</h{depth}>'
    yield "<ul>"
    for spot in entry.spots:
        yield from _spot(spot, language)
    if entry.more:
        yield f"<li>{_(entry.more)}</li>"
    yield "</ul>"
    level = entry.level if key == QUESTION else ""
    lines = (("Level", level), ("Fix", entry.fix), ("Why", entry.why), ("Basis", entry.basis))
    yield "<dl>"
    for label, text in lines:
        if text:
            yield f"<dt>{_(say(label, language))}</dt><dd>{_prose(text)}</dd>"
    yield "</dl>"


def _spot(spot: Spot, language: str) -> Iterator[str]:
    yield f'<li><span dir="auto">{_prose(spot.message)}</span>'
    for place in spot.places:
        yield f'<span class="place">{_(place)}</span>'
    if spot.fix:
        yield f"<strong>{_(say('Fix', language))}:</strong> {_prose(spot.fix)}"
    yield "</li>"


def _id(entry: Entry) -> str:
    # A saved page is not part of the site: a relative link would lead nowhere.
    if not entry.url.startswith(("https://", "http://")):
        return _(entry.rule)
    return f'<a href="{_(entry.url)}">{_(entry.rule)}</a>'


def _checked(seen: Sheet, depth: int, language: str) -> Iterator[str]:
    yield f"<h{depth}>{_(say('What was checked', language))}</h{depth}>"
    for label, ids in seen.checked:
        yield f"<p>{_(sentence(label))}</p>"
        if ids:
            yield f'<p class="ids">{_(ids)}</p>'
