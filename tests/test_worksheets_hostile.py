"""Office files that want to do harm, or that came to harm: each is bounded and explained."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

import microcred
from microcred.problem import Problem
from microcred.readers import container, grid, opendocument, wordprocessing, xlsx
from microcred.report import Checked
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: no command soffice"
)
SECONDS = 10  # of the processor; the longest takes three


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Return an archive with these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # OpenDocument wants the type of the file as plain bytes at its beginning.
            plain = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, plain)
    return target.getvalue()


def workbook(rows: str, head: str = "", **more: str) -> bytes:
    """Return a workbook with one sheet of these rows."""
    sheet = f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return packed(
        {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Outcomes" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            **more,
        }
    )


def cell(at: str, words: str) -> str:
    """Return a cell with its text in place."""
    return f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "Short name")}{cell("B1", "Statement")}</row>'
GOOD = f'<row r="2">{cell("A2", "LO1")}{cell("B2", "Tests a circuit")}</row>'


def spreadsheet(rows: str, kind: str = "spreadsheet", below: str = "", **more: str) -> bytes:
    """Return an OpenDocument spreadsheet with one sheet of these rows, or a text with a table."""
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f'<o:document-content xmlns:o="{OPEN}:office:1.0" '
            f'xmlns:t="{OPEN}:table:1.0" xmlns:x="{OPEN}:text:1.0"><o:body><o:{kind}>'
            f'<t:table t:name="Outcomes">{rows}</t:table>{below}</o:{kind}></o:body>'
            "</o:document-content>",
            **more,
        }
    )


def ods_row(*words: str, times: int = 1) -> str:
    """Return a row of cells."""
    cells = "".join(
        f'<t:table-cell o:value-type="string"><x:p>{word}</x:p></t:table-cell>' for word in words
    )
    return f'<t:table-row t:number-rows-repeated="{times}">{cells}</t:table-row>'


def refusal(content: bytes, name: str = "") -> Problem:
    """Return why the content isn't read, within seconds."""
    begun = time.process_time()
    with pytest.raises(Problem) as caught:
        microcred.read(content, name=name)
    assert time.process_time() - begun < SECONDS
    assert caught.value.fix
    return caught.value


def test_a_plain_workbook_is_read() -> None:
    """The workbooks of these tests are read where nothing is wrong with them."""
    assert microcred.read(workbook(HEAD + GOOD)).data["outcomes"] == [
        {"id": "LO1", "statement": "Tests a circuit"}
    ]
    assert microcred.read(spreadsheet(ods_row("Short name", "Statement") + ods_row("LO1", "Tests")))


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    """What comes out is counted, whatever the archive says of itself."""
    blanks = " " * (container.MAX_XML + 1)
    content = workbook(HEAD + blanks)
    assert len(content) < 200_000
    assert "unpacks to more than 40 MiB" in refusal(content).message


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
    ids=["entities", "file", "address"],
)
def test_a_document_type_is_refused(declared: str) -> None:
    """No entity is ever made, and nothing outside of the file is looked at."""
    assert "declares a document type" in refusal(workbook(HEAD, declared)).message


