"""M2: the title of the micro-credential."""

from __future__ import annotations

import re
from functools import lru_cache

from microcred.description import Description, Node
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import advice, cite
from microcred.vocabularies import as_written, vocabulary, words
from microcred.vocabularies.tables import fold, remembered

ANNEX = cite("CR22", "Annex I")


@rule(
    "M2-1",
    "Give the micro-credential a title",
    level=Level.MUST,
    element="M2",
    section="title-stated",
    basis=ANNEX,
    why="Without a title nobody can name, find or list the micro-credential",
    fix="Write a short title that says what the holder can do: `title: Safe isolation on "
    "low-voltage switchboards`",
)
def stated(data: Node, description: Description) -> Verdict | None:
    return None if description.title else not_met("No title is stated", at="/title")


@rule(
    "M2-2",
    "Keep the title between 8 and 100 characters",
    level=Level.ADVICE,
    element="M2",
    section="title-length",
    basis=advice(),
    why="A title has to fit on a card in a catalogue and still say what it is about",
    fix="Use 4 to 12 words: the skill or task, and its context",
    at="/title",
    each_text=True,
)
def length(text: str, description: Description, _language: str) -> Verdict | None:
    low, high = description.range("title-length")
    if not low <= len(text.strip()) <= high:
        return not_met(
            "The title “{title}” has {length} characters, and {low} to {high} are usual",
            title=text,
            length=len(text.strip()),
            low=low,
            high=high,
        )
    return None


@rule(
    "M2-3",
    "Keep degree words out of the title",
    level=Level.ADVICE,
    element="M2",
    section="title-no-degree",
    basis=advice("SEED-EX"),
    why="Nobody should take a small volume of learning for a degree; some countries reserve these "
    "words by law",
    fix="Name the skill or task instead of an award",
    at="/title",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
    by_text=True,
)
def degree_words(text: str, language: str) -> Verdict | None:
    doubtful = ""
    listed = words("degree-words", language)
    for word in listed.spot(text):
        if listed[word]["strength"] == "clear":
            return not_met(
                "The title “{title}” uses “{word}”, a word for a degree",
                title=text,
                word=as_written(word, text),
            )
        doubtful = doubtful or word
    if doubtful:
        return cannot_tell(
            "Does “{word}” in the title name the award? Where it does, readers may take it for a "
            "degree",
            word=as_written(doubtful, text),
        )
    return None


@rule(
    "M2-4",
    "Check whether a word of the title names a protected type of award",
    level=Level.ADVICE,
    element="M2",
    section="title-protected-words",
    basis=advice(),
    why="Words such as “certificate” or “qualification” can stand for a type of award that "
    "national "
    "law protects",
    fix="Ask the body that keeps the national qualifications framework, or drop the word",
    at="/title",
    yields=(Outcome.CANNOT_TELL,),
    by_text=True,
)
def protected_words(text: str, language: str) -> Verdict | None:
    for word in words("title-words", language).spot(text):
        return cannot_tell(
            "May the title use “{word}”? In some countries the word names a type of award that "
            "the law protects",
            word=as_written(word, text),
        )
    return None


@lru_cache(maxsize=64)
def _series(language: str) -> re.Pattern[str]:
    # “i” is an “and” in Croatian and an article in Italian: each language has its own words.
    links = "|".join(map(re.escape, ("&", "/", *words("and-words", language))))
    return re.compile(rf"[^,:;()]+,[^,:;()]+(?:,|\s(?:{links})\s)\s*\S+", re.IGNORECASE)


@rule(
    "M2-5",
    "Name one thing in the title",
    level=Level.ADVICE,
    element="M2",
    section="title-one-thing",
    basis=advice(),
    why="A title that lists several subjects hides what the holder can do",
    fix="Keep the common core, or make two micro-credentials of it",
    at="/title",
    yields=(Outcome.CANNOT_TELL,),
    by_text=True,
)
def one_thing(text: str, language: str) -> Verdict | None:
    if _series(language).match(text):
        return cannot_tell("Is “{title}” one thing? It lists three or more", title=text)
    return None


_WORD = re.compile(r"[^\W\d_]+")


@remembered
def _stems(text: str) -> tuple[str, ...]:
    # Endings differ between a title and a sentence, and between languages; beginnings rarely do.
    words = _WORD.findall(fold(text))
    return tuple(word[: min(5, len(word) - 1)] for word in words if len(word) >= 4)


@rule(
    "M2-6",
    "Let the words of the title come back in the outcomes",
    level=Level.ADVICE,
    element="M2",
    section="title-and-outcomes",
    basis=advice(),
    why="A title that no outcome takes up promises something that is neither taught nor assessed",
    fix="Name in the title what the outcomes describe",
    yields=(Outcome.CANNOT_TELL,),
)
def taken_up(data: Node, description: Description) -> Verdict | None:
    title = description.title
    stems = _stems(title)
    if not stems or not any(description.statements):
        return NOT_APPLICABLE
    for outcome in description.read:
        if any(map(outcome.folded.__contains__, stems)):
            return None
    return cannot_tell(
        "Do title and outcomes speak of the same thing? No word of “{title}” comes back in an "
        "outcome",
        at="/title",
        title=title,
    )


@rule(
    "M2-7",
    "Say what it is in plain words: no code, no slogan",
    level=Level.ADVICE,
    element="M2",
    section="title-plain",
    basis=advice(),
    why="A course code says nothing outside the institution, and a slogan says nothing anywhere",
    fix="Write the skill or task and its context; put the code into `id`",
    at="/title",
    by_text=True,
)
def plain_words(text: str, _language: str) -> Verdict | None:
    if text.rstrip().endswith(("!", "?")):
        return not_met("The title “{title}” reads like a slogan", title=text)
    found = False
    for match in _WORD.finditer(text):
        found = True
        if len(match[0]) >= 3 and not match[0].isupper():
            return None
    # Scripts without capitals have no lower-case words either, so only cased text is judged.
    if found and text.upper() == text.lower():
        return None
    return not_met("The title “{title}” is a code or all capitals", title=text)


@rule(
    "M2-8",
    "Give the title in English as well",
    level=Level.ADVICE,
    element="M2",
    section="title-in-english",
    basis=advice(),
    why="People who recognise or employ across a border look it up under an English title",
    fix="Write the title in both languages: `title: {hr: …, en: …}`",
    at="/title",
)
def in_english(title: Node, description: Description) -> Verdict | None:
    stated = [language for language, _ in description.texts(title)]
    for language in stated:
        if language.startswith("en"):
            return None
    languages = [language for language in stated if language not in _UNKNOWN]
    if not languages:  # which language it is in, the document doesn't say: told by DOC-2
        return NOT_APPLICABLE
    return not_met(
        "The title is given in {languages} only",
        fix="Write the title in both languages: `title: {form}`",
        form=f"{{{languages[0]}: …, en: …}}",
        languages=" and ".join(_language_name(language) for language in languages),
    )


_UNKNOWN = ("", "und")  # undetermined, as ISO 639 has it


def _language_name(code: str) -> str:
    entry = vocabulary("languages").find(code.split("-", maxsplit=1)[0])
    return entry.label() if entry else code
