"""Sources of catalogues: tables as institutions publish them, arrays, folders, archives."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter

from microcred.catalogues.records import loads, unwrapped
from microcred.catalogues.sources import prepared
from microcred.catalogues.tables.cells import READERS
from microcred.catalogues.tables.columns import guessed
from microcred.catalogues.tables.mapping import ColumnMap, read_mapping
from microcred.cli import main
from microcred.problem import Problem

RECORD = {"microcred": 1, "kind": "offer", "title": "Welding", "language": "en"}


def read(path: Path | str, folder: Path, mapping: ColumnMap | None = None) -> list[tuple]:
    """Return place and data of each record; what can't be read is its sentence."""
    found = prepared(str(path), folder / "run", mapping or ColumnMap(), lambda _line: None)
    lines = found.path.read_bytes().splitlines()
    if not found.wrapped:
        return [(f"line {number}", loads(line)) for number, line in enumerate(lines, 1)]
    return [_one(*unwrapped(line)) for line in lines]


def _one(place: str, record: bytes, cells: dict[str, str]) -> tuple:
    if record.startswith(b"!"):
        return (place, record[1:].split(b"\t")[0].decode())
    return (place, loads(record), cells) if cells else (place, loads(record))


# -- Headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Titel der Micro-Credential", "title"),
        ("TITLE (en)", "title"),
        ("title_fi", "title"),
        ("Intitulé de la formation", "title"),
        ("Denominación", "title"),
        ("Τίτλος", "title"),
        ("Umfang (h)", "hours"),
        ("Workload in hours (total)", "hours"),
        ("ECTS", "credits"),
        ("Anzahl ECTS-Punkte", "credits"),
        ("EQF/NQF level", "level"),
        ("Niveau CEC", "level"),
        ("Unterrichtssprache(n)", "languages"),
        ("Modalidad", "mode"),
        ("Akkreditiert bis", "quality until"),
        ("Lerning outcomes", "outcomes"),
        ("Internal remark 7", ""),
        ("x", ""),
        ("", ""),
    ],
)
def test_headings_are_known_in_many_words(heading: str, field: str) -> None:
    """A heading is known by its words, near spellings, and words around it."""
    (column,) = guessed({1: heading})
    assert column.field == field


def test_a_slip_is_asked_about() -> None:
    """What is too far from any known word is not read, and the nearest is named."""
    (column,) = guessed({1: "Preisse"})
    assert (column.field, column.near) == ("", "price")


def test_two_columns_for_one_field_are_told() -> None:
    """The first one wins, and the second isn't silently dropped."""
    first, second = guessed({1: "Title", 2: "Course title"})
    assert (first.field, second.field, second.near) == ("title", "", "title")


# -- Cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "heading", "cell", "expected"),
    [
        ("credits", "ECTS", "5", [{"points": 5, "system": "ECTS"}]),
        ("credits", "Credits", "5 ECTS", [{"points": 5, "system": "ECTS"}]),
        ("credits", "Credits", 5, [{"points": 5}]),
        ("credits", "ECTS-Punkte", "2,5", [{"points": 2.5, "system": "ECTS"}]),
        ("credits", "Punkte", "3,0 LP", [{"points": 3, "system": "LP"}]),
        ("hours", "Hours", "125 h", "125 h"),
        ("hours", "Hours", "62,5", 62.5),
        ("hours", "Hours", 125.0, 125),
        ("level", "Level", "EQF 6", {"eqf": 6}),
        ("level", "EQF", 6, {"eqf": 6}),
        ("level", "Niveau", "Niveau 5", {"eqf": 5}),
        (
            "level",
            "DQR-Niveau",
            "EQR 6 / DQR 6",
            {"eqf": 6, "national": [{"framework": "DQR", "level": "6"}]},
        ),
        ("level", "DQR-Niveau", "6", {"national": [{"framework": "DQR", "level": "6"}]}),
        ("level", "Level", "NFQ Level 9", {"national": [{"framework": "NFQ", "level": "9"}]}),
        ("languages", "Sprache", "Deutsch, Englisch", ["de", "en"]),
        ("languages", "Langue", "français et anglais", ["fr", "en"]),
        ("languages", "Language", "en/fi", ["en", "fi"]),
        ("languages", "Språk", "svenska och engelska", ["sv", "en"]),
        ("countries", "Countries", "Bosnia and Herzegovina, Croatia", ["BA", "HR"]),
        ("languages", "Language", "Klingon", ["Klingon"]),
        ("mode", "Form", "Präsenz", "onsite"),
        ("mode", "Form", "semipresencial", "blended"),
        ("mode", "Form", "en ligne", "online"),
        ("fields", "ISCED", 713, ["0713"]),
        ("fields", "ISCED", "0713; 0912", ["0713", "0912"]),
        ("stacking", "Stackable", "ja", "stackable"),
    ],
)
def test_cells_are_read_as_people_fill_them(
    kind: str, heading: str, cell: object, expected: object
) -> None:
    """Amounts with units, frameworks with levels, lists in words of several languages."""
    assert READERS[kind](cell, heading) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        "After the course you will be able to:\n- plan a audit\n- lead a team",
        "• plan a audit\n• lead a team",
        "1. plan a audit 2. lead a team",
        "1) plan a audit\n2) lead a team",
        "plan a audit; lead a team",
        "plan a audit\n\nlead a team\n",
    ],
)
def test_outcomes_in_one_cell(cell: str) -> None:
    """Bullets, numbers, lines and semicolons divide outcomes; an opening line is none."""
    statements = [item["statement"] for item in READERS["outcomes"](cell, "")]
    assert statements == ["plan a audit", "lead a team"]


