"""The shape of a document: JSON Schema, with every fault told in plain words.

Two engines give the same verdicts: jsonschema, and jsonschema-rs where it is installed. Only the
place and the keyword of a fault are taken from them, never their sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from microcred.rule import Level, Outcome, Verdict, not_met, rule
from microcred.vocabularies import vocabulary

__all__ = ["Fault", "faults", "pruned", "schema", "without_blanks"]

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """A place where the document departs from the format, as a rule's verdict at a pointer."""

    rule: str
    path: Path
    verdict: Verdict


def schema(name: str = "credential-1") -> dict[str, Any]:
    """Return a JSON Schema of the package, for example ``credential-1`` or ``report-1``."""
    return _schema(name)


@lru_cache(maxsize=4)
def _schema(name: str) -> dict[str, Any]:
    path = files("microcred") / "schemas" / f"{name}.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


Engine = tuple[Callable[[Any], bool], Callable[[Any], Iterator[tuple[Path, str]]]]


@lru_cache(maxsize=1)
def _engine() -> Engine:
    try:
        return _fast_engine()
    except ImportError:
        return _plain_engine()


def _fast_engine() -> Engine:
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(schema())

    def errors(data: Any) -> Iterator[tuple[Path, str]]:
        for error in validator.iter_errors(data):
            # A name that is not allowed is told at its map; the last word of the schema's path
            # is then "propertyNames" or a keyword below it.
            words = [word for word in error.schema_path if isinstance(word, str)]
            keyword = "propertyNames" if "propertyNames" in words[-2:] else words[-1]
            yield tuple(error.instance_path), keyword

    return validator.is_valid, errors


def _plain_engine() -> Engine:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema())

    def errors(data: Any) -> Iterator[tuple[Path, str]]:
        for error in validator.iter_errors(data):
            in_names = "propertyNames" in list(error.absolute_schema_path)[-2:]
            yield tuple(error.absolute_path), "propertyNames" if in_names else str(error.validator)

    return validator.is_valid, errors


def faults(data: dict[str, Any]) -> tuple[Fault, ...]:
    """Return every departure from the format; empty for a well-formed document."""
    valid, errors = _engine()
    if valid(data):
        return ()
    found = {
        fault[:2]: fault for path, keyword in errors(data) for fault in _told(data, path, keyword)
    }
    return tuple(found.values())


def without_blanks(data: dict[str, Any]) -> dict[str, Any]:
    """Return the document without fields that are there and empty: a form half filled in.

    List items keep their positions, so that pointers stay true.
    """

    def filled(node: Any) -> Any:
        if isinstance(node, dict):
            kept = {key: filled(value) for key, value in node.items()}
            return {key: value for key, value in kept.items() if not _blank(value)}
        if isinstance(node, list):
            items = [filled(item) for item in node]
            return [] if all(map(_blank, items)) else items
        return node

    whole: dict[str, Any] = filled(data)
    return whole


def _blank(node: Any) -> bool:
    return node is None or node in ({}, []) or (isinstance(node, str) and not node.strip())


def pruned(data: dict[str, Any], found: tuple[Fault, ...]) -> dict[str, Any]:
    """Return the document without the nodes whose shape failed; list items become None.

    A node goes with a part without which it has no meaning, such as an outcome's statement.
    """
    broken = {path for fault in found if (path := _unreadable(fault))}
    if not broken:
        return data

    def kept(node: Any, path: Path) -> Any:
        if isinstance(node, dict):
            return {
                key: kept(value, (*path, key))
                for key, value in node.items()
                if (*path, key) not in broken
            }
        if isinstance(node, list):
            return [
                None if (*path, index) in broken else kept(item, (*path, index))
                for index, item in enumerate(node)
            ]
        return node

    whole: dict[str, Any] = kept(data, ())
    return whole


def _unreadable(fault: Fault) -> Path:
    """Return the path of the node that a fault makes unreadable; the empty one if it is none."""
    if fault.rule == "SHAPE-unknown":
        return ()
    path = fault.path
    # The whole document is never given up, whatever it lacks.
    while len(path) > 1 and path[-1] in _subschema(path[:-1]).get("required", ()):
        path = path[:-1]
    return () if len(path) == 1 and fault.rule == "SHAPE-required" else path


