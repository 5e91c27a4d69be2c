"""M6: learning outcomes."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations

from microcred.description import Description, Node, named_twice
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.rules.listed import unlisted
from microcred.sources import advice, cite
from microcred.vocabularies import as_written, words
from microcred.vocabularies.statements import statement

STATEMENT = "/outcomes/*/statement"


@rule(
    "M6-1",
    "State at least one learning outcome",
    level=Level.MUST,
    element="M6",
    section="outcomes-stated",
    basis=cite("CR22", "Annex I and definition (point 5(a))"),
    why="A micro-credential is the record of learning outcomes; without them there is nothing to "
    "assess or to recognise",
    fix="Write what a learner knows, understands and is able to do at the end, one outcome a line "
    "under `outcomes`",
)
def stated(data: Node, description: Description) -> Verdict | None:
    if any(description.text(outcome.get("statement")) for outcome in description.outcomes):
        return None
    return not_met("No learning outcome is stated", at="/outcomes")


@rule(
    "M6-2",
    "Start each outcome with a verb that somebody can observe",
    level=Level.ADVICE,
    element="M6",
    section="observable-outcomes",
    basis=advice("SIN16"),
    why="“Understand” and “know” name a state of mind, and nobody can watch a state of mind in an "
    "assessment",
    fix="Say what the learner does: explain, distinguish, list, justify, calculate, plan",
    at=STATEMENT,
    by_text=True,
)
def observable_verb(text: str, language: str) -> Verdict | None:
    found = statement(text, language).verb("unobservable-verbs")
    if found:
        return not_met(
            "“{statement}”: “{verb}” cannot be observed in an assessment",
            statement=text,
            verb=as_written(found, text),
        )
    return None


_TOPIC_ENDINGS = (
    "tion",
    "tions",
    "ment",
    "ity",
    "ness",
    "ship",
    "ing",
    "ics",
    "ogy",
    "skills",
    "basics",
)


# Words with which topics and parts of a course begin, in any of the languages with a list of verbs.
_TOPIC_WORDS = (
    "introduction basics fundamentals overview history module week unit chapter lesson topic "
    "notions bases histoire semaine chapitre leçon thème aperçu "
    "einführung grundlagen überblick geschichte modul woche kapitel thema "
    "introducción fundamentos historia módulo semana unidad tema nociones "
    "introduzione fondamenti storia modulo settimana unità elementi cenni "
    "introdução noções história "
    "wprowadzenie wstęp podstawy moduł tydzień rozdział zagadnienia "
    "вступ основи історія модуль тиждень розділ тема "
    "uvod osnove povijest istorija tjedan увод основе историја модул "
    "inleiding basis overzicht geschiedenis "
    "εισαγωγή βασικές ιστορία ενότητα εβδομάδα "
    "giriş temelleri modül hafta"
)
_TOPICS = frozenset(_TOPIC_WORDS.split())
_ARTICLE = 3  # letters of the longest of them
# A word such as “conducts”, and none such as “analysis” or “logistics”.
_SHE_DOES = re.compile(r"[a-z]+(?<![siu])(?<!ic)s")
_NO_OBJECTS = frozenset(["of", "and", "or", "in", "for", "to", "with", "on", "at"])


def _ends_as_topic(found: list[str]) -> bool:
    """Tell whether a short text in English is a topic, as far as the ends of its words show it."""
    first, last = found[0].casefold(), found[-1].casefold().rstrip(".")
    if first.endswith("ing") or not last.endswith(_TOPIC_ENDINGS):
        return first.endswith("ing")
    # “Conducts user testing” tells what somebody does, “Methods of user testing” doesn't.
    does = len(found) > 2 and _SHE_DOES.fullmatch(first) and found[1].casefold() not in _NO_OBJECTS
    return not does


@rule(
    "M6-3",
    "Write each outcome as a sentence about what the learner does",
    level=Level.SHOULD,
    element="M6",
    section="outcomes-not-topics",
    basis=cite("CED-SLO"),
    why="A topic such as “Digital content” doesn't say what the learner can do with it",
    fix="Begin with a verb, then say on what and in which context: “Verifies absence of voltage "
    "with a two-pole tester”",
    at=STATEMENT,
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    by_text=True,
)
def not_a_topic(text: str, language: str) -> Verdict | None:
    found = text.split(maxsplit=7)
    # A short word in front may be an article.
    begun = found[: 2 if len(found[0]) <= _ARTICLE else 1]
    is_begun_so = not _TOPICS.isdisjoint(word.casefold().strip(".,:;–-") for word in begun)
    # Without a list of verbs, or without spaces, a verb and a topic can't be told apart.
    if len(found) > 6 and not is_begun_so:
        return None
    if not words("level-verbs", language) or statement(text, language).main_verb:
        return None
    if language.startswith("en") and _ends_as_topic(found):
        return not_met("“{statement}” names a topic, not what the learner does", statement=text)
    if len(found) <= 2 or is_begun_so:
        return cannot_tell(
            "Is “{statement}” a topic, or something that the learner does?", statement=text
        )
    return None


# Chinese, Japanese and Korean say in one character what takes two or three in others, and the
# scripts without vowels in three what takes four.
_COMPACT = dict.fromkeys(("zh", "ja", "ko"), 0.5) | dict.fromkeys(("ar", "fa", "he"), 0.75)


@rule(
    "M6-4",
    "Keep each outcome between 40 and 250 characters",
    level=Level.ADVICE,
    element="M6",
    section="outcome-length",
    basis=advice(),
    why="A shorter statement lacks its object or context; in a longer one several outcomes hide",
    fix="Write one verb, one object and one context or standard",
    at=STATEMENT,
    each_text=True,
)
def length(text: str, description: Description, language: str) -> Verdict | None:
    low, high = description.range("statement-length")
    size = len(text.strip())
    if low <= size <= high:
        return None
    least = round(low * _COMPACT.get(language[:2], 1))
    if not least <= size <= high:
        return not_met(
            "“{statement}” has {size} characters, and {least} to {high} are usual",
            statement=text,
            size=size,
            least=least,
            high=high,
        )
    return None


@lru_cache(maxsize=64)
def _and(language: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    links = tuple(f" {word} " for word in words("and-words", language))
    return links, re.compile("|".join(links))


# A line that begins as those of lists do.
_ITEM = re.compile(r"^\s*(?:[-–—*•▪●◦‣·]|\(?\d{1,2}[.)])\s+\S", re.MULTILINE)


@rule(
    "M6-5",
    "Put one main verb into each outcome",
    level=Level.ADVICE,
    element="M6",
    section="one-verb-per-outcome",
    basis=advice("DCU-LO"),
    why="Somebody who can do one half of it can neither pass nor fail the outcome",
    fix="Split the outcome, or keep the verb that includes the other",
    at=STATEMENT,
    by_text=True,
)
def one_main_verb(text: str, language: str) -> Verdict | None:
    if "\n" in text and (count := len(_ITEM.findall(text))) > 1:
        return not_met(
            "“{statement}” is a list of {count} outcomes",
            fix="Make each line an outcome of its own",
            statement=text,
            count=count,
        )
    folded = statement(text, language).folded
    links, link = _and(language)
    # Most outcomes don't hold two links, and that is quick to see.
    parts = link.split(folded)[1:] if sum(map(folded.count, links)) > 1 else []
    if len(parts) < 2:
        return None
    lists = (words("practical-verbs", language), words("level-verbs", language))
    verbs = [word for part in parts for listed in lists if (word := listed.opening(part))]
    if len(set(verbs)) > 1:
        return not_met(
            "“{statement}” holds several outcomes: also “{verbs}”",
            statement=text,
            verbs="”, “".join(as_written(verb, text) for verb in dict.fromkeys(verbs)),
        )
    return None


@rule(
    "M6-6",
    "Write about the learner, not as “I”, “we” or “you”",
    level=Level.ADVICE,
    element="M6",
    section="outcomes-third-person",
    basis=advice(),
    why="The same sentence stands on the certificate, in the catalogue and in the register, where "
    "“you” is somebody else",
    fix="Begin with the verb: “Explains …”, “Calculates …”",
    at=STATEMENT,
    by_text=True,
)
def third_person(text: str, language: str) -> Verdict | None:
    if word := words("person-words", language).opening_at(statement(text, language).start):
        return not_met(
            "“{statement}” begins with “{word}”", statement=text, word=as_written(word, text)
        )
    return None


@rule(
    "M6-7",
    "Say what the learner does, not what the teacher does",
    level=Level.ADVICE,
    element="M6",
    section="learner-not-teacher",
    basis=advice("DCU-LO"),
    why="What is covered or discussed is teaching; the outcome is what remains afterwards",
    fix="Ask what the learner can do after it, and write that",
    at=STATEMENT,
    by_text=True,
)
def learners_view(text: str, language: str) -> Verdict | None:
    for phrase in words("teacher-phrases", language).spot(text, statement(text, language).words):
        return not_met(
            "“{statement}” describes teaching (“{phrase}”)",
            statement=text,
            phrase=as_written(phrase, text),
        )
    return None


SAME = 0.9  # share of common words from which two statements count as one
_MOST_APART = (1 - SAME) / (1 + SAME) + 1e-6  # share of all words that stand in one of them only


@rule(
    "M6-8",
    "State each outcome once",
    level=Level.ADVICE,
    element="M6",
    section="no-duplicate-outcomes",
    basis=advice(),
    why="Two outcomes that say the same are assessed twice and count once",
    fix="Delete one of them, or say what sets them apart",
)
def no_duplicates(data: Node, description: Description) -> Verdict | None:
    read = description.read
    if len(read) < 2:
        return NOT_APPLICABLE
    pairs = combinations(enumerate(one.outline for one in read), 2)
    for (earlier, (size, bits)), (later, (other_size, other_bits)) in pairs:
        # Most pairs differ in so many words that their outlines show it.
        if (bits ^ other_bits).bit_count() > _MOST_APART * (size + other_size) or not size:
            continue
        one, other = read[earlier].words, read[later].words
        if len(one & other) >= SAME * len(one | other):
            return not_met(
                "Outcomes {first} and {second} say the same: “{statement}”",
                at=f"/outcomes/{_position(data, later)}/statement",
                first=earlier + 1,
                second=later + 1,
                statement=description.statements[later],
            )
    return None


def _position(data: Node, number: int) -> int:
    """Return where the *number*-th readable outcome stands in the list as it was written."""
    return [position for position, outcome in enumerate(data["outcomes"]) if outcome][number]


@rule(
    "M6-9",
    "State between 2 and 10 outcomes",
    level=Level.ADVICE,
    element="M6",
    section="number-of-outcomes",
    basis=advice("DCU-LO"),
    why="Three to eight outcomes suit most micro-credentials; more can hardly be taught and "
    "assessed "
    "in a small volume of learning",
    fix="Merge what belongs together, or split the micro-credential",
    at="/outcomes",
)
def number(outcomes: Node, description: Description) -> Verdict | None:
    low, high = description.range("outcomes-range")
    count = len(description.outcomes)
    if not count or low <= count <= high:
        return None
    if count == 1:
        return not_met(
            "One learning outcome is stated",
            fix="Split it into what can be assessed on its own, or add the outcome that is missing",
        )
    return not_met("{count} learning outcomes are stated", count=count)


@rule(
    "M6-10",
    "Let the hours fit the number of outcomes",
    level=Level.ADVICE,
    element="M6",
    section="hours-per-outcome",
    basis=advice(),
    why="An outcome in less than 3 hours is a topic; one that takes more than 60 hides several",
    fix="Check hours and outcomes against each other: what can be learned in this time?",
    at="/outcomes",
)
def hours_fit(outcomes: Node, description: Description) -> Verdict | None:
    low, high = description.range("hours-per-outcome")
    hours, count = description.hours, len(description.outcomes)
    if not hours or not count:
        return NOT_APPLICABLE
    if low <= hours / count <= high:
        return None
    return not_met(
        "{count} outcomes in {hours} h: {each} h for each"
        if count > 1
        else "One outcome takes {hours} h",
        count=count,
        hours=f"{hours:g}",
        each=f"{round(hours / count, 1):g}",
    )


@rule(
    "M6-11",
    "Say of each outcome whether it is knowledge, skill, or responsibility and autonomy",
    level=Level.SHOULD,
    element="M6",
    section="type-of-outcome",
    basis=cite("EQF", "definition of learning outcomes"),
    why="Levels are described in these three terms, so readers compare outcome by outcome",
    fix="Add `type: knowledge`, `type: skill` or `type: responsibility`",
    at="/outcomes/*",
)
def typed(outcome: Node, description: Description) -> Verdict | None:
    if "type" in outcome:
        return None
    return not_met(
        "The outcome “{statement}” has no type",
        statement=description.text(outcome.get("statement")),
    )


@rule(
    "M6-12",
    "Look for an outcome on responsibility and autonomy",
    level=Level.ADVICE,
    element="M6",
    section="responsibility-outcome",
    basis=advice(),
    why="Employers ask what somebody decides alone; an outcome on responsibility answers it",
    fix="Add an outcome about what the learner decides, reports or answers for",
    at="/outcomes",
    yields=(Outcome.CANNOT_TELL,),
)
def responsibility(outcomes: Node, description: Description) -> Verdict | None:
    types = [outcome.get("type") for outcome in description.outcomes]
    if not types or not all(types):
        return NOT_APPLICABLE
    if "responsibility" in types:
        return None
    return cannot_tell("What does the learner decide or answer for? No outcome speaks of it")


@rule(
    "M6-13",
    "Vary the verbs",
    level=Level.ADVICE,
    element="M6",
    section="varied-verbs",
    basis=advice("DCU-LO"),
    why="Where every outcome begins with the same verb, they were filled in and not thought "
    "through",
    fix="Ask for each outcome what the learner really does",
    at="/outcomes",
)
def varied_verbs(outcomes: Node, description: Description) -> Verdict | None:
    verbs = [outcome.built_on for outcome in description.read if outcome.text]
    if len(verbs) < 4:
        return NOT_APPLICABLE
    most = max(set(verbs), key=verbs.count)
    if verbs.count(most) <= 0.6 * len(verbs):
        return None
    return not_met(
        "{times} of {count} outcomes use the same verb, “{verb}”",
        times=verbs.count(most),
        count=len(verbs),
        verb=most,
    )


_ADDRESS = re.compile(r"(?:https?|urn):\S+", re.IGNORECASE)


@rule(
    "M6-14",
    "Name skills by their addresses",
    level=Level.SHOULD,
    element="M6",
    section="skills-by-address",
    basis=cite("ELM", "property relatedESCOSkill"),
    why="Software matches a learner's skills with jobs by address, not by label",
    fix="Look the skill up in ESCO or in a sector framework and copy its address",
    at="/outcomes/*/skills/*",
)
def skill_address(skill: Node, description: Description) -> Verdict | None:
    if _ADDRESS.fullmatch(skill.strip()):
        return None
    return not_met("The skill “{skill}” is a label, not an address", skill=skill)


@rule(
    "M6-15",
    "Give each outcome a short name of its own",
    level=Level.ADVICE,
    element="M6",
    section="outcome-names",
    basis=advice(),
    why="Assessments refer to outcomes by these names; a name used twice points nowhere",
    fix="Name them LO1, LO2, LO3 …",
    at="/outcomes",
)
def own_names(outcomes: Node, description: Description) -> Verdict | None:
    name = named_twice(description.outcomes)
    return not_met("Two outcomes have the short name “{name}”", name=name) if name else None


@rule(
    "M6-16",
    "Give the field of study by its ISCED-F code",
    level=Level.SHOULD,
    element="M6",
    section="field-of-study",
    basis=cite("ELM", "property thematicArea"),
    why="Catalogues and statistics sort by this code",
    fix="Use a code of two, three or four digits from ISCED-F 2013",
    at="/fields/*",
)
def field_code(field: Node, description: Description) -> Verdict | None:
    return unlisted(field, "isced-f", "“{stated}” is no field of ISCED-F 2013")
