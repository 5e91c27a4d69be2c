"""The document as the rules see it: without blanks, and without what has no readable form.

Beside it stands the same document with examples in the place of what can't be read: what rules say
of both doesn't depend on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microcred.shape.fault import Fault
from microcred.shape.schemas import Path, resolved, schema, subschema

__all__ = ["exemplified", "pruned", "without_blanks"]


def without_blanks(data: dict[str, Any]) -> dict[str, Any]:
    """Return the document without fields that are there and empty: a form half filled in.

    List items keep their positions, so that pointers stay true.
    """

    def filled(node: Any) -> Any:
        if isinstance(node, dict):
            kept = {key: filled(value) for key, value in node.items()}
            return {key: value for key, value in kept.items() if not _blank(value)}
        if isinstance(node, list):
            items = [filled(item) for item in node]
            return [] if all(map(_blank, items)) else items
        return node

    whole: dict[str, Any] = filled(data)
    return whole


def _blank(node: Any) -> bool:
    return node is None or node in ({}, []) or (isinstance(node, str) and not node.strip())


def pruned(data: dict[str, Any], found: tuple[Fault, ...]) -> dict[str, Any]:
    """Return the document without the nodes whose shape failed; list items become None.

    A node goes with a part without which it has no meaning, such as an outcome's statement.
    """
    return _replaced(data, found, lambda _path: None)


def exemplified(data: dict[str, Any], found: tuple[Fault, ...]) -> dict[str, Any]:
    """Return the document with an example in the place of each node whose shape failed."""
    return _replaced(data, found, lambda path: _example(subschema(path)))


def _replaced(
    data: dict[str, Any], found: tuple[Fault, ...], replacement: Callable[[Path], Any]
) -> dict[str, Any]:
    """Return the document with something else where it can't be read; None for nothing."""
    broken = {path for fault in found if fault.spelled is None and (path := _unreadable(fault))}
    if not broken:
        return data

    def kept(node: Any, path: Path) -> Any:
        if path in broken:
            return replacement(path)
        if isinstance(node, dict):
            inside = {key: kept(value, (*path, key)) for key, value in node.items()}
            return {
                key: value
                for key, value in inside.items()
                if value is not None or (*path, key) not in broken
            }
        if isinstance(node, list):
            return [kept(item, (*path, index)) for index, item in enumerate(node)]
        return node

    whole: dict[str, Any] = kept(data, ())
    return whole


def _example(part: dict[str, Any]) -> Any:
    """Return a value in the form that a part of the schema asks for."""
    part = resolved(part, schema())
    kinds = part.get("type", "string")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if "enum" in part or "const" in part:
        return part.get("enum", [part.get("const")])[0]
    if kind == "object":
        known = part.get("properties", {})
        return {name: _example(known.get(name, {})) for name in part.get("required", ())}
    if kind == "array":
        return [_example(part.get("items", {}))]
    return {"number": 1, "integer": 1, "boolean": True}.get(kind, "—")


def _unreadable(fault: Fault) -> Path:
    """Return the path of the node that a fault makes unreadable; the empty one if it is none."""
    if fault.rule == "SHAPE-unknown":
        return ()
    path = fault.path
    # The whole document is never given up, whatever it lacks.
    while len(path) > 1 and path[-1] in subschema(path[:-1]).get("required", ()):
        path = path[:-1]
    return () if len(path) == 1 and fault.rule == "SHAPE-required" else path
