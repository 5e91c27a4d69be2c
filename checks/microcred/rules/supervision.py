"""O2: supervision and identity verification during assessment."""

from __future__ import annotations

import re
from typing import Final

from microcred.description import Description, Node
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import advice, cite
from microcred.vocabularies.tables import fold, remembered

# From weakest to strongest: the weakest stated is what a reader has to count on.
STRENGTH: Final = ("unsupervised", "unsupervised-with-id", "supervised", "supervised-with-id")


@rule(
    "O2-1",
    "Say whether the assessment is supervised and identity is checked",
    level=Level.ADVICE,
    element="O2",
    section="supervision-stated",
    basis=advice("MICROEV"),
    why="It is the first thing that people who recognise online learning ask for",
    fix="Add `supervision` for each assessment: unsupervised, supervised or supervised-with-id",
    at="/assessments",
    yields=(Outcome.CANNOT_TELL,),
)
def stated(assessments: Node, description: Description) -> Verdict | None:
    if not description.assessments:
        return NOT_APPLICABLE
    for position, item in enumerate(assessments):
        if item and not item.get("supervision"):
            title = description.text(item.get("title")) or item.get("id") or f"no. {position + 1}"
            return cannot_tell(
                "Is assessment “{title}” watched, and is it checked who takes it?",
                at=f"/{position}/supervision",
                title=title,
            )
    return None


@rule(
    "O2-2",
    "Watch the assessment where credits are awarded online",
    level=Level.ADVICE,
    element="O2",
    section="supervision-online-credits",
    basis=advice("MICROEV"),
    why="Without it nobody knows who did the work, and others won't count the credits",
    fix="Add a supervised assessment with a check of identity, for example a short live oral",
    at="/assessments",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def online_credits(assessments: Node, description: Description) -> Verdict | None:
    stated = [item["supervision"] for item in description.assessments if item.get("supervision")]
    if not stated or description.mode not in ("online", "blended", "onsite"):
        return NOT_APPLICABLE
    if description.mode == "onsite":
        if all(item.startswith("unsupervised") for item in stated):
            return cannot_tell(
                "Is nobody there during the assessment? Learners are onsite",
                fix="If somebody is, write supervised or supervised-with-id",
            )
        return None
    if not description.workload.get("credits"):
        return NOT_APPLICABLE
    strongest = max(stated, key=STRENGTH.index)
    if strongest.startswith("unsupervised"):
        return not_met(
            "Credits are awarded, the mode is {mode}, and no assessment is supervised",
            mode=description.mode,
        )
    if strongest == "supervised" and description.mode == "online":
        return cannot_tell("How do you know who takes the assessment? Identity is not checked")
    return None


@rule(
    "O2-3",
    "Use one of the three options of Annex I",
    level=Level.SHOULD,
    element="O2",
    section="supervision-options",
    basis=cite("SWD21", "optional element on supervision"),
    why="“Unsupervised with a check of identity” has no counterpart in Annex I",
    fix="Choose unsupervised, supervised or supervised-with-id",
    at="/assessments/*/supervision",
)
def annex_option(supervision: Node, description: Description) -> Verdict | None:
    if supervision != "unsupervised-with-id":
        return None
    return not_met("“{option}” is none of the three options", option=supervision)


# Beginnings of words in several languages, folded.
_BIOMETRIC: Final = (
    "biometr",
    "біометр",
    "биометр",
    "face recognition",
    "facial recognition",
    "keystroke",
    "gesichtserkennung",
    "reconnaissance faciale",
    "reconocimiento facial",
)
# Elsewhere these are subjects to learn: facial expressions, fingerprints at a scene.
_IN_A_CHECK: Final = (*_BIOMETRIC, "facial", "fingerprint")
_DENIED: Final = re.compile(
    r"\b(?:no|not|without|never|kein\w*|nicht|ohne|sans|aucune?|sin|senza|bez|без|geen|zonder)\b"
    r"[^.;:]*$"
)


@remembered
def _biometric(text: str, marks: tuple[str, ...]) -> bool:
    folded = fold(text)
    if not any(map(folded.__contains__, marks)):
        return False
    first = min(folded.find(mark) for mark in marks if mark in folded)
    return not _DENIED.search(folded[:first])


@rule(
    "O2-4",
    "Ask for the legal basis before biometrics are used",
    level=Level.ADVICE,
    element="O2",
    section="supervision-biometrics",
    basis=advice("TESLA"),
    why="Biometric data are specially protected, and a learner must have another way",
    fix="Name the legal basis and the other way in `identityCheck`",
    at="/assessments/*",
    yields=(Outcome.CANNOT_TELL,),
)
def biometrics(assessment: Node, description: Description) -> Verdict | None:
    for field, marks in (("identityCheck", _IN_A_CHECK), ("description", _BIOMETRIC)):
        if field not in assessment:
            continue
        for _, text in description.texts(assessment[field]):
            if _biometric(text, marks):
                return cannot_tell(
                    "On which legal basis are biometrics used, and which other way has a learner? "
                    "“{text}”",
                    at=f"/{field}",
                    text=text,
                )
    return None if assessment.get("identityCheck") else NOT_APPLICABLE


@rule(
    "O2-5",
    "Say how identity is checked",
    level=Level.ADVICE,
    element="O2",
    section="supervision-identity-check",
    basis=advice("MICROEV"),
    why="“With identity verification” can be a look at a card or a click in a box",
    fix="Add `identityCheck`: who checks, against what, where",
    at="/assessments/*",
)
def identity_check(assessment: Node, description: Description) -> Verdict | None:
    if not assessment.get("supervision", "").endswith("-with-id"):
        return NOT_APPLICABLE
    if assessment.get("identityCheck"):
        return None
    return not_met("Identity is verified, but the description doesn't say how")
