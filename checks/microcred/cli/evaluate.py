"""``microcred evaluate``: the recognition officer's view of one file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import click

from microcred.cli import options
from microcred.cli.output import columns, in_colour, put, save, writable
from microcred.evaluation import FORMATS, PURPOSES, evaluation, render
from microcred.problem import Problem
from microcred.rule import KINDS

__all__ = ["evaluate"]

_FORMATS: Final = (*FORMATS[:2], "docx", *FORMATS[2:])
_ENDINGS: Final = {
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".md": "markdown",
    ".json": "json",
}


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--purpose", type=click.Choice(list(PURPOSES)), required=True, help="What it is to count for."
)
@click.option(
    "--kind", type=click.Choice(KINDS), help="What the file describes, if it doesn't say."
)
@options.profile
@click.option("--offer", metavar="FILE", help="The offer that says what an award leaves open.")
@options.register
@options.register_columns
@click.option("--format", type=click.Choice(_FORMATS), help="Form of the view.  [default: text]")
@click.option("--on", metavar="DATE", help="Day of the evaluation.  [default: today]")
@click.option("--output", metavar="FILE", help="Write the view to a file.")
@click.option(
    "--color/--no-color", "--colour/--no-colour", "colour", default=None, help="Use colours."
)
def evaluate(  # noqa: PLR0917 - one argument for each option
    file: str,
    purpose: str,
    kind: str | None,
    profile: str,
    offer: str | None,
    registers: Sequence[str],
    register_columns: Sequence[str],
    format: str | None,
    on: str | None,
    output: str | None,
    colour: bool | None,
) -> None:
    """Show what a file carries for a recognition decision, with a letter to the issuer.

    Answers the seven criteria of recognition practice from an offer or an award in any format
    that is read, drafts a decision, and asks the issuer once for all that is missing. It decides
    nothing.

    ROLE is one of name, id, country, website, from, until, status and reports.
    """
    from microcred.readers import read
    from microcred.registers import read_all

    names = [file, *registers, *filter(None, (offer, profile))]
    path = writable(output, names) if output and output != "-" else None
    form = format or (_ENDINGS.get(path.suffix.lower(), "text") if path else "text")
    if form == "docx" and path is None:
        raise Problem(
            "A Word document can’t be shown here", "Name a file, such as --output view.docx"
        )
    seen = evaluation(
        read(file, kind=kind),
        purpose,
        profile=profile,
        on=on,
        registers=read_all(registers, register_columns),
        offer=read(offer) if offer else None,
    )
    if form == "docx":
        from microcred.evaluation import docx

        assert path is not None  # noqa: S101 - a document is never shown
        save(path, docx.write(seen))
        return
    if form == "text":
        from microcred.evaluation import text

        plain = path is not None and colour is None
        told = text.write(seen, width=columns(), colour=not plain and in_colour(colour))
    else:
        told = render(seen, form)
    if path:
        save(path, told)
    else:
        put(told, for_people=form == "text")
