"""An evaluation for programs, in the shape of ``evaluation-1.schema.json``."""

from __future__ import annotations

import json

from microcred.evaluation.model import Answer, Evaluation, Letter
from microcred.messages import Message
from microcred.report.json import register_data

__all__ = ["as_data", "write"]


def as_data(seen: Evaluation) -> dict[str, object]:
    """Return an evaluation as plain data."""
    profile, route, draft = seen.profile, seen.route, seen.draft
    return {
        "tool": {"name": "microcred", "version": seen.version},
        "profile": {"id": profile.id, "version": profile.version, "asOf": profile.as_of},
        "registers": [register_data(register) for register in seen.registers],
        "evaluatedOn": seen.checked_on.isoformat(),
        "purpose": seen.purpose,
        "source": seen.source,
        "offer": seen.offer or None,
        "format": seen.format,
        "kind": seen.kind,
        "title": seen.title,
        "holder": seen.holder,
        "issuer": seen.issuer,
        "identifier": seen.number,
        "seal": seen.seal.text() if seen.seal else None,
        "route": {"way": route.way.value, "told": route.told.text(), "signs": _told(route.signs)},
        "criteria": [_answer(answer) for answer in seen.answers],
        "draft": {
            "verdict": draft.verdict.value,
            "told": draft.told.text(),
            "reasons": _told(draft.reasons),
            "first": _told(draft.conditions),
        },
        "questions": _told(seen.questions),
        "letter": _letter(seen.letter) if seen.letter else None,
    }


def write(seen: Evaluation) -> str:
    """Return an evaluation as JSON."""
    return json.dumps(as_data(seen), ensure_ascii=False, indent=2) + "\n"


def _told(messages: tuple[Message, ...]) -> list[str]:
    return [message.text() for message in messages]


def _answer(answer: Answer) -> dict[str, object]:
    return {
        "id": answer.criterion.id,
        "title": answer.criterion.title,
        "elements": list(answer.criterion.elements),
        "strength": answer.strength.value,
        "weight": answer.weight.value,
        "why": answer.why.text(),
        "evidence": [
            {"label": one.label, "quote": one.quote, "where": one.where, "pointer": one.pointer}
            for one in answer.evidence
        ],
        "doubts": _told(answer.doubts),
        "missing": _told(answer.missing),
        "questions": _told(answer.questions),
        "grades": list(answer.criterion.grades),
    }


def _letter(letter: Letter) -> dict[str, object]:
    return {
        "to": letter.to,
        "subject": letter.subject.text(),
        "about": dict(letter.about),
        "opening": _told(letter.opening),
        "asks": _told(letter.asks),
        "closing": _told(letter.closing),
    }
