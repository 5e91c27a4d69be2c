"""Open Badges are read into our fields, and the faults that validators let pass are told."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from microcred.checking import check, check_one, checker
from microcred.credential import Credential
from microcred.problem import Problem
from microcred.readers import read
from microcred.report import Checked, Status

REFERENCE = Path(
    os.environ.get("MICROCRED_REFERENCE")
    or Path(__file__).parent.parent.parent / "shared" / "reference"
)
READY = checker(on="2026-11-01")


def badge() -> dict[str, Any]:
    """Return a small badge with the parts that the tests look at."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "validFrom": "2026-06-01T00:00:00Z",
        "issuer": {
            "id": "https://gamma.example",
            "type": ["Profile"],
            "name": "College Gamma",
            "address": {"type": ["Address"], "addressCountryCode": "EE"},
        },
        "credentialSubject": {
            "id": "did:example:1",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://gamma.example/mc/pipes",
                "type": ["Achievement"],
                "name": "Welding of pipes",
                "description": "Welds pipes",
                "criteria": {"narrative": "Weld three pipes."},
                "creditsAvailable": 2.0,
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetType": "ext:EQF",
                        "targetName": "EQF level 4",
                        "targetUrl": "http://data.europa.eu/snb/eqf/4",
                        "targetCode": "4",
                    }
                ],
                "resultDescription": [
                    {
                        "id": "urn:uuid:2",
                        "type": ["ResultDescription"],
                        "name": "Test piece",
                        "resultType": "Status",
                        "allowedValue": ["Failed", "Completed"],
                    }
                ],
            },
            "result": [
                {"type": ["Result"], "resultDescription": "urn:uuid:2", "value": "Completed"}
            ],
        },
    }


def achievement(data: dict[str, Any]) -> dict[str, Any]:
    """Return what the badge certifies."""
    found: dict[str, Any] = data["credentialSubject"]["achievement"]
    return found


def of(document: object) -> Credential:
    """Return what is read from a document written as JSON."""
    return read(json.dumps(document, indent=1).encode(), name="x.json")


def test_a_badge_is_an_award_in_our_fields() -> None:
    """The elements are found in core fields and in alignments."""
    found = of(badge())
    assert (found.kind, found.format) == ("award", "openbadge")
    assert found.data["title"] == "Welding of pipes"
    assert found.data["level"] == {"eqf": 4}
    assert found.data["countries"] == ["EE"]
    assert found.data["grade"] == "Completed"
    assert found.faults == ()


def test_credits_without_a_unit_stay_without_one() -> None:
    """A number of credits doesn't say of which system they are, and nothing is guessed."""
    assert of(badge()).data["workload"] == {"credits": [{"points": 2}]}


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [
        ("2 ECTS", {"system": "ECTS", "points": 2}),
        ("2.5ECTS", {"system": "ECTS", "points": "2.5"}),
        ("2", {"points": 2}),
        ("2 points", {"points": "2 points"}),
    ],
)
def test_a_unit_behind_the_credits_is_their_system(
    stated: object, read_as: dict[str, object]
) -> None:
    """The format asks for a number, and people write what they mean."""
    data = badge()
    achievement(data)["creditsAvailable"] = stated
    assert of(data).data["workload"] == {"credits": [read_as]}


def test_single_values_and_lists_are_the_same() -> None:
    """A badge may write one value where another writes a list of one."""
    data = badge()
    achievement(data)["alignment"] = achievement(data)["alignment"][0]
    data["credentialSubject"]["result"] = data["credentialSubject"]["result"][0]
    assert of(data).data == of(badge()).data


def test_a_text_spelled_out_by_language_is_one_text() -> None:
    """JSON-LD writes each language as an object of its own, and only the first was read."""
    data = badge()
    told = {"en": "Welding of pipes", "el": "Συγκόλληση σωλήνων", "ka": "მილების შედუღება"}
    listed = [{"@language": language, "@value": words} for language, words in told.items()]
    achievement(data)["name"] = listed
    assert of(data).data["title"] == told


