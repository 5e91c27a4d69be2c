"""Which entries of several lists speak of the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from microcred.vocabularies.tables import key

__all__ = ["grouped", "is_same"]

# What tells an entry from others where it has no short name; the first that both have decides.
_NAMES: Final = ("name", "title", "statement", "source", "system", "framework", "scheme")


def grouped(lists: Sequence[Sequence[Any]]) -> Iterator[list[tuple[int, int]]]:
    """Yield, for each entry of the joined list, the list and position of all that are it.

    Entries of one list are never joined with each other.
    """
    groups: list[list[tuple[int, int]]] = []
    for number, items in enumerate(lists):
        taken: set[int] = set()
        for position, item in enumerate(items):
            found = next(
                (
                    index
                    for index, group in enumerate(groups)
                    if index not in taken and any(_matches(item, lists[n][p]) for n, p in group)
                ),
                None,
            )
            if found is None:
                found = len(groups)
                groups.append([])
            taken.add(found)
            groups[found].append((number, position))
    yield from groups


def _matches(one: Any, other: Any) -> bool:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return is_same(one, other)
    if one.get("id") and other.get("id"):
        return is_same(one["id"], other["id"])
    for name in _NAMES:
        if one.get(name) and other.get(name):
            return bool(_texts(one[name]) & _texts(other[name]))
    return is_same(one, other)


def _texts(value: object) -> set[str]:
    texts = value.values() if isinstance(value, Mapping) else [value]
    return {key(str(text)) for text in texts}


def is_same(one: object, other: object) -> bool:
    """Tell whether two values say the same: Word has no numbers, and spaces mean nothing."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(is_same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, Mapping | list) or isinstance(other, Mapping | list):
        return False
    numbers = isinstance(one, int | float) or isinstance(other, int | float)
    return _spelled(one, number=numbers) == _spelled(other, number=numbers)


def _spelled(value: object, *, number: bool) -> str:
    words = " ".join(str(value).split())
    try:
        return f"{float(words.replace(',', '.')):.12g}" if number and len(words) < 20 else words
    except ValueError:
        return words
