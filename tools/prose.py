"""Read the pages as an editor would: plain words, short sentences."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

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
# Lines that only MyST understands: fences of directives, their options, labels.
MARKUP = re.compile(r"^[ \t]*(:{3,}.*|:[\w-]+:.*|\([\w-]+\)=|\+{3,}.*|% .*)$", re.MULTILINE)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
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


def main(arguments: list[str]) -> int:
    """Print every complaint about the pages and return 1 if there is one."""
    found = [
        f"{page}:{line}: {complaint}"
        for argument in map(Path, arguments)
        for page in (sorted(argument.rglob("*.md")) if argument.is_dir() else [argument])
        for line, complaint in complaints(page.read_text(encoding="utf-8"))
    ]
    print("\n".join(found) if found else "The prose reads well.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
