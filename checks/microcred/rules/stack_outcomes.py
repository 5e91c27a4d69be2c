"""STACK: whether the outcomes of the parts make up those of the whole, without counting twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from microcred.stacking.parts import Part, Stack
from microcred.vocabularies.tables import fold

ALIKE: Final = 0.7  # share of common words from which two outcomes are taken for one
MOST: Final = 800  # outcomes that are compared with each other
_WORD: Final = re.compile(r"\w{3,}")


@rule(
    "STACK-9",
    "Count each micro-credential once",
    level=Level.ADVICE,
    element="",
    section="stack-twice",
    basis=advice("SEED-EX"),
    why="The same learning earns its credits one time, however many papers tell of it",
    fix="Leave the second out, or say how the two differ",
    at="/parts",
    kinds=(STACK,),
)
def once(_: Node, stack: Stack) -> Verdict | None:
    seen: dict[str, Part] = {}
    for part in stack.members:
        other = seen.setdefault(part.credential, part) if part.credential else part
        if other is not part:
            return not_met(
                "“{part}” is in the stack twice, as parts {first} and {second}",
                at=f"/{part.number}",
                part=part.title,
                first=other.number + 1,
                second=part.number + 1,
            )
    return None


@rule(
    "STACK-10",
    "Ask whether outcomes that are alike are one",
    level=Level.ADVICE,
    element="",
    section="stack-overlap",
    basis=advice("SEED-EX"),
    why="Two parts that teach the same are paid for twice and counted twice",
    fix="Word the difference, or have the owner of the programme count the outcome once",
    at="/parts",
    kinds=(STACK,),
    yields=(Outcome.CANNOT_TELL,),
)
def overlap(_: Node, stack: Stack) -> Verdict | None:
    if len(stack.counted) < 2:
        return NOT_APPLICABLE
    found = list(_alike(list(_outcomes(stack))[:MOST]))
    if not found:
        return None
    first, second = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return cannot_tell(
        "Is this one outcome? “{first}” ({part}) and “{second}” ({other}){more}",
        first=first[1],
        part=first[0].title,
        second=second[1],
        other=second[0].title,
        more=more,
    )


_Item = tuple[Part, str, frozenset[str], frozenset[str]]


def _outcomes(stack: Stack) -> Iterator[_Item]:
    for part in stack.counted:
        for outcome in part.description.outcomes:
            text = part.description.text(outcome.get("statement"))
            skills = frozenset(one for one in outcome.get("skills") or () if isinstance(one, str))
            yield part, text, frozenset(_WORD.findall(fold(text))), skills


def _alike(items: list[_Item]) -> Iterator[tuple[_Item, _Item]]:
    for number, one in enumerate(items):
        for other in items[number + 1 :]:
            if one[0] is not other[0] and (_near(one[2], other[2]) or one[3] & other[3]):
                yield one, other


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    common = len(one & other)
    # Two words in common are no outcome in common.
    return common >= 3 and common >= ALIKE * len(one | other)


@rule(
    "STACK-11",
    "Let each outcome of the whole come from a part, or from the last assessment",
    level=Level.ADVICE,
    element="",
    section="stack-gaps",
    basis=advice("SEED-EX"),
    why="A qualification promises its outcomes, and credits alone don’t show that they were "
    "reached",
    fix="Add the part that brings it, teach it in the programme, or name it in `by`",
    at="/target/outcomes/*",
    kinds=(STACK,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def gaps(outcome: Node, stack: Stack) -> Verdict | None:
    name, said = outcome["id"], stack.text(outcome.get("statement"))
    if name in ((stack.target.get("integrative") or {}).get("covers") or ()):
        return None
    if not outcome.get("by"):
        return cannot_tell("Which part brings {name}, “{said}”?", name=name, said=said)
    for position, by in enumerate(outcome["by"]):
        if lacking := _lacking(by, stack):
            return not_met(
                "{name}, “{said}”, comes from {by}: {lacking}",
                at=f"/by/{position}",
                name=name,
                said=said,
                by=by,
                lacking=lacking,
            )
    return None


def _lacking(by: str, stack: Stack) -> str:
    """Return why a part, or one outcome of it, doesn’t bring what it should; empty if it does."""
    name, _, outcome = by.partition("/")
    part = next((part for part in stack.members if part.row.get("id") == name), None)
    if part is None:
        return "this part isn’t in the stack"
    known = {str(one.get("id")) for one in part.description.outcomes}
    return f"“{part.title}” has no outcome {outcome}" if outcome and outcome not in known else ""


@rule(
    "STACK-12",
    "Join the parts by an assessment of their own",
    level=Level.ADVICE,
    element="",
    section="stack-integrative",
    basis=advice("SEED-EX"),
    why="A degree is more than a collection of credits: somebody has to see that the parts hold "
    "together",
    fix="Add `integrative` with a task that needs all the parts, such as a project or a defence",
    at="/target",
    kinds=(STACK,),
)
def integrative(target: Node, stack: Stack) -> Verdict | None:
    if len(stack.counted) < 2:
        return NOT_APPLICABLE
    if target.get("integrative"):
        return None
    return not_met("No assessment joins the {count} parts", count=len(stack.counted))
