"""The rulebook: everything that is said about each rule, and how to find one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from microcred import links
from microcred.elements import ELEMENTS
from microcred.problem import Problem
from microcred.rule import RETIRED, Rule
from microcred.vocabularies.tables import fold

__all__ = ["compact", "entry", "fix", "matching", "order"]

_SLOT = re.compile(r"\{\w+\}")


def order(id: str) -> tuple[int, str, int, str]:
    """Return the key that puts ids in order: the document, then element by element."""
    family, _, number = id.partition("-")
    place = list(ELEMENTS).index(family) if family in ELEMENTS else -1
    return place, family, int(number) if number.isdecimal() else 0, number


def compact(ids: Iterable[str]) -> str:
    """Return ids in order and in few words: M2-1, M2-3 to M2-6."""
    runs: list[list[str]] = []
    last = order("")
    for id in sorted(ids, key=order):
        here = order(id)
        if runs and here[1] == last[1] and here[2] == last[2] + 1:
            runs[-1].append(id)
        else:
            runs.append([id])
        last = here
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


def fix(rule: Rule) -> str:
    """Return a rule's fix as it reads before a document fills its gaps."""
    return _SLOT.sub("…", rule.fix)


def entry(rule: Rule) -> dict[str, str]:
    """Return the facts of *rule* as the catalogue states them."""
    return {
        "id": rule.id,
        "level": rule.level.value,
        "element": rule.element,
        "title": rule.title,
        "why": rule.why,
        "fix": fix(rule),
        "basis": rule.basis,
        "section": rule.section,
        "url": links.address(rule.id),
    }


def matching(name: str, rules: Iterable[Rule]) -> list[Rule]:
    """Return the rule of that id, or in order the rules of that element or family of ids.

    An element can be named by its id, in words, or by its field.

    Raises:
        Problem: there is none.
    """
    all_rules = list(rules)
    wanted = _element(name) or name.strip().upper()
    found = [rule for rule in all_rules if rule.id.upper() == wanted]
    found = found or [
        rule for rule in all_rules if wanted in (rule.element, rule.id.partition("-")[0].upper())
    ]
    if found:
        return sorted(found, key=lambda rule: order(rule.id))
    raise Problem(*_unknown(name, wanted, [rule.id for rule in all_rules]))


def _element(name: str) -> str:
    """Return the id of the element that has this name or field; empty where none has."""
    said = fold(name)
    for element in ELEMENTS.values():
        if said in map(fold, (element.short, element.name, *element.paths)):
            return element.id
    return ""


def _unknown(name: str, wanted: str, ids: list[str]) -> tuple[str, str]:
    if wanted in RETIRED:
        return f"The rule {wanted} was retired: {RETIRED[wanted]}", "Use the rules that it names"
    if wanted in ELEMENTS:
        return (
            f"No rule looks at the element {wanted} yet",
            "Run `microcred rules` to see all rules",
        )
    near = get_close_matches(wanted, [*ids, *ELEMENTS], 1, 0.5)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"There is no rule “{name}”", f"{hint}Run `microcred rules` to see all rules"
