"""The pages of the guidance are tests: each of their examples keeps what it promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fixed_date import PAGES_DATE
from microcred.pages import Block, pages
from microcred.pages.cases import Case, cases, tried
from microcred.pages.console import Session, fits, printed, sessions
from microcred.pages.promises import kept

ROOT = Path(__file__).parent.parent
CASES = [case for path in sorted((ROOT / "docs").rglob("*.md")) for case in cases(path, ROOT)]
BLOCKS = [block for page in pages(ROOT / "docs") for block in page.blocks]
SESSIONS = [
    session
    for path in sorted((ROOT / "docs").rglob("*.md"))
    for session in sessions(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
]


@pytest.mark.parametrize("block", BLOCKS, ids=[block.id for block in BLOCKS])
def test_an_example_keeps_its_promise(block: Block) -> None:
    """The difference from the base's report is exactly what the block says."""
    assert kept(block, ROOT, PAGES_DATE) == []


@pytest.mark.parametrize("session", SESSIONS, ids=[session.id for session in SESSIONS])
def test_a_command_prints_what_the_page_shows(session: Session) -> None:
    """What stands below a command in a page is what it prints today."""
    found = printed(session.command, ROOT)
    assert fits(session.shown, found), (
        f"{session.id} shows something else: run python tools/printed.py {session.page}\n"
        + "\n".join(found)
    )


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_case_is_seen_as_its_page_says(case: Case) -> None:
    """What a file carries, the way and the draft are what the page promises."""
    assert tried(case, ROOT, PAGES_DATE)[1] == ()


def test_a_case_that_is_told_wrongly_is_found() -> None:
    """A broken promise, an unknown purpose and a missing file are told with their place."""
    (first, *_) = CASES
    for change, told in (
        ({"draft": "never"}, "promises the draft “never”"),
        ({"carries": ("stated",)}, "but the file carries"),
        ({"purpose": "fame"}, "name a :purpose:"),
        ({"file": "examples/none.yaml"}, "examples/none.yaml"),
    ):
        _, complaints = tried(replace(first, **change), ROOT, PAGES_DATE)
        assert first.id in complaints[0]
        assert told in complaints[0]
