"""``microcred new``, ``schema`` and ``completion``: files to begin with."""

from __future__ import annotations

import re

import click

from microcred.cli.output import put, save, writable
from microcred.problem import Problem
from microcred.rule import KINDS

__all__ = ["completion", "new", "schema"]

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--language", default="en", show_default=True, metavar="CODE", help="Language of the texts."
)
@click.option(
    "--output", metavar="FILE", help="Write the template to a file that doesn't exist yet."
)
def new(kind: str, language: str, output: str | None) -> None:
    """Print an empty description, with a note on every field."""
    from microcred.template import template

    if not _LANGUAGE.fullmatch(language):
        raise Problem(f"“{language}” is no language code", "Write a code such as en, fr or uk")
    if not output or output == "-":
        put(template(kind, language, f"{kind}.yaml"), for_people=False)
        return
    path = writable(output, ())
    if path.exists():
        raise Problem(f"“{output}” is there already", "Name a new file, so that nothing is lost")
    save(path, template(kind, language, output))
    click.echo(f"Fill in {output}, then run: microcred check {output}", err=True)


@click.command()
@click.argument("name", type=click.Choice(["credential", "report"]), default="credential")
def schema(name: str) -> None:
    """Print the JSON Schema of descriptions, or of reports."""
    from importlib.resources import files

    path = files("microcred") / "schemas" / f"{name}-1.schema.json"
    put(path.read_text(encoding="utf-8"), for_people=False)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete microcred's commands and options.

    For example, put this line into ~/.bashrc:

      eval "$(microcred completion bash)"
    """
    from click.shell_completion import get_completion_class

    from microcred.cli import commands

    completer = get_completion_class(shell)
    assert completer is not None  # noqa: S101 - the choices are the shells that click knows
    put(completer(commands, {}, "microcred", "_MICROCRED_COMPLETE").source(), for_people=False)
