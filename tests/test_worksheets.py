"""Worksheets: written, filled in, read back, and told apart from everything else."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

import microcred
from microcred.cli import main
from microcred.problem import Problem
from microcred.readers import wordprocessing, xlsx
from microcred.readers.grid import Answer, Sheet, cell_label
from microcred.readers.places import Noted
from microcred.report import Checked, Status
from microcred.shape import schema
from microcred.worksheets import FORMATS, WRITTEN, written
from microcred.worksheets.answers import label_key
from microcred.worksheets.content import left_out
from microcred.worksheets.definition import NAMES, Worksheet, raw, worksheet, worksheets
from microcred.worksheets.opening import introduction, opening
from microcred.worksheets.reading import document

EXAMPLES = Path(__file__).parents[1] / "examples"
OFFERS = sorted(EXAMPLES.glob("worked/*/offer.yaml"))
AWARDS = sorted(EXAMPLES.glob("worked/*/award.yaml"))
DRAFT = EXAMPLES / "drafts/first-draft.yaml"
DAY = "2026-11-01"

# Those that fill an offer or award; test_own_worksheets.py looks at the others.
FILLING = [one for one in worksheets() if not one.is_own]

each_filling = pytest.mark.parametrize("sheet", FILLING, ids=lambda one: one.id)
each_worksheet = pytest.mark.parametrize("sheet", list(worksheets()), ids=lambda one: one.id)
each_format = pytest.mark.parametrize("format", FORMATS)
each_offer = pytest.mark.parametrize("path", OFFERS, ids=lambda path: path.parent.name)
each_award = pytest.mark.parametrize("path", AWARDS[::4], ids=lambda path: path.parent.name)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    """Run the command line in a folder of its own; returns status, standard output and errors."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> tuple[int, str, str]:
        status = main(list(args))
        return status, *capfd.readouterr()

    return call


def read(content: bytes, format: str) -> dict[str, Any]:
    """Return the document in a filled worksheet, without the questions that are open."""
    data = microcred.read(content, name=f"x.{format}").data
    return {key: value for key, value in data.items() if value not in (None, [None])}


def as_text(value: Any) -> Any:
    """Return a value with numbers as text: Word and CSV know no numbers."""
    if isinstance(value, dict):
        return {key: as_text(part) for key, part in value.items()}
    return [as_text(part) for part in value] if isinstance(value, list) else str(value)


def filled_in(rows: Mapping[str, Sequence[Sequence[Answer | None]]]) -> dict[str, Any]:
    """Return the document in sheets that are given by their rows."""
    data, _ = document(grids(rows), "workbook")
    assert isinstance(data, dict)
    return data


def told(rows: Mapping[str, Sequence[Sequence[Answer | None]]]) -> list[tuple[str, str, str]]:
    """Return what was told while sheets were read: rule, place and message."""
    _, places = document(grids(rows), "workbook")
    assert isinstance(places, Noted)
    return [(fault.rule, str(fault.place), str(fault.verdict.message)) for fault in places.faults]


def grids(rows: Mapping[str, Sequence[Sequence[Answer | None]]]) -> list[Sheet]:
    """Return sheets as a reader would."""
    found = []
    for name, cells in rows.items():
        sheet = Sheet(name, cell_label(name))
        for number, row in enumerate(cells, 1):
            for column, answer in enumerate(row, 1):
                if answer is not None:
                    sheet.put(number, column, answer)
        found.append(sheet)
    return found


# Definitions


