"""What is kept of each record, in a small database on disk: sorted without filling memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.traits import Traits

__all__ = ["COLUMNS", "WEIGHTS", "Store"]

WEIGHTS: Final = ("must", "should", "advice", "ask")  # of findings, the last for questions
_HEAD: Final = ("line", "start", "place", *WEIGHTS)
COLUMNS: Final = (*_HEAD, *Traits._fields)
_CACHE: Final = -16 * 1024  # KiB
_BATCH: Final = 2000


class Store:
    """The records of a catalogue; one that could not be read has nothing but its place."""

    def __init__(self, path: Path | None = None) -> None:
        if path:
            path.unlink(missing_ok=True)
        self._base = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._base.row_factory = sqlite3.Row
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {_CACHE}"):
            self._base.execute(f"PRAGMA {setting}")
        columns = ", ".join(f'"{name}"' for name in COLUMNS if name != "line")
        self._base.execute(f"CREATE TABLE records (line INTEGER PRIMARY KEY, {columns})")
        self._base.execute("CREATE TABLE decisions (by, until, line, at)")
        self._base.execute("CREATE TABLE targets (owner, name, title, level, line, at)")
        self._base.execute("CREATE TABLE statements (owner, statement, line)")
        self._base.execute("CREATE TABLE found (line, rule, weight, told)")

    def fill(self, rows: Iterable[list[Any]]) -> None:
        """Take what was kept of the records."""
        batch: list[list[Any]] = []
        self._base.execute("BEGIN")
        for row in rows:
            batch.append(row)
            if len(batch) >= _BATCH:
                self._take(batch)
                batch = []
        self._take(batch)
        self._base.execute("CREATE INDEX by_owner ON records (owner, name, line)")
        self._base.execute("COMMIT")

    def _take(self, batch: list[list[Any]]) -> None:
        missing = len(COLUMNS)
        records, decisions, targets, statements = [], [], [], []
        for row in batch:
            if len(row) < missing:
                records.append([*row, *[None] * (missing - len(row))])
                continue
            about = Traits(*row[len(_HEAD) :])
            line, owner = row[0], about.owner
            decisions += [(by, until, line, at) for by, until, at in about.quality]
            targets += [(*target[:4], line, target[4]) for target in about.targets]
            statements += [(owner, statement, line) for statement in about.statements]
            records.append(
                [json.dumps(value) if isinstance(value, list) else value for value in row]
            )
        marks = ", ".join("?" * missing)
        self._base.executemany(f"INSERT INTO records VALUES ({marks})", records)  # noqa: S608 - question marks
        self._base.executemany("INSERT INTO decisions VALUES (?, ?, ?, ?)", decisions)
        self._base.executemany("INSERT INTO targets VALUES (?, ?, ?, ?, ?, ?)", targets)
        self._base.executemany("INSERT INTO statements VALUES (?, ?, ?)", statements)

    def keep(self, found: Iterable[tuple[int, str, str, bytes]]) -> None:
        """Take findings on several records: line, rule, weight, and the finding as it is told.

        They may come from queries that still go on.
        """
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", found)
        self._base.execute("CREATE INDEX by_line ON found (line, rule)")
        for weight in WEIGHTS:
            # A finding counts against the record in which it stands.
            self._base.execute(
                f"UPDATE records SET {weight} = {weight} + (SELECT count(*) FROM found WHERE"  # noqa: S608 - names of ours
                f" found.line = records.line AND weight = '{weight}')"
                f" WHERE line IN (SELECT line FROM found WHERE weight = '{weight}')"
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
