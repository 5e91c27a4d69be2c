"""Documents in another form of JSON-LD, such as the expanded one, put into the plain names.

PyLD expands them. It is given no way to the network or to files: the contexts that the model
publishes are built from our own table of terms, and any other address stands for an empty one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from microcred.extras import lacking
from microcred.problem import Problem
from microcred.readers.elm.spelling import MARK, Spelling
from microcred.readers.elm.structure import is_text
from microcred.readers.elm.terms import context, terms
from microcred.readers.foreign import escaped

__all__ = ["Plain", "in_plain_names", "is_linked"]

Json = dict[str, Any]

# PyLD takes time with the square of what it is given, and has no bounds of its own.
MAX_NODES: Final = 20_000
MAX_TERMS: Final = 1_000  # that a document may define by itself
_KNOWN: Final = (
    "https://www.w3.org/2018/credentials/v1",
    "https://www.w3.org/ns/credentials/v2",
    "http://data.europa.eu/snb/model/context/edc-ap",
    "https://data.europa.eu/snb/model/context/edc-ap",
)


class Plain(NamedTuple):
    """A document in plain names; ``origins`` leads from its pointers to those of the file."""

    data: Json
    origins: Mapping[str, str]
    unknown: tuple[str, ...]  # addresses of contexts that nobody here knows


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
        raise lacking(
            "elm",
            "PyLD",
            "This Europass credential is in a form of JSON-LD that",
            "take the file as the issuer wrote it, with plain names such as credentialSubject",
        ) from None
    _measured(data)
    unknown: list[str] = []

    def known(address: str, _options: object) -> Json:
        if address not in _KNOWN:
            unknown.append(address)
        stands_for = context() if address in _KNOWN else {}
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": stands_for}}

    given = _marked(data, "")
    # Where a context is missing or unknown, names mean what the model says.
    options = {
        "documentLoader": known,
        "contextResolver": ContextResolver({}, known),  # what others asked for is no business here
        "expandContext": {"@context": context()},
    }
    try:
        expanded = jsonld.expand(given, options)
    except (jsonld.JsonLdError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Problem(
            f"The JSON-LD of this document can’t be read: {_reason(error)}",
            "Name the file as the issuer wrote it, or tell the issuer",
        ) from None
    written = Spelling(data)
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
    return copy if at == "" and "@graph" in node else {**copy, MARK: at}
