"""What every document of the European Learning Model needs: ids, and a text in the end."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any, Final

from microcred.exporters.source import Json, Source
from microcred.problem import Problem

__all__ = ["ADDRESS", "full", "id_of", "needed", "written"]

ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def written(document: Json) -> str:
    """Return a document as a text, with an id for each object in it."""
    _numbered(document)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _numbered(document: Json) -> None:
    """Give every object an id; what stands in several places keeps one, so that it stays one."""
    counts: dict[str, int] = {}
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            kind = node.get("type")
            if isinstance(kind, str) and "id" not in node:
                counts[kind] = counts.get(kind, 0) + 1
                node["id"] = f"urn:epass:{kind[0].lower()}{kind[1:]}:{counts[kind]}"
            waiting += reversed(list(node.values()))


def needed(source: Source, pointer: str, what: str) -> None:
    """Refuse a description without a field.

    Raises:
        Problem: the field is empty.
    """
    if source.get(pointer) in (None, "", [], {}):
        raise Problem(
            f"Every Europass document needs {what}, and the description has none",
            f"Add `{pointer.lstrip('/')}` to the description",
        )


def full(node: Json) -> Json:
    """Return an object without its empty properties."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def id_of(source: Source) -> str:
    """Return the id of a document: its own, or one made from what it says."""
    stated = source.get("/id")
    if isinstance(stated, str) and ADDRESS.fullmatch(stated):
        return str(source.keep("/id", "id"))
    name = json.dumps(source.data, sort_keys=True, default=str)
    return f"urn:credential:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
