"""Profiles: what ships is sound, what is read is told, and a finding names whose rule it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import microcred
from microcred.checking import checker
from microcred.cli import main
from microcred.problem import Problem
from microcred.profiles import BASE, Profile, profile, profile_ids
from microcred.profiles.own import faults
from microcred.report import Checked
from microcred.rule import Level, Outcome
from microcred.rules import RULES
from microcred.shape import schema
from microcred.sources import sources
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

ROOT = Path(__file__).parents[1]
DAY = "2026-11-01"
OFFER = ROOT / "examples/worked/ex10-retrofit-planning/offer.yaml"  # 75 hours, 3 ECTS, EQF 5
OTHERS = [id for id in profile_ids() if id != BASE]
MINE: dict[str, Any] = {
    "id": "xx-mine",
    "title": "Xland",
    "version": "1.0",
    "asOf": "2026-01",
    "authority": "Agency",
    "instrument": "Ordinance",
    "sources": ["https://agency.example/ordinance"],
}


def raw(id: str) -> dict[str, Any]:
    """Return the file of a shipped profile."""
    path = ROOT / f"checks/microcred/profiles/{id}.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def mine(tmp_path: Path) -> Any:
    """Return a function that writes a profile and names its file."""

    def write(name: str = "mine.yaml", **fields: Any) -> Path:
        path = tmp_path / name
        path.write_text(yaml.safe_dump(MINE | fields, sort_keys=False), encoding="utf-8")
        return path

    return write


def checked(data: dict[str, Any], under: str | Path | Profile) -> Checked:
    """Return what is found under a profile in an offer that departs from the model by *data*."""
    offer = dict(microcred.read(OFFER).data) | data
    chosen = str(under) if isinstance(under, Path) else under
    (document,) = microcred.check(offer, on=DAY, profile=chosen).documents
    assert isinstance(document, Checked)
    return document


def answer(rule: str, data: dict[str, Any], under: str | Path) -> Outcome:
    """Return what one rule says."""
    return checked(data, under).outcomes[rule]


def workload(**fields: Any) -> dict[str, Any]:
    """Return a workload of these fields alone."""
    return {"workload": fields}


def in_credits(points: float, system: str = "ECTS", **fields: Any) -> dict[str, Any]:
    """Return a workload in credits."""
    return workload(credits=[{"system": system, "points": points}], **fields)


# -- What ships ------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", profile_ids())
def test_a_shipped_profile_fits_the_schema(id: str) -> None:
    """Each file is as its schema says, and bears its own name."""
    jsonschema.Draft202012Validator(schema("profile-1")).validate(raw(id))
    assert raw(id)["id"] == profile(id).id == id


@pytest.mark.parametrize("id", profile_ids())
def test_a_shipped_profile_says_where_it_comes_from(id: str) -> None:
    """Sources are known, how firm they are is told, and nobody is said to have reviewed it."""
    assert set(raw(id)["sources"]) <= set(sources())
    assert raw(id)["confidence"] in {"high", "medium"}
    assert raw(id)["reviewer"] is None
    assert profile(id).standing.endswith("reviewer: none yet")


@pytest.mark.parametrize("id", OTHERS)
def test_a_shipped_profile_would_pass_as_one_of_ones_own(id: str, mine: Any) -> None:
    """What we ask of the files of others holds for ours."""
    fields = raw(id) | {"id": f"my-{id}"}
    assert [problem.message for problem in faults(mine(**fields))] == []


@pytest.mark.parametrize("id", OTHERS)
def test_a_shipped_profile_changes_something(id: str) -> None:
    """A profile that asks nothing belongs in the table of frameworks, not here."""
    one = profile(id)
    assert one.limits or one.own or one.levels or one.off
    assert {rule.needs for rule in RULES.values()} >= set(one.limits)


def test_the_base_runs_no_rule_of_a_profile() -> None:
    """Who chooses no profile pays for none."""
    assert [rule.id for rule in checker(on=DAY).rules if rule.needs] == []
    assert {rule.id for rule in checker("at-2023", DAY).rules if rule.needs} == {"P-1"}


@pytest.mark.parametrize("id", OTHERS)
def test_a_profile_never_changes_what_is_said_of_an_element(id: str) -> None:
    """The sixteen elements are European, whatever a country asks."""
    offer = microcred.read(OFFER).data
    statuses = checked(dict(offer), BASE).elements
    rules_raised = profile(id).levels
    if not rules_raised:
        assert checked(dict(offer), id).elements == statuses


# -- Sizes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "data", "expected"),
    [
        ("es-rd822", in_credits(14.5), Outcome.MET),
        ("es-rd822", in_credits(15), Outcome.NOT_MET),
        ("at-2023", in_credits(15), Outcome.MET),
        ("at-2023", in_credits(15.5), Outcome.NOT_MET),
        ("at-2023", in_credits(2.5), Outcome.NOT_MET),
        ("ee-2025", in_credits(5), Outcome.MET),
        ("ee-2025", in_credits(4), Outcome.NOT_MET),
        ("ie-he-2023", in_credits(31), Outcome.NOT_MET),
        ("nl-npuls", in_credits(3, "EC"), Outcome.MET),
        ("nl-npuls", in_credits(2, "EC"), Outcome.NOT_MET),
        ("cz-he-2024", in_credits(60), Outcome.MET),
        ("cz-he-2024", in_credits(61), Outcome.NOT_MET),
        ("microcredx", in_credits(6), Outcome.NOT_MET),
        ("hr-csvet", in_credits(9, "CSVET"), Outcome.MET),
        ("hr-csvet", in_credits(9.5, "CSVET"), Outcome.NOT_MET),
        ("nz-nzqcf-2022", in_credits(40, "NZ-credit"), Outcome.MET),
        ("nz-nzqcf-2022", in_credits(41, "NZ-credit"), Outcome.NOT_MET),
        ("au-nmf-2021", workload(hours=1), Outcome.MET),
        ("au-nmf-2021", workload(hours=0.5), Outcome.NOT_MET),
        ("cmf-2019", workload(hours=99), Outcome.NOT_MET),
        ("cmf-2019", in_credits(5, hours=125), Outcome.MET),
        ("cmf-2019", in_credits(16, "UK-credit"), Outcome.NOT_MET),
        ("on-osap-funding", workload(hours=40, duration="11 weeks"), Outcome.MET),
        ("on-osap-funding", workload(hours=40, duration="12 weeks"), Outcome.NOT_MET),
        ("on-osap-funding", workload(hours=40, duration="P12W"), Outcome.NOT_MET),
        (
            "on-osap-funding",
            workload(hours=40, duration="6 weeks or 3 months"),
            Outcome.CANNOT_TELL,
        ),
        ("ge-short", workload(hours=40, duration="1 week"), Outcome.NOT_MET),
        ("ge-short", workload(hours=40, duration="12 months"), Outcome.MET),
        ("ge-short", workload(hours=40, duration="P1Y"), Outcome.MET),
        ("ge-short", workload(hours=40, duration="13 months"), Outcome.NOT_MET),
    ],
)
def test_a_size_is_compared_in_its_own_unit(id: str, data: Any, expected: Outcome) -> None:
    """The bounds are where the framework puts them, and belong to it or not as it says."""
    assert answer("P-1", data, id) is expected


@pytest.mark.parametrize(
    ("id", "system"),
    [
        ("hr-csvet", "ECTS"),
        ("nz-nzqcf-2022", "ECTS"),
        ("at-2023", "CSVET"),
        ("at-2023", "NZ-credit"),
    ],
)
def test_credits_are_never_converted(id: str, system: str) -> None:
    """Points of another system are no answer, however many they are."""
    assert answer("P-1", in_credits(500, system), id) is Outcome.CANNOT_TELL


def test_hours_are_told_as_a_range_of_credits() -> None:
    """Where only hours are known, the question says what they would come to."""
    (question,) = [f for f in checked(workload(hours=75), "at-2023").findings if f.rule.id == "P-1"]
    assert str(question.message) == (
        "Is the size 3 to 15 ECTS, as the profile at-2023 asks? "
        "75 hours would be about 2.5 to 3 ECTS"
    )


def test_no_hours_are_assumed_for_points_without_any() -> None:
    """How long a point of Croatia takes isn't known, so nothing is worked out."""
    (question,) = [
        f for f in checked(workload(hours=75), "hr-csvet").findings if f.rule.id == "P-1"
    ]
    assert "hours" not in str(question.message)


