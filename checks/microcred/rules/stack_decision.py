"""STACK: who decides on a stack, and what is said of it beforehand."""

from __future__ import annotations

from typing import Final

from microcred.description import Node
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
from microcred.stacking.parts import Stack
from microcred.vocabularies import as_written, words


@rule(
    "STACK-13",
    "Say what entitles the owner to award the qualification",
    level=Level.ADVICE,
    element="",
    section="stack-entitled",
    basis=advice("SEED-EX"),
    why="Only an institution that may award the qualification at its level can validate a stack",
    fix="Add `entitlement` to the owner: the licence, law or accreditation, with its address",
    at="/target/owner",
    kinds=(STACK,),
)
def entitled(owner: Node, stack: Stack) -> Verdict | None:
    if owner.get("entitlement"):
        return None
    return not_met(
        "Nothing says that {owner} may award the qualification", owner=stack.text(owner["name"])
    )


_DECISION: Final = {
    "decides": "who decides",
    "procedure": "how to ask for it",
    "contact": "where to ask",
}


@rule(
    "STACK-14",
    "Say who decides on a stack, and how to ask",
    level=Level.ADVICE,
    element="",
    section="stack-decides",
    basis=advice("ETF-LP"),
    why="The receiving organisation decides on each stack, and learners have to find it",
    fix="Add `decides`, `procedure` and `contact` to the owner",
    at="/target/owner",
    kinds=(STACK,),
)
def decides(owner: Node, _stack: Stack) -> Verdict | None:
    missing = [told for field, told in _DECISION.items() if not owner.get(field)]
    if not missing:
        return None
    return not_met("The programme doesn’t say: {missing}", missing=", ".join(missing))


@rule(
    "STACK-15",
    "Promise no right to the qualification",
    level=Level.ADVICE,
    element="",
    section="stack-wording",
    basis=advice("SEED-EX"),
    why="A stack gives no automatic right; its owner validates it, case by case or in advance",
    fix="Write what the owner looks at, who decides and by when",
    at=(
        "/target/signal/text",
        "/target/notes",
        "/target/accepts/condition",
        "/target/owner/procedure",
    ),
    kinds=(STACK,),
    by_text=True,
)
def wording(text: str, language: str) -> Verdict | None:
    for phrase in words("entitlement-phrases", language or "en").spot(text):
        return not_met(
            "“{phrase}” promises what has to be decided", phrase=as_written(phrase, text)
        )
    return None


@rule(
    "STACK-16",
    "Say in advance what will be accepted, and until when",
    level=Level.ADVICE,
    element="",
    section="stack-signal",
    basis=advice("SEED-EX"),
    why="Institutions can signal beforehand which set of courses they will validate, and learners "
    "plan with it",
    fix="Add `signal: {text: …, until: 2029-07-31}`, or renew it",
    at="/target",
    kinds=(STACK,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def signal(target: Node, stack: Stack) -> Verdict | None:
    stated = target.get("signal")
    if not stated:
        return cannot_tell("Does the owner say in advance what will be accepted?")
    end = stack.date(stated.get("until"))
    if end is None:
        return cannot_tell("Until when does the promise hold?", at="/signal")
    if end >= stack.on:
        return None
    return not_met(
        "What was promised in advance ended on {day}", at="/signal/until", day=end.isoformat()
    )


@rule(
    "STACK-17",
    "Let programme and part name each other",
    level=Level.ADVICE,
    element="",
    section="stack-agreed",
    basis=advice("ETF-LP"),
    why="Where only one side speaks of the other, nothing has been agreed",
    fix="Agree with the other side, and write it into both: the part’s `stacking`, the "
    "programme’s `parts`",
    at="/parts/*",
    kinds=(STACK,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def agreed(node: Node, stack: Stack) -> Verdict | None:
    part = stack.member(node)
    if stack.rows and not part.row:
        return not_met("The programme has no place for “{part}”", part=part.title)
    stacking = part.description.stacking
    if stacking.get("option") == "standalone":
        return not_met("“{part}” says that it stands alone", at="/stacking/option", part=part.title)
    if any(target and stack.names_target(target) for target in stacking.get("targets") or ()):
        return None
    return cannot_tell(
        "“{part}” doesn’t name this programme: has its provider agreed?",
        at="/stacking",
        part=part.title,
    )


@rule(
    "STACK-18",
    "Have all parts that the programme can’t do without",
    level=Level.ADVICE,
    element="",
    section="stack-required",
    basis=advice("ETF-LP"),
    why="In a rigid path one missing part stops everything, however many credits there are",
    fix="Add the part to the stack",
    at="/target/parts/*",
    kinds=(STACK,),
)
def required(row: Node, stack: Stack) -> Verdict | None:
    if not row.get("required"):
        return NOT_APPLICABLE
    if row["id"] in stack.filled:
        return None
    return not_met(
        "“{part}” is required, and not in the stack",
        part=stack.text(row.get("title")) or row["id"],
    )
