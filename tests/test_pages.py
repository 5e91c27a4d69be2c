"""How pages are read, fragments laid over documents, and sections printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixed_date import PAGES_DATE
from microcred.pages import plain, read_page, read_text, section, sections
from microcred.pages.overlay import lay, touches
from microcred.pages.promises import base_of, kept
from microcred.problem import Problem

PAGE = """\
---
offer: examples/one.yaml
---
(element-x)=
# Learning *outcomes*

The first rule {rule}`M6-1` is not `{rule}` in code,
and the second stands here {rule}`M6-2`.

(first)=
(second)=
## One section

:::{fail} M6-2, M6-3
:kind: award
:drop: /level /workload/hours

Nobody can watch
a learner *understand*.

```yaml
outcomes:
  - {id: LO1}
```
:::

### Below {rule}`M6-4`

::::{grid} 2
:::{grid-item-card} A card
```{pass} M6-1
Why.
~~~yaml
a: 1
~~~
```
:::
::::

> :::{review} M6-5
> In a quotation.
>
> ```yaml
> b: 1
> ```
> :::

````markdown
:::{fail} M6-9
Shown, not meant.
:::
````

(third)=
## Next

```{code-block} markdown
:::{fail} M6-9
Shown, not meant.
:::
```
"""


def test_blocks_are_found_wherever_they_stand() -> None:
    """Blocks in cards and quotations count, those in code don't; lines are those of the page."""
    found = [(block.line, block.promise, block.rules) for block in read_text(PAGE, "x.md").blocks]
    lines = PAGE.split("\n")
    assert found == [
        (14, "fail", ("M6-2", "M6-3")),
        (31, "pass", ("M6-1",)),
        (40, "review", ("M6-5",)),
    ]
    assert ["{fail}" in lines[13], "{pass}" in lines[30], "{review}" in lines[39]] == [True] * 3


def test_a_block_is_read_whole() -> None:
    """Options, reason and fragment of a block are told apart, and the fragment keeps its line."""
    block = read_text(PAGE, "x.md").blocks[0]
    assert block.options == {"kind": "award", "drop": "/level /workload/hours"}
    assert block.reason == "Nobody can watch a learner *understand*."
    assert block.code == "outcomes:\n  - {id: LO1}\n"
    assert PAGE.split("\n")[block.code_line - 1] == "outcomes:"
    assert block.id == "x.md:14"
    assert block.faults == ()


def test_sections_end_where_the_next_begins() -> None:
    """A label names its heading, what is below it, and nothing of the next one."""
    found = read_text(PAGE, "x.md").sections
    assert list(found) == ["element-x", "first", "second", "third"]
    assert found["element-x"].title == "Learning outcomes"
    assert (found["second"].line, found["first"].title) == (10, "One section")
    assert found["first"].markdown.startswith("(first)=\n(second)=\n## One section\n")
    assert "### Below" in found["first"].markdown
    assert "third" not in found["first"].markdown
    assert found["first"].holds(40)
    assert not found["third"].holds(40)


def test_badges_are_found_with_their_lines() -> None:
    """Each {rule} in running text counts, also in a heading and in a second line."""
    found = [(badge.content, badge.line) for badge in read_text(PAGE, "x.md").badges]
    assert found == [("M6-1", 7), ("M6-2", 8), ("M6-4", 27)]


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (":::{fail}\nWhy.\n```yaml\na: 1\n```\n:::", "names no rule"),
        (":::{fail} M6-1\n```yaml\na: 1\n```\n:::", "gives no reason"),
        (":::{fail} M6-1\nWhy.\n:::", "shows nothing"),
        (":::{fail} M6-1\nWhy.\n```yaml\na: 1\n```\n```yaml\na: 2\n```\n:::", "several fragments"),
        (":::{fail} M6-1\n:file: x\nWhy.\n```yaml\na: 1\n```\n:::", "a fragment and a :file:"),
        (":::{fail} M6-1\n:drop: /a\n:drop: /b\nWhy.\n:::", "the option :drop: twice"),
    ],
)
def test_a_block_that_cannot_be_run_says_why(block: str, told: str) -> None:
    """Whoever writes a block is told what it lacks."""
    (found,) = read_text(block, "x.md").blocks
    assert any(told in fault for fault in found.faults)


