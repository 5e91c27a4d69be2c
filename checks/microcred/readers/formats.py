"""The registry of formats: what a file is, by its ending and first bytes, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import PurePath
from typing import cast
from zipfile import BadZipFile, ZipFile

from microcred.credential import Place
from microcred.problem import Problem
from microcred.readers.bounds import MAX_BYTES, MAX_YAML_BYTES, too_large

__all__ = ["COPY_IT", "FORMATS", "Format", "Loaded", "format_of"]

Loaded = tuple[object, Callable[[str], Place | None]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its id and its name in a sentence.

    ``reader`` names the module whose ``load(data)`` reads it, or another function behind a
    colon, and is imported at first use; where it is empty, the format is known but not read, and
    ``fix`` says what to do.
    """

    id: str
    words: str
    reader: str = ""
    fix: str = "Write the description as YAML or JSON"
    max_bytes: int = MAX_BYTES

    def load(self, data: bytes) -> Loaded:
        """Return the plain data in *data*, and what answers the place of each pointer."""
        if not self.reader:
            raise Problem(f"This is {self.words}, and descriptions aren’t read from that", self.fix)
        if len(data) > self.max_bytes:
            raise too_large(self.max_bytes)
        home, _, name = self.reader.partition(":")
        load = cast(Callable[[bytes], Loaded], getattr(import_module(home), name or "load"))
        return load(data)


COPY_IT = (
    "Copy the text into a worksheet; the command “microcred new W11 --format docx --output "
    "offer.docx” writes an empty one"
)

_SAVE_AS = "Save a copy as .docx or .xlsx, and check that file"

FORMATS = {
    format.id: format
    for format in (
        Format("yaml", "YAML", reader="microcred.readers.yaml", max_bytes=MAX_YAML_BYTES),
        Format("json", "JSON", reader="microcred.readers.json"),
        Format("worksheet-xlsx", "an Excel workbook", reader="microcred.readers.xlsx"),
        Format("worksheet-docx", "a Word document", reader="microcred.readers.docx"),
        Format("pptx", "a PowerPoint presentation", fix=COPY_IT),
        Format(
            "worksheet-ods", "an OpenDocument spreadsheet", reader="microcred.readers.opendocument"
        ),
        Format("worksheet-odt", "an OpenDocument text", reader="microcred.readers.opendocument"),
        Format(
            "xlsb",
            "an Excel workbook in its binary form (XLSB)",
            fix="Save a copy as “Excel workbook (.xlsx)”, and check that file",
        ),
        Format(
            "odf",
            "an OpenDocument file that is neither a spreadsheet nor a text",
            fix=COPY_IT,
        ),
        Format(
            "flat-odf",
            "an OpenDocument file in one piece of XML",
            fix="Save a copy as .ods or .odt, and check that file",
        ),
        Format(
            "office-xml",
            "a file of Word or Excel in one piece of XML",
            fix=_SAVE_AS,
        ),
        Format(
            "iwork",
            "a file of Pages, Numbers or Keynote",
            fix="Export it as Word or Excel, and check that file",
        ),
        Format(
            "google",
            "a shortcut to a document of Google, without its content",
            fix="Download the document as .xlsx or .docx, and check that file",
        ),
        Format(
            "office-97",
            "a file of Word, Excel or PowerPoint from before 2007",
            fix=_SAVE_AS,
        ),
        Format(
            "encrypted",
            "a file of Word, Excel or PowerPoint with a password",
            fix="Save a copy without the password, and check that file",
        ),
        Format("rtf", "a text in Rich Text Format (RTF)", fix=_SAVE_AS),
        Format("pdf", "a PDF", fix=COPY_IT),
        Format("image", "a picture", fix=COPY_IT),
        Format("png", "a badge in a picture (PNG, SVG)", reader="microcred.readers.baked:load_png"),
        Format("svg", "a badge in a picture (PNG, SVG)", reader="microcred.readers.baked:load_svg"),
        Format("worksheet-csv", "a table in CSV", reader="microcred.readers.csv"),
        Format("xml", "XML or HTML", fix=COPY_IT),
        Format(
            "europass-xml",
            "a Europass document in XML, the form of the models before version 3",
            fix="Ask the issuer for the credential in its present form, JSON-LD, or copy the text "
            "into a worksheet; the command “microcred new W12” writes an empty one",
        ),
        Format("zip", "a ZIP archive", fix="Unpack it, and check the files in it"),
        Format("compressed", "a compressed file", fix="Unpack it, and check the file in it"),
        Format("json-lines", "a list of records, one a line", fix="Put each in a file of its own"),
        Format(
            "jwt",
            "a signed credential in its compact form (JWT)",
            reader="microcred.readers.envelopes",
        ),
    )
}

_BY_ENDING = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonld": "json",
    ".jwt": "jwt",
    ".jws": "jwt",
    ".jsonl": "json-lines",
    ".ndjson": "json-lines",
    ".csv": "worksheet-csv",
    ".tsv": "worksheet-csv",
    ".svg": "svg",
    ".xml": "xml",
    ".html": "xml",
    ".htm": "xml",
    ".gdoc": "google",
    ".gsheet": "google",
    ".gslides": "google",
}

