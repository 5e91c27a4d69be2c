"""The certificate supplement as a tagged PDF, the same bytes for the same award."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any, Final

from microcred.credential import Credential
from microcred.exporters.certificate.content import Row, Section, Supplement, Words
from microcred.exporters.certificate.page import square_code
from microcred.exporters.certificate.supplement import supplement
from microcred.exporters.source import Options, Source, Step
from microcred.extras import lacking
from microcred.problem import Problem

__all__ = ["paper"]

Json = dict[str, Any]

_STANDARD: Final = "ua-1"  # PDF/UA, the standard for documents that everybody can read


def paper(credential: Credential, options: Options) -> tuple[bytes, tuple[Step, ...]]:  # noqa: ARG001 - every writer is called alike
    """Return the supplement as a PDF.

    Raises:
        Problem: the description is an offer, names no learner, or the package that writes PDF
            isn't there.
    """
    source = Source(credential)
    whole = supplement(credential, source)
    try:
        import typst
    except ImportError:
        raise lacking(
            "pdf", "typst", "Writing a PDF", "convert to certificate-html and print that"
        ) from None
    template = (files(__package__) / "supplement.typ").read_bytes()
    inputs = {"whole": json.dumps(_data(whole), ensure_ascii=False)}
    # No date is in the file: the same award gives the same bytes.
    try:
        written = typst.compile(template, format="pdf", sys_inputs=inputs, pdf_standards=_STANDARD)
    except typst.TypstError as error:
        raise Problem(
            f"This award can’t be put on paper: {error}",
            "Convert it to certificate-html, and print that",
        ) from None
    assert isinstance(written, bytes)  # noqa: S101 - one document, without a name of a file
    return written, source.steps()


def _data(whole: Supplement) -> Json:
    return {
        "name": f"{whole.title.text} – {whole.learner.text}",
        "lang": _tag(whole.language),
        "rtl": whole.title.right_to_left,
        "footer": f"{whole.title.text} · {whole.learner.text}",
        "source": _words(whole.source),
        "kind": _words(whole.kind),
        "title": _words(whole.title),
        "to": _words(whole.awarded_to),
        "who": _words(whole.learner),
        "glance": [_row(row) for row in whole.glance],
        "statement": _words(whole.statement),
        "verification": whole.verification,
        "verify": _words(whole.verify),
        "code": square_code(whole.verification, whole.code.text) if whole.verification else "",
        "alt": f"{whole.code.text}: {whole.verification}",
        "sections": [_section(one, number) for number, one in enumerate(whole.sections, 1)],
    }


def _section(section: Section, number: int) -> Json:
    return {
        "number": "" if section.id == "rest" else str(number),
        "heading": _words(section.heading),
        "absent": _words(section.absent) if section.absent else None,
        "entries": [
            {
                "head": _words(entry.head) if entry.head else None,
                "rows": [_row(row) for row in entry.rows],
            }
            for entry in section.entries
        ],
    }


def _row(row: Row) -> Json:
    return {"name": _words(row.name), "values": [_words(value) for value in row.values]}


def _words(words: Words) -> Json:
    return {"text": words.text, "lang": _tag(words.language)}


def _tag(language: str) -> str:
    found = re.match(r"[a-z]{2,3}(?![a-z])", language)
    return found[0] if found else "en"
