"""P: how often a profile has a micro-credential looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from microcred.description import Description, Node
from microcred.profiles.model import BASIS
from microcred.quantities import read_duration
from microcred.rule import (
    OFFER,
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)

DAYS_A_MONTH: Final = 365 / 12


@rule(
    "P-6",
    "Review it as often as the profile asks",
    level=Level.MUST,
    element="",
    section="profile-review",
    basis=BASIS,
    why="The framework lists a micro-credential for a limited time and then looks at it again",
    fix="Set an earlier date in `review: {next: …}`",
    kinds=(OFFER,),
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="review",
)
def review(data: Node, description: Description) -> Verdict | None:
    most = description.limit("review")["months"]
    found = list(_until_review(description))
    if not found:
        return cannot_tell(
            "When is it reviewed? The profile {profile} asks for a review every {months} months",
            fix="Add the date: `review: {next: 2027-06-30}`",
            at="/review",
            profile=description.profile.id,
            months=f"{most:g}",
        )
    # Three years are 1096 days and 36 months are 1095: a little room makes them the same.
    shortest = min(days / DAYS_A_MONTH for days, _ in found)
    if shortest <= most * 1.02:
        return None
    return not_met(
        "The next review is {found} months away; the profile {profile} allows {months}",
        at=found[0][1],
        found=f"{shortest:.0f}",
        profile=description.profile.id,
        months=f"{most:g}",
    )


def _until_review(description: Description) -> Iterator[tuple[float, str]]:
    """Yield in how many days the description is looked at again, and where that is stated."""
    if date := description.date(description.part("review").get("next")):
        yield (date - description.day).days, "/review/next"
    for number, arrangement in enumerate(description.data.get("quality", ())):
        stated = (arrangement or {}).get("review")
        duration = read_duration(stated) if isinstance(stated, str) else None
        if duration and duration.days:
            yield duration.days, f"/quality/{number}/review"
