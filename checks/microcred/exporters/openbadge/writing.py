"""What every part of a badge needs: its source, ids and alignments."""

from __future__ import annotations

import json
import re
import uuid
from typing import Final

from microcred.exporters.elm.parts import Parts
from microcred.exporters.source import WEB, Json, Options, Source
from microcred.vocabularies import Entry, vocabulary

__all__ = ["ADDRESS", "Writing", "alignment"]

ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")


class Writing:
    """A description on its way into a badge."""

    def __init__(self, source: Source, options: Options) -> None:
        self._source, self._options = source, options
        self._parts = Parts(source)
        offer = source.get("/offer/id") if source.credential.kind == "award" else source.get("/id")
        named = isinstance(offer, str) and ADDRESS.fullmatch(offer)
        self._id = str(offer) if named else f"urn:uuid:{self._uuid('achievement')}"
        page = source.get("/information/homepage")
        web = isinstance(page, str) and WEB.fullmatch(page)
        # Alignments have to have an address: a place on the page of the micro-credential.
        self._page = str(page) if web else self._id

    def _uuid(self, part: str) -> uuid.UUID:
        whole = json.dumps(self._source.data, sort_keys=True, default=str)
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{part} {whole}")

    def _entry(self, listed: str, pointer: str) -> Entry | None:
        value = self._source.get(pointer)
        if value is None or isinstance(value, (list, dict, bool)):
            return None
        return vocabulary(listed).find(str(value))

    def _anchor(self, name: str) -> str:
        return f"{self._page.partition('#')[0]}#{re.sub(r'[^A-Za-z0-9._-]+', '-', name)[:40]}"


def alignment(kind: str, name: str, address: str, code: str = "") -> Json:
    """Return an alignment of a kind to an address."""
    one: Json = {
        "type": ["Alignment"],
        "targetType": f"ext:{kind}",
        "targetName": name,
        "targetUrl": address,
    }
    return one | ({"targetCode": code} if code else {})
