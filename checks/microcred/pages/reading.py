"""Reads a page of the guidance: its labels, its example blocks and the rules that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import yaml
from markdown_it.token import Token

from microcred.pages.markdown import Directive, Role, directive, parse, roles, walk
from microcred.problem import Problem

__all__ = [
    "OPTIONS",
    "PROMISES",
    "Block",
    "Page",
    "Section",
    "make_block",
    "read_page",
    "read_text",
]

PROMISES: Final = ("pass", "fail", "review")
OPTIONS: Final = ("kind", "base", "profile", "file", "offer", "register", "drop", "on")

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(\n|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """An example in a page: a fragment and what it promises; ``faults`` say what is wrong in it."""

    page: str
    line: int
    promise: str
    rules: tuple[str, ...]
    reason: str = ""
    code: str = ""
    code_line: int = 0
    options: Mapping[str, str] = field(default_factory=dict)
    front: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the place of the block, as a person would open it in an editor."""
        return f"{self.page}:{self.line}"

    def option(self, name: str) -> str:
        """Return an option of the block, or nothing where it isn't set."""
        return self.options.get(name, "")


@dataclass(frozen=True, slots=True)
class Section:
    """The part of a page that a label names: from its line up to the next heading as high."""

    label: str
    title: str
    page: str
    line: int
    last: int
    markdown: str

    def holds(self, line: int) -> bool:
        """Tell whether *line* of the same page lies in the section."""
        return self.line <= line <= self.last


@dataclass(frozen=True, slots=True)
class Page:
    """What the checks need to know of one page."""

    path: str
    front: Mapping[str, object]
    sections: Mapping[str, Section]
    blocks: tuple[Block, ...]
    badges: tuple[Role, ...]


def read_page(path: Path, root: Path) -> Page:
    """Return the page at *path*; its name in messages starts from *root*.

    Raises:
        Problem: the page is missing or isn't UTF-8.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    try:
        return read_text(path.read_text(encoding="utf-8"), name)
    except OSError:
        raise Problem(f"There is no page {name}", "Name a page that exists") from None
    except UnicodeDecodeError:
        raise Problem(f"The page {name} isn’t UTF-8", "Save it as UTF-8") from None


@lru_cache(maxsize=512)
def read_text(text: str, name: str) -> Page:
    """Return what *text*, the content of the page *name*, holds."""
    front, body = _front_matter(text, name)
    blocks: list[Block] = []
    badges: list[Role] = []
    for token, line in walk(body):
        if token.type == "inline":
            badges += [role for role in roles(token, line) if role.name == "rule"]
        found = directive(token, line - (token.map[0] if token.map else 0))
        if found is not None and found.name in PROMISES:
            blocks.append(make_block(found, name, front))
    return Page(name, front, dict(_sections(body, name)), tuple(blocks), tuple(badges))


def _front_matter(text: str, name: str) -> tuple[dict[str, object], str]:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    try:
        front = yaml.safe_load(found[1] or "")
    except yaml.YAMLError:
        raise Problem(
            f"The lines between --- at the top of {name} can’t be read as YAML",
            "Write each as “name: value”",
        ) from None
    # Blank lines stand for the front matter, so that every line keeps its number.
    rest = "\n" * found[0].count("\n") + text[found.end() :]
    return (front if isinstance(front, dict) else {}), rest


def _sections(body: str, name: str) -> Iterator[tuple[str, Section]]:
    lines = body.split("\n")
    heads = list(_headings(body))
    for place, (start, depth, title, labels) in enumerate(heads):
        later = (other.start for other in heads[place + 1 :] if other.depth <= depth)
        last = next(later, len(lines))
        markdown = "\n".join(lines[start:last]).strip("\n") + "\n"
        for label in labels:
            yield label, Section(label, title, name, start + 1, last, markdown)


class _Heading(NamedTuple):
    start: int  # line of its first label, or its own, from 0
    depth: int
    title: str
    labels: tuple[str, ...]


def _headings(body: str) -> Iterator[_Heading]:
    tokens = [token for token in parse(body) if token.level == 0 or token.type == "inline"]
    labels: list[Token] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following is not None:
            start = min(label.map[0] for label in [*labels, token] if label.map)
            names = tuple(label.content for label in labels)
            yield _Heading(start, int(token.tag[1:]), _title(following.content), names)
        labels = [*labels, token] if token.type == "target" else []


def _title(text: str) -> str:
    """Return a heading without its marks."""
    return re.sub(r"\{[\w:-]+\}|[*`]", "", text).strip()


def make_block(found: Directive, page: str, front: Mapping[str, object]) -> Block:
    """Return the example block that a directive of *page* writes, with its faults in words."""
    tokens = parse(found.body)
    code = [token for token in tokens if token.type == "fence" and token.info.strip() == "yaml"]
    texts = (token.content for token in tokens if token.type == "inline")
    block = Block(
        page=page,
        line=found.line,
        promise=found.name,
        rules=tuple(found.argument.replace(",", " ").split()),
        reason=" ".join(" ".join(text.split()) for text in texts),
        code=code[0].content if code else "",
        code_line=found.body_line + code[0].map[0] + 1 if code and code[0].map else 0,
        options=dict(found.options),
        front=front,
    )
    names = [name for name, _ in found.options]
    return replace(block, faults=tuple(_faults(block, len(code), names)))


def _faults(block: Block, fragments: int, options: list[str]) -> Iterator[str]:
    if not block.rules:
        yield f"names no rule: write the ids behind {{{block.promise}}}"
    if not block.reason:
        yield "gives no reason: write one sentence above the fragment"
    if fragments > 1:
        yield "holds several fragments: make a block of each"
    if not fragments and not block.option("file") and not block.option("drop"):
        yield "shows nothing: add a fragment between ```yaml and ```, :file: or :drop:"
    if fragments and block.option("file"):
        yield "has a fragment and a :file:: keep one of the two"
    for name in dict.fromkeys(options):
        if name not in OPTIONS:
            known = ", ".join(f":{option}:" for option in OPTIONS)
            yield f"has an option :{name}:, which is none of {known}: mend its name"
        if options.count(name) > 1:
            yield f"has the option :{name}: twice: write all its values on one line"
