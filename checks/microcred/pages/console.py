"""Sessions of the command line in the guidance: what is typed, and what is printed then."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from microcred.pages.markdown import walk

__all__ = ["LEFT_OUT", "Session", "fits", "printed", "sessions"]

LEFT_OUT: Final = "…"  # a line that stands for any number of lines
_PROMPT: Final = "$ microcred "


@dataclass(frozen=True, slots=True)
class Session:
    """A command in a page, its last line, and the lines that the page shows below it."""

    page: str
    line: int
    command: str
    shown: tuple[str, ...]

    @property
    def id(self) -> str:
        """Return the place of the command, as a person would open it in an editor."""
        return f"{self.page}:{self.line}"


def sessions(text: str, page: str) -> Iterator[Session]:
    """Yield each command of *text*, the content of *page*, below which something is printed."""
    for token, line in walk(text):
        if token.type == "fence" and token.info.strip() == "console":
            yield from _of(token.content.rstrip("\n").split("\n"), page, line + 2)


def _of(lines: list[str], page: str, first: int) -> Iterator[Session]:
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        last = start
        while last + 1 < end and lines[last].endswith("\\"):
            last += 1
        command = " ".join(line.removesuffix("\\").strip() for line in lines[start : last + 1])
        shown = tuple(lines[last + 1 : end])
        while shown and not shown[-1].strip():
            shown = shown[:-1]
        if shown and command.startswith(_PROMPT):
            yield Session(page, first + last, command.removeprefix("$ "), shown)


def printed(command: str, root: Path) -> tuple[str, ...]:
    """Return the lines that *command* prints today when it is typed in the folder *root*."""
    from microcred.cli import main

    told = StringIO()
    with chdir(root), redirect_stdout(told), redirect_stderr(told):
        main(shlex.split(command)[1:])
    return tuple(line.rstrip() for line in told.getvalue().rstrip("\n").split("\n"))


def fits(shown: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Tell whether the lines of a page are those that were printed, but for what is left out."""
    if not shown:
        return not found
    if shown[0].strip() == LEFT_OUT:
        return any(fits(shown[1:], found[start:]) for start in range(len(found) + 1))
    return bool(found) and shown[0].rstrip() == found[0] and fits(shown[1:], found[1:])
