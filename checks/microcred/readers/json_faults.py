"""Why a text isn't JSON, in plain words: the parser's place, and what stands around it."""

from __future__ import annotations

import re

from microcred.problem import Problem
from microcred.readers.text import line_at, position, shown

__all__ = ["explained", "not_a_number"]

_WORD = re.compile(r"[^\s,:\[\]{}\"]{1,80}")
_WHOLE = re.compile(r"(\d+),$")
_CURLY = "“”„‟«»"
_ENDS = "}]"


def not_a_number(word: str, line: int, column: int) -> Problem:
    """Return the problem of ``NaN``, ``Infinity`` and numbers too large to hold."""
    return Problem(
        f"Line {line}, column {column} has {shown(word)}, which is no amount",
        "Write a number, or leave the field out",
    )


def explained(text: str, fault: str, offset: int) -> Problem:
    """Return the problem at *offset*, where the parser stopped with the message *fault*."""
    line, column = position(text, offset)
    what, fix = _reason(text, fault, offset)
    quoted = shown(line_at(text, line))
    place = f"Line {line}, column {column}"
    return Problem(f"{place}, “{quoted}”: {what}" if quoted else f"{place}: {what}", fix)


def _reason(text: str, fault: str, offset: int) -> tuple[str, str]:
    found, before = text[offset : offset + 1], text[:offset].rstrip()[-1:]
    following = text[offset + 1 :].lstrip()[:1]
    if fault.startswith("Unterminated"):
        return "the text that begins here has no closing quotation mark", 'Add the missing "'
    if fault.startswith("Invalid control"):
        if found == "\t":
            return "a text has a tab in it", "Replace it with a space, or write \\t"
        return (
            "a text goes on after the end of the line",
            'Close the text with " on the same line; write \\n for a new line in a text',
        )
    if "escape" in fault:
        return (
            "a backslash stands in a text without a meaning",
            "Write two backslashes for one that is part of the text",
        )
    if fault.startswith("Extra data"):
        return (
            "something follows after the end of the document",
            "Put one description in each file, and remove what follows its last bracket",
        )
    if not text[offset:].strip():
        return "the file ends too early", "Add what is missing: a value, or a closing } or ]"
    if (before == "," and found in _ENDS) or (found == "," and following in tuple(_ENDS)):
        return "a comma stands before a closing bracket", "Remove the comma"
    return _by_sign(text, fault, offset, found)


def _by_sign(text: str, fault: str, offset: int, found: str) -> tuple[str, str]:
    if found in _CURLY:
        return "the quotation marks are curly", 'Use straight ones: "'
    if found == "'":
        return "the quotation marks are single ones", 'JSON needs double ones: "'
    if found in "/#":
        return "there is a comment", "Remove it: JSON has no comments (YAML has, after #)"
    if "',' delimiter" in fault:
        return "a comma is missing before this place", "Put a comma between two values"
    if "':' delimiter" in fault:
        return "a colon is missing before this place", 'Write each field as "name": value'
    word = _WORD.match(text, offset)
    if word is None:
        return "there is no value before this sign", "Add the value, or remove the sign"
    if word[0] in ("True", "False", "None"):
        small = {"True": "true", "False": "false", "None": "null"}[word[0]]
        return f"{word[0]} is unknown in JSON", f"Write {small}"
    if offset == 0 or not text[:offset].strip():
        return (
            "JSON begins with {, and this doesn’t",
            "If the file is YAML, give it a name that ends in .yaml",
        )
    whole = _WHOLE.search(text[max(offset - 20, 0) : offset])
    if whole and word[0].isdigit():
        return "a comma stands in a number", f"Write it with a point: {whole[1]}.{word[0]}"
    return (
        f"“{shown(word[0])}” isn’t in quotation marks",
        f'Write "{shown(word[0])}"; numbers are written as 12 or 2.5',
    )
