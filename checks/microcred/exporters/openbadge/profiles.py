"""The organisations of a badge: one issues it, the others are aligned."""

from __future__ import annotations

import re
import uuid

from microcred.exporters.openbadge.writing import Writing, alignment
from microcred.exporters.source import Json

__all__ = ["Profiles"]


class Profiles(Writing):
    """Organisations as profiles and alignments."""

    def _awards(self, item: str) -> bool:
        return "awarding" in (self._source.get(f"{item}/roles") or ())

    def _ordered_bodies(self) -> list[str]:
        """Return the bodies as they will be read: the issuer, then the awarding ones."""
        source = self._source
        items = source.items("/bodies")
        issuing = [item for item in items if "issuing" in (source.get(f"{item}/roles") or ())]
        awarding = [item for item in items if self._awards(item)] or items[:1]
        first = next((item for item in issuing if item in awarding), (issuing or awarding)[0])
        if source.credential.kind != "award":  # nobody issues yet: who awards, creates
            first = awarding[0]
        order = list(dict.fromkeys([first, *awarding, *items]))
        for position, item in enumerate(order):
            source.numbers[item] = f"/bodies/{position}"
        return order

    def _profile(self, item: str, roles: tuple[str, ...]) -> Json:
        source = self._source
        page = source.page(f"{item}/website", "issuer.url")
        name = source.text(f"{item}/name", "issuer.name")
        profile: Json = {
            "id": page or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
            "type": ["Profile"],
            "name": name,
        }
        if page:
            profile["url"] = page
        country = self._entry("countries", f"{item}/country")
        address: Json = {"type": ["Address"]}
        if country:
            source.keep(f"{item}/country", "issuer.address")
            address |= {"addressCountry": country.label(), "addressCountryCode": country.code}
        region = source.keep(f"{item}/region", "issuer.address.addressRegion")
        if region:
            address["addressRegion"] = str(region)
        place = source.text(f"{item}/place", "issuer.address.addressLocality")
        if place:
            address["addressLocality"] = place
        if len(address) > 1:
            profile["address"] = address
        for number in source.items(f"{item}/identifiers"):
            scheme = re.sub(r"[^A-Za-z0-9_.-]+", "-", str(source.get(f"{number}/scheme") or "id"))
            if scheme.replace("-", " ") == source.get(f"{number}/scheme"):
                source.keep(f"{number}/scheme", "issuer.otherIdentifier")
            profile.setdefault("otherIdentifier", []).append(
                {
                    "type": "IdentifierEntry",
                    "identifier": str(source.keep(f"{number}/value", "issuer.otherIdentifier")),
                    "identifierType": f"ext:{scheme}",
                }
            )
        self._tick_roles(item, roles)
        self._tick_country(item)
        return profile

    def _aligned_body(self, item: str) -> Json:
        source = self._source
        name = source.text(f"{item}/name", "alignment")
        page = source.page(f"{item}/website", "alignment")
        country = self._entry("countries", f"{item}/country")
        if country:
            source.keep(f"{item}/country", "alignment")
        self._tick_roles(item, ("awarding",))
        self._tick_country(item)
        address = page or self._anchor(name)
        return alignment("AwardingBody", name, address, country.code if country else "")

    def _tick_roles(self, item: str, known: tuple[str, ...]) -> None:
        for role in self._source.items(f"{item}/roles"):
            if self._source.get(role) in known:
                self._source.keep(role, "issuer")

    def _tick_country(self, item: str) -> None:
        """Tick off the countries and regions that the awarding bodies already state."""
        if not self._awards(item) and len(self._source.items("/bodies")) > 1:
            return
        for listed, name in (("/countries", "country"), ("/regions", "region")):
            for one in self._source.items(listed):
                if self._source.get(one) == self._source.get(f"{item}/{name}"):
                    self._source.keep(one, "issuer.address")
