"""What a specification says of a learning achievement, whatever its class."""

from __future__ import annotations

import re
from typing import Final

from microcred.exporters.elm.document import ADDRESS, full
from microcred.exporters.elm.parts import Parts
from microcred.exporters.source import Json, Source, duration

__all__ = ["described", "qualification"]

_DURATION: Final = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?")


def qualification(source: Source, parts: Parts, title: dict[str, str]) -> Json:
    """Return what an award certifies, as a qualification of the model."""
    found: Json = {"type": "Qualification", "title": title}
    offer = source.get("/offer/id")
    if isinstance(offer, str) and ADDRESS.fullmatch(offer):
        found["id"] = source.keep("/offer/id", "specifiedBy.id")
    level = parts.listed("/level/eqf", "eqf-levels", "specifiedBy.eqfLevel")
    if level:
        found["eqfLevel"] = level
    national = [
        level
        for pointer in source.order("/level/national", parts.has_national)
        if (level := parts.national(pointer))
    ]
    found["nqfLevel"] = national
    found["accreditation"] = parts.accreditations()
    found["isPartOf"] = [parts.target(item) for item in source.items("/stacking/targets")]
    option = source.get("/stacking/option")
    if option in ("standalone", "stackable"):
        source.keep("/stacking/option", "isPartialQualification, isPartOf")
        found["isPartialQualification"] = option == "stackable"
    return full(found | described(source, parts))


def described(source: Source, parts: Parts) -> Json:
    """Return what the specification of a learning achievement says, whatever its class."""
    found: Json = {
        "description": source.texts("/summary", "specifiedBy.description"),
        "thematicArea": parts.several("/fields", "isced-f", "specifiedBy.thematicArea"),
        "learningOutcome": [parts.outcome(pointer) for pointer in source.items("/outcomes")],
        "creditPoint": [
            points
            for pointer in source.order("/workload/credits", parts.has_points)
            if (points := parts.credit(pointer))
        ],
        "volumeOfLearning": _volume(source),
        "language": parts.several("/participation/languages", "languages", "specifiedBy.language"),
        "mode": parts.listed("/participation/mode", "modes", "mode", own=True),
        "learningSetting": parts.listed(
            "/participation/setting", "settings", "specifiedBy.learningSetting"
        ),
        "educationLevel": parts.listed(
            "/level/cycle", "cycles", "specifiedBy.educationLevel", own=True
        ),
    }
    lasting = source.get("/workload/duration")
    if isinstance(lasting, str) and _DURATION.fullmatch(lasting):
        found["maximumDuration"] = source.keep("/workload/duration", "maximumDuration")
    entry = source.texts("/prerequisites/text", "specifiedBy.entryRequirement")
    if entry:
        found["entryRequirement"] = {"type": "Note", "noteLiteral": entry}
    if page := source.page("/information/homepage", "specifiedBy.homepage"):
        found["homepage"] = {"type": "WebResource", "contentURL": page}
    found["supplementaryDocument"] = [
        {
            "type": "WebResource",
            "contentURL": source.keep(pointer, "specifiedBy.supplementaryDocument"),
        }
        for pointer in source.order(
            "/information/documents", lambda item: bool(ADDRESS.fullmatch(str(source.get(item))))
        )
        if ADDRESS.fullmatch(str(source.get(pointer)))
    ]
    return full(found)


def _volume(source: Source) -> str:
    volume = duration(source.get("/workload/hours"))
    if volume:
        source.keep("/workload/hours", "specifiedBy.volumeOfLearning")
    return volume
