"""Faults of shape, told in plain words.

Only the place and the keyword of a fault are taken from the engines, never their sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final

from microcred.rule import Verdict, not_met
from microcred.shape.bare import spelled_out
from microcred.shape.fault import Fault
from microcred.shape.schemas import Path, subschema
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import is_slip

__all__ = ["told"]


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


_KINDS: Final = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of fields",
}


_AS_LIST: Final = "Write it as a list: each entry on a line of its own that begins with a dash"


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    for types, words in (((str,), "a text"), ((int, float), "a number"), ((list,), "a list")):
        if isinstance(value, types):
            return words
    return "a group of fields"


def told(data: Any, path: Path, keyword: str) -> Iterator[Fault]:
    """Yield the faults behind one error of an engine, which names a place and a keyword."""
    node, part = _at(data, path), subschema(path)
    title = str(part.get("title") or (path[-1] if path else "The document"))
    if keyword == "required":
        missing = (name for name in part["required"] if name not in node)
        yield from (_missing(path, name, part) for name in missing)
    elif keyword == "additionalProperties":
        known = part.get("properties", {})
        strange = (name for name in node if name not in known and not name.startswith("x-"))
        yield from (_unknown((*path, name), name, list(known)) for name in strange)
    elif keyword == "propertyNames":
        yield from _wrong_names(node, path, title, part)
    else:
        yield _TELLERS.get(keyword, _empty)(path, node, title, part)


def _wrong_names(
    node: dict[str, Any], path: Path, title: str, part: dict[str, Any]
) -> Iterator[Fault]:
    names = part["propertyNames"]
    if "pattern" not in names:  # names of the reader's own, which only have a greatest length
        message = "“{title}” has a name of more than {limit} characters"
        verdict = not_met(message, title=title, limit=names["maxLength"])
        yield Fault("SHAPE-length", path, verdict)
        return
    code = re.compile(names["pattern"])
    for name in node:
        if not code.fullmatch(name):
            yield Fault("SHAPE-language", (*path, name), _no_language(name, title))


def _no_language(name: str, title: str) -> Verdict:
    message = "“{title}” is a text, and “{name}” in it is no code of a language"
    meant = vocabulary("languages").find(name)
    fix = "Write `{code}`" if meant else None
    return not_met(message, fix=fix, title=title, name=name, code=meant.code if meant else "")


def _out_of_range(path: Path, node: Any, title: str, part: dict[str, Any]) -> Fault:
    message = "“{title}” is {value}; it can be {low} to {high}"
    low, high = part.get("minimum", ""), part.get("maximum", "")
    return Fault("SHAPE-range", path, not_met(message, title=title, value=node, low=low, high=high))


def _too_long(path: Path, node: Any, title: str, part: dict[str, Any]) -> Fault:
    if isinstance(node, str):
        message, limit = "“{title}” holds more than {limit} characters", part["maxLength"]
    else:
        bound = part["maxItems" if isinstance(node, list) else "maxProperties"]
        message, limit = "“{title}” holds more than {limit} entries", bound
    return Fault("SHAPE-length", path, not_met(message, title=title, limit=limit))


def _empty(path: Path, node: Any, title: str, part: dict[str, Any]) -> Fault:
    return Fault("SHAPE-empty", path, not_met("“{title}” is there but empty", title=title))


def _missing(path: Path, name: str, part: dict[str, Any]) -> Fault:
    title = part.get("properties", {}).get(name, {}).get("title", name)
    where = f"“{part['title']}”" if path else "The document"
    return Fault(
        "SHAPE-required",
        (*path, name),
        not_met(
            "{where} has no “{title}”",
            fix="Add the field `{name}`",
            where=where,
            title=title,
            name=name,
        ),
    )


def _unknown(path: Path, name: str, known: list[str]) -> Fault:
    near = get_close_matches(name.casefold(), known, 1, 0.6)
    fix = "Write `{near}`" if near else None
    return Fault(
        "SHAPE-unknown",
        path,
        not_met(
            "“{name}” is no field of the format here",
            fix=fix,
            name=name,
            near=near[0] if near else "",
        ),
    )


def _wrong_kind(path: Path, node: Any, title: str, part: dict[str, Any]) -> Fault:
    wanted = part["type"] if isinstance(part["type"], list) else [part["type"]]
    if set(wanted) == {"number", "string"}:
        words = "a number"
    elif set(wanted) == {"string", "object"}:
        words = "a text, or one text for each language"
    else:
        words = " or ".join(_KINDS[kind] for kind in wanted)
    spelled = spelled_out(node, part)
    if spelled is not None:
        return _bare(path, node, title, spelled)
    fix = None
    if wanted == ["array"]:
        fix = _AS_LIST
    elif wanted == ["object"]:
        names = ", ".join(list(part.get("properties", {}))[:4])
        fix = f"Write it as a group of fields ({names} …)" if names else None
    elif "string" in wanted and isinstance(node, (bool, int, float)):
        fix = 'Put it in quotation marks: `"{value}"`'
    return Fault(
        "SHAPE-type",
        path,
        not_met(
            "“{title}” is {found}; it has to be {wanted}",
            fix=fix,
            title=title,
            found=_kind(node),
            wanted=words,
            value=str(node).lower() if isinstance(node, bool) else node,
        ),
    )


def _bare(path: Path, node: Any, title: str, spelled: Any) -> Fault:
    if isinstance(spelled, list):
        message, fix = "“{title}” is {found}; it was read as a list of {count}", _AS_LIST
    else:
        message, fix = "“{title}” is {found}; it was read as its `{name}`", "Write `{name}: …`"
    name = next(iter(spelled)) if isinstance(spelled, dict) else ""
    count = len(spelled) if len(spelled) > 1 else "one"
    verdict = not_met(message, fix=fix, title=title, found=_kind(node), count=count, name=name)
    return Fault("SHAPE-type", path, verdict, spelled)


def _no_choice(path: Path, node: Any, title: str, part: dict[str, Any]) -> Fault:
    choices = [str(choice) for choice in part.get("enum", [part.get("const")])]
    if isinstance(node, str) and node in choices:
        return Fault(
            "SHAPE-choice",
            path,
            not_met(
                "“{title}” is the text “{value}”; it has to be a number",
                fix="Write {value} without quotation marks",
                title=title,
                value=node,
            ),
        )
    said = str(node).casefold().replace(" ", "-")
    # “Supervised by a teacher” is supervised, and no more than that.
    begun = sorted((one for one in choices if said.startswith(one)), key=len)[-1:]
    near = begun or [one for one in get_close_matches(said, choices, 3, 0.6) if is_slip(said, one)]
    if near and len(choices) > 1:
        fix = "Did you mean `{near}`? It can be: {choices}"
    else:
        fix = "Write one of: {choices}" if len(choices) > 1 else "Write {choices}"
    return Fault(
        "SHAPE-choice",
        path,
        not_met(
            "“{title}” is “{value}”, which is not one of the possible values",
            fix=fix,
            title=title,
            value=node,
            near=near[0] if near else "",
            choices=", ".join(choices),
        ),
    )


# A fault of another keyword means that a field is there with nothing in it.
_TELLERS: Final = {
    "type": _wrong_kind,
    "enum": _no_choice,
    "const": _no_choice,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "maxLength": _too_long,
    "maxItems": _too_long,
    "maxProperties": _too_long,
}
