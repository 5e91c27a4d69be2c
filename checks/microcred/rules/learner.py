"""M1: identification of the learner."""

from __future__ import annotations

import re

from microcred.description import Description, Node
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
from microcred.vocabularies import vocabulary
from microcred.vocabularies.wordlists import any_of

_NAMES = ("name", "givenName", "familyName")
# What tells who somebody is; two names of one person count as one.
_IDENTIFYING = ("birthDate", "email", "nationality")


@rule(
    "M1-1",
    "Identify the learner in the award",
    level=Level.MUST,
    element="M1",
    section="learner-identified",
    basis=cite("CR22", "Annex I"),
    why="An award that names nobody belongs to nobody",
    fix="Add the learner's full legal name, or an identifier: `learner: {name: Ana Andromeda}`",
    kinds=(AWARD,),
)
def identified(data: Node, description: Description) -> Verdict | None:
    learner = description.part("learner")
    if any(learner.get(key) for key in (*_NAMES, "identifiers", "email")):
        return None
    return not_met("The award does not say who the learner is", at="/learner")


@rule(
    "M1-2",
    "Add one thing that tells people of the same name apart",
    level=Level.ADVICE,
    element="M1",
    section="learner-told-apart",
    basis=advice(),
    why="Names repeat; a date of birth or a learner number does not",
    fix="Add the date of birth, or a learner number as identifier: one of them is enough",
    at="/learner",
    kinds=(AWARD,),
)
def told_apart(learner: Node, description: Description) -> Verdict | None:
    if learner.get("birthDate") or any(learner.get("identifiers", ())):
        return None
    if not any(learner.get(key) for key in (*_NAMES, "email")):
        return NOT_APPLICABLE
    return not_met("Only a name or an e-mail address tells who the learner is")


@rule(
    "M1-3",
    "Hold no more about the learner than it takes",
    level=Level.ADVICE,
    element="M1",
    section="learner-minimum",
    basis=advice("EDC-GDPR"),
    why="An award is made to be shown around, and everything in it travels along",
    fix="Keep the name and one thing more; leave the rest in your own register",
    at="/learner",
    kinds=(AWARD,),
)
def minimum(learner: Node, description: Description) -> Verdict | None:
    held = ["name"] if any(learner.get(key) for key in _NAMES) else []
    held += [key for key in _IDENTIFYING if learner.get(key)]
    for item in learner.get("identifiers", ()):
        if item:
            held.append(item.get("scheme") or str(item.get("value", "")))
    if len(held) <= 3:
        return None
    return not_met(
        "The award holds {count} things that identify the learner: {things}",
        count=len(held),
        things=", ".join(held),
    )


@rule(
    "M1-4",
    "Don't identify the learner by an e-mail address alone",
    level=Level.ADVICE,
    element="M1",
    section="learner-not-by-email",
    basis=advice(),
    why="People change jobs and providers, and then the address is no longer theirs",
    fix="Add the full legal name, or a learner number",
    at="/learner",
    kinds=(AWARD,),
)
def not_by_email(learner: Node, description: Description) -> Verdict | None:
    if not learner.get("email"):
        return NOT_APPLICABLE
    if any(learner.get(key) for key in (*_NAMES, "identifiers")):
        return None
    domain = learner["email"].rpartition("@")[2].strip().casefold()
    if domain in vocabulary("free-mail-domains"):
        return not_met(
            "The only thing known of the learner is an address at {domain}, which anybody can open",
            domain=domain,
        )
    return not_met("The only thing known of the learner is an e-mail address")


_NATIONAL = re.compile(
    r"\bnational\b|personal (?:code|number|id)|citizen|social security|tax number|"
    r"isikukood|asmens kod|personas kod|henkilötunnus|personnummer|rodné číslo|codice fiscale|"
    r"sécurité sociale|seguridad social|\b(?:pesel|oib|jmbg|јмбг|emšo|cnp|egn|егн|rnokpp|рнокпп|"
    r"dni|nie|nif|bsn|nir|amka|αμκα)\b",
    re.IGNORECASE,
)


@rule(
    "M1-5",
    "Use a national number only where the law asks for it",
    level=Level.ADVICE,
    element="M1",
    section="learner-national-number",
    basis=advice("EDC-GDPR"),
    why="A national number on something that is shared opens more doors than the award needs",
    fix="Use a learner number of your own, unless national law requires the other",
    at="/learner/identifiers/*",
    kinds=(AWARD,),
    yields=(Outcome.CANNOT_TELL,),
)
def national_number(identifier: Node, description: Description) -> Verdict | None:
    scheme = identifier.get("scheme", "")
    if not _NATIONAL.search(scheme):
        return None
    return cannot_tell("Does the law require “{scheme}” in this award?", scheme=scheme)


_ESI = re.compile(
    r"urn:schac:personalUniqueCode:int:esi:"
    r"(?:[a-z]{2}(?:-[a-z0-9]{1,3})?|[a-z0-9.-]+\.[a-z]{2,}):\S+",
    re.IGNORECASE,
)


@rule(
    "M1-6",
    "Write a European Student Identifier in its own form",
    level=Level.ADVICE,
    element="M1",
    section="learner-esi",
    basis=advice("ESI"),
    why="Systems find a student by the whole identifier, with its prefix",
    fix="Write urn:schac:personalUniqueCode:int:esi: and behind it the code of the country, or the "
    "domain of the institution, a colon and the student's code",
    at="/learner/identifiers/*",
    kinds=(AWARD,),
)
def student_identifier(identifier: Node, description: Description) -> Verdict | None:
    value = str(identifier.get("value", ""))
    scheme = identifier.get("scheme", "").casefold()
    if "european student" not in scheme and scheme != "esi" and ":esi:" not in value:
        return NOT_APPLICABLE
    if _ESI.fullmatch(value):
        return None
    return not_met("“{value}” is not written as a European Student Identifier", value=value)


