"""STACK: whether the parts of a stack add up to what the programme asks for."""

from __future__ import annotations

from microcred.credits import Span, convert, counted, system
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
from microcred.sources import advice, cite
from microcred.stacking.parts import Stack

ROUNDING = 0.05  # points that rounding to a tenth hides


@rule(
    "STACK-1",
    "Let the parts come to what the programme takes in",
    level=Level.SHOULD,
    element="",
    section="stack-size",
    basis=cite("ECTS", "accumulation"),
    why="A programme takes in so much and no more; what is missing or left over has to be known "
    "before anybody enrols",
    fix="Add a part, leave one out, or ask the owner of the programme about its limits",
    at="/parts",
    kinds=(STACK,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def adds_up(_: Node, stack: Stack) -> Verdict | None:
    least, most = stack.accepts.get("min"), stack.accepts.get("max")
    if most is None:
        most = (stack.target.get("size") or {}).get("points")
    if least is None and most is None:
        return NOT_APPLICABLE
    if stack.unknown:
        return cannot_tell(
            "How many {unit} does “{part}” bring? Its size isn’t known in this system",
            fix="State the hours of the part, or let the programme say how much of it counts",
            unit=stack.unit,
            part=stack.unknown[0].title,
        )
    total = stack.total
    told = {"total": counted(total, stack.unit), "asked": _asked(least, most)}
    low, high = least or 0, most if most is not None else total.high
    if total.high < low - ROUNDING or total.low > high + ROUNDING:
        return not_met("The parts come to {total}; the programme takes in {asked}", **told)
    if total.low < low - ROUNDING or total.high > high + ROUNDING:
        return cannot_tell(
            "The parts come to {total}, by their hours: is that {asked}, as the programme asks?",
            fix="Agree with the owner of the programme how much of each part counts",
            **told,
        )
    return None


def _asked(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"{least:g} to {most:g}" if least != most else f"{least:g}"
    return f"at least {least:g}" if least is not None else f"at most {most:g}"


@rule(
    "STACK-2",
    "Say where the rest of the qualification comes from",
    level=Level.ADVICE,
    element="",
    section="stack-rest",
    basis=advice("SEED-EX"),
    why="A stack that is smaller than the qualification is a beginning, and learners take it for "
    "the whole",
    fix="Write the most that the programme takes in (`accepts: {max: …}`), or name more parts",
    at="/target/size",
    kinds=(STACK,),
    yields=(Outcome.CANNOT_TELL,),
)
def rest(size: Node, stack: Stack) -> Verdict | None:
    if "max" in stack.accepts or stack.unknown:
        return NOT_APPLICABLE
    joined = _joined(stack)
    missing = size["points"] - stack.total.high - joined.high
    if missing <= ROUNDING:
        return None
    return cannot_tell(
        "Where do {missing} of {size} come from? Neither the parts nor the last assessment have "
        "them",
        missing=f"{missing:.1f}".removesuffix(".0"),
        size=counted(size["points"], stack.unit),
    )


def _joined(stack: Stack) -> Span:
    """Return what the integrative assessment itself counts."""
    amount = (stack.target.get("integrative") or {}).get("amount")
    if not amount:
        return Span(0, 0)
    told = convert(amount["points"], system(amount["system"]), stack.unit, rates=stack.rates)
    return told.span or Span(0, 0)


@rule(
    "STACK-3",
    "Count no more of a part than it has",
    level=Level.SHOULD,
    element="",
    section="stack-amount",
    basis=cite("ECTS", "accumulation"),
    why="Credits that nobody earned can’t be counted",
    fix="Correct the amount in the programme, or the size of the part",
    at="/parts/*",
    kinds=(STACK,),
)
def amount(node: Node, stack: Stack) -> Verdict | None:
    part = stack.member(node)
    own, _ = stack.own_amount(part.description)
    if not part.row.get("amount") or own is None or part.amount is None:
        return NOT_APPLICABLE
    if part.amount.low <= own.high + ROUNDING:
        return None
    return not_met(
        "The programme counts {counts} of “{part}”, which has {own}",
        counts=counted(part.amount, stack.unit),
        part=part.title,
        own=counted(own, stack.unit),
    )


@rule(
    "STACK-4",
    "Stack parts of a level that the programme accepts",
    level=Level.SHOULD,
    element="",
    section="stack-levels",
    basis=cite("EQF"),
    why="Parts far below the qualification don’t carry it, and parts above it are given away",
    fix="Choose another part, or have the owner of the programme state which levels count",
    at="/parts/*",
    kinds=(STACK,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def levels(node: Node, stack: Stack) -> Verdict | None:
    wanted = stack.accepts.get("levels")
    whole: int | None = (stack.target.get("level") or {}).get("eqf")
    if wanted is None and whole is None:
        return NOT_APPLICABLE
    part = stack.member(node)
    own = part.description.eqf
    if own is None:
        return cannot_tell(
            "At which EQF level is “{part}”? It states none", at="/level", part=part.title
        )
    if wanted is not None:
        if wanted["min"] <= own <= wanted["max"]:
            return None
        return not_met(
            "“{part}” is at EQF level {own}; the programme accepts {low} to {high}",
            at="/level/eqf",
            part=part.title,
            own=own,
            low=wanted["min"],
            high=wanted["max"],
        )
    # As in O4-5: the same level, or one below the qualification.
    if whole is None or 0 <= whole - own <= 1:
        return None
    return cannot_tell(
        "“{part}” is at EQF level {own}, and the qualification at {whole}: does it count?",
        at="/level/eqf",
        part=part.title,
        own=own,
        whole=whole,
    )
