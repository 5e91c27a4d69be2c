"""Office files are ZIP archives of XML: both are read within bounds, and nothing is unpacked.

What a member says of its own size is not believed: what comes out of it is counted while it
comes out. Document types and entities are refused, so a few bytes can't become many.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from microcred.problem import Problem

__all__ = ["Container", "Handler", "damaged", "locked", "needs_password", "parser"]

MIB: Final = 1024 * 1024
MAX_MEMBERS: Final = 2_000
MAX_XML: Final = 40 * MIB  # of all parts that are read, unpacked
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

    def __init__(self, data: bytes, most_xml: int = MAX_XML) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise damaged() from None
        if len(self._zip.infolist()) > MAX_MEMBERS:
            raise Problem(
                f"The file has more than {MAX_MEMBERS:,} parts, and more are not read", _SAVE_AGAIN
            )
        self._left = self._most = most_xml
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
        reader = parser(handler)
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
        ):
            raise damaged() from None


def parser(handler: Handler) -> expat.XMLParserType:
    """Return a parser of XML that hands over what it meets, and refuses document types."""
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
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
