"""P: the size that a profile allows, and the hours with a teacher that it asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from microcred.credits import HOURS, Rates, convert, counted, unit
from microcred.description import Description, Node
from microcred.profiles.model import BASIS
from microcred.quantities import hours_of, read_duration
from microcred.rule import (
    NOT_APPLICABLE,
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)
from microcred.rules.workload import CONTACT
from microcred.vocabularies import vocabulary

__all__ = ["allowed_size"]

Limit = Mapping[str, Any]

_DAYS: Final = {"days": 1.0, "weeks": 7.0, "months": 365 / 12}
_SPAN: Final = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)[\s-]*(?P<unit>day|week|month)s?\b", re.IGNORECASE
)


@rule(
    "P-1",
    "Keep to the size that the profile allows",
    level=Level.MUST,
    element="",
    section="profile-size",
    basis=BASIS,
    why="A country or framework counts as a micro-credential only what has this size",
    fix="Add to it, join it with another, or use the name that the country has for this size",
    at="/workload",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="size",
)
def size(workload: Node, description: Description) -> Verdict | None:
    rows, judged = description.limit("size"), False
    for row in rows:
        stated = _amount(workload, row["unit"], description)
        if stated is None:
            continue
        judged = True
        if not _within(stated, row):
            return not_met(
                "The size is {stated}; the profile {profile} allows {allowed}",
                fix=_SMALLER if stated > row.get("min", -1) else None,
                stated=counted(stated, row["unit"]),
                profile=description.profile.id,
                allowed=allowed_size(row),
            )
    if judged:
        return None
    hint, in_days = _hint(rows, description), rows[0]["unit"] in _DAYS
    return cannot_tell(
        "Is the size {allowed}, as the profile {profile} asks? {hint}"
        if hint
        else "Is the size {allowed}, as the profile {profile} asks?",
        fix="Give it in `duration` as well, such as P6W"
        if in_days
        else "State it in {unit} as well",
        allowed=" and ".join(map(allowed_size, rows)),
        profile=description.profile.id,
        hint=hint,
        unit=unit(rows[0]["unit"]),
    )


_SMALLER: Final = "Divide it, or use the name that the country has for this size"


def _amount(workload: Node, unit: str, description: Description) -> float | None:
    """Return how large the workload is in *unit*, where it is stated in this very unit."""
    if unit == "hours":
        return description.hours
    if unit in _DAYS:
        days = _days(description.text(workload.get("duration")))
        return None if days is None else days / _DAYS[unit]
    return description.credits.get(_code(unit))


def _days(text: str) -> float | None:
    if duration := read_duration(text):
        return duration.days or None
    spans = list(_SPAN.finditer(text))
    if len(spans) != 1:
        return None
    number = float(spans[0]["number"].replace(",", "."))
    return number * _DAYS[f"{spans[0]['unit'].lower()}s"]


def _code(system: str) -> str:
    entry = vocabulary("credit-systems").find(system)
    return entry.code if entry else system


def _within(number: float, row: Limit) -> bool:
    low, high = row.get("min"), row.get("max")
    if low is not None and (number < low or (number == low and row.get("minExcluded"))):
        return False
    return high is None or number < high or (number == high and not row.get("maxExcluded"))


def allowed_size(row: Limit) -> str:
    """Return a limit of size in words."""
    low, high, unit = row.get("min"), row.get("max"), row["unit"]
    least = "more than" if row.get("minExcluded") else "at least"
    most = "less than" if row.get("maxExcluded") else "at most"
    if high is None:
        return f"{least} {counted(row['min'], unit)}"
    if low is None:
        return f"{most} {counted(high, unit)}"
    if row.get("minExcluded") or row.get("maxExcluded"):
        return f"{least} {low:g} and {most} {counted(high, unit)}"
    return f"{low:g} to {counted(high, unit)}"


def _hint(rows: list[Limit], description: Description) -> str:
    """Return what the hours come to in the unit asked for, where its hours are known."""
    hours = description.hours
    for row in rows:
        code = _code(row["unit"])
        if not hours or code not in vocabulary("credit-systems"):
            continue
        told = convert(hours, HOURS, code, rates=Rates.of(description.profile))
        if told.span:
            return f"{hours:g} hours would be about {counted(told.span, code)}"
    return ""


# Parts that may be spent with a teacher, or alone.
_PERHAPS: Final = re.compile("practi|lab|workshop|placement|work", re.IGNORECASE)


@rule(
    "P-5",
    "Plan the hours with a teacher that the profile asks for",
    level=Level.MUST,
    element="",
    section="profile-contact",
    basis=BASIS,
    why="The framework counts a credit only if a part of its hours is spent with a teacher",
    fix="Move hours from self-study to contact, or state fewer credits",
    at="/workload",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="contact",
)
def contact(workload: Node, description: Description) -> Verdict | None:
    limit = description.limit("contact")
    points = description.credits.get(_code(limit["unit"]))
    if not points:
        return NOT_APPLICABLE
    asked = points * limit["hoursPerCredit"]
    parts = [(name, hours_of(value) or 0) for name, value in (workload.get("parts") or {}).items()]
    if not parts:
        return cannot_tell(
            "Are at least {asked} of the hours with a teacher, as the profile {profile} asks?",
            fix="Divide the hours by activity in `parts`",
            asked=f"{asked:g}",
            profile=description.profile.id,
        )
    surely = sum(hours for name, hours in parts if _with_teacher(name))
    if surely >= asked:
        return None
    perhaps = sum(
        hours for name, hours in parts if not _with_teacher(name) and _PERHAPS.search(name)
    )
    values = {
        "found": f"{surely:g}",
        "points": f"{points:g}",
        "unit": limit["unit"],
        "asked": f"{asked:g}",
        "profile": description.profile.id,
    }
    if surely + perhaps >= asked:
        return cannot_tell(
            "{found} hours are surely with a teacher, and the profile {profile} asks for {asked}: "
            "how much of the practice is with a teacher, too?",
            at="/parts",
            fix="Count the practice that a teacher attends as contact",
            **values,
        )
    return not_met(
        "{found} hours are with a teacher; for {points} {unit} the profile {profile} asks for "
        "{asked}",
        at="/parts",
        **values,
    )


def _with_teacher(name: str) -> bool:
    folded = name.casefold()
    return folded in CONTACT or "contact" in folded
