"""Open Badges 2.0, and what is left of version 1: an assertion, or a badge class alone.

A badge of these versions may only name its parts by their addresses; nothing is ever fetched.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from microcred.problem import Problem
from microcred.readers.foreign import (
    Found,
    Node,
    Translation,
    Tree,
    day,
    settled,
    text,
    top,
)
from microcred.readers.openbadge.achievement import described
from microcred.readers.openbadge.criteria import finished
from microcred.readers.openbadge.profiles import Profiles
from microcred.readers.openbadge.structure2 import structure
from microcred.readers.openbadge.values import number, plain
from microcred.readers.text import shown

__all__ = ["translate"]

_PAGE: Final = re.compile(r"https?://\S+")


def translate(
    data: Mapping[str, object], at: str = "", around: Mapping[str, Node] | None = None
) -> Translation:
    """Return a badge of version 2 as an award, or a badge class alone as an offer.

    Raises:
        Problem: it only names its description, was revoked, or is no badge but a part of one.
    """
    root = top(data, at, "badge", "criteria", around=around)
    _not_revoked(root)
    if root.first("badge") is not None:
        kind, tree = "award", _award(root, _class_of(root))
    elif root.first("criteria") is not None:
        kind, tree = "offer", _offer(root)
    else:
        raise Problem(
            "This is a part of an Open Badge (version 2) that describes no badge",
            "Name the file of the badge itself, whose type is Assertion",
        )
    looked_at, faults = structure(root)
    found, origins = settled({"microcred": 1, "kind": kind, **tree})
    origins[""] = root.at
    return Translation(found, kind, "openbadge", origins, looked_at, faults)


def _not_revoked(root: Node) -> None:
    stated = root.first("revoked")
    if stated is not None and stated.value is True:
        why = root.string("revocationReason")
        raise Problem(
            "The issuer has revoked this Open Badge"
            + (f", and says why: “{shown(why)}”" * bool(why)),
            "Ask the issuer whether another badge stands in its place, and check that",
        )


def _class_of(root: Node) -> Node:
    """Return the description that a badge holds.

    Raises:
        Problem: the badge only names it.
    """
    described_by = root.first("badge")
    if described_by is not None and isinstance(described_by.value, dict):
        return described_by
    named = root.string("badge")
    raise Problem(
        f"This Open Badge (version 2) only names its description, “{named[:200]}”, and nothing is "
        "fetched from the network here",
        "Open that address yourself, and put what it shows into the file under `badge`, in place "
        "of the address",
    )


def _offer(badge: Node) -> Tree:
    tree = _with_extensions(badge)
    bodies = Profiles(tree["_language"])
    bodies.add(badge.first("issuer"), "awarding")
    tree |= {"id": badge.id and badge.found(badge.id), **bodies.fields}
    return finished(tree, badge)


def _award(root: Node, badge: Node) -> Tree:
    tree = _with_extensions(badge)
    language = tree["_language"]
    bodies = Profiles(language)
    bodies.add(badge.first("issuer"), "awarding", "issuing")
    tree |= {
        "id": root.id and root.found(root.id),
        "learner": _learner(root),
        "issued": _date(root.first("issuedOn")),
        "expires": _date(root.first("expires")),
        "offer": {"id": badge.id and badge.found(badge.id), "version": tree.pop("version")},
        **bodies.fields,
    }
    tree["information"]["documents"] = [
        one.found(one.id or one.value)
        for one in root.each("evidence")
        if _PAGE.match(one.id or str(one.value))
    ]
    tree["information"]["note"] = text(root.first("narrative"), language)
    return finished(tree, badge)


def _date(node: Node | None) -> Found | None:
    """Return a date; version 1 also counted the seconds since 1970."""
    if node is None or isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
        return day(node)
    try:
        return node.found(dt.datetime.fromtimestamp(node.value, dt.UTC).date().isoformat())
    except (OverflowError, ValueError, OSError):
        return node.found(str(node.value))


def _learner(root: Node) -> Tree:
    learner: Tree = {
        "identifiers": [],
        # An extension that platforms use, since the format itself has no name.
        "name": text(root.first("extensions:recipientProfile", "name"), ""),
    }
    recipient = root.first("recipient")
    if recipient is None:
        return learner
    value = plain(recipient.first("identity") or recipient)
    hashed, kind = recipient.first("hashed"), recipient.string("type")
    if hashed is not None and hashed.value is True:
        learner["identifiers"].append(
            {"scheme": recipient.found(f"{kind or 'email'}, hashed"), "value": value}
        )
    elif kind == "email":
        learner["email"] = value
    elif value:
        learner["identifiers"].append({"scheme": recipient.found(kind or "id"), "value": value})
    return learner


def _with_extensions(badge: Node) -> Tree:
    """Return what a badge class says, also in the extensions that European platforms use."""
    tree = described(badge)
    spoken = badge.first("extensions:LanguageExtension", "Language") or badge.first("@language")
    if spoken is not None and isinstance(spoken.value, str):
        language = re.split(r"[_-]", spoken.value)[0].lower()
        tree = described(badge, language)
        tree["language"] = spoken.found(language)
    points = badge.first("extensions:ECTSExtension", "ECTS")
    if points is not None:
        tree["workload"]["credits"].append(
            {"system": points.found("ECTS"), "points": number(points)}
        )
    level = badge.first("extensions:EQFExtension", "EQF")
    if level is not None:
        tree["level"]["eqf"] = tree["level"]["eqf"] or number(level)
    stated = badge.first("extensions:LearningOutcomeExtension", "LearningOutcome")
    outcome = text(stated, tree["_language"])
    if outcome and not tree["outcomes"]:
        tree["outcomes"] = [{"id": "LO1", "statement": outcome}]
    return tree
