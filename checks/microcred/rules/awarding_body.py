"""M4: awarding body or bodies."""

from __future__ import annotations

import re
from functools import lru_cache

from microcred.description import Description, Node
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.rules.listed import unlisted
from microcred.sources import advice, cite
from microcred.vocabularies import vocabulary


@rule(
    "M4-1",
    "Name the awarding body",
    level=Level.MUST,
    element="M4",
    section="body-stated",
    basis=cite("CR22", "Annex I"),
    why="Somebody has to answer for the award",
    fix="Name the body under `bodies`, with `roles: [awarding]`",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def stated(data: Node, description: Description) -> Verdict | None:
    if any(description.text(body.get("name")) for body in description.awarding):
        return None
    if description.bodies and not any(body.get("roles") for body in description.bodies):
        return cannot_tell("Which of these bodies makes the award?", at="/bodies")
    return not_met("No awarding body is named", at="/bodies")


@rule(
    "M4-2",
    "Say in which country the awarding body is established",
    level=Level.SHOULD,
    element="M4",
    section="body-country",
    basis=cite("ELM-SH", "Organisation, location"),
    why="The seat decides which law and which quality assurance apply",
    fix="Add `country` with the two-letter code",
    at="/bodies/*",
)
def seat(body: Node, description: Description) -> Verdict | None:
    if body not in description.awarding:
        return NOT_APPLICABLE
    if body.get("country"):
        return None
    return not_met("“{name}” has no country", name=description.text(body.get("name")))


@rule(
    "M4-3",
    "Give the awarding body's registration number",
    level=Level.ADVICE,
    element="M4",
    section="body-identifier",
    basis=advice(),
    why="Names change and repeat; a number in a register points to one legal person",
    fix="Add the number under `identifiers`: business register, VAT, DEQAR, ETER or a national "
    "list",
    at="/bodies/*",
)
def legal_identifier(body: Node, description: Description) -> Verdict | None:
    if body not in description.awarding:
        return NOT_APPLICABLE
    if any(body.get("identifiers", ())):
        return None
    return not_met("“{name}” has no registration number", name=description.text(body.get("name")))


@rule(
    "M4-4",
    "Say what each body does",
    level=Level.ADVICE,
    element="M4",
    section="body-roles",
    basis=advice("ELM"),
    why="Awarding, teaching and assessing can be three bodies, and learners should know whom to "
    "ask",
    fix="Add `roles`: awarding, accountable, teaching, assessing, issuing",
    at="/bodies/*",
)
def roles(body: Node, description: Description) -> Verdict | None:
    if body.get("roles"):
        return None
    if len(description.bodies) > 1 and not any(other.get("roles") for other in description.bodies):
        return NOT_APPLICABLE  # which of them awards is the first question, and M4-1 asks it
    return not_met("“{name}” has no role", name=description.text(body.get("name")))


@rule(
    "M4-5",
    "Don't name a platform as the awarding body",
    level=Level.ADVICE,
    element="M4",
    section="platform-no-awarding-body",
    basis=advice("ELM"),
    why="A platform hosts a course or a badge; the award is somebody else's decision",
    fix="Name the body that decides on the award; give the platform the role `issuing` or "
    "`partner`",
    at="/bodies/*",
)
def no_platform(body: Node, description: Description) -> Verdict | None:
    if body not in description.awarding:
        return NOT_APPLICABLE
    name = description.text(body.get("name"))
    stated = vocabulary("body-types").find(body.get("type"))
    if _is_platform(name) or (stated and stated.code == "platform"):
        return not_met("“{name}” is a platform", name=name)
    return None


def _is_platform(name: str) -> bool:
    if vocabulary("platforms").find(name):
        return True
    return "." in name and name.casefold().removeprefix("www.").strip() in _domains()


@lru_cache(maxsize=1)
def _domains() -> frozenset[str]:
    entries = vocabulary("platforms")
    return frozenset(domain for entry in entries for domain in entry.extra["domains"].split())


@rule(
    "M4-6",
    "Make one body accountable in a joint award",
    level=Level.ADVICE,
    element="M4",
    section="one-accountable-body",
    basis=advice(),
    why="Where several award together, learners and authorities need one address",
    fix="Give exactly one of the awarding bodies the role `accountable`",
    at="/bodies",
)
def one_accountable(bodies: Node, description: Description) -> Verdict | None:
    if len(description.awarding) < 2:
        return NOT_APPLICABLE
    accountable = [body for body in description.awarding if "accountable" in body["roles"]]
    if len(accountable) == 1:
        return None
    return not_met(
        "Of {all} awarding bodies, {count} have the role `accountable`",
        count=len(accountable),
        all=len(description.awarding),
    )


@rule(
    "M4-7",
    "Say what kind of body it is",
    level=Level.ADVICE,
    element="M4",
    section="body-type",
    basis=advice(),
    why="What quality assurance and which credits can be expected depends on it",
    fix="Add `type`, for example higher-education, vet-provider or employer",
    at="/bodies/*",
)
def type_of_body(body: Node, description: Description) -> Verdict | None:
    if body not in description.awarding:
        return NOT_APPLICABLE
    stated = body.get("type")
    if not stated:
        return not_met("“{name}” has no type", name=description.text(body.get("name")))
    wrong = "“{stated}” is no type of body that the list knows"
    return unlisted(stated, "body-types", wrong, at="/type")


@rule(
    "M4-8",
    "Refer only to bodies that are listed",
    level=Level.ADVICE,
    element="M4",
    section="body-references",
    basis=advice(),
    why="A short name that stands for nobody can be followed by nobody",
    fix="Write the short name of an entry under `bodies`, or add the body there",
    at=("/quality/*/of", "/workload/credits/*/by"),
)
def known_body(name: Node, description: Description) -> Verdict | None:
    if any(body.get("id") == name for body in description.bodies):
        return None
    return not_met("“{name}” is the short name of no body in the list", name=name)


# DEQAR's identifiers of institutions and ETER's, as their registers write them.
_FORMS = {
    "deqar": (
        re.compile(r"DEQARINST\d{4,}", re.IGNORECASE),
        "DEQARINST followed by four or more digits",
    ),
    "eter": (re.compile(r"[A-Z]{2}\d{4}", re.IGNORECASE), "two letters and four digits"),
}


@rule(
    "M4-9",
    "Write register numbers as the register does",
    level=Level.ADVICE,
    element="M4",
    section="body-identifier-form",
    basis=advice(),
    why="A number with a slip finds nothing, or somebody else",
    fix="Copy the number from the register",
    at="/bodies/*/identifiers/*",
)
def identifier_form(identifier: Node, description: Description) -> Verdict | None:
    scheme = identifier.get("scheme", "").casefold()
    form = next((form for name, form in _FORMS.items() if name in scheme), None)
    if not form:
        return NOT_APPLICABLE
    pattern, words = form
    if pattern.fullmatch(str(identifier["value"]).strip()):
        return None
    return not_met(
        "“{value}” is not written as in {scheme}: {words}",
        value=identifier["value"],
        scheme=identifier["scheme"],
        words=words,
    )


@rule(
    "M4-10",
    "Name the provider where another body awards",
    level=Level.ADVICE,
    element="M4",
    section="body-provider",
    basis=advice("ELM"),
    why="Who teaches and who awards can be two, and quality assurance looks at both",
    fix="Add the provider with `roles: [teaching]`, or give the awarding body that role as well",
    at="/bodies",
    yields=(Outcome.CANNOT_TELL,),
)
def provider(bodies: Node, description: Description) -> Verdict | None:
    roles = [role for body in description.bodies for role in body.get("roles") or ()]
    # Without roles it is asked elsewhere what each does; experience is validated without teaching.
    if not roles or description.mode == "validation" or description.recognises_experience:
        return NOT_APPLICABLE
    return None if "teaching" in roles else cannot_tell("Who teaches? No body has that role")
