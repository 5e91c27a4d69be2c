"""Cells that list several things in their own words: outcomes and assessments."""

from __future__ import annotations

import re
from typing import Any, Final

from microcred.catalogues.tables.codes import FURTHER, MOST, SHORT, answer_in, code_of, part_of
from microcred.readers.grid import Answer
from microcred.vocabularies import vocabulary

__all__ = ["assessments", "outcomes"]

_LINES: Final = re.compile(r"[\r\n]+|\s*[•▪●◦‣·]\s*|\s*;\s*")
# “1.”, “b)”, “•”, and the short names of outcomes in a course: “LO1:”, “ПРН2.”, “W3 –”
_NAME: Final = r"[A-ZА-ЯІЇЄ]{1,4}[ _-]?\d{1,2}\s?[.:)–-]"
_MARK: Final = re.compile(
    rf"^\s*(?:[-–—*•▪●◦‣]|\(?\d{{1,2}}[.)]|[a-z]\)|{_NAME}|LO\s?\d{{1,2}})\s+"
)
_DASHED: Final = re.compile(r"\s+[-–—]\s+(?=[^\W\d_a-zà-ÿ])")
_NUMBERED: Final = re.compile(rf"(?:(?<=\s)|^)(?:\(?\d{{1,2}}[.)]|\(?[a-h]\)|{_NAME})\s+")
_ASSESSMENTS: Final = re.compile(r"[;\n+]|\s(?:and|und|et|y)\s")
_SHARE: Final = re.compile(r"\(?(?:(?<!\d)(\d{1,3})\s?%|%\s?(\d{1,3})(?!\d))\)?")
_PASSING: Final = re.compile(
    r"(?i)\b(?:pass(?:ed|ing)?|at least|minimum|mindestens|bestehen|bestanden|"
    r"au moins|réussite|al menos|mínimo|aprobar|almeno|minimo|co najmniej|zaliczeni[ae]|minst|"
    r"vähintään|щонайменше|мінімум|najmanje)\b|\bmin\.?\s*\d|[≥>]"
)


def outcomes(value: Answer, heading: str) -> list[dict[str, str]]:
    """Return the outcomes that a cell lists, by lines, bullets, numbers or short names."""
    parts = [part for part in _LINES.split(str(value)) if part and part.strip()]
    if len(parts) == 1 and len(found := _NUMBERED.split(parts[0])) > 2:
        parts = [part for part in found if part.strip()]
    if len(parts) == 1 and len(found := _DASHED.split(parts[0])) > 2:
        parts = found
    # “After the course you will be able to:” announces the list and is none of it.
    if len(parts) > 1 and parts[0].rstrip().endswith((":", "…", "...")):
        parts = parts[1:]
    statements = [_MARK.sub("", part).strip().rstrip(",;") for part in parts[:MOST]]
    named = (
        {"type": entry.code} if (entry := vocabulary("skill-types").get(part_of(heading))) else {}
    )
    return [
        {"id": f"LO{position}", **named, "statement": text}
        for position, text in enumerate(filter(None, statements), 1)
    ]


def assessments(value: Answer, _heading: str) -> list[dict[str, Any]]:
    """Return the assessments that a cell lists, with their weights where it states these."""
    cut = [
        part
        for line in _ASSESSMENTS.split(str(value))
        for part in (re.split("[,/]", line) if line.count("%") > 1 else [line])
    ]
    parts = [words for part in cut if (words := _MARK.sub("", part).strip())][:MOST]
    shares = [_share(part) for part in parts]
    # 80 % may as well be the attendance that is asked for, or what is enough to pass.
    are_weights = all(shares) and sum(shares) == 100 and not _PASSING.search(str(value))
    return [
        {"id": f"A{position}", **_assessed(part, share if are_weights else 0)}
        for position, (part, share) in enumerate(zip(parts, shares, strict=True), 1)
    ]


def _share(part: str) -> int:
    """Return the share with which words begin or end; “in 80 % of the sessions” states none."""
    found = _SHARE.search(part)
    around = (part[: found.start()], part[found.end() :]) if found else ()
    is_apart = any(not words.strip(" .:–-") for words in around)
    return int(found[1] or found[2]) if found and is_apart else 0


def _assessed(words: str, weight: int) -> dict[str, Any]:
    """Return the type of an assessment; a rule asks about one that the list lacks."""
    bare = _SHARE.sub(" ", words).strip(" :–—-")
    code = code_of("assessment-types", bare)
    is_known = vocabulary("assessment-types").get(code) is not None
    if not is_known and not weight:
        bare = code = words  # “Exam (at least 50 %)” is more than “Exam (at least”
    is_type = is_known or (len(bare) <= SHORT and not answer_in(bare))
    says_more = bool(FURTHER.search(bare)) or (bare != words and not weight)
    item: dict[str, Any] = {"type": code} if is_type else {}
    if not is_type or (says_more and code != words):
        item["description"] = words
    return item | ({"weight": weight} if weight else {})
