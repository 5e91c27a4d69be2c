"""What only shows when the records of a catalogue are laid beside each other.

These rules look at no node of one description; ``catalogues.together`` runs them.
"""

from __future__ import annotations

from microcred.rule import Level, Outcome, Verdict, rule
from microcred.sources import advice

_REGISTER = advice("ETF-REG")


def _together(
    id: str, section: str, title: str, why: str, fix: str, *, yields: tuple[Outcome, ...]
) -> None:
    @rule(
        id,
        title,
        level=Level.ADVICE,
        element="",
        section=section,
        basis=_REGISTER,
        why=why,
        fix=fix,
        at=(),
        yields=yields,
    )
    def judge(_node: object, _description: object) -> Verdict | None:
        return None


_FAULT = (Outcome.NOT_MET,)
_QUESTION = (Outcome.CANNOT_TELL,)

_together(
    "CAT-1",
    "catalogue-ids",
    "Give each micro-credential an address of its own",
    "An award that cites the address would cite two micro-credentials",
    "Give one of the two another `id`",
    yields=_FAULT,
)
_together(
    "CAT-2",
    "catalogue-twice",
    "List each micro-credential once",
    "People who compare offers count it twice, and later only one of the two is kept up to date",
    "Keep one of the two and remove the other, or say in the titles what differs",
    yields=_QUESTION,
)
_together(
    "CAT-3",
    "catalogue-one-size",
    "State one workload for the same micro-credential",
    "Two awards with one title would stand for different amounts of learning",
    "Correct the hours that are wrong, or give the two different titles",
    yields=_FAULT,
)
_together(
    "CAT-4",
    "catalogue-one-size",
    "State one level for the same micro-credential",
    "Two awards with one title would be recognised at different levels",
    "Correct the level that is wrong, or give the two different titles",
    yields=_FAULT,
)
_together(
    "CAT-5",
    "catalogue-quality",
    "State the latest end of quality assurance in every record that rests on it",
    "A record with the old date looks as if nobody assured its quality any more",
    "Write the latest date into `until` of this record",
    yields=_FAULT,
)
_together(
    "CAT-6",
    "catalogue-versions",
    "List only the version that people can enrol in",
    "Learners who find the older version enrol in what is no longer taught",
    "Remove the older version, or give it a status and move it to the archive",
    yields=_FAULT,
)
_together(
    "CAT-7",
    "catalogue-targets",
    "Stack only on what is there, at the level that it has",
    "Learners plan years ahead with a target, and ask for it when they are done",
    "Write title and level of the target as its owner publishes them",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
