"""Every kind of source becomes a file with one record a line, so that all go one way.

JSON lines are taken as they are. Everything else is written into the folder of the run, each
line with the place of the record in its source.
"""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from microcred.catalogues.arrays import ENVELOPE, elements
from microcred.catalogues.records import dumps, loads
from microcred.catalogues.streams import opened_source
from microcred.catalogues.tables.grids import MOST_BYTES, Grid, csv_grid, workbook_grids
from microcred.catalogues.tables.headings import Headed, headed, left_out, no_headings
from microcred.catalogues.tables.mapping import ColumnMap, told
from microcred.catalogues.tables.reading import Row, records
from microcred.messages import named
from microcred.problem import Problem
from microcred.readers import bounds, read
from microcred.readers.files import PASSING, SUFFIXES
from microcred.readers.formats import format_of
from microcred.readers.text import shown

__all__ = ["Prepared", "as_lines", "grids_of", "introduced", "prepared", "tables_of"]

_SPOOL: Final = "records.jsonl"
_CHUNK: Final = 1024 * 1024
_FORSAKEN: Final = 3600  # seconds after which nobody writes any more to a file
_PEEKED: Final = 64 * 1024
_MOST_MEMBERS: Final = 200_000
_WORKBOOKS: Final = ("worksheet-xlsx", "worksheet-ods")
_TABLES: Final = (".csv", ".tsv", ".txt")

