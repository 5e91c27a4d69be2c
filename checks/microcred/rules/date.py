"""M5: date of issuing, and how long the award holds."""

from __future__ import annotations

import re

from microcred.description import Description, Node
from microcred.quantities import as_number, read_duration
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
from microcred.sources import advice, cite
from microcred.vocabularies.tables import fold


@rule(
    "M5-1",
    "State the date of issuing in the award",
    level=Level.MUST,
    element="M5",
    section="date-stated",
    basis=cite("CR22", "Annex I"),
    why="Readers have to know under which rules and on which day the award was made",
    fix="Add the day on which the award was made: `issued: 2026-06-12`",
    kinds=(AWARD,),
)
def stated(data: Node, description: Description) -> Verdict | None:
    return None if data.get("issued") else not_met("The award has no date of issuing", at="/issued")


@rule(
    "M5-2",
    "Don't date the award before its last assessment",
    level=Level.SHOULD,
    element="M5",
    section="issued-after-assessment",
    basis=cite("ELM", "dates of assessment and award"),
    why="Nobody can award what was not yet assessed",
    fix="Correct the date of issuing or the date of the assessment",
    at="/results/*/date",
    kinds=(AWARD,),
)
def after_assessment(date: Node, description: Description) -> Verdict | None:
    assessed, issued = description.date(date), description.issued
    if not assessed or not issued:
        return NOT_APPLICABLE
    if assessed <= issued:
        return None
    return not_met("Assessed on {assessed}, issued on {issued}", assessed=assessed, issued=issued)


@rule(
    "M5-3",
    "Don't date the award in the future",
    level=Level.SHOULD,
    element="M5",
    section="not-in-the-future",
    basis=cite("ELM", "issuanceDate"),
    why="An award that is dated ahead has not been made yet",
    fix="Write the day on which the award was made",
    at="/issued",
    kinds=(AWARD,),
)
def not_ahead(issued: Node, description: Description) -> Verdict | None:
    date = description.issued
    if not date:
        return NOT_APPLICABLE
    if date <= description.on:
        return None
    return not_met("Issued on {date}, but checked on {on}", date=date, on=description.on)


@rule(
    "M5-4",
    "Let the award expire after it was issued",
    level=Level.SHOULD,
    element="M5",
    section="expires-after-issue",
    basis=cite("ELM", "validFrom and expiry"),
    why="An award that ended before it began helps nobody",
    fix="Correct the date of expiry or of issuing",
    at="/expires",
    kinds=(AWARD,),
)
def expiry(expires: Node, description: Description) -> Verdict | None:
    ends, issued = description.date(expires), description.issued
    if not ends or not issued:
        return NOT_APPLICABLE
    if ends > issued:
        return None
    return not_met("Issued on {issued}, expires on {ends}", issued=issued, ends=ends)


@rule(
    "M5-5",
    "Say how long the micro-credential holds",
    level=Level.ADVICE,
    element="M5",
    section="validity-policy",
    basis=advice("SEED-EX"),
    why="Learners and employers plan with it; “no expiry” is an answer too",
    fix="Add `validity: {period: P3Y}`, or `period: no expiry`",
    kinds=(OFFER,),
)
def validity_policy(data: Node, description: Description) -> Verdict | None:
    if description.part("validity").get("period"):
        return None
    return not_met("The offer doesn't say how long an award holds", at="/validity")


@rule(
    "M5-6",
    "Limit the validity where the outcomes depend on something that changes",
    level=Level.ADVICE,
    element="M5",
    section="validity-of-dated-skills",
    basis=advice(),
    why="A skill in a dated standard, a software version, a licence or a safety rule grows old "
    "with it",
    fix="Give a period and say how to renew: `validity: {period: P3Y, renewal: one observed task}`",
    at="/outcomes",
    yields=(Outcome.CANNOT_TELL,),
)
def dated_skills(outcomes: Node, description: Description) -> Verdict | None:
    mark = next(filter(None, [outcome.dated_by for outcome in description.read]), "")
    if not mark:
        return NOT_APPLICABLE
    period = description.part("validity").get("period", "")
    if read_duration(period) or as_number(period) or description.data.get("expires"):
        return None
    return cannot_tell(
        "How long does the skill hold? An outcome speaks of “{mark}”, which changes", mark=mark
    )