@pytest.mark.parametrize("id", NAMES)
def test_a_definition_follows_its_schema(id: str) -> None:
    """Each file of a worksheet has the fields that its schema asks for, and no others."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema("worksheet-1"))
    assert [error.message for error in validator.iter_errors(raw(id))] == []


def test_the_definitions_are_all_listed() -> None:
    """A worksheet that has a file can be asked for by its id."""
    import microcred.worksheets as package

    files = {path.stem.upper() for path in Path(package.__file__).parent.glob("*.yaml")}
    assert files == set(NAMES)


@each_worksheet
def test_labels_tell_the_questions_of_a_part_apart(sheet: Worksheet) -> None:
    """What stands in a heading or before an answer names one field of its part."""
    for section in sheet.sections:
        labels = [label_key(one.label) for one in section.fields]
        assert len(set(labels)) == len(labels), section.title
        assert len(section.sheet) <= 31, "Excel allows no longer name"
        assert {*section.also.values()} <= {"/".join(one.path) for one in section.fields}


def test_a_part_means_the_same_on_every_worksheet() -> None:
    """A part with one title fills one list, so that a lost worksheet number does no harm."""
    homes: dict[str, set[tuple[str, ...]]] = {}
    for one in FILLING:
        for section in one.sections:
            homes.setdefault(label_key(section.title), set()).add(section.at)
    assert {title: at for title, at in homes.items() if len(at) > 1} == {}


@each_worksheet
def test_next_worksheets_exist(sheet: Worksheet) -> None:
    """No worksheet sends its reader to one that isn’t there."""
    assert set(sheet.following) <= set(NAMES)


def test_the_whole_description_asks_everything_an_offer_has() -> None:
    """No field of an offer is without a question in W11."""
    of_awards = {"offer", "learner", "issued", "expires", "results", "grade"}
    asked = {"microcred", "kind", "$schema", *of_awards, *worksheet("W11").fields}
    assert set(schema()["properties"]) - asked == set()


@each_worksheet
def test_a_change_of_questions_has_a_new_version(sheet: Worksheet) -> None:
    """Whoever filled in an older file can tell that the questions were others."""
    from worksheet_versions import fingerprint, recorded

    known = recorded().get((sheet.id, sheet.version))
    if known is None:
        pytest.fail(f"Run “make worksheets” to record {sheet.id}, version {sheet.version}")
    told = f"The questions of {sheet.id} changed: raise its version and run “make worksheets”"
    assert fingerprint(sheet) == known, told


# There and back


@each_format
@each_offer
def test_an_offer_comes_back_whole(path: Path, format: str) -> None:
    """What a worked offer says is the same after it went through W11."""
    offer = dict(microcred.read(path).data)
    back = read(written(worksheet("W11"), format, offer), format)
    if format in ("docx", "csv"):
        offer, back = as_text(offer), as_text(back)
    assert offer == back
    assert left_out(worksheet("W11"), offer) == []


@each_format
@each_award
def test_an_award_comes_back_as_far_as_asked(path: Path, format: str) -> None:
    """W12 keeps all fields of an award that it asks about."""
    award, sheet = dict(microcred.read(path).data), worksheet("W12")
    kept = {*sheet.fields, "microcred", "kind"}
    expected = {key: value for key, value in award.items() if key in kept}
    back = read(written(sheet, format, award), format)
    assert back.pop("x-worksheet") == "W12"
    assert as_text(expected) == as_text(back)


@pytest.mark.parametrize("id", ["W02", "W03", "W04", "W05", "W06", "W09"])
@each_format
def test_a_worksheet_on_a_part_takes_only_its_part(id: str, format: str) -> None:
    """What comes back from a partial worksheet is a part of the draft, and says which one."""
    offer = as_text(microcred.read(OFFERS[0]).data)
    back = as_text(read(written(worksheet(id), format, offer), format))
    assert back.pop("x-worksheet") == id
    assert set(back) <= set(offer)
    assert back["title"] == offer["title"]
    if id == "W03":
        assert back["outcomes"] == offer["outcomes"]


@each_format
@each_filling
def test_an_empty_worksheet_is_read_and_says_nothing(sheet: Worksheet, format: str) -> None:
    """A worksheet that nobody filled in yet can be checked: everything is missing."""
    back = read(written(sheet, format), format)
    stated = {key for key, value in back.items() if any(_leaves(value))}
    assert stated <= {"microcred", "kind", "x-worksheet"}


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in _leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in _leaves(part)]
    return [] if value is None else [value]


@each_format
@each_filling
def test_the_same_worksheet_has_the_same_bytes(sheet: Worksheet, format: str) -> None:
    """Nothing of the day or the machine is in a file, so that downloads can be compared."""
    assert written(sheet, format) == written(sheet, format)


@pytest.mark.parametrize("id", ["T0", "W03", "W13", "P1"])
def test_paper_is_tagged_and_the_same_each_time(id: str) -> None:
    """A PDF has a title, a language and tags, room to write, and no day of its making."""
    printed = written(worksheet(id), "pdf")
    assert printed.startswith(b"%PDF-1.7")
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang(en-GB)", b"<pdfuaid:part>1"):
        assert part in printed, part
    assert printed == written(worksheet(id), "pdf")


def test_answers_on_paper_are_never_commands() -> None:
    """What the typesetter would take for its own is printed as it stands, in any script."""
    said = {
        "title": 'A "quoted" #panic("x") \\ $1 *b* _i_ @ref <label> [x] ]',
        "language": "el",
        "outcomes": [{"statement": 'Ελέγχει· перевіряє; تحقق\n#import "x"'}],
    }
    assert written(worksheet("W03"), "pdf", said).startswith(b"%PDF")


_WORDS = st.text(
    st.characters(exclude_categories=["C"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=60,
).filter(lambda text: text == text.strip() and "\x85" not in text)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"statement": _WORDS},
            optional={
                "id": _WORDS,
                "note": _WORDS,
                "type": st.sampled_from(["skill", "knowledge"]),
            },
        ),
        min_size=1,
        max_size=6,
    ),
    st.fixed_dictionaries({"hours": st.integers(0, 9_999), "method": _WORDS}),
)
@settings(max_examples=12, deadline=None)
@pytest.mark.parametrize("format", ["xlsx", "docx", "csv"])
def test_any_text_comes_back(
    format: str, outcomes: list[dict[str, str]], workload: dict[str, Any]
) -> None:
    """Whatever signs people write, also what looks like a formula, it is the same afterwards."""
    said = {"microcred": 1, "kind": "offer", "outcomes": outcomes, "workload": workload}
    back = read(written(worksheet("W11"), format, said), format)
    assert said == back


# Places


@each_format
@each_filling
def test_every_finding_in_a_filled_worksheet_has_a_place(sheet: Worksheet, format: str) -> None:
    """Whoever reads the report knows where to look."""
    source = DRAFT if sheet.kind == "offer" else AWARDS[0]
    content = written(sheet, format, microcred.read(source).data)
    (checked,) = microcred.check(microcred.read(content, name=f"x.{format}"), on=DAY).documents
    assert isinstance(checked, Checked)
    assert all(finding.place for finding in checked.findings)


def test_a_finding_names_the_cell() -> None:
    """The cell of an answer that is there, and the empty cell where an answer is missing."""
    content = written(worksheet("W11"), "xlsx", microcred.read(DRAFT).data)
    (checked,) = microcred.check(content, on=DAY).documents
    assert isinstance(checked, Checked)
    places = {finding.rule.id: str(finding.place) for finding in checked.findings}
    assert checked.format == "worksheet-xlsx"
    assert places["M6-2"] == "Outcomes!C5"
    assert places["M11-1"] == "Quality!A5"


@each_format
def test_what_a_row_lacks_is_named_as_the_worksheet_names_it(format: str) -> None:
    """“Add the field `name`” helps whoever writes YAML, and nobody who fills in a form."""
    content = written(worksheet("W11"), format, {"bodies": [{"id": "centre"}]})
    (report,) = microcred.check(microcred.read(content, name=f"x.{format}"), on=DAY).documents
    assert isinstance(report, Checked)
    (found,) = (one for one in report.findings if one.rule.id == "SHAPE-required")
    assert str(found.message) == "“Body” has no “Legal name”"
    named = "Add the field `name`" if format == "yaml" else "Fill in “Legal name”"
    assert str(found.fix) == named


def test_a_finding_names_the_table_and_row() -> None:
    """A document has tables and rows."""
    content = written(worksheet("W03"), "docx", microcred.read(DRAFT).data)
    (checked,) = microcred.check(content, on=DAY).documents
    assert isinstance(checked, Checked)
    places = {finding.rule.id: str(finding.place) for finding in checked.findings}
    assert places["M6-2"] == "table 3, row 4"


def test_a_worksheet_on_a_part_is_asked_only_about_its_part() -> None:
    """Nobody is told in W03 that the workload is missing, and nothing is claimed of it either."""
    content = written(worksheet("W03"), "xlsx", microcred.read(DRAFT).data)
    (checked,) = microcred.check(content, on=DAY).documents
    assert isinstance(checked, Checked)
    assert {finding.rule.element for finding in checked.findings} == {"M6"}
    assert checked.elements["M6"] is Status.MET
    assert checked.elements["M7"] is Status.CANNOT_TELL


# As people fill them in

HEADINGS = ["Short name", "Type", "Statement *"]


def test_rows_between_and_blanks_do_no_harm() -> None:
    """Inserted rows, spaces, other sheets and notes beside the title change nothing."""
    found = filled_in(
        {
            "Start": [["Worksheet", "W03, version 1"]],
            "My ideas": [["Ask Ana", "on Monday"], ["Budget", 500]],
            "Outcomes": [
                ["Part 2: Outcomes"],
                [],
                ["One outcome a row."],
                HEADINGS,
                [],
                ["LO1", " Skill ", "Tests a circuit  "],
                ["", None, "  "],
                ["LO2", None, "Records the reading"],
            ],
        }
    )
    assert found["outcomes"] == [
        {"id": "LO1", "type": "skill", "statement": "Tests a circuit"},
        {"id": "LO2", "statement": "Records the reading"},
    ]
    assert found["x-worksheet"] == "W03"


@pytest.mark.parametrize(
    "name",
    ["Outcome", "outcomes ", "Sheet1", "Outcomes (2)"],
    ids=["near", "space", "lost", "copy"],
)
def test_a_renamed_sheet_is_known_by_its_title_or_headings(name: str) -> None:
    """The name of a sheet helps, but isn’t needed."""
    rows = [HEADINGS, ["LO1", "skill", "Tests a circuit"]]
    assert filled_in({name: rows})["outcomes"][0]["statement"] == "Tests a circuit"


def test_columns_may_change_places_and_older_labels_are_known() -> None:
    """A column is known by its heading alone."""
    rows = [["Learning outcome", "Short name"], ["Tests a circuit", "LO1"]]
    assert filled_in({"Outcomes": rows})["outcomes"] == [
        {"statement": "Tests a circuit", "id": "LO1"}
    ]


def test_an_unknown_heading_is_told_with_what_was_meant() -> None:
    """What stands under it isn’t dropped: a finding names the heading and the likely question."""
    sheets = grids({"Outcomes": [["Short name", "Typ", "Statement"], ["LO1", "skill", "Tests it"]]})
    data, places = document(sheets, "workbook")
    assert data["outcomes"] == [{"id": "LO1", "x-Typ": "skill", "statement": "Tests it"}]  # type: ignore[index]
    assert str(places("/outcomes/0/x-Typ")) == "Outcomes!B2"
    assert isinstance(places, Noted)
    (fault,) = places.faults
    message = "“Typ” is no question of “Outcomes”, so “skill” is not checked"
    assert (fault.rule, str(fault.verdict.message)) == ("CELL-1", message)
    fix = "Write “Type” as the label, or move it to a sheet for your notes"
    assert str(fault.verdict.fix) == fix
    assert not microcred.check(data, on=DAY, select=["SHAPE-unknown"]).findings  # type: ignore[arg-type]


def test_a_cell_that_is_merged_downwards_counts_for_each_row() -> None:
    """One agency reviews and accredits; what is below the headings only, and no amount twice."""
    rows: list[list[Answer | None]] = [
        ["Short name", "Type", "Statement"],
        ["LO1", "skill", "Tests it"],
        ["LO2", None, "Mends it"],
        [None, None, None],
        ["LO3", None, "Sells it"],
    ]
    sheets = grids({"Outcomes": rows})
    sheets[0].merged += [(2, 2, 4), (3, 1, 2), (3, 9, 12)]
    data, places = document(sheets, "workbook")
    assert [one.get("type") for one in data["outcomes"]] == ["skill", "skill", None]  # type: ignore[index]
    assert str(places("/outcomes/1/type")) == "Outcomes!B2"
    rows = [["System", "Points"], ["ECTS", 3], ["Other", None]]
    sheets = grids({"Credits": rows, "About": _ABOUT})
    sheets[0].merged.append((2, 2, 3))
    data, _ = document(sheets, "workbook")
    assert data["workload"]["credits"] == [{"system": "ECTS", "points": 3}, {"system": "Other"}]  # type: ignore[index]


def test_a_merged_agency_is_that_of_each_row() -> None:
    """A row without its body would have no external quality assurance."""
    rows = [
        ["Kind", "Type", "Body"],
        ["external", "institutional-qa", "Agency"],
        ["external", "programme-qa", None],
    ]
    sheets = grids({"Quality": rows, "About": _ABOUT})
    sheets[0].merged.append((3, 2, 3))
    data, _ = document(sheets, "workbook")
    assert [one["body"] for one in data["quality"]] == ["Agency", "Agency"]  # type: ignore[index]


def test_a_lost_first_sheet_does_not_turn_an_award_into_an_offer() -> None:
    """Where nothing names the worksheet, the questions tell the kind of document."""
    rows = [["Learner", "Your answer"], ["Full name", "Ana Andromeda"]]
    assert filled_in({"Learner": rows})["kind"] == "award"
    assert filled_in({"About": _ABOUT})["kind"] == "offer"


def test_words_under_no_heading_are_told() -> None:
    """A remark beside a table has no field; it is told with its cell, and the rest is read."""
    rows = [HEADINGS, ["LO1", "skill", "Tests it", "ask Ana"]]
    assert told({"Outcomes": rows}) == [
        ("CELL-1", "Outcomes!D2", "The cell holds “ask Ana”, and no heading stands above it")
    ]
    assert filled_in({"Outcomes": rows})["outcomes"] == [
        {"id": "LO1", "type": "skill", "statement": "Tests it"}
    ]


def test_a_column_before_the_questions_changes_nothing() -> None:
    """What the worksheet says below a title isn’t taken for an answer then."""
    about = worksheet("W11").sections[0]
    rows: list[list[Answer | None]] = [
        [None, "Part 1: About"],
        [None, introduction(about)],
        [None, "About", "Your answer"],
        [None, "Title", "Welding"],
    ]
    assert filled_in({"About": rows})["title"] == "Welding"
    assert told({"About": rows}) == []
    assert told({"About": [*rows, [None, None, "en"]]}), "also where it is that of the example"


def test_an_answer_without_its_question_is_told() -> None:
    """Somebody deleted the label, or wrote beside the form."""
    rows = [*_ABOUT, [None, "Safe for all"], ["Language", "en", None, None, None, "or sl?"]]
    assert told({"About": rows}) == [
        (
            "CELL-1",
            "About!B3",
            "The cell holds “Safe for all”, and no question stands beside it",
        ),
        ("CELL-1", "About!F4", "The cell holds “or sl?”, and no question stands beside it"),
    ]
    assert filled_in({"About": rows})["language"] == "en"


def test_an_answer_in_the_column_of_the_help_is_told() -> None:
    """Our own help and examples are none, also where a row was copied; the rest is told."""
    title, summary = (
        next(one for one in worksheet("W11").sections[0].fields if one.path == (name,))
        for name in ("title", "summary")
    )
    head = ["About", "Your answer", "What it is", "Example"]
    rows = [
        head,
        ["Title", None, "Welding", title.example],
        ["Title (fi)", "Hitsaus", f"{title.help}\n{title.hint}", None],
        ["Summary", None, title.help, "Welding for all"],
        ["Version", "1.0", None, 1],
        [None, None, summary.help, "lost"],
    ]
    assert told({"About": rows}) == [
        ("CELL-1", place, f"The cell holds “{text}”, and no answer is read under “{heading}”")
        for place, text, heading in (
            ("About!C2", "Welding", "What it is"),
            ("About!D4", "Welding for all", "Example"),
            ("About!D6", "lost", "Example"),
        )
    ]


def test_an_answer_behind_the_answers_of_a_table_is_told() -> None:
    """In a table whose rows say where they belong, too; there an unquoted comma shifts a text."""
    rows = [
        ["Section", "Entry", "Field", "Your answer", "What it is"],
        ["About", None, "Title", "Welding", "steel"],
        [None, None, None, None, "lost"],
        ["Outcomes", "1", "Statement", "Tests it", None, "beside"],
    ]
    assert [(rule, place) for rule, place, _ in told({"": rows})] == [
        ("CELL-1", "''!E2"),
        ("CELL-1", "''!E3"),
        ("CELL-1", "''!F4"),
    ]


def test_a_column_of_one_s_own_is_asked_about_once() -> None:
    """Notes beside the answers are as welcome as a sheet with notes."""
    rows = [["About", "Your answer", "Who"], ["Title", "Welding", "Ana"], ["Version", "1", "Ben"]]
    assert told({"About": rows}) == [
        (
            "CELL-5",
            "About!C2",
            "Is anything in the column “Who” part of the description? It is not read",
        )
    ]


def test_a_label_and_its_answer_in_one_cell_are_told() -> None:
    """Text in the first column is a title or a note, unless it begins with a label of ours."""
    rows = [*_ABOUT, ["Notes: for May"], ["Summary: Welding for all"]]
    assert told({"About": rows}) == [
        (
            "CELL-1",
            "About!A4",
            "“Summary: Welding for all” is an answer outside of the column for answers, so it is "
            "not read",
        )
    ]


@each_format
@each_worksheet
def test_what_a_worksheet_says_itself_is_never_told(sheet: Worksheet, format: str) -> None:
    """Every help, every example and every paragraph of every worksheet is known as ours."""
    assert microcred.read(written(sheet, format), name=f"x.{format}").faults == ()


def test_help_and_examples_may_be_spelled_anew() -> None:
    """Excel writes dates its own way, and whoever translates a label translates its help."""
    head = ["Section", "Entry", "Field", "Your answer", "What it is", "Example"]
    assert told({"": [head, ["Quality", 1, "Until", None, None, "30/06/2026"]]}) == []
    assert told({"": [head, ["Quality", 1, "Until", None, None, "30/06/2027"]]})
    assert told({"": [head, ["About", None, "Titel", "Löten", "Wie es heißt", "Löten"]]}) == []


def test_an_older_worksheet_may_say_it_in_other_words() -> None:
    """Its help is not ours to the letter, and no answer either."""
    about = [["About", "Your answer", "What it is"], ["Title", "Welding", "Its name"]]
    older: list[list[Answer | None]] = [["Worksheet", "W11, version 0"]]
    assert told({"Start": older, "About": about}) == []
    assert told({"Start": [["Worksheet", "W11, version 1"]], "About": about})


def _with_text(content: bytes, words: str, part: str, before: bytes) -> bytes:
    """Return an office file with something more in front of the last *before* in its text."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                data = (words.encode() + before).join(data.rsplit(before, 1))
            archive.writestr(name, data)
    return target.getvalue()


