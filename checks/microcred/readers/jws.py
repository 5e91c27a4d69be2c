"""Signed envelopes (JWS) of credentials: what is in them, and what their header claims.

Nothing is verified here. An envelope may be written in JSON, as Europass seals, in compact form
with points between its parts, or as the data address of an enveloped credential.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from microcred.problem import Problem

__all__ = ["CHOSEN", "FIX", "Envelope", "envelope_of", "is_envelope"]

FIX: Final = "Take the credential out of the envelope with the software that issued it"
CHOSEN: Final = (
    "This is a signed credential of which only chosen parts are shown (SD-JWT), and those are "
    "not read here"
)
_COMPACT: Final = re.compile(r"\s*eyJ[\w-]*\.")
_DATA: Final = "data:application/"
_LONGEST_HEADER: Final = 200_000  # characters; one with a chain of certificates has some 10,000


@dataclass(frozen=True, slots=True)
class Envelope:
    """The content of an envelope; ``step`` leads from the envelope to the text that holds it."""

    content: bytes
    algorithm: str
    step: str = ""

    @property
    def unsigned(self) -> bool:
        """Tell whether the header itself says that nobody has signed."""
        return self.algorithm.lower() == "none"


def is_envelope(value: object) -> bool:
    """Tell whether *value* is a signed envelope."""
    if isinstance(value, str):
        return _COMPACT.match(value[:2_000]) is not None
    if not isinstance(value, dict) or "microcred" in value:
        return False
    if "payload" in value and ("signatures" in value or "signature" in value):
        return True
    return _address(value).startswith(_DATA)


def envelope_of(value: object) -> Envelope:
    """Return what is in an envelope.

    Raises:
        Problem: it is cut off, or shows only chosen parts of a credential.
    """
    if isinstance(value, str):
        return _compact(value)
    if not isinstance(value, Mapping):
        raise Problem("This is no signed credential (JWS)", FIX)
    if "payload" not in value:
        kind, comma, text = _address(value).partition(",")
        if "sd-jwt" in kind:
            raise Problem(CHOSEN, FIX)
        if not comma or not _COMPACT.match(text):
            raise Problem("This enveloped credential is in a form that is not read", FIX)
        found = _compact(text)
        return Envelope(found.content, found.algorithm, "/id")
    payload = value["payload"]
    if not isinstance(payload, str):
        raise Problem("This is a signed credential (JWS) whose payload is no text", FIX)
    content = payload.encode() if payload.lstrip()[:1] == "{" else _decoded(payload)
    signatures = value.get("signatures")
    first = signatures[0] if isinstance(signatures, list) and signatures else value
    header = first.get("protected") if isinstance(first, dict) else None
    return Envelope(content, _algorithm(header), "/payload")


def _address(value: Mapping[str, object]) -> str:
    stated = value.get("type")
    types = stated if isinstance(stated, list) else [stated]
    address = value.get("id")
    return address if "EnvelopedVerifiableCredential" in types and isinstance(address, str) else ""


def _compact(text: str) -> Envelope:
    parts = text.strip().split(".")
    if len(parts) < 3:
        raise Problem("This signed credential is cut off: it has fewer than three parts", FIX)
    if "~" in parts[2]:
        raise Problem(CHOSEN, FIX)
    return Envelope(_decoded(parts[1]), _algorithm(parts[0]))


def _algorithm(header: object) -> str:
    if not isinstance(header, str) or len(header) > _LONGEST_HEADER:
        return ""
    try:
        stated = json.loads(_decoded(header))
    except (Problem, ValueError, RecursionError):
        return ""
    found = stated.get("alg") if isinstance(stated, dict) else ""
    return found if isinstance(found, str) else ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Problem(
            "This is a signed credential (JWS) whose payload is neither JSON nor base64url", FIX
        ) from None
