"""Open Badges 3.0 to our own fields; the kinds of alignment say what the format has no field for.

Only keys are read, as the specification names them: no ``@context`` is ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from microcred.readers.foreign import Found, Node, Translation, by_id, concept, day, settled, text
from microcred.readers.words import lay_under, read_words
from microcred.vocabularies import vocabulary

__all__ = ["kind_of_alignment", "translate"]

Tree = dict[str, Any]

# What an alignment points to, by the beginning of its address.
_BY_ADDRESS: Final = (
    ("http://data.europa.eu/snb/eqf/", "EQF"),
    ("http://data.europa.eu/snb/qdr/", "NQF"),
    ("http://data.europa.eu/snb/education-credit/", "ECTS"),
    ("http://data.europa.eu/snb/learning-assessment/", "LearningMode"),
    ("http://data.europa.eu/snb/learning-activity/", "LearningActivity"),
    ("http://data.europa.eu/snb/learning-setting/", "LearningSetting"),
    ("http://data.europa.eu/snb/accreditation/", "QualityAssurance"),
    ("http://data.europa.eu/snb/assessment/", "AssessmentType"),
    ("http://data.europa.eu/snb/supervision-verification/", "Supervision"),
    ("http://data.europa.eu/snb/isced-f/", "ISCED-F"),
    ("http://data.europa.eu/esco/skill/", "ESCO"),
)
_HOURS: Final = re.compile(r"PT(\d{1,6})(?:\.0+)?H")
_ISCED: Final = re.compile(r"(?<!\d)(\d{2,4})(?!\d)")


def kind_of_alignment(node: Node) -> str:
    """Return what an alignment is about: its own word for it, or what its address tells."""
    address = node.string("targetUrl").replace("https://data.europa.eu", "http://data.europa.eu")
    stated = node.string("targetType").removeprefix("ext:")
    if stated.endswith("Alignment") and len(stated) > len("Alignment"):
        stated = stated.removesuffix("Alignment")
    found = next((kind for base, kind in _BY_ADDRESS if address.startswith(base)), "")
    return found or stated


def translate(data: Mapping[str, object], at: str = "") -> Translation:
    """Return an Open Badge as a description of ours: an award, or the offer that it is made from.

    Raises:
        Problem: it is in a form that isn't read.
    """
    from microcred.readers.openbadge_structure import structure

    root = Node(data, at)
    root.ids = by_id(root)
    if root.first("credentialSubject") is None and root.first("criteria") is not None:
        kind, tree = "offer", _offer(root)
    else:
        kind, tree = "award", _award(root)
    looked_at, faults = structure(root)
    found, origins = settled({"microcred": 1, "kind": kind, **tree})
    origins[""] = root.at
    return Translation(found, kind, "openbadge", origins, looked_at, faults)


def _offer(achievement: Node) -> Tree:
    tree = _described(achievement)
    bodies = _Bodies(tree["_language"])
    bodies.add(achievement.first("creator"), "awarding")
    for one in _aligned(achievement, "AwardingBody"):
        bodies.aligned(one, achievement)
    tree |= {"id": achievement.id and achievement.found(achievement.id), **bodies.fields}
    return _finished(tree, achievement)


def _award(root: Node) -> Tree:
    subject = root.first("credentialSubject") or Node({}, root.at, root.ids)
    achievement = subject.first("achievement") or Node({}, subject.at, root.ids)
    tree = _described(achievement)
    bodies = _Bodies(tree["_language"])
    issuer, creator = root.first("issuer"), achievement.first("creator")
    made_by_issuer = creator is None or bodies.same(issuer, creator)
    bodies.add(issuer, *(("awarding",) if made_by_issuer else ()), "issuing")
    if not made_by_issuer:
        bodies.add(creator, "awarding")
    bodies.add(subject.first("source"), "assessing")
    for one in _aligned(achievement, "AwardingBody"):
        bodies.aligned(one, achievement)
    language = tree["_language"]
    tree |= {
        "id": root.id and root.found(root.id),
        "title": tree["title"] or text(root.first("name"), language),
        "learner": _learner(subject),
        "issued": day(
            root.first("awardedDate") or root.first("validFrom") or root.first("issuanceDate")
        ),
        "expires": day(root.first("validUntil") or root.first("expirationDate")),
        "offer": {"id": achievement.id and achievement.found(achievement.id)},
        **bodies.fields,
    }
    points = tree["workload"]["credits"]
    earned = subject.first("creditsEarned")
    if earned is not None and not points:
        points.append({"points": earned.found(earned.value)})
    _results(tree, subject, achievement)
    return _finished(tree, achievement)


def _finished(tree: Tree, achievement: Node) -> Tree:
    """Add what the criteria say in words, under what stands in fields of its own."""
    language = tree.pop("_language")
    narrative = achievement.first("criteria", "narrative")
    words: Tree = {}
    told = narrative.value if narrative is not None else ""
    if narrative is None or not isinstance(told, str):
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


def _aligned(node: Node, *kinds: str) -> list[Node]:
    return [one for one in node.each("alignment") if kind_of_alignment(one) in kinds]


def _string(node: Node | None) -> Found | None:
    if node is None or isinstance(node.value, bool):
        return None
    return node.found(node.value) if isinstance(node.value, (str, int, float)) else None


def _described(achievement: Node) -> Tree:
    language = achievement.string("inLanguage").lower()
    stated = achievement.first("inLanguage")
    return {
        "_language": language,
        "language": stated.found(language) if stated and language else None,
        "version": _string(achievement.first("version")),
        "title": text(achievement.first("name"), language),
        "summary": text(achievement.first("description"), language),
        "fields": list(_fields(achievement)),
        "outcomes": list(_outcomes(achievement, language)),
        "workload": _workload(achievement),
        "level": _level(achievement),
        "assessments": list(_assessments(achievement, language)),
        "participation": {
            "mode": _listed(_aligned(achievement, "LearningMode"), "modes"),
            "setting": _listed(_aligned(achievement, "LearningSetting"), "settings"),
            "activities": [
                _one(one, "activity-types") for one in _aligned(achievement, "LearningActivity")
            ],
        },
        "quality": list(_quality(achievement)),
        "prerequisites": {
            "text": next(
                (_string(one.first("targetName")) for one in _aligned(achievement, "Prerequisite")),
                None,
            )
        },
        "grading": _grading(achievement),
        "stacking": _stacking(achievement),
        "information": {"homepage": _homepage(achievement)},
    }


def _one(node: Node, listed: str) -> Found | None:
    address, name = node.string("targetUrl"), node.string("targetName")
    entry = vocabulary(listed).find(address) or vocabulary(listed).find(name)
    value = entry.code if entry else name or address
    return node.found(value) if value else None


def _listed(nodes: list[Node], listed: str) -> Found | None:
    return _one(nodes[0], listed) if nodes else None


def _fields(achievement: Node) -> Iterator[Found | None]:
    aligned = _aligned(achievement, "ISCED-F")
    for one in aligned:
        yield _one(one, "isced-f")
    stated = achievement.first("fieldOfStudy")
    if stated is None or not isinstance(stated.value, str) or aligned:
        return
    code = next((c for c in _ISCED.findall(stated.value) if c in vocabulary("isced-f")), "")
    entry = vocabulary("isced-f").find(stated.value)
    yield stated.found(code or (entry.code if entry else stated.value))


def _outcomes(achievement: Node, language: str) -> Iterator[Tree]:
    """Yield the outcomes; skills belong to the outcome in front of them."""
    found: list[Tree] = []
    skills: list[Found] = []
    for one in achievement.each("alignment"):
        kind, address = kind_of_alignment(one), one.first("targetUrl")
        if kind == "LearningOutcome":
            code = _string(one.first("targetCode"))
            found.append(
                {
                    "id": code or f"LO{len(found) + 1}",
                    "statement": text(one.first("targetName"), language),
                    "type": concept(one.first("targetFramework"), "skill-types")
                    if vocabulary("skill-types").find(one.string("targetFramework"))
                    else None,
                    "skills": [],
                }
            )
        elif kind == "ESCO" and address is not None and isinstance(address.value, str):
            (found[-1]["skills"] if found else skills).append(address.found(address.value))
    if found:
        found[0]["skills"][:0] = skills
    yield from found


def _workload(achievement: Node) -> Tree:
    aligned = _aligned(achievement, "ECTS")
    points: list[Tree] = []
    hours = None
    for one in aligned:
        entry = vocabulary("credit-systems").find(one.string("targetUrl"))
        points.append(
            {
                "system": one.found(entry.code if entry else "ECTS"),
                "points": _number(one.first("targetCode")),
            }
        )
        told = one.first("targetDescription")
        whole = _HOURS.fullmatch(told.value) if told and isinstance(told.value, str) else None
        if told and whole:
            hours = hours or told.found(int(whole[1]))
    available = achievement.first("creditsAvailable")
    if available is not None and not points:
        points.append({"points": _number(available)})
    for one in _aligned(achievement, "Workload"):
        told = one.first("targetDescription") or one.first("targetCode")
        whole = _HOURS.fullmatch(told.value) if told and isinstance(told.value, str) else None
        if told:
            hours = hours or told.found(int(whole[1]) if whole else told.value)
    return {"hours": hours, "credits": points}


def _number(node: Node | None) -> Found | None:
    found = _string(node)
    if found and isinstance(found.value, str) and re.fullmatch(r"\d{1,9}", found.value):
        return Found(int(found.value), found.at)
    if found and isinstance(found.value, float) and found.value.is_integer():
        return Found(int(found.value), found.at)
    return found


def _level(achievement: Node) -> Tree:
    eqf = next(iter(_aligned(achievement, "EQF")), None)
    cycle = next(iter(_aligned(achievement, "QF-EHEA")), None)
    code = None
    if eqf is not None:
        code = eqf.first("targetCode") or Node(
            eqf.string("targetUrl").rstrip("/").rpartition("/")[2], eqf.at
        )
    entry = (
        vocabulary("cycles").find(cycle.string("targetCode") or cycle.string("targetName"))
        if (cycle)
        else None
    )
    return {
        "eqf": _number(code),
        "cycle": cycle.found(entry.code) if cycle and entry else None,
        "national": [
            {
                "framework": _string(one.first("targetFramework") or one.first("targetName")),
                "level": _string(one.first("targetCode") or one.first("targetName")),
                "register": _page(one, achievement),
            }
            for one in _aligned(achievement, "NQF")
        ],
    }


def _assessments(achievement: Node, language: str) -> Iterator[Tree]:
    for position, one in enumerate(achievement.each("resultDescription")):
        if one.string("resultType") == "ext:OverallGrade":
            continue
        supervision = _listed(_aligned(one, "Supervision"), "supervision")
        yield {
            "id": _short(one, position),
            "type": _listed(_aligned(one, "AssessmentType"), "assessment-types"),
            "title": text(one.first("name"), language),
            "supervision": supervision
            if supervision and supervision.value in vocabulary("supervision")
            else None,
        }


_SHORT: Final = re.compile(r"[^#]+#([A-Za-z][\w.-]{0,30})")


def _short(one: Node, position: int) -> str:
    """Return the short name of an assessment: what stands behind the # of its id."""
    found = _SHORT.fullmatch(one.id)
    return found[1] if found else f"A{position + 1}"


