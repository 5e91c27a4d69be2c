"""The criteria in words: what they say of our fields, and the rest."""

from __future__ import annotations

import re
from typing import Final

from microcred.readers.foreign import Node, Tree, texts
from microcred.readers.openbadge.values import own
from microcred.readers.words import lay_under, read_words

__all__ = ["finished"]


def finished(tree: Tree, achievement: Node) -> Tree:
    """Add what the criteria say in words, under what stands in fields of its own."""
    language = tree.pop("_language")
    narrative = own(achievement, "criteria", "narrative")
    words: Tree = {}
    spoken = texts(narrative.value, language) if narrative is not None else {}
    told = spoken.get(language) or next(iter(spoken.values()), "")
    if narrative is None or not told:
        return _with_defaults(tree, achievement)
    rest = read_words(told, narrative.at, words)
    lay_under(tree, words, language)
    rest = _loose(rest, narrative, tree)
    if rest and not words and not tree["assessments"]:
        tree["assessments"] = [{"id": "A1", "criteria": narrative.found(rest)}]
    elif rest and not tree["information"].get("note"):
        tree["information"]["note"] = narrative.found(rest)
    return _with_defaults(tree, achievement)


def _with_defaults(tree: Tree, achievement: Node) -> Tree:
    """Give bodies short names, and take the badge's language for that of the learning."""
    for position, body in enumerate(tree["bodies"]):
        body["id"] = body.get("id") or f"body-{position + 1}"
    stated = achievement.first("inLanguage")
    if not tree["participation"].get("languages") and stated and tree["language"]:
        tree["participation"]["languages"] = [tree["language"]]
    return tree


# What people write in bold in front of a sentence of the criteria.
_LOOSE: Final = {
    "prerequisites": ("prerequisites", "text"),
    "requirements": ("prerequisites", "text"),
    "entry requirements": ("prerequisites", "text"),
}


_BOLD: Final = re.compile(r"\*\*([^*:]{2,60}):?\*\*:?\s*([^*]+)")


def _loose(rest: str, narrative: Node, tree: Tree) -> str:
    for name, told in _BOLD.findall(rest):
        field, key = _LOOSE.get(name.strip().lower(), ("", ""))
        if field:
            tree.setdefault(field, {}).setdefault(key, narrative.found(told.strip()))
    return rest
