"""A description as a worksheet for office software, which the checks read again."""

from __future__ import annotations

from dataclasses import replace

from microcred.credential import Credential
from microcred.exporters.source import UNREADABLE, Options, Source, Step
from microcred.labels import label

__all__ = ["document", "workbook"]


def workbook(credential: Credential, options: Options) -> tuple[bytes, tuple[Step, ...]]:  # noqa: ARG001 - every writer is called alike
    """Return the description as a workbook.

    Raises:
        Problem: the package that writes workbooks isn't there.
    """
    return _written(credential, "xlsx")


def document(credential: Credential, options: Options) -> tuple[bytes, tuple[Step, ...]]:  # noqa: ARG001 - as above
    """Return the description as a form for a word processor."""
    return _written(credential, "docx")


def _written(credential: Credential, format: str) -> tuple[bytes, tuple[Step, ...]]:
    from microcred.shape import as_meant, readable
    from microcred.worksheets import written
    from microcred.worksheets.content import left_out
    from microcred.worksheets.definition import worksheet

    sheet = worksheet("W12" if credential.kind == "award" else "W11")
    data = as_meant(credential.data)
    source = Source(replace(credential, data=data))
    known = Source(replace(credential, data=readable(data)[1])).leaves
    for pointer in left_out(sheet, data):
        # A field of ours that another form would have brought into its cells.
        misshapen = label(pointer) and pointer not in known
        why = UNREADABLE if misshapen else f"worksheet {sheet.id} has no question that takes it"
        source.leave_out(pointer, why)
    source.keep("", f"worksheet {sheet.id}")
    return written(sheet, format, data), source.steps()
