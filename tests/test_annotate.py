"""Findings in the person's own file: where the answers stand, with everything else as it was."""

from __future__ import annotations

import io
import re
import shutil
import struct
import subprocess
import time
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import microcred
from microcred.annotate import annotated, findings_workbook, notes
from microcred.annotate.words import COLUMNS, HEADING
from microcred.cli import main
from microcred.problem import Problem
from microcred.readers import wordprocessing, xlsx
from microcred.report import Checked
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

EXAMPLES = Path(__file__).parents[1] / "examples"
DRAFT = EXAMPLES / "drafts/first-draft.yaml"
DAY = "2026-11-01"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: no command soffice"
)


def done(content: bytes) -> tuple[bytes, Checked]:
    """Return the annotated file, and what was found in it."""
    report = microcred.check(content, on=DAY)
    (document,) = report.documents
    assert isinstance(document, Checked), document
    return annotated(content, document, report), document


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of an office file by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def with_parts(content: bytes, **new: bytes) -> bytes:
    """Return an office file with further parts, or others of the same name."""
    return archive({**parts(content), **new})


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return target.getvalue()


def comments(content: bytes) -> dict[str, str]:
    """Return the texts of all comments in a workbook by sheet and cell, as openpyxl reads them."""
    import openpyxl

    with warnings.catch_warnings(action="ignore"):  # it says what it would drop if it saved
        book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        f"{page.title}!{cell.coordinate}": cell.comment.text
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.comment
    }


def ours(content: bytes) -> dict[str, str]:
    """Return the comments that tell of findings."""
    return {cell: text for cell, text in comments(content).items() if HEADING in text}


def draft(id: str = "W11", format: str = "xlsx") -> bytes:
    """Return a draft with findings, as a worksheet."""
    return written(worksheet(id), format, microcred.read(DRAFT).data)


def picture() -> bytes:
    """Return the smallest picture (PNG)."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\0\0\0")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="module")
def rich() -> bytes:
    """Return a workbook with what libraries drop: a chart, a picture, sparklines, check boxes."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("Ana's outcomes")
        bold = book.add_format({"bold": True})
        page.write_row(0, 0, ["Short name", "Type", "Statement"])
        page.write_row(1, 0, ["LO1", "skill"])
        page.write_rich_string(1, 2, "Understand ", bold, "data", " ethics")
        page.write_comment("C2", "I like this one", {"author": "Ana"})
        page.write_comment("A1", "Ours", {"author": "Ana"})
        page.write_formula("E2", "=1+1", None, 2)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Ana''s outcomes'!$E$1:$E$3"})
        page.insert_chart("H2", chart)
        page.insert_image("H20", "x.png", {"image_data": io.BytesIO(picture())})
        page.insert_textbox("H30", "Remember the deadline")
        page.insert_checkbox("G1", True)
        page.add_sparkline("F1", {"range": "'Ana''s outcomes'!E1:E3"})
        page.conditional_format("E1:E9", {"type": "data_bar", "data_bar_2010": True})
        page.data_validation("B2:B9", {"validate": "list", "source": ["skill", "knowledge"]})
        page.print_area("A1:F20")
        book.define_name("Mine", "='Ana''s outcomes'!$A$1")
    return target.getvalue()


# Workbooks


def test_each_finding_stands_at_its_cell() -> None:
    """A comment at the place that the report names, with rule, level, what is so and the fix."""
    content, document = done(draft())
    found = ours(content)
    places = {str(one.place) for one in document.findings if "!" in str(one.place)}
    assert places == set(found)
    assert found["Outcomes!C5"].splitlines()[:2] == [HEADING, "M6-2 (advice, not met)"]
    assert "\nFix: " in found["Outcomes!C5"]


