"""What stands on a certificate supplement, whatever draws it: the sixteen elements of an award.

Labels are in the language of the award where they have been translated, and else in English;
what people wrote stays in their own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from microcred.credential import Credential
from microcred.elements import ELEMENTS, Element
from microcred.exporters.certificate.content import Entry, Row, Section, Supplement, Words
from microcred.exporters.certificate.fields import (
    below,
    entry_of,
    heads_of,
    inner,
    is_parts,
    matches,
)
from microcred.exporters.certificate.speaking import Speaker
from microcred.exporters.source import Source
from microcred.labels import ARROW, label
from microcred.problem import Problem
from microcred.quantities import hours_of
from microcred.vocabularies import vocabulary

__all__ = ["supplement"]

STATEMENT: Final = (
    "This micro-credential is no degree, and no part of one by itself. It records what one person "
    "has learned in a small volume of learning. Whether it counts elsewhere is for the receiving "
    "institution or employer to decide."
)
SOURCE: Final = "The headings follow Annex I of Council Recommendation 2022/C 243/02"
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
_MARKS: Final = frozenset({"/microcred", "/kind", "/$schema", "/profile"})


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


class _Writer(Speaker):
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
        number = hours_of(hours)
        load = [hours if number is None else f"{number:g} h", points]
        for name, values in (
            ("Awarding body(ies)", bodies),
            ("Date of issuing", [self._text("/issued")]),
            ("Expiry", [self._text("/expires")]),
            ("Notional workload", [Words(" · ".join(filter(None, load)), self._language)]),
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
            if matches(pointer, path)
            and (element.id == "O2" or not any(matches(pointer, one) for one in _ONLY_THERE))
        ]

    def _rest(self) -> list[str]:
        shown = [path for element in ELEMENTS.values() for path in element.paths]
        shown += [path for paths in _BESIDE.values() for path in paths]
        return [
            pointer
            for pointer in self._source.leaves
            if pointer not in _MARKS and not any(matches(pointer, path) for path in shown)
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
                groups.setdefault(entry_of(pointer), []).append(pointer)
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
        for name in heads_of(group):
            words = self._text(f"{group}/{name}")
            # Assessments are called alike where only their supervision is told.
            told = group.startswith("/assessments") or any(
                below(one, f"{group}/{name}") for one in inside
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
            field, item = inner(pointer, group)
            if field in rows and item and item in names:
                continue  # told with the first field of the inner entry
            value = Words(self._amount(item), self._language) if item else self._worded(pointer)
            if field.endswith("/parts"):
                part = self._label(pointer.rpartition("/")[2].replace("~1", "/"))
                value = Words(f"{part.text} {value.text}", part.language)
            names.setdefault(
                field, self._name(field if item or is_parts(field) else pointer, group, owners)
            )
            if item:
                names[item] = names[field]
            rows.setdefault(field, []).append(value)
        for field, values in rows.items():
            yield Row(names[field], tuple(values))

    def _in_head(self, pointer: str, group: str, head: Words) -> bool:
        if pointer in (f"{group}/id", f"{group}/assessment"):
            return True
        name = next((one for one in heads_of(group) if below(pointer, f"{group}/{one}")), "")
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
