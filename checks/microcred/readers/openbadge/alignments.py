"""Alignments of a badge: what each is about, and the member of a list that it names."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from microcred.readers.foreign import (
    Found,
    Node,
)
from microcred.readers.openbadge.values import plain
from microcred.vocabularies import vocabulary

__all__ = ["address_of", "aligned", "eqf_levels", "kind_of_alignment", "listed", "member", "page"]


_EQF: Final = "http://data.europa.eu/snb/eqf/"

# What an alignment points to, by the beginning of its address.
_BY_ADDRESS: Final = (
    (_EQF, "EQF"),
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
# The same by the name of the framework, as people write it.
_BY_FRAMEWORK: Final = {
    "eqf": "EQF",
    "european qualifications framework": "EQF",
    "european qualifications framework (eqf)": "EQF",
    "isced-f": "ISCED-F",
    "isced-f 2013": "ISCED-F",
}
# The page on which the portal of ESCO shows a skill, whose address stands at its end.
_PORTAL: Final = re.compile(r"https?://(?:esco\.)?ec\.europa\.eu/[^?#]*\?(?:[^#]*&)?uri=([^&#]+)")


def address_of(node: Node) -> str:
    """Return where an alignment points to, as the European lists write their addresses."""
    address = node.string("targetUrl")
    shown = _PORTAL.match(address)
    address = unquote(shown[1]) if shown else address
    return address.replace("https://data.europa.eu", "http://data.europa.eu")


def kind_of_alignment(node: Node) -> str:
    """Return what an alignment is about, as its address, its type or its framework tells."""
    address = address_of(node)
    stated = node.string("targetType").removeprefix("ext:")
    if stated.endswith("Alignment") and len(stated) > len("Alignment"):
        stated = stated.removesuffix("Alignment")
    found = next((kind for base, kind in _BY_ADDRESS if address.startswith(base)), "")
    framework = node.string("targetFramework").strip().lower()
    return found or stated or _BY_FRAMEWORK.get(framework, "")


class Levels(NamedTuple):
    """The EQF level that each part of an alignment names; empty where it names none."""

    code: str
    address: str
    name: str


def eqf_levels(one: Node) -> Levels:
    """Return the EQF levels that an alignment names, or what stands there in place of one."""
    code, address = plain(one.first("targetCode")), address_of(one)
    known = vocabulary("eqf-levels")
    named = known.find(one.string("targetName"))
    told = str(code.value) if code else ""
    entry = known.find(told)
    return Levels(
        code=entry.code if entry else told,
        address=address.removeprefix(_EQF).rstrip("/") if address.startswith(_EQF) else "",
        name=named.code if named else "",
    )


def aligned(node: Node, *kinds: str) -> list[Node]:
    """Return the alignments of these kinds."""
    return [one for one in node.each("alignment") if kind_of_alignment(one) in kinds]


def member(node: Node, listed: str) -> Found | None:
    """Return the code of what an alignment names, or its name where the list doesn't have it."""
    told = [node.string(key) for key in ("targetUrl", "targetName", "targetCode")]
    entry = next((entry for name in told if (entry := vocabulary(listed).find(name))), None)
    address, name, _ = told
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
