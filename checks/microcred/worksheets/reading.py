"""From the sheets of a filled worksheet to the document, with the place of each answer.

A sheet is read from top to bottom. A title begins a section; below it stands either a form, with a
label and an answer in each row, or a table under a row of headings. What stands under a label
that nobody knows is kept under that label, so that the check of the shape tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, Final, cast

from microcred.credential import Place
from microcred.problem import Problem
from microcred.readers.formats import Loaded
from microcred.readers.grid import Answer, Row, Sheet
from microcred.readers.recognise import kind_of
from microcred.readers.text import shown
from microcred.worksheets.answers import label_key, value, without_language
from microcred.worksheets.definition import NAMES, Section, Worksheet, worksheet, worksheets
from microcred.worksheets.fields import Field, node_at, properties

__all__ = ["ANSWER", "ENTRY", "FIELD", "HINT", "SECTION", "document"]

ANSWER: Final = "Your answer"
HINT: Final = "Write your answer here"  # other software may take the hint of a control for a text
SECTION, ENTRY, FIELD = "Section", "Entry", "Field"

_ID: Final = re.compile(r"\W*(" + "|".join(NAMES) + r")\b.*", re.IGNORECASE | re.DOTALL)
_TITLE: Final = re.compile(r"\D{0,12}\d{1,2}\s*[.:–-]\s*(\S.*)")  # Part 3: Outcomes
_ENTRY: Final = re.compile(r"(.*\S)\s+(\d{1,4})")
_NEAR: Final = 0.8
_MARK: Final = "x-worksheet"


def document(sheets: Sequence[Sheet], what: str) -> Loaded:
    """Return the document that filled sheets hold, and what answers the place of each pointer.

    Raises:
        Problem: they are no worksheet of ours, or an answer has no place in the document.
    """
    known = _stated(sheets)
    reading = _Reading(known)
    for sheet in sheets:
        reading.sheet(sheet)
    if known is None and not reading.recognised:
        raise _foreign(sheets, what)
    return reading.finished(), reading.places.get


def _stated(sheets: Sequence[Sheet]) -> Worksheet | None:
    """Return the worksheet that a row “Worksheet | W11 …” names."""
    for sheet in sheets:
        for row in sheet.rows.values():
            cells = [row[column] for column in sorted(row)]
            if len(cells) > 1 and label_key(str(cells[0])) == "worksheet":
                for cell in cells[1:]:
                    if match := _ID.match(str(cell)):
                        return worksheet(match[1])
    return None


def _foreign(sheets: Sequence[Sheet], what: str) -> Problem:
    names = ", ".join(f"“{shown(sheet.name)[:30]}”" for sheet in sheets[:3] if sheet.name)
    held = f" ({names})" if names else ""
    return Problem(
        f"This {what} is no worksheet of microcred: nothing in it{held} has the headings of one",
        "Fill in a worksheet; the command “microcred new W11 --format xlsx --output offer.xlsx” "
        "writes an empty one",
    )


@dataclass(slots=True)
class _State:
    """Where the reading of a sheet stands."""

    sheet: Sheet
    section: Section | None = None
    form: bool = False
    columns: dict[int, str] | None = None  # the headings of a table, once they are met
    entry: int | None = None  # the entry of a list that a form is about
    lonely: int = 0  # a row that waits for headings which never come


@dataclass(slots=True)
class _Child:
    """A row that belongs to an entry of a list read elsewhere."""

    section: Section
    owner: str
    data: dict[str, object]
    places: dict[str, str]
    row: str
    owner_place: str


class _Reading:
    def __init__(self, known: Worksheet | None) -> None:
        self.data: dict[str, Any] = {"microcred": 1, "kind": known.kind if known else "offer"}
        self.places: dict[str, Place] = {"": Place(None, None, "whole document")}
        self.recognised = False
        self._known = known
        self._sections: dict[str, Section] = {}
        # The whole description comes before its parts, where nothing says which one it is.
        others = sorted(worksheets(), key=lambda one: bool(one.scope))
        for one in ([known] if known else []) + others:
            for section in one.sections:
                self._sections.setdefault(label_key(section.title), section)
        self._children: list[_Child] = []
        self._answered: dict[str, str] = {}
        self._entries: dict[tuple[str, int], int] = {}
        self._cards = 0
        self._called: dict[str, dict[str, Field]] = {}

    def sheet(self, sheet: Sheet) -> None:
        """Read one sheet from top to bottom."""
        state = _State(sheet, self._named(sheet.name))
        if state.section and not state.section.is_table:
            state.form = True
        for number in sorted(sheet.rows):
            row = {at: said for at, said in sheet.rows[number].items() if said != HINT}
            if row:
                self._row(state, number, row)
        self._closed(state)

    def finished(self) -> dict[str, Any]:
        """Return the document when all sheets are read."""
        for child in self._children:
            self._adopted(child)
        if self._known is None:
            self.data["kind"] = kind_of({**self.data, "kind": None})
        elif self._known.scope:
            self.data[_MARK] = self._known.id
        return self.data

    # -- sections --------------------------------------------------------------------------------

    def _named(self, name: str) -> Section | None:
        wanted = label_key(name)
        if wanted not in self._sections:
            near = get_close_matches(wanted, self._sections, 1, _NEAR)
            wanted = near[0] if near else wanted
        return self._sections.get(wanted)

    def _row(self, state: _State, number: int, row: Row) -> None:
        cells = [str(row[column]) for column in sorted(row)]
        if len(cells) > 2 and [label_key(cell) for cell in cells[:3]] == _LONG_HEAD:
            state.columns, state.section = {-1: "", **dict.fromkeys(row, "")}, None
        elif state.columns and -1 in state.columns:
            self._long_row(state, number, row)
        elif self._begins(state, cells):
            return
        elif state.section is None:
            self._guess(state, number, row)
        elif state.form:
            self._form_row(state, number, row)
        elif state.columns is None:
            self._head(state, number, row)
        else:
            self._entry_row(state, number, row)

    def _begins(self, state: _State, cells: list[str]) -> bool:
        """Tell whether a row is the title of a section, or the head of a form."""
        form = len(cells) > 1 and label_key(cells[1]) == label_key(ANSWER)
        titled = _TITLE.fullmatch(cells[0]) if len(cells) == 1 else None
        if not form and not titled:
            return False
        title = titled[1] if titled else cells[0]
        if label_key(title) not in self._sections and (match := _ENTRY.fullmatch(title)):
            title = match[1]
        section = self._sections.get(label_key(title))
        if section is None and form:
            near = get_close_matches(label_key(title), self._sections, 1, _NEAR)
            section = self._sections[near[0]] if near else state.section
        if section is None:
            return form
        self._closed(state)
        state.section, state.entry, state.columns = section, None, None
        state.form = form or not section.is_table
        if form:
            self.recognised = True
            if section.owner:
                self._cards += 1
                state.entry = -self._cards  # a card has no number that others know
            elif section.is_table and not section.is_map:
                state.entry = self._next(section)
        return True

    def _closed(self, state: _State) -> None:
        if state.lonely and state.section and state.columns is None and not state.form:
            at = state.sheet.label(state.lonely, 1)
            raise Problem(
                f"The part “{state.section.title}” has no row of headings, so that nobody can tell "
                f"what its cells mean ({at})",
                "Put the headings back: "
                + ", ".join(one.label for one in state.section.fields[:4])
                + " …",
            )
        state.lonely = 0

    def _guess(self, state: _State, number: int, row: Row) -> None:
        """Take a row for the headings of a table if it has the headings of one."""
        wanted = [label_key(without_language(str(cell))[0]) for cell in row.values()]
        best, most = None, 1
        for section in self._sections.values():
            if section.is_table:
                hits = len(set(wanted) & self._labels(section).keys())
                if hits > most and hits * 2 > len(wanted):
                    best, most = section, hits
        if best:
            state.section = best
            self._head(state, number, row)

    # -- tables ----------------------------------------------------------------------------------

    def _labels(self, section: Section) -> dict[str, Field]:
        """Return the fields of a section by everything that they may be called."""
        if section.title not in self._called:
            self._called[section.title] = _labels(section)
        return self._called[section.title]

    def _field(self, section: Section, label: str) -> tuple[Field | None, str]:
        labels = self._labels(section)
        if one := labels.get(label_key(label)):
            return one, ""
        wanted, code = without_language(label)
        one = labels.get(label_key(wanted)) if code else None
        return (one, code) if one and one.is_text else (None, "")

    def _head(self, state: _State, number: int, row: Row) -> None:
        section = cast("Section", state.section)
        labels = {column: str(cell) for column, cell in row.items()}
        known = [
            column
            for column, label in labels.items()
            if self._field(section, label)[0] or self._owns(section, label)
        ]
        # A row of headings has at least two that are known, or nothing else.
        if len(known) * 2 < len(labels) or (len(known) < 2 and len(section.fields) > 1):
            if len(labels) > 1:
                state.lonely = state.lonely or number
            return
        state.columns = labels
        self.recognised = True
        # Where nothing is written yet, the first entry is what is missing.
        if not section.owner:
            label = state.sheet.label(number + 1, min(row))
            self.places.setdefault("/" + "/".join(section.at), Place(None, None, label))

    @staticmethod
    def _owns(section: Section, label: str) -> bool:
        return bool(section.owner) and label_key(section.owner) == label_key(label)

    def _entry_row(self, state: _State, number: int, row: Row) -> None:
        section, columns = cast("Section", state.section), state.columns or {}
        if all(label_key(str(cell)) == label_key(columns.get(at, "")) for at, cell in row.items()):
            return  # the headings once more, as they are repeated on a printed page
        if section.is_map:
            self._map_row(state, number, row)
            return
        answers = {column: row.get(column) for column in sorted({*columns, *row})}
        if section.owner:
            self._child_row(state, number, answers)
            return
        pointer = self._entry(section, self._next(section), state.sheet.label(number, 1))
        for column, answer in answers.items():
            label = columns.get(column) or f"column {column}"
            if answer is not None:
                self._finished_formula(state.sheet, number, column)
            self._answer(section, pointer, label, answer, state.sheet.label(number, column))

    def _next(self, section: Section) -> int:
        return len(self._list(section))

    def _list(self, section: Section) -> list[dict[str, object]]:
        node: Any = self.data
        for step in section.at[:-1]:
            node = node.get(step, {}) if isinstance(node, dict) else {}
        found = node.get(section.at[-1]) if isinstance(node, dict) else None
        return found if isinstance(found, list) else []

    def _entry(self, section: Section, index: int, label: str) -> str:
        pointer = "/" + "/".join((*section.at, str(index)))
        self.places.setdefault(pointer, Place(None, None, label))
        return pointer

    def _map_row(self, state: _State, number: int, row: Row) -> None:
        section = cast("Section", state.section)
        found: dict[str, int] = {}
        for column, label in (state.columns or {}).items():
            one, _ = self._field(section, label)
            if one:
                found[one.path[0]] = column
        title = str(row.get(found.get("name", 1), ""))
        at = state.sheet.label(number, found.get("value", 2))
        answer = row.get(found.get("value", 2))
        extra = [column for column in row if column not in found.values()]
        if extra:
            raise self._unplaced(state, number, extra[0])
        if not title:
            raise Problem(
                f"The hours in {at} have no activity beside them", "Name what they are spent on"
            )
        self._finished_formula(state.sheet, number, found.get("value", 2))
        self._amount(section, title, answer, at)

    def _amount(self, section: Section, name: str, answer: Answer | None, at: str) -> None:
        """Put the amount of one part; the names of parts are the reader’s own."""
        pointer = "/" + "/".join((*section.at, _token(name)))
        if answer is not None:
            node = self.data
            for step in section.at:
                node = node.setdefault(step, {})
        self._put(pointer, self._value(section.fields[1], answer), at, "")

    def _unplaced(self, state: _State, number: int, column: int) -> Problem:
        at = state.sheet.label(number, column)
        said = shown(str(state.sheet.rows[number][column]))
        return Problem(
            f"The cell {at} holds “{said}” under no heading that is known here",
            "Move it under one of the headings, or delete it",
        )

    def _child_row(self, state: _State, number: int, answers: dict[int, Answer | None]) -> None:
        section, columns = cast("Section", state.section), state.columns or {}
        label = state.sheet.label
        child = _Child(section, "", {}, {}, label(number, 1), label(number, 1))
        for column, answer in answers.items():
            heading, at = columns.get(column) or f"column {column}", label(number, column)
            if self._owns(section, heading):
                child.owner, child.owner_place = str(answer or ""), at
                continue
            one, _ = self._field(section, heading)
            name = one.path[-1] if one else heading
            child.places[name] = at
            if answer is not None:
                self._finished_formula(state.sheet, number, column)
                child.data[name] = value(one, answer) if one else answer
        self._children.append(child)

    def _adopted(self, child: _Child) -> None:
        """Give a row to the entry that it names; a single entry needs no name."""
        top, _, name = "/".join(child.section.at).partition("/*/")
        parents = cast("list[dict[str, object]]", self.data.get(top, []))
        names: dict[str, int] = {}
        for position, parent in enumerate(parents):
            for word in (parent.get("id"), parent.get("name"), *_texts(parent.get("name"))):
                if isinstance(word, str):
                    names.setdefault(label_key(word), position)
        if not child.owner and len(parents) == 1:
            names[""] = 0
        if label_key(child.owner) not in names:
            raise _orphan(child, list(names))
        index = names[label_key(child.owner)]
        entries = cast("list[object]", parents[index].setdefault(name, []))
        pointer = f"/{top}/{index}/{name}/{len(entries)}"
        entries.append(child.data)
        self.places[pointer] = Place(None, None, child.row)
        for key, at in child.places.items():
            self.places[f"{pointer}/{_token(key)}"] = Place(None, None, at)

    # -- forms -----------------------------------------------------------------------------------

    def _form_row(self, state: _State, number: int, row: Row) -> None:
        section = cast("Section", state.section)
        label = str(row.get(1, row.get(min(row), "")))
        answer = row.get(2)
        at = state.sheet.label(number, 2)
        if section.is_table and not section.owner and not section.is_map:
            index = state.entry if state.entry is not None else 0
            pointer = self._entry(section, index, state.sheet.label(number, 1))
            self._answer(section, pointer, label, answer, at)
        elif section.is_table:
            self._long_entry(section, state.entry or 0, label, answer, at)
        else:
            self._form_answer(section, label, answer, at)
        if answer is not None:
            self._finished_formula(state.sheet, number, 2)

    def _form_answer(self, section: Section, label: str, answer: Answer | None, at: str) -> None:
        one, code = self._field(section, label)
        if one is None:
            if answer is not None and label_key(label) != "worksheet":
                self._put("/" + _token(label), answer, at, "")
            return
        self.recognised = True
        self._put("/" + "/".join(one.path), self._value(one, answer), at, code)

    def _long_row(self, state: _State, number: int, row: Row) -> None:
        """Read a row that says itself where its answer belongs, as in a file of one table."""
        title, entry, label = (str(row.get(column, "")) for column in (1, 2, 3))
        answer, at = row.get(4), state.sheet.label(number, 4)
        if label_key(title) == "worksheet":
            return
        section = self._named(title)
        if section is None:
            if answer is None:
                return
            raise Problem(
                f"The part “{shown(title)}” is no part of a worksheet "
                f"({state.sheet.label(number, 1)})",
                "Write one of: " + ", ".join(one.title for one in self._sections.values()),
            )
        self.recognised = True
        if not section.is_table:
            self._form_answer(section, label, answer, at)
            return
        count = int(entry) if entry.isascii() and entry.isdigit() else 1
        self._long_entry(section, count, label, answer, at)

    def _long_entry(
        self, section: Section, count: int, label: str, answer: Answer | None, at: str
    ) -> None:
        if section.is_map:
            if label:
                self._amount(section, label, answer, at)
            return
        if answer is None:
            return
        if section.owner:
            self._long_child(section, count, label, answer, at)
            return
        # Entries are numbered by people; in the document they follow one another.
        key = (section.title, count)
        index = self._entries.setdefault(key, self._next(section))
        self._answer(section, self._entry(section, index, at), label, answer, at)

    def _long_child(
        self, section: Section, count: int, label: str, answer: Answer, at: str
    ) -> None:
        key = (section.title, count)
        if key not in self._entries:
            self._entries[key] = len(self._children)
            self._children.append(_Child(section, "", {}, {}, at, at))
        child = self._children[self._entries[key]]
        if self._owns(section, label):
            child.owner, child.owner_place = str(answer), at
            return
        one, _ = self._field(section, label)
        name = one.path[-1] if one else label
        child.data[name], child.places[name] = (value(one, answer) if one else answer), at

    # -- values ----------------------------------------------------------------------------------

    def _answer(
        self, section: Section, pointer: str, label: str, answer: Answer | None, at: str
    ) -> None:
        one, code = self._field(section, label)
        if one is None:
            if answer is not None:
                self._put(f"{pointer}/{_token(label)}", answer, at, "")
            return
        self._put(f"{pointer}/{'/'.join(one.path)}", self._value(one, answer), at, code)

    @staticmethod
    def _value(one: Field, answer: Answer | None) -> object:
        return None if answer is None else value(one, answer)

    def _finished_formula(self, sheet: Sheet, number: int, column: int) -> None:
        if (number, column) in sheet.unfinished:
            raise Problem(
                f"The cell {sheet.label(number, column)} holds a formula without its result",
                "Open the file with LibreOffice or Excel and save it again, or write the value",
            )

    def _put(self, pointer: str, value: object, at: str, code: str) -> None:
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
        if code:
            texts = node.setdefault(name, {})
            if not isinstance(texts, dict):
                raise self._two_ways(pointer, at)
            node, name, pointer = texts, code, f"{pointer}/{code}"
        if name in node and pointer not in ("/microcred", "/kind"):
            if isinstance(node[name], list) and isinstance(value, list):
                node[name] += value
                return
            raise self._two_ways(pointer, at)
        node[name] = value
        self.places[pointer] = place
        self._answered[pointer] = at
        self._around(pointer, place)

    def _around(self, pointer: str, place: Place) -> None:
        """Let a group stand where its first answer stands, and a list’s items where the list is."""
        above = pointer.rpartition("/")[0]
        while above:
            self.places.setdefault(above, place)
            above = above.rpartition("/")[0]

    def _two_ways(self, pointer: str, at: str) -> Problem:
        first = self._answered.get(pointer) or next(
            (place for one, place in self._answered.items() if one.startswith(pointer + "/")), ""
        )
        both = f"{first} and {at}" if first else at
        return Problem(
            f"The same question is answered twice: {both}",
            "Keep one answer; to give a text in several languages, write the language behind each "
            "label, such as “Title (fi)”",
        )


def _labels(section: Section) -> dict[str, Field]:
    """Return the fields of a section by all labels, the likeliest meaning of each first."""
    by_path = {"/".join(one.path): one for one in section.fields}
    named = [(one.label, one) for one in section.fields]
    named += [(label, by_path[path]) for label, path in section.also.items()]
    named += [(path.rpartition("/")[2], one) for path, one in by_path.items()]
    if section.is_table and not section.is_map:
        named += _unasked(section)
    found: dict[str, Field] = {}
    for label, one in named:
        found.setdefault(label_key(label), one)
    return found


def _unasked(section: Section) -> Iterator[tuple[str, Field]]:
    """Yield the further fields of an entry: somebody may have made a column for them."""
    for name, part in properties(node_at((*section.at, "*"))[0]).items():
        single = part.get("items", part)
        if "properties" not in single and "$ref" not in single:
            yield from ((label, Field((name,), part)) for label in (str(part["title"]), name))


_LONG_HEAD: Final = [label_key(word) for word in (SECTION, ENTRY, FIELD)]


def _below(node: Any, step: str, after: str) -> Any:
    if isinstance(node, list):
        index = int(step)
        while len(node) <= index:
            node.append({})
        return node[index]
    return node.setdefault(step, [] if after.isdigit() else {})


def _token(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _texts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()


def _orphan(child: _Child, names: list[str]) -> Problem:
    near = get_close_matches(label_key(child.owner), names, 1, 0.6)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    said = f"names “{shown(child.owner)}”" if child.owner else "names nobody"
    return Problem(
        f"The cell {child.owner_place} {said}, and the table above has no such entry",
        f"{hint}Write the short name of one of the entries",
    )
