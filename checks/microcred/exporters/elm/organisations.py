"""The organisations of a document, each in full with its place and its numbers."""

from __future__ import annotations

import re
from typing import Final

from microcred.exporters.elm.concepts import NAME, ROLES, Concepts, entry_of
from microcred.exporters.source import Json
from microcred.problem import Problem

__all__ = ["Organisations"]

_NUMBERS: Final = {"VAT": "vatIdentifier", "tax": "taxIdentifier", "eIDAS": "eIDASIdentifier"}


class Organisations(Concepts):
    """Organisations by their roles."""

    def bodies(self) -> dict[str, list[Json]]:
        """Return the organisations by role.

        Raises:
            Problem: one has no country, which every organisation needs here.
        """
        source = self._source
        alone = len(source.items("/bodies")) == 1
        roles = {
            item: set(source.get(f"{item}/roles") or (["awarding"] if alone else []))
            for item in source.items("/bodies")
        }

        def rank(item: str) -> int:
            return next(
                (n for n, role in enumerate(self._roles) if role in roles[item]), len(ROLES)
            )

        # In the order in which they will be read again: awarding bodies first.
        for position, item in enumerate(sorted(roles, key=rank)):
            source.numbers[item] = f"/bodies/{position}"
        found: dict[str, list[Json]] = {role: [] for role in ROLES}
        for item in sorted(roles, key=rank):
            if rank(item) < len(ROLES):
                organisation = self._organisation(item)
                for role in self._roles:
                    if role in roles[item]:
                        found[role].append(organisation)
        self._countries(found["awarding"])
        if not found["awarding"]:
            raise Problem(
                "No body of the description has the role “awarding”",
                "Add `roles: [awarding]` to the body that awards the micro-credential",
            )
        return found

    def _organisation(self, item: str) -> Json:
        source = self._source
        name = source.texts(f"{item}/name", "legalName")
        organisation: Json = {
            "type": "Organisation",
            "legalName": name,
            "location": self._place(item, name),
        }
        short = source.get(f"{item}/id")
        if isinstance(short, str) and NAME.fullmatch(short):
            organisation["id"] = f"urn:epass:org:{source.keep(f'{item}/id', 'id')}"
            self._organisations[short] = organisation
        kind = self.listed(f"{item}/type", "body-types", "dcType", own=True)
        if kind:
            organisation["dcType"] = kind
        self._reached(item, organisation)
        for number in source.items(f"{item}/identifiers"):
            self._number(number, organisation)
        for position in source.items(f"{item}/roles"):
            if source.get(position) in self._roles:
                source.keep(position, "the property that names the organisation")
        words = self.note(item)
        if words:
            organisation["additionalNote"] = words
        return organisation

    def _reached(self, item: str, organisation: Json) -> None:
        """Add the page of an organisation, and to the first one the address for questions."""
        source = self._source
        if page := source.page(f"{item}/website", "homepage"):
            organisation["homepage"] = {"type": "WebResource", "contentURL": page}
        contact, pointer = source.get("/information/contact"), "/information/contact"
        is_mail = isinstance(contact, str) and re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", contact)
        if is_mail and pointer not in source.moved:
            source.keep(pointer, "awardingBody.contactPoint")
            organisation["contactPoint"] = self.mail(str(contact))

    def _place(self, item: str, name: dict[str, str]) -> Json:
        """Return where an organisation is.

        Raises:
            Problem: it has no country, which every organisation needs here.
        """
        source = self._source
        country = self.listed(f"{item}/country", "countries", "location.address.countryCode")
        if country is None:
            called = next(iter(name.values()), "A body")
            raise Problem(
                f"Europass needs the country of each organisation, and “{called}” has none",
                "Add `country` to the body, as a code such as FI",
            )
        address: Json = {"type": "Address", "countryCode": country}
        place = source.texts(f"{item}/place", "location.address.fullAddress")
        if place:
            address["fullAddress"] = {"type": "Note", "noteLiteral": place}
        location: Json = {"type": "Location", "address": address}
        region = self.listed(f"{item}/region", "regions", "location.spatialCode")
        if region:
            location["spatialCode"] = region
        return location

    def _countries(self, awarding: list[Json]) -> None:
        """Tick off the countries and regions that the awarding bodies already state."""
        stated = {body["location"]["address"]["countryCode"]["id"] for body in awarding}
        regions = {body["location"].get("spatialCode", {}).get("id") for body in awarding}
        for item in self._source.items("/countries"):
            entry = entry_of("countries", self._source.get(item))
            if entry and entry.uri in stated:
                self._source.keep(item, "awardingBody.location")
        for item in self._source.items("/regions"):
            entry = entry_of("regions", self._source.get(item))
            if entry and entry.uri in regions:
                self._source.keep(item, "awardingBody.location.spatialCode")

    def identifier(self, pointer: str, into: str) -> Json:
        """Return a number; with a country it is one given by law."""
        source = self._source
        number: Json = {
            "type": "Identifier",
            "notation": str(source.keep(f"{pointer}/value", into)),
        }
        scheme = source.keep(f"{pointer}/scheme", into)
        if scheme:
            number["schemeName"] = str(scheme)
        country = self.listed(f"{pointer}/country", "countries", into)
        if country:
            number |= {"type": "LegalIdentifier", "spatial": country}
        return number

    def _number(self, pointer: str, organisation: Json) -> None:
        number = self.identifier(pointer, "identifier")
        key = _NUMBERS.get(str(number.get("schemeName")), "")
        legal = "spatial" in number
        if key == "eIDASIdentifier" and legal and key not in organisation:
            organisation[key] = number
        elif key and legal and key != "eIDASIdentifier":
            organisation.setdefault(key, []).append(number)
        elif legal and "registration" not in organisation:
            organisation["registration"] = number
        else:
            organisation.setdefault("identifier", []).append(number)
