"""What a file carries for each criterion: one function each, from the view to what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from microcred.evaluation.model import Evidence, Strength
from microcred.evaluation.view import SEALS, View, has_address
from microcred.messages import Message
from microcred.registers import How, Standing

__all__ = ["ANSWERS", "Found"]

MOST: Final = 12  # entries of a list that are looked at one by one, so that a page stays readable


class Found(NamedTuple):
    """How firm a statement is, what says so, and what to ask the issuer for."""

    strength: Strength
    evidence: tuple[Evidence, ...]
    missing: tuple[Message, ...]


def _found(strength: Strength, evidence: Iterator[Evidence], missing: Iterator[Message]) -> Found:
    return Found(strength, tuple(evidence), tuple(missing))


def _items(view: View, field: str) -> Iterator[tuple[str, dict[str, object]]]:
    listed = view.description.data.get(field) or ()
    for at, item in enumerate(listed[:MOST]):
        if item:
            yield f"/{field}/{at}", item


# The fields by which an arrangement or an assessment is called, the best first.
_REVIEW: Final = ("body", "type", "system", "statement")
_ASSESSMENT: Final = ("title", "type", "description")


def _for_all(names: list[str], one: str, several: str) -> Iterator[Message]:
    """Yield one question for all that lack the same thing, so that letters stay short."""
    if names:
        values = {"name": names[0], "n": len(names) - 1}
        yield Message(one if len(names) == 1 else several, values)


# -- Quality assurance -------------------------------------------------------------------------


def quality(view: View) -> Found:
    """Tell who assures the quality; a register that was given is the firmest answer."""
    stated = list(_items(view, "quality"))
    if _listed(view):
        strength = Strength.CHECKED
    elif any(_external(item) and item.get("evidence") for _, item in stated):
        strength = Strength.EVIDENCED
    else:
        strength = Strength.STATED if stated else Strength.MISSING
    return _found(strength, _quality_evidence(view, stated), _quality_missing(view, stated))


def _listed(view: View) -> bool:
    """Tell whether a register has every awarding body in force on the day that counts."""
    listings = [listing for _, listing in view.description.listings]
    return bool(listings) and all(
        listing is not None
        and listing.how in (How.NUMBER, How.NAME)
        and listing.standing is Standing.IN_FORCE
        and not listing.other_name
        and not listing.several
        for listing in listings
    )


def _external(item: dict[str, object]) -> bool:
    return item.get("kind") == "external" or ("kind" not in item and "type" in item)


def _quality_evidence(
    view: View, stated: list[tuple[str, dict[str, object]]]
) -> Iterator[Evidence]:
    for body, listing in view.description.listings:
        if listing and listing.entry and listing.how in (How.NUMBER, How.NAME):
            entry = listing.entry
            held = " – ".join(filter(None, (entry.starts, entry.ends)))
            words = "; ".join(filter(None, (entry.name, held, entry.status)))
            yield Evidence(
                "Register",
                words,
                f"{listing.register}, line {entry.line}",
                f"/bodies/{view.description.bodies.index(body)}",
            )
    for at, _ in stated:
        yield from view.quote(f"{at}/type", list_name="accreditation-types")
        yield from view.quote(f"{at}/system", list_name="quality-systems")
        rest = ("body", "scope", "from", "until", "evidence", "review", "statement")
        yield from view.quote(*(f"{at}/{name}" for name in rest))


def _quality_missing(view: View, stated: list[tuple[str, dict[str, object]]]) -> Iterator[Message]:
    outside = [(at, item) for at, item in stated if _external(item)]
    if not outside:
        yield Message(
            "Has a body outside your organisation reviewed it, or reviewed you as a provider? "
            "Which one, when, and until when does the review hold?"
        )
    for field, one, several in (
        (
            "body",
            "Who carried out the review “{name}”?",
            "Who carried out the review “{name}”, and {n} more?",
        ),
        (
            "until",
            "Until when does the review “{name}” hold?",
            "Until when do the review “{name}” and {n} more hold?",
        ),
        (
            "evidence",
            "Where can the result of the review “{name}” be read?",
            "Where can the results of the review “{name}” and of {n} more be read?",
        ),
    ):
        lacking = [view.called(at, _REVIEW) for at, item in outside if not item.get(field)]
        yield from _for_all(lacking, one, several)
    if all(_external(item) for _, item in stated):
        yield Message(
            "Who in your own organisation approved the micro-credential, and how often is it "
            "reviewed?"
        )


# -- Verification ------------------------------------------------------------------------------


def verification(view: View) -> Found:
    """Tell how somebody can check the award: a seal, an address, a person to ask."""
    told, number = view.text("/information/verification"), view.text("/id")
    # An envelope that nobody sealed asks too, but in nobody's name.
    sealed = [
        fault
        for fault in view.credential.faults
        if fault.rule in SEALS
        and fault.verdict.message
        and "issuer" in fault.verdict.message.values
    ]
    if sealed or has_address(told):
        strength = Strength.EVIDENCED
    else:
        strength = Strength.STATED if told or "://" in number else Strength.MISSING

    def evidence() -> Iterator[Evidence]:
        for fault in sealed:
            place = view.credential.places(fault.pointer)
            words = "present, and not verified here"
            yield Evidence("Seal or signature", words, str(place or ""), fault.pointer)
        if strength is not Strength.MISSING:
            yield from view.quote("/information/verification", "/id", "/issued", "/expires")

    def missing() -> Iterator[Message]:
        if strength in (Strength.MISSING, Strength.STATED) and not has_address(told):
            yield Message(
                "How can we check that the award is genuine and still in force: at which address, "
                "with which seal, or by asking whom?"
            )
        if view.award and not number:
            yield Message("Which number or identifier does the award have?")

    return _found(strength, evidence(), missing())


# -- Level -------------------------------------------------------------------------------------


def level(view: View) -> Found:
    """Tell the level and what it rests on: a register, an approval, or the issuer's word."""
    stated = view.description.part("level")
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

    return _found(strength, evidence(), missing())


