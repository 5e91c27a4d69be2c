"""Bare values: what people write where the format has a list, or a group of fields.

``countries: FR`` is a list of one, and an outcome that is a text is its statement. Such a value is
told, and read all the same: half of a draft must not go unread for want of a dash. The keyword
``x-bare`` of the schema names the field that a bare value stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from microcred.shape.fault import Fault
from microcred.shape.schemas import resolved, schema

__all__ = ["read", "spelled_out"]


def spelled_out(node: Any, part: dict[str, Any]) -> Any:
    """Return *node* in the form that *part* of the schema asks for; None if it isn't plain how."""
    if isinstance(node, bool) or not isinstance(node, str | int | float | dict):
        return None
    wanted = part.get("type")
    if wanted == "object" and "x-bare" in part and not isinstance(node, dict):
        return {part["x-bare"]: node}
    if wanted == "array":
        items = resolved(part.get("items", {}), schema())
        entry = spelled_out(node, items)
        if entry is None and (items.get("type") == "object") == isinstance(node, dict):
            entry = node
        return None if entry is None else [entry]
    return None


def read(data: dict[str, Any], bare: Iterable[Fault]) -> dict[str, Any]:
    """Return the document with the bare values of these faults spelled out."""
    values = {fault.path: fault.spelled for fault in bare}

    def spelled(node: Any, path: tuple[str | int, ...]) -> Any:
        if path in values:
            return values[path]
        if isinstance(node, dict):
            return {key: spelled(value, (*path, key)) for key, value in node.items()}
        if isinstance(node, list):
            return [spelled(item, (*path, index)) for index, item in enumerate(node)]
        return node

    whole: dict[str, Any] = spelled(data, ())
    return whole
