"""M10: form of participation in the learning activity."""

from __future__ import annotations

from typing import Final

from microcred.description import Description, Node
from microcred.quantities import as_number
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.rules.listed import no_language, unlisted
from microcred.sources import advice, cite
from microcred.vocabularies import vocabulary

VALIDATION: Final = "validation"
PLACED: Final = frozenset({"onsite", "blended", "research-lab-based"})
REMOTE: Final = frozenset({"online", "blended"})


@rule(
    "M10-1",
    "State the form of participation",
    level=Level.MUST,
    element="M10",
    section="participation-stated",
    basis=cite("CR22", "Annex I"),
    why="Learners have to know whether they need a connection, a train ticket or an employer",
    fix="Add the mode: `participation: {mode: blended}`",
)
def stated(data: Node, description: Description) -> Verdict | None:
    if description.mode:
        return None
    return not_met("No form of participation is stated", at="/participation")


@rule(
    "M10-2",
    "Name the form as in the Europass list, where one fits",
    level=Level.SHOULD,
    element="M10",
    section="participation-mode",
    basis=cite("ELM", "list of modes of learning"),
    why="“Flexible” says nothing; a mode from the list is understood everywhere",
    fix="Choose online, blended, onsite, work-based, project-based, research-lab-based, or "
    "validation",
    at="/participation/mode",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def listed_mode(mode: Node, description: Description) -> Verdict | None:
    return unlisted(
        mode,
        "modes",
        "“{stated}” is no mode of the list",
        ask="Which mode of the list is closest to “{stated}”?",
    )


@rule(
    "M10-3",
    "Say in which languages people learn and are assessed",
    level=Level.ADVICE,
    element="M10",
    section="participation-languages",
    basis=advice("ETF-IG"),
    why="The language of the description need not be the language of the course",
    fix="Add `languages` with language codes",
    at="/participation",
)
def languages(participation: Node, description: Description) -> Verdict | None:
    if any(participation.get("languages", ())):
        return None
    return not_met("The language of teaching and assessment is not stated")


@rule(
    "M10-4",
    "Write languages by their codes",
    level=Level.SHOULD,
    element="M10",
    section="language-codes",
    basis=cite("ISO639"),
    why="Catalogues filter by code",
    fix="Write the code of the language, such as en, fr or uk",
    at="/participation/languages/*",
)
def language_code(language: Node, description: Description) -> Verdict | None:
    if "://" in language and vocabulary("languages").find(language):
        return None
    return no_language(language)


@rule(
    "M10-5",
    "Say what learners need for an online part",
    level=Level.ADVICE,
    element="M10",
    section="participation-equipment",
    basis=advice(),
    why="Who learns on a telephone with little data needs to know before enrolling",
    fix="Add `equipment`: device, software, connection",
    at="/participation",
)
def equipment(participation: Node, description: Description) -> Verdict | None:
    if description.mode not in REMOTE:
        return NOT_APPLICABLE
    if participation.get("equipment"):
        return None
    return not_met("The mode is {mode}, and nothing is said about equipment", mode=description.mode)


@rule(
    "M10-6",
    "Say how people with disabilities can take part online",
    level=Level.ADVICE,
    element="M10",
    section="participation-accessibility",
    basis=advice(),
    why="A course that a screen reader can't read is closed to some learners",
    fix="Add `accessibility`: the standard that pages and files meet, captions, other formats",
    at="/participation",
)
def accessibility(participation: Node, description: Description) -> Verdict | None:
    if description.mode not in REMOTE:
        return NOT_APPLICABLE
    if participation.get("accessibility"):
        return None
    return not_met(
        "The mode is {mode}, and nothing is said about accessibility", mode=description.mode
    )


@rule(
    "M10-7",
    "Name the place where people have to be",
    level=Level.ADVICE,
    element="M10",
    section="participation-place",
    basis=advice(),
    why="A compulsory day in a workshop decides whether somebody can take part",
    fix="Add `place`",
    at="/participation",
)
def place(participation: Node, description: Description) -> Verdict | None:
    if description.mode not in PLACED:
        return NOT_APPLICABLE
    if participation.get("place"):
        return None
    return not_met("The mode is {mode}, and no place is named", mode=description.mode)


_ONSITE: Final = (
    "contact",
    "onsite",
    "on-site",
    "workshop",
    "classroom",
    "face-to-face",
    "lab day",
)


@rule(
    "M10-8",
    "Let the form of participation fit the hours",
    level=Level.ADVICE,
    element="M10",
    section="participation-and-hours",
    basis=advice(),
    why="An online course with a compulsory day on site is blended, and learners should be told",
    fix="Correct the mode, or rename the part of the workload",
    at="/workload/parts",
    yields=(Outcome.CANNOT_TELL,),
)
def fits_hours(parts: Node, description: Description) -> Verdict | None:
    names = [name for name, hours in parts.items() if as_number(hours) != 0]
    if description.mode == "online":
        onsite = [name for name in names if any(map(name.casefold().__contains__, _ONSITE))]
        if onsite:
            return cannot_tell(
                "Is it online throughout? The workload has {parts}", parts=", ".join(onsite)
            )
        return None
    if description.mode == "onsite":
        remote = [name for name in names if "online" in name.casefold()]
        if remote:
            return cannot_tell("Is it blended? The workload has {parts}", parts=", ".join(remote))
        return None
    return NOT_APPLICABLE


@rule(
    "M10-9",
    "Describe a validation of experience as one",
    level=Level.ADVICE,
    element="M10",
    section="participation-validation",
    basis=advice("RPL12"),
    why="Who shows experience takes part in no course; the evidence carries the award",
    fix="Write `mode: validation`, and assess by portfolio, professional discussion or "
    "recognition of prior learning",
    at="/participation",
)
def validation(participation: Node, description: Description) -> Verdict | None:
    if description.mode == VALIDATION:
        if not description.assessments or any(
            method is None or "validation" in method for method in description.methods
        ):
            return None
        return not_met(
            "Experience is validated, but no assessment looks at evidence of it",
            fix="Assess by portfolio, professional discussion or recognition of prior learning",
        )
    # Without a mode M10-1 speaks.
    if description.recognises_experience and description.mode and len(description.assessments) == 1:
        return not_met(
            "Prior learning is recognised, but the mode is “{mode}”",
            at="/mode",
            fix="Write `mode: validation`, or add the assessments that end the course",
            mode=description.mode,
        )
    return NOT_APPLICABLE
