"""What a profile asks beyond the European rules; none of this runs under the base profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from microcred.description import Description, Node
from microcred.elements import ELEMENTS, Element, is_stated
from microcred.quantities import as_number, hours_of, read_duration
from microcred.rule import (
    NOT_APPLICABLE,
    OFFER,
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)
from microcred.rules.workload import CONTACT
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import fold

__all__ = ["allowed_levels", "allowed_size"]

BASIS: Final = "the profile that the check uses"
Limit = Mapping[str, Any]

# -- Size -----------------------------------------------------------------------------------------

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
                stated=_count(stated, row["unit"]),
                profile=description.profile.id,
                allowed=allowed_size(row),
            )
    if judged:
        return None
    hint = _hint(rows, description)
    return cannot_tell(
        "Is the size {allowed}, as the profile {profile} asks? {hint}"
        if hint
        else "Is the size {allowed}, as the profile {profile} asks?",
        fix="State it in {unit} as well",
        allowed=" and ".join(map(allowed_size, rows)),
        profile=description.profile.id,
        hint=hint,
        unit="`duration`, such as P6W" if rows[0]["unit"] in _DAYS else _unit(rows[0]["unit"]),
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


def _count(number: float, unit: str) -> str:
    return f"{number:.4g} {_unit(unit, number)}"


def _unit(unit: str, number: float = 2) -> str:
    # “60 NZ credits” for the code NZ-credit, and “1 hour” for one of them.
    if unit.endswith("-credit"):
        return unit.replace("-credit", " credit" if number == 1 else " credits")
    return unit.removesuffix("s") if number == 1 and unit.islower() else unit


def allowed_size(row: Limit) -> str:
    """Return a limit of size in words."""
    low, high, unit = row.get("min"), row.get("max"), row["unit"]
    least = "more than" if row.get("minExcluded") else "at least"
    most = "less than" if row.get("maxExcluded") else "at most"
    if high is None:
        return f"{least} {_count(row['min'], unit)}"
    if low is None:
        return f"{most} {_count(high, unit)}"
    if row.get("minExcluded") or row.get("maxExcluded"):
        return f"{least} {low:g} and {most} {_count(high, unit)}"
    return f"{low:g} to {_count(high, unit)}"


def _hint(rows: list[Limit], description: Description) -> str:
    """Return what the hours come to in a system whose hours are known; never other credits."""
    hours = description.hours
    known = description.hours_per_credit
    for row in rows:
        if hours and (usual := known.get(_code(row["unit"]))):
            least, most = (f"{hours / each:.1f}".removesuffix(".0") for each in reversed(usual))
            span = least if least == most else f"{least} to {most}"
            return f"{hours:g} hours would be about {span} {row['unit']}"
    return ""


# -- Level ----------------------------------------------------------------------------------------


@rule(
    "P-2",
    "Keep to the levels that the profile allows",
    level=Level.MUST,
    element="",
    section="profile-level",
    basis=BASIS,
    why="A country or framework registers micro-credentials at these levels only",
    fix="Check the level against the descriptors of the framework, and correct it if it is wrong",
    at="/level",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="level",
)
def level(stated: Node, description: Description) -> Verdict | None:
    limit = description.limit("level")
    verdicts = list(_levels(stated, limit, description))
    for verdict in verdicts:
        if verdict is not None:
            return verdict
    if verdicts:
        return None
    return cannot_tell(
        "Which level is it, in a framework that the profile {profile} knows: {allowed}?",
        fix="State the level in this framework",
        profile=description.profile.id,
        allowed=", ".join(allowed_levels(limit)),
    )


def _levels(stated: Node, limit: Limit, description: Description) -> Iterator[Verdict | None]:
    """Yield an answer for each stated level that the profile has a range for."""
    own = description.profile.id
    eqf = limit.get("eqf")
    if eqf and description.eqf is not None:
        yield _eqf(description.eqf, eqf, own)
    for number, item in enumerate(stated.get("national", ())):
        for wanted in limit.get("national", ()):
            reached = as_number(item.get("level")) if item and _same(item, wanted) else None
            if reached is None:
                continue
            yield (
                None
                if wanted["min"] <= reached <= wanted["max"]
                else not_met(
                    "The level is {framework} {level}; the profile {profile} allows {low} to "
                    "{high}",
                    at=f"/national/{number}",
                    framework=item.get("framework", wanted["framework"]),
                    level=f"{reached:g}",
                    profile=own,
                    low=wanted["min"],
                    high=wanted["max"],
                )
            )


def _eqf(reached: int, wanted: Limit, own: str) -> Verdict | None:
    if wanted["min"] <= reached <= wanted["max"]:
        return None
    also = wanted.get("also")
    if also and also["min"] <= reached <= also["max"]:
        return cannot_tell(
            "The profile {profile} allows EQF level {level} only if {condition}: are they?",
            at="/eqf",
            profile=own,
            level=reached,
            condition=also["condition"],
        )
    return not_met(
        "The EQF level is {level}; the profile {profile} allows {low} to {high}",
        at="/eqf",
        level=reached,
        profile=own,
        low=wanted["min"],
        high=wanted["max"],
    )


def _same(item: Node, wanted: Limit) -> bool:
    """Tell whether a stated level is one of the framework that the profile means."""
    if item.get("country"):
        return bool(item["country"].strip().upper() == wanted["country"])
    return fold(item.get("framework", "")) == fold(wanted["framework"])


def allowed_levels(limit: Limit) -> Iterator[str]:
    """Yield the levels that a profile allows, in words."""
    if "eqf" in limit:
        yield f"EQF {limit['eqf']['min']} to {limit['eqf']['max']}"
    for row in limit.get("national", ()):
        yield f"{row['framework']} {row['min']} to {row['max']}"


# -- Title ----------------------------------------------------------------------------------------


@rule(
    "P-3",
    "Leave out of the title the words that the profile names",
    level=Level.MUST,
    element="",
    section="profile-title",
    basis=BASIS,
    why="The framework keeps these words for other awards, or lists no title that has them",
    fix="Name the skill or task instead",
    at="/title",
    each_text=True,
    needs="title",
)
def title(text: str, description: Description, _language: str) -> Verdict | None:
    found = list(_spotted(text, tuple(description.limit("title")["without"])))
    if not found:
        return None
    return not_met(
        "The title “{title}” has words that the profile {profile} leaves to others: {words}",
        title=text,
        profile=description.profile.id,
        words=", ".join(f"“{word}”" for word in found),
    )


def _spotted(text: str, barred: tuple[str, ...]) -> Iterator[str]:
    plain = fold(text).replace("-", "")
    for word, pattern in _patterns(barred):
        if pattern.search(plain):
            yield word


@lru_cache(maxsize=16)
def _patterns(barred: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    # “post-graduate” and “postgraduate” are the same word to a reader.
    plain = [(word, re.escape(fold(word).replace("-", ""))) for word in barred]
    return tuple((word, re.compile(rf"\b{pattern}\b")) for word, pattern in plain)


# -- Elements -------------------------------------------------------------------------------------


@rule(
    "P-4",
    "State what is optional in Europe and needed under the profile",
    level=Level.MUST,
    element="",
    section="profile-elements",
    basis=BASIS,
    why="Annex I leaves some elements optional that this framework asks for",
    fix="Add the element; its page has examples",
    needs="required",
)
def required(data: Node, description: Description) -> Verdict | None:
    wanted = [
        ELEMENTS[row["element"]]
        for row in description.limit("required")
        if description.kind in ELEMENTS[row["element"]].kinds
        and description.mode != row.get("unlessMode", "-")
    ]
    missing = [element for element in wanted if not _is_there(element, data, description)]
    if not missing:
        return None if wanted else NOT_APPLICABLE
    return not_met(
        "The profile {profile} asks for what is not stated: {elements}",
        at="/" + missing[0].paths[0].split("/")[0],
        profile=description.profile.id,
        elements=", ".join(f"{element.short.lower()} ({element.id})" for element in missing),
    )


def _is_there(element: Element, data: Node, description: Description) -> bool:
    if element.id == "M8":  # that no level applies is an answer in Europe, and no level
        level = description.part("level")
        return any(level.get(field) for field in ("eqf", "national", "cycle"))
    return is_stated(element, data)


# -- Hours with a teacher -------------------------------------------------------------------------

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


# -- Review and need ------------------------------------------------------------------------------


@rule(
    "P-6",
    "Review it as often as the profile asks",
    level=Level.MUST,
    element="",
    section="profile-review",
    basis=BASIS,
    why="The framework lists a micro-credential for a limited time and then looks at it again",
    fix="Set an earlier date in `review: {next: …}`",
    kinds=(OFFER,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="review",
)
def review(data: Node, description: Description) -> Verdict | None:
    most = description.limit("review")["months"]
    found = list(_until_review(description))
    if not found:
        return cannot_tell(
            "When is it reviewed? The profile {profile} asks for a review every {months} months",
            fix="Add the date: `review: {next: 2027-06-30}`",
            at="/review",
            profile=description.profile.id,
            months=f"{most:g}",
        )
    # Three years are 1096 days and 36 months are 1095: a little room makes them the same.
    shortest = min(days / _DAYS["months"] for days, _ in found)
    if shortest <= most * 1.02:
        return None
    return not_met(
        "The next review is {found} months away; the profile {profile} allows {months}",
        at=found[0][1],
        found=f"{shortest:.0f}",
        profile=description.profile.id,
        months=f"{most:g}",
    )


def _until_review(description: Description) -> Iterator[tuple[float, str]]:
    """Yield in how many days the description is looked at again, and where that is stated."""
    if date := description.date(description.part("review").get("next")):
        yield (date - description.day).days, "/review/next"
    for number, arrangement in enumerate(description.data.get("quality", ())):
        stated = (arrangement or {}).get("review")
        duration = read_duration(stated) if isinstance(stated, str) else None
        if duration and duration.days:
            yield duration.days, f"/quality/{number}/review"


@rule(
    "P-7",
    "Show that somebody needs it",
    level=Level.MUST,
    element="",
    section="profile-need",
    basis=BASIS,
    why="The framework lists a micro-credential only with evidence that it is needed",
    fix="Name who asks for it, and since when, in `need: {evidence: [{source: …, date: …}]}`",
    kinds=(OFFER,),
    needs="need",
)
def need(_: Node, description: Description) -> Verdict | None:
    asked = description.limit("need")["evidence"]
    found = len([item for item in description.part("need").get("evidence") or () if item])
    if found >= asked:
        return None
    return not_met(
        "The profile {profile} asks for evidence of need: at least {asked}, and {found} is stated",
        at="/need",
        profile=description.profile.id,
        asked=asked,
        found=found or "none",
    )
