"""Record what each worksheet asks in its present version: make worksheets.

Files that people have filled in stay readable only as long as a question keeps its meaning. So a
worksheet whose questions changed needs a new version, and older labels belong under ``also``.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from microcred.worksheets.definition import Worksheet, worksheets

RECORD: Final = Path(__file__).parents[1] / "tests/worksheet_versions.csv"
HEAD: Final = ("worksheet", "version", "questions")


def fingerprint(sheet: Worksheet) -> str:
    """Return a short sign of what a worksheet asks: parts, labels, values and fixed lines."""
    words = "\n".join(_questions(sheet))
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]


def _questions(sheet: Worksheet) -> Iterator[str]:
    for part in sheet.sections:
        yield f"{part.title}|{'/'.join(part.at)}|{part.owner}"
        for field in part.fields:
            yield f"{'/'.join(field.path)}|{field.label}|{field.required}|{field.choices}"
        yield from (f"{item.id}|{item.text}|{item.blocks}" for item in part.items)


def recorded() -> dict[tuple[str, str], str]:
    """Return the sign of each version that was recorded."""
    with RECORD.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return {(row["worksheet"], row["version"]): row["questions"] for row in rows}


def main() -> int:
    """Add the versions that are new; tell of those that changed without a new version."""
    known, changed = recorded() if RECORD.exists() else {}, []
    for sheet in worksheets():
        sign = fingerprint(sheet)
        if known.setdefault((sheet.id, sheet.version), sign) != sign:
            changed.append(sheet.id)
    with RECORD.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(HEAD)
        table.writerows((*key, sign) for key, sign in sorted(known.items()))
    for id in changed:
        print(f"{id} asks something else than before: raise its version, then run this again")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
