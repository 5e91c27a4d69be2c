"""``microcred profiles`` and ``microcred profile check``: whose rules there are, and one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from microcred.cli.output import columns, in_colour, put, save, writable

if TYPE_CHECKING:
    from microcred.problem import Problem
    from microcred.profiles import Profile

__all__ = ["profile", "profiles"]


@click.command()
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", help="Form of the list."
)
def profiles(format: str) -> None:
    """List the profiles that come with the package."""
    from microcred.profiles import profile as named
    from microcred.profiles import profile_ids

    listed = [named(id) for id in profile_ids()]
    if format == "json":
        import json

        entries = [_entry(profile) for profile in listed]
        put(json.dumps(entries, ensure_ascii=False, indent=2) + "\n", for_people=False)
    else:
        put("\n".join(_lines(listed)) + "\n")


def _entry(profile: Profile) -> dict[str, object]:
    return {
        "id": profile.id,
        "title": profile.title,
        "version": profile.version,
        "asOf": profile.as_of,
        "authority": profile.authority,
        "instrument": profile.instrument,
        "appliesTo": profile.applies_to,
        "sources": list(profile.sources),
        "confidence": profile.confidence,
        "reviewer": profile.reviewer or None,
    }


def _lines(listed: list[Profile]) -> list[str]:
    from microcred.report.page import Page

    page = Page(columns(), in_colour(None), "en")
    for profile in listed:
        page.add(profile.id, "bold")
        page.add(f"{profile.title} ({profile.version}, as of {profile.as_of})", indent=2)
        page.add(f"{profile.instrument}, {profile.authority}", indent=2)
        page.add(f"Sources: {', '.join(profile.sources)}; {profile.standing}", indent=2)
    page.gap()
    page.add("A profile that nobody of the country reviewed may be wrong. None is legal advice.")
    return page.lines


@click.group()
def profile() -> None:
    """Work with a profile of your own."""


@profile.command()
@click.argument("file")
def check(file: str) -> int:
    """Tell what is wrong with a profile in a file, or what it sets.

    Exit status: 0 if nothing is wrong, 2 if something is.
    """
    from microcred.cli import UNUSABLE
    from microcred.profiles.conflicts import conflicts
    from microcred.profiles.own import faults, foundation, from_file

    found = faults(Path(file))
    for problem in found:
        _tell(problem)
    if found:
        return UNUSABLE
    own = from_file(Path(file))
    put(f"{own.id} {own.version}, as of {own.as_of}: {own.title}\n{_sets(own)}\n{own.standing}\n")
    for told in conflicts(own, foundation(Path(file))):
        put(f"Conflict: {told}.\n")
    return 0


@profile.command()
@click.option("--from", "card", metavar="FILE", help="A filled worksheet P6.")
@click.option("--terms", metavar="FILE", help="A filled worksheet W20: the terms of the country.")
@click.option("--output", metavar="FILE", help="Write the profile to a file.")
def new(card: str | None, terms: str | None, output: str | None) -> int:
    """Write a profile: from the worksheet P6, or the smallest one to fill in by hand.

    Exit status: 0 if the profile can be used as it is, 1 if something in it has to be mended.
    """
    import datetime as dt

    import yaml

    from microcred.problem import Problem
    from microcred.profiles.card import empty, from_worksheets
    from microcred.profiles.own import told_of

    if terms and not card:
        raise Problem(
            "Terms alone make no profile", "Name the worksheet P6 as well: --from P6.xlsx"
        )
    path = writable(output, filter(None, (card, terms))) if output and output != "-" else None
    today = dt.date.today()  # noqa: DTZ011 - the day on the reader's own calendar
    raw = from_worksheets(card, terms) if card else empty(today)
    text = yaml.safe_dump(raw, sort_keys=False, allow_unicode=True, width=100)
    if path:
        save(path, text)
    else:
        put(text)
    found = told_of(raw, path.name if path else "the profile")
    for problem in found:
        _tell(problem)
    return 1 if found else 0


def _tell(problem: Problem) -> None:
    from microcred.report.characters import sentence

    click.echo(f"{sentence(problem.message)}\n  {sentence(problem.fix)}", err=True)


def _sets(own: Profile) -> str:
    from microcred.rules import RULES

    asked = [rule.id for rule in RULES.values() if rule.needs and rule.needs in own.limits]
    parts = [
        f"rules of its own: {', '.join(asked) or 'none'}",
        f"figures: {', '.join(sorted(own.own)) or 'none'}",
        f"levels: {', '.join(sorted(own.levels)) or 'none'}",
        f"switched off: {', '.join(sorted(own.off)) or 'none'}",
    ]
    return f"Laid over {own.extends}; " + "; ".join(parts)
