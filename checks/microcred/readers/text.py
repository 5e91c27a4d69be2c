"""Bytes to text, and text as a message may repeat it."""

from __future__ import annotations

import codecs
import re

from microcred.problem import Problem

__all__ = [
    "UNSEEN",
    "UNSEEN_ENDS",
    "bare",
    "decode",
    "line_at",
    "line_starts",
    "marked",
    "named",
    "position",
    "shown",
    "utf16_by_looks",
]

SHOWN_AT_MOST = 80  # characters of somebody's own text that a message repeats

# What can't stand in a text: control characters, lone surrogates and non-characters.
# The same set as in YAML 1.1 (section 5.1), used for every format.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# Marks of direction and of places to break a line, which come along from web pages; and spaces.
UNSEEN_ENDS = "\u200b\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufeff\xa0 \t\r\n"

_LINE_END = re.compile("\r\n|\n|\r")
_SAVE_AS_UTF8 = "In the editor, choose “Save as” and the encoding UTF-8"
_MARKS = (  # the longer ones first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


def bare(text: str) -> str:
    """Return *text* without the spaces and the unseen marks at its ends."""
    return text.strip().strip(UNSEEN_ENDS)


def shown(text: str) -> str:
    """Return *text* on one short line, with characters that can't be seen written out."""
    # Cut first: escaping takes time that grows with the text.
    words = " ".join(text[: SHOWN_AT_MOST * 4].split())
    cut = len(words) > SHOWN_AT_MOST or len(text) > SHOWN_AT_MOST * 4
    visible = "".join(
        char if char.isprintable() else ascii(char)[1:-1] for char in words[:SHOWN_AT_MOST]
    )
    if cut or len(visible) > SHOWN_AT_MOST:
        return visible[: SHOWN_AT_MOST - 1].rstrip() + "…"
    return visible


def position(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of *offset*, both counted from 1, in characters."""
    line, start = 1, 0
    for end in _LINE_END.finditer(text, 0, offset):
        line, start = line + 1, end.end()
    return line, offset - start + 1


def line_starts(text: str) -> list[int]:
    """Return the offset at which each line begins."""
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


def named(unseen: str) -> str:
    """Return in words a character that can't stand in a text."""
    code = f"U+{ord(unseen):04X}"
    if "\ud800" <= unseen <= "\udfff":
        return f"half of a character ({code})"
    return f"the control character {code}" if unseen < "\xa0" else f"the sign {code}, no character"


def line_at(text: str, number: int) -> str:
    """Return the line with that *number*, or an empty text where there is none."""
    start = 0
    for _ in range(number - 1):
        end = _LINE_END.search(text, start)
        if end is None:
            return ""
        start = end.end()
    end = _LINE_END.search(text, start)
    return text[start : end.start()] if end else text[start:]


def marked(data: bytes) -> str:
    """Return the encoding that a mark at the beginning names; empty where there is no mark."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def utf16_by_looks(data: bytes) -> str:
    """Return which UTF-16 a text without a mark is in; empty where it doesn't look like one.

    Each sign of ASCII, such as a comma, has a zero byte there, before it or behind.
    """
    before, behind = data[:1000:2].count(0), data[1:1000:2].count(0)
    if (before + behind) * 32 <= len(data[:1000]):  # a few zeros are a slip in another encoding
        return ""
    return "utf-16-le" if behind >= before else "utf-16-be"


def decode(data: bytes, save_as: str = _SAVE_AS_UTF8) -> str:
    """Return the text of a file in UTF-8, without the mark that some editors put before it.

    ``save_as`` says how to save it so where it is in another encoding.

    Raises:
        Problem: the bytes are in another encoding, or hold characters that no text has.
    """
    encoding = marked(data)
    if encoding not in ("", "utf-8-sig"):
        raise Problem(f"The file is saved in the encoding {encoding.upper()}, not UTF-8", save_as)
    if (nul := data.find(b"\0")) >= 0:
        raise Problem(
            f"Line {_line(data, nul)} holds a zero byte, so the file isn’t text in UTF-8",
            f"{save_as}, or name the file that holds the description",
        )
    try:
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        words = data[start : start + 320].partition(b"\n")[0].decode("cp1252", "replace")
        raise Problem(
            f"Line {_line(data, error.start)}, “{shown(words)}”, isn’t in the encoding UTF-8",
            save_as,
        ) from None
    if unseen := UNSEEN.search(text):
        line, column = position(text, unseen.start())
        raise Problem(
            f"Line {line}, column {column} holds {named(unseen[0])}",
            "Delete it; it often comes with text that is copied from a PDF or a presentation",
        )
    return text


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