def test_the_list_has_a_row_for_each_finding() -> None:
    """Rule, level, place, what is so, fix, reason, source and where it is explained."""
    content, document = done(draft())
    (sheet,) = [one for one in xlsx.sheets(content) if one.name == "Findings"]
    rows = [[row.get(column, "") for column in range(1, 9)] for row in sheet.rows.values()]
    first = rows.index(list(COLUMNS)) + 1
    assert [row[0] for row in rows[first:]] == [one.rule.id for one in document.findings]
    assert all(all(row) for row in rows[first:])
    said = {str(row[0]): row[1] for row in rows[:first] if row[0] != HEADING}
    assert str(said["Profile"]).startswith("eu-2022 ")
    assert said["Checked on"] == DAY
    assert "no decision about recognition" in str(said["Note"])


def test_a_place_in_the_list_leads_to_its_cell() -> None:
    """A click on the place opens the cell."""
    content, _ = done(draft())
    import openpyxl

    page = openpyxl.load_workbook(io.BytesIO(content))["Findings"]
    links = {cell.value: cell.hyperlink.location for row in page for cell in row if cell.hyperlink}
    assert links["Outcomes!C5"] == "Outcomes!C5"


@pytest.mark.parametrize("id", ["W03", "W06", "W11"])
def test_nothing_else_in_our_worksheets_changes(id: str) -> None:
    """Parts are kept byte for byte; those that are added to are the same without the additions."""
    original = draft(id)
    _unchanged(parts(original), parts(done(original)[0]))


def test_nothing_in_a_rich_workbook_changes(rich: bytes) -> None:
    """Charts, pictures, text boxes, sparklines, check boxes, names and formulas stay."""
    content, _ = done(rich)
    before, after = parts(rich), parts(content)
    _unchanged(before, after)
    kept = ("xl/charts/chart1.xml", "xl/media/image1.png", "xl/drawings/drawing1.xml")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert comments(content)["Ana's outcomes!C2"].startswith("I like this one")


def _unchanged(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    assert list(before) == list(after)[: len(before)]
    for name, part in before.items():
        if after[name] != part:
            assert _without_additions(after[name]) == _without_additions(part), name


# What we add carries its own namespace, so that it can be told from everything else.
_ADDED = re.compile(
    rb"<(legacyDrawing|sheet|author|comment|r|font|fill|border|xf|Override|Default|Relationship) "
    rb'xmlns="[^"]+"(?:[^>]*/>|.*?</\1>)',
    re.DOTALL,
)
_BOXES = re.compile(rb"<(v:shape|v:shapetype) xmlns.*?</\1>", re.DOTALL)
_COUNTS = re.compile(rb'(<(?:fonts|fills|borders|cellXfs)) count="\d+"')


def _without_additions(xml: bytes) -> bytes:
    return _COUNTS.sub(rb"\1", _BOXES.sub(b"", _ADDED.sub(b"", xml)))


def test_what_is_read_stays_the_same(rich: bytes) -> None:
    """The annotated file holds the same description: comments and list are no answers."""
    for original in (draft(), rich):
        content, _ = done(original)
        assert microcred.read(original).data == microcred.read(content).data


def test_a_second_check_replaces_what_the_first_wrote() -> None:
    """Who mends a cell and checks again finds no old comment there, and one list."""
    offer: dict[str, Any] = dict(microcred.read(DRAFT).data)
    first, document = done(written(worksheet("W03"), "xlsx", offer))
    again, _ = done(first)
    assert ours(first) == ours(again) != {}
    assert len(xlsx.sheets(first)) == len(xlsx.sheets(again))
    clean = annotated(again, _without_findings(document))
    assert ours(clean) == {}
    notes = comments(written(worksheet("W03"), "xlsx", offer))
    assert {cell: len(text) for cell, text in comments(clean).items()} == {
        cell: len(text) for cell, text in notes.items()
    }


def _without_findings(document: Checked) -> Checked:
    from dataclasses import replace

    return replace(document, findings=())


def test_a_comment_of_a_person_stays(rich: bytes) -> None:
    """Ours follows it in the same box, and goes again without it."""
    content, document = done(rich)
    text = comments(content)["Ana's outcomes!C2"]
    assert text.startswith(f"I like this one\n\n{HEADING}\nM6-4 (advice, not met)")
    clean = annotated(content, _without_findings(document))
    assert comments(clean)["Ana's outcomes!C2"] == "I like this one"
    assert comments(clean)["Ana's outcomes!A1"] == "Ours"


def test_a_conversation_is_not_touched(rich: bytes) -> None:
    """Where people answer each other at a cell, office software shows nothing else."""
    texts = parts(rich)["xl/comments1.xml"].replace(b">Ana<", b">tc={1-2}<")
    talk = with_parts(rich, **{"xl/comments1.xml": texts})
    content, document = done(talk)
    assert comments(content)["Ana's outcomes!C2"] == "I like this one"
    assert document.findings[0].message.text() in str(
        [list(row.values()) for row in xlsx.sheets(content)[-1].rows.values()]
    )


def test_no_text_of_a_finding_can_start_a_formula() -> None:
    """Whatever stands in the draft, the list and the comments hold texts only."""
    said = {"title": "=HYPERLINK(1)", "outcomes": [{"statement": "=1+1"}, {"statement": "@SUM(1)"}]}
    after = parts(done(written(worksheet("W11"), "xlsx", said))[0])
    (sheet,) = [xml for name, xml in after.items() if HEADING.encode() in xml and "sheet" in name]
    assert b"<f" not in sheet.replace(b"<font", b"")
    assert set(re.findall(rb' t="(\w+)"', sheet)) == {b"inlineStr"}


def test_the_same_file_gives_the_same_bytes() -> None:
    """No clock is in what is written."""
    original = draft("W03")
    assert done(original)[0] == done(original)[0]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("_xmlsignatures/sig1.xml", "is signed"),
        ("xl/vbaProject.bin", "holds macros"),
        ("xl/revisions/revisionLog1.xml", "records who changed what"),
    ],
)
def test_what_would_come_to_harm_is_left_alone(part: str, told: str) -> None:
    """Seals, macros and shared workbooks: the reason is said, and the findings go elsewhere."""
    with pytest.raises(Problem, match=told):
        done(with_parts(draft("W03"), **{part: b"x"}))


