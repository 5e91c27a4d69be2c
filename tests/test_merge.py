"""Several worksheets of one micro-credential become one description, and disagreements are told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import microcred
from microcred.cli import main
from microcred.merging import Merged
from microcred.problem import Problem
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

ROOT = Path(__file__).parents[1]
OFFERS = sorted((ROOT / "examples/worked").glob("*/offer.yaml"))
JOINING = ROOT / "examples/joining"
PARTS = {"W02": "xlsx", "W03": "docx", "W04": "xlsx", "W05": "csv", "W06": "docx", "W09": "xlsx"}


def offer(**said: object) -> dict[str, Any]:
    """Return an offer that says only this."""
    return {"microcred": 1, "kind": "offer", **said}


def joined(*documents: dict[str, Any], prefer: int | None = None) -> Merged:
    """Return the joined documents."""
    return microcred.merge(*documents, prefer=prefer)


def told(found: Merged) -> dict[str, list[object]]:
    """Return the answers to each question on which the documents differ."""
    return {one.pointer: [said.value for said in one.answers] for one in found.conflicts}


# Agreement


@pytest.mark.parametrize("path", OFFERS[::3], ids=lambda path: path.parent.name)
def test_the_worksheets_of_an_offer_become_the_offer(path: Path) -> None:
    """What was divided among six worksheets in three formats comes together again."""
    whole = dict(microcred.read(path).data)
    sheets = [
        microcred.read(written(worksheet(id), format, whole), name=f"{id}.{format}")
        for id, format in PARTS.items()
    ]
    found = microcred.merge(*sheets)
    assert found.conflicts == ()
    expected = {key: whole[key] for key in whole if key in found.data}
    for key in ("title", "outcomes", "workload", "level", "quality"):
        assert found.data[key] == expected[key]
    assert "x-worksheet" not in found.data


def test_identical_answers_are_one_answer() -> None:
    """Spaces, numbers in words and the order of values in a cell are no difference."""
    found = joined(
        offer(title="Welding  ", workload={"hours": "12,50"}, countries=["HR", "SI"]),
        offer(title="Welding", workload={"hours": 12.5}, countries=["SI", "HR"]),
    )
    assert found.data == offer(title="Welding  ", workload={"hours": 12.5}, countries=["HR", "SI"])
    assert found.conflicts == ()


def test_digits_of_a_version_are_no_number() -> None:
    """1.10 comes after 1.9, and is not 1.1."""
    assert told(joined(offer(version="1.1"), offer(version="1.10"))) == {
        "/version": ["1.1", "1.10"]
    }


@pytest.mark.parametrize("hours", ["75 годин", "75 h", "75:00", "PT75H", "75,0"])
def test_amounts_and_days_agree_as_the_rules_read_them(hours: str) -> None:
    """A unit in words, or a day in another form, is no other answer; “75 weeks” is one."""
    one = offer(
        workload={
            "hours": 75,
            "parts": {"contact": 12},
            "credits": [{"system": "ECTS", "points": 3}],
        },
        quality=[{"id": "Q", "until": "2030-12-31"}],
    )
    other = offer(
        workload={
            "hours": hours,
            "parts": {"contact": "12 h"},
            "credits": [{"system": "ECTS", "points": "3 ECTS"}],
        },
        quality=[{"id": "Q", "until": "31.12.2030"}],
    )
    assert joined(one, other).data == one
    assert told(joined(other, one)) == {}
    assert told(joined(one, offer(workload={"hours": "75 weeks"}))) == {
        "/workload/hours": [75, "75 weeks"]
    }


def test_empty_answers_contradict_nothing() -> None:
    """What one file leaves open, another may answer."""
    found = joined(offer(title=None, outcomes=[None]), offer(title="Welding"))
    assert found.data == offer(title="Welding")


def test_entries_join_by_their_short_names() -> None:
    """Each file may say something else of the same outcome; the order is that of the first."""
    found = joined(
        offer(outcomes=[{"id": "LO1", "statement": "A"}, {"id": "LO2", "statement": "B"}]),
        offer(outcomes=[{"id": "LO2", "type": "skill"}, {"id": "LO3", "statement": "C"}]),
    )
    assert found.data["outcomes"] == [
        {"id": "LO1", "statement": "A"},
        {"id": "LO2", "statement": "B", "type": "skill"},
        {"id": "LO3", "statement": "C"},
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"name": "Alpha"}, {"id": "a", "name": "alpha"}, 1),
        ({"name": {"en": "Alpha", "fi": "Alfa"}}, {"name": "Alfa", "country": "FI"}, 1),
        ({"id": "a", "name": "Alpha"}, {"id": "b", "name": "Alpha"}, 2),
        ({"name": "Alpha"}, {"name": "Beta"}, 2),
        ({"type": "x"}, {"type": "x"}, 1),
        ({"type": "x"}, {"type": "y"}, 2),
    ],
    ids=["name", "language", "other id", "other name", "equal", "unequal"],
)
def test_entries_without_a_short_name(one: Any, other: Any, expected: int) -> None:
    """They are joined by their names; what can't be told apart must be equal."""
    bodies = joined(offer(bodies=[one]), offer(bodies=[other])).data["bodies"]
    assert isinstance(bodies, list)
    assert len(bodies) == expected


