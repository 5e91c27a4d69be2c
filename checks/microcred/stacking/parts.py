"""The stack as the rules see it: the programme, and what each part brings to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from microcred.credits import HOURS, Rates, Span, convert, system
from microcred.description import Description, Node
from microcred.facts import fact
from microcred.problem import Problem
from microcred.profiles.model import Profile
from microcred.rule import AWARD, STACK
from microcred.vocabularies.tables import fold

__all__ = ["MOST", "Part", "Stack", "needed"]

MOST: Final = 40  # parts of one stack


@dataclass(frozen=True, slots=True)
class Part:
    """A micro-credential in the stack; ``row`` is the place that the programme has for it."""

    number: int
    description: Description
    row: dict[str, Node]
    credential: str
    amount: Span | None  # in the unit of the programme
    how: str

    @property
    def name(self) -> str:
        """Return the short name in the programme, or its number in the stack."""
        return str(self.row.get("id") or self.number + 1)

    @property
    def title(self) -> str:
        """Return what it is called, or its number."""
        return self.description.title or f"part {self.number + 1}"

    @property
    def is_award(self) -> bool:
        """Tell whether it was earned already, or is only offered."""
        return self.description.kind == AWARD


class Stack(Description):
    """Programme and parts together; ``data`` is ``{target: …, parts: […]}``."""

    def __init__(self, data: dict[str, Node], kinds: list[str], on: dt.date, profile: Profile):
        super().__init__(data, STACK, on, profile)
        self.kinds = kinds

    @fact
    def target(self) -> dict[str, Node]:
        """Return the programme."""
        return self.part("target")

    @fact
    def accepts(self) -> dict[str, Node]:
        """Return what the programme takes in."""
        return self.target.get("accepts") or {}

    @fact
    def rows(self) -> list[dict[str, Node]]:
        """Return the places that the programme has for parts."""
        return list(self.target.get("parts") or ())

    @fact
    def rates(self) -> Rates:
        """Return the hours of a credit that the profile sets."""
        return Rates.of(self.profile)

    @fact
    def unit(self) -> str:
        """Return the system in which the programme counts: that of its size, else ECTS."""
        size = self.target.get("size") or {}
        return system(size.get("system") or "ECTS")

    @fact
    def members(self) -> list[Part]:
        """Return the parts, in the order in which they were named."""
        return list(self._members())

    def _members(self) -> Iterator[Part]:
        free = list(self.rows)
        for number, (data, kind) in enumerate(zip(self.data["parts"], self.kinds, strict=True)):
            description = Description(data, kind, self.on, self.profile)
            credential = _credential(description)
            row: dict[str, Node] = next(
                (row for row in free if credential and row.get("credential") == credential), {}
            )
            if row:
                free.remove(row)
            amount, how = self._amount(description, row)
            yield Part(number, description, row, credential, amount, how)

    def member(self, node: Node) -> Part:
        """Return the part that is written in *node*."""
        return next(part for part in self.members if part.description.data is node)

    def _amount(self, part: Description, row: dict[str, Node]) -> tuple[Span | None, str]:
        """Return how much a part brings, in the programme's unit, and how that is known."""
        if stated := row.get("amount"):
            code = system(stated["system"])
            told = convert(stated["points"], code, self.unit, rates=self.rates)
            return told.span, "as the programme counts it"
        return self.own_amount(part)

    def own_amount(self, part: Description) -> tuple[Span | None, str]:
        """Return how large a part is by its own description, in the programme's unit."""
        hours = part.hours
        if self.unit in part.credits:
            return Span(part.credits[self.unit], part.credits[self.unit]), "stated"
        if hours and hours > 0:
            told = convert(hours, HOURS, self.unit, rates=self.rates)
            how = "stated" if self.unit == HOURS else f"from {hours:g} hours"
            return told.span, how
        for code, points in part.credits.items():
            try:
                told = convert(points, code, self.unit, rates=self.rates)
            except Problem:
                continue  # a system that nobody knows brings nothing that can be added
            if told.span:
                return told.span, f"from {points:g} {code}"
        return None, "not known"

    @fact
    def counted(self) -> list[Part]:
        """Return the parts that count: of one that comes twice, the first."""
        seen: set[str] = set()
        kept = []
        for part in self.members:
            if part.credential and part.credential in seen:
                continue
            seen.add(part.credential)
            kept.append(part)
        return kept

    @fact
    def total(self) -> Span:
        """Return what the parts whose size is known come to."""
        known = [part.amount for part in self.counted if part.amount]
        return Span(sum(span.low for span in known), sum(span.high for span in known))

    @fact
    def unknown(self) -> list[Part]:
        """Return the parts whose size isn't known in the programme's unit."""
        return [part for part in self.counted if part.amount is None]

    @fact
    def filled(self) -> set[str]:
        """Return the short names of the programme's places that the stack fills."""
        return {part.row["id"] for part in self.members if part.row}

    @fact
    def order(self) -> tuple[list[Part], list[str]]:
        """Return the parts in an order in which they can be done, or the names in a circle."""
        graph = {part.number: set(self.before(part)) for part in self.members}
        try:
            found = list(TopologicalSorter(graph).static_order())
        except CycleError as circle:
            # The circle is told against the arrows; learners read along them.
            return self.members, [self.members[n].title for n in reversed(circle.args[1])]
        return [self.members[number] for number in found], []

    def before(self, part: Part) -> Iterator[int]:
        """Yield the numbers of the parts in the stack that come before *part*."""
        places = {other.row["id"]: other.number for other in self.members if other.row}
        yield from (places[name] for name in part.row.get("after") or () if name in places)
        known = {other.credential: other.number for other in self.members if other.credential}
        yield from (known[id] for id in needed(part) if id in known)

    def names_target(self, wanted: dict[str, Any]) -> bool:
        """Tell whether a target in a part's description is this programme."""
        titles = {fold(text) for _, text in self.texts(self.target.get("title"))}
        theirs = {fold(text) for _, text in self.texts(wanted.get("title"))}
        if titles & theirs or wanted.get("agreement") in {self.target.get("id")} - {None}:
            return True
        return any(one in other or other in one for one in titles for other in theirs if one)


def needed(part: Part) -> list[str]:
    """Return the ids of the micro-credentials that a part asks for first."""
    listed = part.description.prerequisites.get("credentials") or ()
    return [id for id in listed if isinstance(id, str)]


def _credential(part: Description) -> str:
    """Return the id of the micro-credential: of an award, that of its offer."""
    offer = part.data.get("offer") if part.kind == AWARD else None
    named = offer.get("id") if isinstance(offer, dict) else None
    stated = named or (part.data.get("id") if part.kind != AWARD else None)
    return stated if isinstance(stated, str) else ""
