"""M9: type of assessment."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from microcred.description import Description, Node, named_twice
from microcred.quantities import as_number
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.rules.listed import unlisted
from microcred.sources import advice, cite
from microcred.vocabularies import WordList, as_written, words
from microcred.vocabularies.nothing import denies
from microcred.vocabularies.statements import statement

DEFINITION = cite("CR22", "definition (point 5(a))")
PEERS: Final = frozenset({"peer-assessment", "peer-review"})
CLEAR: Final = "clear"  # strength of a phrase that can't mean anything but attendance


@rule(
    "M9-1",
    "State how the outcomes are assessed",
    level=Level.MUST,
    element="M9",
    section="assessment-stated",
    basis=cite("CR22", "Annex I and definition (point 5(a))"),
    why="Learning outcomes that nobody assessed make no micro-credential",
    fix="Add at least one assessment with its `type`, for example practical-assessment",
)
def stated(data: Node, description: Description) -> Verdict | None:
    for item, method in zip(description.assessments, description.methods, strict=True):
        # Only a type in the provider's own words can be “none”.
        if method is not None or (item.get("type") and not denies(item["type"])):
            return None
    if description.assessments:
        return not_met("No assessment names its type", at="/assessments")
    return not_met("No assessment is stated", at="/assessments")


@rule(
    "M9-2",
    "Name the type of assessment as in the Europass list, where one fits",
    level=Level.SHOULD,
    element="M9",
    section="assessment-type",
    basis=cite("ELM", "list of assessment types"),
    why="A type from the list is translated and understood in every country",
    fix="Choose the closest type and add your own words in `description`",
    at="/assessments/*/type",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def listed_type(stated: Node, description: Description) -> Verdict | None:
    return unlisted(
        stated,
        "assessment-types",
        "“{stated}” is no type of the list",
        ask="Which type of the Europass list is closest to “{stated}”?",
    )


@rule(
    "M9-3",
    "Assess every outcome",
    level=Level.ADVICE,
    element="M9",
    section="every-outcome-assessed",
    basis=advice("ETF-VA"),
    why="The award states every outcome, so somebody must have seen every one of them",
    fix="Add the outcome to `covers` of the assessment that shows it",
    at="/outcomes/*",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def every_outcome(outcome: Node, description: Description) -> Verdict | None:
    if not description.assessments:
        return NOT_APPLICABLE
    name = outcome.get("id")
    if not description.covers or not name:
        if len(description.assessments) == 1 and not description.covers:
            return NOT_APPLICABLE  # asked once, at the assessment (M9-4)
        return cannot_tell(
            "Which assessment shows the outcome “{statement}”?",
            statement=description.text(outcome.get("statement")),
        )
    if name in description.covers:
        return None
    statement = description.text(outcome.get("statement"))
    if not all(item.get("covers") for item in description.assessments):
        # The assessment that doesn't say what it covers may be the one.
        return cannot_tell("Which assessment shows the outcome “{statement}”?", statement=statement)
    return not_met("No assessment covers {name}, “{statement}”", name=name, statement=statement)


@rule(
    "M9-4",
    "Say which outcomes each assessment covers",
    level=Level.ADVICE,
    element="M9",
    section="what-it-covers",
    basis=advice("ETF-VA"),
    why="An assessment that covers no outcome of the list tests something that nobody promised",
    fix="List the short names of the outcomes: `covers: [LO1, LO2]`",
    at="/assessments/*",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def covers_outcomes(assessment: Node, description: Description) -> Verdict | None:
    covered = assessment.get("covers")
    if not description.outcomes:
        return NOT_APPLICABLE
    if not covered:
        return cannot_tell("Which outcomes does this assessment cover?")
    known = description.outcome_names
    if known.issuperset(covered):  # as nearly always, and quick to see
        return None
    for position, name in enumerate(covered):
        if name is not None and name not in known:
            return not_met(
                "The assessment covers “{name}”, which is no outcome of the list",
                at=f"/covers/{position}",
                name=name,
            )
    return None


@rule(
    "M9-5",
    "Assess what people do by watching it or by its product",
    level=Level.ADVICE,
    element="M9",
    section="practical-outcomes",
    basis=advice(),
    why="A quiz shows that somebody knows how to weld, not that the weld holds",
    fix="Add a practical, artefact, project, portfolio or simulation assessment that covers the "
    "outcome",
    at="/outcomes/*",
)
def practical(outcome: Node, description: Description) -> Verdict | None:
    found = None
    for language, text in description.texts(outcome.get("statement")):
        found = found or statement(text, language).verb("practical-verbs")
    if not found or not description.assessments:
        return NOT_APPLICABLE
    positions = description.covers.get(outcome.get("id", ""))
    methods = [description.methods[p] for p in positions or range(len(description.methods))]
    # Types that aren't in the list can be anything, so only known ones are held against it.
    if any(method is None or "practical" in method for method in methods):
        return None
    stated = description.text(outcome.get("statement"))
    return not_met(
        "“{verb}” is something that people do, and no practical assessment covers “{statement}”",
        verb=as_written(found, stated),
        statement=stated,
    )


@rule(
    "M9-6",
    "Let the weights add up to 100",
    level=Level.ADVICE,
    element="M9",
    section="weights",
    basis=advice(),
    why="Other sums leave open how the result comes about",
    fix="Correct the weights so that they add up to 100 per cent",
    at="/assessments",
)
def weights(assessments: Node, description: Description) -> Verdict | None:
    stated = [item.get("weight") for item in description.assessments]
    if not any(weight is not None for weight in stated):
        return NOT_APPLICABLE
    if None in stated:
        return not_met("Some assessments have a weight and others have none")
    weights = [as_number(weight) for weight in stated]
    if None in weights:
        return NOT_APPLICABLE  # told as no number, by M7-14
    total = sum(weight or 0 for weight in weights)
    if abs(total - 100) <= 0.5:
        return None
    return not_met("The weights add up to {total}", total=f"{total:g}")


@rule(
    "M9-7",
    "State the pass rule",
    level=Level.ADVICE,
    element="M9",
    section="pass-rule",
    basis=advice("ETF-VA"),
    why="Learners and assessors have to know beforehand what is enough",
    fix="Say what a learner must reach: `pass: All critical steps observed`",
    at="/assessments/*",
)
def pass_rule(assessment: Node, description: Description) -> Verdict | None:
    if description.no_criteria:
        return NOT_APPLICABLE
    return None if assessment.get("pass") else not_met("The assessment has no pass rule")


@rule(
    "M9-8",
    "Assess against criteria that are clear to everybody",
    level=Level.MUST,
    element="M9",
    section="clear-criteria",
    basis=DEFINITION,
    why="The definition asks for outcomes assessed “against transparent and clearly defined "
    "criteria”",
    fix="State the criteria and the pass rule of each assessment, or link to them",
    at="/assessments",
    yields=(Outcome.CANNOT_TELL,),
)
def clear_criteria(assessments: Node, description: Description) -> Verdict | None:
    if not description.assessments:
        return NOT_APPLICABLE
    if not description.no_criteria:
        return None
    return cannot_tell(
        "Against which criteria are the outcomes assessed, what is enough to pass, and where can "
        "learners read it?"
    )


@rule(
    "M9-9",
    "Publish the criteria of each assessment",
    level=Level.ADVICE,
    element="M9",
    section="published-criteria",
    basis=advice("ETF-VA"),
    why="Two assessors come to the same result only with the same criteria",
    fix="Write the criteria in `criteria`, or the address where they stand",
    at="/assessments/*",
)
def criteria(assessment: Node, description: Description) -> Verdict | None:
    if description.no_criteria:
        return NOT_APPLICABLE
    return None if assessment.get("criteria") else not_met("The assessment states no criteria")


@rule(
    "M9-10",
    "Assess outcomes, not attendance",
    level=Level.MUST,
    element="M9",
    section="attendance",
    basis=DEFINITION,
    why="Being there shows no learning outcome; the definition asks that outcomes are assessed",
    fix="Add an assessment in which learners show the outcomes, or issue a certificate of "
    "attendance",
    at="/assessments",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def not_attendance(assessments: Node, description: Description) -> Verdict | None:
    items = description.assessments
    if not items:
        return NOT_APPLICABLE
    attendance = [
        _called_attendance(item, description) if method is None else "attendance" in method
        for item, method in zip(items, description.methods, strict=True)
    ]
    if all(attendance):
        return not_met("The only assessment is attendance: “{type}”", type=items[0]["type"])
    if not _attendance_hinted(description):
        return None
    for item, counted in zip(items, attendance, strict=True):
        if not counted and (phrase := _attendance_phrase(item, description)):
            return cannot_tell(
                "Is more assessed than being there? An assessment speaks of “{phrase}”",
                phrase=phrase,
            )
    return None


# A word that joins the parts of a type in the provider's own words, beside “and”.
_WITH: Final = "with|mit|avec|con|com|met|med"


@lru_cache(maxsize=64)
def _joint(language: str) -> re.Pattern[str]:
    links = "|".join(map(re.escape, words("and-words", language or "en")))
    return re.compile(rf"[+&/,;:()]|\s(?:{_WITH}|{links or 'and'})\s", re.IGNORECASE)


def _called_attendance(item: Node, description: Description) -> bool:
    """Tell whether a type in the provider's own words, such as “all webinars”, is attendance alone.

    “Exam and attendance” is more.
    """
    for language, text in description.texts(item.get("type")):
        listed = _attendance_words(language)
        if any(listed[phrase]["strength"] == CLEAR for phrase in listed.spot(text)):
            parts = _joint(language).split(text)
            return all(listed.spot(part) for part in parts if any(map(str.isalpha, part)))
    return False


_TELLING: Final = ("type", "title", "pass", "description", "criteria")


def _attendance_hinted(description: Description) -> bool:
    """Tell whether a closer look can find something: most assessments don't hold one such word."""
    told = [node for item in description.assessments for node in map(item.get, _TELLING) if node]
    plain = [node for node in told if type(node) is str]
    if _attendance_words(description.language).hinted("\n".join(plain)):
        return True
    return len(plain) < len(told) and any(
        _attendance_words(language).hinted(text)
        for node in told
        if type(node) is dict
        for language, text in description.texts(node)
    )


