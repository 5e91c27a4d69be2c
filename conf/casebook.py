"""Sphinx extension: draws the worked examples and the counter-examples from their own files.

    ```{offer-facts} ex01-safe-isolation
    ```
    ```{findings} examples/counter/ae01-executive-diploma/draft.yaml
    ```
    ```{side-by-side} ae01-executive-diploma
    ```

The first draws an offer as tables, with both files to download. The second checks a file while
the site is built and lists what was found. The third puts the fields that differ between a draft
and its repaired version beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from casefiles import FILES, FOLDER, publish
from fixed_date import PAGES_DATE
from guidance.badge import badge
from guidance.drawing import (
    code,
    depend_on_checks,
    paragraph,
    project,
    prose,
    status,
    strong,
    table,
)
from microcred.checking import check_one, checker
from microcred.profiles import BASE
from microcred.readers import read
from microcred.report import Checked, Finding
from microcred.rule import Outcome
from microcred.vocabularies import vocabulary

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]

KINDS: Final = ("offer", "award", "draft", "repaired")
TOP_LEVEL: Final = re.compile(r"^(?=[A-Za-z]\w*:)", re.MULTILINE)
COMMENT: Final = re.compile(r"^#.*\n|\s+#.*$", re.MULTILINE)
NOT_STATED: Final = "(not there)"
PERIOD: Final = re.compile(r"P(\d+)([YMD])")
UNITS: Final = {"Y": "year", "M": "month", "D": "day"}
BASES: Final = {
    "nqf-registered": "in the national register",
    "qa-approved": "approved by a quality body",
    "self-declared": "own reading",
    "not-applicable": "no level applies",
}

LOG = logging.getLogger(__name__)

Data = Mapping[str, object]


class _Case(SphinxDirective):
    required_arguments = 1

    def _file(self, *parts: str) -> Path:
        return project(self.env).joinpath(*parts)

    def _refuse(self, words: str) -> list[nodes.Node]:
        LOG.warning(words, location=self.get_location())
        return []

    def _downloads(self, *folder: str) -> nodes.paragraph:
        drawn = nodes.paragraph(classes=["downloads"])
        drawn += nodes.Text("Download: ")
        links = []
        for kind in KINDS:
            if not self._file(*folder, f"{kind}.yaml").is_file():
                continue
            target = "/../" + "/".join((*folder, f"{kind}.yaml"))
            link = addnodes.download_reference("", "", reftarget=target, refdoc=self.env.docname)
            link += nodes.literal("", f"{kind}.yaml", classes=["xref", "download"])
            links.append(link)
        for number, link in enumerate(links):
            drawn += [nodes.Text(", "), link] if number else [link]
        drawn += nodes.Text(".")
        return drawn


class Facts(_Case):
    """An offer in tables: the facts, and which assessment covers which outcome."""

    def run(self) -> list[nodes.Node]:
        """Return the tables and the downloads."""
        folder = ("examples", "worked", self.arguments[0])
        file = self._file(*folder, "offer.yaml")
        if not file.is_file():
            return self._refuse(f"There is no {'/'.join(folder)}/offer.yaml: name another folder.")
        depend_on_checks(self.env, file)
        offer = read(file).data
        return [
            table(("What", "In the offer"), _facts(offer)),
            table(*_matrix(offer), classes=["matrix"]),
            self._downloads(*folder),
            self._formats(self.arguments[0]),
        ]

    def _formats(self, folder: str) -> nodes.paragraph:
        drawn = paragraph("In other formats: ")
        for kind in ("offer", "award"):
            drawn += nodes.Text(f"{kind} as ")
            mine = [file for file in FILES if file.kind == kind]
            for number, file in enumerate(mine):
                up = "../" * self.env.docname.count("/")
                address = f"{up}{FOLDER}/{folder}/{file.name}"
                drawn += nodes.reference("", file.words, refuri=address, internal=True)
                last = "." if kind == "award" else "; "
                drawn += nodes.Text(", " if number < len(mine) - 1 else last)
        return drawn


def _facts(offer: Data) -> Iterator[tuple[str, str]]:
    yield "Title", " / ".join(_texts(offer["title"]))
    yield "For", _one(offer, "audience")
    yield "Awarded by", "; ".join(_body(body) for body in _list(offer, "bodies"))
    yield "Workload", _workload(_map(offer, "workload"))
    yield "Level", _level(_map(offer, "level"))
    yield "Participation", _participation(_map(offer, "participation"))
    yield "Needed to start", _joined(_map(offer, "prerequisites"), "text", "alternative", " – or: ")
    yield "Quality assurance", "; ".join(_quality(entry) for entry in _list(offer, "quality"))
    yield "Counts towards", _stacking(_map(offer, "stacking"))
    yield "Holds", _validity(_map(offer, "validity"))
    yield "Price", _one(_map(offer, "information"), "price")


def _matrix(offer: Data) -> tuple[Sequence[str], list[Sequence[str]]]:
    assessments = _list(offer, "assessments")
    heads = [
        f"{_one(one, 'id')} {_label('assessment-types', _one(one, 'type'))}" for one in assessments
    ]
    rows: list[Sequence[str]] = [
        [
            f"{_one(outcome, 'id')} {_one(outcome, 'statement')} ({_one(outcome, 'type')})",
            *("covered" if outcome["id"] in _values(one, "covers") else "–" for one in assessments),
        ]
        for outcome in _list(offer, "outcomes")
    ]
    rows.append(["Weight", *(f"{_one(one, 'weight')} %" for one in assessments)])
    rows.append(["To pass", *(_one(one, "pass") for one in assessments)])
    rows.append(
        ["Watched", *(_label("supervision", _one(one, "supervision")) for one in assessments)]
    )
    return ("Outcome", *heads), rows


def _body(body: Data) -> str:
    roles = ", ".join(_words(str(role)) for role in _values(body, "roles"))
    return f"{_one(body, 'name')}, {_one(body, 'country')} ({roles})"


def _workload(workload: Data) -> str:
    parts = ", ".join(f"{name} {hours}" for name, hours in _map(workload, "parts").items())
    points = "".join(
        f"; {_one(one, 'points')} {_one(one, 'system')}" for one in _list(workload, "credits")
    )
    return f"{_one(workload, 'hours')} hours ({parts}){points}"


def _level(level: Data) -> str:
    national = "".join(
        f", {_one(one, 'framework')} {_one(one, 'level')}" for one in _list(level, "national")
    )
    basis = _one(level, "basis")
    return f"EQF {_one(level, 'eqf')}{national} ({BASES.get(basis, basis)})"


def _participation(participation: Data) -> str:
    languages = _values(participation, "languages")
    spoken = ", ".join(_label("languages", str(language)) for language in languages)
    mode = _label("modes", _one(participation, "mode"))
    parts = (mode, _one(participation, "place"), f"in {spoken}" if spoken else "")
    return "; ".join(part for part in parts if part)


def _quality(entry: Data) -> str:
    what = (_one(entry, "system"), _one(entry, "body"))
    scope = f"of the {_one(entry, 'scope')}" if entry.get("scope") else ""
    until = f"until {_one(entry, 'until')}" if entry.get("until") else ""
    parts = (_one(entry, "kind"), *what, scope, until)
    return ", ".join(part for part in parts if part)


def _validity(validity: Data) -> str:
    period = _one(validity, "period")
    if found := PERIOD.fullmatch(period):
        number, unit = int(found[1]), UNITS[found[2]]
        period = f"{number} {unit}{'' if number == 1 else 's'}"
    renewal = _one(validity, "renewal")
    return f"{period}; to renew it: {renewal}" if renewal else period


def _stacking(stacking: Data) -> str:
    targets = "; ".join(
        f"{_one(target, 'title')}: {_one(_map(target, 'amount'), 'points')} "
        f"{_one(_map(target, 'amount'), 'system')}, condition: {_one(target, 'condition')}"
        for target in _list(stacking, "targets")
    )
    return targets or "nothing; it stands alone"


def _texts(value: object) -> list[str]:
    return [str(text) for text in value.values()] if isinstance(value, Mapping) else [str(value)]


def _joined(data: Data, first: str, second: str, between: str) -> str:
    return between.join(text for text in (_one(data, first), _one(data, second)) if text)


def _one(data: Data, key: str) -> str:
    return " / ".join(_texts(data[key])) if data.get(key) is not None else ""


def _map(data: Data, key: str) -> Data:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def _values(data: Data, key: str) -> list[object]:
    value = data.get(key)
    return list(value) if isinstance(value, list) else []


def _list(data: Data, key: str) -> list[Data]:
    return [value for value in _values(data, key) if isinstance(value, Mapping)]


def _words(code: str) -> str:
    return code.replace("-", " ")


def _label(name: str, code: str) -> str:
    entry = vocabulary(name).get(code)
    return entry.label() if entry else _words(code)


class Findings(_Case):
    """What the checks say of a file now, under the European rules or under ``:profile:``."""

    option_spec: ClassVar = {"profile": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the counts and the findings."""
        file = self._file(self.arguments[0])
        depend_on_checks(self.env, file)
        profile = self.options.get("profile", BASE)
        document = check_one(file, checker(profile, PAGES_DATE), name=self.arguments[0])
        if not isinstance(document, Checked):
            return self._refuse(f"{document.message}. {document.fix}.")
        drawn = nodes.container(classes=["example-findings"])
        drawn += paragraph(_counted(document))
        if document.findings:
            items = nodes.bullet_list()
            items += [self._finding(finding) for finding in document.findings]
            drawn += items
        return [nodes.container("", drawn, classes=["example"])]

    def _finding(self, finding: Finding) -> nodes.list_item:
        asks = finding.outcome is Outcome.CANNOT_TELL
        told = paragraph(
            status(finding.outcome, "Question for a person" if asks else "Not met"),
            " ",
            badge(self.env, finding.rule),
            " ",
            prose(finding.message.text()),
            " ",
            strong("To do: " if asks else "Fix: "),
            prose(finding.fix.text()),
        )
        kind = "question" if asks else str(finding.level)
        return nodes.list_item("", told, classes=["finding", f"finding-{kind}"])


