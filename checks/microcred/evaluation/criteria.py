"""The seven criteria of recognition practice, as the Micro-evaluator of Nuffic asks them.

Criteria, grades and what is left out for courses on site: Nuffic, Micro-evaluator [MICROEV].
Which elements answer them, and the words, are ours.
"""

from __future__ import annotations

from typing import Final

from microcred.evaluation.model import Criterion
from microcred.messages import Message

__all__ = ["CRITERIA"]

CRITERIA: Final[dict[str, Criterion]] = {
    criterion.id: criterion
    for criterion in (
        Criterion(
            "quality",
            "Quality assurance",
            Message("Who assures the quality, and does it hold?"),
            ("M4", "M11"),
            (
                "M11-5", "M11-7", "M11-8", "M11-12", "M4-5", "REG-1", "REG-2", "REG-3", "REG-4",
            ),
            frozenset({"M11-5", "M4-5", "REG-2", "REG-4"}),
            Message("Do you know who reviewed it, and does the review cover what is claimed?"),
            ("strong", "substantial", "weak", "none"),
        ),
        Criterion(
            "verification",
            "Verification",
            Message("Can somebody check that the award is genuine and in force?"),
            ("O5",),
            ("ELM-8", "OB-8", "OB-7", "M1-1", "M5-2", "M5-3", "M5-4", "M5-9"),
            frozenset({"M5-2", "M5-3", "M5-4", "M1-1", "OB-7"}),
            Message("Have you looked it up, and what did you find?"),
            ("secure", "some", "limited", "none"),
            on_site=False,
        ),
        Criterion(
            "level",
            "Level",
            Message("How demanding is it, and what does the level rest on?"),
            ("M8",),
            ("M8-2", "M8-3", "M8-4", "M8-7", "M8-9", "M8-10", "M8-11", "P-2"),
            frozenset({"M8-2", "M8-3", "M8-7", "M8-10"}),
            Message("Do the outcomes read like the level that you need?"),
        ),
        Criterion(
            "outcomes",
            "Learning outcomes",
            Message("What does the holder know, and what can the holder do?"),
            ("M6",),
            ("M6-2", "M6-3", "M6-7", "M9-3"),
            frozenset(),
            Message("Which outcomes that you ask for are covered, and which are not?"),
        ),
        Criterion(
            "workload",
            "Workload",
            Message("How much work stands behind it?"),
            ("M7",),
            ("M7-2", "M7-3", "M7-4", "M7-6", "P-1"),
            frozenset({"M7-2", "M7-3", "M7-4"}),
            Message("If the size differs from yours: does it show in the outcomes?"),
        ),
        Criterion(
            "testing",
            "Testing",
            Message("How was it assessed, and against which criteria?"),
            ("M9", "O3"),
            ("M9-5", "M9-8", "M9-10", "M9-11", "M9-12"),
            frozenset({"M9-10"}),
            Message("Does this method prove these outcomes?"),
        ),
        Criterion(
            "identification",
            "Identification",
            Message("Was it this person who was assessed?"),
            ("O2",),
            ("O2-2", "O2-4"),
            frozenset({"O2-2"}),
            Message("Is the check of identity enough for what is at stake?"),
            on_site=False,
        ),
    )
}  # fmt: skip
