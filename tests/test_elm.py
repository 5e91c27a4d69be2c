"""Europass credentials are read into our fields, with the places of the file as it is."""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from microcred.checking import check, check_one, checker
from microcred.credential import Credential
from microcred.problem import Problem
from microcred.readers import read
from microcred.readers.foreign import Found, Node, day
from microcred.report import Checked, Status

REFERENCE = Path(
    os.environ.get("MICROCRED_REFERENCE")
    or Path(__file__).parent.parent.parent / "shared" / "reference"
)
READY = checker(on="2026-11-01")
EQF = "http://data.europa.eu/snb/eqf/"


def concept(uri: str) -> dict[str, Any]:
    """Return a concept of a list of the European Commission."""
    scheme = uri.rpartition("/")[0]
    if "/snb/" in uri:
        scheme += "/25831c2"
    return {"id": uri, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}


def credential() -> dict[str, Any]:
    """Return a small credential with the parts that the tests look at."""
    organisation = {
        "id": "urn:epass:org:1",
        "type": "Organisation",
        "legalName": {"en": "College Gamma"},
        "location": {
            "type": "Location",
            "address": {
                "type": "Address",
                "countryCode": concept(
                    "http://publications.europa.eu/resource/authority/country/EST"
                ),
            },
        },
    }
    return {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "http://data.europa.eu/snb/model/context/edc-ap",
        ],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": concept("http://data.europa.eu/snb/credential/e34929035b"),
        "credentialSchema": {
            "id": "http://data.europa.eu/snb/model/ap/edc-generic-full",
            "type": "ShaclValidator2017",
        },
        "displayParameter": {
            "type": "DisplayParameter",
            "title": {"en": "Micro-credential"},
            "language": concept("http://publications.europa.eu/resource/authority/language/ENG"),
            "primaryLanguage": concept(
                "http://publications.europa.eu/resource/authority/language/ENG"
            ),
            "individualDisplay": [],
        },
        "issuer": "urn:epass:org:1",
        "validFrom": "2026-05-31T22:00:00Z",
        "credentialSubject": {
            "type": "Person",
            "givenName": {"en": "Ana"},
            "familyName": {"en": "Exemplar"},
            "hasClaim": {
                "type": "LearningAchievement",
                "title": {"en": "Welding of pipes"},
                "awardedBy": {"type": "AwardingProcess", "awardingBody": organisation},
                "specifiedBy": {
                    "type": "Qualification",
                    "title": {"en": "Welding of pipes"},
                    "eqfLevel": concept(EQF + "4"),
                    "volumeOfLearning": "PT50H",
                    "learningOutcome": {
                        "type": "LearningOutcome",
                        "title": {"en": "Welds a pipe in position"},
                    },
                },
            },
        },
    }


