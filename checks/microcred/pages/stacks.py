"""Stacks in the guidance: a page names a programme and its parts, and fragments change them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from microcred.problem import Problem
from microcred.readers import read
from microcred.report import Report
from microcred.stacking.checking import Result, check_stack
from microcred.stacking.programme import from_data, from_file

__all__ = ["data", "is_stack", "report", "result"]


def is_stack(base: str) -> bool:
    """Tell whether a base is a stack: the paths of a programme and of parts, with spaces."""
    return " " in base


def data(root: Path, base: str) -> Mapping[str, object]:
    """Return programme and parts as one document, over which a fragment can be laid.

    Raises:
        Problem: one of the files isn't there, or can't be read.
    """
    programme, *parts = (root / path for path in base.split())
    for path in (programme, *parts):
        if not path.is_file():
            raise Problem(
                f"there is no file {path.relative_to(root)}",
                "name one that is there, from the project’s root",
            )
    return {"target": from_file(programme).data, "parts": [read(path).data for path in parts]}


def result(data: Mapping[str, object], profile: str, on: str) -> Result:
    """Return what is found in a stack that stands in one document."""
    target = cast("Mapping[str, Any]", data["target"])
    parts = cast("list[Mapping[str, object]]", data["parts"])
    return check_stack(from_data(target), [read(part) for part in parts], on, profile)


def report(data: Mapping[str, object], profile: str, on: str) -> Report:
    """Return the report on a stack that stands in one document."""
    return result(data, profile, on).report
