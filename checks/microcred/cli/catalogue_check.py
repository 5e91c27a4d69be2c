"""``microcred catalogue check`` and ``merge``: from a catalogue to findings and a summary."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click

from microcred.catalogues import engines, page, told
from microcred.catalogues.findings import form_of, save_findings
from microcred.catalogues.gather import gathered
from microcred.catalogues.lines import Range
from microcred.catalogues.progress import Progress
from microcred.catalogues.run import Run, begin, merged, opened
from microcred.catalogues.sources import prepared, state_of
from microcred.catalogues.summary import earlier, summary
from microcred.catalogues.tables.mapping import ColumnMap, read_mapping
from microcred.catalogues.unit import Job
from microcred.checking import checker
from microcred.cli import options
from microcred.cli.check import CLEAR, NOT_MET, NOTHING, UNREAD, ids
from microcred.cli.output import columns, in_colour, put, save, writable
from microcred.problem import Problem
from microcred.registers import read_all
from microcred.rule import KINDS

__all__ = ["check", "merge"]

Json = dict[str, Any]

FORMATS: Final = ("text", "json", "html")
_ENDINGS: Final = {".json": "json", ".html": "html", ".htm": "html"}
_ALONE: Final = 8 * 1024 * 1024  # bytes that one process checks sooner than others have begun
_SHARD: Final = re.compile(r"([1-9]\d{0,4})/([1-9]\d{0,4})")
STOPPED: Final = 130


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is written when a run is done."""

    findings: Path | None
    output: Path | None
    format: str
    since: Json | None
    strict: bool
    colour: bool | None


@dataclass(frozen=True, slots=True)
class _Workers:
    """Who checks: as many processes as asked for, or a cluster."""

    jobs: int | None
    engine: str
    scheduler: str | None

    def check(self, run: Run, left: list[Range]) -> engines.Done:
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


