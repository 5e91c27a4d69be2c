"""M3: country or region of the issuer."""

from __future__ import annotations

import re
from functools import lru_cache

from microcred.description import Description, Node
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import cite
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import RECENT, key


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
    at=(
        "/countries/*",
        "/bodies/*/country",
        "/bodies/*/identifiers/*/country",
        "/level/national/*/country",
        "/learner/nationality",
        "/learner/identifiers/*/country",
    ),
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
            "“{country}” is not the ISO code of {name}",
            fix="Write {code}",
            country=country,
            name=entry.label(),
            code=entry.code,
        )
    region = vocabulary("regions").find(country)
    if region:
        return not_met(
            "“{country}” is a region, not a country",
            fix="Write {code} here, and the region under `regions`",
            country=country,
            code=region.extra["country"],
        )
    # Two or three letters are near to any code, so that a guess would mislead.
    near = countries.find(countries.nearest(country)) if len(country) > 3 else None
    return not_met(
        "“{country}” is no country",
        fix="Did you mean {name}? Write {code}" if near else None,
        country=country,
        name=near.label() if near else "",
        code=near.code if near else "",
    )


_CODE = re.compile(r"[A-Z]{2}-?[A-Z0-9]{1,4}")


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
    entry = regions.find(region)
    if entry:
        if key(region) == key(entry.code) or "://" in region:
            return None
        return not_met(
            "“{region}” is the name of a region, not its code",
            fix="Write {code}",
            region=region,
            code=entry.code,
        )
    code = region.strip().upper()
    # The lists are not complete: a code of a known country may be right all the same.
    if _CODE.fullmatch(code) and code[:2] in vocabulary("countries"):
        near = regions.nearest(region) or ""
        hint = "Did you mean {near}?" if near[:2] == code[:2] else None
        return cannot_tell(
            "Is “{region}” the code of a region? The lists don't have it",
            fix=hint,
            region=region,
            near=near,
        )
    return not_met("“{region}” is no code of a region", region=region)


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
    listed = _codes(tuple(filter(None, stated)))
    own = _codes(tuple(body["country"] for body in awarding))
    if not listed or not own:
        return NOT_APPLICABLE  # what is no country is told where it stands
    if listed == own:
        return None
    return not_met(
        "Countries stated: {listed}; countries of the awarding bodies: {own}",
        listed=", ".join(sorted(listed)),
        own=", ".join(sorted(own)),
    )


# Many records name the same countries.
@lru_cache(maxsize=RECENT)
def _codes(names: tuple[str, ...]) -> frozenset[str]:
    """Return the codes of countries, or nothing where one of them is no country."""
    found = [vocabulary("countries").find(name) for name in names]
    codes = frozenset(entry.code for entry in found if entry)
    return codes if all(found) else frozenset()
