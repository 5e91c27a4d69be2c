"""A register of providers, indexed once by number, name and website."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from microcred.registers.cells import cell, numbered, parts, texts
from microcred.registers.columns import Columns
from microcred.registers.dates import month_first
from microcred.registers.listing import Entry, How, Listing, Near, Standing, standing
from microcred.registers.names import domain, number, spelling
from microcred.registers.near import Neighbours
from microcred.registers.same import another, country_code, key, named_alike, scheme
from microcred.registers.table import Row

__all__ = ["Register"]

Body = Mapping[str, Any]

_REMEMBERED: Final = 4096  # bodies whose near misses are kept
_SHOWN: Final = 3  # entries that are named where several are near


class Register:
    """A list of providers, ready to be asked about any number of bodies."""

    def __init__(
        self, name: str, used: Columns, rows: Sequence[Row], notes: tuple[str, ...]
    ) -> None:
        self.name = name
        self.columns = used
        self.notes = notes
        self._rows = rows
        self._american = {
            role: month_first(self._cell(cells, role) for _, cells in rows)
            for role in ("from", "until")
        }
        self._seen: dict[tuple[tuple[str, ...], str, str], tuple[Near, ...]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def words(self) -> str:
        """Return what the register is and how its columns were understood."""
        entries = "1 entry" if len(self) == 1 else f"{len(self):,} entries"
        return "; ".join((f"{self.name}, {entries}", self.columns.words(), *self.notes))

    @property
    def dated(self) -> bool:
        """Tell whether it says from when or until when entries hold, or their status."""
        return bool({"from", "until", "status"} & self.columns.at.keys())

    # -- Questions ---------------------------------------------------------------------------

    def look_up(self, body: Body, day: dt.date) -> Listing:
        """Return what the register says of *body* (as in a description) for *day*.

        Numbers come first, then names; what is only near is told and never taken.
        """
        names = texts(body.get("name"))
        country = country_code(body.get("country") or "")
        rows = self._by_number(body)
        if rows:
            return self._listing(How.NUMBER, rows, day, names)
        rows = self._by_name(names, country)
        if rows:
            return self._listing(How.NAME, rows, day, names)
        host = domain(str(body.get("website") or ""))
        return Listing(
            self.name,
            How.NEAR if (near := self._near(names, country, host)) else How.NONE,
            near=near,
        )

    def _by_number(self, body: Body) -> list[int]:
        items = [item for item in body.get("identifiers") or () if item and "value" in item]
        found = (
            row
            for item in items
            for row in self._numbers.get(number(str(item["value"])), ())
            if self._same_scheme(row, item) and self._same_country(row, body, item)
        )
        return list(dict.fromkeys(found))

    def _same_scheme(self, row: int, item: Body) -> bool:
        """Tell whether a number of a well-known scheme is compared with one of the same."""
        stated = scheme(str(item.get("scheme") or ""))
        value = number(str(item["value"]))
        schemes = {scheme(head) for head, text in self._entry(row).numbers if number(text) == value}
        return not stated or stated in schemes or "" in schemes

    def _same_country(self, row: int, body: Body, item: Body) -> bool:
        stated = country_code(item.get("country") or body.get("country") or "")
        listed = country_code(self._entry(row).country)
        return not stated or not listed or stated == listed

    def _by_name(self, names: tuple[str, ...], country: str) -> list[int]:
        found = dict.fromkeys(row for name in names for row in self._spelt.get(spelling(name), ()))
        return [
            row
            for row in found
            if not country or country_code(self._entry(row).country) in ("", country)
        ]

    def _listing(self, how: How, rows: list[int], day: dt.date, names: tuple[str, ...]) -> Listing:
        entries = [self._entry(row) for row in rows]
        judged = [(self._standing(entry, day), entry) for entry in entries]
        order = list(Standing)
        state, entry = min(judged, key=lambda pair: order.index(pair[0]))
        others = {key(other): other for other in entries if another(how, entry, other)}
        return Listing(
            self.name,
            how,
            entry,
            state,
            other_name=how is How.NUMBER and not named_alike(names, entry.names),
            several=tuple(others.values())[:_SHOWN],
        )

    def _standing(self, entry: Entry, day: dt.date) -> Standing:
        american = self._american["until"]
        return standing(entry, day, self._american["from"] if american is None else american)

    # -- Near misses -------------------------------------------------------------------------

    def _near(self, names: tuple[str, ...], country: str, host: str) -> tuple[Near, ...]:
        # A catalogue names the same bodies again and again, and to look for what is near is slow.
        known = names, country, host
        if known not in self._seen:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[known] = self._look_near(*known)
        return self._seen[known]

    def _look_near(self, names: tuple[str, ...], country: str, host: str) -> tuple[Near, ...]:
        found: dict[tuple[str, ...], Near] = {}
        for row, why in self._nearby(names, country, host):
            entry = self._entry(row)
            found.setdefault(key(entry), Near(entry, why))
            if len(found) == _SHOWN:
                break
        return tuple(found.values())

    def _nearby(self, names: tuple[str, ...], country: str, host: str) -> Iterator[tuple[int, str]]:
        for name in names:
            for row in self._spelt.get(spelling(name), ()):
                yield row, "the same name, in another country"
        for name in names:
            yield from self._neighbours.same_words(name)
        for row in self._hosts.get(host, ()) if host else ():
            yield row, f"the same website, {host}"
        for name in names:
            for row, why in self._neighbours.similar(name):
                if country in ("", country_code(self._entry(row).country) or country):
                    yield row, why

    # -- Index -------------------------------------------------------------------------------

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, (_, cells) in enumerate(self._rows):
            for at in self.columns.at.get("id", ()):
                for _, value in numbered(self.columns.headings[at], cell(cells, at)):
                    found.setdefault(number(value), []).append(row)
        found.pop("", None)
        return found

    @cached_property
    def _spelt(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, (_, cells) in enumerate(self._rows):
            for name in self._names(cells):
                rows = found.setdefault(spelling(name), [])
                if not rows or rows[-1] != row:
                    rows.append(row)
        found.pop("", None)
        return found

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(
            [
                (row, name)
                for row, (_, cells) in enumerate(self._rows)
                for name in self._names(cells)
            ]
        )

    @cached_property
    def _hosts(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, (_, cells) in enumerate(self._rows):
            if host := domain(self._cell(cells, "website")):
                found.setdefault(host, []).append(row)
        return found

    def _names(self, cells: tuple[str, ...]) -> Iterator[str]:
        for at in self.columns.at.get("name", ()):
            yield from parts(cell(cells, at))

    def _cell(self, cells: tuple[str, ...], role: str) -> str:
        return next((cell(cells, at) for at in self.columns.at.get(role, ())), "")

    def _entry(self, row: int) -> Entry:
        line, cells = self._rows[row]
        numbers = (
            pair
            for at in self.columns.at.get("id", ())
            for pair in numbered(self.columns.headings[at], cell(cells, at))
        )
        # DEQAR lists institutions on which it has no report; to stand there says nothing then.
        unreported = self._cell(cells, "reports") == "0"
        status = "0 reports" if unreported else self._cell(cells, "status")
        return Entry(
            line=line,
            names=tuple(dict.fromkeys(self._names(cells))),
            numbers=tuple(numbers),
            country=self._cell(cells, "country"),
            website=self._cell(cells, "website"),
            starts=self._cell(cells, "from"),
            ends=self._cell(cells, "until"),
            status=status,
        )
