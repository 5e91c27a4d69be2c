"""O3: grade achieved, and the scheme that gives it a meaning."""

from __future__ import annotations

import re
from typing import Final

from microcred.description import Description, Node
from microcred.quantities import as_number
from microcred.rule import (
    AWARD,
    NOT_APPLICABLE,
    OFFER,
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)
from microcred.sources import advice


@rule(
    "O3-1",
    "Say by which scheme results are expressed",
    level=Level.ADVICE,
    element="O3",
    section="grading-scheme",
    basis=advice(),
    why="“Pass or fail” is enough; without a scheme a grade has no meaning abroad",
    fix="Add `grading: {scheme: Pass or fail}`, or the scale with its pass threshold",
)
def scheme(data: Node, description: Description) -> Verdict | None:
    grading = description.part("grading")
    if grading.get("scheme") or grading.get("values") or grading.get("maximum"):
        return None
    return not_met("No grading scheme is stated", at="/grading")


@rule(
    "O3-2",
    "Use only grades of the scheme",
    level=Level.ADVICE,
    element="O3",
    section="grade-in-scheme",
    basis=advice(),
    why="A grade outside of the scheme can't be read by anybody",
    fix="Correct the grade, or the scheme in `grading`",
    at=("/grade", "/results/*/grade"),
    kinds=(AWARD,),
)
def in_scheme(grade: Node, description: Description) -> Verdict | None:
    grading = description.part("grading")
    values = [str(value).casefold() for value in grading.get("values", ()) if value is not None]
    if values:
        if str(grade).casefold().strip() in values:
            return None
        return not_met(
            "“{grade}” is no grade of the scheme",
            fix="Correct the grade; the scheme has: {values}",
            grade=grade,
            values=", ".join(str(value) for value in grading["values"] if value is not None),
        )
    low, high = as_number(grading.get("minimum")), as_number(grading.get("maximum"))
    found = as_number(grade)
    if high is None or found is None:
        return NOT_APPLICABLE
    if (low or 0) <= found <= high:
        return None
    return not_met(
        "“{grade}” is outside of the scale from {low} to {high}",
        grade=grade,
        low=f"{low or 0:g}",
        high=f"{high:g}",
    )


_OF_AN_AWARD: Final = {
    "grade": "a grade",
    "results": "results",
    "issued": "a date of issuing",
    "expires": "a date of expiry",
}


@rule(
    "O3-3",
    "Keep grades and results out of an offer",
    level=Level.ADVICE,
    element="O3",
    section="no-grade-in-offer",
    basis=advice("ETF-IG"),
    why="A grade belongs to one learner; an offer describes what everybody can enrol in",
    fix="Delete it; if this is the record of one person, use `kind: award`",
    kinds=(OFFER,),
)
def no_grade(data: Node, description: Description) -> Verdict | None:
    held = [field for field in _OF_AN_AWARD if data.get(field) is not None]
    if not held:
        return None
    return not_met(
        "The offer holds {parts}, which only an award has",
        at=f"/{held[0]}",
        parts=" and ".join(_OF_AN_AWARD[field] for field in held),
    )


# A scheme in words that tells its scale: "0 to 20", "percentage".
_SCALE: Final = re.compile(
    r"\d|%|per ?cent|prozent|pour ?cent|por ?c|procent|відсот", re.IGNORECASE
)


@rule(
    "O3-4",
    "Give the scale to which a number belongs",
    level=Level.ADVICE,
    element="O3",
    section="grade-scale",
    basis=advice(),
    why="14 is a good grade in France and impossible in Germany",
    fix="Add the lowest and highest value and the pass threshold to `grading`",
    at=("/grade", "/results/*/grade"),
    kinds=(AWARD,),
)
def with_scale(grade: Node, description: Description) -> Verdict | None:
    if as_number(grade) is None:
        return NOT_APPLICABLE
    grading = description.part("grading")
    if grading.get("maximum") is not None or grading.get("values"):
        return None
    if any(_SCALE.search(text) for _, text in description.texts(grading.get("scheme"))):
        return None
    return not_met("The grade is “{grade}”, and the scale isn't stated", grade=grade)


@rule(
    "O3-5",
    "State the grade in the award, if there is one",
    level=Level.ADVICE,
    element="O3",
    section="grade-stated",
    basis=advice(),
    why="Europass asks for a grade with each assessment; “pass” is one",
    fix="Add `grade: pass`, or the grade of each assessment under `results`",
    kinds=(AWARD,),
    yields=(Outcome.CANNOT_TELL,),
)
def stated(data: Node, description: Description) -> Verdict | None:
    if data.get("grade") is not None or any(
        item.get("grade") for item in description.items("results")
    ):
        return None
    return cannot_tell("Was a grade given?", at="/grade")


@rule(
    "O3-6",
    "Give results only for assessments that are listed",
    level=Level.ADVICE,
    element="O3",
    section="results-of-assessments",
    basis=advice(),
    why="A result without its assessment proves nothing",
    fix="Use the short name of the assessment",
    at="/results/*/assessment",
    kinds=(AWARD,),
)
def known_assessment(name: Node, description: Description) -> Verdict | None:
    if any(item.get("id") == name for item in description.assessments):
        return None
    return not_met("“{name}” is the short name of no assessment", name=name)
