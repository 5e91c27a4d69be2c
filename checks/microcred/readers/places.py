"""Where each value stands in a text: a tree of offsets, turned into lines only when asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Union

from microcred.credential import Place
from microcred.readers.text import position

__all__ = ["Node", "Places", "pointer_places"]

# An offset in the text, and the same for each value inside a list or group.
Node = tuple[int, Union[dict[str, "Node"], list["Node"], None]]

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")


class Places:
    """Answer the place of a pointer; the text is scanned at the first question only."""

    def __init__(self, text: str, scan: Callable[[str], Node], node: Node | None = None) -> None:
        self._text = text
        self._scan = scan
        self._root = node

    def __call__(self, pointer: str) -> Place | None:
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
        line, column = position(self._text, node[0])
        return Place(line, column, f"line {line}, column {column}")


def pointer_places(pointer: str) -> Place:
    """Return the pointer as its own place, for data that comes from no text."""
    return Place(None, None, pointer or "the whole description")
