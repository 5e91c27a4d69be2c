"""Cells as institutions fill them: “5 ECTS”, “EQF 6 / NQF 7”, several outcomes in one cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from microcred.quantities import as_number
from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import key

__all__ = ["READERS", "several"]

_LIST: Final = re.compile(r"[;,/|+&\n]|\s(?:and|und|et|y|e|en|ja|oraz|και|i)\s")
_LINES: Final = re.compile(r"[\r\n]+|\s*[•▪●◦‣·]\s*|\s*;\s*")
_MARK: Final = re.compile(r"^\s*(?:[-–—*•▪●◦‣]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_NUMBERED: Final = re.compile(r"(?:(?<=\s)|^)\(?\d{1,2}[.)]\s+")
_LEVEL: Final = re.compile(
    r"([^\W\d_][^\W\d]*(?:[\s-](?!\d)[^\W\d_]+){0,2})?[\s:.-]*(\d{1,2}|[A-H](?![a-z]))\b"
)
_CREDITS: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*([^\W\d_][\w\s.-]*)?|([^\W\d_][\w.-]*)\s*:?\s*(\d+(?:[.,]\d+)?)"
)
# Words for the European framework, and words that name no framework at all.
_EQF: Final = frozenset({"eqf", "eqr", "cec", "mec", "qeq", "qec", "eqfniveau", "eqfnivel", "erk"})
_NONE: Final = frozenset(
    {
        "",
        "level",
        "niveau",
        "nivel",
        "livello",
        "poziom",
        "taso",
        "tase",
        "stufe",
        "razina",
        "επίπεδο",
    }
)
_MOST: Final = 40  # values that one cell may list


def several(text: str) -> list[str]:
    """Return the values of a cell that lists them in one way or another."""
    return [part.strip() for part in _LIST.split(f"{text}") if part and part.strip()][:_MOST]


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], str]:
    path = files("microcred") / "catalogues" / "tables" / "values.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {
        (row["list"], key(word)): row["code"] for row in rows for word in row["words"].split("|")
    }


@lru_cache(maxsize=2048)
def _code(listed: str, text: str) -> str:
    """Return the code that a word means, or the word itself for a rule to tell about."""
    if listed != "stacking" and (entry := vocabulary(listed).find(text.strip())):
        return entry.code
    return _words().get((listed, key(text)), text.strip())


def _plain(value: Answer, _heading: str) -> Any:
    return " ".join(str(value).split()) if "\n" not in str(value) else str(value).strip()


def _listed(value: Answer, _heading: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", str(value)) if part.strip()][:_MOST]


def _outcomes(value: Answer, _heading: str) -> list[dict[str, str]]:
    parts = [part for part in _LINES.split(str(value)) if part and part.strip()]
    if len(parts) == 1 and len(found := _NUMBERED.split(parts[0])) > 2:
        parts = [part for part in found if part.strip()]
    # “After the course you will be able to:” announces the list and is none of it.
    if len(parts) > 1 and parts[0].rstrip().endswith((":", "…", "...")):
        parts = parts[1:]
    statements = [_MARK.sub("", part).strip().rstrip(",;") for part in parts[:_MOST]]
    return [
        {"id": f"LO{position}", "statement": text}
        for position, text in enumerate(filter(None, statements), 1)
    ]


def _hours(value: Answer, _heading: str) -> Answer:
    number = as_number(value)
    bare = isinstance(value, str) and re.fullmatch(r"\s*\d+(?:[.,]\d+)?\s*", value)
    if number is not None and (bare or not isinstance(value, str)):
        return int(number) if number == int(number) else number
    return " ".join(str(value).split())


def _credits(value: Answer, heading: str) -> list[dict[str, Any]]:
    found = []
    for match in _CREDITS.finditer(str(value).replace("\n", " ")):
        number = as_number(match[1] or match[4])
        system = (match[2] or match[3] or "").strip(" .-")
        if number is None:
            continue
        item: dict[str, Any] = {"points": int(number) if number == int(number) else number}
        system = _system(system) or _system(heading)
        if system:
            item["system"] = system
        found.append(item)
    return found[:5]


def _system(words: str) -> str:
    """Return the credit system that some words name; their own words where nobody knows it."""
    for word in re.findall(r"[^\W\d_]+", words):
        if entry := vocabulary("credit-systems").find(word):
            return str(entry.code)
    general = r"(?i)credits?( points?)?|points?|punkte|crédits?|créditos?|crediti|bodovi|punkty"
    return "" if re.fullmatch(general, words.strip()) or len(words) > 12 else words.strip()


def _level(value: Answer, heading: str) -> dict[str, Any]:
    level: dict[str, Any] = {}
    for match in _LEVEL.finditer(f" {value}".replace("\n", " ")):
        name, number = key(match[1] or ""), match[2]
        framework = _framework(match[1] or "")
        if name in _EQF or any(name.startswith(word) for word in _EQF if word):
            level["eqf"] = int(number) if number.isdecimal() else number
        elif framework or name not in _NONE:
            national = {"framework": framework or _without_level(str(match[1])), "level": number}
            level.setdefault("national", []).append(national)
        elif "eqf" not in level:
            named = _framework(heading)
            if named and "eqf" not in key(heading):
                level.setdefault("national", []).append({"framework": named, "level": number})
            else:
                level["eqf"] = int(number) if number.isdecimal() else number
    return level or {"eqf": str(value).strip()}


def _without_level(words: str) -> str:
    return " ".join(word for word in words.split() if key(word) not in _NONE)


def _framework(words: str) -> str:
    """Return the national framework that one of some words names."""
    for word in re.findall(r"[^\W\d_]+", words):
        if len(word) > 2 and word.isupper() and vocabulary("frameworks").find(word):
            return str(word)
    return ""


def _languages(value: Answer, _heading: str) -> list[str]:
    return [_code("languages", part) for part in several(str(value))]


def _countries(value: Answer, _heading: str) -> list[str]:
    return [_code("countries", part) for part in several(str(value))]


def _fields(value: Answer, _heading: str) -> list[str]:
    if isinstance(value, (int, float)):
        return [f"{int(value):04}"]
    codes = re.findall(r"\b\d{2,4}\b", value)
    return codes or [part.strip() for part in re.split(r"[;\n]", value) if part.strip()]


def _assessment(value: Answer, _heading: str) -> list[dict[str, str]]:
    found = []
    for position, part in enumerate(re.split(r"[;\n+]|\s(?:and|und|et|y)\s", str(value)), 1):
        words = _MARK.sub("", part).strip()
        if not words:
            continue
        code = _code("assessment-types", words)
        known = vocabulary("assessment-types").get(code) is not None
        found.append({"id": f"A{position}", "type" if known else "description": code})
    return found[:_MOST]


def _of(listed: str) -> Callable[[Answer, str], str]:
    return lambda value, _heading: _code(listed, str(value))


READERS: Final[dict[str, Callable[[Answer, str], Any]]] = {
    "text": _plain,
    "list": _listed,
    "date": _plain,
    "outcomes": _outcomes,
    "hours": _hours,
    "credits": _credits,
    "level": _level,
    "mode": _of("modes"),
    "country": _of("countries"),
    "stacking": _of("stacking"),
    "languages": _languages,
    "countries": _countries,
    "language": lambda value, _heading: _code("languages", str(value)),
    "fields": _fields,
    "assessment": _assessment,
}
