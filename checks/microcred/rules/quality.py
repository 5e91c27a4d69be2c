"""M11: type of quality assurance used to underpin the micro-credential."""

from __future__ import annotations

import re
from typing import Final

from microcred.description import Description, Node, flags
from microcred.quantities import read_duration
from microcred.rule import (
    AWARD,
    NOT_APPLICABLE,
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)
from microcred.rules.listed import unlisted
from microcred.sources import advice, cite
from microcred.vocabularies import as_written, vocabulary, words
from microcred.vocabularies.nothing import denies, says

ARRANGEMENT: Final = "/quality/*"
BARE_PRAISE: Final = 12  # words: a text this short has no room for praise and an arrangement


def _external(arrangement: Node) -> bool:
    if "kind" in arrangement:
        return bool(arrangement["kind"] == "external")
    return "type" in arrangement or "until" in arrangement


def _empty_phrase(arrangement: Node, description: Description) -> str | None:
    for language, text in description.texts(arrangement.get("statement")):
        for phrase in words("quality-phrases", language or "en").spot(text):
            return as_written(phrase, text)
    return None


@rule(
    "M11-1",
    "State the type of quality assurance",
    level=Level.MUST,
    element="M11",
    section="quality-stated",
    basis=cite("CR22", "Annex I and definition (point 5(a))"),
    why="Micro-credentials are underpinned by quality assurance, and readers have to see by which",
    fix="Add at least one entry under `quality` that names the type, the system or the body",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def stated(data: Node, description: Description) -> Verdict | None:
    for arrangement in description.quality:
        if any(arrangement.get(key) for key in ("type", "system", "body", "review")):
            return None
        praised = _empty_phrase(arrangement, description)
        text = description.text(arrangement.get("statement"))
        if arrangement.get("kind") and says(text) and not praised:
            return None
    return _only_words(description)


def _only_words(description: Description) -> Verdict:
    """Return the answer where no entry names anything: words alone, or not even words."""
    praised = False
    for arrangement in description.quality:
        text = description.text(arrangement.get("statement"))
        bare = _empty_phrase(arrangement, description) and len(text.split()) <= BARE_PRAISE
        if text and not bare and not denies(text):
            return cannot_tell(
                "Does “{text}” tell the type of quality assurance?", at="/quality", text=text
            )
        praised = praised or bool(bare)
    if praised:
        return not_met("Quality is praised, but no quality assurance is named", at="/quality")
    if description.quality:
        return not_met("No entry names the type, the system or the body", at="/quality")
    return not_met("No quality assurance is stated", at="/quality")


@rule(
    "M11-2",
    "Name the type of external quality assurance as ELM does, where one fits",
    level=Level.SHOULD,
    element="M11",
    section="quality-type",
    basis=cite("ELM", "list of accreditation types"),
    why="The four types tell at a glance whether an institution or a programme was looked at",
    fix="Choose institutional-licence, institutional-quality-assurance, programme-licence or "
    "programme-quality-assurance",
    at=ARRANGEMENT,
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def listed_type(arrangement: Node, description: Description) -> Verdict | None:
    if not _external(arrangement):
        return NOT_APPLICABLE
    stated = arrangement.get("type")
    if not stated:
        return cannot_tell(
            "Was the institution or the programme reviewed, and licensed or assured?"
        )
    return unlisted(
        stated,
        "accreditation-types",
        "“{stated}” is no type of the list",
        ask="Which of the four types is closest to “{stated}”?",
        at="/type",
    )


_NEEDED: Final = {"body": "the body", "scope": "what was reviewed", "until": "until when it holds"}


@rule(
    "M11-3",
    "Say who reviewed what, and until when it holds",
    level=Level.ADVICE,
    element="M11",
    section="quality-details",
    basis=advice("ELM-SH"),
    why="A review of the institution years ago is not a review of this micro-credential today",
    fix="Add `body`, `scope` and `until`",
    at=ARRANGEMENT,
)
def details(arrangement: Node, description: Description) -> Verdict | None:
    if not _external(arrangement):
        return NOT_APPLICABLE
    missing = [told for key, told in _NEEDED.items() if not arrangement.get(key)]
    if not missing:
        return None
    return not_met("The external review doesn't say: {missing}", missing=", ".join(missing))


@rule(
    "M11-4",
    "Give evidence for each claim of external review",
    level=Level.ADVICE,
    element="M11",
    section="quality-evidence",
    basis=advice(),
    why="A claim that nobody can look up is worth nothing to somebody who doesn't know you",
    fix="Add the address or number of the decision or report in `evidence`",
    at=ARRANGEMENT,
)
def evidence(arrangement: Node, description: Description) -> Verdict | None:
    if not _external(arrangement):
        return NOT_APPLICABLE
    return None if arrangement.get("evidence") else not_met("The external review names no evidence")


@rule(
    "M11-5",
    "Rest on quality assurance that is in force",
    level=Level.SHOULD,
    element="M11",
    section="quality-in-force",
    basis=cite("ELM", "expiry date of an accreditation"),
    why="What has run out assures nothing on the day that counts",
    fix="Name the decision that is in force, or renew it",
    at=ARRANGEMENT,
)
def in_force(arrangement: Node, description: Description) -> Verdict | None:
    until, begins = (
        description.date(arrangement.get("until")),
        description.date(arrangement.get("from")),
    )
    if not until and not begins:
        return NOT_APPLICABLE
    day = description.day
    event = "the day of issuing" if description.kind == AWARD and description.issued else "today"
    if until and until < day:
        return not_met(
            "It held until {until}; {event} is {day}",
            at="/until",
            until=until,
            event=event,
            day=day,
        )
    if begins and begins > day:
        return not_met(
            "It holds from {begins}; {event} is {day}",
            at="/from",
            begins=begins,
            event=event,
            day=day,
        )
    return None


@rule(
    "M11-6",
    "Check a decision that is older than seven years",
    level=Level.ADVICE,
    element="M11",
    section="quality-age",
    basis=advice(),
    why="Reviews come round every few years; an old one may have been overtaken",
    fix="Name the latest review",
    at="/quality/*/from",
)
def not_too_old(begins: Node, description: Description) -> Verdict | None:
    date = description.date(begins)
    if not date:
        return NOT_APPLICABLE
    most = description.figure("quality-years")
    if (description.day - date).days <= most * 365.25:
        return None
    return not_met(
        "The decision of {date} is more than {years} years old", date=date, years=f"{most:g}"
    )


_REVIEWED = r"(?:accredited|approved|licen[cs]ed|quality[- ]assured)"
_THING = r"(?:course|programme|micro-?credential|badge)"
_CLAIM = re.compile(
    rf"\b{_REVIEWED}\s+{_THING}|\b{_THING}\s+(?:is|was|has been)\s+{_REVIEWED}", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:no|not|never|neither|nor|without)\b[^.;:]*\Z", re.IGNORECASE)


@rule(
    "M11-7",
    "Claim no more than was reviewed",
    level=Level.ADVICE,
    element="M11",
    section="quality-scope",
    basis=advice(),
    why="A review of the institution is not a review of the micro-credential, and readers are "
    "misled",
    fix="Say that the institution was reviewed, or name the review of the micro-credential",
    at=ARRANGEMENT,
)
def within_scope(arrangement: Node, description: Description) -> Verdict | None:
    if arrangement.get("scope") != "institution":
        return NOT_APPLICABLE
    texts = description.texts(arrangement.get("statement"))
    english = [text for language, text in texts if language.split("-")[0] in ("", "en")]
    if not english:
        return NOT_APPLICABLE
    for text in english:
        for match in _CLAIM.finditer(text):
            if not _DENIED.search(text[: match.start()]):
                return not_met(
                    "The institution was reviewed, but the text says “{claim}”",
                    at="/statement",
                    claim=match[0],
                )
    return None


@rule(
    "M11-8",
    "Use quality assurance that suits the kind of provider",
    level=Level.ADVICE,
    element="M11",
    section="quality-fits-provider",
    basis=advice("ESG"),
    why="ESG were made for higher education, EQAVET for vocational training, ISO and sector "
    "schemes for others",
    fix="Name the system under which this kind of provider is reviewed",
    at="/quality/*/system",
    yields=(Outcome.CANNOT_TELL,),
)
def fits_provider(system: Node, description: Description) -> Verdict | None:
    entry = vocabulary("quality-systems").find(system)
    types = description.body_types
    suits = flags(entry.extra.get("fits", "")) if entry else frozenset[str]()
    if not suits or not types:
        return NOT_APPLICABLE
    if suits & types:
        return None
    return cannot_tell(
        "Does {system} apply here? The awarding body is of the type {types}",
        system=system,
        types=", ".join(sorted(types)),
    )


_DEQAR = re.compile(r"https?://(?:[\w-]+\.)?(?:deqar|eqar)\.eu/\S*\d", re.IGNORECASE)


@rule(
    "M11-9",
    "Link to the report itself in DEQAR",
    level=Level.ADVICE,
    element="M11",
    section="quality-deqar",
    basis=advice("DEQAR24"),
    why="The front page of the database proves nothing about this provider",
    fix="Copy the address of the report or of the institution, with its number",
    at="/quality/*/evidence",
)
def deqar_report(evidence: Node, description: Description) -> Verdict | None:
    if "deqar" not in evidence.casefold() and "eqar.eu" not in evidence.casefold():
        return NOT_APPLICABLE
    if _DEQAR.match(evidence) or ("://" not in evidence and any(map(str.isdigit, evidence))):
        return None
    return not_met("“{evidence}” leads to no report", evidence=evidence)


@rule(
    "M11-10",
    "Describe your own quality assurance",
    level=Level.ADVICE,
    element="M11",
    section="quality-internal",
    basis=advice("ETF-CHK"),
    why="Outside reviewers look now and then; who looks in between is you",
    fix="Add an entry of kind internal: who approves, whose feedback counts, how often it is "
    "reviewed",
    at="/quality",
)
def internal(quality: Node, description: Description) -> Verdict | None:
    if not description.quality:
        return NOT_APPLICABLE
    if any(not _external(arrangement) for arrangement in description.quality):
        return None
    return not_met("Only external quality assurance is described")


@rule(
    "M11-11",
    "Review the micro-credential at least every 24 months",
    level=Level.ADVICE,
    element="M11",
    section="quality-review-cycle",
    basis=advice("ETF-CHK"),
    why="Skills change quickly; the checklist of the European Training Foundation says yearly",
    fix="Set a shorter cycle, such as P1Y for once a year, and keep it",
    at="/quality/*/review",
)
def review_cycle(review: Node, description: Description) -> Verdict | None:
    duration = read_duration(review)
    if not duration:
        return NOT_APPLICABLE
    most = description.figure("review-months")
    # Two years are 730 days and 24 months are 720: a little room makes them the same.
    if duration.days / 30 <= most * 1.05:
        return None
    return not_met(
        "The review cycle “{review}” is longer than {months} months",
        review=review,
        months=f"{most:g}",
    )


@rule(
    "M11-12",
    "Describe, don't praise",
    level=Level.ADVICE,
    element="M11",
    section="quality-no-praise",
    basis=advice(),
    why="“World-class” can't be checked, and every provider writes it",
    fix="Say who looks at what, when, and where the result is published",
    at=ARRANGEMENT,
)
def no_praise(arrangement: Node, description: Description) -> Verdict | None:
    if not arrangement.get("statement"):
        return NOT_APPLICABLE
    phrase = _empty_phrase(arrangement, description)
    return not_met("“{phrase}” is praise", at="/statement", phrase=phrase) if phrase else None
