"""Which function tells what a file carries for which criterion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from microcred.evaluation.found import Found
from microcred.evaluation.learning import level, outcomes, workload
from microcred.evaluation.quality import quality
from microcred.evaluation.testing import identification, testing
from microcred.evaluation.verification import verification
from microcred.evaluation.view import View

__all__ = ["ANSWERS"]

ANSWERS: Final[dict[str, Callable[[View], Found]]] = {
    "quality": quality,
    "verification": verification,
    "level": level,
    "outcomes": outcomes,
    "workload": workload,
    "testing": testing,
    "identification": identification,
}