def test_text_around_the_tables_of_a_document_is_told() -> None:
    """“Title: …” below a table is an answer; of other text the report asks once."""
    more = "".join(
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
        for words in ("Title: Welding", "Ask Ana", "Ask Ben")
    )
    content = written(worksheet("W02"), "docx")
    content = _with_text(content, more, "word/document.xml", b"<w:sectPr>")
    number = len(wordprocessing.sheets(content))
    faults = microcred.read(content, name="x.docx").faults
    assert [(one.rule, str(one.place), str(one.verdict.message)) for one in faults] == [
        (
            "CELL-1",
            f"below table {number}",
            "“Title: Welding” is an answer outside of the column for answers, so it is not read",
        ),
        (
            "CELL-5",
            f"below table {number}",
            "Is anything outside the tables part of the description? It is not read, and begins "
            "with “Ask Ana”",
        ),
    ]


def test_text_among_the_instructions_is_told() -> None:
    """Whoever doesn't find the questions answers there; the instructions themselves are ours."""
    start: list[list[Answer | None]] = [
        ["Worksheet", "W11, version 1"],
        ["How long", f"{worksheet('W11').minutes} minutes"],
        ["Title", "Welding"],
        [None, "Ask Ana"],
    ]
    assert told({"Start": start, "About": _ABOUT}) == [
        (
            "CELL-1",
            "Start!A3",
            "“Title: Welding” is an answer outside of the column for answers, so it is not read",
        ),
        (
            "CELL-5",
            "Start!B4",
            "Is “Ask Ana” part of the description? It stands among the instructions, where "
            "nothing is read",
        ),
    ]
    start[0][1] = "W11, version 0"
    assert told({"Start": start, "About": _ABOUT}) == []


