"""The purposes of a recognition decision, and what each criterion weighs for them.

Nuffic's form says that the purpose decides which criteria matter most [MICROEV]; which they are
is our advice, since the form names none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from microcred.evaluation.model import Weight
from microcred.messages import Message

__all__ = ["PURPOSES", "Purpose"]

_D, _C, _H = Weight.DECIDES, Weight.COUNTS, Weight.HELPS


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose: its name in a sentence, what is compared, and the weight of each criterion."""

    id: str
    words: str
    compare: Message
    weights: dict[str, tuple[Weight, Message]]


def _weights(**told: tuple[Weight, str]) -> dict[str, tuple[Weight, Message]]:
    return {id: (weight, Message(why)) for id, (weight, why) in told.items()}


PURPOSES: Final[dict[str, Purpose]] = {
    purpose.id: purpose
    for purpose in (
        Purpose(
            "admission",
            "admission to a programme",
            Message("what the programme asks of those who enter it"),
            _weights(
                quality=(
                    _D,
                    "You rely on another body’s judgement, so it has to be a reliable one",
                ),
                verification=(_D, "A place is given on the strength of this file"),
                level=(_D, "Those who enter need the level on which the programme builds"),
                outcomes=(_C, "They show whether the person brings what the first term needs"),
                workload=(_H, "A small unit seldom decides on admission by its size"),
                testing=(_C, "An outcome counts if somebody assessed it"),
                identification=(_C, "Online, another person may have done the work"),
            ),
        ),
        Purpose(
            "exemption",
            "exemption from a part of a programme",
            Message("the outcomes of the part that would be left out"),
            _weights(
                quality=(_C, "The credits will stand under your own name"),
                verification=(_C, "The part will never be assessed again"),
                level=(_D, "A part is replaced by something of the same level"),
                outcomes=(_D, "What is left out has to be covered, outcome by outcome"),
                workload=(_C, "A large difference in size can mean a difference in depth"),
                testing=(_D, "Your own assessment of these outcomes falls away"),
                identification=(_C, "Online, another person may have done the work"),
            ),
        ),
        Purpose(
            "employment",
            "employment",
            Message("the tasks of the job"),
            _weights(
                quality=(_H, "A trial period and references tell you as much"),
                verification=(_D, "Safety or a licence may hang on a genuine award"),
                level=(_H, "The tasks say more than a number"),
                outcomes=(_D, "They say what the person can do at work"),
                workload=(_H, "Hours say little about what somebody can do"),
                testing=(_D, "It tells whether somebody watched the person do it"),
                identification=(_C, "You want to know that this person was assessed"),
            ),
        ),
        Purpose(
            "rpl",
            "validation of prior learning",
            Message("the outcomes and criteria of your own standard"),
            _weights(
                quality=(_H, "You assess yourself, so the file is one piece of evidence"),
                verification=(_C, "Evidence in a portfolio has to be genuine"),
                level=(_H, "The level comes out of your own assessment"),
                outcomes=(_D, "They show what is worth assessing"),
                workload=(_H, "What counts is what was learned, not how long it took"),
                testing=(_D, "What was assessed well need not be assessed again"),
                identification=(_C, "Whose work it was decides what the evidence is worth"),
            ),
        ),
    )
}
