"""Sphinx extension: draws the worksheets, and writes the files to download.

    ```{worksheets}
    ```
    ```{worksheet} W03
    ```
    ```{worksheet-lines} P1
    ```

The first lists all worksheets. The second draws one: instructions first, then the downloads, the
questions, and what the check says to a sample that has things to mend. The third draws only the
fixed lines of one, for a page that explains them. All of it comes from the
definitions, so that a page and a file never say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
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
from microcred.report import Checked, scores
from microcred.report.bars import picture
from microcred.sources import cite
from microcred.vocabularies import about
from microcred.worksheets import WRITTEN, written
from microcred.worksheets.checks import looking_at
from microcred.worksheets.definition import Section, Worksheet, worksheet, worksheets
from microcred.worksheets.fields import Field
from microcred.worksheets.prefill import takes_drafts

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["files", "setup"]

FOLDER: Final = "worksheets"
GOOD: Final = "examples/worked/ex01-safe-isolation/{kind}.yaml"
OWN: Final = "examples/worksheets/{id}-{name}.yaml"
TO_MEND: Final = "examples/drafts/first-draft.yaml"
SHELVES: Final = {
    "begin": "Begin",
    "need": "Find out what is needed",
    "design": "Design it",
    "assessment": "Assess it",
    "quality": "Assure its quality",
    "description": "Describe it",
    "award": "Award it",
    "recognition": "Recognise it",
    "information": "Tell people about it",
    "system": "Make it part of a system: for policymakers",
}
WORDS: Final = {
    "xlsx": "Excel and LibreOffice Calc (XLSX)",
    "docx": "Word and LibreOffice Writer (DOCX)",
    "pdf": "To print and write on (PDF, tagged)",
    "csv": "Table (CSV)",
    "yaml": "Text editor (YAML)",
}

LOG = logging.getLogger(__name__)


def files(root: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of every file to download, and what writes it: empty ones and samples."""
    for sheet in worksheets():
        for format in WRITTEN:
            yield f"{sheet.id}.{format}", partial(written, sheet, format)
        for name, source in _samples(sheet):
            for format in ("xlsx", "docx"):
                yield f"{name}.{format}", partial(_sample, sheet, format, root / source)


def _sample(sheet: Worksheet, format: str, source: Path) -> bytes:
    return written(sheet, format, read(source).data)


