"""The page of one micro-credential."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from microcred import links
from microcred.catalogues.publish.entries import Entry
from microcred.catalogues.publish.pieces import (
    About,
    code,
    data_block,
    facts,
    page,
    result,
    said,
    text,
)
from microcred.exporters import convert
from microcred.problem import Problem

__all__ = ["record_page"]

Json = dict[str, Any]


def record_page(entry: Entry, about: About) -> str:
    """Return the page of a micro-credential, with its data for search engines."""
    title = entry.title or "(no title)"
    return page(
        about,
        f"{title} – {about.title}",
        "\n".join(_body(entry, about)),
        up="../",
        head=_data(entry),
    )


def _data(entry: Entry) -> str:
    try:
        course: Json = json.loads(convert(entry.credential, "schema-org").text)
    except Problem:
        return ""
    return data_block(course)


def _body(entry: Entry, about: About) -> Iterator[str]:
    description, data = entry.description, entry.data
    language = entry.language
    yield f"<h1{said(entry.title, language)}>{text(entry.title or '(no title)')}</h1>"
    if summary := description.text(data.get("summary")):
        yield f'<p class="lead"{said(summary, description.language)}>{text(summary)}</p>'
    yield '<dl class="facts">'
    for label, value in facts(entry):
        yield f'<dt>{label}</dt><dd dir="auto">{text(value)}</dd>'
    yield "</dl>"
    for heading, lines in (
        ("What you will be able to do", list(filter(None, description.statements))),
        ("How it is assessed", list(_assessments(entry))),
        ("What you need before", list(_texts(entry, "prerequisites", "text", "alternative"))),
        ("Who assures quality", list(_quality(entry))),
        ("What it counts towards", list(_targets(entry))),
        ("How to go on", list(_contacts(entry))),
    ):
        if lines:
            yield f"<h2>{heading}</h2><ul>"
            yield from (
                f"<li{said(line, description.language)}>{text(line)}</li>" for line in lines
            )
            yield "</ul>"
    home = str(description.information.get("homepage") or "")
    if home.startswith(("https://", "http://")):
        yield f'<p><a href="{text(home)}" rel="external">Page of the provider</a></p>'
    yield from _check(entry, about)


def _texts(entry: Entry, part: str, *names: str) -> Iterator[str]:
    for name in names:
        if told := entry.description.text(entry.description.part(part).get(name)):
            yield told


def _assessments(entry: Entry) -> Iterator[str]:
    for item in entry.description.assessments:
        kind = code("assessment-types", item.get("type"))
        told = entry.description.text(item.get("description"))
        yield ": ".join(filter(None, (kind, told)))


def _quality(entry: Entry) -> Iterator[str]:
    for item in entry.description.quality:
        by = entry.description.text(item.get("body"))
        kind = code("accreditation-types", item.get("type"))
        until = f"until {item['until']}" if item.get("until") else ""
        yield ", ".join(filter(None, (by, kind, until)))


def _targets(entry: Entry) -> Iterator[str]:
    for item in entry.description.stacking.get("targets") or ():
        if item:
            parts = (entry.description.text(item.get(name)) for name in ("title", "owner"))
            yield ", ".join(filter(None, parts))


def _contacts(entry: Entry) -> Iterator[str]:
    yield from _texts(entry, "information", "contact", "guidance", "funding", "complaints")


def _check(entry: Entry, about: About) -> Iterator[str]:
    kind, words = result(entry)
    yield '<section class="check"><h2>Check of this description</h2>'
    yield (
        f'<p class="badge {kind}"><img src="../badge/{kind}.svg" alt="" width="20" height="20"> '
        f"{text(words[0].upper() + words[1:])}.</p>"
    )
    yield (
        f"<p>Checked on {about.checked_on} against {text(about.profile)} by {text(about.tool)}. "
        "It says what the description states, and is no decision about recognition.</p>"
    )
    broken = [finding for finding in entry.findings if finding["outcome"] == "not-met"]
    if broken:
        yield f"<details><summary>What was found ({len(broken)})</summary><ul>"
        for finding in broken:
            address = links.address(finding["rule"])
            id = text(finding["rule"])
            if address.startswith("https://"):
                id = f'<a href="{text(address)}">{id}</a>'
            yield f"<li>{id} ({text(finding['level'])}): {text(finding['message'])}</li>"
        yield "</ul></details>"
    yield "</section>"
