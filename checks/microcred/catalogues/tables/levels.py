"""Cells that state a level: “EQF 6 / NQF 7”, “Stufe VI”, “5 to 6”."""

from __future__ import annotations

import re
from typing import Any, Final

from microcred.levels import WORDS
from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import key

__all__ = ["is_national", "level_in"]

_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}
_LEVEL: Final = re.compile(
    r"([^\W\d_][^\W\d]*(?:[\s-](?!\d)[^\W\d_]+){0,2}?)?[\s:.-]*"
    r"(?<![\w+])(\d{1,2}(?:[.,/]\d{1,2})?[A-Za-z]?|VIII|VII|VI|IV|V|III|II|I|[A-H])(?!\w)"
)
# Words for the European framework, and words that name no framework at all.
_EQF: Final = ("eqf", "eqr", "cec", "mec", "qeq", "qec", "erk", "єрк", "екр", "eqrnqr", "eqfnqf")
_NOT_EQF: Final = frozenset({"meces", "mecu"})
_NONE: Final = {*map(key, WORDS), "", "qualification", "of"}
# Between two levels, or in place of one: which of them is meant, only a person can say.
_BETWEEN: Final = frozenset(
    {"to", "bis", "à", "a", "do", "or", "oder", "ou", "o", "lub", "або", "до", "έως", "und", "and"}
)
_READ: Final = 1000  # characters of a cell in which levels are looked for
_SHORT: Final = 6  # letters of a name that stands for a framework


def level_in(value: Answer, heading: str) -> dict[str, Any]:
    """Return the levels that a cell states; the heading may name their framework.

    What can be read in two ways stays as it is written, for a rule to ask about.
    """
    words = str(value).strip()
    national = "" if _is_european(heading) else _named(heading)
    found = _found(words)
    bare = [number for name, number in found if key(name) in _NONE]
    if len(bare) > 1 or any(key(name) in _BETWEEN for name, _ in found) or not found:
        return _stated(words, national)
    if len(found) == 1 and bare and not _is_european(words):
        national = next(iter(_known(words)), national)  # “Level 6 (NFQ)”
    level: dict[str, Any] = {}
    for position, (name, number) in enumerate(found):
        if key(name) in _NONE and position:
            return _stated(words, national)  # “EQF 6 / 7”: of what the second is a level, none says
        framework = national if key(name) in _NONE else "" if _is_european(name) else _named(name)
        if framework or not (key(name) in _NONE or _is_european(name)):
            item = {"framework": framework or _without_level(name), "level": number}
            level.setdefault("national", []).append(item)
            continue
        eqf = _ROMAN.get(number) or (int(number) if number.isdecimal() else number)
        if isinstance(eqf, str) or (len(bare) < 1 and level.get("eqf", eqf) != eqf):
            return _stated(words, national)
        level["eqf"] = eqf
    return level


def _found(words: str) -> list[tuple[str, str]]:
    """Return the levels in a cell, each behind its name.

    Beside one that is named, what stands in brackets without a name explains: “(I semester)”.
    """
    matches = list(_LEVEL.finditer(f" {words[:_READ]}".replace("\n", " ")))
    is_named = any(key(match[1] or "") not in _NONE for match in matches)
    return [
        (match[1] or "", match[2])
        for match in matches
        if not (is_named and key(match[1] or "") in _NONE and _is_in_brackets(match))
    ]


def _is_in_brackets(match: re.Match[str]) -> bool:
    before = match.string[: match.start(2)]
    return before.count("(") > before.count(")")


def _stated(words: str, national: str) -> dict[str, Any]:
    return {"national": [{"framework": national, "level": words}]} if national else {"eqf": words}


def _is_european(words: str) -> bool:
    keys = [key(word) for word in re.findall(r"[^\W\d_]+", words)]
    return any(one.startswith(_EQF) and one not in _NOT_EQF for one in keys)


def is_national(heading: str) -> bool:
    """Tell whether a heading names a national framework, and not the European one."""
    return bool(_named(heading)) and not _is_european(heading)


def _named(words: str) -> str:
    """Return the national framework that is named, by its short name in capitals."""
    other = [word for word in _capitals(words) if 2 < len(word) <= _SHORT]
    return next((word for word in [*_known(words), *other] if key(word) not in _NONE), "")


def _known(words: str) -> list[str]:
    return [word for word in _capitals(words) if vocabulary("frameworks").find(word)]


def _capitals(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", words) if word.isupper()]


def _without_level(words: str) -> str:
    return " ".join(word for word in words.split() if key(word) not in _NONE)
