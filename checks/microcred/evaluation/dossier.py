"""The recognition dossier, worksheet W13, filled in from a file."""

from __future__ import annotations

from typing import Any, Final

from microcred.credential import Credential
from microcred.evaluation.evaluating import evaluation
from microcred.evaluation.model import Answer, Evidence, Strength
from microcred.evaluation.outline import named
from microcred.report.characters import sentence

__all__ = ["answers", "ids"]

# The purpose is for the officer to write; what the file carries is the same for all of them.
_ANY: Final = "exemption"
MOST: Final = 700  # characters of one cell; the file itself has the rest

# The lines of the worksheet, in the order in which the Micro-evaluator asks.
ids: Final = {
    "quality": "C1",
    "verification": "C2",
    "level": "C3",
    "outcomes": "C4",
    "workload": "C5",
    "testing": "C6",
    "identification": "C7",
}
_SCORES: Final = {
    Strength.MISSING: 0,
    Strength.DOUBTED: 1,
    Strength.STATED: 1,
    Strength.EVIDENCED: 2,
    Strength.CHECKED: 3,
}


def answers(draft: Credential) -> dict[str, Any]:
    """Return the answers to the worksheet that *draft* gives: all but the purpose."""
    seen = evaluation(draft, _ANY)
    asks = {ask.text(): None for answer in seen.answers for ask in answer.missing}
    return {
        **{name: said for name, said in (("title", seen.title), ("issuer", seen.issuer)) if said},
        "file": seen.kind,
        "way": seen.route.way.value,
        **({"seal": sentence(seen.seal.text())} if seen.seal else {}),
        "criteria": [_line(answer) for answer in seen.answers],
        "asks": [{"ask": ask} for ask in asks],
    }


def _line(answer: Answer) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": ids[answer.criterion.id],
        "score": _SCORES[answer.strength],
        "evidence": _cut("; ".join(_told(label, one) for label, one in named(answer))),
        "doubts": _cut(" ".join(sentence(doubt.text()) for doubt in answer.doubts)),
    }
    return {name: value for name, value in line.items() if value != ""}


def _told(label: str, one: Evidence) -> str:
    return f"{label}: {one.quote}" + (f" ({one.where})" if one.where else "")


def _cut(text: str) -> str:
    return text if len(text) <= MOST else text[: MOST - 1].rstrip() + "…"