def _counted(document: Checked) -> str:
    counts = document.counts
    told = [f"{count} {level}" for level, count in counts.not_met.items() if count]
    missed = f"Not met: {', '.join(told)}" if told else "No rule is missed"
    return (
        f"{missed}. Questions for a person: {counts.cannot_tell}. Rules met: {counts.met}. "
        f"Did not apply: {counts.not_applicable}."
    )


class SideBySide(_Case):
    """The fields that a repair changed, before and after."""

    def run(self) -> list[nodes.Node]:
        """Return the table and the downloads."""
        folder = ("examples", "counter", self.arguments[0])
        before = next(
            (
                self._file(*folder, f"{kind}.yaml")
                for kind in ("draft", "award")
                if self._file(*folder, f"{kind}.yaml").is_file()
            ),
            None,
        )
        after = self._file(*folder, "repaired.yaml")
        if before is None or not after.is_file():
            return self._refuse(f"{'/'.join(folder)} has no draft or no repaired version yet.")
        depend_on_checks(self.env, before, after)
        old, new = _fields(before), _fields(after)
        rows = [
            (code(name), _source(old.get(name)), _source(new.get(name)))
            for name in dict.fromkeys((*old, *new))
            if _said(old.get(name)) != _said(new.get(name))
        ]
        drawn = table(("Field", "Before", "Repaired"), rows, classes=["repair"])
        return [drawn, self._downloads(*folder)]


def _fields(file: Path) -> dict[str, str]:
    """Return the text of each top-level field as it was written."""
    pieces = TOP_LEVEL.split(file.read_text(encoding="utf-8"))[1:]
    return {piece.partition(":")[0]: piece.rstrip() for piece in pieces}


def _said(text: str | None) -> str:
    return " ".join(COMMENT.sub("", text or "").split())


def _source(text: str | None) -> nodes.Node:
    if text is None:
        return nodes.emphasis("", NOT_STATED)
    return nodes.literal_block(text, text, language="yaml")


def setup(app: Sphinx) -> dict[str, object]:
    """Register the directives."""
    app.add_directive("offer-facts", Facts)
    app.add_directive("findings", Findings)
    app.add_directive("side-by-side", SideBySide)
    app.connect("build-finished", publish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
