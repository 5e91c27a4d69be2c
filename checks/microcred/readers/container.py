"""Office files are ZIP archives of XML: both are read within bounds, and nothing is unpacked.

What a member says of its own size is not believed: what comes out of it is counted while it
comes out. Document types and entities are refused, so a few bytes can't become many.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from microcred.problem import Problem

__all__ = [
    "Container",
    "Count",
    "Handler",
    "damaged",
    "is_on",
    "locked",
    "main_part",
    "needs_password",
    "parser",
]

MIB: Final = 1024 * 1024
MAX_MEMBERS: Final = 2_000
MAX_XML: Final = 40 * MIB  # of all parts that are read, unpacked
MAX_ELEMENTS: Final = 600_000  # of all parts that are read; the longest worksheet has some 20,000
MAX_DEPTH: Final = 200
_CHUNK: Final = 64 * 1024

_SAVE_AGAIN: Final = "Open it with LibreOffice, Excel or Word, save it again, and check that file"


class Handler:
    """Takes what an XML parser meets; names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the begin of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, words: str) -> None:
        """Take a piece of text."""


class Container:
    """The parts of an office file."""

    def __init__(
        self, data: bytes, most_xml: int = MAX_XML, most_elements: int = MAX_ELEMENTS
    ) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise damaged() from None
        if len(self._zip.infolist()) > MAX_MEMBERS:
            raise Problem(
                f"The file has more than {MAX_MEMBERS:,} parts, and more are not read", _SAVE_AGAIN
            )
        self._left = self._most = most_xml
        self._elements = Count(most_elements)
        self._names = set(self._zip.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        """Return what the directory of the archive says of each part, in its order."""
        return self._zip.infolist()

    def parse(self, name: str, handler: Handler) -> None:
        """Let *handler* take the XML of one part.

        Raises:
            Problem: the part is missing, damaged, encrypted or larger than what is read.
        """
        reader = parser(handler, self._elements)
        try:
            for chunk in self._chunks(name):
                reader.Parse(chunk, False)
            reader.Parse(b"", True)
        except expat.ExpatError:
            raise damaged() from None

    def read(self, name: str) -> bytes:
        """Return the bytes of one part.

        Raises:
            Problem: the part is missing, damaged, encrypted or larger than what is read.
        """
        return b"".join(self._chunks(name))

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            raise damaged() from None
        if info.flag_bits & 1:
            raise needs_password()
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()  # no office software packs in another way
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise _too_large(self._most)
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            OSError,
            RuntimeError,
            ValueError,  # of a name in a broken encoding
            struct.error,
        ):
            raise damaged() from None


class Count:
    """How many elements have been met; one part or several count together."""

    def __init__(self, most: int = MAX_ELEMENTS) -> None:
        self._met, self._most = 0, most

    def next(self) -> None:
        """Count one more.

        Raises:
            Problem: these are more than are read.
        """
        self._met += 1
        if self._met > self._most:
            raise Problem(
                f"The file has more than {self._most:,} elements of XML, and more are not read",
                "Delete what doesn’t belong to the worksheet, and save it again",
            )


def parser(handler: Handler, count: Count | None = None) -> expat.XMLParserType:
    """Return a parser of XML that hands over what it meets, and refuses document types."""
    counted = count or Count()
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        counted.next()
        if depth > MAX_DEPTH:
            raise damaged()
        handler.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_local(name))

    reader.StartElementHandler = start
    reader.EndElementHandler = end
    reader.CharacterDataHandler = handler.text
    reader.StartDoctypeDeclHandler = _refuse
    reader.EntityDeclHandler = _refuse
    return reader


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_: object) -> None:
    raise Problem(
        "The file declares a document type, which no office software writes, and isn’t read",
        _SAVE_AGAIN,
    )


def damaged() -> Problem:
    """Return the problem of a file of which a part can’t be read."""
    return Problem("The file is damaged: a part of it can’t be read", _SAVE_AGAIN)


def _too_large(most: int) -> Problem:
    return Problem(
        f"The file unpacks to more than {most // MIB} MiB, which is the most that is read",
        "Delete what doesn’t belong to the worksheet, and save it again",
    )


def needs_password() -> Problem:
    """Return the problem of a file that is encrypted."""
    return Problem(
        "The file is protected by a password, so that nothing in it can be read",
        "Save a copy without the password, and check that file",
    )


def is_on(attributes: Mapping[str, str]) -> bool:
    """Tell whether a mark of Excel or Word, such as one that strikes out, is set."""
    return attributes.get("val", "1") not in ("0", "false", "off")


def main_part(container: Container, usual: str) -> str:
    """Return the part that an office file (OPC) names as its document; *usual* where it doesn’t."""

    class Looking(Handler):
        found = ""

        def start(self, name: str, attributes: Mapping[str, str]) -> None:
            kind = attributes.get("Type", "").rpartition("/")[2]
            if name == "Relationship" and kind == "officeDocument":
                self.found = self.found or attributes.get("Target", "").lstrip("/")

    looking = Looking()
    if usual not in container and "_rels/.rels" in container:
        container.parse("_rels/.rels", looking)
    return looking.found or usual


def locked(container: Container, manifest: str) -> bool:
    """Tell whether the manifest of an OpenDocument file says that it is encrypted."""

    class Looking(Handler):
        found = False

        def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - as all
            self.found = self.found or name == "encryption-data"

    looking = Looking()
    if manifest in container:
        container.parse(manifest, looking)
    return looking.found