# Where neither the first bytes nor the first sign tell what a file is, only what it is called.
_BY_NAME_ALONE = {
    ".xls": "office-97",
    ".doc": "office-97",
    ".ppt": "office-97",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".pages": "iwork",
    ".numbers": "iwork",
    ".xlsb": "xlsb",
}

# What a file is doesn't depend on its name where its first bytes tell.
_BY_FIRST_BYTES = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office-97"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ\0", "compressed"),
    (b"7z\xbc\xaf\x27\x1c", "compressed"),
)

# How the name of a part begins that is in each container of the kind.
_BY_MEMBER = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook", "worksheet-xlsx"),
    ("word/document", "worksheet-docx"),
    ("ppt/presentation", "pptx"),
    ("Index/", "iwork"),
    ("Index.zip", "iwork"),
    ("index.apxl", "iwork"),
)

_PARTS = tuple(part for part, _ in _BY_MEMBER)

# A container of which too little is left to show its kind is what its name says.
_CUT_OFF = {".xlsx": "worksheet-xlsx", ".xlsm": "worksheet-xlsx", ".docx": "worksheet-docx"}
# What can only be a container, whoever named it.
_CONTAINERS = _CUT_OFF | {".ods": "worksheet-ods", ".odt": "worksheet-odt"}

# How OpenDocument files begin, whose first part is their type, as it is.
_BY_TYPE = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "worksheet-ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "worksheet-odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "odf"),
)

# How files of XML begin that office software writes.
_BY_ROOT = (
    (b"office:document", "flat-odf"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "office-xml"),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "office-xml"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "office-xml"),
)

# Office software puts a file with a password inside of a file of the older kind.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# Names of the model and of its classes that a page about it in HTML doesn't begin with.
_EUROPASS = (b"<europassCredential", b":europassCredential", b'="http://data.europa.eu/snb')

# What Word and Excel, or LibreOffice, leave beside a file that is open.
_LOCKS = ("~$", ".~lock.")

_NAME_AT = 30  # where the name of the first part stands in an archive

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")  # how texts begin that only need another encoding


def format_of(data: bytes, name: str) -> Format:
    """Return the format of *data*: by its first bytes where they tell, else by its ending."""
    return FORMATS[_id(data, name)]


def _id(data: bytes, name: str) -> str:
    if PurePath(name).name.startswith(_LOCKS):
        raise Problem(
            "This is what office software keeps beside a file that is open, and only the name of "
            "who opened it is in it",
            "Close the file there, and check the file itself",
        )
    if not data.strip(b" \t\r\n\0" + _UTF8_BOM):
        raise Problem(
            "The file is empty",
            "Fill it in; the command “microcred new offer” writes one with every field in it",
        )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data, PurePath(name).suffix.lower())
    for first, id in _BY_FIRST_BYTES:
        if data.startswith(first):
            return "encrypted" if id == "office-97" and _ENCRYPTED in data else id
    start = data[:4096].removeprefix(_UTF8_BOM).lstrip()
    return _by_root(start) or _by_name(start, PurePath(name).suffix.lower())


def _by_root(start: bytes) -> str:
    """Return the format of XML that says in its first lines what it is, or an empty text."""
    if start[:1] != b"<":
        return ""
    if any(sign in start for sign in _EUROPASS):
        return "europass-xml"
    return next((id for sign, id in _BY_ROOT if sign in start), "")


def _by_name(start: bytes, ending: str) -> str:
    if ending in _BY_ENDING:
        found = _BY_ENDING[ending]
        # Platforms save signed credentials under the ending of what is in them.
        return "jwt" if found == "json" and _is_compact(start) else found
    if start[:1] in (b"{", b"["):
        return "json"
    if start[:1] == b"<":
        return "svg" if b"<svg" in start else "xml"
    if ending in _CONTAINERS and b"\0" in start and not start.startswith(_UTF16):
        raise Problem(
            f"The name ends in “{ending}”, but the file isn’t {FORMATS[_CONTAINERS[ending]].words}",
            "Open it where it was made and save it again; if it doesn’t open there either, it is "
            "damaged, and you need another copy",
        )
    return "jwt" if _is_compact(start) else _BY_NAME_ALONE.get(ending, "yaml")


def _archive(data: bytes, ending: str) -> str:
    """Return the format of a ZIP archive: by its own parts, not by those of files inside of it."""
    for first, id in _BY_TYPE:
        if data.startswith(first, _NAME_AT):
            return id
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OverflowError, NotImplementedError):
        # Cut off: its directory stood at the end. What it was meant to be is told all the same.
        names = [part for part, _ in _BY_MEMBER if part.encode() in data]
        if not names and ending in _CUT_OFF:
            return _CUT_OFF[ending]
    kept = tuple(name for name in names if name.startswith(_PARTS))
    return next((id for part, id in _BY_MEMBER if any(n.startswith(part) for n in kept)), "zip")


def _is_compact(start: bytes) -> bool:
    """Tell whether a text is a token, whose parts have points between them."""
    return re.match(rb"eyJ[\w-]*\.[\w-]", start) is not None
