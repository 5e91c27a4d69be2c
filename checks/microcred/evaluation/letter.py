"""The letter to the issuer: asks once, with a list, for what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from microcred.evaluation.model import Answer, Letter, Strength, Weight
from microcred.evaluation.purposes import Purpose
from microcred.evaluation.view import View
from microcred.messages import Message

__all__ = ["letter"]


def letter(
    view: View, purpose: Purpose, answers: Sequence[Answer], title: str, issuer: str
) -> Letter | None:
    """Return the letter, or None where nothing that weighs for the purpose is missing.

    It names the award by its number and not by its holder, who need not be told to anybody.
    """
    order = list(Weight)
    weighed = sorted(
        (one for one in answers if one.weight is not Weight.HELPS),
        key=lambda answer: order.index(answer.weight),
    )
    told = {ask.text(): ask for answer in weighed for ask in _asked(answer)}
    asks = tuple(told.values())
    if not asks:
        return None
    about = [("Micro-credential", title), ("Identifier", view.text("/id"))]
    if view.award:
        number = view.text("/id") or "[number, with the holder’s consent]"
        about = [about[0], ("Award", number), ("Issued", view.text("/issued"))]
    else:
        about += [("Version", view.text("/version"))]
    opening = Message(_AWARD if view.award else _OFFER, {"purpose": purpose.words})
    known = tuple((name, value) for name, value in about if value)
    return Letter(issuer, Message(_SUBJECT), known, (opening, Message(_ONCE)), asks, _CLOSING)


def _asked(answer: Answer) -> tuple[Message, ...]:
    """Return what to ask about a criterion; where nothing is missing, what seems to be wrong."""
    if answer.missing or answer.strength is not Strength.DOUBTED:
        return answer.missing
    return tuple(
        Message(
            f"About {{criterion}} we found: {doubt.template}. Can you explain or correct that?",
            {**doubt.values, "criterion": answer.criterion.title.lower()},
        )
        for doubt in answer.doubts[:2]
    )


_SUBJECT: Final = "Questions on a micro-credential of yours"
_AWARD: Final = (
    "We have been shown an award of this micro-credential. It is to be considered for {purpose}"
)
_OFFER: Final = (
    "We have read your description of this micro-credential. It is to be considered for {purpose}"
)
_ONCE: Final = (
    "What we have says part of what we need. Some things are missing, and we ask for all of them "
    "at once"
)
_CLOSING: Final = (
    Message(
        "A link to a public page is as good as a letter. We need no transcript, and no paper that "
        "doesn’t exist yet. If there is no answer to a question, tell us that too"
    ),
    Message(
        "If you add the answers to the description itself, everybody who receives this award later "
        "will have them"
    ),
    Message("We would be glad of an answer by [date]. Thank you for your help"),
    Message("[name, office, address]"),
)
