"""Where each value stands in a text: a tree of offsets, turned into lines only when asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from microcred.credential import WHOLE, Fault, Place
from microcred.readers.text import line_starts

__all__ = ["Node", "Noted", "Places", "pointer_places"]

# An offset in the text, and the same for each value inside a list or group.
Node = tuple[int, dict[str, "Node"] | list["Node"] | None]

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")


class Places:
    """Answer the place of a pointer; the text is scanned at the first question only."""

    def __init__(self, text: str, scan: Callable[[str], Node], node: Node | None = None) -> None:
        self._text = text
        self._scan = scan
        self._root = node
        self._starts: list[int] = []

    def __call__(self, pointer: str) -> Place | None:
        """Return the place of exactly that value, or None where there is none."""
        if self._root is None:
            self._root = self._scan(self._text)
        node = self._root
        for token in pointer.split("/")[1:]:
            inside = node[1]
            if isinstance(inside, dict):
                key = token.replace("~1", "/").replace("~0", "~")
                if key not in inside:
                    return None
                node = inside[key]
            elif isinstance(inside, list) and _INDEX.match(token) and int(token) < len(inside):
                node = inside[int(token)]
            else:
                return None
        return self._place(node[0])

    def _place(self, offset: int) -> Place:
        if not self._starts:
            self._starts = line_starts(self._text)
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return Place(line, column, f"line {line}, column {column}")


@dataclass(frozen=True, slots=True)
class Noted:
    """The places of a format whose reader looked at its structure, and what it found there."""

    places: Callable[[str], Place | None]
    looked_at: frozenset[str]
    faults: tuple[Fault, ...]

    def __call__(self, pointer: str) -> Place | None:
        """Return the place of a pointer, or None where there is none."""
        return self.places(pointer)


def pointer_places(pointer: str) -> Place | None:
    """Return the pointer as its own place, for data that comes from no text."""
    return Place(None, None, pointer or WHOLE)
