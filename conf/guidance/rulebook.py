"""The catalogue of rules: everything that is said about each, from its one declaration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from guidance.badge import anchor
from guidance.drawing import field, fields, paragraph, prose, section
from guidance.links import anchored, labelled
from guidance.shown import Shown, shown
from microcred.elements import ELEMENTS
from microcred.pages import Block
from microcred.rule import KINDS, WORKSHEET, Level, Outcome, Rule
from microcred.rules import RULES

__all__ = ["LEVELS", "Rules", "examples"]

LEVELS = {
    Level.MUST: "follows from the Council Recommendation",
    Level.SHOULD: "convention of European instruments such as ECTS, EQF, QF-EHEA and ELM",
    Level.ADVICE: "ours",
}
_ANSWERS = {
    Outcome.NOT_MET: "not met",
    Outcome.CANNOT_TELL: "cannot tell: a person must look",
}
_ONE = {"offer": "an offer", "award": "an award", "stack": "a stack"}
_SHOWS = {"pass": "meets it", "fail": "does not meet it", "review": "needs a person"}

logger = getLogger(__name__)


class Rules(SphinxDirective):
    """Draws the rules by element, each under an anchor that is its id in small letters."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each element that has rules."""
        seen = shown(self.env)
        groups = [("document", "The document as a whole")]
        groups += [(element.id, f"{element.id} {element.short}") for element in ELEMENTS.values()]
        groups += [("profile", "Only under a profile")]
        drawn: list[nodes.Node] = []
        for group, title in groups:
            rules = [rule for rule in RULES.values() if _group(rule) == group]
            if rules:
                entries = [self._entry(rule, seen) for rule in sorted(rules, key=_number)]
                drawn.append(section(f"rules-{group.lower()}", title, *entries))
        return drawn

    def _entry(self, rule: Rule, seen: Shown) -> nodes.section:
        about = fields(self._facts(rule, seen))
        return section(anchor(rule), f"{rule.id} {rule.title}", about)

    def _facts(self, rule: Rule, seen: Shown) -> Iterator[tuple[str, list[nodes.Node]]]:
        level = nodes.inline("", str(rule.level), classes=["rule-level", f"rule-{rule.level}"])
        follows = "follows from the profile" if rule.needs else LEVELS[rule.level]
        yield "Level", [paragraph(level, f": {follows}")]
        yield "Why", [paragraph(prose(rule.why))]
        yield "Fix", [paragraph(prose(rule.fix))]
        yield "Basis", [paragraph(prose(rule.basis))]
        yield "Looks at", [paragraph(*_places(rule))]
        can = [text for outcome, text in _ANSWERS.items() if outcome in rule.yields]
        yield "Can answer", [paragraph("; ".join(["met", *can]))]
        yield "Explained in", [paragraph(self._explained(rule, seen))]
        blocks = seen.blocks.get(rule.id, [])
        if blocks:
            yield "Examples", [examples(self, blocks)]

    def _explained(self, rule: Rule, seen: Shown) -> nodes.Node:
        if rule.section in seen.sections:
            return labelled(self.env, rule.section)
        logger.warning(
            "%s has no section: write one with the label (%s)= and an example of each outcome",
            rule.id,
            rule.section,
            location=self.get_location(),
            type="guidance",
            subtype="section",
        )
        return nodes.Text(rule.section.replace("-", " "))


def examples(directive: SphinxDirective, blocks: list[Block]) -> nodes.paragraph:
    """Return links to example blocks, each in words that say what it shows."""
    links: list[nodes.Node] = []
    for number, block in enumerate(blocks, start=1):
        docname = str(PurePosixPath(block.page).relative_to("docs").with_suffix(""))
        text = f"{number}: {_SHOWS[block.promise]}"
        target = f"example-{block.line}"
        links += [anchored(directive.env, docname, target, text), nodes.Text(", ")]
    return paragraph(links[:-1])


def _places(rule: Rule) -> list[nodes.Node]:
    if rule.kinds == (WORKSHEET,):
        return [nodes.Text("all answers of a worksheet with questions of its own")]
    kinds = "" if rule.kinds == KINDS else f" (only in {_ONE[rule.kinds[0]]})"
    if not any(rule.at):
        return [nodes.Text(f"the whole document{kinds}")]
    drawn: list[nodes.Node] = []
    for place in rule.at:
        drawn += [field(place), nodes.Text(", ")]
    return [*drawn[:-1], nodes.Text(kinds)]


def _group(rule: Rule) -> str:
    return rule.element or ("profile" if rule.needs else "document")


def _number(rule: Rule) -> tuple[str, int, str]:
    head, _, tail = rule.id.partition("-")
    return head, int(tail) if tail.isdecimal() else 0, tail
