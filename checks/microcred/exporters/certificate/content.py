"""What stands on a certificate supplement, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["Entry", "Row", "Section", "Supplement", "Words"]

_RIGHT_TO_LEFT: Final = frozenset("ar dv fa he ku ps sd ug ur yi".split())  # noqa: SIM905 - codes


@dataclass(frozen=True, slots=True)
class Words:
    """Words and the language that they are in."""

    text: str
    language: str

    @property
    def right_to_left(self) -> bool:
        """Tell whether the language is written from right to left."""
        return self.language.partition("-")[0] in _RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its name and its values."""

    name: Words
    values: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a section, such as an outcome or a body, with its fields."""

    head: Words | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One element; ``absent`` says so where the award is silent on it."""

    id: str
    heading: Words
    entries: tuple[Entry, ...]
    absent: Words | None = None


@dataclass(frozen=True, slots=True)
class Supplement:
    """Everything that stands on the supplement, in the order in which it is read."""

    language: str
    kind: Words
    title: Words
    awarded_to: Words
    learner: Words
    glance: tuple[Row, ...]
    statement: Words
    sections: tuple[Section, ...]
    verification: str
    verify: Words
    code: Words
    source: Words
