"""What stands beside the answers: our own help, notes of people, and answers in a wrong place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from microcred.messages import translations
from microcred.quantities import as_number, read_date
from microcred.readers.grid import Answer, Row, Sheet, Words
from microcred.readers.text import shown
from microcred.rule import cannot_tell, not_met
from microcred.vocabularies.tables import fold
from microcred.worksheets.answers import label_key, without_language
from microcred.worksheets.labels import EXAMPLE, HINTS, MEANING, TITLE
from microcred.worksheets.opening import introduction, opening
from microcred.worksheets.totals import words as of_total

if TYPE_CHECKING:
    from microcred.worksheets.cursor import Cursor
    from microcred.worksheets.definition import Section, Worksheet
    from microcred.worksheets.fields import Field
    from microcred.worksheets.filling import Filling
    from microcred.worksheets.labels import Parts

__all__ = ["Beside", "says"]

_LABELLED: Final = re.compile(r"([^:\n]{1,80}):\s*(\S.*)", re.DOTALL)
_HELP: Final = frozenset(map(label_key, (MEANING, EXAMPLE)))
_USUAL: Final = {3: MEANING, 4: EXAMPLE}  # the columns of a form whose headings are gone


class Beside:
    """Tells of what stands where no answer is read, unless the worksheet itself says it.

    An *older* version of a worksheet may have said it in other words, so there nothing that stands
    in the place of help is taken for an answer.
    """

    def __init__(
        self, parts: Parts, filling: Filling, known: Worksheet | None, *, older: bool
    ) -> None:
        self._parts, self._filling, self._known, self._older = parts, filling, known, older
        self._asked: set[tuple[str, int]] = set()
        self._instructions: frozenset[str] = frozenset()

    def answers(
        self, cursor: Cursor, number: int, row: Row, section: Section | None, read: Sequence[int]
    ) -> None:
        """Tell of the cells of a row in none of the columns that are *read*."""
        for column in sorted(row.keys() - set(read)):
            heading = (cursor.columns or _USUAL).get(column, "")
            helps = label_key(heading) in _HELP
            if not heading:
                why = "no question stands beside it"
                self._filling.unplaced(cursor.sheet, (number, column), why, section)
            elif self._is_help(section, str(row.get(read[-2], "")), row[column]):
                continue
            elif not helps:
                self._column(cursor, number, column, heading)
            elif not self._older:
                why = f"no answer is read under “{heading}”"
                self._filling.unplaced(cursor.sheet, (number, column), why, section)

    def _column(self, cursor: Cursor, number: int, column: int, heading: str) -> None:
        """Ask once about a column that somebody added to a form."""
        if (cursor.sheet.name, column) in self._asked:
            return
        self._asked.add((cursor.sheet.name, column))
        question = cannot_tell(
            "Is anything in the column “{heading}” part of the description? It is not read",
            heading=shown(heading),
        )
        self._filling.fault("CELL-5", question, cursor.sheet.label(number, column))

    def _is_help(self, section: Section | None, label: str, cell: Answer) -> bool:
        """Tell whether the worksheet itself has a text in that row, as far as that is known."""
        if section is None:
            return False
        if says(section, cell):
            return True
        said = fold(str(cell))
        one, _ = self._parts.field(section, label)
        if one is None:
            return any(_is_example(other, said) for other in section.fields)
        # Whoever has translated the label may have translated the help as well.
        return _is_example(one, said) or _is_translated(one, label)

    def instructions(self, sheet: Sheet) -> None:
        """Tell of what people wrote between the instructions, a row at a time."""
        if self._known is None or self._older:
            return
        for number in sorted(sheet.rows):
            row = sheet.rows[number]
            others = [column for column in sorted(row) if not self._opens(row[column])]
            if others:
                text = ": ".join(str(row[column]) for column in others)
                why = "It stands among the instructions, where nothing is read"
                self._misplaced(text, sheet.label(number, others[0]), why)

    def above(self, cursor: Cursor, section: Section | None, head: Mapping[int, str]) -> None:
        """Tell of what people wrote above the headings of a table, and forget these rows."""
        waiting, cursor.above = cursor.above, []
        if self._older:
            return
        for number in waiting:
            row = cursor.sheet.rows[number]
            if section and self._is_total(section, row):
                continue
            for column, cell in sorted(row.items()):
                ours = cell in HINTS or self._opens(cell) or TITLE.fullmatch(str(cell))
                if not ours and not self._is_help(section, head.get(column, ""), cell):
                    why = "It stands above the headings, where nothing is read"
                    self._misplaced(str(cell), cursor.sheet.label(number, column), why)

    def _opens(self, cell: Answer) -> bool:
        """Tell whether a text is one of the instructions, or the title of the worksheet."""
        if self._known and not self._instructions:
            pairs = (("", self._known.title), *opening(self._known))
            self._instructions = frozenset(fold(words) for pair in pairs for words in pair)
        return fold(str(cell)) in self._instructions

    def _misplaced(self, text: str, place: str, why: str) -> None:
        if not self.labelled(text, place):
            asked = cannot_tell(
                "Is “{text}” part of the description? " + why,
                text=shown(text),
            )
            self._filling.fault("CELL-5", asked, place)

    def _is_total(self, section: Section, row: Row) -> bool:
        """Tell whether a row only adds up what stands below."""
        scoring = self._known.scoring if self._known else None
        ours = {fold(of_total(name, section, scoring)) for name in section.totals}
        return any(fold(str(cell)) in ours for cell in row.values())

    def words(self, texts: Sequence[Words]) -> None:
        """Tell of text around the tables of a document: an answer with its label, or a note."""
        if self._older and self._known and self._known.is_own:
            return
        ours = _around(self._known) if texts and self._known else frozenset()
        notes = []
        for one in texts:
            if fold(one.text) in ours or self._begins_part(one.text):
                continue
            if not self.labelled(one.text, one.place):
                notes.append(one)
        if notes and ours and not self._older:
            question = cannot_tell(
                "Is anything outside the tables part of the description? It is not read, and "
                "begins with “{text}”",
                text=shown(notes[0].text),
            )
            self._filling.fault("CELL-5", question, notes[0].place)

    def labelled(self, text: str, place: str) -> bool:
        """Tell of a text that begins with a label of ours, such as “Title: Welding”."""
        match = _LABELLED.fullmatch(text)
        if not match or not self._parts.asks(match[1]):
            return False
        said = not_met(
            "“{text}” is an answer outside of the column for answers, so it is not read",
            fix="Write it beside the question “{label}”",
            text=shown(text),
            label=match[1].strip(),
        )
        self._filling.fault("CELL-1", said, place)
        return True

    def _begins_part(self, text: str) -> bool:
        title = TITLE.fullmatch(text)
        return title is not None and self._parts.titled(title[1]) is not None


def _around(worksheet: Worksheet) -> Collection[str]:
    """Return what a worksheet says around its tables, from the document as it is written."""
    from microcred.readers.wordprocessing import content
    from microcred.worksheets.docx import write

    return frozenset(fold(one.text) for one in content(write(worksheet))[1])


def says(section: Section, cell: Answer) -> bool:
    """Tell whether a text is one of our own about a part: of any question, if a row was copied."""
    return fold(str(cell)) in map(fold, _helps(section))


def _helps(section: Section) -> Iterator[str]:
    yield introduction(section)
    yield section.owner_help
    for one in section.fields:
        yield from (one.help, f"{one.help} {one.hint}")


def _is_example(field: Field, said: str) -> bool:
    """Tell whether a text is the example of a field; software may spell numbers and days anew."""
    if said in (fold(field.example), fold(field.hint)):
        return True
    if (number := as_number(field.example)) is not None:
        return as_number(said) == number
    meant, written = read_date(field.example), read_date(said)
    return bool(meant and written and meant.date in (written.date, *written.choices))


def _is_translated(field: Field, label: str) -> bool:
    named = label_key(without_language(label)[0])
    return named != label_key(field.label) and named in map(label_key, translations(field.label))
