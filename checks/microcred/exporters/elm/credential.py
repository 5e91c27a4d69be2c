"""An award as a credential for Europass, profile 1.2.0."""

from __future__ import annotations

from typing import Final

from microcred.credential import Credential
from microcred.exporters.elm.document import full, id_of, needed, written
from microcred.exporters.elm.parts import Parts
from microcred.exporters.elm.proofs import activity, proofs
from microcred.exporters.elm.specification import qualification
from microcred.exporters.source import Json, Options, Source, Step
from microcred.problem import Problem

__all__ = ["final", "upload"]

_CONTEXTS: Final = (
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
)
_SCHEMA: Final = "http://data.europa.eu/snb/model/ap/edc-generic-full"
# One white pixel: the issuer draws the credential itself, but a picture has to be there.
_PIXEL: Final = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg=="
)


def upload(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:
    """Return the wrapper that the issuer of Europass takes before it seals.

    Raises:
        Problem: the description is an offer, or lacks what every credential needs.
    """
    source = Source(credential)
    found = _credential(source, options, sealed=False)
    return written({"credential": found}), source.steps()


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
    return written(_credential(source, options, sealed=True)), source.steps()


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
        needed(source, pointer, what)
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
        "id": id_of(source),
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
    proven, described = proofs(source, parts, bodies, awarded, title)
    achievement: Json = {
        "type": "LearningAchievement",
        "title": title,
        "awardedBy": awarded,
        "provenBy": proven,
        "influencedBy": activity(parts, bodies, awarded, title),
        "specifiedBy": full(qualification(source, parts, title) | {"provenBy": described}),
    }
    credential["credentialSubject"] = {
        **_person(source, parts),
        "hasClaim": full(achievement),
    }
    specified = credential["credentialSubject"]["hasClaim"]["specifiedBy"]
    specified["additionalNote"] = parts.notes()
    return full(credential)


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
