"""``microcred catalogue compare``: what became of a catalogue since its last version."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import click

from microcred.cli.output import columns, in_colour, put, save, writable

__all__ = ["compare"]

_ENDINGS: Final = {".json": "json", ".html": "html", ".htm": "html"}


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--map", "mapping", metavar="FILE", help="How the columns of a table are read.")
@click.option("--format", type=click.Choice(["text", "json", "html"]), help="[default: text]")
@click.option("--output", metavar="FILE", help="Write it to a file.")
def compare(
    old: str, new: str, mapping: str | None, format: str | None, output: str | None
) -> None:
    """Tell what was added, changed and withdrawn between two versions of a catalogue.

    Records are known by their id; one without an id by its title and provider.
    """
    from microcred.catalogues import compare as comparing
    from microcred.catalogues.differences import as_html, as_text
    from microcred.catalogues.sources import prepared
    from microcred.catalogues.tables.mapping import ColumnMap, read_mapping
    from microcred.cli.catalogue_run import kept_in

    path = writable(output, [old, new]) if output else None
    mapped = read_mapping(Path(mapping)) if mapping else ColumnMap()
    form = format or (_ENDINGS.get(path.suffix.lower(), "text") if path else "text")
    with tempfile.TemporaryDirectory(prefix="microcred-") as folder, kept_in(Path(folder)):
        sources = [
            prepared(source, Path(folder) / name, mapped, lambda line: click.echo(line, err=True))
            for name, source in (("old", old), ("new", new))
        ]
        found = comparing.compared(sources[0], sources[1], Path(folder))
    names = (Path(old).name, Path(new).name)
    if form == "json":
        text = comparing.as_json(found)
    elif form == "html":
        text = as_html(found, names)
    else:
        text = as_text(found, names, width=columns(), colour=in_colour(None) and path is None)
    if path:
        save(path, text)
    else:
        put(text, for_people=form == "text")
