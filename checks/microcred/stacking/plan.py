"""A plan for the learner: what to do, in which order, whom to ask, and what isn’t promised."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from microcred.report import Finding
from microcred.report.characters import sentence
from microcred.report.markdown import escaped as as_markdown
from microcred.rule import Outcome
from microcred.stacking.checking import Result
from microcred.stacking.summary import Line, summary

__all__ = ["write"]

# What a learner can ask about; the rest is for those who build the programme.
_ASK = ("STACK-1", "STACK-2", "STACK-5", "STACK-6", "STACK-7", "STACK-9", "STACK-17", "STACK-18")


def escaped(text: str) -> str:
    """Return *text* as Markdown; an address stays one that can be copied."""
    return as_markdown(text).replace("@&#8203;", "@")


def write(result: Result) -> str:
    """Return the plan as Markdown in plain words."""
    return "\n".join(map(_wrapped, _lines(result))).rstrip() + "\n"


def _wrapped(line: str) -> str:
    """Return a line that can be read in a terminal, and means the same in Markdown."""
    mark = re.match(r"- |\d+\. ", line)
    indent = " " * len(mark[0]) if mark else ""
    if line.startswith("#"):
        return line
    return textwrap.fill(
        line, 80, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


def _lines(result: Result) -> Iterator[str]:
    told = summary(result.stack)
    yield from (f"# Your way to: {escaped(told.title)}", "")
    yield f"{escaped(told.owner)} awards it. Level: {told.level}. Size: {told.whole}."
    yield from ("", "## What you do", "")
    if told.circle:
        yield from ("Some parts wait for each other. Ask which one you can begin with.", "")
    for line in told.lines:
        yield from _step(line)
    if told.integrative:
        yield f"{len(told.lines) + 1}. {escaped(told.integrative)}: the task that joins the parts."
    yield from ("", "## How far it takes you", "")
    yield f"Your parts come to {told.total}. The programme takes in {told.accepted}."
    yield from _open(result)
    yield from _whom(result)
    yield from ("", "## What nobody promises", "")
    yield (
        "This plan gives you no right to the qualification. "
        f"Who decides: {escaped(told.decides)}. A stack becomes a qualification only when the "
        "body that may award it has looked at it."
    )


def _step(line: Line) -> Iterator[str]:
    state = "You have it" if line.earned else f"Take it at {escaped(line.provider)}"
    facts = ", ".join(filter(None, (line.size, line.level, line.after, line.until)))
    if not line.counts:
        facts += "; it is here twice and counts once"
    yield f"{line.step}. **{escaped(line.title)}** ({facts}). {state}."


def _open(result: Result) -> Iterator[str]:
    findings = [one for one in result.checked.findings if one.rule.id in _ASK]
    if findings:
        yield from ("", "## What is still open", "")
        yield from (f"- {escaped(_said(one))}" for one in findings)


def _said(finding: Finding) -> str:
    said = sentence(finding.message.text())
    return said if finding.outcome is Outcome.CANNOT_TELL else f"{said} Ask before you enrol."


def _whom(result: Result) -> Iterator[str]:
    owner = result.stack.target.get("owner") or {}
    facts = [result.stack.text(owner.get(field)) for field in ("procedure", "contact")]
    signal = result.stack.target.get("signal") or {}
    if any(facts) or signal:
        yield from ("", "## Whom to ask", "")
    for fact in facts:
        if fact:
            yield f"- {escaped(fact)}"
    if signal:
        until = f" (until {signal['until']})" if signal.get("until") else ""
        yield f"- Said in advance{until}: {escaped(result.stack.text(signal.get('text')))}"
