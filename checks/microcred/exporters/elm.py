"""The European Learning Model 3, profile 1.2.0: a credential for Europass, or an opportunity."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any, Final

from microcred.credential import Credential
from microcred.exporters.elm_parts import Parts
from microcred.exporters.source import Options, Source, Step
from microcred.problem import Problem

__all__ = ["final", "opportunity", "upload"]

Json = dict[str, Any]

_CONTEXTS: Final = (
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
)
_CATALOGUE: Final = (
    "http://data.europa.eu/snb/model/context/edc-ap",
    # The published context leaves these to the one of credentials, or has no key for them.
    {
        "id": "@id",
        "type": "@type",
        "defaultLanguage": {
            "@id": "http://data.europa.eu/snb/model/elm/defaultLanguage",
            "@type": "@id",
        },
    },
)
_SCHEMA: Final = "http://data.europa.eu/snb/model/ap/edc-generic-full"
# One white pixel: the issuer draws the credential itself, but a picture has to be there.
_PIXEL: Final = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg=="
)
_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_DURATION: Final = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?")


def upload(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:
    """Return the wrapper that the issuer of Europass takes before it seals.

    Raises:
        Problem: the description is an offer, or lacks what every credential needs.
    """
    source = Source(credential)
    written = _credential(source, options, sealed=False)
    return _text({"credential": written}), source.steps()


def final(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:
    """Return a credential with all that it has after sealing, except the seal itself.

    Raises:
        Problem: the description is an offer, or the eIDAS identifier is not given.
    """
    if not options.eidas and credential.kind == "award":
        raise Problem(
            "A Europass credential in its final form names the issuer by its eIDAS identifier, "
            "which comes from the certificate of the seal",
            "Give it with --eidas, or convert to elm-upload, where the issuer adds it",
        )
    source = Source(credential)
    return _text(_credential(source, options, sealed=True)), source.steps()


def _text(document: Json) -> str:
    _numbered(document)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _numbered(document: Json) -> None:
    """Give every object an id; what stands in several places keeps one, so that it stays one."""
    counts: dict[str, int] = {}
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            kind = node.get("type")
            if isinstance(kind, str) and "id" not in node:
                counts[kind] = counts.get(kind, 0) + 1
                node["id"] = f"urn:epass:{kind[0].lower()}{kind[1:]}:{counts[kind]}"
            waiting += reversed(list(node.values()))


def _needed(source: Source, pointer: str, what: str) -> None:
    if source.get(pointer) in (None, "", [], {}):
        raise Problem(
            f"Every Europass document needs {what}, and the description has none",
            f"Add `{pointer.lstrip('/')}` to the description",
        )


def _credential(source: Source, options: Options, *, sealed: bool) -> Json:
    if source.credential.kind != "award":
        raise Problem(
            "This is an offer, and a Europass credential is issued to one learner",
            "Convert the offer to elm-loq, or convert an award",
        )
    for pointer, what in (
        ("/title", "a title"),
        ("/issued", "a date of issuing"),
        ("/learner", "a learner"),
        ("/bodies", "an awarding body"),
    ):
        _needed(source, pointer, what)
    parts = Parts(source)
    issued = parts.moment(str(source.get("/issued")))
    bodies = parts.bodies()
    awarded = {
        "type": "AwardingProcess",
        "awardingBody": bodies["awarding"],
        "awardingDate": issued,
    }
    source.keep("/issued", "awardingDate, validFrom")
    issuer = dict((bodies["issuing"] or bodies["awarding"])[0])
    if sealed:
        country = issuer["location"]["address"]["countryCode"]
        issuer["eIDASIdentifier"] = {
            "type": "LegalIdentifier",
            "notation": options.eidas,
            "spatial": country,
        }
    credential: Json = {
        "@context": list(_CONTEXTS),
        "id": _id(source),
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": parts.member(
            "http://data.europa.eu/snb/credential/e34929035b", "Generic"
        ),
        "credentialSchema": {"id": _SCHEMA, "type": "ShaclValidator2017"},
        "displayParameter": _display(source, parts),
        "issuer": issuer,
        **({"issued": issued, "issuanceDate": issued} if sealed else {}),
        "validFrom": issued,
    }
    if source.get("/expires"):
        credential["validUntil"] = parts.moment(str(source.keep("/expires", "validUntil")))
    title = source.texts("/title", "title")
    achievement: Json = {
        "type": "LearningAchievement",
        "title": title,
        "awardedBy": awarded,
        "provenBy": _proofs(source, parts, bodies, awarded, title),
        "influencedBy": _activity(parts, bodies, awarded, title),
        "specifiedBy": _qualification(source, parts, title),
    }
    credential["credentialSubject"] = {
        **_person(source, parts),
        "hasClaim": _full(achievement),
    }
    qualification = credential["credentialSubject"]["hasClaim"]["specifiedBy"]
    qualification["additionalNote"] = parts.notes()
    return _full(credential)


def _full(node: Json) -> Json:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def _id(source: Source) -> str:
    stated = source.get("/id")
    if isinstance(stated, str) and _ADDRESS.fullmatch(stated):
        return str(source.keep("/id", "id"))
    name = json.dumps(source.data, sort_keys=True, default=str)
    return f"urn:credential:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def _display(source: Source, parts: Parts) -> Json:
    language = parts.language(source.language)
    source.keep("/language", "displayParameter.primaryLanguage")
    picture = {
        "type": "MediaObject",
        "content": _PIXEL,
        "contentEncoding": parts.member("http://data.europa.eu/snb/encoding/6146cde7dd", "base64"),
        "contentType": parts.member(
            "http://publications.europa.eu/resource/authority/file-type/PNG", "PNG"
        ),
    }
    detail = {"type": "DisplayDetail", "image": picture, "page": 1}
    return {
        "type": "DisplayParameter",
        "title": {source.language: "Micro-credential"},
        "primaryLanguage": language,
        "language": [language],
        "individualDisplay": [
            {"type": "IndividualDisplay", "language": language, "displayDetail": [detail]}
        ],
    }


def _person(source: Source, parts: Parts) -> Json:
    person: Json = {"type": "Person"}
    for key, name in (
        ("name", "fullName"),
        ("givenName", "givenName"),
        ("familyName", "familyName"),
    ):
        told = source.text(f"/learner/{key}", f"credentialSubject.{name}")
        if told:
            person[name] = {source.language: told}
    if source.get("/learner/birthDate"):
        date = str(source.keep("/learner/birthDate", "credentialSubject.dateOfBirth"))
        person["dateOfBirth"] = parts.moment(date)
    for pointer in source.items("/learner/identifiers"):
        number = parts.identifier(pointer, "credentialSubject.identifier")
        if source.get(f"{pointer}/scheme") == "national identity number" and "spatial" in number:
            person.setdefault("nationalID", number)
            if person["nationalID"] is number:
                continue
        person.setdefault("identifier", []).append(number)
    if source.get("/learner/email"):
        mail = str(source.keep("/learner/email", "credentialSubject.contactPoint"))
        person["contactPoint"] = parts.mail(mail)
    country = parts.listed("/learner/nationality", "countries", "citizenshipCountry")
    if country:
        person["citizenshipCountry"] = country
    return person


def _qualification(source: Source, parts: Parts, title: dict[str, str]) -> Json:
    qualification: Json = {"type": "Qualification", "title": title}
    offer = source.get("/offer/id")
    if isinstance(offer, str) and _ADDRESS.fullmatch(offer):
        qualification["id"] = source.keep("/offer/id", "specifiedBy.id")
    level = parts.listed("/level/eqf", "eqf-levels", "specifiedBy.eqfLevel")
    if level:
        qualification["eqfLevel"] = level
    national = [
        found
        for pointer in source.order("/level/national", parts.has_national)
        if (found := parts.national(pointer))
    ]
    qualification["nqfLevel"] = national
    qualification["accreditation"] = parts.accreditations()
    qualification["isPartOf"] = [parts.target(item) for item in source.items("/stacking/targets")]
    option = source.get("/stacking/option")
    if option in ("standalone", "stackable"):
        source.keep("/stacking/option", "isPartialQualification, isPartOf")
        qualification["isPartialQualification"] = option == "stackable"
    return _full(qualification | _described(source, parts))


def _described(source: Source, parts: Parts) -> Json:
    """Return what the specification of a learning achievement says, whatever its class."""
    described: Json = {
        "description": source.texts("/summary", "specifiedBy.description"),
        "thematicArea": parts.several("/fields", "isced-f", "specifiedBy.thematicArea"),
        "learningOutcome": [parts.outcome(pointer) for pointer in source.items("/outcomes")],
        "creditPoint": [
            found
            for pointer in source.order("/workload/credits", parts.has_points)
            if (found := parts.credit(pointer))
        ],
        "volumeOfLearning": _volume(source),
        "language": parts.several("/participation/languages", "languages", "specifiedBy.language"),
        "mode": parts.listed("/participation/mode", "modes", "mode", own=True),
        "learningSetting": parts.listed(
            "/participation/setting", "settings", "specifiedBy.learningSetting"
        ),
        "educationLevel": parts.listed(
            "/level/cycle", "cycles", "specifiedBy.educationLevel", own=True
        ),
    }
    duration = source.get("/workload/duration")
    if isinstance(duration, str) and _DURATION.fullmatch(duration):
        described["maximumDuration"] = source.keep("/workload/duration", "maximumDuration")
    entry = source.texts("/prerequisites/text", "specifiedBy.entryRequirement")
    if entry:
        described["entryRequirement"] = {"type": "Note", "noteLiteral": entry}
    page = source.get("/information/homepage")
    if isinstance(page, str) and _ADDRESS.fullmatch(page):
        source.keep("/information/homepage", "specifiedBy.homepage")
        described["homepage"] = {"type": "WebResource", "contentURL": page}
    described["supplementaryDocument"] = [
        {
            "type": "WebResource",
            "contentURL": source.keep(pointer, "specifiedBy.supplementaryDocument"),
        }
        for pointer in source.order(
            "/information/documents", lambda item: bool(_ADDRESS.fullmatch(str(source.get(item))))
        )
        if _ADDRESS.fullmatch(str(source.get(pointer)))
    ]
    return _full(described)


def _volume(source: Source) -> str:
    from microcred.quantities import as_number

    hours = as_number(source.get("/workload/hours"))
    if hours is None or hours <= 0 or round(hours * 60) != hours * 60:
        return ""
    source.keep("/workload/hours", "specifiedBy.volumeOfLearning")
    minutes = round(hours * 60)
    rest = f"{minutes % 60}M" if minutes % 60 else ""
    return f"PT{minutes // 60}H{rest}"


def _activity(
    parts: Parts, bodies: dict[str, list[Json]], awarded: Json, title: Json
) -> Json | None:
    mode = parts.listed("/participation/mode", "modes", "mode", own=True)
    kinds = parts.several("/participation/activities", "activity-types", "dcType", own=True)
    if not (mode or kinds or bodies["teaching"]):
        return None
    specification = {
        "type": "LearningActivitySpecification",
        "title": title,
        "mode": mode,
        "dcType": kinds,
    }
    return _full(
        {
            "type": "LearningActivity",
            "title": title,
            "awardedBy": awarded,
            "directedBy": bodies["teaching"],
            "specifiedBy": _full(specification),
        }
    )


def _number_results(source: Source, assessments: list[str], results: dict[Any, str]) -> None:
    """Number the results as they will be read: one for each assessment, and then the others."""
    order = [results.get(source.get(f"{pointer}/id"), "") for pointer in assessments]
    others = [item for item in source.items("/results") if item not in order]
    for position, item in enumerate((*order, *others)):
        if item:
            source.numbers[item] = f"/results/{position}"


def _proofs(
    source: Source, parts: Parts, bodies: dict[str, list[Json]], awarded: Json, title: Json
) -> list[Json]:
    """Return one proof for each assessment, in a whole where there is an overall grade."""
    results = {source.get(f"{item}/assessment"): item for item in source.items("/results")}
    assessments = source.items("/assessments")
    _number_results(source, assessments, results)
    scheme = source.texts("/grading/scheme", "gradingScheme") if assessments else {}
    grading = (
        {"type": "GradingScheme", "title": {source.language: "Grading"}, "description": scheme}
        if scheme
        else None
    )
    overall = source.get("/grade")
    proofs = []
    for pointer in assessments:
        result = results.get(source.get(f"{pointer}/id"), "")
        grade = source.get(f"{result}/grade") if result else None
        proof = parts.proof(pointer, result, overall if len(assessments) == 1 else None)
        proof |= {"awardedBy": awarded, "assessedBy": bodies["assessing"]}
        if len(assessments) == 1 and grade in (None, overall):
            source.keep("/grade", "provenBy.grade")
        if grading:
            proof["specifiedBy"]["gradingScheme"] = grading
        proofs.append(_full(proof))
    if not assessments or overall is None or "/grade" in source.moved:
        return proofs
    source.keep("/grade", "provenBy.grade")
    whole = {
        "type": "LearningAssessment",
        "title": title,
        "awardedBy": awarded,
        "grade": {"type": "Note", "noteLiteral": {source.language: str(overall)}},
        "hasPart": proofs,
        "specifiedBy": _full(
            {
                "type": "LearningAssessmentSpecification",
                "title": title,
                "gradingScheme": grading,
            }
        ),
    }
    return [whole]


def opportunity(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:  # noqa: ARG001 - every writer is called alike
    """Return an offer as a learning opportunity for catalogues.

    Raises:
        Problem: the description is an award, or lacks what the profile asks for.
    """
    source = Source(credential)
    if credential.kind != "offer":
        raise Problem(
            "This is an award, and a learning opportunity names no learner",
            "Convert the award to elm-upload, or convert an offer",
        )
    for pointer, what in (
        ("/title", "a title"),
        ("/bodies", "a body"),
        ("/outcomes", "learning outcomes"),
        ("/fields", "a field of study"),
        ("/participation/languages", "a language of instruction"),
        ("/information/homepage", "a public page"),
    ):
        _needed(source, pointer, what)
    parts = Parts(source, ("awarding", "teaching"))
    bodies = parts.bodies()
    title = source.texts("/title", "title")
    specified = _described(source, parts)
    homepage = specified.pop("homepage", None)
    eqf = parts.listed("/level/eqf", "eqf-levels", "educationLevel")
    national = [
        found
        for pointer in source.order("/level/national", parts.has_national)
        if (found := parts.national(pointer))
    ]
    # The profile takes a qualification only with a level of both kinds.
    is_qualification = bool(eqf and national)
    levels = [level for level in (eqf, specified.pop("educationLevel", None)) if level]
    if is_qualification:
        accredited = {
            "eqfLevel": eqf,
            "nqfLevel": national,
            "accreditation": parts.accreditations(),
            "educationLevel": levels[1:],
        }
    else:
        accredited = {"educationLevel": [*levels, *national]}
    kind = "Qualification" if is_qualification else "LearningAchievementSpecification"
    specification = _full(
        {
            "type": kind,
            "title": title,
            **specified,
            **accredited,
            "provenBy": [parts.specification(item) for item in source.items("/assessments")],
            "id": "urn:epass:learningAchievementSpec:1",
            "awardingOpportunity": {
                "type": "AwardingOpportunity",
                "awardingBody": bodies["awarding"],
                "learningAchievementSpecification": {
                    "id": "urn:epass:learningAchievementSpec:1",
                    "type": kind,
                },
            },
        }
    )
    mode, kinds = (
        specification.get("mode"),
        parts.several("/participation/activities", "activity-types", "dcType", own=True),
    )
    document = {
        "@context": list(_CATALOGUE),
        "id": _id(source),
        "type": "LearningOpportunity",
        "title": title,
        "description": specified.get("description"),
        "defaultLanguage": parts.language(source.language),
        "homepage": homepage,
        "mode": mode,
        "providedBy": bodies["teaching"] or bodies["awarding"],
        "learningActivitySpecification": _full(
            {"type": "LearningActivitySpecification", "title": title, "mode": mode, "dcType": kinds}
        ),
        "learningAchievementSpecification": specification,
    }
    source.keep("/language", "defaultLanguage")
    price = source.texts("/information/price", "priceDetail")
    if price:
        document["priceDetail"] = {"type": "PriceDetail", "description": price}
    specification["additionalNote"] = parts.notes()
    return _text(_full(document)), source.steps()
