"""A run over a catalogue, from the command line: begun or gone on with, done, and told."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from microcred.catalogues import engines, page, told
from microcred.catalogues.findings import save_findings
from microcred.catalogues.gather import Gathering
from microcred.catalogues.lines import Range
from microcred.catalogues.progress import Progress
from microcred.catalogues.run import WHOLE, Run, begin, opened
from microcred.catalogues.sources import prepared
from microcred.catalogues.summary import summary
from microcred.catalogues.tables.mapping import ColumnMap
from microcred.catalogues.unchanged import changed, digests, files_of, state_of
from microcred.catalogues.unit import Job
from microcred.cli.check import CLEAR, NOT_MET, UNREAD
from microcred.cli.output import columns, in_colour, put, save
from microcred.problem import Problem

__all__ = ["Wanted", "Workers", "begun", "finished", "kept_in", "stopped", "worked"]

Json = dict[str, Any]

_ALONE = 8 * 1024 * 1024  # bytes that one process checks sooner than others have begun


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is written when a run is done."""

    findings: Path | None
    output: Path | None
    format: str
    since: Json | None
    strict: bool
    colour: bool | None


@dataclass(frozen=True, slots=True)
class Workers:
    """Who checks: as many processes as asked for, or a cluster."""

    jobs: int | None
    engine: str = "processes"
    scheduler: str | None = None

    def check(self, run: Run, left: list[Range]) -> engines.Done:
        """Check ranges, and yield each with the number of its records."""
        if self.engine == "dask":
            if not self.scheduler:
                raise Problem(
                    "A cluster needs the address of its scheduler",
                    "Give it with --scheduler, such as tcp://10.0.0.5:8786",
                )
            return engines.on_dask(run.job, left, self.scheduler)
        jobs = self.jobs or _cores()
        if jobs == 1 or (not self.jobs and run.plan.size < _ALONE):
            return engines.in_this_process(run.job, left)
        return engines.in_processes(run.job, left, jobs)


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Tell why what is done can't be kept in *folder*: mostly, its disk is full.

    Raises:
        Problem: it can't be written.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        told = error.strerror if isinstance(error, OSError) else error
        raise Problem(
            f"“{folder}” could not be written: {told}",
            "Make room there and begin again; a check goes on with --resume",
        ) from None


def begun(
    place: Path,
    source: str,
    job: Job,
    mapping: ColumnMap,
    *,
    resume: bool = False,
    restart: bool = False,
) -> Run:
    """Return the run to do: a new one, or one that was stopped.

    Raises:
        Problem: the source can't be read, or the run that was stopped did something else.
    """
    job = replace(job, files=digests(files_of(job.profile, job.registers)))
    state = state_of(source, mapping)
    if (place / "run.json").is_file() and not restart:
        if not resume:
            raise Problem(
                f"“{place}” holds a run that was stopped",
                "Go on with --resume, or begin anew with --restart",
            )
        return opened(place, job, state)
    if resume:
        raise Problem(f"“{place}” holds no run that could go on", "Begin one, without --resume")
    if restart:
        for left in (place / "run.json", place / "parts"):
            _drop(left)
    try:
        with kept_in(place):
            found = prepared(source, place, mapping, lambda line: click.echo(line, err=True))
    except Problem:
        with suppress(OSError):
            place.rmdir()  # made for what can't be read
        raise
    day = job.on or dt.date.today().isoformat()  # noqa: DTZ011 - the day on the reader's own calendar
    return begin(
        place, source, replace(job, path=str(found.path), wrapped=found.wrapped, on=day), state
    )


def _drop(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def worked(run: Run, part: tuple[int, int], workers: Workers) -> Gathering:
    """Check what is left of a run, show how far it is, and return what is gathered of it so far.

    Raises:
        Problem: what is checked was changed meanwhile.
    """
    begun_with = _stamp(run.job.path)
    left = run.missing(part)
    done = sum(figures["records"] for figures in run.tallies())
    sizes = sum(each.end - each.start for each in left)
    gathering = Gathering(run)
    progress = Progress(sys.stderr, run.plan.size, done, run.plan.size - sizes)
    try:
        with kept_in(run.folder):
            for each, count in workers.check(run, left):
                progress.add(each.end - each.start, count)
                if part == WHOLE:
                    gathering.take()
    finally:
        progress.end()
    if _stamp(run.job.path) != begun_with:
        raise changed(run.source)
    return gathering


def _stamp(path: str) -> tuple[int, int] | None:
    """Return what tells whether a file was changed; None where it is gone."""
    try:
        stat = Path(path).stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def stopped(run: Run | None) -> str:
    """Return what somebody reads who has stopped a run."""
    if run is None:
        return "Stopped before a record was checked. Begin again with the same command."
    done = sum(figures["records"] for figures in run.tallies())
    return (
        f"Stopped after {done:,} of {run.plan.lines:,} records; nothing that was done is lost."
        f"\nGo on with the same command and --resume. What was found is in {run.parts}."
    )


def finished(gathering: Gathering, wanted: Wanted) -> int:
    """Compare the records of a run with each other, write what is wanted, return the status."""
    if sys.stderr.isatty() and gathering.run.plan.size > _ALONE:
        click.echo("Comparing the records with each other …", err=True)
    with kept_in(gathering.run.folder):
        outcome = gathering.finished()
    try:
        found = summary(outcome, wanted.since)
        if wanted.findings:
            save_findings(outcome, wanted.findings)
    finally:
        outcome.store.close()
    _put(found, wanted)
    if found["records"]["unread"]:
        return UNREAD
    findings = found["findings"]
    broken = findings["must"] + (wanted.strict and findings["should"] + findings["advice"])
    return NOT_MET if broken else CLEAR


def _put(found: Json, wanted: Wanted) -> None:
    if wanted.format == "json":
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    elif wanted.format == "html":
        text = page.write(found)
    else:
        colour = in_colour(wanted.colour) and (wanted.output is None or wanted.colour is not None)
        text = told.write(found, width=columns(), colour=colour)
    if wanted.output:
        save(wanted.output, text)
    else:
        put(text, for_people=wanted.format == "text")
