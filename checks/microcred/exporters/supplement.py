"""What stands on a certificate supplement, whatever draws it: the sixteen elements of an award.

Labels are in the language of the award where they have been translated, and else in English;
what people wrote stays in their own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from microcred.credential import Credential
from microcred.elements import ELEMENTS, Element
from microcred.exporters.source import Source
from microcred.labels import ARROW, label
from microcred.messages import is_translated, translate
from microcred.problem import Problem
from microcred.vocabularies import vocabulary

__all__ = ["STATEMENT", "Entry", "Row", "Section", "Supplement", "Words", "supplement"]

STATEMENT: Final = (
    "This micro-credential is no degree, and no part of one by itself. It records what one person "
    "has learned in a small volume of learning. Whether it counts elsewhere is for the receiving "
    "institution or employer to decide."
)
SOURCE: Final = "The headings follow Annex I of Council Recommendation 2022/C 243/02"

_RIGHT_TO_LEFT: Final = frozenset("ar dv fa he ku ps sd ug ur yi".split())  # noqa: SIM905 - codes
_WEB: Final = re.compile(r"https?://[^\s<>\"]+")
_WORDS: Final = "the supplement"  # where every field goes

# Fields that belong to an element and stand beside the one that states it.
_BESIDE: Final = {
    "M2": ("summary", "audience", "fields"),
    "M5": ("expires", "validity"),
    "O2": ("assessments/*/identityCheck",),
    "O3": ("results", "grading"),
}
_ONLY_THERE: Final = ("assessments/*/supervision", "assessments/*/identityCheck")
# The fields that name an entry of a list, and those that are not for people.
_HEADS: Final = ("name", "title", "statement", "framework")
_ENTRIES: Final = ("targets",)  # lists inside of a part whose items are shown as entries
_CODES: Final = frozenset({"roles", "kind", "scope", "basis", "option"})
_SPOKEN: Final = {
    "micro-credential": "this micro-credential",
    "nqf-registered": "registered in the national framework",
    "qa-approved": "approved by quality assurance",
    "quality-assuring": "assuring quality",
    "self-declared": "declared by the issuer",
    "standalone": "stand-alone",
}
_DURATION: Final = re.compile(r"P(\d{1,4})([YMWD])")
_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_MARKS: Final = frozenset({"/microcred", "/kind", "/$schema", "/profile"})
_OWNERS: Final = frozenset({"by", "of"})

# Fields whose codes have words in a list.
_LISTS: Final = {
    "countries": "countries",
    "country": "countries",
    "regions": "regions",
    "region": "regions",
    "nationality": "countries",
    "languages": "languages",
    "language": "languages",
    "fields": "isced-f",
    "mode": "modes",
    "setting": "settings",
    "supervision": "supervision",
    "cycle": "cycles",
    "reuse": "reuse-levels",
    "activities": "activity-types",
}
_LISTS_IN: Final = {
    ("outcomes", "type"): "skill-types",
    ("assessments", "type"): "assessment-types",
    ("quality", "type"): "accreditation-types",
    ("bodies", "type"): "body-types",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words and the language that they are in."""

    text: str
    language: str

    @property
    def right_to_left(self) -> bool:
        """Tell whether the language is written from right to left."""
        return self.language.partition("-")[0] in _RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """One field: its name and its values."""

    name: Words
    values: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a section, such as an outcome or a body, with its fields."""

    head: Words | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One element; ``absent`` says so where the award is silent on it."""

    id: str
    heading: Words
    entries: tuple[Entry, ...]
    absent: Words | None = None


@dataclass(frozen=True, slots=True)
class Supplement:
    """Everything that stands on the supplement, in the order in which it is read."""

    language: str
    kind: Words
    title: Words
    awarded_to: Words
    learner: Words
    glance: tuple[Row, ...]
    statement: Words
    sections: tuple[Section, ...]
    verification: str
    verify: Words
    code: Words
    source: Words


