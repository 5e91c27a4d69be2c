"""Which files a command line names: files as they are, and what folders hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from microcred.messages import named
from microcred.problem import Problem
from microcred.readers.files import PASSING, SUFFIXES

__all__ = ["found"]

# What may be a description as well, and mostly is something else.
_MAYBE: Final = (
    *(".csv", ".tsv", ".jws", ".png", ".svg", ".xlsm"),
    *(".doc", ".xls", ".rtf", ".pdf", ".jsonl", ".zip"),
)


def found(names: Iterable[str]) -> Iterator[str]:
    """Yield each name that is no folder, and the descriptions in each folder, sorted.

    Files in a folder that may be descriptions, and aren't taken for any, are named to the person.

    Raises:
        Problem: a folder can't be opened.
    """
    for name in names:
        if name not in ("", "-") and Path(name).is_dir():
            yield from _inside(name)
        else:
            yield name


def _inside(folder: str) -> Iterator[str]:
    others: list[str] = []
    for path, folders, files in os.walk(folder, onerror=_closed):
        # Hidden folders belong to tools, not to authors.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith(PASSING):
                continue
            if name.lower().endswith(SUFFIXES):
                yield str(Path(path) / name)
            elif name.lower().endswith(_MAYBE):
                others.append((Path(path) / name).relative_to(folder).as_posix())
    if others:
        told = f"Not looked into in the folder “{folder}”: {named(others)}."
        click.echo(f"{told} Name a file itself to have it checked.", err=True)


def _closed(error: OSError) -> None:
    raise Problem(
        f"The folder “{error.filename}” can’t be opened: {error.strerror}",
        "Ask for the right to read it, or name the files that you can read",
    ) from None
