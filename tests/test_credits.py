"""Credits of one system in another: ranges, sources, and no answer where nobody knows."""

from __future__ import annotations

import json

import pytest

from microcred.cli import main
from microcred.credits import HOURS, MOST, Rates, amount, convert, counted, system
from microcred.problem import Problem
from microcred.profiles import profile
from microcred.sources import sources
from microcred.vocabularies import vocabulary

SYSTEMS = [entry.code for entry in vocabulary("credit-systems")]


@pytest.mark.parametrize(
    ("points", "source", "target", "expected"),
    [
        (40, "SCQF", "ECTS", "13.3 to 20"),
        (15, "CATS", "ECTS", "5 to 7.5"),
        (7.5, "ECTS", "UK-credit", "15 to 22.5"),
        (40, "NZ-credit", "ECTS", "13.3 to 16"),
        (40, "ZA-credit", "ECTS", "13.3 to 16"),
        (40, "ZA-credit", "NZ-credit", "40"),
        (1, "CFU", "hours", "25"),
        (6, "CFU", "ECTS", "5 to 6"),
        (2, "US-credit", "ECTS", "3.3 to 4"),
        (125, "hours", "ECTS", "4.2 to 5"),
        (3, "EC", "ECTS", "3"),
        (9, "CSVET", "CSVET", "9"),
    ],
)
def test_an_amount_is_told_as_a_range(
    points: float, source: str, target: str, expected: str
) -> None:
    """The range holds every result that a source supports."""
    assert str(convert(points, source, target).span) == expected


@pytest.mark.parametrize("source", ["CSVET", "ECVET", "OSP"])
@pytest.mark.parametrize("target", ["ECTS", "hours"])
def test_what_nobody_knows_is_not_worked_out(source: str, target: str) -> None:
    """Points without hours lead nowhere, in either direction, until the hours are stated."""
    assert convert(9, source, target).span is None
    assert target == HOURS or convert(9, target, source).span is None
    assert str(convert(9, source, "ECTS", hours=225).span) == "7.5 to 9"


def test_stated_hours_replace_what_credits_stand_for() -> None:
    """Where the workload is known, nothing is assumed, and no custom is told."""
    told = convert(20, "SCQF", "ECTS", hours=150)
    assert (str(told.span), [way.name for way in told.ways]) == ("5 to 6", ["by hours"])


def test_a_profile_sets_the_hours_and_is_cited() -> None:
    """Malta counts 25 hours, and the answer names Malta’s source."""
    told = convert(5, "ECTS", "hours", rates=Rates.of(profile("mt-mqf")))
    assert str(told.span) == "125"
    assert told.ways[0].sources == profile("mt-mqf").sources
    assert not Rates.of(profile("at-2023")).hours


@pytest.mark.parametrize("code", SYSTEMS)
def test_each_factor_has_a_source(code: str) -> None:
    """No factor stands there without its source and how firm that is."""
    row = vocabulary("credit-systems").get(code).extra  # type: ignore[union-attr]
    assert row["source"] in sources()
    assert row["confidence"] in {"high", "medium", "low"}
    assert bool(row["for_one_ects"]) == bool(row["direct_source"])
    assert not row["direct_source"] or row["direct_source"] in sources()
    assert bool(row["hours_low"]) == bool(row["hours_high"])


@pytest.mark.parametrize("other", SYSTEMS)
def test_there_and_back_holds_what_was_given(other: str) -> None:
    """A range that comes back holds the amount that went."""
    there = convert(10, "ECTS", other).span
    if there:
        back = convert(there.low, other, "ECTS").span, convert(there.high, other, "ECTS").span
        assert back[0]
        assert back[1]
        assert back[0].low - 0.01 <= 10 <= back[1].high + 0.01


@pytest.mark.parametrize("text", ["", "x", "0", "-3", "1e9", f"{MOST + 1}", "nan", None, [], "5 6"])
def test_what_is_no_amount_is_told(text: object) -> None:
    """A sentence says what can be written."""
    with pytest.raises(Problem, match="no number of credits"):
        amount(text)


@pytest.mark.parametrize("text", ["1,200", "1.200", "1.200 h"])
def test_an_amount_of_two_readings_is_asked_about(text: str) -> None:
    """As in a draft: half of Europe marks thousands as the other half marks decimals."""
    with pytest.raises(Problem, match=r"is 1200 for some readers, and 1\.2 for others") as caught:
        amount(text)
    assert caught.value.fix == "Write 1200 or 1.2, whichever is meant"


@pytest.mark.parametrize(("text", "number"), [("40", 40), ("7,5", 7.5), ("1 000", 1000), (3, 3)])
def test_amounts_are_read_as_people_write_them(text: object, number: float) -> None:
    """A comma and a space are no fault."""
    assert amount(text) == number


def test_a_slip_in_a_system_is_told() -> None:
    """The nearest name is offered."""
    with pytest.raises(Problem) as told:
        system("ETCS")
    assert told.value.fix.startswith("Did you mean ECTS?")


def test_units_are_words() -> None:
    """Codes are for machines."""
    assert counted(1, "NZ-credit") == "1 NZ credit"
    assert counted(12.5, "UK-credit") == "12.5 UK credits"
    assert counted(1, HOURS) == "1 hour"


def test_the_command_answers_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds each way with its sources."""
    assert main(["credits", "40", "--from", "scqf", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["from"], told["to"], told["low"], told["high"]) == ("SCQF", "ECTS", 13.33, 20)
    assert [way["confidence"] for way in told["ways"]] == ["high", "low"]


def test_no_answer_is_status_one(capsys: pytest.CaptureFixture[str]) -> None:
    """A script can tell an answer from none."""
    assert main(["credits", "9", "--from", "CSVET", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["low"] is None
    assert main(["credits", "9", "--from", "Klingon"]) == 2
    assert "no credit system that we know" in capsys.readouterr().err