def _attendance_phrase(item: Node, description: Description) -> str | None:
    for field in _TELLING:
        for strength, phrase in _attendance_in(item.get(field), description):
            # "Participation" and "completion" mean attendance only where they decide the result.
            if strength == CLEAR or field in ("type", "title", "pass"):
                return phrase
    return None


def _attendance_in(node: Node, description: Description) -> list[tuple[str, str]]:
    """Return each phrase about attendance with its strength: clear, or a reason to ask."""
    found = []
    for language, text in description.texts(node):
        listed = _attendance_words(language)
        found += [
            (listed[phrase]["strength"], as_written(phrase, text)) for phrase in listed.spot(text)
        ]
    return found


def _attendance_words(language: str) -> WordList:
    return words("attendance-phrases", language) or words("attendance-phrases", "en")


@rule(
    "M9-11",
    "Let peers not be the only judges",
    level=Level.ADVICE,
    element="M9",
    section="peers",
    basis=advice(),
    why="For a skill on which safety or a licence depends, somebody qualified has to look",
    fix="Add an assessment by a qualified assessor, or say how peers' judgements are moderated",
    at="/assessments",
    yields=(Outcome.CANNOT_TELL,),
)
def not_peers_only(assessments: Node, description: Description) -> Verdict | None:
    found = description.assessment_types
    if not found or not all(entry and entry.code in PEERS for entry in found):
        return None if found else NOT_APPLICABLE
    return cannot_tell("Who checks the judgement of peers? They are the only assessors")


