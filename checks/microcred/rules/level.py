"""M8: level, and cycle, of the learning experience."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from microcred import levels
from microcred.description import Description, Node
from microcred.quantities import as_number
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import advice, cite
from microcred.vocabularies import vocabulary, words
from microcred.vocabularies.nothing import says
from microcred.vocabularies.tables import RECENT, fold

FAR: Final = 2  # bands between a verb and the stated level that count as far apart
MOST: Final = 0.75  # share of known verbs that has to be far away before anything is said


@rule(
    "M8-1",
    "State the level, or say that none applies",
    level=Level.MUST,
    element="M8",
    section="level-stated",
    basis=cite("CR22", "Annex I"),
    why="The level is asked for “if applicable”; where a document is silent, nobody knows which it "
    "is",
    fix="Add `level: {eqf: 4, basis: self-declared}`, or `level: {basis: not-applicable, reason: "
    "…}`",
    yields=(Outcome.CANNOT_TELL,),
)
def stated(data: Node, description: Description) -> Verdict | None:
    level = description.level
    if (
        any(level.get(key) for key in ("eqf", "national", "cycle"))
        or level.get("basis") == "not-applicable"
    ):
        return None
    return cannot_tell("Which level has the learning experience, or does none apply?", at="/level")


@rule(
    "M8-2",
    "Write the EQF level as a number from 1 to 8",
    level=Level.SHOULD,
    element="M8",
    section="eqf-level",
    basis=cite("EQF"),
    why="The European Qualifications Framework has eight levels",
    fix="Write one number from 1 to 8",
    at="/level/eqf",
)
def eqf_level(eqf: Node, description: Description) -> Verdict | None:
    if description.eqf is not None or vocabulary("eqf-levels").find(str(eqf)):
        return None
    return not_met("“{level}” is no level of the EQF", level=eqf)


@rule(
    "M8-3",
    "Let cycle and EQF level agree",
    level=Level.SHOULD,
    element="M8",
    section="cycle-and-level",
    basis=cite("QFEHEA"),
    why="Short, first, second and third cycle stand beside EQF levels 5, 6, 7 and 8",
    fix="Correct the cycle or the level",
    at="/level/cycle",
)
def cycle_agrees(cycle: Node, description: Description) -> Verdict | None:
    if description.eqf is None:
        return NOT_APPLICABLE
    entry = vocabulary("cycles").find(cycle)
    own = entry.extra["eqf"] if entry else ""
    if own == str(description.eqf):
        return None
    return not_met(
        "The {cycle} cycle goes with EQF level {own}, but the level stated is {eqf}",
        cycle=cycle,
        own=own,
        eqf=description.eqf,
    )


@rule(
    "M8-4",
    "Name a cycle only in higher education",
    level=Level.SHOULD,
    element="M8",
    section="cycle-in-higher-education",
    basis=cite("QFEHEA"),
    why="Cycles belong to the framework of the European Higher Education Area",
    fix="Leave the cycle out, or name the higher education institution that awards",
    at="/level/cycle",
)
def cycle_in_higher_education(cycle: Node, description: Description) -> Verdict | None:
    types = description.body_types
    if not types:
        return NOT_APPLICABLE
    if types & {"higher-education", "consortium"}:
        return None
    return not_met(
        "The {cycle} cycle is named, but no higher education institution awards", cycle=cycle
    )


@rule(
    "M8-5",
    "Say what the level rests on",
    level=Level.ADVICE,
    element="M8",
    section="level-basis",
    basis=advice(),
    why="A level in a national register and a provider's own best fit look the same and weigh "
    "differently",
    fix="Add `basis`: nqf-registered, qa-approved, self-declared or not-applicable",
    at="/level",
)
def basis(level: Node, description: Description) -> Verdict | None:
    return None if level.get("basis") else not_met("The level doesn't say what it rests on")


@rule(
    "M8-6",
    "Give the reason where no level applies",
    level=Level.ADVICE,
    element="M8",
    section="no-level-reason",
    basis=advice(),
    why="Readers can't tell “was forgotten” from “does not apply” without it",
    fix="Add one sentence in `reason`",
    at="/level",
)
def reason(level: Node, description: Description) -> Verdict | None:
    if level.get("basis") != "not-applicable":
        return NOT_APPLICABLE
    if says(description.text(level.get("reason"))):
        return None
    return not_met("No level applies, and no reason is given")


@rule(
    "M8-7",
    "Don't state a level and deny it",
    level=Level.ADVICE,
    element="M8",
    section="level-no-contradiction",
    basis=advice(),
    why="A level that is stated and said not to apply can be read either way",
    fix="Delete the level, or correct `basis`",
    at="/level",
)
def no_contradiction(level: Node, description: Description) -> Verdict | None:
    if level.get("basis") != "not-applicable":
        return NOT_APPLICABLE
    if level.get("eqf") or level.get("cycle") or level.get("national"):
        return not_met("A level is stated, and `basis` says that none applies", at="/basis")
    return None


@rule(
    "M8-8",
    "Name the register in which the level is entered",
    level=Level.ADVICE,
    element="M8",
    section="level-registered",
    basis=advice(),
    why="“Registered” is a claim that anybody can look up, if they know where",
    fix="Add the national level with framework and, if there is one, the address of the entry",
    at="/level",
)
def registered(level: Node, description: Description) -> Verdict | None:
    if level.get("basis") != "nqf-registered":
        return NOT_APPLICABLE
    if any(level.get("national", ())):
        return None
    return not_met("The level is called registered, but no national framework is named")


@rule(
    "M8-9",
    "Let the verbs of the outcomes fit the level",
    level=Level.ADVICE,
    element="M8",
    section="verbs-and-level",
    basis=advice(),
    why="A level says how complex the learning is; if most verbs are far from it, one of them is "
    "wrong",
    fix="Look at outcomes and level together; the bands of verbs are ours and only a hint",
    at="/outcomes",
    yields=(Outcome.CANNOT_TELL,),
)
def verbs_fit(outcomes: Node, description: Description) -> Verdict | None:
    level, language = description.eqf, description.language or "en"
    if level is None:
        return NOT_APPLICABLE
    found = [outcome.verb("level-verbs") for outcome in description.read]
    known = [word for word in found if word]
    # Three verbs are the least that says something about a distribution.
    if len(known) < 3:
        return NOT_APPLICABLE
    far = [word for word in known if _is_far(word, language, level)]
    if len(far) < MOST * len(known):
        return None
    return cannot_tell(
        "Does EQF level {level} fit? {count} of {all} verbs usually go with other levels: {verbs}",
        level=level,
        count=len(far),
        all=len(known),
        verbs=", ".join(dict.fromkeys(far)),
    )


@lru_cache(maxsize=RECENT)
def _is_far(word: str, language: str, level: int) -> bool:
    band = words("level-verbs", language)[word]
    return max(int(band["low"] or 1) - level, level - int(band["high"] or 8)) >= FAR


@rule(
    "M8-10",
    "Let the national level and the EQF level agree",
    level=Level.SHOULD,
    element="M8",
    section="national-and-eqf-level",
    basis=cite("EQF", "referencing of national frameworks"),
    why="A country states once which EQF level each of its levels stands for, and both numbers "
    "are read side by side",
    fix="Correct one of the two levels: `microcred levels` lists what was referenced to what",
    at="/level/national",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def national_agrees(national: Node, description: Description) -> Verdict | None:
    if description.eqf is None:
        return NOT_APPLICABLE
    judged = False
    for number, item in enumerate(national):
        if not item or "level" not in item:
            continue
        verdict = _agrees(
            item.get("framework", ""), item["level"], item.get("country", ""), description.eqf
        )
        if verdict is None:
            judged = True
        elif verdict is not NOT_APPLICABLE:
            return verdict._replace(at=f"/{number}/level")
    return None if judged else NOT_APPLICABLE


# Providers write the same level again and again.
@lru_cache(maxsize=1024)
def _agrees(name: str, stated: str | float, country: str, eqf: int) -> Verdict | None:
    known = levels.reference(name, stated, country)
    told: dict[str, Any] = {"framework": name, "level": stated, "eqf": eqf}
    if known is None:
        # Most frameworks have the eight levels of the EQF: only a difference raises a question.
        if as_number(stated) in (eqf, None):
            return NOT_APPLICABLE
        return cannot_tell(
            "Does {framework} {level} stand for EQF level {eqf}? We have seen no source",
            fix="Look up how the country referenced its framework to the EQF",
            **told,
        )
    if known.eqf == eqf:
        return None
    return not_met(
        "{framework} {level} was referenced to EQF level {own}, but the EQF level stated is {eqf} "
        "({source})",
        own=known.eqf,
        source=known.source,
        **told,
    )


# In English, the language in which levels are advertised across borders.
_REGISTERED: Final = re.compile(
    r"\b(registered|accredited|recogni[sz]ed|entered|included|listed|certified|official(?:ly)?)\b"
    r"[^.!?;]{0,40}\b(EQF|NQF|qualifications? framework|level [1-9])",
    re.IGNORECASE,
)
_NAMED: Final = ("eqf", "nqf", "framework", "level")  # without one there is nothing to find


@rule(
    "M8-11",
    "Say of a level that is only claimed that it isn't registered",
    level=Level.ADVICE,
    element="M8",
    section="level-claimed",
    basis=advice(),
    why="“Registered at EQF level 5” is a statement about a public register, and readers act on it",
    fix="Write “own best fit, not registered”, or state the entry and `basis: nqf-registered`",
    at=("/summary", "/information/note", "/level/reason", "/stacking/note"),
    each_text=True,
)
def claimed(text: str, description: Description, _language: str) -> Verdict | None:
    if description.level.get("basis") not in {"self-declared", "not-applicable"}:
        return NOT_APPLICABLE
    found = _REGISTERED.search(text) if any(map(fold(text).__contains__, _NAMED)) else None
    if not found or re.search(r"\b(not|no|never|isn.t|hasn.t)\b", _before(text, found)):
        return None
    return not_met("“{words}” is said of a level that nobody registered", words=found[0])


def _before(text: str, found: re.Match[str]) -> str:
    """Return what stands in front of the words in their own sentence, where a “not” would be."""
    return re.split(r"[.!?;]", text[: found.start()])[-1]
