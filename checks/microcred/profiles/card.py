"""A profile made from worksheets: P6, the card of a country, and W20, its terms."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from microcred.elements import ELEMENTS
from microcred.problem import Problem
from microcred.quantities import as_number

__all__ = ["empty", "from_worksheets"]

# Lines of P6 that ask for a field of a description: where it stands, and what a person is asked.
_FIELDS: Final = {
    "purpose": ("/need/statement", "the purpose", "What is it for?"),
    "credits": ("/workload/credits", "the credits", "Does the offer say that it bears no credit?"),
    "skills": ("/outcomes/*/skills", "skills of a list such as ESCO", "Does no list have them?"),
    "criteria": (
        "/assessments/*/criteria",
        "the criteria of assessment",
        "Where are the criteria of assessment?",
    ),
    "evidence": ("/assessments/*/evidence", "evidence that can be seen", "What can be seen?"),
    "verification": (
        "/information/verification",
        "how an award is verified",
        "How is an award verified?",
    ),
    "complaints": ("/information/complaints", "how to complain", "Where can one complain?"),
    "price": ("/information/price", "the price", "What does it cost?"),
    "privacy": (
        "/information/privacy",
        "a notice on personal data",
        "Where is the notice on personal data?",
    ),
}
_PLAIN: Final = {  # fields of a profile, and questions of P6 that answer them as they are
    "id": "id",
    "title": "title",
    "version": "version",
    "asOf": "as-of",
    "authority": "authority",
    "instrument": "instrument",
    "appliesTo": "applies-to",
    "sources": "sources",
    "confidence": "confidence",
    "notes": "notes",
    "quality": "quality",
    "validity": "validity",
    "extends": "extends",
}
Answers = Mapping[str, Any]


def from_worksheets(
    card: str | os.PathLike[str], terms: str | os.PathLike[str] | None = None
) -> dict[str, Any]:
    """Return the profile that a filled P6 states, with the terms of a filled W20.

    Raises:
        Problem: one of the files can't be read, or is another worksheet.
    """
    answers = _answers(card, "P6")
    profile = dict(_head(answers))
    profile["reviewer"] = _text(answers, "reviewer") or None
    if terms is not None:
        profile["names"] = _names(_answers(terms, "W20"))
    if values := dict(_values(answers)):
        profile["values"] = values
    if limits := dict(_limits(answers)):
        profile["limits"] = limits
    return profile


def _answers(path: str | os.PathLike[str], wanted: str) -> Answers:
    from microcred.readers import read

    data = read(path).data
    if data.get("worksheet") != wanted:
        raise Problem(
            f"“{Path(path).name}” is no worksheet {wanted}",
            f"`microcred new {wanted} --output {wanted.lower()}.xlsx` writes an empty one",
        )
    answers = data.get("answers")
    return answers if isinstance(answers, dict) else {}


def _text(answers: Answers, name: str) -> str:
    value = answers.get(name)
    return str(value).strip() if value is not None and not isinstance(value, list | dict) else ""


def _list(answers: Answers, name: str) -> list[str]:
    value = answers.get(name)
    items = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return [str(item).strip() for item in items if item is not None and str(item).strip()]


def _number(answers: Answers, name: str) -> float | int | None:
    number = as_number(answers.get(name))
    return int(number) if number is not None and number == int(number) else number


def _head(answers: Answers) -> Iterator[tuple[str, Any]]:
    for field, name in _PLAIN.items():
        value = _list(answers, name) if field in {"sources", "notes"} else _text(answers, name)
        if value:
            yield field, value


def _values(answers: Answers) -> Iterator[tuple[str, Any]]:
    least, most = _number(answers, "hours-least"), _number(answers, "hours-most")
    unit = _text(answers, "unit")
    if unit and (least is not None or most is not None):
        known = [one for one in (least, most) if one is not None]
        yield "hours-per-credit", {unit: [known[0], known[-1]]}


def _limits(answers: Answers) -> Iterator[tuple[str, Any]]:
    if size := _size(answers):
        yield "size", [size]
    if level := dict(_level(answers)):
        yield "level", level
    if barred := _list(answers, "barred"):
        yield "title", {"without": barred}
    yield from _told(answers)
    if (contact := _number(answers, "contact")) is not None:
        yield "contact", {"unit": _text(answers, "unit") or "ECTS", "hoursPerCredit": contact}
    if (months := _number(answers, "review")) is not None:
        yield "review", {"months": months}
    providers = {"types": _list(answers, "types"), "condition": _text(answers, "condition")}
    if any(providers.values()):
        yield "providers", {key: value for key, value in providers.items() if value}
    if _text(answers, "expires") == "no":
        yield "validity", {"expires": False}
    elif (longest := _number(answers, "longest")) is not None:
        yield "validity", {"months": longest}


def _size(answers: Answers) -> dict[str, Any]:
    low, high = _number(answers, "smallest"), _number(answers, "largest")
    row: dict[str, Any] = {"unit": _text(answers, "unit") or "ECTS"}
    for field, bound, allowed in (("min", low, "smallest"), ("max", high, "largest")):
        if bound is not None:
            row[field] = bound
            if _text(answers, f"{allowed}-allowed") == "no":
                row[f"{field}Excluded"] = True
    return row if low is not None or high is not None else {}


def _level(answers: Answers) -> Iterator[tuple[str, Any]]:
    low, high = _number(answers, "eqf-lowest"), _number(answers, "eqf-highest")
    if low is not None or high is not None:
        yield "eqf", {"min": 1 if low is None else low, "max": 8 if high is None else high}
    low, high = _number(answers, "national-lowest"), _number(answers, "national-highest")
    if low is not None and high is not None:
        own = {"framework": _text(answers, "framework"), "country": _text(answers, "country")}
        yield "national", [{**own, "min": low, "max": high}]


def _told(answers: Answers) -> Iterator[tuple[str, Any]]:
    lines = answers.get("told")
    asked = {
        str(line.get("id")): str(line.get("asked", "")).strip()
        for line in (lines if isinstance(lines, list) else ())
        if isinstance(line, dict)
    }
    required = [id for id, said in asked.items() if said == "yes" and id in ELEMENTS]
    if required:
        yield "required", [{"element": id} for id in required]
    if asked.get("need") == "yes":
        yield "need", {"evidence": 1}
    if fields := [row for id, said in asked.items() for row in _field(id, said)]:
        yield "fields", fields


def _field(id: str, said: str) -> Iterator[dict[str, str]]:
    if id in _FIELDS and said in {"yes", "ask"}:
        at, name, question = _FIELDS[id]
        yield {"at": at, "name": name, **({"question": question} if said == "ask" else {})}


def _names(answers: Answers) -> dict[str, dict[str, str]]:
    language, lines = _text(answers, "language").lower(), answers.get("elements")
    return {
        str(line["id"]): {language: str(line["term"]).strip()}
        for line in (lines if isinstance(lines, list) else ())
        if isinstance(line, dict) and line.get("id") in ELEMENTS and line.get("term")
    }


def empty(day: dt.date) -> dict[str, Any]:
    """Return the smallest profile, to be filled in by hand."""
    return {
        "id": f"xx-{day.year}",
        "title": "Xland: micro-credentials",
        "version": "1.0",
        "asOf": day.isoformat(),
        "authority": "Who made the rules",
        "instrument": "Law, decree, recommendation or agreement",
        "sources": ["https://agency.example/rules"],
        "confidence": "high",
        "reviewer": None,
        "limits": {"size": [{"unit": "ECTS", "min": 1, "max": 30}]},
    }
