"""The records of a JSON array, one after the other, without holding the array."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import BinaryIO, Final

from microcred.messages import quote
from microcred.problem import Problem
from microcred.readers.bounds import MAX_BYTES

__all__ = ["ENVELOPE", "elements"]

_CHUNK: Final = 1024 * 1024
# Possessive, so that a long text is kept in no memory of the engine.
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
_SPACE: Final = re.compile(rb"[\t\r\n]+")
_OPENING: Final = (b"[", b"{")
_CLOSING: Final = (b"]", b"}")
_BETWEEN: Final = b" \t\r\n\0,"  # what may stand between elements
_SINGLE: Final = re.compile(rb"[^\s,]+")  # a number, or a word such as null
_SECOND: Final = re.compile(rb'"\s*:\s*\[\s*\{')  # begins a list of records in an envelope
# An object around the array, as interfaces of registers give it, with what they say of the page.
ENVELOPE: Final = re.compile(
    rb'\s*\{(?:\s*(?:"[^"{}\[\]]{1,60}"\s*:\s*(?:"[^"]{0,500}"|[\w.+-]{1,40})|'
    rb'"_?(?:info|links|meta|metadata|page|pagination|paging)"\s*:\s*\{[^{}\[\]]{0,500}\})'
    rb"\s*,){0,20}\s*"
    rb'"(?:@graph|catalogue|catalog|courses|data|hits|items|micro-?credentials|offers|records|'
    rb'results|value)"\s*:\s*(?=\[)',
    re.IGNORECASE,
)


def elements(
    stream: BinaryIO, skipped: int = 0, *, in_envelope: bool = False
) -> Iterator[bytes | None]:
    """Yield each element of the array that begins after *skipped* bytes, on one line.

    None stands for an element that is longer than what is read. Where no envelope is around it,
    further arrays may follow, as programs write them page by page.

    Raises:
        Problem: the array doesn't end, or something else stands behind it.
    """
    rest = stream.read(_CHUNK)[skipped:]
    while rest:
        rest = _behind(stream, (yield from _array(stream, rest)), in_envelope=in_envelope)


def _array(stream: BinaryIO, buffer: bytes) -> Generator[bytes | None, None, bytes]:
    """Yield each element of the array that begins in *buffer*; return what is read behind it."""
    at = depth = 0
    # From where it is kept, with a depth of 1 what stands between elements; and whether some of
    # an element was too much to be kept.
    mark, lost = 0, False
    while True:
        found = _TOKEN.search(buffer, at)
        # A text may go on in the next chunk: only what is closed is a token.
        opened = buffer.find(b'"', at, found.start() if found else len(buffer))
        if found is None or opened >= 0:
            resume = opened if opened >= 0 else len(buffer)
            keep = mark if depth > 1 or buffer[mark:resume].strip(_BETWEEN) else resume
            if depth > 1 and len(buffer) - keep > MAX_BYTES:
                lost, keep = True, resume
            buffer, at, mark = buffer[keep:] + _more(stream), resume - keep, 0
            continue
        token, at = found[0], found.end()
        if depth == 1:
            yield from _alone(buffer[mark : found.start()], token)
            mark = at
        if token in _OPENING:
            depth += 1
            if depth <= 2:
                mark, lost = at if depth == 1 else found.start(), False
        elif token in _CLOSING:
            depth -= 1
            if depth <= 0:
                return buffer[at:]
            if depth == 1:
                yield None if lost else _SPACE.sub(b" ", buffer[mark:at])
                mark = at


def _more(stream: BinaryIO) -> bytes:
    if more := stream.read(_CHUNK):
        return more
    raise Problem(
        "The list of records isn’t closed: the file ends too early", "Copy or export it once more"
    )


def _alone(between: bytes, token: bytes) -> Iterator[bytes]:
    """Yield what stands by itself between elements, which is counted like them."""
    yield from _SINGLE.findall(between)
    if token.startswith(b'"'):
        yield _SPACE.sub(b" ", token)


def _behind(stream: BinaryIO, rest: bytes, *, in_envelope: bool) -> bytes:
    """Return what stands behind an array, if that is another one; empty at the end of the file.

    Raises:
        Problem: it is something else that isn't read.
    """
    if in_envelope:
        if len(rest) < _CHUNK:
            rest += stream.read(_CHUNK)
        if _SECOND.search(rest):
            raise Problem(
                "Behind the list of records stands another list, and that was not read",
                "Put all records into one list, or each list into a file of its own",
            )
        return b""
    while not rest.strip() and (more := stream.read(_CHUNK)):
        rest = more
    rest = rest.strip(_BETWEEN)
    if rest and not rest.startswith(b"["):
        raise Problem(
            f"Behind the list of records stands “{quote(rest[:40].decode(errors='replace'))}”, and "
            "what begins there was not read",
            "Put all records into one list",
        )
    return rest
