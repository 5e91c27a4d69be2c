"""Europass credentials and learning opportunities (European Learning Model 3) to our own fields.

Only keys are read, as the published contexts name them: no ``@context`` is ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from microcred.labels import ARROW
from microcred.problem import Problem
from microcred.readers.foreign import (
    Found,
    Node,
    Translation,
    by_id,
    concept,
    day,
    label_of,
    settled,
    text,
    texts,
)
from microcred.readers.words import lay_under, read_words
from microcred.vocabularies import vocabulary

__all__ = ["translate"]

Tree = dict[str, Any]

_HOURS: Final = re.compile(r"PT(\d{1,6})(?:\.0+)?H(?:(\d{1,2})M)?")
_NAMED: Final = re.compile(r"urn:epass:\w+:(?!\d+$)([A-Za-z0-9._~-]+)")
_NEW_TERMS: Final = "data.europa.eu/snb/model/ontology/"
_DIPLOMA: Final = "http://data.europa.eu/snb/credential/6dff8a0f87"


def translate(data: Mapping[str, object], at: str = "") -> Translation:
    """Return a credential of the European Learning Model as a description of ours.

    Raises:
        Problem: it holds something else than a micro-credential, or is in a form that isn't read.
    """
    from microcred.readers.elm_structure import structure

    if "credential" in data and isinstance(data["credential"], dict):
        data, at = data["credential"], f"{at}/credential"
    whole = Node(data, at)
    whole.ids = by_id(whole)
    root = _root(whole)
    looked_at, faults = structure(root)
    if "EuropeanDigitalCredential" in root.types or root.first("credentialSubject"):
        kind, tree = "award", _award(root)
    else:
        kind, tree = "offer", _offer(root)
    found, origins = settled({"microcred": 1, "kind": kind, **tree})
    origins[""] = root.at
    return Translation(found, kind, "elm", origins, looked_at, faults)


def _root(whole: Node) -> Node:
    """Return the credential or learning opportunity in a document, or say what else it is."""
    candidates = [whole, *whole.each("@graph")]
    for wanted in ("EuropeanDigitalCredential", "LearningOpportunity"):
        for node in candidates:
            if wanted in node.types:
                return node
    if any({"EuropeanDigitalPresentation", "VerifiablePresentation"} & n.types for n in candidates):
        raise Problem(
            "This is a Europass presentation, an envelope around credentials",
            "Take the credential out of it, and name the file of the credential",
        )
    spelled = str([sorted(n.types) for n in candidates[:20]]) + str(list(_keys(candidates)))
    if _NEW_TERMS in spelled:
        raise Problem(
            "This Europass credential uses the names of version 3.3 of the European Learning "
            "Model, and versions 3.1 and 3.2 are read here",
            "Export it in version 3.2, or write its content as a description",
        )
    if "://" in spelled or "elm:" in spelled:
        raise Problem(
            "This Europass credential is written in expanded form, with an address in front of "
            "each name",
            "Name the file as the issuer wrote it, with plain names such as credentialSubject",
        )
    if whole.first("credentialSubject") is not None:
        return whole
    raise Problem(
        "This file uses the European Learning Model but holds no credential and no learning "
        "opportunity",
        "Name the file of a Europass credential, whose type is EuropeanDigitalCredential",
    )


def _keys(nodes: list[Node]) -> Iterator[str]:
    for node in nodes[:20]:
        if isinstance(node.value, dict):
            yield from (key for key in list(node.value)[:50] if key != "@context")


def _award(root: Node) -> Tree:
    person = root.first("credentialSubject") or Node({}, root.at)
    language = _language(root.first("displayParameter", "primaryLanguage"))
    language = language or _language(root.first("displayParameter", "language"))
    achievement = _achievement(root, person)
    words = _Words(language)
    about = achievement.first("specifiedBy") or Node({}, achievement.at, root.ids)
    awarding = achievement.first("awardedBy") or Node({}, achievement.at, root.ids)
    tree = _described(about, achievement.each("influencedBy"), language, words)
    bodies = _Bodies(language)
    for body in awarding.each("awardingBody"):
        bodies.add(body, "awarding")
    for issuer in root.each("issuer"):
        bodies.add(issuer, "issuing")
    for body in achievement.each("influencedBy", "directedBy"):
        bodies.add(body, "teaching")
    assessments = achievement.each("provenBy") or about.each("provenBy")
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
    tree["quality"] = list(_quality(about, bodies, language))
    _assessed(tree, assessments, language, words)
    _stackable(tree, about, achievement, language)
    bodies.words(words)
    _words_of_targets(about, words)
    _contact(tree, awarding.each("awardingBody"))
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


def _offer(root: Node) -> Tree:
    about = root.first("learningAchievementSpecification") or Node({}, root.at, root.ids)
    language = _language(root.first("defaultLanguage")) or _only_language(root, about)
    words = _Words(language)
    activities = [*root.each("learningActivitySpecification"), *about.each("influencedBy")]
    tree = _described(about, activities, language, words)
    bodies = _Bodies(language)
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
        "quality": list(_quality(about, bodies, language)),
    }
    tree["summary"] = tree.get("summary") or text(root.first("description"), language)
    _assessed(tree, about.each("provenBy"), language, words)
    _stackable(tree, about, Node({}, root.at), language)
    bodies.words(words)
    _words_of_targets(about, words)
    _contact(tree, root.each("providedBy"))
    homepage = root.first("homepage", "contentURL")
    tree["information"]["homepage"] = tree["information"]["homepage"] or _address(homepage)
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


def _language(node: Node | None) -> str:
    found = concept(node, "languages")
    return str(found.value) if found else ""


class _Words:
    """Notes of a credential: fields in words, and what else they say."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._tree: Tree = {}
        self._rest: list[Found] = []

    def read(self, node: Node, part: str = "") -> None:
        """Take in the notes of an object, which is the *part* of a description that is named."""
        part = f"{part}{ARROW}" if part else ""
        for literal in node.each("additionalNote", "noteLiteral"):
            told = texts(literal.value, self._language)
            for words in told.values():
                rest = read_words(words, literal.at, self._tree, part)
                if rest:
                    self._rest.append(literal.found(rest))

    def into(self, tree: Tree) -> None:
        information = tree.setdefault("information", {})
        if self._rest and not information.get("note"):
            told = "\n".join(str(found.value) for found in self._rest)
            information["note"] = Found(told, self._rest[0].at)
        lay_under(tree, self._tree)


