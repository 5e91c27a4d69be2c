"""What keeps rules and pages in step, each guard as a list of things to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from microcred.elements import ELEMENTS
from microcred.pages import Page, Section, read_page
from microcred.rule import Outcome, Rule

PROMISES = {Outcome.MET: "pass", Outcome.NOT_MET: "fail", Outcome.CANNOT_TELL: "review"}
BARRED = re.compile(r"\b(invalid|please|forbidden|must not be null)\b", re.IGNORECASE)
TWO_SENTENCES = re.compile(r"[.?!]\s+[A-Z]|[.]$")


def _sections(pages: Iterable[Page]) -> dict[str, Section]:
    return {label: section for page in pages for label, section in page.sections.items()}


def missing_sections(rules: Iterable[Rule], pages: Iterable[Page]) -> Iterator[str]:
    """Yield a sentence for each rule that no section explains."""
    sections = _sections(pages)
    for rule in rules:
        if rule.section not in sections:
            yield f"Write a section for {rule.id} {_home(rule)}, and ({rule.section})= above it"


def missing_pages(pages: Iterable[Page]) -> Iterator[str]:
    """Yield a sentence for each element that has no page."""
    sections = _sections(pages)
    for element in ELEMENTS.values():
        if element.page not in sections:
            yield f"Write a page for {element.id} in docs/elements/, with ({element.page})= on top"


def _home(rule: Rule) -> str:
    if not rule.element:
        return "in docs/reference/"
    letter, number = rule.element[0].lower(), rule.element[1:]
    return f"in docs/elements/{letter}{number.zfill(2) if letter == 'm' else number}-….md"


def missing_examples(rules: Iterable[Rule], pages: Iterable[Page]) -> Iterator[str]:
    """Yield a sentence for each outcome of a rule that its own section does not show."""
    pages = list(pages)
    sections = _sections(pages)
    blocks = [block for page in pages for block in page.blocks]
    for rule in rules:
        section = sections.get(rule.section)
        if section is None:
            continue
        shown = {
            block.promise
            for block in blocks
            if rule.id in block.rules and block.page == section.page and section.holds(block.line)
        }
        for outcome in (Outcome.MET, *sorted(rule.yields)):
            if PROMISES[outcome] not in shown:
                yield (
                    f"Add a {{{PROMISES[outcome]}}} example for {rule.id} in {section.page}, "
                    f"section {section.label}"
                )


def missing_badges(rules: Iterable[Rule], pages: Iterable[Page]) -> Iterator[str]:
    """Yield a sentence for each rule that the page of its section does not name."""
    pages = list(pages)
    sections = _sections(pages)
    named = {(page.path, badge.content) for page in pages for badge in page.badges}
    for rule in rules:
        section = sections.get(rule.section)
        if section is not None and (section.page, rule.id) not in named:
            yield f"Name {{rule}}`{rule.id}` in {section.page}, section {section.label}"


def unknown_badges(rules: Mapping[str, Rule], pages: Iterable[Page]) -> Iterator[str]:
    """Yield a sentence for each badge that names no rule."""
    for page in pages:
        for badge in page.badges:
            if badge.content not in rules:
                yield f"{page.path}:{badge.line}: there is no rule {badge.content}: mend the badge"


def repeated_labels(pages: Iterable[Page]) -> Iterator[str]:
    """Yield a sentence for each label that stands above two sections."""
    seen: dict[str, Section] = {}
    for page in pages:
        for label, section in page.sections.items():
            other = seen.setdefault(label, section)
            if other is not section:
                yield f"{page.path}:{section.line}: {other.page} has ({label})= too: rename one"


def unclear_texts(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield a sentence for each text of a rule that isn't one plain sentence."""
    for rule in rules:
        for name in ("title", "why", "fix", "basis", "section"):
            text = str(getattr(rule, name))
            if not text.strip():
                yield f"Say the {name} of {rule.id}"
            elif TWO_SENTENCES.search(text):
                yield f"Say the {name} of {rule.id} in one sentence without its full stop: {text}"
            elif found := BARRED.search(text):
                yield f"Say the {name} of {rule.id} without “{found[0]}”"


def undescribed(node: object, path: str = "") -> Iterator[str]:
    """Yield a sentence for each property of a schema without a title or description.

    Conditions speak of properties that are described elsewhere, so they are left out.
    """
    if isinstance(node, list):
        for item in node:
            yield from undescribed(item, path)
    if not isinstance(node, Mapping):
        return
    for name, value in node.items():
        if name in {"properties", "$defs"} and isinstance(value, Mapping):
            for key, field in value.items():
                missing = {"title", "description"} - set(field)
                if missing and "$ref" not in field:
                    yield f"Give {path}/{key} a {' and a '.join(sorted(missing))}"
        if name not in {"examples", "enum", "const", "if", "then", "else"}:
            yield from undescribed(value, f"{path}/{name}")


def read(folder: Path) -> list[Page]:
    """Return the pages of a guidance folder."""
    return [read_page(path, folder.parent) for path in sorted(folder.rglob("*.md"))]
