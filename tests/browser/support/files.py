"""Write one file in each format that is read, and files that want to do harm, into a folder.

``python files.py FOLDER``: the folder then holds ``formats/`` and ``hostile/``.
"""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import microcred
from microcred.exporters import convert
from microcred.readers.container import MAX_XML
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

ROOT = Path(__file__).parents[3]
DRAFT = ROOT / "examples" / "drafts" / "first-draft.yaml"
OFFER = ROOT / "examples" / "worked" / "ex03-causal-inference" / "offer.yaml"
BADGE = ROOT / "examples" / "openbadge" / "award.json"
MARKUP = '<img src=x onerror="window.struck=1"><script>window.struck=1</script>'
ARABIC = "\u202eشهادة في تركيب الألواح\u202c"  # with marks that turn the direction of a line


def formats() -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of a file in each format, but for those of LibreOffice."""
    draft = microcred.read(DRAFT)
    yield "draft.yaml", DRAFT.read_bytes()
    yield "draft.json", convert(draft, "json").content
    for ending in ("xlsx", "docx", "csv"):
        yield f"draft.{ending}", written(worksheet("W11"), ending, draft.data)
    yield "europass.jsonld", convert(microcred.read(OFFER), "elm-loq").content
    yield "sealed.json", (ROOT / "examples" / "europass" / "sealed.json").read_bytes()
    yield "badge.json", BADGE.read_bytes()
    yield "badge.png", in_png(BADGE.read_bytes())
    yield "badge.svg", in_svg(BADGE.read_text("utf-8"))
    yield "badge.jwt", (ROOT / "examples" / "foreign" / "institute-vc11.jwt").read_bytes()
    yield "record.json", (ROOT / "examples" / "clr" / "record.json").read_bytes()


def in_png(badge: bytes) -> bytes:
    """Return a picture of one point into which the badge is baked."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"iTXt", b"openbadgecredential\0\0\0\0\0" + badge),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
        for kind, body in chunks
    )


def in_svg(badge: str) -> bytes:
    """Return a drawing into which the badge is baked."""
    space = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    inner = f"<openbadges:credential {space}><![CDATA[{badge}]]></openbadges:credential>"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'.encode()


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield files that want to do harm, or that came to harm."""
    offer = convert(microcred.read(OFFER), "json").content
    yield "markup.json", json.dumps(marked(json.loads(offer))).encode()
    yield "direction.yaml", f'title: "{ARABIC}"\nlanguage: ar\n'.encode()
    yield "bomb.xlsx", packed({"xl/workbook.xml": " " * (MAX_XML + 1)})
    yield "bomb.ods", open_document("spreadsheet", " " * (MAX_XML + 1))
    yield "bomb.yaml", many_aliases().encode()
    yield "entities.docx", packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a/>'})
    yield "large.yaml", b"a" * (6 * 2**20)
    yield "deep.json", b"[" * 100_000
    yield "photo.png", in_png(b"{}").replace(b"openbadgecredential", b"aboutthisoldpicture")
    yield "paper.pdf", b"%PDF-1.7\n" + bytes(range(256))
    yield "empty.docx", b""
    yield "cut.xlsx", written(worksheet("W11"), "xlsx", {})[:30_000]
    yield "bytes.yaml", b"t\xff\xfe\x00\x80"
    yield "types.json", b'{"title":[1],"outcomes":"x","workload":[],"bodies":{"a":1},"level":7}'


def many_aliases() -> str:
    """Return a short text that stands for a thousand million values."""
    names = "abcdefghij"
    more = (f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise(names))
    return "\n".join(["a: &a [x, x, x, x, x, x, x, x, x]", *more])


def marked(node: object) -> object:
    """Return a document with markup in every text of it."""
    if isinstance(node, dict):
        return {name: marked(part) for name, part in node.items()}
    if isinstance(node, list):
        return [marked(part) for part in node]
    return MARKUP if isinstance(node, str) and node != "offer" else node


def open_document(kind: str, content: str) -> bytes:
    """Return a file of LibreOffice with this content."""
    return packed(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    )


def packed(parts: dict[str, str]) -> bytes:
    """Return an archive with these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # OpenDocument wants the type of the file as plain bytes at its beginning.
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


def saved_by_office(folder: Path) -> None:
    """Have LibreOffice save the workbook and the document in its own formats."""
    own = f"-env:UserInstallation={(folder.parent / 'office').as_uri()}"
    for source, ending in (("draft.xlsx", "ods"), ("draft.docx", "odt")):
        command = ["soffice", own, "--headless", "--convert-to", ending, "--outdir", folder]
        subprocess.run([*command, folder / source], check=True, capture_output=True, timeout=120)


def main(folder: Path) -> None:
    """Write all of them into *folder*."""
    for name, files in (("formats", formats()), ("hostile", hostile())):
        (folder / name).mkdir()
        for file, content in files:
            (folder / name / file).write_bytes(content)
    if shutil.which("soffice"):
        saved_by_office(folder / "formats")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
