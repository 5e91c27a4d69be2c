"""The rules' view of a document: what several of them need, worked out once, on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from microcred.facts import fact
from microcred.profiles import hours_per_credit
from microcred.quantities import as_number, hours_of, read_date
from microcred.rule import AWARD
from microcred.vocabularies import Entry, vocabulary
from microcred.vocabularies.statements import Statement, statement
from microcred.vocabularies.wordlists import primary

if TYPE_CHECKING:
    from microcred.profiles import Profile
    from microcred.registers import Listing, Register

__all__ = ["Description", "Node", "flags", "named_twice"]

# The schema has checked the shape before a rule sees a node, so rules read it without asking.
Node = Any


@lru_cache(maxsize=64)
def flags(cell: str) -> frozenset[str]:
    """Return the words of a cell of a vocabulary."""
    return frozenset(cell.split())


def named_twice(items: Sequence[dict[str, Node]]) -> str | None:
    """Return the first short name that two of the items have, if there is one."""
    names = [item.get("id") for item in items]
    if len(set(names)) == len(names):  # as in nearly every list, and quick to see
        return None
    return next((name for name in names if name and names.count(name) > 1), None)


class Description:
    """A micro-credential as the rules see it: plain data, kind, profile and day of the check."""

    def __init__(
        self,
        data: dict[str, Node],
        kind: str,
        on: dt.date,
        profile: Profile,
        offer: dict[str, Node] | None = None,
        registers: Sequence[Register] = (),
    ) -> None:
        self.data = data
        self.kind = kind
        self.on = on
        self.values: Mapping[str, Any] = profile.values
        self.profile = profile
        self.registers = registers
        self.cited_offer = offer  # the offer that an award was made from, where it is at hand
        # What rules ask of every description is worked out at once: a plain attribute is several
        # times cheaper to read than a fact.
        stated = data.get("language")
        # The language of texts that don't name their own; empty if it isn't stated.
        self.language = stated.lower() if type(stated) is str else ""
        self.bodies = self.items("bodies")
        self.outcomes = self.items("outcomes")
        self.assessments = self.items("assessments")
        self.quality = self.items("quality")  # the arrangements of quality assurance
        self.workload: dict[str, Node] = data.get("workload") or {}
        self.level: dict[str, Node] = data.get("level") or {}
        self.participation: dict[str, Node] = data.get("participation") or {}
        self.prerequisites: dict[str, Node] = data.get("prerequisites") or {}
        self.stacking: dict[str, Node] = data.get("stacking") or {}
        self.information: dict[str, Node] = data.get("information") or {}
        self.title = self.text(data.get("title"))  # in the document's language, as all texts below
        nodes = [outcome.get("statement") for outcome in self.outcomes]
        self.statements = [node if type(node) is str else self.text(node) for node in nodes]
        # The notional workload in hours; None where it is absent or can't be read.
        self.hours = hours_of(self.workload.get("hours"))

    # Figures of the profile

    def range(self, name: str) -> tuple[float, float]:
        """Return the lower and upper limit that the profile sets under *name*."""
        limits: tuple[float, float] = self.values[name]
        return limits

    def figure(self, name: str) -> float:
        """Return the single figure that the profile sets under *name*."""
        figure: float = self.values[name]
        return figure

    def limit(self, name: str) -> Any:
        """Return what the profile asks beyond the base under *name*."""
        return self.profile.limits[name]

    @property
    def hours_per_credit(self) -> dict[str, tuple[float, float]]:
        """Return how many hours one credit stands for, by credit system."""
        return hours_per_credit(self.values)

    # Texts

    def texts(self, node: Node) -> tuple[tuple[str, str], ...]:
        """Return (language, text) for a text in one language or in several."""
        if type(node) is str:
            return ((self.language, node),)
        if type(node) is dict:
            return tuple((language.lower(), text) for language, text in node.items())
        return ()

    def text(self, node: Node) -> str:
        """Return the text in the document's language, else the first there is."""
        if type(node) is str:
            return node
        if type(node) is not dict or not node:
            return ""
        if found := node.get(self.language):
            return str(found)
        spelled = dict(self.texts(node))
        wanted = primary(self.language)
        near = (text for code, text in spelled.items() if primary(code) == wanted)
        return str(spelled.get(self.language) or next(near, next(iter(spelled.values()))))

    # Parts

    def items(self, field: str) -> list[dict[str, Node]]:
        """Return the readable items of a list field."""
        found: list[dict[str, Node]] = self.data.get(field) or []
        return found if all(found) else [item for item in found if item]

    def part(self, field: str) -> dict[str, Node]:
        """Return a part of the document; an empty one where it is absent."""
        return self.data.get(field) or {}

    @fact
    def awarding(self) -> list[dict[str, Node]]:
        """Return the awarding bodies; a body that stands alone without roles is one."""
        bodies = self.bodies
        if len(bodies) == 1 and not bodies[0].get("roles"):
            return bodies
        return [body for body in bodies if "awarding" in (body.get("roles") or ())]

    @fact
    def listings(self) -> list[tuple[dict[str, Node], Listing | None]]:
        """Return each awarding body with what the registers say of it for the day that counts."""
        from microcred.registers import best

        return [
            (body, best(register.look_up(body, self.day) for register in self.registers))
            for body in self.awarding
        ]

    @fact
    def body_types(self) -> frozenset[str]:
        """Return the types of the awarding bodies, as codes of the vocabulary."""
        types = vocabulary("body-types")
        found = (types.find(body["type"]) for body in self.awarding if "type" in body)
        return frozenset(entry.code for entry in found if entry)

    @fact
    def outcome_names(self) -> frozenset[str | None]:
        """Return the short names of the learning outcomes; None stands for one without."""
        return frozenset(outcome.get("id") for outcome in self.outcomes)

    @fact
    def read(self) -> list[Statement]:
        """Return each statement as rules read it."""
        language = self.language
        return [statement(text, language) for text in self.statements]

    @fact
    def assessment_types(self) -> list[Entry | None]:
        """Return, per assessment, its type in the vocabulary; None where the list lacks it."""
        types = vocabulary("assessment-types")
        return [types.find(item.get("type", "")) for item in self.assessments]

    @fact
    def methods(self) -> list[frozenset[str] | None]:
        """Return, per assessment, what its type can prove; None where the list lacks the type."""
        return [flags(entry.extra["proves"]) if entry else None for entry in self.assessment_types]

    @fact
    def no_criteria(self) -> bool:
        """Tell whether no assessment says anything about criteria: asked once, by M9-8."""
        return not any(item.get("criteria") or item.get("pass") for item in self.assessments)

    @fact
    def recognises_experience(self) -> bool:
        """Tell whether an assessment recognises what was learned before and elsewhere."""
        codes = (entry.code for entry in self.assessment_types if entry)
        return "recognition-of-prior-learning" in codes

    @fact
    def covers(self) -> dict[str, list[int]]:
        """Return, per outcome's short name, the positions of the assessments that cover it."""
        found: dict[str, list[int]] = {}
        for position, item in enumerate(self.assessments):
            for outcome in item.get("covers", ()):
                if isinstance(outcome, str):
                    found.setdefault(outcome, []).append(position)
        return found

    @fact
    def mode(self) -> str:
        """Return the mode of participation as a code of the vocabulary, or as it is written."""
        stated = self.participation.get("mode")
        if not isinstance(stated, str):
            return ""
        entry = vocabulary("modes").find(stated)
        return entry.code if entry else stated

    # Size and level

    @fact
    def credits(self) -> dict[str, float]:
        """Return the points by credit system (codes of the vocabulary where they are known)."""
        systems = vocabulary("credit-systems")
        found: dict[str, float] = {}
        for item in self.workload.get("credits", ()):
            points = as_number(item.get("points")) if item else None
            if points is None:
                continue
            stated = item.get("system", "")
            entry = systems.find(stated)
            found[entry.code if entry else stated] = points
        return found

    @fact
    def eqf(self) -> int | None:
        """Return the EQF level, or None where there is none that can be read."""
        stated = self.level.get("eqf")
        level = as_number(stated)
        if level is None and isinstance(stated, str):
            entry = vocabulary("eqf-levels").find(stated)  # such as “EQF 4”
            level = float(entry.code) if entry else None
        return int(level) if level is not None and level in range(1, 9) else None

    # Dates

    @fact
    def issued(self) -> dt.date | None:
        """Return the date of issuing, where it can be read without doubt."""
        return self.date(self.data.get("issued"))

    def date(self, node: Node) -> dt.date | None:
        """Return a date that can be read without doubt, else None."""
        reading = read_date(node) if isinstance(node, str) else None
        return reading.date if reading else None

    @fact
    def day(self) -> dt.date:
        """Return the day that counts: an award's date of issuing, else the day of the check."""
        return (self.issued if self.kind == AWARD else None) or self.on
