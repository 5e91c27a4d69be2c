"""A worksheet as YAML: the same questions in a text file, with the help as notes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from microcred.template import question
from microcred.worksheets.definition import Worksheet
from microcred.worksheets.opening import opening

__all__ = ["write"]

_WIDTH: Final = 88
_TOLD: Final = ("What it is for", "Who fills it in", "How long", "What you need", "What comes out")


def write(worksheet: Worksheet, data: Mapping[str, Any] | None = None) -> bytes:
    """Return the text, with the answers that *data* has and a question for what it hasn’t."""
    said = dict(opening(worksheet))
    lines = [f"# {worksheet.title} (worksheet {said['Worksheet']})", "#"]
    for head in _TOLD:
        lines += _note(f"{head}: {said[head]}")
    lines += ["", "microcred: 1", f"kind: {worksheet.kind}"]
    if worksheet.scope:
        lines += ["", *_note("Only the elements of this worksheet are checked."), "x-worksheet: "]
        lines[-1] += worksheet.id
    for field in worksheet.fields:
        stated = (data or {}).get(field)
        lines += ["", *(question(field) if stated is None else _stated(field, stated))]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _stated(field: str, value: object) -> list[str]:
    text = yaml.safe_dump({field: value}, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.rstrip("\n").split("\n")


def _note(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        for part in textwrap.wrap(line, _WIDTH - 2, break_on_hyphens=False):
            yield f"# {part}"
