"""Open Badges 3.0 to our own fields; the kinds of alignment say what the format has no field for.

Only keys are read, as the specification names them: no ``@context`` is ever opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from microcred.problem import Problem
from microcred.readers.foreign import Node, Translation, settled, top
from microcred.readers.openbadge.badge import award, offer
from microcred.readers.openbadge.structure import structure

__all__ = ["translate"]


def translate(
    data: Mapping[str, object], at: str = "", around: Mapping[str, Node] | None = None
) -> Translation:
    """Return an Open Badge as a description of ours: an award, or the offer that it is made from.

    Raises:
        Problem: it certifies something else than what somebody has learned in a small volume.
    """
    root = top(data, at, "credentialSubject", "criteria", around=around)
    if root.first("credentialSubject") is None and root.first("criteria") is not None:
        kind, tree = "offer", offer(root)
    else:
        _of_learning(root)
        kind, tree = "award", award(root)
    looked_at, faults = structure(root)
    found, origins = settled({"microcred": 1, "kind": kind, **tree})
    origins[""] = root.at
    return Translation(found, kind, "openbadge", origins, looked_at, faults)


# Types of achievement, as the specification names them, that are no micro-credential.
_DEGREES: Final = frozenset(
    {
        "AssociateDegree",
        "BachelorDegree",
        "Degree",
        "DoctoralDegree",
        "MasterDegree",
        "ProfessionalDoctorate",
        "ResearchDoctorate",
        "SecondarySchoolDiploma",
    }
)
_NOT_LEARNED: Final = {
    "Membership": "that somebody is a member",
    "QualityAssuranceCredential": "the quality of an organisation",
}


def _of_learning(root: Node) -> None:
    subject = root.first("credentialSubject")
    achievement = subject.first("achievement") if subject else None
    if achievement is None:
        if subject and "AchievementSubject" in subject.types:
            return  # meant to hold one: a fault of its structure
        raise Problem(
            "This is an Open Badge without an achievement, so it doesn’t say that anybody has "
            "learned something",
            "Check a badge whose `credentialSubject` holds an `achievement`",
        )
    for what, path in (("subjects", ()), ("achievements", ("achievement",))):
        count = len(root.each("credentialSubject", *path))
        if count > 1:
            raise Problem(
                f"This Open Badge has {count} {what}, and a badge of version 3 has one",
                "Issue a badge for each of them; a learner record (CLR) holds several badges",
            )
    kind = achievement.string("achievementType")
    if kind in _DEGREES or kind in _NOT_LEARNED:
        certifies = _NOT_LEARNED.get(kind, "a whole degree or diploma")
        raise Problem(
            f"This Open Badge certifies {certifies} ({kind}), so it is no micro-credential",
            "Check a badge for a small volume of learning, whose type is MicroCredential",
        )
