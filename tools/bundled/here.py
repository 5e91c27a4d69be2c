"""How to mend it, in a browser: buttons and pages where the package names a command."""

from __future__ import annotations

import re
from typing import Final

from microcred.exporters import TARGETS

__all__ = ["here"]

# What the package says for the command line, and what the page has in its place: its own buttons,
# and pages of the site, which conf/static/check/drawing.mjs makes links.
_HERE: Final = (
    (
        r"the command “microcred new [^”]*” [^.;]*",
        "press “Fill in a form” or “Begin with an empty text” on this page, or download a "
        "worksheet under “Worksheets”",
    ),
    (
        r"on the check page below.*`microcred stack [^`]*`",
        "below the table of files, open “Do these files add up to a programme?” and choose it "
        "there",
    ),
    (
        r"Look at it with `microcred profile check`.*",
        "Open “Kind, profile and day”, choose it at “Use a profile of your own”, and then choose "
        "a description",
    ),
    (
        r"for “microcred catalogue check”",
        "a catalogue, which the command line checks: see the page “Catalogues”",
    ),
    (r"`microcred new [A-Z]\d+ [^`]*` writes", "“Worksheets” has"),
    (r" and `--profile` takes", ""),
    (r"`microcred levels`", "the page “National levels and EQF levels”"),
    (r"`microcred credits`", "the page “Credits in other systems”"),
    (r"`microcred rules`", "the page “Rules”"),
    (r"`microcred schema`", "the page “Write a profile of your own”"),
    (r"Name the files of the parts in front of `--into`", "Choose the files of the parts as well"),
    (r"Give it with --eidas, or convert", "Convert"),
    (r"Run pip install [^,]*, or", "Check it on the command line, or"),
)
_BY_COMMAND: Final = re.compile("|".join(f"({command})" for command, _ in _HERE))
_FORMAT: Final = re.compile(r"\bto (" + "|".join(TARGETS) + r")\b")


def here(fix: str) -> str:
    """Return how to mend it, with what the page has in the place of a command."""

    def instead(found: re.Match[str]) -> str:
        said = _HERE[(found.lastindex or 1) - 1][1]
        return said if found.start() else said[:1].upper() + said[1:]

    fix = _FORMAT.sub(lambda found: f"to “{TARGETS[found[1]].words}”", fix)
    return _BY_COMMAND.sub(instead, fix)
