"""The page on the calls from Python names them all, and what it shows works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import microcred

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")


def test_each_public_name_stands_on_the_page() -> None:
    """Nobody has to read the code to find a call."""
    named = set(re.findall(r"(?:`|microcred\.|:: )(\w+)", PAGE))
    assert set(microcred.__all__) - named == set()


def test_the_code_on_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The examples run one after the other on a draft, and print what they speak of."""
    shutil.copy(ROOT / "examples" / "drafts" / "first-draft.yaml", tmp_path / "draft.yaml")
    monkeypatch.chdir(tmp_path)
    exec("".join(re.findall(r"(?ms)^```python\n(.*?)^```", PAGE)), {})  # noqa: S102 - our own page
    told = capsys.readouterr().out
    assert "M9-10 must not-met M9" in told
    assert '"@type"' in told
