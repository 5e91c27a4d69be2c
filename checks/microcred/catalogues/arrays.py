"""The records of a JSON array, one after the other, without holding the array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from microcred.problem import Problem
from microcred.readers.bounds import MAX_BYTES

__all__ = ["ENVELOPE", "elements"]

_CHUNK: Final = 1024 * 1024
# Possessive, so that a long text is kept in no memory of the engine.
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
_SPACE: Final = re.compile(rb"[\t\r\n]+")
# An object around the array, as interfaces of registers give it.
ENVELOPE: Final = re.compile(
    rb'\s*\{(?:\s*"[^"{}\[\]]{1,60}"\s*:\s*(?:"[^"]{0,500}"|[\w.+-]{1,40})\s*,){0,20}\s*'
    rb'"(?:@graph|catalogue|catalog|courses|data|hits|items|micro-?credentials|offers|records|'
    rb'results|value)"\s*:\s*(?=\[)',
    re.IGNORECASE,
)


def elements(stream: BinaryIO, skipped: int = 0) -> Iterator[bytes | None]:
    """Yield each element of the array that begins after *skipped* bytes, on one line.

    None stands for an element that is longer than what is read.

    Raises:
        Problem: the array doesn't end.
    """
    buffer = stream.read(_CHUNK)[skipped:]
    depth, start, at, too_long = 0, -1, 0, False
    while True:
        found = _TOKEN.search(buffer, at)
        # A text may go on in the next chunk: only what is closed is a token.
        opened = buffer.find(b'"', at, found.start() if found else len(buffer))
        if found is None or opened >= 0:
            keep = start if start >= 0 else opened if opened >= 0 else len(buffer)
            if len(buffer) - keep > MAX_BYTES and depth > 1:
                too_long, keep = True, max(opened, keep) if opened >= 0 else len(buffer)
                start = keep if start >= 0 else -1
            more = stream.read(_CHUNK)
            if not more:
                raise _open_end()
            resume = opened if opened >= 0 else len(buffer)
            buffer, at = buffer[keep:] + more, max(resume - keep, 0)
            start = 0 if start >= 0 else -1
            continue
        token, at = found[0], found.end()
        if token in (b"[", b"{"):
            depth += 1
            if depth == 2:
                start, too_long = found.start(), False
        elif token in (b"]", b"}"):
            depth -= 1
            if depth == 1 and start >= 0:
                yield None if too_long else _SPACE.sub(b" ", buffer[start:at])
                start = -1
            if depth <= 0:
                return


def _open_end() -> Problem:
    return Problem(
        "The list of records isn’t closed: the file ends too early", "Copy or export it once more"
    )
