"""What the check page asks of the package: documents in, everything that the page shows out.

Runs in the browser's Python and in any other, so that tests can call it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bundled import form
from bundled.here import here
from bundled.shown import VIEW, shown, stacked
from microcred import checking
from microcred.annotate import ENDINGS
from microcred.credential import Credential
from microcred.engine import Checker
from microcred.exporters.source import How, Step
from microcred.problem import Problem
from microcred.profiles import BASE, Profile
from microcred.readers import read
from microcred.report import Checked, Report, Unread, render
from microcred.report.characters import sentence, visible
from microcred.rule import AWARD, KINDS

if TYPE_CHECKING:
    from microcred.stacking import Result

__all__ = ["Desk"]


class Desk:
    """The documents that lie open in the page; each is checked again only when it changed.

    What is no text goes out as bytes; everything else that the page gets is text, mostly JSON.
    """

    def __init__(self) -> None:
        self._documents: dict[str, tuple[str, bytes]] = {}
        self._found: dict[str, list[Checked | Unread]] = {}
        self._settings: Mapping[str, str] = {}
        self._own: Profile | None = None
        self._ready: Checker | None = None
        self._report: Report | None = None
        self._steps: tuple[Step, ...] = ()
        self._stack: Result | None = None

    @classmethod
    def warm(cls) -> Desk:
        """Return a desk for which everything is loaded, since it has checked a document."""
        desk = cls()
        desk.put("", "draft.yaml", b"title: A draft\nworkload: {hours: 10}\nnothing: of this\n")
        desk.check([""], json.dumps({"profile": BASE, "on": "2026-01-01"}))
        return cls()

    def profile(self, path: str) -> str:
        """Take the profile in a file, or in a filled worksheet P6.

        Returned is what it is called and what has to be known of it, or everything wrong with it.
        """
        from microcred.profiles.conflicts import conflicts
        from microcred.profiles.own import faults, foundation, from_file, told_of

        file = Path(path)
        try:
            card = _card(file)
            found = told_of(card, file.name) if card else faults(file)
        except Problem as problem:
            found = [problem]
        if found:
            told = [f"{sentence(one.message)} {sentence(here(one.fix))}" for one in found]
            return json.dumps({"faults": told})
        if card:
            file = file.with_suffix(".yaml")
            file.write_text(json.dumps(card), encoding="utf-8")
        self._own, self._ready = from_file(file), None
        told = [f"How firm it is: {self._own.standing}", *conflicts(self._own, foundation(file))]
        name = {"id": self._own.id, "title": visible(self._own.title)}
        return json.dumps(name | {"told": list(map(sentence, told))})

    def put(self, key: str, name: str, content: bytes | memoryview) -> None:
        """Lay a document, or a new version of it, on the desk."""
        self._documents[key] = (name, bytes(content))
        self._found.pop(key, None)

    def check(self, keys: Sequence[str], settings: str) -> str:
        """Check the documents of these keys and return, as JSON, what the page shows.

        Where the guided form is open, the settings name its kind, and findings speak in its words.
        """
        asked: dict[str, str] = json.loads(settings)
        guided = asked.pop("form", "")
        try:
            ready = self._prepared(asked)
        except Problem as problem:
            return _told(problem)
        self._documents = {key: self._documents[key] for key in keys}
        kind = asked.get("kind") or None
        found = [(n, one) for n, key in enumerate(keys) for one in self._each(key, kind, ready)]
        if guided:
            found = [(n, form.worded(one, guided)) for n, one in found]
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

    def questions(self, kind: str) -> str:
        """Return what the guided form asks for an offer or an award."""
        return json.dumps(form.questions(kind))

    def answers(self, key: str, kind: str) -> str:
        """Return the answers of the guided form that a document gives already, and its kind.

        An offer that is wanted as an award becomes the beginning of one, and an offer again if the
        person comes back.
        """
        name, content = self._documents[key]
        try:
            described = read(content, name=name)
            if described.kind not in KINDS:
                raise Problem(
                    f"“{name}” is a filled worksheet, and the form describes an offer or an award",
                    "Fill it in where you began it, and check it here",
                )
        except Problem as problem:
            return _told(problem)
        wanted, data = kind or described.kind, dict(described.data)
        if wanted != described.kind:
            data.pop("x-worksheet", None)  # the worksheet of the other kind
            data = form.awarded(data) if wanted == AWARD else form.offered(data)
        return json.dumps({"kind": wanted, "answers": form.answers(data, wanted)})

    def composed(self, answers: str, kind: str) -> str:
        """Return the draft that the answers make, as YAML."""
        return self._converted(read(form.composed(json.loads(answers), kind)), "yaml").decode()

    def convert(self, key: str, to: str) -> bytes | str:
        """Return a document in another format, or why it can't be."""
        name, content = self._documents[key]
        try:
            described = read(content, name=name)
            if to.startswith(VIEW):
                return self._viewed(described, to.removeprefix(VIEW))
            return self._converted(described, to)
        except Problem as problem:
            return _told(problem)

    def lost(self) -> str:
        """Return what the last format that was written has no place for, in words."""
        lost = [step for step in self._steps if step.how is How.LEFT_OUT]
        return json.dumps({"lost": list(dict.fromkeys(step.name for step in lost))})

    def stack(self, keys: Sequence[str], into: str) -> str:
        """Return, as JSON, whether documents add up to what the one of the key *into* asks for."""
        from microcred.stacking.checking import check_stack, read_part
        from microcred.stacking.programme import from_content

        name, content = self._documents[into]
        try:
            programme = from_content(content, name)
            named = [self._documents[key] for key in keys if key != into]
            parts = [one for name, content in named for one in read_part(content, name)]
            on, profile = self._settings["on"], self._profile(self._settings)
            self._stack = check_stack(programme, parts, on, profile)
        except Problem as problem:
            return _told(problem)
        return json.dumps(stacked(self._stack))

    def render_stack(self, format: str) -> str:
        """Return the last stack in one of the package's formats."""
        from microcred.stacking import render

        return render(self._stack, format) if self._stack else ""

    def annotate(self, key: str) -> bytes | str:
        """Return the file of a document with the findings in it, or a workbook of findings."""
        from microcred.annotate import annotated, findings_workbook

        found = self._found[key][0]
        try:
            if isinstance(found, Unread):
                raise Problem(found.message, found.fix)
            if found.format in ENDINGS:
                return annotated(self._documents[key][1], found, self._report)
            return findings_workbook(found, self._report)
        except Problem as problem:
            return _told(problem)

    def _viewed(self, credential: Credential, purpose: str) -> bytes:
        """Return what a recognition officer sees in a document, as a page."""
        from microcred.evaluation import evaluation, render

        self._steps = ()
        on, profile = self._settings["on"], self._profile(self._settings)
        return render(evaluation(credential, purpose, profile=profile, on=on), "html").encode()

    def _profile(self, asked: Mapping[str, str]) -> Profile | str:
        """Return the profile that is asked for: somebody's own, or the id of one of ours."""
        id = asked["profile"]
        return self._own if self._own and self._own.id == id else id

    def _converted(self, credential: Credential, to: str) -> bytes:
        from microcred.exporters import convert

        written = convert(credential, to)
        self._steps = written.steps
        return written.content

    def _prepared(self, asked: Mapping[str, str]) -> Checker:
        if self._ready is None or asked != self._settings:
            self._ready = checking.checker(self._profile(asked), asked["on"])
            self._settings = asked
            self._found.clear()
        return self._ready

    def _each(self, key: str, kind: str | None, ready: Checker) -> list[Checked | Unread]:
        if key not in self._found:
            name, content = self._documents[key]
            try:
                self._found[key] = list(checking.check_each(content, ready, kind, name=name))
            except Exception as fault:
                words = f"A fault of the checker stopped it in this file ({type(fault).__name__})"
                fix = "Tell the project about it, best with a draft in which it happens"
                self._found[key] = [Unread(name, words, fix)]
        return self._found[key]


def _told(problem: Problem) -> str:
    return json.dumps({"problem": {"message": problem.message, "fix": here(problem.fix)}})


def _card(file: Path) -> dict[str, object] | None:
    """Return the profile that a file of office software states, as a filled worksheet P6."""
    if not file.read_bytes().startswith(b"PK"):
        return None
    from microcred.profiles.card import from_worksheets

    return from_worksheets(file)
