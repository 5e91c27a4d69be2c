"""Single things of a document of the European Learning Model: concepts, dates, notes."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from microcred.exporters.elm.stated import has_proof
from microcred.exporters.source import Json, Source
from microcred.problem import Problem
from microcred.vocabularies import Entry, vocabulary

__all__ = ["NAME", "ROLES", "Concepts", "entry_of", "is_esco", "key"]

NAME: Final = re.compile(r"(?!\d+$)[A-Za-z0-9._~-]+")  # in an id, where a number alone is no name
ROLES: Final = ("awarding", "issuing", "teaching", "assessing")


class Concepts:
    """What the parts of a document are made of."""

    def __init__(self, source: Source, roles: tuple[str, ...] = ROLES) -> None:
        # Who assesses has a place only beside an assessment with a result.
        placeless = () if has_proof(source) else ("assessing",)
        self._source = source
        self._roles = tuple(role for role in roles if role not in placeless)
        self._organisations: dict[str, Json] = {}

    def moment(self, date: str) -> str:
        """Return a date as the first second of that day.

        Raises:
            Problem: it can't be read without doubt.
        """
        from microcred.quantities import read_date

        reading = read_date(date)
        if reading is None or reading.date is None:
            raise Problem(
                f"“{date}” is no date that can be written elsewhere",
                "Write it in the form 2026-06-30",
            )
        return f"{reading.date.isoformat()}T00:00:00Z"

    def member(self, uri: str, label: str) -> Json:
        """Return a member of a list of the European Commission."""
        scheme = uri.rpartition("/")[0]
        if scheme.startswith("http://data.europa.eu/snb/"):
            scheme += "/25831c2"
        elif scheme == "http://data.europa.eu/esco/skill":
            scheme = "http://data.europa.eu/esco/concept-scheme/skills"
        return {
            "id": uri,
            "type": "Concept",
            "inScheme": {"id": scheme, "type": "ConceptScheme"},
            **({"prefLabel": {"en": label}} if label else {}),
        }

    def own(self, listed: str, name: str, entry: Entry | None) -> Json:
        """Return a concept of our own, where the list is only a recommendation."""
        label = entry.label() if entry else name
        return {
            "id": f"urn:epass:concept:{listed}-{_slug(label, whole=entry is not None)}",
            "type": "Concept",
            "prefLabel": {"en" if entry else self._source.language: label},
        }

    def language(self, code: str) -> Json:
        """Return a language.

        Raises:
            Problem: it has no place in the list of the European Union.
        """
        entry = vocabulary("languages").find(code.partition("-")[0])
        if entry is None:
            raise Problem(f"“{code}” is no code of a language", "Write a code such as en or fr")
        return self.member(entry.uri, entry.label())

    def mail(self, address: str) -> Json:
        """Return a contact point with an e-mail address."""
        return {
            "type": "ContactPoint",
            "emailAddress": {"id": f"mailto:{address.strip()}", "type": "Mailbox"},
        }

    def listed(self, pointer: str, listed: str, into: str, *, own: bool = False) -> Json | None:
        """Return the concept that a field names, if the list has it or takes other ones."""
        value = self._source.get(pointer)
        if value in (None, "", [], {}) or isinstance(value, (list, dict)):
            return None
        entry = entry_of(listed, value)
        if entry is not None and entry.uri:
            self._source.keep(pointer, into)
            return self.member(entry.uri, entry.label())
        if not own:
            return None
        self._source.keep(pointer, into)
        return self.own(listed, str(value), entry)

    def several(self, pointer: str, listed: str, into: str, *, own: bool = False) -> list[Json]:
        """Return the concepts that the items of a field name."""

        def has_place(item: str) -> bool:
            entry = entry_of(listed, self._source.get(item))
            return own or bool(entry and entry.uri)

        items = self._source.order(pointer, has_place)
        return [found for item in items if (found := self.listed(item, listed, into, own=own))]

    def note(self, under: str) -> list[Json]:
        """Return in words what is left of a part, as notes for that part."""
        return self._note(self._source.words(under))

    def notes(self) -> list[Json]:
        """Return in words everything that has found no place at all."""
        for pointer in list(self._source.leaves):
            if pointer.startswith("/learner/"):
                self._source.leave_out(pointer, "personal data is not put into notes")
        return self._note(self._source.words())

    def _note(self, lines: list[str]) -> list[Json]:
        if not lines:
            return []
        return [{"type": "Note", "noteLiteral": {self._source.language: "\n".join(lines)}}]


def _slug(label: str, *, whole: bool) -> str:
    """Return a label as it can stand in an id.

    Where letters or signs are lost, others may lose theirs and be left with the same: a hash of
    the label keeps them apart, and is the same in each document. A member of a list is *whole*.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", label.casefold()).strip("-")
    if slug and (whole or slug.replace("-", " ") == label):
        return slug
    mark = hashlib.sha256(label.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug}-{mark}".lstrip("-")


def key(text: object) -> str:
    """Return a name as it is compared."""
    return str(text).strip().casefold()


def entry_of(listed: str, value: object) -> Entry | None:
    """Return the member of a list that a value names."""
    if value is None or isinstance(value, (bool, dict, list)):
        return None
    return vocabulary(listed).find(str(value))


def is_esco(value: object) -> bool:
    """Tell whether a value is the address of a skill in ESCO."""
    return isinstance(value, str) and value.startswith("http://data.europa.eu/esco/skill/")
