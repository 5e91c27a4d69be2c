"""``microcred levels``: national levels beside the EQF and the cycles of higher education."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from microcred.cli.output import columns, in_colour, put
from microcred.problem import Problem

if TYPE_CHECKING:
    from microcred.levels import Reference
    from microcred.report.page import Page

__all__ = ["levels"]

_LAST: Final = (
    "A level belongs to a micro-credential only if the register of the country says so. "
    "Otherwise it is claimed: say so, and what the claim rests on."
)


@click.command()
@click.argument("framework", required=False)
@click.argument("level", required=False)
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", help="Form of the list."
)
def levels(framework: str | None, level: str | None, format: str) -> int:
    """Tell which EQF level a national LEVEL was referenced to, with its source.

    FRAMEWORK is a short name such as NFQ, or a country such as IE; all that are known without it.

    Exit status: 0 if it is known, 1 if no source for it was seen.
    """
    found = list(_found(framework or "", level))
    if format == "json":
        import json

        put(
            json.dumps([_entry(one) for one in found], ensure_ascii=False, indent=2) + "\n",
            for_people=False,
        )
    else:
        put("\n".join(_lines(found, framework or "", level)) + "\n")
    return 0 if found else 1


def _found(name: str, level: str | None) -> Iterator[Reference]:
    from microcred.levels import framework, reference, references
    from microcred.vocabularies import vocabulary

    if not name:
        yield from (one for of in references().values() for one in of.values())
        return
    known = framework(name, name)
    if known is None and vocabulary("countries").find(name):
        return
    if known is None:
        listed = vocabulary("frameworks")
        near = listed.nearest(name)
        hint = f"Did you mean {near}? " if near else ""
        raise Problem(
            f"“{name}” is no framework that we know",
            f"{hint}Write its short name, such as NFQ, or the two letters of its country",
        )
    if level is None:
        yield from references().get(known.code, {}).values()
    elif one := reference(known.code, level):
        yield one


def _entry(one: Reference) -> dict[str, object]:
    return {
        "framework": one.framework,
        "country": one.country,
        "level": one.level,
        "eqf": one.eqf,
        "cycle": one.cycle or None,
        "source": one.source,
        "confidence": one.confidence,
        "note": one.note or None,
    }


def _lines(found: list[Reference], name: str, level: str | None) -> list[str]:
    from microcred.report.page import Page

    page = Page(columns(), in_colour(None), "en")
    if not found:
        asked = f"{name} {level}" if level else name
        page.add(f"{asked}: we have seen no source that names its EQF level.", "bold")
        page.add("That says nothing against it. Look it up with the body that keeps the framework.")
    for _, same in groupby(found, key=lambda one: (one.framework, one.source, one.note)):
        page.gap()
        _framework(page, list(same))
    page.gap()
    page.add(_LAST, "dim")
    return page.lines


def _framework(page: Page, rows: list[Reference]) -> None:
    from microcred.vocabularies import vocabulary

    known = vocabulary("frameworks").get(rows[0].framework)
    page.add(f"{known.label() if known else rows[0].framework} ({rows[0].country})", "bold")
    for one in rows:
        cycle = f"  {one.cycle} cycle" if one.cycle else ""
        page.lines.append(f"  {one.level:<22} EQF {one.eqf}{cycle}")
    for basis in dict.fromkeys(one.basis for one in rows):
        page.add(f"Source: {basis}", "dim", indent=2)
    if rows[0].note:
        page.add(rows[0].note, "dim", indent=2)
