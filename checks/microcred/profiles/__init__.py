"""Profiles: named, dated, sourced overlays on the base profile ``eu-2022``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Final

from microcred.problem import Problem
from microcred.rule import Level

__all__ = ["BASE", "Profile", "profile_ids", "shipped"]

BASE: Final = "eu-2022"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a country or a framework asks beyond, or instead of, the base.

    ``levels`` changes the level of rules by id, ``off`` names rules that don't run, ``values``
    holds the figures that rules read (for example ``hours-per-ects: [25, 30]``).
    """

    id: str
    title: str
    version: str
    as_of: str
    authority: str
    instrument: str
    sources: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    values: Mapping[str, object] = field(default_factory=dict)


def profile_ids() -> tuple[str, ...]:
    """Return the ids of the profiles that come with the package."""
    return tuple(
        sorted(
            entry.name.removesuffix(".json")
            for entry in files(__name__).iterdir()
            if entry.name.endswith(".json")
        )
    )


@lru_cache(maxsize=64)
def shipped(id: str = BASE) -> Profile:
    """Return the profile that comes with the package under *id*.

    Raises:
        Problem: there is no profile of that name.
    """
    import json

    if id not in profile_ids():
        known = ", ".join(profile_ids())
        raise Problem(f"There is no profile “{id}”", f"Use one of: {known}")
    raw = json.loads((files(__name__) / f"{id}.json").read_text(encoding="utf-8"))
    return Profile(
        id=raw["id"],
        title=raw["title"],
        version=raw["version"],
        as_of=raw["asOf"],
        authority=raw["authority"],
        instrument=raw["instrument"],
        sources=tuple(raw["sources"]),
        levels={rule: Level(level) for rule, level in raw.get("levels", {}).items()},
        off=frozenset(raw.get("off", ())),
        values=raw.get("values", {}),
    )
