"""Registers of providers: tables as people save them, names as people write them."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from microcred.checking import check
from microcred.cli import main
from microcred.problem import Problem
from microcred.profiles import profile
from microcred.readers import read
from microcred.registers import How, Standing, read_all, read_register, table
from microcred.report import render
from microcred.rule import Level
from microcred.shape import schema

ROOT = Path(__file__).parent.parent
LISTS = ROOT / "examples/registers"
AWARD = ROOT / "examples/worked/ex03-causal-inference/award.yaml"
OFFER = ROOT / "examples/worked/ex03-causal-inference/offer.yaml"
DAY = dt.date(2026, 6, 26)

PLAIN = "Name;Number;Country;Valid until\nUniversität Zéta;ZE-1;IE;31.12.2030\n"


def _how(text: str | bytes, **body: object) -> How:
    data = text.encode() if isinstance(text, str) else text
    return read_register(data).look_up(body, DAY).how


# -- Tables as they come ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_an_encoding_is_found(encoding: str) -> None:
    """However a spreadsheet saved the list, its accents are read."""
    assert _how(PLAIN.encode(encoding), name="Universität Zéta") is How.NAME


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_separator_is_found(sign: str) -> None:
    """Commas in a quoted name don't deceive."""
    text = PLAIN.replace(";", sign).replace("Universität Zéta", '"Zeta, Eta, Theta; and | Co"')
    assert _how(text, name="Zeta, Eta, Theta; and | Co") is How.NAME


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sep=;\n" + PLAIN, id="a line for Excel"),
        pytest.param("Our list, as of today\n\n" + PLAIN, id="a title and an empty line"),
        pytest.param(PLAIN.replace("\n", "\r\n") + "\r\n;;;\r\n\r\n", id="empty rows"),
        pytest.param(PLAIN.replace("ZE-1", '="ZE-1"'), id="a number kept as text"),
        pytest.param(PLAIN.replace("ZE-1", "ze 1"), id="another way to write a number"),
        pytest.param(PLAIN + '"Eta\nCollege";ZE-2;IE;\n', id="a line break in quotation marks"),
        pytest.param(PLAIN + "Eta;ZE-2\n", id="a short row"),
        pytest.param(PLAIN + "Eta;ZE-2;IE;;;;;too;many\n", id="a long row"),
    ],
)
def test_tables_in_the_wild_are_read(text: str) -> None:
    """What people and spreadsheets add around a table doesn't hide it."""
    assert _how(text, name="Nobody", identifiers=[{"scheme": "x", "value": "ZE-1"}]) is How.NUMBER


def test_a_formula_stays_text() -> None:
    """Nothing in a list is ever worked out."""
    register = read_register(b"Name,Number\n=HYPERLINK(1),+1+1\n")
    assert register.look_up({"name": "=HYPERLINK(1)"}, DAY).how is How.NAME


def test_the_line_of_an_entry_is_told() -> None:
    """Line breaks in cells don't shift the count."""
    register = read_register(b'Name,No\n"A\nB",1\nZeta,2\n')
    listing = register.look_up({"name": "Zeta"}, DAY)
    assert listing.entry is not None
    assert listing.entry.line == 4


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"PK\x03\x04rest", "office file"),
        (b"Colour,Price\nred,1\n", "No column of the register"),
        (b"Naame of provider,Price\nred,1\n", "No column of the register"),
        (b'Name,No\n"never closed,1\n' + b"x" * 30_000, "a quotation mark isn’t closed"),
        (b"\xff\xfeN\0a", "UTF-16"),
    ],
    ids=["empty", "only separators", "Excel", "no names", "a slip", "open quote", "cut"],
)
def test_what_is_no_list_is_told(data: bytes, told: str) -> None:
    """A file that can't serve is refused with a sentence, never with a traceback."""
    with pytest.raises(Problem, match=told) as caught:
        read_register(data, "list.csv")
    assert caught.value.fix
    assert caught.value.message.count("list.csv") <= 1