# -- The other limits ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "level", "expected"),
    [
        ("hr-csvet", {"eqf": 5}, Outcome.MET),
        ("hr-csvet", {"eqf": 6}, Outcome.NOT_MET),
        ("cmf-2019", {"eqf": 7}, Outcome.MET),
        ("cmf-2019", {"eqf": 5}, Outcome.CANNOT_TELL),
        ("cmf-2019", {"eqf": 3}, Outcome.NOT_MET),
        ("ie-he-2023", {"eqf": 6}, Outcome.CANNOT_TELL),
        ("ie-he-2023", {"national": [{"framework": "NFQ", "level": "9"}]}, Outcome.MET),
        ("ie-he-2023", {"national": [{"framework": "NFQ", "level": 5}]}, Outcome.NOT_MET),
        (
            "ge-short",
            {"national": [{"framework": "Georgian framework", "country": "GE", "level": 6}]},
            Outcome.NOT_MET,
        ),
        (
            "ie-he-2023",
            {"national": [{"framework": "NFQ", "country": "GE", "level": 3}]},
            Outcome.CANNOT_TELL,
        ),
    ],
)
def test_a_level_is_compared_in_its_own_framework(id: str, level: Any, expected: Outcome) -> None:
    """A level of another framework is no answer."""
    assert answer("P-2", {"level": level}, id) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Post-graduate writing", Outcome.NOT_MET),
        ("Postgraduate writing", Outcome.NOT_MET),
        ("Farming in New Zealand", Outcome.NOT_MET),
        ("International trade papers", Outcome.MET),
        ("Degreeless writing", Outcome.MET),
    ],
)
def test_words_of_a_title_count_whole(title: str, expected: Outcome) -> None:
    """Part of a word is no word, and a hyphen makes no difference."""
    assert answer("P-3", {"title": title}, "nz-nzqcf-2022") is expected