def test_text_above_the_headings_of_a_table_is_told() -> None:
    """An answer that took the place of the help; the help and the sums are ours."""
    (outcomes,) = (one for one in worksheet("W11").sections if one.title == "Outcomes")
    says = {one.path[0]: one.help for one in outcomes.fields}
    rows: list[list[Answer | None]] = [
        ["Draft of May", "by Ana"],
        ["Part 3: Outcomes"],
        [introduction(outcomes)],
        [says["id"], "Tests a circuit"],
        ["Short name", "Statement"],
        ["LO1", "Reads a drawing"],
    ]
    asked = "Is “{}” part of the description? It stands above the headings, where nothing is read"
    assert told({"Outcomes": rows}) == [
        ("CELL-5", "Outcomes!A1", asked.format("Draft of May")),
        ("CELL-5", "Outcomes!B1", asked.format("by Ana")),
        ("CELL-5", "Outcomes!B4", asked.format("Tests a circuit")),
    ]


def _struck(content: bytes) -> list[tuple[str, str, str]]:
    faults = microcred.read(content, name="x").faults
    return [(one.rule, str(one.place), str(one.verdict.message)) for one in faults]


_STRUCK = "“{}” is struck out, and it is read as if it stood"


def test_what_is_struck_out_in_a_workbook_is_told() -> None:
    """A whole cell, and a part of its text; the first is as often meant as the second."""
    book = openpyxl.load_workbook(
        io.BytesIO(written(worksheet("W11"), "xlsx", {"title": "Welding", "version": "1"}))
    )
    cells = {cell.value: cell for row in book["About"].iter_rows(max_col=2) for cell in row}
    line = InlineFont(strike=True)
    cells["Welding"].value = CellRichText("Welding ", TextBlock(line, "and brazing"))
    cells["1"].font = openpyxl.styles.Font(strike=True)
    target = io.BytesIO()
    book.save(target)
    assert _struck(target.getvalue()) == [
        ("CELL-2", f"About!{cells[answer].coordinate}", _STRUCK.format(text))
        for answer, text in (("Welding", "and brazing"), ("1", "1"))
    ]


def test_what_is_struck_out_in_a_document_is_told() -> None:
    """In one run of it, and not in the next."""
    content = written(worksheet("W11"), "docx", {"title": "Welding"})
    run = b'<w:t xml:space="preserve">Welding</w:t></w:r>'
    line = b"<w:r><w:rPr><w:strike/></w:rPr><w:t> old</w:t></w:r><w:r><w:t> new</w:t></w:r>"
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(run, run + line))
    assert microcred.read(target.getvalue(), name="x.docx").data["title"] == "Welding old new"
    assert [(rule, said) for rule, _, said in _struck(target.getvalue())] == [
        ("CELL-2", _STRUCK.format("old"))
    ]


_TICKED = "<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"
_OPEN = "<w:checkBox><w:default w:val='0'/></w:checkBox>"


