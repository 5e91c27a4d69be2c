"""The certificate supplement: one page for people, with all sixteen elements of an award."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Final

from microcred.credential import Credential
from microcred.elements import ELEMENTS, Element
from microcred.exporters.source import Options, Source, Step
from microcred.labels import ARROW, label
from microcred.problem import Problem
from microcred.vocabularies import vocabulary

__all__ = ["page"]

# Fields whose codes have words in a list.
_LISTS: Final = {
    "countries": "countries",
    "country": "countries",
    "regions": "regions",
    "region": "regions",
    "nationality": "countries",
    "languages": "languages",
    "language": "languages",
    "fields": "isced-f",
    "mode": "modes",
    "setting": "settings",
    "supervision": "supervision",
    "cycle": "cycles",
    "activities": "activity-types",
}
_LISTS_IN: Final = {
    ("outcomes", "type"): "skill-types",
    ("assessments", "type"): "assessment-types",
    ("quality", "type"): "accreditation-types",
    ("bodies", "type"): "body-types",
}

_NO_DEGREE: Final = (
    "This micro-credential is no degree and no part of one by itself. It records what one learner "
    "has learned in a small volume of learning. Whether it counts elsewhere is for the receiving "
    "institution or employer to decide."
)

_STYLE: Final = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; border-bottom: 1px solid #767676; }
dl { margin: 0 0 .75rem; } dt { font-weight: 600; }
dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
.who { font-size: 1.2rem; margin: 0 0 1rem; }
.note { border: 1px solid #767676; padding: .75rem 1rem; }
.absent { color: #595959; }
@media (min-width: 36rem) {
  dl { display: grid; grid-template-columns: 14rem 1fr; column-gap: 1rem; }
  dd { margin-bottom: .25rem; } }
@media print { body { padding: 0; max-width: none; } h2 { break-after: avoid; } }
"""


def page(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:  # noqa: ARG001 - every writer is called alike
    """Return the supplement as a page that needs nothing beside it.

    Raises:
        Problem: the description is an offer, or names no learner.
    """
    source = Source(credential)
    if credential.kind != "award":
        raise Problem(
            "This is an offer, and a certificate is given to one learner",
            "Convert an award, in which the learner and the date of issuing stand",
        )
    if not source.get("/learner"):
        raise Problem(
            "A certificate names the learner, and the description has none",
            "Add `learner` to the description",
        )
    return "".join(_lines(source)), source.steps()


def _lines(source: Source) -> Iterator[str]:
    title, language = source.text("/title", "the page"), escape(source.language, quote=True)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta http-equiv="Content-Security-Policy" '
    yield "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{escape(title)}: certificate supplement</title>\n<style>{_STYLE}</style>\n"
    yield "</head>\n<body>\n<main>\n"
    yield "<p>Micro-credential: certificate supplement</p>\n"
    yield f'<h1 lang="{language}">{escape(title)}</h1>\n'
    yield f'<p class="who" lang="{language}">{escape(_name(source))}</p>\n'
    yield f'<p class="note">{_NO_DEGREE}</p>\n'
    for element in ELEMENTS.values():
        yield from _section(source, element, language)
    yield from _rest(source, language)
    yield "</main>\n</body>\n</html>\n"


def _name(source: Source) -> str:
    whole = source.text("/learner/name", "the page")
    if whole:
        return whole
    names = [source.text(f"/learner/{part}", "the page") for part in ("givenName", "familyName")]
    return " ".join(name for name in names if name)


def _section(source: Source, element: Element, language: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{element.id}">\n'
    kind = "optional" if element.optional else "mandatory"
    yield f'<h2 id="{element.id}">{escape(element.name)}</h2>\n'
    pointers = [
        pointer
        for pointer in source.leaves
        if any(_matches(pointer, path) for path in element.paths)
    ]
    if not pointers:
        yield f'<p class="absent">Not stated ({kind} element)</p>\n</section>\n'
        return
    yield from _listing(source, pointers, language)
    yield "</section>\n"


def _matches(pointer: str, path: str) -> bool:
    steps, wanted = pointer.split("/")[1:], path.split("/")
    return len(steps) >= len(wanted) and all(
        want in ("*", step) for step, want in zip(steps, wanted, strict=False)
    )


def _rest(source: Source, language: str) -> Iterator[str]:
    """Yield what belongs to none of the elements."""
    shown = [path for element in ELEMENTS.values() for path in element.paths]
    pointers = [
        pointer
        for pointer in source.leaves
        if not any(_matches(pointer, path) for path in shown)
        and pointer not in ("/microcred", "/kind", "/$schema", "/profile")
        and label(pointer)
    ]
    if pointers:
        yield '<section aria-labelledby="rest">\n<h2 id="rest">More about it</h2>\n'
        yield from _listing(source, pointers, language)
        yield "</section>\n"


def _listing(source: Source, pointers: list[str], language: str) -> Iterator[str]:
    """Yield one list for each entry, such as a body or an outcome, with its fields as rows."""
    entry = None
    rows: dict[str, list[str]] = {}
    for pointer in pointers:
        if not label(pointer):
            source.leave_out(pointer, "the format has no such field")
            continue
        steps = pointer.split("/")
        following = steps[1:3] if len(steps) > 3 and steps[2].isdigit() else steps[1:2]
        if entry not in (None, following):
            yield from _rows(rows, language)
            rows = {}
        entry = following
        field = pointer.rpartition("/")[0] if steps[-1].isdigit() else pointer
        rows.setdefault(field, []).append(_worded(pointer, source.leaves[pointer]))
        source.keep(pointer, "the page")
    yield from _rows(rows, language)


def _rows(rows: dict[str, list[str]], language: str) -> Iterator[str]:
    if not rows:
        return
    yield "<dl>\n"
    for field, values in rows.items():
        name = label(field)
        short, told = name.partition(ARROW)[2] or name, ", ".join(values)
        spoken = vocabulary("languages").get(short)
        if spoken:  # one of several languages of a text
            short, tongue = spoken.label(), spoken.code
        else:
            tongue = language
        yield f'<dt>{escape(short)}</dt>\n<dd lang="{tongue}">{escape(told)}</dd>\n'
    yield "</dl>\n"


def _worded(pointer: str, value: Any) -> str:
    steps = [step for step in pointer.split("/") if step and not step.isdigit()]
    listed = _LISTS_IN.get((steps[0], steps[-1])) or _LISTS.get(steps[-1])
    entry = vocabulary(listed).find(str(value)) if listed else None
    return entry.label() if entry else str(value)
