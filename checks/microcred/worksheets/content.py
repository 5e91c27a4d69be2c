"""What stands in a worksheet before anybody fills it in: nothing, or what a draft says already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from microcred.readers.grid import Answer
from microcred.worksheets.answers import spelled
from microcred.worksheets.definition import Section, Worksheet
from microcred.worksheets.fields import Field

__all__ = ["Column", "Filled", "filled", "left_out"]

_OURS: Final = ("/microcred", "/kind", "/$schema", "/x-worksheet")


@dataclass(frozen=True, slots=True)
class Column:
    """A question: a field, in one language where the draft has several; no field names an owner."""

    field: Field | None
    language: str
    label: str
    help: str

    @property
    def heading(self) -> str:
        """Return the label with its language, and a star where the field is needed."""
        star = " *" if self.field and self.field.required else ""
        return f"{self.label} ({self.language})" if self.language else self.label + star


@dataclass(frozen=True, slots=True)
class Filled:
    """A section with its questions and, for each entry, the answers so far."""

    section: Section
    columns: tuple[Column, ...]
    rows: tuple[tuple[Answer | None, ...], ...]


def filled(worksheet: Worksheet, data: Mapping[str, Any] | None = None) -> list[Filled]:
    """Return the sections of a worksheet with the answers that *data* has."""
    return [_section(section, data or {}) for section in worksheet.sections]


def left_out(worksheet: Worksheet, data: Mapping[str, Any]) -> list[str]:
    """Return the pointers of what *data* says and the worksheet doesn't ask."""
    asked: set[str] = set()
    for section in worksheet.sections:
        for pointer, entry in _entries(section, data):
            if section.is_map:
                asked |= {f"{pointer}/{name}" for name in entry}
            asked |= {f"{pointer}/{'/'.join(one.path)}" for one in section.fields}
    return [
        pointer
        for pointer in _leaves(data, "")
        if not pointer.startswith(_OURS) and asked.isdisjoint(_upwards(pointer))
    ]


def _upwards(pointer: str) -> Iterator[str]:
    """Yield a pointer and those above it, since a cell holds everything below its field."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]


def _leaves(value: object, pointer: str) -> Iterator[str]:
    below: Iterator[tuple[object, object]] = iter(())
    if isinstance(value, dict):
        below = iter(value.items())
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        below = iter(enumerate(value))
    else:
        yield pointer
    for name, part in below:
        yield from _leaves(part, f"{pointer}/{name}")


def _entries(section: Section, data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the entries of a section’s list, or the whole document for a form."""
    if not section.at:
        yield "", cast("dict[str, Any]", data)
        return
    nodes: list[tuple[str, Any]] = [("", data)]
    for step in section.at:
        if step == "*":
            nodes = [item for node in nodes for item in _items(node)]
        else:
            nodes = [
                (f"{at}/{step}", node[step])
                for at, node in nodes
                if isinstance(node, dict) and step in node
            ]
    if section.is_map:
        yield from ((at, node) for at, node in nodes if isinstance(node, dict))
        return
    for node in nodes:
        yield from _items(node)


def _items(node: tuple[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    at, items = node
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield f"{at}/{index}", item


def _section(section: Section, data: Mapping[str, Any]) -> Filled:
    if section.is_map:
        columns = tuple(Column(one, "", one.label, one.help) for one in section.fields)
        parts = [part for _, entry in _entries(section, data) for part in entry.items()]
        return Filled(section, columns, tuple((name, spelled(amount)) for name, amount in parts))
    entries = list(_entries(section, data))
    if section.items:
        entries = list(_lines(section, entries))
    columns = tuple(_columns(section, [entry for _, entry in entries]))
    owners = _owners(section, data) if section.owner else {}
    rows = tuple(
        tuple(
            _answer(column, entry) if column.field else owners.get(pointer.rsplit("/", 2)[0], "")
            for column in columns
        )
        for pointer, entry in entries
    )
    return Filled(section, columns, rows)


def _lines(
    section: Section, entries: list[tuple[str, dict[str, Any]]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each fixed line with the answers to it, and then what nobody has asked."""
    said = {str(entry.get("id")): (pointer, entry) for pointer, entry in entries}
    for item in section.items:
        pointer, entry = said.pop(item.id, ("", {}))
        shown = {"id": item.id, "area": item.area, "text": item.text, "lookedFor": item.looked_for}
        yield pointer, {**entry, **shown}
    yield from said.values()


def _columns(section: Section, entries: Sequence[Mapping[str, Any]]) -> Iterator[Column]:
    if section.owner:
        yield Column(None, "", section.owner, section.owner_help)
    for one in section.fields:
        found = [_at(entry, one.path) for entry in entries]
        texts = [text for text in found if one.is_text and isinstance(text, dict)]
        codes = dict.fromkeys(code for text in texts for code in text)
        plain = not codes or any(text is not None and not isinstance(text, dict) for text in found)
        for code in [*([""] if plain else []), *codes]:
            yield Column(one, code, one.label, one.help)


def _at(entry: Mapping[str, Any], path: Sequence[str]) -> Any:
    node: Any = entry
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def _answer(column: Column, entry: Mapping[str, Any]) -> Answer | None:
    one = cast("Field", column.field)
    value = _at(entry, one.path)
    if one.is_text and isinstance(value, dict):
        value = value.get(column.language) if column.language else None
    elif column.language:
        value = None
    return None if value is None else spelled(value)


def _owners(section: Section, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the short name of each entry that has rows of its own elsewhere."""
    top = section.at[0]
    found = {}
    for pointer, entry in _items((f"/{top}", data.get(top))):
        name = entry.get("id") or entry.get("name")
        found[pointer] = str(next(iter(name.values())) if isinstance(name, dict) else name or "")
    return found
