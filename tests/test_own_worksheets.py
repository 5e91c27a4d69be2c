"""Worksheets with questions of their own: filled in, read back, scored and judged."""

from __future__ import annotations

import copy
import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

import microcred
from fixed_date import PAGES_DATE
from microcred.cli import main
from microcred.problem import Problem
from microcred.report import FORMATS as REPORTS
from microcred.report import Checked, Unread, render
from microcred.report.bars import picture
from microcred.shape import schema
from microcred.sources import sources
from microcred.worksheets import FORMATS, written
from microcred.worksheets.assessment import Assessment
from microcred.worksheets.checks import looking_at
from microcred.worksheets.definition import Worksheet, worksheet, worksheets

ROOT = Path(__file__).parents[1]
OWN = [one for one in worksheets() if one.is_own]

each_own = pytest.mark.parametrize("sheet", OWN, ids=lambda one: one.id)
each_format = pytest.mark.parametrize("format", FORMATS)


def sample(sheet: Worksheet, name: str = "sample") -> dict[str, Any]:
    """Return the answers of a sample that comes with the project."""
    path = ROOT / f"examples/worksheets/{sheet.id.lower()}-{name}.yaml"
    return dict(microcred.read(path).data)


def checked(document: Any, **options: Any) -> Checked:
    """Return what is found in a document that can be read."""
    (result,) = microcred.check(document, on=PAGES_DATE, **options).documents
    assert isinstance(result, Checked), result
    return result


def scored(*lines: dict[str, Any]) -> Assessment:
    """Return what comes out of a P1 with these lines."""
    found = checked(answers(indicators=list(lines))).assessment
    assert found is not None
    return found


def answers(id: str = "P1", **given: Any) -> dict[str, Any]:
    """Return a filled worksheet."""
    return {"microcred": 1, "kind": "worksheet", "worksheet": id, "answers": given}


def rules(document: Any) -> dict[str, str]:
    """Return the message of the first finding of each rule."""
    found: dict[str, str] = {}
    for finding in checked(document).findings:
        found.setdefault(finding.rule.id, f"{finding.message} | {finding.fix}")
    return found


def plain(value: Any) -> Any:
    """Return answers without what is open, and numbers as text: Word and CSV know no numbers."""
    if isinstance(value, dict):
        parts = {name: plain(part) for name, part in value.items() if part not in (None, "")}
        return {name: part for name, part in parts.items() if part not in ({}, [])}
    if isinstance(value, list):
        parts = [plain(part) for part in value if part is not None]
        return [part for part in parts if not isinstance(part, dict) or set(part) - {"id"}]
    return str(value)


# Definitions


@each_own
def test_a_definition_holds_together(sheet: Worksheet) -> None:
    """Ways lead to questions, lines and values that exist, and sources are known."""
    tables = {part.key: part for part in sheet.sections if part.is_table}
    forms = {
        one.path[-1]: one for part in sheet.sections if not part.is_table for one in part.fields
    }
    for rule in (*sheet.conflicts, *sheet.suggestions):
        for way, values in rule.when.items():
            first, *rest = way.split("/")
            if rest:
                assert rest[0] in {item.id for item in tables[first].items}, way
            asked = {one.path[0]: one for one in tables[first].fields} if rest else forms
            choices = asked[rest[1] if rest else first].choices
            assert set(values) <= set(choices), (way, values)
    assert set(sheet.sources) | {one.source for one in sheet.suggestions} - {""} <= set(sources())
    if sheet.scoring:
        ids = {item.id for item in tables[sheet.scoring.part].items}
        assert set(sheet.scoring.sequence) <= ids


@each_own
def test_help_is_short(sheet: Worksheet) -> None:
    """Each question says in at most 25 words what to write."""
    for part in sheet.sections:
        for one in part.fields:
            if one.kind != "score" and not one.is_label:
                assert 1 <= len(one.help.split()) <= 25, f"{part.title}: {one.label}"