def test_the_older_envelope_is_read() -> None:
    """Version 1.1 of verifiable credentials names the date differently."""
    data = badge()
    data["issuanceDate"] = data.pop("validFrom")
    assert of(data).data["issued"] == "2026-06-01"
    assert of(data).faults == ()


def test_an_achievement_alone_is_an_offer() -> None:
    """What can be earned, without a person who earned it, is an offer."""
    data = badge()
    alone = {"@context": data["@context"], **achievement(data)}
    found = of(alone)
    assert found.kind == "offer"
    assert found.data["id"] == "https://gamma.example/mc/pipes"


def test_places_are_those_of_the_file() -> None:
    """A finding points to the alignment that it is about."""
    found = of(badge())
    place = "/credentialSubject/achievement/alignment/0/targetCode"
    assert found.origin("/level/eqf") == place


def test_what_a_platform_issues_for_a_provider_is_told_apart() -> None:
    """The creator of the achievement awards it, and the issuer signs for them."""
    data = badge()
    achievement(data)["creator"] = {"id": "urn:x", "type": ["Profile"], "name": "College Delta"}
    bodies: Any = of(data).data["bodies"]
    assert [(body["name"], body["roles"]) for body in bodies] == [
        ("College Gamma", ["issuing"]),
        ("College Delta", ["awarding"]),
    ]


def _put(data: dict[str, Any], path: str, value: object) -> None:
    node: Any = data
    *above, last = path.split("/")
    for step in above:
        node = node[int(step)] if isinstance(node, list) else node[step]
    node[int(last) if isinstance(node, list) else last] = value


SUBJECT = "credentialSubject"
ALIGNED = f"{SUBJECT}/achievement/alignment/0"


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        (f"{SUBJECT}/achievement/workload", 25, "OB-1"),
        (f"{SUBJECT}/achievement/alignments", [], "OB-1"),
        ("issuer/address/addressCountryCode", "XY", "OB-4"),
        ("validFrom", "2026-06-01", "OB-3"),
        (f"{ALIGNED}/targetCode", "9", "OB-5"),
        (f"{ALIGNED}/targetUrl", "http://data.europa.eu/snb/eqf/9", "OB-5"),
        (f"{SUBJECT}/result/0/resultDescription", "urn:uuid:3", "OB-6"),
        (f"{SUBJECT}/result/0/value", "Splendid", "OB-6"),
        (f"{SUBJECT}/id", None, "OB-7"),
        ("proof", {"type": "DataIntegrityProof"}, "OB-8"),
    ],
)
def test_a_fault_of_structure_is_told(path: str, value: object, rule: str) -> None:
    """What signatures don't cover and wallets don't show is told here."""
    data = badge()
    _put(data, path, value)
    assert {fault.rule for fault in of(data).faults} == {rule}


@pytest.mark.parametrize("path", ["credentialSubject", "credentialSubject/achievement"])
def test_a_badge_for_several_is_told(path: str) -> None:
    """The first was judged, and nothing told of the other."""
    data = badge()
    one = data[SUBJECT] if path == SUBJECT else achievement(data)
    _put(data, path, [one, one | {"id": "urn:x:2"}])
    with pytest.raises(Problem, match=r"has 2 (subjects|achievements)"):
        of(data)


def test_each_issuer_is_a_body() -> None:
    """A list of two is no badge as it should be, and the second is not forgotten."""
    data = badge()
    data["issuer"] = [data["issuer"], {"id": "urn:x", "type": ["Profile"], "name": "Delta"}]
    bodies: Any = of(data).data["bodies"]
    assert [body["name"] for body in bodies] == ["College Gamma", "Delta"]