def qualification(data: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a credential that describes what was learned."""
    found: dict[str, Any] = data["credentialSubject"]["hasClaim"]["specifiedBy"]
    return found


def faults(data: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the rules on the structure that are not met, and where."""
    return {(fault.rule, fault.pointer) for fault in read(json.dumps(data).encode()).faults}


def of(document: object) -> Credential:
    """Return what is read from a document written as JSON."""
    return read(json.dumps(document, indent=1).encode(), name="x.json")


def test_a_credential_is_an_award_in_our_fields() -> None:
    """The elements are found, whatever stands around them."""
    found = of(credential())
    assert (found.kind, found.format) == ("award", "elm")
    assert found.data["title"] == "Welding of pipes"
    assert found.data["outcomes"] == [{"id": "LO1", "statement": "Welds a pipe in position"}]
    assert found.data["workload"] == {"hours": 50}
    assert found.data["level"] == {"eqf": 4}
    assert found.data["countries"] == ["EE"]
    assert found.faults == ()


def test_midnight_in_brussels_is_the_next_day() -> None:
    """Dates are written in universal time, so midnight in summer is 22:00 of the day before."""
    assert day(Node("2026-05-31T22:00:00Z")) == Found("2026-06-01", "")
    assert day(Node("2026-05-31T22:00:41Z")) == Found("2026-05-31", "")
    assert of(credential()).data["issued"] == "2026-06-01"


def test_a_body_that_is_only_named_is_looked_up() -> None:
    """An id leads to the object that stands elsewhere in the credential."""
    (body,) = of(credential()).data["bodies"]  # type: ignore[misc]
    assert body["roles"] == ["awarding", "issuing"]


def test_places_are_those_of_the_file() -> None:
    """A finding points to the line and to the field of the credential as it was given."""
    data = credential()
    found = of(data)
    title = "/credentialSubject/hasClaim/specifiedBy/learningOutcome/title"
    assert found.origin("/outcomes/0/statement") == title
    lines = json.dumps(data, indent=1).split("\n")
    place = found.where("/outcomes/0/statement")
    assert place is not None
    assert '"title": {' in lines[(place.line or 0) - 1]
    assert str(found.where("/quality")) == "whole document"


def test_a_report_points_into_the_credential() -> None:
    """The pointer in a report leads to the field of the file, not to one of ours."""
    data = credential()
    qualification(data)["learningOutcome"]["title"] = {"en": "Understand pipes"}
    (document,) = check(json.dumps(data).encode(), on="2026-11-01").documents
    assert isinstance(document, Checked)
    found = [finding for finding in document.findings if finding.rule.id == "M6-2"]
    assert [finding.pointer for finding in found] == [
        "/credentialSubject/hasClaim/specifiedBy/learningOutcome/title"
    ]
    assert document.elements["M11"] is Status.NOT_MET


@pytest.mark.parametrize("indent", [None, 1])
def test_the_wrapper_of_the_issuer_is_opened(indent: int | None) -> None:
    """What is uploaded for sealing holds the credential under a key of its own."""
    wrapped = {"credential": credential(), "deliveryDetails": {}}
    found = read(json.dumps(wrapped, indent=indent).encode())
    assert found.data["title"] == "Welding of pipes"
    assert found.origin("/title") == "/credential/credentialSubject/hasClaim/title"


def test_a_sealed_credential_is_read_and_its_seal_is_not_believed() -> None:
    """The payload is read as it is; the report asks whether the seal holds."""
    sealed = {"payload": json.dumps(credential()), "signatures": [{"protected": "e30"}]}
    found = of(sealed)
    assert found.data["title"] == "Welding of pipes"
    assert [fault.rule for fault in found.faults] == ["ELM-8"]
    assert "not verified" in str(found.faults[0].verdict.message)
    assert str(found.where("/title")) == "in the payload, /credentialSubject/hasClaim/title"


def test_a_compact_envelope_is_opened() -> None:
    """Three parts with points between them are an envelope too, whatever its header claims."""
    header, payload = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": "none"}, credential())
    )
    found = read(b".".join((header, payload, b"")))
    assert found.data["title"] == "Welding of pipes"
    assert [fault.rule for fault in found.faults] == ["ELM-8"]


def test_a_graph_is_put_together() -> None:
    """Parts that stand side by side are found by their ids."""
    data = credential()
    person = data["credentialSubject"] | {"id": "urn:p"}
    root = data | {"credentialSubject": {"id": "urn:p"}}
    context = root.pop("@context")
    found = of({"@context": context, "@graph": [person, root]})
    assert found.data["title"] == "Welding of pipes"


FOREIGN = Path(__file__).parent.parent / "examples/foreign"
UPLOAD = json.loads((FOREIGN / "university-upload-fr.json").read_text("utf-8"))["credential"]
EXPANDED = json.loads((FOREIGN / "university-expanded-fr.jsonld").read_text("utf-8"))
ELM = "http://data.europa.eu/snb/model/elm/"


