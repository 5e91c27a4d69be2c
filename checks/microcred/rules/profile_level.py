"""P: the levels that a profile allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from microcred.description import Description, Node
from microcred.profiles.model import BASIS
from microcred.quantities import as_number
from microcred.rule import (
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)
from microcred.vocabularies.tables import fold

__all__ = ["allowed_levels"]

Limit = Mapping[str, Any]


@rule(
    "P-2",
    "Keep to the levels that the profile allows",
    level=Level.MUST,
    element="",
    section="profile-level",
    basis=BASIS,
    why="A country or framework registers micro-credentials at these levels only",
    fix="Check the level against the descriptors of the framework, and correct it if it is wrong",
    at="/level",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="level",
)
def level(stated: Node, description: Description) -> Verdict | None:
    limit = description.limit("level")
    verdicts = list(_levels(stated, limit, description))
    for verdict in verdicts:
        if verdict is not None:
            return verdict
    if verdicts:
        return None
    return cannot_tell(
        "Which level is it, in a framework that the profile {profile} knows: {allowed}?",
        fix="State the level in this framework",
        profile=description.profile.id,
        allowed=", ".join(allowed_levels(limit)),
    )


def _levels(stated: Node, limit: Limit, description: Description) -> Iterator[Verdict | None]:
    """Yield an answer for each stated level that the profile has a range for."""
    own = description.profile.id
    eqf = limit.get("eqf")
    if eqf and description.eqf is not None:
        yield _eqf(description.eqf, eqf, own)
    for number, item in enumerate(stated.get("national", ())):
        for wanted in limit.get("national", ()):
            reached = as_number(item.get("level")) if item and _same(item, wanted) else None
            if reached is None:
                continue
            yield (
                None
                if wanted["min"] <= reached <= wanted["max"]
                else not_met(
                    "The level is {framework} {level}; the profile {profile} allows {low} to "
                    "{high}",
                    at=f"/national/{number}",
                    framework=item.get("framework", wanted["framework"]),
                    level=f"{reached:g}",
                    profile=own,
                    low=wanted["min"],
                    high=wanted["max"],
                )
            )


def _eqf(reached: int, wanted: Limit, own: str) -> Verdict | None:
    if wanted["min"] <= reached <= wanted["max"]:
        return None
    also = wanted.get("also")
    if also and also["min"] <= reached <= also["max"]:
        return cannot_tell(
            "The profile {profile} allows EQF level {level} only if {condition}: are they?",
            at="/eqf",
            profile=own,
            level=reached,
            condition=also["condition"],
        )
    return not_met(
        "The EQF level is {level}; the profile {profile} allows {low} to {high}",
        at="/eqf",
        level=reached,
        profile=own,
        low=wanted["min"],
        high=wanted["max"],
    )


def _same(item: Node, wanted: Limit) -> bool:
    """Tell whether a stated level is one of the framework that the profile means."""
    if item.get("country"):
        return bool(item["country"].strip().upper() == wanted["country"])
    return fold(item.get("framework", "")) == fold(wanted["framework"])


def allowed_levels(limit: Limit) -> Iterator[str]:
    """Yield the levels that a profile allows, in words."""
    if "eqf" in limit:
        yield f"EQF {limit['eqf']['min']} to {limit['eqf']['max']}"
    for row in limit.get("national", ()):
        yield f"{row['framework']} {row['min']} to {row['max']}"
