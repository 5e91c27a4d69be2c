"""The one date on which pages, examples and tests are checked, so that they never age."""

from __future__ import annotations

from typing import Final

__all__ = ["PAGES_DATE"]

PAGES_DATE: Final = "2026-11-01"
