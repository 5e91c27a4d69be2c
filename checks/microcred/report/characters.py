"""How wide characters are, where lines break, and which characters must not get through."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

__all__ = ["ending", "sentence", "visible", "width", "wrapped"]

# Characters that change the direction of everything after them, and so can hide text.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Return *text* on one line, with characters that steer a terminal written out as codes."""
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    return "".join(_written_out(char) for char in text)


def _written_out(char: str) -> str:
    if unicodedata.category(char) in {"Cc", "Cs"} or char in _OVERRIDES:
        return f"\\u{ord(char):04x}"
    return char


def sentence(text: str) -> str:
    """Return *text*, closed by a full stop where nothing closes it yet."""
    text = visible(text)
    return text if not text or text[-1] in ".?!…:" else f"{text}."


def width(text: str) -> int:
    """Return how many columns *text* takes in a terminal, as well as can be told."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def ending(text: str, columns: int) -> str:
    """Return as much of the end of *text* as fits, which tells more of a path than its start."""
    if width(text) <= columns:
        return text
    while width(text) >= columns:
        text = text[1:]
    return f"…{text}"


def wrapped(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of *text*, none wider than *columns*; words that are too long are cut."""
    line, used = "", 0
    for word in _pieces(text, columns):
        size = width(word)
        if line and used + 1 + size > columns:
            yield line
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    if line:
        yield line


def _pieces(text: str, columns: int) -> Iterator[str]:
    for word in text.split():
        piece, used = "", 0
        for char in word:
            size = _columns(char)
            if used + size > columns and piece:
                yield piece
                piece, used = "", 0
            piece, used = piece + char, used + size
        yield piece
