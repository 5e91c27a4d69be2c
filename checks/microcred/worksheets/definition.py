"""The definition of a worksheet: one file each, and what the schema says of its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from microcred.problem import Problem
from microcred.rule import WORKSHEET
from microcred.worksheets.fields import Field, node_at
from microcred.worksheets.questions import ANSWERS, Item, items, labels, question
from microcred.worksheets.scoring import (
    Conflict,
    Scoring,
    Suggestion,
    conflicts,
    scoring,
    suggestions,
)

__all__ = ["NAMES", "Section", "Worksheet", "worksheet", "worksheets"]

NAMES: Final = (
    "T0",
    "I1",
    "I2",
    "W00",
    "W01",
    "W02",
    "W03",
    "W04",
    "W05",
    "W06",
    "W07",
    "W08",
    "W09",
    "W10",
    "W11",
    "W12",
    "W13",
    "W14",
    "W15",
    "W16",
    "W17",
    "W18",
    "W19",
    "W20",
    "P1",
    "P2",
    "P3",
    "P4",
    "P5",
    "P6",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a worksheet: a form with one answer a row, or a table with one entry a row.

    ``at`` is the list in the document that a table fills; ``owner`` heads the column that
    says to which entry of the list above a row belongs. ``items`` are lines that stand in the
    table from the beginning; ``at_least`` is how many entries a table needs, ``words`` how
    many words a form has at most.
    """

    title: str
    sheet: str
    intro: str
    at: tuple[str, ...]
    fields: tuple[Field, ...]
    owner: str = ""
    owner_help: str = ""
    is_map: bool = False
    rows: int = 10
    totals: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    at_least: int = 0
    words: int = 0
    is_own: bool = False

    @property
    def key(self) -> str:
        """Return the name of the list that the part fills among the answers of its own."""
        return self.at[-1] if self.at else ""

    @property
    def is_table(self) -> bool:
        """Tell whether each row is an entry."""
        return bool(self.at)

    @property
    def elements(self) -> tuple[str, ...]:
        """Return the elements that the section states."""
        from microcred.elements import ELEMENTS

        tops = {self.at[0]} if self.at else {one.path[0] for one in self.fields}
        return tuple(
            id
            for id, element in ELEMENTS.items()
            if tops & {path.split("/")[0] for path in element.paths}
        )


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet; ``scope`` holds the elements that it is about, or nothing for all.

    One of the kind *worksheet* asks questions of its own. It may score them, know which answers
    don't go together, and suggest something.
    """

    id: str
    version: str
    title: str
    kind: str
    purpose: str
    audience: str
    minutes: str
    needs: tuple[str, ...]
    result: str
    steps: tuple[str, ...]
    following: tuple[str, ...]
    scope: frozenset[str]
    sections: tuple[Section, ...]
    shelf: str = ""
    sources: tuple[str, ...] = ()
    scoring: Scoring | None = None
    conflicts: tuple[Conflict, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    fills: str = ""

    @property
    def is_own(self) -> bool:
        """Tell whether it asks questions of its own, and fills no offer or award."""
        return self.kind == WORKSHEET

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields at the top of the document that the worksheet asks about."""
        tops = [
            top
            for section in self.sections
            for top in ([section.at[0]] if section.at else [one.path[0] for one in section.fields])
        ]
        return tuple(dict.fromkeys(tops))

    @property
    def sheets(self) -> dict[str, list[Section]]:
        """Return the sections by the sheet on which they stand."""
        found: dict[str, list[Section]] = {}
        for section in self.sections:
            found.setdefault(section.sheet, []).append(section)
        return found


@cache
def worksheet(id: str) -> Worksheet:
    """Return the worksheet with that id.

    Raises:
        Problem: there is none.
    """
    if id.upper() not in NAMES:
        raise Problem(f"There is no worksheet “{id}”", f"Name one of {', '.join(NAMES)}")
    return _worksheet(raw(id.upper()))


def worksheets() -> Iterator[Worksheet]:
    """Yield all worksheets."""
    return map(worksheet, NAMES)


def raw(id: str) -> dict[str, Any]:
    """Return the definition of a worksheet as its file has it."""
    path = files(__package__) / f"{id.lower()}.yaml"
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    return loaded


def _worksheet(data: Mapping[str, Any]) -> Worksheet:
    return Worksheet(
        id=data["worksheet"],
        version=data["version"],
        title=data["title"],
        kind=data["kind"],
        purpose=data["purpose"].strip(),
        audience=data["audience"],
        minutes=data["minutes"],
        needs=tuple(data["needs"]),
        result=data["result"].strip(),
        steps=tuple(data["steps"]),
        following=tuple(data["next"]),
        scope=frozenset(data.get("elements", ())),
        sections=tuple(
            _own_section(part, data) if data["kind"] == WORKSHEET else _section(part)
            for part in data["sections"]
        ),
        shelf=data["shelf"],
        sources=tuple(data.get("sources", ())),
        scoring=scoring(data),
        conflicts=conflicts(data),
        suggestions=suggestions(data),
        fills=data.get("fills", ""),
    )


def _own_section(part: Mapping[str, Any], data: Mapping[str, Any]) -> Section:
    """Return a part with questions of its own: a form, a table, or a table with fixed lines."""
    scored = scoring(data)
    steps = scored.steps if scored else ()
    at = (ANSWERS, part["key"]) if "key" in part else ()
    asked = (
        Field(
            (one["id"],) if at else (ANSWERS, one["id"]),
            question(one, steps),
            one.get("required", False),
        )
        for one in part["questions"]
    )
    lines = items(part)
    return Section(
        title=part["title"],
        sheet=part.get("sheet", part["title"]),
        intro=part["intro"].strip(),
        at=at,
        fields=(*(labels(part) if lines else ()), *asked),
        rows=part.get("rows", 8),
        totals=(
            *(["score"] if scored and at and scored.part == part["key"] else []),
            *part.get("sums", ()),
        ),
        also={label: _path(at, id) for label, id in part.get("also", {}).items()},
        items=lines,
        at_least=part.get("minimum", 0),
        words=part.get("words", 0),
        is_own=True,
    )


def _path(at: tuple[str, ...], id: str) -> str:
    return id if at else f"{ANSWERS}/{id}"


def _section(part: Mapping[str, Any]) -> Section:
    at = tuple(part["at"].split("/")) if "at" in part else ()
    node, _ = node_at((*at, "*") if at and not part.get("map") else at)
    owner = part.get("owner", {})
    return Section(
        title=part["title"],
        sheet=part.get("sheet", part["title"]),
        intro=part["intro"].strip(),
        at=at,
        fields=tuple(_fields(part, node)),
        owner=owner.get("label", ""),
        owner_help=owner.get("help", ""),
        is_map=part.get("map", False),
        rows=part.get("rows", 10),
        totals=tuple(part.get("totals", ())),
        also=part.get("also", {}),
    )


def _fields(part: Mapping[str, Any], below: Mapping[str, Any]) -> Iterator[Field]:
    if part.get("map"):
        value = below["additionalProperties"]
        yield Field(("name",), {"title": part["name"], "description": below["description"]}, True)
        yield Field(("value",), value, True)
        return
    for path in part["fields"]:
        steps = tuple(path.split("/"))
        yield Field(steps, *node_at(steps, below))