def test_two_entries_of_one_file_stay_two() -> None:
    """What one author wrote twice, she meant twice."""
    twice = [{"kind": "internal", "body": "Board"}, {"kind": "internal", "body": "Board"}]
    assert joined(offer(quality=twice), offer(title="W")).data["quality"] == twice


def test_a_text_in_one_language_joins_a_text_in_several() -> None:
    """The language of the document says which one it is."""
    found = joined(
        offer(language="fi", title="Hitsaus"), offer(title={"en": "Welding", "fi": "Hitsaus"})
    )
    assert found.data["title"] == {"fi": "Hitsaus", "en": "Welding"}
    assert found.conflicts == ()


# Disagreement


def test_different_answers_are_told_with_file_and_cell() -> None:
    """Both are shown, and none is chosen."""
    names = {"W03.xlsx": "Welding", "W04.docx": "Soldering"}
    sheets = [
        microcred.read(
            written(worksheet(name[:3]), name[4:], offer(title=title, language="en")), name=name
        )
        for name, title in names.items()
    ]
    found = microcred.merge(*sheets)
    (conflict,) = found.conflicts
    assert conflict.name == "Title"
    assert [f"{one.value} in {one}" for one in conflict.answers] == [
        "Welding in W03.xlsx, About!B4",
        "Soldering in W04.docx, table 2, row 2",
    ]
    assert "title" not in found.data
    assert found.data["language"] == "en"


def test_a_preferred_file_decides() -> None:
    """Its answer is taken where it has one, and the others are still told."""
    first, second = offer(title="A", version="1"), offer(title="B", version="1", summary="S")
    found = joined(first, second, prefer=1)
    assert found.data == offer(title="B", version="1", summary="S")
    assert [one.preferred.value for one in found.conflicts if one.preferred] == ["B"]


def test_values_of_different_form_are_told() -> None:
    """A list beside a single value, an amount beside a group."""
    assert list(told(joined(offer(countries=["HR"]), offer(countries="HR")))) == ["/countries"]
    assert list(told(joined(offer(level={"eqf": 4}), offer(level=[4])))) == ["/level"]


def test_places_name_the_file() -> None:
    """A check of the joined description leads back to the worksheets."""
    found = microcred.merge(*sorted(JOINING.glob("*.csv")))
    (checked,) = microcred.check(found.credential, on="2026-11-01", select=["M7"]).documents
    assert isinstance(checked, microcred.Checked)
    assert {str(one.place).split("/")[-1] for one in checked.findings} <= {
        "W04.csv, row 5, column D",
        "whole document",
    }
    assert str(found.credential.where("/workload/hours")).endswith("W04.csv, row 5, column D")


