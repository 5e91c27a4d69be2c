"""A report to paste into an issue or an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from microcred.report import Checked, Report, Unread, scores
from microcred.report.characters import sentence, visible
from microcred.report.grouping import QUESTION, Entry, Group, Sheet, Spot, sheet
from microcred.report.words import COLUMNS, NOTE, OVERVIEW, about, heading, overview, say
from microcred.worksheets.assessment import Assessment

__all__ = ["escaped", "findings_of", "write"]

# Markup, raw HTML, tables, and what code hosts turn into formulas.
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~#$])")
# Addresses in a reader's own text stay text, and "@name" calls nobody.
_ADDRESS = re.compile(r"(?i)(?<=[a-z])(?=://)|(?<=www)(?=\.)")


def escaped(text: str) -> str:
    """Return *text* as Markdown that shows exactly these words."""
    text = _MARKUP.sub(r"\\\1", visible(text))
    text = _ADDRESS.sub(r"\\", text).replace("@", "@&#8203;")
    # A number or a sign at the beginning would open a list.
    return re.sub(r"^(\d{1,9})?([.)+=-])(?=\s|$|[-=])", r"\1\\\2", text)


def _prose(text: str) -> str:
    """Return a sentence of ours, in which `backticks` stand around what is typed."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0:
        return escaped(text)  # a reader's own backtick: nothing is taken for code
    return "".join(f"`{part}`" if n % 2 and part else escaped(part) for n, part in enumerate(parts))


def write(report: Report, *, language: str = "en") -> str:
    """Return *report* as Markdown."""
    return "\n".join(_lines(report, language)).rstrip() + "\n"


def findings_of(report: Report) -> Iterator[str]:
    """Yield the lines that tell what was found in the one document of *report*."""
    (document,) = report.documents
    if isinstance(document, Checked):
        seen = sheet(document, report)
        yield from (f"**{escaped(sentence(seen.summary))}**", "")
        for group in seen.groups:
            yield from _group(group, "#", "en")
        yield from _checked(seen, "#", "en")


def _lines(report: Report, language: str) -> Iterator[str]:
    one = len(report.documents) == 1
    depth = "#" if one else "##"
    if not one:
        yield from (f"# {escaped(heading(report, language))}", "")
        yield from _about(report, language)
        yield from _overview(report, language)
    for document in report.documents:
        if isinstance(document, Unread):
            yield from _unread(document, depth, language)
        else:
            yield from _document(document, report, depth, language)
    yield from ("---", "", escaped(say(NOTE, language)))


def _about(report: Report, language: str) -> Iterator[str]:
    for label, value in about(report, language):
        yield f"- {label}: {escaped(value)}"
    yield ""


def _overview(report: Report, language: str) -> Iterator[str]:
    yield from (f"{escaped(say(OVERVIEW, language))}:", "")
    yield "| " + " | ".join(say(column, language) for column in COLUMNS) + " |"
    yield "|" + "---|" * len(COLUMNS)
    unread = (say("not read", language), *[""] * (len(COLUMNS) - 2))
    for name, counts in overview(report):
        yield "| " + " | ".join((escaped(name), *map(str, counts or unread))) + " |"
    yield ""


def _unread(document: Unread, depth: str, language: str) -> Iterator[str]:
    told = say("This file could not be read, so nothing in it was checked.", language)
    yield from (f"{depth} {escaped(document.source)}", "", told, "")
    yield from (_prose(sentence(document.message)), "", _prose(sentence(document.fix)), "")


def _document(document: Checked, report: Report, depth: str, language: str) -> Iterator[str]:
    seen = sheet(document, report, language)
    yield from (f"{depth} {escaped(seen.title)}", "", f"**{escaped(sentence(seen.summary))}**", "")
    yield f"- {say('File', language)}: {escaped(seen.origin)}"
    if len(report.documents) == 1:
        yield from _about(report, language)
    else:
        yield ""
    if seen.rows:
        yield from _elements(seen, depth, language)
    if seen.assessment:
        yield from _assessment(seen.assessment, depth, language)
    for group in seen.groups:
        yield from _group(group, depth, language)
    yield from _checked(seen, depth, language)


def _elements(seen: Sheet, depth: str, language: str) -> Iterator[str]:
    yield from (f"{depth}# {say('Elements', language)}", "")
    yield f"| | {say('Element', language)} | {say('Status', language)} |"
    yield "|---|---|---|"
    for row in seen.rows:
        yield f"| {row.id} | {escaped(row.name)} | {row.mark} {row.words} |"
    yield ""


def _assessment(found: Assessment, depth: str, language: str) -> Iterator[str]:
    shown = scores.bars(found, language)
    if shown:
        yield from (f"{depth}# {say('Scores', language)}", "")
        yield from (escaped(sentence(scores.summary(found, language))), "")
        yield f"{say('Scale', language)}: {escaped(scores.scale(found, language))}"
        yield from ("", f"| {say('Area', language)} | {say('Score', language)} |", "|---|---|")
        yield from (f"| {escaped(bar.title)} | {escaped(bar.words)} |" for bar in shown)
        yield ""
    for block in scores.blocks(found, language):
        yield from (f"{depth}# {escaped(block.heading)}", "", escaped(block.intro), "")
        for point, lines in block.points:
            yield f"- {escaped(point)}"
            yield from (f"  - {escaped(label)}: {escaped(words)}" for label, words in lines)
        yield ""


def _group(group: Group, depth: str, language: str) -> Iterator[str]:
    yield from (f"{depth}# {escaped(group.heading)}", "", escaped(group.meaning), "")
    for entry in group.entries:
        yield from _entry(entry, group.key, language)
        yield ""


def _entry(entry: Entry, key: str, language: str) -> Iterator[str]:
    level = f" ({entry.level})" if key == QUESTION else ""
    yield f"- **{_id(entry)}**{level}: {escaped(entry.title)}"
    for spot in entry.spots:
        yield from _spot(spot, language)
    if entry.more:
        yield f"  - {escaped(entry.more)}"
    for label, text in (("Fix", entry.fix), ("Why", entry.why), ("Basis", entry.basis)):
        if text:
            yield f"  - {say(label, language)}: {_prose(text)}"


def _spot(spot: Spot, language: str) -> Iterator[str]:
    yield f"  - {_prose(spot.message)} *{escaped('; '.join(spot.places))}*"
    if spot.fix:
        yield f"    - {say('Fix', language)}: {_prose(spot.fix)}"


def _id(entry: Entry) -> str:
    # A link that is relative to the site leads nowhere from an issue or an e-mail.
    return f"[{entry.rule}]({entry.url})" if "://" in entry.url else entry.rule


def _checked(seen: Sheet, depth: str, language: str) -> Iterator[str]:
    yield from (f"{depth}# {say('What was checked', language)}", "")
    for label, ids in seen.checked:
        yield f"- {escaped(label)}: {escaped(ids)}" if ids else f"- {escaped(label)}"
    yield ""