def supplement(credential: Credential, source: Source) -> Supplement:
    """Return what stands on the supplement of an award, each field ticked off in *source*.

    Raises:
        Problem: the description is an offer, or names no learner.
    """
    if credential.kind != "award":
        raise Problem(
            "This is an offer, and a certificate is given to one learner",
            "Convert an award, in which the learner and the date of issuing stand",
        )
    for pointer, what in (("/learner", "the learner"), ("/title", "the micro-credential")):
        if not source.get(pointer):
            raise Problem(
                f"A certificate names {what}, and the description doesn’t",
                f"Add `{pointer[1:]}` to the description",
            )
    return _Writer(source).whole()


class _Writer:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._language = source.language
        self._missing = self._unlisted = False
        self._names = {
            source.get(f"{item}/id"): self._text(f"{item}/name")
            for item in source.items("/bodies")
            if source.get(f"{item}/id")
        }

    def whole(self) -> Supplement:
        """Return everything."""
        source = self._source
        for pointer in source.leaves:
            if not label(pointer) and pointer not in _MARKS:
                source.leave_out(pointer, "the format has no such field")
        sections = [self._section(element) for element in ELEMENTS.values()]
        rest = tuple(self._entries(self._rest()))
        if rest:
            sections.append(Section("rest", self._label("More about it"), rest))
        found = _WEB.search(self._text("/information/verification").text)
        whole = Supplement(
            language=self._language,
            kind=self._label("Certificate supplement"),
            title=self._text("/title"),
            awarded_to=self._label("awarded to"),
            learner=Words(self._learner(), self._language),
            glance=tuple(self._glance()),
            statement=self._label(STATEMENT),
            sections=tuple(sections),
            verification=found[0].rstrip(".,;)") if found else "",
            verify=self._label("Check this award"),
            code=self._label("Square code with the address"),
            source=self._label(SOURCE),
        )
        self._tell_english()
        return whole

    def _tell_english(self) -> None:
        spoken = vocabulary("languages").get(self._language)
        name = spoken.label() if spoken else self._language
        if self._missing:
            self._source.add("Labels in English", f"not every label is translated into {name}")
        elif self._unlisted:
            why = f"not every list is translated into {name}"
            self._source.add("Members of lists in English", why)

    def _label(self, text: str) -> Words:
        if is_translated(text, self._language):
            return Words(translate(text, self._language), self._language)
        self._missing = True
        return Words(text, "en")

    def _listed(self, name: str) -> Words:
        """Return the name of a member of a list."""
        if is_translated(name, self._language):
            return Words(translate(name, self._language), self._language)
        self._unlisted = True
        return Words(name, "en")

    def _text(self, pointer: str) -> Words:
        """Return a text in the language of the award, or in the first that there is."""
        value = self._source.get(pointer)
        if isinstance(value, dict):
            language = self._language if self._language in value else next(iter(value), "en")
            return Words(str(value.get(language, "")), language)
        return Words("" if value is None else str(value), self._language)

    def _learner(self) -> str:
        whole = self._text("/learner/name").text
        parts = (self._text(f"/learner/{part}").text for part in ("givenName", "familyName"))
        names = whole or " ".join(part for part in parts if part)
        # A badge may name nobody and give a number or an address only.
        return names or self._text("/learner/identifiers/0/value").text

    def _glance(self) -> Iterator[Row]:
        """Yield what most readers look for first."""
        bodies = [
            self._text(f"{item}/name")
            for item in self._source.items("/bodies")
            if "awarding" in (self._source.get(f"{item}/roles") or ["awarding"])
        ]
        hours, level = self._source.get("/workload/hours"), self._source.get("/level/eqf")
        points = ", ".join(
            self._amount(one, whose=False) for one in self._source.items("/workload/credits")
        )
        load = [f"{hours} h"] * (hours is not None) + [points] * bool(points)
        for name, values in (
            ("Awarding body(ies)", bodies),
            ("Date of issuing", [self._text("/issued")]),
            ("Expiry", [self._text("/expires")]),
            ("Notional workload", [Words(" · ".join(load), self._language)]),
            ("EQF level", [Words("" if level is None else str(level), self._language)]),
            ("Grade", [self._text("/grade")]),
        ):
            told = tuple(value for value in values if value.text)
            if told:
                yield Row(self._label(name), told)

    def _section(self, element: Element) -> Section:
        heading = self._label(element.name)
        owners = frozenset(path.split("/")[0] for path in element.paths)
        entries = tuple(self._entries(self._pointers(element), owners))
        if entries:
            return Section(element.id, heading, entries)
        kind = self._label("optional element" if element.optional else "mandatory element")
        silent = self._label("Not stated")
        return Section(
            element.id, heading, (), Words(f"{silent.text} ({kind.text})", silent.language)
        )

    def _pointers(self, element: Element) -> list[str]:
        """Return the fields of an element, what states it before what stands beside it."""
        return [
            pointer
            for path in (*element.paths, *_BESIDE.get(element.id, ()))
            for pointer in self._source.leaves
            if _matches(pointer, path)
            and (element.id == "O2" or not any(_matches(pointer, one) for one in _ONLY_THERE))
        ]

    def _rest(self) -> list[str]:
        shown = [path for element in ELEMENTS.values() for path in element.paths]
        shown += [path for paths in _BESIDE.values() for path in paths]
        return [
            pointer
            for pointer in self._source.leaves
            if pointer not in _MARKS and not any(_matches(pointer, path) for path in shown)
        ]

    def _entries(
        self, pointers: list[str], owners: frozenset[str] = frozenset()
    ) -> Iterator[Entry]:
        """Yield each entry of a list, and the single fields around the lists, in their order.

        The names of *owners* stand in the heading of the section already.
        """
        groups: dict[str, list[str]] = {}
        for pointer in pointers:
            if label(pointer):
                groups.setdefault(_group(pointer), []).append(pointer)
                self._source.keep(pointer, _WORDS)
        for group, inside in groups.items():
            head = self._head(group, inside) if group else None
            entry = Entry(head, tuple(self._rows(inside, group, head, owners)))
            if entry.head or entry.rows:
                yield entry

    def _head(self, group: str, inside: list[str]) -> Words | None:
        """Return what an entry is called; outcomes and assessments with their short name."""
        if group.startswith("/results/"):
            return self._assessment(self._source.get(f"{group}/assessment"))
        short = "" if group.startswith("/bodies") else str(self._source.get(f"{group}/id") or "")
        for name in _heads(group):
            words = self._text(f"{group}/{name}")
            # Assessments are called alike where only their supervision is told.
            told = group.startswith("/assessments") or any(
                _below(one, f"{group}/{name}") for one in inside
            )
            if words.text and told:
                return Words(f"{short}  {words.text}" if short else words.text, words.language)
        return Words(short, self._language) if short else None

    def _assessment(self, short: object) -> Words | None:
        """Return the assessment of a short name as it is called."""
        for item in self._source.items("/assessments"):
            if short and self._source.get(f"{item}/id") == short:
                return self._head(item, [])
        return Words(str(short), self._language) if short else None

    def _rows(
        self, pointers: list[str], group: str, head: Words | None, owners: frozenset[str]
    ) -> Iterator[Row]:
        rows: dict[str, list[Words]] = {}
        names: dict[str, Words] = {}
        for pointer in pointers:
            if head and self._in_head(pointer, group, head):
                continue
            field, item = _inner(pointer, group)
            if field in rows and item and item in names:
                continue  # told with the first field of the inner entry
            value = Words(self._amount(item), self._language) if item else self._worded(pointer)
            if field.endswith("/parts"):
                part = self._label(pointer.rpartition("/")[2].replace("~1", "/"))
                value = Words(f"{part.text} {value.text}", part.language)
            names.setdefault(
                field, self._name(field if item or _is_parts(field) else pointer, group, owners)
            )
            if item:
                names[item] = names[field]
            rows.setdefault(field, []).append(value)
        for field, values in rows.items():
            yield Row(names[field], tuple(values))

    def _in_head(self, pointer: str, group: str, head: Words) -> bool:
        if pointer in (f"{group}/id", f"{group}/assessment"):
            return True
        name = next((one for one in _heads(group) if _below(pointer, f"{group}/{one}")), "")
        return bool(name) and head.text.endswith(str(self._source.leaves[pointer]))

    def _name(self, pointer: str, group: str, owners: frozenset[str]) -> Words:
        """Return the label of a field, without that of the entry and of its place in a list."""
        whole = label(pointer) or label(f"{pointer}/0")
        prefix = f"{label(group)}{ARROW}" if group else ""
        parts = [re.sub(r" \d+$", "", part) for part in whole.removeprefix(prefix).split(ARROW)]
        spoken = vocabulary("languages").get(parts[-1]) if len(parts) > 1 else None
        if spoken:  # one of several languages of a text
            parts = parts[:-1]
        if not group and len(parts) > 1 and pointer.split("/")[1] in owners:
            parts = parts[1:]
        said = [self._label(part) for part in parts]
        language = "en" if any(one.language == "en" for one in said) else self._language
        name = ": ".join(one.text for one in said)
        return Words(f"{name} ({spoken.code})" if spoken else name, language)

    def _worded(self, pointer: str) -> Words:
        value: Any = self._source.leaves[pointer]
        steps = [step for step in pointer.split("/") if step and not step.isdigit()]
        listed = _LISTS_IN.get((steps[0], steps[-1])) or _LISTS.get(steps[-1])
        entry = vocabulary(listed).find(str(value)) if listed else None
        if entry:
            return self._listed(entry.label())
        if steps[-1] in _OWNERS and value in self._names:
            return self._names[value]
        if steps[-1] in _CODES and isinstance(value, str):
            return self._label(_SPOKEN.get(value, value.replace("-", " ")))
        if isinstance(value, bool):
            return self._label("yes" if value else "no")
        if lasting := _DURATION.fullmatch(str(value)):
            number = int(lasting[1])
            unit = _UNITS[lasting[2]] + ("s" if number != 1 else "")
            words = self._label(unit)
            return Words(f"{number} {words.text}", words.language)
        # The last step of a text in several languages is the language, and has no other label.
        spoken = vocabulary("languages").get(steps[-1])
        is_language = spoken and label(pointer).endswith(f"{ARROW}{steps[-1]}")
        return Words(str(value), spoken.code if spoken and is_language else self._language)

    def _amount(self, item: str, *, whose: bool = True) -> str:
        """Return an entry of an inner list, such as credits or a number, in one line."""
        told: dict[str, Any] = self._source.get(item) or {}
        by = self._names.get(told.get("by")) if whose else None
        if "points" in told:
            words = f"{told['points']} {told.get('system', '')}".strip()
        elif "value" in told:
            scheme = told.get("scheme")
            words = f"{told['value']} ({scheme})" if scheme else str(told["value"])
        elif "framework" in told:
            words = f"{told['framework']} {told.get('level', '')}".strip()
        else:
            words = ", ".join(
                str(one) for one in told.values() if not isinstance(one, (dict, list))
            )
        return f"{words} ({by.text})" if by else words


