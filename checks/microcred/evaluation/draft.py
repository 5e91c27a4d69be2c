"""The draft decision: what to do next and why. It never refuses, and it never decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from microcred.evaluation.model import Answer, Draft, Route, Strength, Verdict, Way, Weight
from microcred.evaluation.purposes import Purpose
from microcred.evaluation.view import View
from microcred.messages import Message

__all__ = ["draft"]

_FOLLOWED: Final = (Strength.EVIDENCED, Strength.CHECKED)


def draft(view: View, purpose: Purpose, route: Route, answers: Sequence[Answer]) -> Draft:
    """Return a draft decision for a person to confirm, change or drop."""
    deciding = [answer for answer in answers if answer.weight is Weight.DECIDES]
    lacking = [one for one in deciding if one.strength is Strength.MISSING]
    doubted = [one for one in answers if one.strength is Strength.DOUBTED]
    testing = next(one for one in answers if one.criterion.id == "testing")
    reasons = (*_reasons(deciding, lacking), *_doubts(doubted))
    if not view.award:
        return Draft(Verdict.PREVIEW, _PREVIEW, reasons, _conditions(deciding, purpose, route))
    if testing.strength is Strength.DOUBTED:
        return Draft(Verdict.ASSESS, _UNASSESSED, reasons, (_OWN, *_way(purpose, route)))
    if lacking or any(one.weight is not Weight.HELPS for one in doubted):
        return Draft(Verdict.ASK, _ASK, reasons, _way(purpose, route))
    told = Message(_COMPARE, {"purpose": purpose.words, "what": purpose.compare.text()})
    return Draft(Verdict.COMPARE, told, reasons, _conditions(deciding, purpose, route))


_PREVIEW: Final = Message(
    "Draft: no decision yet. This is an offer, so it shows what an award would carry, and nobody "
    "holds it so far"
)
_UNASSESSED: Final = Message(
    "Draft: don’t rest a decision on this file alone. What is called an assessment assesses no "
    "outcome"
)
_ASK: Final = Message(
    "Draft: ask before you decide. What is missing or doubtful weighs for this purpose, and "
    "silence in a file is no ground for a refusal"
)
_COMPARE: Final = (
    "Draft: recognise it for {purpose}, as far as your comparison with {what} bears it out"
)
_OWN: Final = Message("Assess the outcomes yourself, for example by a talk or a short task")


def _reasons(deciding: Sequence[Answer], lacking: Sequence[Answer]) -> Iterator[Message]:
    for answer in lacking:
        name = {"criterion": answer.criterion.title}
        yield Message("{criterion}: decides for this purpose, and the file says nothing", name)
    for answer in deciding:
        name = {"criterion": answer.criterion.title}
        if answer.strength in _FOLLOWED:
            yield Message("{criterion}: decides, and can be followed up in the file", name)
        elif answer.strength is Strength.STATED:
            yield Message("{criterion}: decides, and rests on the issuer’s word alone", name)


def _doubts(doubted: Sequence[Answer]) -> Iterator[Message]:
    for answer in doubted:
        first = answer.doubts[0]
        values = {**first.values, "criterion": answer.criterion.title}
        yield Message(f"{{criterion}}: {first.template}", values)


def _conditions(deciding: Sequence[Answer], purpose: Purpose, route: Route) -> tuple[Message, ...]:
    weak = [answer for answer in deciding if answer.strength is Strength.STATED]
    return (
        *(
            Message(
                "Before you rely on it, find something that bears out what is said under "
                "“{criterion}”",
                {"criterion": answer.criterion.title},
            )
            for answer in weak
        ),
        *_way(purpose, route),
    )


def _way(purpose: Purpose, route: Route) -> tuple[Message, ...]:
    if purpose.id in ("employment", "rpl") or route.way is Way.FORMAL:
        return ()
    if route.way is Way.UNCLEAR:
        return (Message("Find out whether the provider belongs to formal education"),)
    return (
        Message(
            "Take the way of prior learning: the file goes into a portfolio, and you assess what "
            "it leaves open"
        ),
    )
