"""Several worksheets or drafts of one micro-credential become one description."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from microcred.credential import Credential, Place
from microcred.merging.joining import Conflict, Joining, Said
from microcred.problem import Problem
from microcred.readers import read
from microcred.rule import WORKSHEET

__all__ = ["Conflict", "Merged", "Said", "merge"]

Document = str | os.PathLike[str] | bytes | Mapping[str, object] | Credential


@dataclass(frozen=True)
class Merged:
    """One description, whose places name the file and the cell that each value comes from.

    Where files answer a question differently, ``conflicts`` has all answers and ``credential``
    has none of them.
    """

    credential: Credential
    conflicts: tuple[Conflict, ...]

    @property
    def data(self) -> dict[str, object]:
        """Return the description as plain data."""
        return self.credential.data


def merge(*documents: Document, prefer: int | None = None) -> Merged:
    """Join documents into one; identical answers are one answer.

    Entries of lists are joined by their short names, and where one has none, by their name,
    title or statement. *prefer* is the position of the document whose answers count where others
    differ.

    Raises:
        Problem: a document can't be read, or they aren't all offers or all awards.
    """
    if len(documents) < 2:
        raise Problem("There is nothing to join", "Name two files or more")
    sources = [_offered(one if isinstance(one, Credential) else read(one)) for one in documents]
    kind = _kind(sources)
    joining = Joining(sources, prefer)
    data = {"microcred": 1, "kind": kind, **joining.whole()}
    places = {pointer: Place(None, None, label) for pointer, label in joining.places.items()}
    credential = Credential(
        data=data,
        kind=kind,
        format="merged",
        source=" + ".join(source.source for source in sources),
        stated_kind=True,
        places=places.get,
    )
    return Merged(credential, tuple(joining.conflicts))


def _offered(source: Credential) -> Credential:
    """Return what a worksheet with questions of its own says of an offer; else the source."""
    if source.kind != WORKSHEET:
        return source
    from microcred.worksheets.offering import offered

    return offered(source)


def _kind(sources: list[Credential]) -> str:
    first = sources[0]
    for other in sources[1:]:
        if other.kind != first.kind:
            raise Problem(
                f"“{first.source}” is an {first.kind}, and “{other.source}” is an {other.kind}",
                "Join offers with offers, and awards with awards",
            )
    return first.kind
