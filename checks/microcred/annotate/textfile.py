"""Findings in a person's own Word document: comments on the answers, and nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import Final

from microcred.annotate.markup import (
    Element,
    attribute,
    elements,
    only,
    text,
    whole,
    with_inserted,
)
from microcred.annotate.package import Package
from microcred.annotate.words import AUTHOR, HEADING, by_place, comment
from microcred.problem import Problem
from microcred.readers.wordprocessing import SKIPPED
from microcred.report import Checked

__all__ = ["annotated_text"]

_BODY: Final = "word/document.xml"
_WORDS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMMENTS: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_ROW: Final = re.compile(r"table (\d+), row (\d+)")
_INITIALS: Final = "mc"
_COPY: Final = "Save a copy as “Word document (.docx)”, and check that file"

Row = tuple[int, int]  # the number of a table and of a row in it, counted from 1


def annotated_text(content: bytes, document: Checked) -> bytes:
    """Return the document with a comment on each answer that a finding is about.

    A comment on the whole document, and on what has no row, stands at its first paragraph.

    Raises:
        Problem: nothing can be added to it without a loss; says what the reason is.
    """
    package = Package(content)
    _possible(package)
    part = _part(package)
    _without_ours(package, part)
    spots = _Spots(package[_BODY])
    said: dict[int, list[str]] = {}
    for label, findings in by_place(document).items():
        place = _ROW.fullmatch(label)
        target = spots.rows.get((int(place[1]), int(place[2]))) if place else None
        target = target or spots.first
        if target is None:
            raise Problem("The document has no paragraph at which a comment could stand", _COPY)
        said.setdefault(target.start, []).append(comment(findings))
    first = _free(package[part])
    written = [
        _comment(number, "\n\n".join(said[start]))
        for number, start in enumerate(sorted(said), first)
    ]
    end = only(package[part], "comments").close
    package[part] = with_inserted(package[part], [(end, "".join(written).encode())])
    package[_BODY] = spots.marked(dict(zip(sorted(said), count(first), strict=False)))
    return package.content()


def _possible(package: Package) -> None:
    if any(part.startswith("_xmlsignatures/") for part in package):
        raise Problem("The document is signed, and a change would break its signature", _COPY)
    if any(part.lower().endswith("vbaproject.bin") for part in package):
        raise Problem("The document holds macros, which are not passed on", _COPY)
    if _BODY not in package or _WORDS.encode() not in package[_BODY]:
        raise Problem("The document has a form to which nothing can be added here", _COPY)


class _Spots:
    """The paragraphs of a document at which comments can stand.

    Rows are counted as the reader of documents counts them: those of tables that stand in no other
    table. The answer stands in the second cell of a row, or in the only one.
    """

    def __init__(self, xml: bytes) -> None:
        self.rows: dict[Row, Element] = {}
        self.first: Element | None = None
        self._xml = xml
        self._paragraphs: dict[int, tuple[Element, int]] = {}  # and where its content begins
        open_: list[Element] = []
        at = [0, 0, 0]  # table, row and cell
        for one in elements(xml, {"tbl", "tr", "tc", "p", "pPr", *SKIPPED}):
            while open_ and open_[-1].end <= one.start:
                open_.pop()
            if not any(other.name in SKIPPED for other in open_):
                self._meet(one, open_, at)
            open_.append(one)

    def _meet(self, one: Element, around: list[Element], at: list[int]) -> None:
        depth = sum(other.name == "tbl" for other in around)
        if one.name == "tbl" and not depth:
            at[:] = at[0] + 1, 0, 0
        elif one.name == "tr" and depth == 1:
            at[:] = at[0], at[1] + 1, 0
        elif one.name == "tc" and depth == 1:
            at[2] += 1
            self._waits = True
        elif one.name == "pPr" and around and around[-1].start in self._paragraphs:
            self._paragraphs[around[-1].start] = around[-1], one.end
        elif one.name == "p":
            self._paragraphs[one.start] = one, one.inside
            self.first = self.first or one
            if depth and self._waits and at[2] <= 2:
                self.rows[at[0], at[1]] = one
                self._waits = False

    _waits = False  # for the first paragraph of a cell

    def marked(self, numbers: Mapping[int, int]) -> bytes:
        """Return the document with the marks of comments, given by where their paragraphs start."""
        pieces, cut = [], []
        for start, number in numbers.items():
            paragraph, inside = self._paragraphs[start]
            begin = f'<w:commentRangeStart xmlns:w="{_WORDS}" w:id="{number}"/>'.encode()
            end = (
                f'<w:commentRangeEnd xmlns:w="{_WORDS}" w:id="{number}"/><w:r xmlns:w="{_WORDS}">'
                f'<w:commentReference w:id="{number}"/></w:r>'
            ).encode()
            if paragraph.is_empty:
                name = self._xml[start + 1 : paragraph.inside].split()[0].rstrip(b"/>")
                cut.append((paragraph.inside - 2, paragraph.inside - 1))  # its slash
                pieces.append((paragraph.inside, b"".join((begin, end, b"</", name, b">"))))
            else:
                pieces += [(inside, begin), (paragraph.close, end)]
        return with_inserted(self._xml, pieces, cut)


# -- the part with the comments ------------------------------------------------------------------


def _part(package: Package) -> str:
    """Return the part that holds the comments, which is made if there is none."""
    related = package.related(_BODY).values()
    part = next((part for kind, part in related if kind == "comments"), "")
    if part not in package:
        part = package.unused("word/comments{n}.xml")
        package[part] = f'<w:comments xmlns:w="{_WORDS}"></w:comments>'.encode()
        package.declare(part, _COMMENTS)
        package.relate(_BODY, "comments", part)
    return part


def _free(xml: bytes) -> int:
    """Return a number from which on no comment has one."""
    used = (one.attributes.get("id", "") for one in elements(xml, {"comment"}))
    return max((whole(id) for id in used), default=-1) + 1


def _without_ours(package: Package, part: str) -> None:
    """Take away what an earlier check wrote into the document."""
    xml = package[part]
    ours = [
        one
        for one in elements(xml, {"comment"})
        if one.attributes.get("author") == AUTHOR and HEADING.encode() in xml[one.start : one.end]
    ]
    if not ours:
        return
    package[part] = with_inserted(xml, [], [(one.start, one.end) for one in ours])
    numbers = {one.attributes.get("id") for one in ours}
    marks = {"commentRangeStart", "commentRangeEnd", "commentReference"}
    cut, runs = [], []
    for one in elements(package[_BODY], {*marks, "r"}):
        if one.name == "r":
            runs.append(one)
        elif one.attributes.get("id") in numbers:
            whole = runs[-1] if one.name == "commentReference" and runs else one
            cut.append((whole.start, whole.end))
    package[_BODY] = with_inserted(package[_BODY], [], cut)


def _comment(number: int, words: str) -> str:
    lines = [f"<w:r><w:rPr><w:b/></w:rPr><w:t>{HEADING}</w:t></w:r>"]
    lines += [
        f'<w:r><w:t xml:space="preserve">{text(line)}</w:t></w:r>' if line else ""
        for line in words.split("\n")
    ]
    paragraphs = "".join(f"<w:p>{line}</w:p>" for line in lines)
    return (
        f'<w:comment xmlns:w="{_WORDS}" w:id="{number}" w:author={attribute(AUTHOR)} '
        f'w:initials="{_INITIALS}">{paragraphs}</w:comment>'
    )
