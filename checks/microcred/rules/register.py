"""Registers of providers: who stands in them, and whether the entry held on the day that counts.

None of this runs unless the reader gives a register: which lists are to be trusted is a decision
of theirs, not of a program.
"""

from __future__ import annotations

from typing import Any, Final

from microcred.description import Description, Node
from microcred.registers import How, Listing, Standing
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import advice

_BODIES: Final = "/bodies/*"
_FOUND: Final = (How.NUMBER, How.NAME)


def _listing(body: Node, description: Description) -> Listing | None:
    """Return what the registers say of *body*, or None where it isn't an awarding body."""
    return next((found for awarding, found in description.listings if awarding is body), None)


def _found(body: Node, description: Description) -> Listing | None:
    listing = _listing(body, description)
    return listing if listing and listing.entry and listing.how in _FOUND else None


@rule(
    "REG-1",
    "Find the awarding body in a register",
    level=Level.ADVICE,
    element="",
    section="register-listed",
    basis=advice("ETF-DB"),
    why="A list of trusted providers answers in a second what a search takes an hour for",
    fix="Look for its number or its official name in the register, or name another register",
    at=_BODIES,
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="register",
)
def listed(body: Node, description: Description) -> Verdict | None:
    listing = _listing(body, description)
    if listing is None:
        return NOT_APPLICABLE
    name = description.text(body.get("name"))
    if listing.how is How.NONE:
        return not_met(
            "“{name}” is not in {registers}",
            fix=None if any(body.get("identifiers", ())) else _NO_NUMBER,
            name=name,
            registers=" or ".join(register.name for register in description.registers),
        )
    if listing.how is How.NEAR:
        first, *others = listing.near
        return cannot_tell(
            "Is “{name}” the “{other}” of {register}, line {line}? It has {why}{more}",
            fix="Compare number, seat and website, and correct the name or add the number",
            name=name,
            other=first.entry.name,
            register=listing.register,
            line=first.entry.line,
            why=first.why,
            more="".join(
                f"; also near: {near.entry.name} (line {near.entry.line})" for near in others
            ),
        )
    if listing.several:
        return cannot_tell(
            "Which one is “{name}”? {register} has several under this {how}, such as “{other}” in "
            "line {line}",
            fix="Add the number that tells them apart",
            name=name,
            register=listing.register,
            how=listing.how.value,
            other=listing.several[0].name,
            line=listing.several[0].line,
        )
    return None


_NO_NUMBER: Final = (
    "Add its number in the register under `identifiers`, since names are written in many ways, or "
    "name another register"
)


@rule(
    "REG-2",
    "Rest on an entry that holds on the day that counts",
    level=Level.ADVICE,
    element="",
    section="register-dates",
    basis=advice("ETF-DB"),
    why="What counts is the day of issuing: a provider may enter a list later, or leave it",
    fix="Look for a newer entry, or ask the keeper of the register",
    at=_BODIES,
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="register",
)
def in_force(body: Node, description: Description) -> Verdict | None:
    listing = _found(body, description)
    if listing is None or listing.entry is None:
        return NOT_APPLICABLE
    entry = listing.entry
    values: dict[str, Any] = {
        "name": entry.name,
        "register": listing.register,
        "line": entry.line,
        "ends": entry.ends,
        "starts": entry.starts,
        "day": description.day.isoformat(),
        "which": "the award was issued" if description.issued else "the check was made",
    }
    if listing.standing is Standing.ENDED:
        return not_met(
            "The entry of “{name}” in {register}, line {line}, ended on {ends}, before {which} on "
            "{day}",
            **values,
        )
    if listing.standing is Standing.NOT_YET:
        return not_met(
            "The entry of “{name}” in {register}, line {line}, begins on {starts}, after {which} "
            "on {day}",
            **values,
        )
    if listing.standing is Standing.UNCLEAR:
        return cannot_tell(
            "Did the entry of “{name}” in {register}, line {line}, hold on {day}? Its dates, "
            "“{dates}”, can be read in more than one way, or not at all",
            fix="Read the entry in the register itself",
            dates=" – ".join(filter(None, (entry.starts, entry.ends))),
            **values,
        )
    return None if entry.starts or entry.ends else NOT_APPLICABLE


@rule(
    "REG-3",
    "Let number and name lead to the same provider",
    level=Level.ADVICE,
    element="",
    section="register-name",
    basis=advice("ETF-DB"),
    why="A number with a slip borrows the good name of somebody else",
    fix="Compare number and name with the register, and correct the one that is wrong",
    at=_BODIES,
    yields=(Outcome.CANNOT_TELL,),
    needs="register",
)
def one_provider(body: Node, description: Description) -> Verdict | None:
    listing = _found(body, description)
    if listing is None or listing.entry is None or listing.how is not How.NUMBER:
        return NOT_APPLICABLE
    if not listing.other_name:
        return None
    return cannot_tell(
        "The number of “{name}” belongs to “{other}” in {register}, line {line}: is it the same?",
        name=description.text(body.get("name")),
        other=listing.entry.name,
        register=listing.register,
        line=listing.entry.line,
    )


@rule(
    "REG-4",
    "Rest on an entry whose status is good",
    level=Level.ADVICE,
    element="",
    section="register-status",
    basis=advice("ETF-DB"),
    why="Lists keep those who were refused, and those whose licence was withdrawn",
    fix="Ask the keeper of the register what the status means for the day that counts",
    at=_BODIES,
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="register",
)
def good_status(body: Node, description: Description) -> Verdict | None:
    listing = _found(body, description)
    if listing is None or listing.entry is None or not listing.entry.status:
        return NOT_APPLICABLE
    entry = listing.entry
    values: dict[str, Any] = {
        "name": entry.name,
        "register": listing.register,
        "line": entry.line,
        "status": entry.status,
    }
    if listing.standing is Standing.REFUSED:
        return not_met("The status of “{name}” in {register}, line {line}, is “{status}”", **values)
    if listing.standing is Standing.CONDITIONAL:
        return cannot_tell(
            "What does the status “{status}” of “{name}” in {register}, line {line}, mean here?",
            **values,
        )
    return None
