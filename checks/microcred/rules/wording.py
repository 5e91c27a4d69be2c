"""What the rules on wording know of languages: how each says “and”, and “I”, “we” or “you”."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from microcred.vocabularies import vocabulary

__all__ = ["and_words", "base_language", "person"]

_AND: Final = {
    "bg": "и",
    "bs": "i",
    "cnr": "i и",
    "cs": "a",
    "da": "og",
    "de": "und sowie",
    "el": "και",
    "en": "and",
    "es": "y e",
    "et": "ja ning",
    "fi": "ja sekä",
    "fr": "et",
    "hr": "i te",
    "hu": "és valamint",
    "hy": "և ու",
    "it": "e ed",
    "ka": "და",
    "lt": "ir bei",
    "lv": "un",
    "mk": "и",
    "nb": "og",
    "nl": "en",
    "nn": "og",
    "no": "og",
    "pl": "i oraz",
    "pt": "e",
    "ro": "și",
    "sh": "i",
    "sk": "a",
    "sl": "in ter",
    "sq": "dhe",
    "sr": "i te и те",
    "sv": "och samt",
    "tr": "ve",
    "uk": "та і й",
}
# Only words that mean nothing else at the beginning of a sentence: German “Sie” is also “they”.
_PERSONS: Final = {
    "bg": "аз ние ти вие",
    "bs": "ja mi ti vi",
    "cnr": "ja mi ti vi ја ми ти ви",
    "cs": "já my ty vy",
    "da": "jeg du",
    "de": "ich wir du",
    "el": "εγώ εμείς εσύ εσείς",
    "en": "i we you my our your",
    "es": "yo nosotros nosotras tú usted ustedes",
    "et": "mina meie sina teie",
    "fi": "minä sinä",
    "fr": "je j nous tu vous",
    "hr": "ja mi ti vi",
    "hu": "én te",
    "hy": "ես մենք դու դուք",
    "it": "io noi tu voi",
    "ka": "მე ჩვენ შენ თქვენ",
    "lt": "aš mes tu jūs",
    "lv": "es mēs tu jūs",
    "mk": "јас ние ти вие",
    "nb": "jeg du dere",
    "nl": "ik wij we jij je",
    "no": "jeg du dere",
    "pl": "ja my ty wy",
    "pt": "eu nós tu você",
    "ro": "eu noi tu voi",
    "sh": "ja mi ti vi",
    "sk": "ja my ty vy",
    "sl": "jaz mi vi",
    "sq": "unë ju",
    "sr": "ja mi ti vi ја ми ти ви",
    "sv": "jag du ni",
    "tr": "ben biz sen siz",
    "uk": "я ми ти ви",
}
# “I/O modules” and “I-beam” begin with no person.
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)(?![\w/-])")


@lru_cache(maxsize=128)
def base_language(language: str) -> str:
    """Return the language without script or region, in two letters where there are two."""
    code = re.split(r"[-_]", language.strip().casefold(), maxsplit=1)[0]
    if len(code) != 3 or code in _AND:
        return code
    entry = vocabulary("languages").find(code)
    return entry.code if entry else code


@lru_cache(maxsize=128)
def and_words(language: str) -> tuple[str, ...]:
    """Return the words for “and” in *language*; none where we don't know them."""
    return tuple(_AND.get(base_language(language), "").split())


def person(text: str, language: str) -> str | None:
    """Return the word for “I”, “we” or “you” that *text* begins with, as it is written there."""
    known = _PERSONS.get(base_language(language))
    first = _FIRST_WORD.match(text) if known else None
    if known and first and first[1].casefold() in known.split():
        return first[1]
    return None
