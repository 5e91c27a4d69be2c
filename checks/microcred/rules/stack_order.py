"""STACK: what has to come first, what is still in force, and whose awards they are."""

from __future__ import annotations

import datetime as dt

from microcred.description import Node
from microcred.quantities import read_duration
from microcred.rule import (
    NOT_APPLICABLE,
    STACK,
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)
from microcred.sources import advice
from microcred.stacking.parts import Part, Stack, needed
from microcred.stacking.summary import in_words
from microcred.vocabularies.tables import fold


@rule(
    "STACK-5",
    "Have in the stack what its parts need first",
    level=Level.ADVICE,
    element="",
    section="stack-prerequisites",
    basis=advice("ETF-LP"),
    why="Learners find out at the door that they can’t enter",
    fix="Add what comes first, or say in the programme how it can be shown otherwise",
    at="/parts/*",
    kinds=(STACK,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def prerequisites(node: Node, stack: Stack) -> Verdict | None:
    part = stack.member(node)
    before, asked = part.row.get("after") or (), needed(part)
    if not before and not asked:
        return NOT_APPLICABLE
    for name in before:
        if name not in stack.filled:
            return not_met(
                "“{part}” comes after “{first}”, which isn’t in the stack",
                part=part.title,
                first=_title(stack, name),
            )
    known = {other.credential for other in stack.members}
    for position, id in enumerate(asked):
        if id not in known:
            return cannot_tell(
                "“{part}” asks for {first} first, which isn’t in the stack: does the learner "
                "have it?",
                at=f"/prerequisites/credentials/{position}",
                part=part.title,
                first=id,
            )
    return None


def _title(stack: Stack, name: str) -> str:
    row: dict[str, Node] = next((row for row in stack.rows if row["id"] == name), {})
    return stack.text(row.get("title")) or name


@rule(
    "STACK-6",
    "Let no part wait for itself",
    level=Level.ADVICE,
    element="",
    section="stack-circle",
    basis=advice(),
    why="Where each part comes after another of the same circle, nobody can begin",
    fix="Take one of the conditions out",
    at="/parts",
    kinds=(STACK,),
)
def circle(_: Node, stack: Stack) -> Verdict | None:
    if not any(part.row.get("after") or needed(part) for part in stack.members):
        return NOT_APPLICABLE
    _, names = stack.order
    if not names:
        return None
    return not_met("Nobody can begin: {names}", names=", then ".join(f"“{one}”" for one in names))


@rule(
    "STACK-7",
    "Stack what is still in force",
    level=Level.ADVICE,
    element="",
    section="stack-validity",
    basis=advice("ETF-LP"),
    why="Skills age, programmes set a limit, and an award that has expired counts nowhere",
    fix="Renew the award or the agreement, or take the part again",
    at="/parts/*",
    kinds=(STACK,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def in_force(node: Node, stack: Stack) -> Verdict | None:
    part = stack.member(node)
    return _award(part, stack) if part.is_award else _agreement(part, stack)


def _award(part: Part, stack: Stack) -> Verdict | None:
    own = part.description
    expires, limit = own.date(own.data.get("expires")), stack.accepts.get("age")
    if expires and expires < stack.on:
        return not_met(
            "“{part}” expired on {day}", at="/expires", part=part.title, day=expires.isoformat()
        )
    if not limit:
        return None if expires else NOT_APPLICABLE
    if own.issued is None:
        return cannot_tell(
            "When was “{part}” issued? The programme takes no award older than {limit}",
            at="/issued",
            part=part.title,
            limit=in_words(limit),
        )
    if _days(limit) >= (stack.on - own.issued).days:
        return None
    return not_met(
        "“{part}” was issued on {day}; the programme takes no award older than {limit}",
        at="/issued",
        part=part.title,
        day=own.issued.isoformat(),
        limit=in_words(limit),
    )


def _days(limit: str) -> float:
    duration = read_duration(limit)
    # Years of 365 days would end a day early after each leap year.
    return duration.days * 365.25 / 365 if duration else dt.timedelta.max.days


def _agreement(part: Part, stack: Stack) -> Verdict | None:
    targets = part.description.stacking.get("targets") or ()
    for position, target in enumerate(targets):
        end = stack.date(target.get("until")) if target and stack.names_target(target) else None
        if end is None:
            continue
        if end >= stack.on:
            return None
        return not_met(
            "The agreement on “{part}” ended on {day}",
            at=f"/stacking/targets/{position}/until",
            part=part.title,
            day=end.isoformat(),
        )
    return NOT_APPLICABLE


@rule(
    "STACK-8",
    "Stack the awards of one learner",
    level=Level.ADVICE,
    element="",
    section="stack-learner",
    basis=advice(),
    why="A qualification is one person’s; two names mean that a file was mixed up",
    fix="Take out the award of the other person, or correct the name",
    at="/parts",
    kinds=(STACK,),
)
def one_learner(_: Node, stack: Stack) -> Verdict | None:
    names = [_learner(part) for part in stack.members if part.is_award]
    known = {fold(name): name for name in names if name}
    if len([name for name in names if name]) < 2:
        return NOT_APPLICABLE
    if len(known) == 1:
        return None
    return not_met(
        "The awards are those of {count} people: {names}",
        count=len(known),
        names=", ".join(known.values()),
    )


def _learner(part: Part) -> str:
    learner = part.description.part("learner")
    given, family = learner.get("givenName", ""), learner.get("familyName", "")
    return str(learner.get("name") or f"{given} {family}").strip()