def test_the_rules_on_a_question_are_worked_out() -> None:
    """The page of a worksheet names the rules by what a question is, not by a second list."""
    p1, w11 = worksheet("P1"), worksheet("W11")
    about, indicators = p1.sections
    ids = [rule.id for rule in looking_at(p1, about, about.fields[1])]
    assert ids == ["WS-1", "WS-7"]
    score = next(one for one in indicators.fields if one.kind == "score")
    assert {"WS-2", "WS-3", "WS-4", "WS-5"} <= {
        rule.id for rule in looking_at(p1, indicators, score)
    }
    outcomes = next(part for part in w11.sections if part.title == "Outcomes")
    statement = next(one for one in outcomes.fields if one.path == ("statement",))
    assert "M6-2" in [rule.id for rule in looking_at(w11, outcomes, statement)]


# There and back


@each_own
def test_answers_come_back_whole(sheet: Worksheet) -> None:
    """What a sample says is the same after it went through each format."""
    said = sample(sheet)
    for format in FORMATS:
        back = microcred.read(written(sheet, format, said), name=f"x.{format}")
        assert plain(said) == plain(back.data), format
    assert written(sheet, "docx", said) == written(sheet, "docx", said)


@each_own
def test_an_empty_worksheet_says_nothing(sheet: Worksheet) -> None:
    """What nobody has filled in holds no answer, and the check tells what is open."""
    for format in FORMATS:
        content = written(sheet, format)
        back = microcred.read(content, name=f"x.{format}")
        assert plain(back.data.get("answers", {})) == {}, format
        assert {finding.rule.id for finding in checked(back).findings} <= {"WS-1"}, format


@each_own
def test_a_sample_is_in_order_and_a_counter_sample_is_not(sheet: Worksheet) -> None:
    """The good sample has no finding; the other shows several of the rules."""
    good, bad = checked(sample(sheet)), checked(sample(sheet, "to-mend"))
    assert [str(finding.message) for finding in good.findings] == []
    assert len({finding.rule.id for finding in bad.findings}) >= 2


@pytest.mark.parametrize("format", ["xlsx", "docx"])
@each_own
def test_every_finding_has_a_place(sheet: Worksheet, format: str) -> None:
    """Whoever reads the report knows where to look in the file."""
    content = written(sheet, format, sample(sheet, "to-mend"))
    found = checked(microcred.read(content, name=f"x.{format}")).findings
    pattern = r".*![A-Z]+\d+" if format == "xlsx" else r"table \d+, row \d+"
    assert found
    for finding in found:
        assert re.fullmatch(pattern, str(finding.place)), finding


def test_a_lost_first_sheet_is_made_up_for() -> None:
    """A workbook without the sheet that names it is known by its parts."""
    from microcred.readers.xlsx import sheets
    from microcred.worksheets.reading import document

    grids = sheets(written(worksheet("P1"), "xlsx", sample(worksheet("P1"))))
    data, _ = document([grid for grid in grids if grid.name != "Start"], "workbook")
    assert isinstance(data, dict)
    assert data["worksheet"] == "P1"


@pytest.mark.parametrize("said", ["3 – in force", "3", 3, "3.0"])
def test_a_score_may_be_written_with_its_words(said: Any) -> None:
    """People copy the words of the scale together with the number."""
    from microcred.readers.grid import Sheet, cell_label
    from microcred.worksheets.reading import document

    grid = Sheet("Indicators", cell_label("Indicators"))
    first = Sheet("Start", cell_label("Start"))
    for column, (head, cell) in enumerate({"Worksheet": "P1, version 1"}.items(), 1):
        first.put(1, column, head)
        first.put(1, column + 1, cell)
    for column, (head, cell) in enumerate({"No.": "G1", "Score": said, "Evidence": "x"}.items(), 1):
        grid.put(1, column, head)
        grid.put(2, column, cell)
    data, _ = document([first, grid], "workbook")
    assert isinstance(data, dict)
    assert data["answers"]["indicators"] == [{"id": "G1", "score": 3, "evidence": "x"}]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: no command soffice"
)
@pytest.mark.parametrize(("id", "first", "then"), [("P1", "xlsx", "ods"), ("W18", "docx", "odt")])
def test_what_libreoffice_saves_says_the_same(
    tmp_path: Path, id: str, first: str, then: str
) -> None:
    """Lists, locked cells and controls are opened, saved by other software, and read back."""
    source, target = tmp_path / f"{id}.{first}", tmp_path / "saved"
    said = sample(worksheet(id))
    source.write_bytes(written(worksheet(id), first, said))
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", own, "--headless", "--convert-to", then, "--outdir", target, source],
        check=True,
        capture_output=True,
        timeout=180,
    )
    back = microcred.read(target / f"{id}.{then}")
    assert plain(said) == plain(back.data)


