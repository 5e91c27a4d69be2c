"""Why a text isn't YAML, in plain words.

The parser says where it stopped and in which words of the YAML specification; the line there
says what the person most likely meant.
"""

from __future__ import annotations

import re

import yaml

from microcred.problem import Problem
from microcred.readers.recognise import is_prose, no_fields
from microcred.readers.text import line_at, position, shown

__all__ = ["explained", "line_of", "unknown_alias"]

_QUOTE_IT = "Put the text in quotation marks"
_CLOSE_IT = (
    "Close the text with the same mark; write an apostrophe inside single quotation marks twice, "
    "as in 'the learner''s work'"
)
_LINE_UP = (
    "Begin the fields of one group, and the items of one list, in the same column; "
    "use two spaces for each level"
)
_FIELD = "Write a field as “name: value” and an item of a list as “- value”"

_NO_SPACE = re.compile(r"\s*(?:- +)?([\w.-]+):([^\s:/].*)")
_NO_SPACE_AFTER_DASH = re.compile(r"\s*-[^\s-]")
_BULLET = re.compile(r"\s*([–—−•·‣▪◦])\s")  # as word processors make of a hyphen
_NO_BREAK = re.compile(r" *\u00a0|\s*(?:- +)?[\w.-]+:\u00a0|\s*-\u00a0")
_COLON_INSIDE = re.compile(r"(\s*(?:- +)*[^:\s\"'#][^:]*): +([^\"'\[{|>&*!%@`#\s].*: .*|.*:)$")
_AFTER_QUOTE = re.compile(
    r"(?:.*?[:,\[{-] +|\s*)(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*') *[^\s:,\]}#].*"
)


def line_of(text: str, offset: int) -> str:
    """Return the beginning of a sentence: the line at *offset*, with its number."""
    return _line(text, position(text, offset)[0])


def unknown_alias(text: str, name: str, offset: int) -> Problem:
    """Return the problem of ``*name`` where nothing is named so."""
    return Problem(
        f"{line_of(text, offset)} has *{shown(name)}, which refers to nothing in the file",
        f"{_QUOTE_IT}; begin an item of a list with - instead of *",
    )


def explained(text: str, error: yaml.YAMLError) -> Problem:
    """Return the problem that the parser's *error* tells of."""
    if is_prose(text):  # whoever wrote no YAML is not helped by what is wrong with it
        return no_fields(text)
    mark = getattr(error, "problem_mark", None)
    begun = getattr(error, "context_mark", None) or mark
    if mark is None or begun is None:
        return Problem("The file doesn’t follow the form of YAML", _FIELD)
    words = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    stopped, opened = mark.index, begun.index
    return (
        _tab(text, stopped)
        or _no_break(text, opened, stopped)
        or _quoted(text, words, opened, stopped)
        or _sign(text, words, opened, stopped)
        or _colon(text, words, opened, stopped)
        or _brackets(text, words, opened, stopped)
        or _layout(text, words, stopped)
    )


def _line(text: str, number: int) -> str:
    words = shown(line_at(text, number))
    return f"Line {number}, “{words}”," if words else f"Line {number}"


def _tab(text: str, offset: int) -> Problem | None:
    number, column = position(text, offset)
    line = line_at(text, number)
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" not in indent and line[column - 1 : column] != "\t":
        return None
    return Problem(
        f"{_line(text, number)} has a tab where spaces should be",
        "Replace each tab with spaces, two for each level: YAML allows no tabs there",
    )


def _no_break(text: str, opened: int, stopped: int) -> Problem | None:
    for number in _around(text, opened, stopped):
        if _NO_BREAK.match(line_at(text, number)):
            return Problem(
                f"{_line(text, number)} has a no-break space where a space should be",
                "Type the space anew: web pages and word processors have others, which look alike",
            )
    return None


def _quoted(text: str, words: str, opened: int, stopped: int) -> Problem | None:
    if "escape" in words:
        return Problem(
            f"{line_of(text, stopped)} has a backslash between double quotation marks, "
            "where it has a special meaning",
            "Write two backslashes for one, or use single quotation marks",
        )
    if "scanning a quoted scalar" in words:
        return Problem(
            f"{line_of(text, opened)} opens a quotation mark that is never closed", _CLOSE_IT
        )
    if last := _quotation_that_ends(text, stopped):
        return Problem(
            f"{line_of(text, last.start_mark.index)} opens a quotation mark that is closed only "
            f"on line {last.end_mark.line + 1}",
            _CLOSE_IT,
        )
    number, column = position(text, stopped)
    for line in (number, number - 1):
        if column > 1 or line < number:
            match = _AFTER_QUOTE.match(line_at(text, line)) if line else None
            if match and ("expected" in words or "could not find" in words):
                return Problem(
                    f"{_line(text, line)} goes on after a closing quotation mark",
                    "Put the whole text in one pair of quotation marks; inside double ones write "
                    'a double quotation mark as \\"',
                )
    return None


