"""Sentences of ours in the words of a worksheet.

Rules put what is typed in a file of YAML between `backticks`. Whoever fills in a worksheet has
never seen these names: there, each is told by the label of its question, or by the title of the
part, so that rules are written once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

import yaml

from microcred.messages import Message
from microcred.report import Finding
from microcred.rule import AWARD, KINDS, OFFER
from microcred.worksheets.answers import listed, spelled
from microcred.worksheets.definition import NAMES, Section, Worksheet, worksheet
from microcred.worksheets.fields import Field, node_at, properties

__all__ = ["OF_KIND", "filled_in", "told", "way", "worded"]

Names = tuple[str, ...]  # of fields, from the outermost to the innermost; * is any entry of a list

OF_KIND: Final = {OFFER: "W11", AWARD: "W12"}  # the worksheet with the questions of each kind

# Every question stands on a worksheet already, so nobody adds one.
_TYPED: Final = re.compile(r"(?:\b(A|a)dd (?:the field )?)?`([^`]+)`")
_VERBS: Final = {"A": "Fill in ", "a": "fill in ", None: ""}
_COMMAND: Final = "microcred "
_OPEN: Final = "…"  # what an example leaves to the reader


class _Question(NamedTuple):
    """What a worksheet asks for: a field, or where there is none, the whole part."""

    section: Section
    field: Field | None
    elsewhere: str = ""  # the worksheet that asks for it, where this one doesn't

    @property
    def label(self) -> str:
        return self.field.label if self.field else self.section.title


class _Answer(NamedTuple):
    question: _Question
    words: str


def filled_in(data: Mapping[str, object], kind: str) -> Worksheet | None:
    """Return the worksheet from which a description was read, if it describes anything."""
    stated = data.get("x-worksheet")
    if kind not in KINDS:
        return None
    return worksheet(str(stated) if stated in NAMES else OF_KIND[kind])


def worded(findings: Iterable[Finding], sheet: Worksheet) -> tuple[Finding, ...]:
    """Return findings with everything that they say in the words of *sheet*."""
    return tuple(
        replace(
            one,
            message=_message(one.message, sheet, one.pointer),
            fix=_message(one.fix, sheet, one.pointer),
            way=way(one.pointer, sheet),
        )
        for one in findings
    )


def _message(message: Message, sheet: Worksheet, at: str) -> Message:
    return Message(told(message.template, sheet, at, message.values), message.values)


def told(
    sentence: str, sheet: Worksheet, at: str = "", values: Mapping[str, object] | None = None
) -> str:
    """Return a sentence of ours about the place *at* with the labels of *sheet*.

    ``values`` are those of a template, for the names of fields that only they tell.
    """
    words = _Words(sheet, _names(at))

    def label(match: re.Match[str]) -> str:
        adds, code = match.groups()
        said = words.typed(Message(code, values or {}).text())
        return match[0] if said is None else _VERBS[adds] + said

    return _TYPED.sub(label, sentence)


def way(pointer: str, sheet: Worksheet) -> str:
    """Return the way to a place through the parts and questions of *sheet*."""
    place, steps = _names(pointer), pointer.split("/")[1:]
    return " › ".join(
        str(int(step) + 1) if name == "*" else _called(place[: end + 1], sheet) or step
        for end, (name, step) in enumerate(zip(place, steps, strict=True))
    )


def _names(pointer: str) -> Names:
    return tuple("*" if step.isdecimal() else step for step in pointer.split("/")[1:])


def _called(names: Names, sheet: Worksheet) -> str:
    """Return what is at the end of a way: as the worksheet calls it, or else the schema."""
    if asked := _questions(sheet.id).get(names):
        return asked.label
    try:
        around, _ = node_at(names[:-1])
    except KeyError:
        return ""
    return str(properties(around).get(names[-1], {}).get("title", ""))


# -- What stands between backticks -------------------------------------------------------------


class _Words:
    """The words of a worksheet for one sentence about one place."""

    def __init__(self, sheet: Worksheet, place: Names) -> None:
        self._sheet = sheet
        self._place = place
        self._named: set[str] = set()  # other worksheets, each of which is named once

    def typed(self, code: str) -> str | None:
        """Return what is typed, in words; nothing where it stays as it is."""
        if code.startswith(_COMMAND):
            return None
        try:
            said = yaml.load(code, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text
        except yaml.YAMLError:
            said = code  # what somebody wrote
        if not isinstance(said, dict):
            asked = None if self._takes(code) else self._asked((code,))
            return self._joined([_Answer(asked, "")]) if asked else f"“{code}”"
        if said.keys() == {"kind"}:
            return f"worksheet {OF_KIND[said['kind']]}"
        answers = [self._answer(names, words) for names, words in _pairs(said, ())]
        known = [one for one in answers if one]
        return self._joined(known) if len(known) == len(answers) else None

    def _takes(self, code: str) -> bool:
        """Tell whether a word is one of the possible answers to the question at the place."""
        at = self._place[:-1] if self._place[-1:] == ("*",) else self._place
        asked = _questions(self._sheet.id).get(at)
        return bool(asked and asked.field and code in asked.field.choices)

    def _answer(self, names: Names, said: object) -> _Answer | None:
        if asked := self._asked(names):
            return _Answer(asked, "" if said == _OPEN else f": {_shown(asked, said)}")
        # A text in several languages has a question for each, with the code behind the label.
        asked = self._asked(names[:-1]) if names[1:] else None
        return _Answer(asked, f" ({names[-1]})") if asked and asked.field else None

    def _asked(self, names: Names) -> _Question | None:
        """Return the question that names mean; of another worksheet where none is in this one."""
        for find in (_around, _anywhere):
            for id in (self._sheet.id, *OF_KIND.values()):
                if found := find(names, _questions(id), self._place):
                    return found if id == self._sheet.id else found._replace(elsewhere=id)
        return None

    def _joined(self, answers: list[_Answer]) -> str:
        """Return answers as a phrase that says where they are asked, if that isn't plain."""
        phrases = []
        for section, group in groupby(answers, key=lambda one: one.question.section):
            some = list(group)
            words = _listed([f"“{one.question.label}{one.words}”" for one in some])
            if elsewhere := some[0].question.elsewhere:
                words += "" if elsewhere in self._named else f" (worksheet {elsewhere})"
                self._named.add(elsewhere)
            elif any(self._is_unclear(one.question) for one in some):
                words += f" under “{section.title}”"
            phrases.append(words)
        return _listed(phrases)

    def _is_unclear(self, asked: _Question) -> bool:
        """Tell whether a part in which the place isn't has a question that others have as well."""
        return (
            asked.field is not None
            and asked.section is not self._section
            and any(
                asked.label == field.label
                for section in self._sheet.sections
                if section is not asked.section
                for field in section.fields
            )
        )

    @property
    def _section(self) -> Section | None:
        """Return the part of the worksheet in which the place is."""
        known, place = _questions(self._sheet.id), self._place
        around = (known.get(place[:end]) for end in range(len(place), 0, -1))
        return next((one.section for one in around if one), None)


