"""The faults that a made-up catalogue has, each with the rules that have to find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from microcred.catalogues.records import dumps, loads

__all__ = ["ALONE", "TOGETHER", "Fault"]

Json = dict[str, Any]
Earlier = Callable[[int], Json]  # the record of the same provider so many places before


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its name, the rules that find it, and how a sound record comes by it."""

    name: str
    rules: tuple[str, ...]
    plant: Callable[[Json, Earlier], Json]


def _copy(record: Json) -> Json:
    # Far quicker than copying node by node.
    copied: Json = loads(dumps(record))
    return copied


def _without(*names: str) -> Callable[[Json, Earlier], Json]:
    def plant(record: Json, earlier: Earlier) -> Json:  # noqa: ARG001 - all are called alike
        return {key: value for key, value in record.items() if key not in names}

    return plant


def _changed(change: Callable[[Json], None]) -> Callable[[Json, Earlier], Json]:
    def plant(record: Json, earlier: Earlier) -> Json:  # noqa: ARG001 - as above
        changed = _copy(record)
        change(changed)
        return changed

    return plant


def _copied(back: int, change: Callable[[Json], None]) -> Callable[[Json, Earlier], Json]:
    """Put a changed copy of an earlier record in the place of the record itself."""

    def plant(record: Json, earlier: Earlier) -> Json:
        changed = _copy(earlier(back))
        id, page = record["id"], record["information"]["homepage"]
        changed["id"], changed["information"]["homepage"] = id, page
        change(changed)
        return changed

    return plant


def _pointing(record: Json, earlier: Earlier, *, title: str = "", level: int = 0) -> Json:
    other, changed = earlier(2), _copy(record)
    target = changed["stacking"]["targets"][0]
    target["owner"] = other["bodies"][0]["name"]
    target["title"] = title or _title(other)
    target["level"] = other["level"]["eqf"] + level
    return changed


def _title(record: Json) -> str:
    title = record["title"]
    return str(title[record["language"]] if isinstance(title, dict) else title)


def _slip(text: str) -> str:
    """Return *text* as somebody types it a second time: one letter of a long word is lost."""
    words = text.split(" ")
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    words[longest] = words[longest][:2] + words[longest][3:]
    return " ".join(words)


def _add_hours(record: Json) -> None:
    record["workload"]["hours"] += 6


def _vague(record: Json) -> None:
    vague = {
        "en": "Understands the subject as a whole",
        "de": "Versteht das Thema im Ganzen",
        "fr": "Comprendre le sujet dans son ensemble",
        "es": "Comprende el tema en su conjunto",
        "it": "Capire il tema nel suo insieme",
        "el": "Κατανοεί το θέμα στο σύνολό του",
    }
    record["outcomes"][0]["statement"] = vague[record["language"]]


def _ended(record: Json) -> None:
    record["quality"][0]["until"] = "2025-06-30"


def _learner(record: Json) -> None:
    record["learner"] = {"name": "Kim Example", "email": "kim@learner.example"}


def _level_nine(record: Json) -> None:
    record["level"]["eqf"] = 9


def _unknown_mode(record: Json) -> None:
    record["participation"]["mode"] = "onlin"


def _list_for_text(record: Json) -> None:
    record["outcomes"] = "Plans, builds and tests"


def _older(record: Json, earlier: Earlier) -> Json:  # noqa: ARG001 - as above
    return _copy(earlier(1)) | {"version": "0.9"}


def _id_of_another(record: Json, earlier: Earlier) -> Json:
    other = earlier(1)
    return record | {"id": other["id"], "version": other["version"]}


def _retyped(record: Json) -> None:
    outcome = record["outcomes"][-1]
    outcome["statement"] = _slip(outcome["statement"])


def _other_hours(record: Json) -> None:
    workload = record["workload"]
    workload["hours"] += 25
    workload["parts"]["self-study"] += 25
    for credit in workload.get("credits", ()):
        credit["points"] += 1


def _other_level(record: Json) -> None:
    record["level"]["eqf"] -= 1


def _old_decision(record: Json, earlier: Earlier) -> Json:  # noqa: ARG001 - as above
    changed = _copy(record)
    changed["quality"][0]["until"] = "2027-12-31"
    return changed


def _no_such_target(record: Json, earlier: Earlier) -> Json:
    return _pointing(record, earlier, title=f"{_title(earlier(2))} 2019")


def _target_of_another_level(record: Json, earlier: Earlier) -> Json:
    return _pointing(record, earlier, level=1)


# Faults that show in one record.
ALONE: Final = (
    Fault("no title", ("M2-1",), _without("title")),
    Fault("the parts do not add up to the hours", ("M7-3",), _changed(_add_hours)),
    Fault("an outcome that nobody can observe", ("M6-2",), _changed(_vague)),
    Fault("no assessment", ("M9-1",), _without("assessments")),
    Fault("no quality assurance", ("M11-1",), _without("quality")),
    Fault("quality assurance that has ended", ("M11-5", "CAT-5"), _changed(_ended)),
    Fault("a learner in an offer", ("M1-7",), _changed(_learner)),
    Fault("a level that does not exist", ("M8-2",), _changed(_level_nine)),
    Fault("a misspelt form of participation", ("M10-2",), _changed(_unknown_mode)),
    Fault("a text where a list belongs", ("SHAPE-type",), _changed(_list_for_text)),
    Fault("no outcomes", ("M6-1",), _without("outcomes")),
    Fault("no workload", ("M7-1",), _without("workload")),
)

# Faults that show only beside the other records of the provider.
TOGETHER: Final = (
    Fault("the id of another record", ("CAT-1",), _id_of_another),
    Fault("the same micro-credential typed twice", ("CAT-2",), _copied(3, _retyped)),
    Fault("the same micro-credential with other hours", ("CAT-3",), _copied(4, _other_hours)),
    Fault("the same micro-credential at another level", ("CAT-4",), _copied(5, _other_level)),
    Fault("an older date of the same decision", ("CAT-5",), _old_decision),
    Fault("an older version", ("CAT-6",), _older),
    Fault("a target that is not there", ("CAT-7",), _no_such_target),
    Fault("a target at another level", ("CAT-7",), _target_of_another_level),
)
