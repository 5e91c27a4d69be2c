"""Spreadsheets as institutions publish them: nothing is lost, and what has no place is told."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from microcred.catalogues.records import loads, unwrapped
from microcred.catalogues.sources import prepared
from microcred.catalogues.tables.codes import code_of
from microcred.catalogues.tables.columns import guessed
from microcred.catalogues.tables.encodings import encoding_of, looks_like
from microcred.catalogues.tables.levels import level_in
from microcred.catalogues.tables.mapping import ColumnMap, as_yaml
from microcred.catalogues.tables.sizes import both, credits_in, hours_in
from microcred.cli import main
from microcred.problem import Problem

Record = dict[str, Any]


class Table:
    """What became of a table: its records, and what was told on the way."""

    def __init__(self, path: Path, mapping: ColumnMap | None = None) -> None:
        self.told: list[str] = []
        run = path.parent / "run"
        found = prepared(str(path), run, mapping or ColumnMap(), self.told.append)
        self.records: list[Record] = []
        self.unread: list[str] = []
        for line in found.path.read_bytes().splitlines():
            place, record, _ = unwrapped(line)
            if record.startswith(b"!"):
                self.unread.append(f"{place}: {record[1:].decode()}")
            else:
                self.records.append(loads(record))

    def __contains__(self, words: str) -> bool:
        return any(words in line for line in self.told)


def workbook(path: Path, rows: list[list[Any]], *, merged: str = "", hidden: str = "") -> Path:
    """Write a workbook; a cell that is None stays out, a merged area takes the first row's text."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Liste")
    days = book.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate(rows):
        for at, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, at, dt.datetime.combine(value, dt.time()), days)
            elif value is not None:
                sheet.write(number, at, value)
    if merged:
        area, text = merged.split("=")
        sheet.merge_range(area, text)
    if hidden:
        sheet.set_column(hidden, None, None, {"hidden": 1})
    book.close()
    return path


def test_a_german_workbook(tmp_path: Path) -> None:
    """Titles, groups above the headings, a merged provider, a hidden column, a sum and notes."""
    path = workbook(
        tmp_path / "t.xlsx",
        [
            ["Hochschule Lindenau (fiktiv), Weiterbildung"],
            ["Stand: 01.03.2026, Änderungen vorbehalten"],
            ["Angebot", None, "Umfang", None, None, "Durchführung"],
            [
                *("Anbieter", "Titel", "Workload (h)", "ECTS", "davon Präsenz", "Format"),
                *("Beginn", "Niveau (DQR)", "Prüfungsleistung", "Gebühr"),
            ],
            [
                *(None, "3D-Druck", 125, 5, 40, "Präsenz"),
                *(dt.date(2026, 4, 13), 6, "Klausur, 90 Min.", "1.250,00 €"),
            ],
            [
                *(None, "Lean-Werkzeuge", "siehe Website", "2,5", "-", "online"),
                *("laufend", "5 bis 6", "-", "kostenfrei"),
            ],
            [None, "Summe", None, 7.5],
            [None],
            ["* ECTS nur bei bestandener Prüfung."],
        ],
        merged="A5:A6=Fakultät Maschinenbau",
        hidden="E:E",
    )
    table = Table(path)
    first, second = table.records
    assert first["workload"] == {"hours": 125, "credits": [{"points": 5, "system": "ECTS"}]}
    assert first["level"] == {"national": [{"framework": "DQR", "level": "6"}]}
    assert first["participation"] == {"mode": "onsite", "schedule": "2026-04-13"}
    assert first["assessments"] == [
        {"id": "A1", "type": "written-examination", "description": "Klausur, 90 Min."}
    ]
    assert {one["bodies"][0]["name"] for one in table.records} == {"Fakultät Maschinenbau"}
    assert second["workload"]["hours"] == "siehe Website", "a rule asks about it"
    assert second["level"]["national"] == [{"framework": "DQR", "level": "5 bis 6"}]
    assert "assessments" not in second, "a dash states nothing"
    assert "“davon Präsenz” is not read, though the workbook hides it" in table
    assert "Rows above the headings: 1 “Hochschule Lindenau" in table
    assert "Rows without a record: 7 “Summe 7.5”, 9 “* ECTS nur" in table


def test_headings_in_two_rows(tmp_path: Path) -> None:
    """Units below the headings belong to them, and make the numbers below understood."""
    path = tmp_path / "t.csv"
    path.write_text(
        "sep=;\nTITEL;ANBIETER;UMFANG;CREDITS;NIVEAU\n;;in Stunden;ECTS;EQR\n"
        'Klimarecht;Akademie am Fluss;62,5;2,5;7\n"Energie; Netz";Akademie am Fluss;1.250;50;6\n'
    )
    first, second = Table(path).records
    assert first["workload"] == {"hours": 62.5, "credits": [{"points": 2.5, "system": "ECTS"}]}
    assert first["level"] == {"eqf": 7}
    assert second["title"] == "Energie; Netz"
    assert second["workload"]["hours"] == 1250, "nobody counts thousandths of an hour"


def test_a_section_below_the_headings_is_no_second_row_of_them(tmp_path: Path) -> None:
    """A single cell above the first records divides them."""
    path = tmp_path / "t.csv"
    path.write_text("Titel,Anbieter,Stunden,ECTS\nSoziales,,,\nKrisengespräche,HS Auerthal,50,2\n")
    table = Table(path)
    assert [record["title"] for record in table.records] == ["Krisengespräche"]
    assert "Columns of the table, headings in row 1" in table


def test_a_separator_that_is_not_quoted(tmp_path: Path) -> None:
    """Its row is told and kept out: its values would stand under wrong headings."""
    path = tmp_path / "t.csv"
    path.write_bytes(
        "Intitulé;Compétences visées;Nb d'heures;Tarif\n"
        "Données de santé;Identifier les risques ; appliquer le RGPD;60 h;450 €\n"
        '"Économie circulaire";"cartographier ; évaluer";37,5;Nous consulter\n'
        "TOTAL;;97,5;\n".encode("cp1252")
    )
    table = Table(path, ColumnMap(encoding="cp1252"))
    (only,) = table.records
    assert only["workload"] == {"hours": 37.5}
    assert [one["statement"] for one in only["outcomes"]] == ["cartographier", "évaluer"]
    (told,) = table.unread
    assert told.startswith("row 2: The row has 5 cells, and there are 4 headings")
    assert "Rows without a record: 4 “TOTAL 97,5”" in table