def _samples(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield the name of each sample, a good one first, and the file that it is made of."""
    if sheet.is_own:
        for name in ("sample", "to-mend"):
            yield f"{sheet.id}-{name}", OWN.format(id=sheet.id.lower(), name=name)
        return
    yield f"{sheet.id}-sample", GOOD.format(kind=sheet.kind)
    if sheet.kind == "offer":
        yield f"{sheet.id}-to-mend", TO_MEND


class Overview(SphinxDirective):
    """The worksheets of each step in a table, with those who fill them in and their files."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each step."""
        depend_on_checks(self.env)
        return [
            section(f"shelf-{shelf}", title, self._table(shelf))
            for shelf, title in SHELVES.items()
            if any(sheet.shelf == shelf for sheet in worksheets())
        ]

    def _table(self, shelf: str) -> nodes.Node:
        rows: list[list[Cell]] = [
            [
                labelled(self.env, f"worksheet-{sheet.id.lower()}"),
                [*prose(sheet.purpose)],
                sheet.audience,
                f"{sheet.minutes} minutes",
                list(self._links(sheet)),
            ]
            for sheet in worksheets()
            if sheet.shelf == shelf
        ]
        return table(("Worksheet", "What it is for", "Who", "Time", "Files"), rows)

    def _links(self, sheet: Worksheet) -> Iterator[nodes.Node]:
        for number, format in enumerate(WRITTEN):
            yield from [nodes.Text(", ")] if number else []
            yield _link(self.env.docname, f"{sheet.id}.{format}")


class Lines(SphinxDirective):
    """The fixed lines of a worksheet, for a page that explains them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a table for each part that has some."""
        depend_on_checks(self.env)
        return [_lines(part) for part in worksheet(self.arguments[0]).sections if part.items]


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
            section(_id(sheet, "questions"), "What it asks", *self._questions(sheet)),
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
        if sheet.is_own:
            looked = [labelled(self.env, "worksheet-checks")]
        if scope:
            looked = [node for one in scope for node in (nodes.Text(", "), one)][1:]
        cited: list[list[Cell]] = [["Where it comes from", _cited(sheet)]] if sheet.sources else []
        return [
            ["Who fills it in", sheet.audience],
            ["How long", f"{sheet.minutes} minutes"],
            ["What you need", [needs]],
            ["What comes out", sheet.result],
            ["What the check looks at", looked],
            ["What comes next", following or "nothing: this one stands at an end"],
            *cited,
        ]

    def _files(self, sheet: Worksheet) -> Iterator[nodes.Node]:
        links = nodes.bullet_list()
        for format in WRITTEN:
            link = _link(self.env.docname, f"{sheet.id}.{format}", WORDS[format])
            links += nodes.list_item("", paragraph(link))
        yield links
        command = f"microcred new {sheet.id} --output {sheet.id}.xlsx"
        told = "The command line writes the same files:"
        if not sheet.is_own or takes_drafts(sheet):
            command += " --from my-draft.yaml"
            told = "The command line writes the same files, also filled in from a draft:"
        yield paragraph(told)
        yield nodes.literal_block(command, f"$ {command}", language="console")

    def _questions(self, sheet: Worksheet) -> Iterator[nodes.Node]:
        for part in sheet.sections:
            rows: list[list[Cell]] = []
            if part.owner:
                rows.append([part.owner, part.owner_help, "alpha", ""])
            for one in part.fields:
                if not one.is_label:
                    badges = [
                        node
                        for rule in looking_at(sheet, part, one)
                        for node in (nodes.Text(" "), badge(self.env, rule))
                    ]
                    rows.append([_label(one), one.help, _values(one), badges[1:] or "–"])
            drawn = table(("Question", "What it is", "Values or an example", "Checked by"), rows)
            drawn.insert(0, nodes.title("", f"{part.title}: {_form(part)}"))
            yield drawn
            if part.items:
                yield _lines(part)

    def _shown(self, sheet: Worksheet, root: Path) -> Iterator[nodes.Node]:
        samples = list(_samples(sheet))
        good = samples[0][0]
        yield paragraph(
            "Filled in well, with an invented provider: ",
            *_pair(self.env.docname, good),
            ".",
        )
        if sheet.is_own:
            yield from _outcome(_checked(sheet, root / samples[0][1]), _id(sheet, "sample"))
        for name, source in samples[1:]:
            yield paragraph(
                "Filled in with things to mend: ",
                *_pair(self.env.docname, name),
                ". The check says this to it, with the cell in the workbook:",
            )
            document = _checked(sheet, root / source)
            yield table(("Cell", "What is so", "What to do"), self._findings(document))
            yield from _outcome(document, _id(sheet, "to-mend"))

    def _findings(self, document: Checked) -> list[list[Cell]]:
        return [
            [
                str(finding.place),
                [badge(self.env, finding.rule), nodes.Text(" "), *prose(str(finding.message))],
                prose(str(finding.fix)),
            ]
            for finding in document.findings
        ]


def _checked(sheet: Worksheet, source: Path) -> Checked:
    """Return what the check says to a sample in the form of a workbook."""
    content = written(sheet, "xlsx", read(source).data)
    document = check_one(content, checker(on=PAGES_DATE), name=f"{sheet.id}.xlsx")
    if not isinstance(document, Checked):
        raise ValueError(f"the sample of {sheet.id} can’t be read: {document.message}")
    return document


def _outcome(document: Checked, prefix: str) -> Iterator[nodes.Node]:
    """Yield what comes out of a scored sample, as a report draws it."""
    if (found := document.assessment) is None:
        return
    if drawn := picture(found, prefix=prefix):
        yield paragraph(f"{scores.summary(found)}.")
        yield nodes.raw("", f'<figure class="worksheet-scores">{drawn}</figure>', format="html")
    for block in scores.blocks(found):
        points = nodes.bullet_list()
        for point, lines in block.points:
            item = nodes.list_item("", paragraph(point))
            if lines:
                item += nodes.bullet_list(
                    "", *(nodes.list_item("", paragraph(f"{n}: {words}")) for n, words in lines)
                )
            points += item
        yield paragraph(nodes.strong("", block.heading), f": {block.intro}")
        if block.points:
            yield points


def _steps(sheet: Worksheet) -> nodes.enumerated_list:
    items = (nodes.list_item("", paragraph(step)) for step in sheet.steps)
    return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")


def _cited(sheet: Worksheet) -> str:
    return "; ".join(cite(key) for key in sheet.sources)


def _lines(part: Section) -> nodes.Node:
    """Return the fixed lines of a part, with the columns that any of them fills."""
    columns = {
        "No.": [item.id for item in part.items],
        "Area": [item.area for item in part.items],
        "Line": [
            f"{item.text} (blocks the rest)" if item.blocks else item.text for item in part.items
        ],
        "What shows it": [item.looked_for for item in part.items],
    }
    shown = {head: cells for head, cells in columns.items() if any(cells)}
    rows: list[list[Cell]] = [list(row) for row in zip(*shown.values(), strict=True)]
    drawn = table(tuple(shown), rows)
    drawn.insert(0, nodes.title("", f"{part.title}: its lines"))
    return drawn


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
        for name, write in files(Path(app.srcdir).parent):
            (folder / name).write_bytes(write())


def setup(app: Sphinx) -> dict[str, object]:
    """Register the directives and the writing of the files."""
    app.add_directive("worksheets", Overview)
    app.add_directive("worksheet", One)
    app.add_directive("worksheet-lines", Lines)
    app.connect("build-finished", _publish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
