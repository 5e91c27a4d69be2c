"""Sphinx extension: draws the worksheets, and writes the files to download.

    ```{worksheets}
    ```
    ```{worksheet} W03
    ```

The first lists all worksheets. The second draws one: instructions first, then the downloads, the
questions, and what the check says to a sample that has things to mend. All of it comes from the
definitions, so that a page and a file never say different things.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from fixed_date import PAGES_DATE
from guidance.badge import badge
from guidance.drawing import Cell, depend_on_checks, paragraph, project, prose, section, table
from guidance.links import labelled
from microcred.checking import check_one, checker
from microcred.elements import ELEMENTS
from microcred.problem import Problem
from microcred.readers import read
from microcred.report import Checked
from microcred.vocabularies import about
from microcred.worksheets import FORMATS, written
from microcred.worksheets.definition import Section, Worksheet, worksheet, worksheets
from microcred.worksheets.fields import Field

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["files", "setup"]

FOLDER: Final = "worksheets"
GOOD: Final = "examples/worked/ex01-safe-isolation/{kind}.yaml"
TO_MEND: Final = "examples/drafts/first-draft.yaml"
WORDS: Final = {
    "xlsx": "Excel and LibreOffice Calc (XLSX)",
    "docx": "Word and LibreOffice Writer (DOCX)",
    "csv": "Table (CSV)",
    "yaml": "Text editor (YAML)",
}

LOG = logging.getLogger(__name__)


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file to download: empty ones and samples."""
    for sheet in worksheets():
        for format in FORMATS:
            yield f"{sheet.id}.{format}", written(sheet, format)
        for name, source in _samples(sheet):
            for format in ("xlsx", "docx"):
                yield f"{name}.{format}", written(sheet, format, read(root / source).data)


