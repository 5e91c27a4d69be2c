"""Headings of columns to fields: known words in many languages, near spellings, and guesses."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Final

from microcred.catalogues.tables.cells import is_unit
from microcred.catalogues.tables.codes import part_of, several, type_of
from microcred.catalogues.tables.doubts import is_doubtful, language_named, names_a_unit
from microcred.catalogues.tables.levels import is_national
from microcred.catalogues.tables.sizes import size_of, unit_of
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import fold, key

__all__ = ["FIELDS", "LISTS", "Column", "Field", "guessed", "nearest"]

# Kinds of fields that are lists, so that columns can go on with one another.
LISTS: Final = frozenset({"outcomes", "assessment", "list"})
_TEXTS: Final = frozenset({"text", "outcomes"})  # kinds that may stand in several languages
SAME: Final = 0.88  # how alike a heading must be to a known one to be read as that one
NEAR: Final = 0.75  # and to be named in a question
_LANGUAGE: Final = re.compile(r"^(.*?)[\s_]*[\(\[_/-]\s*([A-Za-z]{2})\s*[\)\]]?$")
# These end like a language: ID is Indonesian as well, and NO Norwegian.
_NUMBER: Final = re.compile(
    r"(?:[\W_](?:id|nr)|\b(?:course|kurs|cours|curso|corso|cursus)[\W_]+no)\W*$", re.IGNORECASE
)
_BRACKETS: Final = re.compile(r"[\(\[](.*?)[\)\]]")
_WORD: Final = re.compile(r"\w+")
# The number of a row in Polish; the LP of German are credits.
_ROW: Final = re.compile(r"Lp\.?|L\.\s?p\.")
_COUNT: Final = re.compile(r"\W*\d{1,2}\W*$")
_READ: Final = 1000  # characters of a cell that are looked at as a heading
_LONGEST: Final = 8  # words of a known heading
_A_WORD: Final = 3  # letters by which a heading with one more word is longer, at least
_ENDING: Final = 3  # letters, as in “Language(s)”
_LONG: Final = 50  # letters of a heading in which slips are looked for
# Words that mean a field where they stand alone, and hardly anything beside others.
_ALONE: Final = frozenset(
    {
        *("name", "course", "kurs", "cours", "curso", "corso", "formation", "formación", "nome"),
        *("navn", "code", "start", "date", "ort", "loc", "land", "cena", "ala", "forma", "data"),
        *("nombre", "nafn", "heiti", "emri", "cod", "angebot", "weiterbildung", "lehrgang", "web"),
        *("koulutus", "opleiding", "cursus", "intake", "overview", "issuer", "hei", "alan", "dil"),
        *("micro credential", "microcredential", "código", "kod", "kód", "код", "šifra"),
    }
)
_YIELDING: Final = frozenset({"mode", "summary"})  # “Description of the outcomes”
_SIZES: Final = frozenset({"hours", "credits", "duration"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column can state: how its cells are read, and where the value goes."""

    id: str
    kind: str
    pointer: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``field`` is empty where nobody knows what it is.

    ``sure`` is False where the heading is none of the known words, ``near`` names the field that
    might be meant. A hidden column is read as any other, and told. Of a ``linked`` one, the web
    addresses behind its words are read.
    """

    number: int
    heading: str
    field: str = ""
    language: str = ""
    sure: bool = True
    near: str = ""
    hidden: bool = False
    linked: bool = False

    def as_hidden(self) -> Column:
        """Return the column as one that the workbook hides."""
        return replace(self, hidden=True)

    def as_homepage(self) -> Column:
        """Return the column as one whose links lead to the page of each record."""
        return replace(self, field="homepage", language="", sure=True, linked=True)


@lru_cache(maxsize=1)
def _fields() -> dict[str, Field]:
    path = files("microcred") / "catalogues" / "tables" / "columns.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {
        row["field"]: Field(
            row["field"], row["kind"], row["pointer"], tuple(row["names"].split("|"))
        )
        for row in rows
    }


FIELDS: Final = _fields()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for field in FIELDS.values():
        for name in (field.id, field.pointer.replace("/0/", ".").strip("/"), *field.names):
            found.setdefault(_key(name), field.id)
    return found


def _key(text: str) -> str:
    """Return the form in which headings are compared: Turkish capitals hide the dot of an i."""
    return key(text).replace("ı", "i")


def guessed(headings: Mapping[int, str | tuple[str, ...]], *, slips: bool = True) -> list[Column]:
    """Return what each column states, by its heading and by what else it may be read as.

    Of two that state the same field in one language, the one that is sure wins, then the first;
    the other is left to the person who knows it. Columns of one list go on with each other where
    each names its part: “LO1” and “LO2”, but not “Learning outcomes” and “LO1”.

    Looking for slips takes much longer than the rest, so it is for rows that are known to be
    headings.
    """
    columns = [_read(number, heading, slips) for number, heading in sorted(headings.items())]
    taken: dict[tuple[object, ...], dict[str, int]] = {}
    for column in sorted(columns, key=lambda one: (not one.sure, _part(one) != "")):
        if column.field:
            parts = taken.setdefault(_stated_by(column), {})
            if not parts or ("" not in parts and _part(column)):
                parts.setdefault(_part(column), column.number)
    return [
        column
        if not column.field or column.number in taken[_stated_by(column)].values()
        else Column(column.number, column.heading, near=column.field)
        for column in columns
    ]


def _part(column: Column) -> str:
    is_list = column.field and FIELDS[column.field].kind in LISTS
    return part_of(column.heading) if is_list else ""


def _stated_by(column: Column) -> tuple[object, ...]:
    """Return what only one column can state: the European and the national level are two things."""
    national = column.field == "level" and is_national(column.heading)
    return column.field, column.language, national


def _read(number: int, heading: str | tuple[str, ...], slips: bool) -> Column:
    ways = (heading,) if isinstance(heading, str) else heading
    found = [_guess(number, words, slips) for words in ways]
    best = next((column for column in found if column.field and column.sure), None)
    best = best or next((column for column in found if column.field), found[0])
    return replace(best, heading=ways[0])


def _guess(number: int, heading: str, slips: bool) -> Column:
    column = _by_name(number, heading) or _by_words(number, heading, slips)
    if column.language and FIELDS[column.field].kind not in _TEXTS:
        column = replace(column, language="", sure=False)  # the FI of “Tarif FI” is none
    is_known = _names().get(_key(heading[:_READ]), "") == column.field
    if not is_known and is_doubtful(column.field, heading[:_READ]):
        return Column(number, heading, near=column.field)
    field = _by_unit(column.field, heading)
    return column if field == column.field else replace(column, field=field)


def _by_unit(field: str, heading: str) -> str:
    """Return the field of a size, which the unit in a heading decides: “Umfang (ECTS)”."""
    if field not in _SIZES:
        return field
    words = " ".join(heading[:_READ].split())
    units = {size for word in _WORD.findall(words) if (size := size_of(word))}
    return size_of(unit_of(words)) or (units.pop() if len(units) == 1 else field)


def _by_name(number: int, heading: str) -> Column | None:
    """Return the column if its heading is a known one, perhaps with a language or brackets behind.

    What stands in brackets may make another thing of it: “Name (lecturer)”.
    """
    words = " ".join(heading[:_READ].split())[:120]
    if field := _names().get(_key(words)):
        return Column(number, heading, field)
    if _ROW.fullmatch(words):
        return Column(number, heading)
    if _NUMBER.search(words):
        return Column(number, heading, near="id")
    bare, language = _without_language(words)
    if field := _names().get(_key(bare)):
        return Column(number, heading, field, language)
    if field := _names().get(_key(_BRACKETS.sub(" ", bare))):
        sure = all(_adds_nothing(words, field) for words in _BRACKETS.findall(bare))
        return Column(number, heading, field, language, sure=sure)
    return None


def _adds_nothing(words: str, field: str) -> bool:
    """Tell whether what stands in brackets is a unit, an ending, or another name of the field."""
    return len(words) <= _ENDING or is_unit(words) or _names().get(_key(words)) == field


def _by_words(number: int, heading: str, slips: bool) -> Column:
    bare, language = _without_language(" ".join(heading[:_READ].split())[:120])
    counted = _names().get(_key(_COUNT.sub("", bare)), "")
    if counted and FIELDS[counted].kind in LISTS:
        return Column(number, heading, counted, language)
    if type_of(bare):
        return Column(number, heading, "outcomes", language)
    if fields := _inside(bare):
        if len(fields) > 1:
            return Column(number, heading, near=fields[0])
        return Column(number, heading, fields[0], language, sure=False)
    if size_of(bare) == "hours":  # “Std.”
        return Column(number, heading, "hours", language)
    if names_a_unit(bare):
        return Column(number, heading, near="provider")
    field, same = _alike(_key(bare)) if slips else ("", False)
    if same:
        return Column(number, heading, field, language, sure=False)
    return Column(number, heading, near=field)


def _without_language(heading: str) -> tuple[str, str]:
    """Return a heading without the language that it names at its end: (en), _fi, DE, english."""
    found = _LANGUAGE.match(heading)
    if found and found[1] and (entry := vocabulary("languages").get(found[2].lower())):
        return found[1], entry.code
    rest, _, last = heading.rpartition(" ")
    if rest and (code := _language(last.strip("()[]"))):
        return rest, code
    return heading, ""


def _language(word: str) -> str:
    is_code = len(word) == 2 and word.isupper()
    entry = vocabulary("languages").get(word.lower() if is_code else language_named(word))
    return entry.code if entry else ""


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], str]:
    """Return the words of the known headings that mean a field also beside other words."""
    found: dict[tuple[str, ...], str] = {}
    for field in FIELDS.values():
        for name in field.names:
            words = tuple(_WORD.findall(fold(name)))
            if sum(map(len, words)) > 2 and key(name) not in _ALONE:
                found.setdefault(words, field.id)
    return found


def _inside(heading: str) -> list[str]:
    """Return the field of the longest known heading whose words all stand in this one.

    Where others stand beside it, only a person can say which is meant: “Duration of the exam”.
    A list such as “Place and date” is read as the first of them.
    """
    words = tuple(_WORD.findall(fold(_BRACKETS.sub(" ", heading))))
    runs = (
        (start, end)
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1)
    )
    known = sorted(
        (run for run in runs if words[slice(*run)] in _phrases()),
        key=lambda run: -sum(map(len, words[slice(*run)])),
    )
    free, fields = set(range(len(words))), list[str]()
    for run in known:
        if free.issuperset(range(*run)):
            free.difference_update(range(*run))
            fields.append(_phrases()[words[slice(*run)]])
    fields = list(dict.fromkeys(fields))
    if "provider" not in fields:
        fields = [field for field in fields if field not in _YIELDING] or fields
    is_one = _SIZES.issuperset(fields) or len(several(heading)) > 1
    return fields[:1] if is_one else fields


@lru_cache(maxsize=4096)
def _alike(spelled: str) -> tuple[str, bool]:
    """Return the field whose name is spelled nearly so, and whether it must be meant."""
    if not 3 < len(spelled) <= _LONG:
        return "", False
    # What is much shorter or longer can't be near.
    names = [
        name
        for name in _names()
        if NEAR / 2 < len(name) / (len(name) + len(spelled)) < 1 - NEAR / 2
    ]
    near = get_close_matches(spelled, names, 1, NEAR)
    if not near:
        return "", False
    # As the comparison above goes, so that both come to the same figure.
    ratio = SequenceMatcher(None, near[0], spelled).ratio()
    # No slip adds a word, as “microcredential type” does.
    return _names()[near[0]], ratio >= SAME and abs(len(near[0]) - len(spelled)) < _A_WORD


def nearest(field: str) -> str:
    """Return the field that somebody who wrote *field* in a mapping probably meant."""
    found = get_close_matches(field.casefold(), FIELDS, 1, 0.5)
    return found[0] if found else ""