@pytest.mark.parametrize(
    ("ticked", "empty"),
    [
        ("<w:sym w:font='Wingdings' w:char='F0FE'/>", "<w:sym w:font='Wingdings' w:char='F0A8'/>"),
        (
            "<w:sym w:font='Wingdings 2' w:char='F052'/>",
            "<w:sym w:font='Wingdings 2' w:char='F0A3'/>",
        ),
        (_TICKED, _OPEN),
    ],
)
def test_only_what_is_ticked_in_a_document_is_an_answer(ticked: str, empty: str) -> None:
    """Boxes of a font of pictures, and of forms of older versions, were no boxes; all counted."""
    content = written(worksheet("W11"), "docx", {"countries": ["HR"]})
    options = f"{ticked}<w:t> SI</w:t><w:br/>{empty}<w:t> HR</w:t>"
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            text = source.read(name).replace(b">HR</w:t>", f"></w:t>{options}".encode())
            archive.writestr(name, text)
    assert microcred.read(target.getvalue(), name="x.docx").data["countries"] == ["SI"]


def test_an_answer_behind_the_hint_is_read_without_it() -> None:
    """Other software turns the hint of a control into a text, and people write behind it."""
    rows = [["About", "Your answer"], ["Title", "Write your answer here Welding"]]
    assert filled_in({"About": rows})["title"] == "Welding"


def test_the_columns_of_a_form_may_change_places() -> None:
    """The heading says in which column the answers stand."""
    rows = [["What it is", "About", "Your answer"], ["Its name", "Title", "Welding"]]
    assert filled_in({"About": rows})["title"] == "Welding"
    turned = [["Your answer", "About"], ["Welding", "Title"]]
    assert filled_in({"About": turned})["title"] == "Welding"


def test_a_sheet_of_one_s_own_is_asked_about() -> None:
    """Notes are nobody’s business, and lost answers are; only a person knows which they are."""
    rows = {"About": _ABOUT, "Ideas": [["Ask Ana"], ["Budget", 500]], "Lists": [["skill", "x"]]}
    ((rule, place, message),) = told(rows)
    assert (rule, place) == ("CELL-5", "Ideas!A1")
    assert "“Ideas”" in message
    assert "nothing on it is read (filled cells: 3)" in message


def test_an_unknown_question_is_kept() -> None:
    """A row that somebody added to a form is told in the words of the worksheet, and not lost."""
    rows = [*_ABOUT, ["Stand", "May"], ["x-room", "12"]]
    assert filled_in({"About": rows})["x-Stand"] == "May"
    assert filled_in({"About": rows})["x-room"] == "12"
    _, places = document(grids({"About": rows}), "workbook")
    assert isinstance(places, Noted)
    (fault,) = places.faults
    assert (
        str(fault.verdict.message) == "“Stand” is no question of “About”, so “May” is not checked"
    )
    assert str(fault.verdict.fix).startswith("Write the label as the worksheet has it")


def test_an_unknown_heading_of_rows_that_belong_elsewhere_is_told() -> None:
    """Their answers are kept with the entry that they belong to."""
    rows = {"Bodies": BODIES, "Body numbers": [["Body", "Scheme", "Nummer"], ["beta", "r", "123"]]}
    assert [(rule, place) for rule, place, _ in told(rows)] == [("CELL-1", "'Body numbers'!C2")]
    (number,) = filled_in(rows)["bodies"][1]["identifiers"]
    assert number == {"scheme": "r", "x-Nummer": "123"}


def test_a_text_in_several_languages() -> None:
    """The language stands behind the label, by its code or its name."""
    rows = [["About", "Your answer"], ["Title (en)", "Welding"], ["Title (Finnish)", "Hitsaus"]]
    assert filled_in({"About": rows})["title"] == {"en": "Welding", "fi": "Hitsaus"}


@pytest.mark.parametrize("language", ["fi", "Finnish"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_label_without_a_language_is_that_of_the_document(turned: bool, language: str) -> None:
    """The worksheet asks to copy a question and to name the language of the copy."""
    rows: list[list[Answer | None]] = [["Title", "Hitsaus"], ["Title (en)", "Welding"]]
    sheets = {"About": [_ABOUT[0], *rows[:: -1 if turned else 1], ["Language", language]]}
    data, places = document(grids(sheets), "workbook")
    assert data["title"] == {"fi": "Hitsaus", "en": "Welding"}  # type: ignore[index]
    assert str(places("/title/fi")) == ("About!B3" if turned else "About!B2")
    assert isinstance(places, Noted)
    assert places.faults == ()


def test_two_texts_in_the_language_of_the_document_are_two_answers() -> None:
    """One names the language, and one needn’t; where both are the same text, nothing is told."""
    rows = [*_ABOUT, ["Title (en)", "Soldering"], ["Language", "en"]]
    ((rule, place, message),) = told({"About": rows})
    assert (rule, place) == ("CELL-2", "About!B2")
    assert "“Soldering” in About!B3, which was read, and “Welding” here" in message
    rows[2][1] = "Welding"
    assert told({"About": rows}) == []
    assert filled_in({"About": rows})["title"] == {"en": "Welding"}


def test_a_text_beside_a_translation_in_a_document_without_a_language_is_kept() -> None:
    """Nothing says which language it is, and it is read all the same."""
    rows = [*_ABOUT, ["Title (fi)", "Hitsaus"]]
    assert filled_in({"About": rows})["title"] == {"und": "Welding", "fi": "Hitsaus"}


def test_the_columns_of_a_table_may_be_in_two_languages() -> None:
    """Each row of a table has texts of its own, also where some lack one of them."""
    rows = [
        ["Short name", "Statement", "Statement (fi)"],
        ["LO1", "Tests it", "Testaa"],
        ["LO2", "Mends it", None],
    ]
    about = [["About", "Your answer"], ["Language", "en"]]
    found = filled_in({"About": about, "Outcomes": rows})["outcomes"]
    assert [one["statement"] for one in found] == [{"en": "Tests it", "fi": "Testaa"}, "Mends it"]


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        ("HR; SI", ["HR", "SI"]),
        ("HR, SI", ["HR", "SI"]),
        ("HR، SI", ["HR", "SI"]),
        ("Hrvatska؛ Bosna i Hercegovina", ["Hrvatska", "Bosna i Hercegovina"]),
        ("HR\nSI\n", ["HR", "SI"]),
        ("HR – Croatia", ["HR"]),
        ("HR", ["HR"]),
    ],
)
def test_several_values_in_a_cell(written_as: str, expected: list[str]) -> None:
    """People divide values with semicolons, commas or new lines."""
    rows = [["About", "Your answer"], ["Title", "Welding"], ["Countries", written_as]]
    assert filled_in({"About": rows})["countries"] == expected


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [(50, 50), ("50", 50), ("12,5", 12.5), ("12.5", 12.5), ("50 hours", "50 hours"), (12.5, 12.5)],
)
def test_hours_as_people_write_them(written_as: Answer, expected: object) -> None:
    """A decimal comma is a number; a unit stays for the rules, which know units."""
    rows = [["Workload", "Your answer"], ["Hours", written_as], ["Calendar time", "6 weeks"]]
    assert filled_in({"Workload": rows})["workload"]["hours"] == expected


