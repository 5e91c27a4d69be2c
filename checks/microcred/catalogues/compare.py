"""Two versions of a catalogue: what was added, what was changed and where, what was withdrawn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.lines import lines as lines_of
from microcred.catalogues.lines import plan
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

    A record without an id is known by its title and provider.
    """
    path = folder / "compare.sqlite"
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path, isolation_level=None)
    try:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA cache_size = -16384")
        for name, source in (("old", old), ("new", new)):
            base.execute(f"CREATE TABLE {name} (key TEXT PRIMARY KEY, place, record) WITHOUT ROWID")
            base.execute("BEGIN")
            base.executemany(f"INSERT OR IGNORE INTO {name} VALUES (?, ?, ?)", _rows(source))  # noqa: S608 - names of ours
            base.execute("COMMIT")
        return _outcome(base)
    finally:
        base.close()
        path.unlink(missing_ok=True)


def _rows(source: Prepared) -> Iterator[tuple[str, str, bytes]]:
    for part in plan(source.path).ranges:
        for line in lines_of(source.path, part):
            place, content = f"line {line.number}", line.content or b""
            if source.wrapped:
                place, content, _ = unwrapped(content)
            try:
                record = loads(content)
            except ValueError:
                continue
            if isinstance(record, dict):
                yield _key(record), place, content


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


def _outcome(base: sqlite3.Connection) -> Json:
    def only(name: str, other: str) -> list[Json]:
        query = (
            f"SELECT place, record FROM {name} WHERE key NOT IN (SELECT key FROM {other})"  # noqa: S608 - as above
            " ORDER BY key"
        )
        return [_named(loads(record), place) for place, record in base.execute(query)]

    changed, same = [], 0
    query = (
        "SELECT n.place, o.record, n.record FROM old o JOIN new n ON n.key = o.key ORDER BY n.key"
    )
    for place, before, after in base.execute(query):
        fields = [] if before == after else list(_fields(loads(before), loads(after)))
        if fields:
            shown = fields[:_MOST]
            changed.append(
                _named(loads(after), place) | {"fields": shown, "more": len(fields) - len(shown)}
            )
        else:
            same += 1
    return {
        "added": only("new", "old"),
        "changed": changed,
        "withdrawn": only("old", "new"),
        "unchanged": same,
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