def test_cells_below_no_heading_are_told(tmp_path: Path) -> None:
    """In a workbook each value has its column, so the record stays and the cell is named."""
    rows = [["Titel", "Anbieter"], ["Löten", "Werkstatt", "ausgebucht!"]]
    table = Table(workbook(tmp_path / "t.xlsx", rows))
    assert len(table.records) == 1
    assert "no heading stands above: Liste!C2 “ausgebucht!”" in table


def test_two_languages_in_two_columns(tmp_path: Path) -> None:
    """Languages are named in words or in capitals; ECTS and hours stand in one cell."""
    rows = [
        [
            *("Kursname deutsch", "Kursname englisch", "Beschreibung DE", "Beschreibung EN"),
            *("Umfang (ECTS/Stunden)", "EQR/NQR"),
        ],
        ["Wasserstoff", "Hydrogen", "Vom Wasser", "From water", "5 ECTS / 125 h", "EQR 6"],
        [None, "Data literacy", None, "Read data", "1,5 EC = 37,5 Std.", "EQF V"],
    ]
    first, second = Table(workbook(tmp_path / "t.xlsx", rows)).records
    assert first["title"] == {"de": "Wasserstoff", "en": "Hydrogen"}
    assert first["summary"] == {"de": "Vom Wasser", "en": "From water"}
    assert first["workload"] == {
        "hours": "125 h",
        "credits": [{"points": 5, "system": "ECTS"}],
    }
    assert second["title"] == {"en": "Data literacy"}
    assert second["level"] == {"eqf": 5}


def test_a_title_without_a_language_beside_one_with_it(tmp_path: Path) -> None:
    """Neither text is lost: the one takes the language of the course."""
    path = tmp_path / "t.csv"
    path.write_text("Titel,Title (en),Sprache\nLöten,Soldering,Deutsch\nNähen,Sewing,\n")
    first, second = Table(path).records
    assert first["title"] == {"de": "Löten", "en": "Soldering"}
    assert second["title"] == {"und": "Nähen", "en": "Sewing"}


def test_a_spanish_workbook(tmp_path: Path) -> None:
    """A level of MECES is none of the EQF, and a public price is no audience."""
    rows = [
        [None, "OFERTA DE MICROCREDENCIALES"],
        ["CENTRO", "DENOMINACIÓN", "Nº ECTS", "HORAS TOTALES", "NIVEL MECES", "PRECIO PÚBLICO"],
        ["ÁREA: SALUD"],
        ["Facultad de Enfermería", "Cuidados paliativos", "3", "75 horas", "2 (Grado)", "180 €"],
        [None, "TOTAL PLAZAS", None, None, None, 55],
    ]
    table = Table(workbook(tmp_path / "t.xlsx", rows))
    (only,) = table.records
    assert only["level"] == {"national": [{"framework": "MECES", "level": "2"}]}
    assert only["information"] == {"price": "180 €"}
    assert "“CENTRO” is not read (did you mean provider?)" in table
    assert "Rows without a record: 3 “ÁREA: SALUD”, 5 “TOTAL PLAZAS 55”" in table


@pytest.mark.parametrize(
    "headings",
    [
        ["Назив програма", "Установа", "Број часова", "ЕСПБ", "Језик извођења"],
        ["Program Adı", "Kurum", "Süre (saat)", "AKTS", "Eğitim Dili"],
        ["პროგრამის დასახელება", "დაწესებულება", "საათები", "კრედიტები", "ენა"],
        ["اسم البرنامج", "المؤسسة", "عدد الساعات", "الرصيد", "لغة التدريس"],
        ["Ծրագրի անվանումը", "Բուհ", "Ժամերի քանակը", "Կրեդիտներ", "Դասավանդման լեզու"],
        ["Назив на програмата", "Институција", "Број на часови", "ЕКТС", "Јазик на настава"],
        ["Emri i programit", "Ofruesi", "Ngarkesa (orë)", "Kreditë", "Gjuha e mësimdhënies"],
        ["Heiti náms", "Háskóli", "Vinnuálag (klst)", "Einingar", "Kennslutungumál"],
        ["Kursa nosaukums", "Augstskola", "Apjoms (stundās)", "Kredītpunkti", "Mācību valoda"],
        ["Programos pavadinimas", "Įstaiga", "Apimtis (val.)", "Kreditai", "Dėstymo kalba"],
        ["Kursuse nimetus", "Kõrgkool", "Maht (tundides)", "Maht (EAP)", "Õppekeel"],
        ["Opintojakson nimi", "Korkeakoulu", "Työmäärä (h)", "Laajuus (op)", "Suorituskieli"],
        ["Kursnamn", "Högskola", "Arbetsinsats (timmar)", "Omfattning (hp)", "Språk"],
        ["Kursusnavn", "Uddannelsesinstitution", "Omfang (timer)", "ECTS-point", "Sprog"],
        ["Cursusnaam", "Hogeschool", "Studielast (uren)", "Aantal EC", "Instructietaal"],
        ["Nazwa kursu", "Jednostka prowadząca", "Nakład pracy (h)", "Liczba ECTS", "Język zajęć"],
        ["Titlul cursului", "Instituția", "Volum de muncă (ore)", "Nr. credite", "Limba"],
        ["Képzés neve", "Egyetem", "Összes óra", "Kreditérték", "Képzés nyelve"],
        ["Naziv kursa", "Univerzitet", "Broj sati", "ESPB", "Jezik nastave"],
    ],
    ids=lambda headings: headings[0],
)
def test_headings_in_other_languages(headings: list[str], tmp_path: Path) -> None:
    """No row had headings that were known."""
    row = ["Data for nurses", "University (fictional)", 75, 3, "sr"]
    (only,) = Table(workbook(tmp_path / "t.xlsx", [headings, row])).records
    assert only["title"] == "Data for nurses"
    assert only["bodies"][0]["name"] == "University (fictional)"
    assert only["workload"]["hours"] == 75
    (credit,) = only["workload"]["credits"]
    assert credit.pop("system", "ECTS") in {"ECTS", "EAP", "hp", "op"}, (
        "a word for credits names no system"
    )
    assert credit == {"points": 3}
    assert only["participation"] == {"languages": ["sr"]}


