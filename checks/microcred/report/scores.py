"""What a self-assessment says, put into words; the formats only lay it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from microcred.report.characters import sentence, visible
from microcred.report.words import counted, say
from microcred.worksheets.assessment import Area, Assessment, Proposal, Scored

__all__ = [
    "Bar",
    "Block",
    "alternative",
    "bars",
    "blocks",
    "legend",
    "lines",
    "scale",
    "summary",
]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its title, its number in words, what counts and what was claimed."""

    title: str
    words: str
    counted: float
    claimed: float


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with a sentence, and points below it; a point may have lines of its own."""

    heading: str
    intro: str
    points: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def bars(assessment: Assessment, language: str = "en") -> tuple[Bar, ...]:
    """Return a bar for each area, in the order of the worksheet."""
    return tuple(
        Bar(
            _area(area, language),
            say("no score", language)
            if area.counted is None
            else say(
                "{score} of {highest}",
                language,
                score=_figure(area.counted),
                highest=assessment.highest,
            ),
            area.counted or 0,
            area.claimed or 0,
        )
        for area in assessment.areas
    )


def _area(area: Area, language: str) -> str:
    """Return the title of an area, with how many of its lines have a score where some lack one."""
    if area.answered in (0, area.lines):
        return visible(say(area.title, language))
    return say(
        "{title} ({n} of {all} lines)",
        language,
        title=visible(say(area.title, language)),
        n=area.answered,
        all=area.lines,
    )


def scale(assessment: Assessment, language: str = "en") -> str:
    """Return what each score means."""
    return ", ".join(f"{n} {say(step, language)}" for n, step in enumerate(assessment.steps))


def legend(assessment: Assessment, language: str = "en") -> tuple[str, ...]:
    """Return what filled and hatched parts mean; the second only where there is one."""
    said = (say("what counts", language),)
    if any((area.claimed or 0) > (area.counted or 0) for area in assessment.areas):
        return (*said, say("claimed, and nothing shows it", language))
    return said


def alternative(assessment: Assessment, language: str = "en") -> str:
    """Return in one text what the picture shows."""
    return "; ".join(f"{bar.title}: {bar.words}" for bar in bars(assessment, language))


def summary(assessment: Assessment, language: str = "en") -> str:
    """Return the one sentence on all scores, or an empty text where nothing is scored."""
    if not assessment.lines:
        return ""
    answered = say(
        "{n} of {all} lines have a score",
        language,
        n=assessment.answered,
        all=len(assessment.lines),
    )
    if assessment.mean is None:
        return answered
    mean = say(
        "{score} of {highest} on average, over what counts",
        language,
        score=_figure(assessment.mean),
        highest=assessment.highest,
    )
    capped = sum((line.counted or 0) < (line.score or 0) for line in assessment.lines)
    weak = counted(
        capped,
        "1 score has nothing that shows it",
        "{n} scores have nothing that shows them",
        language,
    )
    return f"{mean}; {answered}; {weak}"


def lines(assessment: Assessment, language: str = "en") -> Iterator[tuple[str, str, str, str]]:
    """Yield the short name, the text, the score and what it counts, of each line."""
    for line in assessment.lines:
        none = say("no score", language)
        given = none if line.score is None else str(line.score)
        counts = none if line.counted is None else str(line.counted)
        yield line.id, visible(line.text), given, counts


def blocks(assessment: Assessment, language: str = "en") -> Iterator[Block]:
    """Yield what blocks, what comes next, and what the answers speak for."""
    if assessment.blockers:
        yield Block(
            say("What blocks the rest", language),
            say("These lines have the score 0, and the others depend on them.", language),
            tuple((_line(line), ()) for line in assessment.blockers),
        )
    if assessment.following and assessment.answered:
        yield Block(
            say("A possible order of next steps", language),
            say("This order is our suggestion; yours may differ for good reasons.", language),
            tuple((_line(line), ()) for line in assessment.following),
        )
    if assessment.suggests:
        yield _proposals(assessment.proposals, language)


def _line(line: Scored) -> str:
    return sentence(f"{line.id}: {line.text}")


def _proposals(found: tuple[Proposal, ...], language: str) -> Block:
    intro = (
        "What your answers speak for. Read both sides; the decision stays with you."
        if found
        else "These answers speak for nothing in particular. Answer more of the questions."
    )
    return Block(
        say("Suggestions", language),
        say(intro, language),
        tuple(
            (
                visible(say(one.title, language)),
                tuple(
                    (say(label, language), sentence(say(text, language)))
                    for label, text in (
                        ("For it", one.because),
                        ("Against it", one.against),
                        ("Source", one.basis),
                    )
                    if text
                ),
            )
            for one in found
        ),
    )