def test_points_with_their_unit_are_understood() -> None:
    """“2 ECTS” is two points for the rules."""
    rows = [["Points", "Credit system"], ["2 ECTS", "ECTS"]]
    data = filled_in(
        {
            "Workload": [["Workload", "Your answer"], ["Hours", 81]],
            "Credits": rows,
        }
    )
    (checked,) = microcred.check(data, on=DAY, select=["M7-2"]).documents
    assert isinstance(checked, Checked)
    assert [finding.rule.id for finding in checked.findings] == ["M7-2"]


@pytest.mark.parametrize("day", ["2026-06-30", 46203])
def test_a_date_as_text_or_as_the_number_of_a_day(day: Answer) -> None:
    """Spreadsheets count days from 1900 where a cell has no format of dates."""
    rows = [["Kind", "Body", "Until"], ["external", "Agency", day]]
    assert filled_in({"Quality": rows})["quality"][0]["until"] == "2026-06-30"


def test_an_identifier_stays_a_text() -> None:
    """A number in a field of texts is written out, since 0713 is no amount."""
    rows = [["About", "Your answer"], ["Title", "Welding"], ["Identifier", 4711]]
    assert filled_in({"About": rows})["id"] == "4711"


BODIES = [["Short name", "Legal name"], ["alpha", "Alpha"], ["beta", "Beta"]]


def test_a_number_finds_its_body() -> None:
    """Rows of a table beside name the entry that they belong to."""
    data = filled_in(
        {
            "Bodies": BODIES,
            "Body numbers": [["Body", "Scheme", "Value"], ["Beta", "register", "123"]],
        }
    )
    assert data["bodies"][1]["identifiers"] == [{"scheme": "register", "value": "123"}]


def test_a_number_of_nobody_is_told() -> None:
    """A row that belongs to no entry has no place in the document; everything else is read."""
    rows = {"Bodies": BODIES, "Body numbers": [["Body", "Scheme", "Value"], ["alfa", "r", "123"]]}
    _, places = document(grids(rows), "workbook")
    assert isinstance(places, Noted)
    (fault,) = places.faults
    assert (fault.rule, str(fault.place)) == ("CELL-4", "'Body numbers'!A2")
    assert str(fault.verdict.message).startswith("The row names “alfa”")
    assert "alpha" in str(fault.verdict.fix)
    assert len(filled_in(rows)["bodies"]) == 2


def test_a_question_answered_twice_is_told() -> None:
    """The first answer is read, and both are shown; the same answer twice is one."""
    rows = [["About", "Your answer"], ["Title", "Welding"], ["Title", "Soldering"]]
    ((rule, place, message),) = told({"About": rows})
    assert (rule, place) == ("CELL-2", "About!B3")
    assert message == (
        "The question has two answers: “Welding” in About!B2, which was read, and “Soldering” here"
    )
    assert filled_in({"About": rows})["title"] == "Welding"
    assert told({"About": [*rows[:2], ["Title", "Welding"]]}) == []


def test_lost_headings_are_told() -> None:
    """Cells without headings could mean anything."""
    rows = {"Outcomes": [["LO1", "skill", "Tests a circuit"]], "About": _ABOUT}
    ((rule, place, message),) = told(rows)
    assert (rule, place) == ("CELL-1", "Outcomes!A1")
    assert message.startswith("The part “Outcomes” has no row of headings")
    assert filled_in(rows)["title"] == "Welding"


_ABOUT: list[list[Answer | None]] = [["About", "Your answer"], ["Title", "Welding"]]


def test_hours_without_an_activity_are_told() -> None:
    """An amount that nobody named can’t be added to anything; the others are."""
    rows = [["Activity", "Hours of this part"], ["practice", 5], [None, 7]]
    assert told({"Hours by activity": rows, "About": _ABOUT}) == [
        (
            "CELL-1",
            "'Hours by activity'!B3",
            "The cell holds “7”, and no activity stands beside it",
        )
    ]
    data = filled_in({"Hours by activity": rows, "About": _ABOUT})
    assert data["workload"]["parts"] == {"practice": 5}


def test_an_activity_may_have_any_name() -> None:
    """Not even the name of another part, or a number, confuses the reading."""
    rows = [
        ["Activity", "Hours of this part"],
        ["Assessment", 4],
        ["2", 5],
        ["a/b", 1],
        ["Quality", None],
    ]
    found = filled_in({"Hours by activity": rows, "About": _ABOUT})
    assert found["workload"]["parts"] == {"Assessment": 4, "2": 5, "a/b": 1}


def test_an_old_workbook_of_somebody_else_is_told() -> None:
    """A budget is no worksheet, and the message names what was looked at."""
    with pytest.raises(Problem) as caught:
        filled_in({"Budget 2026": [["Item", "Amount"], ["Paper", 12]]})
    assert "This workbook is no worksheet of microcred" in caught.value.message
    assert "“Budget 2026”" in caught.value.message
    assert "“microcred catalogue check”" in caught.value.fix


@pytest.mark.parametrize(
    "headings",
    [["title", "hours", "level"], ["Title", "Level", "Language"], ["id", "title", "hours"]],
)
def test_a_small_catalogue_is_no_part_of_a_worksheet(headings: list[str]) -> None:
    """Its headings are fields from all over the description, though some head a part as well."""
    with pytest.raises(Problem, match="is no worksheet") as caught:
        filled_in({"Table": [headings, ["Welds a joint", "40", "4"]]})
    assert "“microcred catalogue check”" in caught.value.fix


def test_a_formula_without_a_result_is_told() -> None:
    """Nothing is computed here, so the file must hold the result."""
    sheets = grids({"Workload": [["Workload", "Your answer"], ["Hours", "="]]})
    sheets[0].unfinished.add((2, 2))
    _, places = document(sheets, "workbook")
    assert isinstance(places, Noted)
    assert [(fault.rule, str(fault.place)) for fault in places.faults] == [
        ("CELL-3", "Workload!B2")
    ]


def test_a_fault_is_a_finding_at_its_cell() -> None:
    """What couldn’t be placed stands in the report like everything else."""
    text = "Section,Entry,Field,Your answer\r\nAboot us,,Title,Welding\r\nAbout,,Title,=A1\r\n"
    content = text.encode() + b"About,,Language,en\r\n"
    report = microcred.check(
        microcred.read(content, name="x.csv"), on=DAY, select=["CELL-1", "CELL-3"]
    )
    assert [(one.rule.id, str(one.place)) for one in report.findings] == [
        ("CELL-1", "row 2, column A"),
        ("CELL-3", "row 3, column D"),
    ]
    assert "Did you mean “About”?" in str(report.findings[0].fix)


