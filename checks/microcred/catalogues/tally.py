"""Figures over many records; figures of parts add up to those of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from microcred.elements import ELEMENTS, is_stated

__all__ = ["Tally"]

Json = dict[str, Any]

# An element that is one field of the document is looked up without following a path.
_FIELDS: Final = {
    element.id: element.paths[0]
    for element in ELEMENTS.values()
    if len(element.paths) == 1 and "/" not in element.paths[0]
}
_PATHS: Final = tuple(element for element in ELEMENTS.values() if element.id not in _FIELDS)


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

    def add_unread(self) -> None:
        """Count a record that could not be read."""
        self.records += 1
        self.unread += 1

    def add(self, data: Json, kind: str, findings: list[Json]) -> tuple[int, int, int, int]:
        """Count a record; return its findings by must, should, advice and cannot tell."""
        self.records += 1
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        self._state(data, kind)
        if not findings:
            self.clear += 1
            return 0, 0, 0, 0
        return self._find(findings)

    def _state(self, data: Json, kind: str) -> None:
        elements = self.elements
        for id, name in _FIELDS.items():
            counts = elements.get(id)
            if counts is None:
                counts = elements[id] = [0, 0, 0]
            if kind in ELEMENTS[id].kinds:
                counts[0] += 1
                counts[1] += data.get(name) is not None
        for element in _PATHS:
            counts = elements.setdefault(element.id, [0, 0, 0])
            if kind in element.kinds:
                counts[0] += 1
                counts[1] += is_stated(element, data)

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
            self.elements[element][2] += 1
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
        return {name: getattr(self, name) for name in self.__slots__}

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


def _add(whole: dict[str, int], part: dict[str, int]) -> None:
    for name, count in part.items():
        whole[name] = whole.get(name, 0) + count


def _add_lists(whole: dict[str, list[int]], part: dict[str, list[int]]) -> None:
    for name, counts in part.items():
        before = whole.setdefault(name, [0] * len(counts))
        whole[name] = [a + b for a, b in zip(before, counts, strict=True)]
