"""From a document of another format, signed or not, to our fields.

What is in a signed envelope is read; the signature itself is not verified here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Final, cast

from microcred.credential import Fault, Place
from microcred.problem import Problem
from microcred.readers import jws, recognise
from microcred.readers.claims import lifted
from microcred.readers.foreign import Node, Translation
from microcred.readers.formats import Loaded
from microcred.readers.seals import sealed
from microcred.readers.text import shown

__all__ = ["Part", "is_foreign", "load", "parts"]

Places = Callable[[str], Place | None]
_Translate = Callable[[object, str, Mapping[str, Node] | None], Translation]

_MOST_PARTS: Final = 500  # credentials of one learner record


@dataclass(frozen=True, slots=True)
class Part:
    """One credential of a file, or why it can't be read; those of a record are numbered."""

    found: Translation | Problem
    places: Places
    number: int = 0


def load(data: bytes) -> Loaded:
    """Return a token as the envelope that it is."""
    return data.decode("ascii", "replace"), _first_line


def _first_line(pointer: str) -> Place | None:
    return None if pointer else Place(1, 1, "line 1")


def is_foreign(data: object) -> bool:
    """Tell whether *data* is a document of another format that is read here."""
    data, _ = recognise.inside(data)
    return jws.is_envelope(data) or recognise.is_record(data) or bool(recognise.translator(data))


def parts(data: object, places: Places) -> Iterator[Part]:
    """Yield each credential of a foreign document in our fields.

    Raises:
        Problem: nothing in it can be read.
    """
    document = _Document(data, "", places)
    opened = document.opened()
    if recognise.is_record(opened.data):
        yield from _of_record(opened)
        return
    several = _in_graph(opened)
    if len(several) > 1:
        yield from _numbered(several, opened)
        return
    yield Part(opened.translation(), opened.places)


def _in_graph(opened: _Document) -> list[_Document | Problem]:
    """Return the credentials of a graph, with which other objects of it may stand."""
    if not opened.is_graph:
        return []
    from microcred.readers.record import beside

    found = _opened(beside(opened.data, opened.at), opened)
    if opened.envelope is None:
        return found
    # Who signed the graph has signed each of them.
    return [
        replace(one, envelope=opened.envelope) if isinstance(one, _Document) else one
        for one in found
    ]


def _opened(nodes: list[Node], whole: _Document) -> list[_Document | Problem]:
    if len(nodes) > _MOST_PARTS:
        raise Problem(
            f"The file holds more than {_MOST_PARTS} credentials",
            "Take the credentials out of it, and check them one by one",
        )
    # Only the objects of a graph stand beside each other; elsewhere an id alone is all there is.
    around = nodes[0].ids if nodes and whole.is_graph else None
    return [_tried(_Document(one.value, one.at, whole.places, around=around)) for one in nodes]


def _numbered(opened: list[_Document | Problem], whole: _Document) -> Iterator[Part]:
    for number, one in enumerate(opened, 1):
        yield Part(_found(one), _places(one, whole.places), number)


def _of_record(record: _Document) -> Iterator[Part]:
    from microcred.readers.record import RULES, faults, members

    nodes = members(record.data, record.at)
    if not nodes:
        raise Problem(
            "This is a learner record (CLR) without a credential in it",
            "Ask for the record with the credentials that it lists",
        )
    opened = _opened(nodes, record)
    badges = [Node(o.data, o.at, o.around) for o in opened if isinstance(o, _Document)]
    stated = faults(record.data, record.at, badges)
    if record.envelope:
        stated.append(record.seal("CLR-8", ""))
    starts = [node.at for node in nodes]
    for part, at in zip(_numbered(opened, record), starts, strict=True):
        found = part.found
        if isinstance(found, Translation):
            own = [fault for fault in stated if _stands_in(fault, at)]
            # What concerns the record as a whole is told once, with its first credential.
            if part.number == 1:
                own += [f for f in stated if not any(_stands_in(f, start) for start in starts)]
            looked_at = found.looked_at | RULES
            found = replace(found, looked_at=looked_at, faults=(*own, *found.faults))
        yield replace(part, found=found)


def _stands_in(fault: Fault, at: str) -> bool:
    return fault.pointer == at or fault.pointer.startswith(f"{at}/")


def _tried(document: _Document) -> _Document | Problem:
    try:
        named = document.data if isinstance(document.data, str) else ""
        if named and not jws.is_envelope(named):
            raise Problem(
                f"The record only names this credential, “{shown(named)}”, and nothing is fetched "
                "from the network here",
                "Open that address yourself, and put what it shows into the record, in place of "
                "the address",
            )
        return document.opened()
    except Problem as problem:
        return problem


