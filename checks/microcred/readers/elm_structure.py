"""What is wrong with the structure of a Europass document, by its own format's tables.

JSON-LD drops what it doesn't know without a word, so a slip in a name loses what stands there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from microcred.credential import Fault
from microcred.readers.foreign import Node, escaped
from microcred.rule import Verdict, cannot_tell, not_met
from microcred.vocabularies import vocabulary

__all__ = ["structure"]

MOST_FAULTS: Final = 200  # enough to work through in a week; a hostile file could have more

_STATED: Final = frozenset({"id", "type", "@id", "@type", "@context"})
_UNTYPED: Final = frozenset({"credentialSchema", "credentialStatus", "proof", "termsOfUse"})
_UNLISTED: Final = frozenset(
    {
        "CredentialStatus",
        "Proof",
        "ShaclValidator2017",
        "Specification",
        "TermsOfUse",
        "VerifiableCredential",
    }
)

_DURATIONS: Final = frozenset({"volumeOfLearning", "maximumDuration", "workload", "duration"})
_DURATION: Final = re.compile(
    r"P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
)
_EFFORT: Final = frozenset({"volumeOfLearning", "workload"})
_LONG: Final = re.compile(r"P(\d+Y)?(\d+M)")  # years and months, which are calendar time
_DATES: Final = frozenset(
    {
        "issued",
        "issuanceDate",
        "validFrom",
        "validUntil",
        "expirationDate",
        "awardingDate",
        "dateOfBirth",
        "dateIssued",
        "expiryDate",
        "reviewDate",
        "startDate",
        "endDate",
    }
)
_DATE_TIME: Final = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})"
)
_POINT: Final = re.compile(r"\d+([.,]\d+)?")

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


class _Class(NamedTuple):
    needed: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=1)
def _classes() -> dict[str, _Class]:
    table = (files("microcred") / "readers" / "elm-classes.csv").read_text(encoding="utf-8")
    return {
        row["class"]: _Class(
            frozenset(row["needed"].split()),
            frozenset(row["needed"].split()) | frozenset(row["other"].split()),
        )
        for row in csv.DictReader(table.splitlines())
    }


def structure(root: Node) -> tuple[frozenset[str], tuple[Fault, ...]]:
    """Return the rules that had something to judge, and what they found."""
    looked_at = {"ELM-1", "ELM-2", "ELM-3", "ELM-4", "ELM-8"}
    found: list[Fault] = []
    for fault, rule in _walked(root):
        looked_at.add(rule)
        if fault is not None:
            found.append(fault)
        if len(found) == MOST_FAULTS:
            break
    return frozenset(looked_at), tuple(found)


Told = tuple[Fault | None, str]


def _walked(root: Node) -> Iterator[Told]:
    waiting: list[tuple[Node, str]] = [(root, "")]
    while waiting:
        node, key = waiting.pop()
        if not isinstance(node.value, dict):
            if isinstance(node.value, list):
                waiting += reversed(
                    [(Node(item, f"{node.at}/{n}"), key) for n, item in enumerate(node.value)]
                )
            elif key:
                yield from _of_value(node, key)
            continue
        if _is_text(node.value):
            continue
        if node.value.keys() <= _STATED and node.id in root.ids:
            continue  # the object stands elsewhere, and this only names it
        yield from _of_object(node, key)
        waiting += reversed(
            [
                (Node(value, f"{node.at}/{escaped(name)}"), name)
                for name, value in node.value.items()
                if name != "@context" and name not in _UNTYPED
            ]
        )
    if root.first("proof") is not None:
        yield sealed(root.first("proof"), issuer_of(root)), "ELM-8"


def issuer_of(root: Node) -> str:
    """Return the name of the issuer, as the credential states it."""
    name = root.first("issuer", "legalName")
    if name is None or not isinstance(name.value, dict):
        return root.string("issuer", "id") or root.string("issuer")
    return next((value for value in name.value.values() if isinstance(value, str)), "")


def sealed(node: Node | None, issuer: str, rule: str = "ELM-8") -> Fault:
    """Return the question that a seal leaves, since it is read here and not verified."""
    done, mark = ("sealed", "seal") if rule.startswith("ELM") else ("signed", "signature")
    by = f"The file is {done}" + (" in the name of “{issuer}”" if issuer else "")
    question = f"{by}, and the {mark} was not verified here: does a verifier confirm it?"
    return Fault(rule, node.at if node else "", cannot_tell(question, issuer=issuer))


_LANGUAGE: Final = re.compile(r"(@none|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)")


def _is_text(value: dict[str, object]) -> bool:
    return "@value" in value or (
        bool(value)
        and all(_LANGUAGE.fullmatch(key) for key in value)
        and not any(isinstance(below, dict) for below in value.values())
        and not value.keys() & {"id", "type"}
    )


def _of_object(node: Node, key: str) -> Iterator[Told]:
    classes, types = _classes(), node.types
    value = node.value if isinstance(node.value, dict) else {}
    if not types:
        # What has nothing but an id only names another object.
        if value.keys() - _STATED:
            told = not_met("“{key}” has no type", key=key or "The credential")
            yield Fault("ELM-4", node.at, told), "ELM-4"
        return
    for unknown in sorted(types - classes.keys() - _UNLISTED):
        near = get_close_matches(unknown, classes, 1, 0.7)
        fix = "Write {near}" if near else None
        verdict = not_met(
            "The type “{type}” doesn’t exist in the European Learning Model",
            fix=fix,
            type=unknown,
            near=near[0] if near else "",
        )
        yield Fault("ELM-4", f"{node.at}/type", verdict), "ELM-4"
    known = [classes[name] for name in sorted(types) if name in classes]
    if not known:
        return
    name = next(one for one in sorted(types) if one in classes)
    names = frozenset().union(*(one.known for one in known))
    yield from _keys(node.at, value, names, name)
    for missing in sorted(frozenset().union(*(one.needed for one in known)) - value.keys()):
        verdict = not_met(
            "The {type} has no “{key}”", fix="Add the key `{key}`", type=name, key=missing
        )
        yield Fault("ELM-2", node.at, verdict), "ELM-2"
    if "Concept" in types:
        yield from _of_concept(node, key)


def _keys(at: str, value: dict[str, object], names: frozenset[str], kind: str) -> Iterator[Told]:
    for key in value:
        if key in _STATED or key in names:
            continue
        near = get_close_matches(key[:60], names, 1, 0.7)
        verdict = not_met(
            "A {type} has no key “{key}”, so other software drops what stands there",
            fix="Write `{near}`" if near else None,
            type=kind,
            key=key,
            near=near[0] if near else "",
        )
        yield Fault("ELM-1", f"{at}/{escaped(key)}", verdict), "ELM-1"


def _of_concept(node: Node, key: str) -> Iterator[Told]:
    wanted = _LIST_OF_KEY.get(key)
    name = node.id
    if wanted and not name.startswith(wanted):
        verdict = not_met(
            "“{name}” is not in the list that “{key}” takes its values from",
            fix="Use an address that begins with {wanted}",
            name=name or "a concept without an id",
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


def _of_value(node: Node, key: str) -> Iterator[Told]:
    value = node.value
    if key in _DURATIONS:
        yield _told("ELM-5", node, _duration(key, value)), "ELM-5"
    elif key == "point":
        wrong = not (isinstance(value, str) and _POINT.fullmatch(value.strip()))
        number = isinstance(value, (int, float))
        verdict = not_met(
            "The points are “{value}”", fix=f'Write "{value}"' if number else None, value=value
        )
        yield _told("ELM-6", node, verdict if wrong else None), "ELM-6"
    elif key in _DATES:
        wrong = not (isinstance(value, str) and _DATE_TIME.fullmatch(value))
        verdict = not_met("“{key}” is “{value}”", key=key, value=value)
        yield _told("ELM-7", node, verdict if wrong else None), "ELM-7"


def _told(rule: str, node: Node, verdict: Verdict | None) -> Fault | None:
    return Fault(rule, node.at, verdict) if verdict else None


def _duration(key: str, value: object) -> Verdict | None:
    if not isinstance(value, str) or not _DURATION.fullmatch(value):
        return not_met("“{value}” is no duration", value=value)
    if key in _EFFORT and _LONG.fullmatch(value):
        hours = "PT" + value.removeprefix("P").replace("M", "H")
        fix = "Write {hours}, if hours are meant" if "Y" not in value else None
        return not_met("“{value}” means calendar months", fix=fix, value=value, hours=hours)
    return None
