"""Which files a command line names: files as they are, and what folders hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from microcred.problem import Problem

__all__ = ["SUFFIXES", "found"]

SUFFIXES: Final = (
    ".yaml",
    ".yml",
    ".json",
    ".jsonld",
    ".jwt",
    ".xlsx",
    ".docx",
    ".ods",
    ".odt",
)

# Hidden files, and what Word and Excel keep beside a file that is open.
_PASSING: Final = (".", "~$")


def found(names: Iterable[str]) -> Iterator[str]:
    """Yield each name that is no folder, and the descriptions in each folder, sorted.

    Raises:
        Problem: a folder can't be opened.
    """
    for name in names:
        if name not in ("", "-") and Path(name).is_dir():
            yield from _inside(name)
        else:
            yield name


def _inside(folder: str) -> Iterator[str]:
    for path, folders, files in os.walk(folder, onerror=_closed):
        # Hidden folders belong to tools, not to authors.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES) and not name.startswith(_PASSING):
                yield str(Path(path) / name)


def _closed(error: OSError) -> None:
    raise Problem(
        f"The folder “{error.filename}” can’t be opened: {error.strerror}",
        "Ask for the right to read it, or name the files that you can read",
    ) from None
