"""Draw the beginning of a report as a terminal shows it, for the README."""

from __future__ import annotations

import re
from html import escape
from itertools import accumulate
from pathlib import Path

import microcred
from microcred.report import text

ROOT = Path(__file__).resolve().parent.parent
DRAFT = "examples/drafts/first-draft.yaml"
PICTURE = ROOT / "docs/_pictures/report.svg"
ON = "2026-11-01"
LINES = 46  # of the report that are shown
CHARACTER, LINE, MARGIN = 8.43, 19, 24  # pixels

ANSI = re.compile(r"\x1b\[([\d;]*)m")
INK = "#24292f"
COLOURS = {"31": "#b3261e", "32": "#1a6b3c", "33": "#8a5300", "34": "#0b57a4", "36": "#0b6e75"}


def pieces(line: str) -> list[tuple[int, str, str]]:
    """Return (column, text, style) of each run of a line in which nothing changes."""
    parts = ANSI.split(line)
    runs = list(zip(["0", *parts[1::2]], parts[0::2], strict=True))
    columns = [0, *accumulate(len(run) for _, run in runs)]
    return [
        (column, run, _style(codes)) for column, (codes, run) in zip(columns, runs, strict=False)
    ]


def _style(codes: str) -> str:
    found = codes.split(";")
    colour = next((COLOURS[code] for code in found if code in COLOURS), INK)
    weight = "bold" if "1" in found else "normal"
    return f'fill="{colour}" font-weight="{weight}"'


def picture() -> str:
    """Return the picture as SVG."""
    report = microcred.check(microcred.read(ROOT / DRAFT, name=DRAFT), on=ON)
    shown = text.write(report, width=80, colour=True).splitlines()[:LINES]
    width, height = 80 * CHARACTER + 2 * MARGIN, len(shown) * LINE + 2 * MARGIN
    rows = [
        f'<text x="{MARGIN + column * CHARACTER:.1f}" y="{MARGIN + 14 + number * LINE}" {style} '
        f'xml:space="preserve">{escape(run)}</text>'
        for number, line in enumerate(shown)
        for column, run, style in pieces(line)
        if run.strip()
    ]
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
            f'viewBox="0 0 {width:.0f} {height}">',
            "<title>The beginning of a report</title>",
            f'<rect width="{width:.0f}" height="{height}" rx="8" fill="#ffffff" stroke="#d0d7de"/>',
            '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">',
            *rows,
            "</g>",
            "</svg>",
            "",
        ]
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
