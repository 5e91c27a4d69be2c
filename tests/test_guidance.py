"""The pages of the guidance are tests: each of their examples keeps what it promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixed_date import PAGES_DATE
from microcred.pages import Block, pages
from microcred.pages.promises import kept

ROOT = Path(__file__).parent.parent
BLOCKS = [block for page in pages(ROOT / "docs") for block in page.blocks]


@pytest.mark.parametrize("block", BLOCKS, ids=[block.id for block in BLOCKS])
def test_an_example_keeps_its_promise(block: Block) -> None:
    """The difference from the base's report is exactly what the block says."""
    assert kept(block, ROOT, PAGES_DATE) == []
