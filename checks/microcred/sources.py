"""Where rules and figures come from: one table of sources, cited by key."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

__all__ = ["Source", "advice", "cite", "sources"]


@dataclass(frozen=True, slots=True)
class Source:
    """A published source; ``seen`` says in which copy its content was read."""

    key: str
    short: str
    title: str
    year: str
    url: str
    seen: str


def cite(key: str, where: str = "") -> str:
    """Return the words by which a rule names its basis, for example an annex of a source."""
    short = sources()[key].short
    return f"{short}, {where}" if where else short


def advice(after: str = "") -> str:
    """Return the words for a basis that is our own, and what it was learned from."""
    return f"our advice, after {cite(after)}" if after else "our advice"


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Return all sources by key."""
    table = (files("microcred") / "sources.csv").read_text(encoding="utf-8")
    return {row["key"]: Source(**row) for row in csv.DictReader(table.splitlines())}