def _subschema(path: Path) -> dict[str, Any]:
    """Return the part of the schema that describes the node at *path*."""
    whole = node = schema()
    for step in path:
        node = _resolved(node, whole)
        if isinstance(step, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(step) or node.get("additionalProperties") or {}
        if not isinstance(node, dict):
            return {}
    return {**_resolved(node, whole), **{key: node[key] for key in ("title",) if key in node}}


def _resolved(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    name = node.get("$ref", "").removeprefix("#/$defs/")
    resolved: dict[str, Any] = whole["$defs"][name] if name else node
    return resolved


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


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    for types, words in (((str,), "a text"), ((int, float), "a number"), ((list,), "a list")):
        if isinstance(value, types):
            return words
    return "a group of fields"


def _told(data: Any, path: Path, keyword: str) -> Iterator[Fault]:
    node, part = _at(data, path), _subschema(path)
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
    message = "“{title}” is given in several languages, and “{name}” is no code of one"
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
    fix = None
    if wanted == ["array"]:
        fix = "Write it as a list: each entry on a line of its own that begins with a dash"
    elif wanted == ["object"]:
        names = ", ".join(list(part.get("properties", {}))[:4])
        fix = f"Write it as a group of fields ({names} …)" if names else None
    return Fault(
        "SHAPE-type",
        path,
        not_met(
            "“{title}” is {found}; it has to be {wanted}",
            fix=fix,
            title=title,
            found=_kind(node),
            wanted=words,
        ),
    )


def _no_choice(path: Path, node: Any, title: str, part: dict[str, Any]) -> Fault:
    choices = [str(choice) for choice in part.get("enum", [part.get("const")])]
    near = get_close_matches(str(node).casefold().replace(" ", "-"), choices, 1, 0.6)
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


_FORMAT = "our document format, version 1"


def _shape(id: str, section: str, title: str, why: str, fix: str) -> None:
    @rule(
        id,
        title,
        level=Level.ADVICE,  # the format is ours; what it hides, the must rules miss
        element="",
        section=section,
        basis=_FORMAT,
        why=why,
        fix=fix,
        at=(),  # judged by the schema, before the walk over the document
        yields=(Outcome.NOT_MET,),
    )
    def judge(_node: object, _description: object) -> Verdict | None:
        return None


_shape(
    "SHAPE-type",
    "field-form",
    "Write each field in its own form: text, number, list or group of fields",
    "A part in another form can't be read, so the checks have to leave it out",
    "Write the field as the example in the schema reference shows",
)
_shape(
    "SHAPE-required",
    "fields-needed",
    "Keep the fields without which a part has no meaning",
    "Without this field nobody can tell what the part is about",
    "Add the field; the schema reference shows what it holds",
)
_shape(
    "SHAPE-unknown",
    "field-names",
    "Use the names of the fields as the format has them",
    "What stands under another name is read by no check and by no other system",
    "Use a name of the format, or begin the name with “x-” to keep a field of your own",
)
_shape(
    "SHAPE-choice",
    "listed-values",
    "Choose one of the values where the format has a list of them",
    "Other systems know only the values of the list",
    "Write one of the values that the schema reference lists",
)
_shape(
    "SHAPE-empty",
    "empty-entries",
    "Fill a field in or leave it out",
    "An empty entry says nothing, and its place in the list can mislead",
    "Fill it in, or delete the line",
)
_shape(
    "SHAPE-range",
    "numbers-in-range",
    "Keep numbers within what is possible",
    "A number outside this range is a slip of the pen",
    "Check the number and its unit",
)
_shape(
    "SHAPE-length",
    "length-in-bounds",
    "Keep texts and lists within bounds",
    "Nobody reads, and few systems store, more than this",
    "Shorten it, or link to a document",
)
_shape(
    "SHAPE-language",
    "language-keys",
    "Name languages by their codes where a text is given in several",
    "Software finds the text in the reader's language by its code",
    "Use codes such as en, fr or uk as the keys",
)
