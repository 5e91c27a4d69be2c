"""An empty description to fill in, written from the schema so that the two can't disagree."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Final, cast

from microcred.elements import ELEMENTS
from microcred.rule import AWARD

__all__ = ["question", "template"]

WIDTH: Final = 88

Node = Mapping[str, object]

# What is known only when a learner has been awarded something.
_OF_AWARDS: Final = ("offer", "learner", "issued", "expires", "results", "grade")

_HEAD: Final = (
    "Description of a micro-credential: {what}",
    "",
    "Write behind the colons. Leave empty what you don’t know yet, or delete it, and check the "
    "file as often as you like:",
    "",
    "    microcred check {name}",
    "",
    "A dash begins an entry of a list. For another entry, copy the dash and all lines below it "
    "that belong to it. What follows a # is a note and is not read.",
    "",
    "M and O are the numbers of the European standard elements, which the Council Recommendation "
    "on micro-credentials (2022/C 243/02, Annex I) calls mandatory and optional.",
)

_WHAT: Final = {
    "offer": "an offer that people can enrol in",
    "award": "the award issued to one learner",
}


def template(kind: str, language: str = "en", name: str = "draft.yaml") -> str:
    """Return a description of *kind* with every field, empty, and notes that explain each."""
    from microcred.shape import schema

    head = (part.format(what=_WHAT[kind], name=name) for part in _HEAD)
    lines = [*(line for part in head for line in _note(part, "")), ""]
    written = {"microcred": "1", "kind": kind, "language": language}
    whole = schema()
    for field, node in _properties(whole).items():
        if field == "$schema" or (kind != AWARD and field in _OF_AWARDS):
            continue
        lines += _field(field, _resolved(node, whole), whole, "", written.get(field, ""))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def question(field: str) -> list[str]:
    """Return one field of the top, empty, with notes that explain it and all fields below."""
    from microcred.shape import schema

    whole = schema()
    return list(_field(field, _resolved(_properties(whole)[field], whole), whole, ""))


def _properties(node: Node) -> dict[str, Node]:
    return cast("dict[str, Node]", node.get("properties", {}))


def _resolved(node: Node, whole: Node) -> Node:
    """Return the node with what it refers to; what it says itself comes first."""
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    definitions = cast("dict[str, Node]", whole["$defs"])
    return {**definitions[name], **node} if name else node


def _field(name: str, node: Node, whole: Node, indent: str, value: str = "") -> Iterator[str]:
    yield from _note(f"{node['title']}{_standing(name, indent)}. {node['description']}", indent)
    if node.get("type") == "array":
        item = _resolved(cast("Node", node["items"]), whole)
        yield f"{indent}{name}:"
        yield from _item(item, whole, indent)
    elif node.get("type") == "object" and _properties(node):
        yield f"{indent}{name}:"
        for below, part in _properties(node).items():
            yield from _field(below, _resolved(part, whole), whole, f"{indent}  ")
    else:
        yield f"{indent}{name}: {value or _hint(node)}".rstrip()


def _item(item: Node, whole: Node, indent: str) -> Iterator[str]:
    if not _properties(item):
        yield f"{indent}  - {_hint(item)}".rstrip()
        return
    yield f"{indent}  -"
    for name, part in _properties(item).items():
        yield from _field(name, _resolved(part, whole), whole, f"{indent}    ")


def _standing(name: str, indent: str) -> str:
    """Return whether Annex I asks for a field, as far as it is one of the elements."""
    for element in ELEMENTS.values():
        if not indent and name in element.paths:
            # The further fields of an element are another way to state it.
            weight = "optional" if element.optional else "mandatory"
            return f" ({element.id}, {weight})" if name == element.paths[0] else f" ({element.id})"
    return ""


def _hint(node: Node) -> str:
    if choices := node.get("enum"):
        return f"# one of: {', '.join(map(str, cast('list[object]', choices)))}"
    examples = cast("list[object]", node.get("examples", []))
    return f"# for example: {examples[0]}" if examples else ""


def _note(text: str, indent: str) -> Iterator[str]:
    if text.startswith(" "):
        yield f"{indent}# {text}"
        return
    for line in textwrap.wrap(text, WIDTH - len(indent) - 2, break_on_hyphens=False) or [""]:
        yield f"{indent}# {line}".rstrip()
