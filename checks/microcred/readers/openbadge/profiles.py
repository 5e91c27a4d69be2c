"""The organisations of a badge, each once with all its roles."""

from __future__ import annotations

from collections.abc import Iterator

from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    text,
)
from microcred.readers.openbadge.alignments import page
from microcred.readers.openbadge.values import plain
from microcred.vocabularies import vocabulary

__all__ = ["Profiles"]


class Profiles:
    """The organisations of a badge, each once with all its roles."""

    def __init__(self, language: str) -> None:
        self._listed: list[Tree] = []
        self._names: dict[object, Tree] = {}
        self._language = language

    @property
    def fields(self) -> Tree:
        """Return the bodies, and where those are that award."""
        awarding = [body for body in self._listed if "awarding" in body["roles"]]
        return {
            "bodies": self._listed,
            "countries": [body["country"] for body in awarding if body["country"]],
            "regions": [body["region"] for body in awarding if body["region"]],
        }

    @staticmethod
    def same(one: Node | None, other: Node | None) -> bool:
        """Tell whether two profiles have the same id or the same name."""
        if one is None or other is None:
            return False
        name, id = one.string("name"), one.id or str(one.value)
        return bool((name and name == other.string("name")) or id == (other.id or other.value))

    def add(self, node: Node | None, *roles: str) -> None:
        """Add a profile, or roles to one that is there."""
        if node is None:
            return
        name = text(node.first("name"), self._language)
        known = self._names.get(_key(name))
        if known is not None:
            known["roles"] += [role for role in roles if role not in known["roles"]]
            return
        address = node.first("address") or Node({}, node.at)
        code = address.first("addressCountryCode") or address.first("addressCountry")
        self._append(
            name or (node.found(node.id or node.value) if node.id or node.value else None),
            {
                "country": _country(code),
                "region": plain(address.first("addressRegion")),
                "place": plain(address.first("addressLocality")),
                "identifiers": list(_identifiers(node)),
                "website": plain(node.first("url")),
            },
            roles,
        )

    def aligned(self, one: Node, achievement: Node) -> None:
        """Add an awarding body that stands in an alignment."""
        name = text(one.first("targetName"), self._language)
        known = self._names.get(_key(name))
        if known is not None:
            known["roles"] += [role for role in ("awarding",) if role not in known["roles"]]
            return
        code = one.first("targetCode")
        self._append(
            name,
            {
                "country": _country(code),
                "region": None,
                "website": page(one, achievement),
            },
            ("awarding",),
        )

    def _append(self, name: Found | None, rest: Tree, roles: tuple[str, ...]) -> None:
        body: Tree = {"name": name, "roles": list(roles), **rest}
        self._listed.append(body)
        if name:
            self._names[_key(name)] = body


def _key(name: Found | None) -> str:
    """Return a name as it is compared: a text, or its texts in several languages."""
    return str(name.value) if name else ""


def _country(node: Node | None) -> Found | None:
    if node is None or not isinstance(node.value, str):
        return None
    entry = vocabulary("countries").find(node.value)
    return node.found(entry.code if entry else node.value)


def _identifiers(node: Node) -> Iterator[Tree]:
    for one in node.each("otherIdentifier"):
        yield {
            "scheme": one.found(
                one.string("identifierType").removeprefix("ext:").replace("-", " ")
            ),
            "value": plain(one.first("identifier")),
        }
