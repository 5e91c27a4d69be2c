"""``microcred catalogue``: many descriptions checked, compared and published."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

__all__ = ["catalogue"]

# As in the command line itself: each is loaded when it is used.
_HOMES: Final = {
    "check": "catalogue_check",
    "columns": "catalogue_columns",
    "compare": "catalogue_compare",
    "publish": "catalogue_publish",
    "merge": "catalogue_check",
    "sample": "catalogue_sample",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        return list(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _HOMES:
            return None
        command: click.Command = getattr(
            import_module(f"microcred.cli.{_HOMES[cmd_name]}"), cmd_name
        )
        return command


@click.group(cls=_Commands)
def catalogue() -> None:
    """Check, compare and publish many descriptions, from one spreadsheet to a register.

    Nothing that you check is sent anywhere.
    """