def _grading(achievement: Node) -> Tree:
    described = achievement.each("resultDescription")
    overall = [one for one in described if one.string("resultType") == "ext:OverallGrade"]
    for one in [*overall, *described]:
        found = {
            "values": [_number(value) for value in one.each("allowedValue")],
            "minimum": _number(one.first("valueMin")),
            "maximum": _number(one.first("valueMax")),
            "pass": _number(one.first("requiredValue")),
        }
        if any(found.values()):
            return found
    return {}


def _results(tree: Tree, subject: Node, achievement: Node) -> None:
    described = achievement.each("resultDescription")
    whole = [one.id for one in described if one.string("resultType") == "ext:OverallGrade"]
    names = {one.id: _short(one, position) for position, one in enumerate(described) if one.id}
    results: list[Tree] = []
    grade = None
    for one in subject.each("result"):
        link = one.first("resultDescription")
        name = (link.id or str(link.value)) if link else ""
        value = _number(one.first("value") or one.first("status"))
        if name in whole:
            grade = value
        elif name in names:
            results.append({"assessment": names[name], "grade": value})
        elif value is not None:
            grade = grade or value
    tree["results"] = results
    tree["grade"] = grade or (results[0]["grade"] if len(results) == 1 else None)


def _quality(achievement: Node) -> Iterator[Tree]:
    for one in _aligned(achievement, "QualityAssurance"):
        entry = vocabulary("accreditation-types").find(one.string("targetUrl")) or vocabulary(
            "accreditation-types"
        ).find(one.string("targetCode"))
        yield {
            "kind": one.found("external"),
            "type": one.found(entry.code) if entry else None,
            "body": _string(one.first("targetName")) if not entry or _agency(one) else None,
            "system": _string(one.first("targetFramework"))
            if vocabulary("quality-systems").find(one.string("targetFramework"))
            else None,
            "evidence": _page(one, achievement),
            "statement": _string(one.first("targetDescription")),
        }


