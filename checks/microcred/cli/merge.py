"""``microcred merge``: several worksheets of one micro-credential become one description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from microcred.cli.output import put, save, unused
from microcred.cli.unasked import tell_unasked
from microcred.messages import quote
from microcred.problem import Problem

if TYPE_CHECKING:
    from microcred.merging import Conflict, Merged

__all__ = ["merge"]

CLEAR, CONFLICTS = 0, 1

_TEXTS: Final = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
_WORKSHEETS: Final = {".xlsx": "xlsx", ".docx": "docx", ".csv": "csv"}
_WHOLE: Final = {"offer": "W11", "award": "W12"}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--output", metavar="FILE", help="Write to a file that doesn't exist yet.")
@click.option("--prefer", metavar="FILE", help="Take the answers of this one where they differ.")
def merge(files: Sequence[str], output: str | None, prefer: str | None) -> int:
    """Join worksheets or drafts of one micro-credential, and tell where they differ.

    The ending of the output decides on its form: yaml, json, or a worksheet in xlsx, docx or csv.

    Exit status: 0 if the files agree, 1 if a question has different answers, 2 if a file could
    not be read or the command was wrong.
    """
    from microcred.merging import merge as joined

    path = unused(output) if output and output != "-" else None
    if path and path.suffix.lower() not in _TEXTS | _WORKSHEETS:
        raise Problem(
            f"A description can’t be written as “{path.suffix}”",
            f"End the name of the file in one of {', '.join(_TEXTS | _WORKSHEETS)}",
        )
    found = joined(*files, prefer=_position(files, prefer))
    content = _content(found, path.suffix.lower() if path else ".yaml")
    if path:
        save(path, content)
        click.echo(f"Joined {len(files)} files into {path}.", err=True)
    else:
        put(content.decode(), for_people=False)
    for line in _told(found.conflicts):
        click.echo(line, err=True)
    return CONFLICTS if any(one.preferred is None for one in found.conflicts) else CLEAR


def _position(files: Sequence[str], prefer: str | None) -> int | None:
    if prefer is None:
        return None
    for position, name in enumerate(files):
        if name == prefer or Path(name) == Path(prefer):
            return position
    raise Problem(f"“{prefer}” is none of the files that are joined", f"Name {' or '.join(files)}")


def _content(found: Merged, ending: str) -> bytes:
    if ending in _WORKSHEETS:
        from microcred.shape import as_meant
        from microcred.worksheets import written
        from microcred.worksheets.definition import worksheet

        chosen = worksheet(_WHOLE[found.credential.kind])
        data = as_meant(found.data)
        tell_unasked(chosen, data)
        return written(chosen, _WORKSHEETS[ending], data)
    from microcred.exporters import convert

    text = convert(found.credential, _TEXTS[ending]).text
    if _TEXTS[ending] == "yaml":
        text = "".join(f"# {line}\n" for line in _told(found.conflicts)) + text
    return text.encode()


def _told(conflicts: Sequence[Conflict]) -> Iterator[str]:
    """Yield the lines that say what the files don't agree on."""
    left = [one for one in conflicts if one.preferred is None]
    for head, some in (
        ("Different answers, so left out until you decide:", left),
        ("Different answers, and the preferred one taken:", [c for c in conflicts if c.preferred]),
    ):
        if some:
            yield head
        for one in some:
            yield f"  {one.name}"
            places: dict[str, list[str]] = {}
            for said in one.answers:
                places.setdefault(_shown(said.value), []).append(str(said))
            for value, where in places.items():
                taken = one.preferred and value == _shown(one.preferred.value)
                mark = " (taken)" if taken else ""
                yield f"    “{quote(value)}”{mark} in {'; '.join(where)}"
    if left:
        yield "Correct the files, or name the one whose answers count: --prefer FILE"


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
