"""What differs between two catalogues, for people: on a terminal, and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Final

from microcred.catalogues.page import document
from microcred.messages import quote
from microcred.report.characters import visible
from microcred.report.page import Page

__all__ = ["as_html", "as_text"]

Json = dict[str, Any]

_PARTS: Final = (("added", "Added"), ("changed", "Changed"), ("withdrawn", "Withdrawn"))
_SHOWN: Final = 30  # records of each part on a terminal; the other forms hold all
_FIELDS_SHOWN: Final = 6


def _heading(found: Json) -> str:
    counts = ", ".join(f"{len(found[name]):,} {title.lower()}" for name, title in _PARTS)
    return f"{counts}, {found['unchanged']:,} unchanged"


def _left_out(found: Json, names: tuple[str, str]) -> Iterator[str]:
    """Yield what could not be compared in each of the catalogues: the new one first."""
    for name, title in (("new", names[1]), ("old", names[0])):
        unread, doubled = (found["left_out"][name][what] for what in ("unread", "doubled"))
        if unread:
            yield f"In {title}, {_records(unread)} could not be read, and can’t be compared."
        if doubled:
            yield (
                f"In {title}, {_records(doubled)} had to be left out: one before has the same id, "
                "or the same title and provider."
            )


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"


def _more_fields(count: int) -> str:
    return f"… and {count} more field{'' if count == 1 else 's'}"


def _change(field: Json) -> str:
    was, now = field["was"], field["is"]
    if was is None:
        return f"{field['field']}: “{quote(now)}” is new"
    if now is None:
        return f"{field['field']}: “{quote(was)}” is gone"
    return f"{field['field']}: “{quote(was)}” became “{quote(now)}”"


def as_text(found: Json, names: tuple[str, str], *, width: int = 80, colour: bool = False) -> str:
    """Return what differs as text for a terminal."""
    page = Page(width, colour, "en")
    page.add(f"{names[1]} compared with {names[0]}", "bold")
    page.add(f"{_heading(found)}.")
    for sentence in _left_out(found, names):
        page.add(sentence)
    for name, title in _PARTS:
        records = found[name]
        if not records:
            continue
        page.gap()
        page.add(f"{title} ({len(records):,})", "bold")
        for record in records[:_SHOWN]:
            page.add(_name(record), indent=2)
            fields = record.get("fields", ())
            for field in fields[:_FIELDS_SHOWN]:
                page.hang("-", visible(_change(field)), indent=6, start=4)
            left = len(fields) - _FIELDS_SHOWN + record.get("more", 0)
            if left > 0:
                page.add(_more_fields(left), "dim", indent=6)
        if len(records) > _SHOWN:
            page.add(f"… and {len(records) - _SHOWN:,} more", "dim", indent=2)
    return "\n".join(page.lines) + "\n"


def _name(record: Json) -> str:
    return visible(", ".join(filter(None, (record["title"] or "(no title)", record["provider"]))))


def as_html(found: Json, names: tuple[str, str]) -> str:
    """Return what differs as a page that stands alone."""
    title = f"{names[1]} compared with {names[0]}"
    return document(title, _body(found, names))


def _body(found: Json, names: tuple[str, str]) -> Iterator[str]:
    yield f'<p class="summary">{escape(_heading(found))}.</p>'
    for sentence in _left_out(found, names):
        yield f"<p>{escape(visible(sentence))}</p>"
    for name, title in _PARTS:
        records = found[name]
        if records:
            yield f"<h2>{title} ({len(records):,})</h2><ul>"
            for record in records:
                yield f'<li dir="auto">{escape(_name(record))}{"".join(_fields(record))}</li>'
            yield "</ul>"


def _fields(record: Json) -> Iterator[str]:
    fields = record.get("fields", ())
    if fields:
        yield "<ul>"
        yield from (f'<li dir="auto">{escape(visible(_change(field)))}</li>' for field in fields)
        if record["more"]:
            yield f"<li>{_more_fields(record['more'])}</li>"
        yield "</ul>"