def test_half_a_million_rows_are_bounded() -> None:
    """The reading stops at the first row that is too many."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 500_000))
    content = workbook(HEAD + rows)
    assert "in a row after row 5,000" in refusal(content).message


def test_empty_rows_cost_nothing() -> None:
    """A sheet that was formatted to its end has no more in it than before."""
    last = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert len(xlsx.sheets(workbook(HEAD + GOOD + last))[0].rows) == 2


def test_a_far_cell_is_told() -> None:
    """A cell at the end of the sheet makes no sheet of that size."""
    far = f'<row r="1048576">{cell("XFD1048576", "x")}</row>'
    assert "after row 5,000" in refusal(workbook(HEAD + far)).message
    wide = f'<row r="3">{cell("XFD3", "x")}</row>'
    assert "after column GR" in refusal(workbook(HEAD + wide)).message


def test_many_cells_are_told() -> None:
    """The number of cells of a whole file is bounded."""
    row = "".join(f"<c><v>{n}</v></c>" for n in range(100))
    rows = "".join(f'<row r="{n}">{row}</row>' for n in range(2, 600))
    assert "more than 50,000 cells" in refusal(workbook(HEAD + rows)).message


@pytest.mark.parametrize("times", [5_000, 10**9, 10**30])
def test_repeated_rows_are_not_written_out(times: int) -> None:
    """A row that says it is there a billion times is told, not copied."""
    content = spreadsheet(ods_row("Short name", "Statement") + ods_row("LO1", "Tests", times=times))
    assert "after row 5,000" in refusal(content).message


def test_repeated_cells_are_not_written_out() -> None:
    """The same holds for cells."""
    far = '<t:table-cell t:number-columns-repeated="99999999"><x:p>x</x:p></t:table-cell>'
    row = f"<t:table-row>{far}</t:table-row>"
    assert "after column" in refusal(spreadsheet(row)).message


def test_blanks_that_are_repeated_stay_few() -> None:
    """A text can ask for spaces by their number."""
    cell = "<t:table-cell><x:p>a<x:s x:c='999999999'/>b</x:p></t:table-cell>"
    (sheet,) = opendocument.sheets(spreadsheet(f"<t:table-row>{cell}</t:table-row>"))
    assert len(str(sheet.rows[1][1])) <= 102


@pytest.mark.parametrize("at", [40, 5_000, 20_000, -300])
def test_changed_bytes_raise_nothing_else(at: int) -> None:
    """Bytes that changed on the way give a sentence, or are read where nobody needs them."""
    content = bytearray(written(worksheet("W03"), "xlsx"))
    content[at : at + 20] = b"\xff" * 20
    (document,) = microcred.check(bytes(content)).documents
    assert isinstance(document, Checked) or document.fix


@pytest.mark.parametrize("format", ["xlsx", "docx"])
@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.99])
def test_half_a_file_is_told(format: str, share: float) -> None:
    """A download that stopped is damaged, even where too little came to show what it is."""
    content = written(worksheet("W03"), format)
    problem = refusal(content[: int(len(content) * share)], f"W03.{format}")
    assert "damaged" in problem.message


def test_deep_nesting_is_bounded() -> None:
    """Elements inside each other without end are no worksheet."""
    assert "damaged" in refusal(workbook("<row>" * 5_000)).message


def test_macros_are_never_looked_at() -> None:
    """A workbook with macros is read for its cells; what it would run isn’t opened."""
    content = workbook(HEAD + GOOD, **{"xl/vbaProject.bin": "Sub Auto_Open()"})
    assert microcred.read(content).data["outcomes"]


def test_links_to_other_files_are_never_followed() -> None:
    """A sheet that lies elsewhere isn’t there."""
    links = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
        'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    content = workbook(HEAD, **{"xl/_rels/workbook.xml.rels": links})
    assert "no worksheet of microcred" in refusal(content).message


def test_names_of_parts_lead_nowhere() -> None:
    """A part is looked for in the archive only."""
    links = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
        'Target="../../../../etc/passwd"/></Relationships>'
    )
    assert xlsx.sheets(workbook(HEAD, **{"xl/_rels/workbook.xml.rels": links})) == []


def test_a_password_is_told() -> None:
    """An encrypted file has nothing to read, and the sentence says what to do."""
    manifest = (
        '<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    problem = refusal(spreadsheet("", **{"META-INF/manifest.xml": manifest}))
    assert problem.message.startswith("The file is protected by a password")


@pytest.mark.parametrize("name", ["~$offer.xlsx", "~$fer.docx", ".~lock.offer.ods#"])
def test_what_office_software_leaves_beside_an_open_file_is_told(name: str, tmp_path: Path) -> None:
    """A lock file has a name like the worksheet, and only a user’s name in it."""
    path = tmp_path / name
    path.write_bytes(b"\x05Ana  " + b"\0" * 158)
    with pytest.raises(Problem, match="beside a file that is open") as caught:
        microcred.read(path)
    assert caught.value.fix


def test_millions_of_elements_are_bounded() -> None:
    """Forty MiB hold eight million of them, each of which costs time."""
    content = workbook("<row/>" * 600_001)
    assert len(content) < 50_000
    assert "more than 600,000 elements" in refusal(content).message


def test_thousands_of_sheets_are_bounded() -> None:
    """One part can be a sheet under many names, and a document can hold many tables."""
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(600))
    many = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
    few = many.partition('<sheet name="S3"')[0] + "</sheets></workbook>"
    assert "more than 500 sheets" in refusal(workbook(HEAD, **{"xl/workbook.xml": many})).message
    assert len(xlsx.sheets(workbook(HEAD, **{"xl/workbook.xml": few}))) == 1
    assert "more than 500 sheets" in refusal(document("<w:tbl/>" * 600)).message


def test_a_cell_without_end_is_bounded() -> None:
    """A text of megabytes is no answer, and a format of numbers no place to lose time in."""
    long = f'<row r="2">{cell("B2", "x" * 300_000)}</row>'
    assert (
        "longer than 200,000 characters (the cell Outcomes!B2)"
        in refusal(workbook(HEAD + long)).message
    )
    links = (
        f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )
    brackets = "[" * 200_000
    styles = (
        f'<styleSheet><numFmts><numFmt numFmtId="200" formatCode="{brackets}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    )
    rows = '<row r="2"><c r="A2" s="0"><v>1</v></c></row>' * 5_000
    parts = {"xl/_rels/workbook.xml.rels": links, "xl/styles.xml": styles}
    begun = time.process_time()
    assert xlsx.sheets(workbook(HEAD + rows, **parts))[0].rows[2] == {1: 1}
    assert time.process_time() - begun < SECONDS


ODF = "application/vnd.oasis.opendocument"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.xls", OLE, "from before 2007"),
        ("x.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "with a password"),
        ("x.rtf", b"{\\rtf1 hello}", "Rich Text Format"),
        ("x.docx", b"{\\rtf1 hello}", "Rich Text Format"),
        ("x.pdf", b"%PDF-1.7", "a PDF"),
        ("x.pages", packed({"Index/Document.iwa": "x"}), "Pages, Numbers or Keynote"),
        ("x.numbers", packed({"Index.zip": "x"}), "Pages, Numbers or Keynote"),
        ("x.xlsb", packed({"xl/workbook.bin": "x"}), "binary form"),
        (
            "x.odp",
            packed({"mimetype": "application/vnd.oasis.opendocument.presentation"}),
            "neither",
        ),
        (
            "x.fods",
            b'<?xml version="1.0"?>\n<office:document xmlns:office="u">',
            "one piece of XML",
        ),
        (
            "x.xml",
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "Word or Excel in one piece",
        ),
        ("x.xls", b"<html><table><tr><td>Title</td></tr></table></html>", "XML or HTML"),
        ("x.doc", b"Dear Ana, here is the text", "from before 2007"),
        ("x.numbers", b"bplist00 rubbish", "Pages, Numbers or Keynote"),
        ("x.gsheet", b'{"url": "https://docs.google.com/x"}', "a shortcut to a document of Google"),
        ("x.zip", packed({"a.xlsx": workbook(HEAD)}), "a ZIP archive"),
    ],
)
def test_files_of_other_software_are_told(name: str, content: bytes, told: str) -> None:
    """By what is in them, and only where that tells nothing by what they are called."""
    with pytest.raises(Problem, match=re.escape(told)) as caught:
        microcred.read(content, name=name)
    assert caught.value.fix


def test_a_workbook_inside_a_document_is_none() -> None:
    """Word keeps the figures of a chart as a whole workbook, often without packing it again."""
    table = f"<w:tbl>{row('Outcomes 1', 'Your answer')}{row('Statement', 'Tests it')}</w:tbl>"
    target = io.BytesIO(document(table))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/embeddings/sheet.xlsx", workbook(HEAD))
    assert microcred.read(target.getvalue()).format == "worksheet-docx"


def test_the_document_may_have_another_name() -> None:
    """Some services call it word/document2.xml; the file itself says which part it is."""
    links = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>'
    )
    body = f"<w:tbl>{row('Outcomes 1', 'Your answer')}{row('Statement', 'Tests it')}</w:tbl>"
    content = packed(
        {
            "_rels/.rels": links,
            "word/document2.xml": f'<w:document xmlns:w="{WORD}">{body}</w:document>',
        }
    )
    assert microcred.read(content).data["outcomes"] == [{"statement": "Tests it"}]


def test_parts_that_overlap_are_damage() -> None:
    """An archive whose directory leads many times to the same bytes unpacks to any size."""
    content = bytearray(workbook(HEAD + GOOD))
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    assert "damaged" in refusal(bytes(content)).message


def test_a_damaged_name_of_a_part_is_damage() -> None:
    """A bit that fell over there was met as a fault of our own."""
    content = workbook(HEAD + GOOD).replace(
        b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x00\x08"
    )
    broken = re.sub(rb"(PK\x03\x04.{26})x", b"\\1\xff", content, flags=re.DOTALL)
    assert "damaged" in refusal(broken).message


def test_a_part_that_is_packed_in_another_way_is_not_unpacked() -> None:
    """Office software knows one way, of which no more comes out at once than is asked for."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(HEAD + GOOD))) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as archive,
    ):
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    assert "damaged" in refusal(target.getvalue()).message


