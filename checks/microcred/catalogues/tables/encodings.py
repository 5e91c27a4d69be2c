"""Which encoding a table is in that isn’t in UTF-8: as Excel saves it in different countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from microcred.catalogues.tables.columns import guessed
from microcred.readers.text import marked, utf16_by_looks

__all__ = ["encoding_of", "looks_like"]

# In the order in which they are preferred where the text fits several.
_OLDER: Final = {
    "cp1252": "Windows-1252 (western Europe)",
    "cp1250": "Windows-1250 (central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1257": "Windows-1257 (Baltic)",
    "mac-roman": "Mac Roman",
    "cp850": "DOS 850 (western Europe)",
    "cp852": "DOS 852 (central Europe)",
}
# Letters that the languages of an encoding hardly have, and that its neighbours turn into.
_RARE: Final = {
    "cp1252": re.compile("[¹³£¥¯ªºšžŸŠŽìþðýÞÐÝ¿](?!$)|õ(?!e)"),
    # Two of ý, đ and ţ stand in no word of central Europe, nor does one of them beside ö or ü.
    "cp1250": re.compile(
        "[ŕĺľŔĹç]|^(?i:(?=.*ý)(?=.*[đţ])|(?=.*đ)(?=.*ţ)|(?=.*[ýđţ])(?=.*[öü]))", re.DOTALL
    ),
    "cp1254": re.compile("[¹³£¥¯ªº¿](?!$)|[^\\W\\d_a-zA-ZçğıöşüâîûÇĞİÖŞÜÂÎÛ]"),
}
_LINES: Final = 40
_WORD: Final = re.compile(r"[^\s;,\t|\"'()/]+")


def encoding_of(start: bytes) -> str:
    """Return the encoding that the first bytes of a text show; UTF-8 where they show none."""
    return marked(start) or utf16_by_looks(start) or "utf-8-sig"


def looks_like(start: bytes) -> tuple[str, str]:
    """Return the older encoding that a text seems to be in, and what people call it.

    It is the one in which most headings are known and the fewest words look odd. That is a guess,
    for a person to confirm.
    """
    best = max(_OLDER, key=lambda name: _fit(start, name))
    return best, _OLDER[best]


def _fit(start: bytes, encoding: str) -> tuple[int, int]:
    text = start.decode(encoding, "replace")
    lines = text.splitlines()[:_LINES]
    known = max((_known(line) for line in lines), default=0)
    words, rare = _WORD.findall(text), _RARE.get(encoding)
    odd = sum(_is_odd(word) for word in words)
    return known, -odd - sum(bool(rare and rare.search(word)) for word in words)


def _known(line: str) -> int:
    """Return how many headings of a line are known beyond doubt."""
    cells = dict(enumerate(re.split(r"[;,\t|]", line)[:60]))
    return sum(bool(column.field) and column.sure for column in guessed(cells, slips=False))


def _is_odd(word: str) -> bool:
    """Tell whether letters stand beside each other that hardly ever do in one word."""
    if word.isascii():
        return False
    for before, sign, after in _threes(word):
        if before.isalpha() and after.isalpha() and not sign.isalpha() and not sign.isascii():
            return True  # such as ¹ or ¿ inside a word
        if before.islower() and sign.isupper() and not sign.isascii():
            return True
        other = _other(before, sign)
        if other and {_script(before), _script(sign)} == {"LATIN", other}:
            return True
    accented = re.search(r"[^\W\d_a-zA-Z]{3}", word)
    return accented is not None and _script(accented[0][0]) == "LATIN"


def _threes(word: str) -> Iterator[tuple[str, str, str]]:
    padded = f"{word} "
    return zip(word, padded[1:], f"{padded[2:]} ", strict=False)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def _other(*letters: str) -> str:
    """Return the script other than Latin that is among some letters, or an empty text."""
    return next((script for one in letters if (script := _script(one)) not in ("", "LATIN")), "")
