"""What a draft says and a worksheet has no question for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from microcred.messages import some

if TYPE_CHECKING:
    from microcred.worksheets.definition import Worksheet

__all__ = ["tell_unasked"]


def tell_unasked(worksheet: Worksheet, data: Mapping[str, Any]) -> None:
    """Tell which fields the filled worksheet leaves out, so that nobody believes them kept."""
    from microcred.worksheets.content import left_out

    if unasked := left_out(worksheet, data):
        click.echo(f"Not in {worksheet.id}, so left out: {some(unasked)}.", err=True)
