"""What stands on the first page of every worksheet, before the questions."""

from __future__ import annotations

from collections.abc import Iterator

from microcred.elements import ELEMENTS
from microcred.worksheets.definition import Section, Worksheet

__all__ = ["introduction", "opening"]


def opening(worksheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield each heading of the instructions with its words."""
    yield "Worksheet", f"{worksheet.id}, version {worksheet.version}"
    yield "What it is for", worksheet.purpose
    yield "Who fills it in", worksheet.audience
    yield "How long", f"{worksheet.minutes} minutes"
    yield "What you need", "\n".join(f"– {need}" for need in worksheet.needs)
    yield "How to", "\n".join(f"{n}. {step}" for n, step in enumerate(worksheet.steps, 1))
    yield "What comes out", worksheet.result
    if worksheet.following:
        yield "What comes next", "Worksheet " + " or ".join(worksheet.following)
    yield (
        "How to write",
        "– A star (*) marks what a row can’t do without.\n"
        "– Where several values fit in one cell, put a semicolon between them.\n"
        "– Write a date as year-month-day, such as 2026-06-30.\n"
        "– For a text in several languages, copy the question and write the language behind each, "
        "such as Title (en) and Title (fi).\n"
        "– You may add rows. Keep the headings as they are: they tell the check what you mean.",
    )
    yield (
        "Then",
        "Save the file and choose it on the page “Check a draft”, or run “microcred check” on it. "
        "Either way it stays on your computer. A report without findings is no decision on "
        "recognition.",
    )


def introduction(section: Section) -> str:
    """Return what stands below the title of a section: the elements it states, and its words."""
    words = [
        f"{id}, {'optional' if ELEMENTS[id].optional else 'mandatory'}" for id in section.elements
    ]
    standing = f"({'; '.join(words)})" if words else ""
    return " ".join(filter(None, (standing, section.intro)))
