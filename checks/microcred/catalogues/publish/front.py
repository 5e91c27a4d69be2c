"""The first page of a catalogue, its lists for who has no scripts, and the data of its search."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from microcred.catalogues.publish.entries import Entry
from microcred.catalogues.publish.pieces import About, card, code, facts, page, text

__all__ = ["Index", "front_page", "list_page"]

COLUMNS: Final = (
    *("slug", "title", "lang", "provider", "more", "level", "hours", "mode", "country"),
    *("languages", "price", "facts"),
)
FIRST: Final = 50  # records that the first page shows before anybody searches
LISTED: Final = 250  # records on a page of the list
_SIZES: Final = (
    ("25", "up to 25 hours"),
    ("50", "26 to 50 hours"),
    ("100", "51 to 100 hours"),
    ("150", "101 to 150 hours"),
    ("151", "more than 150 hours"),
)
_PRICES: Final = (
    ("0", "free"),
    ("100", "up to 100"),
    ("300", "up to 300"),
    ("1000", "up to 1,000"),
)


@dataclass
class Index:
    """What the search knows: a row a record, with words that come again as their numbers."""

    rows: list[list[Any]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    values: dict[str, dict[str, int]] = field(
        default_factory=lambda: {"provider": {}, "mode": {}, "country": {}, "language": {}}
    )
    levels: set[int] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Take a record."""
        description = entry.description
        shown = [
            value
            for label, value in facts(entry)
            if label in ("Size", "Level", "Form", "Taught in")
        ]
        more = (description.text(description.participation.get("place")),)
        if description.eqf:
            self.levels.add(description.eqf)
        self.rows.append(
            [
                entry.slug,
                entry.title,
                entry.language if entry.language != "en" else "",
                self._number("provider", entry.provider),
                " ".join(filter(None, more)),
                description.eqf,
                description.hours,
                self._number("mode", description.mode),
                self._number("country", entry.country),
                [self._number("language", item) for item in entry.languages],
                entry.price,
                " · ".join(shown),
            ]
        )
        # Each word once: where it stands doesn't matter to a search.
        statements = _plain(" ".join(description.statements)).split()
        self.words.append(" ".join(dict.fromkeys(statements)))

    def _number(self, name: str, value: str) -> int:
        return self.values[name].setdefault(value, len(self.values[name]))

    def as_scripts(self) -> tuple[str, str]:
        """Return the data of the search, and the words of the outcomes, as scripts."""
        values = {name: list(numbers) for name, numbers in self.values.items()}
        data = {"columns": COLUMNS, "values": values, "rows": self.rows}
        return _script("CATALOGUE", data), _script("CATALOGUE_WORDS", self.words)


def _plain(words: str) -> str:
    """Return words in the form in which search.js compares them: without accents and capitals."""
    letters = unicodedata.normalize("NFD", words)
    return "".join(one for one in letters if unicodedata.category(one)[0] != "M").lower()


def _script(name: str, data: object) -> str:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # These two end a line in older scripts, and a text may hold them.
    return f"window.{name}={written.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')};\n"


def front_page(about: About, index: Index, first: Iterable[Entry]) -> str:
    """Return the first page."""
    total = len(index.rows)
    selects = "".join(
        (
            _select("level", "Level", [(str(n), f"EQF {n}") for n in sorted(index.levels)]),
            _select("size", "Size", _SIZES),
            _select("mode", "Form", _named(index, "mode", "modes")),
            _select("language", "Taught in", _named(index, "language", "languages")),
            _select("country", "Country", _named(index, "country", "countries")),
            _select("price", "Price", _PRICES),
            _select(
                "sort",
                "Order",
                (("title", "by title"), ("size", "shortest first"), ("price", "cheapest first")),
                every="as they come",
            ),
        )
    )
    body = f"""<h1>{text(about.title)}</h1>
<form class="search" role="search" hidden>
<div class="words"><label for="q">Title, provider or skill</label>
<input id="q" name="q" type="search" autocomplete="off"></div>
<details class="filters" open><summary>Filter and order</summary><div class="choices">
{selects}<div class="end"><button type="reset">Clear</button></div>
</div></details>
</form>
<noscript><p>Without scripts, read <a href="list/1.html">the whole list</a>.</p></noscript>
<p class="count" role="status">{total:,} micro-credentials</p>
<ol class="records">
{"".join(card(entry) + chr(10) for entry in first)}</ol>
<p><button class="more" type="button" hidden>Show more</button></p>"""
    head = '<script src="data.js" defer></script>\n<script src="search.js" defer></script>\n'
    return page(about, about.title, body, head=head)


def _named(index: Index, name: str, listed: str) -> list[tuple[str, str]]:
    found = [(value, code(listed, value)) for value in index.values[name] if value]
    return sorted(found, key=lambda pair: pair[1])


def _select(
    name: str, label: str, options: Iterable[tuple[str, str]], *, every: str = "any"
) -> str:
    lines = "".join(
        f'<option value="{text(value)}">{text(words)}</option>' for value, words in options
    )
    return (
        f'<div><label for="{name}">{label}</label><select id="{name}" name="{name}">'
        f'<option value="">{every}</option>{lines}</select></div>\n'
    )


def list_page(about: About, number: int, pages: int, cards: Iterable[str]) -> str:
    """Return a page of the list, for whoever reads on without searching."""
    links = "".join(
        f"<b>{other}</b>" if other == number else f'<a href="{other}.html">{other}</a>'
        for other in range(1, pages + 1)
    )
    nav = f'<nav class="pages" aria-label="Pages of the list">{links}</nav>' if pages > 1 else ""
    items = "\n".join(cards)
    heading = f"<h1>All micro-credentials, page {number} of {pages}</h1>"
    body = f'{heading}{nav}<ol class="records">\n{items}\n</ol>'
    return page(about, f"List, page {number} – {about.title}", body, up="../")
