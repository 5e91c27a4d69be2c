"""A fault of shape: where the document departs from the format."""

from __future__ import annotations

from typing import Any, NamedTuple

from microcred.rule import Verdict
from microcred.shape.schemas import Path

__all__ = ["Fault"]


class Fault(NamedTuple):
    """A place where the document departs from the format, as a rule's verdict at a pointer.

    ``spelled`` is the value in the form that was meant, where that is plain; such a place is told
    and read all the same.
    """

    rule: str
    path: Path
    verdict: Verdict
    spelled: Any = None
