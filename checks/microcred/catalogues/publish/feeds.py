"""Feeds of what was reviewed last: Atom and JSON."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Final

from microcred.catalogues.publish.entries import Entry
from microcred.catalogues.publish.pieces import About, text

__all__ = ["NEWEST", "Item", "as_atom", "as_json", "distinct", "item_of"]

NEWEST: Final = 100


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A record in a feed; the day orders it."""

    day: str
    slug: str
    title: str
    language: str
    summary: str
    id: str


def item_of(entry: Entry, checked_on: str) -> Item:
    """Return a record as an item; its day is that of its last review, else of the check."""
    review = entry.description.part("review").get("last")
    day = entry.description.date(review)
    summary = entry.description.text(entry.data.get("summary")) or entry.provider
    id = str(entry.data.get("id") or "")
    return Item(
        day.isoformat() if day else checked_on,
        entry.slug,
        entry.title or "(no title)",
        entry.language,
        summary,
        id if "://" in id else "",
    )


def distinct(items: list[Item]) -> list[Item]:
    """Return the items; a second one of the same id is known by its page, as feeds ask."""
    seen: set[str] = set()
    found = []
    for item in items:
        found.append(replace(item, id="") if item.id in seen else item)
        seen.add(item.id)
    return found


def _mark(words: str) -> str:
    return hashlib.blake2s(words.encode(), digest_size=8).hexdigest()


def as_atom(about: About, items: list[Item]) -> str:
    """Return the items as Atom (RFC 4287)."""
    updated = max((item.day for item in items), default=about.checked_on)
    base = f' xml:base="{text(about.address)}"' if about.address else ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{base} xml:lang="en">',
        f"<title>{text(about.title)}</title>",
        f"<id>{text(about.address) or 'urn:microcred:catalogue:' + _mark(about.title)}</id>",
        f"<updated>{updated}T00:00:00Z</updated>",
        f"<author><name>{text(about.title)}</name></author>",
        f'<link rel="self" href="{text(about.address)}feed.atom"/>',
    ]
    for item in items:
        id = text(item.id) or f"urn:microcred:record:{_mark(item.slug)}"
        lines += [
            f'<entry xml:lang="{text(item.language or "und")}">',
            f"<title>{text(item.title)}</title>",
            f"<id>{id}</id>",
            f"<updated>{item.day}T00:00:00Z</updated>",
            f'<link href="{text(about.address)}mc/{item.slug}.html"/>',
            f"<summary>{text(item.summary)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>\n"])


def as_json(about: About, items: list[Item]) -> str:
    """Return the items as a JSON feed, version 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.title,
        **({"home_page_url": about.address} if about.address else {}),
        **({"feed_url": f"{about.address}feed.json"} if about.address else {}),
        "items": [
            {
                "id": item.id or item.slug,
                "url": f"{about.address}mc/{item.slug}.html",
                "title": item.title,
                "language": item.language,
                "content_text": item.summary,
                "date_modified": f"{item.day}T00:00:00Z",
            }
            for item in items
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"
