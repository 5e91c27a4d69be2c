"""A report for programs: everything that was found, nothing left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from microcred import links
from microcred.report import Checked, Counts, Finding, Report, Unread

if TYPE_CHECKING:
    from microcred.registers import Register
    from microcred.worksheets.assessment import Assessment, Scored

__all__ = ["as_data", "register_data", "write"]


def as_data(report: Report) -> dict[str, object]:
    """Return *report* as plain data in the shape of ``report-1.schema.json``."""
    profile = report.profile
    return {
        "tool": {"name": "microcred", "version": report.version},
        "profile": {"id": profile.id, "version": profile.version, "asOf": profile.as_of},
        "checkedOn": report.checked_on.isoformat(),
        **({"registers": list(map(register_data, report.registers))} if report.registers else {}),
        "documents": [
            _unread(document) if isinstance(document, Unread) else _checked(document)
            for document in report.documents
        ],
    }


def write(report: Report) -> str:
    """Return *report* as JSON."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n"


def register_data(register: Register) -> dict[str, object]:
    """Return what a register is and how it was understood, as plain data."""
    used = register.columns
    return {
        "name": register.name,
        "entries": len(register),
        "columns": {role: [used.headings[at] for at in places] for role, places in used.at.items()},
        "notes": [*used.hints, *register.notes],
    }


def _unread(document: Unread) -> dict[str, object]:
    return {
        "source": document.source,
        "error": {"message": document.message, "fix": document.fix},
    }


def _checked(document: Checked) -> dict[str, object]:
    return {
        "source": document.source,
        "format": document.format,
        "kind": document.kind,
        "title": document.title,
        "elements": {id: status.value for id, status in document.elements.items()},
        "findings": [_finding(finding) for finding in document.findings],
        "counts": _counts(document.counts),
        **({"assessment": _assessment(document.assessment)} if document.assessment else {}),
        "rules": {id: outcome.value for id, outcome in document.outcomes.items()},
    }


def _assessment(found: Assessment) -> dict[str, object]:
    from microcred.report.bars import picture
    from microcred.report.scores import alternative, summary

    return {
        "worksheet": found.sheet,
        "title": found.title,
        "summary": summary(found),
        "steps": list(found.steps),
        "withoutEvidence": found.unevidenced,
        "mean": found.mean,
        "lines": [_line(line) for line in found.lines],
        "areas": [
            {
                "title": area.title,
                "counted": area.counted,
                "claimed": area.claimed,
                "answered": area.answered,
                "lines": area.lines,
            }
            for area in found.areas
        ],
        "blockers": [line.id for line in found.blockers],
        "nextSteps": [line.id for line in found.following],
        "suggestions": [
            {
                "title": one.title,
                "because": one.because,
                "against": one.against,
                "basis": one.basis,
            }
            for one in found.proposals
        ],
        "picture": {"svg": picture(found), "alternative": alternative(found)},
    }


def _line(line: Scored) -> dict[str, object]:
    return {
        "id": line.id,
        "text": line.text,
        "area": line.area,
        "score": line.score,
        "counted": line.counted,
        "evidence": line.evidence,
        "blocks": line.blocks,
        "pointer": line.pointer,
    }


def _finding(finding: Finding) -> dict[str, object]:
    rule, place = finding.rule, finding.place
    return {
        "rule": rule.id,
        "level": finding.level.value,
        "outcome": finding.outcome.value,
        "element": rule.element,
        "pointer": finding.pointer,
        "where": place.label if place else finding.pointer,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "title": rule.title,
        "message": finding.message.text(),
        "fix": finding.fix.text(),
        "why": rule.why,
        "basis": finding.basis,
        "url": links.address(rule.id),
    }


def _counts(counts: Counts) -> dict[str, object]:
    return {
        "notMet": {level.value: n for level, n in counts.not_met.items()},
        "cannotTell": counts.cannot_tell,
        "met": counts.met,
        "notApplicable": counts.not_applicable,
    }
