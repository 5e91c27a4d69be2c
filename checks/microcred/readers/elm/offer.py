"""A learning opportunity of a catalogue, as an offer."""

from __future__ import annotations

from microcred.readers.elm.assessment import assessed
from microcred.readers.elm.assurance import quality, stackable, words_of_targets
from microcred.readers.elm.notes import Notes
from microcred.readers.elm.organisations import Organisations
from microcred.readers.elm.specification import described
from microcred.readers.elm.values import address, contact, language_of
from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    text,
)

__all__ = ["offer"]


def offer(root: Node) -> Tree:
    """Return a learning opportunity in our fields."""
    about = root.first("learningAchievementSpecification") or Node({}, root.at, root.ids)
    language = language_of(root.first("defaultLanguage")) or _only_language(root, about)
    words = Notes(language)
    activities = [*root.each("learningActivitySpecification"), *about.each("influencedBy")]
    tree = described(about, activities, language, words)
    bodies = Organisations(language)
    for body in about.each("awardingOpportunity", "awardingBody"):
        bodies.add(body, "awarding")
    for body in root.each("providedBy"):
        bodies.add(body, "teaching")
    tree |= {
        "id": root.id and root.found(root.id),
        "language": language and Found(language, root.at),
        "title": text(about.first("title") or root.first("title"), language),
        "bodies": bodies.listed,
        "countries": bodies.countries,
        "regions": bodies.regions,
        "quality": list(quality(about, bodies, language)),
    }
    tree["summary"] = tree.get("summary") or text(root.first("description"), language)
    assessed(tree, [], about.each("provenBy"), language, words)
    stackable(tree, about, Node({}, root.at), language)
    bodies.words(words)
    words_of_targets(about, words)
    contact(tree, root.each("providedBy"))
    homepage = root.first("homepage", "contentURL")
    tree["information"]["homepage"] = tree["information"]["homepage"] or address(homepage)
    prices = [text(n, language) for n in root.each("priceDetail", "description")]
    tree["information"]["price"] = next(iter(prices), None)
    words.read(root)
    words.read(about)
    words.into(tree)
    return tree


def _only_language(*nodes: Node) -> str:
    for node in nodes:
        title = node.first("title")
        if title is not None and isinstance(title.value, dict) and title.value:
            return str(next(iter(title.value))).lower()
    return ""
