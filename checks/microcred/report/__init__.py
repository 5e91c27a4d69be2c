"""What a check found, as plain values; one pure function a format turns it into text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from microcred.elements import element_at
from microcred.messages import Message
from microcred.rule import Level, Outcome, Rule

if TYPE_CHECKING:
    import datetime as dt

    from microcred.credential import Place
    from microcred.profiles import Profile
    from microcred.registers import Register
    from microcred.worksheets.assessment import Assessment

__all__ = ["FORMATS", "Checked", "Counts", "Finding", "Report", "Status", "Unread", "render"]


class Status(StrEnum):
    """What a report says of one element in one document."""

    MET = "met"
    NOT_MET = "not-met"
    CANNOT_TELL = "cannot-tell"
    NOT_STATED = "not-stated"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule at one place in one document: *not met* or *cannot tell*."""

    rule: Rule
    level: Level  # the rule's own, unless the profile changes it
    outcome: Outcome
    pointer: str
    place: Place | None
    message: Message
    fix: Message
    source: str = ""  # the profile's words for its own basis, where the finding rests on it
    way: str = ""  # to the place, in words of the reader's own; else the pointer tells it

    @property
    def basis(self) -> str:
        """Return what the finding rests on: the profile, or what the rule itself names."""
        return self.source or self.rule.basis

    @property
    def element(self) -> str:
        """Return the id of the element it concerns, or an empty text for the whole document."""
        return self.rule.element or element_at(self.pointer)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each outcome came up.

    *Not met* and *cannot tell* count findings; *met* and *not applicable* count rules: a rule
    is met when it was met wherever it applied.
    """

    not_met: dict[Level, int]
    cannot_tell: int
    met: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that was read, and what the rules found in it.

    A worksheet with questions of its own states no elements; a scored one has an assessment.
    """

    source: str
    format: str
    kind: str
    title: str
    elements: dict[str, Status]
    findings: tuple[Finding, ...]
    outcomes: dict[str, Outcome]  # the outcome of every rule that ran, by id
    counts: Counts
    assessment: Assessment | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that keeps its slot although it could not be read."""

    source: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one run of the checks found, ready to be written in any format."""

    version: str
    profile: Profile
    checked_on: dt.date
    documents: tuple[Checked | Unread, ...]
    registers: tuple[Register, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings of all documents, in the order of the documents."""
        return tuple(
            finding
            for document in self.documents
            if isinstance(document, Checked)
            for finding in document.findings
        )


def _writers() -> dict[str, Callable[[Report], str]]:
    from microcred.report import csv, html, json, markdown, text

    return {
        "text": text.write,
        "json": json.write,
        "html": html.write,
        "markdown": markdown.write,
        "csv": csv.write,
    }


FORMATS = ("text", "json", "html", "markdown", "csv")


def render(report: Report, format: str = "text") -> str:
    """Return *report* as text in one of ``FORMATS``.

    Raises:
        KeyError: the format is not one of ``FORMATS``.
    """
    return _writers()[format](report)
