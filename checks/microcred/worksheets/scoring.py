"""What a worksheet makes of its answers: scores, contradictions and suggestions, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Conflict", "Scoring", "Suggestion", "conflicts", "scoring", "suggestions"]

# The answers that have to be there: the way to a question, and the values that count.
When = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a self-assessment is scored.

    ``part`` is the table with the scores, ``steps`` the words for 0, 1, 2 …; without evidence a
    score counts ``unevidenced`` at most, and from ``enough`` on a line needs no further step.
    """

    part: str
    steps: tuple[str, ...]
    unevidenced: int
    enough: int
    sequence: tuple[str, ...]

    @property
    def highest(self) -> int:
        """Return the highest score."""
        return len(self.steps) - 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that don't go together, and what to do about it."""

    when: When
    says: str
    fix: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What some answers speak for, why, and what speaks against it."""

    title: str
    when: When
    because: str
    against: str
    source: str


def scoring(data: Mapping[str, Any]) -> Scoring | None:
    """Return how a definition scores its answers, or None where it doesn't."""
    if (one := data.get("scoring")) is None:
        return None
    steps = tuple(one["steps"])
    return Scoring(
        part=one["part"],
        steps=steps,
        unevidenced=one.get("unevidenced", 1),
        enough=one.get("enough", len(steps) - 1),
        sequence=tuple(one.get("sequence", ())),
    )


def conflicts(data: Mapping[str, Any]) -> tuple[Conflict, ...]:
    """Return the answers that a definition says don't go together."""
    return tuple(
        Conflict(when, one["says"].strip().replace("{line}", line), one["fix"].strip())
        for one in data.get("conflicts", ())
        for line, when in _each_line(one["when"], data)
    )


def suggestions(data: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    """Return what a definition suggests, and upon which answers."""
    return tuple(
        Suggestion(
            one["title"],
            _when(one["when"]),
            one["because"].strip(),
            one["against"].strip(),
            one.get("source", ""),
        )
        for one in data.get("suggestions", ())
    )


def _each_line(when: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[tuple[str, When]]:
    """Yield a condition as it is, or once for each line of the table in which it has a star."""
    tables = {way.split("/*/")[0] for way in when if "/*/" in way}
    lines = [
        (item["text"], f"/{item['id']}/")
        for part in data["sections"]
        if part.get("key") in tables
        for item in part["items"]
    ]
    for text, id in lines or [("", "/*/")]:
        yield text, _when({way.replace("/*/", id): values for way, values in when.items()})


def _when(data: Mapping[str, Any]) -> When:
    return {way: tuple(map(str, values)) for way, values in data.items()}