@pytest.mark.parametrize(
    ("listed", "words", "code"),
    [
        ("modes", "Online – self-paced", "online"),
        ("modes", "Tiešsaistē", "online"),
        ("modes", "Yüz yüze", "onsite"),
        ("modes", "حضوري", "onsite"),
        ("modes", "комбиновано", "blended"),
        ("languages", "İngilizce", "en"),
        ("languages", "ინგლისური", "en"),
        ("assessment-types", "Pismeni ispit (90 min)", "written-examination"),
    ],
)
def test_values_in_other_languages(listed: str, words: str, code: str) -> None:
    """What stands behind a comma, a dash or in brackets may be in any words."""
    assert code_of(listed, words) == code


def test_credit_hours_are_no_hours() -> None:
    """In Arabic, the credits of an American system are called so."""
    assert guessed({1: "الساعات المعتمدة"})[0].field == "credits"


def test_a_second_column_of_the_same_name(tmp_path: Path) -> None:
    """“Title” was not read, and whoever wrote it was asked whether title was meant."""
    rows = [["Title", "Title", "Hours"], ["Sewing for beginners", "Nähen", "5"]]
    table = Table(workbook(tmp_path / "t.xlsx", rows))
    (only,) = table.records
    assert only["title"] == "Sewing for beginners"
    assert "“Title” is not read (another column is read as title)" in table


def test_a_formula_without_its_result_is_told(tmp_path: Path) -> None:
    """“=” was no number of hours; the sum that a spreadsheet has computed is one."""
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet("Liste")
    for number, row in enumerate([["Title", "Hours"], ["Sewing", None], ["Knitting", None]]):
        sheet.write_row(number, 0, row)
    sheet.write_formula("B2", "=25*3", None, "")
    sheet.write_formula("B3", "=25*2", None, 50)
    book.close()
    table = Table(tmp_path / "t.xlsx")
    assert table.unread == [
        "Liste, row 2: Liste!B2 holds a formula without its result\tOpen the file with LibreOffice "
        "or Excel and save it again, or write the value"
    ]
    assert [record["workload"]["hours"] for record in table.records] == [50]
    assert "Not read, for want of the results of formulas: 1 row, first Liste!B2. Open" in table


def test_an_irish_workbook(tmp_path: Path) -> None:
    """Headings on several lines and again on each page, days as the numbers behind them."""
    head = ["Course\nCode", None, "Micro-credential\nTitle", "NFQ\nLevel", "Start\nDate"]
    head += ["Accredited\nUntil"]
    rows = [
        ["Offerings 2026/27 – DRAFT v3"],
        head,
        ["MC1", None, "Coastal ecology", "Level 8", 46030, 46752],
        head,
        ["MC2", None, "Harbour logistics", "NFQ 7 / EQF 5", "Sept 2026", "ongoing"],
        ["Number of courses: 2"],
    ]
    first, second = Table(workbook(tmp_path / "t.xlsx", rows)).records
    assert first["participation"]["schedule"] == "2026-01-08"
    assert first["quality"][0]["until"] == "2027-12-31"
    assert second["level"] == {"eqf": 5, "national": [{"framework": "NFQ", "level": "7"}]}
    assert second["quality"][0]["until"] == "ongoing", "a rule asks about it"


def test_an_italian_table_in_utf_16(tmp_path: Path) -> None:
    """Tabs, Roman numbers, outcomes between dashes; an empty provider is asked about."""
    path = tmp_path / "t.csv"
    path.write_bytes(
        "Corso\tEnte erogatore\tDurata (ore)\tCFU\tLivello EQF\tObiettivi\n"
        "Olivicoltura\tIstituto Colleverde\t25 ore\t1\tV\tPota l'olivo - Valuta il suolo - "
        "Pianifica l'irrigazione\nNorme HACCP\t\t8\t-\tIV\tApplica le norme\n".encode("utf-16")
    )
    table = Table(path)
    first, second = table.records
    assert [one["statement"] for one in first["outcomes"]] == [
        "Pota l'olivo",
        "Valuta il suolo",
        "Pianifica l'irrigazione",
    ]
    assert (first["level"], second["level"]) == ({"eqf": 5}, {"eqf": 4})
    assert "“Ente erogatore” is empty in 1 of 2 records" in table
    assert Table(path, ColumnMap(fill_down=("provider",))).records[1]["bodies"][0]["name"] == (
        "Istituto Colleverde"
    )


