"""Each format of a report says the same, safely and for its own readers."""

from __future__ import annotations

import csv as csv_module
import io
import json as json_module
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from factory import a_document, a_finding, a_full_report, a_report, a_rule
from microcred import links
from microcred.checking import check
from microcred.messages import Message
from microcred.profiles import Profile
from microcred.report import FORMATS, Report, Unread, render
from microcred.report import text as text_format
from microcred.report.characters import visible, width, wrapped
from microcred.rule import Level, Outcome
from microcred.rulebook import compact

SCHEMA = json_module.loads(
    (files("microcred") / "schemas" / "report-1.schema.json").read_text(encoding="utf-8")
)

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[a](javascript:alert(1)) ![b](https://tracker.example/b.png)",
    "https://tracker.example www.tracker.example @everyone #1",
    "`` ` ``` *bold* _it_ ~~gone~~ | cell | $x$ &lt;",
    "\x1b[2J\x1b]0;owned\x07 bell",
    "abc\u202egnp.exe\u2066x",
    "=HYPERLINK(1) +1 -1 @x",
    "{name} {0} %s",
    "ශ්‍රී الدرس 学习成果 e\u0301 \ud83d",
    "- list\n1. list\n# head\n---",
    "x" * 500,
]


def hostile_report(words: str) -> Report:
    """Return a report in which everything that a reader can write says *words*."""
    # As rules do it: the words fill a gap of the message, and are never a template themselves.
    said = Message("It says {value}", {"value": words})
    finding = replace(a_finding(pointer=f"/x-{words}/0"), message=said)
    return a_report(a_document([finding], source=words, title=words), Unread(words, words, words))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_every_format_takes_any_text(format, words):
    """Whatever a document says, a report on it can be written and stored."""
    assert render(hostile_report(words), format).encode("utf-8", "replace")


def test_text_shows_a_report_as_people_read_it():
    """The text names the document, sums up, lists elements and findings, and ends with a note."""
    must = a_rule(
        "M11-1",
        Level.MUST,
        title="State the quality assurance",
        basis="Council Recommendation 2022/C 243/02, Annex I",
        why="Quality assurance is what lets somebody else trust the micro-credential",
        fix="Add `quality`",
    )
    report = a_report(
        a_document([a_finding(must, "No quality assurance is stated", pointer="/quality", line=1)])
    )
    assert text_format.write(report).split("\n") == [
        "Safe isolation",
        "File:         draft.yaml (offer, yaml)",
        "Profile:      eu-2022 1.0, as of 2022-06-16: European approach to",
        "              micro-credentials",
        "Checked on:   2026-06-30",
        "Checked with: microcred 0.1.0",
        "",
        "1 must, 0 should and 0 advice rules are not met; 0 questions need a person; 3",
        "rules are met; 1 did not apply.",
        "",
        "Elements",
        "  M1   · not applicable  Learner",
        "  M2   ✓ met             Title",
        "  M3   ✓ met             Country or region",
        "  M4   ✓ met             Awarding body",
        "  M5   · not applicable  Date of issuing",
        "  M6   ✓ met             Learning outcomes",
        "  M7   ✓ met             Notional workload",
        "  M8   ✓ met             Level",
        "  M9   ✓ met             Assessment",
        "  M10  ✓ met             Participation",
        "  M11  ✗ not met         Quality assurance",
        "  O1   ✓ met             Prerequisites",
        "  O2   ✓ met             Supervision and identity",
        "  O3   · not applicable  Grade",
        "  O4   – not stated      Stackability",
        "  O5   ✓ met             Further information",
        "",
        "Must: 1 rule is not met",
        "A must rule follows from the Council Recommendation (definition or Annex I).",
        "",
        "  M11-1   No quality assurance is stated.",
        "          line 1, column 5 (quality)",
        "          Fix:   Add `quality`.",
        "          Why:   Quality assurance is what lets somebody else trust the",
        "                 micro-credential.",
        "          Basis: Council Recommendation 2022/C 243/02, Annex I",
        "          More:  microcred explain M11-1",
        "",
        "What was checked",
        "  3 rules are met: M2-1, M2-2, M4-1",
        "  1 rule did not apply: M8-3",
        "",
        "This report says what was checked and what was found. It is no decision about",
        "recognition, not even where nothing was found: such decisions stay with the",
        "bodies in charge. Using the European standard elements does not in itself imply",
        "validation or recognition.",
        "",
    ]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_text_keeps_within_eighty_columns(words):
    """No line of a report is wider than a usual terminal."""
    lines = text_format.write(hostile_report(words)).split("\n")
    assert [line for line in lines if width(line) > 80] == []


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_text_never_steers_the_terminal(words, colour):
    """A document can't send its own control codes through a report."""
    text = text_format.write(hostile_report(words), colour=colour)
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) == []


