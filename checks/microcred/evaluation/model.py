"""What an evaluation is: seven criteria answered from a file, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from microcred.messages import Message

if TYPE_CHECKING:
    import datetime as dt

    from microcred.profiles import Profile
    from microcred.registers import Register

__all__ = [
    "Answer",
    "Criterion",
    "Draft",
    "Evaluation",
    "Evidence",
    "Letter",
    "Route",
    "Strength",
    "Verdict",
    "Way",
    "Weight",
]


class Strength(StrEnum):
    """How far what the file says of a criterion can be followed up; no judgement of quality."""

    CHECKED = "checked"
    EVIDENCED = "evidenced"
    STATED = "stated"
    DOUBTED = "doubted"
    MISSING = "not-stated"


class Weight(StrEnum):
    """How much a criterion weighs for the purpose."""

    DECIDES = "decides"
    COUNTS = "counts"
    HELPS = "helps"


class Way(StrEnum):
    """The usual way of recognition for the kind of provider."""

    FORMAL = "formal"
    NON_FORMAL = "non-formal"
    UNCLEAR = "unclear"


class Verdict(StrEnum):
    """What a draft decision proposes to do next."""

    COMPARE = "compare"
    ASK = "ask-first"
    ASSESS = "own-assessment"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the seven; ``grades`` are those of the Micro-evaluator, which a person gives.

    ``doubts`` names the rules whose findings belong to it, ``heavy`` those that speak against
    what is stated. The Micro-evaluator leaves some criteria out for courses on site.
    """

    id: str
    title: str
    asks: Message
    elements: tuple[str, ...]
    doubts: tuple[str, ...]
    heavy: frozenset[str]
    question: Message
    grades: tuple[str, ...] = ()
    on_site: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file says, in its own words, and where."""

    label: str
    quote: str
    where: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the file carries for one criterion, and what it doesn't.

    ``missing`` are questions to the issuer, ``doubts`` say what speaks against the statement,
    ``questions`` are for the officer.
    """

    criterion: Criterion
    strength: Strength
    weight: Weight
    why: Message
    evidence: tuple[Evidence, ...]
    missing: tuple[Message, ...]
    doubts: tuple[Message, ...]
    questions: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Which way of recognition is usual for the provider, and the signs in the file for it."""

    way: Way
    told: Message
    signs: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft decision: what to do next and why; never a decision."""

    verdict: Verdict
    told: Message
    reasons: tuple[Message, ...]
    conditions: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to the issuer that asks once, with a list, for all that is missing."""

    to: str
    subject: Message
    about: tuple[tuple[str, str], ...]  # what tells the award from others, in full
    opening: tuple[Message, ...]
    asks: tuple[Message, ...]
    closing: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that an officer is shown of one file for one purpose."""

    version: str
    source: str
    offer: str  # where the offer was read that says what an award leaves open
    format: str
    kind: str
    title: str
    holder: str
    issuer: str
    number: str
    purpose: str
    checked_on: dt.date
    profile: Profile
    registers: tuple[Register, ...]
    seal: Message | None  # that a seal or signature was read, and not verified
    route: Route
    answers: tuple[Answer, ...]
    draft: Draft
    questions: tuple[Message, ...]
    letter: Letter | None
