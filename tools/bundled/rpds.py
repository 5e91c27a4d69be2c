"""The part of rpds that jsonschema and referencing use, in plain Python.

rpds itself is compiled, and not for browsers. Every change copies the whole collection: those of
one schema are small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

__all__ = ["HashTrieMap", "HashTrieSet", "List"]

K = TypeVar("K")
V = TypeVar("V")


class HashTrieMap(Mapping[K, V]):
    """A mapping that is never changed: each change returns another one."""

    __slots__ = ("_items",)

    def __init__(self, value: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        self._items: dict[K, V] = dict(value)

    @classmethod
    def convert(cls, value: Mapping[K, V] | Iterable[tuple[K, V]]) -> HashTrieMap[K, V]:
        """Return *value* as it is if it is such a mapping already."""
        return value if isinstance(value, cls) else cls(value)

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"HashTrieMap({self._items!r})"

    def insert(self, key: K, value: V) -> HashTrieMap[K, V]:
        """Return the mapping with one more item."""
        return HashTrieMap({**self._items, key: value})

    def update(self, value: Mapping[K, V] | Iterable[tuple[K, V]]) -> HashTrieMap[K, V]:
        """Return the mapping with the items of another one."""
        return HashTrieMap({**self._items, **dict(value)})

    def remove(self, key: K) -> HashTrieMap[K, V]:
        """Return the mapping without *key*, which must be there."""
        kept = dict(self._items)
        del kept[key]
        return HashTrieMap(kept)

    def discard(self, key: K) -> HashTrieMap[K, V]:
        """Return the mapping without *key*, which may be there."""
        return self.remove(key) if key in self._items else self


class HashTrieSet(frozenset[K]):
    """A set that is never changed."""

    __slots__ = ()

    def insert(self, value: K) -> HashTrieSet[K]:
        """Return the set with one more value."""
        return HashTrieSet((*self, value))

    def update(self, *values: Iterable[K]) -> HashTrieSet[K]:
        """Return the set with all *values*."""
        return HashTrieSet(self.union(*values))

    def remove(self, value: K) -> HashTrieSet[K]:
        """Return the set without *value*, which must be there."""
        if value not in self:
            raise KeyError(value)
        return self.discard(value)

    def discard(self, value: K) -> HashTrieSet[K]:
        """Return the set without *value*, which may be there."""
        return HashTrieSet(self - {value})


class List(tuple[V, ...]):
    """A list that is never changed and grows at its front."""

    __slots__ = ()

    def __new__(cls, *values: V | Iterable[V]) -> List[V]:
        """Return the list of one iterable, or of several values."""
        one = len(values) == 1 and isinstance(values[0], Iterable)
        return super().__new__(cls, values[0] if one else values)  # type: ignore[arg-type]

    @property
    def first(self) -> V:
        """Return the value at the front."""
        return self[0]

    @property
    def rest(self) -> List[V]:
        """Return the list without the value at its front."""
        return self.drop_first()

    def push_front(self, value: V) -> List[V]:
        """Return the list with one more value at its front."""
        return List((value, *self))

    def drop_first(self) -> List[V]:
        """Return the list without the value at its front."""
        return List(self[1:])
