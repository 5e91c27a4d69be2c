"""Worksheets with questions of their own: what is open, what can't be read, what disagrees.

These rules see all answers at once, as a ``Answered``, and yield a verdict for each place.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final, cast

from microcred.quantities import DAYS_A_MONTH, read_date
from microcred.rule import NOT_APPLICABLE, WORKSHEET, Level, Verdict, not_met, rule
from microcred.sources import advice
from microcred.vocabularies import vocabulary
from microcred.worksheets.answered import Answered, Asked, is_blank, token
from microcred.worksheets.answers import label_key
from microcred.worksheets.definition import Section
from microcred.worksheets.questions import ANSWERS

_TOP: Final = ("microcred", "kind", "worksheet", "version", "language", "id", "$schema", ANSWERS)
_KINDS: Final = (WORKSHEET,)


@rule(
    "WS-1",
    "Answer what a worksheet can’t do without",
    level=Level.ADVICE,
    element="",
    section="worksheet-answers",
    basis=advice(),
    why="Whoever goes on with the worksheet has to ask again for what is missing",
    fix="Answer it, or write who will and by when",
    at=(),
    kinds=_KINDS,
)
def unanswered(answered: Answered) -> Iterator[Verdict]:
    needed = [one for one in answered.asked() if one.field.required]
    short = [one for one in answered.sheet.sections if one.at_least or one.items]
    if not needed and not short:
        yield NOT_APPLICABLE
    for section in short:
        yield from _too_few(answered, section)
    missing: dict[tuple[str, str], list[Asked]] = {}
    for one in needed:
        if not one.is_open or (one.section.items and answered.is_untouched(one.section)):
            continue
        if one.section.items:
            missing.setdefault((one.section.title, one.field.label), []).append(one)
        else:
            yield not_met("“{name}” has no answer", at=one.pointer, name=one.name)
    for (title, label), lines in missing.items():
        yield not_met(
            "“{label}” has no answer in {count} of the lines of “{title}”: {ids}",
            at=lines[0].pointer,
            label=label,
            count=len(lines),
            title=title,
            ids=", ".join(one.of for one in lines),
        )


def _too_few(answered: Answered, section: Section) -> Iterator[Verdict]:
    at = f"/{ANSWERS}/{section.key}"
    if section.items:
        if answered.is_untouched(section):
            yield not_met("Nothing is answered yet in “{title}”", at=at, title=section.title)
        return
    count = len(answered.entries(section))
    if count < section.at_least:
        yield not_met(
            "“{title}” has {count} of the {least} entries that it needs",
            at=at,
            fix="Add what is missing, or say in a note why there is no more",
            title=section.title,
            count=count,
            least=section.at_least,
        )


@rule(
    "WS-2",
    "Choose a value of the list where a question has one",
    level=Level.ADVICE,
    element="",
    section="worksheet-values",
    basis=advice(),
    why="Answers from a list can be counted and compared; others have to be read one by one",
    fix="Choose one of the values",
    at=(),
    kinds=_KINDS,
)
def unlisted(answered: Answered) -> Iterator[Verdict]:
    listed = [one for one in answered.asked() if one.field.choices or one.field.vocabulary]
    if all(one.is_open for one in listed):
        yield NOT_APPLICABLE
    for one in listed:
        for said in one.answer if isinstance(one.answer, list) else [one.answer]:
            if not is_blank(said) and not isinstance(said, dict | list):
                yield from _unlisted(one, said)


def _unlisted(one: Asked, said: object) -> Iterator[Verdict]:
    words = str(int(said)) if isinstance(said, float) and said.is_integer() else str(said)
    if one.field.choices:
        known = list(one.field.choices)
        near = get_close_matches(words.casefold(), [value.casefold() for value in known], 1, 0.6)
        meant = next((value for value in known if near and value.casefold() == near[0]), "")
        found = label_key(words) in map(label_key, known)
    else:
        entry = vocabulary(one.field.vocabulary).find(words)
        found = entry is not None
        meant = "" if entry else vocabulary(one.field.vocabulary).nearest(words) or ""
        known = []
    if not found:
        choices = ", ".join(known) or one.field.vocabulary
        hint = "Did you mean “{meant}”? " if meant else ""
        yield not_met(
            "“{said}” is none of the values of “{name}”",
            at=one.pointer,
            fix=f"{hint}Choose one of: {{choices}}" if known else hint.strip() or None,
            said=said,
            name=one.name,
            meant=meant,
            choices=choices,
        )


@rule(
    "WS-3",
    "Name what shows a score",
    level=Level.ADVICE,
    element="",
    section="worksheet-evidence",
    basis=advice(),
    why="What nobody can look at is an opinion, so it counts no more than a plan",
    fix="Write the number or address of what shows it, or lower the score",
    at=(),
    kinds=_KINDS,
)
def unevidenced(answered: Answered) -> Iterator[Verdict]:
    from microcred.worksheets.assessment import scored

    scoring, lines = answered.sheet.scoring, list(scored(answered))
    if scoring is None or all(line.score is None for line in lines):
        yield NOT_APPLICABLE
        return
    for line in lines:
        if line.score is not None and line.counted is not None and line.counted < line.score:
            yield not_met(
                "{id} has the score {score} and nothing that shows it, so it counts {counted}",
                at=f"{line.pointer}/evidence",
                id=line.id,
                score=line.score,
                counted=line.counted,
            )


@rule(
    "WS-4",
    "Keep answers that belong together in line",
    level=Level.ADVICE,
    element="",
    section="worksheet-conflicts",
    basis=advice(),
    why="Two answers that exclude each other mean that one question was read in another way",
    fix="Change one of the two, or explain both in a note",
    at=(),
    kinds=_KINDS,
)
def contradictory(answered: Answered) -> Iterator[Verdict]:
    if not answered.sheet.conflicts:
        yield NOT_APPLICABLE
    for conflict in answered.sheet.conflicts:
        if answered.holds(conflict.when):
            first = next(iter(conflict.when))
            yield not_met(conflict.says, at=answered.place(first), fix=conflict.fix)


@rule(
    "WS-5",
    "Settle first what blocks everything else",
    level=Level.ADVICE,
    element="",
    section="worksheet-blockers",
    basis=advice(),
    why="What is built on a gap has to be built again",
    fix="Take this up before the other lines",
    at=(),
    kinds=_KINDS,
)
def blocked(answered: Answered) -> Iterator[Verdict]:
    from microcred.worksheets.assessment import scored

    lines = [line for line in scored(answered) if line.blocks and line.score is not None]
    if not lines:
        yield NOT_APPLICABLE
    for line in lines:
        if line.score == 0:
            yield not_met(
                "{id} has the score 0, and the rest depends on it: {text}",
                at=f"{line.pointer}/score",
                id=line.id,
                text=line.text,
            )


@rule(
    "WS-6",
    "Write each answer where the worksheet asks for it",
    level=Level.ADVICE,
    element="",
    section="worksheet-places",
    basis=advice(),
    why="What stands elsewhere, or in another form, is read by nobody and counts nowhere",
    fix="Move it to a question of the worksheet, or begin its name with “x-” to keep it",
    at=(),
    kinds=_KINDS,
)
def misplaced(answered: Answered) -> Iterator[Verdict]:
    known = {one.path[-1]: one.label for part in answered.sheet.sections for one in part.fields}
    known = {} if answered.is_huge else known
    for name in answered.data:
        if name not in _TOP and not name.startswith("x-"):
            yield _strange(name, f"/{token(name)}", known)
    answers = answered.data.get(ANSWERS)
    if answers is not None and not isinstance(answers, dict):
        yield _no_group("answers", f"/{ANSWERS}")
    forms = {
        one.path[-1] for part in answered.sheet.sections if not part.is_table for one in part.fields
    }
    tables = {part.key: part for part in answered.sheet.sections if part.is_table}
    for name, said in answered.answers.items():
        at = f"/{ANSWERS}/{token(name)}"
        if name in tables:
            yield from _misplaced_entries(answered, tables[name], said, at)
        elif name in forms:
            if isinstance(said, dict):
                yield not_met(
                    "“{name}” is a group of fields; it has to be a text", at=at, name=name
                )
        elif not name.startswith("x-"):
            yield _strange(name, at, known)


def _misplaced_entries(
    answered: Answered, part: Section, said: object, at: str
) -> Iterator[Verdict]:
    if said is not None and not isinstance(said, list):
        yield not_met(
            "“{name}” is no list",
            at=at,
            fix="Write each entry on a line of its own that begins with a dash",
            name=part.title,
        )
        return
    known = {one.path[0]: one.label for one in part.fields}
    guesses = {} if answered.is_huge else known
    lines = {label_key(item.id): "" if answered.is_huge else item.id for item in part.items}
    seen: set[str] = set()
    for number, entry in enumerate(said or []):
        here = f"{at}/{number}"
        if is_blank(entry):
            continue
        if not isinstance(entry, dict):
            yield _no_group(f"{part.title} {number + 1}", here)
            continue
        for name, value in entry.items():
            if name not in known and not name.startswith("x-"):
                yield _strange(name, f"{here}/{token(name)}", guesses)
            elif isinstance(value, dict):
                yield not_met(
                    "“{name}” is a group of fields; it has to be a text",
                    at=f"{here}/{token(name)}",
                    name=name,
                )
        if part.items:
            yield from _misnamed(part, entry, f"{here}/id", lines, seen)


def _misnamed(
    part: Section, entry: dict[str, Any], at: str, lines: dict[str, str], seen: set[str]
) -> Iterator[Verdict]:
    id = str(entry.get("id", "")).strip()
    if label_key(id) not in lines:
        guesses = [one for one, meant in lines.items() if meant]
        near = get_close_matches(label_key(id), guesses, 1, 0.5)
        yield not_met(
            "“{id}” is no line of “{title}”" if id else "An entry of “{title}” names no line",
            at=at,
            fix="Did you mean {near}?" if near else "Write the short name of one of its lines",
            id=id,
            title=part.title,
            near=lines[near[0]] if near else "",
        )
    elif label_key(id) in seen:
        yield not_met("“{id}” is answered twice", at=at, fix="Keep one of the two", id=id)
    seen.add(label_key(id))


def _strange(name: str, at: str, known: dict[str, str]) -> Verdict:
    words = {label_key(word): label for id, label in known.items() for word in (id, label)}
    near = get_close_matches(label_key(name), words, 1, 0.6)
    return not_met(
        "“{name}” is no question of this worksheet",
        at=at,
        fix="Did you mean “{near}”?" if near else None,
        name=name,
        near=words[near[0]] if near else "",
    )


def _no_group(name: str, at: str) -> Verdict:
    return not_met(
        "“{name}” is no group of fields",
        at=at,
        fix="Write each answer behind the name of its question",
        name=name,
    )


@rule(
    "WS-7",
    "Write days and numbers so that they can be read",
    level=Level.ADVICE,
    element="",
    section="worksheet-numbers",
    basis=advice(),
    why="A day or number in words can’t be sorted, added up or compared",
    fix="Write a day in the form 2026-06-30, and a number in figures without words",
    at=(),
    kinds=_KINDS,
)
def unreadable(answered: Answered) -> Iterator[Verdict]:
    counted = [one for one in answered.asked() if one.field.is_number or one.field.kind == "date"]
    if all(one.is_open for one in counted):
        yield NOT_APPLICABLE
    for one in counted:
        said = one.answer
        if one.is_open or isinstance(said, dict | list):
            continue
        if one.field.kind == "date":
            reading = read_date(str(said))
            if reading is None or not reading.iso:
                yield not_met(
                    "“{said}” in “{name}” is no day that everybody reads in the same way",
                    at=one.pointer,
                    said=said,
                    name=one.name,
                )
        elif one.field.kind == "number" and not _is_number(said):
            yield not_met(
                "“{said}” in “{name}” is no number", at=one.pointer, said=said, name=one.name
            )


def _is_number(said: object) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool)


@rule(
    "WS-8",
    "Keep a text as short as its reader needs",
    level=Level.ADVICE,
    element="",
    section="worksheet-words",
    basis=advice(),
    why="Few people read more than this before they decide",
    fix="Shorten it, and keep what the reader has to do",
    at=(),
    kinds=_KINDS,
)
def wordy(answered: Answered) -> Iterator[Verdict]:
    bounded = [one for one in answered.asked() if one.field.node.get("x-words")]
    if all(one.is_open for one in bounded):
        yield NOT_APPLICABLE
    for part in answered.sheet.sections:
        total = sum(len(str(one.answer or "").split()) for one in bounded if one.section is part)
        if part.words and total > part.words:
            yield not_met(
                "“{title}” has {total} words in all, and {limit} are enough",
                at=next(one.pointer for one in bounded if one.section is part),
                title=part.title,
                total=total,
                limit=part.words,
            )
    for one in bounded:
        count, limit = len(str(one.answer or "").split()), one.field.node["x-words"]
        if count > limit:
            yield not_met(
                "“{name}” has {count} words, and {limit} are enough",
                at=one.pointer,
                name=one.name,
                count=count,
                limit=limit,
            )


@rule(
    "WS-9",
    "Keep evidence fresh",
    level=Level.ADVICE,
    element="",
    section="worksheet-fresh",
    basis=advice(),
    why="A need passes, and old evidence may speak of one that is met by now",
    fix="Look for a newer source, or say in a note why the old one still holds",
    at=(),
    kinds=_KINDS,
    reads="need-months",
)
def stale(answered: Answered) -> Iterator[Verdict]:
    dated = [one for one in answered.asked() if one.field.node.get("x-fresh") and not one.is_open]
    if not dated:
        yield NOT_APPLICABLE
    months = float(cast("float", answered.profile.values["need-months"]))
    for one in dated:
        reading = read_date(str(one.answer))
        day = reading.date if reading else None
        if day and (answered.on - day).days > months * DAYS_A_MONTH:
            yield not_met(
                "“{name}” is more than {months} months ago: {day}",
                at=one.pointer,
                name=one.name,
                months=f"{months:g}",
                day=day.isoformat(),
            )
