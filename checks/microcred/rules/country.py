"""M3: country or region of the issuer."""

from __future__ import annotations

import re

from microcred.description import Description, Node
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import cite
from microcred.vocabularies import vocabulary


@rule(
    "M3-1",
    "State the country or region of the issuer",
    level=Level.MUST,
    element="M3",
    section="country-stated",
    basis=cite("CR22", "Annex I"),
    why="It tells the reader which system of quality assurance and recognition applies",
    fix="Add the country of each awarding body: `countries: [HR]`",
)
def stated(data: Node, description: Description) -> Verdict | None:
    if data.get("countries") or data.get("regions"):
        return None
    if any(body.get("country") or body.get("region") for body in description.awarding):
        return None
    return not_met("No country or region of the issuer is stated", at="/countries")


@rule(
    "M3-2",
    "Write countries by their codes",
    level=Level.SHOULD,
    element="M3",
    section="country-codes",
    basis=cite("ISO3166"),
    why="Software sorts and compares by code; “Europe” and “online” are no countries",
    fix="Write the two-letter code of the country in which the awarding body is established",
    at=("/countries/*", "/bodies/*/country"),
)
def country_code(country: Node, description: Description) -> Verdict | None:
    countries = vocabulary("countries")
    if countries.get(country):
        return None
    entry = countries.find(country)
    if entry:
        if country.upper() in (entry.code, entry.extra["alpha3"]) or "://" in country:
            return None
        return not_met(
            "“{country}” is the name of a country, not its code",
            fix="Write {code}",
            country=country,
            code=entry.code,
        )
    near = countries.nearest(country)
    return not_met(
        "“{country}” is no country",
        fix="Did you mean {near}?" if near else None,
        country=country,
        near=near or "",
    )


_CODE = re.compile(r"[A-Za-z]{2}-?[A-Za-z0-9]{1,4}")


@rule(
    "M3-3",
    "Write regions by their codes",
    level=Level.SHOULD,
    element="M3",
    section="region-codes",
    basis=cite("ELM", "property spatialCode"),
    why="Where education is a matter of regions, the region decides which rules apply",
    fix="Use a code of the EU's administrative units (ATU), of NUTS, or of ISO 3166-2",
    at=("/regions/*", "/bodies/*/region"),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def region_code(region: Node, description: Description) -> Verdict | None:
    regions = vocabulary("regions")
    if regions.find(region):
        return None
    near = regions.nearest(region)
    # The lists are not complete: a code of a known country may be right all the same.
    if _CODE.fullmatch(region.strip()) and region.strip()[:2].upper() in vocabulary("countries"):
        hint = "Did you mean {near}?" if near else None
        return cannot_tell("Is “{region}” a region?", fix=hint, region=region, near=near or "")
    return not_met(
        "“{region}” is no region that the lists know",
        fix="Did you mean {near}?" if near else None,
        region=region,
        near=near or "",
    )


@rule(
    "M3-4",
    "Name the countries of all awarding bodies, and no other",
    level=Level.SHOULD,
    element="M3",
    section="countries-of-bodies",
    basis=cite("ELM", "location of the awarding body"),
    why="A joint award stands under the rules of each country in which an awarding body sits",
    fix="Make `countries` the list of the countries of the awarding bodies",
    at="/countries",
)
def countries_of_bodies(stated: Node, description: Description) -> Verdict | None:
    awarding = description.awarding
    if not awarding or not all(body.get("country") for body in awarding):
        return NOT_APPLICABLE
    countries = vocabulary("countries")

    def codes(names: list[str]) -> set[str]:
        found = (countries.find(name) for name in names)
        return {entry.code if entry else name for entry, name in zip(found, names, strict=True)}

    listed = codes([country for country in stated if country])
    own = codes([body["country"] for body in awarding])
    if listed == own:
        return None
    return not_met(
        "Countries stated: {listed}; countries of the awarding bodies: {own}",
        listed=", ".join(sorted(listed)),
        own=", ".join(sorted(own)),
    )