def test_a_ukrainian_workbook(tmp_path: Path) -> None:
    """Headings, languages, forms and credits in Ukrainian."""
    rows = [
        ["Перелік мікрокваліфікацій (вигаданий приклад)"],
        [
            *("№", "Назва мікрокваліфікації", "Надавач", "Обсяг, год", "Кредити ЄКТС"),
            *("Рівень НРК", "Форма навчання", "Мова"),
        ],
        [1, "Цифрова безпека", "Університет", 90, "3,0", "6 рівень", "змішана", "українська"],
    ]
    (only,) = Table(workbook(tmp_path / "t.xlsx", rows)).records
    assert only["workload"] == {"hours": 90, "credits": [{"points": 3, "system": "ECTS"}]}
    assert only["level"] == {"national": [{"framework": "НРК", "level": "6"}]}
    assert only["participation"] == {"mode": "blended", "languages": ["uk"]}


ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Μαθήματα">
<table:table-column table:number-columns-repeated="2"/>
<table:table-column table:visibility="collapse"/>{}
</table:table></office:spreadsheet></office:body></office:document-content>"""


def spreadsheet(path: Path, *rows: tuple[str, ...]) -> Path:
    """Write a spreadsheet of LibreOffice; each row holds cells in XML."""
    lines = (f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format("".join(lines)))
    return path


def test_a_greek_table_of_libreoffice(tmp_path: Path) -> None:
    """A catalogue in ODS: a provider merged over two rows, a hidden column."""

    def words(*texts: str) -> str:
        return "".join(map(ODS_CELL.format, texts))

    provider = ODS_CELL.format("Σχολή Αιγιαλού").replace(
        "<table:table-cell", '<table:table-cell table:number-rows-spanned="2"', 1
    )
    table = Table(
        spreadsheet(
            tmp_path / "t.ods",
            (words("Φορέας", "Τίτλος προγράμματος", "Ώρες", "Επίπεδο ΕΠΠ", "Τρόπος αξιολόγησης"),),
            (provider, words("Διαχείριση μουσείων", "50", "5", "γραπτή εξέταση")),
            (
                "<table:covered-table-cell/>",
                words("Τουρισμός για όλους", "25 ώρες", "4", "εργασία"),
            ),
        )
    )
    first, second = table.records
    assert (
        first["bodies"] == second["bodies"] == [{"name": "Σχολή Αιγιαλού", "roles": ["awarding"]}]
    )
    assert first["level"] == {"national": [{"framework": "ΕΠΠ", "level": "5"}]}
    assert second["workload"] == {"hours": "25 ώρες"}
    assert first["assessments"] == [{"id": "A1", "type": "written-examination"}]
    assert "“Ώρες” is read as hours, though the workbook hides it" in table


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Intitulé;Durée\nCréer une enseigne à l’écoute;5\n"),
        ("cp1252", "Titel;Stunden\nSchweißen für Anfänger;50\n"),
        ("cp1252", "Titel;Timmar\nGrönt byggande på Åland;50\n"),
        ("cp1250", "Nazwa kursu;Uczelnia\nŁączność i żegluga w Łodzi;AGH\n"),
        ("cp1250", "Název kurzu;Poskytovatel\nPříprava učitelů, přehled změn ve škole;UK\n"),
        ("cp1250", "Megnevezés;Intézmény\nFelnőttképzés és űrkutatás;BME\n"),
        ("cp1250", "Naziv;Sati\nPrevođenje i građa;5\n"),
        ("cp1250", "Název;Hodiny\nMladý výrobce;5\n"),
        ("cp1250", "Denumire;Ore\nFormare, ţinut şi informaţii;5\n"),
        ("cp1254", "Kurs;Saat\nİş sağlığı, yazılım geliştirme;10\n"),
        ("cp1254", "Kurs;Saat\nGıda güvenliği;3\n"),
        ("cp1254", "Kurs;Saat\nEĞİTİM YÖNETİMİ;4\n"),
        ("cp1251", "Назва;Надавач\nОснови догляду;Університет\n"),
        ("cp1253", "Τίτλος;Φορέας\nΔιαχείριση μουσείων;Σχολή\n"),
        ("cp1257", "Pavadinimas;Teikėjas\nŽaliosios energetikos ąžuolynai;KTU\n"),
        ("cp1257", "Nosaukums;Stundas\nMetināšana iesācējiem, ķīmija;5\n"),
        ("mac-roman", "Intitulé;Crédits\nCréer une fenêtre à l’étage;5\n"),
    ],
)
def test_the_encoding_that_a_table_looks_like(encoding: str, text: str, tmp_path: Path) -> None:
    """An older encoding is asked about, with the one that makes the words look right."""
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    assert looks_like(text.encode(encoding))[0] == encoding
    with pytest.raises(Problem) as refused:
        Table(path)
    assert f"--encoding {encoding}," in refused.value.fix
    assert Table(path, ColumnMap(encoding=encoding)).records


@pytest.mark.parametrize(
    ("cell", "heading", "level"),
    [
        ("EQF 6 / NQF 7", "Level", {"eqf": 6, "national": [{"framework": "NQF", "level": "7"}]}),
        ("VI", "Poziom PRK", {"national": [{"framework": "PRK", "level": "VI"}]}),
        ("Level 5 to 6", "EQF level", {"eqf": "Level 5 to 6"}),
        ("5-6", "EQF", {"eqf": "5-6"}),
        ("6 (licence)", "Niveau", {"eqf": 6}),
        ("master", "Niveau", {"eqf": "master"}),
        ("HKO 4.1", "Level", {"national": [{"framework": "HKO", "level": "4.1"}]}),
        ("SOK 6/1", "Level", {"national": [{"framework": "SOK", "level": "6/1"}]}),
        ("EQF 5 / NQF 5b", "", {"eqf": 5, "national": [{"framework": "NQF", "level": "5b"}]}),
        ("EQF 6 (I semester)", "Level", {"eqf": 6}),
        ("EQF 6 / 7", "Level", {"eqf": "EQF 6 / 7"}),
        ("Bac+2", "Niveau", {"eqf": "Bac+2"}),
        ("Level 6 (NFQ)", "Level", {"national": [{"framework": "NFQ", "level": "6"}]}),
    ],
)
def test_levels_in_cells(cell: str, heading: str, level: Record) -> None:
    """What could be two levels stays as it is written."""
    assert level_in(cell, heading) == level


@pytest.mark.parametrize(
    ("cell", "hours"),
    [("1 250", 1250), ("1’250", 1250), ("1.250", 1250), ("62,5", 62.5), ("25 h", "25 h"), (3, 3)],
)
def test_hours_in_cells(cell: str | int, hours: object) -> None:
    """A number stays one, however its thousands are divided."""
    assert hours_in(cell) == hours


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("5 ECTS / 125 h", ("125 h", "5 ECTS")),
        ("125 Stunden (5 LP)", ("125 Stunden", "5 LP")),
        ("3 кредити, 90 годин", ("90 годин", "3 кредити")),
        ("125 h", None),
        ("5 ECTS", None),
        (125, None),
    ],
)
def test_hours_and_credits_in_one_cell(cell: object, found: tuple[str, str] | None) -> None:
    """Both are taken where both are stated."""
    assert both(cell) == found  # type: ignore[arg-type]


def test_the_columns_of_a_published_table_are_shown_before_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says how each column is read, and writes it down to be corrected."""
    rows = [["Titel", "Sprache", "Interna"], ["Löten", "de", "intern"]]
    path = workbook(tmp_path / "t.xlsx", rows, hidden="C:C")
    assert main(["catalogue", "columns", str(path), "--output", str(tmp_path / "m.yaml")]) == 0
    assert "“Interna” is not read, though the workbook hides it" in capsys.readouterr().out
    assert "Titel: title" in (tmp_path / "m.yaml").read_text()


