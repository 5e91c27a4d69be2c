"""What the site's guidance extension draws, and what it warns of, in a small site of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from base64 import urlsafe_b64decode
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs

import pytest

import microcred
from microcred.rules import RULES

ROOT = Path(__file__).parent.parent

INDEX = """\
# Small site

```{toctree}
page
reference/rules
reference/schema
reference/traceability
```
"""

PAGE = """\
(title-stated)=
# Title

A title says what it is {rule}`M2-1`, and this names nothing: {rule}`M2-99`.

:::{pass} M2-1
A title *in full*.

```yaml
title: {en: "Isolating <script>alert(1)</script> switchboards"}
```
:::

:::{fail} M2-1
:drop: /title
No title.
:::

:::{fail} M6-2
This one keeps its promise elsewhere.

```yaml
version: "2.0"
```
:::

:::{review} M2-4
A card.

```yaml
title: {en: Certified isolation of switchboards}
```
:::

```{vocabulary} modes
```

```{vocabulary} colours
```
"""


class Site(NamedTuple):
    """A site that was built, with what the build warned of."""

    folder: Path
    warnings: str

    def page(self, name: str) -> str:
        """Return the article of a page."""
        html = (self.folder / name).read_text(encoding="utf-8")
        return html[html.index("<article") : html.index("</article>")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site, built by the real configuration."""
    pytest.importorskip("sphinx", reason="the site's tools come with `make site`")
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "examples", root / "examples")
    docs = root / "docs"
    (docs / "reference").mkdir(parents=True)
    for name in ("rules.md", "schema.md", "traceability.md", "trace.yaml"):
        shutil.copy(ROOT / "docs/reference" / name, docs / "reference" / name)
    (docs / "index.md").write_text(INDEX, encoding="utf-8")
    (docs / "page.md").write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-c", str(ROOT / "conf"), str(docs)]
    built = subprocess.run(
        [*command, str(root / "site")], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    return Site(root / "site", built.stderr)


def test_a_badge_says_id_and_level_and_leads_to_the_rule(site: Site) -> None:
    """A reader sees how much weight a rule carries, in words, and can follow it."""
    found = re.search(
        r'<a class="rule-badge rule-must[^"]*" href="reference/rules\.html#m2-1">(.*?)</a>',
        site.page("page.html"),
    )
    assert found
    assert re.sub("<.*?>", "", found[1]) == "M2-1 must"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (4, "there is no rule “M2-99”"),
        (19, "{fail} promises that M6-2 is not met, but it is met: mend the example or the rule"),
        (38, "there is no list “colours”"),
    ],
)
def test_what_is_out_of_step_is_warned_of_with_its_place(site: Site, line: int, told: str) -> None:
    """The build, where warnings are errors, names page and line."""
    warnings = [text for text in site.warnings.split("\n") if told in text]
    assert len(warnings) == 1, site.warnings
    assert f"page.md:{line}: WARNING" in warnings[0]


def test_a_rule_without_a_section_is_warned_of(site: Site) -> None:
    """The catalogue asks for the section that a rule names and no page has."""
    assert "M6-1 has no section: write one with the label (outcomes-stated)=" in site.warnings
    assert "M2-1 has no section" not in site.warnings


def test_an_example_that_fails_can_be_tried(site: Site) -> None:
    """The link holds the whole example, and the check says to it what the page says."""
    href, *_ = re.findall(r'href="(check\.html#[^"]*)"', site.page("page.html"))
    asked = parse_qs(unescape(href).partition("#")[2])
    packed = asked["draft"][0]
    draft = zlib.decompress(
        urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), wbits=-zlib.MAX_WBITS
    )
    found = microcred.check(draft, on=asked["on"][0], profile=asked["profile"][0]).findings
    assert "M2-1" in {finding.rule.id for finding in found}


def test_an_example_is_drawn_with_what_the_check_says_now(site: Site) -> None:
    """Title, reason, fragment and live findings stand in the block."""
    page = site.page("page.html")
    passed, dropped, _, asked = re.findall(
        r'<div class="example example-(?:pass|fail|review) [^>]*>.*?(?=<div class="example |$)',
        page,
        re.DOTALL,
    )
    assert '<p class="example-title"><strong>Meets</strong>' in passed
    assert "A title <em>in full</em>." in passed
    assert '<span class="status status-met">No finding</span>: M2-1 is met.' in passed
    assert "title: (left out)" in re.sub("<.*?>", "", dropped)
    assert '<li class="finding finding-must">' in dropped
    assert '<span class="status status-not-met">Not met</span>' in dropped
    assert '<li class="finding finding-question">' in asked
    assert "Question for a person" in asked


def test_text_of_an_example_is_escaped(site: Site) -> None:
    """Whatever an example holds is shown, and never becomes part of the page."""
    page = site.page("page.html")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_catalogue_has_an_anchor_for_each_rule(site: Site) -> None:
    """The address of a rule's explanation, which reports print, leads somewhere."""
    ids = set(re.findall(r'id="([^"]+)"', site.page("reference/rules.html")))
    assert {id.lower() for id in RULES} <= ids


def test_the_catalogue_links_to_section_and_examples(site: Site) -> None:
    """From a rule a reader gets to what explains it and to what shows it."""
    rules = site.page("reference/rules.html")
    entry = rules[rules.index('id="m2-1"') : rules.index('id="m2-2"')]
    targets = re.findall(r'href="\.\./page\.html#([^"]+)"', entry)
    assert targets == ["title-stated", "example-6", "example-14"]
    assert {"example-6", "example-14"} <= set(re.findall(r'id="([^"]+)"', site.page("page.html")))


def test_the_reference_of_the_format_names_each_field(site: Site) -> None:
    """A field of the schema, however deep, has its row."""
    text = re.sub("<.*?>", "", site.page("reference/schema.html"))
    for field in ("microcred", "workload.credits[].points", "assessments[].supervision"):
        assert field in text


def test_each_clause_is_followed(site: Site) -> None:
    """Definition, elements, principles and clauses for countries stand in the tables."""
    text = re.sub("<.*?>", "", site.page("reference/traceability.html"))
    for clause in ("DEF-1", "M1", "O5", "P10", "ADO-1", "REP-1"):
        assert re.search(rf"\b{clause}\b", text)