class _Bodies:
    """The organisations of a credential, each once with all its roles."""

    def __init__(self, language: str) -> None:
        self.listed: list[Tree] = []
        self.countries: list[Found] = []
        self.regions: list[Found] = []
        self.accreditations: list[tuple[Node, str]] = []
        self._language = language
        self._nodes: list[Node] = []
        self._names: dict[str, Tree] = {}

    def add(self, node: Node, role: str) -> None:
        name = text(node.first("legalName") or node.first("prefLabel"), self._language)
        known = next((self._names[k] for k in self._known(node, name) if k in self._names), None)
        if known is not None:
            if role not in known["roles"]:
                known["roles"].append(role)
            return
        body = self._body(node, name, role)
        self.listed.append(body)
        self._nodes.append(node)
        self.accreditations += [(one, body["id"]) for one in node.each("accreditation")]
        for key in self._known(node, name):
            self._names[key] = body
        if role == "awarding":
            self._place(node, body)

    def named(self, node: Node) -> str:
        """Return the short name of a body that was added."""
        name = text(node.first("legalName") or node.first("prefLabel"), self._language)
        return next((self._names[k]["id"] for k in self._known(node, name) if k in self._names), "")

    @staticmethod
    def _known(node: Node, name: Found | None) -> list[str]:
        return [key for key in (node.id, str(name.value) if name else "") if key]

    def _place(self, node: Node, body: Tree) -> None:
        country = body["country"]
        if country and country.value not in [found.value for found in self.countries]:
            self.countries.append(country)
        regions = [concept(code, "regions") for code in node.each("location", "spatialCode")]
        self.regions += [region for region in regions if region]

    def words(self, words: _Words) -> None:
        """Take in the notes of each organisation."""
        for position, node in enumerate(self._nodes):
            words.read(node, f"Bodies {position + 1}")

    def _body(self, node: Node, name: Found | None, role: str) -> Tree:
        address = node.first("location", "address")
        return {
            "id": _named_body(node) or f"body-{len(self.listed) + 1}",
            "name": name,
            "type": concept(node.first("dcType"), "body-types"),
            "country": concept(address.first("countryCode"), "countries") if address else None,
            "region": concept(node.first("location", "spatialCode"), "regions"),
            "place": text(address.first("fullAddress", "noteLiteral"), self._language)
            if address
            else None,
            "identifiers": list(_identifiers(node)),
            "website": _address(node.first("homepage", "contentURL")),
            "roles": [role],
        }


