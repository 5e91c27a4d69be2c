"""What every format shows of an evaluation, in order: headings, facts, lists and a letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from microcred.evaluation.model import Answer, Evaluation, Evidence, Letter, Strength, Weight
from microcred.evaluation.purposes import PURPOSES
from microcred.labels import ARROW
from microcred.messages import Message
from microcred.profiles import BASE
from microcred.report.characters import sentence, visible
from microcred.report.words import say

__all__ = [
    "STRENGTHS",
    "WEIGHTS",
    "Block",
    "Bullets",
    "Facts",
    "Grid",
    "Heading",
    "Start",
    "Text",
    "named",
    "outline",
    "title",
]

# A sign repeats the words, and never replaces them.
STRENGTHS: Final = {
    Strength.CHECKED: ("✓", "stated, and found in a register"),
    Strength.EVIDENCED: ("✓", "stated, and can be followed up"),
    Strength.STATED: ("·", "stated, with nothing to follow up"),
    Strength.DOUBTED: ("!", "stated, and something speaks against it"),
    Strength.MISSING: ("–", "not stated"),
}
WEIGHTS: Final = {
    Weight.DECIDES: "decides",
    Weight.COUNTS: "counts",
    Weight.HELPS: "helps",
}
_NOTE: Final = (
    "This view says what the file carries and what it doesn’t. It verified nothing outside the "
    "file and the registers named above, and it is no decision: that stays with the body in charge."
)
_DRAFT: Final = (
    "Written by a program from what the file says. Confirm it, change it or drop it; whoever "
    "decides writes the reasons."
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the first level is that of the whole."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``style`` is empty, lead, note or label."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels, what belongs to each, and the place where it stands."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``kind`` is empty, numbered or boxes to tick."""

    items: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings and rows, the first cell of which heads its row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a part begins that can be taken out, such as the letter."""

    part: str


Block = Heading | Text | Facts | Bullets | Grid | Start


def title(seen: Evaluation, language: str = "en") -> str:
    """Return the title of the micro-credential, or words for one without."""
    return visible(seen.title) or say("(no title)", language)


def outline(seen: Evaluation, language: str = "en") -> Iterator[Block]:
    """Yield everything that is shown, in order."""
    yield Text(say("Recognition view of a micro-credential", language), "note")
    yield Heading(1, title(seen, language))
    yield Facts(tuple(_about(seen, language)))
    if seen.seal:
        yield Text(_told(seen.seal, language), "lead")
    yield from _draft(seen, language)
    yield from _summary(seen, language)
    for answer in seen.answers:
        yield from _criterion(answer, language)
    yield Heading(2, say("What only you can answer", language))
    yield Bullets(tuple(_told(each, language) for each in seen.questions))
    yield Text(say(_NOTE, language), "note")
    yield from _letter(seen.letter, language)


def _told(message: Message, language: str) -> str:
    return sentence(message.text(language))


def _about(seen: Evaluation, language: str) -> Iterator[tuple[str, str, str]]:
    kind, profile = say(seen.kind, language), seen.profile
    rows = (
        ("File", f"{visible(seen.source)} ({kind}, {seen.format})"),
        ("Offer", visible(seen.offer)),
        ("Holder", seen.holder),
        ("Issuer", seen.issuer),
        ("Identifier", seen.number),
        ("Purpose", say(PURPOSES[seen.purpose].words, language)),
        *((("Profile", f"{profile.id} {profile.version}"),) if profile.id != BASE else ()),
        *(("Register", register.words) for register in seen.registers),
        ("Evaluated on", seen.checked_on.isoformat()),
        ("With", f"microcred {seen.version}"),
    )
    for name, value in rows:
        if value:
            yield say(name, language), visible(value), ""


def _draft(seen: Evaluation, language: str) -> Iterator[Block]:
    draft, route = seen.draft, seen.route
    yield Heading(2, say("Draft decision", language))
    yield Text(_told(draft.told, language), "lead")
    if draft.reasons:
        yield Text(say("Reasons", language), "label")
        yield Bullets(tuple(_told(each, language) for each in draft.reasons))
    if draft.conditions:
        yield Text(say("Before you decide", language), "label")
        yield Bullets(tuple(_told(each, language) for each in draft.conditions))
    yield Text(say(_DRAFT, language), "note")
    yield Heading(2, say("Way of recognition", language))
    yield Text(_told(route.told, language))
    if route.signs:
        yield Bullets(tuple(_told(each, language) for each in route.signs))


def _summary(seen: Evaluation, language: str) -> Iterator[Block]:
    heads = ("Criterion", "Weight here", "What the file carries")
    rows = tuple(
        (
            say(answer.criterion.title, language),
            say(WEIGHTS[answer.weight], language),
            _strength(answer, language),
        )
        for answer in seen.answers
    )
    yield Heading(2, say("Seven criteria", language))
    yield Grid(
        say("What the file carries for each criterion", language),
        tuple(say(head, language) for head in heads),
        rows,
    )
    words = say(
        "The criteria are those of the Micro-evaluator of Nuffic; the weights are our advice.",
        language,
    )
    yield Text(words, "note")


def _strength(answer: Answer, language: str) -> str:
    mark, words = STRENGTHS[answer.strength]
    return f"{mark} {say(words, language)}"


def _criterion(answer: Answer, language: str) -> Iterator[Block]:
    criterion = answer.criterion
    yield Heading(3, say(criterion.title, language))
    yield Text(_told(criterion.asks, language))
    yield Text(_strength(answer, language), "lead")
    weight = say("Weight here: {weight}", language, weight=say(WEIGHTS[answer.weight], language))
    yield Text(f"{sentence(weight)} {_told(answer.why, language)}", "note")
    if answer.evidence:
        yield Facts(tuple((name, one.quote, one.where) for name, one in named(answer)))
    for label, told in (
        ("What speaks against it", answer.doubts),
        ("What to ask the issuer", answer.missing),
        ("What to look at yourself", answer.questions),
    ):
        if told:
            yield Text(say(label, language), "label")
            yield Bullets(tuple(_told(each, language) for each in told))
    if criterion.grades:
        yield Text(say("Your grade", language), "label")
        yield Bullets(tuple(say(grade, language) for grade in criterion.grades), "boxes")


def named(answer: Answer) -> Iterator[tuple[str, Evidence]]:
    """Yield what the file says, each field by its name within the part of the criterion."""
    heads = [each.label.split(ARROW)[0] for each in answer.evidence]
    for each in answer.evidence:
        head, _, rest = each.label.partition(ARROW)
        name, _, number = head.rpartition(" ")
        if rest and number.isdigit() and name != "Results":
            several = len({one for one in heads if one.rpartition(" ")[0] == name}) > 1
            yield (f"{number}. {rest}" if several else rest), each
        else:
            yield (each.label if name == "Results" else rest or each.label), each


def _letter(letter: Letter | None, language: str) -> Iterator[Block]:
    yield Start("letter")
    yield Heading(2, say("Letter to the issuer", language))
    if letter is None:
        words = "Nothing that weighs for this purpose is missing, so there is nothing to ask for."
        yield Text(say(words, language))
        return
    to = letter.to or say("[name of the issuer]", language)
    yield Text(say("To: {to}", language, to=to))
    yield Text(say("[place, date]", language))
    yield Text(letter.subject.text(language), "lead")
    yield Facts(tuple((say(name, language), visible(value), "") for name, value in letter.about))
    yield Text(say("Dear colleagues,", language))
    yield from (Text(_told(each, language)) for each in letter.opening)
    yield Bullets(tuple(_told(each, language) for each in letter.asks), "numbered")
    for each in letter.closing:
        words = each.text(language)
        yield Text(words if words.startswith("[") else sentence(words))
