"""An offer as a learning opportunity for catalogues."""

from __future__ import annotations

from typing import Final

from microcred.credential import Credential
from microcred.exporters.elm.document import full, id_of, needed, written
from microcred.exporters.elm.parts import Parts
from microcred.exporters.elm.specification import described
from microcred.exporters.source import Options, Source, Step
from microcred.problem import Problem

__all__ = ["opportunity"]

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
        needed(source, pointer, what)
    parts = Parts(source, ("awarding", "teaching"))
    bodies = parts.bodies()
    title = source.texts("/title", "title")
    specified = described(source, parts)
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
    specification = full(
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
        "id": id_of(source),
        "type": "LearningOpportunity",
        "title": title,
        "description": specified.get("description"),
        "defaultLanguage": parts.language(source.language),
        "homepage": homepage,
        "mode": mode,
        "providedBy": bodies["teaching"] or bodies["awarding"],
        "learningActivitySpecification": full(
            {"type": "LearningActivitySpecification", "title": title, "mode": mode, "dcType": kinds}
        ),
        "learningAchievementSpecification": specification,
    }
    source.keep("/language", "defaultLanguage")
    price = source.texts("/information/price", "priceDetail")
    if price:
        document["priceDetail"] = {"type": "PriceDetail", "description": price}
    specification["additionalNote"] = parts.notes()
    return written(full(document)), source.steps()