def test_the_level_of_a_rubric_is_a_grade() -> None:
    """The result names the level by its id only."""
    data = badge()
    levels = [{"id": f"urn:x:{n}", "type": ["RubricCriterionLevel"], "name": n} for n in "AB"]
    achievement(data)["resultDescription"][0]["rubricCriterionLevel"] = levels
    result = {"type": ["Result"], "achievedLevel": "urn:x:B", "status": "Completed"}
    data["credentialSubject"]["result"] = [result | {"resultDescription": {"id": "urn:uuid:2"}}]
    found = of(data)
    assert found.data["results"] == [{"assessment": "A1", "grade": "B"}]
    assert found.faults == ()


def test_of_several_results_none_is_the_grade() -> None:
    """Results that nothing describes were taken for the grade of the whole, the first for all."""
    data = badge()
    data["credentialSubject"]["result"] = [{"type": ["Result"], "value": v} for v in "AB"]
    assert "grade" not in of(data).data


EQF = "https://europa.eu/europass/eqf"


@pytest.mark.parametrize(
    ("alignment", "level", "rules"),
    [
        ({"targetType": "ext:EQF", "targetName": "EQF level 5"}, 5, set()),
        ({"targetType": "ext:EQF", "targetCode": "EQF 5"}, 5, set()),
        ({"targetType": "EQF", "targetCode": 5}, 5, set()),
        ({"targetFramework": "European Qualifications Framework", "targetCode": "5"}, 5, set()),
        ({"targetUrl": "https://data.europa.eu/snb/eqf/5"}, 5, set()),
        ({"targetType": "ext:EQF", "targetName": "Europe"}, None, {"OB-5"}),
        ({"targetType": "ext:EQF", "targetCode": "11"}, 11, {"OB-5"}),
        ({"targetType": "ext:NQF", "targetFramework": "EQF", "targetCode": "5"}, None, set()),
    ],
    ids=str,
)
def test_a_level_is_found_however_it_is_named(
    alignment: dict[str, object], level: int | None, rules: set[str]
) -> None:
    """By code, address, name or framework; an address of the web is no level."""
    data = badge()
    whole = {"type": ["Alignment"], "targetName": "x", "targetUrl": EQF, **alignment}
    achievement(data)["alignment"] = [whole]
    found = of(data)
    stated: Any = found.data.get("level", {})
    assert stated.get("eqf") == level
    assert {fault.rule for fault in found.faults if fault.pointer.count("alignment")} == rules


def test_two_levels_are_told() -> None:
    """Only the first was read, and nothing told of the other."""
    data = badge()
    (one,) = achievement(data)["alignment"]
    other = one | {"targetUrl": "http://data.europa.eu/snb/eqf/5", "targetCode": "5"}
    achievement(data)["alignment"] = [one, one, other]
    assert [(fault.rule, fault.pointer[-1]) for fault in of(data).faults] == [("OB-5", "2")]


SKILL = "http://data.europa.eu/esco/skill/00735755-adc6-4ea0-b034-b8caff339c9f"


@pytest.mark.parametrize(
    "address",
    [
        SKILL,
        SKILL.replace("http:", "https:"),
        f"https://esco.ec.europa.eu/en/classification/skills?uri={SKILL}",
        f"https://ec.europa.eu/esco/portal/skill?l=en&uri={quote(SKILL, safe='')}",
    ],
)
def test_a_skill_is_found_by_the_page_that_shows_it(address: str) -> None:
    """People copy what their browser shows."""
    data = badge()
    achievement(data)["alignment"] = [{"targetName": "Weld", "targetUrl": address}]
    outcomes: Any = of(data).data["outcomes"]
    assert outcomes == [{"id": "LO1", "statement": "Weld", "skills": [SKILL]}]


def test_a_field_of_study_is_found_by_its_code() -> None:
    """The name of an alignment may be in any language."""
    data = badge()
    one = {"targetName": "Matters", "targetUrl": "https://x.example", "targetCode": "0715"}
    achievement(data)["alignment"] = [one | {"targetFramework": "ISCED-F 2013"}]
    assert of(data).data["fields"] == ["0715"]


