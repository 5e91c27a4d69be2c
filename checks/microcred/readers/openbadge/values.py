"""Single values of a badge."""

from __future__ import annotations

import re

from microcred.readers.foreign import (
    Found,
    Node,
)

__all__ = ["number", "own", "plain"]


def plain(node: Node | None) -> Found | None:
    """Return a text or number."""
    if node is None or isinstance(node.value, bool):
        return None
    return node.found(node.value) if isinstance(node.value, (str, int, float)) else None


def own(achievement: Node, *path: str) -> Node | None:
    """Return a text of an achievement, unless the name stands there for want of another."""
    found, name = achievement.first(*path), achievement.first("name")
    return None if found and name and found.value == name.value else found


def number(node: Node | None) -> Found | None:
    """Return a number, also where it is written as a text."""
    found = plain(node)
    if found and isinstance(found.value, str) and re.fullmatch(r"\d{1,9}", found.value):
        return Found(int(found.value), found.at)
    if found and isinstance(found.value, float) and found.value.is_integer():
        return Found(int(found.value), found.at)
    return found