def test_slips_are_looked_for_in_headings_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Comparing each cell of a wide table with each known heading would take minutes."""
    from microcred.catalogues.tables import columns

    asked: list[str] = []
    real = columns.get_close_matches
    monkeypatch.setattr(
        columns, "get_close_matches", lambda word, *rest: asked.append(word) or real(word, *rest)
    )
    head = ["Titel", "Anbieter", *(f"Merkmal Nummer {number}" for number in range(40))]
    rows = [[f"Wert {row} in Spalte {at}" for at in range(42)] for row in range(50)]
    table = Table(workbook(tmp_path / "t.xlsx", [head, *rows]))
    assert len(table.records) == 50
    assert 0 < len(asked) <= len(head)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_table_of_few_latin_letters_shows_its_encoding(encoding: str) -> None:
    """In Cyrillic, only separators and spaces have a zero byte in UTF-16."""
    text = "Назва курсу;Надавач;Години\nЗварювання труб;Центр освіти;40\n"
    assert text.encode(encoding).decode(encoding_of(text.encode(encoding))) == text


def test_a_zero_byte_in_a_table_makes_no_other_encoding_of_it() -> None:
    """Some databases fill up their last field with one."""
    assert encoding_of("Titel;Anbieter;Stunden\nLöten;BFI;40\0\n".encode()) == "utf-8-sig"


def table_of(tmp_path: Path, text: str, mapping: ColumnMap | None = None) -> Table:
    """Return what becomes of a table in CSV."""
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return Table(path, mapping)


def test_a_yes_or_no_is_no_body(tmp_path: Path) -> None:
    """“no” was a body that assures the quality; a yes is told, since it names none."""
    text = "Title;Accredited by\nA;no\nB;Nein\nC;oui\nD;AQ Austria\n"
    table = table_of(tmp_path, text)
    assert ["quality" in record for record in table.records] == [False, False, False, True]
    assert "a yes says neither who nor where: row 4, column B “oui”. Write" in table


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Umfang (ECTS)", "credits"),
        ("Duration (hours)", "hours"),
        ("Durée (heures)", "hours"),
        ("Duration (h)", "hours"),
        ("Umfang (ECTS/Stunden)", "hours"),
        ("Workload (weeks)", "duration"),
        ("Workload ECTS", "credits"),
    ],
)
def test_the_unit_in_a_heading_decides(heading: str, field: str) -> None:
    """It was dropped with its brackets."""
    assert guessed({1: heading})[0].field == field


def test_errors_of_spreadsheets_are_nothing(tmp_path: Path) -> None:
    """“#N/A” was the level A."""
    (only,) = table_of(tmp_path, "Title,Level,Hours\nA,#N/A,#DIV/0!\n").records
    assert not {"level", "workload"} & set(only)


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("3-5", "3-5"),
        ("1 1/2", 1.5),
        ("1½", 1.5),
        (".5", 0.5),
        ("-2", "-2"),
        ("5 ECTS (1 ECTS = 25 h)", 5),
        ("5 ECTS (25 h/ECTS)", 5),
        ("9" * 400, "9" * 400),
    ],
)
def test_credits_in_cells(cell: str, points: object) -> None:
    """What is no single number stays as it is written."""
    assert credits_in(cell, "ECTS") == [{"points": points, "system": "ECTS"}]
    assert both(cell) is None


def test_credits_before_their_number_beside_hours() -> None:
    """The hours were credits of the system “h”."""
    assert both("ECTS: 5 / 140 h") == ("140 h", "ECTS: 5")
    assert both("ECTS 3 (75 h)") == ("75 h", "ECTS 3")


def test_a_title_that_begins_like_a_total(tmp_path: Path) -> None:
    """It was left out; a row of totals still is."""
    text = "Title,ECTS\nTotal quality management,5\nEnsemble conducting,3\nTotal credits:,8\n"
    table = table_of(tmp_path, text)
    assert [one["title"] for one in table.records] == [
        "Total quality management",
        "Ensemble conducting",
    ]
    assert "Rows without a record: 4" in table


def test_a_price_takes_the_currency_of_its_heading(tmp_path: Path) -> None:
    """A price that names one itself keeps it."""
    first, second = table_of(tmp_path, "Title;Price (EUR)\nA;150\nB;90 CHF\n").records
    assert first["information"] == {"price": "150 EUR"}
    assert second["information"] == {"price": "90 CHF"}
    (only,) = table_of(tmp_path, "Назив;Цена (РСД)\nA;15.000,00\n").records
    assert only["information"] == {"price": "15.000,00 РСД"}


def test_a_mapping_file_names_its_guesses() -> None:
    """What was a guess or a question on the screen was neither in the file."""
    written = as_yaml(guessed({1: "Title", 2: "Course link", 3: "Preisse"}), "", 1)
    assert "\n# “Course link” is a guess.\n# “Preisse” may be price.\n" in written


def test_a_mapping_of_a_heading_that_repeats() -> None:
    """The column that is read is written down, and the other doesn't replace it."""
    columns = guessed({1: "Title", 2: "Provider", 3: "Title"})
    assert "  Title: title\n" in as_yaml(columns, "", 1)
    again = ColumnMap(columns={"Title": "title"}).apply(columns)
    assert [column.field for column in again] == ["title", "provider", ""]


def test_separators_between_quotation_marks_dont_count(tmp_path: Path) -> None:
    """Nor do commas in texts, where they are more than the cells."""
    for words in ('"a, b, c, d, e, f, g"', "a, b, c, d, e, f, g"):
        (only,) = table_of(tmp_path, f"Title;Provider;Learning outcomes\nW;U;{words}\n").records
        assert only["outcomes"][0]["statement"] == "a, b, c, d, e, f, g"


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    """The rows behind it vanished into one title; line breaks in closed ones are fine."""
    table = table_of(tmp_path, 'Title,Provider,ECTS\n"A\nB",U,1\n"Unclosed,U,2\nC,U,3\n')
    assert [one["title"] for one in table.records] == ["A\nB"]
    (told,) = table.unread
    assert "column A begins with a quotation mark that isn’t closed" in told