def _written(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what is written."""
    for option in reversed(
        (
            click.option(
                "--findings",
                metavar="FILE",
                help="Write each finding; the ending says how: .jsonl, .csv, .sqlite or .parquet.",
            ),
            click.option("--output", metavar="FILE", help="Write the report to a file."),
            click.option(
                "--format", type=click.Choice(FORMATS), help="Form of the report.  [default: text]"
            ),
            click.option("--since", metavar="FILE", help="Report of an earlier run, in JSON."),
            click.option("--strict", is_flag=True, help="Exit with 1 if any rule is not met."),
            click.option("--color/--no-color", "--colour/--no-colour", "colour", default=None),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--kind", type=click.Choice(KINDS), help="What the records are, if they don't say.")
@click.option("--profile", default="eu-2022", show_default=True, metavar="ID|FILE")
@click.option("--on", metavar="DATE", help="Day of the check.  [default: today]")
@click.option("--select", multiple=True, callback=ids, metavar="IDS", help="Only these rules.")
@click.option("--ignore", multiple=True, callback=ids, metavar="IDS", help="Not these rules.")
@options.register
@options.register_columns
@click.option("--map", "mapping", metavar="FILE", help="How the columns of a table are read.")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook.  [default: all with records]")
@click.option("--encoding", metavar="NAME", help="Encoding of a CSV file that isn't UTF-8.")
@click.option("--jobs", type=click.IntRange(1, 512), help="Processes.  [default: all cores]")
@click.option("--run", "folder", metavar="FOLDER", help="Where the run keeps what is done.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option("--restart", is_flag=True, help="Drop a run that was stopped, and begin anew.")
@click.option("--keep", is_flag=True, help="Keep the folder of the run when it is done.")
@click.option("--shard", metavar="K/N", help="Do part K of N, to be merged afterwards.")
@click.option("--engine", type=click.Choice(["processes", "dask"]), default="processes")
@click.option("--scheduler", metavar="ADDRESS", help="Scheduler of the Dask cluster.")
@_written
def check(  # noqa: PLR0917 - one argument for each option
    source: str,
    kind: str | None,
    profile: str,
    on: str | None,
    select: list[str],
    ignore: list[str],
    registers: tuple[str, ...],
    register_columns: tuple[str, ...],
    mapping: str | None,
    sheet: str | None,
    encoding: str | None,
    jobs: int | None,
    folder: str | None,
    resume: bool,
    restart: bool,
    keep: bool,
    shard: str | None,
    engine: str,
    scheduler: str | None,
    **written: Any,
) -> int:
    """Check every record of a catalogue, and the records beside each other.

    Exit status: 0 if every must rule is met, 1 if one is not, 2 if a record could not be read
    or the command was wrong, 3 if there was nothing to check.
    """
    wanted = _wanted(written, source)
    part = _shard(shard)
    place = Path(folder) if folder else Path(f"{_name(source)}.run")
    job = Job("", "", False, profile, on or "", tuple(select), tuple(ignore), kind)
    job = replace(job, registers=registers, columns=register_columns)
    # What is wrong in the call is told before anything is read.
    checker(profile, on, select, ignore, read_all(registers, register_columns))
    mapped = read_mapping(Path(mapping)) if mapping else ColumnMap()
    mapped = replace(mapped, sheet=sheet or mapped.sheet, encoding=encoding or mapped.encoding)
    run = _run(place, source, job, mapped, resume=resume, restart=restart)
    if not run.plan.lines:
        run.remove()
        click.echo(f"There is nothing to check in “{source}”.", err=True)
        return NOTHING
    if not _do(run, part, _Workers(jobs, engine, scheduler)):
        return STOPPED
    if part != (1, 1):
        click.echo(
            f"Part {shard} is done. When all are: microcred catalogue merge {place}", err=True
        )
        return CLEAR
    status = _finish(run, wanted)
    if not keep:
        run.remove()
    return status


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER…")
@_written
def merge(folders: tuple[str, ...], **written: Any) -> int:
    """Put together what the shards of a catalogue have found.

    FOLDER is where a shard kept its run; shards may share one.
    """
    runs = [opened(Path(folder)) for folder in folders]
    whole = merged(runs)
    return _finish(whole, _wanted(written, whole.source))


def _wanted(written: Json, source: str) -> _Wanted:
    inputs = [source, *filter(None, (written["since"],))]
    output = writable(written["output"], inputs) if written["output"] else None
    findings = writable(written["findings"], inputs) if written["findings"] else None
    if findings:
        form_of(findings)
    promised = _ENDINGS.get(output.suffix.lower(), "text") if output else "text"
    since = Path(written["since"]) if written["since"] else None
    return _Wanted(
        findings,
        output,
        written["format"] or promised,
        earlier(since) if since else None,
        written["strict"],
        written["colour"],
    )


def _shard(stated: str | None) -> tuple[int, int]:
    if stated is None:
        return 1, 1
    found = _SHARD.fullmatch(stated.strip())
    if not found or int(found[1]) > int(found[2]):
        raise Problem(
            f"“{stated}” names no shard", "Write which one of how many, such as --shard 2/8"
        )
    return int(found[1]), int(found[2])


def _run(
    place: Path, source: str, job: Job, mapping: ColumnMap, *, resume: bool, restart: bool
) -> Run:
    """Return the run to do: a new one, or one that was stopped."""
    if (place / "run.json").is_file() and not restart:
        if not resume:
            raise Problem(
                f"“{place}” holds a run that was stopped",
                "Go on with --resume, or begin anew with --restart",
            )
        return opened(place, job, state_of(source))
    if resume:
        raise Problem(f"“{place}” holds no run that could go on", "Begin one, without --resume")
    if restart:
        for left in (place / "run.json", place / "parts"):
            _drop(left)
    state = state_of(source)
    found = prepared(source, place, mapping, lambda line: click.echo(line, err=True))
    day = job.on or dt.date.today().isoformat()  # noqa: DTZ011 - the day on the reader's own calendar
    return begin(
        place, source, replace(job, path=str(found.path), wrapped=found.wrapped, on=day), state
    )


def _name(source: str) -> str:
    return "standard-input" if source == "-" else Path(source).resolve().name or "catalogue"


def _drop(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _do(run: Run, part: tuple[int, int], workers: _Workers) -> bool:
    """Check what is left of a run; tell whether it came to its end."""
    left = run.missing(part)
    done = sum(figures["records"] for figures in run.tallies())
    sizes = sum(each.end - each.start for each in left)
    stream = sys.stderr
    progress = Progress(stream, run.plan.size, done, run.plan.size - sizes)
    try:
        for each, count in workers.check(run, left):
            done += count
            progress.add(each.end - each.start, count)
    except KeyboardInterrupt:
        progress.end()
        click.echo(
            f"Stopped after {done:,} of {run.plan.lines:,} records; nothing that was done is lost."
            f"\nGo on with the same command and --resume. What was found is in {run.parts}.",
            err=True,
        )
        return False
    progress.end()
    return True


def _finish(run: Run, wanted: _Wanted) -> int:
    outcome = gathered(run)
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


def _put(found: Json, wanted: _Wanted) -> None:
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
