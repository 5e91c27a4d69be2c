"""Bytes of a source, unpacked where it is compressed, and never more of them than the bound."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from microcred.extras import lacking
from microcred.problem import Problem
from microcred.readers.text import shown

__all__ = ["opened_source"]

MIB: Final = 1024 * 1024
ALWAYS: Final = 256 * MIB  # unpacked bytes that any compressed file may have
TIMES: Final = 200  # and so many times its own size; real catalogues come to 5 to 30 times
_BUFFER: Final = MIB


class _Bounded(io.RawIOBase):
    """What a decompressor yields, until it is more than the bound."""

    def __init__(self, stream: Any, below: BinaryIO, most: int) -> None:
        self._stream, self._below, self._left, self._most = stream, below, most, most

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._below.close()
        super().close()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            content = self._stream.read(len(buffer))
        except (EOFError, OSError, zlib.error, ValueError) as error:
            raise Problem(
                f"The compressed file is damaged: {shown(str(error))}", "Copy it once more"
            ) from None
        self._left -= len(content)
        if self._left < 0:
            raise Problem(
                f"The file unpacks to more than {self._most // MIB:,} MiB, which is more than "
                f"{TIMES} times its size",
                "Unpack it yourself if you trust it, and name the file that comes out",
            )
        buffer[: len(content)] = content
        return len(content)


def opened_source(source: str) -> BinaryIO:
    """Return the bytes of a file, or of standard input, unpacked.

    Raises:
        Problem: it can't be opened, or Zstandard isn't installed; while it is read, that it is
            damaged or unpacks to more than the bound.
    """
    if source == "-":
        raw: Any = getattr(sys.stdin, "buffer", None)
        if raw is None:
            raise Problem("There is no standard input here", "Name a file instead")
        stream, size = cast(BinaryIO, io.BufferedReader(raw, _BUFFER)), 0
    else:
        try:
            path = Path(source)
            stream, size = path.open("rb", buffering=_BUFFER), path.stat().st_size
        except (OSError, ValueError) as error:
            told = getattr(error, "strerror", None) or "it has no name that can be used"
            raise Problem(
                f"“{shown(source)}” can’t be opened: {told}", "Look at the name and the folder"
            ) from None
    first = cast(io.BufferedReader, stream).peek(4)[:4]
    most = max(ALWAYS, TIMES * size)
    if first[:2] == b"\x1f\x8b":
        unpacked: Any = gzip.GzipFile(fileobj=stream)
    elif first == b"\x28\xb5\x2f\xfd":
        unpacked = _zstandard().ZstdFile(stream)
    else:
        return stream
    return cast(BinaryIO, io.BufferedReader(_Bounded(unpacked, stream, most), _BUFFER))


def _zstandard() -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    raise lacking("zstd", "backports.zstd", "A file that is compressed with Zstandard")
