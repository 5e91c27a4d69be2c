"""Profiles: named, dated, sourced overlays on the base profile ``eu-2022``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from microcred.problem import Problem
from microcred.rule import Level

__all__ = ["BASE", "Profile", "profile", "profile_ids"]

BASE: Final = "eu-2022"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a country or a framework asks beyond, or instead of, the base.

    ``levels`` changes the level of rules by id, ``off`` names rules that don't run, ``values``
    holds the figures that rules read (for example ``hours-per-credit: {ECTS: [25, 30]}``).
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
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@lru_cache(maxsize=64)
def profile(name: str = BASE) -> Profile:
    """Return the profile of that id, or the one in the file of that name.

    A profile in a file is laid over the base: what it leaves out stays as it is there.

    Raises:
        Problem: there is no such profile, or the file is none.
    """
    import json

    if name in profile_ids():
        text = (files(__name__) / f"{name}.json").read_text(encoding="utf-8")
        return _profile(json.loads(text), name)
    if Path(name).is_file():
        return _from_file(Path(name))
    known = ", ".join(profile_ids())
    raise Problem(
        f"There is no profile “{name}”", f"Use one of these, or the name of a file: {known}"
    )


def _from_file(path: Path) -> Profile:
    from microcred.readers.files import content
    from microcred.readers.yaml import load

    data, _ = load(content(str(path)))
    if not isinstance(data, dict):
        raise Problem(f"“{path.name}” holds no profile", "Write its fields as `name: value`")
    return _profile(data, path.name)


# The fields that every profile has, and those that may be left out.
_NEEDED: Final = ("id", "title", "version", "asOf", "authority", "instrument")
_MORE: Final = ("$schema", "sources", "levels", "off", "values")


def _profile(raw: dict[str, Any], name: str) -> Profile:
    missing = [key for key in _NEEDED if not isinstance(raw.get(key), str | int | float)]
    if missing:
        raise Problem(f"The profile “{name}” has no {', '.join(missing)}", "Add the missing fields")
    strange = [key for key in raw if key not in (*_NEEDED, *_MORE)]
    if strange:
        raise Problem(
            f"The profile “{name}” has fields that no profile has: {', '.join(strange)}",
            f"Use these fields: {', '.join((*_NEEDED, *_MORE))}",
        )
    base = {} if raw["id"] == BASE else profile(BASE).values
    return Profile(
        id=str(raw["id"]),
        title=str(raw["title"]),
        version=str(raw["version"]),
        as_of=str(raw["asOf"]),
        authority=str(raw["authority"]),
        instrument=str(raw["instrument"]),
        sources=tuple(str(source) for source in _part(raw, "sources", list, name)),
        levels=_levels(_part(raw, "levels", dict, name), name),
        off=frozenset(_known(_part(raw, "off", list, name), name)),
        values={**base, **_values(_part(raw, "values", dict, name), name, base)},
    )


def _part(raw: dict[str, Any], key: str, kind: type, name: str) -> Any:
    part = raw.get(key)
    if part is not None and not isinstance(part, kind):
        words = {"list": "a list", "dict": "a group of fields"}[kind.__name__]
        raise Problem(f"“{key}” of the profile “{name}” is not {words}", f"Write it as {words}")
    return part or kind()


def _known(ids: Any, name: str) -> list[str]:
    from microcred.rules import RULES

    for id in ids:
        if id not in RULES:
            raise Problem(
                f"The profile “{name}” names the rule “{id}”, which does not exist",
                "`microcred rules` lists all rules",
            )
    return list(ids)


def _levels(levels: dict[str, Any], name: str) -> dict[str, Level]:
    _known(levels, name)
    wrong = next((level for level in levels.values() if level not in list(Level)), None)
    if wrong is not None:
        raise Problem(
            f"The profile “{name}” gives the level “{wrong}”", "Use must, should or advice"
        )
    return {rule: Level(level) for rule, level in levels.items()}


def _values(values: dict[str, Any], name: str, base: Mapping[str, object]) -> dict[str, object]:
    for key, value in values.items():
        if base and key not in base:
            raise Problem(
                f"The profile “{name}” sets “{key}”, which no rule reads",
                f"Use one of: {', '.join(base)}",
            )
        if base and not _same_form(value, base[key]):
            raise Problem(
                f"The profile “{name}” sets “{key}” in another form than the base",
                f"Write it like {base[key]}",
            )
    return values


def _same_form(value: object, model: object) -> bool:
    if isinstance(model, dict):
        inner = next(iter(model.values()))
        return isinstance(value, dict) and all(_same_form(item, inner) for item in value.values())
    if isinstance(model, list):
        numbers = isinstance(value, list) and all(type(item) in (int, float) for item in value)
        return numbers and isinstance(value, list) and len(value) == len(model)
    return type(value) in (int, float)
