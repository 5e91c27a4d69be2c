"""Verification: how somebody can check that the award is genuine and in force."""

from __future__ import annotations

from collections.abc import Iterator

from microcred.evaluation.found import Found, found
from microcred.evaluation.model import Evidence, Strength
from microcred.evaluation.view import SEALS, View, has_address
from microcred.messages import Message

__all__ = ["verification"]


def verification(view: View) -> Found:
    """Tell how somebody can check the award: a seal, an address, a person to ask."""
    told, number = view.text("/information/verification"), view.text("/id")
    # An envelope that nobody sealed asks too, but in nobody's name.
    sealed = [
        fault
        for fault in view.credential.faults
        if fault.rule in SEALS
        and fault.verdict.message
        and "issuer" in fault.verdict.message.values
    ]
    if sealed or has_address(told):
        strength = Strength.EVIDENCED
    else:
        strength = Strength.STATED if told or "://" in number else Strength.MISSING

    def evidence() -> Iterator[Evidence]:
        for fault in sealed:
            place = view.credential.places(fault.pointer)
            words = "present, and not verified here"
            yield Evidence("Seal or signature", words, str(place or ""), fault.pointer)
        if strength is not Strength.MISSING:
            yield from view.quote("/information/verification", "/id", "/issued", "/expires")

    def missing() -> Iterator[Message]:
        if strength in (Strength.MISSING, Strength.STATED) and not has_address(told):
            yield Message(
                "How can we check that the award is genuine and still in force: at which address, "
                "with which seal, or by asking whom?"
            )
        if view.award and not number:
            yield Message("Which number or identifier does the award have?")

    return found(strength, evidence(), missing())
