"""Near misses: who may be meant where neither number nor name is in a register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Final

from microcred.registers.names import spelling, word_list, words

__all__ = ["Neighbours"]

_ALIKE: Final = 0.87  # how alike two spellings must be to be asked about; difflib's scale of 0 to 1
_TYPO: Final = 0.75  # and how alike two words, to look at the names that hold them
_SHORTEST: Final = 4  # letters: shorter words are near too many others
_LONGEST: Final = 120  # letters of a name that are compared; what is longer is no name
_LOOKED_AT: Final = 6  # words of a name that are looked for, the longest first
_COMMON: Final = 400  # entries: a word that more of them have finds nobody

_ORDER: Final = "the same words in another order, language or legal form"
_SPELLING: Final = "a spelling that differs in a few letters"
_PART: Final = "a name of which one is part of the other"


class Neighbours:
    """The names of a register by their words, for looking what is near; each with its row."""

    def __init__(self, named: Iterable[tuple[int, str]]) -> None:
        self._named = named

    @cached_property
    def _sets(self) -> Mapping[frozenset[str], list[tuple[int, str]]]:
        found: dict[frozenset[str], list[tuple[int, str]]] = {}
        for row, name in self._named:
            told = words(name)
            if told - general():
                found.setdefault(told, []).append((row, name))
        return found

    @cached_property
    def _words(self) -> Mapping[str, list[frozenset[str]]]:
        found: dict[str, list[frozenset[str]]] = {}
        for words_of_name in self._sets:
            for word in words_of_name - general():
                found.setdefault(word, []).append(words_of_name)
        return found

    @cached_property
    def _lengths(self) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = {}
        for word in self._words:
            found.setdefault(len(word), []).append(word)
        return found

    def same_words(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield each row with a name of the same words, and why it is near."""
        for row, _ in self._sets.get(words(name), ()):
            yield row, _ORDER

    def similar(self, name: str) -> list[tuple[int, str]]:
        """Return the rows with a similar name, the nearest first, each with why it is near."""
        mine, plain = words(name), spelling(name)[:_LONGEST]
        scored: list[tuple[float, int, str]] = []
        for theirs in self._candidates(mine):
            for row, other in self._sets[theirs]:
                alike = SequenceMatcher(None, plain, spelling(other)[:_LONGEST]).ratio()
                if alike >= _ALIKE:
                    scored.append((-1 - alike, row, _SPELLING))
                elif (mine & theirs) - general() and (mine <= theirs or theirs <= mine):
                    scored.append((-alike, row, _PART))
        return [(row, why) for _, row, why in sorted(scored)]

    def _candidates(self, mine: frozenset[str]) -> Iterable[frozenset[str]]:
        """Return the names that share a word with mine, or a word that is spelt nearly so."""
        found: dict[frozenset[str], None] = {}
        for own in sorted(mine - general(), key=len, reverse=True)[:_LOOKED_AT]:
            for word in (own, *self._typos(own)):
                sets = self._words.get(word, ())
                if len(sets) <= _COMMON:
                    found.update(dict.fromkeys(sets))
        return found

    def _typos(self, word: str) -> Iterator[str]:
        if len(word) < _SHORTEST or word in self._words:
            return
        matcher = SequenceMatcher(None, b=word)
        for length in range(len(word) - 1, len(word) + 2):
            for other in self._lengths.get(length, ()):
                if other[:2] != word[:2] and other[-2:] != word[-2:]:
                    continue
                matcher.set_seq1(other)
                if matcher.quick_ratio() >= _TYPO and matcher.ratio() >= _TYPO:
                    yield other


@lru_cache(maxsize=1)
def general() -> frozenset[str]:
    """Return the words that many providers have in their names, such as university."""
    return frozenset(word_list("general").values())