def _named_body(node: Node) -> str:
    found = _name_in(node)
    return str(found.value) if found else ""


_NUMBERS: Final = {
    "registration": "registration",
    "vatIdentifier": "VAT",
    "taxIdentifier": "tax",
    "eIDASIdentifier": "eIDAS",
    "nationalID": "national identity number",
    "identifier": "",
}


def _identifiers(node: Node) -> Iterator[Tree]:
    for key, scheme in _NUMBERS.items():
        for one in node.each(key):
            value = one.first("notation")
            if value is None:
                continue
            yield {
                "scheme": _plain(one.first("schemeName")) or (scheme and one.found(scheme)),
                "value": _plain(value),
                "country": concept(one.first("spatial"), "countries"),
            }


def _plain(node: Node | None) -> Found | None:
    if node is None or not isinstance(node.value, (str, int, float)):
        return None
    return None if isinstance(node.value, bool) else node.found(node.value)


def _address(node: Node | None) -> Found | None:
    return node.found(node.value) if node is not None and isinstance(node.value, str) else None


def _learner(person: Node, language: str) -> Tree:
    mail = person.string("contactPoint", "emailAddress", "id")
    box = person.first("contactPoint", "emailAddress")
    return {
        "name": text(person.first("fullName"), language),
        "givenName": text(person.first("givenName"), language),
        "familyName": text(person.first("familyName"), language),
        "birthDate": day(person.first("dateOfBirth")),
        "identifiers": list(_identifiers(person)),
        "email": Found(mail.removeprefix("mailto:"), box.at) if mail and box else None,
        "nationality": concept(person.first("citizenshipCountry"), "countries"),
    }


def _described(about: Node, activities: list[Node], language: str, words: _Words) -> Tree:
    """Return what the specification says: the part that offers and awards have in common."""
    specified = [*(s for a in activities for s in a.each("specifiedBy"))] or activities
    modes = [m for m in (about, *specified) for m in m.each("mode")]
    activity_modes = [m for s in specified for m in s.each("mode")]
    languages = about.each("language") or [n for s in specified for n in s.each("language")]
    duration = about.first("maximumDuration")
    for activity in [*activities, *specified]:
        words.read(activity)
    return {
        "summary": text(about.first("description"), language),
        "audience": _labels(about.each("targetGroup"), language),
        "fields": [concept(field, "isced-f") for field in about.each("thematicArea")],
        "outcomes": [*_outcomes(about, language, words)] or _summarised(about, language),
        "workload": {
            "hours": _hours([about, *specified, *activities]),
            "credits": [
                {
                    "system": concept(one.first("framework"), "credit-systems"),
                    "points": _number(one.first("point")),
                }
                for one in about.each("creditPoint")
            ],
            "duration": _address(duration),
        },
        "level": _level(about, language),
        "participation": {
            "mode": concept(next(iter(activity_modes or modes), None), "modes", language),
            "languages": [concept(one, "languages") for one in languages],
            "place": next(
                (
                    text(n, language)
                    for a in activities
                    for n in a.each("location", "address", "fullAddress", "noteLiteral")
                ),
                None,
            ),
            "activities": [
                concept(one, "activity-types", language)
                for s in specified
                for one in s.each("dcType")
            ],
            "setting": concept(about.first("learningSetting"), "settings", language),
        },
        "prerequisites": {"text": text(about.first("entryRequirement", "noteLiteral"), language)},
        "information": {
            "homepage": _address(about.first("homepage", "contentURL")),
            "documents": [
                _address(one) for one in about.each("supplementaryDocument", "contentURL")
            ],
        },
    }


