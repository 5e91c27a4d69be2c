"""A profile of one's own: read from a file, with everything that is wrong with it told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from microcred.forms import Fault, Names, as_problems, of_shape
from microcred.problem import Problem
from microcred.profiles.model import Profile, laid_over
from microcred.profiles.shipped import BASE, profile_ids, shipped

__all__ = ["faults", "foundation", "from_file", "told_of"]

DEEPEST: Final = 8  # profiles that extend each other


def from_file(path: Path) -> Profile:
    """Return the profile in a file.

    Raises:
        Problem: the file holds no profile, or one with a fault; the first is told.
    """
    return _from_file(path, ())


def foundation(path: Path) -> Profile:
    """Return the profile that the one in a file is laid over.

    Raises:
        Problem: the file holds no profile, or extends none that there is.
    """
    raw, _ = _read(path)
    return _under(raw, path, (path.resolve(),))


def chain(path: Path) -> tuple[Path, ...]:
    """Return the file of a profile, and the files beside it that it is laid over."""
    found: list[Path] = []
    below: Path = path
    while below.is_file() and below not in found and len(found) <= DEEPEST:
        found.append(below)
        below = below.parent / str(_read(below)[0].get("extends", BASE))
    return tuple(found)


def faults(path: Path) -> list[Problem]:
    """Return everything that is wrong with the profile in a file."""
    try:
        raw, line = _read(path)
        found = list(_faults(raw, path, line))
        if not found:
            from_file(path)
    except Problem as problem:
        return [problem]
    return found


def told_of(raw: dict[str, Any], name: str) -> list[Problem]:
    """Return everything that is wrong with a profile that stands in no file yet."""
    return list(as_problems(_all(raw), name))


def _from_file(path: Path, below: tuple[Path, ...]) -> Profile:
    if path.resolve() in below or len(below) > DEEPEST:
        raise Problem(
            f"The profile in “{path.name}” extends itself, directly or by way of others",
            f"Let one of them extend {BASE}",
        )
    raw, line = _read(path)
    for problem in _faults(raw, path, line):
        raise problem
    return laid_over(raw, _under(raw, path, (*below, path.resolve())))


def _under(raw: Mapping[str, Any], path: Path, below: tuple[Path, ...]) -> Profile:
    name = raw.get("extends", BASE)
    if name in profile_ids():
        return shipped(name)
    beside = path.parent / name
    if beside.is_file():
        return _from_file(beside, below)
    raise Problem(
        f"The profile in “{path.name}” extends “{name}”, which is neither an id nor a file",
        f"Name one of these, or a file beside it: {', '.join(profile_ids())}",
    )


def _read(path: Path) -> tuple[dict[str, Any], Callable[[Names], int]]:
    from microcred.readers.files import content
    from microcred.readers.yaml import load

    data, places = load(content(str(path)))
    if not isinstance(data, dict):
        raise Problem(f"“{path.name}” holds no profile", "Write its fields as `name: value`")
    for field in ("version", "asOf"):
        if type(data.get(field)) in {int, float}:
            data[field] = str(data[field])  # a year is a number to YAML

    def line(names: Names) -> int:
        place = places("".join(f"/{name}" for name in names))
        return (place.line if place else None) or 1

    return data, line


def _faults(raw: dict[str, Any], path: Path, line: Callable[[Names], int]) -> Iterator[Problem]:
    yield from as_problems(_all(raw), path.name, line)


def _all(raw: dict[str, Any]) -> Iterator[Fault]:
    yield from of_shape(raw, "profile-1", "profile")
    yield from _of_sense(raw)


# -- Sense: what no schema can say ----------------------------------------------------------------


def _of_sense(raw: dict[str, Any]) -> Iterator[Fault]:
    yield from _of_names(raw)
    yield from _of_values(raw)
    yield from _of_bounds(raw.get("limits"), ("limits",))
    yield from _of_providers(_map(_map(raw.get("limits")).get("providers")).get("types"))


def _of_names(raw: dict[str, Any]) -> Iterator[Fault]:
    from microcred.rules import RULES
    from microcred.sources import sources

    if raw.get("id") in profile_ids():
        yield (
            ("id",),
            f"“{raw['id']}” is the id of a profile that comes with the package",
            "Choose an id of your own",
        )
    off, levels = _list(raw.get("off")), _map(raw.get("levels"))
    for field, ids in (("off", off), ("levels", list(levels))):
        for id in ids:
            if id not in RULES:
                place = (field, off.index(id)) if field == "off" else (field, id)
                yield place, f"There is no rule “{id}”", "`microcred rules` lists all rules"
    for id in off:
        if id in levels:
            yield (
                ("levels", id),
                f"The rule {id} is switched off, and has a level as well",
                "Take it out of `off` or out of `levels`",
            )
    for number, key in enumerate(_list(raw.get("sources"))):
        if key not in sources() and not str(key).startswith(("https://", "http://")):
            yield (
                ("sources", number),
                f"“{key}” is no source that we know",
                "Write a key of the list of sources, or an address that begins with https://",
            )


def _of_values(raw: dict[str, Any]) -> Iterator[Fault]:
    base = shipped(BASE).values
    for key, value in _map(raw.get("values")).items():
        if key not in base:
            yield (
                ("values", key),
                f"No rule reads the figure “{key}”",
                f"Use one of: {', '.join(base)}",
            )
        elif not _same_form(value, base[key]):
            yield (
                ("values", key),
                f"“{key}” has another form than usual",
                f"Write it like {base[key]}",
            )


def _same_form(value: object, model: object) -> bool:
    if isinstance(model, Mapping):
        inner = next(iter(model.values()))
        return isinstance(value, dict) and all(_same_form(item, inner) for item in value.values())
    if isinstance(model, list):
        numbers = isinstance(value, list) and all(type(item) in (int, float) for item in value)
        return numbers and isinstance(value, list) and len(value) == len(model)
    return type(value) in (int, float)


def _of_bounds(node: Any, names: Names) -> Iterator[Fault]:
    """Yield what is wrong with bounds and units, wherever they stand."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from _of_bounds(item, (*names, number))
    if not isinstance(node, dict):
        return
    low, high = node.get("min"), node.get("max")
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield (
            (*names, "min"),
            f"The smallest value {low:g} is above the largest, {high:g}",
            "Swap them",
        )
    if "unit" in node:
        if names[1] == "size" and low is None and high is None:
            yield names, f"The size in {node['unit']} has no bound", "Add `min`, `max` or both"
        yield from _of_unit(node["unit"], names)
    for name, value in node.items():
        yield from _of_bounds(value, (*names, name))


def _of_providers(types: object) -> Iterator[Fault]:
    from microcred.vocabularies import vocabulary

    listed = vocabulary("body-types")
    for number, name in enumerate(_list(types)):
        if name not in listed:
            near = listed.nearest(name)
            yield (
                ("limits", "providers", "types", number),
                f"“{name}” is no type of body that we know",
                f"Did you mean {near}?"
                if near
                else f"Write one of: {', '.join(e.code for e in listed)}",
            )


def _of_unit(unit: object, names: Names) -> Iterator[Fault]:
    from microcred.vocabularies import vocabulary

    systems = vocabulary("credit-systems")
    if not isinstance(unit, str) or unit in {"hours", "weeks", "months"} or systems.find(unit):
        return
    codes = ", ".join(entry.code for entry in systems.entries)
    yield (
        (*names, "unit"),
        f"“{unit}” is no unit that we know",
        f"Write hours, weeks, months or one of: {codes}",
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
