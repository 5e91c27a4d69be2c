"""Small docutils pieces that the directives put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from docutils import nodes
from sphinx.environment import BuildEnvironment

import microcred

__all__ = [
    "Cell",
    "code",
    "depend_on_checks",
    "field",
    "fields",
    "paragraph",
    "project",
    "prose",
    "section",
    "sentence",
    "status",
    "strong",
    "table",
]

Cell: TypeAlias = "str | nodes.Node | Sequence[nodes.Node]"


def project(env: BuildEnvironment) -> Path:
    """Return the root of the project, from which examples are named."""
    return Path(env.srcdir).parent


def depend_on_checks(env: BuildEnvironment, *others: Path) -> None:
    """Have the page that is being read built again when a check, a page or *others* change."""
    package = Path(microcred.__file__).parent
    for path in (*sorted(package.rglob("*")), *others):
        if path.is_file() and path.suffix != ".pyc":
            env.note_dependency(str(path))


def _children(cell: Cell) -> list[nodes.Node]:
    if isinstance(cell, str):
        return [nodes.Text(cell)]
    return [cell] if isinstance(cell, nodes.Node) else list(cell)


def paragraph(*cells: Cell, classes: Sequence[str] = ()) -> nodes.paragraph:
    """Return a paragraph of text and inline nodes."""
    drawn = nodes.paragraph(classes=list(classes))
    for cell in cells:
        drawn += _children(cell)
    return drawn


def field(pointer: str) -> nodes.literal:
    """Return the field that a pointer selects, as the reference of the format writes it."""
    return code(pointer.strip("/").replace("/*", "[]").replace("/", "."))


def strong(text: str) -> nodes.strong:
    """Return *text* with weight."""
    return nodes.strong("", text)


def code(text: str) -> nodes.literal:
    """Return *text* as code."""
    return nodes.literal("", text)


def status(outcome: str, text: str) -> nodes.inline:
    """Return the name of an outcome or status with the class that the style sheet knows."""
    return nodes.inline("", text, classes=["status", f"status-{outcome}"])


def sentence(text: str) -> str:
    """Return *text* with a full stop where it has no closing mark of its own."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def prose(text: str) -> list[nodes.Node]:
    """Return a sentence in which `code` stands between backticks, with its full stop."""
    parts = sentence(text).split("`")
    return [
        code(part) if number % 2 and number < len(parts) - 1 else nodes.Text(part)
        for number, part in enumerate(parts)
        if part
    ]


def section(id: str, title: Cell, *body: nodes.Node) -> nodes.section:
    """Return a section with its anchor, title and body."""
    drawn = nodes.section(ids=[id], names=[nodes.fully_normalize_name(id)])
    drawn += nodes.title("", "", *_children(title))
    drawn += body
    return drawn


def fields(rows: Iterable[tuple[str, Sequence[nodes.Node]]]) -> nodes.field_list:
    """Return a list of names, each with what is said about it."""
    drawn = nodes.field_list()
    for name, body in rows:
        drawn += nodes.field("", nodes.field_name("", name), nodes.field_body("", *body))
    return drawn


def table(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], classes: Sequence[str] = ()
) -> nodes.table:
    """Return a table whose first column names the row."""
    group = nodes.tgroup(cols=len(head))
    for column in range(len(head)):
        group += nodes.colspec(colwidth=1, stub=int(column == 0))
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group, classes=["colwidths-auto", *classes])


def _row(cells: Sequence[Cell]) -> nodes.row:
    drawn = nodes.row()
    for cell in cells:
        inner = _children(cell)
        # A link is a body element and an inline one: it needs a paragraph around it.
        whole = inner and all(
            isinstance(node, nodes.Body) and not isinstance(node, nodes.Inline) for node in inner
        )
        drawn += nodes.entry("", *(inner if whole else [paragraph(inner)]))
    return drawn
