"""Rows that belong to an entry of another table, such as the numbers of a body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import cast

from microcred.credential import Place
from microcred.readers.grid import Answer
from microcred.readers.text import shown
from microcred.rule import Verdict, not_met
from microcred.worksheets.answers import label_key
from microcred.worksheets.definition import Section
from microcred.worksheets.filling import Filling, token
from microcred.worksheets.labels import is_owner

__all__ = ["Belonging", "adopted"]


@dataclass(slots=True)
class Belonging:
    """A row at ``row`` that names its owner, which may stand further down in the file."""

    section: Section
    row: str
    owner: str = ""
    owner_place: str = ""
    data: dict[str, object] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def take(self, filling: Filling, label: str, answer: Answer | None, at: str) -> None:
        """Take one answer of the row."""
        if is_owner(self.section, label):
            self.owner, self.owner_place = str(answer or ""), at
            return
        one, _ = filling.parts.field(self.section, label)
        if one:
            self.places[one.path[-1]] = at
            if answer is not None:
                self.data[one.path[-1]] = filling.meaning(one, answer)
        elif answer is not None:
            name = filling.strange(self.section, label, answer, at)
            self.data[name], self.places[name] = answer, at


def adopted(filling: Filling, row: Belonging) -> None:
    """Give a row to the entry that it names; a single entry needs no name.

    A row that names none of the entries has no place, and is told.
    """
    top, _, name = "/".join(row.section.at).partition("/*/")
    owners = cast("list[dict[str, object]]", filling.data.get(top, []))
    names = _names(owners)
    if not row.owner and len(owners) == 1:
        names[""] = 0
    if label_key(row.owner) not in names:
        filling.fault("CELL-4", _orphan(row, list(names)), row.owner_place, f"/{top}")
        return
    index = names[label_key(row.owner)]
    entries = cast("list[object]", owners[index].setdefault(name, []))
    pointer = f"/{top}/{index}/{name}/{len(entries)}"
    entries.append(row.data)
    filling.places[pointer] = Place(None, None, row.row)
    for key, at in row.places.items():
        filling.places[f"{pointer}/{token(key)}"] = Place(None, None, at)


def _names(owners: list[dict[str, object]]) -> dict[str, int]:
    names: dict[str, int] = {}
    for position, owner in enumerate(owners):
        for word in (owner.get("id"), owner.get("name"), *_texts(owner.get("name"))):
            if isinstance(word, str):
                names.setdefault(label_key(word), position)
    return names


def _texts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()


def _orphan(row: Belonging, names: list[str]) -> Verdict:
    near = get_close_matches(label_key(row.owner), names, 1, 0.6)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    said = f"names “{shown(row.owner)}”" if row.owner else "names nobody"
    return not_met(
        "The row {said}, and no entry of the table above is called that, so it is not read",
        fix="{hint}Write the short name of one of the entries",
        said=said,
        hint=hint,
    )
