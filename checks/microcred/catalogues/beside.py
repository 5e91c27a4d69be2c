"""A few records checked beside each other in memory, as the guidance and programs do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from microcred.catalogues.store import Store
from microcred.catalogues.together import IDS, Together, looked_at, together
from microcred.catalogues.traits import traits
from microcred.checking import check_one
from microcred.credential import Credential, Place
from microcred.engine import Checker
from microcred.messages import Message
from microcred.readers import read
from microcred.report import Checked, Finding, Unread
from microcred.rule import RULES, Outcome

__all__ = ["beside"]


def beside(records: Sequence[Mapping[str, Any]], ready: Checker) -> tuple[Checked | Unread, ...]:
    """Return what is found in each record, also by the rules that compare it with the others."""
    credentials = [
        read(record, name=f"record {number}") for number, record in enumerate(records, 1)
    ]
    documents = [check_one(credential, ready) for credential in credentials]
    store = Store()
    try:
        store.take(_row(number, credential, ready) for number, credential in enumerate(credentials))
        store.complete()
        ran = [rule.id for rule in ready.rules if rule.id in IDS]
        compared = looked_at(store) & set(ran)
        found = list(together(store, lambda number: dict(credentials[number].data), ran))
    finally:
        store.close()
    return tuple(
        _with(document, [each for each in found if each.line == number], compared, ready)
        for number, document in enumerate(documents)
    )


def _row(number: int, credential: Credential, ready: Checker) -> list[Any]:
    about = traits(ready.document(credential.data, credential.kind).description)
    return [number, number, f"record {number + 1}", 0, 0, 0, 0, *about]


def _with(
    document: Checked | Unread, found: list[Together], compared: frozenset[str], ready: Checker
) -> Checked | Unread:
    if isinstance(document, Unread):
        return document
    findings = tuple(_finding(each, document.source, ready) for each in found)
    outcomes = {**document.outcomes, **dict.fromkeys(compared, Outcome.MET)}
    outcomes |= {finding.rule.id: finding.outcome for finding in findings}
    return replace(document, findings=(*document.findings, *findings), outcomes=outcomes)


def _finding(each: Together, source: str, ready: Checker) -> Finding:
    rule, verdict = RULES[each.rule], each.verdict
    return Finding(
        rule=rule,
        level=ready.profile.levels.get(rule.id, rule.level),
        outcome=verdict.outcome,
        pointer=each.pointer,
        place=Place(None, None, source),
        message=verdict.message or Message(rule.title),
        fix=verdict.fix or Message(rule.fix),
    )
