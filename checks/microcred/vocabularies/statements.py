"""What an outcome states, as rules read it: its words, where it begins, and its verbs.

Several rules ask the same of one statement, and the records of a catalogue share many, so what
they need is worked out once.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from microcred.facts import fact
from microcred.vocabularies.tables import folded, remembered
from microcred.vocabularies.wordlists import Start, divided, start_of, verb_last, words

__all__ = ["Statement", "statement"]

_BULLETS: Final = " -\u2013\u2014•·*:,.…"  # what may stand before the first word of an outcome
_BITS: Final = 63  # of a hash count, so there are 64 different ones
# Marks of what changes: a dated standard, a version of software, a licence, a safety rule.
# Only capitals name a standard: "en 30 minutos" is half an hour in Spain.
_DATED: Final = re.compile(
    r"\b(?-i:(?:ISO|IEC|EN|DIN|NF|BS)\s?\d{2,}|HACCP\b)|\bversion\s?\d|\blicen[cs]e\b|"
    r"\bfirst aid\b|\bsafety (?:rule|regulation|standard)s?\b|\bregulation\s\(?[A-Z]*\)?\s?\d|"
    r"\bdirective\s\d",
    re.IGNORECASE,
)
# One of these words, or a figure, is in all of them; most statements hold neither.
_DATED_WORDS: Final = frozenset({"haccp", "licence", "license", "aid", "safety"})
_VERBS: Final = ("practical-verbs", "level-verbs", "unobservable-verbs")

_NO_ADVERBS: Final = frozenset(
    [
        "apply",
        "comply",
        "imply",
        "multiply",
        "rely",
        "reply",
        "supply",
        "family",
        "assembly",
        "reapply",
        "resupply",
        "misapply",
    ]
)

# Where an outcome starts, or starts again after a phrase that only opens it; the phrase stands
# beside the start, and is empty where the verb is next.
_Stage = tuple[Start, str]


class Statement:
    """A statement in one language."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self._verbs: dict[str, str | None] = {}

    @fact
    def folded(self) -> str:
        """Return the text in the form in which words are compared."""
        return folded(self.text)  # a statement is remembered as a whole

    @fact
    def words(self) -> frozenset[str]:
        """Return the single words."""
        return divided(self.folded)

    @fact
    def outline(self) -> tuple[int, int]:
        """Return how many single words there are, and a number with a bit for each of them.

        Other words may have the same bit. So two texts of n and m words whose numbers differ in
        d bits have at most (n + m - d) / 2 words in common, which is quick to see.
        """
        bits = 0
        for number in map(hash, self.words):
            bits |= 1 << (number & _BITS)
        return len(self.words), bits

    @fact
    def start(self) -> Start:
        """Return where the first word stands."""
        return start_of(self.folded)

    @fact
    def _stages(self) -> list[_Stage]:
        openers = words("outcome-openers", self.language)
        rest, first, at = self.start
        stages: list[_Stage] = []
        while rest or not stages:
            opener = openers.opening_at((rest, first, at)) or self._adverb(first)
            stages.append(((rest, first, at), opener))
            if not opener:
                break
            tail = rest[at + len(opener) :]
            if opener in openers and openers[opener]["until"] == "comma":
                # An introduction without a comma can't be told from the outcome itself.
                end = re.search(r"[,:]", tail)
                tail = tail[end.end() :] if end else ""
            rest, first, at = start_of(tail.lstrip(_BULLETS))
        return stages

    def _adverb(self, word: str) -> str:
        """Return a word that says how something is done, as far as English shows it."""
        is_one = word.endswith("ly") and word not in _NO_ADVERBS and self.language.startswith("en")
        return word if is_one else ""

    @fact
    def rest(self) -> str:
        """Return the statement, folded, from the place where its verb may stand.

        "On completion, the learner is able to plan …" becomes "plan …".
        """
        (rest, _, _), _ = self._stages[-1]
        return rest.lstrip(_BULLETS)

    @fact
    def main_verb(self) -> str | None:
        """Return the verb that the statement is built on, where one of our lists has it."""
        return next(filter(None, map(self.verb, _VERBS)), None)

    @fact
    def built_on(self) -> str:
        """Return the main verb; one that no list has is taken from where it mostly stands."""
        if self.main_verb:
            return self.main_verb
        rest = self.rest.split() or [""]
        at_end = verb_last(self.language) and self._may_end_with_verb()
        return rest[-1 if at_end else 0].strip(",.;:")

    def _may_end_with_verb(self) -> bool:
        """Tell a noun at the end from a verb, where the spelling shows it."""
        if self.language[:2] not in ("de", "nl"):
            return True
        last = self.text.rstrip(" ,.;:").rpartition(" ")[2]
        return last.endswith("n") and not last[:1].isupper()  # zeichnen, tekenen; but the Anlage

    @fact
    def dated_by(self) -> str:
        """Return the words for something that changes, such as a standard; empty without any."""
        if _DATED_WORDS.isdisjoint(self.words) and "".join(self.words).isalpha():
            return ""
        found = _DATED.search(self.text)
        return found[0] if found else ""

    @fact
    def number(self) -> int:
        """Return a number of 32 bits that stands for the text; others may share it by chance."""
        return zlib.crc32(self.folded.encode(errors="replace"))

    def verb(self, name: str) -> str | None:
        """Return the word of the list *name* that the statement is built on, if there is one.

        That is the word it begins with; where verbs come last, also the verb it ends with.
        """
        if name not in self._verbs:
            self._verbs[name] = self._verb(name)
        return self._verbs[name]

    def _verb(self, name: str) -> str | None:
        listed = words(name, self.language)
        for start, opener in self._stages:
            found = listed.opening_at(start)
            # The longer phrase wins: Serbian "zna" is "knows", but "zna da" is "is able to".
            if found and len(found) >= len(opener):
                return found
        last = listed.closing(start[0]) if verb_last(self.language) else None
        return last if last and listed[last].get("part") != "noun" else None


statement = remembered(Statement)
