"""The one exception whose text is written for the person who reads it."""

from __future__ import annotations

__all__ = ["Problem"]


class Problem(Exception):
    """Something that stops the work, told in two sentences without their full stops.

    ``message`` says what is so, ``fix`` what to do about it.
    """

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message, fix)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return " ".join(f"{sentence}." for sentence in (self.message, self.fix) if sentence)
