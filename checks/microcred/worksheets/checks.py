"""Which rules will look at a question: worked out from the rules, never written down twice."""

from __future__ import annotations

from collections.abc import Iterator

from microcred.rule import Rule
from microcred.rules import RULES
from microcred.worksheets.definition import Section, Worksheet
from microcred.worksheets.fields import Field

__all__ = ["looking_at"]


def looking_at(sheet: Worksheet, section: Section, field: Field) -> list[Rule]:
    """Return the rules that look at exactly this question, in the order of the catalogue."""
    if field.is_label:
        return []
    if section.is_own:
        return [RULES[id] for id in _own(sheet, field)]
    steps = [*section.at, *(["*"] if section.is_table else []), *field.path]
    pattern = "/" + "/".join(steps)
    places = {pattern, f"{pattern}/*"} if not section.is_map else {"/" + "/".join(section.at)}
    return [rule for rule in RULES.values() if places & set(rule.at) and (sheet.kind in rule.kinds)]


def _own(sheet: Worksheet, field: Field) -> Iterator[str]:
    if field.required:
        yield "WS-1"
    if field.choices or field.vocabulary:
        yield "WS-2"
    if sheet.scoring and field.kind in ("score", "evidence"):
        yield "WS-3"
    if any(field.path[-1] in way.split("/") for one in sheet.conflicts for way in one.when):
        yield "WS-4"
    if sheet.scoring and field.kind == "score":
        yield "WS-5"
    if field.kind in ("number", "date"):
        yield "WS-7"
    if field.node.get("x-words"):
        yield "WS-8"
