"""``microcred check``: from files to a report and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from microcred.cli import inputs, options
from microcred.cli.faults import ADVICE, told
from microcred.cli.output import columns, in_colour, put, save, writable
from microcred.readers.files import SUFFIXES
from microcred.report import FORMATS, Checked, Report, Unread, render
from microcred.rule import KINDS, Level, Outcome

if TYPE_CHECKING:
    from microcred.credential import Credential
    from microcred.engine import Checker

__all__ = ["CLEAR", "NOTHING", "NOT_MET", "UNREAD", "check", "ids"]

# Exit statuses, a contract with those who call the command.
CLEAR, NOT_MET, UNREAD, NOTHING = 0, 1, 2, 3

PROGRESS_FROM = 20  # files: a run that is long enough to show how far it is

# A report is written in the form that the name of its file promises.
_ENDINGS: Final = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".csv": "csv",
}


def ids(ctx: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> list[str]:  # noqa: ARG001 - click passes all three
    """Return the ids in an option that may stand several times."""
    return [id.strip() for part in given for id in part.split(",") if id.strip()]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--kind", type=click.Choice(KINDS), help="What the files describe, if they don't say."
)
@options.profile
@click.option("--offer", metavar="FILE", help="The offer that awards are compared with.")
@options.register
@options.register_columns
@click.option("--format", type=click.Choice(FORMATS), help="Form of the report.  [default: text]")
@click.option("--select", multiple=True, callback=ids, metavar="IDS", help="Only these rules.")
@click.option("--ignore", multiple=True, callback=ids, metavar="IDS", help="Not these rules.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any rule is not met.")
@click.option("--output", metavar="FILE", help="Write the report to a file.")
@click.option(
    "--annotate",
    metavar="FILE",
    help="Write a copy of a workbook or document with the findings as comments.",
)
@click.option("--in-place", is_flag=True, help="Write these comments into the checked file itself.")
@click.option("--on", metavar="DATE", help="Day of the check.  [default: today]")
@click.option(
    "--color/--no-color", "--colour/--no-colour", "colour", default=None, help="Use colours."
)
def check(  # noqa: PLR0917 - one argument for each option
    files: Sequence[str],
    kind: str | None,
    profile: str,
    offer: str | None,
    registers: Sequence[str],
    register_columns: Sequence[str],
    format: str | None,
    select: list[str],
    ignore: list[str],
    strict: bool,
    output: str | None,
    annotate: str | None,
    in_place: bool,
    on: str | None,
    colour: bool | None,
) -> int:
    """Check files, or all descriptions in a folder; - reads standard input.

    IDS are rules such as M6-2 or elements such as M6, separated by commas. ROLE is one of name,
    id, country, website, from, until, status and reports.

    Exit status: 0 if every must rule is met, 1 if one is not, 2 if a file could not be read
    or the command was wrong, 3 if there was nothing to check.
    """
    from microcred import checking
    from microcred.readers import read
    from microcred.registers import read_all

    names = list(inputs.found(files))
    path = _target(output, [*names, *registers, *filter(None, (offer, profile))])
    annotating = _annotating(annotate, names, in_place) if annotate or in_place else None
    lists = read_all(registers, register_columns)
    ready = checking.checker(profile, on, select, ignore, lists)
    compared = read(offer, kind="offer") if offer else None
    with _progress(names) as shown:
        documents = [one for name in shown for one in _each(name, ready, kind, compared)]
    report = checking.report(documents, ready)
    _write(report, format or _promised(path), path, colour)
    if annotating:
        annotating(report)
    if not names:
        click.echo(_nothing(files), err=True)
        return NOTHING
    return _status(documents, strict)


def _target(name: str | None, names: Iterable[str]) -> Path | None:
    return writable(name, names) if name and name != "-" else None


def _annotating(name: str | None, files: Sequence[str], in_place: bool) -> Callable[[Report], None]:
    from microcred.cli.annotating import Target, annotate

    target = Target(name, files, in_place=in_place)
    return lambda report: annotate(report, target)


def _promised(path: Path | None) -> str:
    return _ENDINGS.get(path.suffix.lower(), "text") if path else "text"


def _each(
    name: str, ready: Checker, kind: str | None, offer: Credential | None
) -> list[Checked | Unread]:
    from microcred import checking

    try:
        return list(checking.check_each(name, ready, kind, offer=offer))
    except Exception as fault:
        # A fault of ours in one file must not cost the reader the report on the others.
        if os.environ.get("MICROCRED_TRACEBACK"):
            raise
        return [Unread(name, f"{told(fault)} in this file", ADVICE)]


@contextmanager
def _progress(names: Sequence[str]) -> Iterator[Iterable[str]]:
    """Show on a terminal how far a long run is."""
    stream = sys.stderr
    if len(names) < PROGRESS_FROM or stream is None or not stream.isatty():
        yield names
        return
    with click.progressbar(names, label="Checking", file=stream) as shown:
        yield shown


def _write(report: Report, format: str, path: Path | None, colour: bool | None) -> None:
    if format != "text":
        text = render(report, format)
    elif not report.documents:
        return
    else:
        from microcred.report.text import write

        plain = path is not None and colour is None
        text = write(report, width=columns(), colour=not plain and in_colour(colour))
    if path:
        save(path, text)
    else:
        put(text, for_people=format == "text")


def _nothing(folders: Sequence[str]) -> str:
    named = ", ".join(f"“{folder}”" for folder in folders)
    endings = ", ".join(SUFFIXES)
    return (
        f"There is nothing to check in {named}.\n"
        f"Name a file, or a folder that holds files that end in {endings}."
    )


def _status(documents: Sequence[Checked | Unread], strict: bool) -> int:
    if any(isinstance(document, Unread) for document in documents):
        return UNREAD
    broken = {
        finding.level
        for document in documents
        if isinstance(document, Checked)
        for finding in document.findings
        if finding.outcome is Outcome.NOT_MET
    }
    return NOT_MET if Level.MUST in broken or (strict and broken) else CLEAR
