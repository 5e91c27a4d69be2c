"""Reports made by hand, so that their formats can be tested without any real rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from microcred.credential import Place
from microcred.elements import ELEMENTS
from microcred.messages import Message
from microcred.profiles import Profile
from microcred.profiles import profile as named
from microcred.report import Checked, Counts, Finding, Report, Status, Unread
from microcred.rule import KINDS, Level, Outcome, Rule

DAY = dt.date(2026, 6, 30)


def _never(*_: object) -> None:
    """Stand in for the judge of a rule that never runs."""


def a_rule(id: str = "M6-2", level: Level = Level.ADVICE, **changed: str) -> Rule:
    """Return a rule that never runs."""
    family = id.partition("-")[0]
    words = {
        "title": "Begin each outcome with a verb that somebody can observe",
        "basis": "ECTS Users’ Guide 2015, section 3",
        "why": "Nobody can assess what nobody can see",
        "fix": "Say what the learner does: explain, calculate, design",
        **changed,
    }
    return Rule(
        id=id,
        level=level,
        element=family if family in ELEMENTS else "",
        section="observable-outcomes",
        at=("/outcomes/*/statement",),
        kinds=KINDS,
        yields=frozenset({Outcome.NOT_MET, Outcome.CANNOT_TELL}),
        judge=_never,
        **words,
    )


def a_finding(
    rule: Rule | None = None,
    message: str = "“Understand the ethics of data” can’t be observed in an assessment",
    *,
    pointer: str = "/outcomes/2/statement",
    line: int | None = 12,
    outcome: Outcome = Outcome.NOT_MET,
    fix: str | None = None,
) -> Finding:
    """Return a finding in line *line*, or without a place."""
    rule = rule or a_rule()
    place = Place(line, 5, f"line {line}, column 5") if line else None
    return Finding(
        rule, rule.level, outcome, pointer, place, Message(message), Message(fix or rule.fix)
    )


def a_document(
    findings: Sequence[Finding] = (), *, source: str = "draft.yaml", title: str = "Safe isolation"
) -> Checked:
    """Return a document with *findings*, and three rules that are met and one that isn't asked."""
    outcomes = {
        "M2-1": Outcome.MET,
        "M2-2": Outcome.MET,
        "M4-1": Outcome.MET,
        "M8-3": Outcome.NOT_APPLICABLE,
        **{finding.rule.id: finding.outcome for finding in findings},
    }
    elements = {
        id: Status.MET if "offer" in element.kinds else Status.NOT_APPLICABLE
        for id, element in ELEMENTS.items()
    } | {"O4": Status.NOT_STATED}
    for finding in findings:
        if finding.rule.level is Level.MUST and finding.rule.element:
            elements[finding.rule.element] = Status(finding.outcome.value)
    not_met = [finding.level for finding in findings if finding.outcome is Outcome.NOT_MET]
    return Checked(
        source=source,
        format="yaml",
        kind="offer",
        title=title,
        elements=elements,
        findings=tuple(findings),
        outcomes=outcomes,
        counts=Counts(
            not_met={level: not_met.count(level) for level in Level},
            cannot_tell=len(findings) - len(not_met),
            met=3,
            not_applicable=1,
        ),
    )


def a_report(*documents: Checked | Unread, profile: Profile | None = None) -> Report:
    """Return a report on *documents*, or on one document without findings."""
    return Report("0.1.0", profile or named(), DAY, documents or (a_document(),))


def a_full_report() -> Report:
    """Return a report with every level, a question, many places and a file that wasn't read."""
    must = a_rule(
        "M11-1",
        Level.MUST,
        title="State the quality assurance",
        basis="Council Recommendation 2022/C 243/02, Annex I",
        why="Quality assurance is what lets somebody else trust the micro-credential",
        fix="Add `quality` with the body that reviews the micro-credential",
    )
    should = a_rule("M7-4", Level.SHOULD, title="Let hours and credits agree")
    verb = a_rule()
    statements = [
        a_finding(
            verb,
            f"“Understand topic {n}” can’t be observed in an assessment",
            pointer=f"/outcomes/{n}/statement",
            line=20 + n,
        )
        for n in range(7)
    ]
    return a_report(
        a_document(
            [
                a_finding(must, "No quality assurance is stated", pointer="/quality", line=1),
                a_finding(should, "81 hours are 2 credits", pointer="/workload/credits/0"),
                *statements,
                a_finding(
                    a_rule("M8-2", Level.MUST, title="Say how the level was decided"),
                    "Who decided that the level is 7?",
                    pointer="/level",
                    outcome=Outcome.CANNOT_TELL,
                ),
            ]
        ),
        Unread("photo.xlsx", "This is a picture, not a workbook", "Save the workbook again"),
    )
