"""The form of single values: durations, points and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from microcred.credential import Fault
from microcred.readers.foreign import Node
from microcred.rule import Verdict, not_met

__all__ = ["of_value"]

_DURATIONS: Final = frozenset({"volumeOfLearning", "maximumDuration", "workload", "duration"})
_DURATION: Final = re.compile(
    r"P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
)
_EFFORT: Final = frozenset({"volumeOfLearning", "workload"})
_LONG: Final = re.compile(r"P(\d+Y)?(\d+M)")  # years and months, which are calendar time
_DATES: Final = frozenset(
    {
        "issued",
        "issuanceDate",
        "validFrom",
        "validUntil",
        "expirationDate",
        "awardingDate",
        "dateOfBirth",
        "dateIssued",
        "expiryDate",
        "reviewDate",
        "startDate",
        "endDate",
    }
)
_DATE_TIME: Final = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})"
)
_DAY: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_POINT: Final = re.compile(r"\d+([.,]\d+)?")


def of_value(node: Node, key: str) -> Iterator[tuple[Fault | None, str]]:
    """Yield what the form of the value of *key* comes to, and the rule that asks for it."""
    value = node.value
    if key in _DURATIONS:
        yield _told("ELM-5", node, _duration(key, value)), "ELM-5"
    elif key == "point":
        wrong = not (isinstance(value, str) and _POINT.fullmatch(value.strip()))
        number = isinstance(value, (int, float))
        verdict = not_met(
            "The points are “{value}”", fix=f'Write "{value}"' if number else None, value=value
        )
        yield _told("ELM-6", node, verdict if wrong else None), "ELM-6"
    elif key in _DATES:
        wrong = not (isinstance(value, str) and _DATE_TIME.fullmatch(value))
        is_day = isinstance(value, str) and _DAY.fullmatch(value)
        verdict = not_met(
            "“{key}” is “{value}”",
            fix="Write {value}T00:00:00Z" if is_day else None,
            key=key,
            value=value,
        )
        yield _told("ELM-7", node, verdict if wrong else None), "ELM-7"
    elif key == "dateModified":
        # The context makes an address of it, and the shapes ask for a date.
        verdict = not_met(
            "The official shapes refuse “dateModified” in every form", fix="Leave it out"
        )
        yield _told("ELM-7", node, verdict), "ELM-7"


def _told(rule: str, node: Node, verdict: Verdict | None) -> Fault | None:
    return Fault(rule, node.at, verdict) if verdict else None


def _duration(key: str, value: object) -> Verdict | None:
    if not isinstance(value, str) or not _DURATION.fullmatch(value):
        return not_met("“{value}” is no duration", value=value)
    if key in _EFFORT and _LONG.fullmatch(value):
        hours = "PT" + value.removeprefix("P").replace("M", "H")
        fix = "Write {hours}, if hours are meant" if "Y" not in value else None
        return not_met("“{value}” means calendar months", fix=fix, value=value, hours=hours)
    return None