def test_front_matter_that_is_no_yaml_is_told() -> None:
    """A page whose head can't be read names itself."""
    with pytest.raises(Problem, match=r"at the top of x\.md can’t be read"):
        read_text("---\na: [\n---\n# X\n", "x.md")


def test_a_missing_page_is_told(tmp_path: Path) -> None:
    """A page that isn't there is named from the root of the project."""
    with pytest.raises(Problem, match=r"There is no page docs/x\.md"):
        read_page(tmp_path / "docs/x.md", tmp_path)


@pytest.mark.parametrize(
    ("head", "options", "base"),
    [
        ("offer: a.yaml\naward: b.yaml", "", "a.yaml"),
        ("offer: a.yaml\naward: b.yaml", ":kind: award\n", "b.yaml"),
        ("award: b.yaml", "", "b.yaml"),
        ("title: X", "", "examples/worked/ex01-safe-isolation/offer.yaml"),
        ("offer: a.yaml", ":base: c.yaml\n", "c.yaml"),
        ("offer: a.yaml\naward: b.yaml", ":base: award\n", "b.yaml"),
        ("offer: a.yaml", ":file: d.json\n", ""),
    ],
)
def test_the_base_of_a_block(head: str, options: str, base: str) -> None:
    """The option wins over the page, and the page over the example of the whole project."""
    text = f"---\n{head}\n---\n:::{{fail}} M6-1\n{options}Why.\n:::\n"
    assert base_of(read_text(text, "x.md").blocks[0]) == base


# -- Fragments -----------------------------------------------------------------------------------

BASE = {
    "title": {"en": "Welding", "fi": "Hitsaus"},
    "level": {"eqf": 4},
    "outcomes": [{"id": "LO1", "statement": "Welds"}, {"id": "LO2", "statement": "Cuts"}],
    "countries": ["FI", "PT"],
}


@pytest.mark.parametrize(
    ("fragment", "drops", "changed", "touched"),
    [
        ({"title": {"fi": None}}, "", {"title": {"en": "Welding"}}, {"/title/fi"}),
        ({"title": "Welding"}, "", {"title": "Welding"}, {"/title"}),
        ({"countries": ["SI"]}, "", {"countries": ["SI"]}, {"/countries"}),
        (
            {"outcomes": [{"id": "LO2", "statement": "Saws"}]},
            "",
            {"outcomes": [BASE["outcomes"][0], {"id": "LO2", "statement": "Saws"}]},
            {"/outcomes/1/id", "/outcomes/1/statement"},
        ),
        (
            {"outcomes": [{"id": "LO3", "statement": "Files"}]},
            "",
            {"outcomes": [*BASE["outcomes"], {"id": "LO3", "statement": "Files"}]},
            {"/outcomes/2"},
        ),
        (
            {"outcomes": [{"id": "LO1"}, {"id": "LO1"}]},
            "",
            {"outcomes": [{"id": "LO1"}, {"id": "LO1"}]},
            {"/outcomes"},
        ),
        ({"a/b": {"c": 1}}, "", {"a/b": {"c": 1}}, {"/a~1b/c"}),
        ({}, "/level", {"level": None}, {"/level"}),
        ({}, "/outcomes/0 /outcomes/LO2", {"outcomes": []}, {"/outcomes/0", "/outcomes/1"}),
        ({}, "/outcomes/1 /outcomes/1/id", {"outcomes": BASE["outcomes"][:1]}, None),
    ],
)
def test_a_fragment_lies_over_its_base(
    fragment: dict[str, object], drops: str, changed: dict[str, object], touched: set[str] | None
) -> None:
    """Items with an id merge by it, all else is a merge patch, and then things are left out."""
    laid = lay(BASE, fragment, drops.split())
    assert laid.data == {
        key: value for key, value in {**BASE, **changed}.items() if value is not None
    }
    assert touched is None or laid.touched == touched


def test_the_base_stays_as_it_was() -> None:
    """Fragments of one page don't reach the next."""
    lay(BASE, {"outcomes": [{"id": "LO1", "statement": "Glues"}]}, ["/level", "/countries/0"])
    assert BASE["outcomes"][0]["statement"] == "Welds"
    assert BASE["countries"] == ["FI", "PT"]


