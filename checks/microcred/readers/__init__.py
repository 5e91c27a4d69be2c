"""From a file, bytes or a mapping to a ``Credential``: one module a format, one registry."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from microcred.credential import Credential, Place
from microcred.problem import Problem
from microcred.readers import files, recognise
from microcred.readers.formats import Loaded, format_of
from microcred.readers.places import pointer_places
from microcred.readers.plain import plain

__all__ = ["STANDARD_INPUT", "read"]

STANDARD_INPUT = "standard input"


def read(
    source: str | os.PathLike[str] | bytes | Mapping[str, object],
    *,
    kind: str | None = None,
    name: str | None = None,
) -> Credential:
    """Return the description in a file, in bytes or in a mapping; ``-`` is standard input.

    ``kind`` says what the document is where it doesn't say so itself; ``name`` is what
    messages call it, and its ending tells the format of bytes.

    Raises:
        Problem: there is nothing that can be read, or it isn't ours; says why and what to do.
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
    if recognise.is_signed(data) or recognise.translator(data):
        return _foreign(data, places, label)
    ours = recognise.ours(data)
    return Credential(
        data=ours,
        kind=kind or recognise.kind_of(ours),
        format=format,
        source=label,
        stated_kind=kind is not None or ours.get("kind") in recognise.KINDS,
        places=places,
    )


def _foreign(data: object, places: Callable[[str], Place | None], label: str) -> Credential:
    """Return a document of another format, unpacked and put into our fields."""
    from microcred.readers.envelopes import unpacked

    found, places = unpacked(data, places)
    return Credential(
        data=found.data,
        kind=found.kind,
        format=found.format,
        source=label,
        stated_kind=True,
        places=places,
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
