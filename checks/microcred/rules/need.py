"""The need that a micro-credential answers, and how it is known."""

from __future__ import annotations

from microcred.description import Description, Node
from microcred.quantities import DAYS_A_MONTH
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


@rule(
    "DOC-7",
    "Say which need it answers",
    level=Level.ADVICE,
    element="",
    section="need-stated",
    basis=advice("CR22-DEF"),
    why="A micro-credential responds to a need of society, people, culture or the labour market",
    fix="Write down in `need` whose problem it solves, and where the need shows",
    kinds=(OFFER,),
    yields=(Outcome.CANNOT_TELL,),
)
def need_stated(data: Node, description: Description) -> Verdict | None:
    if data.get("need"):
        return None
    return cannot_tell("Who needs this, and how is that known?", at="/need")


@rule(
    "DOC-8",
    "Date the evidence of need, and keep it fresh",
    level=Level.ADVICE,
    element="",
    section="need-dated",
    basis=advice(),
    why="A need passes, and nobody can tell from evidence without a date whether it still holds",
    fix="Add the date of the source, or look for a newer one",
    at="/need/evidence/*",
    kinds=(OFFER,),
    reads="need-months",
)
def need_dated(evidence: Node, description: Description) -> Verdict | None:
    source = description.text(evidence.get("source"))
    if not evidence.get("date"):
        return not_met("The evidence “{source}” has no date", source=source)
    date = description.date(evidence["date"])
    if not date:
        return NOT_APPLICABLE  # the form of the date is told by a rule of its own
    most = description.figure("need-months")
    if (description.day - date).days <= most * DAYS_A_MONTH:
        return None
    return not_met(
        "The evidence “{source}” of {date} is more than {months} months old",
        at="/date",
        source=source,
        date=date,
        months=f"{most:g}",
    )
