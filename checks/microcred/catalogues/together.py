"""The rules on several records.

Each is one pass over the records in an order that brings together what has to be compared, so
memory stays small whatever their number.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from microcred.catalogues.store import Store
from microcred.catalogues.traits import outcome_words, title_words
from microcred.messages import quote
from microcred.rule import Verdict, cannot_tell, not_met

__all__ = ["IDS", "Together", "Twin", "looked_at", "together"]

IDS: Final = tuple(f"CAT-{number}" for number in range(1, 8))
ALIKE_TITLES: Final = 0.6  # words that two titles share, of all words in both
ALIKE_OUTCOMES: Final = 0.7
_LOOKED_BACK: Final = 8  # records before one that it is compared with: enough for what is alike

Json = dict[str, Any]
Row = sqlite3.Row
Twin = Callable[[int], Json]  # the record that begins at this byte


class Together(NamedTuple):
    """A finding in the record on *line*."""

    line: int
    rule: str
    pointer: str
    verdict: Verdict


def together(store: Store, twin: Twin, ids: Iterable[str] = IDS) -> Iterator[Together]:
    """Yield what the rules with these ids find, rule by rule."""
    wanted = set(ids)
    for id in IDS:
        if id in wanted:
            yield from _PASSES[id](store, twin)


def looked_at(store: Store) -> frozenset[str]:
    """Return the ids of the rules that had something to compare."""
    return frozenset(id for id, query in _COMPARED.items() if store.one(query))


_TWO_OF_ONE: Final = "SELECT 1 FROM titles GROUP BY owner HAVING count(*) > 1"
_COMPARED: Final = {
    "CAT-1": "SELECT 1 FROM records WHERE id <> '' LIMIT 1, 1",
    "CAT-2": _TWO_OF_ONE,
    "CAT-3": _TWO_OF_ONE,
    "CAT-4": _TWO_OF_ONE,
    "CAT-5": "SELECT 1 FROM decisions GROUP BY by HAVING count(*) > 1",
    "CAT-6": "SELECT 1 FROM records WHERE id <> '' AND version <> '' LIMIT 1, 1",
    "CAT-7": "SELECT 1 FROM targets WHERE owner IN (SELECT owner FROM titles)",
}


def _grouped(store: Store, query: str, *names: str) -> Iterator[Iterator[Row]]:
    rows = store.rows(query)
    for _, group in groupby(rows, key=lambda row: tuple(row[name] for name in names)):
        yield group


def _same_id(store: Store, twin: Twin) -> Iterator[Together]:  # noqa: ARG001 - all are called alike
    query = (
        "SELECT id, version, line, place FROM records WHERE (id, version) IN"
        " (SELECT id, version FROM records WHERE id <> '' GROUP BY id, version HAVING count(*) > 1)"
        " ORDER BY id, version, line"
    )
    for group in _grouped(store, query, "id", "version"):
        first = next(group)
        for row in group:
            verdict = not_met(
                "The address “{id}” is already taken by the record in {other}",
                id=row["id"],
                other=first["place"],
            )
            yield Together(row["line"], "CAT-1", "/id", verdict)


def _older_version(store: Store, twin: Twin) -> Iterator[Together]:  # noqa: ARG001 - as above
    query = (
        "SELECT id, version, line, place FROM records WHERE version <> '' AND id IN"
        " (SELECT id FROM records WHERE id <> '' AND version <> '' GROUP BY id"
        " HAVING min(version) <> max(version))"
        " ORDER BY id, line"
    )
    for group in _grouped(store, query, "id"):
        rows = list(_few(group))
        newest = max(rows, key=lambda row: _numbers(row["version"]))
        for row in rows:
            if row["version"] != newest["version"]:
                verdict = not_met(
                    "Version {version} is listed beside version {newest} in {other}",
                    version=row["version"],
                    newest=newest["version"],
                    other=newest["place"],
                )
                yield Together(row["line"], "CAT-6", "/version", verdict)


def _few(rows: Iterable[Row], most: int = 1000) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number < most:
            yield row


def _numbers(version: str) -> tuple[tuple[int, str], ...]:
    parts = version.replace("-", ".").split(".")
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts[:8])


def _other_hours(store: Store, twin: Twin) -> Iterator[Together]:  # noqa: ARG001 - as above
    for row, first in _departing(store, "hours"):
        verdict = not_met(
            "“{title}” has {hours} hours here and {others} hours in {other}",
            title=row["title"],
            hours=_number(row["hours"]),
            others=_number(first["hours"]),
            other=first["place"],
        )
        yield Together(row["line"], "CAT-3", "/workload/hours", verdict)


def _other_level(store: Store, twin: Twin) -> Iterator[Together]:  # noqa: ARG001 - as above
    for row, first in _departing(store, "eqf"):
        verdict = not_met(
            "“{title}” is at EQF level {level} here and at level {others} in {other}",
            title=row["title"],
            level=row["eqf"],
            others=first["eqf"],
            other=first["place"],
        )
        yield Together(row["line"], "CAT-4", "/level/eqf", verdict)


def _number(value: float) -> str:
    return f"{value:g}"


def _departing(store: Store, what: str) -> Iterator[tuple[Row, Row]]:
    """Yield records of the same provider and title that state something else than the first."""
    query = (
        "SELECT * FROM titles WHERE (owner, name) IN (SELECT owner, name FROM titles"  # noqa: S608 - a name of ours
        f" WHERE name <> '' GROUP BY owner, name HAVING min({what}) <> max({what}))"
        " ORDER BY owner, name, line"
    )
    for group in _grouped(store, query, "owner", "name"):
        first: Row | None = None
        for row in group:
            if row[what] is None:
                continue
            # Versions of one micro-credential may differ: that is what versions are for.
            if first is not None and row[what] != first[what] and row["id"] != first["id"]:
                yield row, first
            first = first or row


def _old_date(store: Store, twin: Twin) -> Iterator[Together]:  # noqa: ARG001 - as above
    query = (
        "SELECT * FROM decisions WHERE (by, owner) IN (SELECT by, owner FROM decisions"
        " GROUP BY by, owner HAVING min(until) <> max(until))"
        " ORDER BY by, owner, until DESC, line"
    )
    for group in _grouped(store, query, "by", "owner"):
        latest = next(group)
        for row in group:
            if row["until"] < latest["until"]:
                verdict = not_met(
                    "The same arrangement holds until {until} here and until {latest} in {other}",
                    until=row["until"],
                    latest=latest["until"],
                    other=_place(store, latest["line"]),
                )
                yield Together(row["line"], "CAT-5", f"/quality/{row['at']}/until", verdict)


def _place(store: Store, line: int) -> str:
    row = store.one("SELECT place FROM records WHERE line = ?", line)
    return str(row["place"]) if row else ""


def _lost_target(store: Store, twin: Twin) -> Iterator[Together]:  # noqa: ARG001 - as above
    query = (
        "SELECT t.owner, t.title, t.level, t.line, t.at, min(r.line) AS found, r.eqf, r.place"
        " FROM targets t LEFT JOIN titles r ON r.owner = t.owner AND r.name = t.name"
        " WHERE t.owner IN (SELECT owner FROM titles) GROUP BY t.line, t.at"
    )
    listed = _listed(store)
    for row in store.rows(query):
        verdict = _unlike(row) if row["found"] is not None else _renamed(listed(row["owner"]), row)
        if verdict:
            yield Together(row["line"], "CAT-7", f"/stacking/targets/{row['at']}", verdict)


def _unlike(row: Row) -> Verdict | None:
    """Judge a target that has a record of its own."""
    if row["eqf"] is None or _level(row["level"]) in (None, row["eqf"]):
        return None
    return not_met(
        "The target “{title}” is said to be at level {level}, and its own record in {other} says "
        "{actual}",
        at="/level",
        title=row["title"],
        level=row["level"],
        other=row["place"],
        actual=row["eqf"],
    )


Listed = tuple[tuple[Row, frozenset[str]], ...]


def _listed(store: Store) -> Callable[[str], Listed]:
    """Return what tells the first records of an owner, with the words of their titles.

    In a register most targets have one of few owners, and an owner has thousands of records.
    """
    query = "SELECT line, title, place FROM titles WHERE owner = ? ORDER BY line LIMIT ?"

    @lru_cache(maxsize=_OWNERS_KEPT)
    def listed(owner: str) -> Listed:
        found = store.rows(query, owner, _TITLES_READ)
        return tuple((row, title_words(row["title"])) for row in found)

    return listed


def _renamed(listed: Listed, row: Row) -> Verdict | None:
    """Ask about a target whose owner has a record with nearly that title, and none with it.

    Most targets are larger programmes that no catalogue of micro-credentials holds.
    """
    words = title_words(row["title"])
    for other, others in listed:
        if other["line"] != row["line"] and _shared(words, others) >= ALIKE_TITLES:
            return cannot_tell(
                "Is “{title}” the same as “{others}” in {other}? Its owner lists nothing under "
                "exactly that title",
                at="/title",
                title=row["title"],
                others=other["title"],
                other=other["place"],
            )
    return None


_TITLES_READ: Final = 200  # of one owner, to find what a target may have been renamed to
_OWNERS_KEPT: Final = 256


def _level(stated: object) -> int | None:
    text = str(stated).strip().removeprefix("EQF").strip()
    return int(text) if text.isdecimal() and len(text) < 3 else None


def _twice(store: Store, twin: Twin) -> Iterator[Together]:
    told: set[int] = set()
    for row, other in _alike(store):
        if row["line"] not in told and _outcomes_alike(row, other, twin):
            told.add(row["line"])
            verdict = cannot_tell(
                "Is “{title}” the same micro-credential as “{others}” in {other}?",
                title=quote(row["title"]),
                others=quote(other["title"]),
                other=other["place"],
            )
            yield Together(row["line"], "CAT-2", "/title", verdict)


# What brings records together, what has to be the same in them, and what they are told by.
_BY_TITLE: Final = (
    "SELECT owner, owner, hours, eqf, line, start, place, title, id FROM titles WHERE name <> ''"
    " ORDER BY owner, name, line"
)
_BY_OUTCOME: Final = (
    "SELECT s.statement, r.owner, r.hours, r.eqf, r.line, r.start, r.place, r.title, r.id FROM"
    " statements s CROSS JOIN records r ON r.line = s.line WHERE s.statement IN"
    " (SELECT statement FROM statements GROUP BY statement HAVING count(*) > 1)"
    " ORDER BY s.statement, s.line"
)


def _alike(store: Store) -> Iterator[tuple[Row, Row]]:
    """Yield records of one provider with similar titles that stand close in one of two orders."""
    for query in (_BY_TITLE, _BY_OUTCOME):
        for _, group in groupby(store.rows(query), key=itemgetter(0)):
            # Another size or level under one title has a rule of its own.
            before: dict[tuple[Any, ...], deque[Row]] = {}
            for row in group:
                if alike := before.get(row[1:4]):
                    for other in alike:
                        if _might_be_twins(row, other):
                            yield (row, other) if row["line"] > other["line"] else (other, row)
                    alike.append(row)
                else:
                    before[row[1:4]] = deque([row], maxlen=_LOOKED_BACK)


def _might_be_twins(row: Row, other: Row) -> bool:
    # One address has a rule of its own, too.
    if row["line"] == other["line"] or (row["id"] and row["id"] == other["id"]):
        return False
    return _shared(title_words(row["title"]), title_words(other["title"])) >= ALIKE_TITLES


def _outcomes_alike(row: Row, other: Row, twin: Twin) -> bool:
    words, others = (outcome_words(twin(one["start"])) for one in (row, other))
    title, other_title = (title_words(one["title"]) for one in (row, other))
    # Titles that differ in a word which the outcomes take up name two of a series.
    if (title - other_title) & (words - others) or (other_title - title) & (others - words):
        return False
    return _shared(words, others) >= ALIKE_OUTCOMES


def _shared(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / len(some | others) if some and others else 0.0


_PASSES: Final[dict[str, Callable[[Store, Twin], Iterator[Together]]]] = {
    "CAT-1": _same_id,
    "CAT-2": _twice,
    "CAT-3": _other_hours,
    "CAT-4": _other_level,
    "CAT-5": _old_date,
    "CAT-6": _older_version,
    "CAT-7": _lost_target,
}