# -- Learning outcomes -------------------------------------------------------------------------


def outcomes(view: View) -> Found:
    """Tell the outcomes, and whether each of them was assessed."""
    stated = [(at, item) for at, item in _items(view, "outcomes") if view.text(f"{at}/statement")]
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
            yield from _for_all(
                [view.text(f"{at}/statement") for at in open_ones],
                "Which assessment covers the outcome “{name}”?",
                "Which assessments cover the outcome “{name}” and {n} more?",
            )

    return _found(strength, view.quote(*kept), missing())


# -- Workload ----------------------------------------------------------------------------------


def workload(view: View) -> Found:
    """Tell the hours and credits, and whether they can be followed."""
    stated = view.description.part("workload")
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

    return _found(strength, evidence(), missing())


def _may_award(view: View) -> bool:
    return "higher-education" in view.description.body_types or any(
        body.get("creditRight") for body in view.description.bodies
    )


# -- Testing -----------------------------------------------------------------------------------


def testing(view: View) -> Found:
    """Tell how it was assessed: method, criteria, pass rule, result."""
    stated = list(_items(view, "assessments"))
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
        for at, _ in _items(view, "results"):
            yield from view.quote(f"{at}/grade", f"{at}/date")
        yield from view.quote("/grade", "/grading/scheme", "/grading/pass")

    return _found(strength, evidence(), _testing_missing(view, stated))


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
        yield from _for_all(lacking, one, several)
    if view.award and not view.description.data.get("results") and not view.text("/grade"):
        yield Message("With which result, and on which day, was the holder assessed?")


# -- Identification ----------------------------------------------------------------------------


def identification(view: View) -> Found:
    """Tell who watched the assessment and how the person was identified."""
    stated = list(_items(view, "assessments"))
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
        for at, _ in _items(view, "results"):
            yield from view.quote(f"{at}/supervision", list_name="supervision")

    def missing() -> Iterator[Message]:
        if strength is Strength.MISSING:
            yield Message(
                "Was somebody present at the assessment, there or online, and how was it made sure "
                "that the right person took it?"
            )
        elif strength is Strength.STATED:
            yield Message("How was the identity of the person checked at the assessment?")

    return _found(strength, evidence(), missing())


ANSWERS: Final[dict[str, Callable[[View], Found]]] = {
    "quality": quality,
    "verification": verification,
    "level": level,
    "outcomes": outcomes,
    "workload": workload,
    "testing": testing,
    "identification": identification,
}
