"""JSON to plain data; what JSON itself forbids is told with its line and column."""

from __future__ import annotations

import json
import math
import re

from microcred.problem import Problem
from microcred.readers import bounds
from microcred.readers.formats import Loaded
from microcred.readers.json_faults import explained, not_a_number
from microcred.readers.json_scan import check_bounds, duplicate, scan, tokens
from microcred.readers.places import Places
from microcred.readers.plain import plain
from microcred.readers.text import decode, position

__all__ = ["load"]

# Escapes that spell characters which can't stand in a text, or halves of one.
_SUSPECT = re.compile(r"\\(?:[bf]|u(?:00[01]|007[fF]|00[89]|[dD][89a-fA-F]|[fF]{3}[e-fE-F]))")


_FOREIGN = re.compile(r'"(?:@context|payload|credentialSubject)\\?"\s*:')


class _Twice(Exception):
    """A group has the same field twice."""


class _Word(Exception):
    """A number or word that isn't read, as it is spelled."""


def load(data: bytes) -> Loaded:
    """Return the data of a JSON file and the place of each value.

    Raises:
        Problem: the text isn't JSON, repeats a field, or passes a bound.
    """
    text = decode(data)
    # Credentials of other formats hold pictures, or a whole credential, in one text.
    longest = bounds.MAX_BYTES if _FOREIGN.search(text) else bounds.MAX_SCALAR
    check_bounds(text, longest)
    places = Places(text, scan)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_group,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=_refused,
        )
    except json.JSONDecodeError as error:
        raise explained(text, error.msg, error.pos) from None
    except _Twice:
        raise duplicate(text) from None
    except _Word as word:
        raise _unread_word(text, str(word)) from None
    if _needs_a_second_look(text):
        return plain(value, lambda pointer: str(places(pointer)), longest), places
    return value, places


def _needs_a_second_look(text: str) -> bool:
    """Tell whether a text or name in it may be too long, or spell what can't be in a text."""
    longest = max(map(len, text.split('"')))
    return (
        longest > bounds.MAX_KEY
        or (len(text) > bounds.MAX_KEY and '\\"' in text)
        or _SUSPECT.search(text) is not None
    )


def _group(pairs: list[tuple[str, object]]) -> dict[str, object]:
    group = dict(pairs)
    if len(group) != len(pairs):
        raise _Twice
    return group


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > bounds.MAX_DIGITS:
        raise _Word(digits)
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Word(digits)
    return number


def _refused(word: str) -> float:
    raise _Word(word)


def _unread_word(text: str, word: str) -> Problem:
    # Signs may follow it without a space, as in NaN-: the parser stopped before them.
    start = next((at.start() for at in tokens(text) if at[0].startswith(word)), 0)
    line, column = position(text, start)
    if word.lstrip("-").isdigit():
        return bounds.number_too_long(word[:40], f"line {line}, column {column}")
    return not_a_number(word, line, column)