# -- Tables --------------------------------------------------------------------------------------

TABLE = """\
Centre for Lifelong Learning;;;
Catalogue 2026, as of 1 March;;;
;;;
Title (en);Title (fi);Provider;Hours;Remark
Welding;Hitsaus;Alpha;50;x
;;;
Faculty of Arts;;;
Drawing;;;25;
Title (en);Title (fi);Provider;Hours;Remark
Sewing;;Beta;"1
2";
No responsibility is taken;;;
"""


def test_a_table_with_titles_blanks_and_notes(tmp_path: Path) -> None:
    """Headings are found below titles; sections, repeated headings and notes are no records."""
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    found = read(path, tmp_path)
    assert [place for place, *_ in found] == ["row 5", "row 8", "row 10"]
    place, data, cells = found[0]
    assert data["title"] == {"en": "Welding", "fi": "Hitsaus"}
    assert data["bodies"] == [{"name": "Alpha", "roles": ["awarding"]}]
    assert cells["/workload/hours"] == "row 5, column D"
    assert place == "row 5"


def test_a_mapping_file(tmp_path: Path) -> None:
    """Own headings, constants, and values that hold for the rows below."""
    path = tmp_path / "t.csv"
    path.write_text("Was,Wer\nWelding,Alpha\nDrawing,\n", encoding="utf-8")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "columns: {Was: title@de, Wer: provider}\nfill down: [provider]\n"
        "constants: {language: de, bodies: [{country: AT}]}\n",
        encoding="utf-8",
    )
    found = [data for _, data, _ in read(path, tmp_path, read_mapping(mapping))]
    assert [data["title"] for data in found] == [{"de": "Welding"}, {"de": "Drawing"}]
    assert {data["bodies"][0]["name"] for data in found} == {"Alpha"}
    assert found[1]["countries"] == ["AT"]


def test_a_mapping_file_for_another_table(tmp_path: Path) -> None:
    """A heading that no column has is told; a single field to fill down needs no list."""
    path, mapping = tmp_path / "t.csv", tmp_path / "m.yaml"
    path.write_text("Title,Provider\nWelding,Alpha\nDrawing,\n", encoding="utf-8")
    mapping.write_text("columns: {Titel: title}\nfill down: provider\n", encoding="utf-8")
    told: list[str] = []
    found = prepared(str(path), tmp_path / "run", read_mapping(mapping), told.append)
    assert told[0] == "The mapping file names headings that no column has: “Titel”."
    assert found.path.read_text(encoding="utf-8").count("Alpha") == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("columns: {Was: titel}", "Did you mean title"),
        ("colums: {}", "“colums” in"),
        ("- a", "isn’t made of"),
        ("columns: {Was: title@xx}", "the language “xx”"),
        ("fill down: [providor]", "Did you mean provider"),
        ("heading row: abc", "Write the number of the row"),
        ("constants: hello", "no “field: value” lines"),
        ("constants: {foo: bar}", "“foo”, which is no field"),
        ("kind: award", "“kind” in"),
    ],
)
def test_a_mapping_file_with_a_slip(text: str, told: str, tmp_path: Path) -> None:
    """What a mapping file names wrongly is told with what is near."""
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        read_mapping(path)
    assert told in str(caught.value)