def test_identity_is_asked_for_unless_learning_is_on_site() -> None:
    """Recognition practice looks at identity where nobody sees the learner."""
    bare = {"assessments": [{"id": "A1", "type": "project-work", "covers": ["LO1"]}]}
    onsite = bare | {"participation": {"mode": "onsite"}}
    assert answer("P-4", bare, "recognition-nuffic-7") is Outcome.NOT_MET
    assert answer("P-4", onsite, "recognition-nuffic-7") is Outcome.MET


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"contact": 10, "online-synchronous": 5, "self-study": 60}, Outcome.MET),
        ({"contact": 14, "self-study": 61}, Outcome.NOT_MET),
        ({"contact": 10, "practice": 10, "self-study": 55}, Outcome.CANNOT_TELL),
        (None, Outcome.CANNOT_TELL),
    ],
)
def test_hours_with_a_teacher_are_added_up(parts: Any, expected: Outcome) -> None:
    """Three credits of Malta hold fifteen hours of contact."""
    fields = {"parts": parts} if parts else {}
    assert answer("P-5", in_credits(3, hours=75, **fields), "mt-mqf") is expected


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        ({"next": "2029-11-01"}, Outcome.MET),
        ({"next": "2030-02-01"}, Outcome.NOT_MET),
        ({"last": "2026-01-01"}, Outcome.CANNOT_TELL),
    ],
)
def test_a_review_comes_within_three_years(review: Any, expected: Outcome) -> None:
    """Three years to the day are within."""
    assert answer("P-6", {"review": review, "quality": []}, "nz-nzqcf-2022") is expected


@pytest.mark.parametrize("id", ["nz-nzqcf-2022", "on-ecampus-2020"])
def test_need_takes_evidence(id: str) -> None:
    """A claim is no evidence."""
    assert answer("P-7", {"need": {"statement": "Firms ask for it"}}, id) is Outcome.NOT_MET