def test_colour_changes_no_word():
    """Without its colour codes, a coloured report says exactly the same."""
    plain = text_format.write(a_full_report())
    coloured = text_format.write(a_full_report(), colour=True)
    assert plain == re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert plain != coloured


@given(st.text(), st.integers(20, 80))
def test_wrapping_loses_nothing(text, columns):
    """Wrapped text keeps every character but spaces, on lines that fit."""
    lines = list(wrapped(visible(text), columns))
    assert "".join("".join(lines).split()) == "".join(visible(text).split())
    assert [line for line in lines if width(line) > columns] == []


def test_wide_and_combining_characters_are_measured():
    """Chinese takes two columns a character, a combining accent none."""
    assert [width("学习"), width("e\u0301"), width("abc")] == [4, 1, 3]


@pytest.mark.parametrize("format", ["text", "html", "markdown"])
def test_the_same_rule_is_told_once(format):
    """A rule that isn't met at seven places is told once, with three of them."""
    text = render(a_full_report(), format)
    assert re.findall(r"Understand topic \d", text) == [f"Understand topic {n}" for n in range(3)]
    assert text.count("and 4 more places") == 1


def test_places_of_the_same_message_stand_together():
    """A message that is true at two places is told once, with both."""
    report = a_report(a_document([a_finding(line=3), a_finding(line=9)]))
    text = text_format.write(report)
    assert text.count("“Understand the ethics of data” can’t be observed") == 1
    assert re.findall(r"line \d", text) == ["line 3", "line 9"]


def test_special_fixes_stay_with_their_places():
    """Where fixes differ from place to place, each place has its own."""
    report = a_report(a_document([a_finding(fix="Write two"), a_finding(fix="Write three")]))
    assert re.findall(r"Fix: +(.*)", text_format.write(report)) == ["Write two.", "Write three."]


@pytest.mark.parametrize("format", ["text", "html", "markdown"])
def test_every_level_says_what_it_means(format):
    """Each group of findings begins with one sentence on its level."""
    text = render(a_full_report(), format)
    assert text.count("A must rule follows from the Council Recommendation") == 1
    assert text.count("A should rule is a convention of ECTS, the EQF, the QF-EHEA or the ELM") == 1
    assert text.count("Advice is ours") == 1
    assert text.count("Questions for a person") == 1


def test_a_national_profile_is_named_as_a_source_of_levels():
    """Under a national profile, a must rule may come from that profile, and the report says so."""
    profile = Profile("xx-1", "Xland", "2", "2026-01-01", "Ministry", "Act")
    document = a_document([a_finding(a_rule("M2-1", Level.MUST), pointer="/title")])
    report = a_report(document, profile=profile)
    assert "or from the profile xx-1." in text_format.write(report)


def test_findings_come_in_the_order_of_the_elements():
    """Within a level, rules follow the elements and then their numbers."""
    ids = ["O1-1", "M10-2", "DOC-5", "M2-10", "M2-9"]
    report = a_report(a_document([a_finding(a_rule(id)) for id in ids]))
    told = re.findall(r"^  ([A-Z]+\d*-\d+)", text_format.write(report), re.MULTILINE)
    assert told == ["DOC-5", "M2-9", "M2-10", "M10-2", "O1-1"]


