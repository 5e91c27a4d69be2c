"""What is wrong with the shape of a file that people write for us, in plain words and with lines.

For small files with a schema of their own: profiles and programmes. Descriptions of
micro-credentials, of which there can be millions, have the faster way of ``shape``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from microcred.problem import Problem

__all__ = ["Fault", "Names", "as_problems", "of_shape"]

_WORDS: Final = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a group of fields",
    "array": "a list",
    "null": "nothing",
}
Names = tuple[str | int, ...]
Fault = tuple[Names, str, str]  # where, what is so, how to mend it


def as_problems(
    found: Iterator[Fault], file: str, line: Callable[[Names], int] | None = None
) -> Iterator[Problem]:
    """Yield each fault once, in the order of the file; without *line* there is none yet."""
    told = {(line(names) if line else 0, message, fix): None for names, message, fix in found}
    for number, message, fix in sorted(told, key=lambda fault: fault[0]):
        yield Problem(f"{file}, line {number}: {message}" if line else f"{file}: {message}", fix)


def of_shape(raw: dict[str, Any], name: str, whole: str) -> Iterator[Fault]:
    """Yield what the schema *name* says of *raw*; *whole* is what messages call the file."""
    from jsonschema import Draft202012Validator

    from microcred.shape import schema

    errors = Draft202012Validator(schema(name)).iter_errors(raw)
    for error in errors:
        names = tuple(error.absolute_path)
        yield from _told(names, str(error.validator), error.instance, error.schema, whole)


def _told(
    names: Names, keyword: str, value: Any, node: Mapping[str, Any], whole: str
) -> Iterator[Fault]:
    field = f"“{_way(names)}”" if names else f"The {whole}"
    if keyword == "required":
        for name in node["required"]:
            if name not in value:
                about = node["properties"][name]["description"]
                yield names, f"{field} has no “{name}”", f"Add `{name}`: {about}"
    elif keyword == "additionalProperties":
        known = list(node.get("properties", ()))
        for name in value:
            if name not in known and not str(name).startswith("x-"):
                near = get_close_matches(str(name), known, 1)
                hint = f"Did you mean “{near[0]}”?" if near else f"Use: {', '.join(known)}"
                yield (*names, name), f"“{_way((*names, name))}” is no field of a {whole}", hint
    elif keyword == "enum":
        yield names, f"{field} is “{value}”", f"Write one of: {', '.join(map(str, node['enum']))}"
    elif keyword == "type":
        types = [node["type"]] if isinstance(node["type"], str) else node["type"]
        wanted = " or ".join(_WORDS[one] for one in types)
        yield names, f"{field} is not {wanted}", f"Write {wanted}{_more(node)}"
    elif keyword in {"minItems", "minLength", "minProperties"}:
        yield names, f"{field} is empty", f"Fill it in, or leave the field out{_more(node)}"
    else:
        yield names, f"{field} is “{value}”", f"Write another value{_more(node)}"


def _more(node: Mapping[str, Any]) -> str:
    about = f": {node['description']}" if "description" in node else ""
    return about + (f" For example: {node['examples'][0]}" if node.get("examples") else "")


def _way(names: Names) -> str:
    # People count from one.
    return " › ".join(str(name + 1) if isinstance(name, int) else name for name in names)
