"""Markdown as the guidance is written in: CommonMark with MyST's labels and directives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

__all__ = ["Directive", "Role", "directive", "parse", "role_before", "roles", "walk"]

_COLONS = re.compile(r"(:{3,})[ \t]*([^:].*)?$")
_TARGET = re.compile(r"\(([^()\s]+)\)=[ \t]*$")
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}[ \t]*(.*)$")
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)$")
_ROLE = re.compile(r"\{([\w:-]+)\}$")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: its name, argument, options, and body with the line where the body starts."""

    name: str
    argument: str
    options: tuple[tuple[str, str], ...]
    body: str
    line: int
    body_line: int


@dataclass(frozen=True, slots=True)
class Role:
    """A role in running text, such as {rule}, with its content."""

    name: str
    content: str
    line: int


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _colon_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening = _COLONS.match(_text(state, start))
    if opening is None or opening[2] is None or state.is_code_block(start):
        return False
    if silent:
        return True
    closing = re.compile(rf":{{{len(opening[1])},}}[ \t]*$")
    last = start + 1
    while last < end and not closing.match(_text(state, last)):
        last += 1
    token = state.push("fence", "code", 0)
    token.info = opening[2]
    token.markup = opening[1]
    token.content = state.getLines(start + 1, last, state.sCount[start], True)
    token.map = [start, min(last + 1, end)]
    state.line = min(last + 1, end)
    return True


def _target(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    label = _TARGET.match(_text(state, start))
    if label is None or state.is_code_block(start):
        return False
    if not silent:
        token = state.push("target", "", 0)
        token.content = label[1]
        token.map = [start, start + 1]
        state.line = start + 1
    return True


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "colon_fence", _colon_fence, interrupts)
    parser.block.ruler.before("fence", "target", _target, interrupts)
    return parser


def parse(text: str) -> list[Token]:
    """Return the tokens of *text*; a directive is a fence whose info is its name in braces."""
    return _parser().parse(text)


def directive(token: Token, offset: int = 0) -> Directive | None:
    """Return the directive that *token* writes, or None where it is anything else."""
    named = _DIRECTIVE.match(token.info.strip()) if token.type == "fence" else None
    if named is None or token.map is None:
        return None
    lines = token.content.split("\n")
    options: list[tuple[str, str]] = []
    while len(options) < len(lines) and (option := _OPTION.match(lines[len(options)])):
        options.append((option[1], option[2].strip()))
    line = offset + token.map[0] + 1
    return Directive(
        name=named[1],
        argument=named[2].strip(),
        options=tuple(options),
        body="\n".join(lines[len(options) :]),
        line=line,
        body_line=line + 1 + len(options),
    )


def walk(text: str, offset: int = 0) -> Iterator[tuple[Token, int]]:
    """Yield each block token of *text*, also inside directives, with its line before the first."""
    for token in parse(text):
        yield token, offset + (token.map[0] if token.map else 0)
        inner = directive(token, offset)
        if inner is not None and _holds_markdown(inner.name):
            yield from walk(inner.body, inner.body_line - 1)


def _holds_markdown(name: str) -> bool:
    return name not in {"code", "code-block", "literalinclude", "raw", "math", "parsed-literal"}


def roles(token: Token, line: int) -> Iterator[Role]:
    """Yield the roles in the running text of *token*, which starts on the 0-based *line*."""
    before: Token | None = None
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            line += 1
        elif child.type == "code_inline" and before is not None and before.type == "text":
            name = role_before(before.content)
            if name:
                yield Role(name, child.content, line + 1)
        before = child


def role_before(text: str) -> str | None:
    """Return the name of the role whose content follows *text*, such as “{rule}”."""
    named = _ROLE.search(text)
    return named[1] if named else None