Json = dict[str, Any]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file with one record a line; *wrapped* if each line begins with its place."""

    path: Path
    wrapped: bool


def prepared(source: str, folder: Path, mapping: ColumnMap, tell: Tell) -> Prepared:
    """Return the records of *source* as a file of lines.

    Raises:
        Problem: the source can't be read.
    """
    if source != "-" and Path(source).is_dir():
        return _spooled(folder, _of_folder(Path(source), tell))
    with opened_source(source) as stream:
        start = stream.peek(_PEEKED)[:_PEEKED]  # type: ignore[attr-defined] # buffered
        if _is_lines(start):
            if source != "-" and not _is_packed(source):
                return Prepared(Path(source).resolve(), wrapped=False)
            return _copied(folder, stream)
        return _spooled(folder, _lines_of(source, stream, start, mapping, tell))


def _is_packed(source: str) -> bool:
    with Path(source).open("rb") as stream:
        return stream.read(4).startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd"))


def _is_lines(start: bytes) -> bool:
    """Tell whether each line is a record: the first is a whole one, or begins as one."""
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{") or ENVELOPE.match(start):
        return False
    first, end, _ = start.partition(b"\n")
    if not end:
        # One record alone, in one line, or a first record that is longer than what was looked at.
        return True
    if not first.rstrip().endswith(b"}"):
        return False
    try:
        return isinstance(loads(first.strip()), dict)
    except ValueError:
        return b'":' in first and first.count(b"{") == first.count(b"}")


def _copied(folder: Path, stream: BinaryIO) -> Prepared:
    path = _beside(folder)
    try:
        with path.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                out.write(chunk)
        return Prepared(_settled(path, folder), wrapped=False)
    finally:
        path.unlink(missing_ok=True)


def _beside(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f".{_SPOOL}.*"):  # of a process that was killed
            if time.time() - left.stat().st_mtime > _FORSAKEN:
                left.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(
            f"The folder “{folder}” can’t be written: {error.strerror}", "Name another with --run"
        ) from None
    return folder / f".{_SPOOL}.{os.getpid()}"


def _settled(path: Path, folder: Path) -> Path:
    path.replace(folder / _SPOOL)
    return (folder / _SPOOL).resolve()


def _spooled(folder: Path, lines: Iterator[bytes]) -> Prepared:
    path = _beside(folder)
    try:
        with path.open("wb") as out:
            out.writelines(lines)
        return Prepared(_settled(path, folder), wrapped=True)
    finally:
        path.unlink(missing_ok=True)


def as_lines(rows: Iterator[Row]) -> Iterator[bytes]:
    """Yield rows of a table as lines, each with its place and the cells of its values."""
    for row in rows:
        if row.problem:
            yield _unread(row.place, row.problem)
        else:
            yield b"\t".join((row.place.encode(), dumps(row.data), dumps(row.cells))) + b"\n"


def _unread(place: str, problem: Problem) -> bytes:
    message, fix = (" ".join(text.split()) for text in (problem.message, problem.fix))
    return f"{_one_line(place)}\t!{message}\t{fix}\n".encode("utf-8", "replace")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines_of(
    source: str, stream: BinaryIO, start: bytes, mapping: ColumnMap, tell: Tell
) -> Iterator[bytes]:
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare:
        return
    envelope = ENVELOPE.match(start.removeprefix(b"\xef\xbb\xbf"))
    if bare.startswith(b"[") or envelope:
        mark = 3 if start.startswith(b"\xef\xbb\xbf") else 0
        skipped = mark + (envelope.end() if envelope else 0)
        yield from _of_array(elements(stream, skipped, in_envelope=envelope is not None))
    elif bare.startswith(b"PK"):
        yield from _of_container(source, stream, mapping, tell)
    elif _is_table(source, bare):
        yield from _of_tables([csv_grid(stream, mapping.encoding)], mapping, tell)
    else:
        yield _of_file(Path(source).name or "record", stream.read(bounds.MAX_BYTES + 1))


def _is_table(source: str, start: bytes) -> bool:
    name = source.lower().removesuffix(".gz").removesuffix(".zst")
    if name.endswith(_TABLES):
        return True
    if name.endswith(SUFFIXES) or start[:1] in (b"{", b"<"):
        return False
    line = start.partition(b"\n")[0]
    return max(map(line.count, (b",", b";", b"\t"))) >= 2


def _of_array(found: Iterator[bytes | None]) -> Iterator[bytes]:
    number = 0
    try:
        for number, element in enumerate(found, 1):
            if element is None:
                yield _unread(f"record {number}", bounds.record_too_large())
            else:
                yield f"record {number}\t".encode() + element + b"\n"
    except Problem as problem:
        yield _unread(f"after record {number}", problem)


def _of_container(source: str, stream: BinaryIO, mapping: ColumnMap, tell: Tell) -> Iterator[bytes]:
    """Yield what an office file or an archive holds; which it is stands at its end."""
    data = stream.read(MOST_BYTES + 1)
    kind = format_of(data, source).id
    if kind == "zip" and source != "-":
        yield from _of_zip(Path(source), tell)
    elif len(data) > MOST_BYTES:
        raise bounds.too_large(MOST_BYTES)
    elif kind in _WORKBOOKS:
        yield from _of_tables(workbook_grids(data, is_ods=kind == "worksheet-ods"), mapping, tell)
    elif kind == "zip":
        yield from _of_zip(io.BytesIO(data), tell)
    else:
        yield _of_file(Path(source).name, data)


def _of_tables(grids: list[Grid], mapping: ColumnMap, tell: Tell) -> Iterator[bytes]:
    tables = tables_of(grids, mapping)
    if unused := mapping.unused(column for table in tables for column in table.columns):
        tell(f"The mapping file names headings that no column has: {named(unused)}.")
    for table in tables:
        for line in introduced(table):
            tell(line)
        yield from as_lines(records(table, mapping))
        for line in left_out(table):
            tell(line)


def introduced(table: Headed) -> list[str]:
    """Return in lines how a table is going to be read."""
    where = f"“{table.grid.name}”" if table.grid.name else "the table"
    if table.grid.is_hidden:
        where += ", a sheet that the workbook hides"
    return told(table.columns, f"{where}, headings in row {table.row}")


@contextmanager
def grids_of(source: str, mapping: ColumnMap) -> Iterator[list[Grid]]:
    """Give the tables of a file, which is closed afterwards.

    Raises:
        Problem: it holds none.
    """
    with opened_source(source) as stream:
        start = stream.peek(_PEEKED)[:_PEEKED]  # type: ignore[attr-defined] # buffered
        if start.startswith(b"PK"):
            data = stream.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                raise bounds.too_large(MOST_BYTES)
            kind = format_of(data, source).id
            if kind in _WORKBOOKS:
                yield workbook_grids(data, is_ods=kind == "worksheet-ods")
                return
        elif _is_table(source, start):
            grid = csv_grid(stream, mapping.encoding)
            yield [grid]
            grid.rows.close()
            return
        raise Problem(f"“{shown(source)}” is no table", "Name a file in CSV, XLSX or ODS")


def tables_of(grids: list[Grid], mapping: ColumnMap) -> list[Headed]:
    """Return the tables that hold records.

    Raises:
        Problem: there is none.
    """
    wanted = [grid for grid in grids if not mapping.sheet or grid.name == mapping.sheet]
    if grids and not wanted:
        raise _no_sheet(mapping.sheet, [grid.name for grid in grids if grid.name])
    found = [table for grid in wanted if (table := headed(grid, mapping))]
    if not found:
        raise no_headings(grid.name for grid in grids)
    return found


def _no_sheet(wanted: str, there: list[str]) -> Problem:
    if not there:
        return Problem(
            f"There is no sheet “{shown(wanted)}”, since the table has no sheets",
            "Leave the name of the sheet out",
        )
    verb = "is" if len(there) == 1 else "are"
    return Problem(
        f"There is no sheet “{shown(wanted)}”: there {verb} {named(there, most=10)}",
        "Name one that is there",
    )


def _of_file(name: str, data: bytes) -> bytes:
    """Return the line of a file that holds one record, in whatever format."""
    place = _one_line(name)
    try:
        credential = read(data, name=name)
    except Problem as problem:
        return _unread(place, problem)
    record: Json = {"microcred": 1, **credential.data, "kind": credential.kind}
    if credential.origins is not None and data.lstrip()[:1] == b"{":
        record = loads(data)  # rules on another format look at the file as it is
    return place.encode("utf-8", "replace") + b"\t" + dumps(record) + b"\n"


def _of_folder(folder: Path, tell: Tell) -> Iterator[bytes]:
    others, links, closed = list[str](), list[str](), list[OSError]()
    for path, folders, names in os.walk(folder, onerror=closed.append):
        # Hidden folders belong to tools, and those of runs to us.
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not name.endswith(".run")
        )
        inner = [Path(path) / name for name in folders]
        links += [one.relative_to(folder).as_posix() for one in inner if one.is_symlink()]
        for name in sorted(names):
            if name.startswith(PASSING):
                continue
            inside = Path(path) / name
            place = inside.relative_to(folder).as_posix()
            if not name.lower().endswith(SUFFIXES):
                others.append(place)
                continue
            try:
                with inside.open("rb") as stream:
                    data = stream.read(bounds.MAX_BYTES + 1)
            except OSError as error:
                told = f"The file can’t be read: {error.strerror}"
                yield _unread(place, Problem(told, "Ask for the right to read it"))
                continue
            yield _of_file(place, data)
    for fault in closed:
        place = Path(fault.filename).relative_to(folder).as_posix()
        told = f"The folder can’t be read: {fault.strerror}"
        yield _unread(place, Problem(told, "Ask for the right to read it"))
    if links:
        tell(f"Links to folders aren’t followed: {named([shown(name) for name in links])}.")
    _tell_left_out(others, tell)


def _tell_left_out(names: list[str], tell: Tell) -> None:
    """Tell which files beside the records were not looked into."""
    if names:
        files = "1 file isn’t" if len(names) == 1 else f"{len(names)} files aren’t"
        told = f"{files} read: {named([shown(name) for name in names])}."
        tell(
            f"{told} In a folder or an archive, each file holds one micro-credential; check a "
            "table, a list or an archive by itself."
        )


def _of_zip(path: Path | BinaryIO, tell: Tell) -> Iterator[bytes]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Problem(
            "The archive is damaged: its directory can’t be read", "Pack it again"
        ) from None
    with archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise Problem(
                f"The archive holds more than {_MOST_MEMBERS:,} files",
                "Write the records as JSON lines, which are read at any size",
            )
        others: list[str] = []
        for member in sorted(members, key=lambda one: one.filename):
            name = member.filename
            hidden = Path(name).name.startswith(PASSING) or name.startswith("__MACOSX/")
            if member.is_dir() or hidden:
                continue
            if name.lower().endswith(SUFFIXES):
                yield _of_member(archive, member)
            else:
                others.append(name)
        _tell_left_out(others, tell)


def _of_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1:
        problem = Problem("The file is protected by a password", "Pack it without one")
        return _unread(member.filename, problem)
    try:
        with archive.open(member) as stream:
            # What the archive says of the size isn’t believed: no more than the bound is unpacked.
            data = stream.read(bounds.MAX_BYTES + 1)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        problem = Problem("The file in the archive is damaged", "Pack it again")
        return _unread(member.filename, problem)
    return _of_file(member.filename, data)
