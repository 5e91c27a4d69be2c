"""The document as a whole: dates, languages, addresses and its own identifier."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from microcred.description import Description, Node
from microcred.quantities import read_date
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.rules.listed import no_language, unlisted
from microcred.sources import advice, cite
from microcred.vocabularies.nothing import shows
from microcred.vocabularies.tables import RECENT

DATES: Final = (
    "/issued",
    "/expires",
    "/results/*/date",
    "/learner/birthDate",
    "/quality/*/from",
    "/quality/*/until",
    "/review/last",
    "/review/next",
    "/need/evidence/*/date",
    "/stacking/targets/*/until",
)


# A year, a year and a month: “2026-03”, “3/2026”, “marzo de 2026”, “spring 2026”.
_DAYLESS = re.compile(r"\d{4}(?:-\d{2})?|(?:\d{1,2}[./]|[^\W\d]+\.?(?: de)? )\d{4}")


@rule(
    "DOC-1",
    "Write dates as year-month-day",
    level=Level.SHOULD,
    element="",
    section="dates-in-iso",
    basis=cite("ISO8601"),
    why="03/04/2026 is in March or in April, depending on who reads it",
    fix="Write the date in the form 2026-06-30",
    at=DATES,
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def iso_date(date: Node, description: Description) -> Verdict | None:
    reading = read_date(date)
    if reading is not None and reading.iso:
        return None
    if _DAYLESS.fullmatch(date.strip()):
        return not_met(
            "“{text}” names no day", fix="Add the day, in the form 2026-06-30", text=date
        )
    if reading is None:
        return not_met("“{text}” is no date that can be read", text=date)
    if reading.date is None:
        choices = " or ".join(str(choice) for choice in reading.choices)
        return cannot_tell("Which day is “{text}”: {choices}?", text=date, choices=choices)
    return not_met(
        "“{text}” was read as {date}", fix="Write {date}", text=date, date=reading.date.isoformat()
    )


@rule(
    "DOC-2",
    "Say in which language the texts are",
    level=Level.SHOULD,
    element="",
    section="language-stated",
    basis=cite("BCP47"),
    why="Readers, screen readers and translators need it, and so do the checks of wording",
    fix="Add the language by its code: `language: en`",
)
def language_stated(data: Node, description: Description) -> Verdict | None:
    language = data.get("language")
    if not language:
        return not_met("The document doesn't say in which language it is", at="/language")
    if found := no_language(language, "/language"):
        return found
    title = data.get("title")  # what is translated before anything else
    codes = [code for code in title if code != "und"] if type(title) is dict else []
    return next(filter(None, (no_language(code, f"/title/{code}") for code in codes)), None)


@rule(
    "DOC-3",
    "Give the title in each language of the outcomes",
    level=Level.ADVICE,
    element="",
    section="languages-complete",
    basis=advice(),
    why="Readers look for a title in their language before they get to the outcomes",
    fix="Add the title in that language",
)
def languages_complete(data: Node, description: Description) -> Verdict | None:
    title = data.get("title")
    if type(title) is not dict:
        return NOT_APPLICABLE
    used: dict[str, str] = {}
    for position, outcome in enumerate(data.get("outcomes", ())):
        statement = outcome.get("statement") if outcome else None
        if type(statement) is dict:
            for language in statement:
                used.setdefault(language, f"/outcomes/{position}/statement")
    missing = [language for language in used if language not in title]
    if missing:
        return not_met(
            "Outcomes are given in “{language}”, and the title isn't",
            at="/title",
            language=missing[0],
        )
    return None


# Fields that hold nothing but an address.
ADDRESSES: Final = (
    "/bodies/*/website",
    "/information/homepage",
    "/information/documents/*",
    "/level/national/*/register",
    "/need/evidence/*/url",
)
# Fields that hold an address or a number; only what looks like an address is judged.
MAYBE_ADDRESSES: Final = (
    "/quality/*/evidence",
    "/stacking/targets/*/agreement",
    "/information/verification",
    "/information/privacy",
    "/id",
)


_PLAIN = re.compile(r"https?://[a-z\d-]+(?:\.[a-z\d-]+)+(?:/[^\s]*)?", re.IGNORECASE)
# The usual form of it, which is read in a third of the time.
_USUAL = re.compile(r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)++(?:/\S*+)?+")
_ADDRESS = re.compile(r"(?:https?|ftp)[:/]|www\.|\S+://", re.IGNORECASE)
_HOST_FIRST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_FILE = re.compile(
    r"[^/]+\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|txt|csv|json|ya?ml|html?|zip|png|jpe?g)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(\S+?)[,;:.]?\s+\S+\s+\S+.*", re.DOTALL)


def _fault_of(address: str) -> str:
    """Return why an address can't be opened, or an empty text."""
    if _PLAIN.fullmatch(address):
        return ""
    if not _ADDRESS.match(address):
        # A number or a sentence may stand here; "example.org/x" is meant as an address.
        if _FILE.fullmatch(address):
            return "it is the name of a file, without the place where the file is"
        return "it lacks https:// in front" if _HOST_FIRST.fullmatch(address) else ""
    if sentence := _SENTENCE.fullmatch(address):
        address = sentence[1]  # "https://example.org/verify, or call our office"
    if any(character.isspace() for character in address):
        return "it holds a space"
    return _fault_of_parts(address)