def test_offers_and_awards_are_not_joined() -> None:
    """They are different things."""
    award = {"microcred": 1, "kind": "award", "title": "A"}
    with pytest.raises(Problem, match=r"is an offer, and .* is an award"):
        joined(offer(title="A"), award)
    with pytest.raises(Problem, match="nothing to join"):
        joined(offer(title="A"))


_TEXT = st.text("abcxyz 1", min_size=1, max_size=8).map(str.strip).filter(bool)
_OUTCOMES = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("ABCD")}, optional={"statement": _TEXT}),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one["id"],
)
_DRAFT = st.fixed_dictionaries(
    {}, optional={"title": _TEXT, "outcomes": _OUTCOMES, "level": st.just({"eqf": 4})}
)


@given(_DRAFT, _DRAFT)
@settings(max_examples=60, deadline=None)
def test_joining_loses_nothing(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Each answer of each file is in the result or in a conflict, and order decides nothing."""
    found, turned = joined(offer(**one), offer(**other)), joined(offer(**other), offer(**one))
    assert {p: sorted(map(str, v)) for p, v in told(found).items() if "outcomes" not in p} == {
        p: sorted(map(str, v)) for p, v in told(turned).items() if "outcomes" not in p
    }
    assert len(found.conflicts) == len(turned.conflicts)
    kept = str(found.data) + str([one.answers for one in found.conflicts])
    for text in re.findall(r"'([^']+)'", str([one, other])):
        assert text in kept
    assert joined(offer(**one), offer(**one)).conflicts == ()


# The command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    """Run the command line in a folder with three worksheets; returns status, output and errors."""
    monkeypatch.chdir(tmp_path)
    for path in JOINING.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())

    def call(*args: str) -> tuple[int, str, str]:
        status = main(["merge", *args])
        return status, *capfd.readouterr()

    return call


def test_the_page_shows_what_the_command_says(run: Any) -> None:
    """The lines on the page are those that a reader sees."""
    page = (ROOT / "docs/toolkit/merge.md").read_text("utf-8")
    status, _, err = run("W03.csv", "W04.csv", "W06.csv", "--output", "offer.yaml")
    assert status == 1
    assert err in page
    written = Path("offer.yaml").read_text("utf-8")
    assert written.startswith("# Different answers, so left out until you decide:\n#   Title\n")
    assert "title" not in yaml.safe_load(written)


@pytest.mark.parametrize("ending", ["xlsx", "docx", "csv", "json", "yaml"])
def test_the_command_writes_the_form_of_the_ending(run: Any, ending: str) -> None:
    """A worksheet that is joined can be filled in further."""
    name = f"offer.{ending}"
    status, _, err = run("W03.csv", "W04.csv", "--prefer", "W03.csv", "--output", name)
    assert status == 0
    assert "(taken)" in err
    data = microcred.read(name).data
    assert data["title"] == "Bookkeeping for small farms"
    assert "x-worksheet" not in data
    assert microcred.read(name).kind == "offer"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("W03.csv",), "There is nothing to join"),
        (("W03.csv", "W04.csv", "--output", "o.pdf"), "can’t be written as “.pdf”"),
        (("W03.csv", "W04.csv", "--output", "W06.csv"), "is there already"),
        (("W03.csv", "W04.csv", "--prefer", "W06.csv"), "none of the files"),
        (("W03.csv", "gone.csv"), "gone.csv"),
    ],
    ids=["one", "ending", "there", "prefer", "gone"],
)
def test_the_command_says_what_it_needs(run: Any, arguments: tuple[str, ...], said: str) -> None:
    """Wrong usage has a sentence and what to do."""
    status, _, err = run(*arguments)
    assert status == 2
    assert said in err
