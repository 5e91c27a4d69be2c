"""Word documents (DOCX): filled worksheets."""

from __future__ import annotations

from microcred.readers.formats import Loaded
from microcred.readers.wordprocessing import content
from microcred.worksheets.reading import document

__all__ = ["load"]


def load(data: bytes) -> Loaded:
    """Return the document in a filled worksheet, and the table and row of each value.

    Raises:
        Problem: it is no worksheet, or can't be read.
    """
    found, around = content(data)
    return document(found, "document", around)
