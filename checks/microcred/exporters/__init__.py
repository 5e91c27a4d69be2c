"""From a description to the formats of others, with a report of what became of each field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Final, cast

from microcred.credential import Credential
from microcred.elements import element_at
from microcred.exporters.source import UNREADABLE, How, Options, Source, Step, below
from microcred.labels import label
from microcred.problem import Problem
from microcred.rule import WORKSHEET

__all__ = ["TARGETS", "Converted", "Options", "Step", "Target", "convert"]


@dataclass(frozen=True, slots=True)
class Target:
    """A format to write: the function that writes it, as module and name, and its words."""

    writer: str
    words: str
    ending: str
    binary: bool = False
    as_is: bool = False  # takes the description in whatever form it is


_Writer = Callable[[Credential, Options], tuple[str | bytes, tuple[Step, ...]]]

_HOME: Final = "microcred.exporters"

TARGETS: Final = {
    "elm-upload": Target(
        f"{_HOME}.elm.credential:upload", "Europass, for sealing by the issuer", ".json"
    ),
    "elm": Target(f"{_HOME}.elm.credential:final", "Europass, in its final form", ".jsonld"),
    "elm-loq": Target(
        f"{_HOME}.elm.opportunity:opportunity", "Europass learning opportunity", ".jsonld"
    ),
    "openbadge": Target(
        f"{_HOME}.openbadge.badge:badge", "Open Badge 3.0, not yet signed", ".json"
    ),
    "schema-org": Target(f"{_HOME}.schema_org:course", "schema.org, for search engines", ".json"),
    "certificate-html": Target(f"{_HOME}.certificate.page:page", "certificate supplement", ".html"),
    "certificate-pdf": Target(
        f"{_HOME}.certificate.paper:paper", "certificate supplement, on paper", ".pdf", binary=True
    ),
    "xlsx": Target(
        f"{_HOME}.office:workbook", "worksheet for Excel", ".xlsx", binary=True, as_is=True
    ),
    "docx": Target(
        f"{_HOME}.office:document", "worksheet for Word", ".docx", binary=True, as_is=True
    ),
    "yaml": Target(f"{_HOME}.own:as_yaml", "a description in YAML", ".yaml", as_is=True),
    "json": Target(f"{_HOME}.own:as_json", "a description in JSON", ".json", as_is=True),
}
_OWN: Final = ("yaml", "json")


@dataclass(frozen=True, slots=True)
class Converted:
    """A document in another format, and what became of each field of the description."""

    content: bytes
    steps: tuple[Step, ...]

    @property
    def text(self) -> str:
        """Return the document as a text, which those for office software and for paper are not."""
        return self.content.decode("utf-8")


def convert(credential: Credential, to: str, options: Options | None = None) -> Converted:
    """Write *credential* in the format *to*.

    Raises:
        Problem: the format can't hold it, or needs something that it doesn't say.
    """
    if credential.kind == WORKSHEET and to not in _OWN:
        raise Problem(
            f"This is a filled worksheet, and {TARGETS[to].words} takes no answers",
            "Convert an offer or award, or write the worksheet as yaml or json",
        )
    module, _, name = TARGETS[to].writer.partition(":")
    writer = getattr(import_module(module), name)
    whole = credential if TARGETS[to].as_is else _readable(credential)
    written, steps = cast(_Writer, writer)(whole, options or Options())
    content = written if isinstance(written, bytes) else written.encode("utf-8", "replace")
    return Converted(content, (*steps, *_unread(credential, whole)))


def _readable(credential: Credential) -> Credential:
    """Return the description without the values that can't be what their field asks for."""
    from microcred.shape import faults, readable, without_blanks

    if not faults(credential.data):
        return credential
    _, data = readable(without_blanks(credential.data))
    return replace(credential, data=data)


def _unread(credential: Credential, whole: Credential) -> Iterator[Step]:
    """Yield what became of the values that can't be read: they are left out."""
    if whole is not credential:
        there = Source(whole).leaves
        for pointer in Source(credential).leaves:
            if not any(below(leaf, pointer) for leaf in there):
                name = label(pointer) or pointer.lstrip("/")
                yield Step(pointer, name, element_at(pointer), How.LEFT_OUT, UNREADABLE)
