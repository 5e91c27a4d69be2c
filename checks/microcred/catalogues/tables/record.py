"""A record as it grows: what one cell says is put beside what others have said."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from microcred.labels import fill

__all__ = ["finish", "name_languages", "put"]

Json = dict[str, Any]


def name_languages(data: Json, stated: object) -> None:
    """Give a text a language whose heading names none, where another column has the same text.

    It is the language that holds for every row, else the one in which the course is taught.
    """
    taught = data.get("participation", {}).get("languages", ())
    for name in ("title", "summary", "audience"):
        texts = data.get(name)
        if isinstance(texts, dict) and "" in texts:
            free = (code for code in (stated, *taught, "und") if code and code not in texts)
            data[name] = {str(next(free)) if code == "" else code: texts[code] for code in texts}


def put(data: Json, pointer: str, value: Any, language: str) -> None:
    """Put what a cell says into a record, beside what other cells have said."""
    name = pointer[1:]
    if isinstance(value, str) and (language or isinstance(data.get(name), dict)):
        if isinstance(data.get(name), str):
            data[name] = {"": data[name]}
        fill(data, f"{pointer}/{language}", value)
    elif pointer == "/partners":
        data["partners"] = [*data.get("partners", []), *value]
    elif pointer == "/outcomes":
        _put_outcomes(data, value, language)
    elif pointer == "/assessments" and "id" in data.get("assessments", [{}])[0]:
        data["assessments"] += _counted(value, "A", len(data["assessments"]))
    elif pointer == "/assessments":
        stated = data.get("assessments", [{}])[0]  # by a column of supervision
        data["assessments"] = [{**value[0], **stated}, *value[1:]]
    elif pointer == "/level" and "level" in data:
        national = [*data["level"].get("national", []), *value.get("national", [])]
        data["level"] = {**value, **data["level"], **({"national": national} if national else {})}
    else:
        fill(data, pointer, value)


def _put_outcomes(data: Json, found: list[Json], language: str) -> None:
    """Add outcomes to those of other columns; as many in another language are the same ones."""
    there = data.get("outcomes", [])
    if language:
        found = [{**one, "statement": {language: one["statement"]}} for one in found]
    if language and len(found) == len(there) and _lack(there, language):
        for one, other in zip(there, found, strict=True):
            one["statement"] |= other["statement"]
    else:
        data["outcomes"] = [*there, *_counted(found, "LO", len(there))]


def _lack(outcomes: list[Json], language: str) -> bool:
    texts = [one["statement"] for one in outcomes]
    return all(isinstance(text, dict) and language not in text for text in texts)


def _counted(items: list[Json], name: str, before: int) -> list[Json]:
    """Return items of a list with the ids that follow those of the items before them."""
    return [{**one, "id": f"{name}{number}"} for number, one in enumerate(items, before + 1)]


def finish(data: Json, constants: Mapping[str, Any]) -> None:
    """Give the record what follows from its columns, and what holds for every row."""
    partners = data.pop("partners", [])
    for name, value in constants.items():
        if name == "bodies" and data.get("bodies") and isinstance(value, list):
            data["bodies"][0] = {**_first(value), **data["bodies"][0]}
        else:
            data.setdefault(name, copy.deepcopy(value))
    bodies = data.get("bodies")
    if isinstance(bodies, list) and bodies and isinstance(bodies[0], dict):
        bodies[0].setdefault("roles", ["awarding"])
        bodies += [{"name": name, "roles": ["partner"]} for name in partners]
        if country := bodies[0].get("country"):
            data.setdefault("countries", [country])
    if data.get("quality") and isinstance(data["quality"][0], dict):
        data["quality"][0].setdefault("kind", "external")
    title = data.get("title")
    if "language" not in data and isinstance(title, dict) and title:
        data["language"] = next(iter(title))


def _first(value: list[Any]) -> Json:
    return dict(value[0]) if value and isinstance(value[0], dict) else {}
