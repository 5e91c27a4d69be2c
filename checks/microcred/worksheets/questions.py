"""Questions of a worksheet's own: what no offer and no award has a field for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from microcred.worksheets.fields import Field

__all__ = ["ANSWERS", "Item", "items", "labels", "question"]

ANSWERS: Final = "answers"  # the field of a filled worksheet under which everything stands

_DAY: Final = "2026-06-30"
_TYPES: Final = {"number": ["number", "string"], "score": ["number", "string"]}


@dataclass(frozen=True, slots=True)
class Item:
    """A line that stands in a table before anybody writes: an indicator, a principle, a field.

    ``blocks`` marks a line whose score of 0 stops everything else; ``looked_for`` says what
    counts as evidence.
    """

    id: str
    text: str
    area: str = ""
    looked_for: str = ""
    blocks: bool = False
    weight: float = 1


def items(part: Mapping[str, Any]) -> tuple[Item, ...]:
    """Return the lines of a part of a definition."""
    return tuple(
        Item(
            id=str(one["id"]),
            text=one["text"].strip(),
            area=one.get("area", ""),
            looked_for=one.get("evidence", ""),
            blocks=one.get("blocks", False),
            weight=one.get("weight", 1),
        )
        for one in part.get("items", ())
    )


def labels(part: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the columns that name a line; nobody writes in them, and none is an answer."""
    lines = items(part)
    heads = part.get("heads", {})
    for name, title, shown in (
        ("id", heads.get("id", "No."), True),
        ("area", heads.get("area", "Area"), any(line.area for line in lines)),
        ("text", heads.get("text", "Line"), True),
        ("lookedFor", "What shows it", any(line.looked_for for line in lines)),
    ):
        if shown:
            node = {"title": title, "description": "", "type": "string", "x-label": True}
            yield Field((name,), node)


def question(one: Mapping[str, Any], steps: Sequence[str] = ()) -> dict[str, Any]:
    """Return a question as a node of a schema, which is what writers and readers work with.

    ``steps`` are the words for the scores 0, 1, 2 …, where the worksheet has scores.
    """
    kind = one.get("type", "text")
    single: dict[str, Any] = {"type": _TYPES.get(kind, "string")}
    if kind == "score":
        single["enum"] = list(range(len(steps)))
    elif "values" in one:
        single["enum"] = list(one["values"])
    if "vocabulary" in one:
        single["x-vocabulary"] = one["vocabulary"]
    example = one.get("example", _DAY if kind == "date" else None)
    if example is not None:
        single["examples"] = [example]
    about = {"title": one["label"], "description": _help(one, steps), "x-type": kind}
    about |= {f"x-{name}": one[name] for name in ("words", "from", "fresh") if name in one}
    if kind == "list":
        return {**about, "type": "array", "items": single}
    return {**about, **single}


def _help(one: Mapping[str, Any], steps: Sequence[str]) -> str:
    said = str(one.get("help", "")).strip()
    if one.get("type") != "score":
        return said
    scale = ", ".join(f"{score} {words}" for score, words in enumerate(steps))
    return f"{said} {scale}".strip()
