"""The programme into which micro-credentials are stacked, read from a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from microcred.credential import Credential, Place
from microcred.credits import system
from microcred.description import Description
from microcred.forms import Fault, Names, as_problems, of_shape
from microcred.problem import Problem
from microcred.quantities import as_number, read_duration
from microcred.readers.places import pointer_places
from microcred.vocabularies import vocabulary

__all__ = ["Programme", "from_content", "from_data", "from_file"]

_KEY: Final = "programme"  # the field by which a programme is known


@dataclass(frozen=True)
class Programme:
    """A programme as it was read: plain data, what messages call its file, and its places."""

    data: dict[str, Any]
    source: str
    places: Callable[[str], Place | None] = pointer_places


def from_file(path: str | os.PathLike[str]) -> Programme:
    """Return the programme in a file; a larger micro-credential can be one, too.

    Raises:
        Problem: the file can't be read, or is no programme.
    """
    from microcred.readers.files import content

    name = os.fspath(path)
    return from_content(content(name), name)


def from_content(held: bytes, name: str) -> Programme:
    """Return the programme in the content of a file of this name, as ``from_file`` does.

    Raises:
        Problem: it can't be read, or is no programme.
    """
    from microcred.readers.formats import format_of

    data, places = format_of(held, name).load(held)
    if not (isinstance(data, dict) and _KEY in data):
        return _from_offer(held, name)
    told = next(_faults(data, name, places), None)
    if told:
        raise told
    return Programme(data, name, places)


def from_data(data: Mapping[str, Any], source: str = "programme") -> Programme:
    """Return the programme in plain data.

    Raises:
        Problem: it is none.
    """
    told = next(_faults(dict(data), source, pointer_places), None)
    if told:
        raise told
    return Programme(dict(data), source)


def _faults(
    data: dict[str, Any], name: str, places: Callable[[str], Place | None]
) -> Iterator[Problem]:
    def line(names: Names) -> int:
        place = places("".join(f"/{name}" for name in names))
        return (place.line if place else None) or 1

    def found() -> Iterator[Fault]:
        yield from of_shape(data, "programme-1", "programme")
        yield from _of_sense(data)

    yield from as_problems(found(), os.path.basename(name), line)  # noqa: PTH119 - a name, no path


def _of_sense(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield what no schema can say: names that nothing has, and systems that nobody knows."""
    rows = _listed(data.get("parts"))
    # Kept in their order, in which they are told.
    names = dict.fromkeys(row.get("id") for row in rows)
    own = dict.fromkeys(row.get("id") for row in _listed(data.get("outcomes")))
    for number, row in enumerate(rows):
        for after in row.get("after") or ():
            if after not in names:
                yield (
                    ("parts", number, "after"),
                    f"The part “{row.get('id')}” comes after “{after}”, which is no part",
                    f"Name one of: {', '.join(map(str, names))}",
                )
    for number, row in enumerate(_listed(data.get("outcomes"))):
        for by in row.get("by") or ():
            if str(by).partition("/")[0] not in names:
                yield (
                    ("outcomes", number, "by"),
                    f"The outcome “{row.get('id')}” is brought by “{by}”, which is no part",
                    f"Name one of: {', '.join(map(str, names)) or 'the parts, in `parts`'}",
                )
    joined = data.get("integrative")
    for covered in (joined.get("covers") or ()) if isinstance(joined, dict) else ():
        if covered not in own:
            yield (
                ("integrative", "covers"),
                f"The integrative assessment covers “{covered}”, which is no outcome",
                f"Name one of: {', '.join(map(str, own)) or 'the outcomes, in `outcomes`'}",
            )
    yield from _of_amounts(data)


def _of_amounts(data: dict[str, Any]) -> Iterator[Fault]:
    places: list[tuple[Names, Any]] = [(("size",), data.get("size"))]
    for number, row in enumerate(_listed(data.get("parts"))):
        places.append((("parts", number, "amount"), row.get("amount")))
    if isinstance(data.get("integrative"), dict):
        places.append((("integrative", "amount"), data["integrative"].get("amount")))
    for names, amount in places:
        if isinstance(amount, dict) and isinstance(amount.get("system"), str):
            try:
                system(amount["system"])
            except Problem as problem:
                yield (*names, "system"), problem.message, problem.fix
    accepts = data.get("accepts")
    if not isinstance(accepts, dict):
        return
    low, high = as_number(accepts.get("min")), as_number(accepts.get("max"))
    if low is not None and high is not None and low > high:
        yield ("accepts", "min"), f"The least, {low:g}, is above the most, {high:g}", "Swap them"
    age = accepts.get("age")
    if isinstance(age, str) and not read_duration(age):
        yield ("accepts", "age"), f"“{age}” is no duration", "Write it as P5Y or P18M"


def _listed(node: Any) -> list[dict[str, Any]]:
    return [row for row in node if isinstance(row, dict)] if isinstance(node, list) else []


def _from_offer(held: bytes, name: str) -> Programme:
    """Return a larger micro-credential as the programme that takes in smaller ones."""
    from microcred.profiles import BASE, profile
    from microcred.readers import read
    from microcred.shape import readable, without_blanks

    credential = read(held, name=name)
    if credential.kind != "offer":
        issued = "an award: it was issued"
        what = issued if credential.kind == "award" else "a filled worksheet: it describes none"
        raise Problem(
            f"“{name}” is {what}, and nothing can be stacked into it",
            "Name the programme, or the offer of the larger micro-credential",
        )
    import datetime as dt

    _, data = readable(without_blanks(credential.data))
    whole = Description(data, "offer", dt.date.min, profile(BASE))
    return Programme(dict(_translated(whole)), name, _places(credential))


def _translated(whole: Description) -> Iterator[tuple[str, Any]]:
    yield _KEY, 1
    for field in ("id", "language", "title"):
        if field in whole.data:
            yield field, whole.data[field]
    body = (whole.awarding or whole.bodies or [{}])[0]
    owner = {"name": whole.text(body.get("name")) or "not stated"}
    for field, theirs in (("entitlement", "creditRight"), ("country", "country")):
        if body.get(theirs):
            owner[field] = whole.text(body[theirs])
    yield "owner", owner
    if whole.eqf is not None:
        yield "level", {"eqf": whole.eqf}
    if size := _size(whole):
        yield "size", size
    if whole.outcomes:
        yield (
            "outcomes",
            [
                {"id": str(outcome.get("id") or f"LO{number}"), "statement": outcome["statement"]}
                for number, outcome in enumerate(whole.outcomes, 1)
                if outcome.get("statement")
            ],
        )


def _size(whole: Description) -> dict[str, Any] | None:
    for code in vocabulary("credit-systems"):
        if points := whole.credits.get(code.code):
            return {"system": code.code, "points": points}
    return {"system": "hours", "points": whole.hours} if whole.hours else None


def _places(credential: Credential) -> Callable[[str], Place | None]:
    # Its fields stand elsewhere in an offer; the titles of both agree.
    return lambda pointer: credential.where(pointer if pointer == "/title" else "")
