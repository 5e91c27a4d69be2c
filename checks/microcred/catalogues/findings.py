"""The findings of a catalogue in a file: JSON lines, CSV, a database of SQLite, or Parquet."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.gather import Gathered
from microcred.catalogues.records import loads
from microcred.catalogues.store import WEIGHTS
from microcred.extras import lacking
from microcred.problem import Problem
from microcred.report.csv import cell

__all__ = ["COLUMNS", "ENDINGS", "form_of", "save_findings"]

Json = dict[str, Any]
Writer = Callable[[Gathered, Path], None]

COLUMNS: Final = (
    *("record", "at", "line", "rule", "level", "outcome", "element", "where", "pointer"),
    *("message", "fix"),
)
_RECORD: Final = (
    *("line", "place", "id", "version", "title", "provider", "country", "language", "mode"),
    *("hours", "eqf", *WEIGHTS),
)
_BATCH: Final = 2000


def form_of(path: Path) -> Writer:
    """Return what writes findings in the form that the name of the file promises.

    Raises:
        Problem: the ending names no form.
    """
    write = ENDINGS.get(path.suffix.lower())
    if write is None:
        raise Problem(
            f"The ending of “{path.name}” names no form in which findings are written",
            f"Use one of {', '.join(ENDINGS)}",
        )
    return write


def save_findings(gathered: Gathered, path: Path) -> None:
    """Write the findings in the form that the name of the file promises: wholly, or not at all.

    Raises:
        Problem: a package is missing, or the file can't be written.
    """
    write = form_of(path)
    beside = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}")
    try:
        write(gathered, beside)
        beside.replace(path)
    except (OSError, sqlite3.Error) as error:
        told = error.strerror if isinstance(error, OSError) else str(error)
        raise Problem(f"“{path}” could not be written: {told}", "Name another file") from None
    finally:
        beside.unlink(missing_ok=True)


def _as_lines(gathered: Gathered, path: Path) -> None:
    with path.open("wb") as stream:
        stream.writelines(gathered.findings())


def _as_csv(gathered: Gathered, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS)
        for found in _found(gathered):
            table.writerow([cell(found.get(column)) for column in COLUMNS])


def _as_database(gathered: Gathered, path: Path) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        for name, columns in (("findings", COLUMNS), ("records", _RECORD)):
            base.execute(f"CREATE TABLE {name} ({', '.join(_quoted(columns))})")
        _insert(base, "findings", len(COLUMNS), map(_values, _found(gathered)))
        rows = gathered.store.rows(f"SELECT {', '.join(_quoted(_RECORD))} FROM records")  # noqa: S608 - names of ours
        _insert(base, "records", len(_RECORD), (tuple(row) for row in rows))
        for name, column in (("findings", "line"), ("findings", "rule"), ("records", "provider")):
            base.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")


def _quoted(names: tuple[str, ...]) -> list[str]:
    return [f'"{name}"' for name in names]  # some of them are words of SQL


def _values(found: Json) -> tuple[Any, ...]:
    return tuple(found.get(column) for column in COLUMNS)


def _insert(
    base: sqlite3.Connection, table: str, columns: int, rows: Iterator[tuple[Any, ...]]
) -> None:
    base.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608 - as above


def _as_parquet(gathered: Gathered, path: Path) -> None:
    try:
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError:
        raise lacking("parquet", "pyarrow", "Parquet") from None
    schema = arrow.schema(
        [(name, arrow.int64() if name == "line" else arrow.string()) for name in COLUMNS]
    )
    with parquet.ParquetWriter(path, schema) as writer:
        for some in _batches(_found(gathered), _BATCH):
            columns = [[found.get(name) for found in some] for name in COLUMNS]
            writer.write_batch(
                arrow.record_batch(
                    [arrow.array(c, f.type) for c, f in zip(columns, schema, strict=True)],
                    schema=schema,
                )
            )


def _found(gathered: Gathered) -> Iterator[Json]:
    return map(loads, gathered.findings())


def _batches(found: Iterator[Json], size: int) -> Iterator[list[Json]]:

    while some := list(islice(found, size)):
        yield some


ENDINGS: Final[dict[str, Writer]] = {
    ".jsonl": _as_lines,
    ".csv": _as_csv,
    ".sqlite": _as_database,
    ".db": _as_database,
    ".parquet": _as_parquet,
}
