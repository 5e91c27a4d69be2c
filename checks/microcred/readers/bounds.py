"""How much a reader takes in before it stops, and the sentences that say so.

A whole description is some 5 to 50 kilobytes with a few hundred values, so the bounds are
far from any honest document; they keep a hostile one from eating time or memory.
"""

from __future__ import annotations

from microcred.problem import Problem

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_KEY",
    "MAX_NODES",
    "MAX_SCALAR",
    "MAX_YAML_BYTES",
    "key_too_long",
    "number_too_long",
    "record_too_large",
    "text_too_long",
    "too_deep",
    "too_large",
    "too_many",
]

MIB = 1024 * 1024
MAX_BYTES = 5 * MIB
MAX_YAML_BYTES = MIB  # the parser in pure Python, as in a browser, takes 3 seconds for it
MAX_DEPTH = 50  # lists and groups inside each other
MAX_NODES = 100_000  # values, with every repetition through an alias counted
MAX_KEY = 1_000  # characters of a field's name
MAX_SCALAR = 200_000  # characters of one text
MAX_DIGITS = 15  # what a double-precision number holds without loss


def too_large(bound: int = MAX_BYTES) -> Problem:
    """Return the problem of a file of more than *bound* bytes."""
    return Problem(
        f"The file is larger than {bound // MIB} MiB, which is the most that is read",
        "Put one description in each file, and name pictures and other files by their address "
        "instead of putting them inside",
    )


def record_too_large() -> Problem:
    """Return the problem of a record of a catalogue of more than ``MAX_BYTES`` bytes."""
    return Problem(
        f"The record is larger than {MAX_BYTES // MIB} MiB, which is the most that is read",
        "Name pictures and other files by their address instead of putting them inside",
    )


def too_deep(where: str) -> Problem:
    """Return the problem of more than ``MAX_DEPTH`` levels."""
    return Problem(
        f"More than {MAX_DEPTH} levels of lists and groups are inside each other ({where})",
        "Remove levels: a description needs fewer than ten",
    )


def too_many(where: str) -> Problem:
    """Return the problem of more than ``MAX_NODES`` values."""
    return Problem(
        f"The document has more than {MAX_NODES:,} values, counting each repetition ({where})",
        "Put one description in each file, and check the files one by one",
    )


def key_too_long(where: str) -> Problem:
    """Return the problem of a field's name of more than ``MAX_KEY`` characters."""
    return Problem(
        f"The name of a field is longer than {MAX_KEY:,} characters ({where})",
        "Look there for a colon that stands in the middle of a text, and put the text in "
        "quotation marks",
    )


def text_too_long(where: str) -> Problem:
    """Return the problem of a text of more than ``MAX_SCALAR`` characters."""
    return Problem(
        f"A text is longer than {MAX_SCALAR:,} characters ({where})",
        "Shorten it, or look there for a quotation mark that isn’t closed",
    )


def number_too_long(shown: str, where: str) -> Problem:
    """Return the problem of a whole number of more than ``MAX_DIGITS`` digits."""
    return Problem(
        f"The number {shown} has more than {MAX_DIGITS} digits ({where})",
        "Put it in quotation marks where it is an identifier; else write a smaller number",
    )
