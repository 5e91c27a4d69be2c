"""From a file, bytes or a mapping to a ``Credential``: one module a format, one registry."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from microcred.credential import Credential
from microcred.problem import Problem
from microcred.readers import files, recognise
from microcred.readers.formats import Loaded, format_of
from microcred.readers.places import Noted, pointer_places
from microcred.readers.plain import plain
from microcred.rule import WORKSHEET

if TYPE_CHECKING:
    from microcred.readers.envelopes import Part

__all__ = ["NUMBERED", "STANDARD_INPUT", "read", "read_each"]

STANDARD_INPUT = "standard input"
NUMBERED = ", credential "  # between the file that holds several and the number of one of them


Source = str | os.PathLike[str] | bytes | Mapping[str, object]


def read(source: Source, *, kind: str | None = None, name: str | None = None) -> Credential:
    """Return the description in a file, in bytes or in a mapping; ``-`` is standard input.

    ``kind`` says what the document is where it doesn't say so itself; ``name`` is what
    messages call it, and its ending tells the format of bytes.

    Raises:
        Problem: there is nothing that can be read, or it isn't ours; says why and what to do.
    """
    found: Credential | Problem | None = None
    for number, (_, one) in enumerate(read_each(source, kind=kind, name=name)):
        if number:
            raise Problem(
                "This file holds several credentials, and one is wanted here",
                "Take one of them out, and name its file",
            )
        found = one
    if isinstance(found, Problem):
        raise found
    assert found is not None  # noqa: S101 - what holds nothing has been told before
    return found


def read_each(
    source: Source, *, kind: str | None = None, name: str | None = None
) -> Iterator[tuple[str, Credential | Problem]]:
    """Yield the label of each description in *source* with the description, or what is wrong.

    Most sources hold one; a learner record holds several, and one that can't be read doesn't
    cost the others.

    Raises:
        Problem: the source as a whole can't be read.
    """
    if kind is not None and kind not in recognise.KINDS:
        raise Problem(f"There is no kind “{kind}”", "Use offer or award")
    loaded: Loaded
    if isinstance(source, Mapping):
        label, format = name or "data", "data"
        loaded = plain(source), pointer_places
    else:
        content, label, path = _content(source, name)
        known = format_of(content, path)
        format, loaded = known.id, known.load(content)
    data, places = loaded
    if isinstance(data, (dict, list, str)) and _may_be_foreign(data):
        from microcred.readers.envelopes import is_foreign, parts

        if is_foreign(data):
            yield from (_foreign(part, label) for part in parts(data, places))
            return
    ours = recognise.ours(data)
    found = recognise.kind_of(ours)
    yield (
        label,
        Credential(
            data=ours,
            # A worksheet is no description, whatever the others are that it comes with.
            kind=found if found == WORKSHEET else kind or found,
            format=format,
            source=label,
            stated_kind=kind is not None or ours.get("kind") in (*recognise.KINDS, WORKSHEET),
            places=places,
            looked_at=places.looked_at if isinstance(places, Noted) else frozenset(),
            faults=places.faults if isinstance(places, Noted) else (),
        ),
    )


def _may_be_foreign(data: object) -> bool:
    # Our own documents never pay for the readers of the others.
    return not (isinstance(data, dict) and "microcred" in data)


def _foreign(part: Part, label: str) -> tuple[str, Credential | Problem]:
    """Return one credential of a document of another format, in our fields."""
    named = f"{label}{NUMBERED}{part.number}" if part.number else label
    found = part.found
    if isinstance(found, Problem):
        return named, found
    return named, Credential(
        data=found.data,
        kind=found.kind,
        format=found.format,
        source=named,
        stated_kind=True,
        places=part.places,
        origins=found.origins,
        looked_at=found.looked_at,
        faults=found.faults,
    )


def _content(source: str | os.PathLike[str] | bytes, name: str | None) -> tuple[bytes, str, str]:
    """Return the bytes, what messages call them, and the name whose ending tells the format."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return files.bounded(bytes(source)), name or "data", name or ""
    if isinstance(source, str) and source == "-":
        return files.standard_input(), name or STANDARD_INPUT, name or ""
    try:
        path = os.fspath(source)
    except TypeError:
        raise Problem(
            f"A description can’t be read from a value of the type “{type(source).__name__}”",
            "Give the name of a file, bytes or a mapping",
        ) from None
    path = os.fsdecode(path)
    return files.content(path), name or files.printable(path), path
