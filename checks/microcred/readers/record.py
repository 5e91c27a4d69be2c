"""Learner records (CLR 2.0): which credentials they hold, and what is wrong with the record.

A graph of JSON-LD can hold several credentials, too, without a record around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import Final

from microcred.credential import Fault
from microcred.readers.foreign import MOST_FAULTS, Node, escaped, top
from microcred.readers.openbadge.classes import Class, class_of
from microcred.readers.seals import sealed
from microcred.rule import not_met

__all__ = ["RULES", "beside", "faults", "members"]

_RECORD: Final = class_of(
    "@context id type name issuer credentialSubject",
    "description image partial validFrom validUntil issuanceDate expirationDate awardedDate proof "
    "credentialSchema credentialStatus refreshService termsOfUse evidence endorsement "
    "endorsementJwt holder",
)
_SUBJECT: Final = class_of("type verifiableCredential", "id identifier achievement association")
_ENDS: Final = ("sourceId", "targetId")


_CREDENTIAL: Final = ("credentialSubject", "badge")  # the keys that only a whole one has


def members(data: object, at: str) -> list[Node]:
    """Return each credential of a record, endorsements left out."""
    nodes = _top(data, at).each("credentialSubject", "verifiableCredential")
    return [
        node
        for node in nodes
        if isinstance(node.value, (dict, str)) and "EndorsementCredential" not in node.types
    ]


def beside(data: object, at: str) -> list[Node]:
    """Return each credential that stands in a graph beside others, endorsements left out."""
    return [
        node
        for node in top(data, at).each("@graph")
        if any(node.first(key) for key in _CREDENTIAL) and "EndorsementCredential" not in node.types
    ]


def _top(data: object, at: str) -> Node:
    """Return the record itself, also where it is one object of a graph."""
    whole = top(data, at)
    return next((node for node in whole.each("@graph") if "ClrCredential" in node.types), whole)


RULES: Final = frozenset({"CLR-1", "CLR-2", "CLR-3", "CLR-4", "CLR-8"})


def faults(data: object, at: str, badges: list[Node]) -> list[Fault]:
    """Return what is wrong with a record, whose badges are out of their envelopes."""
    return list(islice(_all(_top(data, at), badges), MOST_FAULTS))


def _all(root: Node, badges: list[Node]) -> Iterator[Fault]:
    yield from _keys(root, _RECORD, "record")
    for subject in root.each("credentialSubject"):
        yield from _keys(subject, _SUBJECT, "subject")
        yield from _learners(subject, badges)
        yield from _associations(subject, badges)
    if isinstance(root.value, dict) and not root.value.keys() & {"validFrom", "issuanceDate"}:
        verdict = not_met("The record has neither `validFrom` nor `issuanceDate`")
        yield Fault("CLR-2", root.at, verdict)
    proof = root.first("proof")
    if proof is not None:
        issuer = root.string("issuer", "name") or root.string("issuer", "id")
        yield sealed(proof, issuer, "CLR-8")


def _keys(node: Node, known: Class, name: str) -> Iterator[Fault]:
    value = node.value if isinstance(node.value, dict) else {}
    for key in value:
        if key in known.known or key.startswith("@"):
            continue
        near = get_close_matches(key[:60], known.known, 1, 0.7)
        verdict = not_met(
            "“{key}” is no key of the {name}",
            fix="Write `{near}`" if near else None,
            key=key,
            name=name,
            near=near[0] if near else "",
        )
        yield Fault("CLR-1", f"{node.at}/{escaped(key)}", verdict)
    # Inside of another document its context counts.
    for missing in sorted(known.needed - value.keys() - ({"@context"} if node.at else set())):
        verdict = not_met(
            "The {name} has no “{key}”", fix="Add the key `{key}`", name=name, key=missing
        )
        yield Fault("CLR-2", node.at, verdict)


def _learners(subject: Node, badges: list[Node]) -> Iterator[Fault]:
    """Yield a fault for each badge that names another person than the record does."""
    if not subject.id:
        return
    for badge in badges:
        other = badge.first("credentialSubject")
        if other is not None and other.id and other.id != subject.id:
            verdict = not_met(
                "The record is about “{learner}”, and this badge is about “{other}”",
                learner=subject.id,
                other=other.id,
            )
            yield Fault("CLR-4", f"{other.at}/id", verdict)


def _associations(subject: Node, badges: list[Node]) -> Iterator[Fault]:
    """Yield a fault for each end of an association that leads out of the record."""
    achievements = [
        *subject.each("achievement"),
        *(one for badge in badges for one in badge.each("credentialSubject", "achievement")),
    ]
    known = {node.id for node in (*achievements, *badges)}
    for association in subject.each("association"):
        for end in _ENDS:
            named = association.string(end)
            if named and named not in known:
                verdict = not_met("“{named}” is nowhere in the record", named=named)
                yield Fault("CLR-3", f"{association.at}/{end}", verdict)
