"""O4: integration and stackability options."""

from __future__ import annotations

from typing import Final

from microcred.description import Description, Node
from microcred.quantities import as_number
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import advice
from microcred.vocabularies import as_written, vocabulary, words


@rule(
    "O4-1",
    "Say whether it stands alone or counts towards something",
    level=Level.ADVICE,
    element="O4",
    section="stacking-stated",
    basis=advice("ETF-LP"),
    why="Learners plan their next step with it",
    fix="Add `stacking: {option: standalone}`, or `option: stackable` with its targets",
    yields=(Outcome.CANNOT_TELL,),
)
def stated(data: Node, description: Description) -> Verdict | None:
    if description.stacking.get("option"):
        return None
    return cannot_tell(
        "Does it stand alone, or does it count towards another credential?", at="/stacking"
    )


_NEEDED: Final = {
    "title": "its title",
    "owner": "who decides",
    "amount": "how much counts",
    "condition": "under which condition",
}


@rule(
    "O4-2",
    "Name where it counts, how much, and who decides",
    level=Level.ADVICE,
    element="O4",
    section="stacking-targets",
    basis=advice("ETF-LP"),
    why="“Stackable” without a target is a hope; the receiving organisation decides",
    fix="Add a target with title, owner, amount and condition",
    at="/stacking",
)
def targets(stacking: Node, description: Description) -> Verdict | None:
    if stacking.get("option") != "stackable":
        return NOT_APPLICABLE
    listed = stacking.get("targets", ())
    if not any(listed):
        return not_met("It is called stackable, but no target is named")
    for position, target in enumerate(listed):
        if not target:
            continue
        missing = [words for key, words in _NEEDED.items() if not target.get(key)]
        if missing:
            title = description.text(target.get("title")) or f"no. {position + 1}"
            return not_met(
                "The target “{title}” doesn't say: {missing}",
                at=f"/targets/{position}",
                fix="Add it to the target",
                title=title,
                missing=", ".join(missing),
            )
    return None


@rule(
    "O4-3",
    "Name no target where it stands alone",
    level=Level.ADVICE,
    element="O4",
    section="stacking-standalone",
    basis=advice(),
    why="Both together leave open what is meant",
    fix="Write `option: stackable`, or delete the targets",
    at="/stacking",
)
def standalone(stacking: Node, description: Description) -> Verdict | None:
    if stacking.get("option") != "standalone":
        return NOT_APPLICABLE
    return (
        not_met("The micro-credential is said to stand alone, and a target is named", at="/targets")
        if stacking.get("targets")
        else None
    )


@rule(
    "O4-4",
    "Promise no automatic entitlement",
    level=Level.ADVICE,
    element="O4",
    section="stacking-no-entitlement",
    basis=advice("SEED-EX"),
    why="Only an entitled institution can decide what a stack is worth; a promise binds nobody "
    "else",
    fix="Say who decides and under which condition",
    at=("/stacking/note", "/stacking/targets/*/condition", "/summary", "/information/note"),
    by_text=True,
)
def no_entitlement(text: str, language: str) -> Verdict | None:
    for phrase in words("entitlement-phrases", language or "en").spot(text):
        return not_met("“{phrase}” promises what others decide", phrase=as_written(phrase, text))
    return None


@rule(
    "O4-5",
    "Let it count at its own level, or one above",
    level=Level.ADVICE,
    element="O4",
    section="stacking-level",
    basis=advice(),
    why="A target at a lower level takes in more than it needs; one far above can't count it",
    fix="Check the levels of both with the owner of the target",
    at="/stacking/targets/*/level",
    yields=(Outcome.CANNOT_TELL,),
)
def target_level(level: Node, description: Description) -> Verdict | None:
    target = as_number(level)
    if target is None or description.eqf is None:
        return NOT_APPLICABLE
    if 0 <= target - description.eqf <= 1:
        return None
    return cannot_tell(
        "Can EQF {own} count towards a credential at EQF {target}?",
        own=description.eqf,
        target=f"{target:g}",
    )


@rule(
    "O4-6",
    "Count no more than the micro-credential has",
    level=Level.ADVICE,
    element="O4",
    section="stacking-amount",
    basis=advice(),
    why="Credits that aren't earned can't be counted",
    fix="Correct the amount of the target, or the credits",
    at="/stacking/targets/*/amount",
)
def amount(stated: Node, description: Description) -> Verdict | None:
    points, system = as_number(stated.get("points")), stated.get("system", "")
    entry = vocabulary("credit-systems").find(system)
    own = description.credits.get(entry.code if entry else system)
    if system.casefold() in ("h", "hours"):
        own = description.hours
    if points is None or own is None:
        return NOT_APPLICABLE
    if points <= own:
        return None
    return not_met(
        "{points} {system} are said to count, and the micro-credential has {own}",
        points=f"{points:g}",
        system=system,
        own=f"{own:g}",
    )


@rule(
    "O4-7",
    "Name agreements that are still in force",
    level=Level.ADVICE,
    element="O4",
    section="stacking-until",
    basis=advice("ETF-LP"),
    why="Learners choose with the target in mind and find out too late that it has gone",
    fix="Renew the agreement and write its new end, or delete the target",
    at="/stacking/targets/*/until",
)
def in_force(until: Node, description: Description) -> Verdict | None:
    end = description.date(until)
    if end is None:
        return NOT_APPLICABLE
    return None if end >= description.day else not_met("The agreement ended on {end}", end=end)
