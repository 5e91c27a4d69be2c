"""Sphinx extension: links each word of the glossary where a page uses it for the first time.

Pages may link a word by hand as well, with the role ``term``; a word that was linked before is
not linked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["ORDINARY", "first_uses", "setup", "words"]

GLOSSARY: Final = "reference/glossary"

# Also words of everyday English, or verbs: only a writer knows when the term is meant.
ORDINARY: Final = frozenset(
    {
        "advice",
        "appeal",
        "award",
        "badge",
        "blended",
        "catalogue",
        "criteria",
        "cycle",
        "element",
        "evidence",
        "finding",
        "guidance",
        "holder",
        "issuer",
        "level",
        "moderation",
        "must",
        "notional",
        "offer",
        "portability",
        "principle",
        "profile",
        "qualification",
        "recognition",
        "register",
        "rule",
        "should",
        "stack",
        "supervision",
        "unit",
        "validation",
        "voucher",
        "wallet",
        "worksheet",
    }
)

# Nothing is linked in headings, in code, in what is a link already or names a term itself.
CLOSED: Final = (
    nodes.title,
    nodes.rubric,
    nodes.caption,
    nodes.term,
    nodes.thead,
    nodes.literal,
    nodes.literal_block,
    nodes.raw,
    nodes.reference,
    addnodes.pending_xref,
)
_BLOCK: Final = re.compile(r"^:{3,}\{glossary\}\n(.*?)^:{3,}$", re.MULTILINE | re.DOTALL)
_TERM: Final = re.compile(r"^(?=\S)(?!%).+$", re.MULTILINE)


def words(page: str) -> Iterator[str]:
    """Yield the terms that a page with a glossary explains and that are linked by themselves."""
    for block in _BLOCK.findall(page):
        yield from (term for term in _TERM.findall(block) if term not in ORDINARY)


@lru_cache(maxsize=4)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    # Longer terms come first, so that “learning outcome” wins over a term that is a part of it.
    # Abbreviations and names keep their capitals; all others may begin a sentence or be plural.
    branches = [
        re.escape(term)
        if term != term.lower()
        else f"[{term[0].upper()}{term[0]}]{re.escape(term[1:])}s?"
        for term in sorted(terms, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(branches)})(?![\w-])")


def first_uses(text: str, terms: Iterable[str], seen: set[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, term) for each term that *text* uses and *seen* lacks; fill *seen*."""
    known = {term.lower(): term for term in terms}
    for match in _pattern(tuple(known.values())).finditer(text):
        found = match[0].lower()
        term = known.get(found) or known[found.removesuffix("s")]
        if term.lower() not in seen:
            seen.add(term.lower())
            yield match.start(), match.end(), term


class Terms(SphinxTransform):
    """Turn the first use of each term into a link to its explanation."""

    default_priority = 400  # after the roles of the page itself, before links are looked up

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002 - Sphinx fixes the arguments
        """Link the terms of one page."""
        path = Path(self.env.srcdir) / f"{GLOSSARY}.md"
        if self.env.docname == GLOSSARY or not path.exists():
            return
        self.env.note_dependency(str(path))
        terms = tuple(words(path.read_text(encoding="utf-8")))
        seen: set[str] = set()
        for node in list(self.document.findall(_of_interest)):
            if isinstance(node, addnodes.pending_xref):
                seen.add(node["reftarget"].lower())
            elif isinstance(node, nodes.Text) and _open(node):
                _link(node, list(first_uses(str(node), terms, seen)), self.env.docname)


def _of_interest(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text) or (
        isinstance(node, addnodes.pending_xref) and node.get("reftype") == "term"
    )


def _open(node: nodes.Node) -> bool:
    above = node.parent
    while above is not None:
        if isinstance(above, CLOSED):
            return False
        above = above.parent
    return True


def _link(node: nodes.Text, uses: list[tuple[int, int, str]], docname: str) -> None:
    text, begin = str(node), 0
    parts: list[nodes.Node] = []
    for start, end, term in uses:
        parts += [nodes.Text(text[begin:start])] if start > begin else []
        parts.append(
            addnodes.pending_xref(
                "",
                nodes.inline("", text[start:end], classes=["std", "std-term"]),
                refdomain="std",
                reftype="term",
                reftarget=term,
                refexplicit=True,
                refwarn=True,
                refdoc=docname,
            )
        )
        begin = end
    if parts:
        parts += [nodes.Text(text[begin:])] if begin < len(text) else []
        node.parent.replace(node, parts)


def setup(app: Sphinx) -> dict[str, object]:
    """Register the transform."""
    app.add_transform(Terms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