def test_long_names_show_their_ends():
    """In the overview, a path that doesn't fit keeps the part that tells it from others."""
    names = [f"{'folder/' * 12}{name}.yaml" for name in ("one", "two")]
    text = text_format.write(a_report(*(a_document(source=name) for name in names)))
    overview = text.partition("=" * 80)[0]
    shown = re.findall(r"…(\S+)", overview)
    assert [name.endswith(part) for name, part in zip(names, shown, strict=True)] == [True, True]
    assert [len(line) for line in overview.split("\n") if "…" in line] == [80, 80]


def test_ids_are_listed_compactly():
    """Rules with neighbouring numbers are named by the first and the last."""
    ids = ["M2-4", "M10-1", "M2-1", "M2-3", "M2-2", "SHAPE-type", "M2-6", "M2-7"]
    assert compact(ids) == "SHAPE-type, M2-1 to M2-4, M2-6, M2-7, M10-1"


@pytest.mark.parametrize("format", FORMATS)
def test_no_report_claims_what_it_can_not_know(format):
    """A report never calls a document valid, compliant, recognised or accredited."""
    for report in (a_report(), a_full_report()):
        text = render(report, format).lower()
        assert (
            re.findall(r"\b(?:in)?valid\b|\bcompliant\b|\brecognised\b|\baccredited\b", text) == []
        )


@pytest.mark.parametrize("format", ["text", "html", "markdown"])
def test_a_clean_report_is_no_decision(format):
    """Where nothing was found, the report still says that it decides nothing."""
    assert "no decision about recognition" in " ".join(render(a_report(), format).split())


@pytest.mark.parametrize("format", FORMATS)
def test_unread_files_keep_their_slot(format):
    """A file that couldn't be read stands in the report, with the reason and the way out."""
    text = render(a_full_report(), format)
    for words in ("photo.xlsx", "This is a picture, not a workbook", "Save the workbook again"):
        assert words in text


def test_json_is_the_contract():
    """The JSON of one finding holds exactly the keys that callers rely on, and a few more."""
    finding = a_finding(a_rule("M6-2"))
    assert json_module.loads(render(a_report(a_document([finding])), "json")) == {
        "tool": {"name": "microcred", "version": "0.1.0"},
        "profile": {"id": "eu-2022", "version": "1.0", "asOf": "2022-06-16"},
        "checkedOn": "2026-06-30",
        "documents": [
            {
                "source": "draft.yaml",
                "format": "yaml",
                "kind": "offer",
                "title": "Safe isolation",
                "elements": {
                    **dict.fromkeys(["M1", "M5", "O3"], "not-applicable"),
                    **dict.fromkeys(["M2", "M3", "M4", "M6", "M7", "M8", "M9", "M10"], "met"),
                    **dict.fromkeys(["M11", "O1", "O2", "O5"], "met"),
                    "O4": "not-stated",
                },
                "findings": [
                    {
                        "rule": "M6-2",
                        "level": "advice",
                        "outcome": "not-met",
                        "element": "M6",
                        "pointer": "/outcomes/2/statement",
                        "where": "line 12, column 5",
                        "line": 12,
                        "column": 5,
                        "title": "Begin each outcome with a verb that somebody can observe",
                        "message": finding.message.text(),
                        "fix": "Say what the learner does: explain, calculate, design",
                        "why": "Nobody can assess what nobody can see",
                        "basis": "ECTS Users’ Guide 2015, section 3",
                        "url": "reference/rules.html#m6-2",
                    }
                ],
                "counts": {
                    "notMet": {"must": 0, "should": 0, "advice": 1},
                    "cannotTell": 0,
                    "met": 3,
                    "notApplicable": 1,
                },
                "rules": {
                    "M2-1": "met",
                    "M2-2": "met",
                    "M4-1": "met",
                    "M8-3": "not-applicable",
                    "M6-2": "not-met",
                },
            }
        ],
    }


def test_the_schema_of_reports_is_sound_and_explains_itself():
    """The published schema meets its own meta-schema; each property has a title and a text."""
    Draft202012Validator.check_schema(SCHEMA)
    bare = [
        name
        for part in _parts(SCHEMA)
        for name, node in part.get("properties", {}).items()
        if isinstance(node, dict)
        and "$ref" not in node
        and not {"title", "description"} <= set(node)
    ]
    assert bare == []
    closed = [part.get("additionalProperties") is not None for part in _parts(SCHEMA)]
    assert [part for part in _parts(SCHEMA) if part.get("type") == "object"]
    assert any(closed)


