"""The schemas of the package, and the part of one that describes a node."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["Path", "resolved", "schema", "subschema"]

Path = tuple[str | int, ...]


def schema(name: str = "credential-1") -> dict[str, Any]:
    """Return a JSON Schema of the package, for example ``credential-1`` or ``report-1``."""
    return _schema(name)


@lru_cache(maxsize=4)
def _schema(name: str) -> dict[str, Any]:
    path = files("microcred") / "schemas" / f"{name}.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def subschema(path: Path) -> dict[str, Any]:
    """Return the part of the schema that describes the node at *path*."""
    whole = node = schema()
    for step in path:
        node = resolved(node, whole)
        if isinstance(step, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(step) or node.get("additionalProperties") or {}
        if not isinstance(node, dict):
            return {}
    return {**resolved(node, whole), **{key: node[key] for key in ("title",) if key in node}}


def resolved(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """Return what a node of the schema *whole* refers to, or the node itself."""
    name = node.get("$ref", "").removeprefix("#/$defs/")
    resolved: dict[str, Any] = whole["$defs"][name] if name else node
    return resolved
