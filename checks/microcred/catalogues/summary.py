"""What a run says of a whole catalogue, as plain data in the shape of its own schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import microcred
from microcred import links
from microcred.catalogues.gather import Gathered
from microcred.catalogues.store import WEIGHTS, Store
from microcred.elements import ELEMENTS
from microcred.problem import Problem
from microcred.rule import RULES
from microcred.vocabularies import vocabulary

__all__ = ["earlier", "summary"]

Json = dict[str, Any]

WORST: Final = 10
SHOWN: Final = 50  # providers and countries; the findings hold all


def summary(gathered: Gathered, before: Json | None = None) -> Json:
    """Return the figures of a run, and what has changed since the run *before*."""
    tally, ready, store = gathered.tally, gathered.ready, gathered.store
    profile = ready.profile
    found: Json = {
        "tool": {"name": "microcred", "version": microcred.__version__},
        "profile": {"id": profile.id, "version": profile.version, "asOf": profile.as_of},
        "checkedOn": ready.on.isoformat(),
        "source": gathered.run.source,
        "records": {
            "total": tally.records,
            "unread": tally.unread,
            "clear": tally.clear,
            "offers": tally.kinds.get("offer", 0),
            "awards": tally.kinds.get("award", 0),
        },
        "findings": _weights(tally.levels),
        "elements": list(_elements(tally.elements)),
        "rules": list(_rules(gathered)),
        "providers": list(_groups(store, "provider")),
        "countries": list(_countries(store)),
        "worst": list(_worst(store)),
    }
    found["counted"] = {
        "providers": _count(store, "owner"),
        "countries": _count(store, "country"),
    }
    if before is not None:
        found["since"] = _since(found, before)
    return found


def _weights(levels: dict[str, int]) -> Json:
    names = {"must": "must", "should": "should", "advice": "advice", "ask": "cannotTell"}
    return {words: levels.get(name, 0) for name, words in names.items()}


def _elements(counts: dict[str, list[int]]) -> Iterator[Json]:
    for element in ELEMENTS.values():
        asked, stated, not_met = counts.get(element.id, (0, 0, 0))
        if asked:
            yield {
                "element": element.id,
                "name": element.short,
                "records": asked,
                "stated": stated,
                "notMet": not_met,
            }


def _rules(gathered: Gathered) -> Iterator[Json]:
    counts = gathered.tally.rules
    for id in sorted(counts, key=lambda id: (-counts[id][0], -counts[id][1], id)):
        rule = RULES[id]
        yield {
            "rule": id,
            "level": gathered.ready.profile.levels.get(id, rule.level).value,
            "title": rule.title,
            "notMet": counts[id][0],
            "cannotTell": counts[id][1],
            "url": links.address(id),
        }


def _groups(store: Store, what: str) -> Iterator[Json]:
    by = "owner" if what == "provider" else what
    query = (
        f"SELECT min({what}) AS name, count(*) AS records, sum(must > 0) AS broken,"  # noqa: S608 - names of ours
        f" {', '.join(f'sum({weight}) AS {weight}' for weight in WEIGHTS)} FROM records"
        f" WHERE {by} <> '' GROUP BY {by} ORDER BY broken DESC, should DESC, advice DESC, ask DESC,"
        f" {by} LIMIT {SHOWN}"
    )
    for row in store.rows(query):
        yield {
            "name": row["name"],
            "records": row["records"],
            "withMust": row["broken"],
            **_weights(dict(row)),
        }


def _countries(store: Store) -> Iterator[Json]:
    countries = vocabulary("countries")
    for group in _groups(store, "country"):
        entry = countries.find(group["name"])
        yield group | {"name": entry.label() if entry else group["name"], "code": group["name"]}


def _worst(store: Store) -> Iterator[Json]:
    query = (
        "SELECT line, place, id, title, provider, must, should, advice, ask FROM records"
        " WHERE must + should + advice > 0"
        " ORDER BY must DESC, should DESC, advice DESC, ask DESC, line LIMIT ?"
    )
    for row in store.rows(query, WORST):
        yield {
            "at": row["place"],
            "record": row["id"] or None,
            "title": row["title"],
            "provider": row["provider"],
            **_weights(dict(row)),
        }


def _count(store: Store, column: str) -> int:
    row = store.one(f"SELECT count(DISTINCT {column}) AS n FROM records WHERE {column} <> ''")  # noqa: S608 - as above
    return int(row["n"]) if row else 0


def earlier(path: Path) -> Json:
    """Return the summary of an earlier run.

    Raises:
        Problem: the file holds none.
    """
    try:
        before: Json = json.loads(path.read_bytes())
        if before["tool"]["name"] == "microcred" and before["records"]["total"] >= 0:
            return before
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise Problem(
        f"“{path}” holds no summary of an earlier run",
        "Name a file that “microcred catalogue check --output earlier.json” has written",
    )


def _since(now: Json, before: Json) -> Json:
    def change(part: str, names: tuple[str, ...]) -> Json:
        return {name: now[part][name] - before.get(part, {}).get(name, 0) for name in names}

    return {
        "checkedOn": before.get("checkedOn"),
        "profile": before.get("profile", {}).get("id"),
        "records": change("records", ("total", "unread", "clear")),
        "findings": change("findings", ("must", "should", "advice", "cannotTell")),
        "share": {
            "now": _share(now),
            "before": _share(before),
        },
        "rules": list(_moved(now, before)),
    }


def _share(found: Json) -> float:
    """Return the share of records in which every must rule is met, from 0 to 1."""
    total = found["records"]["total"]
    return round(found["records"]["clear"] / total, 4) if total else 0.0


def _moved(now: Json, before: Json) -> Iterator[Json]:
    counts, olds = (
        {rule["rule"]: rule["notMet"] + rule["cannotTell"] for rule in found.get("rules", ())}
        for found in (now, before)
    )
    changed = {id: counts.get(id, 0) - olds.get(id, 0) for id in {*counts, *olds}}
    for id in sorted(changed, key=lambda id: (-abs(changed[id]), id)):
        if changed[id]:
            yield {"rule": id, "now": counts.get(id, 0), "before": olds.get(id, 0)}
