"""The rules' view of a document: what several of them need, worked out once, on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from microcred.facts import fact
from microcred.profiles.model import hours_per_credit
from microcred.quantities import as_number, hours_of, read_date
from microcred.rule import AWARD
from microcred.vocabularies import vocabulary
from microcred.vocabularies.nothing import says
from microcred.vocabularies.statements import statement
from microcred.vocabularies.wordlists import primary

if TYPE_CHECKING:
    from microcred.profiles.model import Profile
    from microcred.registers import Listing, Register

__all__ = ["Description", "Node", "flags", "named_twice"]

# The schema has checked the shape before a rule sees a node, so rules read it without asking.
Node = Any

_EQF: Final = range(1, 9)


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

    # Slots, since an object of more than thirty plain attributes is slower in every one of them.
    __slots__ = (
        "__dict__",  # for the facts
        "assessment_types",
        "assessments",
        "awarding",
        "bodies",
        "body_types",
        "cited_offer",
        "covers",
        "credits",
        "data",
        "day",
        "eqf",
        "hours",
        "information",
        "kind",
        "language",
        "level",
        "methods",
        "mode",
        "no_criteria",
        "on",
        "outcome_names",
        "outcomes",
        "participation",
        "prerequisites",
        "profile",
        "quality",
        "read",
        "recognises_experience",
        "registers",
        "stacking",
        "statements",
        "title",
        "values",
        "workload",
    )

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
        # Each statement as rules read it.
        self.read = [statement(text, self.language) for text in self.statements]
        # The short names of the learning outcomes; None stands for one without.
        self.outcome_names = {outcome.get("id") for outcome in self.outcomes}
        # The notional workload in hours; None where it is absent or can't be read.
        self.hours = hours_of(self.workload.get("hours"))
        self.credits = self._credits() if "credits" in self.workload else {}
        self.eqf = self._eqf(self.level.get("eqf"))  # None where there is none that can be read
        # The mode of participation as a code of the vocabulary, or as it is written.
        mode = self.participation.get("mode")
        entry = vocabulary("modes").find(mode)
        self.mode = entry.code if entry else mode if type(mode) is str else ""
        # The awarding bodies; a body that stands alone without roles is one.
        self.awarding = [body for body in self.bodies if "awarding" in (body.get("roles") or ())]
        if len(self.bodies) == 1 and not self.bodies[0].get("roles"):
            self.awarding = self.bodies
        # The types of the awarding bodies, as codes of the vocabulary.
        find = vocabulary("body-types").find
        types = [find(body.get("type")) for body in self.awarding]
        self.body_types = {entry.code for entry in types if entry}
        # Per assessment, its type in the vocabulary and what that can prove; None where the list
        # lacks the type.
        find = vocabulary("assessment-types").find
        self.assessment_types = [find(item.get("type")) for item in self.assessments]
        self.methods = [
            flags(entry.extra["proves"]) if entry else None for entry in self.assessment_types
        ]
        # Whether an assessment recognises what was learned before and elsewhere.
        codes = [entry.code for entry in self.assessment_types if entry]
        self.recognises_experience = "recognition-of-prior-learning" in codes
        self.covers = self._covers()
        # Whether no assessment says anything about criteria: asked once, by M9-8.
        told = (item.get(name) for item in self.assessments for name in ("criteria", "pass"))
        self.no_criteria = not any(says(self.text(node)) for node in told)
        # The day that counts: an award's date of issuing, else the day of the check.
        self.day = (self.issued if kind == AWARD else None) or on

    def _credits(self) -> dict[str, float]:
        """Return the points by credit system (codes of the vocabulary where they are known)."""
        systems = vocabulary("credit-systems")
        found: dict[str, float] = {}
        for item in self.workload["credits"]:
            points = as_number(item.get("points")) if item else None
            if points is None:
                continue
            stated = item.get("system", "")
            entry = systems.find(stated)
            found[entry.code if entry else stated] = points
        return found

    def _eqf(self, stated: Node) -> int | None:
        level = as_number(stated)
        if level is None and isinstance(stated, str):
            entry = vocabulary("eqf-levels").find(stated)  # such as “EQF 4”
            level = float(entry.code) if entry else None
        return int(level) if level is not None and level in _EQF else None

    def _covers(self) -> dict[str, list[int]]:
        """Return, per outcome's short name, the positions of the assessments that cover it."""
        found: dict[str, list[int]] = {}
        for position, item in enumerate(self.assessments):
            for outcome in item.get("covers", ()):
                if type(outcome) is str:
                    found.setdefault(outcome, []).append(position)
        return found

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
    def listings(self) -> list[tuple[dict[str, Node], Listing | None]]:
        """Return each awarding body with what the registers say of it for the day that counts."""
        from microcred.registers import best

        return [
            (body, best(register.look_up(body, self.day) for register in self.registers))
            for body in self.awarding
        ]

    # Dates

    @fact
    def issued(self) -> dt.date | None:
        """Return the date of issuing, where it can be read without doubt."""
        return self.date(self.data.get("issued"))

    def date(self, node: Node) -> dt.date | None:
        """Return a date that can be read without doubt, else None."""
        reading = read_date(node) if isinstance(node, str) else None
        return reading.date if reading else None
