"""From answers to a worksheet's own questions to the part of an offer that they state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from microcred.credential import Credential, Place
from microcred.problem import Problem
from microcred.profiles import profile
from microcred.rule import OFFER
from microcred.worksheets.answered import Answered, is_blank
from microcred.worksheets.definition import Section
from microcred.worksheets.fields import Field

__all__ = ["offered"]


def offered(filled: Credential) -> Credential:
    """Return the part of an offer that a filled worksheet states, each value with its place.

    Raises:
        Problem: its answers are about something else than an offer.
    """
    answered = Answered(filled.data, dt.date.min, profile())
    sheet = answered.sheet
    if not sheet.fills:
        raise Problem(
            f"“{filled.source}” is a filled worksheet {sheet.id}, whose answers are no part of a "
            "description",
            "Leave it out; join offers with offers, and awards with awards",
        )
    data: dict[str, Any] = {"microcred": 1, "kind": OFFER}
    places: dict[str, Place] = {}
    for pointer, path, said in _stated(answered):
        _put(data, path, said)
        if place := filled.where(pointer):
            places["/" + "/".join(map(str, path))] = place
    return Credential(data, OFFER, filled.format, filled.source, True, places.get)


def _stated(answered: Answered) -> Iterator[tuple[str, list[str | int], object]]:
    """Yield where each answer stands, where it belongs in an offer, and what it says."""
    for section in answered.sheet.sections:
        rows = answered.entries(section) if section.is_table else [("/answers", answered.answers)]
        for number, (at, entry) in enumerate(rows):
            for one in section.fields:
                said, way = entry.get(one.path[-1]), str(one.node.get("x-from", ""))
                if way and not is_blank(said):
                    yield (
                        f"{at}/{one.path[-1]}",
                        _path(way, section, number),
                        _value(one, way, said),
                    )


def _path(way: str, section: Section, number: int) -> list[str | int]:
    return [number if step == "*" and section.is_table else step for step in way.split("/")]


def _value(field: Field, way: str, said: object) -> object:
    """Return an answer in the form of the offer: one text where it takes one."""
    from microcred.worksheets.fields import node_at

    steps = tuple(way.split("/"))
    takes_list = node_at(steps)[0].get("type") == "array"
    if field.is_list and not takes_list and isinstance(said, list):
        return "; ".join(map(str, said))
    return said


def _put(data: dict[str, Any], path: list[str | int], value: object) -> None:
    node: Any = data
    for step, after in pairwise(path):
        empty: Any = [] if isinstance(after, int) else {}
        if isinstance(node, list):
            while len(node) <= int(step):
                node.append({})
            node = node[int(step)]
        else:
            node = node.setdefault(step, empty)
    node[path[-1]] = value
