"""A worksheet as YAML: the same questions in a text file, with the help as notes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import yaml

from microcred.readers.grid import Answer
from microcred.template import question
from microcred.worksheets.answers import value
from microcred.worksheets.content import Filled, filled
from microcred.worksheets.definition import Worksheet
from microcred.worksheets.opening import opening
from microcred.worksheets.questions import ANSWERS

__all__ = ["write"]

Row = Sequence[Answer | None]

_EMPTY_ENTRIES: Final = 2
_WIDTH: Final = 88
_TOLD: Final = ("What it is for", "Who fills it in", "How long", "What you need", "What comes out")


def write(worksheet: Worksheet, data: Mapping[str, Any] | None = None) -> bytes:
    """Return the text, with the answers that *data* has and a question for what it hasn’t."""
    said = dict(opening(worksheet))
    lines = [f"# {worksheet.title} (worksheet {said['Worksheet']})", "#"]
    for head in _TOLD:
        lines += _note(f"{head}: {said[head]}")
    lines += ["", "microcred: 1", f"kind: {worksheet.kind}"]
    if worksheet.is_own:
        return ("\n".join([*lines, *_own(worksheet, data or {})]) + "\n").encode("utf-8")
    if worksheet.scope:
        lines += ["", *_note("Only the elements of this worksheet are checked."), "x-worksheet: "]
        lines[-1] += worksheet.id
    for field in worksheet.fields:
        stated = (data or {}).get(field)
        lines += ["", *(question(field) if stated is None else _stated(field, stated))]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _own(worksheet: Worksheet, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a worksheet with questions of its own."""
    yield from (f"worksheet: {worksheet.id}", "", f"{ANSWERS}:")
    for part in filled(worksheet, data):
        section = part.section
        yield from ("", *(f"  {line}" for line in _note(f"{section.title}: {section.intro}")))
        if not section.is_table:
            answers = part.rows[0] if part.rows else ()
            yield from _fields(part, answers, "  ")
            continue
        yield f"  {section.key}:"
        for number, answers in enumerate(part.rows or ((),) * _EMPTY_ENTRIES):
            yield from _entry(part, answers, told=number == 0)


def _entry(part: Filled, answers: Row, *, told: bool) -> Iterator[str]:
    """Yield an entry; only the first one says what each question means."""
    labels = [n for n, one in enumerate(part.columns) if one.field and one.field.is_label]
    if labels:
        words = [str(answers[n]) for n in labels[1:] if answers[n]]
        yield from (f"    {line}" for line in _note(" – ".join(words)))
        yield f"    - id: {answers[0]}"
    else:
        yield "    -"
    yield from _fields(part, answers, "      ", told=told)


def _fields(part: Filled, answers: Row, indent: str, *, told: bool = True) -> Iterator[str]:
    for number, column in enumerate(part.columns):
        field = column.field
        if field is None or field.is_label:
            continue
        if told:
            star = " (needed)" if field.required else ""
            said = f"{field.label}{star}. {field.help} {field.hint}".strip()
            yield from (f"{indent}{line}" for line in _note(said))
        answer = answers[number] if answers else None
        stated = {field.path[-1]: None if answer is None else value(field, answer)}
        for line in _stated_as(stated):
            yield f"{indent}{line}".rstrip()


def _stated_as(stated: Mapping[str, object]) -> list[str]:
    if None in stated.values():
        return [f"{name}:" for name in stated]
    text = yaml.safe_dump(dict(stated), allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.rstrip("\n").split("\n")


def _stated(field: str, value: object) -> list[str]:
    text = yaml.safe_dump({field: value}, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.rstrip("\n").split("\n")


def _note(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        for part in textwrap.wrap(line, _WIDTH - 2, break_on_hyphens=False):
            yield f"# {part}"
