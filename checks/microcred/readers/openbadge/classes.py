"""The classes of Open Badges 3.0 and their keys, as facts of the specification."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["ALSO_CALLED", "BY_KEY", "CLASSES", "Class", "class_of"]


class Class(NamedTuple):
    """The keys that a class needs, and all that it knows."""

    needed: frozenset[str]
    known: frozenset[str]


def class_of(needed: str, other: str) -> Class:
    """Return a class from the keys that it needs and the others, each with spaces between."""
    return Class(frozenset(needed.split()), frozenset(needed.split()) | frozenset(other.split()))


# The classes of Open Badges 3.0, the keys that each needs and the other keys that it knows.
CLASSES: Final = {
    "OpenBadgeCredential": class_of(
        "@context id type issuer credentialSubject",
        "name description image awardedDate validFrom validUntil issuanceDate expirationDate proof "
        "credentialSchema credentialStatus refreshService termsOfUse evidence endorsement "
        "endorsementJwt holder",
    ),
    "AchievementSubject": class_of(
        "type achievement",
        "id identifier activityStartDate activityEndDate creditsEarned image licenseNumber "
        "narrative result role source term",
    ),
    "Achievement": class_of(
        "id type criteria description name",
        "alignment achievementType creator creditsAvailable endorsement endorsementJwt "
        "fieldOfStudy humanCode image inLanguage otherIdentifier related resultDescription "
        "specialization tag version",
    ),
    "Profile": class_of(
        "id type",
        "name url phone description endorsement endorsementJwt image email address otherIdentifier "
        "official parentOrg familyName givenName additionalName patronymicName honorificPrefix "
        "honorificSuffix familyNamePrefix dateOfBirth",
    ),
    "Address": class_of(
        "type",
        "addressCountry addressCountryCode addressRegion addressLocality streetAddress "
        "postOfficeBoxNumber postalCode geo",
    ),
    "Alignment": class_of(
        "type targetName targetUrl", "targetCode targetDescription targetFramework targetType"
    ),
    "ResultDescription": class_of(
        "id type name resultType",
        "alignment allowedValue requiredLevel requiredValue rubricCriterionLevel valueMax valueMin",
    ),
    "Result": class_of("type", "achievedLevel alignment resultDescription status value"),
    "IdentityObject": class_of("type hashed identityHash identityType", "salt"),
    "IdentifierEntry": class_of("type identifier identifierType", ""),
    "Evidence": class_of("type", "id narrative name description genre audience"),
    "Image": class_of("id type", "caption"),
    "Criteria": class_of("", "id type narrative"),
    "Related": class_of("id type", "inLanguage version"),
    "RubricCriterionLevel": class_of("id type name", "alignment description level points"),
}
ALSO_CALLED: Final = {"AchievementCredential": "OpenBadgeCredential"}

# The class of what stands under a key, where it doesn't say so itself.
BY_KEY: Final = {
    "credentialSubject": "AchievementSubject",
    "achievement": "Achievement",
    "issuer": "Profile",
    "creator": "Profile",
    "source": "Profile",
    "parentOrg": "Profile",
    "address": "Address",
    "alignment": "Alignment",
    "resultDescription": "ResultDescription",
    "result": "Result",
    "identifier": "IdentityObject",
    "otherIdentifier": "IdentifierEntry",
    "criteria": "Criteria",
    "image": "Image",
    "evidence": "Evidence",
    "related": "Related",
    "rubricCriterionLevel": "RubricCriterionLevel",
}
