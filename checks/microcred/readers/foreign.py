"""What the readers of other formats share: values that know where they stand in their file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from microcred.credential import Fault
from microcred.vocabularies import Vocabulary, vocabulary

__all__ = [
    "MOST_FAULTS",
    "Found",
    "Node",
    "Translation",
    "Tree",
    "by_id",
    "concept",
    "day",
    "escaped",
    "label_of",
    "settled",
    "text",
    "texts",
    "top",
]

MOST_FAULTS: Final = 200  # enough to work through in a week; a hostile file could have more

Tree = dict[str, Any]  # a description of ours while it is put together, with ``Found`` values


@dataclass(frozen=True, slots=True)
class Found:
    """A value of ours, and the pointer of what it was read from."""

    value: object
    at: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A foreign document as a description of ours.

    ``origins`` leads from pointers of ours to those of the file, ``looked_at`` names the rules
    on the foreign format that had something to judge, and ``faults`` says what they found.
    """

    data: dict[str, object]
    kind: str
    format: str
    origins: Mapping[str, str]
    looked_at: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


def escaped(name: object) -> str:
    """Return a name as a step of a JSON pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")


# The keys whose text is the id of an object that may stand elsewhere in the document.
_REFERENCES: Final = frozenset(
    {
        "accreditingAgent",
        "achievement",
        "assessedBy",
        "awardedBy",
        "awardingBody",
        "badge",
        "creator",
        "credentialSubject",
        "directedBy",
        "hasClaim",
        "hasPart",
        "influencedBy",
        "isPartOf",
        "issuer",
        "learningAchievementSpecification",
        "learningActivitySpecification",
        "learningOutcome",
        "organisation",
        "providedBy",
        "provenBy",
        "source",
        "specifiedBy",
        "verifiableCredential",
    }
)


class Node:
    """A value of a foreign document and its pointer; what it refers to is looked up by id."""

    __slots__ = ("at", "ids", "value")

    def __init__(self, value: object, at: str = "", ids: Mapping[str, Node] | None = None) -> None:
        self.value, self.at, self.ids = value, at, ids or {}

    def each(self, *path: str) -> list[Node]:
        """Return what stands under a path of keys, whether single values or lists."""
        found = [self]
        for key in path:
            found = [below for node in found for below in node._below(key)]
        return found

    def first(self, *path: str) -> Node | None:
        """Return the first value under a path of keys."""
        return next(iter(self.each(*path)), None)

    def string(self, *path: str) -> str:
        """Return the first text under a path of keys, or an empty one."""
        found = self.first(*path)
        return found.value if found is not None and isinstance(found.value, str) else ""

    @property
    def types(self) -> frozenset[str]:
        """Return the types that the value says it has."""
        stated = [*self.each("type"), *self.each("@type")]
        return frozenset(node.value for node in stated if isinstance(node.value, str))

    @property
    def id(self) -> str:
        """Return the id of the value."""
        return self.string("id") or self.string("@id")

    def found(self, value: object) -> Found:
        """Return a value of ours that was read here."""
        return Found(value, self.at)

    def _below(self, key: str) -> Iterator[Node]:
        if not isinstance(self.value, dict) or key not in self.value:
            return
        value, at = self.value[key], f"{self.at}/{escaped(key)}"
        if _is_text(value):
            yield Node(value, at, self.ids)
            return
        values = value if isinstance(value, list) else [value]
        for position, item in enumerate(values):
            if item is None:  # says in JSON-LD as much as if the key were not there
                continue
            place = f"{at}/{position}" if isinstance(value, list) else at
            yield self._resolved(Node(item, place, self.ids), key)

    def _resolved(self, node: Node, key: str) -> Node:
        """Return the full node where this one only names it."""
        value = node.value
        name = value if isinstance(value, str) and key in _REFERENCES else None
        if isinstance(value, dict) and not value.keys() - {"id", "@id", "type", "@type"}:
            name = node.id
        return self.ids.get(name, node) if name else node


def by_id(root: Node, around: Mapping[str, Node] | None = None) -> dict[str, Node]:
    """Return the fullest object of each id in a document, and of those *around* it."""
    found: dict[str, Node] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node.value, dict):
            name = node.value.get("id") or node.value.get("@id")
            other = found.get(name) if isinstance(name, str) else None
            keys = len(node.value)
            # Two keys are the id and a type: such an object only names another.
            if isinstance(name, str) and keys > 2 and (other is None or _size(other) < keys):
                found[name] = node
            waiting += [
                Node(value, f"{node.at}/{escaped(key)}") for key, value in node.value.items()
            ]
        elif isinstance(node.value, list):
            waiting += [Node(item, f"{node.at}/{n}") for n, item in enumerate(node.value)]
    known = {**(around or {}), **found}
    for node in found.values():
        node.ids = known
    return known


def top(data: object, at: str, *keys: str, around: Mapping[str, Node] | None = None) -> Node:
    """Return the object with the first of the *keys* that a document or its graph has.

    It knows all objects of the document, and those *around* it, by their ids. Where none has one
    of the keys, it is the document.
    """
    whole = Node(data, at)
    whole.ids = by_id(whole, around)
    nodes = [whole, *whole.each("@graph")]
    return next((one for key in keys for one in nodes if one.first(key)), whole)


def _size(node: Node) -> int:
    return len(node.value) if isinstance(node.value, dict) else 0


def _is_text(value: object) -> bool:
    """Tell whether a list is one text in several languages, as JSON-LD spells it out."""
    return isinstance(value, list) and any(
        isinstance(one, dict) and {"@value", "@language"} <= one.keys() for one in value
    )


_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)


def text(node: Node | None, language: str) -> Found | None:
    """Return a text of ours: plain where it is in the document's language, else by language."""
    if node is None:
        return None
    found = texts(node.value, language)
    if not found:
        return None
    if set(found) == {language} or (len(found) == 1 and not language):
        return node.found(next(iter(found.values())))
    return node.found(found)