def _found(opened: _Document | Problem) -> Translation | Problem:
    if isinstance(opened, Problem):
        return opened
    try:
        if recognise.is_record(opened.data):
            raise Problem(
                "This is a learner record inside another one", "Check the inner record by itself"
            )
        return opened.translation()
    except Problem as problem:
        return problem


def _places(opened: _Document | Problem, outside: Places) -> Places:
    return outside if isinstance(opened, Problem) else opened.places


@dataclass(frozen=True, slots=True)
class _Document:
    """A document on its way out of its envelope."""

    data: object
    at: str
    places: Places
    envelope: jws.Envelope | None = None
    moved: Mapping[str, str] | None = None
    around: Mapping[str, Node] | None = None  # what a credential may only name, by ids

    @property
    def is_graph(self) -> bool:
        """Tell whether its objects stand beside each other, and name each other by their ids."""
        return isinstance(self.data, dict) and "@graph" in self.data

    def opened(self) -> _Document:
        """Return the credential in the envelope, or the one that stands open in the document.

        Raises:
            Problem: there is nothing inside that can be read.
        """
        data, around = recognise.inside(self.data, self.at)
        if not jws.is_envelope(data):
            return replace(self, data=data, at=around)
        from microcred.readers.json import load as load_json

        envelope = jws.envelope_of(data)
        at = f"{around}{envelope.step or '/payload'}"
        if envelope.content.lstrip()[:1] != b"{":
            raise Problem("This is a signed credential (JWS) without a credential in it", jws.FIX)
        loaded, within = load_json(envelope.content)
        value = cast("dict[str, object]", loaded)
        if jws.is_envelope(value):
            raise Problem("This is a signed credential (JWS) inside another one", jws.FIX)
        if "_sd" in value or "_sd_alg" in value:
            raise Problem(jws.CHOSEN, jws.FIX)
        moved: dict[str, str] = {}
        below = ""
        if isinstance(value.get("vc"), dict):
            value, moved = lifted(value)
            below = "/vc"
        claims = {f"{at}{below}{field}": f"{at}{claim}" for field, claim in moved.items()}
        outside = self.places(around + (envelope.step or "")) or self.places(around)
        found, start = recognise.inside(value, at + below)
        return _Document(found, start, _Inside(at, within, claims, outside), envelope, claims)

    def translation(self) -> Translation:
        """Return the document in our fields.

        Raises:
            Problem: it holds no micro-credential, or is in a form that isn't read.
        """
        reader = recognise.translator(self.data)
        if not reader:
            if self.envelope is None:
                recognise.ours(self.data)  # says what else it is
            what = "This credential of the record"
            if self.envelope is not None:
                what = "This is a signed credential (JWS), and what is in it"
            raise Problem(
                f"{what} is neither a Europass credential nor an Open Badge", recognise.WRITE_IT
            )
        translate = cast("_Translate", import_module(reader).translate)
        found = translate(self.data, self.at, self.around)
        if self.envelope is None:
            return found
        rule = "OB-8" if found.format == "openbadge" else "ELM-8"
        moved = self.moved or {}
        return replace(
            found,
            origins={ours: moved.get(theirs, theirs) for ours, theirs in found.origins.items()},
            looked_at=found.looked_at | {rule},
            faults=(*found.faults, self.seal(rule, _issuer(found))),
        )

    def seal(self, rule: str, issuer: str) -> Fault:
        """Return the question that the envelope leaves."""
        unsigned = self.envelope is not None and self.envelope.unsigned
        return sealed(None, issuer, rule, unsigned=unsigned)._replace(pointer=self.at)


@dataclass(frozen=True, slots=True)
class _Inside:
    """Answers the place of what is in an envelope."""

    at: str
    within: Places
    claims: Mapping[str, str]
    outside: Place | None

    def __call__(self, pointer: str) -> Place | None:
        """Return the place of exactly that value, or None where there is none."""
        below = self.claims.get(pointer, pointer).removeprefix(self.at)
        if self.within(below) is None:
            return None
        line, column = (self.outside.line, self.outside.column) if self.outside else (None, None)
        return Place(line, column, f"in the payload, {below}" if below else "the payload")


def _issuer(found: Translation) -> str:
    bodies = found.data.get("bodies")
    for body in bodies if isinstance(bodies, list) else []:
        if "issuing" in body.get("roles", ()):
            name = body.get("name", "")
            return name if isinstance(name, str) else str(next(iter(name.values()), ""))
    return ""
