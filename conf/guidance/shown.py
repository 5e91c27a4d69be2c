"""What the pages show of each rule: the section that explains it and the blocks that prove it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from guidance.drawing import depend_on_checks, project
from microcred.pages import Block, Page, Section, read_page

__all__ = ["Shown", "shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """Sections of the guidance by label, and example blocks by the rules that they name."""

    sections: dict[str, Section]
    blocks: dict[str, list[Block]]


def shown(env: BuildEnvironment) -> Shown:
    """Return what all pages show; the page that is being read is built again when one changes."""
    root = project(env)
    paths = [env.doc2path(name) for name in sorted(env.found_docs)]
    pages: list[Page] = []
    for path in paths:
        env.note_dependency(path)
        pages.append(read_page(root / path, root))
    depend_on_checks(env)
    blocks: dict[str, list[Block]] = defaultdict(list)
    for page in pages:
        for block in page.blocks:
            for id in block.rules:
                blocks[id].append(block)
    return Shown({label: part for page in pages for label, part in page.sections.items()}, blocks)