@rule(
    "M9-12",
    "Assess each learner's own part of a group's work",
    level=Level.ADVICE,
    element="M9",
    section="group-work",
    basis=advice(),
    why="A credential belongs to one person; a group's mark says little about each of them",
    fix="Say how the individual contribution is judged, or add an individual assessment",
    at="/outcomes/*",
    yields=(Outcome.CANNOT_TELL,),
)
def own_part(outcome: Node, description: Description) -> Verdict | None:
    positions = description.covers.get(outcome.get("id", ""))
    if not positions:
        return NOT_APPLICABLE
    for position in positions:
        entry = description.assessment_types[position]
        if not entry or entry.code != "group-performance":
            return None
    return cannot_tell(
        "How is each learner's own part judged? Only the group's work covers {name}",
        name=outcome.get("id"),
    )


@rule(
    "M9-13",
    "Give each assessment a short name of its own",
    level=Level.ADVICE,
    element="M9",
    section="assessment-names",
    basis=advice(),
    why="Results in the award refer to assessments by these names",
    fix="Name them A1, A2, A3 …",
    at="/assessments",
)
def own_names(assessments: Node, description: Description) -> Verdict | None:
    name = named_twice(description.assessments)
    return not_met("Two assessments have the short name “{name}”", name=name) if name else None
