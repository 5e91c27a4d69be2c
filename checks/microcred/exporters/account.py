"""What became of the fields of a description, in a few lines that people read."""

from __future__ import annotations

import re
import textwrap
from typing import Final

from microcred.exporters.source import NO_PLACE, How, Step
from microcred.labels import ARROW

__all__ = ["told"]

_NUMBER: Final = re.compile(r" \d+(?= ›|$)")  # of an entry in a list
_WHOLE: Final = {How.KEPT: "Kept", How.IN_WORDS: "In words", How.LEFT_OUT: "Left out"}


def told(steps: tuple[Step, ...], words: str, width: int) -> str:
    """Return the account: parts that stayed whole in one line each, the others by themselves."""
    counts = {how: sum(step.how is how for step in steps) for how in How}
    lines = [
        f"Written for {words}:",
        f"{counts[How.KEPT]} values kept in a field of their own, "
        f"{counts[How.IN_WORDS]} put into words, {counts[How.LEFT_OUT]} left out.",
    ]
    parts: dict[str, list[Step]] = {}
    for step in steps:
        if step.how is not How.ADDED:
            parts.setdefault(_field(step).partition(ARROW)[0], []).append(step)
    for how, heading in _WHOLE.items():
        whole = [
            part
            for part, inside in parts.items()
            if all(step.how is how and not _reason(step) for step in inside)
        ]
        lines += _wrapped(width, f"{heading}: {', '.join(whole)}") if whole else []
        parts = {part: inside for part, inside in parts.items() if part not in whole}
    for part, inside in parts.items():
        lines += _wrapped(width, f"{part}: {_fate(inside)}")
    for step in steps:
        if step.how is How.ADDED:
            lines += _wrapped(width, f"Added: {step.name} ({step.note})")
    return "\n".join(lines)


def _field(step: Step) -> str:
    """Return the name of a field without its place in a list."""
    return _NUMBER.sub("", step.name)


def _reason(step: Step) -> str:
    """Return why a field was left out, where there is more to say than that it has no place."""
    return step.note if step.how is How.LEFT_OUT and step.note != NO_PLACE else ""


def _named(step: Step) -> str:
    """Return the name of a field inside of its part, with the reason where there is one."""
    inside, reason = _field(step).partition(ARROW)[2], _reason(step)
    if reason:
        return f"{inside} ({reason})".lstrip()
    return inside or step.name


def _fate(steps: list[Step]) -> str:
    """Return what became of the fields of one part; those that were kept are no exception."""
    told = []
    for how in (How.LEFT_OUT, How.IN_WORDS):
        names = [_named(step) for step in steps if step.how is how]
        if names:
            told.append(f"{how.value} {', '.join(dict.fromkeys(names))}")
    kept = any(step.how is How.KEPT for step in steps)
    return "; ".join([*told, *(["the rest kept"] if kept else [])])


def _wrapped(width: int, line: str) -> list[str]:
    return textwrap.wrap(line, width, subsequent_indent="  ", break_on_hyphens=False)
