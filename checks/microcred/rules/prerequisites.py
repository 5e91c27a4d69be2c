"""O1: prerequisites needed to enrol in the learning activity."""

from __future__ import annotations

from typing import Final

from microcred.description import Description, Node
from microcred.quantities import as_number
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import advice
from microcred.vocabularies.nothing import says_none
from microcred.vocabularies.statements import statement
from microcred.vocabularies.wordlists import words

HIGH: Final = 6  # EQF level from which learners can't guess what is expected of them

SHARED: Final = 0.6  # share of an outcome's words from which a prerequisite speaks of the same


def _is_none(description: Description) -> bool:
    return says_none(description.text(description.prerequisites.get("text")))


def _has_choice(text: Node, description: Description) -> bool:
    return any(
        words("or-words", language or "en").spot(version)
        for language, version in description.texts(text)
    )


@rule(
    "O1-1",
    "Say what learners need before they start, or that they need nothing",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-stated",
    basis=advice("ENIC"),
    why="People who lack something drop out, and people who need nothing don't dare to come",
    fix="Add `prerequisites: {text: …}`; where nothing is needed, write `text: none`",
    yields=(Outcome.CANNOT_TELL,),
)
def stated(data: Node, description: Description) -> Verdict | None:
    prerequisites = description.prerequisites
    if prerequisites.get("text") or prerequisites.get("level"):
        return None
    if (description.eqf or 0) >= HIGH:
        return NOT_APPLICABLE  # O1-2 tells it, once
    return cannot_tell("Do learners need anything before they enrol?", at="/prerequisites")


@rule(
    "O1-2",
    "State prerequisites from EQF level 6 upwards",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-high-level",
    basis=advice(),
    why="At these levels nobody can start from nothing; silence misleads",
    fix="Name what is needed, or write `text: none`",
)
def high_level(data: Node, description: Description) -> Verdict | None:
    if (description.eqf or 0) < HIGH:
        return NOT_APPLICABLE
    if description.prerequisites.get("text"):
        return None
    return not_met(
        "The level is EQF {level}, and no prerequisites are stated",
        at="/prerequisites",
        level=description.eqf,
    )


@rule(
    "O1-3",
    "Ask for no higher level than the micro-credential has",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-level",
    basis=advice(),
    why="Who needs EQF 6 to start something at EQF 4 learns below their level",
    fix="Correct one of the two levels",
    at="/prerequisites/level",
)
def not_above(level: Node, description: Description) -> Verdict | None:
    needed = as_number(level)
    if needed is None or description.eqf is None:
        return NOT_APPLICABLE
    if needed <= description.eqf:
        return None
    return not_met(
        "Prerequisites are at EQF {needed}, the micro-credential at EQF {own}",
        needed=f"{needed:g}",
        own=description.eqf,
    )


@rule(
    "O1-4",
    "Offer another route to people without the papers",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-alternative",
    basis=advice("RPL12"),
    why="Experience counts as well, and many adults have no paper for it",
    fix="Add `alternative`: an interview, a short test, a portfolio",
    at="/prerequisites",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def alternative(prerequisites: Node, description: Description) -> Verdict | None:
    if not prerequisites.get("text") or _is_none(description):
        return NOT_APPLICABLE
    if prerequisites.get("alternative"):
        return None
    text = description.text(prerequisites["text"])
    if _has_choice(prerequisites["text"], description):
        return cannot_tell("Can people without papers get in by this: “{text}”?", text=text)
    return not_met("There is one way in only: “{text}”", text=text)


@rule(
    "O1-5",
    "Don't ask for what the micro-credential teaches",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-not-outcomes",
    basis=advice(),
    why="A prerequisite that equals an outcome keeps out the people it was made for",
    fix="Delete the prerequisite, or say what goes beyond it",
    at="/prerequisites/text",
    yields=(Outcome.CANNOT_TELL,),
)
def not_an_outcome(text: Node, description: Description) -> Verdict | None:
    asked = description.text(text)
    if not description.statements or _is_none(description):
        return NOT_APPLICABLE
    wanted = statement(asked, description.language)
    size, bits = wanted.outline
    for number, outcome in enumerate(description.read, 1):
        own, own_bits = outcome.outline
        # Most outcomes have more words, or share so few with it that their outlines show it.
        enough = SHARED * own
        if size <= enough or (size + own - (bits ^ own_bits).bit_count()) / 2 <= enough:
            continue
        if len(wanted.words & outcome.words) > enough:
            return cannot_tell(
                "Is this what outcome {number} teaches: “{text}”?", number=number, text=asked
            )
    return None
