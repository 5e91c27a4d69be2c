"""What an offer or award already says to the questions of a worksheet's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from microcred.credential import Credential
from microcred.problem import Problem
from microcred.rule import WORKSHEET
from microcred.worksheets.definition import Section, Worksheet
from microcred.worksheets.fields import Field
from microcred.worksheets.questions import ANSWERS

__all__ = ["prefilled", "takes_drafts"]


def prefilled(chosen: Worksheet, draft: Credential) -> dict[str, Any]:
    """Return a filled worksheet with what *draft* says: its own answers, or fields of an offer.

    Raises:
        Problem: the draft is another worksheet, or the worksheet asks nothing that it says.
    """
    if draft.kind == WORKSHEET:
        named = str(draft.data.get("worksheet", "")).strip().upper()
        if named != chosen.id:
            raise Problem(
                f"The draft is a filled worksheet {named or 'without a name'}, not {chosen.id}",
                f"Name a filled {chosen.id}, or an offer",
            )
        return dict(draft.data)
    if not takes_drafts(chosen):
        raise Problem(
            f"Nothing in {chosen.id} is filled in from an {draft.kind}",
            f"Name a filled {chosen.id}, or leave --from out",
        )
    answers: dict[str, Any] = {}
    language = str(draft.data.get("language") or "en")
    for section in chosen.sections:
        if section.is_table and not section.items:
            if entries := list(_entries(section, draft.data, language)):
                answers[section.key] = entries
        elif not section.is_table:
            answers |= {
                one.path[-1]: said for one, said in _said(section.fields, draft.data, language)
            }
    answers |= _worked_out(chosen, draft)
    return {"microcred": 1, "kind": WORKSHEET, "worksheet": chosen.id, ANSWERS: answers}


def _worked_out(chosen: Worksheet, draft: Credential) -> dict[str, Any]:
    """Return answers that no single field of a draft gives."""
    if chosen.id != "W13":
        return {}
    from microcred.evaluation import dossier

    return dossier.answers(draft)


def takes_drafts(sheet: Worksheet) -> bool:
    """Tell whether an offer or award fills in something of a worksheet of one's own."""
    return any(one.node.get("x-from") for part in sheet.sections for one in part.fields)


def _said(
    fields: tuple[Field, ...], data: Mapping[str, Any], language: str
) -> Iterator[tuple[Field, object]]:
    for one in fields:
        way = str(one.node.get("x-from", "")).split("/")
        found = [_plain(value, language) for value in _at(data, way)]
        found = [value for value in found if value not in (None, "")]
        if found:
            yield one, found if one.is_list else _joined(found)


def _entries(
    section: Section, data: Mapping[str, Any], language: str
) -> Iterator[dict[str, object]]:
    """Yield an entry for each item of the list that the questions of a table point into."""
    ways = {str(one.node.get("x-from", "")): one for one in section.fields}
    tops = {way.split("/*/")[0] for way in ways if "/*/" in way}
    if len(tops) != 1:
        return
    items = next(iter(_at(data, tops.pop().split("/"))), None)
    for item in items if isinstance(items, list) else ():
        entry = {}
        for way, one in ways.items():
            below = way.partition("/*/")[2].split("/")
            found = [_plain(part, language) for part in _at(item, below)]
            if "/*/" in way and found and found[0] is not None:
                entry[one.path[0]] = found if one.is_list else _joined(found)
        if entry:
            yield entry


def _at(node: Any, way: list[str]) -> list[Any]:
    if not way or way == [""]:
        return []
    nodes = [node]
    for step in way:
        if step == "*":
            nodes = [item for one in nodes for item in (one if isinstance(one, list) else [])]
        else:
            nodes = [one[step] for one in nodes if isinstance(one, dict) and step in one]
    return nodes


def _plain(value: object, language: str) -> object:
    """Return a text in one language, the document’s own if it can be; a list as one text."""
    if isinstance(value, dict):
        texts = {code: text for code, text in value.items() if isinstance(text, str)}
        return texts.get(language) or texts.get("en") or next(iter(texts.values()), None)
    if isinstance(value, list):
        return _joined([_plain(item, language) for item in value])
    return value


def _joined(values: list[object]) -> object:
    said = [value for value in values if value is not None]
    return said[0] if len(said) == 1 else "; ".join(map(str, said)) or None
