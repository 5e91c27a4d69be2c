"""How far a long run is: records, rate and time left, on one line of the terminal."""

from __future__ import annotations

import time
from typing import Final, TextIO

__all__ = ["Progress", "duration"]

_EVERY: Final = 0.5  # seconds between two lines
_EVERY_IN_FILE: Final = 30.0  # where nobody watches, as in the log of a batch job


class Progress:
    """Tells on *stream* how far the run is; bytes tell how much is left."""

    def __init__(self, stream: TextIO | None, total: int, done: int, already: int) -> None:
        self._stream, self._total, self._left = stream, total, total - already
        self._moved = 0
        self._records = done
        self._begun = self._told = time.monotonic()
        self._first = done
        self._live = stream is not None and stream.isatty()

    def add(self, size: int, records: int) -> None:
        """Take a range of *size* bytes that is done."""
        self._moved += size
        self._records += records
        now = time.monotonic()
        if now - self._told >= (_EVERY if self._live else _EVERY_IN_FILE):
            self._told = now
            self._tell(now - self._begun)

    def _tell(self, passed: float) -> None:
        if self._stream is None:
            return
        rate = (self._records - self._first) / passed if passed else 0.0
        left = passed * (self._left - self._moved) / self._moved if self._moved else 0.0
        share = 100 * (self._total - self._left + self._moved) / self._total if self._total else 100
        text = f"{share:3.0f} %  {self._records:,} records, {rate:,.0f} a second"
        line = f"{text}, {duration(left)} left"
        self._stream.write(f"\r{line:<70}" if self._live else f"{line}\n")
        self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._stream is not None and self._live:
            self._stream.write("\r" + " " * 70 + "\r")
            self._stream.flush()


def duration(seconds: float) -> str:
    """Return a time span in words for people who wait."""
    whole = round(seconds)
    if whole < 90:
        return f"{whole} s"
    if whole < 5400:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
