"""Words beside which a heading means another thing than its field: “Hours (contact)”."""

from __future__ import annotations

import re
from typing import Final

from microcred.catalogues.tables.codes import code_of
from microcred.catalogues.tables.sizes import size_of
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import fold

__all__ = ["is_doubtful", "language_named", "names_a_unit"]

_WORD: Final = re.compile(r"\w+")
# Parts of an institution: the provider is mostly the whole, so only a person can say.
_UNITS: Final = frozenset(
    {
        *("fakultät", "fachbereich", "institut", "faculty", "department", "school", "college"),
        *("centro", "facultad", "departamento", "composante", "faculté", "département", "ufr"),
        *("wydział", "wydziału", "факультет", "факультету", "кафедра", "кафедри", "σχολή"),
        *("τμήμα", "dipartimento", "facoltà", "faculteit", "fakulteta", "fakultet", "fakulta"),
        *("fakulty", "tiedekunta", "katedra"),
    }
)
# They have names and titles as well.
_PEOPLE: Final = frozenset(
    {
        *("lecturer", "teacher", "instructor", "tutor", "trainer", "dozent", "dozenten"),
        *("dozentin", "dozierende", "akademischer", "vorname", "nachname", "docent", "docente"),
        *("formateur", "enseignant", "intervenant", "profesor", "prowadzącego", "wykładowcy"),
        *("викладача", "opettajan", "yhteyshenkilön", "õpetaja", "εισηγητή", "nastavnika"),
    }
)
# What somebody has to have learned before.
_BEFORE: Final = frozenset(
    {
        *("required", "prior", "previous", "prerequisite", "erforderlich", "erforderliche"),
        *("vorausgesetzte", "benötigte", "requis", "requises", "prérequis", "prérequises"),
        *("previos", "previas", "requeridos", "requeridas", "pregresse", "richieste", "prévias"),
        *("vereiste",),
    }
)
# Hours that are only a part of all: with a teacher, or without one.
_PARTS: Final = frozenset(
    {
        *("contact", "self", "attended", "online", "präsenz", "präsenzzeit", "selbststudium"),
        *("kontaktzeit", "présentiel", "distanciel", "personnel", "contacto", "presenciales"),
        *("autónomas", "lectivas", "presenza", "frontali", "kontaktowych", "contato"),
        *("presenciais", "аудиторні", "самостійної", "διδασκαλίας"),
    }
)
_WHOLE: Final = frozenset(
    {
        *("total", "totale", "totales", "totali", "gesamt", "gesamtstunden", "insgesamt"),
        *("complessive", "razem", "łącznie", "celkem", "totaal", "ukupno", "разом", "всього"),
    }
)
_OF_LANGUAGE: Final = frozenset(
    {
        *("langue", "idioma", "lengua", "lingua", "linguistico", "lingüístico", "językowy"),
        *("języka", "jezika", "jazyka", "мови", "γλώσσας", "limbă", "língua", "nyelvi"),
    }
)
_DOUBTS: Final = {
    "title": _UNITS | _PEOPLE,
    "outcomes": _BEFORE,
    "hours": _PARTS,
    "level": _OF_LANGUAGE,
}


def is_doubtful(field: str, heading: str) -> bool:
    """Tell whether a heading that holds the words of a field may well mean another thing."""
    words = _WORD.findall(fold(heading))
    if field == "level" and any(map(language_named, words)):
        return True  # “Niveau de français”
    if field == "hours" and not _WHOLE.isdisjoint(words) and "duration" not in map(size_of, words):
        return False  # “Total hours (with self-study)”
    sizes = {size for word in words if (size := size_of(word))}
    per_time = field in {"hours", "credits"} and len(sizes) > 1 and "duration" in sizes
    return per_time or not _DOUBTS.get(field, frozenset()).isdisjoint(words)


def names_a_unit(heading: str) -> bool:
    """Tell whether a heading names a part of an institution."""
    return not _UNITS.isdisjoint(_WORD.findall(fold(heading)))


def language_named(word: str) -> str:
    """Return the code of the language that a word means; short ones may be anything."""
    entry = vocabulary("languages").get(code_of("languages", word)) if len(word) > 3 else None
    return entry.code if entry else ""
