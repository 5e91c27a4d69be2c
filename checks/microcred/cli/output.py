"""Where the text of a command goes: the terminal, a pipe or a file."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from microcred.problem import Problem

__all__ = ["apart", "columns", "in_colour", "put", "save", "unused", "writable"]

NARROWEST, WIDEST = 40, 80

# For consoles that know only a part of Unicode: a sign that says nearly the same.
_PLAIN: Final = str.maketrans(
    {
        "✓": "+",
        "✗": "x",
        "–": "-",
        "·": "-",
        "›": ">",
        "…": "...",
        "“": '"',
        "”": '"',
        "’": "'",
        "‘": "'",
        "→": "->",
    }
)


def in_colour(asked: bool | None) -> bool:
    """Tell whether text is coloured: as asked, else as the environment and the terminal say."""
    if asked is not None:
        return asked
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    # Of the consoles of Windows, its Terminal is the one that surely understands colours.
    knows = os.environ.get("WT_SESSION") if os.name == "nt" else os.environ.get("TERM") != "dumb"
    return _is_terminal() and bool(knows)


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def columns() -> int:
    """Return how wide text may be."""
    if not _is_terminal():
        return WIDEST
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def put(text: str, *, for_people: bool = True) -> None:
    """Write *text* to standard output; what programs read is UTF-8, whatever the console is.

    Raises:
        Problem: it can't be written.
    """
    if sys.stdout is None:
        return
    try:
        if for_people or not hasattr(sys.stdout, "buffer"):
            sys.stdout.write(_showable(text))
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough, as `head` does; nothing more is written, even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Problem(
            f"The output could not be written: {error.strerror}", "Make room, or write it elsewhere"
        ) from None


def _showable(text: str) -> str:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return text.translate(_PLAIN)
    return text


def writable(name: str, inputs: Iterable[str]) -> Path:
    """Return the path of a file that may be written: in a folder that exists, and no input.

    Raises:
        Problem: it must not or can't be written.
    """
    path = Path(name)
    if path.is_dir():
        raise Problem(f"“{name}” is a folder", "Name a file to write")
    if not path.parent.is_dir():
        raise Problem(
            f"The folder “{path.parent}” doesn’t exist", "Make the folder first, or name another"
        )
    for other in inputs:
        with suppress(OSError):
            if path.samefile(other):
                raise Problem(
                    f"“{name}” is one of the files that are read, and would be lost",
                    "Give the report another name",
                )
    return path


def apart(path: Path | None, other: Path | None) -> None:
    """Make sure that two files that are to be written aren't one.

    Raises:
        Problem: the second would replace the first.
    """
    if path and other and path.resolve() == other.resolve():
        raise Problem(f"“{path}” is named for two files", "Give each of them a name of its own")


def unused(name: str) -> Path:
    """Return the path of a file that doesn't exist yet.

    Raises:
        Problem: it exists, or can't be written.
    """
    path = writable(name, ())
    if path.exists():
        raise Problem(f"“{name}” is there already", "Name a new file, so that nothing is lost")
    return path


def save(path: Path, text: str | bytes) -> None:
    """Write *text*, as UTF-8, or bytes to *path*: wholly or, where that fails, not at all.

    Raises:
        Problem: it can't be written.
    """
    content = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or a pipe: there is nothing to replace
        else:
            _replace(path.resolve(), content)
    except OSError as error:
        raise Problem(
            f"“{path}” could not be written: {error.strerror}", "Name a file that can be written"
        ) from None


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}")
    try:
        beside.write_bytes(content)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
