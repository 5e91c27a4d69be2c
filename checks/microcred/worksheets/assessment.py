"""What comes out of a self-assessment: scores, what blocks, what comes next, what is suggested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from microcred.sources import cite
from microcred.vocabularies.nothing import shows
from microcred.worksheets.answered import Answered
from microcred.worksheets.scoring import Scoring

__all__ = ["Area", "Assessment", "Proposal", "Scored", "assess", "scored"]


@dataclass(frozen=True, slots=True)
class Scored:
    """A line with its score as it was given, and as it counts; None where there is none."""

    id: str
    text: str
    area: str
    score: int | None
    counted: int | None
    evidence: str
    blocks: bool
    weight: float
    pointer: str


@dataclass(frozen=True, slots=True)
class Area:
    """The lines of one area: the mean of what counts, and of what was claimed."""

    title: str
    counted: float | None
    claimed: float | None
    answered: int
    lines: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion with its reason and what speaks against it; never a verdict."""

    title: str
    because: str
    against: str
    basis: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a worksheet makes of its answers, to be read by people who decide."""

    sheet: str
    title: str
    steps: tuple[str, ...]
    unevidenced: int
    lines: tuple[Scored, ...]
    areas: tuple[Area, ...]
    mean: float | None
    blockers: tuple[Scored, ...]
    following: tuple[Scored, ...]
    proposals: tuple[Proposal, ...]
    suggests: bool

    @property
    def highest(self) -> int:
        """Return the highest score."""
        return len(self.steps) - 1

    @property
    def answered(self) -> int:
        """Return how many lines have a score."""
        return sum(line.score is not None for line in self.lines)


def assess(answered: Answered) -> Assessment | None:
    """Return what comes out, or None where the worksheet neither scores nor suggests."""
    sheet, scoring = answered.sheet, answered.sheet.scoring
    if scoring is None and not sheet.suggestions:
        return None
    lines = tuple(scored(answered))
    return Assessment(
        sheet=sheet.id,
        title=sheet.title,
        steps=scoring.steps if scoring else (),
        unevidenced=scoring.unevidenced if scoring else 0,
        lines=lines,
        areas=tuple(_areas(lines)),
        mean=_mean([(line.counted, line.weight) for line in lines]),
        blockers=tuple(line for line in lines if line.blocks and line.score == 0),
        following=tuple(_following(lines, scoring)) if scoring else (),
        proposals=tuple(
            Proposal(one.title, one.because, one.against, cite(one.source) if one.source else "")
            for one in sheet.suggestions
            if answered.holds(one.when)
        ),
        suggests=bool(sheet.suggestions),
    )


def scored(answered: Answered) -> Iterator[Scored]:
    """Yield the lines of the table with scores; nothing where the worksheet has none."""
    scoring = answered.sheet.scoring
    section = next(
        (one for one in answered.sheet.sections if scoring and one.key == scoring.part), None
    )
    for line in answered.lines(section) if section else ():
        assert scoring is not None  # noqa: S101 - a section is found only by a scoring
        item, evidence = line.item, line.entry.get("evidence")
        score = _score(line.entry.get("score"), scoring)
        counted = score
        if score is not None and not shows(evidence):
            counted = min(score, scoring.unevidenced)
        yield Scored(
            id=item.id,
            text=item.text,
            area=item.area,
            score=score,
            counted=counted,
            evidence="" if evidence is None else str(evidence),
            blocks=item.blocks,
            weight=item.weight,
            pointer=line.pointer,
        )


def _score(said: object, scoring: Scoring) -> int | None:
    if isinstance(said, bool) or not isinstance(said, int | float) or said != int(said):
        return None
    return int(said) if 0 <= said <= scoring.highest else None


def _areas(lines: tuple[Scored, ...]) -> Iterator[Area]:
    for title in dict.fromkeys(line.area or f"{line.id} {line.text}" for line in lines):
        own = [line for line in lines if (line.area or f"{line.id} {line.text}") == title]
        yield Area(
            title=title,
            counted=_mean([(line.counted, line.weight) for line in own]),
            claimed=_mean([(line.score, line.weight) for line in own]),
            answered=sum(line.score is not None for line in own),
            lines=len(own),
        )


def _mean(scores: list[tuple[int | None, float]]) -> float | None:
    given = [(score, weight) for score, weight in scores if score is not None]
    total = sum(weight for _, weight in given)
    return round(sum(score * weight for score, weight in given) / total, 2) if total else None


def _following(lines: tuple[Scored, ...], scoring: Scoring) -> Iterator[Scored]:
    by_id = {line.id: line for line in lines}
    for id in scoring.sequence:
        line = by_id[id]
        if line.counted is None or line.counted < scoring.enough:
            yield line
