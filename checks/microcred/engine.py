"""The engine: shape and rules over documents, and what is said of the outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final, NamedTuple, cast

from microcred.credential import Credential
from microcred.description import Description
from microcred.elements import ELEMENTS, Element, is_stated
from microcred.messages import Message
from microcred.profiles import Profile
from microcred.registers import Register
from microcred.report import Checked, Counts, Finding, Status
from microcred.rule import KINDS, NOT_APPLICABLE, WORKSHEET, Level, Outcome, Rule, Verdict
from microcred.shape import Fault, as_meant, exemplified, faults, readable, without_blanks
from microcred.walk import Hit, Path, Step, pointer, tree, walk

__all__ = ["Checker", "Document", "Hit", "Judgement", "counts", "in_order"]


class Document(NamedTuple):
    """A document that is ready for the rules: what is wrong with its form, and what they see.

    ``data`` is the whole of it, also what can't be read.
    """

    faults: tuple[Fault, ...]
    description: Description
    data: dict[str, Any]


class Judgement(NamedTuple):
    """The bare result for one document."""

    hits: list[Hit]
    description: Description  # the document as the rules saw it


class Checker:
    """Rules, profile, date and registers, made ready once for any number of documents."""

    kinds: ClassVar[frozenset[str]] = frozenset(KINDS)

    def __init__(
        self,
        rules: Iterable[Rule],
        profile: Profile,
        on: dt.date,
        registers: Sequence[Register] = (),
    ) -> None:
        given = {*profile.limits, *(["register"] if registers else [])}
        self.registers = tuple(registers)
        asked = [
            rule
            for rule in rules
            if rule.id not in profile.off and (not rule.needs or rule.needs in given)
        ]
        self.rules = tuple(rule for rule in asked if not self.kinds.isdisjoint(rule.kinds))
        self._on_answers = tuple(rule for rule in asked if WORKSHEET in rule.kinds)
        self.profile = profile
        self.on = on
        self._bits = {rule.id: 1 << position for position, rule in enumerate(self.rules)}
        self._trees: dict[str, Step] = {}
        # Rules on the shape look at no node: they are met until the schema says otherwise. Rules on
        # the structure of another format look at none either, and don't apply to ours.
        self._before = sum(
            self._bits[rule.id]
            for rule in self.rules
            if not rule.at and rule.id.startswith("SHAPE-")
        )

    def _tree(self, kind: str) -> Step:
        # Made when the first document of the kind comes: most runs see only one kind.
        if kind not in self._trees:
            rules = (rule for rule in self.rules if kind in rule.kinds)
            self._trees[kind] = tree((self._bits[rule.id], rule) for rule in rules)
        return self._trees[kind]

    def judge(
        self, data: dict[str, Any], kind: str, offer: dict[str, Any] | None = None
    ) -> Judgement:
        """Run shape and rules over plain data; an award is compared with its *offer*."""
        (judged,) = self.judge_all([self.document(data, kind, offer)])
        return judged

    def document(
        self, data: dict[str, Any], kind: str, offer: dict[str, Any] | None = None
    ) -> Document:
        """Return plain data as the rules see it, with the faults of its shape."""
        found, read = faults(data), data
        if found:
            data = without_blanks(data)
            found, read = readable(data)
        description = Description(read, kind, self.on, self.profile, offer, self.registers)
        return Document(found, description, data)

    def judge_all(self, documents: Sequence[Document]) -> list[Judgement]:
        """Run the rules over several documents: what every record pays for.

        They are walked together; so many at a time as ``microcred.walk.TOGETHER`` says cost least.
        """
        return self._judged(documents)[1]

    def _judged(self, documents: Sequence[Document]) -> tuple[int, list[Judgement]]:
        """Return the rules that were met somewhere, as bits, and what was found in each."""
        by_kind: dict[str, list[int]] = {}
        for position, document in enumerate(documents):
            by_kind.setdefault(document.description.kind, []).append(position)
        met, hits = self._before, dict[int, list[Hit]]()
        for kind, positions in by_kind.items():
            more, found = walk(
                self._tree(kind), [documents[position].description for position in positions]
            )
            met |= more
            hits.update(zip(positions, found, strict=True))
        return met, [
            Judgement(
                self._with_faults(hits[position], document) if document.faults else hits[position],
                document.description,
            )
            for position, document in enumerate(documents)
        ]

    def _with_faults(self, hits: list[Hit], document: Document) -> list[Hit]:
        """Return the faults of shape and those hits that don't only echo one of them."""
        rules = {rule.id: rule for rule in self.rules}
        kept = [
            Hit(rules[fault.rule], fault.verdict, _chain(fault.path))
            for fault in document.faults
            if fault.rule in rules
        ]
        broken = [pointer(_chain(fault.path)) for fault in document.faults if fault.spelled is None]
        touching = [_touches(hit.pointer, broken) for hit in hits]
        # What is said of a whole part may have nothing to do with what is wrong in it.
        anyway = self._anyway(document) if any(touching) else []
        for hit, touches in zip(hits, touching, strict=True):
            if not touches or (hit.rule.id, hit.pointer, hit.verdict) in anyway:
                kept.append(hit)
            elif hit.rule.level is Level.MUST:
                kept.append(hit._replace(verdict=_unreadable(hit.verdict)))
        return kept

    def _anyway(self, document: Document) -> list[tuple[str, str, Verdict]]:
        """Return what is said of parts, whatever stands in the place of what can't be read."""
        seen = document.description
        other = Description(
            exemplified(as_meant(document.data), document.faults),
            seen.kind,
            self.on,
            self.profile,
            seen.cited_offer,
            self.registers,
        )
        _, (hits,) = walk(self._tree(seen.kind), [other])
        wrong = {pointer(_chain(fault.path)) for fault in document.faults}
        # Under a name that is only misspelt stands what is missed.
        misspelt = [
            pointer(_chain(fault.path))
            for fault in document.faults
            if fault.rule == "SHAPE-unknown" and fault.verdict.fix
        ]
        return [
            (hit.rule.id, hit.pointer, hit.verdict)
            for hit in hits
            if hit.pointer not in wrong and not _touches(hit.pointer, misspelt)
        ]

    def check(self, credential: Credential, offer: Credential | None = None) -> Checked:
        """Return what the rules find in *credential*; an award is compared with its *offer*.

        Raises:
            Problem: it is a filled worksheet that nobody knows.
        """
        if credential.kind == WORKSHEET:
            return self._answers(credential)
        document = self.document(credential.data, credential.kind, offer.data if offer else None)
        met, (judged,) = self._judged([document])
        structure = self._structure(credential)
        found = [self.finding(hit, credential) for hit in judged.hits]
        findings = (*structure, *(_once(found) if credential.origins else found))
        if credential.format.startswith("worksheet-"):
            findings = _in_words(findings, credential)
        outcomes = self._outcomes(met, judged.hits)
        outcomes |= {rule.id: Outcome.MET for rule in self.rules if rule.id in credential.looked_at}
        outcomes |= {finding.rule.id: finding.outcome for finding in structure}
        return Checked(
            source=credential.source,
            format=credential.format,
            kind=credential.kind,
            title=judged.description.title,
            elements=self._statuses(credential, outcomes),
            findings=in_order(findings),
            outcomes=outcomes,
            counts=counts(findings, outcomes),
        )

    def _answers(self, credential: Credential) -> Checked:
        """Return what the rules find in a worksheet with questions of its own."""
        from microcred.worksheets.answered import Answered
        from microcred.worksheets.assessment import assess

        answered = Answered(credential.data, self.on, self.profile)
        found: list[Finding] = []
        outcomes: dict[str, Outcome] = {}
        for rule in self._on_answers:
            verdicts = list(cast("Iterator[Verdict]", rule.judge(answered)))
            hits = [
                Hit(rule, verdict, None) for verdict in verdicts if verdict is not NOT_APPLICABLE
            ]
            outcomes[rule.id] = Outcome.NOT_APPLICABLE if verdicts else Outcome.MET
            if hits:
                outcomes[rule.id] = hits[0].verdict.outcome
            found += [self.finding(hit, credential) for hit in hits]
        structure = self._structure(credential)
        found += structure
        outcomes |= {rule.id: Outcome.MET for rule in self.rules if rule.id in credential.looked_at}
        outcomes |= {finding.rule.id: finding.outcome for finding in structure}
        return Checked(
            source=credential.source,
            format=credential.format,
            kind=credential.kind,
            title=f"{answered.sheet.id} {answered.sheet.title}",
            elements={},
            findings=in_order(tuple(found)),
            outcomes=outcomes,
            counts=counts(tuple(found), outcomes),
            assessment=assess(answered),
        )

    def _level(self, rule: Rule) -> Level:
        return self.profile.levels.get(rule.id, rule.level)

    def finding(self, hit: Hit, credential: Credential) -> Finding:
        """Return what a hit says to the reader of *credential*."""
        verdict, rule = hit.verdict, hit.rule
        message = verdict.message or Message(rule.title)
        return Finding(
            rule=rule,
            level=self._level(rule),
            outcome=verdict.outcome,
            pointer=credential.origin(hit.pointer),
            place=credential.where(hit.pointer),
            message=message,
            fix=verdict.fix or Message(rule.fix, message.values),
            source=self.profile.basis if self.profile.decides(rule, message.values) else "",
        )

    def _structure(self, credential: Credential) -> tuple[Finding, ...]:
        """Return what the reader of the format found wrong with the structure of the file."""
        rules = {rule.id: rule for rule in self.rules}
        return tuple(
            Finding(
                rule=rules[fault.rule],
                level=self._level(rules[fault.rule]),
                outcome=fault.verdict.outcome,
                pointer=fault.pointer,
                place=fault.place or credential.places(fault.pointer),
                message=fault.verdict.message or Message(rules[fault.rule].title),
                fix=fault.verdict.fix or Message(rules[fault.rule].fix),
            )
            for fault in credential.faults
            if fault.rule in rules
        )

    def _outcomes(self, met: int, hits: list[Hit]) -> dict[str, Outcome]:
        """Return the worst outcome of each rule anywhere in the document."""
        outcomes = {
            rule.id: Outcome.MET if met & bit else Outcome.NOT_APPLICABLE
            for rule, bit in zip(self.rules, self._bits.values(), strict=True)
        }
        for hit in hits:
            if outcomes[hit.rule.id] is not Outcome.NOT_MET:
                outcomes[hit.rule.id] = hit.verdict.outcome
        return outcomes

    def _statuses(self, credential: Credential, outcomes: dict[str, Outcome]) -> dict[str, Status]:
        # Should and advice never change what is said of an element.
        must = [rule for rule in self.rules if self._level(rule) is Level.MUST]
        # What is there in a form that can't be read is stated all the same.
        data = without_blanks(credential.data)
        return {
            element.id: _status(
                element,
                credential.kind,
                data,
                {outcomes[rule.id] for rule in must if rule.element == element.id},
            )
            for element in ELEMENTS.values()
        }


