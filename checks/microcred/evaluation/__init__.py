"""The recognition officer's view of a file: seven criteria, a draft, and a letter.

>>> from microcred import read
>>> from microcred.evaluation import evaluation, render
>>> seen = evaluation(read("award.yaml"), "exemption")              # doctest: +SKIP
>>> print(render(seen, "text"))                                     # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from microcred.evaluation.criteria import CRITERIA
from microcred.evaluation.evaluating import evaluation
from microcred.evaluation.model import (
    Answer,
    Criterion,
    Draft,
    Evaluation,
    Evidence,
    Letter,
    Route,
    Strength,
    Verdict,
    Way,
    Weight,
)
from microcred.evaluation.purposes import PURPOSES, Purpose

__all__ = [
    "CRITERIA",
    "FORMATS",
    "PURPOSES",
    "Answer",
    "Criterion",
    "Draft",
    "Evaluation",
    "Evidence",
    "Letter",
    "Purpose",
    "Route",
    "Strength",
    "Verdict",
    "Way",
    "Weight",
    "evaluation",
    "render",
]

FORMATS: Final = ("text", "html", "markdown", "json")


def render(seen: Evaluation, format: str = "text") -> str:
    """Return an evaluation as text in one of ``FORMATS``.

    Raises:
        KeyError: the format is not one of ``FORMATS``.
    """
    from microcred.evaluation import html, json, markdown, text

    writers: dict[str, Callable[[Evaluation], str]] = {
        "text": text.write,
        "html": html.write,
        "markdown": markdown.write,
        "json": json.write,
    }
    return writers[format](seen)
