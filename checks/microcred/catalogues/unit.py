"""The unit of work: check the records of one range and write down what was found.

Every engine runs this same function; what it writes depends on the range and the job alone, so a
range that is done twice, by a worker that died and by the one that took over, is done once.
"""

from __future__ import annotations

import gc
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.judging import Judged, judged, safely
from microcred.catalogues.lines import Line, Range, lines
from microcred.catalogues.records import dumps
from microcred.catalogues.tally import Tally
from microcred.catalogues.traits import traits
from microcred.catalogues.unchanged import changed, digests, files_of
from microcred.checking import checker
from microcred.engine import Checker
from microcred.problem import Problem
from microcred.registers import read_all
from microcred.walk import TOGETHER

__all__ = ["Job", "check_range", "part_name", "ready_for", "uncollected"]

Json = dict[str, Any]

_WHERE: Final = re.compile(r"(?i:line) 1, column (\d+)")


@dataclass(frozen=True, slots=True)
class Job:
    """What a run does to each record, and where the outcome goes; the same for every worker."""

    path: str  # a file with one record a line
    folder: str  # where the parts are written
    wrapped: bool  # the lines were made from another source, and say their place there
    profile: str
    on: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    kind: str | None = None
    registers: tuple[str, ...] = ()  # lists of providers, and which of their columns say what
    columns: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # what tells whether profile and lists are still the same


def part_name(number: int, ending: str) -> str:
    """Return the name of a part of the outcome."""
    return f"{number:06d}.{ending}"


@contextmanager
def uncollected() -> Iterator[None]:
    """Don't look for objects that hold each other: records make none, and hold much to look at."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@uncollected()
def check_range(job: Job, part: Range) -> int:
    """Check the records of *part* and return how many there were.

    Two files hold what was found, a third the figures; the third comes last and says that the
    range is done.
    """
    ready, tally = ready_for(job), Tally()
    folder, mark = Path(job.folder), uuid.uuid4().hex[:8]
    found, kept = (folder / f"{part_name(part.number, name)}.{mark}" for name in ("found", "kept"))
    with found.open("wb") as findings, kept.open("wb") as records:
        read = lines(Path(job.path), part)
        while some := list(islice(read, TOGETHER)):
            outcomes = judged(some, ready, job.kind, wrapped=job.wrapped)
            rows = []
            for line, (place, outcome) in zip(some, outcomes, strict=True):
                row, told = _kept(line, place, outcome, tally)
                rows.append(row)
                findings.writelines(dumps(finding) + b"\n" for finding in told)
            records.write(dumps(rows) + b"\n")  # many a line: to read each alone is dearer
    for written in (found, kept):
        written.replace(written.with_suffix(""))
    figures = folder / f"{part_name(part.number, 'json')}.{mark}"
    figures.write_bytes(dumps(tally.as_data()))
    figures.replace(figures.with_suffix(""))
    return tally.records


@lru_cache(maxsize=2)
def ready_for(job: Job) -> Checker:
    """Return the checker of a job; what it needs is read once in each process.

    Raises:
        Problem: a file that it needs isn't what it was when the run was begun.
    """
    paths = files_of(job.profile, job.registers)
    for path, before, now in zip(paths, job.files, digests(paths), strict=False):
        if before != now:
            raise changed(path)
    lists = read_all(job.registers, job.columns)
    return checker(job.profile, job.on, job.select, job.ignore, lists)


def _kept(
    line: Line, place: str, outcome: Judged | Problem, tally: Tally
) -> tuple[list[Any], list[Json]]:
    """Return what is kept of a record, and the findings to write."""
    if isinstance(outcome, Problem):
        return _unread(line, place, outcome, tally)
    noted = safely(
        lambda: (traits(outcome.description), tally.add(outcome.description, outcome.findings))
    )
    if isinstance(noted, Problem):
        return _unread(line, place, noted, tally)
    about, counts = noted
    head = {"record": about.id or None, "at": place, "line": line.number}
    return [line.number, line.start, place, *counts, *about], [
        head | finding for finding in outcome.findings
    ]


def _unread(line: Line, place: str, problem: Problem, tally: Tally) -> tuple[list[Any], list[Json]]:
    tally.add_unread()
    finding = {
        "at": place,
        "line": line.number,
        "outcome": "unread",
        "message": _WHERE.sub(r"column \1", problem.message),
        "fix": problem.fix,
    }
    return [line.number, line.start, place], [finding]
