"""Runs the example blocks of the guidance and tells whether each keeps what it promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from typing import Final

from microcred.checking import check, checker
from microcred.checking import report as report_of
from microcred.pages import stacks
from microcred.pages.overlay import lay, touches
from microcred.pages.reading import Block
from microcred.problem import Problem
from microcred.profiles import BASE
from microcred.readers import read
from microcred.readers.yaml import load as load_yaml
from microcred.registers import Register, read_register
from microcred.report import Checked, Finding, Report, Unread
from microcred.rule import AWARD, KINDS, OFFER, STACK, Outcome
from microcred.rules import RULES

__all__ = [
    "BASES",
    "Trial",
    "base_of",
    "bases_of",
    "files_of",
    "kept",
    "report_on",
    "try_out",
]

# The example that a page's fragments are laid over where its front matter names no other.
BASES: Final = {
    OFFER: "examples/worked/ex01-safe-isolation/offer.yaml",
    AWARD: "examples/worked/ex01-safe-isolation/award.yaml",
}

_PROMISED: Final = {"fail": Outcome.NOT_MET, "review": Outcome.CANNOT_TELL, "pass": Outcome.MET}
_WORDS: Final = {
    Outcome.MET: "met",
    Outcome.NOT_MET: "not met",
    Outcome.CANNOT_TELL: "a question for a person",
    Outcome.NOT_APPLICABLE: "not applicable",
}

Answer = tuple[str, Outcome]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out when a block was run: new findings, and complaints about a broken promise."""

    block: Block
    findings: tuple[Finding, ...] = ()
    elsewhere: frozenset[str] = frozenset()  # pointers of findings outside the fragment
    complaints: tuple[str, ...] = ()
    example: Mapping[str, object] | None = None  # the whole document, where it is one of ours


def kept(block: Block, root: Path, on: str) -> list[str]:
    """Return what is wrong with *block* in plain sentences, nothing where it keeps its promise."""
    return [f"{block.id}: {complaint}" for complaint in try_out(block, root, on).complaints]


def try_out(block: Block, root: Path, on: str) -> Trial:
    """Run *block*, with paths from *root* and the date *on* where the block sets no other."""
    faults = block.faults + tuple(_unknown(block))
    if faults:
        return Trial(block, complaints=_named(block, faults))
    try:
        return _run(block, root, block.option("on") or on)
    except Problem as problem:
        told = f"{problem.message}: {problem.fix}" if problem.fix else problem.message
        return Trial(block, complaints=_named(block, (told,)))


def base_of(block: Block) -> str:
    """Return the path of the document that *block* is laid over, or nothing for a whole file.

    ``:base:`` is a path, or a kind: the base of that kind. Without it the base is the one of
    ``:kind:``, which is an offer unless the page names nothing but an award, or a stack.

    Raises:
        Problem: the kind is neither offer nor award.
    """
    base = block.option("base")
    if block.option("file") and not base:
        return ""
    if base and base not in KINDS:
        return base
    alone = next((kind for kind in (OFFER, AWARD, STACK) if kind in block.front), OFFER)
    kind = base or block.option("kind") or alone
    if kind not in KINDS and kind not in block.front:
        raise Problem(f"the kind “{kind}” is neither offer nor award", "write one of the two")
    return str(block.front.get(kind) or BASES[kind])


def bases_of(block: Block) -> tuple[str, ...]:
    """Return the documents that the records of a catalogue are laid over, one after the other.

    The front matter of the page names them as ``catalogue``; ``:base:`` names one for all.
    """
    named = block.front.get("catalogue")
    if block.option("base") or not isinstance(named, list) or not named:
        return (base_of(block),)
    return tuple(str(path) for path in named)


def files_of(block: Block) -> tuple[str, ...]:
    """Return the paths of the documents that the outcome of *block* depends on."""
    try:
        named = (
            *base_of(block).split(),
            *" ".join(bases_of(block)).split(),
            *(block.option("file"), block.option("offer")),
            *block.option("register").split(),
        )
        return tuple(path for path in named if path)
    except Problem:
        return ()


def _unknown(block: Block) -> Iterator[str]:
    from difflib import get_close_matches

    for id in block.rules:
        if id not in RULES:
            near = get_close_matches(id, RULES, 1)
            yield f"there is no rule {id}" + (f": did you mean {near[0]}?" if near else "")


def _run(block: Block, root: Path, on: str) -> Trial:
    profile = block.option("profile") or BASE
    base, offer = base_of(block), block.option("offer")
    given = tuple(block.option("register").split())
    before = _checked(root, base, profile, on, offer) if base else ()
    touched: frozenset[str] = frozenset()
    example: Mapping[str, object] | None = None
    if block.option("file"):
        after = _checked(root, block.option("file"), profile, on, offer, given)
    else:
        fragment = _fragment(block)
        if isinstance(fragment, list):
            return _run_catalogue(block, root, on, fragment)
        laid = lay(_data(root, base), fragment, block.option("drop").split())
        touched = laid.touched
        if stacks.is_stack(base):
            report = stacks.report(laid.data, profile, on)
        else:
            example = laid.data
            cited, lists = _file(root, offer) if offer else None, _registers(root, given)
            report = check(laid.data, profile=profile, on=on, offer=cited, registers=lists)
        after = _documents(report, block.id)
    known = _answers(before)
    new = tuple(
        finding
        for document in after
        for finding in document.findings
        if (finding.rule.id, finding.outcome) not in known
    )
    elsewhere = frozenset(
        finding.pointer for finding in new if touched and not touches(touched, finding.pointer)
    )
    complaints = tuple(_complaints(block, known, _answers(after), after))
    return Trial(block, new, elsewhere, _named(block, complaints), example)


