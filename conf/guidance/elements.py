"""The table of the sixteen elements."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from guidance.badge import CATALOGUE
from guidance.drawing import Cell, field, table
from guidance.links import anchored, labelled
from guidance.shown import shown
from microcred.elements import ELEMENTS, Element
from microcred.rule import KINDS
from microcred.rules import RULES

__all__ = ["Elements"]

_HEAD = ("Element", "Name in Annex I", "Listed as", "Stands in", "Fields", "Rules")


class Elements(SphinxDirective):
    """Draws the elements with their names, fields and numbers of rules."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        sections = shown(self.env).sections
        rows = [self._row(element, element.page in sections) for element in ELEMENTS.values()]
        return [table(_HEAD, rows, classes=["elements"])]

    def _row(self, element: Element, explained: bool) -> list[Cell]:
        title = f"{element.id} {element.short}"
        fields = [part for path in element.paths for part in (field(path), nodes.Text(", "))]
        rules = sum(rule.element == element.id for rule in RULES.values())
        return [
            labelled(self.env, element.page, title) if explained else title,
            element.name,
            "optional" if element.optional else "mandatory",
            "offer and award" if element.kinds == KINDS else "award",
            fields[:-1],
            anchored(self.env, CATALOGUE, f"rules-{element.id.lower()}", str(rules)),
        ]
