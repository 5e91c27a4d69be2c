"""How it was assessed, and whether it was this person: testing and identification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from microcred.evaluation.found import Found, for_all, found, items
from microcred.evaluation.model import Evidence, Strength
from microcred.evaluation.view import View
from microcred.messages import Message

__all__ = ["identification", "testing"]


_ASSESSMENT: Final = ("title", "type", "description")  # by what an assessment is called


def testing(view: View) -> Found:
    """Tell how it was assessed: method, criteria, pass rule, result."""
    stated = list(items(view, "assessments"))
    followed = [item for _, item in stated if item.get("criteria") and item.get("pass")]
    if not stated:
        strength = Strength.MISSING
    else:
        strength = Strength.EVIDENCED if len(followed) == len(stated) else Strength.STATED

    def evidence() -> Iterator[Evidence]:
        for at, _ in stated:
            yield from view.quote(f"{at}/title")
            yield from view.quote(f"{at}/type", list_name="assessment-types")
            names = ("description", "weight", "pass", "criteria", "evidence", "assessors")
            yield from view.quote(*(f"{at}/{name}" for name in names))
        for at, _ in items(view, "results"):
            yield from view.quote(f"{at}/grade", f"{at}/date")
        yield from view.quote("/grade", "/grading/scheme", "/grading/pass")

    return found(strength, evidence(), _testing_missing(view, stated))


def _testing_missing(view: View, stated: list[tuple[str, dict[str, object]]]) -> Iterator[Message]:
    if not stated:
        yield Message(
            "How was each outcome assessed: by which method, against which criteria, and when does "
            "a learner pass?"
        )
        return
    for field, one, several in (
        (
            "criteria",
            "By which criteria is “{name}” judged?",
            "By which criteria are “{name}” and {n} more assessments judged?",
        ),
        (
            "pass",
            "When does a learner pass “{name}”?",
            "When does a learner pass “{name}” and {n} more assessments?",
        ),
    ):
        lacking = [view.called(at, _ASSESSMENT) for at, item in stated if not item.get(field)]
        yield from for_all(lacking, one, several)
    if view.award and not view.description.data.get("results") and not view.text("/grade"):
        yield Message("With which result, and on which day, was the holder assessed?")


def identification(view: View) -> Found:
    """Tell who watched the assessment and how the person was identified."""
    stated = list(items(view, "assessments"))
    told = [item for _, item in stated if item.get("supervision")]
    checked = [item for _, item in stated if item.get("identityCheck")]
    if not told and not checked:
        strength = Strength.MISSING
    elif len(checked) == len(stated):
        strength = Strength.EVIDENCED
    else:
        strength = Strength.STATED

    def evidence() -> Iterator[Evidence]:
        for at, _ in stated:
            yield from view.quote(f"{at}/supervision", list_name="supervision")
            yield from view.quote(f"{at}/identityCheck")
        for at, _ in items(view, "results"):
            yield from view.quote(f"{at}/supervision", list_name="supervision")

    def missing() -> Iterator[Message]:
        if strength is Strength.MISSING:
            yield Message(
                "Was somebody present at the assessment, there or online, and how was it made sure "
                "that the right person took it?"
            )
        elif strength is Strength.STATED:
            yield Message("How was the identity of the person checked at the assessment?")

    return found(strength, evidence(), missing())
