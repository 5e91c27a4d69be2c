"""Documents in another form of JSON-LD, such as the expanded one, put into the plain names.

PyLD expands them. It is given no way to the network or to files: the contexts that the model
publishes are built from our own table of terms, and any other address stands for an empty one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from microcred.problem import Problem
from microcred.readers.elm.structure import is_text
from microcred.readers.foreign import escaped

__all__ = ["Plain", "in_plain_names", "is_linked", "terms"]

Json = dict[str, Any]

# PyLD takes time with the square of what it is given, and has no bounds of its own.
MAX_NODES: Final = 20_000
MAX_TERMS: Final = 1_000  # that a document may define by itself
_MARK: Final = "urn:microcred:pointer"
_KNOWN: Final = (
    "https://www.w3.org/2018/credentials/v1",
    "https://www.w3.org/ns/credentials/v2",
    "http://data.europa.eu/snb/model/context/edc-ap",
    "https://data.europa.eu/snb/model/context/edc-ap",
)
_PREFIXES: Final = {
    "elm": "http://data.europa.eu/snb/model/elm/",
    "dc": "http://purl.org/dc/terms/",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "adms": "http://www.w3.org/ns/adms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "cred": "https://www.w3.org/2018/credentials#",
}


class Plain(NamedTuple):
    """A document in plain names; ``origins`` leads from its pointers to those of the file."""

    data: Json
    origins: Mapping[str, str]
    unknown: tuple[str, ...]  # addresses of contexts that nobody here knows


@lru_cache(maxsize=1)
def terms() -> dict[str, tuple[str, str]]:
    """Return the address of each term and the form of its values."""
    table = (files(__package__) / "terms.csv").read_text(encoding="utf-8")
    return {
        row["term"]: (row["address"], row["form"]) for row in csv.DictReader(table.splitlines())
    }


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {address: term for term, (address, _) in terms().items()}


def _context() -> Json:
    """Return the published context, as far as the model needs it."""
    context: Json = {"id": "@id", "type": "@type", **_PREFIXES}
    for term, (address, form) in terms().items():
        context[term] = {"@id": address}
        if form == "language":
            context[term]["@container"] = "@language"
        elif form == "@id":
            context[term]["@type"] = "@id"
    return context


def is_linked(data: object) -> bool:
    """Tell whether a document uses other names than the plain ones."""
    if isinstance(data, list):
        return True
    waiting, left = [data], MAX_NODES
    while waiting and left:
        node = waiting.pop()
        left -= 1
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if _defines_names(node.get("@context")) or any(
                ":" in key for key in node if not key.startswith("extensions:")
            ):
                return True
            waiting += [value for key, value in node.items() if key != "@context"]
    return False


def _defines_names(context: object) -> bool:
    """Tell whether a context gives other names to terms of the model, or its names to others."""
    for one in context if isinstance(context, list) else [context]:
        for name, value in one.items() if isinstance(one, dict) else ():
            address = value.get("@id") if isinstance(value, dict) else value
            own = {"id": "@id", "type": "@type"}.get(name) or terms().get(name, ("",))[0]
            if not name.startswith("@") and address != own:
                return True
    return False


def in_plain_names(data: object) -> Plain:
    """Return a document in the plain names of the model.

    Raises:
        Problem: PyLD is missing, the document is larger than what is expanded, or no JSON-LD.
    """
    try:
        from pyld import jsonld
        from pyld.context_resolver import ContextResolver
    except ImportError:
        raise Problem(
            "This Europass credential is written in a form of JSON-LD that takes the package PyLD "
            "to read, which is not installed",
            "Run “pip install microcred[elm]”, or name the file as the issuer wrote it, with plain "
            "names such as credentialSubject",
        ) from None
    _measured(data)
    unknown: list[str] = []

    def known(address: str, _options: object) -> Json:
        if address not in _KNOWN:
            unknown.append(address)
        context = _context() if address in _KNOWN else {}
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": context}}

    given = _marked(data, "")
    # Where a context is missing or unknown, names mean what the model says.
    options = {
        "documentLoader": known,
        "contextResolver": ContextResolver({}, known),  # what others asked for is no business here
        "expandContext": {"@context": _context()},
    }
    try:
        expanded = jsonld.expand(given, options)
    except (jsonld.JsonLdError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Problem(
            f"The JSON-LD of this document can’t be read: {_reason(error)}",
            "Name the file as the issuer wrote it, or tell the issuer",
        ) from None
    written = _Written(data)
    nodes = [written.node(node, f"/@graph/{n}") for n, node in enumerate(expanded)]
    return Plain({"@graph": nodes}, written.origins, tuple(dict.fromkeys(unknown)))


def _reason(error: Exception) -> str:
    code = getattr(error, "code", "") or type(error).__name__
    return f"PyLD calls it “{code}”"


def _measured(data: object) -> None:
    waiting, nodes, defined = [(data, False)], 0, 0
    while waiting:
        node, is_context = waiting.pop()
        nodes += 1
        if isinstance(node, dict):
            defined += len(node) if is_context else 0
            waiting += [(value, is_context or key == "@context") for key, value in node.items()]
        elif isinstance(node, list):
            waiting += [(item, is_context) for item in node]
        if nodes > MAX_NODES or defined > MAX_TERMS:
            what = f"{MAX_NODES:,} values" if nodes > MAX_NODES else f"{MAX_TERMS:,} terms"
            raise Problem(
                f"The document has more than {what}, which is the most that is expanded",
                "Name the file as the issuer wrote it, with plain names such as credentialSubject",
            )


def _marked(node: object, at: str) -> Any:
    """Return a copy in which each object knows its pointer."""
    if isinstance(node, list):
        return [_marked(item, f"{at}/{n}") for n, item in enumerate(node)]
    if not isinstance(node, dict):
        return node
    if is_text(node) or node.keys() & {"@list", "@set"}:
        return node
    copy = {
        key: value if key == "@context" else _marked(value, f"{at}/{escaped(key)}")
        for key, value in node.items()
    }
    return copy if at == "" and "@graph" in node else {**copy, _MARK: at}


class _Written:
    """Writes expanded JSON-LD in plain names, and remembers where each part stood."""

    def __init__(self, file: object) -> None:
        self.origins: dict[str, str] = {"": ""}
        self._file = file

    def node(self, node: Mapping[str, Any], pointer: str) -> Json:
        """Return an object with its properties under their terms."""
        marks = [one["@value"] for one in node.get(_MARK, ()) if "@value" in one]
        stood = marks[0] if marks else self._above(pointer)
        self.origins[pointer] = stood
        plain: Json = {}
        if "@id" in node:
            plain["id"] = node["@id"]
        if "@type" in node:
            plain["type"] = [_names().get(one, one) for one in node["@type"]]
        keys = self._keys(stood)
        for address, values in node.items():
            if address.startswith("@") or address == _MARK:
                continue
            term = _names().get(address, address)
            below = f"{pointer}/{escaped(term)}"
            local = keys.get(_local(address)) or keys.get(term.lower())
            self.origins[below] = f"{stood}/{escaped(local)}" if local else stood
            plain[term] = self._values(term, values, below)
        return plain

    def _above(self, pointer: str) -> str:
        while pointer not in self.origins:
            pointer = pointer.rpartition("/")[0]
        return self.origins[pointer]

    def _keys(self, at: str) -> dict[str, str]:
        """Return the keys that the file has there, by the end of their name."""
        node: Any = self._file
        for step in at.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            node = node[int(name)] if isinstance(node, list) else node[name]
        return {_local(key): key for key in node} if isinstance(node, dict) else {}

    def _values(self, term: str, values: object, pointer: str) -> object:
        listed = values if isinstance(values, list) else [values]
        items = [item for one in listed for item in _items(one)]
        if items and all("@value" in item for item in items):
            form = terms().get(term, ("", ""))[1]
            spoken = form == "language" or any("@language" in item for item in items)
            return _by_language(items) if spoken else _single([item["@value"] for item in items])
        return [
            item["@value"] if "@value" in item else self.node(item, f"{pointer}/{n}")
            for n, item in enumerate(items)
        ]


def _items(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict) and "@list" in value:
        for one in value["@list"]:
            yield from _items(one)
    elif isinstance(value, dict) and "@graph" in value and not value.keys() - {"@graph", "@id"}:
        for one in value["@graph"]:
            yield from _items(one)
    elif isinstance(value, dict):
        yield value


def _by_language(items: list[Mapping[str, Any]]) -> Json:
    found: Json = {}
    for item in items:
        language = str(item.get("@language") or "@none").lower()
        told = found.get(language)
        found[language] = (
            [*told, item["@value"]]
            if isinstance(told, list)
            else ([told, item["@value"]] if told is not None else item["@value"])
        )
    return found


def _single(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values


def _local(name: str) -> str:
    return name.replace("#", "/").replace(":", "/").rpartition("/")[2].lower()