@rule(
    "M1-7",
    "Keep learners out of an offer",
    level=Level.ADVICE,
    element="M1",
    section="no-learner-in-offer",
    basis=advice("ETF-IG"),
    why="An offer is public; a person's data in it is published with it",
    fix="Delete the learner from the offer; if this is the record of one person, use `kind: award`",
    kinds=(OFFER,),
)
def no_learner(data: Node, description: Description) -> Verdict | None:
    if not data.get("learner"):
        return None
    return not_met("The offer holds data of a learner", at="/learner")


_EMAIL = re.compile(r"([\w.+-]+)@[\w-]+\.[\w.-]+")
# Names of mailboxes that nobody has as a person.
_MAILBOXES = (
    "info infos office contact kontakt contacto contatto contato mail email post hello "
    "support help helpdesk service sekretariat secretariat secretaria segreteria secretariaat "
    "admin administration training trainings courses course kurse kurs kursy cursos corsi "
    "formation formations formacion formazione formacao admission admissions studies studium "
    "study academy akademie bildung weiterbildung opleidingen utbildning koulutus education "
    "registry registration anmeldung inscriptions inscripciones iscrizioni privacy dpo "
    "datenschutz"
)
MAILBOXES = frozenset(_MAILBOXES.split())
_BORN = re.compile(
    r"\b(?:born|date of birth|d\.o\.b\.|née? le|date de naissance|geboren|geburtsdatum|nacid[oa]|"
    r"fecha de nacimiento|urodzon[ya]|data urodzenia|nat[oa] (?:il|a)|народжен|дата народження|"
    r"rođen|datum rođenja|рођен|датум рођења)\b[^.]{0,20}?\d[\d./-]*",
    re.IGNORECASE,
)
_PERSONAL_CODE = re.compile(
    r"\b(?:personal (?:code|number)|national (?:id|number)|passport|pesel|oib|jmbg|isikukood|"
    r"personnummer|рнокпп|паспорт)\b\W{0,5}\w*\d{4,}",
    re.IGNORECASE,
)
# Free texts of an offer; where an address or a name is meant to stand is left out.
_FREE_TEXTS = (
    "/title",
    "/summary",
    "/audience",
    "/outcomes/*/statement",
    "/assessments/*/description",
    "/participation/schedule",
    "/participation/place",
    "/prerequisites/text",
    "/need/statement",
    "/stacking/note",
    "/information/note",
)
# Either of them holds figures in a row, or a date: without those no text is searched.
_NUMBERED = re.compile(r"\d(?:\d{3}|[./-]\d|\.? \w+ \d\d)")
# Words that introduce them; without one no text is searched either.
_INTRODUCING_WORDS = (
    "born birth b née né naissance geboren geburtsdatum nacido nacida nacimiento urodzony urodzona "
    "urodzenia nato nata народжен народження rođen rođenja рођен рођења personal national passport "
    "pesel oib jmbg isikukood personnummer рнокпп паспорт"
)
_INTRODUCING = frozenset(_INTRODUCING_WORDS.split())
_NO_DIGITS = bytes(set(range(128)) - set(b"0123456789"))


def _has_date_or_number(text: str) -> bool:
    # To leave out all other signs is several times quicker than to search.
    if text.isascii() and not text.encode().translate(None, _NO_DIGITS):
        return False
    return _NUMBERED.search(text) is not None


def _may_be_personal(address: re.Match[str]) -> bool:
    return address[1].casefold() not in MAILBOXES


@rule(
    "M1-8",
    "Keep personal data out of the texts of an offer",
    level=Level.ADVICE,
    element="M1",
    section="no-personal-data-in-texts",
    basis=advice(),
    why="What stands in an offer is copied into catalogues and stays there",
    fix="Delete the personal data; contacts belong into `information`",
    at=_FREE_TEXTS,
    kinds=(OFFER,),
    yields=(Outcome.CANNOT_TELL,),
    by_text=True,
)
def no_personal_data(text: str, _language: str) -> Verdict | None:
    match = next(filter(_may_be_personal, _EMAIL.finditer(text)), None) if "@" in text else None
    if not match and _has_date_or_number(text) and any_of(_INTRODUCING, text):
        match = _BORN.search(text) or _PERSONAL_CODE.search(text)
    if match:
        return cannot_tell("Is “{text}” about a person?", text=match[0])
    return None


@rule(
    "M1-9",
    "Let the learner be born before the award was issued",
    level=Level.ADVICE,
    element="M1",
    section="learner-born-before",
    basis=advice(),
    why="With a wrong date of birth the award belongs to nobody, or to somebody else of that name",
    fix="Correct the date of birth or the date of issuing",
    at="/learner/birthDate",
    kinds=(AWARD,),
)
def born_before(date: Node, description: Description) -> Verdict | None:
    born, issued = description.date(date), description.issued
    if not born:
        return NOT_APPLICABLE
    if issued and born >= issued:
        return not_met("Born on {born}, but issued on {issued}", born=born, issued=issued)
    if born > description.on:
        return not_met("Born on {born}, but checked on {on}", born=born, on=description.on)
    return None
