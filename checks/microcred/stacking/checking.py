"""Check a stack: read the programme and the parts, run the rules on them together."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import microcred
from microcred.credential import Credential, Place
from microcred.engine import Checker, counts, in_order
from microcred.problem import Problem
from microcred.profiles import BASE, Profile
from microcred.profiles import profile as named_profile
from microcred.report import Checked, Report
from microcred.rule import STACK
from microcred.shape import readable, without_blanks
from microcred.stacking.parts import MOST, Stack
from microcred.stacking.programme import Programme, from_data, from_file
from microcred.walk import walk

__all__ = ["Result", "check_stack", "read_part", "stack"]

Part = str | os.PathLike[str] | Mapping[str, Any] | Credential


@dataclass(frozen=True)
class Result:
    """What was found in a stack: the stack itself, and a report on it as on any document."""

    stack: Stack
    programme: Programme
    sources: tuple[str, ...]
    report: Report

    @property
    def checked(self) -> Checked:
        """Return what the rules found."""
        (document,) = self.report.documents
        assert isinstance(document, Checked)  # noqa: S101 - a stack that can't be read is a Problem
        return document


class _StackChecker(Checker):
    """The engine for stacks: the same rules machinery over programme and parts together."""

    kinds: ClassVar[frozenset[str]] = frozenset({STACK})

    def over(self, stack: Stack, places: Credential) -> Checked:
        """Return what the rules find in *stack*."""
        met, (hits,) = walk(self._tree(STACK), [stack])
        findings = tuple(self.finding(hit, places) for hit in hits)
        outcomes = self._outcomes(met, hits)
        return Checked(
            source=places.source,
            format=STACK,
            kind=STACK,
            title=stack.text(stack.target.get("title")),
            elements={},
            findings=in_order(findings),
            outcomes=outcomes,
            counts=counts(findings, outcomes),
        )


def stack(
    *parts: Part,
    into: str | os.PathLike[str] | Mapping[str, Any],
    on: dt.date | str | None = None,
    profile: str | Profile = BASE,
) -> Result:
    """Return whether *parts* add up to what the programme *into* asks for.

    Parts are offers and awards in any format that can be read. The programme is a file of its
    own format (``programme-1.schema.json``), or the offer of a larger micro-credential.

    Raises:
        Problem: one of them can't be read, or there are none or too many.
    """
    _bounded(len(parts))
    programme = from_data(into) if isinstance(into, Mapping) else from_file(into)
    credentials = [
        one
        for part in parts
        for one in ([part] if isinstance(part, Credential) else read_part(part))
    ]
    return check_stack(programme, credentials, on, profile)


def read_part(
    source: str | os.PathLike[str] | bytes | Mapping[str, Any], name: str | None = None
) -> Iterator[Credential]:
    """Yield what a file holds for a stack: a learner record holds several micro-credentials.

    Raises:
        Problem: it can't be read; the message says which file it is.
    """
    from microcred.readers import read_each

    try:
        for _, one in read_each(source, name=name):
            if isinstance(one, Problem):
                raise one
            yield one
    except Problem as problem:
        named = name or (os.fspath(source) if isinstance(source, (str, os.PathLike)) else "")
        if not named or f"“{named}”" in problem.message:
            raise
        raise Problem(f"“{named}” could not be read: {problem.message}", problem.fix) from None


def check_stack(
    programme: Programme,
    credentials: Sequence[Credential],
    on: dt.date | str | None = None,
    profile: str | Profile = BASE,
) -> Result:
    """Return what the rules find in parts that were read before.

    Raises:
        Problem: there are no parts, or more than ``MOST``.
    """
    from microcred.checking import day_of
    from microcred.rules import RULES

    _bounded(len(credentials))
    chosen = named_profile(profile) if isinstance(profile, str) else profile
    # What can’t be read in a part is left out; the part’s own check tells of it.
    parts = [readable(without_blanks(credential.data))[1] for credential in credentials]
    language = programme.data.get("language", "en")
    data = {"language": language, "target": without_blanks(programme.data), "parts": parts}
    built = Stack(data, [one.kind for one in credentials], day_of(on), chosen)
    ready = _StackChecker(RULES.values(), chosen, built.on)
    sources = tuple(one.source for one in credentials)
    _none_is_the_whole(built, sources)
    whole = Credential(data, STACK, STACK, programme.source, True, _places(programme, credentials))
    report = Report(microcred.__version__, chosen, built.on, (ready.over(built, whole),))
    return Result(built, programme, sources, report)


def _bounded(count: int) -> None:
    if not 0 < count <= MOST:
        raise Problem(
            f"{count or 'No'} parts are named; a stack has 1 to {MOST}",
            "Name the files of the parts in front of `--into`",
        )


def _none_is_the_whole(stack: Stack, sources: Sequence[str]) -> None:
    for part, source in zip(stack.members, sources, strict=True):
        if part.credential and part.credential == stack.target.get("id"):
            raise Problem(
                f"“{source}” is the micro-credential that the parts are stacked into, so it can’t "
                "be one of them",
                "Leave it out, or name the larger programme that takes it in",
            )


def _places(
    programme: Programme, credentials: Iterable[Credential]
) -> Callable[[str], Place | None]:
    """Return where each pointer of the stack stands: in the programme’s file or in a part’s."""
    files = list(credentials)

    def find(pointer: str) -> Place | None:
        _, head, *rest = [*pointer.split("/"), ""]
        inner = "".join(f"/{name}" for name in rest if name)
        if head == "target":
            return _in_file(programme.source, programme.places(inner))
        if head == "parts" and rest and rest[0].isdigit():
            one = files[int(rest[0])]
            return _in_file(one.source, one.where("".join(f"/{name}" for name in rest[1:] if name)))
        return None

    return find


def _in_file(file: str, place: Place | None) -> Place | None:
    if place is None or place.label.startswith("/"):
        return Place(None, None, os.path.basename(file)) if place else None  # noqa: PTH119
    return Place(place.line, place.column, f"{os.path.basename(file)}, {place.label}")  # noqa: PTH119
