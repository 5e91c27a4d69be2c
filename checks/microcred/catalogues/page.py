"""The summary of a catalogue as one page that stands alone, with its pictures in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from microcred.catalogues.told import counted, percent
from microcred.report.characters import visible
from microcred.report.words import NOTE

__all__ = ["bar", "document", "write"]

Json = dict[str, Any]

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_RULES_SHOWN: Final = 25
_GROUPS_SHOWN: Final = 15


@lru_cache(maxsize=1)
def _style() -> str:
    report = (files("microcred") / "report" / "html.css").read_text(encoding="utf-8")
    own = (files("microcred") / "catalogues" / "page.css").read_text(encoding="utf-8")
    return report + own


def write(found: Json) -> str:
    """Return a summary as an HTML page without scripts or outside files."""
    title = f"Report on a catalogue of {counted(found['records']['total'])}"
    return document(title, _body(found), note=NOTE)


def document(title: str, body: Iterator[str], note: str = "") -> str:
    """Return a page that stands alone, with what *body* yields under its title."""
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>{_(title)}</title>",
            f"<style>\n{_style()}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{_(title)}</h1>",
            *body,
            "</main>",
            *([f"<footer><p>{_(note)}</p></footer>"] if note else []),
            "</body>",
            "</html>\n",
        )
    )


def _(text: object) -> str:
    return escape(visible(str(text)))


def _n(number: int) -> str:
    return f"{number:,}".replace(",", "&#8239;")


def bar(part: float, whole: float, words: str, kind: str = "") -> str:
    """Return a bar as SVG: *part* of *whole* filled, with *words* for who can't see it."""
    share = max(0.0, min(100.0, 100 * part / whole)) if whole else 0.0
    shown = max(share, 0.6) if part else 0.0
    return (
        f'<svg class="bar {kind}" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(words)}"><rect class="ground" width="100" height="10"/>'
        f'<rect class="filled" width="{shown:.2f}" height="10"/></svg>'
    )


def _body(found: Json) -> Iterator[str]:
    records = found["records"]
    clear = percent(records["clear"], records["total"])
    yield (
        f'<p class="summary">Every must rule is met in {_n(records["clear"])} of '
        f"{counted(records['total'])} ({clear}).</p>"
    )
    yield from _facts(found)
    yield from _since(found)
    yield from _elements(found)
    yield from _rules(found)
    yield from _groups("Providers", found["providers"], found["counted"]["providers"])
    yield from _groups("Countries", found["countries"], found["counted"]["countries"])
    yield from _worst(found)


def _facts(found: Json) -> Iterator[str]:
    profile, findings, records = found["profile"], found["findings"], found["records"]
    yield '<dl class="about">'
    for label, value in (
        ("Catalogue", _(found["source"])),
        ("Profile", _(f"{profile['id']} {profile['version']}, as of {profile['asOf']}")),
        ("Checked on", _(found["checkedOn"])),
        ("Could not be read", _n(records["unread"])),
        (
            "Not met",
            f"{_n(findings['must'])} must, {_n(findings['should'])} should, "
            f"{_n(findings['advice'])} advice",
        ),
        ("Questions", f"{_n(findings['cannotTell'])} for a person"),
    ):
        yield f"<dt>{label}</dt><dd>{value}</dd>"
    yield "</dl>"


def _table(title: str, about: str, columns: tuple[str, ...], rows: Iterator[str]) -> Iterator[str]:
    id = title.lower().replace(" ", "-")
    yield f'<h2 id="{id}">{title}</h2>'
    # A table that is wider than a phone is scrolled, also with the keyboard.
    yield f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{id}">'
    yield f'<table class="figures"><caption>{about}</caption><thead><tr>'
    yield "".join(f'<th scope="col">{column}</th>' for column in columns)
    yield "</tr></thead><tbody>"
    yield from rows
    yield "</tbody></table></div>"


def _elements(found: Json) -> Iterator[str]:
    def rows() -> Iterator[str]:
        for row in found["elements"]:
            share = percent(row["stated"], row["records"])
            words = f"{row['name']}: stated in {share} of records"
            yield (
                f'<tr><th scope="row">{row["element"]} {_(row["name"])}</th>'
                f"<td>{bar(row['stated'], row['records'], words)}</td><td>{share}</td>"
                f"<td>{_n(row['notMet'])}</td></tr>"
            )

    yield from _table(
        "Elements",
        "In how many records each element is stated, and in how many a must rule of it is not met",
        ("Element", "Stated", "Share", "Not met"),
        rows(),
    )


