"""Levels of national frameworks, the EQF and the cycles of higher education, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from microcred.sources import sources
from microcred.vocabularies import Entry, vocabulary
from microcred.vocabularies.tables import key

__all__ = ["WORDS", "Reference", "framework", "reference", "references"]

# What people write before a level: “Niveau 6”, “рівень 6”.
WORDS: Final = frozenset(
    {
        *("level", "niveau", "nivel", "livello", "poziom", "taso", "tase", "stufe", "razina"),
        *("επίπεδο", "рівень", "úroveň", "szint", "nível", "raven", "ниво", "nivo", "nivå"),
        *("lygis", "līmenis", "nivelul", "seviye", "დონე", "المستوى"),
    }
)
_KEYS: Final = frozenset(map(key, WORDS))
_LED_BY_A_WORD = re.compile(r"([^\W\d]+)[\s.:-]*(.+)")


@dataclass(frozen=True, slots=True)
class Reference:
    """One national level and the EQF level that it was referenced to, with the source of it.

    ``cycle`` is the cycle of higher education (QF-EHEA), where the source tells it.
    """

    framework: str
    country: str
    level: str
    eqf: int
    cycle: str
    source: str
    confidence: str
    note: str

    @property
    def basis(self) -> str:
        """Return where the reference was read."""
        known = sources()[self.source]
        return f"{known.short}: {known.title} (confidence {self.confidence})"


def framework(name: str, country: str = "") -> Entry | None:
    """Return the framework of that name, or the only one of that country."""
    listed = vocabulary("frameworks")
    if entry := listed.find(name):
        return entry
    state = vocabulary("countries").find(country)
    own = [entry for entry in listed if state and entry.extra["country"] == state.code]
    return own[0] if len(own) == 1 else None


@lru_cache(maxsize=1)
def references() -> dict[str, dict[str, Reference]]:
    """Return all levels whose reference was seen in a source: by framework, then by level."""
    found: dict[str, dict[str, Reference]] = {}
    for reference in _rows():
        found.setdefault(reference.framework, {})[_plain(reference.level)] = reference
    return found


def _rows() -> Iterator[Reference]:
    frameworks = vocabulary("frameworks")
    for entry in vocabulary("referencing"):
        row, home = entry.extra, frameworks.get(entry.extra["framework"])
        yield Reference(
            row["framework"],
            home.extra["country"] if home else "",
            row["level"],
            int(row["eqf"]),
            row["cycle"],
            row["source"],
            row["confidence"],
            row["note"],
        )


@lru_cache(maxsize=1024)
def reference(name: str, level: str | float, country: str = "") -> Reference | None:
    """Return what a national level was referenced to, or None where no source was seen.

    ``level`` is written as the framework writes it: ``"9"``, ``9``, ``"I-Master"``.
    """
    found = framework(name, country)
    return references().get(found.code, {}).get(_plain(level, found)) if found else None


def _plain(level: str | float, home: Entry | None = None) -> str:
    """Return a level without what leads up to it, which may be the name of its framework."""
    text = (f"{level:g}" if isinstance(level, float) else str(level)).strip().casefold()
    while match := _LED_BY_A_WORD.fullmatch(text):
        is_home = home is not None and vocabulary("frameworks").find(match[1]) is home
        if not is_home and key(match[1]) not in _KEYS:
            break
        text = match[2]
    return text