def test_a_table_in_an_older_encoding(tmp_path: Path) -> None:
    """The encoding is never guessed: it is asked for, and then used."""
    path = tmp_path / "t.csv"
    path.write_bytes("Titel;Stunden\nSchweißen;50\n".encode("cp1252"))
    with pytest.raises(Problem, match="isn’t in the encoding UTF-8") as refused:
        read(path, tmp_path)
    assert "It looks like Windows-1252 (western Europe): try --encoding cp1252" in refused.value.fix
    (_, data, _) = read(path, tmp_path, ColumnMap(encoding="cp1252"))[0]
    assert data["title"] == "Schweißen"


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is one endless line stops at a bound that is named."""
    from microcred.catalogues.tables import grids

    monkeypatch.setattr(grids, "MOST_LINE", 1_000)
    path = tmp_path / "t.csv"
    path.write_text("Title,Hours\nWelding,50\n" + "a,b," * 1_000, encoding="utf-8")
    with pytest.raises(Problem, match="has more than 1,000 characters"):
        read(path, tmp_path)


def test_a_row_of_very_many_cells_is_refused(tmp_path: Path) -> None:
    """One long text, cut at its semicolons, took half a minute."""
    path = tmp_path / "t.csv"
    path.write_text(f'Title,Provider\nA,"{"x; " * 20_000}"\n', encoding="utf-8")
    with pytest.raises(Problem, match="A row of the table has more than 10,000 cells"):
        read(path, tmp_path)


def test_a_table_without_headings_is_told(tmp_path: Path) -> None:
    """Where nothing is known, a mapping file is asked for."""
    path = tmp_path / "t.csv"
    path.write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    with pytest.raises(Problem, match="No row of the table has headings"):
        read(path, tmp_path)


def test_a_workbook(tmp_path: Path) -> None:
    """Sheets with records are read, merged cells hold for each row, dates and places are kept."""
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write("A1", "Read me")
        sheet = book.add_worksheet("Offers 2026")
        sheet.merge_range("A1:D1", "Our micro-credentials")
        for column, heading in enumerate(("Provider", "Title", "Workload (hours)", "EQF")):
            sheet.write(2, column, heading)
        sheet.merge_range("A4:A5", "Alpha")
        for row, cells in ((3, ("Welding", 50, 4)), (4, ("Drawing", "25 h", "EQF 5"))):
            for column, value in enumerate(cells, 1):
                sheet.write(row, column, value)
    found = read(path, tmp_path)
    assert [place for place, *_ in found] == ["Offers 2026, row 4", "Offers 2026, row 5"]
    assert [data["bodies"][0]["name"] for _, data, _ in found] == ["Alpha", "Alpha"]
    assert found[1][1]["level"] == {"eqf": 5}
    assert found[1][2]["/workload/hours"] == "'Offers 2026'!C5"


def test_a_table_of_any_length(tmp_path: Path) -> None:
    """A CSV file may have more rows than a worksheet."""
    path = tmp_path / "t.csv"
    path.write_text("Title,Hours\n" + "".join(f"Course {n},{n}\n" for n in range(1, 6001)))
    assert len(read(path, tmp_path)) == 6000


# -- Other sources -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([RECORD, RECORD]),
        json.dumps([RECORD, RECORD], indent=2),
        json.dumps({"total": 2, "next": None, "items": [RECORD, RECORD]}),
        json.dumps({"meta": {"total": 2, "page": 1}, "data": [RECORD, RECORD]}),
        "\ufeff" + json.dumps({"@graph": [RECORD, RECORD]}, indent=1),
    ],
    ids=["compact", "indented", "envelope", "envelope of an interface", "graph"],
)
def test_a_json_array(text: str, tmp_path: Path) -> None:
    """An array is read record by record, also inside of an object."""
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    assert read(path, tmp_path) == [("record 1", RECORD), ("record 2", RECORD)]


def test_an_array_is_cut_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Brackets and quotation marks in texts, and chunks that end inside them, change nothing."""
    from microcred.catalogues import arrays

    tricky = {"title": 'a ] } "quoted" \\ text [', "more": [{"deep": ["x"]}]}
    path = tmp_path / "a.json"
    path.write_text(json.dumps([tricky, RECORD, tricky]), encoding="utf-8")
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr(arrays, "_CHUNK", size)
        with path.open("rb") as stream:
            assert [json.loads(one or b"") for one in arrays.elements(stream)] == [
                tricky,
                RECORD,
                tricky,
            ]


def test_a_text_beyond_the_bound_costs_no_memory() -> None:
    """Nine megabytes of escapes in one text are passed over, and the next record is read."""
    from microcred.catalogues import arrays

    text = b'[{"a": "' + b"x\\n" * 3_000_000 + b'"}, {"b": 1}]'
    tracemalloc.start()
    assert list(arrays.elements(io.BytesIO(text))) == [None, b'{"b": 1}']
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000


