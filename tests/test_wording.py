"""Whoever fills in a worksheet is told what to do in its words, and not in those of the format."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import openpyxl
import pytest

import microcred
from fixed_date import PAGES_DATE
from microcred.annotate import annotated
from microcred.pages import pages
from microcred.pages.promises import try_out
from microcred.report import FORMATS as REPORTS
from microcred.report import Checked, Finding, Report
from microcred.rule import KINDS
from microcred.rules import RULES
from microcred.worksheets import FORMATS, written
from microcred.worksheets.definition import worksheet
from microcred.worksheets.wording import OF_KIND, told, way, worded

ROOT = Path(__file__).parent.parent
DAY = "2026-11-01"

# Rules that look at other formats, at catalogues or at the cells themselves.
NO_WORKSHEET = ("CAT", "CELL", "CLR", "ELM", "OB")


def report_on(data: dict[str, object], format: str, sheet: str = "W11") -> Report:
    """Return the report on a worksheet that was filled in with *data*."""
    content = written(worksheet(sheet), format, data)
    return microcred.check(microcred.read(content, name=f"draft.{format}"), on=DAY)


@pytest.mark.parametrize(
    ("sentence", "at", "said"),
    [
        ("Add the field `name`", "/bodies/0/name", "Fill in “Legal name”"),
        ("or add `country`", "/bodies/0", "or fill in “Country”"),
        ("Say it in `method`", "/workload", "Say it in “How it was estimated”"),
        ("Look at `bodies`", "/quality/0/of", "Look at “Bodies”"),
        ("Look at `parts`", "/workload", "Look at “Hours by activity”"),
        ("Write `language: en`", "/language", "Write “Language: en”"),
        ('Write `version: "1.0"`', "", "Write “Version: 1.0”"),
        ("Write `countries: [HR, PT]`", "", "Write “Countries: HR – Croatia; PT – Portugal”"),
        ("`validity: {period: P3Y, renewal: …}`", "", "“Period: P3Y” and “Renewal”"),
        ("`need: {evidence: [{source: …, date: …}]}`", "/need", "“Source” and “Date”"),
        ("Write `title: {hr: …, en: …}`", "/title", "Write “Title (hr)” and “Title (en)”"),
        # The same label stands in several parts: the nearest is meant, and another is named.
        ("Correct `country`", "/bodies/0/identifiers/1", "Correct “Country”"),
        ("Correct `country`", "/title", "Correct “Country” under “Bodies”"),
        ("Correct `level: {eqf: 4}`", "/title", "Correct “EQF level: 4” under “Level”"),
        # A value, and what is no question of any worksheet
        ("Write `skill`", "/outcomes/0/type", "Write “skill”"),
        ("Did you mean `learner`?", "/need/evidence/0/kind", "Did you mean “learner”?"),
        ("Give the role `accountable`", "/bodies", "Give the role “accountable”"),
        ("Write `accepts: {max: 3}`", "", "Write `accepts: {max: 3}`"),
        # What another worksheet asks is said once in a sentence.
        ("See `issued` and `grade`", "", "See “Date of issuing” (worksheet W12) and “Grade”"),
        ("Use `kind: award`", "", "Use worksheet W12"),
        ("See `microcred levels`", "", "See `microcred levels`"),
    ],
)
def test_names_of_fields_become_labels(sentence: str, at: str, said: str) -> None:
    """A name is told by the label of its question, a snippet by labels and answers."""
    assert told(sentence, worksheet("W11"), at) == said


def test_the_values_of_a_template_name_fields() -> None:
    """What a rule hands over as the name of a field is one, and the rest waits for its turn."""
    template, values = "“{said}” belongs into `{field}`", {"said": "`x`", "field": "price"}
    wanted = "“{said}” belongs into “Price”"
    assert told(template, worksheet("W11"), "/summary", values) == wanted


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("/title", "Title"),
        ("/title/fi", "Title › fi"),
        ("/workload/hours", "Workload › Hours"),
        ("/workload/parts/practice", "Workload › Hours by activity › practice"),
        ("/bodies/1/identifiers/0/value", "Bodies › 2 › Body numbers › 1 › Value"),
        ("/stacking/targets/0/amount/points", "Pathway › Targets › 1 › Amount › Points"),
        ("/learner/name", "Learner › Full name"),
        ("/x-own", "x-own"),
        ("", ""),
    ],
)
def test_the_way_to_a_place_leads_through_labels(pointer: str, words: str) -> None:
    """A place has the names of parts and questions, and those of its entries count from one."""
    assert way(pointer, worksheet("W11")) == words


# -- Every rule --------------------------------------------------------------------------------


@cache
def spoken() -> dict[str, list[Finding]]:
    """Return what the examples of the guidance make each rule say."""
    found = defaultdict(list)
    for page in pages(ROOT / "docs"):
        for block in page.blocks:
            for finding in try_out(block, ROOT, PAGES_DATE).findings:
                found[finding.rule.id].append(finding)
    return found


@pytest.mark.parametrize(
    ("id", "sheet"),
    [
        (id, OF_KIND[kind])
        for id, rule in RULES.items()
        for kind in KINDS
        if kind in rule.kinds and id.partition("-")[0] not in NO_WORKSHEET
    ],
)
def test_no_rule_shows_a_snippet(id: str, sheet: str) -> None:
    """Neither names in backticks nor brackets of YAML are left, and quotations are whole."""
    findings = spoken()[id]
    assert findings, f"no example makes {id} speak"
    for finding in worded(findings, worksheet(sheet)):
        for message in (finding.message, finding.fix):
            words = re.sub(r"\{\w+\}", "…", message.template)  # what the reader wrote is theirs
            words = re.sub(r"`microcred [a-z ]+`", "a command", words)
            assert not re.search(r"[`{}\[\]]", words), words
            assert not re.search(r"““|””|“[^”]*“|”[^“]*”|” “|  |Add “", words), words
            assert not re.search(r"“[a-z]\w*: |(“[^”]+”) under \1", words), words


# -- Whole reports -----------------------------------------------------------------------------

DRAFT: dict[str, object] = {
    "kind": "offer",
    "bodies": [{"id": "alpha", "name": "Alpha", "roles": ["awarding"]}],
    "level": {"eqf": 4},
}


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_on_a_worksheet_speaks_in_its_words(format: str) -> None:
    """The file decides: who wrote YAML reads the names that stand there."""
    report = report_on(DRAFT, format)
    (checked,) = report.documents
    assert isinstance(checked, Checked)
    fixes = {finding.rule.id: str(finding.fix) for finding in checked.findings}
    ways = {finding.rule.id: finding.way for finding in checked.findings}
    if format == "yaml":
        assert fixes["M4-2"] == "Add `country` with the two-letter code"
        assert not any(ways.values())
        return
    assert fixes["M4-2"] == "Fill in “Country” with the two-letter code"
    assert ways["M4-2"] == "Bodies › 1"
    for kind in REPORTS:
        said = microcred.render(report, kind)
        assert "“Country”" in said, kind
        assert "`country`" not in said.replace("\\", ""), kind


def test_comments_speak_in_the_words_of_the_worksheet() -> None:
    """The findings in a person’s own workbook are those of the report."""
    content = written(worksheet("W11"), "xlsx", DRAFT)
    report = microcred.check(content, on=DAY)
    (checked,) = report.documents
    assert isinstance(checked, Checked)
    book = openpyxl.load_workbook(io.BytesIO(annotated(content, checked, report)))
    notes = [cell.comment.text for page in book for row in page for cell in row if cell.comment]
    assert any("Fix: Fill in “Country” with the two-letter code." in note for note in notes)
    assert not [note for note in notes if "`" in note]


def test_part_of_a_description_has_its_own_labels() -> None:
    """What worksheet W03 doesn't ask is said with the worksheet that does."""
    (checked,) = report_on({"outcomes": [{"statement": "Understand"}]}, "csv", "W03").documents
    assert isinstance(checked, Checked)
    fixes = {finding.rule.id: str(finding.fix) for finding in checked.findings}
    assert fixes["M6-11"] == "Fill in “Type: knowledge”, “Type: skill” or “Type: responsibility”"
    assert told("See `price`", worksheet("W03")) == "See “Price” (worksheet W11)"


@pytest.mark.parametrize("typed", ["[", "- a", "a: b: c", "&x", "* ", "", " ", "{a: [}"])
def test_what_somebody_wrote_between_our_signs_is_quoted(typed: str) -> None:
    """A message may repeat what no worksheet asks for and nobody can read."""
    assert told("Write `{code}`", worksheet("W11"), "/level", {"code": typed}).startswith("Write ")
