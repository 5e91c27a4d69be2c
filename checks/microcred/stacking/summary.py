"""What is said of a stack before its findings: its parts in order, their sum, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from microcred.credits import Span, counted
from microcred.levels import framework
from microcred.quantities import read_duration
from microcred.stacking.parts import Part, Stack

__all__ = ["Line", "Summary", "in_words", "summary"]


@dataclass(frozen=True, slots=True)
class Line:
    """One part, in words; ``after`` names the steps that come first."""

    step: int
    title: str
    provider: str
    size: str
    how: str
    level: str
    until: str
    after: str
    earned: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """A stack in words."""

    title: str
    owner: str
    level: str
    whole: str
    total: str
    accepted: str
    lines: tuple[Line, ...]
    circle: bool
    integrative: str
    decides: str


def summary(stack: Stack) -> Summary:
    """Return *stack* in words, its parts in an order in which they can be done."""
    target, owner = stack.target, stack.target.get("owner") or {}
    order, names = stack.order
    steps = {part.number: step for step, part in enumerate(order, 1)}
    size, joined = target.get("size") or {}, target.get("integrative") or {}
    return Summary(
        title=stack.text(target.get("title")),
        owner=stack.text(owner.get("name")),
        level=_level(target.get("level") or {}),
        whole=counted(size["points"], stack.unit) if size else "not stated",
        total=_total(stack),
        accepted=_accepted(stack),
        lines=tuple(_line(part, stack, steps) for part in order),
        circle=bool(names),
        integrative=stack.text(joined.get("title") or joined.get("description")),
        decides=stack.text(owner.get("decides")) or "not stated",
    )


def _level(level: dict[str, object]) -> str:
    parts = [f"EQF {level['eqf']}"] if level.get("eqf") else []
    national = level.get("national")
    for one in national if isinstance(national, list) else ():
        known = framework(one["framework"], one.get("country", ""))
        parts.append(f"{one['framework']} {one['level']}" + ("" if known else " (not in our list)"))
    return ", ".join(parts) or "not stated"


def _total(stack: Stack) -> str:
    if len(stack.unknown) == len(stack.counted):
        return "not known"
    total = counted(stack.total, stack.unit)
    lacking = len(stack.unknown)
    return f"{total}, without {lacking} of unknown size" if lacking else total


def _accepted(stack: Stack) -> str:
    least, most = stack.accepts.get("min"), stack.accepts.get("max")
    if least is None and most is None:
        return "not stated"
    if least is None or most is None:
        return f"at least {least:g}" if most is None else f"at most {most:g}"
    return f"{least:g} to {counted(most, stack.unit)}"


def _line(part: Part, stack: Stack, steps: Mapping[int, int]) -> Line:
    before = sorted({steps[number] for number in stack.before(part)})
    own = part.description
    level = own.part("level")
    claimed = " (claimed)" if level.get("basis") in (None, "self-declared") else ""
    bodies = own.awarding or own.bodies
    return Line(
        step=steps[part.number],
        title=part.title,
        provider=own.text(bodies[0].get("name")) if bodies else "not stated",
        size=_size(part.amount, stack),
        how=part.how,
        level=f"EQF {own.eqf}{claimed}" if own.eqf is not None else "not stated",
        until=_until(part),
        after=f"after {', '.join(map(str, before))}" if before else "",
        earned=part.is_award,
        counts=part in stack.counted,
    )


def _size(amount: Span | None, stack: Stack) -> str:
    return counted(amount, stack.unit) if amount else "not known"


def _until(part: Part) -> str:
    own = part.description
    if part.is_award:
        expires = own.date(own.data.get("expires"))
        return f"until {expires.isoformat()}" if expires else ""
    period = own.part("validity").get("period")
    return f"for {in_words(period)} once earned" if isinstance(period, str) else ""


def in_words(period: str) -> str:
    """Return a duration as people say it: “3 years” for P3Y, and other words as they are."""
    duration = read_duration(period)
    months = round(duration.days / 30.4) if duration else 0
    if not months:
        return period
    years = months // 12
    if months % 12:
        return f"{months} months"
    return f"{years} years" if years > 1 else "1 year"
