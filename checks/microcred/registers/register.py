"""A register of providers, indexed once by number, name and website."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from microcred.problem import Problem
from microcred.registers.columns import Columns, columns, likely, told
from microcred.registers.dates import month_first
from microcred.registers.listing import Entry, How, Listing, Near, Standing, standing
from microcred.registers.names import domain, number, spelling
from microcred.registers.near import Neighbours
from microcred.registers.same import another, country_code, key, named_alike, scheme
from microcred.registers.table import MAX_BYTES, Row, table

__all__ = ["Register", "read_all", "read_register"]

Body = Mapping[str, Any]

_REMEMBERED: Final = 4096  # bodies whose near misses are kept
_SHOWN: Final = 3  # entries that are named where several are near
_SEVERAL: Final = "|;\n"


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
        names = _texts(body.get("name"))
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
                for _, value in _numbered(self.columns.headings[at], _at(cells, at)):
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
            yield from _parts(_at(cells, at))

    def _cell(self, cells: tuple[str, ...], role: str) -> str:
        return next((_at(cells, at) for at in self.columns.at.get(role, ())), "")

    def _entry(self, row: int) -> Entry:
        line, cells = self._rows[row]
        numbers = (
            pair
            for at in self.columns.at.get("id", ())
            for pair in _numbered(self.columns.headings[at], _at(cells, at))
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


def read_register(
    source: str | os.PathLike[str] | bytes,
    name: str = "",
    wanted: Iterable[str] = (),
    *,
    all_wanted: bool = True,
) -> Register:
    """Return the register in a CSV file, or in its bytes.

    Args:
        source: path of the file, or its content.
        name: what the register is called in reports; the file's name if left out.
        wanted: which column says what, where the headings don't tell: “name=Nazwa”.
        all_wanted: whether each of these columns has to be there.

    Raises:
        Problem: it can't be read, passes a bound, or holds neither names nor numbers.
    """
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    called = name or ("register" if isinstance(source, bytes) else Path(source).name)
    try:
        asked = told(wanted)
        listed = table(data, lambda cells: likely(cells) + _asked(cells, asked))
        used = columns(listed.headings, asked if all_wanted else _there(listed.headings, asked))
    except Problem as problem:
        message = problem.message.replace("The register", f"The register “{called}”", 1)
        raise Problem(message, problem.fix) from None
    return Register(called, used, listed.rows, listed.notes)


def read_all(paths: Sequence[str], wanted: Sequence[str] = ()) -> list[Register]:
    """Return the registers in several files; a column that is wanted is in one of them at least.

    Raises:
        Problem: one can't be read, or none has a column that is wanted.
    """
    if wanted and not paths:
        raise Problem(
            "Columns are named for a register, and no register is given",
            "Add --register with the file",
        )
    found = [read_register(path, wanted=wanted, all_wanted=len(paths) == 1) for path in paths]
    there = {spelling(heading) for register in found for heading in register.columns.headings}
    for heading in (heading for headings in told(wanted).values() for heading in headings):
        if spelling(heading) not in there:
            raise Problem(
                f"None of the registers has a column “{heading}”",
                "Write the heading as one of the files has it",
            )
    return found


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Problem(
            f"The register “{path}” can’t be read: {error.strerror}", "Name a CSV file"
        ) from None


def _asked(cells: tuple[str, ...], wanted: Mapping[str, tuple[str, ...]]) -> int:
    plain = {spelling(heading) for headings in wanted.values() for heading in headings}
    return sum(spelling(cell) in plain for cell in cells)


def _there(
    headings: tuple[str, ...], wanted: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    plain = set(map(spelling, headings))
    kept = {
        role: tuple(heading for heading in named if spelling(heading) in plain)
        for role, named in wanted.items()
    }
    return {role: named for role, named in kept.items() if named}


def _at(cells: tuple[str, ...], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _parts(cell: str) -> list[str]:
    if not any(sign in cell for sign in _SEVERAL):
        return [cell] if cell else []
    parts = cell.replace("|", ";").replace("\n", ";").split(";")
    return [cell, *(part for part in map(str.strip, parts) if part)]


def _numbered(heading: str, cell: str) -> Iterator[tuple[str, str]]:
    """Yield scheme and value of each number in a cell, such as “ROR: 03x; PIC: 9”."""
    parts = cell.replace("|", ";").replace("\n", ";").replace(",", ";").split(";")
    for part in map(str.strip, parts):
        scheme, sign, value = part.partition(": ")
        if part and sign and value.strip():
            yield scheme.strip(), value.strip()
        elif part:
            yield heading, part


def _texts(node: object) -> tuple[str, ...]:
    if isinstance(node, str):
        return (node,) if node.strip() else ()
    if isinstance(node, Mapping):
        return tuple(
            dict.fromkeys(text for text in node.values() if isinstance(text, str) and text)
        )
    return ()
