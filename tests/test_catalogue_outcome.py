"""What a run over a catalogue writes: findings in four forms, and a report in three."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from fixed_date import PAGES_DATE
from microcred.catalogues import told
from microcred.catalogues.records import dumps
from microcred.catalogues.sample import sample
from microcred.cli import main
from microcred.shape import schema

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "catalogues" / "index.md"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with what one run has written in every form."""
    folder = tmp_path_factory.mktemp("outcome")
    records = [one.data for one in sample(60)]
    records[4]["title"] = records[4]["id"] = FORMULA
    records[4]["bodies"][0]["name"] = "<b>Bold</b>"
    source = folder / "c.jsonl"
    source.write_bytes(b"\n".join([*map(dumps, records), b"{broken"]))
    run = ["catalogue", "check", str(source), "--on", PAGES_DATE, "--run", str(folder / "r")]
    keep = ["--keep", "--findings", str(folder / "f.jsonl"), "--output", str(folder / "r.json")]
    assert main([*run, *keep]) == 2
    for name, report in (("f.csv", "r.html"), ("f.sqlite", "r.txt"), ("f.parquet", "again.json")):
        more = ["--findings", str(folder / name), "--output", str(folder / report)]
        since = ["--since", str(folder / "r.json")] if report == "again.json" else []
        assert main(["catalogue", "merge", str(folder / "r"), *more, *since]) == 2
    return folder


def _lines(outcome: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (outcome / "f.jsonl").read_text("utf-8").splitlines()]


def test_findings_follow_their_schema(outcome: Path) -> None:
    """Each line is what its schema says."""
    validator = jsonschema.Draft202012Validator(schema("catalogue-finding-1"))
    for line in _lines(outcome):
        assert not list(validator.iter_errors(line)), line


@pytest.mark.parametrize("name", ["r.json", "again.json"])
def test_the_report_follows_its_schema(name: str, outcome: Path) -> None:
    """The report is what its schema says, with and without an earlier one."""
    validator = jsonschema.Draft202012Validator(schema("catalogue-report-1"))
    report = json.loads((outcome / name).read_text("utf-8"))
    assert not [error.message for error in validator.iter_errors(report)]
    assert report.get("since", {}).get("rules", []) == []


def test_figures_of_the_report_are_those_of_the_findings(outcome: Path) -> None:
    """What is counted is what is written."""
    report, lines = json.loads((outcome / "r.json").read_text("utf-8")), _lines(outcome)
    assert report["records"]["total"] == 61
    assert report["records"]["unread"] == sum(line["outcome"] == "unread" for line in lines) == 1
    for rule in report["rules"]:
        found = [line["outcome"] for line in lines if line.get("rule") == rule["rule"]]
        assert (rule["notMet"], rule["cannotTell"]) == (
            found.count("not-met"),
            found.count("cannot-tell"),
        )
    broken = {
        line["line"]
        for line in lines
        if (line.get("level"), line["outcome"]) == ("must", "not-met")
    }
    assert report["records"]["clear"] == 60 - len(broken)


def test_the_table_holds_the_same(outcome: Path) -> None:
    """Every finding is a row, and no cell begins a formula."""
    with (outcome / "f.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    lines = _lines(outcome)
    assert [row["message"] for row in rows if row["record"][:1] != "'"] == [
        line["message"] for line in lines if line.get("record") != FORMULA
    ]
    assert not any(value.startswith("=") for row in rows for value in row.values())


def test_the_database_can_be_asked(outcome: Path) -> None:
    """Findings and records are tables that belong together."""
    question = PAGE.read_text("utf-8").partition("```sql\n")[2].partition("```")[0]
    with closing(sqlite3.connect(outcome / "f.sqlite")) as base:
        count = base.execute("SELECT count(*) FROM findings").fetchone()[0]
        answers = base.execute(question).fetchall()
    assert count == len(_lines(outcome))
    must = [line for line in _lines(outcome) if line.get("level") == "must"]
    broken = [line["rule"] for line in must if line["outcome"] == "not-met"]
    assert sum(times for _, _, times in answers) == len(broken)
    assert {rule for _, rule, _ in answers} == set(broken)


def test_parquet_holds_the_same(outcome: Path) -> None:
    """The columns are those of the table."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet isn’t installed")
    table = parquet.read_table(outcome / "f.parquet").to_pylist()
    assert [row["message"] for row in table] == [line["message"] for line in _lines(outcome)]


def test_the_page_stands_alone(outcome: Path) -> None:
    """No script, nothing from elsewhere, and a text alternative for each picture."""
    page = (outcome / "r.html").read_text("utf-8")
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!https?://|#)', page)
    assert "<b>Bold" not in page
    pictures = re.findall(r"<svg [^>]*>", page)
    assert pictures
    assert all('role="img"' in picture and 'aria-label="' in picture for picture in pictures)


def test_the_text_fits_a_terminal(outcome: Path) -> None:
    """No line is wider than eighty columns."""
    from microcred.report.characters import width

    lines = (outcome / "r.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if width(line) > 80] == []


def test_one_record_is_told_as_one() -> None:
    """A report on a catalogue of one record speaks of one."""
    assert [told.counted(number) for number in (0, 1, 1200)] == [
        "0 records",
        "1 record",
        "1\u202f200 records",
    ]
