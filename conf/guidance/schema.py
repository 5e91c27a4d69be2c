"""The reference of the format, drawn from the schema that the checks use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from guidance.drawing import Cell, code, depend_on_checks, paragraph, section, strong, table
from guidance.links import labelled
from guidance.shown import shown
from microcred.shape import schema

__all__ = ["Schema"]

Node = Mapping[str, Any]

_HEAD: Final = ("Field", "What it is", "Value", "Example")
_WORDS: Final = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "fields",
    "array": "list",
}


class Schema(SphinxDirective):
    """Draws each field of a document, and the fields below it."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a section a field."""
        depend_on_checks(self.env)
        whole = schema(self.arguments[0] if self.arguments else "credential-1")
        labels = shown(self.env).sections
        simple, drawn = [], []
        for name, node in whole["properties"].items():
            rows = list(_rows(whole, node, name, name in whole["required"]))
            if len(rows) == 1:
                simple.append(rows[0])
                continue
            intro: list[Cell] = [f"{node['description']} "]
            page = f"element-{str(node.get('x-element', '')).lower()}"
            if page in labels:
                intro += ["See ", labelled(self.env, page), "."]
            title = [nodes.Text(f"{node['title']} "), code(name)]
            drawn.append(
                section(f"field-{name.lower()}", title, paragraph(*intro), table(_HEAD, rows))
            )
        first = section("fields-with-one-value", "Fields with one value", table(_HEAD, simple))
        return [first, *drawn]


def _rows(whole: Node, node: Node, path: str, required: bool = False) -> Iterator[list[Cell]]:
    node = _resolved(whole, node)
    name: list[nodes.Node] = [code(path)]
    if required:
        name.append(nodes.Text(" (always)"))
    said = [strong(f"{node['title']}:"), nodes.Text(f" {node['description']}")]
    yield [name, said, *_values(whole, node)]
    below = node
    while "items" in below:
        path, below = f"{path}[]", _resolved(whole, below["items"])
    for child, value in below.get("properties", {}).items():
        yield from _rows(whole, value, f"{path}.{child}", child in below.get("required", ()))


def _resolved(whole: Node, node: Node) -> Node:
    reference = str(node.get("$ref", ""))
    if not reference:
        return node
    name = reference.rsplit("/", 1)[-1]
    # What is said at the place itself wins over what is said of all such places.
    return {**whole["$defs"][name], "x-def": name, **node, "$ref": ""}


def _values(whole: Node, node: Node) -> Iterator[Cell]:
    yield list(_kind(whole, node))
    examples = node.get("examples") or _resolved(whole, node.get("items", {})).get("examples", [])
    yield [code(_yaml(example)) for example in examples[:1]]


def _kind(whole: Node, node: Node) -> Iterator[nodes.Node]:
    if "enum" in node:
        yield nodes.Text("one of: ")
        for number, value in enumerate(node["enum"]):
            yield from ([nodes.Text(", ")] if number else [])
            yield code(str(value))
    elif "const" in node:
        yield code(str(node["const"]))
    elif "items" in node:
        yield nodes.Text("list of: ")
        yield from _kind(whole, _resolved(whole, node["items"]))
    elif node.get("x-def") == "text":
        yield nodes.Text("text, or a text for each language")
    else:
        types = node.get("type", ())
        named = [types] if isinstance(types, str) else list(types)
        yield nodes.Text(" or ".join(_WORDS[one] for one in named))
    if "x-vocabulary" in node:
        yield nodes.Text(", from the list ")
        yield code(str(node["x-vocabulary"]))


def _yaml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml(item) for item in value) + "]"
    return str(value)