@pytest.mark.parametrize("drop", ["level", "/tilte", "/outcomes/2", "/countries/x", "/level/eqf/a"])
def test_what_is_not_there_cannot_be_left_out(drop: str) -> None:
    """A pointer that leads nowhere is told, since it would prove nothing."""
    with pytest.raises(Problem, match="nothing at"):
        lay(BASE, {}, [drop])


def test_a_finding_lies_in_the_fragment_or_elsewhere() -> None:
    """A place counts as touched with what holds it and what it holds."""
    touched = {"/outcomes/1/statement"}
    places = ["", "/outcomes", "/outcomes/1/statement/en", "/outcomes/11", "/title"]
    assert [touches(touched, place) for place in places] == [True, True, True, False, False]


# -- Trials --------------------------------------------------------------------------------------


def _trial(tmp_path: Path, block: str) -> list[str]:
    (tmp_path / "base.yaml").write_text(
        "microcred: 1\nkind: offer\nlanguage: en\ntitle: Welding of thin sheet\n", encoding="utf-8"
    )
    (block_read,) = read_text(f"---\noffer: base.yaml\n---\n{block}", "docs/x.md").blocks
    return kept(block_read, tmp_path, PAGES_DATE)


def test_what_the_base_lacks_proves_nothing(tmp_path: Path) -> None:
    """A fault that the base has already can't be promised as the work of the fragment."""
    told = _trial(tmp_path, ":::{fail} M6-1\nWhy.\n```yaml\nversion: '2'\n```\n:::")
    assert told == [
        "docs/x.md:4: {fail} promises that M6-1 is not met, but that is so in the example before "
        "the fragment is laid over it: name another :base:"
    ]


def test_a_whole_file_promises_all_its_findings(tmp_path: Path) -> None:
    """With :file: and no base, every finding has to be promised."""
    told = _trial(tmp_path, ":::{fail} M6-1\n:file: base.yaml\nWhy.\n:::")
    assert any("brings up M7-1 as not met" in complaint for complaint in told)


def test_a_fault_in_the_yaml_is_told_with_its_line_in_the_page(tmp_path: Path) -> None:
    """The line in the sentence is the one in the editor."""
    (told,) = _trial(tmp_path, ":::{fail} M6-1\nWhy.\n```yaml\ntitle: x\ntitle: y\n```\n:::")
    assert "line 7" in told
    assert "line 8" in told


# -- Plain text ----------------------------------------------------------------------------------


def test_a_section_reads_well_in_a_terminal() -> None:
    """Marks of Markdown give way to plain text, and nothing of the content is lost."""
    text = plain(read_text(PAGE, "x.md").sections["element-x"].markdown)
    assert text.startswith("Learning outcomes\n=================\n\nThe first rule [M6-1] is not")
    assert (
        "Does not meet M6-2, M6-3: Nobody can watch a learner understand.\n\n"
        "    outcomes:\n      - {id: LO1}\n    # /level (left out)\n" in text
    )
    assert ":::{grid" not in text
    assert "A card" in text
    assert max(len(line) for line in text.split("\n")) <= 78


def test_links_and_lists_read_well_in_a_terminal() -> None:
    """Addresses stay, targets inside the site give way to their words."""
    text = plain(
        "- one [site](https://a.example)\n- two {ref}`words <label>`\n\n"
        "1. {ref}`no-such-label`, {source}`CR22`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> said\n"
    )
    assert text == (
        "- one site (https://a.example)\n- two words\n\n"
        "1. no-such-label, Council Recommendation 2022/C 243/02\n\na | b\n1 | 2\n\n    said\n"
    )


def test_each_section_can_be_printed() -> None:
    """No section of the guidance breaks the terminal's 78 columns except in code and tables."""
    for label, markdown in sections().items():
        assert section(label) == markdown
        long = [line for line in plain(markdown).split("\n") if len(line) > 78]
        assert all(line.startswith("    ") or " | " in line for line in long), f"{label}: {long}"


def test_an_unknown_section_is_told() -> None:
    """Asking for a section that isn't there says so."""
    with pytest.raises(Problem, match="no section “nowhere”"):
        section("nowhere")
