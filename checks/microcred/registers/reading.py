"""From CSV files to registers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from microcred.problem import Problem
from microcred.registers.columns import columns, likely, told
from microcred.registers.names import spelling
from microcred.registers.register import Register
from microcred.registers.table import MAX_BYTES, table

__all__ = ["read_all", "read_register"]

_REGISTER: Final = re.compile(r"\b[Tt]he register\b")  # which is told by its name


def read_register(
    source: str | os.PathLike[str] | bytes,
    name: str = "",
    wanted: Iterable[str] = (),
    *,
    all_wanted: bool = True,
) -> Register:
    """Return the register in a CSV file, or in its bytes.

    Args:
        source: path of the file, or its content.
        name: what the register is called in reports; the file's name if left out.
        wanted: which column says what, where the headings don't tell: “name=Nazwa”.
        all_wanted: whether each of these columns has to be there.

    Raises:
        Problem: it can't be read, passes a bound, or holds neither names nor numbers.
    """
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    called = name or ("register" if isinstance(source, bytes) else Path(source).name)
    try:
        asked = told(wanted)
        listed = table(data, lambda cells: likely(cells) + _asked(cells, asked))
        used = columns(listed.headings, asked if all_wanted else _there(listed.headings, asked))
    except Problem as problem:
        message = _REGISTER.sub(lambda it: f"{it[0]} “{called}”", problem.message, count=1)
        raise Problem(message, problem.fix) from None
    return Register(called, used, listed.rows, listed.notes)


def read_all(paths: Sequence[str], wanted: Sequence[str] = ()) -> list[Register]:
    """Return the registers in several files; a column that is wanted is in one of them at least.

    Raises:
        Problem: one can't be read, or none has a column that is wanted.
    """
    if wanted and not paths:
        raise Problem(
            "Columns are named for a register, and no register is given",
            "Add --register with the file",
        )
    found = [read_register(path, wanted=wanted, all_wanted=len(paths) == 1) for path in paths]
    there = {spelling(heading) for register in found for heading in register.columns.headings}
    for heading in (heading for headings in told(wanted).values() for heading in headings):
        if spelling(heading) not in there:
            raise Problem(
                f"None of the registers has a column “{heading}”",
                "Write the heading as one of the files has it",
            )
    return found


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Problem(
            f"The register “{path}” can’t be read: {error.strerror}", "Name a CSV file"
        ) from None


def _asked(cells: tuple[str, ...], wanted: Mapping[str, tuple[str, ...]]) -> int:
    plain = {spelling(heading) for headings in wanted.values() for heading in headings}
    return sum(spelling(cell) in plain for cell in cells)


def _there(
    headings: tuple[str, ...], wanted: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    plain = set(map(spelling, headings))
    kept = {
        role: tuple(heading for heading in named if spelling(heading) in plain)
        for role, named in wanted.items()
    }
    return {role: named for role, named in kept.items() if named}
