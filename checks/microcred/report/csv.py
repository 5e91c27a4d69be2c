"""A report as a table: one row a finding, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from microcred import links
from microcred.formulas import guarded
from microcred.report import Checked, Finding, Report, Unread

__all__ = ["COLUMNS", "cell", "write"]

COLUMNS = (
    "source",
    "title",
    "kind",
    "rule",
    "level",
    "outcome",
    "element",
    "where",
    "line",
    "column",
    "pointer",
    "message",
    "fix",
    "why",
    "basis",
    "url",
)


def write(report: Report) -> str:
    """Return *report* as comma-separated values with a header; text is never a formula."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in _rows(report):
        table.writerow([cell(row.get(column)) for column in COLUMNS])
    return text.getvalue()


def _rows(report: Report) -> Iterator[dict[str, object]]:
    for document in report.documents:
        if isinstance(document, Unread):
            yield {
                "source": document.source,
                "outcome": "unread",
                "message": document.message,
                "fix": document.fix,
            }
        else:
            for finding in document.findings:
                yield _finding(document, finding)


def _finding(document: Checked, finding: Finding) -> dict[str, object]:
    rule, place = finding.rule, finding.place
    return {
        "source": document.source,
        "title": document.title,
        "kind": document.kind,
        "rule": rule.id,
        "level": finding.level.value,
        "outcome": finding.outcome.value,
        "element": rule.element,
        "where": place.label if place else finding.pointer,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "pointer": finding.pointer,
        "message": finding.message.text(),
        "fix": finding.fix.text(),
        "why": rule.why,
        "basis": finding.basis,
        "url": links.address(rule.id),
    }


def cell(value: object) -> str:
    """Return *value* as the text of a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else guarded(str(value))
    return text.replace("\r\n", "\n").replace("\r", "\n")
