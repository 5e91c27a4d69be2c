"""What a draft says and a worksheet has no question for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from microcred.worksheets.definition import Worksheet

__all__ = ["tell_unasked"]

_NAMED: Final = 5  # fields that are named when some are left out


def tell_unasked(worksheet: Worksheet, data: Mapping[str, Any]) -> None:
    """Tell which fields the filled worksheet leaves out, so that nobody believes them kept."""
    from microcred.worksheets.content import left_out

    if unasked := left_out(worksheet, data):
        more = f" and {len(unasked) - _NAMED} more" if len(unasked) > _NAMED else ""
        named = ", ".join(unasked[:_NAMED])
        click.echo(f"Not in {worksheet.id}, so left out: {named}{more}.", err=True)
