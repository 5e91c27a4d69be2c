"""The words of cells and headings, and the codes that they mean."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import key

__all__ = [
    "FURTHER",
    "MOST",
    "SHORT",
    "answer_in",
    "code_of",
    "is_nothing",
    "part_of",
    "several",
    "type_of",
]

_LIST: Final = re.compile(
    r"[;,/|+&\n]|\s(?:and|und|et|y|e|en|ja|oraz|και|i|och|og|a|és|și|ir|un|ve|та|і|й|и)\s"
)
# Signs and letters by which people say that there is nothing to state.
_NOTHING: Final = frozenset(
    {"-", "–", "—", "/", ".", "…", "n/a", "n.a.", "n. a.", "k. a.", "k.a.", "s/o", "s.o.", "x/x"}
)
# What spreadsheets show instead of a result, in the languages of their menus.
_ERRORS: Final = frozenset(
    {
        *("#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!"),
        *("#nv", "#bezug!", "#wert!", "#zahl!", "#valeur!", "#nom?", "#nombre!", "#rif!", "#nd"),
        *("#valore!", "#nome?", "#n/d", "#¡ref!", "#¡valor!", "#¿nombre?", "#¡div/0!", "#¡num!"),
        *("#valor!", "#adr!", "#arg!", "#nazwa?", "#liczba!", "#verw!", "#waarde!", "#naam?"),
        *("#getal!", "#n/b", "#н/д", "#ссылка!", "#знач!", "#имя?", "#дел/0!", "#число!"),
    }
)
FURTHER: Final = re.compile(r"(?:\s*[(,:]|\s[-–—]\s).*", re.DOTALL)
_OWN: Final = frozenset({"answers", "stacking"})  # lists of words for codes that no vocabulary has
_TYPES: Final = frozenset({"knowledge", "skill", "responsibility", "competences"})
_COUNT: Final = re.compile(r"(?<=\D)(\d{1,2})\W*$")  # “Learning outcome 3”
SHORT: Final = 40  # characters that a yes or no has at most
MOST: Final = 40  # values that one cell may list


def several(text: str) -> list[str]:
    """Return the values of a cell that lists them in one way or another."""
    return [part.strip() for part in _LIST.split(f"{text}") if part and part.strip()][:MOST]


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], str]:
    path = files("microcred") / "catalogues" / "tables" / "values.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {
        (row["list"], key(word)): row["code"] for row in rows for word in row["words"].split("|")
    }


@lru_cache(maxsize=2048)
def code_of(listed: str, text: str) -> str:
    """Return the code that a word means, or the word itself for a rule to tell about.

    What stands in brackets, or behind a comma or dash, may say more than the list knows.
    """
    for words in (text, FURTHER.sub("", text)):
        if listed not in _OWN and (entry := vocabulary(listed).find(words.strip())):
            return entry.code
        if code := _words().get((listed, key(words))):
            return code
    return text.strip()


def type_of(words: str) -> str:
    """Return the type of outcomes that words name, such as knowledge or skills."""
    code = code_of("skill-types", words)
    return code if code in _TYPES else ""


@lru_cache(maxsize=256)
def part_of(heading: str) -> str:
    """Return what tells a heading from those of columns that go on with the same list.

    That is a number, or a type of outcomes: “LO 2”, “Learning outcomes: skills”.
    """
    if count := _COUNT.search(heading):
        return count[1]
    words = heading.split()
    types = (type_of(" ".join(words[start:])) for start in range(len(words)))
    return next(filter(None, types), "")


def is_nothing(value: Answer) -> bool:
    """Tell whether a cell is filled in only to say that it has no value."""
    words = str(value).strip().casefold()
    return words in _NOTHING or words in _ERRORS


def answer_in(value: Answer) -> str:
    """Return “yes” or “no” where a cell says no more than that, in whatever language."""
    words = str(value).strip().rstrip(".!")[:SHORT]
    return _words().get(("answers", key(words)), "")
