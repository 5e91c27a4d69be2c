"""The shape of a document: JSON Schema, with every fault told in plain words."""

from __future__ import annotations

from typing import Any

from microcred.shape import bare
from microcred.shape.engines import engine
from microcred.shape.fault import Fault
from microcred.shape.pruning import exemplified, pruned, without_blanks
from microcred.shape.schemas import schema
from microcred.shape.telling import told

__all__ = [
    "Fault",
    "as_meant",
    "exemplified",
    "faults",
    "readable",
    "schema",
    "without_blanks",
]


def faults(data: dict[str, Any]) -> tuple[Fault, ...]:
    """Return every departure from the format; empty for a well-formed document."""
    valid, errors = engine()
    if valid(data):
        return ()
    found = {
        fault[:2]: fault for path, keyword in errors(data) for fault in told(data, path, keyword)
    }
    return tuple(found.values())


def readable(data: dict[str, Any]) -> tuple[tuple[Fault, ...], dict[str, Any]]:
    """Return the faults of a document, and the document as far as it can be read."""
    found = faults(data)
    spelled = _spelled(found)
    if spelled:
        data = bare.read(data, spelled)
        found = (*spelled, *faults(data))
    return found, pruned(data, found)


def as_meant(data: dict[str, Any]) -> dict[str, Any]:
    """Return the document with its bare values spelled out, and every other value as written."""
    spelled = _spelled(faults(data))
    return bare.read(data, spelled) if spelled else data


def _spelled(found: tuple[Fault, ...]) -> tuple[Fault, ...]:
    return tuple(fault for fault in found if fault.spelled is not None)