def in_other_names(node: Any, names: dict[str, str]) -> Any:
    """Return a document with other names for some keys."""
    if isinstance(node, list):
        return [in_other_names(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    return {names.get(key, key): in_other_names(value, names) for key, value in node.items()}


GERMAN = {"learningOutcome": "lernergebnis", "credentialSubject": "person"}
SPELLED = {
    "expanded": EXPANDED,
    "graph": {"@graph": EXPANDED},
    "aliases": in_other_names(UPLOAD, GERMAN)
    | {
        "@context": [
            *UPLOAD["@context"],
            {
                "lernergebnis": f"{ELM}learningOutcome",
                "person": {"@id": "https://www.w3.org/2018/credentials#credentialSubject"},
            },
        ]
    },
    "prefixes": in_other_names(UPLOAD, {"learningOutcome": "elm:learningOutcome"}),
    "no context": {key: value for key, value in UPLOAD.items() if key != "@context"},
    "foreign context": UPLOAD | {"@context": "https://contexts.example/ours.jsonld"},
}


@pytest.mark.parametrize("name", SPELLED)
def test_every_spelling_says_the_same(name: str) -> None:
    """Whatever names a document uses, it is the same credential."""
    assert of(SPELLED[name]).data == of(UPLOAD).data


@pytest.mark.parametrize("name", SPELLED)
def test_places_are_those_of_the_spelling(name: str) -> None:
    """A pointer leads to the value in the file, whatever it is called there."""
    found = of(SPELLED[name])
    node: Any = SPELLED[name]
    for step in found.origin("/outcomes/0/statement").split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) else node[key]
    assert "Prélève et conserve" in json.dumps(node, ensure_ascii=False)
    assert found.where("/outcomes/0/statement")


def test_without_the_package_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expanded JSON-LD takes a package, and nothing else does."""
    monkeypatch.setitem(sys.modules, "pyld", None)
    with pytest.raises(Problem, match="the package PyLD") as caught:
        of(EXPANDED)
    assert "microcred[elm]" in caught.value.fix
    assert of(UPLOAD).data["title"]


def _nested(depth: int) -> dict[str, Any]:
    context: dict[str, Any] = {}
    for _ in range(depth):
        context = {"@context": context, "x": {"@id": "urn:x", "@context": context}}
    return context


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"elm:title": [{"@value": 1}] * 20_001}, "20,000 values"),
        ({"@context": {f"t{n}": f"urn:{n}" for n in range(1_001)}}, "1,000 terms"),
        ({"@context": {"a": "b:c", "b": "a:d"}}, "can’t be read"),
        ({"@context": {"title": {"@id": 7}}}, "can’t be read"),
        ({"@context": [7]}, "can’t be read"),
        ({"@context": _nested(12), "x:y": 1}, "more than"),
        (
            {"@context": "https://contexts.example/x", "type": "https://contexts.example/EuropeanDigitalBeleg",
             "https://contexts.example/wer": {}},
            "no address is opened here",
        ),
    ],
    ids=range(7),
)  # fmt: skip
def test_hostile_linked_data_costs_one_sentence(change: dict[str, object], told: str) -> None:
    """What would take long to expand isn't expanded, and what is no JSON-LD is told."""
    data = UPLOAD | {"x:y": 1} | change
    if "type" in change:
        data["credentialProfiles"] = []
    found = check_one(json.dumps(data).encode(), READY)
    assert told in getattr(found, "message", ""), found


def test_objects_with_one_id_are_told() -> None:
    """What software merges is told where the two differ, and not where one repeats the other."""
    data = credential()
    note = {"id": "urn:note", "type": "Note", "noteLiteral": {"en": "One"}}
    qualification(data)["additionalNote"] = [note, {**note, "noteLiteral": {"en": "Two"}}]
    assert [rule for rule, _ in faults(data)] == ["ELM-9"]
    qualification(data)["additionalNote"] = [note, note, {"id": "urn:note"}]
    assert faults(data) == set()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("credentialSubject/givenName", {"en": "Ana", "el": "Άννα"}),
        ("credentialSubject/hasClaim/specifiedBy/eqfLevel", [concept(EQF + "4")] * 2),
        ("validFrom", ["2026-05-31T22:00:00Z"] * 2),
    ],
)
def test_what_stands_once_is_told_when_it_stands_twice(path: str, value: object) -> None:
    """The shapes refuse a second value, whether in a list or in a second language."""
    data = credential()
    node: Any = data
    *above, last = path.split("/")
    for step in above:
        node = node[step]
    node[last] = value
    assert faults(data) == {("ELM-10", f"/{path}")}


def test_a_learning_opportunity_is_an_offer() -> None:
    """The catalogue side has no learner, and its kind is told by its type."""
    data = {
        "@context": "http://data.europa.eu/snb/model/context/edc-ap",
        "id": "https://gamma.example/mc/pipes",
        "type": "LearningOpportunity",
        "title": {"en": "Welding of pipes"},
        "providedBy": {"type": "Organisation", "legalName": {"en": "Gamma"}, "location": {}},
        "learningAchievementSpecification": qualification(credential()),
    }
    found = of(data)
    assert found.kind == "offer"
    assert found.data["level"] == {"eqf": 4}
    assert "learner" not in found.data


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("learningOutcomes", [], "ELM-1"),
        ("EQFLevel", {}, "ELM-1"),
        ("eqfLevel", concept(EQF + "99"), "ELM-3"),
        ("eqfLevel", {"id": EQF + "4", "type": "Concept"}, "ELM-3"),
        ("volumeOfLearning", "P60M", "ELM-5"),
        ("volumeOfLearning", 60, "ELM-5"),
        (
            "creditPoint",
            {
                "type": "CreditPoint",
                "framework": concept("http://data.europa.eu/snb/education-credit/6fcec5c5af"),
                "point": "two",
            },
            "ELM-6",
        ),
        ("provenBy", {"type": "Exam", "title": {"en": "x"}}, "ELM-4"),
        ("provenBy", {"title": {"en": "x"}, "dcType": {}}, "ELM-4"),
        ("provenBy", {"type": "LearningAssessmentSpecification"}, "ELM-2"),
    ],
)
def test_a_fault_of_structure_is_told(key: str, value: object, rule: str) -> None:
    """What official validators let pass, or software drops without a word, is told here."""
    data = credential()
    qualification(data)[key] = value
    assert rule in {rule for rule, _ in faults(data)}