def _parts(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _parts(value)


@pytest.mark.parametrize(
    "report",
    [a_report(), a_full_report(), *map(hostile_report, HOSTILE)],
    ids=["clean", "full", *map(str, range(len(HOSTILE)))],
)
def test_reports_meet_their_schema(report):
    """Every JSON report has the shape that its schema promises."""
    data = json_module.loads(render(report, "json"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)] == []


@pytest.mark.parametrize("kind", ["offer", "award"])
@pytest.mark.parametrize("format", FORMATS)
def test_real_findings_reach_every_format(kind, format):
    """Whatever the rules find in a poor description, each format names every rule of it."""
    poor = {
        "kind": kind,
        "title": "Master’s course",
        "outcomes": [{"statement": "Know GDPR"}, {"sentence": "Plan"}],
        "workload": {"hours": 200, "credits": [{"system": "ECTS", "points": 2}]},
        "level": {"eqf": 9},
        "participation": "blended",
    }
    report = check(poor, on="2026-06-30")
    text = render(report, format)
    assert len(report.findings) > 20
    assert [f.rule.id for f in report.findings if f.rule.id not in text] == []
    if format == "json":
        data = json_module.loads(text)
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)] == []


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"error": {"message": "m", "fix": "f"}},
        {"kind": "course"},
        {"findings": None},
    ],
    ids=str,
)
def test_the_schema_of_reports_refuses_other_shapes(change):
    """The schema isn't so loose that anything passes."""
    data = json_module.loads(render(a_report(), "json"))
    data["documents"][0] |= change
    assert not Draft202012Validator(SCHEMA).is_valid(data)