def test_a_formula_stays_what_it_showed() -> None:
    """The result that the file holds is read, and nothing is computed."""
    formula = '<row r="2"><c r="B2" t="str"><f>HYPERLINK("http://x")</f><v>Tests it</v></c></row>'
    assert microcred.read(workbook(HEAD + formula)).data["outcomes"] == [{"statement": "Tests it"}]
    without = '<row r="2"><c r="B2"><f>1+1</f></c></row>'
    (fault,) = microcred.read(workbook(HEAD + without)).faults
    assert (fault.rule, str(fault.place)) == ("CELL-3", "Outcomes!B2")


@pytest.mark.parametrize("index", ["99", "-1", "x", "9" * 30])
def test_a_text_that_is_not_there_is_nothing(index: str) -> None:
    """A cell may point to no shared text."""
    row = f'<row r="2"><c r="A2" t="s"><v>{index}</v></c>{cell("B2", "Tests")}</row>'
    assert microcred.read(workbook(HEAD + row)).data["outcomes"] == [{"statement": "Tests"}]


def test_too_many_parts_are_told() -> None:
    """An archive of thousands of parts is no office file."""
    parts: dict[str, str | bytes] = {f"xl/{n}": "" for n in range(container.MAX_MEMBERS)}
    assert "more than 2,000 parts" in refusal(packed({"xl/workbook.xml": "", **parts})).message


