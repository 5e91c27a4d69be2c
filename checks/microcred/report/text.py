"""A report for people who read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from microcred.report import Checked, Report, Unread, scores
from microcred.report.characters import ending, sentence, visible, wrapped
from microcred.report.characters import width as columns_of
from microcred.report.grouping import QUESTION, Entry, Group, Row, Sheet, sheet
from microcred.report.page import Page
from microcred.report.words import COLUMNS, NOTE, OVERVIEW, about, heading, overview
from microcred.worksheets.assessment import Assessment

__all__ = ["findings_of", "write"]

BAR = 20  # columns of a full bar
NAMES = 25  # columns in front of the name of an element
MARGIN = 10  # columns in front of what a rule says, wide enough for most ids


def write(report: Report, *, width: int = 80, colour: bool = False, language: str = "en") -> str:
    """Return *report* as text that is at most *width* columns wide."""
    page = Page(width, colour, language)
    one = len(report.documents) == 1
    if not one:
        _head(page, report)
    for document in report.documents:
        page.gap()
        if not one:
            page.lines += [page.styled("=" * width, "dim"), ""]
        if isinstance(document, Unread):
            _unread(page, document)
        else:
            _document(page, document, report, one)
    if any(isinstance(document, Checked) for document in report.documents):
        page.gap()
        page.add(page.say(NOTE), "dim")
    return "\n".join(page.lines) + "\n"


def findings_of(report: Report, *, width: int = 80, colour: bool = False) -> list[str]:
    """Return the lines that tell what was found in the one document of *report*."""
    page, (document,) = Page(width, colour, "en"), report.documents
    if isinstance(document, Checked):
        seen = sheet(document, report)
        page.add(sentence(seen.summary), "bold")
        for group in seen.groups:
            _group(page, group)
        _checked(page, seen)
    return page.lines


def _about(page: Page, report: Report) -> None:
    for label, value in about(report, page.language):
        page.hang(f"{label}:", visible(value), indent=14)


def _head(page: Page, report: Report) -> None:
    page.add(heading(report, page.language), "bold")
    _about(page, report)
    page.gap()
    page.add(page.say(OVERVIEW) + ":")
    page.gap()
    file, *counted = map(page.say, COLUMNS)
    # Counts first, as they are narrow and names are not.
    indent = sum(columns_of(name) + 2 for name in counted) + 2
    page.hang(_cells(counted, counted), file, "dim", indent=indent)
    for name, counts in overview(report):
        shown = _cells(counts, counted) if counts else "  " + page.say("not read")
        # The whole name stands at the head of the document's own part.
        page.hang(shown, ending(name, page.columns - indent), indent=indent)


def _cells(values: Iterable[object], names: Iterable[str]) -> str:
    return "".join(
        f"{value:>{columns_of(name) + 2}}" for value, name in zip(values, names, strict=True)
    )


def _unread(page: Page, document: Unread) -> None:
    page.add(visible(document.source), "bold")
    page.add(page.say("This file could not be read, so nothing in it was checked."))
    page.gap()
    page.add(sentence(document.message), indent=2)
    page.add(sentence(document.fix), indent=2)


def _document(page: Page, document: Checked, report: Report, alone: bool) -> None:
    seen = sheet(document, report, page.language)
    page.add(seen.title, "bold")
    page.hang(page.say("File:"), seen.origin, indent=14)
    if alone:
        _about(page, report)
    page.gap()
    page.add(sentence(seen.summary), "bold")
    if seen.rows:
        page.gap()
        page.add(page.say("Elements"), "bold")
        for row in seen.rows:
            _row(page, row)
    if seen.assessment:
        _assessment(page, seen.assessment)
    for group in seen.groups:
        _group(page, group)
    _checked(page, seen)


def _row(page: Page, row: Row) -> None:
    status = page.styled(f"{row.mark} {row.words:<16}", row.status.value)
    first, *more = wrapped(row.short, max(page.columns - NAMES, 20))
    page.lines.append(f"  {row.id:<5}{status}{first}")
    page.lines += [" " * NAMES + line for line in more]


def _assessment(page: Page, found: Assessment) -> None:
    shown = scores.bars(found, page.language)
    if shown:
        page.gap()
        page.add(page.say("Scores"), "bold")
        page.add(sentence(scores.summary(found, page.language)))
        page.add(f"{page.say('Scale')}: {scores.scale(found, page.language)}", "dim")
        page.gap()
        for bar in shown:
            full, claimed = (
                round(BAR * part / found.highest) for part in (bar.counted, bar.claimed)
            )
            drawn = "█" * full + "▒" * (claimed - full) + "·" * (BAR - max(full, claimed))
            page.hang(f"{drawn} {bar.words}", bar.title, indent=BAR + 16, start=2)
        if len(said := scores.legend(found, page.language)) > 1:
            page.add(f"█ {said[0]}  ▒ {said[1]}", "dim", indent=2)
    for block in scores.blocks(found, page.language):
        page.gap()
        page.add(block.heading, "bold")
        page.add(block.intro, "dim")
        for point, lines in block.points:
            page.hang("-", point, indent=4, start=2)
            for label, words in lines:
                page.hang(f"{label}:", words, indent=16, start=4)


def _group(page: Page, group: Group) -> None:
    page.gap()
    page.add(group.heading, group.key)
    page.add(group.meaning, "dim")
    for entry in group.entries:
        page.gap()
        _entry(page, entry, group.key)


def _entry(page: Page, entry: Entry, style: str) -> None:
    head = entry.rule
    for spot in entry.spots:
        page.hang(head, spot.message, style, indent=MARGIN, start=2)
        for place in spot.places:
            page.add(place, "dim", indent=MARGIN)
        if spot.fix:
            page.hang(page.say("Fix:"), spot.fix, "bold", indent=MARGIN + 7, start=MARGIN)
        head = ""
    if entry.more:
        page.add(entry.more, "dim", indent=MARGIN)
    for label, text, weight in (
        ("Level:", entry.level if style == QUESTION else "", ""),
        ("Fix:", entry.fix, "bold"),
        ("Why:", entry.why, ""),
        ("Basis:", entry.basis, ""),
    ):
        if text:
            page.hang(page.say(label), text, weight, indent=MARGIN + 7, start=MARGIN)
    # An address is not broken over lines, so that it stays one link.
    where = entry.url if "://" in entry.url else f"microcred explain {entry.rule}"
    page.lines.append(" " * MARGIN + page.say("More:") + "  " + where)


def _checked(page: Page, seen: Sheet) -> None:
    page.gap()
    page.add(page.say("What was checked"), "bold")
    for label, ids in seen.checked:
        page.add(f"{label}: {ids}" if ids else label, indent=2)
