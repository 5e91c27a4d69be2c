"""What the check page keeps in a browser, as far as it can be tested without one."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

import offline


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a small site with a check page."""
    written = {
        "check.html": '<link rel="shortcut icon" href="a.svg"><link rel="search" href="no.html">'
        '<link rel="stylesheet" type="text/css" href="a.css?v=1"><a href="other.html">x</a>'
        '<script type="module" src="m/page.mjs?v=2"></script>',
        "a.svg": "<svg/>",
        "a.css": "p {}",
        "m/page.mjs": 'import { a } from "./inner.mjs";\n',
        "m/inner.mjs": 'import { b } from "./deep.mjs";\n',
        "m/deep.mjs": "export const b = 1;\n",
        "checker-1/memory.packed": "memory",
        "checker-1/manifest.json": "{}",
        "other.html": "",
    }
    for name, text in written.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_every_file_that_the_page_asks_for_is_kept_and_no_other(site: Path) -> None:
    """The page, its styles, its scripts with what they import, and the checker; by their hash."""
    kept = offline.files(site, site / "checker-1")
    assert sorted(kept) == [
        "a.css?v=1",
        "a.svg",
        "check.html",
        "checker-1/memory.packed",
        "m/deep.mjs",
        "m/inner.mjs",
        "m/page.mjs?v=2",
    ]
    assert kept["a.css?v=1"] == hashlib.sha256(b"p {}").hexdigest()


def test_a_change_makes_another_service_worker(site: Path) -> None:
    """A browser takes a new version when the worker differs by a byte, so any change has to."""
    offline.write(site, site / "checker-1")
    first = (site / offline.NAME).read_text(encoding="utf-8")
    found = re.search(r"Object\.entries\((\{.*?\})\)", first, re.DOTALL)
    assert found
    assert json.loads(found[1]) == offline.files(site, site / "checker-1")
    (site / "m/deep.mjs").write_text("export const b = 2;\n", encoding="utf-8")
    offline.write(site, site / "checker-1")
    assert (site / offline.NAME).read_text(encoding="utf-8") != first
