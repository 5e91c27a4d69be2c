"""From a document of another format, sealed or not, to our fields.

What is in a signed envelope (JWS) is read; the signature itself is not verified.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Final, cast

from microcred.credential import Place
from microcred.problem import Problem
from microcred.readers import recognise
from microcred.readers.foreign import Translation
from microcred.readers.formats import Loaded
from microcred.readers.seals import sealed

__all__ = ["load", "unpacked"]

Places = Callable[[str], Place | None]

_FIX: Final = "Take the credential out of the envelope with the software that issued it"
_CHOSEN: Final = (
    "This is a signed credential of which only chosen parts are shown (SD-JWT), and those are "
    "not read here"
)


def load(data: bytes) -> Loaded:
    """Return a compact JWS as the envelope that it is."""
    parts = data.decode("ascii", "replace").strip().split(".")
    if len(parts) < 3:
        raise Problem("This signed credential is cut off: it has fewer than three parts", _FIX)
    if "~" in parts[2]:
        raise Problem(_CHOSEN, _FIX)
    envelope = {"payload": parts[1], "signatures": [{"protected": parts[0]}]}
    return envelope, lambda _pointer: Place(1, 1, "line 1")


def unpacked(data: object, places: Places) -> tuple[Translation, Places]:
    """Return a foreign document in our fields, and the places of what is in it.

    Raises:
        Problem: it can't be read, or holds no micro-credential.
    """
    at, signed = "", recognise.is_signed(data)
    if signed and isinstance(data, Mapping):
        data, at, places = _inside(data, places)
    reader = recognise.translator(data)
    if not reader:
        raise Problem(
            "This is a signed credential (JWS), and what is in it is neither a Europass "
            "credential nor an Open Badge",
            "Write its content as a description; `microcred new award` shows every field",
        )
    translate = cast(Callable[[object, str], Translation], import_module(reader).translate)
    found = translate(data, at)
    if signed:
        rule = "OB-8" if found.format == "openbadge" else "ELM-8"
        seal = sealed(None, _issuer(found), rule)._replace(pointer="/payload")
        found = replace(found, looked_at=found.looked_at | {rule}, faults=(*found.faults, seal))
    return found, places


def _issuer(found: Translation) -> str:
    bodies = found.data.get("bodies")
    for body in bodies if isinstance(bodies, list) else []:
        if "issuing" in body.get("roles", ()):
            name = body.get("name", "")
            return name if isinstance(name, str) else str(next(iter(name.values()), ""))
    return ""


def _inside(data: Mapping[str, object], places: Places) -> tuple[dict[str, object], str, Places]:
    """Return the credential in a JWS, its pointer, and the places of what is in it.

    Raises:
        Problem: there is no credential inside that can be read.
    """
    from microcred.readers.json import load as load_json

    payload = data.get("payload")
    if not isinstance(payload, str):
        raise Problem("This is a signed credential (JWS) whose payload is no text", _FIX)
    content = payload.encode() if payload.lstrip()[:1] == "{" else _decoded(payload)
    value, within = load_json(content)
    at = "/payload"
    claims = value.get("vc") if isinstance(value, dict) else None
    if isinstance(claims, dict):  # credentials before 2.0 stand in a claim of the token
        value, at = claims, "/payload/vc"
    if not isinstance(value, dict):
        raise Problem("This is a signed credential (JWS) without a credential in it", _FIX)
    if "payload" in value or "signatures" in value:
        raise Problem("This is a signed credential (JWS) inside another one", _FIX)
    if "_sd" in value:
        raise Problem(_CHOSEN, _FIX)
    envelope = places("/payload")

    def place(pointer: str) -> Place | None:
        below = pointer.removeprefix("/payload")
        if within(below) is None:
            return None
        line, column = (envelope.line, envelope.column) if envelope else (None, None)
        return Place(line, column, f"in the payload, {below}" if below else "the payload")

    return value, at, place


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Problem(
            "This is a signed credential (JWS) whose payload is neither JSON nor base64url", _FIX
        ) from None
