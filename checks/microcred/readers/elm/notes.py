"""Notes of a credential: fields in words, and what else they say."""

from __future__ import annotations

from microcred.labels import ARROW
from microcred.readers.elm.values import name_in
from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    texts,
)
from microcred.readers.words import lay_under, read_words

__all__ = ["Notes", "short_name"]


class Notes:
    """Notes of a credential: fields in words, and what else they say."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._tree: Tree = {}
        self._rest: list[Found] = []

    def read(self, node: Node, part: str = "") -> None:
        """Take in the notes of an object, which is the *part* of a description that is named."""
        part = f"{part}{ARROW}" if part else ""
        for literal in node.each("additionalNote", "noteLiteral"):
            told = texts(literal.value, self._language)
            for words in told.values():
                rest = read_words(words, literal.at, self._tree, part)
                if rest:
                    self._rest.append(literal.found(rest))

    def into(self, tree: Tree) -> None:
        """Put into a tree what it has no field for yet, and the rest as a note."""
        information = tree.setdefault("information", {})
        if self._rest and not information.get("note"):
            told = "\n".join(str(found.value) for found in self._rest)
            information["note"] = Found(told, self._rest[0].at)
        lay_under(tree, self._tree)


def short_name(node: Node, part: str, language: str) -> Found | None:
    """Return the short name of an object: from its id, or in words where no id can hold it.

    An id holds Latin letters only, and what covers an outcome names it in any script.
    """
    named = name_in(node)
    if named is not None:
        return named
    tree: Tree = {}
    for literal in node.each("additionalNote", "noteLiteral"):
        for words in texts(literal.value, language).values():
            read_words(words, literal.at, tree, f"{part} 1{ARROW}")
    found = next((items[0].get("id") for items in tree.values()), None)
    return found if isinstance(found, Found) else None
