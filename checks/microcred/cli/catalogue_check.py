"""``microcred catalogue check`` and ``merge``: from a catalogue to findings and a summary."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from microcred.catalogues.findings import form_of
from microcred.catalogues.gather import Gathering
from microcred.catalogues.run import WHOLE, Run, merged, opened
from microcred.catalogues.summary import earlier
from microcred.catalogues.tables.mapping import ColumnMap, read_mapping
from microcred.catalogues.unit import Job
from microcred.checking import checker
from microcred.cli import options
from microcred.cli.catalogue_run import Wanted, Workers, begun, finished, stopped, worked
from microcred.cli.check import CLEAR, NOTHING, ids
from microcred.cli.output import apart, writable
from microcred.problem import Problem
from microcred.registers import read_all
from microcred.rule import KINDS

__all__ = ["check", "merge"]

Json = dict[str, Any]

FORMATS: Final = ("text", "json", "html")
_ENDINGS: Final = {".json": "json", ".html": "html", ".htm": "html"}
_SHARD: Final = re.compile(r"([1-9]\d{0,4})/([1-9]\d{0,4})")
STOPPED: Final = 130


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
    if part != WHOLE and (wanted.findings or wanted.output):
        raise Problem(
            "One shard has neither a report nor findings of its own",
            "Give --output and --findings to “microcred catalogue merge”, when all are done",
        )
    place = Path(folder) if folder else Path(f"{_name(source)}.run")
    job = Job("", "", False, profile, on or "", tuple(select), tuple(ignore), kind)
    job = replace(job, registers=registers, columns=register_columns)
    # What is wrong in the call is told before anything is read.
    checker(profile, on, select, ignore, read_all(registers, register_columns))
    mapped = read_mapping(Path(mapping)) if mapping else ColumnMap()
    mapped = replace(mapped, sheet=sheet or mapped.sheet, encoding=encoding or mapped.encoding)
    run: Run | None = None
    try:
        run = begun(place, source, job, mapped, resume=resume, restart=restart)
        if not run.plan.lines:
            run.remove()
            click.echo(f"There is nothing to check in “{source}”.", err=True)
            return NOTHING
        gathering = worked(run, part, Workers(jobs, engine, scheduler))
        if part != WHOLE:
            click.echo(
                f"Part {shard} is done. When all are: microcred catalogue merge {place}", err=True
            )
            return CLEAR
        status = finished(gathering, wanted)
    except KeyboardInterrupt:
        click.echo(stopped(run), err=True)
        return STOPPED
    if not keep:
        run.remove()
    return status


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER…")
@_written
def merge(folders: tuple[str, ...], **written: Any) -> int:
    """Put together what the shards of a catalogue have found.

    FOLDER is where a shard kept its run. Shards may share one: from the second on with --resume.
    """
    runs = [opened(Path(folder)) for folder in folders]
    whole = merged(runs)
    return finished(Gathering(whole), _wanted(written, whole.source))


def _wanted(written: Json, source: str) -> Wanted:
    inputs = [source, *filter(None, (written["since"],))]
    output = writable(written["output"], inputs) if written["output"] else None
    findings = writable(written["findings"], inputs) if written["findings"] else None
    apart(output, findings)
    if findings:
        form_of(findings)
    promised = _ENDINGS.get(output.suffix.lower(), "text") if output else "text"
    since = Path(written["since"]) if written["since"] else None
    return Wanted(
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


def _name(source: str) -> str:
    return "standard-input" if source == "-" else Path(os.path.realpath(source)).name or "catalogue"
