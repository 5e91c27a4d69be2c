"""The badge of a rule: its id and its level in words, linked to what is said about it."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from guidance.drawing import depend_on_checks
from guidance.links import anchored
from microcred.rule import Rule
from microcred.rules import RULES

__all__ = ["CATALOGUE", "RuleRole", "anchor", "badge"]

CATALOGUE = "reference/rules"  # the page on which {rules} stands

logger = getLogger(__name__)


def anchor(rule: Rule) -> str:
    """Return the anchor of a rule's entry in the catalogue."""
    return rule.id.lower()


def badge(env: BuildEnvironment, rule: Rule) -> nodes.Node:
    """Return the badge of *rule*."""
    classes = ("rule-badge", f"rule-{rule.level}")
    return anchored(env, CATALOGUE, anchor(rule), f"{rule.id} {rule.level}", classes)


class RuleRole(SphinxRole):
    """Draws {rule}`M6-2`; an id that no rule has is a warning."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the badge."""
        depend_on_checks(self.env)
        found = RULES.get(self.text)
        if found is None:
            logger.warning(
                "there is no rule “%s”: name one of the catalogue",
                self.text,
                location=self.get_location(),
                type="guidance",
                subtype="rule",
            )
            return [nodes.literal("", self.text)], []
        return [badge(self.env, found)], []