def test_two_columns_of_levels_are_both_read(tmp_path: Path) -> None:
    """The second, mostly that of the country, was left out."""
    path = tmp_path / "t.csv"
    path.write_text(
        "Title,Provider,Level (EQF),Level (NQF),Level\nA,P,4,4.1,advanced\nB,P,,5b,\n",
        encoding="utf-8",
    )
    first, second = _levels(path, tmp_path)
    assert first == {"eqf": 4, "national": [{"framework": "NQF", "level": "4.1"}]}
    assert second == {"national": [{"framework": "NQF", "level": "5b"}]}


def _levels(path: Path, folder: Path) -> list[object]:
    found = prepared(str(path), folder / "run", ColumnMap(), lambda _line: None)
    lines = found.path.read_bytes().splitlines()
    return [loads(unwrapped(line)[1])["level"] for line in lines]


def test_a_yes_is_no_place(tmp_path: Path) -> None:
    """“Op locatie: nee” was published as the place “nee”."""
    path = tmp_path / "t.csv"
    path.write_text("Titel,Instelling,Op locatie\nA,P,nee\nB,P,ja\nC,P,Delft\n", encoding="utf-8")
    told: list[str] = []
    found = prepared(str(path), tmp_path / "run", ColumnMap(), told.append)
    records = [loads(unwrapped(line)[1]) for line in found.path.read_bytes().splitlines()]
    places = [record.get("participation", {}).get("place") for record in records]
    assert places == [None, None, "Delft"]
    assert [line for line in told if "neither who nor where: row 3, column C “ja”" in line]


def test_the_address_behind_the_words_of_a_link(tmp_path: Path) -> None:
    """“More information” was the address of the page; in other columns the words count."""
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet("Liste")
    sheet.write_row(0, 0, ["Title", "Link"])
    sheet.write_url("A2", "https://uni.example/welding", string="Welding")
    sheet.write_url("B2", "https://uni.example/welding#fees", string="More information")
    sheet.write_row(2, 0, ["Sewing"])
    sheet.write_formula("B3", '=HYPERLINK("https://uni.example/sewing","Page")', None, "Page")
    sheet.write_row(3, 0, ["Knitting"])
    sheet.write_url("B4", "https://old.example", string="https://uni.example/knitting")
    sheet.write_row(4, 0, ["Weaving"])
    sheet.write_url("B5", "internal:Liste!A1", string="see above")
    book.close()
    records = Table(tmp_path / "t.xlsx").records
    assert [one["title"] for one in records] == ["Welding", "Sewing", "Knitting", "Weaving"]
    assert [one["information"]["homepage"] for one in records] == [
        "https://uni.example/welding#fees",
        "https://uni.example/sewing",
        "https://uni.example/knitting",
        "see above",
    ]


def test_links_of_libreoffice(tmp_path: Path) -> None:
    """Its links stand around the words, or in a formula."""
    around = (
        '<text:a xlink:href="https://uni.example/a" xmlns:xlink="http://www.w3.org/1999/xlink">'
        "Page</text:a>"
    )
    computed = ODS_CELL.format("Page").replace(
        "<table:table-cell",
        '<table:table-cell table:formula="of:=HYPERLINK(&quot;https://uni.example/b&quot;;'
        '&quot;Page&quot;)"',
    )
    path = spreadsheet(
        tmp_path / "t.ods",
        (ODS_CELL.format("Title"), ODS_CELL.format("Website")),
        (ODS_CELL.format("Welding"), ODS_CELL.format(around)),
        (ODS_CELL.format("Sewing"), computed),
        (ODS_CELL.format("Weaving"), ODS_CELL.format("on request")),
    )
    assert [one["information"]["homepage"] for one in Table(path).records] == [
        "https://uni.example/a",
        "https://uni.example/b",
        "on request",
    ]


def test_codes_keep_the_zeros_before_them(tmp_path: Path) -> None:
    """A sheet holds 613 and shows 0613, or has lost the zero altogether."""
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet("Liste")
    code = book.add_format({"num_format": "0000"})
    sheet.write_row(0, 0, ["Code", "Title", "ISCED-F"])
    for row, (number, field, form) in enumerate(
        [(7, 31, code), (42, 613, None), (1250, 31, None), (12500, 6, None)], 1
    ):
        sheet.write_number(row, 0, number, code)
        sheet.write_string(row, 1, f"Course {row}")
        sheet.write_number(row, 2, field, form)
    book.close()
    records = Table(tmp_path / "t.xlsx").records
    assert [one["id"] for one in records] == ["0007", "0042", "1250", "12500"]
    fields = [one["fields"][0] for one in records]
    assert fields == ["0031", "0613", "31", "06"], "31 could be 031 or 0031, so a rule asks"
    shown = ODS_CELL.replace('"string"', '"float" office:value="{}"')
    path = spreadsheet(
        tmp_path / "t.ods",
        tuple(map(ODS_CELL.format, ("Code", "Title", "Hours"))),
        (shown.format("7", "0007"), ODS_CELL.format("Welding"), shown.format("0.5", "0,50")),
    )
    (only,) = Table(path).records
    assert (only["id"], only["workload"]) == ("0007", {"hours": 0.5})


@pytest.mark.parametrize(
    ("cell", "option"),
    [
        ("TRUE", "stackable"),
        ("ONWAAR", "standalone"),
        ("Ja", "stackable"),
        ("No (short course)", "standalone"),
        ("1", "stackable"),
        ("cumulable", "stackable"),
        ("maybe later", "maybe later"),
    ],
)
def test_a_yes_under_stackable(cell: str, option: str, tmp_path: Path) -> None:
    """Spreadsheets write TRUE where somebody ticked a box; a rule asks about other words."""
    (only,) = table_of(tmp_path, f"Title;Stackable\nWelding;{cell}\n").records
    assert only["stacking"] == {"option": option}