def _agency(one: Node) -> bool:
    """Tell whether the name is that of a body, and not the label of a kind of assurance."""
    return vocabulary("accreditation-types").find(one.string("targetName")) is None


def _stacking(achievement: Node) -> Tree:
    towards = _aligned(achievement, "StackableTowards")
    alone = _aligned(achievement, "StandAlone")
    option = None
    if towards or alone:
        option = (towards or alone)[0].found("stackable" if towards else "standalone")
    return {
        "option": option,
        "targets": [
            {
                "title": _string(one.first("targetName")),
                "owner": _string(one.first("targetFramework")),
                "condition": _string(one.first("targetDescription")),
                "agreement": _page(one, achievement),
            }
            for one in towards
        ],
    }


def _page(one: Node, achievement: Node) -> Found | None:
    """Return the address of an alignment, unless it names a list or the badge's own page."""
    address = one.string("targetUrl")
    if not address or address.startswith("http://data.europa.eu/snb/"):
        return None
    pages = (achievement.id, achievement.string("criteria", "id"))
    if any(page and address.startswith(f"{page}#") for page in pages):
        return None
    return _string(one.first("targetUrl"))


def _homepage(achievement: Node) -> Found | None:
    page = achievement.first("criteria", "id")
    if page is not None and isinstance(page.value, str):
        return page.found(page.value)
    return None


