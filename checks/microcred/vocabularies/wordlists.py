"""Words and phrases that rules look for in texts, per language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType

from microcred.vocabularies.tables import fold, rows, several

__all__ = ["VERB_LAST", "WordList", "after_openers", "verb", "words"]

# In these languages the verb of an outcome often stands at its end.
VERB_LAST = frozenset({"de", "hy", "ka", "nl", "tr"})

# The Serbian lists hold both scripts and both pronunciations, so they read these texts too.
_READ_WITH = {"cnr": "sr", "bs": "sr", "sh": "sr", "nb": "no", "nn": "no"}


class WordList(Mapping[str, Mapping[str, str]]):
    """The words of one list in one language, folded, each with its other columns."""

    def __init__(self, found: dict[str, Mapping[str, str]]) -> None:
        self._found = found

    def __getitem__(self, word: str) -> Mapping[str, str]:
        return self._found[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def _choice(self) -> str:
        # Longest first: "scrum master" is tried before "master".
        return "|".join(re.escape(word) for word in sorted(self._found, key=len, reverse=True))

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self._choice})(?!\w)")

    @cached_property
    def _at_start(self) -> re.Pattern[str]:
        return re.compile(rf"\W*({self._choice})(?!\w)")

    @cached_property
    def _at_end(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)({self._choice})\W*\Z")

    def spot(self, text: str) -> list[str]:
        """Return the words of the list that *text* holds as whole words, in their order."""
        return self._anywhere.findall(fold(text)) if self._found else []

    def opening(self, text: str) -> str | None:
        """Return the word of the list that *text* begins with."""
        match = self._at_start.match(fold(text)) if self._found else None
        return match[1] if match else None

    def closing(self, text: str) -> str | None:
        """Return the word of the list that *text* ends with."""
        match = self._at_end.search(fold(text)) if self._found else None
        return match[1] if match else None


def words(name: str, language: str) -> WordList:
    """Return the words of the list *name* in *language*; none where the language has no list.

    ``pt-BR`` and ``por`` are read with the words for ``pt``.

    Raises:
        KeyError: there is no such list.
    """
    return _words(name, _primary(language))


@lru_cache(maxsize=512)
def _words(name: str, language: str) -> WordList:
    found: dict[str, Mapping[str, str]] = {}
    for row in rows(name):
        if row["language"] == language:
            rest = {column: cell for column, cell in row.items() if column != "words"}
            for word in several(row["words"]):
                found.setdefault(fold(word), MappingProxyType(rest))
    return WordList(found)


@lru_cache(maxsize=128)
def _primary(language: str) -> str:
    code = re.split(r"[-_]", language.strip().casefold(), maxsplit=1)[0]
    if len(code) == 3 and code not in _READ_WITH:
        code = next((row["code"] for row in rows("languages") if row["alpha3"].lower() == code), "")
    return _READ_WITH.get(code, code)


def after_openers(statement: str, language: str) -> str:
    """Return an outcome, folded, from the place where its verb may stand.

    "On completion, the learner is able to plan …" becomes "plan …".
    """
    openers = words("outcome-openers", language)
    rest = fold(statement).lstrip(" -–—•·*:,.…")
    while opener := openers.opening(rest):
        tail = rest[rest.index(opener) + len(opener) :]
        if openers[opener]["until"] == "comma":
            # An introduction without a comma can't be told from the outcome itself.
            head, mark, after = tail.partition(",") if "," in tail else tail.partition(":")
            if not mark:
                return rest
            tail = after
        tail = tail.lstrip(" -–—•·*:,.…")
        if not tail:
            return rest
        rest = tail
    return rest


def verb(name: str, statement: str, language: str) -> str | None:
    """Return the word of the list *name* that an outcome is built on, if there is one.

    That is the word it begins with; where verbs come last, also the verb it ends with.
    """
    listed = words(name, language)
    rest = after_openers(statement, language)
    found = listed.opening(rest)
    if found is None and _primary(language) in VERB_LAST:
        last = listed.closing(rest)
        found = last if last and listed[last].get("part") != "noun" else None
    return found
