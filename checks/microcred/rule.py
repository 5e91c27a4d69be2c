"""What a rule is, what it can answer, and the one list of all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from microcred.messages import Message

__all__ = [
    "AWARD",
    "KINDS",
    "NOT_APPLICABLE",
    "OFFER",
    "RETIRED",
    "RULES",
    "STACK",
    "WORKSHEET",
    "Judge",
    "Level",
    "Outcome",
    "Rule",
    "Verdict",
    "cannot_tell",
    "not_met",
    "rule",
]

OFFER: Final = "offer"
AWARD: Final = "award"
KINDS: Final = (OFFER, AWARD)
WORKSHEET: Final = "worksheet"  # answers to questions of a worksheet's own; no description
STACK: Final = "stack"  # several of them, and the programme that takes them in


class Level(StrEnum):
    """How much weight a rule carries; never mixed in a report."""

    MUST = "must"
    SHOULD = "should"
    ADVICE = "advice"


class Outcome(StrEnum):
    """What a rule answers at one place."""

    MET = "met"
    NOT_MET = "not-met"
    CANNOT_TELL = "cannot-tell"
    NOT_APPLICABLE = "not-applicable"


# A named tuple, like the message in it: catalogues make millions of them.
class Verdict(NamedTuple):
    """A rule's answer where it isn't simply *met*; ``at`` is a pointer below the node."""

    outcome: Outcome
    message: Message | None = None
    at: str = ""
    fix: Message | None = None


# Empty, and so false: most rules have nothing to say of most nodes, and any() passes over it as
# quickly as over None.
NOT_APPLICABLE: Final = tuple.__new__(Verdict)


def not_met(message: str, *, at: str = "", fix: str | None = None, **values: object) -> Verdict:
    """Return the verdict *not met*: what is so, in the reader's words.

    ``fix`` replaces the rule's own fix where a better one is known at this place.
    """
    return Verdict(
        Outcome.NOT_MET, Message(message, values), at, Message(fix, values) if fix else None
    )


def cannot_tell(
    question: str, *, at: str = "", fix: str | None = None, **values: object
) -> Verdict:
    """Return the verdict *cannot tell*: the question that a person has to answer."""
    return Verdict(
        Outcome.CANNOT_TELL, Message(question, values), at, Message(fix, values) if fix else None
    )


# A rule's function answers None where the rule is met, which is the common and cheapest case.
# A rule on worksheets sees all answers at once, and yields a verdict for each place.
Judge = Callable[..., Verdict | Iterator[Verdict] | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One executable check, with everything that is ever said about it.

    ``at`` selects the nodes it looks at: JSON pointers in which ``*`` stands for each item of
    a list or value of a map; the empty pointer is the whole document. ``element`` is empty for
    rules of the document as a whole. ``needs`` names the limit of a profile without which the
    rule doesn't run, ``reads`` the figure of a profile that it compares with.
    """

    id: str
    title: str
    level: Level
    element: str
    section: str
    basis: str
    why: str
    fix: str
    at: tuple[str, ...]
    kinds: tuple[str, ...]
    yields: frozenset[Outcome]
    judge: Judge
    each_text: bool = False
    by_text: bool = False
    needs: str = ""
    reads: str = ""


RULES: Final[dict[str, Rule]] = {}

# Ids that once meant something: never given to another rule.
RETIRED: Final[dict[str, str]] = {}


def rule(  # noqa: PLR0913 - a rule is declared in one place, with everything said of it
    id: str,
    title: str,
    *,
    level: Level,
    element: str,
    section: str,
    basis: str,
    why: str,
    fix: str,
    at: str | tuple[str, ...] = "",
    kinds: tuple[str, ...] = KINDS,
    yields: tuple[Outcome, ...] = (Outcome.NOT_MET,),
    each_text: bool = False,
    by_text: bool = False,
    needs: str = "",
    reads: str = "",
) -> Callable[[Judge], Judge]:
    """Declare a rule; the decorated function judges one node: ``judge(node, description)``.

    ``section`` is the label of the guidance that explains the rule, ``yields`` the outcomes
    other than *met* and *not applicable* that it can give. With ``each_text`` the node is a text,
    and each of its languages is judged by itself: ``judge(text, description, language)``. With
    ``by_text`` nothing but the text counts, wherever it stands: ``judge(text, language)``. With
    ``needs`` it runs only under a profile that sets this limit; ``reads`` is the figure of the
    profile that it compares with.

    Raises:
        ValueError: the id is taken, or was retired.
    """
    if id in RULES or id in RETIRED:
        raise ValueError(f"the rule id {id} is already taken: ids are never given twice")

    def declare(judge: Judge) -> Judge:
        places = (at,) if isinstance(at, str) else at
        RULES[id] = Rule(
            id,
            title,
            level,
            element,
            section,
            basis,
            why,
            fix,
            places,
            kinds,
            frozenset(yields),
            judge,
            each_text,
            by_text,
            needs,
            reads,
        )
        return judge

    return declare