def test_a_hostile_file_has_bounded_faults() -> None:
    """Nobody reads more than some hundred of them."""
    rows: list[list[Answer | None]] = [HEADINGS, *[[None, None, None, "x"]] * 900]
    assert len(told({"Outcomes": rows})) == 200


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u200f", "\u00a0\u200e", "\u2068"])
def test_marks_that_nobody_sees_are_no_part_of_an_answer(mark: str) -> None:
    """They come along from web pages and Arabic texts; “skill” was no value of the list."""
    rows: list[list[Answer | None]] = [
        ["Section", "Entry", "Field", "Your answer"],
        ["About", None, f"Title{mark}", f"{mark}Welding{mark}"],
        ["About", None, "Countries", f"HR{mark}; SI{mark}"],
        ["Outcomes", 1, "Type", f"skill{mark}"],
    ]
    data = filled_in({"": rows})
    assert data["title"] == "Welding"
    assert data["countries"] == ["HR", "SI"]
    assert data["outcomes"] == [{"type": "skill"}]


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        ("1\u00a0200", 1200),
        ("1 200,5", 1200.5),
        ("'50", 50),
        ("\u00a050\u00a0", 50),
        ("٥٠", 50),
        ("٥٠٫٥", 50.5),
        ("1 2", "1 2"),
        ("1.200", "1.200"),  # the rules ask which it is
    ],
)
def test_numbers_as_texts(written_as: str, expected: object) -> None:
    """A mark of text, spaces between thousands, and the digits of other scripts."""
    rows: list[list[Answer | None]] = [["Workload", "Your answer"], ["Hours", written_as]]
    assert filled_in({"Workload": rows})["workload"]["hours"] == expected


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        ("☐ knowledge ☒ skill", "skill"),
        ("knowledge ☐ skill ☒", "skill"),
        ("knowledge ☒\nskill ☐ ", "knowledge"),
        ("Type: ☐ knowledge ☒ skill", "skill"),
        ("☑ Skill\n☐ Knowledge", "skill"),
        ("☐ skill ☐ knowledge", None),
    ],
)
def test_a_ticked_box_is_an_answer(written_as: str, expected: str | None) -> None:
    """Boxes that nobody ticked say nothing."""
    rows = [HEADINGS, ["LO1", written_as, "☐ stays in a text"]]
    assert filled_in({"Outcomes": rows})["outcomes"][0].get("type") == expected
    assert filled_in({"Outcomes": rows})["outcomes"][0]["statement"] == "☐ stays in a text"


def test_days_counted_from_1904() -> None:
    """Old workbooks of Macs count days from another year, with a format of days or without."""
    sheets = grids({"Quality": [["Kind", "Body", "Until"], ["external", "Agency", 44741]]})
    sheets[0].from_1904 = True
    data, _ = document(sheets, "workbook")
    assert data["quality"][0]["until"] == "2026-06-30"  # type: ignore[index]


_EDITS = st.fixed_dictionaries(
    {
        "blank": st.sets(st.integers(1, 60), max_size=5),
        "order": st.randoms(use_true_random=False),
        "name": st.sampled_from(["{}", "{} (2)", "Sheet {n}", "{} final"]),
        "padding": st.sampled_from(["", " ", "\u00a0"]),
    }
)


@given(_EDITS)
@settings(max_examples=15, deadline=None)
def test_what_people_do_to_a_sheet_changes_nothing(edits: dict[str, Any]) -> None:
    """Inserted rows, columns in another order, new names of sheets and stray spaces."""
    original = _some_sheets()
    changed = [_changed(sheet, number, edits) for number, sheet in enumerate(original, 1)]
    data, places = document(changed, "workbook")
    assert data == document(original, "workbook")[0]
    assert isinstance(places, Noted)
    assert places.faults == ()


def _changed(sheet: Sheet, number: int, edits: Mapping[str, Any]) -> Sheet:
    columns = list(range(1, 1 + max(max(row) for row in sheet.rows.values())))
    edits["order"].shuffle(columns)
    name = edits["name"].format(sheet.name, n=number)
    moved = Sheet(name, cell_label(name))
    for at, cells in sheet.rows.items():
        below = at + sum(1 for blank in edits["blank"] if blank <= at)
        is_title = len(cells) == 1  # and stays at the left, like an explanation
        for column, said in cells.items():
            padded = f"{edits['padding']}{said}{edits['padding']}"
            moved.put(
                below,
                column if is_title else columns[column - 1],
                padded if isinstance(said, str) else said,
            )
    return moved


@lru_cache(maxsize=1)
def _some_sheets() -> list[Sheet]:
    offer = microcred.read(OFFERS[0]).data
    wanted = ("Outcomes", "Assessment", "Quality")
    content = written(worksheet("W11"), "xlsx", offer)
    return [sheet for sheet in xlsx.sheets(content) if sheet.name in wanted]


# CSV


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_a_table_in_another_encoding_is_saved_again_where_it_was_made(encoding: str) -> None:
    """Spreadsheets have no choice of encodings, but a form of CSV that is in UTF-8."""
    with pytest.raises(Problem) as caught:
        microcred.read("Title;Зварювання\n".encode(encoding), name="x.csv")
    assert caught.value.fix == "Save it again as “CSV UTF-8”"


def test_one_exported_sheet_is_enough() -> None:
    """A sheet saved as CSV, with the semicolons of half of Europe, is read by its headings."""
    text = "\ufeffShort name;Type;Statement\r\nLO1;skill;Tests a circuit\r\n"
    data = microcred.read(text.encode(), name="outcomes.csv").data
    assert data["outcomes"] == [{"id": "LO1", "type": "skill", "statement": "Tests a circuit"}]


def test_the_columns_of_one_table_may_change_places() -> None:
    """The four headings say which column is which."""
    rows = list(csv.reader(io.StringIO((EXAMPLES / "joining/W03.csv").read_text("utf-8"))))
    turned = io.StringIO()
    csv.writer(turned).writerows([row[3], row[2], "", row[0], row[1]] for row in rows)
    credential = microcred.read(turned.getvalue().encode(), name="W03.csv")
    assert credential.data == microcred.read(EXAMPLES / "joining/W03.csv").data
    assert str(credential.where("/title")) == "row 3, column A"


