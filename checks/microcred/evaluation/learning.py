"""What was learned: level, learning outcomes and workload."""

from __future__ import annotations

from collections.abc import Iterator

from microcred.evaluation.found import MOST, Found, for_all, found, items
from microcred.evaluation.model import Evidence, Strength
from microcred.evaluation.view import View
from microcred.messages import Message

__all__ = ["level", "outcomes", "workload"]


def level(view: View) -> Found:
    """Tell the level and what it rests on: a register, an approval, or the issuer's word."""
    stated = view.description.level
    national = [item for item in stated.get("national", ()) if item]
    has_level = any(stated.get(name) is not None for name in ("eqf", "cycle")) or bool(national)
    denied = stated.get("basis") == "not-applicable"
    if has_level and any(item.get("register") for item in national):
        strength = Strength.EVIDENCED
    else:
        strength = Strength.STATED if has_level or denied else Strength.MISSING

    def evidence() -> Iterator[Evidence]:
        yield from view.quote("/level/eqf")
        yield from view.quote("/level/cycle", list_name="cycles")
        for at in range(min(len(stated.get("national") or ()), MOST)):
            names = ("framework", "level", "country", "register")
            yield from view.quote(*(f"/level/national/{at}/{name}" for name in names))
        yield from view.quote("/level/basis", "/level/reason")
        if has_level or denied:  # what is asked for at the entrance tells of the level as well
            yield from view.quote("/prerequisites/text", "/prerequisites/level")

    def missing() -> Iterator[Message]:
        if not has_level and not denied:
            yield Message(
                "At which level is it: of the EQF, of a national framework, or of the Bologna "
                "cycles? If it has none: why not?"
            )
        elif stated.get("basis") == "nqf-registered" and strength is not Strength.EVIDENCED:
            yield Message("In which register is the level entered, and at which address?")
        elif has_level and not stated.get("basis"):
            yield Message(
                "What does the level rest on: a register, an approval, or your own comparison?"
            )
        elif stated.get("basis") in ("self-declared", "not-applicable") and not view.text(
            "/level/reason"
        ):
            yield Message("Why do you place it at this level, or at none?")

    return found(strength, evidence(), missing())


def outcomes(view: View) -> Found:
    """Tell the outcomes, and whether each of them was assessed."""
    stated = [(at, item) for at, item in items(view, "outcomes") if view.text(f"{at}/statement")]
    covered = view.description.covers
    open_ones = [at for at, item in stated if item.get("id") not in covered]
    if not stated:
        strength = Strength.MISSING
    else:
        strength = Strength.STATED if open_ones else Strength.EVIDENCED
    kept = (f"{at}/statement" for at, _ in stated)

    def missing() -> Iterator[Message]:
        if not stated:
            yield Message(
                "What does the holder know, and what can the holder do? A list of the learning "
                "outcomes is enough."
            )
        elif len(open_ones) == len(stated) and view.description.assessments:
            yield Message("Which assessment covers which learning outcome?")
        elif view.description.assessments:
            yield from for_all(
                [view.text(f"{at}/statement") for at in open_ones],
                "Which assessment covers the outcome “{name}”?",
                "Which assessments cover the outcome “{name}” and {n} more?",
            )

    return found(strength, view.quote(*kept), missing())


def workload(view: View) -> Found:
    """Tell the hours and credits, and whether they can be followed."""
    stated = view.description.workload
    hours, points = view.description.hours, view.description.credits
    if hours is not None and (stated.get("parts") or stated.get("method")):
        strength = Strength.EVIDENCED
    else:
        strength = Strength.STATED if stated else Strength.MISSING

    def evidence() -> Iterator[Evidence]:
        yield from view.quote("/workload/hours", "/workload/parts")
        for at in range(min(len(stated.get("credits") or ()), MOST)):
            yield from view.quote(
                *(f"/workload/credits/{at}/{name}" for name in ("points", "system"))
            )
        yield from view.quote("/workload/method", "/workload/duration")

    def missing() -> Iterator[Message]:
        if hours is None:
            yield Message(
                "How many hours does an average learner need in all, with reading, practice and "
                "assessment?"
            )
        if "ECTS" in points and not _may_award(view):
            yield Message("What entitles you to award ECTS credits?")

    return found(strength, evidence(), missing())


def _may_award(view: View) -> bool:
    return "higher-education" in view.description.body_types or any(
        body.get("creditRight") for body in view.description.bodies
    )
