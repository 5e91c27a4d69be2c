"""The guided form of the check page: questions out of a worksheet, answers into a draft.

Nothing about a question is written here: labels, help, examples and lists are those of the
worksheet and of the schema. The page holds the answers as a person types them: for each section
its fields by path, for each table a list of such entries, and under "rest" what a draft says and
the worksheet doesn't ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, Final, cast

from microcred.report import Checked, Unread
from microcred.vocabularies import vocabulary
from microcred.worksheets.answers import spelled, value
from microcred.worksheets.definition import Section, Worksheet, worksheet
from microcred.worksheets.fields import Field
from microcred.worksheets.wording import OF_KIND
from microcred.worksheets.wording import worded as in_words

__all__ = ["answers", "awarded", "composed", "offered", "questions", "worded"]

Answers = Mapping[str, Any]

_LONG: Final = 100  # letters of help or example that stand for an answer of several lines
_OWN: Final = ("microcred", "kind")


def questions(kind: str) -> dict[str, object]:
    """Return everything that the page needs to draw the form for an offer or an award."""
    sheet = _form(kind)
    used = {field.vocabulary for section in sheet.sections for field in section.fields} - {""}
    return {
        "title": sheet.title,
        "purpose": sheet.purpose,
        "rest": {"x-worksheet": sheet.id} if sheet.scope else {},
        "sections": [_section(section, sheet) for section in sheet.sections if not section.owner],
        "lists": {name: _options(name) for name in sorted(used | {"languages"})},
    }


def composed(given: Answers, kind: str) -> dict[str, Any]:
    """Return the draft that the answers make; what is empty is left out."""
    draft: dict[str, Any] = {"microcred": 1, "kind": kind}
    sheet = _form(kind)
    for section in sheet.sections:
        if section.owner:
            continue
        told = given.get(_key(section))
        if section.is_map:
            _put(draft, section.at, _amounts(section, told or []))
        elif section.at:
            entries = [_entry(section, sheet, one) for one in told or [] if any(_said(one))]
            _put(draft, section.at, entries)
        else:
            for field in section.fields:
                _put(draft, field.path, _value(field, (told or {}).get("/".join(field.path))))
    for name, kept in (given.get("rest") or {}).items():
        draft[name] = _merged(kept, draft[name]) if name in draft else kept
    return draft


def answers(draft: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return the answers that a draft gives already; ``composed`` makes the same draft of them."""
    sheet = _form(kind)
    rest = deepcopy({name: part for name, part in draft.items() if name not in _OWN})
    given: dict[str, Any] = {}
    for section in sheet.sections:
        if section.owner:
            continue
        if section.is_map:
            parts = _taken(rest, section.at)
            pairs = parts.items() if isinstance(parts, dict) else ()
            given[_key(section)] = [{"name": name, "value": spelled(one)} for name, one in pairs]
        elif section.at:
            entries = _taken(rest, section.at)
            listed = entries if isinstance(entries, list) else []
            told = [_told(section, sheet, one) for one in listed if isinstance(one, dict)]
            given[_key(section)] = told
        else:
            given[_key(section)] = _fields_told(section.fields, rest)
    return given | {"rest": _without_empty(rest)}


def worded(document: Checked | Unread, kind: str) -> Checked | Unread:
    """Return a document with its findings in the words of the questions."""
    if isinstance(document, Unread):
        return document
    return replace(document, findings=in_words(document.findings, _form(kind)))


