"""Cells as institutions fill them: “5 ECTS”, “EQF 6 / NQF 7”, several outcomes in one cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from microcred.catalogues.tables.levels import level_in
from microcred.catalogues.tables.sizes import credits_in, hours_in, size_of, unit_of
from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import key

__all__ = [
    "READERS",
    "answer_in",
    "code_of",
    "is_nothing",
    "is_unit",
    "part_of",
    "several",
    "type_of",
]

_LIST: Final = re.compile(
    r"[;,/|+&\n]|\s(?:and|und|et|y|e|en|ja|oraz|και|i|och|og|a|és|și|ir|un|ve|та|і|й|и)\s"
)
_LINES: Final = re.compile(r"[\r\n]+|\s*[•▪●◦‣·]\s*|\s*;\s*")
# “1.”, “b)”, “•”, and the short names of outcomes in a course: “LO1:”, “ПРН2.”, “W3 –”
_NAME: Final = r"[A-ZА-ЯІЇЄ]{1,4}[ _-]?\d{1,2}\s?[.:)–-]"
_MARK: Final = re.compile(
    rf"^\s*(?:[-–—*•▪●◦‣]|\(?\d{{1,2}}[.)]|[a-z]\)|{_NAME}|LO\s?\d{{1,2}})\s+"
)
_DASHED: Final = re.compile(r"\s+[-–—]\s+(?=[^\W\d_a-zà-ÿ])")
_NUMBERED: Final = re.compile(rf"(?:(?<=\s)|^)(?:\(?\d{{1,2}}[.)]|\(?[a-h]\)|{_NAME})\s+")
# Signs and letters by which people say that there is nothing to state.
_NOTHING: Final = frozenset(
    {"-", "–", "—", "/", ".", "…", "n/a", "n.a.", "n. a.", "k. a.", "k.a.", "s/o", "s.o.", "x/x"}
)
# What spreadsheets show instead of a result, in the languages of their menus.
_ERRORS: Final = frozenset(
    {
        *("#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!"),
        *("#nv", "#bezug!", "#wert!", "#zahl!", "#valeur!", "#nom?", "#nombre!", "#rif!", "#nd"),
        *("#valore!", "#nome?", "#n/d", "#¡ref!", "#¡valor!", "#¿nombre?", "#¡div/0!", "#¡num!"),
        *("#valor!", "#adr!", "#arg!", "#nazwa?", "#liczba!", "#verw!", "#waarde!", "#naam?"),
        *("#getal!", "#n/b", "#н/д", "#ссылка!", "#знач!", "#имя?", "#дел/0!", "#число!"),
    }
)
_CURRENCY: Final = re.compile(
    r"EUR|USD|GBP|CHF|PLN|CZK|HUF|RON|BGN|SEK|NOK|DKK|ISK|UAH|RSD|TRY|GEL|BAM|MKD|ALL|MDL|AMD|AZN|"
    r"[€£$₴₺₾֏]|[Ee]uros?|zł|Kč|Ft|lei|грн|TL|РСД|ден|лв"
)
_FIGURE: Final = re.compile(r"\d+(?:[ .,’'\u00a0\u202f]\d+)*")
_FURTHER: Final = re.compile(r"(?:\s*[(,:]|\s[-–—]\s).*", re.DOTALL)
_OWN: Final = frozenset({"answers", "stacking"})  # lists of words for codes that no vocabulary has
_STACKING: Final = {"yes": "stackable", "no": "standalone"}
_ASSESSMENTS: Final = re.compile(r"[;\n+]|\s(?:and|und|et|y)\s")
_SHARE: Final = re.compile(r"\(?(?:(?<!\d)(\d{1,3})\s?%|%\s?(\d{1,3})(?!\d))\)?")
_PASSING: Final = re.compile(
    r"(?i)\b(?:pass(?:ed|ing)?|at least|minimum|mindestens|bestehen|bestanden|"
    r"au moins|réussite|al menos|mínimo|aprobar|almeno|minimo|co najmniej|zaliczeni[ae]|minst|"
    r"vähintään|щонайменше|мінімум|najmanje)\b|\bmin\.?\s*\d|[≥>]"
)
_TYPES: Final = frozenset({"knowledge", "skill", "responsibility", "competences"})
_COUNT: Final = re.compile(r"(?<=\D)(\d{1,2})\W*$")  # “Learning outcome 3”
_SHORT: Final = 40  # characters that a yes or no has at most
_MOST: Final = 40  # values that one cell may list


def several(text: str) -> list[str]:
    """Return the values of a cell that lists them in one way or another."""
    return [part.strip() for part in _LIST.split(f"{text}") if part and part.strip()][:_MOST]


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], str]:
    path = files("microcred") / "catalogues" / "tables" / "values.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {
        (row["list"], key(word)): row["code"] for row in rows for word in row["words"].split("|")
    }


@lru_cache(maxsize=2048)
def code_of(listed: str, text: str) -> str:
    """Return the code that a word means, or the word itself for a rule to tell about.

    What stands in brackets, or behind a comma or dash, may say more than the list knows.
    """
    for words in (text, _FURTHER.sub("", text)):
        if listed not in _OWN and (entry := vocabulary(listed).find(words.strip())):
            return entry.code
        if code := _words().get((listed, key(words))):
            return code
    return text.strip()


def type_of(words: str) -> str:
    """Return the type of outcomes that words name, such as knowledge or skills."""
    code = code_of("skill-types", words)
    return code if code in _TYPES else ""


@lru_cache(maxsize=256)
def part_of(heading: str) -> str:
    """Return what tells a heading from those of columns that go on with the same list.

    That is a number, or a type of outcomes: “LO 2”, “Learning outcomes: skills”.
    """
    if count := _COUNT.search(heading):
        return count[1]
    words = heading.split()
    types = (type_of(" ".join(words[start:])) for start in range(len(words)))
    return next(filter(None, types), "")


def _plain(value: Answer, _heading: str) -> Any:
    return " ".join(str(value).split()) if "\n" not in str(value) else str(value).strip()


def _listed(value: Answer, _heading: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", str(value)) if part.strip()][:_MOST]


def _outcomes(value: Answer, heading: str) -> list[dict[str, str]]:
    parts = [part for part in _LINES.split(str(value)) if part and part.strip()]
    if len(parts) == 1 and len(found := _NUMBERED.split(parts[0])) > 2:
        parts = [part for part in found if part.strip()]
    if len(parts) == 1 and len(found := _DASHED.split(parts[0])) > 2:
        parts = found
    # “After the course you will be able to:” announces the list and is none of it.
    if len(parts) > 1 and parts[0].rstrip().endswith((":", "…", "...")):
        parts = parts[1:]
    statements = [_MARK.sub("", part).strip().rstrip(",;") for part in parts[:_MOST]]
    named = (
        {"type": entry.code} if (entry := vocabulary("skill-types").get(part_of(heading))) else {}
    )
    return [
        {"id": f"LO{position}", **named, "statement": text}
        for position, text in enumerate(filter(None, statements), 1)
    ]


def is_nothing(value: Answer) -> bool:
    """Tell whether a cell is filled in only to say that it has no value."""
    words = str(value).strip().casefold()
    return words in _NOTHING or words in _ERRORS


def answer_in(value: Answer) -> str:
    """Return “yes” or “no” where a cell says no more than that, in whatever language."""
    words = str(value).strip().rstrip(".!")[:_SHORT]
    return _words().get(("answers", key(words)), "")


def _measured(value: Answer, heading: str) -> Any:
    """Return a text; a bare figure takes the currency or the unit of time that the heading names.

    “150” below “Price (EUR)” means 150 EUR.
    """
    words, unit = _plain(value, heading), unit_of(heading)
    is_known = is_unit(unit) and size_of(unit) in {"", "duration"}
    return f"{words} {unit}" if is_known and _FIGURE.fullmatch(words) else words


def is_unit(words: str) -> bool:
    """Tell whether words name what is counted: a currency, or the unit of a size."""
    return bool(_CURRENCY.fullmatch(words) or size_of(words))


def _codes_of(listed: str) -> Callable[[Answer, str], list[str]]:
    """Return what reads the codes of a list; “Bosnia and Herzegovina” is one country."""

    def read(value: Answer, _heading: str) -> list[str]:
        lines = re.split(r"[;,/|\n]", str(value))
        known = [[one] if vocabulary(listed).find(one.strip()) else several(one) for one in lines]
        return [code_of(listed, part) for parts in known for part in parts][:_MOST]

    return read


def _fields(value: Answer, _heading: str) -> list[str]:
    words = str(value)
    codes = [_field_of_study(code) for code in re.findall(r"^\d$|\b\d{2,4}\b", words)]
    return codes or [part.strip() for part in re.split(r"[;\n]", words) if part.strip()]


def _field_of_study(code: str) -> str:
    """Return a code with the zeros that a spreadsheet took away, where only one code fits."""
    known = [full for zeros in ("", "0", "00") if vocabulary("isced-f").get(full := zeros + code)]
    return known[0] if len(known) == 1 else code


def _assessment(value: Answer, _heading: str) -> list[dict[str, Any]]:
    cut = [
        part
        for line in _ASSESSMENTS.split(str(value))
        for part in (re.split("[,/]", line) if line.count("%") > 1 else [line])
    ]
    parts = [words for part in cut if (words := _MARK.sub("", part).strip())][:_MOST]
    shares = [_share(part) for part in parts]
    # 80 % may as well be the attendance that is asked for, or what is enough to pass.
    are_weights = all(shares) and sum(shares) == 100 and not _PASSING.search(str(value))
    return [
        {"id": f"A{position}", **_assessed(part, share if are_weights else 0)}
        for position, (part, share) in enumerate(zip(parts, shares, strict=True), 1)
    ]


def _share(part: str) -> int:
    """Return the share with which words begin or end; “in 80 % of the sessions” states none."""
    found = _SHARE.search(part)
    around = (part[: found.start()], part[found.end() :]) if found else ()
    is_apart = any(not words.strip(" .:–-") for words in around)
    return int(found[1] or found[2]) if found and is_apart else 0


def _assessed(words: str, weight: int) -> dict[str, Any]:
    """Return the type of an assessment; a rule asks about one that the list lacks."""
    bare = _SHARE.sub(" ", words).strip(" :–—-")
    code = code_of("assessment-types", bare)
    is_known = vocabulary("assessment-types").get(code) is not None
    if not is_known and not weight:
        bare = code = words  # “Exam (at least 50 %)” is more than “Exam (at least”
    is_type = is_known or (len(bare) <= _SHORT and not answer_in(bare))
    says_more = bool(_FURTHER.search(bare)) or (bare != words and not weight)
    item: dict[str, Any] = {"type": code} if is_type else {}
    if not is_type or (says_more and code != words):
        item["description"] = words
    return item | ({"weight": weight} if weight else {})


def _stacking(value: Answer, _heading: str) -> str:
    """Return the option; a bare yes or no answers whether the course is stackable."""
    answer = code_of("answers", str(value))
    return _STACKING.get(answer) or code_of("stacking", str(value))


def _of(listed: str) -> Callable[[Answer, str], str]:
    return lambda value, _heading: code_of(listed, str(value))


READERS: Final[dict[str, Callable[[Answer, str], Any]]] = {
    "text": _plain,
    "address": _plain,
    "measured": _measured,
    "list": _listed,
    "date": _plain,
    "outcomes": _outcomes,
    "hours": lambda value, _heading: hours_in(value),
    "credits": credits_in,
    "level": level_in,
    "mode": _of("modes"),
    "country": _of("countries"),
    "stacking": _stacking,
    "languages": _codes_of("languages"),
    "countries": _codes_of("countries"),
    "language": lambda value, _heading: code_of("languages", str(value)),
    "fields": _fields,
    "assessment": _assessment,
}
