"""Words and phrases that rules look for in texts, per language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType

from microcred.vocabularies.tables import Row, fold, folded, remembered, rows, several

__all__ = [
    "VERB_LAST",
    "Start",
    "WordList",
    "any_of",
    "as_written",
    "divided",
    "primary",
    "start_of",
    "tokens",
    "verb_last",
    "words",
]

# In these languages the verb of an outcome often stands at its end.
VERB_LAST = frozenset({"de", "hy", "ka", "nl", "tr"})

# The Serbian lists hold both scripts and both pronunciations, so they read these texts too.
_READ_WITH = {"cnr": "sr", "bs": "sr", "sh": "sr", "nb": "no", "nn": "no"}

_TOKEN = re.compile(r"\w+")
_FEW = 12  # words of a list
_COMPOUND = re.compile(r"-\w")
# What stands between words: marks and controls of ASCII, by a table for each byte that also sets
# in lower case, and those of all other scripts.
_BYTES = bytes(byte if chr(byte).isalnum() or byte == ord("_") else 32 for byte in range(128))
_BYTES = _BYTES.lower() + bytes(range(128, 256))
_BETWEEN = re.compile(r"[^\w\s]+")


# Dividing at spaces is several times quicker than looking for words.
@remembered
def tokens(text: str) -> frozenset[str]:
    """Return the single words of *text*, folded."""
    return divided(text if text.isascii() else fold(text))


def divided(folded: str) -> frozenset[str]:
    """Return the single words of a text that is folded, or needs no more than lower case for it."""
    found = folded.encode(errors="replace").translate(_BYTES).decode().split()
    if folded.isascii() or "".join(found).isalnum():
        return frozenset(found)
    return frozenset(_BETWEEN.sub(" ", " ".join(found)).split())


def any_of(wanted: frozenset[str], text: str) -> bool:
    """Tell whether *text* holds one of some single words, which are given folded."""
    return not wanted.isdisjoint(tokens(text))


def as_written(word: str, text: str) -> str:
    """Return a word or phrase that was found in *text* as its writer spelt it.

    Folding writes a word in a way that people don't: “schweisst”, or a Greek word without its last
    letter.
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    for number, (at, _) in enumerate(spans):
        for _, end in spans[number : number + len(word)]:
            if end > at + 2 * len(word):
                break
            if folded(text[at:end]) == word:
                return text[at:end]
    return word


# A folded text from where its first word may stand, this word, and its place: a plain tuple, for
# each outcome needs one.
Start = tuple[str, str, int]


def start_of(folded: str) -> Start:
    """Return where the first word of a folded text stands."""
    word = folded.partition(" ")[0]
    if word.isalnum():  # as nearly every text begins, and quicker to see than to search
        return folded, word, 0
    first = _TOKEN.search(folded)
    return (folded, first[0], first.start()) if first else (folded, "", 0)


