"""Names of providers in the form in which they are compared, and how far two are apart."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

__all__ = ["domain", "number", "spelling", "word_list", "words"]

_WORD: Final = re.compile(r"[^\W_]+")
# DEQAR writes DEQARINST0382, and 382 in the address of the same institution.
_DEQAR: Final = re.compile(r"(?:DEQARINST|deqar\.eu/institutions?/)\s*0*(\d{1,9})\b", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

# Letters that don't fall apart into a plain letter and a mark.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'"}
)

# Letter for letter after the usual romanisations, which is enough to compare names.
_ROMAN: Final = str.maketrans(
    dict(zip("абвгґдезиклмнопрстуфъыэіјћђ", "abvggdeziklmnoprstufayeijcd", strict=True))
    | dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstyfo", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "yu"}
    | {"я": "ya", "є": "ye", "љ": "lj", "њ": "nj", "џ": "dz", "θ": "th", "ξ": "x"}
    | {"χ": "ch", "ψ": "ps"}
)


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    text = (files(__package__) / "words.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        listed = found.setdefault(row["kind"], {})
        for word in row["words"].split("|"):
            listed.setdefault(spelling(word) or word, row["code"] or word)
    return found


def word_list(kind: str) -> dict[str, str]:
    """Return the words of one kind, such as ``refused``, each with the word it stands for."""
    return _tables()[kind]


@lru_cache(maxsize=65536)
def spelling(text: str) -> str:
    """Return *text* in Latin letters without case, marks and punctuation."""
    lowered = text.casefold()
    if not lowered.isascii():
        apart = unicodedata.normalize("NFKD", lowered.translate(_PLAIN))
        lowered = "".join(char for char in apart if not unicodedata.combining(char))
        lowered = lowered.translate(_ROMAN).translate(_PLAIN)
    return " ".join(_WORD.findall(lowered))


def words(text: str) -> frozenset[str]:
    """Return the words that tell one provider from another, in no order.

    Legal forms, small words and what stands in brackets are left out; general words such as
    “university” are the same in every language.
    """
    general, small = word_list("general"), word_list("stop")
    plain = spelling(_BRACKETS.sub(" ", text)) or spelling(text)
    for form in word_list("legal"):
        if " " in form:
            plain = f"{plain} ".replace(f" {form} ", " ").strip()
    return frozenset(
        general.get(word, word)
        for word in plain.split()
        if word not in small and word not in word_list("legal")
    )


def number(text: str) -> str:
    """Return an identifier without case and separators; of an address, its last part."""
    if found := _DEQAR.search(text):
        return f"deqarinst{int(found[1])}"
    if "://" in text:
        text = text.rstrip("/").rpartition("/")[2]
    return "".join(char for char in text.casefold() if char.isalnum())


def domain(address: str) -> str:
    """Return the host of a web address without www, or nothing where there is none."""
    host = address.strip().casefold().partition("://")[2] or address.strip().casefold()
    host = host.split("/")[0].split("?")[0].split(":")[0].removeprefix("www.")
    return host if "." in host and " " not in host else ""
