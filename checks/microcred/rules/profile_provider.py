"""P: who may award a micro-credential under a profile, and how long the award may hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from microcred.description import Description, Node
from microcred.profiles.model import BASIS
from microcred.quantities import read_duration
from microcred.rule import (
    AWARD,
    NOT_APPLICABLE,
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)
from microcred.rules.profile_time import DAYS_A_MONTH
from microcred.vocabularies import vocabulary


@rule(
    "P-9",
    "Let a body award that the profile admits",
    level=Level.MUST,
    element="",
    section="profile-providers",
    basis=BASIS,
    why="A country or framework counts as its micro-credentials only what certain bodies award",
    fix="Name the body that may award it, or leave the profile to those whom it binds",
    at="/bodies",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="providers",
)
def providers(_: Node, description: Description) -> Verdict | None:
    limit, own = description.limit("providers"), description.profile.id
    wanted = limit.get("types") or ()
    # Where the type isn't stated, M4-7 says so.
    if wanted and not description.body_types:
        return NOT_APPLICABLE
    if wanted and description.body_types.isdisjoint(wanted):
        return not_met(
            "{found} awards; the profile {profile} admits {types}",
            profile=own,
            found=_named(sorted(description.body_types)).capitalize(),
            types=_named(wanted),
        )
    if "condition" not in limit or _shown(limit.get("shownBy") or (), description):
        return None
    body = description.awarding[0].get("name") if description.awarding else None
    return cannot_tell(
        "Is {body} {condition}? The profile {profile} asks for it",
        fix="State the decision in `quality`, with body, date and address",
        body=description.text(body) or "the awarding body",
        condition=limit["condition"],
        profile=own,
    )


def _shown(types: Sequence[str], description: Description) -> bool:
    """Tell whether an arrangement of quality assurance is of a type that shows the condition."""
    return any(arrangement.get("type") in types for arrangement in description.quality)


def _named(codes: list[str]) -> str:
    entries = [vocabulary("body-types").find(code) for code in codes]
    named = [
        entry.label().lower() if entry else code for entry, code in zip(entries, codes, strict=True)
    ]
    return " or ".join(named)


_NO_END: Final = re.compile(
    r"\b(no expiry|none|unlimited|does(n.t| not) expire|without end)\b", re.IGNORECASE
)


@rule(
    "P-10",
    "Let the award hold as long as the profile says",
    level=Level.MUST,
    element="",
    section="profile-validity",
    basis=BASIS,
    why="Some frameworks let awards hold without end, and others limit how long",
    fix="Correct the validity, or say there who limits it elsewhere",
    needs="validity",
)
def validity(data: Node, description: Description) -> Verdict | None:
    limit, own = description.limit("validity"), description.profile.id
    stated, at, days = _stated(data, description)
    if not stated:
        return None if limit.get("expires") is False else NOT_APPLICABLE
    if limit.get("expires") is False:
        return not_met(
            "The award expires ({stated}); under the profile {profile} awards don’t",
            at=at,
            stated=stated,
            profile=own,
        )
    if days is None or "months" not in limit:
        return NOT_APPLICABLE
    months = days / DAYS_A_MONTH
    if months <= limit["months"] * 1.02:  # room for months of different length
        return None
    return not_met(
        "The award holds {months} months; the profile {profile} allows {most}",
        at=at,
        months=f"{months:.0f}",
        profile=own,
        most=f"{limit['months']:g}",
    )


def _stated(data: Node, description: Description) -> tuple[str, str, float | None]:
    """Return the validity as it is stated, where it stands, and its days where they are known."""
    if description.kind == AWARD:
        end, start = description.date(data.get("expires")), description.issued
        return str(data.get("expires") or ""), "/expires", _days(start, end)
    period = description.part("validity").get("period")
    stated = period if isinstance(period, str) and not _NO_END.search(period) else ""
    duration = read_duration(stated)
    return stated, "/validity/period", duration.days if duration else None


def _days(start: dt.date | None, end: dt.date | None) -> float | None:
    return (end - start).days if start and end else None