def test_a_date_without_time_is_told() -> None:
    """Issuers refuse dates that are not written in full."""
    data = credential() | {"validFrom": "2026-06-01"}
    assert faults(data) == {("ELM-7", "/validFrom")}
    assert of(data).data["issued"] == "2026-06-01"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"type": ["VerifiablePresentation"]}, "a presentation"),
        (
            {"type": "http://data.europa.eu/snb/model/ontology/EuropeanDigitalCredential"},
            "version 3.3",
        ),
        (
            {"credentialProfiles": {"id": "http://data.europa.eu/snb/credential/6dff8a0f87"}},
            "a Diploma Supplement",
        ),
        (
            {"credentialSubject": {"type": "Person", "hasClaim": {"type": "LearningActivity"}}},
            "took part in a learning activity",
        ),
    ],
)
def test_what_is_no_micro_credential_is_said(change: dict[str, object], told: str) -> None:
    """Another kind of document is named, and not faulted field by field."""
    with pytest.raises(Problem) as caught:
        of(credential() | change)
    assert told in caught.value.message
    assert caught.value.fix


def test_a_context_is_never_opened(tmp_path: Path) -> None:
    """The addresses of contexts are not followed, wherever they lead."""
    trap = tmp_path / "context.json"
    os.mkfifo(trap)  # opening it would wait for ever
    data = credential()
    data["@context"] += [trap.as_uri(), "http://127.0.0.1:9/context"]
    assert of(data).data["title"] == "Welding of pipes"


def test_objects_that_contain_each_other_end() -> None:
    """Ids can lead in a circle; reading comes to an end all the same."""
    data = credential()
    qualification(data).update(id="urn:q", isPartOf={"id": "urn:q"}, hasPart={"id": "urn:q"})
    assert of(data).data["title"] == "Welding of pipes"


@pytest.mark.parametrize("wrong", [None, 7, "x", [], [[]], {}, [None], True])
@pytest.mark.parametrize(
    "key", ["learningOutcome", "creditPoint", "eqfLevel", "provenBy", "title", "accreditation"]
)
def test_other_types_than_expected_are_survived(key: str, wrong: object) -> None:
    """A value of the wrong type costs itself, and never the report."""
    data = credential()
    qualification(data)[key] = wrong
    assert isinstance(check_one(json.dumps(data).encode(), READY), Checked)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("wrong", [None, 7, "x", [], {}, [[{}]], [{"type": [7]}]])
def test_a_credential_can_be_broken_anywhere(depth: int, wrong: object) -> None:
    """Each part replaced by something else is told or read, and nothing else happens."""
    for keys in _paths(credential(), depth):
        data: Any = credential()
        node = data
        for key in keys[:-1]:
            node = node[key]
        node[keys[-1]] = wrong
        assert check_one(json.dumps(data).encode(), READY).source


def _paths(node: object, depth: int, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(node, dict) or depth == 0:
        return [above] if above and depth == 0 else []
    return [path for key in node for path in _paths(node[key], depth - 1, (*above, key))]


def test_the_sample_of_the_commission_is_judged() -> None:
    """The official sample lacks quality assurance, and gives months where hours are meant."""
    path = REFERENCE / "elm/samples/Sample-MC-Annex1-unsigned.jsonld"
    if not path.is_file():
        pytest.skip("the reference material is elsewhere; name its folder in MICROCRED_REFERENCE")
    (document,) = check(path, on="2026-11-01").documents
    assert isinstance(document, Checked)
    assert not [f for f in document.findings if f.rule.id.startswith("SHAPE")]
    assert document.elements["M11"] is Status.NOT_MET
    assert [fault.rule for fault in read(path).faults] == ["ELM-5"]
    met = {id for id, status in document.elements.items() if status is Status.MET}
    assert {"M2", "M3", "M5", "M7", "O1"} <= met
