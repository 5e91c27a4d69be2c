"""A badge as an award, and an achievement alone as an offer."""

from __future__ import annotations

from microcred.readers.foreign import (
    Node,
    Tree,
    day,
    text,
)
from microcred.readers.openbadge.achievement import described
from microcred.readers.openbadge.alignments import aligned
from microcred.readers.openbadge.criteria import finished
from microcred.readers.openbadge.extensions import lay_extensions
from microcred.readers.openbadge.profiles import Profiles
from microcred.readers.openbadge.results import results_into
from microcred.readers.openbadge.subject import learner

__all__ = ["award", "offer"]


def offer(achievement: Node) -> Tree:
    """Return an achievement that nobody has earned yet in our fields."""
    tree = described(achievement)
    bodies = Profiles(tree["_language"])
    bodies.add(achievement.first("creator"), "awarding")
    for one in aligned(achievement, "AwardingBody"):
        bodies.aligned(one, achievement)
    tree |= {"id": achievement.id and achievement.found(achievement.id), **bodies.fields}
    return finished(tree, achievement)


def award(root: Node) -> Tree:
    """Return an issued badge in our fields."""
    subject = root.first("credentialSubject") or Node({}, root.at, root.ids)
    achievement = subject.first("achievement") or Node({}, subject.at, root.ids)
    tree = described(achievement)
    bodies = Profiles(tree["_language"])
    creator = achievement.first("creator")
    issuers = root.each("issuer")
    made_by_issuer = creator is None or any(bodies.same(one, creator) for one in issuers)
    for issuer in issuers:
        bodies.add(issuer, *(("awarding",) if made_by_issuer else ()), "issuing")
    if not made_by_issuer:
        bodies.add(creator, "awarding")
    bodies.add(subject.first("source"), "assessing")
    for one in aligned(achievement, "AwardingBody"):
        bodies.aligned(one, achievement)
    language = tree["_language"]
    tree |= {
        "id": root.id and root.found(root.id),
        "title": tree["title"] or text(root.first("name"), language),
        "learner": learner(subject),
        "issued": day(
            root.first("awardedDate") or root.first("validFrom") or root.first("issuanceDate")
        ),
        "expires": day(root.first("validUntil") or root.first("expirationDate")),
        "offer": {"id": achievement.id and achievement.found(achievement.id)},
        **bodies.fields,
    }
    points = tree["workload"]["credits"]
    earned = subject.first("creditsEarned")
    if earned is not None and not points:
        points.append({"points": earned.found(earned.value)})
    lay_extensions(tree, achievement)
    results_into(tree, subject, achievement)
    tree["information"]["documents"] = [
        one.found(one.id) for one in root.each("evidence") if one.id.startswith("http")
    ]
    return finished(tree, achievement)