def test_a_long_list_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the bound."""
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    with pytest.raises(Problem, match="more than 3 rows"):
        read_register(b"Name\na\nb\nc\n")
    monkeypatch.setattr(table, "MAX_BYTES", 2**20)
    with pytest.raises(Problem, match="larger than 1 MiB"):
        read_register(b"Name\n" + b"x" * 2**20)


def test_a_slip_in_a_heading_is_asked_about() -> None:
    """Did you mean: for what isn't used, and for what is missing."""
    register = read_register(b"Name,Valids until\nZeta,2030\n")
    assert "did you mean last day by “Valids until”" in register.words
    with pytest.raises(Problem, match=r"The register “list\.csv” has no column “Naame”") as caught:
        read_register(b"Name,No\nZeta,1\n", "list.csv", wanted=["name=Naame"])
    assert "Did you mean “Name”" in caught.value.fix


def test_columns_can_be_named() -> None:
    """Headings that nobody knows are told by the reader."""
    register = read_register(
        b"Podmiotowosc,Koniec\nZeta,2025\n", wanted=["name=Podmiotowosc, until=Koniec"]
    )
    assert register.look_up({"name": "zeta"}, DAY).standing is Standing.ENDED
    with pytest.raises(Problem, match="doesn’t say which column") as caught:
        read_register(b"a\nb\n", wanted=["naame=a"])
    assert "Did you mean name" in caught.value.fix


