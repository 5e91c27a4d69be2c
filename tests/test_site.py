"""What the site's own Sphinx extensions and templates promise."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from docutils import nodes
from docutils.utils import new_document

from accessible import focusable
from audience import READERS, readers
from excerpt import paragraphs
from microcred.sources import sources
from terms import ORDINARY, first_uses, words
from wrongaddress import from_the_root

CONF = Path(__file__).parent.parent / "conf"

HEADING = '<h2>Size<a class="headerlink" href="#size">¶</a></h2>'
TABLE = '<div class="table-wrapper docutils container"><table><tr><td>1</td></tr></table></div>'
REPORT = "Title\n\n1 must rule\n\n  M1-1  One\n\n  M2-1  Two\n\nEnd\n"


def _region(name: str) -> str:
    return f'table-wrapper docutils container" tabindex="0" role="region" aria-label="{name}">'


def test_a_table_is_a_region_named_after_its_section() -> None:
    """A keyboard can scroll a wide table, and a screen reader can say which one it is."""
    assert _region("Size") in focusable(HEADING + TABLE)


def test_a_second_table_of_a_section_has_a_name_of_its_own() -> None:
    """Two regions of a page never have the same name."""
    assert _region("Size, table 2") in focusable(HEADING + TABLE + TABLE)


def test_a_caption_names_its_table_and_keeps_its_anchor() -> None:
    """The caption wins over the section, and the anchor is not on the page twice."""
    caption = '<caption><span class="caption-text">Who &amp; what</span></caption>'
    table = TABLE.replace('container">', 'container" id="id1">').replace(
        "<table>", f'<table id="id1">{caption}'
    )
    page = focusable(HEADING + table)
    assert _region("Who &amp; what") in page
    assert page.count('id="id1"') == 1


def test_links_for_wrong_addresses_begin_at_the_root() -> None:
    """A relative link would lead from one wrong address to the next; others stay as they are."""
    page = new_document("404")
    page += [
        nodes.reference(internal=True, refuri="start/index.html"),
        nodes.reference(refuri="https://other.example/"),
        nodes.reference(internal=True, refid="here"),
    ]
    from_the_root(page, "/microcred/")
    links = [link.get("refuri") for link in page.findall(nodes.reference)]
    assert links == ["/microcred/start/index.html", "https://other.example/", None]


def test_code_can_be_scrolled_from_the_keyboard() -> None:
    """Code is wider than a telephone, so it takes the focus."""
    assert focusable('<div class="highlight"><pre>x</pre></div>') == (
        '<div class="highlight"><pre tabindex="0">x</pre></div>'
    )


def test_an_address_breaks_after_a_slash() -> None:
    """On a phone, an address is broken between its words and not inside of them."""
    page = focusable('<code><span class="pre">https://a.example/mc/one</span></code><p>and/or</p>')
    assert page == (
        '<code><span class="pre">https://a.example/<wbr>mc/<wbr>one</span></code><p>and/or</p>'
    )


def _picture(width: int, more: str = "") -> str:
    return f'<svg{more} viewBox="0 0 {width} 9" role="img"><title id="a">A &amp; b</title></svg>'


def test_a_wide_picture_is_a_region_of_its_own() -> None:
    """On a phone it keeps its letters readable and scrolls; one that fits is left alone."""
    frame = 'class="picture" tabindex="0" role="region" aria-label="Picture: A &amp; b"'
    assert focusable(_picture(660)) == f'<div {frame} style="--units: 660">{_picture(660)}</div>'
    narrow = _picture(400) + _picture(960, ' class="way-wide"')
    assert focusable(narrow) == narrow


@pytest.mark.parametrize(
    ("beginnings", "shown"),
    [
        (["1 must", "M1-1"], ["1 must rule", "  M1-1  One"]),
        (["1 must", "M2-1"], ["1 must rule", "[…]", "  M2-1  Two"]),
        ([r"\d must"], ["1 must rule"]),
        (["M9-9"], []),
    ],
    ids=["neighbours", "gap", "pattern", "none"],
)
def test_an_excerpt_marks_what_it_leaves_out(beginnings: list[str], shown: list[str]) -> None:
    """Paragraphs keep their order, and a gap between two of them is drawn."""
    assert list(paragraphs(REPORT, [re.compile(text) for text in beginnings])) == shown


def test_the_head_finds_its_place_in_the_theme() -> None:
    """Furo has no block for a head, so a change of its page would drop ours without a word."""
    import furo

    page = Path(furo.__file__).parent / "theme" / "furo" / "page.html"
    assert page.read_text(encoding="utf-8").count('<div class="page">') == 1, (
        "furo's page.html has changed: find a new place in conf/templates/page.html"
    )


def test_the_destinations_of_the_head_exist() -> None:
    """All five links of the head lead to a page."""
    text = (CONF / "conf.py").read_text(encoding="utf-8")
    pages = re.findall(r'^        \("[^"]+", "([^"]+)", \[', text, re.MULTILINE)
    assert [(CONF.parent / "docs" / f"{page}.md").is_file() for page in pages] == [True] * 5


def test_each_source_can_be_told_and_found() -> None:
    """No two rows share a key or an anchor, and each says what it is and what was read."""
    with (files("microcred") / "sources.csv").open(encoding="utf-8", newline="") as stream:
        keys = [row["key"].lower() for row in csv.DictReader(stream)]
    assert sorted(set(keys)) == sorted(keys)
    for source in sources().values():
        assert source.short
        assert source.title
        assert source.year
        assert source.seen
        assert all(address.startswith(("http://", "https://")) for address in source.url.split())


DOCS = CONF.parent / "docs"
# The front page and the page for a wrong address are for everybody; a worksheet says in its own
# table who fills it in.
WITHOUT_READERS = {"404.md", "index.md"}


@pytest.mark.parametrize(
    "page",
    [
        path
        for path in sorted(DOCS.rglob("*.md"))
        if path.relative_to(DOCS).as_posix() not in WITHOUT_READERS
        and "```{worksheet}" not in path.read_text("utf-8")
    ],
    ids=lambda path: path.relative_to(DOCS).as_posix(),
)
def test_a_page_says_for_whom_it_is(page: Path) -> None:
    """The front matter names readers, each by the one name that all pages use."""
    head = page.read_text("utf-8").partition("---\n")[2].partition("\n---")[0]
    named = (yaml.safe_load(head) or {}).get("for") if head else None
    assert named, f"Add `for: [reader, …]` to the front matter of {page.relative_to(DOCS)}"
    assert set(named) <= READERS, "Take a reader of conf/audience.py, or add one there"


def test_readers_are_read_from_what_myst_hands_over() -> None:
    """MyST hands over a list as its text; a page without the field has no readers."""
    assert readers('["ministry", "register"]') == ["ministry", "register"]
    assert readers(None) == []


GLOSSARY_PAGE = DOCS / "reference" / "glossary.md"
TERMS = tuple(words(GLOSSARY_PAGE.read_text("utf-8")))


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Learning outcomes of a learning outcome", ["Learning outcomes"]),
        ("An unlearning outcomeless ESGs test", []),
        ("ESG and ESG, then workload", ["ESG", "workload"]),
        ("You should offer an award", []),
    ],
    ids=["plural-once", "parts-of-words", "each-once", "everyday-words"],
)
def test_the_first_use_of_a_term_is_linked(text: str, linked: list[str]) -> None:
    """Each term of the glossary is found as a whole word, once, in either number."""
    assert [text[start:end] for start, end, _ in first_uses(text, TERMS, set())] == linked


def test_words_that_are_not_linked_are_words_of_the_glossary() -> None:
    """The list of everyday words holds nothing that the glossary no longer explains."""
    explained = set(re.findall(r"^\w.*$", GLOSSARY_PAGE.read_text("utf-8"), re.MULTILINE))
    assert explained >= ORDINARY
