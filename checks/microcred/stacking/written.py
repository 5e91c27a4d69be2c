"""A stack written in each form: one pure function a form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Final, cast

from microcred.report import html, markdown, text
from microcred.report.characters import visible
from microcred.report.json import as_data
from microcred.report.markdown import escaped
from microcred.report.page import Page
from microcred.stacking import picture, plan
from microcred.stacking.checking import Result
from microcred.stacking.summary import Summary, summary

__all__ = ["COLUMNS", "FORMATS", "NOTE", "as_text", "facts", "render", "rows"]

NOTE: Final = (
    "A stack gives no right to a qualification: only a body that may award it can validate the "
    "stack, and a qualification is more than a collection of credits."
)
COLUMNS: Final = ("Step", "Part", "Size", "Known", "Level", "State")


def as_text(result: Result, *, width: int = 80, colour: bool = False) -> str:
    """Return the stack for people who read it in a terminal."""
    told, page = summary(result.stack), Page(width, colour, "en")
    page.add(f"Stack into: {visible(told.title)}", "bold")
    for label, value in facts(result, told):
        page.hang(f"{label}:", visible(value), indent=14)
    page.gap()
    page.add("Parts, in an order in which they can be done", "bold")
    for line in told.lines:
        state = "earned" if line.earned else "offered"
        page.hang(f"{line.step}.", visible(line.title), indent=6, start=2)
        known = f"{line.size} ({line.how})"
        said = ", ".join(filter(None, (known, line.level, state, line.after, line.until)))
        page.add(said, "dim", indent=6)
    page.gap()
    rest = text.findings_of(result.report, width=width, colour=colour)
    page.lines += rest
    page.gap()
    page.add(NOTE, "dim")
    return "\n".join(page.lines) + "\n"


def facts(result: Result, told: Summary) -> Iterator[tuple[str, str]]:
    """Yield what is said of the whole stack: label and words."""
    yield "Owner", f"{told.owner}; decides: {told.decides}"
    yield "Level", told.level
    yield "Size", told.whole
    yield "Together", told.total
    yield "Accepted", told.accepted
    yield "Joined by", told.integrative or "nothing stated"
    yield "Checked on", result.report.checked_on.isoformat()


def as_json(result: Result) -> str:
    """Return everything that was found, for programs."""
    stack, told = result.stack, summary(result.stack)
    report = as_data(result.report)
    (document,) = cast("list[dict[str, object]]", report.pop("documents"))
    data = {
        **report,
        "programme": {
            "source": result.programme.source,
            "id": stack.target.get("id"),
            "title": told.title,
            "owner": told.owner,
            "unit": stack.unit,
            "size": (stack.target.get("size") or {}).get("points"),
            "accepts": {"min": stack.accepts.get("min"), "max": stack.accepts.get("max")},
        },
        "parts": [
            {
                "source": result.sources[part.number],
                "title": part.title,
                "kind": part.description.kind,
                "credential": part.credential or None,
                "place": part.row.get("id"),
                "eqf": part.description.eqf,
                "low": part.amount and round(part.amount.low, 2),
                "high": part.amount and round(part.amount.high, 2),
                "known": part.how,
                "counted": part in stack.counted,
            }
            for part in stack.members
        ],
        "total": {"low": round(stack.total.low, 2), "high": round(stack.total.high, 2)},
        "order": [part.number + 1 for part in stack.order[0]] if not stack.order[1] else None,
        "picture": picture.alternative(stack),
        **{key: document[key] for key in ("findings", "counts", "rules")},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_markdown(result: Result) -> str:
    """Return the stack to paste into an issue or an e-mail."""
    told = summary(result.stack)
    lines = [f"# Stack into: {escaped(told.title)}", ""]
    lines += [f"- {label}: {escaped(value)}" for label, value in facts(result, told)]
    lines += ["", "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    lines += ["| " + " | ".join(map(escaped, row)) + " |" for row in rows(told)]
    lines += ["", *markdown.findings_of(result.report), "", escaped(NOTE)]
    return "\n".join(lines).rstrip() + "\n"


def as_html(result: Result) -> str:
    """Return the stack as one page that stands alone, with its picture."""
    told = summary(result.stack)
    listed = "".join(
        f"<dt>{_(label)}</dt><dd>{_(value)}</dd>" for label, value in facts(result, told)
    )
    head = "".join(f'<th scope="col">{_(name)}</th>' for name in COLUMNS)
    body = "".join(
        "<tr>" + "".join(f"<td>{_(cell)}</td>" for cell in row) + "</tr>" for row in rows(told)
    )
    return html.standing(
        f"Stack into {told.title}",
        [
            f'<p class="kicker">{_("Micro-credentials stacked into a programme")}</p>',
            f'<h1 dir="auto">{_(told.title)}</h1>',
            f'<dl class="about">{listed}</dl>',
            f'<figure class="stack">{picture.svg(result.stack)}</figure>',
            f"<h2>{_('Parts')}</h2>",
            '<div class="wide" tabindex="0" role="region" aria-label="Parts"><table>',
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>",
            *html.findings_of(result.report),
        ],
        NOTE,
    )


def rows(told: Summary) -> Iterator[tuple[str, ...]]:
    """Yield what is said of each part, under ``COLUMNS``."""
    for line in told.lines:
        state = "earned" if line.earned else "offered"
        if not line.counts:
            state += ", not counted twice"
        state = ", ".join(filter(None, (state, line.after, line.until)))
        yield str(line.step), line.title, line.size, line.how, line.level, state


def _(words: str) -> str:
    return escape(visible(words))


FORMATS: Final[dict[str, Callable[[Result], str]]] = {
    "text": as_text,
    "json": as_json,
    "html": as_html,
    "markdown": as_markdown,
    "svg": lambda result: picture.svg(result.stack),
    "plan": plan.write,
}


def render(result: Result, format: str = "text") -> str:
    """Return *result* in one of ``FORMATS``.

    Raises:
        KeyError: the format is none of them.
    """
    return FORMATS[format](result)
