"""Badges baked into pictures: the text that a PNG or SVG carries beside what is seen.

Nothing of the picture is drawn, run or fetched; only the one text is looked for.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final
from xml.parsers import expat

from microcred.credential import Place
from microcred.problem import Problem
from microcred.readers.bounds import MAX_BYTES, MIB
from microcred.readers.formats import Loaded
from microcred.readers.jws import is_envelope

__all__ = ["load_png", "load_svg"]

# The keywords of Open Badges 2.0 and 3.0.
_KEYWORDS: Final = (b"openbadges", b"openbadgecredential")
_ELEMENTS: Final = ("assertion", "credential")
_SIGNATURE: Final = 8  # bytes in front of the first chunk
_MOST_CHUNKS: Final = 20_000
_SAVE: Final = "Download the badge again from where it was issued, and don’t edit the picture"
_NO_BADGE: Final = Problem(
    "This is a picture, and no badge is baked into it",
    "Download the badge itself from where it was issued, as a baked picture or as a JSON file",
)


def load_png(data: bytes) -> Loaded:
    """Return the badge that a PNG carries in a text chunk.

    Raises:
        Problem: there is none, more than one, or one that unpacks to more than is read.
    """
    texts = (text for kind, body in _chunks(data) if (text := _text(kind, body)) is not None)
    # Two are one too many; unpacking all of them could take any time.
    return _loaded(list(islice(texts, 2)))


def load_svg(data: bytes) -> Loaded:
    """Return the badge that an SVG carries in an element of Open Badges.

    Raises:
        Problem: there is none, more than one, or the file declares entities.
    """
    reader = _Svg()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError:
        raise Problem("The picture is damaged: its XML can’t be read", _SAVE) from None
    return _loaded(reader.found)


def _loaded(found: list[bytes]) -> Loaded:
    from microcred.readers.json import load

    texts = [text for text in found if text.strip()]
    if not texts:
        raise _NO_BADGE
    if len(texts) > 1:
        raise Problem("The picture carries several badges, and should carry one", _SAVE)
    text = texts[0].strip()
    words = text.decode("utf-8", "replace")
    if re.match(r"https?://\S+\Z", words):
        raise Problem(
            f"The picture carries only the address of its badge, “{words[:200]}”, and nothing is "
            "fetched from the network here",
            "Open that address yourself, save what it shows as a JSON file, and check that file",
        )
    if is_envelope(words):
        return words, _anywhere
    if text[:1] != b"{":
        text = _from_base64(text)
    value, within = load(text)

    def place(pointer: str) -> Place | None:
        if within(pointer) is None:
            return None
        return Place(None, None, f"in the picture, {pointer}" if pointer else "the picture")

    return value, place


def _anywhere(pointer: str) -> Place | None:
    return None if pointer else Place(None, None, "the picture")


def _from_base64(text: bytes) -> bytes:
    """Return a badge that some software writes in base64, where the format asks for JSON."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if found[:1] != b"{":
        raise Problem("The text that the picture carries is no badge", _SAVE)
    return found


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _SIGNATURE
    for _ in range(_MOST_CHUNKS):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if len(kind) < 4 or kind == b"IEND":
            return
        if len(body) < size:
            raise Problem("The picture is cut off", _SAVE)
        if kind in (b"iTXt", b"tEXt", b"zTXt"):
            check = data[at + 8 + size : at + 12 + size]
            if body.partition(b"\0")[0] in _KEYWORDS and check != _check(kind + body):
                raise Problem("The badge in the picture is damaged", _SAVE)
            yield kind, body
        at += 12 + size
    raise Problem(f"The picture has more than {_MOST_CHUNKS:,} parts, and more are not read", _SAVE)


def _check(chunk: bytes) -> bytes:
    return zlib.crc32(chunk).to_bytes(4)


def _text(kind: bytes, body: bytes) -> bytes | None:
    keyword, _, rest = body.partition(b"\0")
    if keyword not in _KEYWORDS:
        return None
    if kind == b"tEXt":
        return rest.decode("latin-1").encode()
    if kind == b"zTXt":
        return _unpacked(rest[1:])
    packed = rest[:1] == b"\1"
    _, _, words = rest[2:].partition(b"\0")  # behind the name of a language
    _, _, words = words.partition(b"\0")  # and behind the keyword in that language
    return _unpacked(words) if packed else words


def _unpacked(packed: bytes) -> bytes:
    stream = zlib.decompressobj()
    try:
        found = stream.decompress(packed, MAX_BYTES + 1)
    except zlib.error:
        raise Problem("The badge in the picture is damaged", _SAVE) from None
    if len(found) > MAX_BYTES:
        raise Problem(
            f"The text in the picture unpacks to more than {MAX_BYTES // MIB} MiB, which is the "
            "most that is read",
            _SAVE,
        )
    return found


class _Svg:
    """Takes the text of the elements of Open Badges, and nothing else."""

    def __init__(self) -> None:
        self.found: list[bytes] = []
        self._words: list[str] | None = None
        self._stated = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = _refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local in _ELEMENTS and ("openbadges" in space or "purl.imsglobal.org/ob" in space):
            self._words, self._stated = [], attributes.get("verify", "")

    def _end(self, name: str) -> None:
        if self._words is not None and name.rpartition(" ")[2] in _ELEMENTS:
            self.found.append(("".join(self._words).strip() or self._stated).encode())
            self._words = None

    def _text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)


def _refuse(*_: object) -> None:
    raise Problem("The picture declares entities of XML, and so it isn’t read", _SAVE)
