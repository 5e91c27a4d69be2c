"""The parts of an office file (OPC), to be added to; what isn't touched stays as it was read."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

from microcred.annotate.markup import attribute, elements, only, with_inserted
from microcred.problem import Problem
from microcred.readers.container import Container, damaged

__all__ = ["Package"]

_TYPES: Final = "[Content_Types].xml"
_FIXED: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive can state
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EMPTY_LINKS: Final = f'<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'


class Package:
    """An office file by the names of its parts.

    Raises:
        Problem: it is damaged or passes a bound.
    """

    def __init__(self, data: bytes) -> None:
        container = Container(data)
        self._parts: dict[str, bytes] = {}
        self._infos = container.members
        for info in self._infos:
            if info.filename in self._parts:
                raise Problem(
                    f"The file holds the part “{info.filename}” twice",
                    "Open it with LibreOffice, Excel or Word, save it again, and use that file",
                )
            self._parts[info.filename] = container.read(info.filename)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __getitem__(self, part: str) -> bytes:
        if part not in self._parts:
            raise damaged()
        return self._parts[part]

    def __setitem__(self, part: str, content: bytes) -> None:
        self._parts[part] = content

    def content(self) -> bytes:
        """Return the whole file: old parts in their order, then new ones."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            known = {info.filename: info for info in self._infos}
            for name, content in self._parts.items():
                old = known.get(name)
                info = zipfile.ZipInfo(name, old.date_time if old else _FIXED)
                info.compress_type = old.compress_type if old else zipfile.ZIP_DEFLATED
                info.external_attr = old.external_attr if old else 0
                archive.writestr(info, content)
        return target.getvalue()

    # -- relationships ---------------------------------------------------------------------------

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to inside the file: by id, the last word of a type and a part.

        What lies outside of the file is left out.
        """
        links = _links(part)
        if links not in self._parts:
            return {}
        found = {}
        for one in elements(self._parts[links], {"Relationship"}):
            if one.attributes.get("TargetMode") != "External":
                aim = one.attributes.get("Target", "")
                target = posixpath.join("/", posixpath.dirname(part), aim)
                kind = one.attributes.get("Type", "").rpartition("/")[2]
                found[one.attributes.get("Id", "")] = (kind, posixpath.normpath(target).lstrip("/"))
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another one, and return the id of the reference."""
        links = _links(part)
        xml = self._parts.get(links, _EMPTY_LINKS.encode())
        taken = {one.attributes.get("Id") for one in elements(xml, {"Relationship"})}
        id = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        link = (
            f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{id}" Type="{_OFFICE}/{kind}" '
            f"Target={attribute('/' + target)}/>"
        )
        self._parts[links] = _added(xml, "Relationships", link)
        return id

    def refer_anew(self, part: str, addresses: Mapping[str, str]) -> None:
        """Let a part refer to these addresses by their ids, and to nothing else."""
        links = "".join(
            f'<Relationship Id="{id}" Type="{_OFFICE}/hyperlink" Target={attribute(address)} '
            'TargetMode="External"/>'
            for id, address in addresses.items()
        )
        self._parts.pop(_links(part), None)
        if links:
            empty = f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
            self._parts[_links(part)] = empty.encode()

    # -- types -----------------------------------------------------------------------------------

    def declare(self, part: str, kind: str) -> None:
        """State the type of a new part."""
        self._declare(f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{part}"', kind)

    def declare_ending(self, ending: str, kind: str) -> None:
        """State the type of parts with that ending, unless the file does."""
        known = elements(self[_TYPES], {"Default"})
        if ending not in {one.attributes.get("Extension", "").lower() for one in known}:
            self._declare(f'<Default xmlns="{_PACKAGE}/content-types" Extension="{ending}"', kind)

    def _declare(self, head: str, kind: str) -> None:
        self._parts[_TYPES] = _added(self[_TYPES], "Types", f'{head} ContentType="{kind}"/>')

    def unused(self, pattern: str) -> str:
        """Return the first name of a part that is not taken, such as xl/comments{n}.xml."""
        taken = {name.lower() for name in self._parts}
        names = (pattern.format(n=n) for n in range(1, len(taken) + 2))
        return next(name for name in names if name.lower() not in taken)


def _links(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _added(xml: bytes, parent: str, piece: str) -> bytes:
    root = only(xml, parent)
    return with_inserted(xml, [(root.close, piece.encode())])