def _samples(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    yield f"{sheet.id}-sample", GOOD.format(kind=sheet.kind)
    if sheet.kind == "offer":
        yield f"{sheet.id}-to-mend", TO_MEND


class Overview(SphinxDirective):
    """All worksheets in a table, each with its files."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        depend_on_checks(self.env)
        rows: list[list[Cell]] = [
            [
                labelled(self.env, f"worksheet-{sheet.id.lower()}"),
                sheet.purpose,
                f"{sheet.minutes} minutes",
                list(self._links(sheet)),
            ]
            for sheet in worksheets()
        ]
        return [table(("Worksheet", "What it is for", "Time", "Files"), rows)]

    def _links(self, sheet: Worksheet) -> Iterator[nodes.Node]:
        for number, format in enumerate(FORMATS):
            yield from [nodes.Text(", ")] if number else []
            yield _link(self.env.docname, f"{sheet.id}.{format}")


class One(SphinxDirective):
    """One worksheet: instructions, files, questions, samples."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        try:
            sheet = worksheet(self.arguments[0])
        except Problem as problem:
            LOG.warning(str(problem), location=self.get_location())
            return []
        root = project(self.env)
        depend_on_checks(self.env, *(root / source for _, source in _samples(sheet)))
        return [
            paragraph(sheet.purpose),
            table(("What to know", "Before you begin"), self._facts(sheet)),
            section(_id(sheet, "steps"), "How to fill it in", _steps(sheet)),
            section(_id(sheet, "files"), "Download it", *self._files(sheet)),
            section(_id(sheet, "questions"), "What it asks", *_questions(sheet)),
            section(_id(sheet, "samples"), "Look at samples", *self._shown(sheet, root)),
        ]

    def _facts(self, sheet: Worksheet) -> list[list[Cell]]:
        following: list[nodes.Node] = []
        for number, id in enumerate(sheet.following):
            following += [nodes.Text(", ")] if number else []
            following.append(labelled(self.env, f"worksheet-{id.lower()}"))
        needs = nodes.bullet_list(
            "", *(nodes.list_item("", paragraph(need)) for need in sheet.needs)
        )
        scope = [
            labelled(self.env, f"element-{id.lower()}") for id in ELEMENTS if id in sheet.scope
        ]
        looked: Cell = "every standard element"
        if scope:
            looked = [node for one in scope for node in (nodes.Text(", "), one)][1:]
        return [
            ["Who fills it in", sheet.audience],
            ["How long", f"{sheet.minutes} minutes"],
            ["What you need", [needs]],
            ["What comes out", sheet.result],
            ["What the check looks at", looked],
            ["What comes next", following or "nothing: the record is complete with its offer"],
        ]

    def _files(self, sheet: Worksheet) -> Iterator[nodes.Node]:
        links = nodes.bullet_list()
        for format in FORMATS:
            link = _link(self.env.docname, f"{sheet.id}.{format}", WORDS[format])
            links += nodes.list_item("", paragraph(link))
        yield links
        command = f"microcred new {sheet.id} --output {sheet.id}.xlsx --from my-draft.yaml"
        yield paragraph("The command line writes the same files, also filled in from a draft:")
        yield nodes.literal_block(command, f"$ {command}", language="console")

    def _shown(self, sheet: Worksheet, root: Path) -> Iterator[nodes.Node]:
        samples = list(_samples(sheet))
        good = samples[0][0]
        yield paragraph(
            "Filled in well, with an invented provider: ",
            *_pair(self.env.docname, good),
            ".",
        )
        for name, source in samples[1:]:
            yield paragraph(
                "Filled in with things to mend: ",
                *_pair(self.env.docname, name),
                ". The check says this to it, with the cell in the workbook:",
            )
            rows = self._findings(sheet, root / source)
            yield table(("Cell", "What is so", "What to do"), rows)

    def _findings(self, sheet: Worksheet, source: Path) -> list[list[Cell]]:
        content = written(sheet, "xlsx", read(source).data)
        document = check_one(content, checker(on=PAGES_DATE), name=f"{sheet.id}.xlsx")
        if not isinstance(document, Checked):
            raise ValueError(f"the sample of {sheet.id} can’t be read: {document.message}")
        return [
            [
                str(finding.place),
                [badge(self.env, finding.rule), nodes.Text(" "), *prose(str(finding.message))],
                prose(str(finding.fix)),
            ]
            for finding in document.findings
        ]


def _steps(sheet: Worksheet) -> nodes.enumerated_list:
    items = (nodes.list_item("", paragraph(step)) for step in sheet.steps)
    return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")


def _questions(sheet: Worksheet) -> Iterator[nodes.Node]:
    for part in sheet.sections:
        rows: list[list[Cell]] = []
        if part.owner:
            rows.append([part.owner, part.owner_help, "alpha"])
        rows += [[_label(one), one.help, _values(one)] for one in part.fields]
        drawn = table(("Question", "What it is", "Values or an example"), rows)
        drawn.insert(0, nodes.title("", f"{part.title}: {_form(part)}"))
        yield drawn


def _form(part: Section) -> str:
    return f"one entry a row (sheet {part.sheet})" if part.is_table else f"sheet {part.sheet}"


def _label(field: Field) -> str:
    return f"{field.label} *" if field.required else field.label


def _values(field: Field) -> str:
    if field.choices:
        return ", ".join(field.choices)
    if field.vocabulary:
        return f"{field.example} (from the list “{about(field.vocabulary).title}”)"
    return field.example


def _pair(docname: str, name: str) -> list[nodes.Node]:
    return [
        _link(docname, f"{name}.xlsx"),
        nodes.Text(", "),
        _link(docname, f"{name}.docx"),
    ]


def _link(docname: str, name: str, words: str = "") -> nodes.reference:
    up = "../" * docname.count("/")
    return nodes.reference("", words or name, refuri=f"{up}{FOLDER}/{name}", internal=True)


def _id(sheet: Worksheet, part: str) -> str:
    return f"{sheet.id.lower()}-{part}"


def _publish(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        folder = Path(app.outdir) / FOLDER
        folder.mkdir(exist_ok=True)
        for name, content in files(Path(app.srcdir).parent):
            (folder / name).write_bytes(content)


def setup(app: Sphinx) -> dict[str, object]:
    """Register the directives and the writing of the files."""
    app.add_directive("worksheets", Overview)
    app.add_directive("worksheet", One)
    app.connect("build-finished", _publish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
