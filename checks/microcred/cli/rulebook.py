"""``microcred explain`` and ``rules``: what the checks know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from microcred.cli.output import columns, in_colour, put
from microcred.elements import ELEMENTS
from microcred.rule import Level

if TYPE_CHECKING:
    from microcred.report.page import Page
    from microcred.rule import Rule

__all__ = ["explain", "rules"]


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="RULE…")
@click.option(
    "--color/--no-color", "--colour/--no-colour", "colour", default=None, help="Use colours."
)
def explain(names: Sequence[str], colour: bool | None) -> None:
    """Explain rules such as M6-2, or all rules of an element such as M6 or workload."""
    from microcred.report.page import Page
    from microcred.rulebook import matching
    from microcred.rules import RULES

    asked = dict.fromkeys(id for name in names for id in name.split(",") if id.strip())
    chosen = {rule.id: rule for name in asked for rule in matching(name, RULES.values())}
    page = Page(columns(), in_colour(colour), "en")
    for rule in chosen.values():
        page.gap()
        _facts(page, rule)
    for label in dict.fromkeys(rule.section for rule in chosen.values()):
        _section(page, label)
    put("\n".join(page.lines).rstrip() + "\n")


def _facts(page: Page, rule: Rule) -> None:
    from microcred import links
    from microcred.report.characters import sentence
    from microcred.rulebook import fix

    element = ELEMENTS.get(rule.element)
    page.hang(rule.id, sentence(rule.title), rule.level.value, indent=10)
    for label, text in (
        ("Level:", rule.level.value),
        ("Element:", f"{element.id}, {element.name}" if element else "the document as a whole"),
        ("Fix:", sentence(fix(rule))),
        ("Why:", sentence(rule.why)),
        ("Basis:", rule.basis),
    ):
        page.hang(label, text, "bold", indent=10)
    page.lines.append(f"{'Page:':<10}{links.address(rule.id)}")


def _section(page: Page, label: str) -> None:
    from microcred.pages import plain, section
    from microcred.problem import Problem

    try:
        text = plain(section(label))
    except Problem as problem:
        text = f"{problem.message}."
    page.gap()
    page.lines += [page.styled("-" * page.columns, "dim"), "", *text.rstrip().split("\n")]


@click.command()
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", help="Form of the list."
)
@click.option(
    "--element", multiple=True, metavar="ID", help="Only rules of this element, such as M6."
)
@click.option(
    "--level",
    multiple=True,
    type=click.Choice([each.value for each in Level]),
    help="Only rules of this level.",
)
def rules(format: str, element: Sequence[str], level: Sequence[str]) -> None:
    """List all rules, with what they ask for."""
    from microcred.rulebook import entry, matching, order
    from microcred.rules import RULES

    chosen = sorted(RULES.values(), key=lambda rule: order(rule.id))
    if element:
        wanted = {rule.id for name in element for rule in matching(name, chosen)}
        chosen = [rule for rule in chosen if rule.id in wanted]
    if level:
        chosen = [rule for rule in chosen if rule.level in level]
    if format == "json":
        import json

        listed = [entry(rule) for rule in chosen]
        put(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", for_people=False)
    else:
        put("\n".join(_list(chosen)) + "\n")


def _list(chosen: Sequence[Rule]) -> Iterator[str]:
    from microcred.report.page import Page

    for element, same in groupby(chosen, lambda rule: rule.element):
        page = Page(columns(), in_colour(None), "en")
        name = f"{element} {ELEMENTS[element].short}" if element else "The document as a whole"
        page.add(name, "bold")
        for rule in same:
            page.hang(f"{rule.id:<15} {rule.level.value:<7}", rule.title, indent=27, start=2)
        yield from (*page.lines, "")
    yield f"{len(chosen)} rules. `microcred explain RULE` tells more about one."
