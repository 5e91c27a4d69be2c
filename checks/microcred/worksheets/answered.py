"""A filled worksheet as its rules see it: each question with its answer and its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from microcred.problem import Problem
from microcred.readers.text import shown
from microcred.vocabularies.tables import key
from microcred.worksheets.definition import Section, Worksheet, worksheet
from microcred.worksheets.fields import Field
from microcred.worksheets.questions import ANSWERS, Item
from microcred.worksheets.scoring import When

if TYPE_CHECKING:
    from microcred.profiles.model import Profile

__all__ = ["Answered", "Asked", "Line", "is_blank", "token"]

_MOST: Final = 2_000  # answers and entries; a worksheet that people fill in has far fewer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question at one place, with what was answered; ``of`` names its line or entry."""

    field: Field
    pointer: str
    answer: object
    section: Section
    of: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether nothing was answered."""
        return is_blank(self.answer)

    @property
    def name(self) -> str:
        """Return what the question is called, with the line that it belongs to."""
        return f"{self.of}, {self.field.label}" if self.of else self.field.label


@dataclass(frozen=True, slots=True)
class Line:
    """A fixed line of a table with the entry that answers it; the entry may be empty."""

    item: Item
    pointer: str
    entry: Mapping[str, Any]


class Answered:
    """The answers of one filled worksheet, whatever form they came in."""

    def __init__(self, data: Mapping[str, Any], on: dt.date, profile: Profile) -> None:
        self.sheet = _sheet(data)
        self.data = data
        self.on = on
        self.profile = profile
        answers = data.get(ANSWERS)
        self.answers: Mapping[str, Any] = answers if isinstance(answers, dict) else {}
        self._entries: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self._lines: dict[str, tuple[Line, ...]] = {}

    @property
    def is_huge(self) -> bool:
        """Tell whether there is more than people write, so that no guess is worth its time."""
        lists = (value for value in self.answers.values() if isinstance(value, list))
        return len(self.answers) + sum(map(len, lists)) > _MOST

    def entries(self, section: Section) -> list[tuple[str, dict[str, Any]]]:
        """Return the entries of a table that can be read, with their pointers."""
        if section.key not in self._entries:
            self._entries[section.key] = self._read(section)
        return self._entries[section.key]

    def _read(self, section: Section) -> list[tuple[str, dict[str, Any]]]:
        found = self.answers.get(section.key)
        items = found if isinstance(found, list) else []
        return [
            (f"/{ANSWERS}/{section.key}/{at}", entry)
            for at, entry in enumerate(items)
            if isinstance(entry, dict) and any(not is_blank(one) for one in entry.values())
        ]

    def lines(self, section: Section) -> tuple[Line, ...]:
        """Return the fixed lines of a table with what was answered to them."""
        if section.key not in self._lines:
            self._lines[section.key] = tuple(self._matched(section))
        return self._lines[section.key]

    def _matched(self, section: Section) -> Iterator[Line]:
        said = {key(str(entry.get("id", ""))): (at, entry) for at, entry in self.entries(section)}
        for item in section.items:
            at, entry = said.get(key(item.id), (f"/{ANSWERS}/{section.key}", {}))
            yield Line(item, at, entry)

    def is_untouched(self, section: Section) -> bool:
        """Tell whether nobody has answered anything in a table with fixed lines."""
        asked = [one.path[0] for one in section.fields if not one.is_label]
        return all(is_blank(line.entry.get(name)) for line in self.lines(section) for name in asked)

    def asked(self) -> Iterator[Asked]:
        """Yield every question at each of its places."""
        for section in self.sheet.sections:
            if not section.is_table:
                for one in section.fields:
                    yield Asked(
                        one, "/" + "/".join(one.path), self.answers.get(one.path[-1]), section
                    )
            elif section.items:
                for line in self.lines(section):
                    yield from _row(section, line.pointer, line.entry, line.item.id)
            else:
                for number, (at, entry) in enumerate(self.entries(section), 1):
                    yield from _row(section, at, entry, f"{section.title} {number}")

    def holds(self, when: When) -> bool:
        """Tell whether each of these questions has one of these answers."""
        return all(
            any(key(str(said)) in map(key, values) for said in self._said(way))
            for way, values in when.items()
        )

    def place(self, way: str) -> str:
        """Return the pointer of the answer that a way leads to."""
        steps = way.split("/")
        section = next((one for one in self.sheet.sections if one.key == steps[0]), None)
        if section is None or len(steps) < 3:
            return f"/{ANSWERS}/{steps[0]}"
        found = (line.pointer for line in self.lines(section) if line.item.id == steps[1])
        return f"{next(found, f'/{ANSWERS}/{steps[0]}')}/{steps[2]}"

    def _said(self, way: str) -> list[object]:
        """Return the answers at a way: a question, or a table, a line and a question."""
        first, *rest = way.split("/")
        said: object = self.answers.get(first)
        if rest:
            section = next((one for one in self.sheet.sections if one.key == first), None)
            lines = self.lines(section) if section else ()
            said = next((line.entry.get(rest[1]) for line in lines if line.item.id == rest[0]), "")
        return said if isinstance(said, list) else [said]


def is_blank(value: object) -> bool:
    """Tell whether an answer says nothing."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def token(name: str) -> str:
    """Return a name as a step of a pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _row(section: Section, at: str, entry: Mapping[str, Any], of: str) -> Iterator[Asked]:
    for one in section.fields:
        if not one.is_label:
            yield Asked(one, f"{at}/{one.path[0]}", entry.get(one.path[0]), section, of)


def _sheet(data: Mapping[str, Any]) -> Worksheet:
    named = data.get("worksheet")
    if not isinstance(named, str) or not named.strip():
        raise Problem(
            "The document is a filled worksheet, and doesn’t say which one",
            "Add its identifier, such as worksheet: P1",
        )
    found = worksheet(named.strip())
    if not found.is_own:
        raise Problem(
            f"The document is a filled worksheet, and {shown(found.id)} fills an {found.kind}",
            f"Write kind: {found.kind}, or the identifier of a worksheet with its own questions",
        )
    return found
