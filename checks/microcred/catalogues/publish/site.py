"""A static catalogue that any web space can hold: no server, no database, no third party."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Final

from microcred.catalogues.publish.entries import Entry, Skipped
from microcred.catalogues.publish.feeds import NEWEST, Item, as_atom, as_json, distinct, item_of
from microcred.catalogues.publish.front import FIRST, LISTED, Index, front_page, list_page
from microcred.catalogues.publish.pieces import GENERATOR, About, card
from microcred.catalogues.publish.record import record_page
from microcred.problem import Problem

__all__ = ["MOST", "write_site"]

MOST: Final = 50_000  # records: more than a browser searches in one go
_HEAD: Final = 2000  # characters in which a page says what it was written by
_BADGES: Final = {
    # A tick, a wave and a cross: the shape says it as well as the colour.
    "clear": ("#1c6b2f", "M5 10.5 8.5 14 15 6.5"),
    "partly": ("#8a5200", "M5 11c1.8-3 3.4-3 5 0s3.2 3 5 0"),
    "broken": ("#a8201a", "M6 6l8 8M14 6l-8 8"),
}


def write_site(
    entries: Iterator[Entry | Skipped], folder: Path, about: About
) -> tuple[int, list[Skipped]]:
    """Write the site to *folder*; return how many records it has, and which were left out.

    Raises:
        Problem: there are too many records, or the folder can't be written.
    """
    try:
        return _write(entries, folder, about)
    except OSError as error:
        raise Problem(
            f"The folder “{folder}” can’t be written: {error.strerror}",
            "Name another with --output",
        ) from None


def _write(
    entries: Iterator[Entry | Skipped], folder: Path, about: About
) -> tuple[int, list[Skipped]]:
    if (front := folder / "index.html").exists() and not _is_ours(front):
        raise Problem(
            f"“{front}” is there already and was written by something else, and would be lost",
            "Name a folder of its own with --output",
        )
    for name in ("mc", "list", "badge"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    before = _pages_of_ours(folder)
    index, skipped, newest = Index(), [], list[Item]()
    first: list[Entry] = []
    pages = _Pages(folder, about)
    for entry in entries:
        if isinstance(entry, Skipped):
            skipped.append(entry)
            continue
        if len(index.rows) >= MOST:
            raise Problem(
                f"A site holds {MOST:,} records at most, so that a browser can search it",
                "Publish the catalogue in parts, or convert it for the software of a register",
            )
        index.add(entry)
        path = folder / "mc" / f"{entry.slug}.html"
        _put(path, record_page(entry, about))
        before.discard(path)
        pages.add(entry)
        if len(first) < FIRST:
            first.append(entry)
        item = item_of(entry, about.checked_on)
        (heapq.heappush if len(newest) < NEWEST else heapq.heappushpop)(newest, item)
    before -= pages.end()
    # What was withdrawn must not stay there: perhaps it was for what stands in it.
    for path in before:
        path.unlink(missing_ok=True)
    _front(folder, about, index, first)
    newest = distinct(sorted(newest, reverse=True))
    _put(folder / "feed.atom", as_atom(about, newest))
    _put(folder / "feed.json", as_json(about, newest))
    return len(index.rows), skipped


def _pages_of_ours(folder: Path) -> set[Path]:
    """Return the pages that an earlier version of the catalogue left in *folder*."""
    pages = (path for name in ("mc", "list") for path in (folder / name).glob("*.html"))
    return {path for path in pages if _is_ours(path)}


def _is_ours(page: Path) -> bool:
    with page.open(encoding="utf-8", errors="replace") as stream:
        return GENERATOR in stream.read(_HEAD)


def _front(folder: Path, about: About, index: Index, first: list[Entry]) -> None:
    _put(folder / "index.html", front_page(about, index, first))
    data, words = index.as_scripts()
    _put(folder / "data.js", data)
    _put(folder / "words.js", words)
    home = files("microcred") / "catalogues" / "publish"
    for name in ("catalogue.css", "search.js"):
        _put(folder / name, (home / name).read_text(encoding="utf-8"))
    for name, (colour, path) in _BADGES.items():
        _put(
            folder / "badge" / f"{name}.svg",
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
            f'<circle cx="10" cy="10" r="10" fill="{colour}"/>'
            f'<path d="{path}" fill="none" stroke="#fff" stroke-width="2.2"/></svg>\n',
        )


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


class _Pages:
    """The pages of the list; how many there are is known only at the end."""

    def __init__(self, folder: Path, about: About) -> None:
        self._folder, self._about = folder, about
        self._cards: list[str] = []

    def add(self, entry: Entry) -> None:
        self._cards.append(card(entry, "../"))

    def end(self) -> set[Path]:
        """Write the pages, and return where."""
        cards = iter(self._cards)
        total = max(1, -(-len(self._cards) // LISTED))
        for number in range(1, total + 1):
            some = list(islice(cards, LISTED))
            written = list_page(self._about, number, total, some)
            _put(self._folder / "list" / f"{number}.html", written)
        return {self._folder / "list" / f"{number}.html" for number in range(1, total + 1)}