def document(body: str) -> bytes:
    """Return a Word document."""
    return packed(
        {"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'}
    )


def row(*words: str) -> str:
    """Return a row of a table in Word."""
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>" for word in words)
    return f"<w:tr>{cells}</w:tr>"


def test_deleted_words_and_hints_are_no_answers() -> None:
    """Tracked changes count as they look when they are accepted."""
    gone = "<w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del>"
    new = "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
    hint = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )
    cells = f"<w:tr><w:tc><w:p>{gone}{new}</w:p></w:tc><w:tc><w:p>{hint}</w:p></w:tc></w:tr>"
    (table,) = wordprocessing.sheets(document(f"<w:tbl>{cells}</w:tbl>"))
    assert table.rows == {1: {1: "new"}}


@pytest.mark.parametrize("around", ["tc", "tr", "p"])
def test_the_hint_of_a_control_around_anything_is_no_answer(around: str) -> None:
    """Word puts a control into a cell, or around a cell or a row; what is in it may be local."""
    begin = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
    cells = row("Haga clic o pulse aquí para escribir texto.")
    held = cells.replace(f"<w:{around}>", f"{begin}<w:{around}>").replace(
        f"</w:{around}>", f"</w:{around}></w:sdtContent></w:sdt>"
    )
    (table,) = wordprocessing.sheets(document(f"<w:tbl>{held}{row('Title')}</w:tbl>"))
    assert table.rows == {2: {1: "Title"}}


