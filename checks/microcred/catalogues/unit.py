"""The unit of work: check the records of one range and write down what was found.

Every engine runs this same function; what it writes depends on the range and the job alone, so a
range that is done twice, by a worker that died and by the one that took over, is done once.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from microcred.catalogues.lines import Line, Range, lines
from microcred.catalogues.records import dumps, quickly, unwrapped
from microcred.catalogues.tally import Tally
from microcred.catalogues.traits import traits
from microcred.catalogues.unchanged import changed, digests, files_of
from microcred.checking import check_one, checker
from microcred.cli.faults import ADVICE, told
from microcred.credential import Credential
from microcred.description import Description
from microcred.engine import Checker
from microcred.problem import Problem
from microcred.readers import bounds, read, recognise
from microcred.readers.envelopes import is_foreign
from microcred.registers import read_all
from microcred.report import Checked, Finding, Unread

__all__ = ["Job", "check_range", "part_name", "ready_for"]

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


class _Judged(NamedTuple):
    """A record that was read: what the rules saw, and what they found."""

    description: Description
    findings: list[Json]


def part_name(number: int, ending: str) -> str:
    """Return the name of a part of the outcome."""
    return f"{number:06d}.{ending}"


def check_range(job: Job, part: Range) -> int:
    """Check the records of *part* and return how many there were.

    Two files hold what was found, a third the figures; the third comes last and says that the
    range is done.
    """
    ready, tally = ready_for(job), Tally()
    folder, mark = Path(job.folder), uuid.uuid4().hex[:8]
    found, kept = (folder / f"{part_name(part.number, name)}.{mark}" for name in ("found", "kept"))
    with found.open("wb") as findings, kept.open("wb") as records:
        for line in lines(Path(job.path), part):
            kept_as, told = _one(line, job, ready, tally)
            records.write(dumps(kept_as) + b"\n")
            for finding in told:
                findings.write(dumps(finding) + b"\n")
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


def _one(line: Line, job: Job, ready: Checker, tally: Tally) -> tuple[list[Any], list[Json]]:
    """Return what is kept of a record, and what was found in it."""
    place, content = f"line {line.number}", line.content
    cells: dict[str, str] = {}
    try:
        if content is None:
            raise bounds.too_large()
        if job.wrapped:
            place, content, cells = unwrapped(content)
            if content.startswith(b"!"):
                message, _, fix = content[1:].decode().partition("\t")
                raise Problem(message, fix)
        judged = _judged(content, cells, job.kind, ready)
        about = traits(judged.description)
        counts = tally.add(judged.description, judged.findings)
    except Problem as problem:
        return _unread(line, place, problem, tally)
    except Exception as fault:
        # A fault of ours must not cost the other records their check.
        if os.environ.get("MICROCRED_TRACEBACK"):
            raise
        return _unread(line, place, Problem(f"{told(fault)} in this record", ADVICE), tally)
    head = {"record": about.id or None, "at": place, "line": line.number}
    return [line.number, line.start, place, *counts, *about], [
        head | finding for finding in judged.findings
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


def _judged(line: bytes, cells: dict[str, str], kind: str | None, ready: Checker) -> _Judged:
    data = quickly(line)
    if data is None or ("microcred" not in data and is_foreign(data)):
        return _with_care(line, cells, kind, ready)
    data = recognise.ours(data)
    if "x-worksheet" in data:
        return _with_care(line, cells, kind, ready)
    kind = kind or recognise.kind_of(data)
    judged = ready.judge(data, kind)
    hits = [hit for hit in judged.hits if hit.verdict.message is not None]
    if not hits:
        return _Judged(judged.description, [])
    credential = Credential(data, kind, "json", "", True, lambda _: None)
    found = [ready.finding(hit, credential) for hit in hits]
    return _Judged(judged.description, [_told(finding, cells) for finding in found])


def _with_care(line: bytes, cells: dict[str, str], kind: str | None, ready: Checker) -> _Judged:
    credential = replace(read(line, kind=kind, name="record.json"), source="")
    checked = check_one(credential, ready)
    if isinstance(checked, Unread):
        raise Problem(checked.message, checked.fix)
    description = Description(credential.data, credential.kind, ready.on, ready.profile)
    return _Judged(description, list(_all(checked, cells)))


def _all(checked: Checked, cells: dict[str, str]) -> Iterator[Json]:
    for finding in checked.findings:
        yield _told(finding, cells)


def _told(finding: Finding, cells: dict[str, str]) -> Json:
    rule = finding.rule
    told: Json = {
        "rule": rule.id,
        "level": finding.level.value,
        "outcome": finding.outcome.value,
        "element": rule.element,
        "pointer": finding.pointer,
        "message": finding.message.text(),
        "fix": finding.fix.text(),
    }
    if cells and (cell := _cell(finding.pointer, cells)):
        told["where"] = cell
    return told


def _cell(pointer: str, cells: dict[str, str]) -> str:
    """Return the cell that the value at *pointer*, or around it, was read from."""
    while pointer and pointer not in cells:
        below = next((cells[name] for name in cells if name.startswith(pointer + "/")), "")
        if below:
            return below
        pointer = pointer.rpartition("/")[0]
    return cells.get(pointer, "")
