"""The files of the worked examples: as they were written, and in every format that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from microcred.credential import Credential
from microcred.exporters import convert
from microcred.readers import read
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["FILES", "FOLDER", "CaseFile", "files", "publish"]

FOLDER: Final = "_downloads/examples"  # where Sphinx keeps downloads, apart from the pages
WORKED: Final = ("examples", "worked")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file to download: of which kind of document, its name, its words and how it is made."""

    kind: str
    name: str
    words: str
    make: Callable[[Credential], bytes]


def _sheet(id: str, format: str) -> Callable[[Credential], bytes]:
    return lambda credential: written(worksheet(id), format, credential.data)


def _converted(target: str) -> Callable[[Credential], bytes]:
    return lambda credential: convert(credential, target).content


FILES: Final = (
    CaseFile("offer", "offer.xlsx", "worksheet for Excel", _sheet("W11", "xlsx")),
    CaseFile("offer", "offer.docx", "worksheet for Word", _sheet("W11", "docx")),
    CaseFile("offer", "offer.json", "JSON", _converted("json")),
    CaseFile(
        "offer", "offer-europass.jsonld", "Europass learning opportunity", _converted("elm-loq")
    ),
    CaseFile("offer", "offer-open-badge.json", "Open Badge 3.0", _converted("openbadge")),
    CaseFile("offer", "offer-schema-org.json", "schema.org", _converted("schema-org")),
    CaseFile("award", "award.xlsx", "worksheet for Excel", _sheet("W12", "xlsx")),
    CaseFile("award", "award.docx", "worksheet for Word", _sheet("W12", "docx")),
    CaseFile("award", "award.json", "JSON", _converted("json")),
    CaseFile("award", "award-europass.json", "Europass, not yet sealed", _converted("elm-upload")),
    CaseFile("award", "award-open-badge.json", "Open Badge 3.0, unsigned", _converted("openbadge")),
    CaseFile("award", "award-certificate.html", "certificate", _converted("certificate-html")),
    CaseFile(
        "award", "award-certificate.pdf", "certificate on paper", _converted("certificate-pdf")
    ),
)


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path below the folder of downloads and the bytes of every file."""
    for folder in sorted(path.parent for path in root.joinpath(*WORKED).glob("*/offer.yaml")):
        documents = {kind: read(folder / f"{kind}.yaml") for kind in ("offer", "award")}
        for file in FILES:
            yield f"{folder.name}/{file.name}", file.make(documents[file.kind])


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write all files beside the pages, once these are written."""
    if exception is None and app.builder.format == "html":
        for name, content in files(Path(app.srcdir).parent):
            path = Path(app.outdir) / FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