def _labels(nodes: list[Node], language: str) -> Found | None:
    words = [label_of(node, language) for node in nodes]
    told = ", ".join(word for word in words if word)
    return nodes[0].found(told) if told else None


def _outcomes(about: Node, language: str, words: _Words) -> Iterator[Tree]:
    for position, one in enumerate(about.each("learningOutcome")):
        skills = [*one.each("relatedESCOSkill"), *one.each("relatedSkill")]
        words.read(one, f"Learning outcomes {position + 1}")
        yield {
            "id": _name_in(one) or f"LO{position + 1}",
            "type": concept(one.first("dcType"), "skill-types"),
            "statement": text(one.first("title"), language),
            "skills": [skill.found(skill.id) for skill in skills if skill.id],
            "reuse": concept(one.first("reusabilityLevel"), "reuse-levels"),
        }


def _summarised(about: Node, language: str) -> list[Tree]:
    summary = text(about.first("learningOutcomeSummary", "noteLiteral"), language)
    return [{"id": "LO1", "statement": summary}] if summary else []


def _hours(nodes: list[Node]) -> Found | None:
    for node in nodes:
        for key in ("volumeOfLearning", "workload"):
            found = node.first(key)
            if found is not None and isinstance(found.value, str):
                whole = _HOURS.fullmatch(found.value.strip())
                return found.found(_hours_in(whole) if whole else found.value)
    return None


def _hours_in(whole: re.Match[str]) -> float:
    hours, minutes = int(whole[1]), int(whole[2] or 0)
    return hours + minutes / 60 if minutes else hours


def _name_in(node: Node) -> Found | None:
    """Return the short name that our own export puts into an id."""
    found = _NAMED.fullmatch(node.id)
    return node.found(found[1]) if found else None


def _number(node: Node | None) -> Found | None:
    found = _plain(node)
    if found and isinstance(found.value, str) and re.fullmatch(r"\d{1,6}", found.value):
        return Found(int(found.value), found.at)
    return found


def _level(about: Node, language: str) -> Tree:
    others = about.each("educationLevel")
    eqf = about.first("eqfLevel") or next((n for n in others if _EQF in n.id), None)
    national = [*about.each("nqfLevel"), *(n for n in others if _NQF in n.id)]
    return {
        "eqf": _number_of(concept(eqf, "eqf-levels")),
        "cycle": next(
            (
                found
                for one in others
                if (found := concept(one, "cycles", language)) and found.value in _CYCLES
            ),
            None,
        ),
        "national": [_national(one, language) for one in national],
    }


_EQF: Final = "data.europa.eu/snb/eqf/"
_NQF: Final = "data.europa.eu/snb/qdr/"
_CYCLES: Final = ("short", "first", "second", "third")


def _number_of(found: Found | None) -> Found | None:
    if found and isinstance(found.value, str) and found.value.isdigit():
        return Found(int(found.value[:9]), found.at)
    return found


def _national(node: Node, language: str) -> Tree:
    entry = vocabulary("nqf-levels").find(node.id)
    if entry is None:
        label = label_of(node, language) or node.id
        return {"framework": node.found(label), "level": node.found(label)}
    framework = vocabulary("frameworks").get(entry.extra["framework"])
    name = (framework.extra["also"].split("|")[0] or framework.label()) if framework else ""
    return {
        "framework": node.found(name or entry.extra["framework"]),
        "level": node.found(entry.extra["level"]),
        "country": node.found(entry.extra["country"]),
    }


