"""Sphinx extension: publishes the package's schemas under their stable, versioned addresses."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]

SCHEMAS = Path(__file__).resolve().parent.parent / "checks" / "microcred" / "schemas"


def _publish(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        folder = Path(app.outdir) / "schemas"
        folder.mkdir(exist_ok=True)
        for schema in sorted(SCHEMAS.glob("*.schema.json")):
            shutil.copyfile(schema, folder / schema.name)


def setup(app: Sphinx) -> dict[str, object]:
    """Connect to Sphinx."""
    app.connect("build-finished", _publish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
