"""Which way of recognition is usual: the procedure for formal education, or prior learning.

The expert group of 2020: awards of formal providers by the procedures for foreign qualifications
and study periods, those of others as prior learning, and partners by their agreement [SEED-EX].
"""

from __future__ import annotations

from typing import Final

from microcred.evaluation.model import Route, Way
from microcred.evaluation.view import View
from microcred.messages import Message
from microcred.vocabularies import vocabulary

__all__ = ["route"]

# Providers that belong to formal education by what they are; for those in neither set, such as a
# chamber or an adult education centre, it depends on the country and on what they award.
_FORMAL: Final = frozenset({"higher-education", "vet-provider", "school"})
_OTHER: Final = frozenset(
    {"employer", "training-provider", "professional-body", "non-governmental-organisation"}
    | {"platform", "employment-service", "research-organisation"}
)

_TOLD: Final = {
    Way.FORMAL: Message(
        "A formal provider: the usual way is the procedure for foreign qualifications and study "
        "periods"
    ),
    Way.NON_FORMAL: Message(
        "A provider outside formal education: the usual way is the recognition of prior learning, "
        "in which the file is one piece of evidence"
    ),
    Way.UNCLEAR: Message(
        "The file doesn’t show whether the provider belongs to formal education: find out first, "
        "since the way depends on it"
    ),
}


def route(view: View) -> Route:
    """Return the usual way for the providers of a file, with the signs that speak for it."""
    signs = [*_types(view), *_rest(view)]
    # What the provider is decides; how the learning is called and its level only add to it.
    ways = {way for way, first, _ in signs if first} or {way for way, _, _ in signs}
    way = ways.pop() if len(ways) == 1 else Way.UNCLEAR
    return Route(way, _TOLD[way], tuple(told for _, _, told in signs))


def _types(view: View) -> list[tuple[Way, bool, Message]]:
    found = []
    types = vocabulary("body-types")
    for body in view.description.awarding:
        entry = types.find(body.get("type"))
        code = entry.code if entry else ""
        values = {
            "name": view.description.text(body.get("name")),
            "type": entry.label() if entry else "",
        }
        if code in _FORMAL:
            told = Message("“{name}” is of the type “{type}”, so a formal provider", values)
            found.append((Way.FORMAL, True, told))
        elif code in _OTHER:
            told = Message("“{name}” is of the type “{type}”, outside formal education", values)
            found.append((Way.NON_FORMAL, True, told))
    return found


def _rest(view: View) -> list[tuple[Way, bool, Message]]:
    found = []
    entry = vocabulary("settings").find(view.text("/participation/setting"))
    if entry:
        way = Way.FORMAL if entry.code == "formal" else Way.NON_FORMAL
        told = Message("The learning is called “{setting}”", {"setting": entry.label()})
        found.append((way, False, told))
    if view.text("/level/basis") == "nqf-registered":
        told = Message("The level is said to be entered in a national framework")
        found.append((Way.FORMAL, False, told))
    return found
