"""The words of a report that belong to no single rule: heads, counts and the closing note."""

from __future__ import annotations

from collections.abc import Iterator

from microcred.messages import Message
from microcred.profiles import BASE
from microcred.report import Checked, Report, Status, Unread
from microcred.report.characters import visible
from microcred.rule import WORKSHEET, Level, Outcome

__all__ = [
    "COLUMNS",
    "NOTE",
    "OVERVIEW",
    "STATUSES",
    "about",
    "counted",
    "heading",
    "overview",
    "say",
    "short_counts",
    "summary",
]

# Words and a sign for each status: the sign repeats the word, and never replaces it.
STATUSES = {
    Status.MET: ("✓", "met"),
    Status.NOT_MET: ("✗", "not met"),
    Status.CANNOT_TELL: ("?", "cannot tell"),
    Status.NOT_STATED: ("–", "not stated"),
    Status.NOT_APPLICABLE: ("·", "not applicable"),
}

NOTE = (
    "This report says what was checked and what was found. "
    "It is no decision about recognition, not even where nothing was found: "
    "such decisions stay with the bodies in charge. "
    "Using the European standard elements does not in itself imply validation or recognition."
)


OVERVIEW = "Rules that are not met, and questions for a person"
COLUMNS = ("File", "Must", "Should", "Advice", "Questions")


def say(template: str, language: str, **values: object) -> str:
    """Return the words of *template* in *language*."""
    return Message(template, values).text(language)


def heading(report: Report, language: str = "en") -> str:
    """Return what the whole report is called."""
    if len(report.documents) == 1:
        only = report.documents[0]
        if isinstance(only, Checked) and only.kind == WORKSHEET:
            return say("Report on a filled worksheet", language)
        return say("Report on a description of a micro-credential", language)
    return say("Report on {n} documents", language, n=len(report.documents))


def about(report: Report, language: str = "en") -> tuple[tuple[str, str], ...]:
    """Return what the checks were made against, when, and with what."""
    profile = report.profile
    return (
        (
            say("Profile", language),
            say(
                "{id} {version}, as of {day}: {title}",
                language,
                id=profile.id,
                version=profile.version,
                day=profile.as_of,
                title=profile.title,
            ),
        ),
        *([(say("Rests on", language), profile.standing)] if profile.id != BASE else []),
        *((say("Register", language), register.words) for register in report.registers),
        (say("Checked on", language), report.checked_on.isoformat()),
        (say("Checked with", language), f"microcred {report.version}"),
    )


def summary(document: Checked, language: str = "en") -> str:
    """Return the one sentence that says what was found; it counts rules, and then places."""
    findings = [f for f in document.findings if f.outcome is Outcome.NOT_MET]
    broken = {level: {f.rule.id for f in findings if f.level is level} for level in Level}
    rules = sum(map(len, broken.values()))
    return "; ".join(
        (
            _not_met(broken, rules, len(findings), language),
            counted(
                document.counts.cannot_tell,
                "1 question needs a person",
                "{n} questions need a person",
                language,
            ),
            counted(document.counts.met, "1 rule is met", "{n} rules are met", language),
            say("{n} did not apply", language, n=document.counts.not_applicable),
        )
    )


def _not_met(broken: dict[Level, set[str]], rules: int, places: int, language: str) -> str:
    if not rules:
        return say("0 rules are not met", language)
    text = say(
        "{must} must, {should} should and {advice} advice rules are not met",
        language,
        **{level.value: len(ids) for level, ids in broken.items()},
    )
    return text if places == rules else text + say(" (at {n} places)", language, n=places)


def counted(n: int, one: str, many: str, language: str) -> str:
    """Return the words for one thing or for many."""
    return say(one if n == 1 else many, language, n=n)


def short_counts(document: Checked) -> tuple[int, int, int, int]:
    """Return how many must, should and advice rules are not met, and how many questions wait."""
    pairs = {(f.level, f.rule.id) for f in document.findings if f.outcome is Outcome.NOT_MET}
    must, should, advice = (sum(level is each for level, _ in pairs) for each in Level)
    return must, should, advice, document.counts.cannot_tell


def overview(report: Report) -> Iterator[tuple[str, tuple[int, int, int, int] | None]]:
    """Yield each document's name and counts; no counts where it was not read."""
    for document in report.documents:
        counts = None if isinstance(document, Unread) else short_counts(document)
        yield visible(document.source), counts
