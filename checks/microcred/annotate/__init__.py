"""Findings written back to where the answers stand: into the person's own workbook or document."""

from __future__ import annotations

from microcred.problem import Problem
from microcred.report import Checked, Report

__all__ = ["ENDINGS", "annotated", "findings_workbook"]

# The formats into which findings can be put, and how their files are called.
ENDINGS = {"worksheet-xlsx": ".xlsx", "worksheet-docx": ".docx"}


def annotated(content: bytes, document: Checked, report: Report | None = None) -> bytes:
    """Return the file with the findings in it, and everything else in it as it was.

    *content* is the file that *document* was read from; *report* adds what it was checked against.

    Raises:
        Problem: findings can't be put into this file; says why and what to do.
    """
    if document.format == "worksheet-xlsx":
        from microcred.annotate.workbook import annotated_workbook

        return annotated_workbook(content, document, report)
    if document.format == "worksheet-docx":
        from microcred.annotate.textfile import annotated_text

        return annotated_text(content, document)
    raise Problem(
        "Findings are put into workbooks (.xlsx) and Word documents (.docx), and this is neither",
        "Save a copy in one of these formats, and check that file",
    )


def findings_workbook(document: Checked, report: Report | None = None) -> bytes:
    """Return a workbook with the findings alone, for files into which they can't be put."""
    from microcred.annotate.separate import findings_workbook as written

    return written(document, report)