@pytest.mark.parametrize(("id", "hours"), [("cz-he-2024", 28), ("mt-mqf", 28)])
def test_a_figure_of_a_profile_names_the_profile(id: str, hours: int) -> None:
    """Where a country says 25 hours a credit, the finding doesn't cite the guide of the EU."""
    data = in_credits(1, hours=hours)
    assert answer("M7-2", data, BASE) is Outcome.MET
    (finding,) = [f for f in checked(data, id).findings if f.rule.id == "M7-2"]
    assert finding.basis.startswith(f"profile {id} ")


def test_a_figure_of_the_base_keeps_its_own_source() -> None:
    """Italy says nothing of ECTS, so a finding on ECTS doesn't cite Italy."""
    (finding,) = [
        f for f in checked(in_credits(1, hours=40), "it-he").findings if f.rule.id == "M7-2"
    ]
    assert finding.basis == RULES["M7-2"].basis
    points = in_credits(1, "CFU", hours=40)
    (finding,) = [f for f in checked(points, "it-he").findings if f.rule.id == "M7-2"]
    assert finding.basis.startswith("profile it-he ")


def test_hours_of_one_system_leave_the_others_alone() -> None:
    """Italy speaks of its own points; ECTS stays as it is in Europe."""
    assert profile("it-he").values["hours-per-credit"] == {"ECTS": [25, 30], "CFU": [25, 25]}


def test_a_level_of_a_profile_names_the_profile() -> None:
    """A rule that weighs more in one country says whose weight it is."""
    data = in_credits(3) | {"bodies": [{"id": "a", "name": "Firm", "type": "employer"}]}
    (finding,) = [f for f in checked(data, "de-credit-rights").findings if f.rule.id == "M7-9"]
    assert finding.level is Level.MUST
    assert finding.basis.startswith("profile de-credit-rights ")


@pytest.mark.parametrize(
    ("limits", "data", "expected"),
    [
        ([{"at": "/need/statement", "name": "need"}], {"need": {"statement": "x"}}, Outcome.MET),
        ([{"at": "/need/statement", "name": "need"}], {"need": {"evidence": []}}, Outcome.NOT_MET),
        ([{"at": "/x-code", "name": "code"}], {"x-code": "0613"}, Outcome.MET),
        (
            [{"at": "/outcomes/*/skills", "name": "skills"}],
            {"outcomes": [{"statement": "a"}, {"statement": "b", "skills": ["s"]}]},
            Outcome.MET,
        ),
        (
            [{"at": "/outcomes/*/skills", "name": "skills"}],
            {"outcomes": [{"statement": "a"}]},
            Outcome.NOT_MET,
        ),
        (
            [{"at": "/x-code", "name": "code", "question": "Is there a code?"}],
            {},
            Outcome.CANNOT_TELL,
        ),
        (
            [{"at": "/x-code", "name": "code", "unlessMode": "onsite"}],
            {"participation": {"mode": "onsite"}},
            Outcome.MET,
        ),
    ],
)
def test_fields_beyond_the_elements_are_asked_for(
    mine: Any, limits: Any, data: Any, expected: Outcome
) -> None:
    """A field stands anywhere in a list, may be one of the country’s own, or be a question."""
    assert answer("P-8", data, mine(limits={"fields": limits})) is expected


@pytest.mark.parametrize(
    ("limit", "body", "quality", "expected"),
    [
        ({"types": ["higher-education"]}, "university", [], Outcome.MET),
        ({"types": ["higher-education"]}, "employer", [], Outcome.NOT_MET),
        ({"types": ["higher-education"]}, "guild", [], Outcome.NOT_APPLICABLE),
        ({"condition": "certified"}, "employer", [], Outcome.CANNOT_TELL),
        (
            {"condition": "certified", "shownBy": ["institutional-licence"]},
            "employer",
            [{"kind": "external", "type": "institutional-licence"}],
            Outcome.MET,
        ),
        ({"types": ["employer"], "condition": "certified"}, "employer", [], Outcome.CANNOT_TELL),
    ],
)
def test_only_bodies_that_are_admitted_award(
    mine: Any, limit: Any, body: str, quality: Any, expected: Outcome
) -> None:
    """The type is compared, and a condition is asked for unless an accreditation shows it."""
    data = {"bodies": [{"id": "a", "name": "A", "type": body}], "quality": quality}
    assert answer("P-9", data, mine(limits={"providers": limit})) is expected


