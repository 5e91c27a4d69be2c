"""The directive that shows a recognition case: a file, a purpose, and what the view says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from fixed_date import PAGES_DATE
from guidance.drawing import code, depend_on_checks, paragraph, project, prose, strong, table
from microcred.evaluation import CRITERIA, PURPOSES, Evaluation
from microcred.evaluation.outline import STRENGTHS, WEIGHTS
from microcred.pages.cases import NAME, OPTIONS, make_case, tried
from microcred.pages.markdown import Directive

__all__ = ["CaseDirective", "Weights"]

logger = getLogger(__name__)


class CaseDirective(SphinxDirective):
    """Evaluates a file while the site is built, and warns where the page promises otherwise."""

    required_arguments = 1
    has_content = True
    option_spec = dict.fromkeys(OPTIONS, directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Return what the view says, under the words of the page."""
        root = project(self.env)
        page = Path(self.env.doc2path(self.env.docname)).relative_to(root).as_posix()
        found = Directive(
            name=NAME,
            argument=self.arguments[0],
            options=tuple(self.options.items()),
            body="",
            line=self.lineno,
            body_line=self.content_offset,
        )
        case = make_case(found, page)
        files = (root / name for name in (case.file, case.register) if name)
        depend_on_checks(self.env, *files)
        seen, complaints = tried(case, root, PAGES_DATE)
        for complaint in complaints:
            logger.warning("%s", complaint, location=self.get_location(), type="guidance")
        body = nodes.container(classes=["example-body"])
        self.state.nested_parse(self.content, self.content_offset, body)
        body += paragraph("File: ", code(case.file))
        if case.register:
            body += paragraph("Looked up in: ", code(case.register))
        body += _shown(seen) if seen else ()
        title = paragraph(
            strong("For "), PURPOSES[seen.purpose].words if seen else "", classes=["example-title"]
        )
        return [nodes.container("", title, body, classes=["example", "example-case"])]


class Weights(SphinxDirective):
    """A table of what each criterion weighs for each purpose."""

    def run(self) -> list[nodes.Node]:
        """Return the table, drawn from the purposes that the package knows."""
        depend_on_checks(self.env)
        heads = [purpose.words.capitalize() for purpose in PURPOSES.values()]
        rows = [
            [
                criterion.title,
                *(WEIGHTS[purpose.weights[criterion.id][0]] for purpose in PURPOSES.values()),
            ]
            for criterion in CRITERIA.values()
        ]
        return [table(("Criterion", *heads), rows)]


def _shown(seen: Evaluation) -> Iterator[nodes.Node]:
    yield table(
        ("Criterion", "Weight here", "What the file carries"),
        [
            [
                answer.criterion.title,
                WEIGHTS[answer.weight],
                " ".join(STRENGTHS[answer.strength]),
            ]
            for answer in seen.answers
        ],
    )
    quality = seen.answers[0]
    told = [*quality.doubts, *quality.questions[1:]]
    if seen.registers and told:
        points = nodes.bullet_list()
        for each in told:
            points += nodes.list_item("", paragraph(prose(each.text())))
        yield paragraph(strong("On the provider:"))
        yield points
    yield paragraph(strong("Way: "), prose(seen.route.told.text()))
    yield paragraph(prose(seen.draft.told.text()))
    if seen.letter:
        asks = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
        for ask in seen.letter.asks:
            asks += nodes.list_item("", paragraph(prose(ask.text())))
        yield paragraph(strong("The letter asks:"))
        yield asks
    else:
        yield paragraph("There is nothing to ask the issuer for this purpose.")
