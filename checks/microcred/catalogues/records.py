"""One line to plain data: the quick way where nothing is odd, else the careful reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from microcred.readers import bounds

__all__ = ["dumps", "loads", "quickly", "unwrapped"]

Json = dict[str, Any]

_LONG: Final = 200_000  # bytes: what is longer is looked at with care
# Escapes for what can't stand in a text, which the careful reader tells about: signs that control
# something, halves of a sign, and what stands for a sign that was lost.
_ODD: Final = re.compile(rb"\\(?:[bf]|u(?:00[0189]|007[fF]|[dD][89a-fA-F]|[fF][fF]))")
_KEY: Final = re.compile(rb'"\s*:')
_DIGITS: Final = bytes(48 if sign in b"0123456789" else 32 for sign in range(256))
_TOO_LONG: Final = b"0" * (bounds.MAX_DIGITS + 1)
_CONTROL: Final = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_BUT_BRACKETS: Final = bytes(set(range(256)) - set(b"{}[]"))

_loads: Callable[[bytes], Any]
_dumps: Callable[[Any], bytes]
try:
    import orjson

    _loads, _dumps = orjson.loads, orjson.dumps
except ImportError:

    def _loads(line: bytes) -> Any:
        return json.loads(line, object_pairs_hook=_once, parse_constant=_refuse)

    def _dumps(data: Any) -> bytes:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


class _Odd(ValueError):
    """Something that only the careful reader can tell about."""


def dumps(data: Any) -> bytes:
    """Return *data* as one line of JSON, without its end."""
    try:
        return _dumps(data)
    except TypeError:  # a number that is longer than the quick writer knows
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def loads(line: bytes) -> Any:
    """Return what a line that we have written or checked before says."""
    return _loads(line)


def quickly(line: bytes) -> Json | None:
    """Return the record in *line*, or None where it needs the careful reader.

    The careful reader tells of a field that stands twice, of numbers that aren't any, and of
    texts and depths beyond the bounds. Here the cheap signs of all these are looked for.
    """
    if len(line) > _LONG or line[:1] != b"{" or _is_odd(line) or _is_deep(line):
        return None
    try:
        data = _loads(line)
        # What was written without spaces comes out again as it was, so no field stood twice.
        if _dumps(data) != line and not _is_plain(line, data):
            data = json.loads(
                line, object_pairs_hook=_once, parse_constant=_refuse, parse_int=_whole
            )
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _is_odd(line: bytes) -> bool:
    # A single byte is found many times quicker than two, and most lines lack the first of them.
    return (
        (b"\\" in line and _ODD.search(line) is not None)
        or b"\x7f" in line
        or (b"\xef" in line and b"\xef\xbf" in line)
        or (b"\xc2" in line and _CONTROL.search(line) is not None)
    )


def _is_plain(line: bytes, data: Any) -> bool:
    """Tell whether no field stands twice and no number is too long, wherever the spaces are.

    What looks like the end of a name also stands in some texts; then the answer is no.
    """
    return _TOO_LONG not in line.translate(_DIGITS) and len(_KEY.findall(line)) == _fields(data)


def _fields(node: Any) -> int:
    if isinstance(node, dict):
        return len(node) + sum(map(_fields, node.values()))
    return sum(map(_fields, node)) if isinstance(node, list) else 0


def _is_deep(line: bytes) -> bool:
    brackets = line.translate(None, _BUT_BRACKETS)
    few = len(brackets) <= 2 * bounds.MAX_DEPTH  # each that opens is closed
    return not few and _depth(brackets) > bounds.MAX_DEPTH


def _depth(brackets: bytes) -> int:
    """Return how many brackets stand inside each other; too many where a text holds brackets."""
    depth = 0
    while brackets and depth <= bounds.MAX_DEPTH:
        inside = brackets.replace(b"{}", b"").replace(b"[]", b"")
        depth += 1
        if len(inside) == len(brackets):
            return bounds.MAX_DEPTH + 1
        brackets = inside
    return depth


def _once(pairs: list[tuple[str, Any]]) -> Json:
    group = dict(pairs)
    if len(group) != len(pairs):
        raise _Odd
    return group


def _refuse(_word: str) -> float:
    raise _Odd


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > bounds.MAX_DIGITS:
        raise _Odd
    return int(digits)


def unwrapped(line: bytes) -> tuple[str, bytes, dict[str, str]]:
    """Return place, record and cells of a line that was made from another kind of source.

    Where a record could not be read, ``!`` stands in its place, with the reason behind it.
    """
    place, _, rest = line.partition(b"\t")
    if rest.startswith(b"!"):
        return place.decode("utf-8", "replace"), rest, {}
    record, _, cells = rest.partition(b"\t")
    return place.decode("utf-8", "replace"), record, json.loads(cells) if cells else {}
