"""Controlled lists and word lists: short tables of codes, addresses and words.

Nothing is read until somebody asks for a list; after that it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from microcred.vocabularies.tables import is_slip, key, rows, several
from microcred.vocabularies.wordlists import WordList, as_written, words

__all__ = [
    "NAMES",
    "WORD_LISTS",
    "About",
    "Entry",
    "Vocabulary",
    "WordList",
    "about",
    "as_written",
    "vocabulary",
    "words",
]

NAMES: tuple[str, ...]
WORD_LISTS: tuple[str, ...]

_MOST_NEAR = 8  # spellings that are compared, where several are as near
NEAR = 0.75  # how alike two spellings must be for "did you mean"; difflib's scale of 0 to 1


@dataclass(frozen=True, slots=True)
class About:
    """What one list is, where it comes from and who may use it."""

    name: str
    kind: str
    title: str
    description: str
    source: str
    licence: str
    origin: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a list; ``uri`` is empty where the value is ours."""

    code: str
    uri: str
    labels: Mapping[str, str]
    extra: Mapping[str, str]

    def label(self, language: str = "en") -> str:
        """Return the label in *language*, or in English where there is no other."""
        return self.labels.get(language) or self.labels["en"]

    @property
    def names(self) -> tuple[str, ...]:
        """Return everything that the value is called."""
        also = several(self.extra.get("also", ""))
        return (self.code, *self.labels.values(), self.extra.get("alpha3", ""), *also)


@dataclass(frozen=True)
class Vocabulary:
    """A controlled list, in the order in which it is shown."""

    name: str
    entries: tuple[Entry, ...]

    @cached_property
    def _codes(self) -> dict[str, Entry]:
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def _names(self) -> dict[str, Entry]:
        # A code wins over another entry's label, an earlier entry over a later one.
        found = {key(entry.code): entry for entry in self.entries}
        for entry in self.entries:
            for name in entry.names:
                found.setdefault(key(name), entry)
        found.pop("", None)
        return found

    @cached_property
    def _addresses(self) -> dict[str, Entry]:
        return {_address(entry.uri): entry for entry in self.entries if entry.uri}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code in self._codes

    def get(self, code: str) -> Entry | None:
        """Return the entry with exactly this code."""
        return self._codes.get(code)

    def find(self, text: object) -> Entry | None:
        """Return the entry that *text* names by code, label or address, however it is spelt."""
        if not isinstance(text, str):
            return None
        if entry := self._codes.get(text):
            return entry
        return _find(self.name, text)

    def nearest(self, text: object) -> str | None:
        """Return the code that somebody who wrote *text* probably meant, if there is one."""
        return _nearest(self.name, text[:100]) if isinstance(text, str) else None


# Who writes a name in a way of their own writes it so in every entry of their catalogue.
@lru_cache(maxsize=1024)
def _find(name: str, text: str) -> Entry | None:
    listed, spelled = vocabulary(name), key(text)
    # Two letters with a stroke between them are no code: “n/a” is not Namibia.
    if (len(spelled) > 2 or "/" not in text) and (entry := listed._names.get(spelled)):
        return entry
    return listed._addresses.get(_address(text)) if "://" in text else None


# To look for what is near is slow, and whoever writes a name wrongly once writes it so again.
@lru_cache(maxsize=1024)
def _nearest(name: str, text: str) -> str | None:
    import difflib  # only wrong values need it

    names, wanted = vocabulary(name)._names, key(text)
    near = difflib.get_close_matches(wanted, names, n=_MOST_NEAR, cutoff=NEAR)
    near = [one for one in near if is_slip(wanted, one)]
    alike = [difflib.SequenceMatcher(None, one, wanted).ratio() for one in near]
    # “Credits” is as near to the credits of one country as to those of any other.
    codes = {names[one].code for one, ratio in zip(near, alike, strict=True) if ratio == alike[0]}
    return codes.pop() if len(codes) == 1 else None


def _address(uri: str) -> str:
    return uri.strip().removeprefix("https://").removeprefix("http://").rstrip("/").casefold()


def _entry(row: Mapping[str, str]) -> Entry:
    rest = {name: value for name, value in row.items() if name not in ("code", "uri")}
    # A column with two letters holds labels in that language.
    labels = {name: rest.pop(name) for name in tuple(rest) if len(name) == 2}
    return Entry(row["code"], row.get("uri", ""), MappingProxyType(labels), MappingProxyType(rest))


@lru_cache(maxsize=64)
def vocabulary(name: str) -> Vocabulary:
    """Return the list *name*.

    Raises:
        KeyError: there is no such list.
    """
    if name not in _names("list"):
        raise KeyError(name)
    return Vocabulary(name, tuple(_entry(row) for row in rows(name)))


def about(name: str) -> About:
    """Return what the list *name* is.

    Raises:
        KeyError: there is no such list.
    """
    for row in rows("index"):
        if row["name"] == name:
            return About(**row)
    raise KeyError(name)


def _names(kind: str) -> tuple[str, ...]:
    return tuple(row["name"] for row in rows("index") if row["kind"] == kind)


def __getattr__(name: str) -> tuple[str, ...]:
    # The names stand in a table too, so they are read like everything else: when asked for.
    if name == "NAMES":
        return _names("list")
    if name == "WORD_LISTS":
        return _names("words")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
