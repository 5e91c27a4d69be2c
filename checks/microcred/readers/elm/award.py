"""An issued Europass credential, as an award."""

from __future__ import annotations

from typing import Final

from microcred.problem import Problem
from microcred.readers.elm.assessment import assessed
from microcred.readers.elm.assurance import quality, stackable, words_of_targets
from microcred.readers.elm.notes import Notes
from microcred.readers.elm.organisations import Organisations, identifiers
from microcred.readers.elm.specification import described
from microcred.readers.elm.values import contact, language_of
from microcred.readers.foreign import (
    Found,
    Node,
    Tree,
    concept,
    day,
    text,
)

__all__ = ["award"]


_DIPLOMA: Final = "http://data.europa.eu/snb/credential/6dff8a0f87"


def award(root: Node) -> Tree:
    """Return an issued credential in our fields.

    Raises:
        Problem: it certifies something else than a micro-credential.
    """
    person = root.first("credentialSubject") or Node({}, root.at)
    language = language_of(root.first("displayParameter", "primaryLanguage"))
    language = language or language_of(root.first("displayParameter", "language"))
    achievement = _achievement(root, person)
    words = Notes(language)
    about = achievement.first("specifiedBy") or Node({}, achievement.at, root.ids)
    awarding = achievement.first("awardedBy") or Node({}, achievement.at, root.ids)
    tree = described(about, achievement.each("influencedBy"), language, words)
    bodies = Organisations(language)
    for body in awarding.each("awardingBody"):
        bodies.add(body, "awarding")
    for issuer in root.each("issuer"):
        bodies.add(issuer, "issuing")
    for body in achievement.each("influencedBy", "directedBy"):
        bodies.add(body, "teaching")
    assessments = achievement.each("provenBy")
    proofs = [*assessments, *(part for one in assessments for part in one.each("hasPart"))]
    for body in [b for one in proofs for b in one.each("assessedBy")]:
        bodies.add(body, "assessing")
    tree |= {
        "id": root.id and root.found(root.id),
        "language": language and Found(language, f"{root.at}/displayParameter"),
        "title": text(achievement.first("title") or about.first("title"), language),
        "learner": _learner(person, language),
        "issued": day(
            root.first("issued")
            or root.first("issuanceDate")
            or awarding.first("awardingDate")
            or root.first("validFrom")
        ),
        "expires": day(root.first("validUntil") or root.first("expirationDate")),
        "bodies": bodies.listed,
        "countries": bodies.countries,
        "regions": bodies.regions,
    }
    if about.id and not about.id.startswith("urn:epass:"):
        tree["offer"] = {"id": about.found(about.id)}
    if not tree.get("summary"):
        tree["summary"] = text(achievement.first("description"), language)
    tree["quality"] = list(quality(about, bodies, language))
    assessed(tree, assessments, about.each("provenBy"), language, words)
    stackable(tree, about, achievement, language)
    bodies.words(words)
    words_of_targets(about, words)
    contact(tree, awarding.each("awardingBody"))
    words.read(achievement)
    words.read(about)
    words.into(tree)
    return tree


def _achievement(root: Node, person: Node) -> Node:
    claims = person.each("hasClaim")
    profiles = {node.id for node in root.each("credentialProfiles")}
    if _DIPLOMA in profiles:
        raise Problem(
            "This is a Diploma Supplement, which describes a whole degree",
            "Check the description of a micro-credential",
        )
    achievements = [claim for claim in claims if "LearningAchievement" in claim.types]
    if achievements:
        return achievements[0]
    for kind, words in (
        ("LearningActivity", "that somebody took part in a learning activity"),
        ("LearningEntitlement", "that somebody has a right"),
        ("LearningAssessment", "the result of an assessment alone"),
    ):
        if any(kind in claim.types for claim in claims):
            raise Problem(
                f"This Europass credential certifies {words}, and no learning achievement, so it "
                "is no micro-credential",
                "Check a credential that holds a LearningAchievement",
            )
    return claims[0] if claims else Node({}, person.at, root.ids)


def _learner(person: Node, language: str) -> Tree:
    mail = person.string("contactPoint", "emailAddress", "id")
    box = person.first("contactPoint", "emailAddress")
    return {
        "name": text(person.first("fullName"), language),
        "givenName": text(person.first("givenName"), language),
        "familyName": text(person.first("familyName"), language),
        "birthDate": day(person.first("dateOfBirth")),
        "identifiers": list(identifiers(person)),
        "email": Found(mail.removeprefix("mailto:"), box.at) if mail and box else None,
        "nationality": concept(person.first("citizenshipCountry"), "countries"),
    }