class _Bodies:
    """The organisations of a badge, each once with all its roles."""

    def __init__(self, language: str) -> None:
        self._listed: list[Tree] = []
        self._names: dict[object, Tree] = {}
        self._language = language

    @property
    def fields(self) -> Tree:
        awarding = [body for body in self._listed if "awarding" in body["roles"]]
        return {
            "bodies": self._listed,
            "countries": [body["country"] for body in awarding if body["country"]],
            "regions": [body["region"] for body in awarding if body["region"]],
        }

    @staticmethod
    def same(one: Node | None, other: Node | None) -> bool:
        """Tell whether two profiles have the same id or the same name."""
        if one is None or other is None:
            return False
        name, id = one.string("name"), one.id or str(one.value)
        return bool((name and name == other.string("name")) or id == (other.id or other.value))

    def add(self, node: Node | None, *roles: str) -> None:
        if node is None:
            return
        name = text(node.first("name"), self._language)
        known = self._names.get(_key(name))
        if known is not None:
            known["roles"] += [role for role in roles if role not in known["roles"]]
            return
        address = node.first("address") or Node({}, node.at)
        code = address.first("addressCountryCode") or address.first("addressCountry")
        self._append(
            name or (node.found(node.id or node.value) if node.id or node.value else None),
            {
                "country": _country(code),
                "region": _string(address.first("addressRegion")),
                "place": _string(address.first("addressLocality")),
                "identifiers": list(_identifiers(node)),
                "website": _string(node.first("url")),
            },
            roles,
        )

    def aligned(self, one: Node, achievement: Node) -> None:
        """Add an awarding body that stands in an alignment."""
        name = _string(one.first("targetName"))
        known = self._names.get(_key(name))
        if known is not None:
            known["roles"] += [role for role in ("awarding",) if role not in known["roles"]]
            return
        code = one.first("targetCode")
        self._append(
            name,
            {
                "country": _country(code),
                "region": None,
                "website": _page(one, achievement),
            },
            ("awarding",),
        )

    def _append(self, name: Found | None, rest: Tree, roles: tuple[str, ...]) -> None:
        body: Tree = {"name": name, "roles": list(roles), **rest}
        self._listed.append(body)
        if name:
            self._names[_key(name)] = body


def _key(name: Found | None) -> str:
    """Return a name as it is compared: a text, or its texts in several languages."""
    return str(name.value) if name else ""


def _country(node: Node | None) -> Found | None:
    if node is None or not isinstance(node.value, str):
        return None
    entry = vocabulary("countries").find(node.value)
    return node.found(entry.code if entry else node.value)


def _identifiers(node: Node) -> Iterator[Tree]:
    for one in node.each("otherIdentifier"):
        yield {
            "scheme": one.found(
                one.string("identifierType").removeprefix("ext:").replace("-", " ")
            ),
            "value": _string(one.first("identifier")),
        }


def _learner(subject: Node) -> Tree:
    learner: Tree = {"identifiers": []}
    if subject.id:
        scheme = subject.id.partition(":")[0] if ":" in subject.id else "id"
        learner["identifiers"].append(
            {"scheme": subject.found(scheme), "value": subject.found(subject.id)}
        )
    for one in subject.each("identifier"):
        kind, value = one.string("identityType"), _string(one.first("identityHash"))
        hashed = one.first("hashed")
        if hashed is not None and hashed.value is True:
            kind = f"{kind}, hashed"
        elif kind == "name":
            learner["name"] = value
            continue
        elif kind == "emailAddress":
            learner["email"] = value
            continue
        learner["identifiers"].append({"scheme": one.found(kind), "value": value})
    for key in ("name", "givenName", "familyName"):
        learner.setdefault(key, _string(subject.first(key)))
    return learner
