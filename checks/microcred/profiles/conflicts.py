"""Where a profile contradicts the one that it is laid over: told, and never forbidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from microcred.profiles.model import Profile
from microcred.rule import Level

__all__ = ["conflicts"]

_WEIGHT = {level: weight for weight, level in enumerate(reversed(Level))}


def conflicts(own: Profile, under: Profile) -> Iterator[str]:
    """Yield a sentence for each rule of *under* that *own* loosens, without its full stop.

    A university may ask more than its country; where it asks less, drafts that fit the
    university break the country's rules.
    """
    if under.id != own.id:
        yield from _of_sizes(own, under)
        yield from _of_levels(own, under)
        yield from _of_lists(own, under)
        yield from _of_rules(own, under)


def _of_sizes(own: Profile, under: Profile) -> Iterator[str]:
    theirs = {row["unit"]: row for row in under.limits.get("size", ())}
    for row in own.limits.get("size", ()):
        below = theirs.get(row["unit"])
        if below is not None and _wider(row, below):
            yield (
                f"Its size in {row['unit']}, {_range(row)}, goes beyond that of {under.id}, "
                f"{_range(below)}"
            )
    lost = set(theirs) - {row["unit"] for row in own.limits.get("size", ())}
    for unit in sorted(lost):
        yield f"It no longer sets the size in {unit} that {under.id} sets"


def _of_levels(own: Profile, under: Profile) -> Iterator[str]:
    ours, theirs = own.limits.get("level", {}), under.limits.get("level", {})
    if "eqf" in theirs and ("eqf" not in ours or _wider(ours["eqf"], theirs["eqf"])):
        yield f"It allows other EQF levels than {under.id}, {_range(theirs['eqf'])}"
    national = {row["framework"]: row for row in ours.get("national", ())}
    for row in theirs.get("national", ()):
        name = row["framework"]
        if name not in national or _wider(national[name], row):
            yield f"It allows other levels of {name} than {under.id}, {_range(row)}"


def _wider(own: Mapping[str, Any], under: Mapping[str, Any]) -> bool:
    low, high = under.get("min"), under.get("max")
    return (low is not None and _below(own, low, bool(under.get("minExcluded")))) or (
        high is not None and _above(own, high, bool(under.get("maxExcluded")))
    )


def _below(own: Mapping[str, Any], low: float, excluded: bool) -> bool:
    mine = own.get("min")
    return mine is None or mine < low or (mine == low and excluded and not own.get("minExcluded"))


def _above(own: Mapping[str, Any], high: float, excluded: bool) -> bool:
    mine = own.get("max")
    return mine is None or mine > high or (mine == high and excluded and not own.get("maxExcluded"))


def _range(row: Mapping[str, Any]) -> str:
    low, high = row.get("min"), row.get("max")
    if low is None:
        return f"up to {high:g}"
    return f"from {low:g}" if high is None else f"{low:g} to {high:g}"


def _of_lists(own: Profile, under: Profile) -> Iterator[str]:
    """A list that is stated replaces the one below it, and can lose entries unseen."""
    for name, told, key in (
        ("required", "the element", "element"),
        ("fields", "the field", "at"),
    ):
        ours = {row[key] for row in own.limits.get(name, ())}
        for row in under.limits.get(name, ()):
            if row[key] not in ours:
                yield f"It no longer asks for {told} {row[key]}, which {under.id} asks for"
    ours = set(own.limits.get("title", {}).get("without", ()))
    lost = [w for w in under.limits.get("title", {}).get("without", ()) if w not in ours]
    if lost:
        words = ", ".join(f"“{word}”" for word in lost)
        yield f"It allows words in titles that {under.id} keeps for others: {words}"
    for name, key, more in (
        ("review", "months", True),
        ("contact", "hoursPerCredit", False),
        ("need", "evidence", False),
    ):
        mine, below = own.limits.get(name), under.limits.get(name)
        if below and mine and (mine[key] > below[key] if more else mine[key] < below[key]):
            both = f"{mine[key]:g} instead of {below[key]:g}"
            yield f"Its limit {name} is looser than that of {under.id}: {both}"


def _of_rules(own: Profile, under: Profile) -> Iterator[str]:
    from microcred.rules import RULES

    for id in sorted(own.off - under.off):
        level = under.levels.get(id, RULES[id].level)
        if level is Level.MUST:
            yield f"It switches off {id}, which is a must rule under {under.id}"
    for id, level in own.levels.items():
        below = under.levels.get(id, RULES[id].level)
        if _WEIGHT[level] < _WEIGHT[below]:
            yield f"It lowers {id} from {below.value} to {level.value}"
