"""Quality assurance: who assures it, what shows it, and whether a register has the provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from microcred.evaluation.found import Found, for_all, found, items
from microcred.evaluation.model import Evidence, Strength
from microcred.evaluation.view import View
from microcred.messages import Message
from microcred.registers import How, Standing

__all__ = ["quality"]


_REVIEW: Final = ("body", "type", "system", "statement")  # by what a review is called


def quality(view: View) -> Found:
    """Tell who assures the quality; a register that was given is the firmest answer."""
    stated = list(items(view, "quality"))
    if _listed(view):
        strength = Strength.CHECKED
    elif any(_external(item) and item.get("evidence") for _, item in stated):
        strength = Strength.EVIDENCED
    else:
        strength = Strength.STATED if stated else Strength.MISSING
    return found(strength, _quality_evidence(view, stated), _quality_missing(view, stated))


def _listed(view: View) -> bool:
    """Tell whether a register has every awarding body in force on the day that counts."""
    listings = [listing for _, listing in view.description.listings]
    return bool(listings) and all(
        listing is not None
        and listing.how in (How.NUMBER, How.NAME)
        and listing.standing is Standing.IN_FORCE
        and not listing.other_name
        and not listing.several
        for listing in listings
    )


def _external(item: dict[str, object]) -> bool:
    return item.get("kind") == "external" or ("kind" not in item and "type" in item)


def _quality_evidence(
    view: View, stated: list[tuple[str, dict[str, object]]]
) -> Iterator[Evidence]:
    for body, listing in view.description.listings:
        if listing and listing.entry and listing.how in (How.NUMBER, How.NAME):
            entry = listing.entry
            held = " – ".join(filter(None, (entry.starts, entry.ends)))
            words = "; ".join(filter(None, (entry.name, held, entry.status)))
            yield Evidence(
                "Register",
                words,
                f"{listing.register}, line {entry.line}",
                f"/bodies/{view.description.bodies.index(body)}",
            )
    for at, _ in stated:
        yield from view.quote(f"{at}/type", list_name="accreditation-types")
        yield from view.quote(f"{at}/system", list_name="quality-systems")
        rest = ("body", "scope", "from", "until", "evidence", "review", "statement")
        yield from view.quote(*(f"{at}/{name}" for name in rest))


def _quality_missing(view: View, stated: list[tuple[str, dict[str, object]]]) -> Iterator[Message]:
    outside = [(at, item) for at, item in stated if _external(item)]
    if not outside:
        yield Message(
            "Has a body outside your organisation reviewed it, or reviewed you as a provider? "
            "Which one, when, and until when does the review hold?"
        )
    for field, one, several in (
        (
            "body",
            "Who carried out the review “{name}”?",
            "Who carried out the review “{name}”, and {n} more?",
        ),
        (
            "until",
            "Until when does the review “{name}” hold?",
            "Until when do the review “{name}” and {n} more hold?",
        ),
        (
            "evidence",
            "Where can the result of the review “{name}” be read?",
            "Where can the results of the review “{name}” and of {n} more be read?",
        ),
    ):
        lacking = [view.called(at, _REVIEW) for at, item in outside if not item.get(field)]
        yield from for_all(lacking, one, several)
    if all(_external(item) for _, item in stated):
        yield Message(
            "Who in your own organisation approved the micro-credential, and how often is it "
            "reviewed?"
        )
