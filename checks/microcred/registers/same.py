"""When two are the same: schemes of numbers, countries, names, rows of a list."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from microcred.registers.listing import Entry, How
from microcred.registers.names import number, spelling, words
from microcred.vocabularies import vocabulary

__all__ = ["another", "country_code", "key", "named_alike", "scheme"]

# Numbers of these are never numbers of another of them.
_SCHEMES: Final = {
    "deqar": "deqar",
    "eter": "eter",
    "ror": "ror",
    "vat": "vat",
    "pic": "pic",
    "lei": "lei",
    "erasmus": "erasmus",
    "ukprn": "ukprn",
}


@lru_cache(maxsize=1024)
def scheme(text: str) -> str:
    """Return the code of a well-known scheme of numbers, or nothing for others."""
    plain = f" {spelling(text)} "
    for word, code in _SCHEMES.items():
        if f" {word}" in plain:
            return code
    return ""


@lru_cache(maxsize=1024)
def country_code(text: str) -> str:
    """Return the code of a country that *text* names, or nothing."""
    entry = vocabulary("countries").find(text.partition("(")[0].strip()) if text else None
    return entry.code if entry else ""


def key(entry: Entry) -> tuple[str, str, str]:
    """Return by what rows are told apart: name, country and first number."""
    first = number(entry.numbers[0][1]) if entry.numbers else ""
    return spelling(entry.name), country_code(entry.country), first


def another(how: How, entry: Entry, other: Entry) -> bool:
    """Tell whether two rows under one name or number are about two providers."""
    if how is How.NUMBER:
        return not named_alike(entry.names, other.names)
    mine, theirs = ({number(value) for _, value in one.numbers} for one in (entry, other))
    if country_code(entry.country) != country_code(other.country):
        return True
    return bool(mine and theirs and not mine & theirs) or country_code(
        entry.country
    ) != country_code(other.country)


def named_alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Tell whether one of my names is one of theirs, but for order, legal form and brackets."""
    if not mine or not theirs:
        return True
    listed = {spelling(name) for name in theirs}
    told = [words(name) for name in theirs]
    for name in mine:
        own = words(name)
        if spelling(name) in listed or any(own <= other or other <= own for other in told):
            return True
    return False
