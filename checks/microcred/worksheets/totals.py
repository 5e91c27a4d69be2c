"""What a workbook adds up above a table: formulas, with what they will show."""

from __future__ import annotations

from typing import Final, NamedTuple

from microcred.readers.grid import letters
from microcred.worksheets.content import Filled
from microcred.worksheets.definition import Section
from microcred.worksheets.scoring import Scoring

__all__ = ["Total", "total", "words"]


class Total(NamedTuple):
    """A formula in words, and what it shows to those who look before anything computes it."""

    formula: str
    words: str
    shown: float | str
    number: str = "#,##0.##"  # how the number is written


_OF_OFFERS: Final = {
    "weight": "is the sum of the weights, which should be 100",
    "parts": "is the sum of the hours below",
    "credits": "hours for each credit point (25 to 30 in ECTS)",
}


def total(name: str, part: Filled, rows: tuple[int, int], scoring: Scoring | None) -> Total:
    """Return what stands above the rows from the first to the last, counted from 0."""
    says = words(name, part.section, scoring)
    if name == "score" and scoring:
        return _scores(part, rows, scoring, says)
    at = _at(part, "value" if name in ("parts", "credits") else name)
    area = _area(at, rows)
    if name == "credits":
        formula = f'=IFERROR(SUM({area})/SUM(Answers_Credits),"")'
        return Total(formula, says, "")
    given = [row[at] for row in part.rows]
    done = sum(amount for amount in given if isinstance(amount, int | float))
    return Total(f"=SUM({area})", says, done)


def words(name: str, section: Section, scoring: Scoring | None) -> str:
    """Return the words beside what a part adds up."""
    if name == "score" and scoring:
        return (
            f"is the average of what counts, of {scoring.highest} at most; a score without "
            f"evidence counts {scoring.unevidenced} at most"
        )
    if name in _OF_OFFERS:
        return _OF_OFFERS[name]
    label = next(one.label for one in section.fields if "/".join(one.path) == name)
    return f"is the sum of “{label}”"


def _scores(part: Filled, rows: tuple[int, int], scoring: Scoring, says: str) -> Total:
    """Return the average of what counts: a score without evidence counts little."""
    kinds = [column.field.kind if column.field else "" for column in part.columns]
    at, by = kinds.index("score"), kinds.index("evidence")
    scores, most = _area(at, rows), scoring.unevidenced
    unshown = f'({_area(by, rows)}="")*({scores}>{most})'
    formula = f"=IFERROR((SUM({scores})-SUMPRODUCT({unshown},{scores}-{most}))/COUNT({scores}),"
    counted = [
        score if row[by] else min(score, most)
        for row in part.rows
        if isinstance(score := row[at], int | float)
    ]
    return Total(
        formula + '"")',
        says,
        sum(counted) / len(counted) if counted else "",
        "0.0",
    )


def _at(part: Filled, name: str) -> int:
    paths = ["/".join(column.field.path) if column.field else "" for column in part.columns]
    return paths.index(name)


def _area(at: int, rows: tuple[int, int]) -> str:
    column = letters(at + 1)
    return f"{column}{rows[0] + 1}:{column}{rows[1] + 1}"
