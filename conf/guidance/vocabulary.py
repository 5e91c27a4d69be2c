"""The controlled lists, drawn from the tables that the checks use."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from guidance.drawing import Cell, code, depend_on_checks, paragraph, section, table
from guidance.links import anchored
from microcred.vocabularies import NAMES, WORD_LISTS, About, Vocabulary, about, vocabulary
from microcred.vocabularies.tables import rows

__all__ = ["OneVocabulary", "Vocabularies"]

ROWS_IN_FULL: Final = 40  # a longer list shows its first rows and the file
ROWS_OF_LONG: Final = 8

logger = getLogger(__name__)


def _anchor(name: str) -> str:
    return f"vocabulary-{name}"


class _Drawn(SphinxDirective):
    def body(self, name: str) -> list[nodes.Node]:
        """Return what the list *name* is, its values, and the file to download."""
        info = about(name)
        count = len(rows(name))
        said: list[nodes.Node] = [paragraph(info.description), paragraph(_source(info))]
        size = f"{count} values" if info.kind == "list" else f"{count} lines"
        said.append(paragraph(f"{size}. ", self._file(name)))
        if info.kind != "list":
            return said
        found = vocabulary(name)
        if count > ROWS_IN_FULL:
            said.append(paragraph(f"The first {ROWS_OF_LONG} values are:"))
        return [*said, _values(found, ROWS_OF_LONG if count > ROWS_IN_FULL else count)]

    def _file(self, name: str) -> nodes.Node:
        path = Path(str(files("microcred.vocabularies"))) / f"{name}.csv"
        depend_on_checks(self.env)
        # A download is named from the page that offers it.
        page = Path(self.env.doc2path(self.env.docname)).parent
        target = Path(os.path.relpath(path, page)).as_posix()
        return addnodes.download_reference(
            "", "", code(f"{name}.csv"), reftarget=target, refdoc=self.env.docname
        )


class Vocabularies(_Drawn):
    """Draws all lists: a table of contents and a section for each."""

    def run(self) -> list[nodes.Node]:
        """Return the table and the sections."""
        names = (*NAMES, *WORD_LISTS)
        contents: list[list[Cell]] = [
            [
                anchored(self.env, self.env.docname, _anchor(name), about(name).title),
                code(name),
                str(len(rows(name))),
                _ORIGINS[about(name).origin],
            ]
            for name in names
        ]
        first = table(("List", "Name in the schema", "Values", "Values from"), contents)
        drawn = [section(_anchor(name), about(name).title, *self.body(name)) for name in names]
        return [first, *drawn]


class OneVocabulary(_Drawn):
    """Draws one list."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return its values."""
        name = self.arguments[0]
        if name in (*NAMES, *WORD_LISTS):
            return self.body(name)
        logger.warning(
            "there is no list “%s”: name one of %s",
            name,
            ", ".join(NAMES),
            location=self.get_location(),
            type="guidance",
            subtype="vocabulary",
        )
        return []


_ORIGINS: Final = {
    "europass": "Europass",
    "eu": "the European Union",
    "ours": "this project",
    "mixed": "Europass and this project",
}


def _values(found: Vocabulary, count: int) -> nodes.table:
    shown = found.entries[:count]
    addressed = any(entry.uri for entry in shown)
    head = ["Code", "Name", *(["Address"] if addressed else [])]
    cells: list[list[Cell]] = [
        [code(entry.code), entry.label(), *([_address(entry.uri)] if addressed else [])]
        for entry in shown
    ]
    return table(head, cells)


def _address(uri: str) -> Cell:
    return code(uri) if uri else "none: ours"


def _source(info: About) -> str:
    return f"Source: {info.source}. Licence: {info.licence}."
