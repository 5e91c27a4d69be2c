"""P: what a profile asks a description to say, and not to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from microcred.description import Description, Node
from microcred.elements import ELEMENTS, Element, is_stated
from microcred.profiles.model import BASIS
from microcred.rule import (
    NOT_APPLICABLE,
    OFFER,
    Level,
    Outcome,
    Verdict,
    cannot_tell,
    not_met,
    rule,
)
from microcred.vocabularies.tables import fold


@rule(
    "P-3",
    "Leave out of the title the words that the profile names",
    level=Level.MUST,
    element="",
    section="profile-title",
    basis=BASIS,
    why="The framework keeps these words for other awards, or lists no title that has them",
    fix="Name the skill or task instead",
    at="/title",
    each_text=True,
    needs="title",
)
def title(text: str, description: Description, _language: str) -> Verdict | None:
    found = list(_spotted(text, tuple(description.limit("title")["without"])))
    if not found:
        return None
    return not_met(
        "The title “{title}” has words that the profile {profile} leaves to others: {words}",
        title=text,
        profile=description.profile.id,
        words=", ".join(f"“{word}”" for word in found),
    )


def _spotted(text: str, barred: tuple[str, ...]) -> Iterator[str]:
    plain = fold(text).replace("-", "")
    for word, pattern in _patterns(barred):
        if pattern.search(plain):
            yield word


@lru_cache(maxsize=16)
def _patterns(barred: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    # “post-graduate” and “postgraduate” are the same word to a reader.
    plain = [(word, re.escape(fold(word).replace("-", ""))) for word in barred]
    return tuple((word, re.compile(rf"\b{pattern}\b")) for word, pattern in plain)


@rule(
    "P-4",
    "State what is optional in Europe and needed under the profile",
    level=Level.MUST,
    element="",
    section="profile-elements",
    basis=BASIS,
    why="Annex I leaves some elements optional that this framework asks for",
    fix="Add the element; its page has examples",
    needs="required",
)
def required(data: Node, description: Description) -> Verdict | None:
    wanted = [
        ELEMENTS[row["element"]]
        for row in description.limit("required")
        if description.kind in ELEMENTS[row["element"]].kinds
        and description.mode != row.get("unlessMode", "-")
    ]
    missing = [element for element in wanted if not _is_there(element, data, description)]
    if not missing:
        return None if wanted else NOT_APPLICABLE
    return not_met(
        "The profile {profile} asks for what is not stated: {elements}",
        at="/" + missing[0].paths[0].split("/")[0],
        profile=description.profile.id,
        elements=", ".join(f"{element.short.lower()} ({element.id})" for element in missing),
    )


def _is_there(element: Element, data: Node, description: Description) -> bool:
    if element.id == "M8":  # that no level applies is an answer in Europe, and no level
        level = description.level
        return any(level.get(field) for field in ("eqf", "national", "cycle"))
    return is_stated(element, data)


@rule(
    "P-7",
    "Show that somebody needs it",
    level=Level.MUST,
    element="",
    section="profile-need",
    basis=BASIS,
    why="The framework lists a micro-credential only with evidence that it is needed",
    fix="Name who asks for it, and since when, in `need: {evidence: [{source: …, date: …}]}`",
    kinds=(OFFER,),
    needs="need",
)
def need(_: Node, description: Description) -> Verdict | None:
    asked = description.limit("need")["evidence"]
    found = len([item for item in description.part("need").get("evidence") or () if item])
    if found >= asked:
        return None
    return not_met(
        "The profile {profile} asks for evidence of need: at least {asked}, and {found} is stated",
        at="/need",
        profile=description.profile.id,
        asked=asked,
        found=found or "none",
    )


@rule(
    "P-8",
    "State what the profile asks for beyond the sixteen elements",
    level=Level.MUST,
    element="",
    section="profile-fields",
    basis=BASIS,
    why="Annex I has sixteen elements, and this framework wants to know more",
    fix="State it; `microcred schema` describes every field",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    needs="fields",
)
def fields(data: Node, description: Description) -> Verdict | None:
    asked = [
        row
        for row in description.limit("fields")
        if description.mode != row.get("unlessMode", "-") and not _stands(row["at"], data)
    ]
    missing = [row for row in asked if "question" not in row]
    if missing:
        return not_met(
            "The profile {profile} asks for what is not stated: {fields}",
            at=_place(missing[0]["at"]),
            profile=description.profile.id,
            fields=", ".join(row["name"] for row in missing),
        )
    for row in asked:
        return cannot_tell(
            "{asked} The profile {profile} asks for {name}",
            at=_place(row["at"]),
            asked=row["question"],
            profile=description.profile.id,
            name=row["name"],
        )
    return None


def _stands(pointer: str, node: Node) -> bool:
    """Tell whether something is stated at a pointer; * is any item of a list."""
    for number, name in enumerate(names := pointer.split("/")[1:]):
        if name == "*":
            below = "".join(f"/{one}" for one in names[number + 1 :])
            return isinstance(node, list) and any(_stands(below, item) for item in node)
        node = node.get(name) if isinstance(node, dict) else None
    return node is not None and node not in ("", [], {})


def _place(pointer: str) -> str:
    return pointer.partition("/*")[0]
