"""The document as the rules see it: without blanks, and without what has no readable form."""

from __future__ import annotations

from typing import Any

from microcred.shape.fault import Fault
from microcred.shape.schemas import Path, subschema

__all__ = ["pruned", "without_blanks"]


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
    broken = {path for fault in found if fault.spelled is None and (path := _unreadable(fault))}
    if not broken:
        return data

    def kept(node: Any, path: Path) -> Any:
        if isinstance(node, dict):
            return {
                key: kept(value, (*path, key))
                for key, value in node.items()
                if (*path, key) not in broken
            }
        if isinstance(node, list):
            return [
                None if (*path, index) in broken else kept(item, (*path, index))
                for index, item in enumerate(node)
            ]
        return node

    whole: dict[str, Any] = kept(data, ())
    return whole


def _unreadable(fault: Fault) -> Path:
    """Return the path of the node that a fault makes unreadable; the empty one if it is none."""
    if fault.rule == "SHAPE-unknown":
        return ()
    path = fault.path
    # The whole document is never given up, whatever it lacks.
    while len(path) > 1 and path[-1] in subschema(path[:-1]).get("required", ()):
        path = path[:-1]
    return () if len(path) == 1 and fault.rule == "SHAPE-required" else path