@pytest.mark.parametrize("format", ["xlsx", "docx"])
@pytest.mark.parametrize("broken", [None, b"", b"<a/>"], ids=["gone", "empty", "other"])
def test_a_broken_part_raises_nothing_else(format: str, broken: bytes | None) -> None:
    """Whichever part of a file is damaged, it gets a sentence, or nobody needs that part."""
    original, document = done(draft("W03", format))
    for name in parts(original):
        kept = {key: part for key, part in parts(original).items() if key != name}
        with suppress(Problem):
            annotated(archive({**kept, **({} if broken is None else {name: broken})}), document)


def test_a_comment_on_every_cell_takes_no_time() -> None:
    """Thousands of comments are looked through once."""
    text = "<text><t>x</t></text>"
    cells = "".join(f'<comment ref="A{n}" authorId="0">{text}</comment>' for n in range(1, 20_000))
    xml = (
        f'<comments xmlns="{MAIN}"><authors><author>Ana</author></authors>'
        f"<commentList>{cells}</commentList></comments>"
    )
    begun = time.process_time()
    noted = notes.comments(xml.encode(), {"A5": "M6-2", "B1": "M6-4"})
    assert noted.new == ("B1",)
    assert time.process_time() - begun < 5


def test_a_part_that_is_there_twice_is_told() -> None:
    """Programs differ in which of the two they open."""
    target = io.BytesIO(draft("W03"))
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("docProps/app.xml", b"x")
    with pytest.raises(Problem, match=r"“docProps/app.xml” twice"):
        done(target.getvalue())


def test_findings_alone_make_a_workbook() -> None:
    """For files into which nothing can be put."""
    report = microcred.check(DRAFT, on=DAY)
    (document,) = report.documents
    assert isinstance(document, Checked)
    content = findings_workbook(document, report)
    (sheet,) = xlsx.sheets(content)
    assert sheet.rows[1][1] == HEADING
    assert content == findings_workbook(document, report)
    with pytest.raises(Problem, match="no worksheet of microcred"):
        microcred.read(content)


