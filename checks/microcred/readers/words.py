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


def read_words(told: str, at: str, tree: dict[str, Any], part: str = "") -> str:
    """Put what *told* says of our fields into *tree*; return the lines that say something else.

    ``part`` is the name of the part that the words stand in.
    """
    rest: list[str] = []
    for line, found, value in _lines(told, part):
        if found:
            fill(tree, found, Found(value, at))
        else:
            rest.append(line)
    return "\n".join(rest).strip()


def _lines(told: str, part: str) -> Iterator[tuple[str, str, str]]:
    for number, line in enumerate(told.split("\n")):
        found = _LINE.fullmatch(line) if number < _LINES_READ else None
        yield line, pointer(part + found[1]) if found else "", found[2].strip() if found else ""


def lay_under(tree: Any, below: Any, language: str = "") -> None:
    """Put *below*, what words say, where *tree* has nothing in its fields.

    A text in *language* and the same text in other languages become one text in several.
    """
    if isinstance(tree, dict) and isinstance(below, dict):
        for key, value in below.items():
            if tree.get(key) in (None, "", [], {}):
                tree[key] = value
            elif isinstance(tree[key], Found) and isinstance(value, dict):
                if isinstance(tree[key].value, str) and language:
                    tree[key] = {**value, language: tree[key]}
            else:
                lay_under(tree[key], value, language)
    elif isinstance(tree, list) and isinstance(below, list):
        if not any(isinstance(item, dict) for item in tree):
            stated = [item.value if isinstance(item, Found) else item for item in tree]
            tree.extend(item for item in below if item and item.value not in stated)
            return
        for mine, value in zip(tree, below, strict=False):
            lay_under(mine, value, language)
        tree.extend(below[len(tree) :])
