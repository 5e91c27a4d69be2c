"""Fields that another format holds only in words: “Assessments 1 › Pass rule: …” in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from microcred.labels import fill, pointer
from microcred.readers.foreign import Found

__all__ = ["lay_under", "read_words"]

_LINE: Final = re.compile(r"\s*(?:[-*]\s+)?(?:\*\*)?([^:*\n]{2,200}?)(?:\*\*)?:(?:\*\*)?\s+(\S.*)")
_LINES_READ: Final = 500


def read_words(told: str, at: str, tree: dict[str, Any]) -> str:
    """Put what *told* says of our fields into *tree*; return the lines that say something else."""
    rest: list[str] = []
    for line, found, value in _lines(told):
        if found:
            fill(tree, found, Found(value, at))
        else:
            rest.append(line)
    return "\n".join(rest).strip()


def _lines(told: str) -> Iterator[tuple[str, str, str]]:
    for number, line in enumerate(told.split("\n")):
        found = _LINE.fullmatch(line) if number < _LINES_READ else None
        yield line, pointer(found[1]) if found else "", found[2].strip() if found else ""


def lay_under(tree: Any, below: Any) -> None:
    """Put *below*, what words say, where *tree* has nothing in its fields."""
    if isinstance(tree, dict) and isinstance(below, dict):
        for key, value in below.items():
            if tree.get(key) in (None, "", [], {}):
                tree[key] = value
            else:
                lay_under(tree[key], value)
    elif isinstance(tree, list) and isinstance(below, list):
        for mine, value in zip(tree, below, strict=False):
            lay_under(mine, value)
        tree.extend(below[len(tree) :])
