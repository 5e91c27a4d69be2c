"""The organisations of a credential, each once with all its roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from microcred.readers.elm.notes import Notes, short_name
from microcred.readers.elm.values import address, plain
from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    concept,
    text,
)

__all__ = ["Organisations", "identifiers"]


class Organisations:
    """The organisations of a credential, each once with all its roles."""

    def __init__(self, language: str) -> None:
        self.listed: list[Tree] = []
        self.countries: list[Found] = []
        self.regions: list[Found] = []
        self.accreditations: list[tuple[Node, str]] = []
        self._language = language
        self._nodes: list[Node] = []
        self._names: dict[str, Tree] = {}

    def add(self, node: Node, role: str) -> None:
        """Add an organisation, or a role to one that is there."""
        name = text(node.first("legalName") or node.first("prefLabel"), self._language)
        known = next((self._names[k] for k in self._known(node, name) if k in self._names), None)
        if known is not None:
            if role not in known["roles"]:
                known["roles"].append(role)
            return
        body = self._body(node, name, role)
        self.listed.append(body)
        self._nodes.append(node)
        self.accreditations += [(one, body["id"]) for one in node.each("accreditation")]
        for key in self._known(node, name):
            self._names[key] = body
        if role == "awarding":
            self._place(node, body)

    def named(self, node: Node) -> str:
        """Return the short name of a body that was added."""
        name = text(node.first("legalName") or node.first("prefLabel"), self._language)
        return next((self._names[k]["id"] for k in self._known(node, name) if k in self._names), "")

    @staticmethod
    def _known(node: Node, name: Found | None) -> list[str]:
        return [key for key in (node.id, str(name.value) if name else "") if key]

    def _place(self, node: Node, body: Tree) -> None:
        country = body["country"]
        if country and country.value not in [found.value for found in self.countries]:
            self.countries.append(country)
        regions = [concept(code, "regions") for code in node.each("location", "spatialCode")]
        self.regions += [region for region in regions if region]

    def words(self, words: Notes) -> None:
        """Take in the notes of each organisation."""
        for position, node in enumerate(self._nodes):
            words.read(node, f"Bodies {position + 1}")

    def _body(self, node: Node, name: Found | None, role: str) -> Tree:
        at = node.first("location", "address")
        return {
            "id": _named_body(node, self._language) or f"body-{len(self.listed) + 1}",
            "name": name,
            "type": concept(node.first("dcType"), "body-types"),
            "country": concept(at.first("countryCode"), "countries") if at else None,
            "region": concept(node.first("location", "spatialCode"), "regions"),
            "place": text(at.first("fullAddress", "noteLiteral"), self._language) if at else None,
            "identifiers": list(identifiers(node)),
            "website": address(node.first("homepage", "contentURL")),
            "roles": [role],
        }


def _named_body(node: Node, language: str) -> str:
    found = short_name(node, "Bodies", language)
    return str(found.value) if found else ""


_NUMBERS: Final = {
    "registration": "registration",
    "vatIdentifier": "VAT",
    "taxIdentifier": "tax",
    "eIDASIdentifier": "eIDAS",
    "nationalID": "national identity number",
    "identifier": "",
}


def identifiers(node: Node) -> Iterator[Tree]:
    """Yield the official numbers of an organisation or a person."""
    for key, scheme in _NUMBERS.items():
        for one in node.each(key):
            value = one.first("notation")
            if value is None:
                continue
            yield {
                "scheme": plain(one.first("schemeName")) or (scheme and one.found(scheme)),
                "value": plain(value),
                "country": concept(one.first("spatial"), "countries"),
            }
