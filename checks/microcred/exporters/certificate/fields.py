"""How the fields of an award are grouped on a supplement."""

from __future__ import annotations

from typing import Final

__all__ = ["below", "entry_of", "heads_of", "inner", "is_parts", "matches"]

# The fields that name an entry of a list, and those that are not for people.
_HEADS: Final = ("name", "title", "statement", "framework")
_ENTRIES: Final = ("targets",)  # lists inside of a part whose items are shown as entries


def heads_of(group: str) -> tuple[str, ...]:
    """Return the fields that can name an entry."""
    return ("body",) if group.startswith("/quality") else _HEADS


def entry_of(pointer: str) -> str:
    """Return the pointer of the entry that a field belongs to; empty where it is in none."""
    steps = pointer.split("/")
    for depth in (2, 3):
        is_entry = len(steps) > depth + 1 and steps[depth].isdigit()
        if is_entry and (depth == 2 or steps[2] in _ENTRIES):
            return "/".join(steps[: depth + 1])
    return ""


def inner(pointer: str, group: str) -> tuple[str, str]:
    """Return the field that a value is shown under, and the inner entry that it is a part of."""
    steps = pointer[len(group) :].split("/")[1:]
    for depth, step in enumerate(steps):
        if step.isdigit() and depth:
            field = f"{group}/{'/'.join(steps[:depth])}"
            return field, f"{field}/{step}" if depth < len(steps) - 1 else ""
    above, _, last = pointer.rpartition("/")
    if above.endswith("/amount"):
        return above, above
    return (above, "") if is_parts(above) and last else (pointer, "")


def is_parts(field: str) -> bool:
    """Tell whether a field holds the parts of the workload, which stand in one row."""
    return field.endswith("/workload/parts")


def below(pointer: str, other: str) -> bool:
    """Tell whether a pointer leads to another one or below it."""
    return pointer == other or pointer.startswith(other + "/")


def matches(pointer: str, path: str) -> bool:
    """Tell whether a pointer leads to a path of an element or below it."""
    steps, wanted = pointer.split("/")[1:], path.split("/")
    return len(steps) >= len(wanted) and all(
        want in ("*", step) for step, want in zip(steps, wanted, strict=False)
    )
