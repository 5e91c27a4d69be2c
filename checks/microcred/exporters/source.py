"""A description on its way out: every field is ticked off when it has found its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from microcred.credential import Credential
from microcred.elements import element_at
from microcred.labels import label

__all__ = [
    "NO_PLACE",
    "UNREADABLE",
    "WEB",
    "How",
    "Json",
    "Options",
    "Source",
    "Step",
    "below",
    "duration",
]

Json = dict[str, Any]


WEB: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
NO_PLACE: Final = "the format has no place for it"
UNREADABLE: Final = "it can’t be read in this form: check the description"


class How(StrEnum):
    """What became of a field."""

    KEPT = "kept"
    IN_WORDS = "in words"
    LEFT_OUT = "left out"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Step:
    """One field of the description: where it went, and in which form."""

    pointer: str
    name: str
    element: str
    how: How
    note: str


@dataclass(frozen=True, slots=True)
class Options:
    """What a conversion needs to know beyond the description."""

    eidas: str = ""
    with_name: bool = False
    salt: str = ""


# What only our own software needs.
_OURS: Final = frozenset({"/microcred", "/kind", "/$schema", "/profile"})


@dataclass
class Source:
    """The fields of a description, and what has become of each."""

    credential: Credential
    leaves: dict[str, Any] = field(default_factory=dict)
    moved: dict[str, tuple[How, str]] = field(default_factory=dict)
    added: list[Step] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.leaves = dict(_leaves(self.credential.data, ""))

    @property
    def data(self) -> Json:
        """Return the description."""
        return self.credential.data

    @property
    def language(self) -> str:
        """Return the language of texts that don't name their own."""
        stated = self.data.get("language")
        return stated.lower() if isinstance(stated, str) and stated else "en"

    def get(self, pointer: str) -> Any:
        """Return the value at *pointer*, or None."""
        node: Any = self.data
        for step in pointer.split("/")[1:]:
            if isinstance(node, dict):
                node = node.get(step)
            elif isinstance(node, list) and step.isdigit() and int(step) < len(node):
                node = node[int(step)]
            else:
                return None
        return node

    def items(self, pointer: str) -> list[str]:
        """Return the pointers of the items of a list that are there."""
        node = self.get(pointer)
        if not isinstance(node, list):
            return []
        return [f"{pointer}/{n}" for n, item in enumerate(node) if item not in (None, "", {})]

    def keep(self, pointer: str, into: str) -> Any:
        """Return the value at *pointer*, ticked off with everything below it."""
        value = self.get(pointer)
        if value not in (None, "", {}, []):
            self._tick(pointer, How.KEPT, into)
        return value

    def page(self, pointer: str, into: str) -> str:
        """Return the web address at *pointer*, ticked off; empty where anything else stands."""
        stated = self.get(pointer)
        is_web = isinstance(stated, str) and WEB.fullmatch(stated)
        return str(self.keep(pointer, into)) if is_web else ""

    def texts(self, pointer: str, into: str) -> dict[str, str]:
        """Return a text by language, ticked off."""
        value = self.keep(pointer, into)
        if isinstance(value, Mapping):
            return {key: str(words) for key, words in value.items() if words}
        return {self.language: str(value)} if value not in (None, "", []) else {}

    def text(self, pointer: str, into: str) -> str:
        """Return a text in the document's language; its other languages stay where they are."""
        value = self.get(pointer)
        if isinstance(value, Mapping):
            if not value:
                return ""
            language = self.language if self.language in value else next(iter(value))
            return str(self.keep(f"{pointer}/{language}", into) or "")
        kept = self.keep(pointer, into)
        return "" if kept is None else str(kept)

    def leave_out(self, pointer: str, why: str) -> None:
        """Leave a field out of what is written, for a reason."""
        self._tick(pointer, How.LEFT_OUT, why)

    def miss(self, pointer: str, name: str, why: str) -> None:
        """Tell that something is left out which the other format has beside the field there."""
        self.added.append(Step(pointer, name, element_at(pointer), How.LEFT_OUT, why))

    def add(self, name: str, note: str) -> None:
        """Tell that something was written that the description doesn't say."""
        self.added.append(Step("", name, "", How.ADDED, note))

    def order(self, pointer: str, first: Callable[[str], bool]) -> list[str]:
        """Return the items of a list with those first that have a place in the other format.

        In words, the items are numbered in this order, in which they will be read again.
        """
        items = self.items(pointer)
        sorted_items = sorted(items, key=lambda item: not first(item))
        for position, item in enumerate(sorted_items):
            self.numbers[item] = f"{pointer}/{position}"
        return sorted_items

    def words(self, under: str = "", into: str = "note") -> list[str]:
        """Return in words what has found no place below *under*, and tick it off.

        The words of a part leave out the name of the part that they stand in.
        """
        prefix = label(self._numbered(under)) if under else ""
        found = []
        for pointer, value in self.leaves.items():
            if pointer in self.moved or pointer in _OURS or not below(pointer, under):
                continue
            name = label(self._numbered(pointer))
            if not name or isinstance(value, bool):
                self.moved[pointer] = (How.LEFT_OUT, "the format has no such field")
                continue
            name = name.removeprefix(prefix).removeprefix(" › ")
            found.append(f"{name}: {' '.join(str(value).split())}")
            self.moved[pointer] = (How.IN_WORDS, into)
        return found

    def steps(self) -> tuple[Step, ...]:
        """Return what became of each field, in the order of the description."""
        told = []
        for pointer in self.leaves:
            if pointer in _OURS:
                continue
            how, note = self.moved.get(pointer, (How.LEFT_OUT, NO_PLACE))
            name = label(pointer) or pointer.lstrip("/")
            told.append(Step(pointer, name, element_at(pointer), how, note))
        return (*told, *self.added)

    def _tick(self, pointer: str, how: How, note: str) -> None:
        for leaf in self.leaves:
            if below(leaf, pointer):
                self.moved.setdefault(leaf, (how, note))

    def _numbered(self, pointer: str) -> str:
        for item, number in self.numbers.items():
            if below(pointer, item):
                return number + pointer[len(item) :]
        return pointer


def below(pointer: str, other: str) -> bool:
    """Tell whether a pointer is *other* or leads below it."""
    return not other or pointer == other or pointer.startswith(other + "/")


def duration(stated: object) -> str:
    """Return a number of hours as ISO 8601 has it, or nothing where it isn't in whole minutes."""
    from microcred.quantities import hours_of

    hours = hours_of(stated)
    if hours is None or hours <= 0 or round(hours * 60) != hours * 60:
        return ""
    whole, minutes = divmod(round(hours * 60), 60)
    return f"PT{whole}H{minutes}M" if minutes else f"PT{whole}H"


def _leaves(node: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for position, item in enumerate(node):
            yield from _leaves(item, f"{pointer}/{position}")
    elif node is not None and node != "":
        yield pointer, node
