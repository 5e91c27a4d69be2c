"""Read the pages as an editor would: plain words, short sentences."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from markdown_it import MarkdownIt
from markdown_it.token import Token
from proselint import checks
from proselint.config import DEFAULT, Config
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

LONGEST = 40  # words in a sentence; readers at level B1-B2 lose the thread of longer ones

# After the words to avoid in the style guides of GOV.UK and of the European Commission.
PLAINER = {
    "and/or": "“or”, or both cases in turn",
    "as per": "“as … says”",
    "commence": "“start”",
    "e.g.": "“for example” or “such as”",
    "etc.": "“such as” before the list",
    "facilitate": "“help” or “make easier”",
    "going forward": "“from now on”, or nothing",
    "i.e.": "“that is”",
    "in order to": "“to”",
    "invalid": "what is so, and how to mend it",
    "leverage": "“use”",
    "please": "nothing in its place",
    "prior to": "“before”",
    "robust": "what it withstands",
    "seamless": "what works with what",
    "utilise": "“use”",
    "utilize": "“use”",
}
AVOIDED = re.compile(
    "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in PLAINER), re.IGNORECASE
)
CheckRegistry().register_many(checks.__register__)
# Left out are what proselint takes for a fault and is none here: times such as “from 16:00”,
# spellings that belong to a quotation, and “very” at the end of a scale.
EDITOR: Config = {
    "max_errors": DEFAULT["max_errors"],
    "checks": {**DEFAULT["checks"], "dates_times": False, "spelling": False, "weasel_words": False},
}
APART = " § "  # between paragraphs and cells, so that no two of them are read as one sentence
# Lines that only MyST understands: fences of directives, their options, labels.
MARKUP = re.compile(r"^[ \t]*(:{3,}.*|:[\w-]+:.*|\([\w-]+\)=|\+{3,}.*|% .*)$", re.MULTILINE)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
VOWELS = re.compile(r"[aeiouyàâäéèêëíîïóôöúûü]+", re.IGNORECASE)
SILENT = re.compile(r"(?<=[^aeiouyl])e(?:s|d)?$|(?<=[^aeiouy])ed$")
USUAL, HARDEST = 9, 11  # school years of reading (Flesch-Kincaid)
SHORTEST, FEWEST = 3, 5  # words of a sentence, and sentences of a page, that are counted
SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")


def complaints(text: str) -> Iterator[tuple[int, str]]:
    """Yield what an editor would change in a page, with its line."""
    for line, paragraph in paragraphs(text):
        for offset, written in enumerate(paragraph.split("\n")):
            for hit in AVOIDED.finditer(written):
                yield line + offset, f"“{hit[0]}”: write {PLAINER[hit[0].lower()]}"
        for sentence in SENTENCE_END.split(paragraph):
            if (words := len(sentence.split())) > LONGEST:
                offset = paragraph[: paragraph.index(sentence)].count("\n")
                start = " ".join(sentence.split()[:5])
                yield line + offset, f"“{start} …” has {words} words: make two sentences of it"


def edited(text: str) -> Iterator[tuple[int, str]]:
    """Yield what proselint would change in a page, with its line."""
    lines = [""] * (text.count("\n") + 2)
    for line, paragraph in paragraphs(text):
        for offset, written in enumerate((paragraph + APART).split("\n")):
            lines[line - 1 + offset] += written
    for result in LintFile("page", "\n".join(lines)).lint(EDITOR):
        found = result.check_result
        # “20 000” is one number and no word that stands there twice.
        if found.check_path != "lexical_illusions" or not re.search(r"\d", found.message):
            yield result.pos[0], found.message


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph, heading and cell with its first line, without code and quotes."""
    text = FRONT_MATTER.sub(lambda front: "\n" * front[0].count("\n"), text)
    quotes = 0
    for token in MarkdownIt("commonmark").enable("table").parse(MARKUP.sub("", text)):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "inline" and token.map and not quotes:
            yield token.map[0] + 1, "".join(_words(token.children or []))


def _words(children: list[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type == "text":
            yield child.content
        elif child.type == "code_inline":
            yield "code"


def grade(text: str) -> float | None:
    """Return the Flesch-Kincaid grade of a page's sentences; None where there are too few.

    Names, such as those of institutions and laws, are left out: nobody can write them shorter.
    """
    sentences = [
        words
        for _, paragraph in paragraphs(text)
        for sentence in SENTENCE_END.split(paragraph)
        if len(words := WORD.findall(sentence[:1].lower() + sentence[1:])) >= SHORTEST
    ]
    plain = [word for words in sentences for word in words if not word[0].isupper()]
    if len(sentences) < FEWEST or not plain:
        return None
    syllables = sum(map(_syllables, plain))
    return 0.39 * len(plain) / len(sentences) + 11.8 * syllables / len(plain) - 15.59


def _syllables(word: str) -> int:
    # Groups of vowels, without the silent e: close to a dictionary over a whole page.
    return max(1, len(VOWELS.findall(SILENT.sub("", word))))


def main(arguments: list[str]) -> int:
    """Print grade and complaints of the pages; return 1 if there is anything to mend."""
    files = [
        page
        for argument in map(Path, arguments)
        for page in (sorted(argument.rglob("*.md")) if argument.is_dir() else [argument])
    ]
    texts = {page: page.read_text(encoding="utf-8") for page in files}
    grades = {page: value for page, text in texts.items() if (value := grade(text)) is not None}
    found = [
        f"{page}:{line}: {complaint}"
        for page, text in texts.items()
        for line, complaint in [*complaints(text), *edited(text)]
    ]
    found += [
        f"{page}: the grade is {value:.1f}: shorten sentences and words"
        for page, value in grades.items()
        if value > HARDEST
    ]
    for page, value in sorted(grades.items(), key=lambda item: item[1]):
        print(f"{value:5.1f}  {page}")
    if grades:
        middle = median(grades.values())
        print(f"{middle:5.1f}  median; at most {USUAL} is meant, and {HARDEST} for a page")
        found += ["the median grade is too high: shorten sentences and words"] * (middle > USUAL)
    print("\n".join(found) if found else "The prose reads well.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
