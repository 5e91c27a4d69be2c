"""What the check page shows of a report and of a stack, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from bundled.here import here
from microcred.annotate import ENDINGS
from microcred.evaluation.purposes import PURPOSES
from microcred.exporters import TARGETS
from microcred.readers.formats import FORMATS
from microcred.report import Checked, Finding, Report, Unread, scores
from microcred.report.bars import picture
from microcred.report.characters import sentence, visible
from microcred.report.grouping import QUESTION, place, sheet
from microcred.report.scores import alternative
from microcred.report.words import NOTE, about, heading
from microcred.rule import Outcome
from microcred.worksheets.assessment import Assessment

if TYPE_CHECKING:
    from microcred.stacking import Result

__all__ = ["VIEW", "shown", "stacked"]

VIEW: Final = "view-"  # what a recognition officer sees, by purpose
_NOT_HERE: Final = ("certificate-pdf",)  # what writes it is no plain Python
_READ_AS: Final = {id: format.words for id, format in FORMATS.items()} | {
    "elm": "a Europass credential",
    "openbadge": "an Open Badge",
}


def shown(report: Report) -> dict[str, object]:
    """Return everything that the page shows of *report*, in words."""
    return {
        "heading": heading(report),
        "about": about(report),
        "note": NOTE,
        "targets": [
            [id, target.words, target.ending]
            for id, target in TARGETS.items()
            if id not in _NOT_HERE
        ]
        + [
            [VIEW + id, f"Recognition view for {purpose.words}", ".html"]
            for id, purpose in PURPOSES.items()
        ],
        "documents": [
            _unread(document) if isinstance(document, Unread) else _checked(document, report)
            for document in report.documents
        ],
    }


def stacked(result: Result) -> dict[str, object]:
    """Return everything that the page shows of a stack, in words."""
    from microcred.stacking import picture, written
    from microcred.stacking.summary import summary

    told = summary(result.stack)
    return {
        "title": visible(told.title),
        "facts": [[label, visible(value)] for label, value in written.facts(result, told)],
        "columns": written.COLUMNS,
        "rows": [list(map(visible, row)) for row in written.rows(told)],
        "picture": picture.svg(result.stack),
        "alternative": picture.alternative(result.stack),
        "document": _checked(result.checked, result.report),
        "note": written.NOTE,
    }


def _unread(document: Unread) -> dict[str, object]:
    return {
        "source": visible(document.source),
        "message": sentence(document.message),
        "fix": sentence(here(document.fix)),
    }


def _checked(document: Checked, report: Report) -> dict[str, object]:
    seen = sheet(document, report)
    whole = asdict(replace(seen, assessment=None))
    whole["readAs"] = f"{seen.kind}, {_READ_AS.get(seen.format, seen.format)}"
    whole["annotated"] = ENDINGS.get(document.format, ".xlsx")
    whole["scores"] = _scores(seen.assessment) if seen.assessment else None
    for group in whole["groups"]:
        for entry in group["entries"]:
            # People see every place here, since they can close what they have read.
            entry["findings"] = list(_findings(document, entry, group["key"] == QUESTION))
            del entry["spots"], entry["more"], entry["fix"]
    return whole


def _scores(found: Assessment) -> dict[str, object]:
    """Return the picture of a self-assessment, and what is said about it."""
    return {
        "picture": picture(found),
        "alternative": alternative(found),
        "summary": sentence(scores.summary(found)),
        "blocks": [asdict(block) for block in scores.blocks(found)],
    }


def _findings(
    document: Checked, entry: Mapping[str, object], asks: bool
) -> Iterator[dict[str, object]]:
    for finding in document.findings:
        if (
            finding.rule.id == entry["rule"]
            and finding.level.value == entry["level"]
            and asks is (finding.outcome is Outcome.CANNOT_TELL)
        ):
            yield _finding(finding)


def _finding(finding: Finding) -> dict[str, object]:
    at = finding.place
    return {
        "message": sentence(finding.message.text()),
        "fix": sentence(here(finding.fix.text())),
        "place": place(finding),
        "pointer": finding.pointer,
        "line": at.line if at else None,
        "column": at.column if at else None,
    }
