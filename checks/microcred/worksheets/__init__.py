"""Worksheets: forms to fill in with office software, defined once and read back with places."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from microcred.worksheets.definition import Worksheet

__all__ = ["FORMATS", "WRITTEN", "written"]

FORMATS: Final = ("xlsx", "docx", "csv", "yaml")  # what is written, filled in and read back
WRITTEN: Final = (*FORMATS, "pdf")  # paper is only written


def written(worksheet: Worksheet, format: str, data: Mapping[str, Any] | None = None) -> bytes:
    """Return the worksheet as a file of that format, with the answers that *data* has."""
    home = import_module(f"microcred.worksheets.{format}")
    write = cast("Callable[[Worksheet, Mapping[str, Any] | None], bytes]", home.write)
    return write(worksheet, data)
