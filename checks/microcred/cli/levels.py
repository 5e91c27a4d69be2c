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
@click.argument("asked", metavar="[FRAMEWORK] [LEVEL]", nargs=-1)
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", help="Form of the list."
)
def levels(asked: tuple[str, ...], format: str) -> int:
    """Tell which EQF level a national LEVEL was referenced to, with its source.

    FRAMEWORK is a short name such as NFQ, or a country such as IE or Ireland; all that are known
    without it.

    Exit status: 0 if it is known, 1 if no source for it was seen.
    """
    words = " ".join(asked).split()
    found = list(_found(words))
    if format == "json":
        import json

        put(
            json.dumps([_entry(one) for one in found], ensure_ascii=False, indent=2) + "\n",
            for_people=False,
        )
    else:
        put("\n".join(_lines(found, " ".join(words))) + "\n")
    return 0 if found else 1


def _found(words: list[str]) -> Iterator[Reference]:
    from microcred.levels import reference, references

    if not words:
        yield from (one for of in references().values() for one in of.values())
        return
    codes, level = _parted(words)
    for code in codes:
        if not level:
            yield from references().get(code, {}).values()
        elif one := reference(code, level):
            yield one


def _parted(words: list[str]) -> tuple[list[str], str]:
    """Return the frameworks that the first words name, and the level that the others do."""
    for end in range(len(words), 0, -1):
        if (codes := _codes(" ".join(words[:end]))) is not None:
            return codes, " ".join(words[end:])
    from microcred.vocabularies import vocabulary

    name = " ".join(words)
    near = vocabulary("frameworks").nearest(words[0]) or vocabulary("countries").nearest(words[0])
    hint = f"Did you mean {near}? " if near else ""
    raise Problem(
        f"“{name}” is no framework that we know",
        f"{hint}Write its short name, such as NFQ, or its country",
    )


def _codes(name: str) -> list[str] | None:
    """Return the framework of that name, or those of that country; None where it is neither."""
    from microcred.levels import framework
    from microcred.vocabularies import vocabulary

    if known := framework(name):
        return [known.code]
    if country := vocabulary("countries").find(name):
        listed = vocabulary("frameworks")
        return [one.code for one in listed if one.extra["country"] == country.code]
    return None


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


def _lines(found: list[Reference], asked: str) -> list[str]:
    from microcred.report.page import Page

    page = Page(columns(), in_colour(None), "en")
    if not found:
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
