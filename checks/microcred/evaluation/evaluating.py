"""From a credential and a purpose to an evaluation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import microcred
from microcred.checking import checker
from microcred.credential import Credential
from microcred.engine import Checker
from microcred.evaluation.answers import ANSWERS
from microcred.evaluation.criteria import CRITERIA
from microcred.evaluation.draft import draft
from microcred.evaluation.joined import joined
from microcred.evaluation.letter import letter
from microcred.evaluation.model import Answer, Criterion, Evaluation, Strength, Weight
from microcred.evaluation.purposes import PURPOSES, Purpose
from microcred.evaluation.route import route
from microcred.evaluation.view import SEALS, View
from microcred.messages import Message
from microcred.problem import Problem
from microcred.profiles import BASE, Profile
from microcred.registers import Register
from microcred.report import Checked, Finding
from microcred.rule import KINDS, Outcome

__all__ = ["evaluation"]


def evaluation(
    credential: Credential,
    purpose: str,
    *,
    profile: str | Profile = BASE,
    on: dt.date | str | None = None,
    registers: Sequence[Register] = (),
    offer: Credential | None = None,
) -> Evaluation:
    """Return what a file carries for each of the seven criteria, for one purpose.

    Args:
        credential: an offer or an award in any format that is read.
        purpose: one of ``PURPOSES``.
        profile: id of a profile that comes with the package, or a profile.
        on: the day of the evaluation; today if left out.
        registers: lists of providers in which awarding bodies are looked up.
        offer: the offer that an award was made from; it says what the award leaves open.

    Raises:
        Problem: an unknown purpose, profile or date, no offer or award, an offer for an offer.
    """
    if purpose not in PURPOSES:
        near = get_close_matches(purpose, PURPOSES, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise Problem(
            f"“{purpose}” is no purpose that is known", f"{hint}Name one of {', '.join(PURPOSES)}"
        )
    if credential.kind not in KINDS:
        raise Problem(
            f"“{credential.source}” is a filled worksheet, and no offer or award is in it",
            "Name the offer or the award that is to be recognised",
        )
    ready = checker(profile, on, registers=registers)
    whole = joined(credential, offer) if offer else credential
    view = _view(whole, ready, offer)
    return _evaluation(view, PURPOSES[purpose], ready, offer)


def _view(credential: Credential, ready: Checker, offer: Credential | None) -> View:
    judged = ready.judge(credential.data, credential.kind)
    return View(credential, judged.description, ready.check(credential, offer))


def _evaluation(
    view: View, purpose: Purpose, ready: Checker, offer: Credential | None
) -> Evaluation:
    answers = tuple(_answer(view, criterion, purpose) for criterion in CRITERIA.values())
    way = route(view)
    title = view.description.title or view.text("/title")
    issuer = ", ".join(
        view.description.text(body.get("name")) for body in view.description.awarding
    )
    return Evaluation(
        version=microcred.__version__,
        source=view.credential.source,
        offer=offer.source if offer else "",
        format=view.credential.format,
        kind=view.credential.kind,
        title=title,
        holder=_holder(view),
        issuer=issuer,
        number=view.text("/id"),
        purpose=purpose.id,
        checked_on=ready.on,
        profile=ready.profile,
        registers=ready.registers,
        seal=next((f.message for f in view.checked.findings if f.rule.id in SEALS), None),
        route=way,
        answers=answers,
        draft=draft(view, purpose, way, answers),
        questions=tuple(_questions(view, purpose)),
        letter=letter(view, purpose, answers, title, issuer),
    )


def _answer(view: View, criterion: Criterion, purpose: Purpose) -> Answer:
    found = ANSWERS[criterion.id](view)
    weight, why = purpose.weights[criterion.id]
    if not criterion.on_site and not view.online:
        weight, why = Weight.HELPS, _ON_SITE
    findings = _findings(view.checked, criterion)
    against = [f for f in findings if f.outcome is Outcome.NOT_MET and f.rule.id in criterion.heavy]
    ended = _ended(view) if criterion.id == "verification" else ()
    doubted = (against or ended) and found.strength is not Strength.MISSING
    return Answer(
        criterion=criterion,
        strength=Strength.DOUBTED if doubted else found.strength,
        weight=weight,
        why=why,
        evidence=found.evidence,
        missing=found.missing,
        doubts=(
            *ended,
            *(f.message for f in against),
            *(f.message for f in findings if f.outcome is Outcome.NOT_MET and f not in against),
        ),
        questions=(
            criterion.question,
            *(f.message for f in findings if f.outcome is Outcome.CANNOT_TELL),
        ),
    )


_ON_SITE = Message("The Micro-evaluator leaves it out where learning takes place on site")


def _findings(checked: Checked, criterion: Criterion) -> list[Finding]:
    """Return the findings of a criterion's rules, three of each rule at most."""
    found: list[Finding] = []
    for id in criterion.doubts:
        found += [finding for finding in checked.findings if finding.rule.id == id][:3]
    return found


def _ended(view: View) -> tuple[Message, ...]:
    ends = view.description.date(view.description.data.get("expires"))
    if view.award and ends and ends < view.description.on:
        return (
            Message(
                "The award ended on {ends}, before this evaluation on {day}",
                {"ends": ends.isoformat(), "day": view.description.on.isoformat()},
            ),
        )
    return ()


def _holder(view: View) -> str:
    whole = view.text("/learner/name")
    parts = (view.text("/learner/givenName"), view.text("/learner/familyName"))
    return whole or " ".join(filter(None, parts))


def _questions(view: View, purpose: Purpose) -> Iterator[Message]:
    """Yield what only the officer can answer, whatever the file says."""
    what = {"what": purpose.compare.text()}
    yield Message("Compared with {what}: what is covered, and what isn’t?", what)
    yield Message("Has your office decided on this micro-credential, or one like it, before?")
    yield Message("Is there an agreement with the issuer? Then it comes first")
    if view.award:
        yield Message(
            "Is the person before you the holder, and does the holder agree that you ask?"
        )
