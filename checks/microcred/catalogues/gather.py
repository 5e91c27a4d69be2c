"""From the parts of a run to its outcome: findings in order, records in a store, and figures."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.lines import Range, reread
from microcred.catalogues.records import dumps, loads, unwrapped
from microcred.catalogues.run import Run
from microcred.catalogues.store import Store
from microcred.catalogues.tally import Tally
from microcred.catalogues.together import Together, together
from microcred.catalogues.unit import ready_for, uncollected
from microcred.engine import Checker
from microcred.messages import Message
from microcred.problem import Problem
from microcred.rule import RULES

__all__ = ["Gathered", "Gathering", "finding"]

Json = dict[str, Any]

_AT_ONCE: Final = 2  # parts that are taken whenever one is done


@dataclass(frozen=True)
class Gathered:
    """The outcome of a run."""

    run: Run
    ready: Checker
    store: Store
    tally: Tally

    def findings(self) -> Iterator[bytes]:
        """Yield each finding as a line of JSON: record by record, then those on several."""
        for part in self.run.plan.ranges:
            with self.run.part(part.number, "found").open("rb") as stream:
                yield from stream
        for row in self.store.rows("SELECT told FROM found ORDER BY line, rule, rowid"):
            yield row["told"] + b"\n"


class Gathering:
    """The gathering of a run’s parts, which may begin while others are still being checked."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._left = deque(run.plan.ranges)

    @cached_property
    def _store(self) -> Store:
        return Store(self.run.folder / "records.sqlite")

    def take(self) -> None:
        """Take a few of the parts that come next, where they are done: nobody waits for it."""
        self._take(_AT_ONCE)

    @uncollected()
    def _take(self, most: int) -> None:
        for _ in range(most):
            if not self._left or not self.run.is_done(self._left[0].number):
                return
            self._store.take(_kept(self.run, self._left.popleft()))

    @uncollected()
    def finished(self) -> Gathered:
        """Return the outcome of a run whose ranges are all done.

        Raises:
            Problem: ranges are missing.
        """
        run = self.run
        if missing := run.missing():
            raise Problem(
                f"{len(missing)} of {len(run.plan.ranges)} ranges of “{run.source}” are not done "
                "yet",
                "Run the shards that are missing, or go on with --resume",
            )
        ready = ready_for(run.job)
        self._take(len(self._left))
        self._store.complete()
        tally = Tally.of(run.tallies())
        _beside(run, ready, self._store, tally)
        return Gathered(run, ready, self._store, tally)


def _kept(run: Run, part: Range) -> Iterator[list[Any]]:
    with run.part(part.number, "kept").open("rb") as stream:
        for line in stream:
            yield from loads(line)


def _beside(run: Run, ready: Checker, store: Store, tally: Tally) -> None:
    """Run the rules on several records, and keep what they find until it is written in order."""
    path = Path(run.job.path)

    def twin(start: int) -> Json:
        line = reread(path, start)
        record = loads(unwrapped(line)[1] if run.job.wrapped else line)
        return record if isinstance(record, dict) else {}

    found = together(store, twin, [rule.id for rule in ready.rules])
    store.keep(
        (each.line, each.rule, _weight(told), dumps(told))
        for each, told in _told(found, ready, store)
    )
    for row in store.rows("SELECT rule, weight, count(*) AS n FROM found GROUP BY rule, weight"):
        tally.note(row["rule"], row["weight"], row["n"])


def _weight(told: Json) -> str:
    return "ask" if told["outcome"] == "cannot-tell" else str(told["level"])


def _told(
    found: Iterable[Together], ready: Checker, store: Store
) -> Iterator[tuple[Together, Json]]:
    for each in found:
        row = store.one("SELECT id, place FROM records WHERE line = ?", each.line)
        head = {"record": (row and row["id"]) or None, "at": row["place"] if row else ""}
        yield each, head | {"line": each.line} | finding(each, ready)


def finding(each: Together, ready: Checker) -> Json:
    """Return a finding on several records as plain data."""
    rule, verdict = RULES[each.rule], each.verdict
    return {
        "rule": rule.id,
        "level": ready.profile.levels.get(rule.id, rule.level).value,
        "outcome": verdict.outcome.value,
        "element": rule.element,
        "pointer": each.pointer,
        "message": (verdict.message or Message(rule.title)).text(),
        "fix": (verdict.fix or Message(rule.fix)).text(),
    }
