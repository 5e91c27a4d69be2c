"""``microcred catalogue publish``: a catalogue as pages, or for the software of others."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

import microcred
from microcred.cli.check import ids
from microcred.cli.output import writable
from microcred.problem import Problem

if TYPE_CHECKING:
    from microcred.catalogues.gather import Gathered
    from microcred.catalogues.publish.entries import Skipped
    from microcred.catalogues.publish.pieces import About
    from microcred.catalogues.unit import Job

__all__ = ["publish"]

_TARGETS: Final = ("site", "elm-loq", "schema-org", "csv")
_WEB: Final = re.compile(r"https?://\S+")
_SHOWN: Final = 5  # places of records that are left out for one reason


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--to", "target", type=click.Choice(_TARGETS), required=True, help="What to write.")
@click.option("--output", metavar="PATH", required=True, help="Folder of the site, or file.")
@click.option("--title", default="Micro-credentials", show_default=True, help="Of the site.")
@click.option("--address", default="", metavar="URL", help="Where the site will stand, for feeds.")
@click.option("--only-clear", is_flag=True, help="Only records in which every must rule is met.")
@click.option("--profile", default="eu-2022", show_default=True, metavar="ID|FILE")
@click.option("--on", metavar="DATE", help="Day of the check.  [default: today]")
@click.option("--ignore", multiple=True, callback=ids, metavar="IDS", help="Not these rules.")
@click.option("--map", "mapping", metavar="FILE", help="How the columns of a table are read.")
@click.option("--jobs", type=click.IntRange(1, 512), default=1, show_default=True)
def publish(  # noqa: PLR0917 - one argument for each option
    source: str,
    target: str,
    output: str,
    title: str,
    address: str,
    only_clear: bool,
    profile: str,
    on: str | None,
    ignore: list[str],
    mapping: str | None,
    jobs: int,
) -> None:
    """Check a catalogue, and write it for learners or for other systems.

    site is a folder of pages with a search, for any web space; elm-loq are Europass learning
    opportunities and schema-org courses for search engines, one a line; csv is a table.
    Awards and records that could not be read are never published.
    """
    from microcred.catalogues.publish.pieces import About
    from microcred.catalogues.unit import Job
    from microcred.checking import checker

    if address and not _WEB.fullmatch(address):
        raise Problem(f"“{address}” is no web address", "Write it as https://example.org/courses")
    with tempfile.TemporaryDirectory(prefix="microcred-") as folder:
        day = checker(profile, on, (), ignore).on.isoformat()
        job = Job("", "", False, profile, day, ignore=tuple(ignore))
        gathered = _checked(source, Path(folder), job, mapping, jobs)
        try:
            known = gathered.ready.profile
            about = About(
                title,
                f"{address.rstrip('/')}/" if address else "",
                f"{known.id} {known.version}",
                gathered.ready.on.isoformat(),
                f"microcred {microcred.__version__}",
            )
            count, skipped = _write(gathered, target, output, source, about, only_clear)
        finally:
            gathered.store.close()
    what = "1 micro-credential" if count == 1 else f"{count:,} micro-credentials"
    click.echo(f"Published {what} in {output}.", err=True)
    _tell(skipped)


def _checked(source: str, folder: Path, job: Job, mapping: str | None, jobs: int) -> Gathered:
    from microcred.catalogues.run import WHOLE
    from microcred.catalogues.tables.mapping import ColumnMap, read_mapping
    from microcred.cli.catalogue_run import Workers, begun, kept_in, worked

    mapped = read_mapping(Path(mapping)) if mapping else ColumnMap()
    run = begun(folder, source, job, mapped)
    gathering = worked(run, WHOLE, Workers(jobs))
    with kept_in(folder):
        return gathering.finished()


def _write(
    gathered: Gathered, target: str, output: str, source: str, about: About, only_clear: bool
) -> tuple[int, list[Skipped]]:
    from microcred.catalogues.publish.entries import entries
    from microcred.catalogues.publish.others import WRITERS
    from microcred.catalogues.publish.site import write_site

    found = entries(gathered, only_clear=only_clear)
    if target == "site":
        return write_site(found, Path(output), about)
    if output == "-":
        return WRITERS[target](found, sys.stdout)
    path = writable(output, [source])
    beside = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as stream:
            outcome = WRITERS[target](found, stream)
        beside.replace(path)
        return outcome
    except OSError as error:
        raise Problem(
            f"“{output}” could not be written: {error.strerror}", "Name another file"
        ) from None
    finally:
        beside.unlink(missing_ok=True)


def _tell(skipped: list[Skipped]) -> None:
    """Tell which records were left out, reason by reason."""
    for why, count in Counter(record.why for record in skipped).most_common():
        places = [record.place for record in skipped if record.why == why]
        more = f" and {count - _SHOWN:,} more" if count > _SHOWN else ""
        click.echo(f"Left out: {', '.join(places[:_SHOWN])}{more}. Why: {why}.", err=True)