# Prefilled


@pytest.mark.parametrize("id", ["W01", "W07", "W08", "W16", "W17", "W18"])
def test_an_offer_fills_in_what_it_says(run: Any, id: str) -> None:
    """Title, texts and tables come from the offer, in its own language where it has several."""
    source = ROOT / "examples/worked/ex01-safe-isolation/offer.yaml"
    assert run("new", id, "--from", str(source), "--output", "x.yaml")[0] == 0
    given = microcred.read("x.yaml").data["answers"]
    offer = microcred.read(source).data
    title = offer["title"]
    assert isinstance(given, dict)
    assert isinstance(title, dict)
    assert given["title"] == title[str(offer["language"])]
    filled = plain(given)
    assert len(filled) > 1 or id == "W18"
    if id == "W17":
        assert len(filled["tasks"]) == len(offer["outcomes"])  # type: ignore[arg-type]
        assert filled["hours"] == "50"


def test_a_need_joins_the_offer_that_answers_it(run: Any) -> None:
    """What W01 says of the need goes into the description, with the cell that it comes from."""
    offer = dict(microcred.read(ROOT / "examples/worked/ex01-safe-isolation/offer.yaml").data)
    need = offer.pop("need")
    title = offer["title"]
    assert isinstance(title, dict)
    said = sample(worksheet("W01"))
    said["answers"]["title"] = title["en"]
    Path("w01.xlsx").write_bytes(written(worksheet("W01"), "xlsx", said))
    Path("offer.json").write_text(json.dumps({**offer, "title": title["en"]}), encoding="utf-8")
    status, _, err = run("merge", "w01.xlsx", "offer.json", "--output", "whole.yaml")
    assert status == 1
    assert "“Electricians with one year of experience” in w01.xlsx, Problem!B6" in err
    del said["answers"]["users"]
    Path("w01.xlsx").write_bytes(written(worksheet("W01"), "xlsx", said))
    assert run("merge", "w01.xlsx", "offer.json", "--output", "both.yaml")[0] == 0
    whole = microcred.read("both.yaml").data
    assert isinstance(need, dict)
    assert whole["need"] == {  # type: ignore[comparison-overlap]
        "statement": said["answers"]["problem"],
        "occupations": ["7411"],
        "evidence": [
            {name: value for name, value in one.items() if name != "says"}
            for one in said["answers"]["evidence"]
        ],
    }


def test_answers_that_are_no_part_of_an_offer_are_not_joined(run: Any) -> None:
    """The command says which file it can't use, and what to do."""
    source = str(ROOT / "examples/worksheets/p1-sample.yaml")
    status, _, err = run("merge", source, str(ROOT / "examples/drafts/first-draft.yaml"))
    assert status == 2
    assert "no part of a description" in err


def test_a_card_from_an_offer_is_told_where_it_is_too_long() -> None:
    """The whole card and each of its texts have a length."""
    found = rules(answers("W16", able="You can. " * 30, title="x " * 100))
    assert "“Card” has 160 words in all" in found["WS-8"]


