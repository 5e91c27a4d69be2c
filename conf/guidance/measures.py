"""Levels, credits and stacks, drawn from what the checks use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fixed_date import PAGES_DATE
from guidance.drawing import Cell, depend_on_checks, project, table
from microcred.credits import unit
from microcred.levels import Reference, references
from microcred.pages import read_page, stacks
from microcred.profiles import BASE
from microcred.sources import sources
from microcred.stacking import picture
from microcred.vocabularies import Entry, vocabulary

__all__ = ["Credits", "Levels", "StackPicture"]

_LEVELS: Final = ("Framework", "Country", *(f"EQF {n}" for n in range(1, 9)), "Firm", "Read in")
_CREDITS: Final = ("System", "Country", "Hours a credit", "Custom", "To know", "Firm", "Read in")


class Levels(SphinxDirective):
    """Draws which national level was referenced to which EQF level: one row a framework."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        depend_on_checks(self.env)
        return [table(_LEVELS, _levels(), ["sortable", "compact"])]


def _levels() -> Iterator[list[Cell]]:
    for code, levels in references().items():
        known = vocabulary("frameworks").get(code)
        for source, note in dict.fromkeys((one.source, one.note) for one in levels.values()):
            rows = [one for one in levels.values() if (one.source, one.note) == (source, note)]
            name = known.extra["also"].split("|")[0] if known else code
            yield [
                f"{name}: {note.lower()}" if note else name,
                rows[0].country,
                *(_at(eqf, rows) for eqf in range(1, 9)),
                rows[0].confidence,
                _source(source),
            ]


def _at(eqf: int, rows: list[Reference]) -> str:
    return ", ".join(one.level for one in rows if one.eqf == eqf) or "–"


class Credits(SphinxDirective):
    """Draws the credit systems: hours, custom, caveat and source of each."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        depend_on_checks(self.env)
        rows = map(_system, vocabulary("credit-systems"))
        return [table(_CREDITS, rows, ["sortable", "compact"])]


class StackPicture(SphinxDirective):
    """Draws the stack that the page’s front matter names, as `microcred stack` draws it."""

    def run(self) -> list[nodes.Node]:
        """Return the picture."""
        root = project(self.env)
        page = read_page(Path(self.env.doc2path(self.env.docname)), root)
        base = str(page.front["stack"])
        depend_on_checks(self.env, *(root / path for path in base.split()))
        drawn = picture.svg(stacks.result(stacks.data(root, base), BASE, PAGES_DATE).stack)
        return [nodes.raw("", f'<div class="stack-figure">{drawn}</div>', format="html")]


def _system(entry: Entry) -> list[Cell]:
    row = entry.extra
    low, high = row["hours_low"], row["hours_high"]
    custom = f"{row['for_one_ects']} for 1 ECTS" if row["for_one_ects"] else "–"
    return [
        f"{unit(entry.code)}: {entry.label()}",
        row["countries"] or "–",
        (low if low == high else f"{low} to {high}") or "–",
        custom,
        row["note"],
        row["confidence"],
        _source(row["source"]),
    ]


def _source(key: str) -> nodes.Node:
    known = sources()[key]
    address = next(iter(known.url.split()), "")
    return nodes.reference("", known.short, refuri=address) if address else nodes.Text(known.short)
