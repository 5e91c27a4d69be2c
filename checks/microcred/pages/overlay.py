"""Lays a fragment over a whole document, so that examples are short and whole at once."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from microcred.problem import Problem

__all__ = ["Laid", "lay", "touches"]


@dataclass(frozen=True, slots=True)
class Laid:
    """A base with a fragment over it; ``touched`` are the pointers that the fragment changed."""

    data: dict[str, object]
    touched: frozenset[str]


def lay(base: Mapping[str, object], fragment: Mapping[str, object], drops: Iterable[str]) -> Laid:
    """Return *base* with *fragment* over it and then without what *drops* point to.

    Lists whose items have an ``id`` merge by it, everything else is a merge patch (RFC 7396).

    Raises:
        Problem: there is nothing to leave out at one of the pointers.
    """
    touched: set[str] = set()
    data = _merge_map(copy.deepcopy(dict(base)), fragment, "", touched)
    places = [_resolve(data, pointer) for pointer in drops]
    # From the back, so that leaving one item out doesn't move the next.
    for place in sorted(set(places), key=_order, reverse=True):
        _remove(data, place)
        touched.add(_pointer(place))
    return Laid(data, frozenset(touched))


def touches(touched: Iterable[str], pointer: str) -> bool:
    """Tell whether one of the *touched* places is, holds or lies in *pointer*."""
    return any(
        f"{one}/".startswith(f"{pointer}/") or f"{pointer}/".startswith(f"{one}/")
        for one in touched
    )


Named = dict[str, Mapping[str, object]]


def _merge(base: object, patch: object, at: str, touched: set[str]) -> object:
    if isinstance(patch, Mapping):
        return _merge_map(base if isinstance(base, dict) else {}, patch, at, touched)
    if isinstance(base, list) and isinstance(patch, list):
        named = _named(patch)
        # An id that comes twice can't be merged by: it is what the example shows.
        if patch and len(named) == len(patch):
            return _merge_items(base, named, at, touched)
    touched.add(at)
    return copy.deepcopy(patch)


def _merge_map(
    base: dict[str, object], patch: Mapping[str, object], at: str, touched: set[str]
) -> dict[str, object]:
    for key, value in patch.items():
        place = f"{at}/{_escape(key)}"
        if value is None:
            base.pop(key, None)
            touched.add(place)
        else:
            base[key] = _merge(base.get(key), value, place, touched)
    if at and not patch:
        touched.add(at)
    return base


def _named(items: list[object]) -> Named:
    return {
        item["id"]: item
        for item in items
        if isinstance(item, Mapping) and isinstance(item.get("id"), str)
    }


def _merge_items(base: list[object], patch: Named, at: str, touched: set[str]) -> list[object]:
    places = {item.get("id"): place for place, item in enumerate(base) if isinstance(item, Mapping)}
    for id, item in patch.items():
        place = places.get(id)
        if place is None:
            touched.add(f"{at}/{len(base)}")
            base.append(copy.deepcopy(dict(item)))
        else:
            base[place] = _merge(base[place], item, f"{at}/{place}", touched)
    return base


def _resolve(data: object, pointer: str) -> tuple[str | int, ...]:
    missing = Problem(
        f"there is nothing at {pointer} to leave out", "point to a field of the example"
    )
    if not pointer.startswith("/"):
        raise missing
    steps: list[str | int] = []
    for part in pointer[1:].split("/"):
        step = part.replace("~1", "/").replace("~0", "~")
        if isinstance(data, dict) and step in data:
            steps.append(step)
            data = data[step]
            continue
        place = _place(data, step) if isinstance(data, list) else None
        if place is None:
            raise missing
        steps.append(place)
        data = data[place] if isinstance(data, list) else None
    return tuple(steps)


def _place(items: list[object], step: str) -> int | None:
    for place, item in enumerate(items):
        if isinstance(item, Mapping) and item.get("id") == step:
            return place
    return int(step) if step.isdecimal() and int(step) < len(items) else None


def _remove(data: object, steps: tuple[str | int, ...]) -> None:
    for step in steps[:-1]:
        data = data[step]  # type: ignore[index]
    del data[steps[-1]]  # type: ignore[attr-defined]


def _order(steps: tuple[str | int, ...]) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (0, step) for step in steps]


def _pointer(steps: tuple[str | int, ...]) -> str:
    return "".join(f"/{_escape(str(step))}" for step in steps)


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
