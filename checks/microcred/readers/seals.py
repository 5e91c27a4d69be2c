"""Seals and signatures of other formats: they are read here, and not verified."""

from __future__ import annotations

from microcred.credential import Fault
from microcred.readers.foreign import Node
from microcred.rule import cannot_tell

__all__ = ["sealed"]


def sealed(node: Node | None, issuer: str, rule: str = "ELM-8", *, unsigned: bool = False) -> Fault:
    """Return the question that a seal leaves, since it is read here and not verified."""
    at = node.at if node else ""
    done, mark = ("sealed", "seal") if rule.startswith("ELM") else ("signed", "signature")
    if unsigned:
        question = (
            f"The envelope of a {mark} is there, and nobody has {done} it: who vouches for it?"
        )
        return Fault(rule, at, cannot_tell(question))
    by = f"The file is {done}" + (" in the name of “{issuer}”" if issuer else "")
    question = f"{by}, and the {mark} was not verified here: does a verifier confirm it?"
    return Fault(rule, at, cannot_tell(question, issuer=issuer))
