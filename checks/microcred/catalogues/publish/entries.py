"""What a published catalogue shows of one record, and what was found when it was checked."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.gather import Gathered
from microcred.catalogues.lines import lines
from microcred.catalogues.records import loads, unwrapped
from microcred.credential import Credential, nowhere
from microcred.description import Description
from microcred.quantities import as_number
from microcred.readers import recognise
from microcred.vocabularies import vocabulary

__all__ = ["Entry", "Skipped", "entries", "price_of"]

Json = dict[str, Any]

_FREE: Final = re.compile(
    r"\b(?:free(?: of charge)?|no fees?|gratis|kostenlos|kostenfrei|gratuit\w*|gratuito|gratuita|"
    r"maksuton|bezpłatn\w+|δωρεάν|besplatn\w+)\b",
    re.IGNORECASE,
)
_CURRENCY: Final = r"(?:€|euros?|eur|£|gbp|\$|usd|chf|sek|nok|dkk|pln|zł|kč|czk|huf|ft|ron|lei)"
_AMOUNT: Final = r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_PRICE: Final = re.compile(
    rf"(?:{_CURRENCY}\s?)(?P<after>{_AMOUNT})|(?P<before>{_AMOUNT})\s?(?:{_CURRENCY})(?!\w)|"
    rf"^\s*(?P<alone>{_AMOUNT})\s*$",
    re.IGNORECASE,
)
_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to publish: how it is found, and the figures of its check."""

    slug: str
    place: str
    credential: Credential
    description: Description
    findings: tuple[Json, ...]

    @property
    def data(self) -> Json:
        """Return the record."""
        return self.credential.data

    @property
    def title(self) -> str:
        """Return the title."""
        return self.description.title

    @property
    def language(self) -> str:
        """Return the language in which the title is read."""
        title = self.data.get("title")
        stated = self.description.language
        if isinstance(title, dict) and title and stated not in title:
            return str(next(iter(title)))
        return stated

    @property
    def provider(self) -> str:
        """Return the first awarding body."""
        bodies = self.description.awarding or self.description.bodies
        return self.description.text(bodies[0].get("name")) if bodies else ""

    @property
    def country(self) -> str:
        """Return the code of the provider's country."""
        bodies = self.description.awarding or self.description.bodies
        stated = (bodies[0].get("country") if bodies else None) or next(
            iter(self.data.get("countries") or ()), ""
        )
        entry = vocabulary("countries").find(stated)
        return entry.code if entry else ""

    @property
    def languages(self) -> list[str]:
        """Return the codes of the languages of instruction."""
        stated = self.description.participation.get("languages") or ()
        found = (vocabulary("languages").find(item) for item in stated)
        return [entry.code for entry in found if entry]

    @property
    def price(self) -> float | None:
        """Return the amount that the price begins with; None where there is none to read."""
        return price_of(self.description.text(self.description.information.get("price")))

    def counts(self) -> dict[str, int]:
        """Return how many rules of each level are not met, and how many questions there are."""
        found = {"must": 0, "should": 0, "advice": 0, "ask": 0}
        for finding in self.findings:
            found["ask" if finding["outcome"] == "cannot-tell" else finding["level"]] += 1
        return found


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that isn't published, and why."""

    place: str
    why: str


def price_of(text: str) -> float | None:
    """Return the first amount in a text about a price: 0 where it says that it is free."""
    found = _PRICE.search(text)
    if found:
        spelled = found["after"] or found["before"] or found["alone"]
        # A dot or comma before three digits stands between thousands.
        spelled = re.sub(r"[ .,\u00a0\u202f](?=\d{3}(?!\d))", "", spelled)
        return as_number(spelled)
    return 0.0 if _FREE.search(text) else None


def entries(gathered: Gathered, *, only_clear: bool = False) -> Iterator[Entry | Skipped]:
    """Yield the records of a catalogue with what was found in each, in their order."""
    run, ready = gathered.run, gathered.ready
    slugs: set[str] = set()
    together = _together(gathered)
    waiting = next(together, None)
    for part in run.plan.ranges:
        found = _by_line(run.part(part.number, "found"))
        for line in lines(Path(run.job.path), part):
            findings = found.get(line.number, [])
            while waiting and waiting["line"] <= line.number:
                findings = [*findings, *([waiting] if waiting["line"] == line.number else ())]
                waiting = next(together, None)
            place, record = _record(line.content or b"", line.number, wrapped=run.job.wrapped)
            why = _unfit(record, findings, only_clear=only_clear)
            if why or record is None:
                yield Skipped(place, why or "it could not be read")
                continue
            credential = Credential(record, "offer", "catalogue", place, True, nowhere)
            description = ready.document(record, "offer").description
            slug = _slug(description, slugs)
            yield Entry(slug, place, credential, description, tuple(findings))


def _record(content: bytes, number: int, *, wrapped: bool) -> tuple[str, Json | None]:
    place = f"line {number}"
    if wrapped:
        place, content, _ = unwrapped(content)
    try:
        record = loads(content)
    except ValueError:
        return place, None
    return place, record if isinstance(record, dict) else None


def _unfit(record: Json | None, findings: list[Json], *, only_clear: bool) -> str:
    """Return why a record isn't published; nothing where it is."""
    if record is None or any(finding["outcome"] == "unread" for finding in findings):
        return "it could not be read"
    if "microcred" not in record:
        return "it is in another format"
    if recognise.kind_of(record) != "offer":
        return "it is an award, which belongs to one learner"
    if any(finding["rule"].startswith("SHAPE-") for finding in findings):
        return "its form has faults, which its findings name"
    if any(finding["rule"] == "M1-7" for finding in findings):
        return "it holds data of a learner"
    must = any(f["level"] == "must" and f["outcome"] == "not-met" for f in findings)
    return "a must rule is not met" if only_clear and must else ""


def _by_line(path: Path) -> dict[int, list[Json]]:
    found: dict[int, list[Json]] = {}
    with path.open("rb") as stream:
        for line in stream:
            finding = loads(line)
            found.setdefault(finding["line"], []).append(finding)
    return found


def _together(gathered: Gathered) -> Iterator[Json]:
    for row in gathered.store.rows("SELECT told FROM found ORDER BY line, rule, rowid"):
        finding: Json = loads(row["told"])
        yield finding


def _slug(description: Description, taken: set[str]) -> str:
    """Return the name of a page: it stays as long as the id of the record does."""
    id = str(description.data.get("id") or "")
    words = id.rstrip("/").rpartition("/")[2] if id else description.title
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = _SLUG.sub("-", plain).strip("-")[:40] or "record"
    mark = hashlib.blake2s((id or description.title).encode(), digest_size=3).hexdigest()
    slug, number = f"{stem}-{mark}", 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{mark}-{number}"
    taken.add(slug)
    return slug
