"""``microcred profiles`` and ``microcred profile check``: whose rules there are, and one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from microcred.cli.output import columns, in_colour, put

if TYPE_CHECKING:
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
    from microcred.profiles.own import faults, from_file

    found = faults(Path(file))
    for problem in found:
        click.echo(f"{problem.message}.\n  {problem.fix}.".replace("?.", "?"), err=True)
    if found:
        return UNUSABLE
    own = from_file(Path(file))
    put(f"{own.id} {own.version}, as of {own.as_of}: {own.title}\n{_sets(own)}\n{own.standing}\n")
    return 0


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
