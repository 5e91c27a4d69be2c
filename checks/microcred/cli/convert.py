"""``microcred convert``: from a description to the formats of others, and back."""

from __future__ import annotations

import json
from typing import Final

import click

from microcred.cli.output import columns, put, save, writable
from microcred.exporters import TARGETS, Options, Step
from microcred.exporters.account import told
from microcred.problem import Problem

__all__ = ["convert"]

_BEYOND: Final = (
    "The file was read into the fields of a description; what it says beyond them, such as "
    "pictures and seals, is not in the result."
)


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--to", "target", type=click.Choice(list(TARGETS)), required=True, help="The format to write."
)
@click.option("--kind", type=click.Choice(["offer", "award"]), help="What the file describes.")
@click.option("--output", metavar="FILE", help="Write the result to a file.")
@click.option("--losses", metavar="FILE", help="Write what became of each field to a JSON file.")
@click.option("--eidas", default="", metavar="ID", help="eIDAS identifier of the issuer, for elm.")
@click.option("--with-name", is_flag=True, help="Put the learner's name into an Open Badge.")
def convert(  # noqa: PLR0917 - one argument for each option
    file: str,
    target: str,
    kind: str | None,
    output: str | None,
    losses: str | None,
    eidas: str,
    with_name: bool,
) -> None:
    """Write a description in another format, and tell what became of each field.

    FILE is a description, a worksheet, a Europass credential or an Open Badge, in JSON, as a token
    or inside of a picture; - reads standard input.
    The account of what is kept, put into words or left out goes to standard error.
    """
    from microcred import exporters
    from microcred.readers import read

    path = writable(output, [file]) if output and output != "-" else None
    if path is None and TARGETS[target].binary:
        raise Problem(
            f"A file in the format {target} can’t be shown here",
            f"Name a file, such as --output result{TARGETS[target].ending}",
        )
    account = writable(losses, [file]) if losses else None
    credential = read(file, kind=kind)
    found = exporters.convert(credential, target, Options(eidas=eidas, with_name=with_name))
    if path:
        save(path, found.content)
    else:
        put(found.text, for_people=False)
    if account:
        save(account, _as_json(found.steps))
    click.echo(told(found.steps, TARGETS[target].words, columns()), err=True)
    if credential.origins is not None:
        click.echo(_BEYOND, err=True)


def _as_json(steps: tuple[Step, ...]) -> str:
    listed = [
        {
            "pointer": step.pointer,
            "field": step.name,
            "element": step.element,
            "how": step.how.value,
            "note": step.note,
        }
        for step in steps
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
