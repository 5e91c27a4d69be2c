"""An award in words: labels, values and amounts, each with its language."""

from __future__ import annotations

import re
from typing import Any, Final

from microcred.exporters.certificate.content import Words
from microcred.exporters.source import Source
from microcred.labels import ARROW, label
from microcred.messages import is_translated, translate
from microcred.vocabularies import vocabulary

__all__ = ["Speaker"]

_CODES: Final = frozenset({"roles", "kind", "scope", "basis", "option"})
_SPOKEN: Final = {
    "micro-credential": "this micro-credential",
    "nqf-registered": "registered in the national framework",
    "qa-approved": "approved by quality assurance",
    "quality-assuring": "assuring quality",
    "self-declared": "declared by the issuer",
    "standalone": "stand-alone",
}
_DURATION: Final = re.compile(r"P(\d{1,4})([YMWD])")
_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_OWNERS: Final = frozenset({"by", "of"})
# Fields whose codes have words in a list.
_LISTS: Final = {
    "countries": "countries",
    "country": "countries",
    "regions": "regions",
    "region": "regions",
    "nationality": "countries",
    "languages": "languages",
    "language": "languages",
    "fields": "isced-f",
    "mode": "modes",
    "setting": "settings",
    "supervision": "supervision",
    "cycle": "cycles",
    "reuse": "reuse-levels",
    "activities": "activity-types",
}
_LISTS_IN: Final = {
    ("outcomes", "type"): "skill-types",
    ("assessments", "type"): "assessment-types",
    ("quality", "type"): "accreditation-types",
    ("bodies", "type"): "body-types",
}


class Speaker:
    """Says what stands in the fields of an award, in its language as far as that is translated."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._language = source.language
        self._missing = self._unlisted = False
        self._names = {
            source.get(f"{item}/id"): self._text(f"{item}/name")
            for item in source.items("/bodies")
            if source.get(f"{item}/id")
        }

    def _tell_english(self) -> None:
        spoken = vocabulary("languages").get(self._language)
        name = spoken.label() if spoken else self._language
        if self._missing:
            self._source.add("Labels in English", f"not every label is translated into {name}")
        elif self._unlisted:
            why = f"not every list is translated into {name}"
            self._source.add("Members of lists in English", why)

    def _label(self, text: str) -> Words:
        if is_translated(text, self._language):
            return Words(translate(text, self._language), self._language)
        self._missing = True
        return Words(text, "en")

    def _listed(self, name: str) -> Words:
        """Return the name of a member of a list."""
        if is_translated(name, self._language):
            return Words(translate(name, self._language), self._language)
        self._unlisted = True
        return Words(name, "en")

    def _text(self, pointer: str) -> Words:
        """Return a text in the language of the award, or in the first that there is."""
        value = self._source.get(pointer)
        if isinstance(value, dict):
            language = self._language if self._language in value else next(iter(value), "en")
            return Words(str(value.get(language, "")), language)
        return Words("" if value is None else str(value), self._language)

    def _worded(self, pointer: str) -> Words:
        value: Any = self._source.leaves[pointer]
        steps = [step for step in pointer.split("/") if step and not step.isdigit()]
        listed = _LISTS_IN.get((steps[0], steps[-1])) or _LISTS.get(steps[-1])
        entry = vocabulary(listed).find(str(value)) if listed else None
        if entry:
            return self._listed(entry.label())
        if steps[-1] in _OWNERS and value in self._names:
            return self._names[value]
        if steps[-1] in _CODES and isinstance(value, str):
            return self._label(_SPOKEN.get(value, value.replace("-", " ")))
        if isinstance(value, bool):
            return self._label("yes" if value else "no")
        if lasting := _DURATION.fullmatch(str(value)):
            number = int(lasting[1])
            unit = _UNITS[lasting[2]] + ("s" if number != 1 else "")
            words = self._label(unit)
            return Words(f"{number} {words.text}", words.language)
        # The last step of a text in several languages is the language, and has no other label.
        spoken = vocabulary("languages").get(steps[-1])
        is_language = spoken and label(pointer).endswith(f"{ARROW}{steps[-1]}")
        return Words(str(value), spoken.code if spoken and is_language else self._language)

    def _amount(self, item: str, *, whose: bool = True) -> str:
        """Return an entry of an inner list, such as credits or a number, in one line."""
        told: dict[str, Any] = self._source.get(item) or {}
        by = self._names.get(told.get("by")) if whose else None
        if "points" in told:
            words = f"{told['points']} {told.get('system', '')}".strip()
        elif "value" in told:
            scheme = told.get("scheme")
            words = f"{told['value']} ({scheme})" if scheme else str(told["value"])
        elif "framework" in told:
            words = f"{told['framework']} {told.get('level', '')}".strip()
        else:
            words = ", ".join(
                str(one) for one in told.values() if not isinstance(one, (dict, list))
            )
        return f"{words} ({by.text})" if by else words
