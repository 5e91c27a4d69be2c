"""M7: notional workload needed to achieve the learning outcomes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from microcred import credits as volumes
from microcred.description import Description, Node
from microcred.quantities import as_number, either_way, hours_of, is_plain_number, read_duration
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import advice, cite
from microcred.vocabularies import vocabulary

# Names of parts, or their beginnings: time for assessment, and time with a teacher.
ASSESSMENT: Final = re.compile(
    "assess|exam|test|prüf|klausur|évalu|evalu|avalia|valut|toets|"
    "ocen|egzamin|ispit|оцін|іспит|оцен|испит",
    re.IGNORECASE,
)


# Providers have their own names for the parts, and the same ones in every description.
@lru_cache(maxsize=512)
def _names_assessment(part: str) -> bool:
    return bool(ASSESSMENT.search(part))


CONTACT: Final = frozenset({"contact", "lectures", "classes", "online-synchronous", "seminar"})


@rule(
    "M7-1",
    "State the notional workload",
    level=Level.MUST,
    element="M7",
    section="workload-stated",
    basis=cite("CR22", "Annex I"),
    why="Without hours or credits nobody can tell how large the micro-credential is",
    fix="State all hours that a typical learner needs (`workload: {hours: 50}`), or credits with "
    "their system",
)
def stated(data: Node, description: Description) -> Verdict | None:
    workload = description.workload
    if workload.get("hours") or any(workload.get("credits", ())) or workload.get("parts"):
        return None
    if "workload" in data:
        return not_met("The workload names neither hours nor credits", at="/workload")
    return not_met("No workload is stated", at="/workload")


@rule(
    "M7-2",
    "Let one ECTS credit stand for 25 to 30 hours",
    level=Level.SHOULD,
    element="M7",
    section="hours-per-credit",
    basis=cite("ECTS"),
    why="Credits can only be transferred where one stands for the same work everywhere",
    fix="Check that the hours are all hours, not contact hours only, and correct hours or credits",
    at="/workload/credits",
    reads="hours-per-credit",
)
def hours_per_credit(_: Node, description: Description) -> Verdict | None:
    hours, judged = description.hours, False
    for system, (low, high) in description.hours_per_credit.items():
        points = description.credits.get(system)
        if not hours or not points:
            continue
        judged = True
        # Rounding to a tenth of an hour is not held against anybody.
        if not low - 0.05 <= hours / points <= high + 0.05:
            return not_met(
                "{hours} hours for {points} {system} make {each} hours a credit; one credit of "
                "{system} stands for {usual}",
                hours=f"{hours:g}",
                points=f"{points:g}",
                system=system,
                each=f"{hours / points:.1f}".removesuffix(".0"),
                usual=f"{low:g}" if low == high else f"{low:g} to {high:g}",
            )
    return None if judged else NOT_APPLICABLE


@rule(
    "M7-3",
    "Let the parts add up to the total",
    level=Level.SHOULD,
    element="M7",
    section="parts-add-up",
    basis=cite("ECTS", "workload"),
    why="Where parts and total differ, one of them is wrong and readers can't tell which",
    fix="Correct the parts or the total",
    at="/workload/parts",
)
def parts_add_up(parts: Node, description: Description) -> Verdict | None:
    total = description.hours
    hours = [hours_of(value) for value in parts.values()]
    if not total or not hours or None in hours:
        return NOT_APPLICABLE
    found = sum(hour for hour in hours if hour is not None)
    if abs(found - total) <= total * description.figure("parts-tolerance"):
        return None
    # The row below the others that adds them up, in whatever language.
    sums = [name for name, hour in zip(parts, hours, strict=True) if hour == found - total]
    once_more = len(parts) > 2 and found == total * 2 and bool(sums)
    return not_met(
        "The parts add up to {found} hours, the total is {total}",
        fix="Delete the part “{sum}”, if it is the total once more" if once_more else None,
        found=f"{found:g}",
        total=f"{total:g}",
        sum=sums[-1] if sums else "",
    )


_MONTHS: Final = re.compile(r"P(?P<number>\d+)M", re.IGNORECASE)


@rule(
    "M7-4",
    "State the workload in hours, not in weeks or months",
    level=Level.SHOULD,
    element="M7",
    section="hours-not-calendar",
    basis=cite("ISO8601"),
    why="“6 weeks” can be 6 hours or 240; and in ISO 8601 P60M are 60 months, while PT60H are 60 "
    "hours",
    fix="Write the hours as a number; weeks and months belong into `duration`",
    at=("/workload/hours", "/workload/parts/*"),
)
def in_hours(hours: Node, description: Description) -> Verdict | None:
    if type(hours) is not str or hours_of(hours) is not None:
        return None
    if months := _MONTHS.fullmatch(hours.strip()):
        return not_met(
            "“{hours}” means {number} months in ISO 8601",
            fix="Write {number}, or PT{number}H, if {number} hours are meant",
            hours=hours,
            number=months["number"],
        )
    if both := either_way(hours):
        return not_met(
            "“{hours}” is {thousands} hours for some readers, and {fraction} for others",
            fix="Write {thousands} or {fraction}, whichever is meant",
            hours=hours,
            thousands=both[0],
            fraction=both[1],
        )
    return not_met("“{hours}” is no number of hours", hours=hours)


@rule(
    "M7-5",
    "Count the assessment in",
    level=Level.ADVICE,
    element="M7",
    section="assessment-time",
    basis=advice(),
    why="Assessment and preparing for it are part of the notional workload",
    fix="Add the hours of assessment to the parts",
    at="/workload/parts",
)
def assessment_time(parts: Node, description: Description) -> Verdict | None:
    for name, value in parts.items():
        if _names_assessment(name) and as_number(value) != 0:
            return None
    return not_met("No part of the workload is assessment")


@rule(
    "M7-6",
    "Count more than the time with a teacher",
    level=Level.ADVICE,
    element="M7",
    section="not-contact-only",
    basis=advice(),
    why="Notional workload is all the time a learner needs: practice, self-study and assessment as "
    "well",
    fix="Add the hours of self-study, practice and assessment",
    at="/workload",
)
def more_than_contact(workload: Node, description: Description) -> Verdict | None:
    parts = workload.get("parts")
    if not parts:
        return NOT_APPLICABLE
    counted = [name for name, value in parts.items() if as_number(value) != 0]
    if not counted:
        return NOT_APPLICABLE
    folded = [name.casefold() for name in counted]
    if any(name not in CONTACT and "contact" not in name for name in folded):
        return None
    return not_met("Only time with a teacher is counted: {names}", names=", ".join(counted))


@rule(
    "M7-7",
    "Check a workload that is very small or very large",
    level=Level.ADVICE,
    element="M7",
    section="size",
    basis=advice(),
    why="The Recommendation names no numbers; but under 4 hours little can be assessed, and over "
    "900 hours (30 ECTS) the volume is no longer small",
    fix="Correct the figure; if it is right, leave it and say in `method` how it came about",
    at="/workload",
)
def size(workload: Node, description: Description) -> Verdict | None:
    low, high = description.range("workload-range")
    hours = description.hours
    ects = description.credits.get("ECTS")
    if hours is None and ects is None:
        return NOT_APPLICABLE
    if hours is not None and not low <= hours <= high:
        return not_met(
            "The workload is {hours} hours; {low} to {high} are usual",
            hours=f"{hours:g}",
            low=f"{low:g}",
            high=f"{high:g}",
        )
    most = high / 30
    if hours is None and ects is not None and not 0 < ects <= most:
        return not_met(
            "The workload is {ects} ECTS; up to {most} are usual",
            ects=f"{ects:g}",
            most=f"{most:g}",
        )
    return None


@rule(
    "M7-8",
    "State credits in steps of a half",
    level=Level.ADVICE,
    element="M7",
    section="steps-of-credits",
    basis=advice(),
    why="Finer steps look exact and can't be used by anybody else",
    fix="Round to the nearest half credit and keep the exact hours",
    at="/workload/credits/*",
)
def steps(credit: Node, description: Description) -> Verdict | None:
    points = as_number(credit.get("points"))
    if points is None or not _is_ects(credit.get("system", "ECTS")):
        return NOT_APPLICABLE
    if (points * 2) % 1 == 0:
        return None
    return not_met("{points} ECTS is finer than a half credit", points=f"{points:g}")


@rule(
    "M7-9",
    "Say what entitles the awarding body to award ECTS",
    level=Level.ADVICE,
    element="M7",
    section="right-to-credits",
    basis=advice("DE"),
    why="In some countries only higher education institutions may award ECTS credits",
    fix="Name the law or decision in `creditRight` of the body, or state hours only",
    at="/workload/credits/*",
)
def credit_right(credit: Node, description: Description) -> Verdict | None:
    if not _is_ects(credit.get("system")) or not description.awarding:
        return NOT_APPLICABLE
    named = [body for body in description.bodies if body.get("id") == credit.get("by")]
    bodies = (named if credit.get("by") else None) or description.awarding
    types = vocabulary("body-types")
    for body in bodies:
        entry = types.find(body.get("type"))
        if body.get("creditRight") or (entry and entry.code == "higher-education"):
            return None
        if body.get("type") and not entry:
            return NOT_APPLICABLE  # what kind of body it is has to be told first (M4-7)
    return not_met(
        "ECTS credits are stated, but “{body}” is no higher education institution and names no "
        "right to award them",
        body=description.text(bodies[0].get("name")),
    )


def _is_ects(system: str | None) -> bool:
    entry = vocabulary("credit-systems").find(system)
    return entry is not None and entry.code == "ECTS"


@rule(
    "M7-10",
    "State hours beside credits",
    level=Level.ADVICE,
    element="M7",
    section="hours-beside-credits",
    basis=advice(),
    why="Outside higher education, and outside Europe, readers count in hours",
    fix="Add the hours: `hours: 50`",
    at="/workload/credits",
)
def hours_too(_: Node, description: Description) -> Verdict | None:
    workload = description.workload
    if workload.get("hours") or workload.get("parts"):
        return None
    return not_met("Credits are stated without hours")


@rule(
    "M7-11",
    "Show how the hours divide",
    level=Level.ADVICE,
    element="M7",
    section="hours-by-activity",
    basis=advice(),
    why="A learner with a job sees only in the parts what happens when, and a reviewer whether the "
    "sum is realistic",
    fix="Add `parts`: contact, practice, self-study, assessment",
    at="/workload/hours",
)
def divided(hours: Node, description: Description) -> Verdict | None:
    if description.workload.get("parts"):
        return None
    return not_met("The hours are not divided by activity")


@rule(
    "M7-12",
    "Name the credit system as others know it",
    level=Level.SHOULD,
    element="M7",
    section="credit-system",
    basis=cite("ELM", "list of credit systems"),
    why="Points without a known system can't be compared or converted",
    fix="Write the usual short name of the system, for example ECTS",
    at="/workload/credits/*",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def known_system(credit: Node, description: Description) -> Verdict | None:
    stated = credit.get("system")
    if not stated:
        points = credit.get("points", "")
        return not_met("{points} credits are stated without their system", points=points)
    systems = vocabulary("credit-systems")
    if systems.find(stated):
        return None
    if credit.get("hoursPerPoint"):
        return None  # readers can convert a point even if they have never met its system
    near = systems.nearest(stated)
    if near:
        return not_met(
            "“{system}” is no credit system that we know",
            fix="Did you mean {near}?",
            system=stated,
            near=near,
        )
    return cannot_tell(
        "Which credit system is “{system}”, and how many hours does one point stand for?",
        fix="Write its usual short name, or the hours of one point in `hoursPerPoint`",
        system=stated,
    )


@rule(
    "M7-13",
    "Use ECTS in higher education where that is possible",
    level=Level.SHOULD,
    element="M7",
    section="ects-where-possible",
    basis=cite("SWD21", "element 7"),
    why="ECTS is the system that other higher education institutions can read",
    fix="Add the credits, or say in `method` why there are none",
    at="/workload",
    yields=(Outcome.CANNOT_TELL,),
)
def ects_where_possible(workload: Node, description: Description) -> Verdict | None:
    if "higher-education" not in description.body_types:
        return NOT_APPLICABLE
    if workload.get("credits"):
        return None
    return cannot_tell("Could the workload be given in ECTS as well?")


@rule(
    "M7-14",
    "Write numbers as plain numbers",
    level=Level.ADVICE,
    element="M7",
    section="plain-numbers",
    basis=advice(),
    why="“2,5”, “60 h” and “1 500” are read in different ways by different software",
    fix="Write a number such as 60 or 2.5, without a unit",
    at=(
        "/workload/hours",
        "/workload/parts/*",
        "/workload/credits/*/points",
        "/assessments/*/weight",
    ),
)
def plain_numbers(number: Node, description: Description) -> Verdict | None:
    if is_plain_number(number) or _is_clock_time(number):
        return None
    reading = hours_of(number)
    if reading is None and number in _hours_stated(description):
        return NOT_APPLICABLE  # weeks and months, told by M7-4
    reading = as_number(number) if reading is None else reading
    if reading is None:
        return not_met("“{text}” is no number", text=number)
    return not_met(
        "“{text}” was read as {plain}", fix="Write {plain}", text=number, plain=f"{reading:g}"
    )


def _is_clock_time(number: str) -> bool:
    """Tell whether it is an ISO 8601 duration such as PT60H, which all software reads alike."""
    duration = read_duration(number)
    return duration is not None and not duration.days


def _hours_stated(description: Description) -> list[object]:
    workload = description.workload
    return [workload.get("hours"), *(workload.get("parts") or {}).values()]


@rule(
    "M7-15",
    "Let all the sizes that are stated agree",
    level=Level.ADVICE,
    element="M7",
    section="sizes-agree",
    basis=advice(),
    why="Whoever knows only one of the systems reads only that number",
    fix="Check which of the two is right: `microcred credits` shows how they compare",
    at="/workload/credits",
)
def sizes_agree(_: Node, description: Description) -> Verdict | None:
    stated, usual = description.credits, description.hours_per_credit
    # Hours against a system of the profile is what M7-2 looks at.
    if len(stated) < 2 and stated.keys() <= usual.keys():
        return NOT_APPLICABLE
    known, hours = vocabulary("credit-systems"), description.hours
    judged = [code for code, points in stated.items() if points and code in known]
    pairs = [(code, volumes.HOURS) for code in judged if hours and code not in usual]
    pairs += [(code, other) for code in judged for other in judged if code < other]
    if not pairs:
        return NOT_APPLICABLE
    sizes = {**stated, volumes.HOURS: hours or 0}
    for source, target in pairs:
        span = volumes.convert(
            stated[source], source, target, rates=volumes.Rates.of(description.profile)
        ).span
        if span and not span.holds(sizes[target]):
            return not_met(
                "{points} come to {span}, and {other} are stated",
                points=volumes.counted(stated[source], source),
                span=volumes.counted(span, target),
                other=volumes.counted(sizes[target], target),
            )
    return None
