"""What is written of findings into a file: a comment for each place, and a row for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from microcred import links
from microcred.report import Checked, Finding, Report
from microcred.report.characters import sentence, visible
from microcred.report.grouping import place
from microcred.report.words import NOTE, about, say, summary
from microcred.rule import Outcome
from microcred.worksheets.labels import FINDINGS

__all__ = ["AUTHOR", "COLUMNS", "HEADING", "TITLE", "by_place", "comment", "head", "row"]

AUTHOR: Final = "microcred"
TITLE: Final = "Findings"
HEADING: Final = FINDINGS
COLUMNS: Final = ("Rule", "Level", "Place", "What is so", "Fix", "Reason", "Source", "Explanation")

_QUESTION: Final = "question"


def head(document: Checked, report: Report | None) -> Iterator[tuple[str, str]]:
    """Yield what stands above the findings: what was checked, against what, with which result."""
    yield "File", visible(document.source)
    yield "Result", sentence(summary(document))
    yield from about(report) if report else ()
    yield "Note", NOTE


def row(finding: Finding) -> tuple[str, ...]:
    """Return the cells of a finding, in the order of ``COLUMNS``."""
    return (
        finding.rule.id,
        _level(finding),
        _place(finding),
        sentence(finding.message.text()),
        sentence(finding.fix.text()),
        sentence(say(finding.rule.why, "en")),
        visible(say(finding.basis, "en")),
        _explanation(finding.rule.id),
    )


def comment(findings: Iterable[Finding]) -> str:
    """Return what a comment says of the findings at one place."""
    return "\n\n".join(
        f"{finding.rule.id} ({_level(finding)})\n{sentence(finding.message.text())}\n"
        f"Fix: {sentence(finding.fix.text())}"
        for finding in findings
    )


def by_place(document: Checked) -> dict[str, list[Finding]]:
    """Return the findings by the label of their place; those on the whole document have none."""
    found: dict[str, list[Finding]] = {}
    for finding in document.findings:
        label = finding.place.label if finding.place else ""
        found.setdefault(label, []).append(finding)
    return found


def _place(finding: Finding) -> str:
    """Return the cell or the row of a table; what has neither is told by the way to it."""
    label = finding.place.label if finding.place else ""
    return place(finding) if finding.place is None or label[:1] in ("", "/") else visible(label)


def _explanation(rule: str) -> str:
    """Return the address of the explanation, or the command that shows it where there is none."""
    return links.address(rule) if links.documentation() else f"microcred explain {rule}"


def _level(finding: Finding) -> str:
    if finding.outcome is Outcome.CANNOT_TELL:
        return _QUESTION
    return f"{finding.level.value}, not met"
