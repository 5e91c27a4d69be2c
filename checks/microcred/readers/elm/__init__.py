"""Europass credentials and learning opportunities (European Learning Model 3) to our own fields.

Only keys are read, as the published contexts name them: no ``@context`` is ever opened. Documents
in other forms of JSON-LD are put into these names first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec

from microcred.problem import Problem
from microcred.readers.elm.award import award
from microcred.readers.elm.linked import in_plain_names, is_linked
from microcred.readers.elm.offer import offer
from microcred.readers.elm.root import NEW_TERMS, has_root, root_of
from microcred.readers.elm.structure import structure
from microcred.readers.foreign import Node, Translation, by_id, settled

__all__ = ["translate"]


def translate(
    data: Mapping[str, object] | list[object],
    at: str = "",
    around: Mapping[str, Node] | None = None,
) -> Translation:
    """Return a credential of the European Learning Model as a description of ours.

    Raises:
        Problem: it holds something else than a micro-credential, or is in a form that isn't read.
    """
    # Where only a part has names of its own, the rest can be read without the package.
    if is_linked(data) and (find_spec("pyld") or not has_root(data)):
        return _linked(data, at)
    return _plain(data, at, around)


def _plain(data: object, at: str, around: Mapping[str, Node] | None = None) -> Translation:
    whole = Node(data, at)
    whole.ids = by_id(whole, around)
    root = root_of(whole)
    looked_at, faults = structure(root)
    if "EuropeanDigitalCredential" in root.types or root.first("credentialSubject"):
        kind, tree = "award", award(root)
    else:
        kind, tree = "offer", offer(root)
    found, origins = settled({"microcred": 1, "kind": kind, **tree})
    origins[""] = root.at
    return Translation(found, kind, "elm", origins, looked_at, faults)


def _linked(data: object, at: str) -> Translation:
    """Return a document whose names are not the plain ones, with the pointers of the file."""
    is_new = NEW_TERMS in _spelled(data)
    plain = None if is_new else in_plain_names(data)
    if plain is None or not has_root(plain.data):
        if plain and plain.unknown:
            raise Problem(
                f"This Europass credential uses names that “{plain.unknown[0][:200]}” explains, "
                "and no address is opened here",
                "Name the file as the issuer wrote it, with plain names such as credentialSubject",
            )
        return _plain(data, at)  # which says what else it is
    found = _plain(plain.data, "")

    def there(pointer: str) -> str:
        while pointer not in plain.origins:
            pointer = pointer.rpartition("/")[0]
        return at + plain.origins[pointer]

    return replace(
        found,
        origins={ours: there(theirs) for ours, theirs in found.origins.items()},
        faults=tuple(fault._replace(pointer=there(fault.pointer)) for fault in found.faults),
    )


def _spelled(data: object) -> str:
    """Return the names at the top of a document, to see which version of the model they are of."""
    nodes = data if isinstance(data, list) else [data]
    inside = [one for node in nodes[:20] if isinstance(node, dict) for one in _graph(node)]
    return str(
        [
            [*list(node)[:50], node.get("@type"), node.get("type")]
            for node in (*nodes[:20], *inside)
            if isinstance(node, dict)
        ]
    )


def _graph(node: Mapping[str, object]) -> list[object]:
    graph = node.get("@graph")
    return graph[:20] if isinstance(graph, list) else []