# Documents


def test_each_finding_stands_at_its_answer_in_a_document() -> None:
    """Word and LibreOffice show the comment beside the answer; the words stay as they are."""
    from docx import Document

    original = draft("W11", "docx")
    content, document = done(original)
    found = Document(io.BytesIO(content))
    texts = [comment.text for comment in found.comments]
    assert {comment.author for comment in found.comments} == {"microcred"}
    assert sum(text.count("\nFix: ") for text in texts) == len(document.findings)
    for finding in document.findings:
        numbers = re.fullmatch(r"table (\d+), row (\d+)", str(finding.place))
        assert numbers
        cell = found.tables[int(numbers[1]) - 1].rows[int(numbers[2]) - 1].cells[1]
        (id,) = re.findall(r'<w:commentReference w:id="(\d+)"', cell._tc.xml)
        assert f"{finding.rule.id} (" in texts[int(id)]
    assert wordprocessing.sheets(content)[3].rows == wordprocessing.sheets(original)[3].rows
    assert microcred.read(content).data == microcred.read(original).data
    assert done(content)[0] == content
    assert annotated(content, _without_findings(document)).count(b"x") > 0
    without = parts(annotated(content, _without_findings(document)))
    assert without["word/document.xml"] == parts(original)["word/document.xml"].replace(
        b"/>", b"/>"
    )


def test_comments_of_people_stay_in_a_document() -> None:
    """Ours get other numbers, and go again without theirs."""
    from docx import Document

    own = Document(io.BytesIO(draft("W03", "docx")))
    paragraph = own.paragraphs[0]
    own.add_comment(paragraph.runs, "What a title", author="Ana", initials="A")
    target = io.BytesIO()
    own.save(target)
    content, document = done(target.getvalue())
    found = list(Document(io.BytesIO(content)).comments)
    assert {one.author for one in found} == {"Ana", "microcred"}
    assert len({one.comment_id for one in found}) == len(found)
    (kept,) = Document(io.BytesIO(annotated(content, _without_findings(document)))).comments
    assert (kept.author, kept.text) == ("Ana", "What a title")


def test_empty_paragraphs_and_nested_tables_take_comments() -> None:
    """Word writes an empty paragraph as one tag; a table inside a cell shifts no row."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [("Outcomes 1", "Your answer"), ("Statement", "Understand data ethics")]
    inner = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    table = "".join(f"<w:tr>{cell.format(a)}{cell.format(b)}</w:tr>" for a, b in rows)
    table += f"<w:tr>{cell.format('Note')}<w:tc>{inner}<w:p w:rsidR='1'/></w:tc></w:tr>"
    table += f"<w:tr>{cell.format('Type')}<w:tc><w:p/></w:tc></w:tr>"
    body = (
        f'<w:document xmlns:w="{word}"><w:body><w:p/><w:tbl>{table}</w:tbl></w:body></w:document>'
    )
    original = with_parts(draft("W03", "docx"), **{"word/document.xml": body.encode()})
    content, document = done(original)
    after = parts(content)["word/document.xml"].decode()
    assert document.findings
    assert after.count("commentReference") == len({str(one.place) for one in document.findings})
    assert wordprocessing.sheets(content)[0].rows == wordprocessing.sheets(original)[0].rows


# The command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    """Run the command line in a folder of its own; returns status, standard output and errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.xlsx").write_bytes(draft("W03"))
    (tmp_path / "draft.docx").write_bytes(draft("W03", "docx"))

    def call(*args: str) -> tuple[int, str, str]:
        status = main(["check", *args, "--on", DAY])
        return status, *capfd.readouterr()

    return call