def test_lists_in_several_columns(tmp_path: Path) -> None:
    """Only the first of “LO1”, “LO2” … was read, and only the first type of outcomes."""
    rows = [
        [
            *("Title", "LO1", "LO 2", "LO3", "Assessment 1", "Assessment 2"),
            *("Provider", "Partner 1", "Partner 2"),
        ],
        [
            *("Welding", "Weld seams", "Test seams; mend them", None, "Portfolio", "Oral"),
            *("A", "B", "C"),
        ],
    ]
    path = workbook(tmp_path / "t.xlsx", rows)
    (only,) = Table(path).records
    assert [(one["id"], one["statement"]) for one in only["outcomes"]] == [
        ("LO1", "Weld seams"),
        ("LO2", "Test seams"),
        ("LO3", "mend them"),
    ]
    assert [(one["id"], one["type"]) for one in only["assessments"]] == [
        ("A1", "portfolio"),
        ("A2", "oral-examination"),
    ]
    assert [body["name"] for body in only["bodies"]] == ["A", "B", "C"]
    found = prepared(str(path), tmp_path / "run", ColumnMap(), lambda _line: None)
    cells = unwrapped(found.path.read_bytes().splitlines()[0])[2]
    assert (cells["/outcomes"], cells["/outcomes/2"]) == ("Liste!B2", "Liste!C2")
    path.with_suffix(".csv").write_text("Title;Outcomes (en);Outcomes (fi)\nA;b;c\n")
    found = prepared(str(path.with_suffix(".csv")), tmp_path / "run", ColumnMap(), str)
    cells = unwrapped(found.path.read_bytes().splitlines()[0])[2]
    assert cells["/outcomes/0/statement/fi"] == "row 2, column C"


def test_types_of_outcomes_in_several_columns(tmp_path: Path) -> None:
    """Knowledge, skills and the rest stand beside each other, and say the type."""
    path = workbook(
        tmp_path / "t.xlsx",
        [
            ["Nazwa kursu", "Efekty uczenia się – wiedza", "Efekty uczenia się – umiejętności"],
            ["Druk 3D", "zna technologie druku", "drukuje element"],
        ],
    )
    (only,) = Table(path).records
    assert [one["type"] for one in only["outcomes"]] == ["knowledge", "skill"]
    (only,) = table_of(tmp_path, "Title;Knowledge;Skills;Competences\nA;B;C;D\n").records
    assert [one.get("type") for one in only["outcomes"]] == ["knowledge", "skill", None]


def test_a_column_of_all_outcomes_beside_some(tmp_path: Path) -> None:
    """Their parts would state them twice."""
    table = table_of(tmp_path, "Title;Learning outcomes;Skills;LO1\nA;B;C;D\n")
    assert [one["statement"] for one in table.records[0]["outcomes"]] == ["B"]
    assert "“Skills” is not read (another column is read as outcomes)" in table


def test_outcomes_in_two_languages(tmp_path: Path) -> None:
    """The second column replaced the first; as many outcomes are the same ones."""
    head = "Title;Outcomes (en);Outcomes (fi)\n"
    first, second = table_of(tmp_path, f'{head}A;"a\nb";"c\nd"\nB;a;"c\nd"\n').records
    assert [one["statement"] for one in first["outcomes"]] == [
        {"en": "a", "fi": "c"},
        {"en": "b", "fi": "d"},
    ]
    assert [one["statement"] for one in second["outcomes"]] == [
        {"en": "a"},
        {"fi": "c"},
        {"fi": "d"},
    ]


def test_a_unit_of_hours_as_a_heading() -> None:
    """“Lp.” numbers the rows of Polish tables; German credits are LP."""
    headings = {1: "Std.", 2: "Lp.", 3: "LP"}
    assert [one.field for one in guessed(headings)] == ["hours", "", "credits"]


def test_supervision_before_two_assessments(tmp_path: Path) -> None:
    """The second assessment was lost."""
    text = "Title;Supervision;Assessment\nA;supervised;Portfolio + oral\n"
    (only,) = table_of(tmp_path, text).records
    assert [one["type"] for one in only["assessments"]] == ["portfolio", "oral-examination"]
    assert only["assessments"][0]["supervision"] == "supervised"


def test_outcomes_in_rows_below_a_merged_title(tmp_path: Path) -> None:
    """Each outcome made a micro-credential of its own; other dates still do."""
    head = ["Title", "ECTS", "Learning outcomes", "Assessment", "Start"]
    rows = [head, [None, 2, "Plan", "Portfolio", "May"], [None, None, "Draw"]]
    table = Table(workbook(tmp_path / "t.xlsx", rows, merged="A2:A3=Design"))
    (only,) = table.records
    assert [one["statement"] for one in only["outcomes"]] == ["Plan", "Draw"]
    assert only["assessments"] == [{"id": "A1", "type": "portfolio"}]
    assert "since its title is merged with them: 3" in table
    rows[2] = [None, None, None, None, "June"]
    again = Table(workbook(tmp_path / "t.xlsx", rows, merged="A2:A3=Design")).records
    assert [one["participation"]["schedule"] for one in again] == ["May", "June"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Hausarbeit", [{"type": "Hausarbeit"}]),
        (
            "Exam (60%), project (40 %)",
            [{"type": "Exam", "weight": 60}, {"type": "project-work", "weight": 40}],
        ),
        (
            "40% quiz / 60% Portfolio",
            [{"type": "quiz", "weight": 40}, {"type": "portfolio", "weight": 60}],
        ),
        (
            "Sınav (%60), Proje (%40)",
            [{"type": "Sınav", "weight": 60}, {"type": "project-work", "weight": 40}],
        ),
        (
            "Presence in 80 % of sessions + quiz (20 %)",
            [
                {"type": "Presence in 80 % of sessions"},
                {"type": "quiz", "description": "quiz (20 %)"},
            ],
        ),
        ("80 % attendance", [{"type": "level-of-attendance", "description": "80 % attendance"}]),
        (
            "Portfolio, pass at 50%",
            [{"type": "portfolio", "description": "Portfolio, pass at 50%"}],
        ),
        (
            "Exam (min. 50 %), project (min. 50 %)",
            [
                {"type": "Exam (min. 50 %)"},
                {"type": "project-work", "description": "project (min. 50 %)"},
            ],
        ),
        ("yes", [{"description": "yes"}]),
        (words := "Learners hand in a plan for their own workplace", [{"description": words}]),
    ],
)
def test_assessments_in_cells(cell: str, found: list[Record], tmp_path: Path) -> None:
    """“Hausarbeit” is a type, though none of the list; it was said that no type is named."""
    (only,) = table_of(tmp_path, f"Title;Assessment\nA;{cell}\n").records
    assert [{key: one[key] for key in one if key != "id"} for one in only["assessments"]] == found