def _chain(names: tuple[str | int, ...]) -> Path:
    path: Path = None
    for name in names:
        path = (path, name)
    return path


def _unreadable(verdict: Verdict) -> Verdict:
    """Return the verdict on an element that is stated, but not in a form that can be read."""
    return verdict._replace(message=Message(_UNREADABLE), fix=Message(_READABLE))


_UNREADABLE: Final = "Something is stated, but not in a form that can be read"
_READABLE: Final = "Mend the form first: another finding says how"


def _touches(pointer: str, broken: list[str]) -> bool:
    return any(
        pointer == other or pointer.startswith(other + "/") or other.startswith(pointer + "/")
        for other in broken
        if pointer
    )


_LEVELS: Final = list(Level)


def _order(finding: Finding) -> tuple[bool, int, int, int]:
    place = finding.place
    return (
        finding.outcome is Outcome.CANNOT_TELL,
        _LEVELS.index(finding.level),
        (place.line if place else None) or 0,
        (place.column if place else None) or 0,
    )


def _in_words(findings: tuple[Finding, ...], credential: Credential) -> tuple[Finding, ...]:
    """Return findings as whoever filled in a worksheet knows what it asks."""
    from microcred.worksheets.wording import filled_in, worded

    sheet = filled_in(credential.data, credential.kind)
    return worded(findings, sheet) if sheet else findings


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Return each finding once: what another format says in one place, ours may have in two."""
    return {(one.rule.id, one.pointer, str(one.message)): one for one in findings}.values()


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings as reports have them: questions last, weightier first, then by place."""
    return tuple(sorted(findings, key=_order))


def counts(findings: tuple[Finding, ...], outcomes: dict[str, Outcome]) -> Counts:
    """Return how often each outcome came up."""
    not_met = dict.fromkeys(Level, 0)
    for finding in findings:
        if finding.outcome is Outcome.NOT_MET:
            not_met[finding.level] += 1
    answers = list(outcomes.values())
    return Counts(
        not_met=not_met,
        cannot_tell=len(findings) - sum(not_met.values()),
        met=answers.count(Outcome.MET),
        not_applicable=answers.count(Outcome.NOT_APPLICABLE),
    )


def _status(element: Element, kind: str, data: dict[str, Any], must: set[Outcome]) -> Status:
    if kind not in element.kinds:
        return Status.NOT_APPLICABLE
    if Outcome.NOT_MET in must:
        return Status.NOT_MET
    # The level is asked for "if applicable", so silence on it is no failure either.
    may_be_silent = element.optional or element.id == "M8"
    if may_be_silent and not is_stated(element, data):
        return Status.NOT_STATED
    if Outcome.CANNOT_TELL in must:
        return Status.CANNOT_TELL
    # Where none of its rules ran, nothing can be said of a mandatory element.
    return Status.MET if must or element.optional else Status.CANNOT_TELL
