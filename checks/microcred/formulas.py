"""Cells of a table as text: none may be taken for a formula by the spreadsheet that opens it."""

from __future__ import annotations

from typing import Final

__all__ = ["guarded", "unguarded"]

# How a formula starts for one spreadsheet or another (OWASP, CSV injection).
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARD: Final = "'"


def guarded(text: str) -> str:
    """Return *text* with a mark before it where a spreadsheet would compute it."""
    return _GUARD + text if text.startswith(_STARTS) else text


def unguarded(text: str) -> str:
    """Return a text without that mark."""
    return text[1:] if text.startswith(_GUARD) and text[1:].startswith(_STARTS) else text
