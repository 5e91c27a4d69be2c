"""Reads the pages of the guidance: sections to explain a rule, examples that test it."""

from __future__ import annotations

from microcred.pages.reading import Block, Page, Section, read_page, read_text
from microcred.pages.sections import guidance, pages, plain, section, sections

__all__ = [
    "Block",
    "Page",
    "Section",
    "guidance",
    "pages",
    "plain",
    "read_page",
    "read_text",
    "section",
    "sections",
]