def _fault_of_parts(address: str) -> str:
    if not address.casefold().startswith(("http://", "https://")):
        return "it doesn't begin with https://"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        named = all(host.split(".")) and "." in host and parts.port != 0
    except ValueError:
        return "it can't be read"
    return "" if named else "its host has no full name"


@rule(
    "DOC-4",
    "Write addresses so that they can be opened",
    level=Level.SHOULD,
    element="",
    section="addresses",
    basis=cite("ELM", "datatype anyURI"),
    why="An address with a slip leads nowhere, and readers think the worst",
    fix="Copy the address from the browser, with https:// in front",
    at=(*ADDRESSES, *MAYBE_ADDRESSES),
)
def address(text: Node, description: Description) -> Verdict | None:
    if type(text) is not str:
        return NOT_APPLICABLE
    if _USUAL.fullmatch(text):
        return None
    fault = _fault_of(text.strip())
    return not_met("“{text}” can't be opened: {fault}", text=text, fault=fault) if fault else None


@rule(
    "DOC-5",
    "Give the description a lasting identifier of its own",
    level=Level.ADVICE,
    element="",
    section="identifier",
    basis=advice(),
    why="Awards, catalogues and registers point to it; without one they point to a file name",
    fix="Add `id`: an address under your own domain, or a number that is never given twice",
)
def identifier(data: Node, description: Description) -> Verdict | None:
    return None if data.get("id") else not_met("The document has no identifier", at="/id")


# Texts without which an element says nothing, where any words are as good as others for a check.
_NEEDED: Final = (
    "/title",
    "/bodies/*/name",
    "/outcomes/*/statement",
    "/assessments/*/description",
    "/quality/*/body",
    "/learner/name",
)
_HOLDER = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\{+[^{}]*\}+|[\W_]+")  # “[enter title]”
_LONGEST: Final = 8  # letters of the words that stand for nothing


@rule(
    "DOC-9",
    "Put the answer where a template only keeps its place",
    level=Level.ADVICE,
    element="",
    section="placeholders",
    basis=advice(),
    why="“TBD” fills a field for a machine and says nothing to a reader",
    fix="Write the answer, or leave the field out until it is known",
    at=_NEEDED,
    yields=(Outcome.CANNOT_TELL,),
    by_text=True,
)
def placeholder(text: str, _language: str) -> Verdict | None:
    words = text.strip()
    # As nearly every text begins, and quicker to see than to search.
    if len(words) > _LONGEST and words[0].isalnum():
        return None
    if (len(words) > _LONGEST or shows(words)) and not _HOLDER.fullmatch(words):
        return None
    return cannot_tell("Is “{text}” the answer, or does it only keep its place?", text=words)


# Fields whose names come from a list, by the part in which they stand. The first two lists are
# open: there a name of one's own is as good as a listed one, unless it is nearly the same.
_LISTS: Final = {
    "framework": "frameworks",
    "system": "quality-systems",
    "setting": "settings",
    "activities": "activity-types",
    "reuse": "reuse-levels",
}
_FIELDS: Final = frozenset(_LISTS)
_OPEN: Final = frozenset({"framework", "system"})
_SHORT: Final = 4  # letters of names such as NOK, which is no slip for NOKS
_EUROPEAN: Final = frozenset({"EQF", "EQR", "CEC", "MEC", "QEQ", "ERK", "ЄРК", "ЕОК"})
_WRONG: Final = "“{stated}” is no name of the list"
_ASK: Final = "Which name of the list is closest to “{stated}”?"


@rule(
    "DOC-6",
    "Write names of a list as the list has them",
    level=Level.SHOULD,
    element="",
    section="listed-names",
    basis=cite("ELM", "controlled vocabularies"),
    why="Catalogues and wallets translate a listed name, and leave any other as it is",
    fix="Use a name of the list; the lists stand in the reference",
    at=("/level/national/*", "/quality/*", "/participation", "/outcomes/*"),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def listed_names(part: Node, description: Description) -> Verdict | None:
    if _FIELDS.isdisjoint(part):
        return NOT_APPLICABLE
    for field in _LISTS:
        stated = part.get(field)
        if stated is None:
            continue
        if type(stated) is not list:
            if found := _listed(field, stated):
                return found._replace(at=f"/{field}")
            continue
        for position, name in enumerate(stated):
            if name and (found := _listed(field, name)):
                return found._replace(at=f"/{field}/{position}")
    return None


# Few names are in use, and those in most records.
@lru_cache(maxsize=RECENT)
def _listed(field: str, stated: str) -> Verdict | None:
    if field == "framework" and stated.strip().upper() in _EUROPEAN:
        return not_met(
            "“{stated}” is the European framework, and no national one",
            fix="Write its level as `eqf` of `level`, and delete this entry",
            stated=stated,
        )
    found = unlisted(stated, _LISTS[field], _WRONG, ask=_ASK)
    if found is None or field not in _OPEN:
        return found
    # A short name that nobody knows is somebody's own: they all differ by a letter or two.
    return None if found.outcome is Outcome.CANNOT_TELL or len(stated) <= _SHORT else found
