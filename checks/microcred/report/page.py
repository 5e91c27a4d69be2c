"""Lines of text within a width, in colour or without: what terminals show."""

from __future__ import annotations

from microcred.report import Status
from microcred.report.characters import width as columns_of
from microcred.report.characters import wrapped
from microcred.report.words import say

__all__ = ["Page"]

_STYLES = {
    "bold": "1",
    "dim": "2",
    "must": "1;31",
    "should": "1;33",
    "advice": "1;36",
    "question": "1;35",
    Status.MET.value: "32",
    Status.NOT_MET.value: "31",
    Status.CANNOT_TELL.value: "35",
}


class Page:
    """Lays lines out within a width, in colour or without."""

    __slots__ = ("colour", "columns", "language", "lines")

    def __init__(self, columns: int, colour: bool, language: str) -> None:
        self.columns, self.colour, self.language = columns, colour, language
        self.lines: list[str] = []

    def say(self, text: str, **values: object) -> str:
        """Return words of the report in the page's language."""
        return say(text, self.language, **values)

    def styled(self, text: str, style: str) -> str:
        """Return *text* in a style, where the page is in colour."""
        code = _STYLES.get(style) if self.colour else None
        return f"\x1b[{code}m{text}\x1b[0m" if code and text else text

    def gap(self) -> None:
        """Leave one empty line."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def add(self, text: str, style: str = "", *, indent: int = 0) -> None:
        """Add a paragraph."""
        for line in wrapped(text, max(self.columns - indent, 20)):
            self.lines.append(" " * indent + self.styled(line, style))

    def hang(self, head: str, text: str, style: str = "", *, indent: int, start: int = 0) -> None:
        """Add a paragraph whose first line has *head* in its margin, or above it if it is long."""
        at = len(self.lines)
        self.add(text, indent=indent)
        if columns_of(head) < indent - start and at < len(self.lines):
            gap = " " * (indent - start - columns_of(head))
            margin = " " * start + self.styled(head, style) + gap
            self.lines[at] = margin + self.lines[at].lstrip(" ")
        else:
            below = self.lines[at:]
            del self.lines[at:]
            self.add(head, style, indent=start)
            self.lines += below
