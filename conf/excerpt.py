r"""Sphinx extension: checks a file while the site is built and prints parts of its report.

    ```{report} examples/drafts/first-draft.yaml
    \d+ must
    M9-1
    ```

Each line of the body is the beginning, as a regular expression, of a paragraph to show; what is
left out between two of them is drawn as ``[…]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from fixed_date import PAGES_DATE
from microcred.checking import check_one, checker, report
from microcred.report import Unread
from microcred.report.text import write

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["paragraphs", "setup"]

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "checks" / "microcred"
LEFT_OUT: Final = "[…]"
COLUMNS: Final = 78  # as many as fit beside the sidebar
LOG = logging.getLogger(__name__)


def paragraphs(text: str, beginnings: list[re.Pattern[str]]) -> Iterator[str]:
    """Yield the paragraphs of *text* that begin as wished, and a mark where one is left out."""
    last = None
    for number, paragraph in enumerate(text.strip("\n").split("\n\n")):
        if any(beginning.match(paragraph.strip()) for beginning in beginnings):
            if last is not None and number > last + 1:
                yield LEFT_OUT
            yield paragraph.strip("\n")
            last = number


class ReportDirective(SphinxDirective):
    """Parts of the report on a file of the project."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the parts, or nothing and a warning where the promise of the page is broken."""
        file = ROOT / self.arguments[0]
        self._depend(file)
        ready = checker(on=PAGES_DATE)
        document = check_one(file, ready, name=self.arguments[0])
        if isinstance(document, Unread):
            return self._refuse(f"{document.message}. {document.fix}.")
        text = write(report([document], ready), width=COLUMNS)
        beginnings = [re.compile(line) for line in self.content if line.strip()]
        shown = list(paragraphs(text, beginnings))
        for beginning in beginnings:
            if not any(beginning.match(part.strip()) for part in shown):
                return self._refuse(
                    f"No paragraph of the report on {self.arguments[0]} begins with "
                    f"“{beginning.pattern}”: change the page or the file."
                )
        words = "\n\n".join(shown)
        return [nodes.literal_block(words, words, language="text", classes=["report-excerpt"])]

    def _depend(self, file: Path) -> None:
        # Whatever changes a report changes the page.
        modules = (
            path for folder in ("rules", "report") for path in PACKAGE.glob(f"{folder}/*.py")
        )
        for path in (file, *sorted(modules)):
            self.env.note_dependency(str(path))

    def _refuse(self, words: str) -> list[nodes.Node]:
        LOG.warning(words, location=self.get_location())
        return []


def setup(app: Sphinx) -> dict[str, object]:
    """Register the directive."""
    app.add_directive("report", ReportDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
