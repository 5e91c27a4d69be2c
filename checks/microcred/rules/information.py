"""O5: further information."""

from __future__ import annotations

import re
from typing import Final

from microcred.description import Description, Node
from microcred.rule import (
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

SUMMARY_WORDS: Final = 120


@rule(
    "O5-1",
    "Add what has no field of its own and helps the reader",
    level=Level.ADVICE,
    element="O5",
    section="information-stated",
    basis=advice("SEED-EX"),
    why="Contact, price, verification and complaints decide whether people enrol and trust",
    fix="Fill in `information`: contact, price, verification",
    yields=(Outcome.CANNOT_TELL,),
)
def stated(data: Node, description: Description) -> Verdict | None:
    if data.get("information"):
        return None
    return cannot_tell(
        "Whom can learners ask, what does it cost, and how can others check an award?",
        at="/information",
    )


@rule(
    "O5-2",
    "Say whom a learner can ask",
    level=Level.ADVICE,
    element="O5",
    section="information-contact",
    basis=advice("ETF-IG"),
    why="People ask before they pay",
    fix="Add `information: {contact: …}`",
    kinds=(OFFER,),
)
def contact(data: Node, description: Description) -> Verdict | None:
    information = description.information
    if not information:
        return NOT_APPLICABLE  # O5-1 asks for all of it, once
    if information.get("contact"):
        return None
    return not_met("No contact is given", at="/information")


@rule(
    "O5-3",
    "Say how others can check an award",
    level=Level.ADVICE,
    element="O5",
    section="information-verification",
    basis=advice("MICROEV"),
    why="An award that can't be checked is a claim",
    fix="Add the address of a look-up, or the kind of seal, in `verification`",
)
def verification(data: Node, description: Description) -> Verdict | None:
    information = description.information
    if not information:
        return NOT_APPLICABLE  # O5-1 asks for all of it, once
    if information.get("verification"):
        return None
    return not_met("It isn't said how an award can be checked", at="/information")


@rule(
    "O5-4",
    "State the price and what it includes",
    level=Level.ADVICE,
    element="O5",
    section="information-price",
    basis=advice("ETF-IG"),
    why="Assessment, resits and the certificate often cost extra",
    fix="Add `price`; “free of charge” is a price too",
    kinds=(OFFER,),
)
def price(data: Node, description: Description) -> Verdict | None:
    information = description.information
    if not information:
        return NOT_APPLICABLE  # O5-1 asks for all of it, once
    if information.get("price"):
        return None
    return not_met("No price is given", at="/information")


@rule(
    "O5-5",
    "Number the version",
    level=Level.ADVICE,
    element="O5",
    section="information-version",
    basis=advice(),
    why="An award refers to the version that was in force; without numbers it can't",
    fix='Add `version: "1.0"` and change it with the content',
    kinds=(OFFER,),
)
def version(data: Node, description: Description) -> Verdict | None:
    return (
        None if data.get("version") is not None else not_met("No version is given", at="/version")
    )


@rule(
    "O5-6",
    "Say when the description is reviewed next",
    level=Level.ADVICE,
    element="O5",
    section="information-review",
    basis=advice("ETF-CHK"),
    why="Readers see whether somebody still looks after it",
    fix="Add `review: {next: 2027-06-30}`",
    kinds=(OFFER,),
)
def next_review(data: Node, description: Description) -> Verdict | None:
    if not description.part("review").get("next"):
        return not_met("No date of the next review is given", at="/review")
    date = description.date(description.part("review")["next"])
    if date and date < description.on:
        return not_met(
            "The next review was due on {date}",
            at="/review/next",
            fix="Review the description, then write when it is due again",
            date=date,
        )
    return None


# Words by which an element hides in a free text; the field it belongs to.
_HIDDEN: Final = (
    (
        re.compile(
            r"\blearning outcomes?\b|\blernergebniss|\bacquis d.apprentissage|"
            r"результат\w* навчання",
            re.IGNORECASE,
        ),
        "outcomes",
    ),
    (
        re.compile(
            r"\b\d+\s*(?:ECTS|credits?|hours)\b|\b\d+\s*(?:Stunden|heures|годин)", re.IGNORECASE
        ),
        "workload",
    ),
    (re.compile(r"\bEQF\b(?:\s(?:level\s)?\d)?|\blevel\s\d\b", re.IGNORECASE), "level"),
    (
        re.compile(
            r"\b(?:exam(?:ination)?|assessed by|assessment)\b|\bPrüfung|\bexamen\b", re.IGNORECASE
        ),
        "assessments",
    ),
    (
        re.compile(r"\baccredit|\bquality assur|\bISO \d|\bESG\b|\bEQAVET\b", re.IGNORECASE),
        "quality",
    ),
)


@rule(
    "O5-7",
    "Keep mandatory elements in their own fields",
    level=Level.ADVICE,
    element="O5",
    section="information-no-hiding",
    basis=advice(),
    why="What stands only in a free text is found by no search and by no check",
    fix="Move it into the field of its own",
    at=("/information/note", "/summary"),
    yields=(Outcome.CANNOT_TELL,),
)
def nothing_hidden(text: Node, description: Description) -> Verdict | None:
    for pattern, field in _HIDDEN:
        if description.data.get(field):
            continue
        for _, version in description.texts(text):
            if match := pattern.search(version):
                return cannot_tell(
                    "Does “{words}” belong into `{field}`? It stands in a free text only",
                    words=match[0],
                    field=field,
                )
    return None


@rule(
    "O5-8",
    "Sum it up in at most 120 plain words",
    level=Level.ADVICE,
    element="O5",
    section="information-summary",
    basis=advice("ETF-IG"),
    why="Most people read nothing longer before they decide whether to read on",
    fix="Say what it is, for whom, how long, what it costs and what for",
    at="/summary",
    by_text=True,
)
def short_summary(text: str, _language: str) -> Verdict | None:
    # A word and the space after it are two characters at least.
    count = len(text.split()) if len(text) > 2 * SUMMARY_WORDS else 0
    return not_met("The summary has {count} words", count=count) if count > SUMMARY_WORDS else None