@rule(
    "M5-7",
    "Write the period of validity so that it can be counted",
    level=Level.ADVICE,
    element="M5",
    section="validity-period",
    basis=advice("ISO8601"),
    why="From a period that can be counted, software works out the day on which the award ends",
    fix="Write an ISO 8601 duration such as P3Y or P24M, or “no expiry”",
    at="/validity/period",
)
def countable_period(period: Node, description: Description) -> Verdict | None:
    said = fold(period).rstrip(".")
    if read_duration(period) or said in ("no expiry", "unlimited", "none", "indefinite"):
        return None
    span = _SPAN.fullmatch(said)
    code = f"P{span[1]}{'M' if span['months'] else 'Y'}" if span else "“no expiry”"
    return not_met(
        "“{period}” can't be counted by software",
        fix="Write {code}" if span or _ENDLESS.fullmatch(said) else None,
        period=period,
        code=code,
    )


# Words for years, for months and for an end that never comes, folded.
_YEARS = (
    "years?|jahre?|ans?|années?|años?|ann[io]|anos?|lata?|roky|roků|rokov|jaar|jaren|år|vuotta|"
    "vuosi|aasta[ts]?|gad[ius]|met(?:ai|us|ų)|évi?g?|έτη|χρόνια|godin[ae]|godini|годин[ае]|години|"
    "рок[иі]в?|рік|let[ai]?|ani|yıl|vjet|წელი|წლის|տարի|سنوات|سنة"
)
_MONTHS = (
    "months?|monate?n?|mois|mes(?:es)?|mes[ie]|miesiąc[ae]|miesięcy|maand(?:en)?|månad(?:er)?|"
    "måned(?:er)?|kuukautta|kuud|mēne[sš][iu]?|mėnesi(?:ai|ų)|hónap(?:ig)?|měsíc[eů]|mesiac(?:e|ov)|"
    "mesec[ai]?|meseci|mjesec[ai]?|месец[аи]?|місяц[іь]в?|luni|ay|muaj|თვე|ամիս|μήνες|شهرا?|أشهر"
)
_SPAN = re.compile(rf"(\d+) ?(?:{_YEARS}|(?P<months>{_MONTHS}))")
_ENDLESS = re.compile(
    "no expiry date|does(?:n't| not) expire|never expires|permanent|lifelong|un(?:befristet|"
    "begrenzt)|illimitée?|sans limite(?: de durée)?|sin caducidad|ilimitad[ao]|indefinid[ao]|"
    "senza scadenza|illimitat[ao]|sem prazo|bezterminow[oaey]|onbeperkt|tills vidare|obegränsad|"
    "toistaiseksi(?: voimassa)?|αόριστη|neograničeno|trajno|nelimitată?|безстроков[оиа]й?|süresiz|"
    "غير محدود|უვადო"
)


@rule(
    "M5-8",
    "Say from which offer and version the award was made",
    level=Level.ADVICE,
    element="M5",
    section="award-cites-offer",
    basis=advice(),
    why="Offers change; the award keeps the promise of the version that the learner enrolled in",
    fix="Add `offer: {id: …, version: …}`",
    kinds=(AWARD,),
)
def cites_offer(data: Node, description: Description) -> Verdict | None:
    if description.part("offer").get("version") is not None:
        return None
    if "offer" in data:
        return not_met("The award names its offer without the version", at="/offer")
    return not_met("The award doesn't say from which offer it was made", at="/offer")


# What an award copies from its offer; where they differ, one of them is wrong.
FROZEN = ("title", "outcomes", "workload", "level", "bodies")


@rule(
    "M5-9",
    "Keep in the award what the offer promised",
    level=Level.ADVICE,
    element="M5",
    section="award-matches-offer",
    basis=advice(),
    why="The award states what the learner enrolled for, in the version that was in force",
    fix="Copy the part from the version of the offer that the award cites, or cite the right "
    "version",
    kinds=(AWARD,),
)
def matches_offer(data: Node, description: Description) -> Verdict | None:
    offer = description.cited_offer
    if offer is None:
        return NOT_APPLICABLE
    cited = description.part("offer")
    for key in ("id", "version"):
        if key in cited and key in offer and str(cited[key]) != str(offer[key]):
            return not_met(
                "The award cites {key} “{cited}”; the offer given has “{own}”",
                at=f"/offer/{key}",
                fix="Compare with the offer that the award cites, or correct `{key}`",
                key=key,
                cited=cited[key],
                own=offer[key],
            )
    differing = [field for field in FROZEN if field in offer and data.get(field) != offer[field]]
    if not differing:
        return None
    return not_met(
        "The award differs from its offer in: {fields}",
        at=f"/{differing[0]}",
        fields=", ".join(differing),
    )
