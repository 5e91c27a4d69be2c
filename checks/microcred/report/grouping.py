"""What a report says, put into words and in order; the formats only lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microcred import links
from microcred.credential import WHOLE
from microcred.elements import ELEMENTS
from microcred.profiles import BASE
from microcred.report import Checked, Finding, Report, Status
from microcred.report.characters import sentence, visible
from microcred.report.words import STATUSES, counted, say, summary
from microcred.rule import Level, Outcome, Rule
from microcred.rulebook import compact, order

if TYPE_CHECKING:
    from microcred.worksheets.assessment import Assessment

__all__ = ["QUESTION", "Entry", "Group", "Row", "Sheet", "Spot", "place", "sheet"]

SHOWN = 3  # places of one rule that people are shown; machines get all of them

QUESTION = "question"

_MEANING = {
    Level.MUST: "A must rule follows from the Council Recommendation (definition or Annex I).",
    Level.SHOULD: "A should rule is a convention of ECTS, the EQF, the QF-EHEA or the ELM.",
    Level.ADVICE: "Advice is ours: it makes a description easier to use and to trust.",
}
_MEANING_IN_PROFILE = {
    Level.MUST: "A must rule follows from the Council Recommendation, or from the profile {id}.",
    Level.SHOULD: "A should rule is a convention of ECTS, the EQF, the QF-EHEA or the ELM, "
    "or of the profile {id}.",
    Level.ADVICE: _MEANING[Level.ADVICE],
}


@dataclass(frozen=True, slots=True)
class Spot:
    """What a rule says, the places where it says so, and the fix if it is a special one."""

    message: str
    places: tuple[str, ...]
    fix: str


@dataclass(frozen=True, slots=True)
class Entry:
    """All findings of one rule with one outcome."""

    rule: str
    level: str
    title: str
    spots: tuple[Spot, ...]
    more: str
    fix: str
    why: str
    basis: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one level, or the questions, with a sentence on what that means."""

    key: str
    heading: str
    meaning: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of elements."""

    id: str
    name: str
    short: str
    status: Status
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is said about one document that was read."""

    source: str
    title: str
    kind: str
    format: str
    summary: str
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    checked: tuple[tuple[str, str], ...]
    assessment: Assessment | None = None

    @property
    def origin(self) -> str:
        """Return the file with what it holds."""
        return f"{self.source} ({self.kind}, {self.format})"


def sheet(document: Checked, report: Report, language: str = "en") -> Sheet:
    """Return what is said about *document*, in words and in order."""
    return Sheet(
        source=visible(document.source),
        title=visible(document.title) or say("(no title)", language),
        kind=say(document.kind, language),
        format=document.format,
        summary=summary(document, language),
        rows=tuple(_rows(document, report, language)),
        groups=tuple(_groups(document, report, language)),
        checked=tuple(_checked(document, language)),
        assessment=document.assessment,
    )


def _checked(document: Checked, language: str) -> Iterator[tuple[str, str]]:
    for outcome, one, many in (
        (Outcome.MET, "1 rule is met", "{n} rules are met"),
        (Outcome.NOT_APPLICABLE, "1 rule did not apply", "{n} rules did not apply"),
    ):
        ids = [id for id, found in document.outcomes.items() if found is outcome]
        yield counted(len(ids), one, many, language), compact(ids)


def _rows(document: Checked, report: Report, language: str) -> Iterator[Row]:
    # A worksheet with questions of its own states no elements.
    for id, element in ELEMENTS.items() if document.elements else ():
        status = document.elements.get(id, Status.NOT_APPLICABLE)
        mark, words = STATUSES[status]
        yield Row(
            id,
            _called(say(element.name, language), report.profile.names.get(id)),
            _called(say(element.short, language), report.profile.names.get(id)),
            status,
            mark,
            say(words, language),
        )


def _called(name: str, local: Mapping[str, str] | None) -> str:
    """Return the name of an element, with what it is called in the profile's country."""
    return f"{name} ({', '.join(map(visible, local.values()))})" if local else name


def _groups(document: Checked, report: Report, language: str) -> Iterator[Group]:
    for level in Level:
        entries = _entries(
            (f for f in document.findings if f.outcome is Outcome.NOT_MET and f.level is level),
            language,
        )
        if entries:
            name = say(level.value.capitalize(), language)
            count = counted(len(entries), "1 rule is not met", "{n} rules are not met", language)
            meaning = _meaning(level, report, language)
            yield Group(level.value, f"{name}: {count}", meaning, entries)
    entries = _entries((f for f in document.findings if f.outcome is Outcome.CANNOT_TELL), language)
    if entries:
        meaning = "The checks can’t answer these. A person who knows the micro-credential can."
        yield Group(
            QUESTION, say("Questions for a person", language), say(meaning, language), entries
        )


def _meaning(level: Level, report: Report, language: str) -> str:
    if report.profile.id == BASE:
        return say(_MEANING[level], language)
    return say(_MEANING_IN_PROFILE[level], language, id=report.profile.id)


def _entries(findings: Iterable[Finding], language: str) -> tuple[Entry, ...]:
    by_rule: dict[tuple[str, Level], list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault((finding.rule.id, finding.level), []).append(finding)
    return tuple(
        _entry(by_rule[key], language) for key in sorted(by_rule, key=lambda key: order(key[0]))
    )


def _entry(findings: list[Finding], language: str) -> Entry:
    shown, rule = findings[:SHOWN], findings[0].rule
    fixes = {sentence(f.fix.text(language)) for f in shown}
    shared = fixes.pop() if len(fixes) == 1 else ""
    return Entry(
        rule=rule.id,
        level=findings[0].level.value,
        title=visible(say(rule.title, language)),
        spots=_spots(shown, not shared, language),
        more=_more(len(findings) - len(shown), language),
        fix=shared,
        why=_why(rule, language),
        basis=visible(say(findings[0].basis, language)),
        url=links.address(rule.id),
    )


def _why(rule: Rule, language: str) -> str:
    return sentence(say(rule.why, language))


def _more(n: int, language: str) -> str:
    return counted(n, "and 1 more place", "and {n} more places", language) if n else ""


def _spots(findings: list[Finding], own_fixes: bool, language: str) -> tuple[Spot, ...]:
    """Tell the same message once, with all the places where it holds."""
    told: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        fix = sentence(finding.fix.text(language)) if own_fixes else ""
        key = (sentence(finding.message.text(language)), fix)
        told.setdefault(key, []).append(place(finding, language))
    # Two fields of ours can be read from one place of another format: it is named once.
    return tuple(
        Spot(message, tuple(dict.fromkeys(places)), fix) for (message, fix), places in told.items()
    )


def place(finding: Finding, language: str = "en") -> str:
    """Return where *finding* is: the place in the file, and the way to it through the fields."""
    steps = [_step(part) for part in finding.pointer.split("/")[1:]]
    label = visible(finding.place.label) if finding.place else ""
    if not steps:
        # A cell that belongs to no field is all that can be said of its place.
        in_text = finding.place is None or finding.place.line is not None
        return say("the whole document", language) if in_text or label == WHOLE else label
    way = visible(finding.way or " › ".join(steps))
    # Data that came from a program has no lines: its pointer is its only place.
    return f"{label} ({way})" if label and not label.startswith("/") else way


def _step(part: str) -> str:
    # People count from one.
    if part.isascii() and part.isdigit():
        return str(int(part) + 1)
    return part.replace("~1", "/").replace("~0", "~")
