"""What credits of one system come to in another: ranges with their sources, never one number.

Two ways lead from one system to another: by the hours that a credit of each stands for, and by
what institutions are used to. Where both are known and differ, both are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from microcred.problem import Problem
from microcred.profiles.model import Profile, hours_per_credit
from microcred.quantities import as_number, either_way
from microcred.vocabularies import vocabulary

__all__ = [
    "HOURS",
    "MOST",
    "Conversion",
    "Rates",
    "Span",
    "Way",
    "amount",
    "convert",
    "counted",
    "system",
    "unit",
]

HOURS: Final = "hours"
MOST: Final = 100_000  # points or hours: more than any qualification has
_HOUR_WORDS: Final = frozenset({"h", "hour", "hours"})
_ECTS: Final = "ECTS"


@dataclass(frozen=True, slots=True)
class Rates:
    """Hours of one credit by system that replace ours, and the sources in which they stand."""

    hours: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    @classmethod
    def of(cls, profile: Profile) -> Rates:
        """Return the hours that a profile sets itself; those that it takes over are ours."""
        name = "hours-per-credit"
        own = {
            code: hours
            for code, hours in hours_per_credit(profile.values).items()
            if f"{name}/{code}" in profile.own
        }
        return cls(own, profile.sources)


@dataclass(frozen=True, slots=True)
class Span:
    """From the lowest to the highest value that the sources allow."""

    low: float
    high: float

    def __str__(self) -> str:
        low, high = (f"{value:.1f}".removesuffix(".0") for value in (self.low, self.high))
        return low if low == high else f"{low} to {high}"

    def holds(self, value: float) -> bool:
        """Tell whether *value* lies within, give or take what rounding to a tenth hides."""
        return self.low - 0.05 <= value <= self.high + 0.05


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a system to another: what it gives, how, and where its factors were read."""

    name: str
    span: Span
    told: str
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """What an amount in one system comes to in another, by each way that a source supports."""

    points: float
    source: str
    target: str
    hours: Span | None
    ways: tuple[Way, ...]
    caveats: tuple[str, ...] = field(default=())

    @property
    def span(self) -> Span | None:
        """Return everything between the lowest and the highest result, or None without any."""
        if not self.ways:
            return None
        return Span(min(way.span.low for way in self.ways), max(way.span.high for way in self.ways))


def system(name: str) -> str:
    """Return the code of a credit system, or ``hours``.

    Raises:
        Problem: there is no such system.
    """
    if name.strip().casefold() in _HOUR_WORDS:
        return HOURS
    listed = vocabulary("credit-systems")
    if entry := listed.find(name):
        return entry.code
    near = listed.nearest(name)
    hint = f"Did you mean {near}? " if near else ""
    codes = ", ".join((HOURS, *(entry.code for entry in listed)))
    raise Problem(f"“{name}” is no credit system that we know", f"{hint}Use one of: {codes}")


def amount(text: object) -> float:
    """Return the number of points or hours that *text* states, such as 40 or “7,5”.

    Raises:
        Problem: it states none, one that can be read in two ways, a negative one, or more than any
            qualification has.
    """
    if isinstance(text, str) and (both := either_way(text)):
        raise Problem(
            f"“{text}” is {both[0]} for some readers, and {both[1]} for others",
            f"Write {both[0]} or {both[1]}, whichever is meant",
        )
    number = as_number(text)
    if number is None or not 0 < number <= MOST:
        raise Problem(
            f"“{text}” is no number of credits or hours", f"Write a number from 0.1 to {MOST}"
        )
    return number


def unit(code: str, number: float | Span = 2) -> str:
    """Return what a unit is called: “NZ credits” for the code NZ-credit, “hour” for one hour."""
    one = number == 1
    if code.endswith("-credit"):
        return code.replace("-credit", " credit" if one else " credits")
    return code.removesuffix("s") if one and code.islower() else code


