"""Records of a catalogue, judged many together: what was found in each, or why it can't be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

from microcred.catalogues.lines import Line
from microcred.catalogues.records import quickly, unwrapped
from microcred.checking import check_one
from microcred.cli.faults import ADVICE, told
from microcred.credential import Credential, nowhere
from microcred.description import Description
from microcred.engine import Checker, Document, Judgement
from microcred.problem import Problem
from microcred.readers import bounds, read, recognise
from microcred.readers.envelopes import is_foreign
from microcred.report import Finding, Unread

__all__ = ["Judged", "judged", "safely"]

Json = dict[str, Any]
T = TypeVar("T")


class Judged(NamedTuple):
    """A record that was read: what the rules saw, and what they found."""

    description: Description
    findings: list[Json]


def safely(work: Callable[[], T]) -> T | Problem:
    """Return what *work* returns, or why it can't: a fault must not cost the other records."""
    try:
        return work()
    except Problem as problem:
        return problem
    except Exception as fault:
        if os.environ.get("MICROCRED_TRACEBACK"):
            raise
        return Problem(f"{told(fault)} in this record", ADVICE)


def judged(
    lines: Sequence[Line], ready: Checker, kind: str | None, *, wrapped: bool
) -> Iterator[tuple[str, Judged | Problem]]:
    """Yield the place of each record, and what was found in it.

    With ``wrapped`` a line says the place that its record has in another source.
    """
    opened = [_unwrapped(line) if wrapped else _plain(line) for line in lines]
    # Each is looked at whole as soon as it is read, while the processor has it at hand.
    documents = [
        safely(partial(_ours, content, kind, ready, wrapped=wrapped)) for _, content, _ in opened
    ]
    together = _together(documents, ready)
    for number, ((place, content, cells), one) in enumerate(zip(opened, documents, strict=True)):
        if isinstance(one, Problem):
            yield place, one
        elif one is None:
            yield place, safely(partial(_with_care, content, cells, kind, ready))
        elif (judgement := together.get(number)) and not judgement.hits:
            yield place, Judged(judgement.description, [])  # as most are
        else:
            yield place, safely(partial(_told_of, one, judgement, cells, ready))


_Opened = tuple[str, bytes, dict[str, str]]  # place, content, and the cells that it was read from


def _plain(line: Line) -> _Opened:
    return f"line {line.number}", line.content or b"", {}


def _unwrapped(line: Line) -> _Opened:
    return unwrapped(line.content) if line.content else _plain(line)


def _ours(content: bytes, kind: str | None, ready: Checker, *, wrapped: bool) -> Document | None:
    """Return a record that is plainly in our own format; None for one to be read with more care."""
    if not content:  # lines hold something, unless it is too much
        raise bounds.record_too_large()
    if wrapped and content.startswith(b"!"):
        message, _, fix = content[1:].decode().partition("\t")
        raise Problem(message, fix)
    data = quickly(content)
    if data is None or ("microcred" not in data and is_foreign(data)):
        return None
    data = recognise.ours(data)
    return None if "x-worksheet" in data else ready.document(data, kind or recognise.kind_of(data))


def _together(read: Sequence[Document | Problem | None], ready: Checker) -> dict[int, Judgement]:
    """Return the judgements of records by their number; none where one of them is too odd."""
    documents = {number: one for number, one in enumerate(read) if isinstance(one, Document)}
    found = safely(partial(ready.judge_all, list(documents.values())))
    return {} if isinstance(found, Problem) else dict(zip(documents, found, strict=True))


def _told_of(
    document: Document, judgement: Judgement | None, cells: dict[str, str], ready: Checker
) -> Judged:
    hits, seen = judgement or ready.judge_all([document])[0]
    hits = [hit for hit in hits if hit.verdict.message is not None]
    if not hits:
        return Judged(seen, [])
    credential = Credential(seen.data, seen.kind, "json", "", True, nowhere)
    return Judged(seen, [_told(ready.finding(hit, credential), cells) for hit in hits])


def _with_care(content: bytes, cells: dict[str, str], kind: str | None, ready: Checker) -> Judged:
    credential = replace(read(content, kind=kind, name="record.json"), source="")
    checked = check_one(credential, ready)
    if isinstance(checked, Unread):
        raise Problem(checked.message, checked.fix)
    description = ready.document(credential.data, credential.kind).description
    return Judged(description, [_told(finding, cells) for finding in checked.findings])


def _told(finding: Finding, cells: dict[str, str]) -> Json:
    rule = finding.rule
    told: Json = {
        "rule": rule.id,
        "level": finding.level.value,
        "outcome": finding.outcome.value,
        "element": rule.element,
        "pointer": finding.pointer,
        "message": finding.message.text(),
        "fix": finding.fix.text(),
    }
    if cells and (cell := _cell(finding.pointer, cells)):
        told["where"] = cell
    return told


def _cell(pointer: str, cells: dict[str, str]) -> str:
    """Return the cell that the value at *pointer*, or around it, was read from."""
    while pointer and pointer not in cells:
        below = next((cells[name] for name in cells if name.startswith(pointer + "/")), "")
        if below:
            return below
        pointer = pointer.rpartition("/")[0]
    return cells.get(pointer, "")
