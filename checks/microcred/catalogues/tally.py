"""Figures over many records; figures of parts add up to those of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from microcred.description import Description
from microcred.elements import ELEMENTS, is_stated

__all__ = ["Tally"]

Json = dict[str, Any]

_BITS: Final = {id: 1 << position for position, id in enumerate(ELEMENTS)}
# An element that is a field of the document is seen without following a path.
_FIELDS: Final = {
    path: _BITS[element.id]
    for element in ELEMENTS.values()
    for path in element.paths
    if "/" not in path
}
_PATHS: Final = tuple(
    element for element in ELEMENTS.values() if any("/" in path for path in element.paths)
)


@dataclass(slots=True)
class Tally:
    """How many records, findings by rule, and elements that are stated or not met."""

    records: int = 0
    unread: int = 0
    clear: int = 0  # records in which every must rule is met
    kinds: dict[str, int] = field(default_factory=dict)
    rules: dict[str, list[int]] = field(default_factory=dict)  # not met, cannot tell
    elements: dict[str, list[int]] = field(default_factory=dict)  # asked for, stated, not met
    levels: dict[str, int] = field(default_factory=dict)
    # Records by kind and by the elements that they state, as bits: few differ, and counting one
    # is all that a record costs.
    alike: dict[tuple[str, int], int] = field(default_factory=dict)

    def add_unread(self) -> None:
        """Count a record that could not be read."""
        self.records += 1
        self.unread += 1

    def add(self, description: Description, findings: list[Json]) -> tuple[int, int, int, int]:
        """Count a record; return its findings by must, should, advice and cannot tell."""
        one = description.kind, _stated(description.data)
        self.records += 1
        self.alike[one] = self.alike.get(one, 0) + 1
        if not findings:
            self.clear += 1
            return 0, 0, 0, 0
        return self._find(findings)

    def _find(self, findings: list[Json]) -> tuple[int, int, int, int]:
        by = {"must": 0, "should": 0, "advice": 0, "ask": 0}
        broken = set()
        for finding in findings:
            asks = finding["outcome"] == "cannot-tell"
            self.rules.setdefault(finding["rule"], [0, 0])[asks] += 1
            by["ask" if asks else finding["level"]] += 1
            if not asks and finding["level"] == "must" and finding["element"]:
                broken.add(finding["element"])
        for element in broken:
            self.elements.setdefault(element, [0, 0, 0])[2] += 1
        self.clear += not by["must"]
        for name, count in by.items():
            self.levels[name] = self.levels.get(name, 0) + count
        return by["must"], by["should"], by["advice"], by["ask"]

    def note(self, rule: str, weight: str, count: int) -> None:
        """Count findings that concern several records."""
        self.rules.setdefault(rule, [0, 0])[weight == "ask"] += count
        self.levels[weight] = self.levels.get(weight, 0) + count

    def as_data(self) -> Json:
        """Return the figures as plain data."""
        kinds: dict[str, int] = {}
        elements = {id: [0, 0, self.elements.get(id, (0, 0, 0))[2]] for id in ELEMENTS}
        for (kind, stated), count in self.alike.items():
            kinds[kind] = kinds.get(kind, 0) + count
            for id, element in ELEMENTS.items():
                if kind in element.kinds:
                    elements[id][0] += count
                    elements[id][1] += count * bool(stated & _BITS[id])
        plain = {name: getattr(self, name) for name in ("records", "unread", "clear", "rules")}
        return plain | {"kinds": kinds, "elements": elements, "levels": self.levels}

    @classmethod
    def of(cls, parts: Iterable[Json]) -> Tally:
        """Return the figures of several parts together."""
        whole = cls()
        for part in parts:
            whole.records += part["records"]
            whole.unread += part["unread"]
            whole.clear += part["clear"]
            for name in ("kinds", "levels"):
                _add(getattr(whole, name), part[name])
            for name in ("rules", "elements"):
                _add_lists(getattr(whole, name), part[name])
        return whole


def _stated(data: Json) -> int:
    """Return the elements that a document states, as bits."""
    stated = _stated_by(tuple(data))
    for element in _PATHS:
        if is_stated(element, data):
            stated |= _BITS[element.id]
    return stated


# The records of a provider mostly have the same fields.
@lru_cache(maxsize=1024)
def _stated_by(fields: tuple[str, ...]) -> int:
    stated = 0
    for name in fields:
        stated |= _FIELDS.get(name, 0)
    return stated


def _add(whole: dict[str, int], part: dict[str, int]) -> None:
    for name, count in part.items():
        whole[name] = whole.get(name, 0) + count


def _add_lists(whole: dict[str, list[int]], part: dict[str, list[int]]) -> None:
    for name, counts in part.items():
        before = whole.setdefault(name, [0] * len(counts))
        whole[name] = [a + b for a, b in zip(before, counts, strict=True)]
