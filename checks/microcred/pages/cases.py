"""Recognition cases in the pages: a file, a purpose, and what the view of it has to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from microcred.evaluation import CRITERIA, PURPOSES, Evaluation, evaluation
from microcred.pages.markdown import Directive, directive, walk
from microcred.problem import Problem
from microcred.readers import read
from microcred.registers import read_register

__all__ = ["NAME", "OPTIONS", "Case", "cases", "make_case", "tried"]

NAME: Final = "case"
OPTIONS: Final = ("purpose", "register", "carries", "way", "draft")


@dataclass(frozen=True, slots=True)
class Case:
    """A case as a page shows it; ``carries`` has the strength of each criterion, in order."""

    page: str
    line: int
    file: str
    purpose: str
    register: str
    carries: tuple[str, ...]
    way: str
    draft: str

    @property
    def id(self) -> str:
        """Return the place of the case, as a person would open it in an editor."""
        return f"{self.page}:{self.line}"


def cases(path: Path, root: Path) -> Iterator[Case]:
    """Yield the cases of the page at *path*, whose name starts from *root*."""
    text = path.read_text(encoding="utf-8")
    for token, line in walk(text):
        found = directive(token, line - (token.map[0] if token.map else 0))
        if found is not None and found.name == NAME:
            yield make_case(found, path.relative_to(root).as_posix())


def make_case(found: Directive, page: str) -> Case:
    """Return the case that a directive of *page* writes."""
    said = dict(found.options)
    return Case(
        page=page,
        line=found.line,
        file=found.argument,
        purpose=said.get("purpose", ""),
        register=said.get("register", ""),
        carries=tuple(said.get("carries", "").split()),
        way=said.get("way", ""),
        draft=said.get("draft", ""),
    )


def tried(case: Case, root: Path, on: str) -> tuple[Evaluation | None, tuple[str, ...]]:
    """Return the view of a case, and a complaint for each promise that isn't kept."""
    if case.purpose not in PURPOSES:
        return None, (f"{case.id}: name a :purpose: of {', '.join(PURPOSES)}",)
    try:
        seen = _seen(root / case.file, case.purpose, case.register and root / case.register, on)
    except Problem as problem:
        return None, (f"{case.id}: {problem}",)
    return seen, tuple(f"{case.id}: {told}" for told in _complaints(case, seen))


@lru_cache(maxsize=64)
def _seen(file: Path, purpose: str, register: Path | str, on: str) -> Evaluation:
    lists = [read_register(register)] if register else []
    return evaluation(read(file), purpose, on=on, registers=lists)


def _complaints(case: Case, seen: Evaluation) -> Iterator[str]:
    found = tuple(answer.strength.value for answer in seen.answers)
    if case.carries != found:
        names = ", ".join(CRITERIA)
        yield f"promises {case.carries} for {names}, but the file carries {' '.join(found)}"
    for name, promised, really in (
        ("way", case.way, seen.route.way.value),
        ("draft", case.draft, seen.draft.verdict.value),
    ):
        if promised != really:
            yield f"promises the {name} “{promised}”, but it is {really}"