def _rules(found: Json) -> Iterator[str]:
    shown = found["rules"][:_RULES_SHOWN]
    most = max((rule["notMet"] + rule["cannotTell"] for rule in shown), default=0)

    def rows() -> Iterator[str]:
        for rule in shown:
            total = rule["notMet"] + rule["cannotTell"]
            kind = rule["level"] if rule["notMet"] else "question"
            words = f"{rule['rule']}: {total} findings"
            yield (
                f'<tr><th scope="row">{_link(rule)} {_(rule["title"])}</th>'
                f"<td>{_(rule['level'])}</td><td>{bar(total, most, words, kind)}</td>"
                f"<td>{_n(rule['notMet'])}</td><td>{_n(rule['cannotTell'])}</td></tr>"
            )

    yield from _table(
        "Rules",
        f"The {len(shown)} rules with most findings, of {len(found['rules'])} with any",
        ("Rule", "Level", "Findings", "Not met", "Questions"),
        rows(),
    )


def _link(rule: Json) -> str:
    if not rule["url"].startswith(("https://", "http://")):
        return f"<b>{_(rule['rule'])}</b>"
    return f'<a href="{_(rule["url"])}">{_(rule["rule"])}</a>'


def _groups(title: str, groups: list[Json], total: int) -> Iterator[str]:
    if not groups:
        return
    shown = groups[:_GROUPS_SHOWN]

    def rows() -> Iterator[str]:
        for group in shown:
            share = percent(group["withMust"], group["records"])
            words = f"{group['name']}: a must rule is not met in {share} of records"
            yield (
                f'<tr><th scope="row"><bdi>{_(group["name"])}</bdi></th>'
                f"<td>{_n(group['records'])}</td>"
                f"<td>{bar(group['withMust'], group['records'], words, 'must')}</td>"
                f"<td>{_n(group['withMust'])}</td><td>{_n(group['should'])}</td>"
                f"<td>{_n(group['advice'])}</td></tr>"
            )

    about = (
        f"{len(shown)} of {_n(total)}, those first with most records in which a must rule "
        "is not met"
    )
    columns = ("Name", "Records", "Not met", "Records with must", "Should", "Advice")
    yield from _table(title, about, columns, rows())


def _worst(found: Json) -> Iterator[str]:
    if not found["worst"]:
        return

    def rows() -> Iterator[str]:
        for record in found["worst"]:
            counts = "".join(f"<td>{record[name]}</td>" for name in ("must", "should", "advice"))
            title = _(record["title"] or "(no title)")
            yield (
                f'<tr><th scope="row"><bdi>{title}</bdi><span class="place">{_(record["at"])}, '
                f"<bdi>{_(record['provider'])}</bdi></span></th>{counts}</tr>"
            )

    yield from _table(
        "Most to mend",
        "The records with most rules that are not met",
        ("Record", "Must", "Should", "Advice"),
        rows(),
    )


def _since(found: Json) -> Iterator[str]:
    since = found.get("since")
    if not since:
        return
    share = since["share"]

    def rows() -> Iterator[str]:
        for when, value in (
            (since["checkedOn"], share["before"]),
            (found["checkedOn"], share["now"]),
        ):
            words = f"{when}: every must rule is met in {100 * value:.1f} % of records"
            yield (
                f'<tr><th scope="row">{_(when)}</th><td>{bar(value, 1, words, "clear")}</td>'
                f"<td>{100 * value:.1f} %</td></tr>"
            )

    yield from _table(
        "Trend", "Records in which every must rule is met", ("Day", "Records", "Share"), rows()
    )
    if since["rules"]:
        yield "<p>What changed most:</p><ul>"
        for rule in since["rules"][:8]:
            counts = f"{_n(rule['now'])} findings, {_n(rule['before'])} then"
            yield f"<li>{_(rule['rule'])}: {counts}</li>"
        yield "</ul>"