def _pairs(said: object, names: Names) -> Iterator[tuple[Names, object]]:
    """Yield each value of a snippet with the names in front of it."""
    if isinstance(said, dict):
        for name, part in said.items():
            yield from _pairs(part, (*names, name))
    elif isinstance(said, list) and isinstance(said[0], dict):
        yield from _pairs(said[0], (*names, "*"))
    else:
        yield names, said


def _shown(asked: _Question, said: object) -> str:
    name = asked.field.vocabulary if asked.field else ""
    values = said if isinstance(said, list) else [said]
    return str(spelled([listed(name, str(value)) for value in values]))


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


# -- The questions of a worksheet --------------------------------------------------------------


@cache
def _questions(id: str) -> Mapping[Names, _Question]:
    """Return every question of a worksheet, and every part, by the way to it."""
    found: dict[Names, _Question] = {}
    for section in worksheet(id).sections:
        if section.at:
            found[section.at] = _Question(section, None)
        for field in () if section.is_map else section.fields:
            names = (*section.at, "*", *field.path) if section.at else field.path
            found[names] = _Question(section, field)
            if not section.at and names[1:]:
                found.setdefault(names[:-1], _Question(section, None))
    return found


def _around(names: Names, known: Mapping[Names, _Question], place: Names) -> _Question | None:
    """Return what names mean beside a place, or else around it."""
    for end in range(len(place), -1, -1):
        for ahead in (place[:end], (*place[:end], "*")):
            if found := known.get((*ahead, *names)):
                return found
    return None


def _anywhere(names: Names, known: Mapping[Names, _Question], _: Names) -> _Question | None:
    return next((one for way, one in known.items() if way[-len(names) :] == names), None)
