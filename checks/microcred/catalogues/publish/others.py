"""A catalogue for other systems: Europass opportunities, schema.org, or a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from typing import Any, Final, TextIO

from microcred.catalogues.publish.entries import Entry, Skipped
from microcred.catalogues.publish.pieces import credits_of, levels_of
from microcred.catalogues.records import dumps
from microcred.exporters import convert
from microcred.problem import Problem
from microcred.report.csv import cell

__all__ = ["WRITERS", "write_csv", "write_lines"]

Json = dict[str, Any]
Entries = Iterator[Entry | Skipped]

_TABLE: Final[dict[str, Callable[[Entry], object]]] = {
    "id": lambda entry: entry.data.get("id"),
    "version": lambda entry: entry.data.get("version"),
    "title": lambda entry: entry.title,
    "provider": lambda entry: entry.provider,
    "provider country": lambda entry: entry.country,
    "outcomes": lambda entry: "\n".join(filter(None, entry.description.statements)),
    "hours": lambda entry: entry.description.hours,
    "credits": credits_of,
    "level": lambda entry: ", ".join(levels_of(entry)),
    "mode": lambda entry: entry.description.mode,
    "languages": lambda entry: ", ".join(entry.languages),
    "place": lambda entry: _part(entry, "participation", "place"),
    "schedule": lambda entry: _part(entry, "participation", "schedule"),
    "price": lambda entry: _part(entry, "information", "price"),
    "prerequisites": lambda entry: _part(entry, "prerequisites", "text"),
    "assessment": lambda entry: "\n".join(
        str(item["type"]) for item in entry.description.assessments if item.get("type")
    ),
    "quality": lambda entry: entry.description.text(_reviewed(entry).get("body")),
    "quality until": lambda entry: _reviewed(entry).get("until"),
    "quality evidence": lambda entry: _reviewed(entry).get("evidence"),
    "stacking": lambda entry: entry.description.stacking.get("option"),
    "field": lambda entry: ", ".join(map(str, filter(None, entry.data.get("fields") or ()))),
    "contact": lambda entry: _part(entry, "information", "contact"),
    "homepage": lambda entry: _part(entry, "information", "homepage"),
    # “Language” alone is mostly the language of teaching.
    "language of the description": lambda entry: entry.description.language,
    "must not met": lambda entry: entry.counts()["must"],
    "should not met": lambda entry: entry.counts()["should"],
}


def _part(entry: Entry, part: str, name: str) -> str:
    return entry.description.text(entry.description.part(part).get(name))


def _reviewed(entry: Entry) -> Json:
    """Return the first arrangement of external quality assurance: a table has room for one."""
    external = (item for item in entry.description.quality if item.get("kind") == "external")
    return next(external, {})


def write_csv(entries: Entries, stream: TextIO) -> tuple[int, list[Skipped]]:
    """Write a table, whose headings this program reads again."""
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(_TABLE)
    count, skipped = 0, []
    for entry in entries:
        if isinstance(entry, Skipped):
            skipped.append(entry)
        else:
            count += 1
            table.writerow([cell(value(entry)) for value in _TABLE.values()])
    return count, skipped


def write_lines(to: str) -> Callable[[Entries, TextIO], tuple[int, list[Skipped]]]:
    """Return what writes each record in another format, one a line."""

    def write(entries: Entries, stream: TextIO) -> tuple[int, list[Skipped]]:
        count, skipped = 0, []
        for entry in entries:
            if isinstance(entry, Skipped):
                skipped.append(entry)
                continue
            try:
                written: Json = json.loads(convert(entry.credential, to).text)
            except Problem as problem:
                skipped.append(Skipped(entry.place, problem.message))
                continue
            count += 1
            stream.write(dumps(written).decode() + "\n")
        return count, skipped

    return write


WRITERS: Final = {
    "elm-loq": write_lines("elm-loq"),
    "schema-org": write_lines("schema-org"),
    "csv": write_csv,
}
