"""Let the check page work without a connection: write the service worker that keeps its files.

The worker knows each file by the hash of its content. So a browser fetches only what changed
since the last version, and never mixes the files of two versions.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

__all__ = ["NAME", "files", "write"]

NAME: Final = "check-offline.js"
PAGE: Final = "check.html"
PROGRAM: Final = Path(__file__).parent / "check" / "offline.js"

_FILES: Final = "Object.entries({})"
_LOADED: Final = re.compile(r'<(?:script|img)\b[^>]*\bsrc="([^"]+)"')
_LINKED: Final = re.compile(r'<link\b[^>]*\brel="[^"]*(?:stylesheet|icon)"[^>]*\bhref="([^"]+)"')
_IMPORTED: Final = re.compile(r'^import .* from "\./([^"]+)";$', re.MULTILINE)


def write(site: Path, checker: Path) -> None:
    """Write the service worker of the page in *site*, whose checker lies in *checker*."""
    listed = json.dumps(files(site, checker), indent=2)
    program = PROGRAM.read_text(encoding="utf-8")
    assert program.count(_FILES) == 1, "the service worker has no place for its files"  # noqa: S101
    program = program.replace(_FILES, f"Object.entries({listed})")
    (site / NAME).write_text(program, encoding="utf-8")


def files(site: Path, checker: Path) -> dict[str, str]:
    """Return every address that the page in *site* asks for, with the hash of what lies there."""
    addresses = {PAGE, *_of_page(site), *_of_checker(site, checker)}
    return {address: _hash(site, address) for address in sorted(addresses)}


def _of_page(site: Path) -> Iterator[str]:
    text = (site / PAGE).read_text(encoding="utf-8")
    for address in (*_LOADED.findall(text), *_LINKED.findall(text)):
        yield address
        for path in _imported(site / urlsplit(address).path):
            yield path.relative_to(site).as_posix()


def _imported(script: Path) -> set[Path]:
    """Return the modules that a script imports, and those that they import."""
    found: set[Path] = set()
    left = [script] if script.suffix == ".mjs" else []
    while left:
        importing = left.pop()
        for name in _IMPORTED.findall(importing.read_text(encoding="utf-8")):
            path = importing.parent / name
            if path not in found:
                found.add(path)
                left.append(path)
    return found


def _of_checker(site: Path, checker: Path) -> Iterator[str]:
    for path in checker.glob("*.packed"):
        yield path.relative_to(site).as_posix()


def _hash(site: Path, address: str) -> str:
    return hashlib.sha256((site / urlsplit(address).path).read_bytes()).hexdigest()
