"""An offer in the words of schema.org, which search engines and catalogues read."""

from __future__ import annotations

import json
from typing import Any, Final

from microcred.credential import Credential
from microcred.exporters.source import Options, Source, Step, duration
from microcred.problem import Problem
from microcred.quantities import as_number
from microcred.vocabularies import vocabulary

__all__ = ["course"]

Json = dict[str, Any]

_MODES: Final = {"online": "online", "onsite": "onsite", "blended": "blended"}


def course(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:  # noqa: ARG001 - every writer is called alike
    """Return an offer as a course that leads to a credential.

    Raises:
        Problem: the description is an award: what one learner earned is nobody else's business.
    """
    if credential.kind != "offer":
        raise Problem(
            "This is an award, and schema.org is for pages that everybody can find",
            "Convert the offer that it was made from",
        )
    source = Source(credential)
    title = source.text("/title", "name")
    providers = [_organisation(source, item) for item in source.items("/bodies")]
    outcomes = source.items("/outcomes")
    teaches = [source.text(f"{item}/statement", "teaches") for item in outcomes]
    document: Json = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": source.keep("/id", "@id"),
        "name": title,
        "description": source.text("/summary", "description") or title,
        "inLanguage": source.keep("/language", "inLanguage"),
        "url": _page(source, "/information/homepage", "url"),
        "provider": providers,
        "audience": _audience(source),
        "about": [_field(source, item) for item in source.items("/fields")],
        "teaches": teaches,
        "educationalLevel": _levels(source),
        "timeRequired": _hours(source),
        "numberOfCredits": _credits(source),
        "coursePrerequisites": source.text("/prerequisites/text", "coursePrerequisites"),
        "hasCourseInstance": _instance(source),
        "educationalCredentialAwarded": {
            "@type": "EducationalOccupationalCredential",
            "name": title,
            "credentialCategory": "micro-credential",
            "competencyRequired": teaches,
        },
    }
    full = {key: value for key, value in document.items() if value not in (None, "", [], {})}
    return json.dumps(full, ensure_ascii=False, indent=2) + "\n", source.steps()


def _page(source: Source, pointer: str, into: str) -> str:
    """Return a web address; sites make links of it, so nothing else may stand there."""
    page = source.page(pointer, into)
    if not page and source.get(pointer):
        source.leave_out(pointer, "it is no web address: write it with https:// in front")
    return page


def _organisation(source: Source, item: str) -> Json:
    kinds = source.get(f"{item}/type")
    body: Json = {
        "@type": "CollegeOrUniversity" if kinds == "higher-education" else "Organization",
        "name": source.text(f"{item}/name", "provider.name"),
    }
    if page := _page(source, f"{item}/website", "provider.url"):
        body["url"] = page
    address = {
        key: value
        for key, value in (
            ("addressCountry", source.keep(f"{item}/country", "provider.address")),
            ("addressRegion", source.keep(f"{item}/region", "provider.address")),
            ("addressLocality", source.text(f"{item}/place", "provider.address")),
        )
        if value
    }
    return body | ({"address": {"@type": "PostalAddress", **address}} if address else {})


def _audience(source: Source) -> Json | None:
    told = source.text("/audience", "audience")
    return {"@type": "EducationalAudience", "audienceType": told} if told else None


def _term(name: str, uri: str, scheme: str) -> Json:
    address = {"url": uri} if uri else {}
    return {"@type": "DefinedTerm", "name": name, **address, "inDefinedTermSet": scheme}


def _field(source: Source, item: str) -> object:
    value = str(source.keep(item, "about"))
    entry = vocabulary("isced-f").find(value)
    return _term(entry.label(), entry.uri, "ISCED-F 2013") if entry else value


def _levels(source: Source) -> Json | list[Json]:
    """Return the European level and those of national frameworks; one alone is no list."""
    found = []
    if entry := vocabulary("eqf-levels").find(str(source.get("/level/eqf"))):
        source.keep("/level/eqf", "educationalLevel")
        found.append(_term(entry.label(), entry.uri, "European Qualifications Framework"))
    for item in source.items("/level/national"):
        if source.get(f"{item}/framework") and source.get(f"{item}/level"):
            framework = source.keep(f"{item}/framework", "educationalLevel")
            level = str(source.keep(f"{item}/level", "educationalLevel"))
            term = _term(f"{framework} level {level}", "", framework)
            found.append({**term, "termCode": level})
    return found[0] if len(found) == 1 else found


def _hours(source: Source) -> str:
    hours = duration(source.get("/workload/hours"))
    if hours:
        source.keep("/workload/hours", "timeRequired")
    return hours


def _credits(source: Source) -> Json | None:
    item = "/workload/credits/0"
    points = as_number(source.get(f"{item}/points"))
    if points is None:
        return None
    source.keep(f"{item}/points", "numberOfCredits")
    system = source.keep(f"{item}/system", "numberOfCredits.unitText")
    return {"@type": "StructuredValue", "value": points, **({"unitText": system} if system else {})}


def _instance(source: Source) -> Json:
    instance: Json = {"@type": "CourseInstance"}
    mode = vocabulary("modes").find(str(source.get("/participation/mode")))
    if mode and mode.code in _MODES:
        source.keep("/participation/mode", "hasCourseInstance.courseMode")
        instance["courseMode"] = _MODES[mode.code]
    if place := source.text("/participation/place", "hasCourseInstance.location"):
        instance["location"] = place
    if languages := source.keep("/participation/languages", "hasCourseInstance.inLanguage"):
        instance["inLanguage"] = languages
    if schedule := source.text("/participation/schedule", "hasCourseInstance.description"):
        instance["description"] = schedule
    if hours := _hours(source):
        instance["courseWorkload"] = hours
    return instance