def counted(number: float | Span, code: str) -> str:
    """Return a number with its unit: “60 NZ credits”, “13.3 to 16 ECTS”, “1 hour”."""
    told = str(number) if isinstance(number, Span) else f"{number:.4g}"
    return f"{told} {unit(code, number)}"


def convert(
    points: float,
    source: str,
    target: str = _ECTS,
    *,
    hours: float | None = None,
    rates: Rates | None = None,
) -> Conversion:
    """Return what *points* of the system *source* come to in the system *target*.

    Args:
        points: credits, or hours where the system is ``hours``.
        source: a credit system by code or name, or ``hours``.
        target: the same.
        hours: the workload in hours, where it is stated: it then replaces what credits stand for.
        rates: hours of a credit that replace ours, such as those of a profile.

    Raises:
        Problem: one of the systems isn't known.
    """
    source, target, own = system(source), system(target), rates or Rates()
    spent = _hours(points, source, hours, own)
    ways = [*_by_hours(points, source, target, spent, hours, own)]
    if hours is None and (usual := _custom(points, source, target)):
        ways.append(usual)
    if source == target:
        ways = [Way("same system", Span(points, points), "nothing to work out", (), "high")]
    looked_at = (source, target) if hours is None else (target,)
    return Conversion(points, source, target, spent, tuple(ways), tuple(_caveats(looked_at)))


def _hours(points: float, source: str, hours: float | None, own: Rates) -> Span | None:
    if source == HOURS:
        return Span(points, points)
    if hours is not None:
        return Span(hours, hours)
    each = _each(source, own)
    return Span(points * each.low, points * each.high) if each else None


def _each(code: str, own: Rates) -> Span | None:
    """Return the hours of one credit, where a source states them."""
    if code == HOURS:
        return Span(1, 1)
    if code in own.hours:
        return Span(*own.hours[code])
    row = _row(code)
    return Span(float(row["hours_low"]), float(row["hours_high"])) if row["hours_low"] else None


def _row(code: str) -> Mapping[str, str]:
    entry = vocabulary("credit-systems").get(code)
    return entry.extra if entry else {}


def _by_hours(
    points: float, source: str, target: str, spent: Span | None, hours: float | None, own: Rates
) -> Iterator[Way]:
    each = _each(target, own)
    if spent and each:
        span = Span(spent.low / each.high, spent.high / each.low)
        stated = source == HOURS or hours is not None
        told = _told(points, source, spent, stated, target, each)
        yield Way("by hours", span, told, *_read_in((target,) if stated else (source, target), own))


def _told(points: float, source: str, spent: Span, stated: bool, target: str, each: Span) -> str:
    start = f"{spent} hours" if stated else f"{counted(points, source)} are {spent} hours"
    return start if target == HOURS else f"{start}, at {each} hours for one {unit(target, 1)}"


def _read_in(codes: tuple[str, ...], own: Rates) -> tuple[tuple[str, ...], str]:
    rows = [_row(code) for code in codes if code != HOURS and code not in own.hours]
    firm = {row["confidence"] for row in rows}
    weakest = next((word for word in ("low", "medium") if word in firm), "high")
    of_own = own.sources if any(code in own.hours for code in codes) else ()
    return tuple(dict.fromkeys((*of_own, *(row["source"] for row in rows)))), weakest


def _custom(points: float, source: str, target: str) -> Way | None:
    """Return what institutions are used to, where a source tells it."""
    other = source if target == _ECTS else target if source == _ECTS else ""
    row = _row(other) if other else {}
    if not row.get("for_one_ects"):
        return None
    factor = float(row["for_one_ects"])
    result = points / factor if target == _ECTS else points * factor
    told = f"{counted(factor, other)} are taken for 1 ECTS"
    return Way("by custom", Span(result, result), told, (row["direct_source"],), "low")


def _caveats(codes: tuple[str, ...]) -> Iterator[str]:
    for code in dict.fromkeys(codes):
        if code not in (HOURS, _ECTS) and (note := _row(code)["note"]):
            yield f"{unit(code)}: {note.removesuffix('.')}"
