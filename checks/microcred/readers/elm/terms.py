"""The terms of the European Learning Model: their addresses and the form of their values."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

__all__ = ["context", "names", "terms"]

Json = dict[str, Any]

_PREFIXES: Final = {
    "elm": "http://data.europa.eu/snb/model/elm/",
    "dc": "http://purl.org/dc/terms/",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "adms": "http://www.w3.org/ns/adms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "cred": "https://www.w3.org/2018/credentials#",
}


@lru_cache(maxsize=1)
def terms() -> dict[str, tuple[str, str]]:
    """Return the address of each term and the form of its values."""
    table = (files(__package__) / "terms.csv").read_text(encoding="utf-8")
    return {
        row["term"]: (row["address"], row["form"]) for row in csv.DictReader(table.splitlines())
    }


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Return the term of each address."""
    return {address: term for term, (address, _) in terms().items()}


def context() -> Json:
    """Return the published context, as far as the model needs it."""
    found: Json = {"id": "@id", "type": "@type", **_PREFIXES}
    for term, (address, form) in terms().items():
        found[term] = {"@id": address}
        if form == "language":
            found[term]["@container"] = "@language"
        elif form == "@id":
            found[term]["@type"] = "@id"
    return found
