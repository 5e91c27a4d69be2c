"""The example blocks: draws each, runs the checks over it and prints what they say now."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

from fixed_date import PAGES_DATE
from guidance.badge import badge
from guidance.drawing import (
    code,
    depend_on_checks,
    field,
    paragraph,
    project,
    prose,
    status,
    strong,
)
from guidance.trying import address
from microcred.pages.markdown import Directive
from microcred.pages.promises import Trial, files_of, try_out
from microcred.pages.reading import OPTIONS, Block, make_block, read_page
from microcred.report import Finding
from microcred.rule import Outcome
from microcred.rules import RULES

__all__ = ["Fail", "Pass", "Review"]

_FILES: Final = {
    "file": "File: ",
    "offer": "Compared with the offer: ",
    "register": "Looked up in: ",
}

logger = getLogger(__name__)


class _Example(SphinxDirective):
    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = dict.fromkeys(OPTIONS, directives.unchanged)
    promise: ClassVar[str]
    lead: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        block = self._block()
        root = project(self.env)
        depend_on_checks(self.env, *(root / path for path in files_of(block)))
        trial = try_out(block, root, PAGES_DATE)
        for complaint in trial.complaints:
            logger.warning(
                "%s",
                complaint,
                location=self.get_location(),
                type="guidance",
                subtype="promise",
            )
        drawn = nodes.container(
            "",
            self._title(block),
            self._body(block),
            _findings(trial, self),
            *self._try(trial),
            classes=["example", f"example-{self.promise}"],
            ids=[f"example-{block.line}"],
        )
        return [drawn]

    def _try(self, trial: Trial) -> list[nodes.Node]:
        """Return the link that opens the whole example on the check page, where there is one."""
        target = address(trial, PAGES_DATE) if self.promise == Fail.promise else ""
        if not target:
            return []
        up = "../" * self.env.docname.count("/")
        link = nodes.reference("", "Try it", refuri=f"{up}{target}", internal=True)
        words = nodes.Text(": the whole example on the page “Check a draft”.")
        return [paragraph(link, words, classes=["example-try"])]

    def _block(self) -> Block:
        root = project(self.env)
        page = read_page(Path(self.env.doc2path(self.env.docname)), root)
        found = Directive(
            name=self.promise,
            argument=self.arguments[0] if self.arguments else "",
            options=tuple(self.options.items()),
            body="\n".join(self.content),
            line=self.lineno,
            body_line=self.content_offset + 1,
        )
        return make_block(found, page.path, page.front)

    def _title(self, block: Block) -> nodes.paragraph:
        drawn = paragraph(strong(self.lead), classes=["example-title"])
        rules = [RULES[id] for id in block.rules if id in RULES]
        for rule in rules:
            drawn += [nodes.Text(" "), badge(self.env, rule)]
        if len(rules) == 1:
            drawn += nodes.Text(f" {rules[0].title}")
        return drawn

    def _body(self, block: Block) -> nodes.container:
        body = nodes.container(classes=["example-body"])
        self.state.nested_parse(self.content, self.content_offset, body)
        left_out = [
            f"# {field(pointer).astext()}: (left out)" for pointer in block.option("drop").split()
        ]
        fragment = next(iter(body.findall(nodes.literal_block)), None)
        if left_out and fragment is None:
            fragment = nodes.literal_block("", "", language="yaml")
            body += fragment
        if left_out and fragment is not None:
            lines = [line for line in (fragment.astext().rstrip("\n"), *left_out) if line]
            fragment.rawsource = "\n".join(lines)
            fragment.children = []
            fragment += nodes.Text(fragment.rawsource)
        for name, words in _FILES.items():
            if block.option(name):
                body += paragraph(words, code(block.option(name)))
        return body


class Pass(_Example):
    """Draws a fragment that meets the rules that it names."""

    promise = "pass"
    lead = "Meets"


class Fail(_Example):
    """Draws a fragment that does not meet the rules that it names."""

    promise = "fail"
    lead = "Does not meet"


class Review(_Example):
    """Draws a fragment of which the rules that it names can't tell."""

    promise = "review"
    lead = "Needs a person"


def _findings(trial: Trial, directive: SphinxDirective) -> nodes.container:
    drawn = nodes.container(classes=["example-findings"])
    if not trial.findings:
        drawn += paragraph(status("met", "No finding"), ": ", _met(trial.block))
        return drawn
    items = nodes.bullet_list()
    for finding in trial.findings:
        items += _finding(finding, finding.pointer in trial.elsewhere, directive)
    drawn += items
    return drawn


def _met(block: Block) -> str:
    return f"{' and '.join(block.rules)} {'is' if len(block.rules) == 1 else 'are'} met."


def _finding(finding: Finding, elsewhere: bool, directive: SphinxDirective) -> nodes.list_item:
    asks = finding.outcome is Outcome.CANNOT_TELL
    words = "Question for a person" if asks else "Not met"
    drawn = paragraph(
        status(finding.outcome, words),
        " ",
        badge(directive.env, finding.rule),
        " ",
        prose(finding.message.text()),
        " ",
        strong("To do: " if asks else "Fix: "),
        prose(finding.fix.text()),
    )
    if elsewhere:
        place = field(finding.pointer)
        drawn += [nodes.Text(" Elsewhere in the example: "), place, nodes.Text(".")]
    kind = "question" if asks else str(finding.level)
    return nodes.list_item("", drawn, classes=["finding", f"finding-{kind}"])
