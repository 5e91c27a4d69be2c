"""The values of several documents, joined field by field, with what they don't agree on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from microcred.credential import WHOLE, Credential
from microcred.labels import label
from microcred.merging.entries import grouped, is_same
from microcred.quantities import as_number, hours_of, read_date
from microcred.shape import without_blanks

__all__ = ["Conflict", "Joining", "Said"]

# What each file says of itself.
_OWN: Final = ("microcred", "kind", "$schema", "x-worksheet")

_HOURS: Final = re.compile("/workload/(?:hours|parts/[^/]+)")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: in which file, at which place, and what."""

    source: str
    place: str
    value: object

    def __str__(self) -> str:
        return f"{self.source}, {self.place}" if self.place else self.source


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question with different answers; ``pointer`` is that of the joined description."""

    pointer: str
    answers: tuple[Said, ...]
    preferred: Said | None = None

    @property
    def name(self) -> str:
        """Return the name of the field in words."""
        return label(self.pointer) or self.pointer.lstrip("/")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of one of the documents, by their number and its pointer."""

    number: int
    pointer: str
    value: Any

    def below(self, step: str | int) -> _Value:
        token = str(step).replace("~", "~0").replace("/", "~1")
        return _Value(self.number, f"{self.pointer}/{token}", self.value[step])


class Joining:
    """The joining of documents; ``places`` and ``conflicts`` grow with it."""

    def __init__(self, sources: Sequence[Credential], prefer: int | None) -> None:
        self.places: dict[str, str] = {"": WHOLE}
        self.conflicts: list[Conflict] = []
        self._sources, self._prefer = sources, prefer

    def whole(self) -> dict[str, Any]:
        """Return the joined description, without what each file says of itself."""
        values = [
            _Value(number, "", {k: v for k, v in data.items() if k not in _OWN})
            for number, data in enumerate(without_blanks(one.data) for one in self._sources)
        ]
        return self._maps(values, "")

    def _joined(self, values: list[_Value], at: str) -> Any:
        self.places[at] = str(self._said(values[0]))
        kinds = {type(one.value) for one in values}
        if kinds == {dict}:
            return self._maps(values, at)
        if kinds == {dict, str}:
            # A text in one language beside the same text in several.
            return self._maps([self._by_language(one) for one in values], at)
        if kinds == {list} and any(isinstance(item, dict) for one in values for item in one.value):
            return self._lists(values, at)
        return self._one(values, at)

    def _maps(self, values: list[_Value], at: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in dict.fromkeys(name for one in values for name in one.value):
            stated = [one.below(name) for one in values if name in one.value]
            token = stated[0].pointer.rpartition("/")[2]
            value = self._joined(stated, f"{at}/{token}")
            if value is not None:
                found[name] = value
        return found

    def _by_language(self, one: _Value) -> _Value:
        if isinstance(one.value, dict):
            return one
        language = str(self._sources[one.number].data.get("language") or "en")
        return _Value(one.number, one.pointer, {language: one.value})

    def _lists(self, values: list[_Value], at: str) -> list[Any]:
        found: list[Any] = []
        # A list keeps the empty entries between others; they are no answers.
        items = [
            [one.below(n) for n, item in enumerate(one.value) if item not in (None, "", {}, [])]
            for one in values
        ]
        for group in grouped([[item.value for item in one] for one in items]):
            value = self._joined([items[n][p] for n, p in group], f"{at}/{len(found)}")
            if value is not None:
                found.append(value)
        return found

    def _one(self, values: list[_Value], at: str) -> Any:
        """Return the answer that all give, the preferred one, or none."""
        first = values[0].value
        if all(_agree(first, one.value, at) for one in values):
            # A number says more than the same digits as text.
            numbers = (one.value for one in values if isinstance(one.value, int | float))
            return next(numbers, first)
        preferred = next((one for one in values if one.number == self._prefer), None)
        said = tuple(self._said(one) for one in values)
        chosen = self._said(preferred) if preferred else None
        self.conflicts.append(Conflict(at, said, chosen))
        if preferred is None:
            del self.places[at]
            return None
        self.places[at] = str(chosen)
        return preferred.value

    def _said(self, one: _Value) -> Said:
        source = self._sources[one.number]
        place = source.where(one.pointer)
        return Said(source.source, place.label if place else one.pointer, one.value)


def _agree(one: object, other: object, at: str) -> bool:
    """Tell whether two answers are the same; the order of values in a cell means nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return is_same(sorted(map(str, one)), sorted(map(str, other)))
    if isinstance(one, Mapping) or isinstance(other, Mapping):
        return False
    meant = _meaning(one, at)
    return is_same(one, other) or (meant is not None and meant == _meaning(other, at))


def _meaning(value: object, at: str) -> object:
    """Return an amount or a day as the rules read it: “75 h” and 75 are as many hours."""
    if _HOURS.fullmatch(at):
        return hours_of(value)
    if at.endswith("/points"):
        return as_number(value)
    written = read_date(value) if isinstance(value, str) else None
    return written.date if written else None
