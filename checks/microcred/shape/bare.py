"""Bare values: what people write where the format has a list, or a group of fields.

``countries: FR`` is a list of one, and an outcome that is a text is its statement. Such a value is
told, and read all the same: half of a draft must not go unread for want of a dash. The keyword
``x-bare`` of the schema names the field that a bare value stands for. A text with several codes,
such as ``covers: LO1, LO2``, is a list of them, as it is in a cell of a worksheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from microcred.readers.text import bare
from microcred.shape.fault import Fault
from microcred.shape.schemas import resolved, schema

__all__ = ["entries", "read", "spelled_out"]

_COMMAS, _SEMICOLONS = "[,،，、]", "[;؛；]"  # also as Arabic and Chinese have them
_CODES: Final = re.compile(rf"[\w.:-]+(?:\s*{_COMMAS}\s*[\w.:-]+)+")


def entries(text: str, *, numbers: bool = False) -> list[str]:
    """Return the values of a list that somebody wrote as one text.

    Commas part codes only, and where *numbers* may stand there they may belong to these.
    """
    parts = re.split(r"[;,]?\s+", text)
    if all("://" in part for part in parts):
        pass
    elif "\n" in text:
        parts = text.split("\n")
    elif not numbers and _CODES.fullmatch(text):
        parts = re.split(_COMMAS, text)
    else:
        parts = re.split(_SEMICOLONS, text)
    return [words for part in parts if (words := bare(part))]


def spelled_out(node: Any, part: dict[str, Any]) -> Any:
    """Return *node* in the form that *part* of the schema asks for; None if it isn't plain how."""
    if isinstance(node, bool) or not isinstance(node, str | int | float | dict):
        return None
    wanted = part.get("type")
    if wanted == "object" and "x-bare" in part and not isinstance(node, dict):
        return {part["x-bare"]: node}
    if wanted == "array":
        items = resolved(part.get("items", {}), schema())
        if isinstance(node, str) and "string" in items.get("type", ()):
            return entries(node, numbers="number" in items["type"]) or None
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
