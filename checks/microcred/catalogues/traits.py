"""What one record says that other records are compared with: small, and told in one line."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from microcred.description import Description
from microcred.vocabularies.statements import Statement
from microcred.vocabularies.tables import fold, key, remembered

__all__ = ["Traits", "outcome_words", "title_words", "traits"]

Json = dict[str, Any]

_WORD: Final = re.compile(r"\w+")
_MOST: Final = 40  # outcomes, arrangements and targets of one record that are compared
_FEW: Final = 3  # outcomes by which records are brought together


class Traits(NamedTuple):
    """The traits of a record; ``owner`` and ``name`` are provider and title as they are compared.

    ``quality`` holds what decides, until when and where it stands; ``targets`` owner, name, title,
    level and place; ``statements`` numbers for a few of its outcomes.
    """

    owner: str
    name: str
    id: str
    version: str
    title: str
    provider: str
    country: str
    language: str
    mode: str
    hours: float | None
    eqf: int | None
    quality: list[list[Any]]
    targets: list[list[Any]]
    statements: list[int]


def traits(description: Description) -> Traits:
    """Return the traits of a record as the rules saw it."""
    data = description.data
    bodies = description.awarding or description.bodies
    body = bodies[0] if bodies else {}
    provider = description.text(body.get("name")).strip()
    owner, name = _compared(provider), _compared(description.title)
    return Traits(
        owner,
        name,
        _plain(data.get("id")),
        _plain(data.get("version")),
        description.title,
        provider,
        _plain(body.get("country")) or _first(data.get("countries")),
        _first(description.participation.get("languages")) or description.language,
        description.mode,
        description.hours,
        description.eqf,
        list(_decisions(description))[:_MOST],
        list(_targets(description))[:_MOST],
        _numbers(owner, description.read[:_MOST]) if owner and name else [],
    )


def _numbers(owner: str, statements: list[Statement]) -> list[int]:
    """Return the smallest of the numbers that stand for a provider's statements.

    Two records that differ in fewer outcomes than are kept of each share at least one number.
    Others may share one by chance, so it only says what has to be looked at.
    """
    first = zlib.crc32(owner.encode(errors="replace")) >> 1 << 32
    return [first | number for number in sorted({one.number for one in statements})[:_FEW]]


# Records of one provider mostly stand beside each other, and many lead to the same programmes.
_compared = remembered(key)


def _plain(value: Any) -> str:
    if type(value) is str:
        return value.strip()
    return str(value) if isinstance(value, (int, float)) else ""


def _first(value: Any) -> str:
    return _plain(value[0]) if isinstance(value, list) and value else ""


def _decisions(description: Description) -> Iterator[list[Any]]:
    for position, item in enumerate(description.data.get("quality") or ()):
        if not item or item.get("kind") != "external" or not item.get("until"):
            continue
        until = description.date(item["until"])
        by = _plain(item.get("evidence")) or fold(
            f"{description.text(item.get('body'))} {item.get('type', '')} {item.get('scope', '')}"
        )
        if until and by:
            yield [by, until.isoformat(), position]


def _targets(description: Description) -> Iterator[list[Any]]:
    for position, item in enumerate(description.stacking.get("targets") or ()):
        if item:
            owner, title = description.text(item.get("owner")), description.text(item.get("title"))
            level = item.get("level")
            if owner and title:
                yield [_compared(owner), _compared(title), title, level, position]


@lru_cache(maxsize=64)
def title_words(title: str) -> frozenset[str]:
    """Return the words of a title, as they are compared."""
    return frozenset(_WORD.findall(fold(title)))


def outcome_words(data: Json) -> frozenset[str]:
    """Return the words of all outcomes of a record in all their languages."""
    words: set[str] = set()
    for outcome in data.get("outcomes") or ():
        statement = outcome.get("statement") if isinstance(outcome, dict) else None
        texts = statement.values() if isinstance(statement, dict) else (statement,)
        for text in texts:
            if isinstance(text, str):
                words.update(_WORD.findall(fold(text)))
    return frozenset(words)