def test_an_empty_proof_is_no_signature() -> None:
    """Nobody is said to have signed what nobody has signed."""
    assert of(badge() | {"proof": None}).faults == ()


@pytest.mark.parametrize("key", ["name", "description", "criteria", "id"])
def test_what_every_achievement_needs_is_asked_for(key: str) -> None:
    """A key that the specification demands is missed."""
    data = badge()
    del achievement(data)[key]
    assert "OB-2" in {fault.rule for fault in of(data).faults}


def test_the_names_of_json_ld_are_as_good() -> None:
    """“@id” and “@type” are what contexts make of “id” and “type”."""
    data = badge()
    assert of({"@id": data.pop("id"), "@type": data.pop("type"), **data}).faults == ()


def test_a_badge_without_a_context_is_told() -> None:
    """Without it, no other software knows what the keys mean."""
    data = badge()
    del data["@context"]
    assert [(fault.rule, fault.pointer) for fault in of(data).faults] == [("OB-2", "")]


def test_an_extension_may_bring_keys_of_its_own() -> None:
    """A type of one's own announces keys that the core doesn't have."""
    data = badge()
    achievement(data)["type"].append("ext:Workload")
    achievement(data)["workload"] = 25
    assert of(data).faults == ()


def test_a_narrative_gives_no_shape_away() -> None:
    """Words of the criteria can name fields, and none of it breaks the description."""
    data = badge()
    achievement(data)["criteria"]["narrative"] = """
**Assessments 9999999 › Weight**: 10
**Title**: x
**Bodies 1 › Roles 1**: emperor
**Notional workload › Hours**: many
**Level**: high
**Stackability › Targets 1 › Amount**: 3
"""
    assert isinstance(check_one(json.dumps(data).encode(), READY), Checked)


@pytest.mark.parametrize("wrong", [None, 7, "x", [], [[]], {}, [None], True, [{"id": []}]])
@pytest.mark.parametrize(
    "path",
    [
        "issuer",
        SUBJECT,
        f"{SUBJECT}/achievement",
        f"{SUBJECT}/achievement/alignment",
        f"{SUBJECT}/achievement/criteria",
        f"{SUBJECT}/achievement/resultDescription",
        f"{SUBJECT}/result",
        f"{SUBJECT}/identifier",
        "type",
        "validFrom",
    ],
)
def test_other_types_than_expected_are_survived(path: str, wrong: object) -> None:
    """A value of the wrong type costs itself, and never the report."""
    data = badge()
    _put(data, path, wrong)
    assert check_one(json.dumps(data).encode(), READY).source


def _sample(name: str) -> Path:
    path = REFERENCE / "openbadges" / name
    if not path.is_file():
        pytest.skip("the reference material is elsewhere; name its folder in MICROCRED_REFERENCE")
    return path


def test_a_complete_badge_has_its_elements() -> None:
    """A badge that carries the elements in alignments is judged to have them."""
    (document,) = check(
        _sample("examples/micro-credential-core-only.json"), on="2026-11-01"
    ).documents
    assert isinstance(document, Checked)
    assert not [f for f in document.findings if f.rule.id.startswith("SHAPE")]
    met = {id for id, status in document.elements.items() if status is Status.MET}
    assert {"M1", "M2", "M3", "M4", "M5", "M6", "M7", "M10"} <= met


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("simple.json", {"OB-8"}),
        ("simple_v1.json", {"OB-8"}),
        ("simple-err-issuer.json", {"OB-2", "OB-8"}),
    ],
)
def test_official_samples_are_judged(name: str, rules: set[str]) -> None:
    """The structure of official samples is told as their names say."""
    assert {fault.rule for fault in read(_sample(f"samples/{name}")).faults} == rules


def test_thousands_of_faults_are_told_two_hundred_times() -> None:
    """A hostile file costs no more time than an honest one, and no more pages."""
    data = badge()
    achievement(data).update({f"worklaod{number}": 1 for number in range(50_000)})
    assert len(of(data).faults) == 200
