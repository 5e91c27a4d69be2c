"""Concepts that have to come from a list: whether they do, and whether they are in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from microcred.credential import Fault
from microcred.readers.foreign import Node
from microcred.rule import not_met
from microcred.vocabularies import vocabulary

__all__ = ["of_concept"]

# Where each list lives, and our copy of it.
_LISTS: Final = {
    "http://data.europa.eu/snb/eqf/": ("eqf-levels",),
    "http://data.europa.eu/snb/qdr/": ("nqf-levels", "frameworks"),
    "http://data.europa.eu/snb/education-credit/": ("credit-systems",),
    "http://data.europa.eu/snb/assessment/": ("assessment-types",),
    "http://data.europa.eu/snb/supervision-verification/": ("supervision",),
    "http://data.europa.eu/snb/learning-assessment/": ("modes",),
    "http://data.europa.eu/snb/learning-activity/": ("activity-types",),
    "http://data.europa.eu/snb/learning-opportunity/": ("opportunity-types",),
    "http://data.europa.eu/snb/learning-setting/": ("settings",),
    "http://data.europa.eu/snb/accreditation/": ("accreditation-types",),
    "http://data.europa.eu/snb/skill-type/": ("skill-types",),
    "http://data.europa.eu/snb/skill-reuse-level/": ("reuse-levels",),
    "http://data.europa.eu/snb/target-group/": ("target-groups",),
    "http://data.europa.eu/snb/isced-f/": ("isced-f",),
}
# The list that the concept of a key has to come from.
_LIST_OF_KEY: Final = {
    "eqfLevel": "http://data.europa.eu/snb/eqf/",
    "nqfLevel": "http://data.europa.eu/snb/qdr/",
    "thematicArea": "http://data.europa.eu/snb/isced-f/",
    "learningSetting": "http://data.europa.eu/snb/learning-setting/",
    "reusabilityLevel": "http://data.europa.eu/snb/skill-reuse-level/",
    "countryCode": "http://publications.europa.eu/resource/authority/country/",
    "spatial": "http://publications.europa.eu/resource/authority/country/",
    "language": "http://publications.europa.eu/resource/authority/language/",
    "primaryLanguage": "http://publications.europa.eu/resource/authority/language/",
    "relatedESCOSkill": "http://data.europa.eu/esco/skill/",
}


def of_concept(node: Node, key: str) -> Iterator[tuple[Fault | None, str]]:
    """Yield what is wrong with the concept under *key*, and the rule that asks for it."""
    wanted = _LIST_OF_KEY.get(key)
    name = node.id
    if wanted and not name.startswith(wanted):
        verdict = not_met(
            "“{name}” is not in the list that “{key}” takes its values from"
            if name
            else "“{key}” takes its values from a list, and here it has no id",
            fix="Use an address that begins with {wanted}",
            name=name,
            key=key,
            wanted=wanted,
        )
        yield Fault("ELM-3", node.at, verdict), "ELM-3"
        return
    lists = next((lists for base, lists in _LISTS.items() if name.startswith(base)), ())
    if lists and not any(vocabulary(one).find(name) for one in lists):
        verdict = not_met("“{name}” is no member of its list", name=name)
        yield Fault("ELM-3", node.at, verdict), "ELM-3"
    elif wanted and node.first("inScheme") is None:
        verdict = not_met(
            "The concept of “{key}” doesn’t say which list it is from",
            fix="Add `inScheme` with the address of the list",
            key=key,
        )
        yield Fault("ELM-3", node.at, verdict), "ELM-3"