@pytest.mark.parametrize(
    ("limit", "period", "expected"),
    [
        ({"expires": False}, "no expiry", Outcome.MET),
        ({"expires": False}, "P3Y", Outcome.NOT_MET),
        ({"months": 60}, "P5Y", Outcome.MET),
        ({"months": 60}, "P6Y", Outcome.NOT_MET),
        ({"months": 60}, "a while", Outcome.NOT_APPLICABLE),
    ],
)
def test_validity_keeps_to_the_profile(
    mine: Any, limit: Any, period: str, expected: Outcome
) -> None:
    """Awards without end, or no longer than the framework says."""
    data = {"validity": {"period": period}}
    assert answer("P-10", data, mine(limits={"validity": limit})) is expected


def test_local_names_stand_in_the_report(mine: Any) -> None:
    """A reader finds the word of the country beside the English one."""
    path = mine(names={"M6": {"hr": "ishodi učenja"}})
    report = microcred.check(OFFER, profile=str(path), on=DAY)
    for format in ("text", "html", "markdown"):
        assert "ishodi učenja" in microcred.render(report, format)


# -- A profile of one's own ------------------------------------------------------------------------


def test_a_file_works_as_a_profile(mine: Any) -> None:
    """The name of a file stands where an id can."""
    path = mine(limits={"size": [{"unit": "hours", "max": 60}]})
    assert answer("P-1", workload(hours=61), path) is Outcome.NOT_MET
    assert answer("P-1", workload(hours=60), path) is Outcome.MET


def test_a_file_extends_a_shipped_profile(mine: Any) -> None:
    """What is left out stays, what is stated replaces."""
    own = profile(str(mine(extends="nz-nzqcf-2022", limits={"review": {"months": 12}})))
    assert own.limits["review"] == {"months": 12}
    assert own.limits["size"] == profile("nz-nzqcf-2022").limits["size"]
    assert own.values == profile("nz-nzqcf-2022").values


def test_a_file_extends_a_file_beside_it(mine: Any) -> None:
    """A university lays its rules over those of its country, which it has as a file."""
    mine("country.yaml", id="country", limits={"need": {"evidence": 2}}, off=["M7-7"])
    own = profile(str(mine(extends="country.yaml", levels={"M7-7": "should"})))
    assert own.limits["need"] == {"evidence": 2}
    assert (own.off, own.levels) == (frozenset(), {"M7-7": Level.SHOULD})


