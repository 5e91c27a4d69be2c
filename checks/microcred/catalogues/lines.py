"""A file of records, one a line, cut into ranges of bytes that never divide a line."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from microcred.problem import Problem
from microcred.readers.bounds import MAX_BYTES

__all__ = ["Line", "Plan", "Range", "lines", "plan", "reread"]

# A range is some seconds' work at most, so that little is lost when a run stops; a large file has
# a thousand of them, since on many disks a new file takes as long as several records. The size
# depends on the catalogue alone, never on who does the work.
SMALLEST_RANGE: Final = 4 * 1024 * 1024
MOST_RANGES: Final = 1024
_CHUNK: Final = 1024 * 1024
_BLANK: Final = b" \t\r\n\0"  # what may stand around a record
_BUFFER: Final = 64 * 1024  # holds several records, so that few are read in two pieces


class Range(NamedTuple):
    """Bytes of a file from the begin of a line to the end of one; lines count from 1."""

    number: int
    start: int
    end: int
    line: int


class Line(NamedTuple):
    """A line without its end; None where it is longer than what is read."""

    number: int
    start: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The ranges of a file, and what tells whether it is still the same file."""

    ranges: tuple[Range, ...]
    size: int
    lines: int
    checksum: int


def plan(path: Path) -> Plan:
    """Return the ranges of the file at *path*; reads it once.

    Raises:
        Problem: it can't be read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb", buffering=_BUFFER) as stream:
            return _plan(stream, max(SMALLEST_RANGE, -(-size // MOST_RANGES)))
    except OSError as error:
        raise Problem(f"The file “{path}” can’t be read: {error.strerror}", "Copy it") from None


def _plan(stream: BinaryIO, each: int) -> Plan:
    ranges: list[Range] = []
    start = end = checksum = 0
    line = first = 1
    piece = b"\n"
    while more := stream.readline(_CHUNK):
        piece = more
        checksum = zlib.crc32(piece, checksum)
        end += len(piece)
        if piece.endswith(b"\n"):
            line += 1
            if end - start >= each:
                ranges.append(Range(len(ranges), start, end, first))
                start, first = end, line
    if start < end:
        ranges.append(Range(len(ranges), start, end, first))
    return Plan(tuple(ranges), end, line - piece.endswith(b"\n"), checksum)


def lines(path: Path, part: Range) -> Iterator[Line]:
    """Yield the lines of a range that hold something."""
    with path.open("rb", buffering=_BUFFER) as stream:
        stream.seek(part.start)
        number, at = part.line, part.start
        while at < part.end:
            content = stream.readline(MAX_BYTES + 2)
            length = len(content)
            if not content.endswith(b"\n") and length > MAX_BYTES:
                while not content.endswith(b"\n") and content:
                    content = stream.readline(_CHUNK)
                    length += len(content)
                yield Line(number, at, None)
            elif stripped := content.strip(_BLANK):
                yield Line(number, at, stripped)
            number, at = number + 1, at + length


def reread(path: Path, start: int) -> bytes:
    """Return the line that begins at *start*."""
    with path.open("rb") as stream:
        stream.seek(start)
        return stream.readline(MAX_BYTES + 2).strip(_BLANK)