def test_columns_may_be_in_one_of_several_lists(tmp_path: Path) -> None:
    """With two lists, a heading has to be in one of them."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Podmiotowosc\nZeta\n")
    second.write_text("Name\nEta\n")
    with pytest.raises(Problem, match="None of the registers has a column “Koniec”"):
        read_all([str(second), str(second)], ["until=Koniec"])
    assert [len(one) for one in read_all([str(second), str(second)])] == [1, 1]
    with pytest.raises(Problem, match="no register is given"):
        read_all([], ["name=x"])


# -- Names and numbers ------------------------------------------------------------------------

NAMES = (
    "Name,Number,Country,Website\n"
    "University of Zeta,IE-0000123,IE,https://www.zeta.example/about\n"
    "Πανεπιστήμιο Ήτας,GR-1,GR,\n"
    "Югозападен университет Тета,BG-7,BG,\n"
    "Łódzka Akademia Jota,PL-4,PL,\n"
    "Robotek GmbH,HRB 77,DE,\n"
    "Kappa College,K-1,IE,\nKappa College,K-2,IE,\n"
)


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ({"name": "UNIVERSITY OF ZETA"}, How.NAME),
        ({"name": "Panepistimio Itas", "country": "GR"}, How.NAME),
        ({"name": "Yugozapaden universitet Teta"}, How.NAME),
        ({"name": "Lodzka Akademia Jota"}, How.NAME),
        ({"name": {"ga": "Ollscoil", "en": "University of Zeta"}}, How.NAME),
        ({"name": "Zeta University"}, How.NEAR),
        ({"name": "Zeta Universität"}, How.NEAR),
        ({"name": "Universität Zeta"}, How.NEAR),
        ({"name": "University of Zetta"}, How.NEAR),
        ({"name": "Jota Academy of Lodzka"}, How.NEAR),
        ({"name": "Robotek AG"}, How.NEAR),
        ({"name": "University of Zeta", "country": "PT"}, How.NEAR),
        ({"name": "New name", "website": "http://zeta.example"}, How.NEAR),
        ({"name": "University of Omega"}, How.NONE),
        ({"name": "University"}, How.NONE),
        ({"name": "x", "identifiers": [{"scheme": "VAT", "value": "hrb-77"}]}, How.NUMBER),
        ({"name": "x", "identifiers": [{"value": "https://ids.example/HRB77"}]}, How.NUMBER),
        ({"name": "x", "identifiers": [{"value": "HRB 77", "country": "AT"}]}, How.NONE),
        ({"name": "x", "identifiers": [{"value": 1}]}, How.NONE),
        ({}, How.NONE),
    ],
    ids=str,
)
def test_a_body_is_looked_up(body: dict[str, object], how: How) -> None:
    """Numbers first, then names; what is only near is a question."""
    assert read_register(NAMES.encode()).look_up(body, DAY).how is how


@pytest.mark.parametrize(
    "value", ["DEQARINST90001", "deqarinst090001", "https://data.deqar.eu/institution/90001"]
)
def test_numbers_of_deqar_are_written_in_several_ways(value: str) -> None:
    """The identifier and the address of an institution hold the same number."""
    register = read_register(LISTS / "deqar-form.csv")
    listing = register.look_up({"identifiers": [{"scheme": "DEQAR", "value": value}]}, DAY)
    assert listing.entry is not None
    assert listing.entry.name == "University of Zeta"


def test_a_register_can_be_handed_to_other_processes() -> None:
    """Catalogues are checked by several processes, each with the same register."""
    register = read_register(NAMES.encode())
    body = {"name": "Zeta University"}
    first = register.look_up(body, DAY)
    assert pickle.loads(pickle.dumps(register)).look_up(body, DAY) == first  # noqa: S301 - our own


def test_two_of_one_name_are_told() -> None:
    """A name that two providers have is no answer."""
    listing = read_register(NAMES.encode()).look_up({"name": "Kappa College"}, DAY)
    assert listing.how is How.NAME
    assert {entry.numbers[0][1] for entry in listing.several} == {"K-2"}


def test_numbers_of_different_schemes_are_not_compared() -> None:
    """The same digits in ROR and in DEQAR are two providers."""
    data = b"name_primary,deqar_id,identifiers_all\nZeta,123456,ROR: https://ror.org/987654\n"
    register = read_register(data)
    assert register.look_up({"identifiers": [{"scheme": "ROR", "value": "123456"}]}, DAY).how is (
        How.NONE
    )
    assert register.look_up({"identifiers": [{"scheme": "ROR", "value": "987654"}]}, DAY).how is (
        How.NUMBER
    )


# -- Days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "status", "standing"),
    [
        ("", "", "", Standing.UNDATED),
        ("2026-06-26", "2026-06-26", "", Standing.IN_FORCE),
        ("01.01.2020", "25.06.2026", "", Standing.ENDED),
        ("2020", "2026", "", Standing.IN_FORCE),
        ("2027", "", "", Standing.NOT_YET),
        ("", "unbefristet", "", Standing.IN_FORCE),
        ("", "soon", "", Standing.UNCLEAR),
        ("", "05/07/2026", "", Standing.UNCLEAR),
        ("", "46022", "", Standing.ENDED),
        ("2020-01-01", "2030-12-31", "Withdrawn", Standing.REFUSED),
        ("2020-01-01", "2030-12-31", "zawieszony", Standing.REFUSED),
        ("2020-01-01", "2030-12-31", "under review", Standing.CONDITIONAL),
        ("2020-01-01", "2030-12-31", "rumoured", Standing.CONDITIONAL),
        ("2020-01-01", "2030-12-31", "3 - negative", Standing.REFUSED),
        ("2020-01-01", "2030-12-31", "1 - positive", Standing.IN_FORCE),
    ],
)
def test_an_entry_holds_on_a_day_or_not(
    starts: str, ends: str, status: str, standing: Standing
) -> None:
    """Dates in many forms, and what lists call granted and withdrawn."""
    data = f'Name,Valid from,Valid until,Status\nZeta,"{starts}","{ends}","{status}"\n'
    found = read_register(data.encode()).look_up({"name": "Zeta"}, DAY)
    if ends == "unbefristet":
        standing = Standing.UNDATED  # no bound at all is no date
    assert found.standing is standing


def test_one_date_decides_how_a_column_is_read() -> None:
    """12/31 can only be month first, and so 05/07 is 7 May."""
    data = b"Name,Valid until\nZeta,05/07/2026\nEta,12/31/2026\n"
    assert read_register(data).look_up({"name": "Zeta"}, DAY).standing is Standing.ENDED


def test_of_several_rows_the_one_in_force_counts() -> None:
    """Lists of decisions have a row for each; an old one does no harm."""
    data = b"Name,Number,Valid from,Valid until\nZeta,1,2015,2019\nZeta,1,2020,2027\n"
    assert read_register(data).look_up({"name": "Zeta"}, DAY).standing is Standing.IN_FORCE


def test_deqar_without_reports_is_asked_about() -> None:
    """To be in DEQAR's list of institutions is no quality assurance."""
    register = read_register(LISTS / "deqar-form.csv")
    listing = register.look_up({"name": "Omikron Institute"}, DAY)
    assert listing.standing is Standing.CONDITIONAL
    listing = register.look_up({"name": "Ollscoil Zeta"}, DAY)
    assert (listing.how, listing.several) == (How.NAME, ())


# -- In a report ------------------------------------------------------------------------------