class WordList(Mapping[str, Mapping[str, str]]):
    """The words of one list in one language, folded, each with its other columns.

    ``exceptions`` are longer phrases that hold one of the words and mean something else.
    """

    def __init__(self, found: dict[str, Mapping[str, str]], exceptions: Iterable[str] = ()) -> None:
        self._found = found
        self._exceptions = tuple(exceptions)

    def __getitem__(self, word: str) -> Mapping[str, str]:
        return self._found[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        # Longest first: "scrum master" is tried before "scrum".
        index: dict[str, list[str]] = {}
        for word in sorted((*self._found, *self._exceptions), key=len, reverse=True):
            index.setdefault(_TOKEN.findall(word)[0], []).append(word)
        return index

    @cached_property
    def _by_mark(self) -> dict[str, list[frozenset[str]]]:
        """The single words of each phrase, by one of them that few other texts hold."""
        index: dict[str, list[frozenset[str]]] = {}
        for words in sorted(map(_TOKEN.findall, self._found), key=len):
            # The longest word of a phrase is the one that least often stands in other texts.
            mark = next((word for word in words if word in index), max(words, key=len))
            index.setdefault(mark, []).append(frozenset(words))
        return index

    @cached_property
    def _lasts(self) -> frozenset[str]:
        return frozenset(_TOKEN.findall(word)[-1] for word in self._found)

    @cached_property
    def _marks(self) -> frozenset[str]:
        return frozenset(self._by_mark)

    def _matches(self, folded: str) -> Iterator[tuple[int, str]]:
        """Yield each word or exception in a folded text with the position after it."""
        end = 0
        for token in _TOKEN.finditer(folded):
            if token[0] not in self._by_first or token.start() < end:
                continue
            if word := self._at((folded, token[0], token.start())):
                end = token.start() + len(word)
                yield end, word

    def _at(self, start: Start) -> str | None:
        folded, first, at = start
        for word in self._by_first.get(first, ()):
            if not folded.startswith(word, at):
                continue
            following = folded[at + len(word) : at + len(word) + 1]
            # "capable d'" runs on into the next word, all others end where a word ends.
            if not (following.isalnum() or following == "_") or not word[-1].isalnum():
                return word
        return None

    def hinted(self, text: str, held: frozenset[str] | None = None) -> bool:
        """Tell whether *text* may hold a word of the list; quick, and surely not if it says no.

        ``held`` are the single words of the text, where they are known.
        """
        if held is None:
            # To divide a text is dearer than to look for a few words in it.
            if len(self._marks) <= _FEW and not any(map(fold(text).__contains__, self._marks)):
                return False
            held = tokens(text)
        if self._marks.isdisjoint(held):
            return False
        marks = self._marks & held
        return any(words <= held for mark in marks for words in self._by_mark[mark])

    def spot(self, text: str, held: frozenset[str] | None = None) -> list[str]:
        """Return the words of the list that *text* holds as whole words, in their order.

        ``held`` are the single words of the text, where they are known.
        """
        # Most texts share no word with a list, and that is quick to tell.
        if not self.hinted(text, held):
            return []
        return [word for _, word in self._matches(fold(text)) if word in self._found]

    def opening(self, text: str) -> str | None:
        """Return the word of the list that *text* begins with."""
        return self.opening_at(start_of(fold(text)))

    def opening_at(self, start: Start) -> str | None:
        """Return the word of the list that begins at *start*."""
        text, first, at = start
        if first not in self._by_first:
            return None
        word = self._at(start)
        if word not in self._found:
            return None
        end = at + len(word)
        # "Values-based" doesn't begin with the verb "values".
        compound = text.startswith("-", end) and _COMPOUND.match(text, end)
        return None if compound else word

    def closing(self, text: str) -> str | None:
        """Return the word of the list that *text* ends with."""
        folded = fold(text)
        last = folded.rstrip(" .,;:").rpartition(" ")[2]
        # Most texts end with a word that ends no phrase of the list, and that is quick to see.
        if last.isalnum() and last not in self._lasts:
            return None
        for end, word in self._matches(folded):
            if word in self._found and not _TOKEN.search(folded, end):
                return word
        return None


@lru_cache(maxsize=512)
def words(name: str, language: str) -> WordList:
    """Return the words of the list *name* in *language*; none where the language has no list.

    ``pt-BR`` and ``por`` are read with the words for ``pt``.

    Raises:
        KeyError: there is no such list.
    """
    language = primary(language)
    found: dict[str, Mapping[str, str]] = {}
    for row in _by_language(name).get(language, ()):
        rest = {column: cell for column, cell in row.items() if column != "words"}
        for word in several(row["words"]):
            found.setdefault(fold(word), MappingProxyType(rest))
    return WordList(found, _exceptions(name, language))


@lru_cache(maxsize=64)
def _by_language(name: str) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows(name):
        found.setdefault(row["language"], []).append(row)
    return found


def _exceptions(name: str, language: str) -> list[str]:
    return [
        fold(phrase)
        for row in _by_language("exceptions").get(language, ())
        if row["list"] == name
        for phrase in several(row["words"])
    ]


@lru_cache(maxsize=128)
def primary(language: str) -> str:
    """Return the code of the language in whose words *language* is read: ``pt`` for ``pt-BR``."""
    code = re.split(r"[-_]", language.strip().casefold(), maxsplit=1)[0]
    if len(code) == 3 and code not in _READ_WITH:
        code = next((row["code"] for row in rows("languages") if row["alpha3"].lower() == code), "")
    return _READ_WITH.get(code, code)


@lru_cache(maxsize=128)
def verb_last(language: str) -> bool:
    """Tell whether an outcome in *language* often ends with its verb."""
    return primary(language) in VERB_LAST