def test_the_command_writes_a_copy(run: Any) -> None:
    """The report is shown as always, and a sentence says where the findings are."""
    status, out, err = run("draft.xlsx", "--annotate", "out.xlsx")
    assert status == 0
    assert "M6-2" in out
    assert err == "The findings are in out.xlsx, as comments by “microcred”.\n"
    assert ours(Path("out.xlsx").read_bytes())
    assert not ours(Path("draft.xlsx").read_bytes())


def test_the_command_fills_a_folder(run: Any) -> None:
    """Several files keep their names."""
    Path("out").mkdir()
    assert run("draft.xlsx", "draft.docx", str(DRAFT), "--annotate", "out")[0] == 1
    names = sorted(path.name for path in Path("out").iterdir())
    assert names == ["draft.docx", "draft.xlsx", "first-draft-findings.xlsx"]


def test_the_command_writes_into_the_file_only_when_asked(run: Any) -> None:
    """--in-place says so; naming the file itself does not."""
    original = Path("draft.xlsx").read_bytes()
    status, _, err = run("draft.xlsx", "--annotate", "draft.xlsx")
    assert (status, Path("draft.xlsx").read_bytes()) == (2, original)
    assert "would be lost" in err
    assert run("draft.xlsx", "--in-place")[0] == 0
    assert ours(Path("draft.xlsx").read_bytes())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("draft.xlsx", "--annotate", "o.docx"), "doesn’t end in .xlsx"),
        (("draft.xlsx", "draft.docx", "--annotate", "o.xlsx"), "2 files are checked"),
        (("draft.xlsx", "--annotate", "o.xlsx", "--in-place"), "Keep one of them"),
        (("-", "--annotate", "o.xlsx"), "standard input"),
        (("draft.xlsx", "--annotate", "nowhere/o.xlsx"), "doesn’t exist"),
    ],
    ids=["ending", "several", "both", "input", "folder"],
)
def test_the_command_says_where_findings_can_go(
    run: Any, arguments: tuple[str, ...], told: str
) -> None:
    """Wrong usage has a sentence and what to do."""
    status, _, err = run(*arguments)
    assert status == 2
    assert told in err


def test_each_credential_of_a_record_has_a_workbook_of_findings(run: Any) -> None:
    """The name of one of them, with its number, was looked for as the name of a file."""
    assert run(str(EXAMPLES / "foreign/record-two-badges-clr.json"), "--annotate", ".")[0] != 2
    assert sorted(path.name for path in Path.cwd().glob("record*")) == [
        "record-two-badges-clr-findings-1.xlsx",
        "record-two-badges-clr-findings-2.xlsx",
    ]


def test_other_formats_get_a_workbook_of_findings(run: Any) -> None:
    """YAML has no comments that a report could write."""
    status, _, err = run(str(DRAFT), "--annotate", "o.xlsx")
    assert status == 1
    assert "The findings are in a workbook of their own, o.xlsx." in err
    assert xlsx.sheets(Path("o.xlsx").read_bytes())[0].name == "Findings"


# LibreOffice


@needs_office
def test_libreoffice_opens_and_keeps_what_was_written(tmp_path: Path) -> None:
    """Comments and list come through it, and the file is still the same worksheet."""
    target = tmp_path / "saved"
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", own, "--headless", "--convert-to"]
    for format in ("xlsx", "docx"):
        (tmp_path / f"x.{format}").write_bytes(done(draft("W03", format))[0])
    for format in ("xlsx", "docx"):
        subprocess.run(
            [*convert, format, "--outdir", target, tmp_path / f"x.{format}"],
            check=True,
            capture_output=True,
            timeout=120,
        )
    saved = (target / "x.xlsx").read_bytes()
    assert list(ours(saved)) == ["Outcomes!C5"]
    assert microcred.read(saved).data == microcred.read(draft("W03")).data
    again, _ = done(saved)
    assert list(ours(again)) == ["Outcomes!C5"]
    assert ours(again)["Outcomes!C5"].count(HEADING) == 1
    assert len(xlsx.sheets(again)) == len(xlsx.sheets(saved))
    text = (target / "x.docx").read_bytes()
    assert b"Findings of microcred" in parts(text)["word/comments.xml"]
