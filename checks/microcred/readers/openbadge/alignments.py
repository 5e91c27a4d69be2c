"""Alignments of a badge: what each is about, and the member of a list that it names."""

from __future__ import annotations

from typing import Final

from microcred.readers.foreign import (
    Found,
    Node,
)
from microcred.readers.openbadge.values import plain
from microcred.vocabularies import vocabulary

__all__ = ["aligned", "kind_of_alignment", "listed", "member", "page"]


# What an alignment points to, by the beginning of its address.
_BY_ADDRESS: Final = (
    ("http://data.europa.eu/snb/eqf/", "EQF"),
    ("http://data.europa.eu/snb/qdr/", "NQF"),
    ("http://data.europa.eu/snb/education-credit/", "ECTS"),
    ("http://data.europa.eu/snb/learning-assessment/", "LearningMode"),
    ("http://data.europa.eu/snb/learning-activity/", "LearningActivity"),
    ("http://data.europa.eu/snb/learning-setting/", "LearningSetting"),
    ("http://data.europa.eu/snb/accreditation/", "QualityAssurance"),
    ("http://data.europa.eu/snb/assessment/", "AssessmentType"),
    ("http://data.europa.eu/snb/supervision-verification/", "Supervision"),
    ("http://data.europa.eu/snb/isced-f/", "ISCED-F"),
    ("http://data.europa.eu/esco/skill/", "ESCO"),
)


def kind_of_alignment(node: Node) -> str:
    """Return what an alignment is about: its own word for it, or what its address tells."""
    address = node.string("targetUrl").replace("https://data.europa.eu", "http://data.europa.eu")
    stated = node.string("targetType").removeprefix("ext:")
    if stated.endswith("Alignment") and len(stated) > len("Alignment"):
        stated = stated.removesuffix("Alignment")
    found = next((kind for base, kind in _BY_ADDRESS if address.startswith(base)), "")
    return found or stated


def aligned(node: Node, *kinds: str) -> list[Node]:
    """Return the alignments of these kinds."""
    return [one for one in node.each("alignment") if kind_of_alignment(one) in kinds]


def member(node: Node, listed: str) -> Found | None:
    """Return the code of what an alignment names, or its name where the list doesn't have it."""
    address, name = node.string("targetUrl"), node.string("targetName")
    entry = vocabulary(listed).find(address) or vocabulary(listed).find(name)
    value = entry.code if entry else name or address
    return node.found(value) if value else None


def listed(nodes: list[Node], name: str) -> Found | None:
    """Return the same for the first of several alignments."""
    return member(nodes[0], name) if nodes else None


def page(one: Node, achievement: Node) -> Found | None:
    """Return the address of an alignment, unless it names a list or the badge's own page."""
    address = one.string("targetUrl")
    if not address or address.startswith("http://data.europa.eu/snb/"):
        return None
    pages = (achievement.id, achievement.string("criteria", "id"))
    if any(page and address.startswith(f"{page}#") for page in pages):
        return None
    return plain(one.first("targetUrl"))
