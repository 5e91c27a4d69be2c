"""The table that follows each part of the Recommendation to its page, rules and examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from guidance.badge import badge
from guidance.drawing import Cell, paragraph, section, table
from guidance.links import document, labelled
from guidance.rulebook import examples
from guidance.shown import Shown, shown
from microcred.elements import ELEMENTS
from microcred.pages import Block
from microcred.rules import RULES
from microcred.sources import cite

__all__ = ["Clause", "Part", "Trace", "parts"]

TABLE: Final = "reference/trace.yaml"
EXAMPLES_AT_MOST: Final = 6  # more are counted; the entries of the rules list all

_COUNTED: Final = {"pass": "that meet", "fail": "that don’t", "review": "that ask"}

logger = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is asked, and where it is taken up; ``rules`` holds ids of rules."""

    id: str
    asks: str
    page: str
    rules: tuple[str, ...]
    person: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the Recommendation with its clauses."""

    anchor: str
    title: str
    basis: str
    clauses: tuple[Clause, ...]


def parts(path: Path) -> Iterator[Part]:
    """Yield the elements, from the rules, and the parts that stand in the table at *path*."""
    written = [_part(raw) for raw in yaml.safe_load(path.read_text(encoding="utf-8"))]
    elements = tuple(
        Clause(element.id, element.name, element.page, tuple(_of(element.id)))
        for element in ELEMENTS.values()
    )
    first, *rest = written
    yield first
    yield Part("trace-elements", "Standard elements (Annex I)", "SWD21", elements)
    yield from rest


def _part(raw: Mapping[str, Any]) -> Part:
    clauses = tuple(
        Clause(
            clause["id"],
            clause["asks"],
            clause["page"],
            tuple(id for name in clause.get("rules", ()) for id in _of(name)),
            clause.get("person", raw.get("person", "")),
        )
        for clause in raw["clauses"]
    )
    return Part(raw["anchor"], raw["title"], raw["basis"], clauses)


def _of(name: str) -> list[str]:
    if name in ELEMENTS:
        return [rule.id for rule in RULES.values() if rule.element == name]
    return [name]


class Trace(SphinxDirective):
    """Draws a table a part; a rule or page that isn't there is a warning."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        path = Path(self.env.srcdir) / TABLE
        self.env.note_dependency(str(path))
        seen = shown(self.env)
        return [self._part(part, seen) for part in parts(path)]

    def _part(self, part: Part, seen: Shown) -> nodes.section:
        head = ("Clause", "What it asks", "Page", "Rules", "Examples")
        rows = [self._row(clause, seen) for clause in part.clauses]
        source = paragraph(f"Source: {cite(part.basis)}.")
        return section(part.anchor, part.title, source, table(head, rows, classes=["trace"]))

    def _row(self, clause: Clause, seen: Shown) -> list[Cell]:
        for id in clause.rules:
            if id not in RULES:
                self._warn("%s names %s, which no rule is: mend %s", clause.id, id, TABLE)
        if not clause.rules and not clause.person:
            self._warn("%s has no rule: say in %s why only a person can judge", clause.id, TABLE)
        rules = [RULES[id] for id in clause.rules if id in RULES]
        blocks = [block for rule in rules for block in seen.blocks.get(rule.id, [])]
        badges: list[nodes.Node] = []
        for rule in rules:
            badges += [badge(self.env, rule), nodes.Text(" ")]
        if clause.person:
            badges.append(nodes.Text(f"{'For people: ' if rules else ''}{clause.person}"))
        return [
            clause.id,
            clause.asks,
            self._page(clause, seen),
            badges,
            self._examples(list({block.id: block for block in blocks}.values())),
        ]

    def _examples(self, blocks: list[Block]) -> Cell:
        if 0 < len(blocks) <= EXAMPLES_AT_MOST:
            return list(examples(self, blocks).children)
        promises = [block.promise for block in blocks]
        counts = [
            f"{promises.count(promise)} {words}"
            for promise, words in _COUNTED.items()
            if promise in promises
        ]
        return ", ".join(counts) or "none"

    def _page(self, clause: Clause, seen: Shown) -> nodes.Node:
        if clause.page in seen.sections:
            return labelled(self.env, clause.page)
        if clause.page in self.env.found_docs:
            return document(self.env, clause.page)
        self._warn("%s names the page %s, which isn’t there: write it", clause.id, clause.page)
        return nodes.Text(clause.page.replace("-", " "))

    def _warn(self, message: str, *values: object) -> None:
        logger.warning(
            message, *values, location=self.get_location(), type="guidance", subtype="trace"
        )
