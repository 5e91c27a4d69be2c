"""The layer that every sentence passes through on its way to a reader.

Rules and shape checks hand over a template and its values; the words are put together only
when somebody reads them, in the language that is asked for then. Ids and codes never pass
through here, so they are never translated.
"""

from __future__ import annotations

import csv
import gettext
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["Message", "is_translated", "named", "quote", "some", "translate", "translations"]

_NAMED = re.compile(r"\{(\w+)\}")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")

QUOTED_AT_MOST = 80  # characters of a reader's own text that a message repeats


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    # Whoever wrote the document chose the language, and chooses no file by it.
    if not _LANGUAGE.fullmatch(language):
        return gettext.NullTranslations()
    path = files("microcred") / "locale" / language / "LC_MESSAGES" / "microcred.mo"
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream)


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, Mapping[str, str]]:
    """Return the labels that people read on paper, by language."""
    table = (files("microcred") / "locale" / "labels.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    return {language: {row["en"]: row[language] for row in rows} for language in rows[0]}


def translate(text: str, language: str = "en") -> str:
    """Return *text* in *language*, or as it is where no translation exists."""
    if language == "en":
        return text
    found = _catalogue(language).gettext(text)
    return found if found != text else _labels().get(language, {}).get(text, text)


def translations(label: str) -> tuple[str, ...]:
    """Return what *label* is called in the other languages that people read on paper."""
    called = (words.get(label, "") for language, words in _labels().items() if language != "en")
    return tuple(filter(None, called))


def is_translated(text: str, language: str) -> bool:
    """Tell whether *text* can be said in *language*; some words are the same in both."""
    return (
        language == "en" or text in _labels().get(language, {}) or translate(text, language) != text
    )


def quote(text: object) -> str:
    """Return the reader's own words, short enough to stand in a sentence."""
    # What is no text in a file is shown as JSON spells it, and not as Python does.
    in_json = text is None or isinstance(text, (bool, list, dict))
    words = " ".join((json.dumps(text, ensure_ascii=False) if in_json else str(text)).split())
    return words if len(words) <= QUOTED_AT_MOST else words[: QUOTED_AT_MOST - 1].rstrip() + "…"


def some(words: Sequence[str], most: int = 5) -> str:
    """Return words as they stand in a sentence: the first of them, and how many more there are."""
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return ", ".join(words[:most]) + more


def named(names: Sequence[str], most: int = 5) -> str:
    """Return names of the reader's own as they stand in a sentence, the first of them quoted."""
    return some([f"“{quote(name)}”" for name in names], most)


class Message(NamedTuple):
    """A sentence without its full stop: a template and the values that fill it."""

    template: str
    values: Mapping[str, object] = MappingProxyType({})

    def text(self, language: str = "en") -> str:
        """Return the sentence in *language*."""
        template = translate(self.template, language)
        return _NAMED.sub(self._value, template) if self.values else template

    def _value(self, name: re.Match[str]) -> str:
        # Other braces are part of the text: examples in YAML use them.
        return quote(self.values[name[1]]) if name[1] in self.values else name[0]

    def __str__(self) -> str:
        return self.text()
