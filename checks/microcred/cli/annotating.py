"""``microcred check --annotate``: findings go back into the files in which the answers stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from microcred.annotate import ENDINGS, annotated, findings_workbook
from microcred.cli.output import save, writable
from microcred.problem import Problem
from microcred.readers import NUMBERED, files
from microcred.report import Checked, Report, Unread

__all__ = ["Target", "annotate"]

_WORKBOOK: Final = ".xlsx"


class Target:
    """Where annotated files go: one file, a folder that takes several, or the files themselves.

    Raises:
        Problem: the files can't go there.
    """

    def __init__(self, name: str | None, sources: Sequence[str], *, in_place: bool) -> None:
        if name and in_place:
            raise Problem(
                "--annotate and --in-place say two things about where the findings go",
                "Keep one of them",
            )
        if "-" in sources:
            raise Problem("Findings can’t be put into standard input", "Name a file to check")
        self._sources, self._name = sources, name
        if name and not Path(name).is_dir():
            if len(sources) != 1:
                raise Problem(
                    f"{len(sources)} files are checked, and “{name}” is one file",
                    "Check one file, or name a folder that exists for all of them",
                )
            writable(name, sources)

    def path(self, source: str, ending: str) -> Path:
        """Return the path for the annotated *source*; *ending* is that of its format.

        Raises:
            Problem: it has another ending, or would be lost.
        """
        if self._name is None:
            return Path(source)
        path = Path(self._name)
        if path.is_dir():
            return writable(str(path / Path(source).name), self._sources)
        if path.suffix.lower() != ending:
            raise Problem(
                f"“{self._name}” doesn’t end in {ending}, as the annotated file has to",
                f"Name a file such as {path.with_suffix(ending).name}",
            )
        return path

    def beside(self, source: str) -> Path:
        """Return the path of a workbook with the findings alone.

        Raises:
            Problem: it would replace one of the files that are checked.
        """
        file, _, number = source.partition(NUMBERED)
        path = Path(self._name or file)
        if path.is_dir():
            path /= Path(file).name
        if self._name is None or path.suffix.lower() != _WORKBOOK:
            path = path.with_name(f"{path.stem}-findings{_WORKBOOK}")
        if number:
            path = path.with_stem(f"{path.stem}-{number}")
        return writable(str(path), self._sources)


def annotate(report: Report, target: Target) -> None:
    """Write the findings of a report into copies of its files, and say where they are.

    Raises:
        Problem: a file can't be written.
    """
    for document in report.documents:
        if isinstance(document, Unread):
            click.echo(f"{document.source}: not read, so nothing is written into it.", err=True)
        else:
            click.echo(_one(document, report, target), err=True)


def _one(document: Checked, report: Report, target: Target) -> str:
    source = document.source
    # One of several credentials in a file has no file of its own, and takes no comments.
    original = files.content(source) if document.format in ENDINGS else b""
    try:
        content = annotated(original, document, report)
    except Problem as problem:
        path = target.beside(source)
        save(path, findings_workbook(document, report))
        return f"{problem.message}. The findings are in a workbook of their own, {path}."
    path = target.path(source, ENDINGS[document.format])
    save(path, content)
    return f"The findings are in {path}, as comments by “microcred”."
