"""The document that a worksheet fills, answer by answer, with the place of each."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final, cast

from microcred.credential import WHOLE, Fault, Place
from microcred.readers.foreign import MOST_FAULTS
from microcred.readers.grid import Answer, Sheet
from microcred.readers.text import shown
from microcred.rule import Verdict, not_met
from microcred.vocabularies import vocabulary
from microcred.vocabularies.wordlists import primary
from microcred.worksheets.answers import value
from microcred.worksheets.definition import Section
from microcred.worksheets.fields import Field
from microcred.worksheets.labels import Parts

__all__ = ["Filling", "token"]

_OWN: Final = "x-"  # begins the name of a field that somebody added


class Filling:
    """The document so far; ``recognised`` once something in the file was one of our worksheets."""

    def __init__(self, kind: str, parts: Parts) -> None:
        self.data: dict[str, Any] = {"microcred": 1, "kind": kind}
        self.places: dict[str, Place] = {"": Place(None, None, WHOLE)}
        self.recognised = False
        self.faults: list[Fault] = []
        self.parts = parts
        self.from_1904 = False  # whether the sheet that is read counts days from 1904
        self._answered: dict[str, str] = {}
        # Where texts name their language; one that names none stands under an empty name there
        # until the language of the document is known, which may be asked further down.
        self._texts: dict[str, dict[str, Any]] = {}

    def fault(self, rule: str, verdict: Verdict, at: str, pointer: str = "") -> None:
        """Tell what has no place in the document: the cell *at* which it stands, and why."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(rule, pointer, verdict, Place(None, None, at)))

    def unplaced(
        self, sheet: Sheet, cell: tuple[int, int], why: str, section: Section | None
    ) -> None:
        """Tell of a cell that belongs to no field of a part; *why* ends the sentence."""
        row, column = cell
        self.fault(
            "CELL-1",
            not_met(
                "The cell holds “{text}”, and " + why,
                text=shown(str(sheet.rows[row][column])),
            ),
            sheet.label(row, column),
            "/" + "/".join(section.at) if section and section.at else "",
        )

    def stands(self, sheet: Sheet, number: int, column: int) -> bool:
        """Tell whether a cell holds an answer, and no formula that has no result.

        Told is what stands in its place, and what of an answer is struck out.
        """
        if struck := sheet.struck.get((number, column)):
            said = not_met(
                "“{text}” is struck out, and it is read as if it stood",
                fix="Delete it, or remove the line through it",
                text=shown(struck),
            )
            self.fault("CELL-2", said, sheet.label(number, column))
        if (number, column) not in sheet.unfinished:
            return True
        held = str(sheet.rows[number][column])
        verdict = (
            not_met("The cell holds a formula without its result")
            if held.startswith("=")
            else not_met(
                "The cell holds the error {error} instead of a result",
                fix="Correct the formula, or write the value",
                error=held,
            )
        )
        self.fault("CELL-3", verdict, sheet.label(number, column))
        return False

    def meaning(self, field: Field, answer: Answer | None) -> object:
        """Return what an answer means in the document; None where there is none."""
        return None if answer is None else value(field, answer, from_1904=self.from_1904)

    def next(self, section: Section) -> int:
        """Return the position of the next entry of a list."""
        node: Any = self.data
        for step in section.at:
            node = node.get(step, {}) if isinstance(node, dict) else {}
        return len(node) if isinstance(node, list) else 0

    def entry(self, section: Section, index: int, label: str) -> str:
        """Return the pointer of an entry of a list, which stands at *label*."""
        pointer = "/" + "/".join((*section.at, str(index)))
        self.places.setdefault(pointer, Place(None, None, label))
        return pointer

    def answer(
        self, section: Section, pointer: str, label: str, answer: Answer | None, at: str
    ) -> None:
        """Put an answer below *pointer*: into the field of its label, or under the label."""
        one, code = self.parts.field(section, label)
        if one is not None:
            self.put(f"{pointer}/{'/'.join(one.path)}", self.meaning(one, answer), at, code)
        elif answer is not None:
            name = self.strange(section, label, answer, at)
            self.put(f"{pointer}/{token(name)}", answer, at, "")

    def strange(self, section: Section, label: str, answer: Answer, at: str) -> str:
        """Tell of a label that nobody knows, and return the name under which its answer is kept.

        The format keeps what begins with “x-” as somebody’s own, so it isn’t told once more there.
        """
        if label.startswith(_OWN):
            return label
        near = self.parts.nearest(section, label)
        said = not_met(
            "“{label}” is no question of “{part}”, so “{text}” is not checked",
            fix="Write “{near}” as the label, or move it to a sheet for your notes"
            if near
            else "Write the label as the worksheet has it, or move it to a sheet for your notes",
            label=shown(label),
            part=section.title,
            text=shown(str(answer)),
            near=near,
        )
        self.fault("CELL-1", said, at, "/" + "/".join(section.at) if section.at else "")
        return _OWN + label

    def amount(self, section: Section, name: str, answer: Answer | None, at: str) -> None:
        """Put the amount of one part; the names of parts are the reader’s own."""
        pointer = "/" + "/".join((*section.at, token(name)))
        if answer is not None:
            node = self.data
            for step in section.at:
                node = node.setdefault(step, {})
        self.put(pointer, self.meaning(section.fields[1], answer), at, "")

    def put(self, pointer: str, value: object, at: str, code: str) -> None:
        """Put a value at its pointer; an empty answer leaves only its place."""
        place = Place(None, None, at)
        if value is None:
            self.places.setdefault(pointer, place)
            self._around(pointer, place)
            return
        node, steps = cast("Any", self.data), pointer.split("/")[1:]
        for step, after in pairwise(steps):
            node = _below(node, step, after)
        name = steps[-1].replace("~1", "/").replace("~0", "~")
        if code or pointer in self._texts:
            node, name, pointer = self._in_languages(node, name, pointer), code, f"{pointer}/{code}"
        if name in node and pointer not in ("/microcred", "/kind"):
            if isinstance(node[name], list) and isinstance(value, list):
                node[name] += [one for one in value if one not in node[name]]
            elif node[name] != value:
                self._two_ways(pointer, node[name], value, at)
            return
        node[name] = value
        self.places[pointer] = place
        self._answered[pointer] = at
        self._around(pointer, place)

    def _in_languages(self, node: Any, name: str, pointer: str) -> dict[str, Any]:
        """Return the texts of a field by language; one text that stands there already is kept."""
        if pointer not in self._texts:
            texts = node[name] = {"": node[name]} if name in node else {}
            self._texts[pointer] = texts
            if texts:
                self._answered[f"{pointer}/"] = self._answered[pointer]
        return self._texts[pointer]

    def name_languages(self) -> None:
        """Give each text beside others that names no language the one of the document."""
        code = _language(self.data.get("language"))
        for pointer, texts in self._texts.items():
            if "" not in texts:
                continue
            text, at, named = texts.pop(""), self._answered[f"{pointer}/"], f"{pointer}/{code}"
            if texts.get(code, text) != text:
                self._two_ways(named, texts[code], text, at)
                continue
            self.places.setdefault(named, Place(None, None, at))
            others = dict(texts)
            texts.clear()
            texts |= {code: text, **others}

    def _around(self, pointer: str, place: Place) -> None:
        """Let a group stand where its first answer stands, and a list’s items where the list is."""
        above = pointer.rpartition("/")[0]
        while above:
            self.places.setdefault(above, place)
            above = above.rpartition("/")[0]

    def _two_ways(self, pointer: str, kept: object, value: object, at: str) -> None:
        """Tell that a question has a second answer; the first one stays."""
        first = self._answered.get(pointer) or next(
            (place for one, place in self._answered.items() if one.startswith(pointer + "/")), ""
        )
        texts = kept.values() if isinstance(kept, dict) else [kept]
        said = not_met(
            "The question has two answers: “{first}” in {there}, which was read, and “{second}” "
            "here",
            first=shown("; ".join(map(str, texts))),
            there=first or "the row above",
            second=shown(str(value)),
        )
        self.fault("CELL-2", said, at, pointer)


def token(name: str) -> str:
    """Return a name as a step of a pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _language(stated: object) -> str:
    """Return the code of the language in which a document says that it is written."""
    spelled = str(stated or "")
    listed = vocabulary("languages")
    if found := listed.find(spelled):
        return found.code
    return spelled if listed.get(primary(spelled)) else "und"  # undetermined, as ISO 639 has it


def _below(node: Any, step: str, after: str) -> Any:
    if isinstance(node, list):
        index = int(step)
        while len(node) <= index:
            node.append({})
        return node[index]
    return node.setdefault(step, [] if after.isdigit() else {})