def _ids(name: str, *lists: str, file: Path = AWARD, on: str = "2026-11-01") -> set[str]:
    registers = [read_register(LISTS / each) for each in lists]
    report = check(file, registers=registers, on=on)
    return {f.rule.id for f in report.findings if f.rule.id.startswith(name)}


def test_without_a_register_no_rule_of_it_runs() -> None:
    """Nobody is told about a list that they didn't give."""
    (document,) = check(AWARD, on="2026-11-01").documents
    assert not [id for id in document.outcomes if id.startswith("REG")]  # type: ignore[union-attr]


def test_one_of_several_registers_is_enough() -> None:
    """A university in DEQAR need not be in the list of companies."""
    assert _ids("REG", "two-ways.csv", "deqar-form.csv") == set()


def test_an_offer_is_judged_on_the_day_of_the_check() -> None:
    """What ends next year is good today."""
    assert _ids("REG", "national-list.csv", file=OFFER) == set()
    assert _ids("REG", "national-list.csv", file=OFFER, on="2031-01-01") == {"REG-2"}
    assert _ids("REG", "national-list.csv", on="2031-01-01") == set()


def test_a_report_names_its_registers() -> None:
    """Readers see which list was used and how its columns were understood."""
    register = read_register(LISTS / "national-list.csv")
    report = check(AWARD, registers=[register], on="2026-11-01")
    data = json.loads(render(report, "json"))
    jsonschema.validate(data, schema("report-1"))
    assert data["registers"][0]["columns"]["until"] == ["Valid until"]
    for format in ("text", "html", "markdown"):
        assert "national-list.csv, 7 entries" in " ".join(render(report, format).split())


def test_the_command_takes_registers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A finding of a register is advice; only --strict makes it change the status."""
    other = tmp_path / "list.csv"
    other.write_text("Anbieterliste;Nr\nNobody;1\n", encoding="utf-8")
    run = ["check", str(AWARD), "--on", "2026-11-01", "--register", str(other)]
    columns = ["--register-columns", "name=Anbieterliste"]
    assert main([*run, *columns, "--select", "REG"]) == 0
    assert "REG-1" in capsys.readouterr().out
    assert main([*run, *columns, "--select", "REG", "--strict"]) == 1
    capsys.readouterr()
    assert main(["check", str(AWARD), "--register", str(tmp_path / "none.csv")]) == 2
    assert "can’t be read: No such file" in capsys.readouterr().err


def test_long_names_cost_no_time() -> None:
    """Neither a list nor a file can make the search for near names long."""
    names = "".join(f"{'zeta ' * 3000}{n}\n" for n in range(50))
    register = read_register(f"Name\n{names}".encode())
    assert register.look_up({"name": "eta " * 3000}, DAY).how is How.NONE


def test_a_profile_can_ask_for_a_listed_provider() -> None:
    """Where the law wants it, the finding weighs more and rests on the profile."""
    base = profile("eu-2022")
    strict = replace(base, id="strict", levels={"REG-1": Level.MUST})
    register = read_register(LISTS / "deqar-form.csv")
    company = ROOT / "examples/worked/ex04-robot-faults/award.yaml"
    report = check(company, registers=[register], on="2026-11-01", profile=strict)
    (found,) = (finding for finding in report.findings if finding.rule.id == "REG-1")
    assert found.level is Level.MUST
    assert "strict" in found.basis


def test_a_catalogue_is_looked_up_in_the_same_lists(tmp_path: Path) -> None:
    """Each record of a catalogue gets the findings that it gets alone, in each process."""
    offers = [read(OFFER).data, {**read(OFFER).data, "bodies": [{"name": "Nobody of Note"}]}]
    source, found = tmp_path / "offers.jsonl", tmp_path / "found.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in offers), encoding="utf-8")
    run = ["catalogue", "check", str(source), "--on", "2026-11-01", "--jobs", "2"]
    given = ["--register", str(LISTS / "national-list.csv"), "--select", "REG"]
    folder = ["--run", str(tmp_path / "run"), "--findings", str(found)]
    assert main([*run, *given, *folder, "--output", str(tmp_path / "report.json")]) == 0
    told = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    assert [one["rule"] for one in told] == ["REG-1"]
    assert main([*run, "--register", str(tmp_path / "none.csv"), *folder]) == 2
