"""The editor that reads the pages."""

from __future__ import annotations

import pytest

import prose


def _found(text: str) -> list[tuple[int, str]]:
    return list(prose.complaints(text))


@pytest.mark.parametrize("word", prose.PLAINER)
def test_a_word_with_a_plainer_one_is_told(word: str) -> None:
    """A word of the list is told with its line, whatever its case."""
    assert _found(f"# Title\n\nFirst line.\nThis is {word.capitalize()} here.\n") == [
        (4, f"“{word.capitalize()}”: write {prose.PLAINER[word]}")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The word is part of a longer one: pleased, invalidity.",
        "> They wrote: please facilitate.",
        "```yaml\nnote: please\n```",
        "Write `please` in code.",
        ":::{note} please\n:class: invalid\nText.\n:::",
        "---\ntitle: please\n---\nText.",
        "word " * prose.LONGEST,
    ],
    ids=["longer-word", "quote", "code-block", "code", "directive", "front-matter", "longest"],
)
def test_what_is_not_the_prose_of_the_page_is_left_alone(text: str) -> None:
    """Quotes, code, markup and sentences of the greatest length are no complaint."""
    assert _found(text) == []


def test_a_long_sentence_is_told_where_it_begins() -> None:
    """A sentence with one word too many is named by its first words and its line."""
    long = "one two three four five " + "more " * (prose.LONGEST - 4)
    assert _found(f"---\nfor: x\n---\nShort.\n{long}\n") == [
        (5, f"“one two three four five …” has {prose.LONGEST + 1} words: make two sentences of it")
    ]


def test_the_command_names_page_and_line(tmp_path, capsys) -> None:
    """The command ends with status 1 and names the page and line, so that an editor can jump."""
    page = tmp_path / "page.md"
    page.write_text("Text.\n\nUse e.g. this.\n", encoding="utf-8")
    assert prose.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith(f"{page}:3: “e.g.”")
    page.write_text("Text.\n", encoding="utf-8")
    assert prose.main([str(tmp_path)]) == 0


def test_long_words_and_sentences_raise_the_grade() -> None:
    """The grade follows the length of sentences and words, and leaves names out."""
    plain = "The school sends the file to the learner. " * 6
    heavy = (
        "Institutional considerations concerning interoperability necessitate comprehensive "
        "harmonisation of administrative documentation requirements. "
    ) * 6
    named = plain.replace("The school", "The European Qualifications Framework Advisory Group")
    found = [prose.grade(text) for text in (plain, named, heavy)]
    assert all(value is not None for value in found)
    assert found[0] == pytest.approx(found[1], abs=1)
    assert found[0] < 5
    assert found[2] > 15
    assert prose.grade("One sentence only says little.") is None


def test_the_rules_of_an_editor_are_applied_to_prose_alone() -> None:
    """What proselint finds is told with its line; code and neighbouring cells are left alone."""
    page = "# Title\n\n| the | the |\n| --- | --- |\n\n`the the`\n\nIt is is so.\n"
    assert [line for line, _ in prose.edited(page)] == [8]
    assert list(prose.edited("It costs 20 000 000 euros.\n")) == []
