"""Write below the commands of pages what they print today.

Run `python tools/printed.py PAGE…`. Only commands below which a page shows something already are
run. A page that leaves lines out keeps them out; where its lines no longer fit, all are written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from microcred.pages.console import fits, printed, sessions

ROOT = Path(__file__).resolve().parent.parent


def main(names: list[str]) -> None:
    """Write each page anew whose commands print something else today."""
    for name in names:
        path = Path(name)
        lines = path.read_text(encoding="utf-8").split("\n")
        # From the end, so that lines before keep their numbers.
        for session in reversed(list(sessions("\n".join(lines), name))):
            found = printed(session.command, ROOT)
            if not fits(session.shown, found):
                lines[session.line : session.line + len(session.shown)] = found
        path.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
