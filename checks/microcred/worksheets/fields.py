"""What a worksheet asks for: one field of the document, in the words of the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

__all__ = ["Field", "node_at", "properties"]

Node = Mapping[str, Any]

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its path below the section, with what the schema says of it."""

    path: tuple[str, ...]
    node: Node
    required: bool = False

    @property
    def label(self) -> str:
        """Return what the field is called on the worksheet."""
        return str(self.node["title"])

    @property
    def help(self) -> str:
        """Return what the field means, in one or two sentences."""
        return str(self.node["description"])

    @property
    def item(self) -> Node:
        """Return the node of a single value: an entry of a list, or the field itself."""
        return cast("Node", self.node["items"]) if self.is_list else self.node

    @property
    def is_list(self) -> bool:
        """Tell whether one cell holds several values."""
        return self.node.get("type") == "array"

    @property
    def is_text(self) -> bool:
        """Tell whether the field can be given in several languages."""
        return "object" in _types(self.node)

    @property
    def is_label(self) -> bool:
        """Tell whether it only names a line of a table, so that nobody writes there."""
        return bool(self.node.get("x-label"))

    @property
    def kind(self) -> str:
        """Return what a worksheet takes a question of its own for, or an empty text."""
        return str(self.node.get("x-type", ""))

    @property
    def is_number(self) -> bool:
        """Tell whether a number is what people write here."""
        return _types(self.item)[0] == "number"

    @property
    def takes_number(self) -> bool:
        """Tell whether a number may stand in the document."""
        return "number" in _types(self.item)

    @property
    def is_date(self) -> bool:
        """Tell whether a day is what people write here."""
        return bool(_DATE.fullmatch(self.example))

    @property
    def example(self) -> str:
        """Return an example, or an empty text."""
        examples = self.item.get("examples") or self.node.get("examples") or [""]
        return str(examples[0])

    @property
    def hint(self) -> str:
        """Return the possible values or an example as a phrase, or an empty text."""
        if self.choices and self.kind != "score":
            return f"One of: {', '.join(self.choices)}"
        return f"For example: {self.example}" if self.example else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the values that are possible, where the format has a list of them."""
        return tuple(map(str, self.item.get("enum", ())))

    @property
    def vocabulary(self) -> str:
        """Return the name of the list from which a value usually comes, or an empty text."""
        return str(self.item.get("x-vocabulary", ""))


def _types(node: Node) -> list[str]:
    stated = node.get("type", ["string"])
    return [stated] if isinstance(stated, str) else list(stated)


def _resolved(node: Node, whole: Node) -> Node:
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    return {**whole["$defs"][name], **node} if name else node


def properties(node: Node) -> Mapping[str, Node]:
    """Return the fields below a node of the schema."""
    from microcred.shape import schema

    whole = schema()
    below = cast("Mapping[str, Node]", node.get("properties", {}))
    return {name: _resolved(part, whole) for name, part in below.items()}


def node_at(path: tuple[str, ...], below: Node | None = None) -> tuple[Node, bool]:
    """Return the node at *path*, and whether the group that holds it asks for it.

    Raises:
        KeyError: the schema has no such field.
    """
    from microcred.shape import schema

    whole = schema()
    node, required = below or whole, False
    for step in path:
        if step == "*":
            node = _resolved(node["items"], whole)
            continue
        required = step in node.get("required", ())
        if "properties" in node:
            node = _resolved(node["properties"][step], whole)
        else:
            node = node["additionalProperties"]
    return node, required