def _heads(group: str) -> tuple[str, ...]:
    return ("body",) if group.startswith("/quality") else _HEADS


def _group(pointer: str) -> str:
    """Return the pointer of the entry that a field belongs to; empty where it is in none."""
    steps = pointer.split("/")
    for depth in (2, 3):
        is_entry = len(steps) > depth + 1 and steps[depth].isdigit()
        if is_entry and (depth == 2 or steps[2] in _ENTRIES):
            return "/".join(steps[: depth + 1])
    return ""


def _inner(pointer: str, group: str) -> tuple[str, str]:
    """Return the field that a value is shown under, and the inner entry that it is a part of."""
    steps = pointer[len(group) :].split("/")[1:]
    for depth, step in enumerate(steps):
        if step.isdigit() and depth:
            field = f"{group}/{'/'.join(steps[:depth])}"
            return field, f"{field}/{step}" if depth < len(steps) - 1 else ""
    above, _, last = pointer.rpartition("/")
    if above.endswith("/amount"):
        return above, above
    return (above, "") if _is_parts(above) and last else (pointer, "")


def _is_parts(field: str) -> bool:
    return field.endswith("/workload/parts")


def _below(pointer: str, other: str) -> bool:
    return pointer == other or pointer.startswith(other + "/")


def _matches(pointer: str, path: str) -> bool:
    steps, wanted = pointer.split("/")[1:], path.split("/")
    return len(steps) >= len(wanted) and all(
        want in ("*", step) for step, want in zip(steps, wanted, strict=False)
    )
