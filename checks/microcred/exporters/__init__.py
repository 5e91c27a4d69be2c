"""From a description to the formats of others, with a report of what became of each field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from microcred.credential import Credential
from microcred.exporters.source import Options, Step
from microcred.problem import Problem
from microcred.rule import WORKSHEET

__all__ = ["TARGETS", "Converted", "Options", "Step", "Target", "convert"]


@dataclass(frozen=True, slots=True)
class Target:
    """A format to write: the function that writes it, as module and name, and its words."""

    writer: str
    words: str
    ending: str


_HOME: Final = "microcred.exporters"

TARGETS: Final = {
    "elm-upload": Target(f"{_HOME}.elm:upload", "Europass, for sealing by the issuer", ".json"),
    "elm": Target(f"{_HOME}.elm:final", "Europass, in its final form", ".jsonld"),
    "elm-loq": Target(f"{_HOME}.elm:opportunity", "Europass learning opportunity", ".jsonld"),
    "openbadge": Target(f"{_HOME}.openbadge:badge", "Open Badge 3.0, not yet signed", ".json"),
    "schema-org": Target(f"{_HOME}.schema_org:course", "schema.org, for search engines", ".json"),
    "certificate-html": Target(f"{_HOME}.certificate:page", "certificate supplement", ".html"),
    "yaml": Target(f"{_HOME}.own:as_yaml", "a description in YAML", ".yaml"),
    "json": Target(f"{_HOME}.own:as_json", "a description in JSON", ".json"),
}
_OWN: Final = ("yaml", "json")


@dataclass(frozen=True, slots=True)
class Converted:
    """A document in another format, and what became of each field of the description."""

    text: str
    steps: tuple[Step, ...]


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
    text, steps = cast(Callable[[Credential, Options], tuple[str, tuple[Step, ...]]], writer)(
        credential, options or Options()
    )
    return Converted(text, steps)
