"""What stands in the labels of a worksheet: which part a title means, and which field a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from microcred.messages import translations
from microcred.readers.grid import Answer, Row
from microcred.worksheets import own
from microcred.worksheets.answers import label_key, without_language
from microcred.worksheets.definition import Section, Worksheet, worksheets
from microcred.worksheets.fields import Field, node_at, properties

__all__ = [
    "ANSWER",
    "ENTRY",
    "EXAMPLE",
    "FIELD",
    "FINDINGS",
    "HINT",
    "HINTS",
    "LISTS",
    "MEANING",
    "SECTION",
    "SHORT_HINT",
    "TITLE",
    "Parts",
    "is_owner",
    "subject",
]

ANSWER: Final = "Your answer"
HINT: Final = "Write your answer here"  # other software may take the hint of a control for a text
SHORT_HINT: Final = "…"
HINTS: Final = (HINT, SHORT_HINT)
MEANING, EXAMPLE = "What it is", "Example"
SECTION, ENTRY, FIELD = "Section", "Entry", "Field"
LISTS: Final = "Lists"  # the sheet with the values to choose from
FINDINGS: Final = "Findings of microcred"  # the title of the sheet that a check adds

TITLE: Final = re.compile(r"\D{0,12}\d{1,2}\s*[.:–-]\s*(\S.*)")  # Part 3: Outcomes

_NEAR: Final = 0.8  # how much a title has to be like one of ours to be taken for it
_ALIKE: Final = 0.7  # and a label, to be asked whether it was meant


class Parts:
    """The parts of all worksheets; those of the worksheet that is *known* to be read come first."""

    def __init__(self, known: Worksheet | None) -> None:
        self._sections: dict[str, Section] = {}
        self._called: dict[str, dict[str, Field]] = {}
        # The whole description comes before its parts, where nothing says which one it is.
        others = sorted(worksheets(), key=lambda one: bool(one.scope))
        for one in own.read_with(known, others):
            for section in one.sections:
                self._sections.setdefault(label_key(section.title), section)
        for section in tuple(self._sections.values()):
            for title in translations(section.title):
                self._sections.setdefault(label_key(title), section)
        # What the forms ask of a whole micro-credential heads the columns of a catalogue, too.
        forms = () if known else self._sections.values()
        self._whole = {label for one in forms if not one.is_table for label in self._labels(one)}

    @property
    def titles(self) -> list[str]:
        """Return the titles of all parts."""
        return list(dict.fromkeys(one.title for one in self._sections.values()))

    def titled(self, title: str) -> Section | None:
        """Return the part with exactly that title, as labels are compared."""
        return self._sections.get(label_key(title))

    def near(self, title: str) -> Section | None:
        """Return the part with that title, or with one that is spelled almost like it."""
        if exact := self.titled(title):
            return exact
        found = get_close_matches(label_key(title), self._sections, 1, _NEAR)
        return self._sections[found[0]] if found else None

    def headed(self, headings: Iterable[Answer]) -> Section | None:
        """Return the table that has most of these headings, if they are those of a table.

        A catalogue, with a micro-credential in each row, has more from all over the description.
        """
        wanted = [label_key(without_language(str(cell))[0]) for cell in headings]
        best, most = None, max(1, len(self._whole.intersection(wanted)) - 1)
        for section in self._sections.values():
            if section.is_table:
                hits = len(set(wanted) & self._labels(section).keys())
                if hits > most and hits * 2 > len(wanted):
                    best, most = section, hits
        return best

    def field(self, section: Section, label: str) -> tuple[Field | None, str]:
        """Return the field that a label means, and the language behind it; None where unknown."""
        labels = self._labels(section)
        if one := labels.get(label_key(label)):
            return one, ""
        wanted, code = without_language(label)
        one = labels.get(label_key(wanted)) if code else None
        return (one, code) if one and one.is_text else (None, "")

    def nearest(self, section: Section, label: str) -> str:
        """Return the label of a part that is spelled most like this one, or an empty text."""
        called = {
            label_key(words): one.label
            for one in section.fields
            for words in (one.label, *translations(one.label))
        }
        found = get_close_matches(label_key(without_language(label)[0]), called, 1, _ALIKE)
        return called[found[0]] if found else ""

    def asks(self, label: str) -> bool:
        """Tell whether any part has a question with that label."""
        return any(self.field(section, label)[0] for section in self._sections.values())

    def _labels(self, section: Section) -> dict[str, Field]:
        if section.title not in self._called:
            self._called[section.title] = _labels(section)
        return self._called[section.title]


def subject(head: Row) -> int | None:
    """Return the column of a form’s questions, whose heading names what the form is about."""
    beside = {label_key(one) for one in (ANSWER, MEANING, EXAMPLE)}
    return min(
        (at for at, cell in head.items() if label_key(str(cell)) not in beside), default=None
    )


def is_owner(section: Section, label: str) -> bool:
    """Tell whether a label heads the column that names the entry to which a row belongs."""
    return bool(section.owner) and label_key(section.owner) == label_key(label)


def _labels(section: Section) -> dict[str, Field]:
    """Return the fields of a section by all labels, the likeliest meaning of each first."""
    by_path = {"/".join(one.path): one for one in section.fields}
    named = [(one.label, one) for one in section.fields]
    named += [(label, by_path[path]) for label, path in section.also.items()]
    named += [(path.rpartition("/")[2], one) for path, one in by_path.items()]
    if section.is_table and not section.is_map and not section.is_own:
        named += _unasked(section)
    found: dict[str, Field] = {}
    # Somebody may have translated the sheet: a label of ours wins over one in another language.
    foreign = [(words, one) for label, one in named for words in translations(label)]
    for label, one in (*named, *foreign):
        found.setdefault(label_key(label), one)
    return found


def _unasked(section: Section) -> Iterator[tuple[str, Field]]:
    """Yield the further fields of an entry: somebody may have made a column for them."""
    for name, part in properties(node_at((*section.at, "*"))[0]).items():
        single = part.get("items", part)
        if "properties" not in single and "$ref" not in single:
            yield from ((label, Field((name,), part)) for label in (str(part["title"]), name))