def awarded(offer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the beginning of an award of this offer: what it says, and which one it is."""
    named = {name: offer[name] for name in ("id", "version") if name in offer}
    kept = {name: part for name, part in offer.items() if name not in named}
    return kept | ({"offer": named} if named else {})


def offered(award: Mapping[str, Any]) -> dict[str, Any]:
    """Return the offer that ``awarded`` began with; what the award says of itself stays."""
    named = award.get("offer")
    if not isinstance(named, dict):
        return dict(award)
    back = {name: named[name] for name in ("id", "version") if name in named and name not in award}
    left = {name: part for name, part in named.items() if name not in back}
    kept = {name: part for name, part in award.items() if name != "offer"}
    return back | kept | ({"offer": left} if left else {})


def _form(kind: str) -> Worksheet:
    return worksheet(OF_KIND[kind])


def _key(section: Section) -> str:
    return section.title


def _inner(section: Section, sheet: Worksheet) -> Iterator[Section]:
    """Yield the tables whose rows belong to an entry of this one."""
    for other in sheet.sections:
        if other.owner and section.at and other.at[:1] == section.at and other.at[1] == "*":
            yield other


# -- Questions ---------------------------------------------------------------------------------


def _section(section: Section, sheet: Worksheet) -> dict[str, object]:
    return {
        "key": _key(section),
        "title": section.title,
        "sheet": section.sheet,
        "intro": section.intro,
        "elements": list(section.elements),
        "at": "/".join(section.at),
        "list": bool(section.at),
        "map": section.is_map,
        "fields": [_question(field) for field in section.fields],
        "inner": [_section(inner, sheet) for inner in _inner(section, sheet)],
    }


def _question(field: Field) -> dict[str, object]:
    return {
        "path": "/".join(field.path),
        "label": field.label,
        "help": field.help,
        "example": field.example,
        "required": field.required,
        "several": field.is_list,
        "long": field.is_text and max(len(field.help), len(field.example)) > _LONG,
        "number": field.is_number,
        "date": field.is_date,
        "text": field.is_text,
        "choices": list(field.choices),
        "list": field.vocabulary,
    }


def _options(name: str) -> list[list[str]]:
    entries = [[entry.code, entry.label()] for entry in vocabulary(name)]
    return sorted(entries, key=lambda pair: pair[1])


# -- From answers to a draft -------------------------------------------------------------------


def _value(field: Field, told: object) -> object:
    if isinstance(told, dict):
        return {code: text for code, text in told.items() if isinstance(text, str) and text.strip()}
    text = told.strip() if isinstance(told, str) else told
    return value(field, text) if isinstance(text, str | int | float) and text != "" else None


def _entry(section: Section, sheet: Worksheet, one: Answers) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for field in section.fields:
        _put(entry, field.path, _value(field, one.get("/".join(field.path))))
    for inner in _inner(section, sheet):
        rows = [_entry(inner, sheet, row) for row in one.get(_key(inner)) or [] if any(_said(row))]
        _put(entry, inner.at[2:], rows)
    return cast("dict[str, Any]", _merged(one.get("rest") or {}, entry))


def _amounts(section: Section, rows: list[Answers]) -> dict[str, object]:
    amount = section.fields[-1]
    return {
        str(row.get("name") or "").strip(): _value(amount, row.get("value"))
        for row in rows
        if any(_said(row))
    }


def _put(into: dict[str, Any], path: tuple[str, ...], told: object) -> None:
    if told is None or told in ([], {}):
        return
    for step in path[:-1]:
        into = into.setdefault(step, {})
    into[path[-1]] = told


def _said(told: object) -> Iterator[object]:
    """Yield whatever somebody has written in an entry."""
    if isinstance(told, Mapping):
        for part in told.values():
            yield from _said(part)
    elif isinstance(told, list):
        for part in told:
            yield from _said(part)
    elif str(told).strip():
        yield told


def _merged(kept: object, told: object) -> object:
    if isinstance(kept, dict) and isinstance(told, dict):
        return kept | {name: _merged(kept.get(name), part) for name, part in told.items()}
    return told


# -- From a draft to answers -------------------------------------------------------------------


def _told(section: Section, sheet: Worksheet, one: Mapping[str, Any]) -> dict[str, Any]:
    rest = deepcopy(dict(one))
    told = _fields_told(section.fields, rest)
    for inner in _inner(section, sheet):
        rows = _taken(rest, inner.at[2:])
        told[_key(inner)] = [
            _told(inner, sheet, row)
            for row in (rows if isinstance(rows, list) else [])
            if isinstance(row, dict)
        ]
    kept = _without_empty(rest)
    return told | ({"rest": kept} if kept else {})


def _fields_told(fields: tuple[Field, ...], rest: dict[str, Any]) -> dict[str, Any]:
    told = {}
    for field in fields:
        found = _taken(rest, field.path)
        if found is not None:
            plain = isinstance(found, dict | int | float)
            told["/".join(field.path)] = found if plain else spelled(found)
    return told


def _taken(rest: Any, path: tuple[str, ...]) -> Any:
    """Return what stands at *path* and take it out."""
    for step in path[:-1]:
        rest = rest.get(step) if isinstance(rest, dict) else None
    return rest.pop(path[-1], None) if isinstance(rest, dict) else None


def _without_empty(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    kept = {name: _without_empty(part) for name, part in node.items()}
    return {name: part for name, part in kept.items() if part not in ({}, [], None)}
