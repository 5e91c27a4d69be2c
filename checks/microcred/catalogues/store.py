"""What is kept of each record, in a small database on disk: sorted without filling memory.

Everything that grows with the catalogue is written and read in the order of a table, so that the
cost of a record stays what it is when the database is larger than the memory given to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.traits import Traits

__all__ = ["WEIGHTS", "Store"]

WEIGHTS: Final = ("must", "should", "advice", "ask")  # of findings, the last for questions
_HEAD: Final = ("line", "start", "place", *WEIGHTS)
# The last traits are lists, and stand in tables of their own.
_LISTS: Final = ("quality", "targets", "statements")
_SINGLE: Final = tuple(name for name in Traits._fields if name not in _LISTS)
_COLUMNS: Final = (*_HEAD, *_SINGLE)
_CACHE: Final = -16 * 1024  # KiB
_PAGE: Final = 16 * 1024  # bytes; rows are written and read in order, so large ones cost less
_BATCH: Final = 2000

_TABLES: Final = (
    f"CREATE TABLE records (line INTEGER PRIMARY KEY, {', '.join(_COLUMNS[1:])})",
    "CREATE TABLE decisions (by, owner, until, line, at)",
    "CREATE TABLE targets (owner, name, title, level, line, at)",
    "CREATE TABLE statements (statement INTEGER, line INTEGER)",
    "CREATE TABLE found (line INTEGER, rule, weight, told)",
    # What is compared by provider and title: a copy in that order, since looking records up one
    # by one would read the whole file for each page of it.
    "CREATE TABLE titles (owner, name, line, start, place, title, hours, eqf, id,"
    " PRIMARY KEY (owner, name, line)) WITHOUT ROWID",
)
_TITLES: Final = (
    "INSERT INTO titles SELECT owner, name, line, start, place, title, hours, eqf, id FROM records"
    " WHERE owner <> '' ORDER BY owner, name, line"
)


class Store:
    """The records of a catalogue; one that could not be read has nothing but its place."""

    def __init__(self, path: Path | None = None) -> None:
        if path:
            path.unlink(missing_ok=True)
        self._base = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._base.row_factory = sqlite3.Row
        settings = (f"page_size = {_PAGE}", "journal_mode = OFF", "synchronous = OFF")
        for setting in (*settings, f"cache_size = {_CACHE}"):
            self._base.execute(f"PRAGMA {setting}")
        if path:
            # What is sorted goes beside the catalogue: /tmp is often small, or memory itself.
            beside = str(path.parent.resolve()).replace("'", "''")
            self._base.execute(f"PRAGMA temp_store_directory = '{beside}'")
        for table in _TABLES:
            self._base.execute(table)
        self._base.execute("BEGIN")

    def take(self, rows: Iterable[list[Any]]) -> None:
        """Take what was kept of the next records."""
        batch: list[list[Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) >= _BATCH:
                self._take(batch)
                batch = []
        self._take(batch)

    def complete(self) -> None:
        """Make ready what is asked of all records, once they are all taken."""
        self._base.execute(_TITLES)
        self._base.execute("COMMIT")

    def _take(self, batch: list[list[Any]]) -> None:
        single, owner = len(_COLUMNS), len(_HEAD)
        # Of a record that could not be read, there is nothing but its place.
        read = [row for row in batch if len(row) > single]
        unread = [[*row, *[None] * (single - len(row))] for row in batch if len(row) <= single]
        records = [row[:single] for row in read] + unread
        decisions = [
            (by, row[owner], until, row[0], at) for row in read for by, until, at in row[single]
        ]
        targets = [(*target[:4], row[0], target[4]) for row in read for target in row[single + 1]]
        statements = [(statement, row[0]) for row in read for statement in row[single + 2]]
        for table, found in (
            ("records", records),
            ("decisions", decisions),
            ("targets", targets),
            ("statements", statements),
        ):
            if found:
                marks = ", ".join("?" * len(found[0]))
                self._base.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608 - names of ours

    def keep(self, found: Iterable[tuple[int, str, str, bytes]]) -> None:
        """Take findings on several records: line, rule, weight, and the finding as it is told.

        They may come from queries that still go on.
        """
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", found)
        self._base.execute("CREATE INDEX by_line ON found (line, rule, weight)")
        # A finding counts against the record in which it stands.
        counts = "SELECT count(*), line FROM found WHERE weight = ? GROUP BY line"
        for weight in WEIGHTS:
            self._base.executemany(
                f"UPDATE records SET {weight} = {weight} + ? WHERE line = ?",  # noqa: S608 - as above
                map(tuple, self._base.execute(counts, (weight,))),
            )
        self._base.execute("COMMIT")

    def rows(self, query: str, *values: object) -> Iterator[sqlite3.Row]:
        """Yield the rows that a query of ours finds."""
        return self._base.execute(query, values)

    def one(self, query: str, *values: object) -> sqlite3.Row | None:
        """Return the first row that a query of ours finds."""
        found: sqlite3.Row | None = self._base.execute(query, values).fetchone()
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()
