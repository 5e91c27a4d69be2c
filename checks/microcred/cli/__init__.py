"""The command line: ``microcred check``, ``explain``, ``rules``, ``new`` and the rest."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

import click

import microcred
from microcred.problem import Problem

__all__ = ["commands", "main"]

UNUSABLE: Final = 2  # wrong usage, or a file that can't be read
STOPPED: Final = 130  # what shells expect after Ctrl-C

# Each command is loaded when it is used, so that checking a draft starts quickly.
_HOMES: Final = {
    "check": "check",
    "evaluate": "evaluate",
    "explain": "rulebook",
    "rules": "rulebook",
    "new": "new",
    "merge": "merge",
    "convert": "convert",
    "catalogue": "catalogue",
    "profiles": "profiles",
    "profile": "profiles",
    "levels": "levels",
    "credits": "credits",
    "stack": "stack",
    "schema": "new",
    "completion": "new",
}


class _Commands(click.Group):
    """The commands, in the order in which people need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        return list(_HOMES)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click passes it
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in _HOMES:
            return None
        home = import_module(f"microcred.cli.{_HOMES[cmd_name]}")
        command: click.Command = getattr(home, cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(microcred.__version__, prog_name="microcred", message="%(prog)s %(version)s")
def commands() -> None:
    """Check descriptions of micro-credentials, and find out what the checks mean.

    Nothing that you check is sent anywhere.
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows a question mark instead of stopping.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = commands.main(args, prog_name="microcred", standalone_mode=False)
    except click.ClickException as error:
        return _wrong(_words(error), _hint(error))
    except Problem as problem:
        return _wrong(problem.message, problem.fix)
    except (click.Abort, KeyboardInterrupt):
        return STOPPED
    except Exception as fault:
        if os.environ.get("MICROCRED_TRACEBACK"):
            raise
        from microcred.cli.faults import ADVICE, told

        return _wrong(told(fault), ADVICE)
    return status if isinstance(status, int) else 0


def _wrong(message: str, fix: str) -> int:
    for sentence in (f"Error: {message}", fix):
        if sentence:
            click.echo(sentence if sentence[-1] in ".?!" else f"{sentence}.", err=True)
    return UNUSABLE


def _words(error: click.ClickException) -> str:
    # Click's own words for a wrong value begin with "Invalid value for".
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        hint = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        return f"{hint}: {error.message}" if hint else error.message
    return error.format_message()


def _hint(error: click.ClickException) -> str:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"Run `{error.ctx.command_path} --help` to see what can be written here"
    return ""