def _quotation_that_ends(text: str, stopped: int) -> yaml.ScalarToken | None:
    """Return the quotation that ends on the line of the fault, and began on an earlier one."""
    found = None
    try:
        for token in yaml.scan(text):
            if token.start_mark.index >= stopped:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                found = token
    except yaml.YAMLError:
        pass  # the fault that is being explained
    if found is None or found.start_mark.line == found.end_mark.line:
        return None
    return found if found.end_mark.line + 1 == position(text, stopped)[0] else None


def _sign(text: str, words: str, opened: int, stopped: int) -> Problem | None:
    if "cannot start any token" in words and text.startswith("```", stopped):
        return Problem(
            f"{line_of(text, stopped)} is a mark of Markdown, and no part of the description",
            "Delete this line, and the other one that encloses the text",
        )
    if "cannot start any token" in words:
        return Problem(
            f"{line_of(text, stopped)} has a text that begins with {text[stopped : stopped + 1]}, "
            "which has a special meaning there",
            _QUOTE_IT,
        )
    for scanned, sign in (
        ("an alias", "*"),
        ("an anchor", "&"),
        ("a tag", "!"),
        ("a directive", "%"),
        ("a block scalar", "| or >"),
    ):
        if f"scanning {scanned}" in words or (sign == "!" and "tag handle" in words):
            bullet = "; begin an item of a list with - instead of *" if sign == "*" else ""
            return Problem(
                f"{line_of(text, opened)} has a text that begins with {sign}, which has a "
                "special meaning there",
                _QUOTE_IT + bullet,
            )
    return None


def _colon(text: str, words: str, opened: int, stopped: int) -> Problem | None:
    if "mapping values are not allowed" not in words and "expected ':'" not in words:
        return None
    for number in _around(text, opened, stopped):
        line = line_at(text, number)
        if inside := _COLON_INSIDE.match(line):
            name, value = inside[1].strip(), inside[2]
            mark = "'" if '"' in value else '"'
            return Problem(
                f"{_line(text, number)} has a second colon, in a text without quotation marks",
                f"Put the text in quotation marks: {shown(f'{name}: {mark}{value}{mark}')}",
            )
        if bullet := _BULLET.match(line):
            return Problem(
                f"{_line(text, number)} begins with {bullet[1]}, which begins no item of a list",
                "Begin each item with a hyphen and a space: “- ”",
            )
        if missing := _NO_SPACE.match(line):
            return Problem(
                f"{_line(text, number)} has no space after the colon",
                f"Write “{shown(f'{missing[1]}: {missing[2]}')}”",
            )
        if _NO_SPACE_AFTER_DASH.match(line):
            return Problem(
                f"{_line(text, number)} has no space after the dash", "Write “- ” before each item"
            )
    if "expected ':'" in words:
        return Problem(f"{line_of(text, opened)} has no colon after the name of a field", _FIELD)
    return Problem(
        f"{line_of(text, stopped)} stands deeper than the line above it, which already has a value",
        _LINE_UP,
    )


def _around(text: str, opened: int, stopped: int) -> list[int]:
    """Return the numbers of the lines that may be at fault, the likeliest first."""
    here, before = position(text, stopped)[0], position(text, opened)[0]
    above = here - 1
    while above > 1 and not line_at(text, above).strip():
        above -= 1
    return [number for number in dict.fromkeys((here, above, before)) if number >= 1]


def _brackets(text: str, words: str, opened: int, stopped: int) -> Problem | None:
    if "parsing a flow" not in words:
        return None
    sign = text[opened : opened + 1]
    begun, end = position(text, opened)[0], position(text, stopped)[0]
    before = f" before line {end}" if end > begun else ""
    return Problem(
        f"{line_of(text, opened)} opens a {sign} that isn’t closed{before}, or a comma is missing "
        "between two values",
        f"Add the closing {']' if sign == '[' else '}'} or the comma; put a text that contains "
        "a bracket or a comma in quotation marks",
    )


def _layout(text: str, words: str, stopped: int) -> Problem:
    number, _ = position(text, stopped)
    if "block collection" in words or "'-' indicator" in words or "block sequence" in words:
        return Problem(
            f"{_line(text, number)} stands in a list, but isn’t in line with the items above it",
            f"Begin each item with “- ”. {_LINE_UP}",
        )
    if "document start" in words:
        return Problem(
            f"{_line(text, number)} comes after the end of the description",
            "Keep one description in each file, and remove what follows it",
        )
    return Problem(f"{_line(text, number)} isn’t in line with the lines above it", _LINE_UP)
