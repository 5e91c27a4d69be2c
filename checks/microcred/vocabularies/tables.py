"""Rows of the tables that the package ships, read at first use and then kept."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from importlib.resources import files
from os.path import commonprefix
from typing import Any, TypeVar

__all__ = [
    "RECENT",
    "Row",
    "casefolded",
    "fold",
    "folded",
    "is_slip",
    "key",
    "remembered",
    "rows",
    "several",
]

Row = dict[str, str]
T = TypeVar("T")

_SEPARATORS = re.compile(r"[\s_\-\u2010-\u2015/,()'&]+")


@lru_cache(maxsize=64)
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of the table *name*.

    Raises:
        KeyError: there is no such table.
    """
    path = files(__package__) / f"{name}.csv"
    if not re.fullmatch(r"[a-z-]+", name) or not path.is_file():
        raise KeyError(name)
    return tuple(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def several(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several, divided by ``|``."""
    return tuple(cell.split("|")) if cell else ()


# Several rules look at the same text, one rule after the other through all the documents that are
# walked together. As many texts as these have outcomes and assessments are remembered.
RECENT = 1024
_LONG = 1000  # characters of a text of which a thousand would fill the memory
_FEW = 8  # long ones that are remembered, for the rules that look at one after the other


def remembered(work: Callable[..., T]) -> Callable[..., T]:
    """Return what remembers the outcome of *work* for some of the texts that came last.

    The first argument is the text; the others are few, such as its language.
    """
    recent: dict[tuple[Hashable, ...], Any] = {}
    few = lru_cache(maxsize=_FEW)(work)

    @wraps(work)
    def look(*asked: Any) -> T:
        found: T = recent.get(asked, recent)
        if found is not recent:
            return found
        if len(asked[0]) >= _LONG:
            return few(*asked)
        if len(recent) >= RECENT:  # to begin anew costs less than to know which came last
            recent.clear()
        found = recent[asked] = work(*asked)
        return found

    return look


def folded(text: str) -> str:
    """Return *text* in the form in which words are compared."""
    if text.isascii():  # nothing to normalise, and lower case is all that folding does
        return _single_spaced(text.lower())
    return _single_spaced(casefolded(text))


fold = remembered(folded)


def casefolded(text: str) -> str:
    """Return *text* with the letters in the form in which words are compared."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    # Romanian is often typed with the Turkish cedilla; both spellings are the same word. To replace
    # one sign after the other is several times quicker than to translate all of them.
    folded = folded.replace("ş", "ș").replace("ţ", "ț").replace("\u0307", "")
    return folded.replace("’", "'").replace("‘", "'").replace("ʼ", "'")


def _single_spaced(text: str) -> str:
    # The space is the only printable one, and most texts hold no other and no two in a row.
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(text.split())


def key(text: str) -> str:
    """Return *text* without case, spaces and hyphens, as codes and labels are looked up."""
    return _SEPARATORS.sub("", fold(text))


_HEADS = 0.5  # how alike two words must be before an ending that they share


def is_slip(written: str, meant: str) -> bool:
    """Tell whether one of two near spellings may be a slip of the other.

    What stands before an ending that both share has to be alike, too, or one letter: it says what
    sort of thing is meant. “Self-assessment” is no slip of “peer-assessment”, and “informal” is
    none of “formal”.
    """
    import difflib  # only wrong values need it

    shared = len(commonprefix((written[::-1], meant[::-1])))  # noqa: RUF071 - letters are meant
    heads = written[: len(written) - shared], meant[: len(meant) - shared]
    alike = difflib.SequenceMatcher(None, *heads).ratio() if any(heads) else 1
    return alike >= _HEADS or max(map(len, heads)) == 1