def _run_catalogue(block: Block, root: Path, on: str, fragments: list[object]) -> Trial:
    """Run the records of a catalogue beside each other, each laid over a base."""
    from microcred.catalogues.beside import beside

    profile = block.option("profile") or BASE
    bases = bases_of(block)
    records = []
    for fragment, base in zip(fragments, cycle(bases), strict=False):
        if not isinstance(fragment, dict):
            raise Problem("a record isn’t made of “name: value” lines", "start with a field’s name")
        records.append(lay(_data(root, base), fragment, ()).data)
    before = tuple(one for base in bases for one in _checked(root, base, profile, on, ""))
    ready = checker(profile, on)
    after = _documents(report_of(beside(records, ready), ready), block.id)
    known, found = _answers(before), _answers(after)
    new = tuple(
        finding
        for document in after
        for finding in document.findings
        if (finding.rule.id, finding.outcome) not in known
    )
    return Trial(
        block, new, complaints=_named(block, tuple(_complaints(block, known, found, after)))
    )


def _complaints(
    block: Block, known: set[Answer], found: set[Answer], after: tuple[Checked, ...]
) -> Iterator[str]:
    promised = _PROMISED[block.promise]
    expected = set() if promised is Outcome.MET else {(id, promised) for id in block.rules}
    for id, outcome in sorted(expected & known):
        yield (
            f"promises that {id} is {_WORDS[outcome]}, but that is so in the example before the "
            "fragment is laid over it: name another :base:"
        )
    for id, _ in sorted(expected - found):
        yield f"promises that {id} is {_WORDS[promised]}, but {_really(id, after)}"
    for id, new in sorted(found - known - expected):
        yield (
            f"brings up {id} as {_WORDS[new]}, which it doesn’t promise: mend the example, "
            f"or show {id} in a block of its own"
        )
    if promised is Outcome.MET:
        for id in block.rules:
            answers = {document.outcomes.get(id) for document in after}
            if answers != {Outcome.MET} and not any((id, one) in found - known for one in Outcome):
                yield f"promises that {id} is met, but {_really(id, after)}"


def _really(id: str, documents: tuple[Checked, ...]) -> str:
    answers = {document.outcomes.get(id, Outcome.NOT_APPLICABLE) for document in documents}
    if answers <= {Outcome.NOT_APPLICABLE}:
        return "the rule found nothing to judge: show the field that it looks at"
    words = " and ".join(_WORDS[answer] for answer in sorted(answers))
    return f"it is {words}: mend the example or the rule"


def _answers(documents: tuple[Checked, ...]) -> set[Answer]:
    return {
        (finding.rule.id, finding.outcome)
        for document in documents
        for finding in document.findings
    }


def report_on(root: Path, base: str, on: str) -> Report:
    """Return the report on a base as it is: a document, or a stack."""
    if stacks.is_stack(base):
        return stacks.report(stacks.data(root, base), BASE, on)
    return check(_file(root, base), on=on)


@lru_cache(maxsize=256)
def _checked(
    root: Path, path: str, profile: str, on: str, offer: str, given: tuple[str, ...] = ()
) -> tuple[Checked, ...]:
    if stacks.is_stack(path):
        return _documents(stacks.report(_data(root, path), profile, on), path)
    cited = _file(root, offer) if offer else None
    lists = _registers(root, given)
    report = check(_file(root, path), profile=profile, on=on, offer=cited, registers=lists)
    return _documents(report, path)


def _registers(root: Path, given: tuple[str, ...]) -> list[Register]:
    return [_register(_file(root, path)) for path in given]


@lru_cache(maxsize=16)
def _register(path: Path) -> Register:
    return read_register(path)


def _documents(report: Report, name: str) -> tuple[Checked, ...]:
    for document in report.documents:
        if isinstance(document, Unread):
            raise Problem(f"{name} can’t be read: {document.message}", document.fix)
    return tuple(document for document in report.documents if isinstance(document, Checked))


@lru_cache(maxsize=256)
def _data(root: Path, path: str) -> Mapping[str, object]:
    if stacks.is_stack(path):
        return stacks.data(root, path)
    return read(_file(root, path)).data


def _file(root: Path, path: str) -> Path:
    if not (root / path).is_file():
        raise Problem(f"there is no file {path}", "name one that is there, from the project’s root")
    return root / path


def _fragment(block: Block) -> Mapping[str, object] | list[object]:
    if not block.code:
        return {}
    # Blank lines before it, so that a fault is told with its line in the page.
    text = "\n" * (block.code_line - 1) + block.code
    data, _ = load_yaml(text.encode())
    if not isinstance(data, (dict, list)):
        raise Problem("the fragment isn’t made of “name: value” lines", "start with a field’s name")
    return data


def _named(block: Block, complaints: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{{{block.promise}}} {complaint}" for complaint in complaints)
