"""``microcred stack``: whether micro-credentials add up to what a programme asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from microcred.cli.inputs import found
from microcred.cli.output import columns, in_colour, put, save, writable
from microcred.rule import Outcome

__all__ = ["stack"]

FORMATS: Final = ("text", "json", "html", "markdown", "svg", "plan")
_ENDINGS: Final = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".svg": "svg",
    ".md": "markdown",
}


@click.command()
@click.argument("parts", nargs=-1, required=True, metavar="PART…")
@click.option("--into", required=True, metavar="FILE", help="The programme that takes them in.")
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    help="Report, picture (svg) or plan for the learner.  [default: text]",
)
@click.option(
    "--profile", default="eu-2022", show_default=True, metavar="ID|FILE", help="Whose hours count."
)
@click.option("--on", metavar="DATE", help="Day of the check.  [default: today]")
@click.option("--output", metavar="FILE", help="Write it to a file.")
@click.option(
    "--color/--no-color", "--colour/--no-colour", "colour", default=None, help="Use colours."
)
def stack(  # noqa: PLR0917 - one argument for each option
    parts: Sequence[str],
    into: str,
    format: str | None,
    profile: str,
    on: str | None,
    output: str | None,
    colour: bool | None,
) -> int:
    """Tell whether PARTs, offers or awards in any format, add up to what a programme asks for.

    Exit status: 0 if every rule is met, 1 if one is not, 2 if a file could not be read.
    """
    from microcred.stacking import render
    from microcred.stacking import stack as stacked
    from microcred.stacking.written import as_text

    path = writable(output, [*parts, into]) if output and output != "-" else None
    # A folder can hold the programme beside its parts.
    named = [name for name in found(parts) if Path(name) != Path(into)]
    result = stacked(*named, into=into, on=on, profile=profile)
    chosen = format or (_ENDINGS.get(path.suffix.lower(), "text") if path else "text")
    if chosen == "text":
        plain = path is not None and colour is None
        told = as_text(result, width=columns(), colour=not plain and in_colour(colour))
    else:
        told = render(result, chosen)
    if isinstance(path, Path):
        save(path, told)
    else:
        put(told, for_people=chosen in {"text", "plan"})
    broken = any(one.outcome is Outcome.NOT_MET for one in result.checked.findings)
    return 1 if broken else 0