def _assessed(tree: Tree, proofs: list[Node], language: str, words: _Words) -> None:
    """Read assessments and their results; one that is made of parts holds the overall grade."""
    whole = proofs[0] if len(proofs) == 1 else None
    parts = whole.each("hasPart") if whole else []
    if whole and parts:
        proofs = parts
    assessments: list[Tree] = []
    results: list[Tree] = []
    for position, proof in enumerate(proofs):
        about = proof.first("specifiedBy") or proof
        name = _name_in(about) or f"A{position + 1}"
        scheme = about.first("gradingScheme")
        if about is not proof:
            words.read(proof)
        words.read(about, f"Assessments {position + 1}")
        supervision = concept(proof.first("idVerification"), "supervision")
        assessments.append(
            {
                "id": name,
                "type": concept(about.first("dcType"), "assessment-types", language),
                "title": text(about.first("title") or proof.first("title"), language),
                "description": text(
                    about.first("description") or proof.first("description"), language
                ),
                "supervision": supervision
                if supervision and supervision.value in vocabulary("supervision")
                else None,
            }
        )
        if scheme is not None and "grading" not in tree:
            tree["grading"] = {
                "scheme": text(scheme.first("description") or scheme.first("title"), language)
            }
        grade = _grade(proof, language)
        if grade:
            results.append(
                {"assessment": name, "date": day(proof.first("dateIssued")), "grade": grade}
            )
    if whole and parts:
        scheme = whole.first("specifiedBy", "gradingScheme")
        if scheme is not None and "grading" not in tree:
            words_of = scheme.first("description") or scheme.first("title")
            tree["grading"] = {"scheme": text(words_of, language)}
        words.read(whole)
    tree["assessments"] = assessments
    if tree.get("learner") is not None:
        tree["results"] = results
        tree["grade"] = _grade(whole, language) if whole else None


def _grade(proof: Node, language: str) -> Found | None:
    note = proof.first("grade", "noteLiteral")
    if note is None:
        return None
    told = texts(note.value, language)
    grade = told.get(language) or next(iter(told.values()), "")
    return note.found(int(grade) if re.fullmatch(r"\d{1,9}", grade) else grade)


def _quality(about: Node, bodies: _Bodies, language: str) -> Iterator[Tree]:
    for one in about.each("accreditation"):
        yield _accredited(one, bodies, language, "")
    for one, of in bodies.accreditations:
        yield _accredited(one, bodies, language, of)


def _accredited(one: Node, bodies: _Bodies, language: str, of: str) -> Tree:
    subject = one.first("organisation")
    report = one.first("report", "contentURL") or one.first("homepage", "contentURL")
    return {
        "kind": one.found("external"),
        "type": concept(one.first("dcType"), "accreditation-types", language),
        "body": text(one.first("accreditingAgent", "legalName"), language),
        "of": of or (bodies.named(subject) if subject else ""),
        "from": day(one.first("dateIssued")),
        "until": day(one.first("expiryDate")),
        "evidence": _address(report),
        "statement": text(one.first("description"), language),
    }


def _stackable(tree: Tree, about: Node, achievement: Node, language: str) -> None:
    wholes = [*about.each("isPartOf"), *achievement.each("isPartOf")]
    rights = [*achievement.each("entitlesTo"), *about.each("entitlesTo")]
    partial = about.first("isPartialQualification")
    targets: list[Tree] = [{"title": text(one.first("title"), language)} for one in wholes]
    targets += [
        {
            "title": text(one.first("title"), language),
            "condition": text(one.first("description"), language),
        }
        for one in rights
    ]
    option = None
    if targets:
        option = Found("stackable", (wholes or rights)[0].at)
    elif partial is not None and isinstance(partial.value, bool):
        option = partial.found("stackable" if partial.value else "standalone")
    tree["stacking"] = {"option": option, "targets": targets}


def _words_of_targets(about: Node, words: _Words) -> None:
    for position, one in enumerate(about.each("isPartOf")):
        words.read(one, f"Stackability{ARROW}Targets {position + 1}")


def _contact(tree: Tree, bodies: list[Node]) -> None:
    for body in bodies:
        box = body.first("contactPoint", "emailAddress")
        mail = body.string("contactPoint", "emailAddress", "id")
        if box is not None and mail:
            tree["information"]["contact"] = box.found(mail.removeprefix("mailto:"))
            return