@pytest.mark.parametrize(
    ("cell", "field"),
    [("5 ECTS", "credits"), ("ECTS: 5", "credits"), ("2 Wochen", "duration"), ("60 UE", "hours")],
)
def test_the_unit_in_a_cell_decides(cell: str, field: str, tmp_path: Path) -> None:
    """“5 ECTS” below “Umfang” were hours."""
    (only,) = table_of(tmp_path, f"Titel;Umfang\nA;{cell}\n").records
    assert list(only["workload"]) == [field]


def test_turkish_headings_in_capitals() -> None:
    """They hide whether an i has its dot, and the outcomes were lost."""
    headings = {1: "ÖĞRENME ÇIKTILARI", 2: "BAŞLANGIÇ TARİHİ"}
    assert [(one.field, one.sure) for one in guessed(headings)] == [
        ("outcomes", True),
        ("schedule", True),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "a) Plan a route. b) Draw it.",
        "LO1. Plan a route. LO2. Draw it.",
        "ПРН1: Plan a route. ПРН2: Draw it.",
        "LO1 Plan a route.\nLO2 Draw it.",
    ],
)
def test_short_names_of_outcomes_in_a_cell(cell: str, tmp_path: Path) -> None:
    """They were part of the text."""
    rows = [["Title", "Learning outcomes"], ["A", cell]]
    (only,) = Table(workbook(tmp_path / "t.xlsx", rows)).records
    assert [one["statement"] for one in only["outcomes"]] == ["Plan a route.", "Draw it."]


def test_a_unit_is_no_language() -> None:
    """“(ure)”, hours in Slovene, is also the code of a language in South America."""
    assert guessed({1: "Obseg (ure)", 2: "Title (English)"})[0].language == ""


def test_links_behind_titles(tmp_path: Path) -> None:
    """They lead to the page of the course where no column names it, and that is told."""
    book = xlsxwriter.Workbook(str(tmp_path / "t.xlsx"))
    sheet = book.add_worksheet("Liste")
    sheet.write_row(0, 0, ["Course", "Provider"])
    sheet.write_url("A2", "https://uni.example/welding", string="Welding")
    sheet.write_row(1, 1, ["U"])
    sheet.write_row(2, 0, ["Sewing", "U"])
    book.close()
    table = Table(tmp_path / "t.xlsx")
    first, second = table.records
    assert (first["title"], first["information"]) == (
        "Welding",
        {"homepage": "https://uni.example/welding"},
    )
    assert "information" not in second
    assert "“Course”, by the links behind its words, is read as homepage" in table


@pytest.mark.parametrize(
    ("heading", "near"),
    [
        ("Provider ID", "id"),
        ("Kurs-Nr.", "id"),
        ("Course NO", "id"),
        ("Titel des Dozenten", "title"),
        ("Name (lecturer)", "title"),
        ("Nazwa wydziału", "title"),
        ("Compétences requises", "outcomes"),
        ("Hours (contact)", "hours"),
        ("Hours of self-study", "hours"),
        ("Stunden (Woche)", "hours"),
        ("Nivel de inglés", "level"),
        ("Niveau Deutsch", "level"),
        ("Duration of the assessment", "assessment"),
        ("Price per credit", "credits"),
        ("Micro-credential status", "title"),
    ],
)
def test_headings_that_mean_another_thing(heading: str, near: str) -> None:
    """They were read as that field, some without a word that it was a guess."""
    (column,) = guessed({1: heading})
    assert (column.field, column.near) == ("", near)


def test_what_stands_beside_a_field_in_its_heading() -> None:
    """“Micro-credential level” was the title, and so was “Name (partner)” for sure."""
    columns = guessed(
        {
            1: "Micro-credential level",
            2: "Micro-credential description",
            3: "Naziv institucije",
            4: "Description of the learning outcomes",
            5: "Name (partner)",
            6: "Total hours (with self-study)",
        }
    )
    assert [(one.field, one.sure) for one in columns] == [
        ("level", False),
        ("summary", False),
        ("provider", True),
        ("outcomes", False),
        ("title", False),
        ("hours", False),
    ]


def test_headings_in_the_words_of_the_standard() -> None:
    """The workload of the European standard elements was read as outcomes."""
    headings = {
        1: "Title of the micro-credential",
        2: "Notional workload needed to achieve the learning outcomes",
        3: "Language(s) of instruction",
    }
    found = [(one.field, one.sure) for one in guessed(headings)]
    assert found == [("title", True), ("hours", True), ("languages", True)]


def test_headings_that_only_begin_like_a_field() -> None:
    """What is needed to enter was the level, and hours with a teacher were an address."""
    headings = {1: "Niveau d'entrée", 2: "Niveau de sortie (CEC)", 3: "Horas de contacto"}
    assert [one.field for one in guessed(headings)] == ["prerequisites", "level", ""]
    first, second = guessed({1: "Tarif FI", 2: "Tarif FC"})
    assert (first.field, first.language, second.near) == ("price", "", "price")


def test_a_table_that_lies_on_its_side(tmp_path: Path) -> None:
    """Whoever has a column for each micro-credential is told what to do."""
    rows = [["Title", "Welding", "Sewing"], ["Hours", 40, 20], ["Level", 4, 3]]
    with pytest.raises(Problem) as refused:
        Table(workbook(tmp_path / "t.xlsx", rows))
    assert "turn the table round first" in refused.value.fix