def test_a_broken_array_keeps_what_was_whole(tmp_path: Path) -> None:
    """A record with a fault is told; an array that doesn't end is told after its last record."""
    path = tmp_path / "a.json"
    path.write_text(f"[{json.dumps(RECORD)}, {{'a': 1}}, {json.dumps(RECORD)}, {{")
    found = prepared(str(path), tmp_path / "run", ColumnMap(), lambda _line: None)
    places = [line.split(b"\t")[0] for line in found.path.read_bytes().splitlines()]
    assert places == [b"record 1", b"record 2", b"record 3", b"after record 3"]


def test_a_sheet_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The sheets that are there are named, and no empty folder is left behind."""
    monkeypatch.chdir(tmp_path)
    with xlsxwriter.Workbook("a.xlsx") as workbook:
        for name in ("Offers", "Notes"):
            workbook.add_worksheet(name).write_row(0, 0, ("Title", "Hours"))
    Path("a.csv").write_text("Title,Hours\nA,1\n")
    for source, words in (
        ("a.xlsx", "There is no sheet “Nope”: there are “Offers”, “Notes”"),
        ("a.csv", "There is no sheet “Nope”, since the table has no sheets"),
    ):
        assert main(["catalogue", "check", source, "--sheet", "Nope"]) == 2
        assert words in capfd.readouterr().err
    assert sorted(path.name for path in Path().iterdir()) == ["a.csv", "a.xlsx"]


def test_what_a_workbook_hides_is_told(tmp_path: Path) -> None:
    """Old offers on a hidden sheet, and rows that a filter hides, were read without a word."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("Offers", "Archive"):
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(
                [("Title", "Provider", "Hours"), ("A", "P", 5), ("B", "P", 6)]
            ):
                sheet.write_row(row, 0, cells)
        workbook.get_worksheet_by_name("Archive").hide()
        workbook.get_worksheet_by_name("Offers").set_row(2, None, None, {"hidden": True})
    told: list[str] = []
    found = prepared(str(path), tmp_path / "run", ColumnMap(), told.append)
    assert len(found.path.read_bytes().splitlines()) == 4
    assert "Columns of “Archive”, a sheet that the workbook hides, headings in row 1:" in told
    hidden = [line for line in told if "hides are read" in line]
    assert len(hidden) == 1
    assert ": 3. Delete" in hidden[0]


def _places(text: str, folder: Path) -> list[tuple[str, str]]:
    """Return the place of each record of a JSON file, and its content or why it isn't read."""
    path = folder / "a.json"
    path.write_text(text, encoding="utf-8")
    found = prepared(str(path), folder / "run", ColumnMap(), lambda _line: None)
    lines = found.path.read_text(encoding="utf-8").splitlines()
    return [(place, rest) for place, _, rest in (line.partition("\t") for line in lines)]


@pytest.mark.parametrize("size", [1, 3, 1024])
def test_whatever_stands_in_an_array_is_counted(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no record keeps its number, and is told as on a line of its own."""
    from microcred.catalogues import arrays

    monkeypatch.setattr(arrays, "_CHUNK", size)
    found = _places('[{"a": 1}, null, "x, ]", 5 , [2], {"b": 2}, -1.5e3]', tmp_path)
    assert [place for place, _ in found] == [f"record {number}" for number in range(1, 8)]
    assert [rest for _, rest in found] == [
        '{"a": 1}',
        "null",
        '"x, ]"',
        "5",
        "[2]",
        '{"b": 2}',
        "-1.5e3",
    ]


def test_what_stands_behind_a_list_is_read_or_told(tmp_path: Path) -> None:
    """Pages that follow each other are one list; anything else is told, and never lost."""
    pages = _places('[{"a": 1}]\n[{"b": 2}, {"c": 3}]\n', tmp_path)
    assert [rest for _, rest in pages] == ['{"a": 1}', '{"b": 2}', '{"c": 3}']
    for text, words in (
        ('[{"a": 1}] and more', "“and more”"),
        ('{"items": [{"a": 1}], "courses": [{"b": 2}]}', "another list"),
    ):
        first, last = _places(text, tmp_path)
        assert first[1] == '{"a": 1}'
        assert last[0] == "after record 1"
        assert words in last[1]
    assert len(_places('{"items": [{"a": 1}], "links": {"next": [1]}}', tmp_path)) == 1


@pytest.mark.skipif(os.name == "nt", reason="links and rights are others there")
def test_folders_that_are_not_looked_into(tmp_path: Path) -> None:
    """A folder without the right to read it, and a link to a folder, were passed over."""
    many = tmp_path / "many"
    (many / "closed").mkdir(parents=True)
    (many / "a.yaml").write_text("title: Welding", encoding="utf-8")
    (many / "loop").symlink_to(many, target_is_directory=True)
    (many / "closed").chmod(0)
    told: list[str] = []
    found = prepared(str(many), tmp_path / "run", ColumnMap(), told.append)
    assert told == ["Links to folders aren’t followed: “loop”."]
    if os.geteuid():  # who may do everything reads it all the same
        assert "The folder can’t be read: Permission denied" in found.path.read_text("utf-8")
    (many / "closed").chmod(0o700)


def test_files_that_are_no_records_are_named(tmp_path: Path) -> None:
    """Tables, lists and archives in a folder or an archive aren't passed over without a word."""
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps(RECORD))
    for name in ("a.csv", "b.jsonl", ".hidden.csv", "~$open.xlsx"):
        (folder / name).write_text("x")
    packed = tmp_path / "many.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    for source in (folder, packed):
        told: list[str] = []
        prepared(str(source), tmp_path / "run", ColumnMap(), told.append)
        assert len(told) == 1
        assert told[0].startswith("2 files aren’t read: “a.csv”, “b.jsonl”. ")