def test_no_cell_of_a_table_starts_a_formula() -> None:
    """A spreadsheet that opens the file computes nothing."""
    said = {"outcomes": [{"statement": "=HYPERLINK(A1)"}, {"statement": "@x"}, {"note": "-1"}]}
    rows = list(csv.reader(io.StringIO(written(worksheet("W03"), "csv", said).decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]


# Excel


def test_no_cell_of_a_workbook_is_a_formula_of_the_reader() -> None:
    """What looks like a formula is written as text; only our own sums compute."""
    import zipfile

    said = {"outcomes": [{"statement": "=1+1"}], "title": "@SUM(1)"}
    content = written(worksheet("W03"), "xlsx", said)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in parts if b"<f>" in archive.read(name)]
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


def test_a_workbook_helps_to_fill_it_in() -> None:
    """Lists to choose from, names for areas, and questions that can’t be overwritten."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(written(worksheet("W11"), "xlsx"))) as archive:
        book = archive.read("xl/workbook.xml").decode()
        outcomes = archive.read("xl/worksheets/sheet5.xml").decode()
    assert 'name="Outcomes"' in book
    assert "Answers_Outcomes" in book
    assert "<sheetProtection" in outcomes
    assert 'insertRows="0"' in outcomes, "rows may be inserted"
    assert "<dataValidation " in outcomes
    assert 'state="frozen"' in outcomes


def test_shares_and_days_are_read_as_they_are_shown(tmp_path: Path) -> None:
    """60 % is 60, and a day is a day, whatever the number in the cell."""
    from xlsxwriter import Workbook

    path = tmp_path / "x.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet("Assessment")
        page.write_row(0, 0, ["Short name", "Weight", "Supervision and identity"])
        page.write_row(1, 0, ["A1"])
        page.write_number(1, 1, 0.6, book.add_format({"num_format": "0%"}))
        page.write_string(1, 2, "Supervised with ID")
        page = book.add_worksheet("Quality")
        page.write_row(0, 0, ["Kind", "Body", "Until"])
        page.write_row(1, 0, ["Internal", "Board"])
        page.write_number(1, 2, 46203, book.add_format({"num_format": "dd.mm.yyyy"}))
    data = microcred.read(path).data
    assert data["assessments"] == [{"id": "A1", "weight": 60, "supervision": "supervised-with-id"}]
    assert data["quality"] == [{"kind": "internal", "body": "Board", "until": "2026-06-30"}]


def test_numbers_are_what_a_spreadsheet_shows() -> None:
    """Whole where they are whole, and without the noise of binary fractions."""
    assert [xlsx.number(text) for text in ("5", "5.0", "0.30000000000000004", "1E2", "x")] == [
        5,
        5,
        0.3,
        100,
        "x",
    ]


# LibreOffice


def test_a_worksheet_says_where_it_is_checked() -> None:
    """Who works in Word reads of the page, by its title, before any command."""
    then = dict(opening(worksheet("W03")))["Then"]
    title = (
        (EXAMPLES.parent / "docs/check.md")
        .read_text("utf-8")
        .partition("\n# ")[2]
        .partition("\n")[0]
    )
    assert then.index(f"“{title}”") < then.index("microcred check")


needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: no command soffice"
)


@needs_office
@pytest.mark.parametrize(
    ("first", "then"), [("xlsx", "ods"), ("xlsx", "xlsx"), ("docx", "odt"), ("docx", "docx")]
)
def test_what_libreoffice_saves_is_read(tmp_path: Path, first: str, then: str) -> None:
    """A worksheet opens in LibreOffice, and comes back whole in its formats."""
    offer = as_text(microcred.read(OFFERS[11]).data)
    source, target = tmp_path / f"offer.{first}", tmp_path / "saved"
    source.write_bytes(written(worksheet("W11"), first, microcred.read(OFFERS[11]).data))
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", own, "--headless", "--convert-to", then, "--outdir", target, source],
        check=True,
        capture_output=True,
        timeout=120,
    )
    credential = microcred.read(target / f"offer.{then}")
    assert credential.format == f"worksheet-{then}"
    place = str(credential.where("/outcomes/0/statement"))
    assert ("!" in place) is (then in ("ods", "xlsx")), place
    assert as_text(credential.data) == offer


# The command


def test_the_command_writes_fills_and_checks(run: Any, tmp_path: Path) -> None:
    """The way of a reader: write a worksheet, filled from a draft, and check it."""
    target = tmp_path / "W03.xlsx"
    status, _, err = run("new", "W03", "--from", str(DRAFT), "--output", str(target))
    assert status == 0
    assert "Not in W03, so left out: " in err
    status, out, _ = run("check", str(target), "--on", DAY, "--format", "json")
    (checked,) = json.loads(out)["documents"]
    assert (status, checked["format"]) == (0, "worksheet-xlsx")
    assert [finding["where"] for finding in checked["findings"]] == ["Outcomes!C5"]


def test_the_command_prints_what_is_text(run: Any) -> None:
    """YAML and CSV go to standard output where no file is named."""
    status, out, _ = run("new", "w06", "--format", "yaml")
    assert status == 0
    assert yaml.safe_load(out)["x-worksheet"] == "W06"
    assert run("new", "W06", "--format", "csv")[1].startswith("Section,Entry,Field,Your answer")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("W99",), "There is no worksheet “W99”"),
        (("W03", "--format", "xlsx"), "can’t be shown here"),
        (("W03", "--output", "w03.odt"), "can’t be written as “.odt”"),
        (("W03", "--from", str(AWARDS[0])), "is an award, and W03 is a worksheet for an offer"),
        (("offer", "--format", "docx"), "Name a worksheet, such as W11"),
    ],
    ids=["unknown", "screen", "ending", "kind", "offer"],
)
def test_the_command_says_what_it_can_write(
    run: Any, arguments: tuple[str, ...], told: str
) -> None:
    """Wrong usage has a sentence and what to do."""
    status, _, err = run("new", *arguments)
    assert status == 2
    assert told in err


# The site


def test_the_site_offers_every_worksheet_in_every_format() -> None:
    """Each worksheet can be downloaded empty and as a sample, and each file can be read back."""
    import worksheets as site

    files = dict(site.files(EXAMPLES.parent))
    assert {f"{id}.{format}" for id in NAMES for format in WRITTEN} <= set(files)
    assert {f"{id}-sample.xlsx" for id in NAMES} <= set(files)
    assert {name for name in files if "to-mend" in name}
    for name in ("W03-sample.docx", "W12-sample.xlsx", "P1-to-mend.xlsx", "W16.csv"):
        data = microcred.read(files[name](), name=name).data
        assert {"title", "answers"} & data.keys(), name


@each_worksheet
def test_each_worksheet_has_its_page(sheet: Worksheet) -> None:
    """The page of a worksheet has its number and title, and draws it from its definition."""
    pages = [path.read_text("utf-8") for path in (EXAMPLES.parent / "docs/toolkit").glob("*.md")]
    (page,) = [page for page in pages if f"```{{worksheet}} {sheet.id}\n" in page]
    assert page.startswith(f"(worksheet-{sheet.id.lower()})=\n# {sheet.id} {sheet.title}\n")


@pytest.mark.parametrize("language", ["de", "fr", "es", "it"])
def test_a_worksheet_with_translated_labels_is_read(language: str) -> None:
    """Somebody translated the questions and the titles of the parts, and not the answers."""
    from microcred.messages import translate

    offer = microcred.read(
        Path(__file__).parents[1] / "examples/worked/ex01-safe-isolation/offer.yaml"
    ).data
    content = written(worksheet("W03"), "csv", offer)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    labels = {one.label for part in worksheet("W03").sections for one in part.fields}
    titles = {part.title for part in worksheet("W03").sections}
    told = [
        [translate(cell, language) if cell in labels | titles else cell for cell in row]
        for row in rows
    ]
    assert told != rows
    text = io.StringIO()
    csv.writer(text).writerows(told)
    translated = microcred.read(text.getvalue().encode(), name="W03.csv")
    assert translated.data == microcred.read(content, name="W03.csv").data
    assert translated.faults == ()
