"""Writes the guidance's Markdown as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import Final

from markdown_it.tree import SyntaxTreeNode

from microcred.pages.markdown import directive, parse, role_before
from microcred.pages.reading import PROMISES, make_block
from microcred.sources import sources

__all__ = ["WIDTH", "plain"]

WIDTH: Final = 78
_LEAD: Final = {"pass": "Meets", "fail": "Does not meet", "review": "Needs a person"}
_SILENT: Final = {"html_block", "hr", "target", "html_inline"}

Title = Callable[[str], str]


def plain(markdown: str, title: Title = str, width: int = WIDTH) -> str:
    """Return *markdown* as text at most *width* wide; *title* names the section of a label."""
    blocks = _blocks(SyntaxTreeNode(parse(markdown)), title, width)
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _blocks(parent: SyntaxTreeNode, title: Title, width: int) -> Iterator[str]:
    for node in parent.children:
        if node.type not in _SILENT:
            yield from _block(node, title, width)


def _block(node: SyntaxTreeNode, title: Title, width: int) -> Iterator[str]:
    if node.type == "heading":
        text = _inline(node, title)
        yield f"{text}\n{('=' if node.tag == 'h1' else '-') * min(len(text), width)}"
    elif node.type in {"bullet_list", "ordered_list"}:
        yield "\n".join(_items(node, title, width))
    elif node.type == "blockquote":
        inner = "\n\n".join(_blocks(node, title, width - 4))
        yield textwrap.indent(inner, "    ")
    elif node.type == "table":
        yield "\n".join(_rows(node, title))
    elif node.type in {"fence", "code_block"}:
        yield from _fence(node, title, width)
    else:
        lines = _inline(node, title).split("\n")
        yield "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in lines)


def _items(node: SyntaxTreeNode, title: Title, width: int) -> Iterator[str]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, start=first):
        mark = "- " if node.type == "bullet_list" else f"{number}. "
        inner = "\n".join(_blocks(item, title, width - len(mark)))
        yield mark + textwrap.indent(inner, " " * len(mark)).strip()


def _rows(node: SyntaxTreeNode, title: Title) -> Iterator[str]:
    for part in node.children:
        for row in part.children:
            yield " | ".join(_inline(cell, title) for cell in row.children)


def _fence(node: SyntaxTreeNode, title: Title, width: int) -> Iterator[str]:
    token = node.token
    found = directive(token) if token is not None else None
    if found is None:
        yield textwrap.indent(node.content.rstrip("\n"), "    ")
        return
    if found.name in PROMISES:
        block = make_block(found, "", {})
        reason = " ".join(_inline_of(block.reason, title).split())
        yield textwrap.fill(f"{_LEAD[found.name]} {', '.join(block.rules)}: {reason}", width)
        left_out = [f"# {pointer} (left out)" for pointer in block.option("drop").split()]
        code = "\n".join([*block.code.rstrip("\n").split("\n"), *left_out]).strip("\n")
        yield textwrap.indent(code, "    ")
        return
    if found.argument and found.body.strip():
        yield textwrap.fill(_inline_of(found.argument, title), width)
    yield from _blocks(SyntaxTreeNode(parse(found.body)), title, width)


def _inline_of(markdown: str, title: Title) -> str:
    return " ".join(_inline(node, title) for node in SyntaxTreeNode(parse(markdown)).children)


def _inline(node: SyntaxTreeNode, title: Title) -> str:
    parts: list[str] = []
    before: SyntaxTreeNode | None = None
    for child in node.children:
        role = None
        if child.type == "code_inline" and before is not None and before.type == "text":
            role = role_before(before.content)
        if role is not None:
            parts[-1] = parts[-1].removesuffix(f"{{{role}}}")
            parts.append(_role(role, child.content, title))
        else:
            parts.append(_span(child, title))
        before = child
    return "".join(parts)


def _span(node: SyntaxTreeNode, title: Title) -> str:
    if node.type in {"text", "code_inline"}:
        return str(node.content)
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    if node.type == "image":
        return str(node.content)
    text = _inline(node, title)
    if node.type == "link":
        target = str(node.attrs.get("href", ""))
        if target.startswith(("https://", "http://")):
            return text if text == target else f"{text} ({target})"
        return text or title(target.removeprefix("#"))
    return "" if node.type in _SILENT else text


def _role(name: str, content: str, title: Title) -> str:
    if name == "rule":
        return f"[{content}]"
    if content.endswith(">") and "<" in content:
        return content[: content.rindex("<")].strip()
    if name == "source" and content in sources():
        return sources()[content].short
    return title(content) if name in {"ref", "numref"} else content
