"""Made-up catalogues with known faults: every body, place and decision in them is fictional.

Record *n* depends on the seed and on *n* alone, so any part of a catalogue can be made by itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any, Final

import yaml

from microcred.catalogues import faults
from microcred.catalogues.faults import Fault

__all__ = ["OF_A_PROVIDER", "Sampled", "sample"]

Json = dict[str, Any]

OF_A_PROVIDER: Final = 10  # records that each provider has
FIRST: Final = (0, 1)  # places in a provider's list of records with a fault of their own
LAST: Final = OF_A_PROVIDER - 1  # the place of one that is at fault beside the others


@dataclass(frozen=True, slots=True)
class Sampled:
    """A record, and the fault that was planted in it, if there is one."""

    number: int  # from 1, as lines are counted
    data: Json
    fault: Fault | None


def sample(records: int, seed: int = 1, start: int = 0) -> Iterator[Sampled]:
    """Yield made-up offers, the same ones for the same seed."""
    for number in range(start, start + records):
        data, fault = _sound(seed, number), _fault(number)
        if fault is not None:
            data = fault.plant(data, partial(_before, seed, number))
        yield Sampled(number + 1, data, fault)


def _before(seed: int, number: int, back: int) -> Json:
    return _sound(seed, number - back)


def _fault(number: int) -> Fault | None:
    provider, place = divmod(number, OF_A_PROVIDER)
    if place == LAST and provider % 2:
        return faults.TOGETHER[provider // 2 % len(faults.TOGETHER)]
    if place in FIRST and (provider + place) % 2:
        return faults.ALONE[provider % len(faults.ALONE)]
    return None


@lru_cache(maxsize=1)
def _words() -> Json:
    text = (files("microcred") / "catalogues" / "sample.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    words: Json = yaml.load(text, Loader=loader)  # noqa: S506 - both are the safe one
    return words


def _sound(seed: int, number: int) -> Json:
    """Return record *number* without a fault."""
    provider, place = divmod(number, OF_A_PROVIDER)
    body, topics = _provider(seed, provider)
    subject, position = topics[place % len(topics)]
    draw = random.Random(f"{seed}:{number}/")  # noqa: S311 - repeatable on purpose
    return _offer(body, subject, position, number, draw)


@lru_cache(maxsize=8)
def _provider(seed: int, number: int) -> tuple[_Body, list[tuple[Json, int]]]:
    """Return a provider, and what it teaches in the order of its records."""
    draw = random.Random(f"{seed}:{number}")  # noqa: S311 - as above
    languages = _words()["languages"]
    language = draw.choice(tuple(languages))
    words, kind = languages[language], draw.randrange(3)
    topics = [
        (subject, position)
        for subject in words["subjects"]
        for position in range(len(subject["things"]))
    ]
    draw.shuffle(topics)
    body = _Body(
        f"p{number:06d}",
        language,
        words,
        _words()["kinds"][kind],
        draw.choice(words["places"]),
        words["providers"][kind],
        draw.choice(words["countries"]),
    )
    return body, topics


@dataclass(frozen=True, slots=True)
class _Body:
    id: str
    language: str
    words: Json
    kind: Json
    place: str
    pattern: str
    country: str

    @property
    def site(self) -> str:
        return f"https://{self.id}.example"

    @property
    def name(self) -> str:
        return self.pattern.format(place=f"{self.place} {int(self.id[1:]) + 1}")


def _offer(body: _Body, subject: Json, topic: int, number: int, draw: random.Random) -> Json:
    thing = subject["things"][topic]
    hours = draw.choice((50, 75, 100, 125, 150))
    values = {
        "title": draw.choice(subject["titles"]).format(thing=thing),
        "hours": hours,
        "weeks": max(3, hours // 10),
        "price": draw.randrange(6, 90) * 10,
        "level": body.kind["level"],
        "percent": draw.choice((50, 55, 60, 70)),
        "minutes": draw.choice((45, 60, 90)),
        "group": draw.randrange(9, 28),
        "place": body.place,
        "field": subject["name"],
    }
    mode = draw.choice(("onsite", "blended", "blended", "online"))
    values["mode_words"] = body.words["modes"][mode].format(**values)

    def say(name: str) -> str:
        text: str = body.words[name]
        return text.format(**values)

    page = f"{body.site}/mc/{number:07d}"
    statements = _outcomes(subject, thing, draw)
    return {
        "microcred": 1,
        "kind": "offer",
        "id": page,
        "version": f"{draw.randrange(1, 4)}.{draw.randrange(0, 5)}",
        "language": body.language,
        "title": _title(body.language, str(values["title"]), subject, topic),
        "summary": say("summary"),
        "audience": say("audience"),
        "fields": [subject["field"]],
        "need": {
            "statement": say("need"),
            "evidence": [{"source": say("survey"), "kind": "employer", "date": "2025-09-30"}],
        },
        "countries": [body.country],
        "bodies": [
            {
                "id": "provider",
                "name": body.name,
                "type": body.kind["type"],
                "country": body.country,
                "place": body.place,
                "website": body.site,
                "identifiers": [
                    {
                        "scheme": "national business register",
                        "value": f"{body.country}-{body.id[1:]}",
                        "country": body.country,
                    }
                ],
                "roles": ["awarding", "teaching", "assessing", "issuing"],
            }
        ],
        "outcomes": statements,
        "workload": _workload(hours, body, mode, say),
        "level": {"eqf": body.kind["level"], "basis": "self-declared", "reason": say("reason")},
        "assessments": [
            _assessment(0, "written-examination", statements[:1], 40, body, values),
            _assessment(1, "practical-assessment", statements[1:], 60, body, values),
        ],
        "participation": _participation(mode, body, say),
        "quality": _quality(body, page, say),
        "prerequisites": {"text": say("entry"), "alternative": say("alternative")},
        "grading": {"scheme": say("grading"), "values": ["pass", "fail"], "pass": "pass"},
        "stacking": {
            "option": "stackable",
            "targets": [
                {
                    "title": say("target"),
                    "owner": body.words["agency"],
                    "amount": {"system": "ECTS", "points": hours // 25},
                    "condition": say("condition"),
                    "level": body.kind["level"],
                    "until": "2030-12-31",
                }
            ],
        },
        "validity": {"period": "P5Y", "renewal": say("renewal"), "reason": say("condition")},
        "review": {"last": "2026-03-01", "next": "2027-03-01"},
        "information": {
            "contact": f"courses@{body.id}.example",
            "price": say("price"),
            "verification": f"{body.site}/verify",
            "complaints": say("complaints"),
            "privacy": f"{body.site}/privacy",
            "homepage": page,
        },
    }


def _title(language: str, title: str, subject: Json, topic: int) -> str | Json:
    # A language that few others read is no title to find a micro-credential by.
    return (
        {language: title, "en": f"{subject['english']}, unit {topic + 1}"}
        if "english" in subject
        else title
    )


def _outcomes(subject: Json, thing: str, draw: random.Random) -> list[Json]:
    kinds = subject["outcomes"]
    chosen = [
        ("knowledge", draw.choice(kinds["knowledge"])),
        *(("skill", text) for text in draw.sample(kinds["skill"], 2 + draw.randrange(2))),
        ("responsibility", draw.choice(kinds["responsibility"])),
    ]
    return [
        {"id": f"LO{position}", "type": kind, "statement": text.format(thing=thing)}
        for position, (kind, text) in enumerate(chosen, 1)
    ]


def _workload(hours: int, body: _Body, mode: str, say: Callable[[str], str]) -> Json:
    taught = hours // 5
    part = {"onsite": "contact", "blended": "contact", "online": "online-asynchronous"}[mode]
    workload: Json = {
        "hours": hours,
        "parts": {
            part: taught,
            "practice": hours // 5,
            "self-study": hours - 2 * (hours // 5) - 4,
            "assessment": 4,
        },
        "method": say("method"),
        "duration": say("duration"),
    }
    if body.kind.get("credit"):
        workload["credits"] = [
            {"system": body.kind["credit"], "points": hours // 25, "by": "provider"}
        ]
    return workload


def _assessment(
    position: int, kind: str, covers: list[Json], weight: int, body: _Body, values: Json
) -> Json:
    def say(name: str) -> str:
        text: str = body.words[name]
        return text.format(**values)

    return {
        "id": f"A{position + 1}",
        "type": kind,
        "title": body.words["tests"][position],
        "description": body.words["describes"][position].format(**values),
        "covers": [outcome["id"] for outcome in covers],
        "weight": weight,
        "pass": say("pass"),
        "criteria": say("criteria"),
        "evidence": say("evidence"),
        "supervision": "supervised-with-id",
        "identityCheck": say("identity"),
        "assessors": say("assessors"),
        "adjustments": say("adjustments"),
    }


def _participation(mode: str, body: _Body, say: Callable[[str], str]) -> Json:
    participation: Json = {
        "mode": mode,
        "synchronous": say("synchronous"),
        "languages": [body.language],
        "equipment": say("equipment"),
        "accessibility": say("access"),
        "activities": ["e-learning-coursework" if mode == "online" else "classroom-coursework"],
        "setting": "formal",
        "schedule": say("schedule"),
    }
    if mode != "online":
        participation["place"] = say("place")
    return participation


def _quality(body: _Body, page: str, say: Callable[[str], str]) -> list[Json]:
    return [
        {
            "kind": "external",
            "type": body.kind["quality"],
            "system": body.kind["frame"],
            "body": body.words["agency"],
            "of": "provider",
            "scope": "institution" if body.kind["quality"] == "institutional-qa" else "programme",
            "from": "2024-01-15",
            "until": "2029-12-31",
            "evidence": f"{body.site}/quality/decision-2024",
        },
        {
            "kind": "internal",
            "body": body.name,
            "of": "provider",
            "scope": "micro-credential",
            "review": "P1Y",
            "evidence": f"{page}/quality",
            "statement": say("review"),
        },
    ]
