"""Comments on cells: the part of a workbook with their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from microcred.annotate.findings_sheet import MAIN
from microcred.annotate.markup import Element, elements, only, text, whole, with_inserted
from microcred.annotate.words import AUTHOR, HEADING

__all__ = ["Noted", "comments", "new_comments"]


@dataclass(frozen=True, slots=True)
class Noted:
    """The part with the texts, and the cells whose comments are new to it or are gone."""

    xml: bytes
    new: tuple[str, ...]
    gone: tuple[str, ...]


def new_comments() -> bytes:
    """Return the part for the texts, without any."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
    ).encode()


def comments(xml: bytes, said: Mapping[str, str]) -> Noted:
    """Return the part with a comment for each cell, and what became of the boxes.

    What stands in a cell's comment stays, and ours follows it; what we wrote there before goes. A
    cell on which people hold a conversation keeps it as it is, since office software then shows
    nothing else.
    """
    found = elements(xml, {"authors", "author", "commentList", "comment", "text", "t"})
    names = [one for one in found if one.name == "author"]
    end = only(xml, "commentList").close
    pieces, cut, gone = [], [], []
    standing: dict[str, tuple[Element, list[Element]]] = {}
    inside: list[Element] = []
    for one in found:
        if one.name == "comment":
            inside = []
            standing[one.attributes.get("ref", "")] = one, inside
        else:
            inside.append(one)
    for cell, (comment, inside) in standing.items():
        body = next((one for one in inside if one.name == "text" and not one.is_empty), None)
        if body is None or _is_talk(xml, comment, names):
            continue
        before, ours, _ = _plain(xml, inside).partition(HEADING)
        words = said.get(cell, "")
        if ours:
            cut.append(
                (body.inside, body.close) if before or words else (comment.start, comment.end)
            )
            pieces += [(body.close, _run(before.rstrip()).encode())] if before else []
            gone += [] if before or words else [cell]
        if words:
            pieces.append((body.close, _runs("\n\n" if before else "", words).encode()))
    new = [cell for cell in said if cell not in standing]
    if new:
        authors = only(xml, "authors")
        pieces.append((authors.close, f'<author xmlns="{MAIN}">{AUTHOR}</author>'.encode()))
        pieces += [(end, _comment(cell, said[cell], len(names)).encode()) for cell in new]
    return Noted(with_inserted(xml, pieces, cut), tuple(new), tuple(gone))


def _plain(xml: bytes, inside: list[Element]) -> str:
    pieces = (xml[one.inside : one.close] for one in inside if one.name == "t")
    return unescape(b"".join(pieces).decode("utf-8", "replace"))


def _is_talk(xml: bytes, comment: Element, names: list[Element]) -> bool:
    author = whole(comment.attributes.get("authorId", ""))
    return 0 <= author < len(names) and xml.startswith(b"tc=", names[author].inside)


def _comment(cell: str, words: str, author: int) -> str:
    return (
        f'<comment xmlns="{MAIN}" ref="{cell}" authorId="{author}"><text>{_runs("", words)}</text>'
        "</comment>"
    )


def _runs(before: str, words: str) -> str:
    return _run(f"{before}{HEADING}\n", bold=True) + _run(words)


def _run(words: str, *, bold: bool = False) -> str:
    weight = "<b/>" if bold else ""
    return (
        f'<r xmlns="{MAIN}"><rPr>{weight}<sz val="9"/><color rgb="FF17212B"/><rFont val="Arial"/>'
        f'<family val="2"/></rPr><t xml:space="preserve">{text(words)}</t></r>'
    )
