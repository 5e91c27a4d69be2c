"""Two versions of a catalogue: what was added, what was changed and where, what was withdrawn."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.lines import lines as lines_of
from microcred.catalogues.lines import plan, reread
from microcred.catalogues.records import loads, unwrapped
from microcred.catalogues.sources import Prepared
from microcred.labels import label
from microcred.vocabularies.tables import key

__all__ = ["as_json", "compared"]

Json = dict[str, Any]

_IGNORED: Final = frozenset({"microcred", "kind", "$schema"})
_MOST: Final = 40  # changed fields that are told of one record


def compared(old: Prepared, new: Prepared, folder: Path) -> Json:
    """Return what differs between two catalogues; records are the same if their ids are.

    A record without an id is known by its title and provider. What is kept of a record is where it
    stands and a mark of its content, so that a large catalogue is read again only where it differs.
    ``left_out`` tells of each catalogue how many records could not be compared.
    """
    path = folder / "compare.sqlite"
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path, isolation_level=None)
    try:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16384"):
            base.execute(f"PRAGMA {setting}")
        left = {name: _fill(base, name, one) for name, one in (("old", old), ("new", new))}
        return _outcome(base, {"old": old, "new": new}) | {"left_out": left}
    finally:
        base.close()
        path.unlink(missing_ok=True)


def _fill(base: sqlite3.Connection, name: str, source: Prepared) -> Json:
    """Note the records of a catalogue; of two that are known by the same, the first counts.

    Returns how many lines could not be read, and how many records are known by the same as another.
    """
    left = {"unread": 0, "doubled": 0}
    columns = "key, place, start, mark"
    base.execute(f"CREATE TABLE read_{name} ({columns})")
    base.execute(f"CREATE TABLE {name} ({columns}, PRIMARY KEY (key)) WITHOUT ROWID")
    base.execute("BEGIN")
    base.executemany(f"INSERT INTO read_{name} VALUES (?, ?, ?, ?)", _rows(source, left))  # noqa: S608 - names of ours
    # Put in their order, they go to the end of the table one after the other.
    base.execute(
        f"INSERT OR IGNORE INTO {name} SELECT {columns} FROM read_{name} ORDER BY key, rowid"  # noqa: S608 - as above
    )
    counts = f"SELECT (SELECT count(*) FROM read_{name}) - (SELECT count(*) FROM {name})"  # noqa: S608 - as above
    (left["doubled"],) = base.execute(counts).fetchone()
    base.execute(f"DROP TABLE read_{name}")
    base.execute("COMMIT")
    return left


def _rows(source: Prepared, left: dict[str, int]) -> Iterator[tuple[str, str, int, bytes]]:
    for part in plan(source.path).ranges:
        for line in lines_of(source.path, part):
            place, content = f"line {line.number}", line.content or b""
            if source.wrapped:
                place, content, _ = unwrapped(content)
            try:
                record = loads(content)
            except ValueError:
                record = None
            if not isinstance(record, dict):
                left["unread"] += 1
            else:
                mark = hashlib.blake2b(content, digest_size=12).digest()
                yield _key(record), place, line.start, mark


def _record(source: Prepared, start: int) -> Json:
    """Return the record whose line begins there."""
    line = reread(source.path, start)
    record: Json = loads(unwrapped(line)[1] if source.wrapped else line)
    return record


def _key(record: Json) -> str:
    id = record.get("id")
    if isinstance(id, (str, int)) and str(id).strip():
        return f"id {str(id).strip()}"
    bodies = record.get("bodies")
    body = bodies[0] if isinstance(bodies, list) and bodies else None
    name = body.get("name") if isinstance(body, dict) else ""
    return f"title {key(_text(record.get('title')))} {key(_text(name))}"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return str(next(iter(value.values()), ""))
    return str(value or "")


def _outcome(base: sqlite3.Connection, sources: dict[str, Prepared]) -> Json:
    def only(name: str, other: str) -> list[Json]:
        query = (
            f"SELECT place, start FROM {name} WHERE key NOT IN (SELECT key FROM {other})"  # noqa: S608 - as above
            " ORDER BY key"
        )
        rows = base.execute(query)
        return [_named(_record(sources[name], start), place) for place, start in rows]

    changed = []
    query = (
        "SELECT n.place, o.start, n.start FROM new n JOIN old o ON o.key = n.key"
        " WHERE o.mark <> n.mark ORDER BY n.key"
    )
    for place, before, after in base.execute(query):
        record = _record(sources["new"], after)
        fields = list(_fields(_record(sources["old"], before), record))
        if fields:
            shown = fields[:_MOST]
            more = {"fields": shown, "more": len(fields) - len(shown)}
            changed.append(_named(record, place) | more)
    (both,) = base.execute("SELECT count(*) FROM new JOIN old ON old.key = new.key").fetchone()
    return {
        "added": only("new", "old"),
        "changed": changed,
        "withdrawn": only("old", "new"),
        "unchanged": both - len(changed),
    }


def _named(record: Json, place: str) -> Json:
    bodies = record.get("bodies")
    body = bodies[0] if isinstance(bodies, list) and bodies else {}
    return {
        "record": record.get("id"),
        "title": _text(record.get("title")),
        "provider": _text(body.get("name")) if isinstance(body, dict) else "",
        "at": place,
    }


def _fields(before: Json, after: Json) -> Iterator[Json]:
    olds, news = dict(_leaves(before, "")), dict(_leaves(after, ""))
    for pointer in dict.fromkeys([*olds, *news]):
        was, now = olds.get(pointer), news.get(pointer)
        if was != now:
            yield {"pointer": pointer, "field": label(pointer) or pointer, "was": was, "is": now}


def _leaves(node: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Yield each value with its place; items that have an id are known by it."""
    if isinstance(node, dict):
        for name, value in node.items():
            if pointer or name not in _IGNORED:
                yield from _leaves(
                    value, f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"
                )
    elif isinstance(node, list):
        if not any(isinstance(item, (dict, list)) for item in node):
            yield pointer, ", ".join(str(item) for item in node)
            return
        for position, item in enumerate(node):
            yield from _leaves(item, f"{pointer}/{position}")
    elif node is not None and node != "":
        yield pointer, node


def as_json(found: Json) -> str:
    """Return what differs as JSON."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