def test_a_number_beyond_64_bits_stops_no_run(tmp_path: Path) -> None:
    """A table with one is read to its end."""
    path = tmp_path / "a.csv"
    path.write_text("Title,Provider,Hours\nA,P,99999999999999999999\nB,P,20\n")
    found = prepared(str(path), tmp_path / "run", ColumnMap(), lambda _line: None)
    assert len(found.path.read_bytes().splitlines()) == 2


def test_compressed_lines(tmp_path: Path) -> None:
    """Gzip and Zstandard are unpacked on the way."""
    zstd = pytest.importorskip("backports.zstd", reason="the extra zstd isn’t installed")
    line = json.dumps(RECORD).encode() + b"\n"
    for name, packed in (("a.jsonl.gz", gzip.compress(line)), ("a.zst", zstd.compress(line))):
        (tmp_path / name).write_bytes(packed)
        assert read(tmp_path / name, tmp_path) == [("line 1", RECORD)]


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to far more than its size stops at a bound that is named."""
    from microcred.catalogues import streams

    monkeypatch.setattr(streams, "ALWAYS", 1024 * 1024)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"a": "' + b" " * 30_000_000))
    with pytest.raises(Problem, match="unpacks to more than"):
        read(path, tmp_path)


def test_damaged_gzip_is_told(tmp_path: Path) -> None:
    """Half a file is no catalogue."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(RECORD).encode() * 50)[:-20])
    with pytest.raises(Problem, match="damaged"):
        read(path, tmp_path)


def test_a_folder_and_an_archive(tmp_path: Path) -> None:
    """Files in any format are records; one that can't be read keeps its place."""
    files = {
        "b/offer.yaml": b"microcred: 1\nkind: offer\ntitle: Welding\nlanguage: en\n",
        "a.json": json.dumps(RECORD).encode(),
        "broken.json": b"{",
        "~$lock.docx": b"x",
        "notes.pdf": b"%PDF-",
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in files.items():
            path = tmp_path / "offers" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            packed.writestr(name, content)
    (tmp_path / "offers.zip").write_bytes(archive.getvalue())
    for source in ("offers", "offers.zip"):
        found = dict(one[:2] for one in read(tmp_path / source, tmp_path))
        assert found.keys() == {"a.json", "b/offer.yaml", "broken.json"}
        assert found["a.json"]["title"] == found["b/offer.yaml"]["title"] == "Welding"
        assert "ends too early" in found["broken.json"]


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads what another command writes."""

    class _Input:
        buffer = io.BytesIO(json.dumps(RECORD).encode() + b"\n")

    monkeypatch.setattr("sys.stdin", _Input())
    assert read("-", tmp_path) == [("line 1", RECORD)]


@pytest.mark.parametrize("name", ["nowhere.csv", "\0"])
def test_a_source_that_is_not_there(name: str, tmp_path: Path) -> None:
    """A name without a file is told."""
    with pytest.raises(Problem, match="can’t be opened"):
        read(tmp_path / name, tmp_path)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04broken", b"\xff\xfe\x00", b"[1, 2", b"{{{{", b"\0" * 50, b"%PDF-1.7"]
)
def test_hostile_bytes_get_a_sentence(content: bytes, tmp_path: Path) -> None:
    """Whatever comes in, there is a record that couldn't be read, or a problem that is told."""
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    with suppress(Problem):
        found = prepared(str(path), tmp_path / "run", ColumnMap(), lambda _line: None)
        assert found.path.exists()
