"""The account of a conversion, drawn into a page as it is today."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from microcred.exporters import TARGETS, convert
from microcred.exporters.account import told
from microcred.readers import read

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "checks" / "microcred"
COLUMNS: Final = 70  # as many as fit in a step beside the sidebar


class AccountDirective(SphinxDirective):
    """What becomes of the fields of a file of the project in another format."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Return the account as the command prints it."""
        name, target = self.arguments
        for path in (ROOT / name, *sorted(PACKAGE.glob("exporters/**/*.py"))):
            self.env.note_dependency(str(path))
        steps = convert(read(ROOT / name), target).steps
        words = told(steps, TARGETS[target].words, COLUMNS)
        return [nodes.literal_block(words, words, language="text", classes=["report-excerpt"])]


def setup(app: Sphinx) -> dict[str, object]:
    """Register the directive."""
    app.add_directive("account", AccountDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
