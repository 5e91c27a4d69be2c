"""Check documents: the way from files to a report."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

import microcred
from microcred.credential import Credential
from microcred.engine import Checker
from microcred.problem import Problem
from microcred.profiles import BASE, Profile
from microcred.profiles import profile as named_profile
from microcred.readers import read, read_each
from microcred.registers import Register
from microcred.report import Checked, Report, Unread
from microcred.rulebook import matching
from microcred.rules import RULES

__all__ = ["Document", "check", "check_each", "check_one", "checker", "day_of", "report"]

Document = str | os.PathLike[str] | bytes | Mapping[str, object] | Credential


def check(  # noqa: PLR0913 - what a check can be given
    *documents: Document,
    kind: str | None = None,
    profile: str | Profile = BASE,
    on: dt.date | str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    offer: Document | None = None,
    registers: Sequence[Register] = (),
) -> Report:
    """Check documents and return the report.

    A document is the path of a file, its bytes, a mapping, or a credential that was read
    before; "-" is standard input. One that can't be read keeps its slot in the report, as
    ``Unread``, and the others are checked all the same.

    Args:
        documents: paths, bytes, mappings or credentials.
        kind: "offer" or "award", where the documents don't say it.
        profile: id of a profile that comes with the package, or a profile.
        on: the day of the check, as a date or in the form 2026-06-30; today if left out.
        select: ids of rules, or of elements, that run; all of them if left out.
        ignore: ids of rules, or of elements, that don't run.
        offer: the offer that awards are compared with.
        registers: lists of providers in which awarding bodies are looked up.

    Raises:
        Problem: the call itself is wrong: an unknown rule, profile or date, an offer that
            can't be read.
    """
    ready = checker(profile, on, select, ignore, registers)
    cited = _read(offer, "offer") if offer is not None else None
    return report(
        (found for one in documents for found in check_each(one, ready, kind, offer=cited)), ready
    )


def checker(
    profile: str | Profile = BASE,
    on: dt.date | str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    registers: Sequence[Register] = (),
) -> Checker:
    """Return rules, profile, date and registers made ready for any number of documents.

    Raises:
        Problem: an unknown rule, element, profile or date.
    """
    chosen = named_profile(profile) if isinstance(profile, str) else profile
    wanted = _ids(select) if select else set(RULES)
    wanted -= _ids(ignore)
    rules = (rule for rule in RULES.values() if rule.id in wanted)
    return Checker(rules, chosen, day_of(on), registers)


def check_one(
    document: Document,
    ready: Checker,
    kind: str | None = None,
    *,
    name: str | None = None,
    offer: Credential | None = None,
) -> Checked | Unread:
    """Return what was found in one document, or why it can't be read."""
    try:
        credential = _read(document, kind, name)
        return _for(credential, ready).check(credential, offer)
    except Problem as problem:
        return Unread(name or _name(document), problem.message, problem.fix)


def check_each(
    document: Document,
    ready: Checker,
    kind: str | None = None,
    *,
    name: str | None = None,
    offer: Credential | None = None,
) -> Iterator[Checked | Unread]:
    """Yield what was found in each description in one document, or why it can't be read.

    Most documents hold one; a learner record holds several.
    """
    if isinstance(document, Credential):
        yield check_one(document, ready, kind, offer=offer)
        return
    try:
        for label, found in read_each(document, kind=kind, name=name):
            if isinstance(found, Problem):
                yield Unread(label, found.message, found.fix)
            else:
                yield _for(found, ready).check(found, offer)
    except Problem as problem:
        yield Unread(name or _name(document), problem.message, problem.fix)


def _for(credential: Credential, ready: Checker) -> Checker:
    """Return the checker, with fewer rules where the document is a worksheet on few elements."""
    worksheet = credential.data.get("x-worksheet")
    if not isinstance(worksheet, str):
        return ready
    from microcred.worksheets.definition import NAMES
    from microcred.worksheets.definition import worksheet as defined

    scope = defined(worksheet).scope if worksheet in NAMES else frozenset()
    if not scope:
        return ready
    # Rules on dates, addresses and the like hold everywhere; rules on the whole have to wait.
    rules = (
        rule
        for rule in ready.rules
        if rule.element in scope or (not rule.element and "" not in rule.at)
    )
    return Checker(rules, ready.profile, ready.on, ready.registers)


def report(documents: Iterable[Checked | Unread], ready: Checker) -> Report:
    """Return the report on documents that *ready* has checked."""
    return Report(microcred.__version__, ready.profile, ready.on, tuple(documents), ready.registers)


def _read(document: Document, kind: str | None = None, name: str | None = None) -> Credential:
    if isinstance(document, Credential):
        return document
    return read(document, kind=kind, name=name)


def _name(document: Document) -> str:
    if isinstance(document, str | os.PathLike):
        name = os.fspath(document)
        return "standard input" if name == "-" else name
    return "document"


def day_of(on: dt.date | str | None) -> dt.date:
    """Return the day of a check, as it was asked for, else today.

    Raises:
        Problem: it is no date that can be read.
    """
    if on is None:
        return dt.date.today()  # noqa: DTZ011 - the day on the reader's own calendar
    if isinstance(on, dt.date):
        return on
    try:
        return dt.date.fromisoformat(on)
    except ValueError:
        raise Problem(
            f"“{on}” is no date that can be read", "Write it as year-month-day, such as 2026-06-30"
        ) from None


def _ids(names: Iterable[str]) -> set[str]:
    return {rule.id for name in names for rule in matching(name, RULES.values())}