def test_the_hint_of_a_control_in_an_opendocument_text_is_no_answer() -> None:
    """LibreOffice keeps the mark of Word under a name of its own."""
    control = '<x:content-control x:showing-place-holder="{}">Hint</x:content-control>'
    cells = ods_row(control.format("true"), control.format("false"))
    (sheet,) = opendocument.sheets(spreadsheet(cells))
    assert sheet.rows == {1: {2: "Hint"}}


def test_a_table_inside_a_cell_is_a_part_of_it() -> None:
    """Places stay those that a reader counts."""
    inner = f"<w:tbl>{row('inside')}</w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p/>{inner}<w:p/></w:tc></w:tr>{row('below')}</w:tbl>"
    (table,) = wordprocessing.sheets(document(outer))
    assert table.rows == {1: {1: "inside"}, 2: {1: "below"}}
    assert table.label(2, 1) == "table 1, row 2"


def test_cells_that_are_merged_downwards_are_known() -> None:
    """Word marks the first of them and those that go on; a cell of its own ends them."""

    def lines(*marks: str) -> str:
        return "".join(
            f"<w:tr><w:tc/><w:tc><w:tcPr>{mark}</w:tcPr></w:tc></w:tr>" for mark in marks
        )

    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    cells = lines("", begins, goes_on, goes_on, begins, goes_on, "", goes_on)
    tables = wordprocessing.sheets(
        document(f"<w:tbl>{cells}</w:tbl><w:tbl>{lines(goes_on)}</w:tbl>")
    )
    assert [one.merged for one in tables] == [[(2, 2, 4), (2, 5, 6)], []]


def test_text_around_the_tables_of_an_open_document_is_told() -> None:
    """A text of LibreOffice is read as one of Word is; the words of a table stay in the table."""
    rows = ods_row("About", "Your answer") + ods_row("Title", "Welding")
    below = "<x:p>Summary: <x:span>Welding</x:span></x:p>"
    content = spreadsheet(rows, kind="text", below=below)
    (fault,) = microcred.read(content, name="x.odt").faults
    assert (fault.rule, str(fault.place)) == ("CELL-1", "below table 1")
    assert "“Summary: Welding”" in str(fault.verdict.message)


def test_a_letter_is_no_worksheet() -> None:
    """A document without our tables gets a sentence, whether it has tables or not."""
    assert "This document is no worksheet" in refusal(document("<w:p/>")).message
    budget = f"<w:tbl>{row('Item', 'Amount')}{row('Paper', '12')}</w:tbl>"
    assert "This document is no worksheet" in refusal(document(budget)).message


def test_columns_have_their_letters() -> None:
    """Columns are counted as spreadsheets count them."""
    assert [grid.letters(n) for n in (1, 26, 27, 52, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "ZZ",
        "AAA",
    ]
    assert grid.cell_label("My 'own'")(2, 3) == "'My ''own'''!C2"


@needs_office
def test_real_files_of_the_older_kinds_are_told(tmp_path: Path) -> None:
    """What LibreOffice itself writes in formats of before 2007."""
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    (tmp_path / "w.xlsx").write_bytes(written(worksheet("W03"), "xlsx"))
    (tmp_path / "w.docx").write_bytes(written(worksheet("W03"), "docx"))
    told = {"xls": "before 2007", "rtf": "Rich Text"}
    for ending, words in told.items():
        source = tmp_path / ("w.xlsx" if ending == "xls" else "w.docx")
        subprocess.run(
            ["soffice", own, "--headless", "--convert-to", ending, "--outdir", tmp_path, source],
            check=True,
            capture_output=True,
            timeout=120,
        )
        with pytest.raises(Problem, match=words):
            microcred.read(tmp_path / f"w.{ending}")
