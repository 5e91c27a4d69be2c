"""Finds the sections of the guidance by their labels, for ``microcred explain``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from microcred.pages.plain import plain as _plain
from microcred.pages.reading import Page, Section, read_page
from microcred.problem import Problem

__all__ = ["guidance", "pages", "plain", "section", "sections"]


def guidance() -> Path:
    """Return the folder of the pages: the one in the package, else the one in the checkout.

    Raises:
        Problem: neither is there.
    """
    package = Path(str(files("microcred")))
    for folder in (package / "guidance", package.parents[1] / "docs"):
        if folder.is_dir():
            return folder
    raise Problem("The guidance isn’t installed here", "Install microcred again from its wheel")


@lru_cache(maxsize=4)
def pages(folder: Path) -> tuple[Page, ...]:
    """Return every page in *folder*, in the order of their names."""
    return tuple(read_page(path, folder.parent) for path in sorted(folder.rglob("*.md")))


@lru_cache(maxsize=1)
def _sections() -> dict[str, Section]:
    return {
        label: section for page in pages(guidance()) for label, section in page.sections.items()
    }


def sections() -> dict[str, str]:
    """Return the Markdown of every section that has a label, by label."""
    return {label: section.markdown for label, section in _sections().items()}


def section(label: str) -> str:
    """Return the Markdown of the section *label*.

    Raises:
        Problem: no page has that label.
    """
    found = _sections().get(label)
    if found is None:
        raise Problem(f"The guidance has no section “{label}”", "Name a section that it has")
    return found.markdown


def plain(markdown: str) -> str:
    """Return *markdown* as text for a terminal, with labels told as the titles they stand for."""
    return _plain(markdown, _title)


def _title(label: str) -> str:
    found = _sections().get(label)
    return found.title if found else label
