"""Where each value of a JSON text stands, for texts that the standard library has accepted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from microcred.problem import Problem
from microcred.readers import bounds
from microcred.readers.places import Node
from microcred.readers.text import position, shown

__all__ = ["check_bounds", "duplicate", "scan", "tokens"]

# A text ends at its closing quotation mark, or at the end of the file where that is missing.
# Possessive (*+), so that no text makes it slow.
_STRING = r'"(?:[^"\\]++|\\.)*+"?'
_TOKEN = re.compile(rf'[{{}}\[\]:,]|{_STRING}|[^\s{{}}\[\]:,"]++', re.DOTALL)
_BRACKET_OR_COMMA = re.compile(rf"[{{}}\[\],]|{_STRING}", re.DOTALL)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the signs, texts and bare words of *text* in order."""
    return _TOKEN.finditer(text)


def check_bounds(text: str, longest: int = bounds.MAX_SCALAR) -> None:
    """Stop a document that is too deep or too large, before anything is built from it.

    ``longest`` is how many characters one text may have.

    Raises:
        Problem: a bound is passed.
    """
    if text.count("[") + text.count("{") <= bounds.MAX_DEPTH and len(text) < bounds.MAX_NODES:
        return
    depth = count = 0
    for token in _BRACKET_OR_COMMA.finditer(text):
        sign = token[0][0]
        if sign == '"':
            if token.end() - token.start() > longest + 2:
                raise bounds.text_too_long(_where(text, token.start()))
        elif sign in "[{":
            depth += 1
            count += 1
            if depth > bounds.MAX_DEPTH:
                raise bounds.too_deep(_where(text, token.start()))
        elif sign == ",":
            count += 1
        else:
            depth -= 1
        if count > bounds.MAX_NODES:
            raise bounds.too_many(_where(text, token.start()))


def scan(text: str) -> Node:
    """Return the offset of each value in *text*, as a tree of the same form."""
    tree, _ = _walk(text)
    return tree


def duplicate(text: str) -> Problem:
    """Return the problem of the first field that *text* gives twice in one group."""
    _, (key, first, second) = _walk(text)
    return Problem(
        f"The field “{shown(key)}” is given twice: "
        f"{_where(text, first)} and {_where(text, second)}",
        "Keep one of the two",
    )


def _where(text: str, offset: int) -> str:
    line, column = position(text, offset)
    return f"line {line}, column {column}"


def _walk(text: str) -> tuple[Node, tuple[str, int, int]]:
    """Return the tree, and the first key that comes twice with both its offsets."""
    top: list[Node] = []
    twice: list[tuple[str, int, int]] = []
    inside: dict[str, Node] | list[Node] = top
    above: list[tuple[dict[str, Node] | list[Node], dict[str, int]]] = []
    keys: dict[str, int] = {}
    key: str | None = None
    for token in tokens(text):
        sign, start = token[0], token.start()
        if sign in (",", ":"):
            continue
        if sign in ("}", "]"):
            inside, keys = above.pop()
            continue
        if isinstance(inside, dict) and key is None:
            key = json.loads(sign) if "\\" in sign else sign[1:-1]
            if key in keys:
                twice.append((key, keys[key], start))
            keys[key] = start
            continue
        children: dict[str, Node] | list[Node] | None = (
            {} if sign == "{" else [] if sign == "[" else None
        )
        if isinstance(inside, dict):
            inside[str(key)], key = (start, children), None
        else:
            inside.append((start, children))
        if children is not None:
            above.append((inside, keys))
            inside, keys = children, {}
    return top[0], (twice or [("", 0, 0)])[0]
