"""Places in XML, so that something can be added to it while every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final
from xml.parsers import expat

from microcred.readers.container import Handler, damaged, parser
from microcred.readers.text import UNSEEN

__all__ = [
    "Element",
    "attribute",
    "elements",
    "only",
    "text",
    "whole",
    "with_attribute",
    "with_inserted",
]

# Values in quotation marks may hold the sign that closes a tag.
_TAG: Final = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")

# An attribute would lose them as they are.
_SPACES: Final = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


@dataclass(slots=True)
class Element:
    """An element by its offsets: its tag from ``start`` to ``inside``, its end tag from ``close``.

    An empty element, whose tag closes itself, ends where it has ``inside`` and ``close``.
    """

    name: str
    attributes: Mapping[str, str]
    depth: int
    start: int
    inside: int
    close: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Tell whether the tag closes itself."""
        return self.inside == self.end


def elements(xml: bytes, names: Collection[str]) -> list[Element]:
    """Return the elements with these names, without their namespace, in the order of the text.

    Raises:
        Problem: it isn't well-formed XML, or declares a document type.
    """
    looking = _Looking(xml, names)
    reader = parser(looking)
    looking.offset = lambda: reader.CurrentByteIndex
    try:
        reader.Parse(xml, True)
    except (expat.ExpatError, ValueError):
        raise damaged() from None
    return looking.found


class _Looking(Handler):
    def __init__(self, xml: bytes, names: Collection[str]) -> None:
        self.found: list[Element] = []
        self.offset: Callable[[], int] = int
        self._xml, self._names = xml, names
        self._open: list[Element] = []
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if name in self._names:
            at = self.offset()
            tag = _TAG.match(self._xml, at)
            if tag is None:
                raise damaged()
            one = Element(name, attributes, self._depth, at, tag.end(), tag.end(), tag.end())
            self.found.append(one)
            self._open.append(one)

    def end(self, name: str) -> None:
        self._depth -= 1
        if name in self._names:
            one = self._open.pop()
            if not self._xml.endswith(b"/>", one.start, one.inside):
                one.close = self.offset()
                one.end = self._xml.index(b">", one.close) + 1


def only(xml: bytes, name: str) -> Element:
    """Return the first element of that name.

    Raises:
        Problem: there is none.
    """
    found = elements(xml, {name})
    if not found:
        raise damaged()
    return found[0]


def with_inserted(
    xml: bytes, pieces: Iterable[tuple[int, bytes]], cut: Iterable[tuple[int, int]] = ()
) -> bytes:
    """Return *xml* with each piece before its offset, and without what is *cut* from it.

    Pieces keep their order where offsets are equal; cuts don't overlap.
    """
    changes = sorted(
        [(start, end, b"") for start, end in cut] + [(at, at, piece) for at, piece in pieces],
        key=lambda change: change[:2],
    )
    parts, done = [], 0
    for start, end, piece in changes:
        parts += [xml[done:start], piece]
        done = end
    return b"".join([*parts, xml[done:]])


def with_attribute(xml: bytes, element: Element, name: str, value: int) -> bytes:
    """Return *xml* with another number for an attribute, if the element has it."""
    tag = xml[element.start : element.inside]
    new = re.sub(rb"(\s%s=[\"'])\d*" % name.encode(), rb"\g<1>%d" % value, tag, count=1)
    return xml[: element.start] + new + xml[element.inside :]


def whole(spelled: str) -> int:
    """Return a whole number of an attribute; -1 where it is none that a file would have."""
    return int(spelled) if spelled.isascii() and spelled.isdigit() and len(spelled) < 10 else -1


def text(words: str) -> str:
    """Return *words* as the text of an element."""
    return escape(UNSEEN.sub("", words), quote=False)


def attribute(words: str) -> str:
    """Return *words* as the value of an attribute, in quotation marks."""
    return f'"{escape(UNSEEN.sub("", words)).translate(_SPACES)}"'
