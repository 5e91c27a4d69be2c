"""The name of each field in words, and back: “Assessments 1 › Pass rule” is /assessments/0/pass.

What another format has no field for is written there in words; the same words are read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

__all__ = ["ARROW", "fill", "label", "pointer"]

ARROW: Final = " › "


def label(pointer: str) -> str:
    """Return the name of the field at *pointer* in words; empty where the format has no such one.

    The language of a text isn't part of its name.
    """
    return ARROW.join(_named(pointer.split("/")[1:])) if pointer else ""


def _named(steps: list[str]) -> Iterator[str]:
    node = _schema()
    names: list[str] = []
    for step in steps:
        node = _resolved(node)
        if "items" in node and step.isdigit():
            names[-1] += f" {int(step) + 1}"
            node = node["items"]
        elif step in node.get("properties", {}):
            node = node["properties"][step]
            names.append(str(node["title"]))
        elif "additionalProperties" in node and _is_map(node):
            names.append(step)
            node = node["additionalProperties"]
        else:
            return
    yield from names


def pointer(name: str) -> str:
    """Return the pointer of the field that *name* says in words; empty where there is none."""
    node, found = _schema(), ""
    for part in name.split(ARROW):
        below = _below(_resolved(node), part.strip())
        if below is None:
            return ""
        steps, node = below
        found += steps
    node = _resolved(node)
    if "text" in node.get("properties", {}):  # the name of a part stands for what it says in words
        return f"{found}/text"
    return "" if "properties" in node or "items" in node else found


def fill(tree: dict[str, Any], pointer: str, value: object) -> None:
    """Put a value at *pointer* of a tree, unless something stands there."""
    steps = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    node: Any = tree
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        empty: Any = value if following is None else [] if following.isdigit() else {}
        if isinstance(node, dict):
            if node.get(step) is None:
                node[step] = empty
            node = node[step]
        elif isinstance(node, list) and step.isdigit() and int(step) < _MOST:
            node.extend({} for _ in range(int(step) + 1 - len(node)))
            if following is None and not node[int(step)]:
                node[int(step)] = empty
            node = node[int(step)]
        else:
            return


def _below(node: Mapping[str, Any], name: str) -> tuple[str, Mapping[str, Any]] | None:
    title, _, number = name.rpartition(" ")
    for key, part in node.get("properties", {}).items():
        if part["title"].casefold() == name.casefold():
            return f"/{key}", part
        if number.isdigit() and number != "0" and part["title"].casefold() == title.casefold():
            whole = _resolved(part)
            if "items" in whole and int(number) <= _MOST:
                return f"/{key}/{int(number) - 1}", whole["items"]
    if _is_map(node) and name:
        return "/" + name.replace("~", "~0").replace("/", "~1"), node["additionalProperties"]
    return None


_MOST: Final = 200  # entries of a list that words can name; more are an attempt to eat memory


def _is_map(node: Mapping[str, Any]) -> bool:
    return isinstance(node.get("additionalProperties"), dict) and "properties" not in node


def _schema() -> Mapping[str, Any]:
    from microcred.shape import schema

    return schema()


def _resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    name = node.get("$ref", "").removeprefix("#/$defs/")
    return _schema()["$defs"][name] if name else node