class _Outline(HTMLParser):
    """Collects what a test wants to know of a page."""

    VOID = frozenset({"meta", "link", "img", "br", "wbr", "hr", "input"})

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.text, self.headings, self.faults = [], [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text.append(data)


@pytest.mark.parametrize(
    "report",
    [a_report(), a_full_report(), *map(hostile_report, HOSTILE)],
    ids=["clean", "full", *map(str, range(len(HOSTILE)))],
)
def test_html_is_one_safe_accessible_page(report):
    """The page runs nothing, loads nothing, nests well and has its headings in order."""
    page = render(report, "html")
    outline = _Outline(page)
    assert (outline.faults, outline.open) == ([], [])
    assert {tag for tag, _ in outline.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "footer", "section"),
        *("h1", "h2", "h3", "h4", "p", "dl", "dt", "dd", "ul", "li", "span", "strong", "div"),
        *("table", "thead", "tbody", "tr", "th", "td", "a", "bdi", "code"),
        *("caption", "wbr"),
    }
    assert [a for _, attrs in outline.tags for a in attrs if a.startswith(("on", "src"))] == []
    addresses = [attrs["href"] for tag, attrs in outline.tags if tag == "a"]
    assert [url for url in addresses if not re.match(r"https?://|#document-\d+$", url)] == []
    assert [attrs for tag, attrs in outline.tags if tag == "th" and "scope" not in attrs] == []
    assert outline.tags[0] == ("html", {"lang": "en"})
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert [pair for pair in steps if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize("words", HOSTILE[:5], ids=range(5))
def test_html_shows_what_was_written(words):
    """Text with markup in it reaches the reader as text."""
    assert words in "".join(_Outline(render(hostile_report(words), "html")).text)


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_html_contrast_is_sufficient(mode):
    """Every text colour stands out 4.5 to 1 on both grounds (WCAG 2.2, 1.4.3)."""
    css = (files("microcred.report") / "html.css").read_text(encoding="utf-8")
    both = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", both[mode == "dark"]))
    grounds = [colours.pop("ground"), colours.pop("panel")]
    colours.pop("line")
    weak = [
        (name, ground)
        for name, colour in colours.items()
        for ground in grounds
        for low, high in [sorted((_luminance(colour), _luminance(ground)))]
        if (high + 0.05) / (low + 0.05) < 4.5
    ]
    assert (len(colours), weak) == (8, [])


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_shows_words_and_runs_none(words):
    """Rendered, the report shows what was written, without a link, picture or tag of it."""
    source = render(hostile_report(words), "markdown").encode("utf-8", "replace").decode()
    page = MarkdownIt("gfm-like", {"linkify": False}).render(source)
    outline = _Outline(page)
    found = {tag for tag, _ in outline.tags}
    assert found <= {
        *("h1", "h2", "h3", "p", "ul", "li", "em", "strong", "hr", "code"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    shown = "".join(outline.text).replace("\u200b", "")
    assert visible(words).encode("utf-8", "replace").decode()[:60] in shown


def test_csv_has_one_row_a_finding():
    """The table lists every place, and a file that wasn't read."""
    rows = list(csv_module.DictReader(io.StringIO(render(a_full_report(), "csv"))))
    assert [row["rule"] for row in rows] == ["M11-1", "M7-4", *["M6-2"] * 7, "M8-2", ""]
    assert [row["outcome"] for row in rows][-3:] == ["not-met", "cannot-tell", "unread"]
    assert rows[0]["where"] == "line 1, column 5"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_csv_cells_are_never_formulas(start):
    """A title that looks like a formula reaches the spreadsheet as text."""
    report = a_report(a_document([a_finding()], title=f"{start}1+1"))
    row = next(csv_module.DictReader(io.StringIO(render(report, "csv"), newline="")))
    assert row["title"] == f"'{start}1+1".replace("\r", "\n")


def test_places_without_lines_show_the_way():
    """What comes from a program has no lines: fields and positions name the place."""
    report = a_report(a_document([a_finding(line=None)]))
    assert "outcomes › 3 › statement" in text_format.write(report)
    (document,) = json_module.loads(render(report, "json"))["documents"]
    (finding,) = document["findings"]
    assert (finding["where"], finding["line"]) == ("/outcomes/2/statement", None)


def test_links_are_relative_without_a_host(monkeypatch):
    """An address is relative to the site as long as the package states no home of its pages."""
    assert links.address("M6-2") == "reference/rules.html#m6-2"
    monkeypatch.setattr(links, "documentation", lambda: "https://guide.example/")
    assert links.address("M6-2") == "https://guide.example/reference/rules.html#m6-2"


def test_links_with_a_host_are_shown_in_full(monkeypatch):
    """Where the pages have a home, people can follow the links of a report."""
    monkeypatch.setattr(links, "documentation", lambda: "https://guide.example/")
    url = "https://guide.example/reference/rules.html#m6-2"
    report = a_report(a_document([a_finding()]))
    assert f"More:  {url}" in text_format.write(report)
    assert f'<a href="{url}">M6-2</a>' in render(report, "html")
    assert f"[M6-2]({url})" in render(report, "markdown")


def test_the_summary_counts_rules_and_places():
    """Seven places of one rule are one rule that isn't met, at seven places."""
    text = " ".join(text_format.write(a_full_report()).split())
    assert (
        "1 must, 1 should and 1 advice rules are not met (at 9 places); "
        "1 question needs a person; 3 rules are met; 1 did not apply." in text
    )


def test_a_report_on_several_documents_begins_with_a_table():
    """The overview names each file with its counts before the first file is told."""
    text = text_format.write(a_full_report())
    overview, _, rest = text.partition("=" * 80)
    assert overview.split("\n")[-5:] == [
        "  Must  Should  Advice  Questions  File",
        "     1       1       1          1  draft.yaml",
        "  not read                         photo.xlsx",
        "",
        "",
    ]
    assert "Safe isolation" in rest


def test_questions_show_their_level():
    """A question says how much hangs on it."""
    rule = a_rule("M8-2", Level.MUST)
    asked = a_finding(rule, "Who decided the level?", outcome=Outcome.CANNOT_TELL)
    text = text_format.write(a_report(a_document([asked])))
    assert "  M8-2    Who decided the level?\n" in text
    assert "          Level: must\n" in text