@pytest.mark.parametrize(
    ("fields", "words", "fix"),
    [
        ({"asOf": "soon"}, "line 4: “asOf” is “soon”", "Year, month or day"),
        ({"title": None}, "“title” is not text", "Write text"),
        ({"sources": []}, "“sources” is empty", "Fill it in"),
        ({"sources": ["NOWHERE"]}, "“NOWHERE” is no source", "an address"),
        ({"confidence": "sure"}, "“confidence” is “sure”", "high, medium, low"),
        ({"limit": {}}, "“limit” is no field", "Did you mean “limits”?"),
        ({"limits": {"size": [{"min": 3}]}}, "“limits › size › 1” has no “unit”", "Add `unit`"),
        ({"limits": {"size": [{"unit": "ETCS", "min": 3}]}}, "“ETCS” is no unit", "ECTS"),
        ({"limits": {"size": [{"unit": "ECTS"}]}}, "has no bound", "`min`, `max`"),
        ({"limits": {"size": [{"unit": "ECTS", "min": 9, "max": 3}]}}, "9 is above", "Swap"),
        ({"limits": {"level": {"eqf": {"min": 0, "max": 9}}}}, "“limits › level › eqf", "level"),
        ({"off": ["M99-1"]}, "no rule “M99-1”", "`microcred rules`"),
        ({"levels": {"M99-1": "must"}}, "no rule “M99-1”", "`microcred rules`"),
        ({"levels": {"M7-2": "big"}}, "“levels › M7-2” is “big”", "must, should, advice"),
        ({"off": ["M7-2"], "levels": {"M7-2": "must"}}, "switched off, and has a level", "`off`"),
        ({"values": {"hours": 3}}, "No rule reads the figure “hours”", "hours-per-credit"),
        ({"values": {"quality-years": [1, 2]}}, "another form", "Write it like 7"),
        ({"id": BASE}, "comes with the package", "your own"),
        ({"extends": "nowhere"}, "extends “nowhere”", BASE),
        ({"extends": "mine.yaml"}, "extends itself", BASE),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_a_fault_of_a_profile_is_told(mine: Any, fields: Any, words: str, fix: str) -> None:
    """What is wrong with a file is one sentence, with a way to mend it."""
    path = mine(**fields)
    told = faults(path)
    assert any(words in problem.message and fix in problem.fix for problem in told), [
        (problem.message, problem.fix) for problem in told
    ]
    with pytest.raises(Problem):
        microcred.check(OFFER, profile=str(path), on=DAY)


def test_a_missing_field_is_told_with_what_it_means(tmp_path: Path) -> None:
    """Every field that is needed is asked for, not only the first."""
    path = tmp_path / "bare.yaml"
    path.write_text("id: bare\n", encoding="utf-8")
    told = [problem.message for problem in faults(path)]
    assert told == [
        f"bare.yaml, line 1: The profile has no “{field}”"
        for field in ("title", "version", "asOf", "authority", "instrument", "sources")
    ]


def test_what_is_no_profile_is_told(tmp_path: Path) -> None:
    """A list, or a file that isn't there, is told like any other fault."""
    path = tmp_path / "list.yaml"
    path.write_text("- 1\n", encoding="utf-8")
    assert [problem.message for problem in faults(path)] == ["“list.yaml” holds no profile"]
    assert len(faults(tmp_path / "gone.yaml")) == 1


# -- Conflicts, and profiles from worksheets ------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"limits": {"size": [{"unit": "NZ-credit", "min": 1, "max": 60}]}},
            "1 to 60, goes beyond",
        ),
        (
            {"limits": {"size": [{"unit": "ECTS", "max": 5}]}},
            "no longer sets the size in NZ-credit",
        ),
        ({"limits": {"title": {"without": ["diploma"]}}}, "allows words in titles"),
        ({"limits": {"required": [{"element": "O2"}]}}, "no longer asks for the element M8"),
        ({"limits": {"fields": [{"at": "/x-a", "name": "abc"}]}}, "the field /need/statement"),
        ({"limits": {"review": {"months": 48}}}, "48 instead of 36"),
        ({"off": ["M7-1"]}, "switches off M7-1, which is a must rule"),
        ({"levels": {"M6-1": "advice"}}, "lowers M6-1 from must to advice"),
    ],
)
def test_a_conflict_is_told(
    mine: Any, fields: Any, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who asks less than the profile below is told, and may."""
    assert main(["profile", "check", str(mine(extends="nz-nzqcf-2022", **fields))]) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"limits": {"size": [{"unit": "NZ-credit", "min": 5, "max": 20}]}},
        {"limits": {"review": {"months": 12}}},
        {"levels": {"M7-2": "must"}},
    ],
)
def test_asking_more_is_no_conflict(
    mine: Any, fields: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A profile may always be stricter than the one below it."""
    assert main(["profile", "check", str(mine(extends="nz-nzqcf-2022", **fields))]) == 0
    assert "Conflict" not in capsys.readouterr().out


@pytest.mark.parametrize("format", ["yaml", "xlsx", "docx", "csv"])
def test_a_worksheet_becomes_a_profile(format: str, tmp_path: Path) -> None:
    """Whatever form the card has, the profile is the same, sound, and works."""
    sheets = []
    for id in ("P6", "W20"):
        said = microcred.read(ROOT / f"examples/worksheets/{id.lower()}-sample.yaml").data
        path = tmp_path / f"{id}.{format}"
        path.write_bytes(written(worksheet(id), format, said))
        sheets.append(str(path))
    target = tmp_path / "xland.yaml"
    command = ["profile", "new", "--from", sheets[0], "--terms", sheets[1], "--output", str(target)]
    assert main(command) == 0
    own = profile(str(target))
    assert own.limits["size"] == [{"unit": "ECTS", "min": 2, "max": 16, "maxExcluded": True}]
    assert own.limits["level"]["national"][0]["framework"] == "XQF"
    assert own.limits["validity"] == {"months": 60}
    assert {row["element"] for row in own.limits["required"]} == {"M8", "O1", "O2", "O4"}
    assert own.names["M6"] == {"de": "Lernergebnisse"}
    assert own.values["hours-per-credit"]["ECTS"] == [25, 25]  # type: ignore[index]
    assert own.reviewer
    assert answer("P-1", in_credits(16), target) is Outcome.NOT_MET
    assert answer("P-1", in_credits(15), target) is Outcome.MET


def test_a_card_with_gaps_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is missing is asked for, once, and the rest is written."""
    source = ROOT / "examples/worksheets/p6-to-mend.yaml"
    target = tmp_path / "xland.yaml"
    assert main(["profile", "new", "--from", str(source), "--output", str(target)]) == 1
    told = capsys.readouterr().err
    assert told.count("has no “sources”") == 1
    assert ".." not in told
    assert target.is_file()


def test_another_worksheet_makes_no_profile(capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence names the worksheet that does."""
    source = str(ROOT / "examples/worksheets/w15-sample.yaml")
    assert main(["profile", "new", "--from", source]) == 2
    assert "is no worksheet P6" in capsys.readouterr().err


def test_the_smallest_profile_is_sound(tmp_path: Path) -> None:
    """Who begins with an empty one begins with one that works."""
    target = tmp_path / "mine.yaml"
    assert main(["profile", "new", "--output", str(target)]) == 0
    assert faults(target) == []


@pytest.mark.parametrize("id", profile_ids())
def test_each_profile_has_a_page(id: str) -> None:
    """A page draws it, under its title."""
    page = ROOT / f"docs/reference/profiles/{id}.md"
    assert page.is_file(), f"Write {page.name}, like the pages beside it"
    text = page.read_text(encoding="utf-8")
    assert f"(profile-{id})=\n# {profile(id).title}\n" in text
    assert f"```{{profile}} {id}\n" in text


# -- The commands ----------------------------------------------------------------------------------


def test_the_list_says_whose_rules_and_how_firm(capsys: pytest.CaptureFixture[str]) -> None:
    """Each profile is listed with authority, day, source, confidence and reviewer."""
    assert main(["profiles", "--format", "json"]) == 0
    listed = {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert tuple(listed) == profile_ids()
    assert listed["hr-csvet"]["authority"] == "Croatia"
    assert listed["hr-csvet"]["reviewer"] is None
    assert main(["profiles"]) == 0
    told = capsys.readouterr().out
    assert all(id in told for id in profile_ids())
    assert told.count("reviewer: none yet") == len(listed)


def test_a_sound_profile_is_told_what_it_sets(
    mine: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A writer sees which rules the file brings up."""
    assert main(["profile", "check", str(mine(limits={"need": {"evidence": 1}}))]) == 0
    assert "Laid over eu-2022; rules of its own: P-7;" in capsys.readouterr().out


def test_a_faulty_profile_ends_with_2(mine: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """All faults are told at once, in the order of the file."""
    assert main(["profile", "check", str(mine(asOf="soon", confidence="sure"))]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.index("“asOf” is “soon”") < told.err.index("“confidence” is “sure”")


@pytest.mark.parametrize("name", ["xland", "alpha-university"])
def test_the_examples_are_profiles(name: str) -> None:
    """What stands in the examples works."""
    assert faults(ROOT / f"examples/profiles/{name}.yaml") == []


def test_examples_of_the_guide_are_profiles(tmp_path: Path) -> None:
    """What people copy from the page works."""
    page = (ROOT / "docs/reference/profiles/own.md").read_text(encoding="utf-8")
    texts = [part.split("```")[0] for part in page.split("```yaml\n")[1:]]
    assert len(texts) == 2
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        assert [problem.message for problem in faults(path)] == []
