"""``microcred new``, ``schema`` and ``completion``: files to begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

from microcred.cli.output import put, save, unused
from microcred.cli.unasked import tell_unasked
from microcred.problem import Problem
from microcred.rule import KINDS, WORKSHEET
from microcred.worksheets import WRITTEN

if TYPE_CHECKING:
    from pathlib import Path

    from microcred.worksheets.definition import Worksheet

__all__ = ["completion", "new", "schema"]

_OF_KIND: Final = {"offer": "W11", "award": "W12"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class _WithList(click.Command):
    """A command whose help ends with the list of worksheets, which is read only then."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from microcred.worksheets.definition import worksheets

        super().format_epilog(ctx, formatter)
        with formatter.section("Worksheets"):
            formatter.write_dl([(sheet.id, sheet.title) for sheet in worksheets()])


@click.command(cls=_WithList)
@click.argument("what", metavar="[offer|award|W03|W04|…]")
@click.option(
    "--format", type=click.Choice(WRITTEN), help="Form of a worksheet.  [default: yaml, or as FILE]"
)
@click.option("--from", "draft", metavar="FILE", help="Fill a worksheet in from this draft.")
@click.option(
    "--language", default="en", show_default=True, metavar="CODE", help="Language of the texts."
)
@click.option("--output", metavar="FILE", help="Write to a file that doesn't exist yet.")
def new(
    what: str, format: str | None, draft: str | None, language: str, output: str | None
) -> None:
    """Write an empty description, or a worksheet to fill in.

    offer and award are descriptions in YAML, with a note on every field. W03 and the like are
    worksheets for office software. Their ids and titles stand at the end of this text.
    """
    if not _LANGUAGE.fullmatch(language):
        raise Problem(f"“{language}” is no language code", "Write a code such as en, fr or uk")
    path = unused(output) if output and output != "-" else None
    if what.lower() not in KINDS:
        if language != "en":
            click.echo(
                "Worksheets are written in English so far; your answers need not be.", err=True
            )
        _worksheet(what, format, draft, path)
        return
    if draft or format not in (None, "yaml"):
        raise Problem(
            f"“{what.lower()}” is an empty description in YAML, without --format and --from",
            f"Name a worksheet, such as {'W12' if what.lower() == 'award' else 'W11'}",
        )
    from microcred.template import template

    kind = what.lower()
    text = template(kind, language, str(path) if path else f"{kind}.yaml")
    if path is None:
        put(text, for_people=False)
        return
    save(path, text)
    _then(path)


def _worksheet(what: str, format: str | None, draft: str | None, path: Path | None) -> None:
    from microcred.worksheets import written
    from microcred.worksheets.definition import worksheet

    chosen = worksheet(what)
    form = format or (path.suffix.lower().lstrip(".") if path else "yaml")
    form = "yaml" if form == "yml" else form
    if form not in WRITTEN:
        raise Problem(
            f"A worksheet can’t be written as “.{form}”",
            f"End the name of the file in one of {', '.join(WRITTEN)}, or name one with --format",
        )
    if path is None and form in ("xlsx", "docx", "pdf"):
        raise Problem(
            f"A worksheet in the format {form} can’t be shown here",
            f"Name a file, such as --output {chosen.id}.{form}",
        )
    data = _draft(chosen, draft)
    content = written(chosen, form, data)
    if path is None:
        put(content.decode("utf-8-sig"), for_people=False)
        return
    save(path, content)
    if form == "pdf":
        click.echo(f"Print {path} and write on it. A check reads the other formats.", err=True)
    else:
        _then(path)


def _draft(chosen: Worksheet, name: str | None) -> dict[str, object] | None:
    """Return what a draft says, and tell what of it the worksheet has no question for."""
    if name is None:
        return None
    from microcred.readers import read
    from microcred.shape import as_meant
    from microcred.worksheets.prefill import prefilled

    draft = read(name)
    if chosen.is_own:
        return prefilled(chosen, draft)
    if draft.kind != chosen.kind:
        raise Problem(*_mismatch(name, draft.kind, chosen))
    data = as_meant(draft.data)
    tell_unasked(chosen, data)
    return data


def _mismatch(name: str, kind: str, chosen: Worksheet) -> tuple[str, str]:
    if kind == WORKSHEET:
        return (
            f"“{name}” is a filled worksheet, and {chosen.id} fills an {chosen.kind}",
            f"Name an {chosen.kind}",
        )
    return (
        f"“{name}” is an {kind}, and {chosen.id} is a worksheet for an {chosen.kind}",
        f"Name an {chosen.kind}, or use worksheet {_OF_KIND[kind]}",
    )


def _then(path: Path) -> None:
    click.echo(f"Fill in {path}, then run: microcred check {path}", err=True)


@click.command()
@click.argument(
    "name", type=click.Choice(["credential", "report", "evaluation"]), default="credential"
)
def schema(name: str) -> None:
    """Print the JSON Schema of descriptions, of reports, or of evaluations."""
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
