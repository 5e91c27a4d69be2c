"""Data and places, built side by side and without recursion from a flat run of values."""

from __future__ import annotations

from dataclasses import dataclass, field

from microcred.problem import Problem
from microcred.readers import bounds
from microcred.readers.places import Node
from microcred.readers.text import position, shown

__all__ = ["Builder", "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """A finished value, where it stands, and what an alias to it would cost."""

    data: object
    at: int
    at_name: bool  # its place is the name of its field
    spelled: str | None = None  # None where it is a list or group
    inside: dict[str, Node] | list[Node] | None = None
    size: int = 1
    height: int = 0


@dataclass(slots=True)
class _Open:
    """A list or group that isn't closed yet."""

    data: dict[str, object] | list[object]
    inside: dict[str, Node] | list[Node]
    at: int
    block: bool
    anchor: str | None
    count_before: int
    height: int = 0
    key: str | None = None
    key_offsets: dict[str, int] = field(default_factory=dict)


class Builder:
    """Takes values in the order of the text; ``top`` is the result, None while there is none."""

    def __init__(self, text: str) -> None:
        self.top: tuple[object, Node] | None = None
        self._text = text
        self._open: list[_Open] = []
        self._anchors: dict[str, Value | None] = {}
        self._count = 0

    @property
    def at_key(self) -> bool:
        """Tell whether the name of a field is due."""
        return (
            bool(self._open)
            and isinstance(self._open[-1].data, dict)
            and (self._open[-1].key is None)
        )

    @property
    def at_name_in_braces(self) -> bool:
        """Tell whether the name of a field is due, in a group that is written in braces."""
        return self.at_key and not self._open[-1].block

    @property
    def due(self) -> str:
        """Return the pointer of the value that comes next."""
        steps = (len(one.data) if one.key is None else one.key for one in self._open)
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)

    def start(self, mapping: bool, at: int, *, block: bool, anchor: str | None) -> None:
        """Open a list or a group."""
        if len(self._open) >= bounds.MAX_DEPTH:
            raise bounds.too_deep(self._where(at))
        if anchor is not None:
            self._anchors[anchor] = None
        before, self._count = self._count, self._count + 1
        self._open.append(
            _Open({}, {}, at, block, anchor, before)
            if mapping
            else _Open([], [], at, block, anchor, before)
        )

    def end(self) -> None:
        """Close the innermost list or group."""
        done = self._open.pop()
        size, self._count = self._count - done.count_before, done.count_before
        self.add(
            Value(
                done.data,
                done.at,
                done.block,
                inside=done.inside,
                size=size,
                height=done.height + 1,
            ),
            done.anchor,
        )

    def alias(self, anchor: str, at: int) -> bool:
        """Add what the anchor names once more; False where nothing has that name."""
        if anchor not in self._anchors:
            return False
        value = self._anchors[anchor]
        if value is None:
            raise Problem(
                f"Line {position(self._text, at)[0]} refers to “{shown(anchor)}” inside itself",
                f"Write the value out instead of *{shown(anchor)}",
            )
        if self.at_key and value.spelled is None:
            raise Problem(
                f"Line {position(self._text, at)[0]} uses the list or group "
                f"“{shown(anchor)}” as the name of a field",
                "Write the name of the field as a text",
            )
        if len(self._open) + value.height > bounds.MAX_DEPTH:
            raise bounds.too_deep(self._where(at))
        self.add(
            Value(value.data, at, False, value.spelled, value.inside, value.size, value.height),
            None,
        )
        return True

    def add(self, value: Value, anchor: str | None) -> None:
        """Put a value where it belongs: it is a name, or belongs to a name, list or nothing."""
        if anchor is not None:
            self._anchors[anchor] = value
        if self.at_key:
            self._name(self._open[-1], value)
            return
        self._count += value.size
        if self._count > bounds.MAX_NODES:
            raise bounds.too_many(self._where(value.at))
        if not self._open:
            self.top = (value.data, (value.at, value.inside))
            return
        parent = self._open[-1]
        parent.height = max(parent.height, value.height)
        if isinstance(parent.data, dict) and isinstance(parent.inside, dict):
            key = str(parent.key)
            at = parent.key_offsets[key] if value.at_name else value.at
            parent.data[key], parent.inside[key] = value.data, (at, value.inside)
            parent.key = None
        elif isinstance(parent.data, list) and isinstance(parent.inside, list):
            parent.data.append(value.data)
            parent.inside.append((value.at, value.inside))

    def _name(self, parent: _Open, value: Value) -> None:
        key = str(value.spelled)
        if len(key) > bounds.MAX_KEY:
            raise bounds.key_too_long(self._where(value.at))
        if key in parent.key_offsets:
            indented = (
                ", or put back the dash before each entry of a list and the spaces before its "
                "fields: they may have been lost"
            )
            raise Problem(
                f"The field “{shown(key)}” is given twice: "
                f"{self._where(parent.key_offsets[key])} and {self._where(value.at)}",
                "Keep one of the two" + (indented if parent.block else ""),
            )
        parent.key, parent.key_offsets[key] = key, value.at

    def _where(self, at: int) -> str:
        line, column = position(self._text, at)
        return f"line {line}, column {column}"
