"""Options that several commands take, each said once."""

from __future__ import annotations

import click

__all__ = ["profile", "register", "register_columns"]

profile = click.option(
    "--profile",
    default="eu-2022",
    show_default=True,
    metavar="ID|FILE",
    help="The national or sector profile to check against.",
)
register = click.option(
    "--register",
    "registers",
    multiple=True,
    metavar="FILE",
    help="A list of trusted providers, in CSV.",
)
register_columns = click.option(
    "--register-columns",
    multiple=True,
    metavar="ROLE=HEADING",
    help="Which column of the list says what, such as name=Nazwa.",
)
