"""Whether everything that a run was begun with is still what it was."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.tables.mapping import ColumnMap
from microcred.problem import Problem
from microcred.profiles import profile_ids
from microcred.readers.text import shown

__all__ = ["AGAIN", "changed", "digests", "files_of", "state_of"]

Json = dict[str, Any]

AGAIN: Final = "Begin anew with --restart"


def changed(name: str) -> Problem:
    """Return the problem of a file that isn't any more what a run was begun with."""
    return Problem(f"“{shown(name)}” has changed since the run was begun", AGAIN)


def _closed(name: str, error: OSError) -> Problem:
    return Problem(
        f"“{shown(name)}” can’t be opened: {error.strerror}", "Look at the name and the folder"
    )


def files_of(profile: str, registers: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the files that a check reads besides the catalogue.

    Raises:
        Problem: the file of a profile holds none.
    """
    if profile in profile_ids():
        return tuple(registers)
    from microcred.profiles.own import chain

    return (*map(str, chain(Path(profile))), *registers)


def digests(paths: Sequence[str]) -> tuple[str, ...]:
    """Return what tells for each file whether its content is still the same.

    Raises:
        Problem: one can't be read.
    """
    found = []
    for path in paths:
        try:
            with Path(path).open("rb") as stream:
                found.append(hashlib.file_digest(stream, "blake2s").hexdigest())
        except OSError as error:
            raise _closed(path, error) from None
    return tuple(found)


def state_of(source: str, mapping: ColumnMap) -> Json:
    """Return what tells whether a source, and how it is read, are still the same.

    Standard input has nothing that could tell.

    Raises:
        Problem: there is no such source.
    """
    read_as = hashlib.blake2s(repr(asdict(mapping)).encode()).hexdigest()
    state: Json = {"name": Path(source).name, "mapping": read_as}
    if source == "-":
        return state
    try:
        stat = Path(source).stat()
        inside = list(_inside(Path(source))) if Path(source).is_dir() else []
    except OSError as error:
        raise _closed(source, error) from None
    listed = hashlib.blake2s("\n".join(sorted(inside)).encode("utf-8", "replace"))
    when = listed.hexdigest() if inside else stat.st_mtime_ns
    return state | {"size": stat.st_size, "changed": when}


def _inside(folder: Path) -> Iterator[str]:
    """Yield a line for each file of a folder: the folder’s own date tells nothing of them."""
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.endswith(".run")]
        for name in names:
            stat = (Path(path) / name).stat()
            yield f"{path}/{name} {stat.st_size} {stat.st_mtime_ns}"
