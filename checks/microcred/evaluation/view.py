"""The officer's view of a file: what stands where, in the file's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from microcred.credential import Credential
from microcred.description import Description, Node
from microcred.evaluation.model import Evidence
from microcred.labels import label
from microcred.report import Checked
from microcred.report.characters import visible
from microcred.vocabularies import vocabulary

__all__ = ["SEALS", "View", "has_address"]

SEALS: Final = ("ELM-8", "OB-8")  # the rules that ask whether a seal or signature was verified

QUOTED_AT_MOST: Final = 240  # characters of one quotation

_ADDRESS: Final = re.compile(r"https?://|www\.|\bdid:|\w@\w")


class View:
    """A file as it was read and checked, with what quotes it."""

    def __init__(self, credential: Credential, description: Description, checked: Checked) -> None:
        self.credential = credential
        self.description = description
        self.checked = checked

    @property
    def award(self) -> bool:
        """Tell whether the file records what one learner was awarded."""
        return self.credential.kind == "award"

    @property
    def online(self) -> bool:
        """Tell whether learning or assessment may have happened where nobody saw the person."""
        return self.description.mode != "onsite"

    def node(self, pointer: str) -> Node:
        """Return what stands at *pointer*, or None."""
        node: Any = self.description.data
        for step in pointer.split("/")[1:]:
            if isinstance(node, dict):
                node = node.get(step)
            elif isinstance(node, list) and step.isdigit() and int(step) < len(node):
                node = node[int(step)]
            else:
                return None
        return node

    def text(self, pointer: str) -> str:
        """Return what stands at *pointer* as one line of text, or nothing."""
        return visible(_worded(self.node(pointer), self.description))

    def called(self, pointer: str, fields: tuple[str, ...]) -> str:
        """Return what an entry is called, by the first of *fields* that it has."""
        names = (self.text(f"{pointer}/{field}") for field in fields)
        return next(filter(None, names), "no name")

    def quote(self, *pointers: str, list_name: str = "") -> Iterator[Evidence]:
        """Yield what stands at each of *pointers*, where something does.

        With *list_name*, a code is told by its words in this list.
        """
        for pointer in pointers:
            words = self.text(pointer)
            entry = vocabulary(list_name).find(words) if list_name and words else None
            words = entry.label() if entry else words
            if words:
                yield Evidence(label(pointer), _short(words), self._where(pointer), pointer)

    def _where(self, pointer: str) -> str:
        place = self.credential.where(pointer)
        return visible(place.label) if place else ""


def has_address(text: str) -> bool:
    """Tell whether *text* holds something that can be opened or written to."""
    return bool(_ADDRESS.search(text))


def _worded(node: Node, description: Description) -> str:
    if isinstance(node, list):
        return ", ".join(filter(None, (_worded(item, description) for item in node)))
    if isinstance(node, dict):
        # A text in several languages, or named amounts such as the parts of a workload.
        if node and all(isinstance(value, str) for value in node.values()):
            return description.text(node)
        return ", ".join(f"{name} {_worded(value, description)}" for name, value in node.items())
    if isinstance(node, bool) or node is None:
        return ""
    return f"{node:g}" if isinstance(node, float) else str(node)


def _short(text: str) -> str:
    return text if len(text) <= QUOTED_AT_MOST else text[: QUOTED_AT_MOST - 1].rstrip() + "…"
