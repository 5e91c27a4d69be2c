"""Sphinx extension: pages cite the one table of sources by key, and one page prints it.

``{source}`CR22` `` links to the row of a source under its short name;
``{source}`the Recommendation <CR22>` `` does it under other words; ``{sources}`` draws the table.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective

from microcred.sources import Source, sources

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]

HEADS = ("Source", "Year", "Where", "What was read")
LOG = logging.getLogger(__name__)


def _anchor(key: str) -> str:
    return "source-" + key.lower().replace("+", "-plus")


class SourceRole(ReferenceRole):
    """A link to the row of a source."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, or the words alone and a warning where no source has the key."""
        source = sources().get(self.target)
        words = self.title if self.has_explicit_title or source is None else source.short
        if source is None:
            LOG.warning(
                "no source has the key %r: add it to checks/microcred/sources.csv",
                self.target,
                location=self.get_location(),
            )
            return [nodes.Text(words)], []
        link = addnodes.pending_xref(
            self.rawtext,
            nodes.inline("", words, classes=["source"]),
            refdoc=self.env.docname,
            refdomain="std",
            reftype="ref",
            reftarget=_anchor(self.target),
            refexplicit=True,
            refwarn=True,
        )
        return [link], []


class SourcesDirective(SphinxDirective):
    """The table of all sources, each row with an anchor of its own."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        self.env.note_dependency(str(files("microcred") / "sources.csv"))
        table = nodes.table(classes=["sources"])
        group = nodes.tgroup(cols=len(HEADS))
        group.extend(nodes.colspec(colwidth=width) for width in (50, 10, 20, 20))
        head = nodes.row("", *(nodes.entry("", nodes.paragraph("", head)) for head in HEADS))
        body = nodes.tbody()
        body.extend(
            self._row(source)
            for source in sorted(sources().values(), key=lambda source: source.short.casefold())
        )
        group += [nodes.thead("", head), body]
        table += group
        return [table]

    def _row(self, source: Source) -> nodes.row:
        name = nodes.paragraph("", "", nodes.strong("", source.short))
        if source.title != source.short:
            name += nodes.Text(f": {source.title}")
        first = nodes.entry("", name, ids=[_anchor(source.key)])
        self._label(_anchor(source.key), source.short)
        where = nodes.entry()
        for address in source.url.split():
            host = urlsplit(address).hostname or address
            link = nodes.reference("", host.removeprefix("www."), refuri=address)
            where += nodes.paragraph("", "", link)
        year = nodes.entry("", nodes.paragraph("", source.year))
        seen = nodes.entry("", nodes.paragraph("", source.seen))
        return nodes.row("", first, year, where, seen)

    def _label(self, label: str, words: str) -> None:
        domain = self.env.domains.standard_domain
        domain.anonlabels[label] = self.env.docname, label
        domain.labels[label] = self.env.docname, label, words


def setup(app: Sphinx) -> dict[str, object]:
    """Register the role and the directive."""
    app.add_role("source", SourceRole())
    app.add_directive("sources", SourcesDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
