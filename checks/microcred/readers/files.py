"""The bytes of a file or of standard input, never more than the bound."""

from __future__ import annotations

import difflib
import errno
import os
import stat
import sys
from itertools import islice
from pathlib import Path
from typing import Final

from microcred.problem import Problem
from microcred.readers.bounds import MAX_BYTES, too_large
from microcred.readers.text import shown

__all__ = ["PASSING", "SUFFIXES", "bounded", "content", "printable", "standard_input"]

# How names end of files that are taken for descriptions wherever many files lie together.
SUFFIXES: Final = (
    *(".yaml", ".yml", ".json", ".jsonld", ".jwt"),
    *(".xlsx", ".docx", ".ods", ".odt"),
)
# How names begin of what belongs to tools, and of what office software keeps beside an open file.
PASSING: Final = (".", "~$")

# Where a shell puts what another command writes: `microcred check <(command)`.
_SHELL_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")

_NAMES_LOOKED_AT = 2_000  # in a folder, to find the one that is meant


def bounded(data: bytes) -> bytes:
    """Return *data*, unless it is larger than what is read."""
    if len(data) > MAX_BYTES:
        raise too_large()
    return data


def printable(path: str) -> str:
    """Return *path* so that it can be shown and encoded anywhere."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in path)


def standard_input() -> bytes:
    """Return what is written to standard input."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise Problem("There is no standard input here", "Name a file instead")
    try:
        return bounded(stream.read(MAX_BYTES + 1))
    except (OSError, ValueError):
        raise Problem("Standard input can’t be read", "Name a file instead") from None


def content(path: str) -> bytes:
    """Return the content of the file at *path*.

    Raises:
        Problem: there is no such file, it may not be read, is no file, or is too large.
    """
    if not path:
        raise Problem("The name of the file is empty", "Name a file, or - for standard input")
    name = shown(printable(path))
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise _folder(name)
        if not (stat.S_ISREG(mode) or stat.S_ISCHR(mode) or path.startswith(_SHELL_PIPES)):
            # Opening a pipe that nobody writes to would wait for ever.
            raise Problem(f"“{name}” is a pipe or device, not a file", "Name a file")
        with Path(path).open("rb") as stream:
            return bounded(stream.read(MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        raise _unreadable(path, name, error) from None


def _folder(name: str) -> Problem:
    return Problem(
        f"“{name}” is a folder", f"Name the files in it, such as {name.rstrip('/')}/*.yaml"
    )


def _unreadable(path: str, name: str, error: OSError | ValueError) -> Problem:
    number = getattr(error, "errno", None)
    if number == errno.ENOENT and Path(path).is_symlink():
        return Problem(
            f"“{name}” is a link to a file that doesn’t exist", "Name the file that is meant"
        )
    if number in (errno.ENOENT, errno.ENOTDIR):
        return Problem(f"There is no file “{name}”", _near(path))
    if number in (errno.EACCES, errno.EPERM):
        return Problem(
            f"The file “{name}” may not be read by the current user",
            "Change its permissions, or copy it to a folder of yours",
        )
    if number == errno.ENAMETOOLONG or number is None:
        return Problem(
            f"“{name}” can’t be the name of a file",
            "Name a file; to read a text, write it to standard input and name - as the file",
        )
    reason = shown(os.strerror(number)) if number else "unknown reason"
    return Problem(
        f"The file “{name}” can’t be read: {reason}", "Copy it to another place and try again"
    )


def _near(path: str) -> str:
    wanted = Path(path)
    try:
        names = [entry.name for entry in islice(wanted.parent.iterdir(), _NAMES_LOOKED_AT)]
    except (OSError, ValueError):
        return "Look at the name of the folder, and at the folder where the command runs"
    near = difflib.get_close_matches(wanted.name, names, n=1, cutoff=0.7)
    if near:
        return f"Name “{shown(printable(str(wanted.with_name(near[0]))))}”, if that is meant"
    return "Look at the spelling, and at the folder where the command runs"