# Scores


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        ({"score": 4, "evidence": "Decree 12/2025"}, 4),
        ({"score": 4}, 1),
        ({"score": 4, "evidence": "  "}, 1),
        ({"score": 4, "evidence": "n/a"}, 1),
        ({"score": 4, "evidence": "TBD."}, 1),
        ({"score": 4, "evidence": "–"}, 1),
        ({"score": 4, "evidence": ["", None]}, 1),
        ({"score": 1}, 1),
        ({"score": 0, "evidence": "Decree 12/2025"}, 0),
        ({"score": 7, "evidence": "Decree 12/2025"}, None),
        ({"score": "high", "evidence": "Decree 12/2025"}, None),
        ({"score": True, "evidence": "Decree 12/2025"}, None),
        ({"score": 2.5, "evidence": "Decree 12/2025"}, None),
    ],
)
def test_a_score_counts_as_far_as_something_shows_it(
    line: dict[str, Any], counted: int | None
) -> None:
    """Without evidence a score counts 1 at most, whatever is written instead of evidence."""
    found = scored({"id": "G2", **line})
    assert {one.id: one.counted for one in found.lines}["G2"] == counted


def test_what_blocks_and_what_comes_next() -> None:
    """A zero in a line that others need is named, and the order leaves out what is done."""
    found = scored(
        {"id": "g1", "score": 3, "evidence": "Decree 1"},
        {"id": "D1", "score": 0},
        {"id": "D2", "score": 4},
    )
    assert [line.id for line in found.blockers] == ["D1"]
    assert [line.id for line in found.following][:3] == ["D1", "D2", "Q1"]
    assert found.mean == pytest.approx(4 / 3, abs=0.01)


def test_the_scores_are_in_every_report() -> None:
    """Scores, blockers and steps are told in each form of the report, and no elements."""
    report = microcred.check(ROOT / "examples/worksheets/p1-to-mend.yaml", on=PAGES_DATE)
    for format in REPORTS:
        told = render(report, format)
        if format != "csv":
            assert "D1" in told
            assert "1 of 4" in told or '"counted": 1' in told
        assert "not applicable" not in told
    data = json.loads(render(report, "json"))
    jsonschema.Draft202012Validator(schema("report-1")).validate(data)
    assert data["documents"][0]["elements"] == {}
    assert data["documents"][0]["assessment"]["blockers"] == ["D1", "T1"]


def test_a_picture_has_words_and_can_stand_beside_others() -> None:
    """The drawing is well-formed, named and described, and its ids are its own."""
    found = scored({"id": "G1", "score": 4}, {"id": "G2", "score": 2, "evidence": "<b> & plan"})
    drawn = picture(found, prefix="one")
    root = ET.fromstring(drawn)  # noqa: S314 - a drawing of ours
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "one-title one-text"
    texts = {node.tag.rpartition("}")[2]: node.text for node in root}
    assert "Governance (2 of 3 lines): 1.5 of 4" in str(texts["desc"])
    assert "url(#one-hatch)" in drawn
    assert drawn == picture(found, prefix="one")
    assert "script" not in drawn
    assert picture(scored({"id": "G1"}), prefix="x")


# Judgements


def test_an_unknown_question_is_told_with_what_was_meant() -> None:
    """Nothing that stands beside the questions is dropped."""
    found = rules({**answers(systemm="Finland"), "note": "x"})
    assert "“note” is no question" in found["WS-6"]
    found = rules(answers(systemm="Finland"))
    assert "Did you mean “Country or region”?" in found["WS-6"]


def test_a_line_answered_twice_is_told() -> None:
    """The second answer to a line is no answer to another one."""
    found = rules(answers(indicators=[{"id": "G1", "score": 1}, {"id": "g1", "score": 0}]))
    assert "“g1” is answered twice" in found["WS-6"]


@pytest.mark.parametrize(
    "strange",
    [
        None,
        "x",
        7,
        [],
        [1, None, "x", [], {}],
        {},
        {"indicators": "x"},
        {"indicators": {"G1": 3}},
        {"indicators": [None, 3, {"id": None}, {"id": {"x": 1}, "score": []}, {"score": {}}]},
        {"system": {"a": {"b": 1}}, "day": [], "bodies": {"x": 1}},
        {"system": True, "day": 20261001, "next-day": 4.5, "bodies": [None, 3, ["x"]]},
        {"": "", "x-": 1, "a/b~c": 2},
    ],
    ids=str,
)
def test_anything_can_stand_under_the_answers(strange: Any) -> None:
    """Whatever is there, the report says something that holds together and can be written."""
    report = microcred.check(
        {"microcred": 1, "kind": "worksheet", "worksheet": "P1", "answers": strange},
        on=PAGES_DATE,
    )
    (result,) = report.documents
    assert isinstance(result, Checked)
    for format in REPORTS:
        assert render(report, format)
    for finding in result.findings:
        assert finding.outcome in finding.rule.yields
        assert not re.search(r"\{\w+\}", str(finding.message))