def texts(value: object, language: str) -> dict[str, str]:
    """Return the texts of a value by language: a plain text, a map or JSON-LD value objects."""
    if isinstance(value, str):
        return {language or "und": value} if value.strip() else {}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {language or "und": str(value)}
    found: dict[str, str] = {}
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            parts = {language or "und": one}
        elif isinstance(one, dict) and "@value" in one:
            parts = {str(one.get("@language") or language or "und"): str(one["@value"])}
        elif isinstance(one, dict):
            parts = dict(_of_map(one, language))
        else:
            continue
        for key, words in parts.items():
            found[key] = f"{found[key]}\n{words}" if key in found else words
    return found


def _of_map(value: Mapping[str, object], language: str) -> Iterator[tuple[str, str]]:
    for key, words in value.items():
        name = key if _LANGUAGE.fullmatch(key) else language or "und"
        lines = words if isinstance(words, list) else [words]
        told = "\n".join(line for line in lines if isinstance(line, str) and line.strip())
        if told:
            yield name, told


_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)")
_MIDNIGHTS: Final = ("22:00", "22:00:00", "23:00", "23:00:00")  # of Brussels, in summer and winter


def day(node: Node | None) -> Found | None:
    """Return a date and time as a date.

    Europass writes midnight in Brussels as 22:00 or 23:00 UTC of the day before.
    """
    if node is None or not isinstance(node.value, str):
        return None
    found = _TIME.match(node.value.strip())
    if found is None:
        return node.found(node.value)
    date, time = found.groups()
    if time in _MIDNIGHTS and node.value.strip().endswith(("Z", "+00:00")):
        import datetime as dt

        try:
            date = (dt.date.fromisoformat(date) + dt.timedelta(days=1)).isoformat()
        except (ValueError, OverflowError):
            return node.found(node.value)
    return node.found(date)


def concept(node: Node | None, listed: str, language: str = "en") -> Found | None:
    """Return the code of a concept, or its label or address where the list doesn't have it."""
    if node is None:
        return None
    known: Vocabulary = vocabulary(listed)
    label = label_of(node, language)
    for name in (node.value if isinstance(node.value, str) else node.id, label):
        if name and (entry := known.find(name)):
            return node.found(entry.code)
    own = label or (node.value if isinstance(node.value, str) else node.id)
    return node.found(own) if own else None


def label_of(node: Node, language: str) -> str:
    """Return the label of a concept, in the document's language where it has one."""
    label = node.first("prefLabel")
    words = texts(label.value, language) if label is not None else {}
    return words.get("en") or words.get(language) or next(iter(words.values()), "")


def settled(tree: object) -> tuple[dict[str, object], dict[str, str]]:
    """Return a tree of found values as plain data without gaps, and the origin of each pointer."""
    origins: dict[str, str] = {}
    data = _settled(tree, "", origins)
    return (data if isinstance(data, dict) else {}), origins


def _settled(node: object, pointer: str, origins: dict[str, str]) -> object:
    if isinstance(node, Found):
        value = _settled(node.value, pointer, origins)
        if not _empty(value):
            origins[pointer] = node.at
        return value
    if isinstance(node, dict):
        below = {
            key: _settled(value, f"{pointer}/{escaped(key)}", origins)
            for key, value in node.items()
        }
        return {key: value for key, value in below.items() if not _empty(value)}
    if isinstance(node, list):
        kept: list[object] = []
        for item in node:
            value = _settled(item, f"{pointer}/{len(kept)}", origins)
            if not _empty(value):
                kept.append(value)
        return kept
    return node


def _empty(value: object) -> bool:
    return value is None or value in ({}, []) or (isinstance(value, str) and not value.strip())
