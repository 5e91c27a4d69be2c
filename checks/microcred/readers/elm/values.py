"""Single values of a document of the European Learning Model."""

from __future__ import annotations

import re
from typing import Final

from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    concept,
)

__all__ = ["address", "contact", "language_of", "name_in", "number", "plain"]


_NAMED: Final = re.compile(r"urn:epass:\w+:(?!\d+$)([A-Za-z0-9._~-]+)")


def language_of(node: Node | None) -> str:
    """Return the code of a language."""
    found = concept(node, "languages")
    return str(found.value) if found else ""


def plain(node: Node | None) -> Found | None:
    """Return a text or number."""
    if node is None or not isinstance(node.value, (str, int, float)):
        return None
    return None if isinstance(node.value, bool) else node.found(node.value)


def address(node: Node | None) -> Found | None:
    """Return a text, such as the address of a page."""
    return node.found(node.value) if node is not None and isinstance(node.value, str) else None


def name_in(node: Node) -> Found | None:
    """Return the short name that our own export puts into an id."""
    found = _NAMED.fullmatch(node.id)
    return node.found(found[1]) if found else None


def number(node: Node | None) -> Found | None:
    """Return a number, also where it is written as a text."""
    found = plain(node)
    if found and isinstance(found.value, str) and re.fullmatch(r"\d{1,6}", found.value):
        return Found(int(found.value), found.at)
    return found


def contact(tree: Tree, bodies: list[Node]) -> None:
    """Put the first e-mail address of some bodies into a tree."""
    for body in bodies:
        box = body.first("contactPoint", "emailAddress")
        mail = body.string("contactPoint", "emailAddress", "id")
        if box is not None and mail:
            tree["information"]["contact"] = box.found(mail.removeprefix("mailto:"))
            return
