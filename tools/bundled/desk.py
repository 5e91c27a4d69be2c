"""What the check page asks of the package: documents in, everything that the page shows out.

Runs in the browser's Python and in any other, so that tests can call it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from microcred import checking
from microcred.engine import Checker
from microcred.problem import Problem
from microcred.profiles import BASE
from microcred.report import Checked, Finding, Report, Unread, render
from microcred.report.characters import sentence, visible
from microcred.report.grouping import QUESTION, place, sheet
from microcred.report.words import NOTE, about, heading
from microcred.rule import Outcome

__all__ = ["Desk"]


class Desk:
    """The documents that lie open in the page; each is checked again only when it changed."""

    def __init__(self) -> None:
        self._documents: dict[str, tuple[str, bytes]] = {}
        self._found: dict[str, list[Checked | Unread]] = {}
        self._settings: Mapping[str, str] = {}
        self._ready: Checker | None = None
        self._report: Report | None = None

    @classmethod
    def warm(cls) -> Desk:
        """Return a desk for which everything is loaded, since it has checked a document."""
        desk = cls()
        desk.put("", "draft.yaml", b"title: A draft\nworkload: {hours: 10}\nnothing: of this\n")
        desk.check([""], json.dumps({"profile": BASE, "on": "2026-01-01"}))
        return cls()

    def put(self, key: str, name: str, content: bytes | memoryview) -> None:
        """Lay a document, or a new version of it, on the desk."""
        self._documents[key] = (name, bytes(content))
        self._found.pop(key, None)

    def check(self, keys: Sequence[str], settings: str) -> str:
        """Check the documents of these keys and return, as JSON, what the page shows."""
        asked: dict[str, str] = json.loads(settings)
        try:
            ready = self._prepared(asked)
        except Problem as problem:
            return json.dumps({"problem": {"message": problem.message, "fix": problem.fix}})
        self._documents = {key: self._documents[key] for key in keys}
        kind = asked.get("kind") or None
        found = [(n, one) for n, key in enumerate(keys) for one in self._each(key, kind, ready)]
        self._report = checking.report((one for _, one in found), ready)
        # A learner record gives several reports, and the page asks which file each is about.
        return json.dumps(shown(self._report) | {"files": [n for n, _ in found]})

    def render(self, format: str) -> str:
        """Return the last report in one of the package's formats."""
        return render(self._report, format) if self._report else ""

    def template(self, kind: str) -> str:
        """Return a description with every field in it, empty."""
        from microcred.template import template

        return template(kind, name=f"{kind}.yaml")

    def _prepared(self, asked: Mapping[str, str]) -> Checker:
        if self._ready is None or asked != self._settings:
            self._ready = checking.checker(asked["profile"], asked["on"])
            self._settings = asked
            self._found.clear()
        return self._ready

    def _each(self, key: str, kind: str | None, ready: Checker) -> list[Checked | Unread]:
        if key not in self._found:
            name, content = self._documents[key]
            try:
                self._found[key] = list(checking.check_each(content, ready, kind, name=name))
            except Exception as fault:
                self._found[key] = [
                    Unread(
                        name,
                        f"A fault of the checker stopped it in this file ({type(fault).__name__})",
                        "Tell the project about it, best with a draft in which it happens",
                    )
                ]
        return self._found[key]


def shown(report: Report) -> dict[str, object]:
    """Return everything that the page shows of *report*, in words."""
    return {
        "heading": heading(report),
        "about": about(report),
        "note": NOTE,
        "documents": [
            _unread(document) if isinstance(document, Unread) else _checked(document, report)
            for document in report.documents
        ],
    }


def _unread(document: Unread) -> dict[str, object]:
    return {
        "source": visible(document.source),
        "message": sentence(document.message),
        "fix": sentence(document.fix),
    }


def _checked(document: Checked, report: Report) -> dict[str, object]:
    whole = asdict(sheet(document, report))
    for group in whole["groups"]:
        for entry in group["entries"]:
            # People see every place here, since they can close what they have read.
            entry["findings"] = list(_findings(document, entry, group["key"] == QUESTION))
            del entry["spots"], entry["more"], entry["fix"]
    return whole


def _findings(
    document: Checked, entry: Mapping[str, object], asks: bool
) -> Iterator[dict[str, object]]:
    for finding in document.findings:
        if (
            finding.rule.id == entry["rule"]
            and finding.level.value == entry["level"]
            and asks is (finding.outcome is Outcome.CANNOT_TELL)
        ):
            yield _finding(finding)


def _finding(finding: Finding) -> dict[str, object]:
    at = finding.place
    return {
        "message": sentence(finding.message.text()),
        "fix": sentence(finding.fix.text()),
        "place": place(finding),
        "line": at.line if at else None,
        "column": at.column if at else None,
    }
