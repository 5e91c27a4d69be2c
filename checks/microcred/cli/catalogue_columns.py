"""``microcred catalogue columns``: how the columns of a table would be read."""

from __future__ import annotations

import click

from microcred.cli.output import put, save, writable
from microcred.problem import Problem

__all__ = ["columns"]


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook.  [default: all with records]")
@click.option("--encoding", metavar="NAME", help="Encoding of a CSV file that isn't UTF-8.")
@click.option("--output", metavar="FILE", help="Write it as a mapping file, to be corrected.")
def columns(file: str, sheet: str | None, encoding: str | None, output: str | None) -> None:
    """Show how each column of a table would be read, without checking anything."""
    from microcred.catalogues.sources import grids_of, introduced, tables_of
    from microcred.catalogues.tables.mapping import ColumnMap, as_yaml

    path = writable(output, [file]) if output else None
    mapping = ColumnMap(sheet=sheet or "", encoding=encoding or "")
    with grids_of(file, mapping) as grids:
        tables = tables_of(grids, mapping)
    if path and len(tables) > 1 and not sheet:
        names = ", ".join(f"“{table.grid.name}”" for table in tables)
        raise Problem(f"There are several tables: {names}", "Choose one with --sheet")
    if path:
        save(path, as_yaml(tables[0].columns, tables[0].grid.name, tables[0].row))
    for table in tables:
        put("\n".join(introduced(table)) + "\n")