@pytest.mark.parametrize("id", ["P1", "P2", "W08", "W19"])
def test_any_answer_can_be_anything(id: str) -> None:
    """Whatever stands in place of an answer, the report can be written, and the sheet as well."""
    numbers = random.Random(id)  # noqa: S311 - the same mutations every time
    strange = [None, True, -1, 2.5, "", "=1+1", "٣", [], [None], {}, {"id": "G1"}, {"a": [1]}]
    for _ in range(15):
        said = copy.deepcopy(sample(worksheet(id)))
        answered = said["answers"]
        part = answered[numbers.choice(list(answered))]
        if isinstance(part, list) and isinstance(part[0], dict):
            entry = numbers.choice(part)
            entry[numbers.choice(list(entry))] = numbers.choice(strange)
        else:
            answered[numbers.choice(list(answered))] = numbers.choice(strange)
        for finding in checked(said).findings:
            assert finding.outcome in finding.rule.yields
        render(microcred.check(said, on=PAGES_DATE), "html")
        assert written(worksheet(id), "xlsx", said)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("P99", "There is no worksheet “P99”"),
        ("W11", "W11 fills an offer"),
        (None, "doesn’t say which one"),
        (["P1"], "doesn’t say which one"),
    ],
)
def test_a_worksheet_that_nobody_knows(named: Any, told: str) -> None:
    """The document keeps its slot, with a sentence that says what to do."""
    document = {"microcred": 1, "kind": "worksheet", "worksheet": named}
    (result,) = microcred.check(document, on=PAGES_DATE).documents
    assert isinstance(result, Unread)
    assert told in result.message
    assert result.fix


def test_a_kind_that_is_given_makes_no_offer_of_a_worksheet() -> None:
    """--kind says what descriptions are; answers stay answers."""
    assert checked(answers(), kind="offer").kind == "worksheet"


# The command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    """Run the command line in a folder of its own; returns status, standard output and errors."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> tuple[int, str, str]:
        status = main(list(args))
        return status, *capfd.readouterr()

    return call


def test_a_worksheet_is_filled_in_from_its_own_answers(run: Any) -> None:
    """Last year’s workbook begins this year’s document."""
    source = str(ROOT / "examples/worksheets/p1-sample.yaml")
    assert run("new", "P1", "--from", source, "--output", "p1.xlsx")[0] == 0
    assert run("new", "P1", "--from", "p1.xlsx", "--output", "p1.docx")[0] == 0
    status, out, _ = run("check", "p1.docx", "--on", PAGES_DATE)
    assert status == 0
    assert "0 rules are not met" in out
    assert run("new", "--help")[1].count("\n  P1 ") == 1


@pytest.mark.parametrize(
    ("id", "source", "told"),
    [
        ("W11", "examples/worksheets/p1-sample.yaml", "is a filled worksheet"),
        ("P1", "examples/drafts/first-draft.yaml", "Nothing in P1 is filled in from an offer"),
    ],
)
def test_a_draft_that_says_nothing_to_a_worksheet(
    run: Any, id: str, source: str, told: str
) -> None:
    """One sentence says what doesn’t fit and what to name instead."""
    status, _, err = run("new", id, "--from", str(ROOT / source))
    assert status == 2
    assert told in err


def test_a_worksheet_is_no_description_to_convert(run: Any) -> None:
    """Answers can’t be published as a credential, and the command says so."""
    source = str(ROOT / "examples/worksheets/p1-sample.yaml")
    status, _, err = run("convert", source, "--to", "elm")
    assert status == 2
    assert "worksheet" in err


def test_problems_are_told_to_callers() -> None:
    """The programming interface raises one exception, with a sentence and what to do."""
    with pytest.raises(Problem, match="There is no worksheet “Q9”"):
        worksheet("Q9")
