"""Expanded JSON-LD in the plain names of the model, with the pointers of the file as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from microcred.readers.elm.terms import names, terms
from microcred.readers.foreign import escaped

__all__ = ["MARK", "Spelling"]

Json = dict[str, Any]

MARK: Final = "urn:microcred:pointer"  # under which each object remembers where it stood


class Spelling:
    """Writes expanded JSON-LD in plain names, and remembers where each part stood."""

    def __init__(self, file: object) -> None:
        self.origins: dict[str, str] = {"": ""}
        self._file = file

    def node(self, node: Mapping[str, Any], pointer: str) -> Json:
        """Return an object with its properties under their terms."""
        marks = [one["@value"] for one in node.get(MARK, ()) if "@value" in one]
        stood = marks[0] if marks else self._above(pointer)
        self.origins[pointer] = stood
        plain: Json = {}
        if "@id" in node:
            plain["id"] = node["@id"]
        if "@type" in node:
            plain["type"] = [names().get(one, one) for one in node["@type"]]
        keys = self._keys(stood)
        for address, values in node.items():
            if address.startswith("@") or address == MARK:
                continue
            term = names().get(address, address)
            below = f"{pointer}/{escaped(term)}"
            local = keys.get(_local(address)) or keys.get(term.lower())
            self.origins[below] = f"{stood}/{escaped(local)}" if local else stood
            plain[term] = self._values(term, values, below)
        return plain

    def _above(self, pointer: str) -> str:
        while pointer not in self.origins:
            pointer = pointer.rpartition("/")[0]
        return self.origins[pointer]

    def _keys(self, at: str) -> dict[str, str]:
        """Return the keys that the file has there, by the end of their name."""
        node: Any = self._file
        for step in at.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            node = node[int(name)] if isinstance(node, list) else node[name]
        return {_local(key): key for key in node} if isinstance(node, dict) else {}

    def _values(self, term: str, values: object, pointer: str) -> object:
        listed = values if isinstance(values, list) else [values]
        items = [item for one in listed for item in _items(one)]
        if items and all("@value" in item for item in items):
            form = terms().get(term, ("", ""))[1]
            spoken = form == "language" or any("@language" in item for item in items)
            return _by_language(items) if spoken else _single([item["@value"] for item in items])
        return [
            item["@value"] if "@value" in item else self.node(item, f"{pointer}/{n}")
            for n, item in enumerate(items)
        ]


def _items(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict) and "@list" in value:
        for one in value["@list"]:
            yield from _items(one)
    elif isinstance(value, dict) and "@graph" in value and not value.keys() - {"@graph", "@id"}:
        for one in value["@graph"]:
            yield from _items(one)
    elif isinstance(value, dict):
        yield value


def _by_language(items: list[Mapping[str, Any]]) -> Json:
    found: Json = {}
    for item in items:
        language = str(item.get("@language") or "@none").lower()
        told = found.get(language)
        found[language] = (
            [*told, item["@value"]]
            if isinstance(told, list)
            else ([told, item["@value"]] if told is not None else item["@value"])
        )
    return found


def _single(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values


def _local(name: str) -> str:
    return name.replace("#", "/").replace(":", "/").rpartition("/")[2].lower()
