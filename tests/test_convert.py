"""Descriptions are written in the formats of others, and nothing is lost without a word."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from microcred.checking import check_one, checker
from microcred.cli import commands
from microcred.credential import Credential
from microcred.elements import ELEMENTS, element_at
from microcred.exporters import TARGETS, Options, convert
from microcred.exporters.source import UNREADABLE, How, Source
from microcred.labels import label, pointer
from microcred.messages import translate
from microcred.problem import Problem
from microcred.readers import read, read_each
from microcred.report import Checked
from microcred.vocabularies import vocabulary

ROOT = Path(__file__).parent.parent
AWARDS = sorted((ROOT / "examples/worked").glob("*/award.yaml"))
OFFERS = sorted((ROOT / "examples/worked").glob("*/offer.yaml"))
OPTIONS = Options(eidas="VATFI-0000012-3", salt="salt")
READY = checker(on="2026-11-01")

PAIRS = [
    *((path, target) for path in AWARDS for target in ("elm-upload", "elm", "openbadge")),
    *((path, target) for path in OFFERS for target in ("elm-loq", "openbadge")),
    *((path, target) for path in (*AWARDS, *OFFERS) for target in ("yaml", "json")),
]


def named(value: object) -> str:
    """Return the name of a pair for pytest."""
    return f"{value.parent.name}-{value.stem}" if isinstance(value, Path) else str(value)


def back(text: str, target: str) -> Credential:
    """Return what our own reader finds in what was written."""
    return read(text.encode(), name=f"x{TARGETS[target].ending}")


def leaves(node: object, above: str = "") -> dict[str, str]:
    """Return every value of a document by its pointer, as a text."""
    if isinstance(node, dict):
        return {
            k: v for key, part in node.items() for k, v in leaves(part, f"{above}/{key}").items()
        }
    if isinstance(node, list):
        return {
            k: v for n, part in enumerate(node) for k, v in leaves(part, f"{above}/{n}").items()
        }
    return {above: str(node)}


@pytest.mark.parametrize(("path", "target"), PAIRS, ids=named)
def test_what_is_kept_comes_back(path: Path, target: str) -> None:
    """Whatever the account calls kept or put into words is found again by reading."""
    source = read(path)
    written = convert(source, target, OPTIONS)
    found = back(written.text, target)
    told, before, after = (
        leaves(found.data),
        leaves(source.data),
        sorted(leaves(found.data).values()),
    )
    for step in written.steps:
        if step.how not in (How.KEPT, How.IN_WORDS):
            continue
        value = before[step.pointer]
        if told.get(step.pointer) == " ".join(value.split()):
            continue
        # Lists may come back in another order: the value is there, as often as before.
        assert " ".join(value.split()) in after, step
    assert found.kind == source.kind


@pytest.mark.parametrize(("path", "target"), PAIRS, ids=named)
def test_the_account_is_complete(path: Path, target: str) -> None:
    """Each value of the description is accounted for once, with a reason where it is left out."""
    source = read(path)
    steps = convert(source, target, OPTIONS).steps
    accounted = [step.pointer for step in steps if step.how is not How.ADDED]
    assert accounted == [p for p in leaves(source.data) if p not in ("/microcred", "/kind")]
    assert all(step.note for step in steps)


@pytest.mark.parametrize(("path", "target"), PAIRS, ids=named)
def test_what_is_written_passes_our_own_checks(path: Path, target: str) -> None:
    """The structure is whole, and no must rule is broken that was met before."""
    written = back(convert(read(path), target, OPTIONS).text, target)
    assert written.faults == ()
    document = check_one(written, READY)
    before = check_one(read(path), READY)
    assert isinstance(document, Checked)
    assert isinstance(before, Checked)
    broken = {f.rule.id for f in document.findings if f.rule.level == "must"}
    assert broken <= {f.rule.id for f in before.findings}


@pytest.mark.parametrize(
    ("path", "target", "told"),
    [
        (OFFERS[0], "elm-upload", "elm-loq"),
        (OFFERS[0], "elm", "elm-loq"),
        (AWARDS[0], "elm-loq", "elm-upload"),
        (AWARDS[0], "schema-org", "offer"),
        (OFFERS[0], "certificate-html", "award"),
    ],
    ids=named,
)
def test_the_wrong_kind_is_explained(path: Path, target: str, told: str) -> None:
    """Whoever asks for a format of the other kind is told which one to take."""
    with pytest.raises(Problem) as caught:
        convert(read(path), target, OPTIONS)
    assert told in caught.value.fix


@pytest.mark.parametrize(
    ("field", "told"),
    [("title", "title"), ("issued", "issuing"), ("learner", "learner"), ("bodies", "body")],
)
def test_what_europass_needs_is_asked_for(field: str, told: str) -> None:
    """A description that lacks what every credential needs is not written half."""
    data = {key: value for key, value in read(AWARDS[0]).data.items() if key != field}
    with pytest.raises(Problem, match=told) as caught:
        convert(read(data), "elm-upload")
    assert field in caught.value.fix


def test_a_body_without_a_country_is_named() -> None:
    """Europass has no organisation without a country, and none is made up."""
    data: Any = json.loads(json.dumps(read(AWARDS[0]).data))
    del data["bodies"][0]["country"]
    with pytest.raises(Problem, match="needs the country of each organisation"):
        convert(read(data), "elm-upload")


def test_the_final_form_needs_the_seal() -> None:
    """Only the certificate of the seal knows the eIDAS identifier."""
    with pytest.raises(Problem, match="eIDAS"):
        convert(read(AWARDS[0]), "elm")


def award(**changes: object) -> Credential:
    """Return an award with some fields changed."""
    return read({**read(AWARDS[0]).data, **changes})


def test_a_badge_gives_no_person_away() -> None:
    """By default neither name nor address of the learner can be read in a badge."""
    learner = {"name": "Ana Exemplar", "email": "Ana@Exemplar.example", "birthDate": "2000-01-01"}
    text = convert(award(learner=learner), "openbadge").text
    assert not any(word in text for word in ("Ana", "ana@", "2000-01-01"))
    (identity,) = json.loads(text)["credentialSubject"]["identifier"]
    assert identity["hashed"] is True
    assert len(identity["salt"]) >= 16
    assert (
        "Ana Exemplar" in convert(award(learner=learner), "openbadge", Options(with_name=True)).text
    )


def test_every_salt_is_new() -> None:
    """Two badges of one person can't be matched by their hashes."""
    learner = {"email": "ana@exemplar.example"}
    texts = [convert(award(learner=learner), "openbadge").text for _ in range(2)]
    assert texts[0] != texts[1]


def test_an_agency_with_its_country_becomes_an_accreditation() -> None:
    """Europass takes quality assurance only from an organisation whose country is known."""
    data = read(AWARDS[0]).data
    bodies: Any = data["bodies"]
    agency = {"id": "qa", "name": "Agency", "country": "EE", "roles": ["quality-assuring"]}
    assured = {"kind": "external", "type": "institutional-quality-assurance", "body": "Agency"}
    changed = award(bodies=[*bodies, agency], quality=[{**assured, "until": "2030-12-31"}])
    written = convert(changed, "elm-upload")
    assert '"type": "Accreditation"' in written.text
    found = back(written.text, "elm-upload")
    assert found.data["quality"] == [{**assured, "until": "2030-12-31"}]
    assert found.faults == ()


HOSTILE = '<script>alert(1)</script>" onload="x'


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_certificate_is_safe_and_complete() -> None:
    """The page names the sixteen elements, says what it is not, and runs nothing."""
    page = _Page()
    page.feed(convert(award(title=HOSTILE, language='en" x="'), "certificate-html").text)
    assert not page.tags & {"script", "img", "iframe", "link"}
    told = " ".join(page.texts)
    assert HOSTILE in told
    assert "no degree" in told
    for words in ("Identification of the learner", "Grade achieved", "Further information"):
        assert words in told


CERTIFICATE = ("certificate-html", "certificate-pdf")


@pytest.mark.parametrize("path", AWARDS, ids=named)
def test_the_certificate_keeps_everything(path: Path) -> None:
    """Each value of an award stands on the supplement, and all sixteen elements have a heading."""
    found = convert(read(path), "certificate-html")
    assert {step.how for step in found.steps} == {How.KEPT}
    assert [f'id="{id}"' in found.text for id in ELEMENTS] == [True] * 16
    page = _Page()
    page.feed(found.text)
    told = " ".join(" ".join(page.texts).split())
    for pointer_of, value in Source(read(path)).leaves.items():
        if pointer_of.startswith(("/outcomes", "/information", "/title", "/learner")):
            in_words = vocabulary("skill-types").find(str(value)) or vocabulary(
                "reuse-levels"
            ).find(str(value))
            shown = in_words.label() if in_words else " ".join(str(value).split())
            assert shown in told, pointer_of


def test_an_element_that_is_missing_is_said() -> None:
    """A reader sees on paper what the award doesn't state."""
    data = {key: value for key, value in read(AWARDS[0]).data.items() if key != "quality"}
    assert "Not stated (mandatory element)" in convert(read(data), "certificate-html").text


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("https://x.example/verify?id=1", "https://x.example/verify?id=1"),
        ({"en": "Open https://x.example/v."}, "https://x.example/v"),
        ("Ask the registry", ""),
        (None, ""),
    ],
)
def test_a_square_code_leads_to_the_verification(told: object, address: str) -> None:
    """The code has words beside it, and is only there where there is an address."""
    information: Any = {"contact": "x@x.example"} | ({"verification": told} if told else {})
    text = convert(award(information=information), "certificate-html").text
    if address:
        assert f"<title>Square code with the address: {address}</title>" in text
        assert f'<a href="{address}">' in text
    else:
        assert "<svg" not in text


@pytest.mark.parametrize(
    ("language", "word", "told"),
    [
        ("en", "Learning outcomes", []),
        ("fr", "Acquis d’apprentissage", []),
        ("de", "Lernergebnisse", []),
        ("es", "Resultados de aprendizaje", []),
        ("it", "Risultati dell’apprendimento", []),
        ("fi", "Learning outcomes", ["Labels in English"]),
    ],
)
def test_labels_are_in_the_language_of_the_award(language: str, word: str, told: list[str]) -> None:
    """Where no label has been translated it is English, marked as such, and the account says so."""
    data = {key: read(AWARDS[0]).data[key] for key in ("microcred", "kind", "learner", "title")}
    plain: dict[str, object] = {**data, "title": "x", "language": language}
    found = convert(read(plain), "certificate-html")
    assert f'<html lang="{language}"' in found.text
    assert word in found.text
    assert [step.name for step in found.steps if step.how is How.ADDED] == told
    assert ('lang="en"' in found.text.partition("<body>")[2]) is bool(told)


def test_paper_is_tagged_and_the_same_each_time() -> None:
    """The PDF has a title, a language and tags, and two runs give the same bytes."""
    source = award(language="fr")
    first, second = (convert(source, "certificate-pdf").content for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")
    for sign in (b"/Lang(fr)", b"/StructTreeRoot", b"/Marked true"):
        assert sign in first
    assert b"pdfuaid:part>1<" in first
    assert b"/Lang(id)" not in first  # an identifier is no Indonesian


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd") #panic("x") *b* $x$ @y <z> \\ ```',
        "شهادة قصيرة",
        "Ασφάλεια τροφίμων",
        "x" * 5_000,
    ],
    ids=["markup", "arabic", "greek", "long"],
)
@pytest.mark.parametrize("target", CERTIFICATE)
def test_words_stay_words_on_paper(text: str, target: str) -> None:
    """What people wrote is never an instruction, in whatever script."""
    language = "ar" if "ش" in text else "en"
    assert convert(award(title=text, summary=text, language=language), target).content


FOREIGN = sorted((ROOT / "examples/foreign").iterdir())


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.stem)
def test_each_foreign_file_goes_anywhere_or_says_why(path: Path) -> None:
    """What others issued is written in each format, or one sentence says what is missing."""
    try:
        found = [one for _, one in read_each(path) if isinstance(one, Credential)]
    except Problem:
        return
    for one in found:
        for target in TARGETS:
            try:
                assert convert(one, target, OPTIONS).content
            except Problem as problem:
                if not problem.fix:
                    raise


@pytest.mark.parametrize("target", ["elm-upload", "openbadge", "certificate-html"])
@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("assessments", [{"id": [], "type": {}, "title": 7}]),
        ("bodies", [{"id": "x", "name": "X", "country": "FI", "roles": [["awarding"]]}, 7]),
        ("workload", {"credits": ["3 ECTS"], "hours": {}}),
        ("results", [{"assessment": {"x": 1}, "grade": [1]}]),
        ("level", ["six"]),
    ],
)
def test_what_cannot_be_read_is_left_out_and_told(field: str, wrong: object, target: str) -> None:
    """A draft with values in a wrong form is converted without them, and the account says so."""
    try:
        steps = convert(award(**{field: wrong}), target, OPTIONS).steps
    except Problem as problem:
        assert field in problem.fix or "country" in problem.fix or "roles" in problem.fix  # noqa: PT017
        return
    told = {step.pointer: step for step in steps if "can’t be read" in step.note}
    assert told
    assert all(step.how is How.LEFT_OUT for step in told.values())


@pytest.mark.parametrize("target", CERTIFICATE)
def test_a_badge_without_a_name_is_printed(target: str) -> None:
    """Where only a number says who earned it, the number stands on the supplement."""
    source = award(learner={"identifiers": [{"scheme": "email, hashed", "value": "sha256$1f"}]})
    assert convert(source, target).content
    assert "sha256$1f" in convert(source, "certificate-html").text


@pytest.mark.parametrize("field", ["title", "learner"])
@pytest.mark.parametrize("target", CERTIFICATE)
def test_a_certificate_needs_two_names(field: str, target: str) -> None:
    """Without a title or a learner nothing is printed, and the field is named."""
    data = {key: value for key, value in read(AWARDS[0]).data.items() if key != field}
    with pytest.raises(Problem) as caught:
        convert(read(data | {"issued": "2026-01-01"}), target)
    assert field in caught.value.fix


@pytest.mark.parametrize("target", ["xlsx", "docx"])
@pytest.mark.parametrize("path", [AWARDS[0], OFFERS[0], AWARDS[-1]], ids=named)
def test_a_worksheet_is_read_again(path: Path, target: str) -> None:
    """What the account of a worksheet calls kept is there when the worksheet is read."""
    source = read(path)
    written = convert(source, target)
    found = read(written.content, name=f"x.{target}")
    told, before = leaves(found.data), leaves(source.data)
    assert found.kind == source.kind
    for step in written.steps:
        if step.how is How.KEPT:
            assert " ".join(told[step.pointer].split()) == " ".join(before[step.pointer].split())


@pytest.mark.parametrize("format", ["xlsx", "docx", "csv", "yaml"])
@pytest.mark.parametrize(
    ("stated", "read_again"),
    [
        ({"bodies": [{"name": "A", "roles": ["awarding", "awardng"]}]}, None),
        ({"bodies": [{"name": "A", "type": "universty", "country": "Narnia"}]}, None),
        ({"level": {"eqf": 9, "cycle": "sekond", "basis": "guess"}}, None),
        ({"outcomes": [{"type": "skil", "statement": "Welds"}, {"note": "Later"}]}, None),
        ({"assessments": [{"supervision": "by us", "covers": ["LO1", "LO9"]}]}, None),
        ({"participation": {"mode": "blendid", "languages": ["en", "klingon"]}}, None),
        ({"fields": ["0788", "99x"], "stacking": {"option": "maybe"}}, None),
        ({"countries": "FI"}, {"countries": ["FI"]}),
        ({"outcomes": ["Welds"]}, {"outcomes": [{"statement": "Welds"}]}),
    ],
)
def test_nothing_is_lost_on_the_way_into_a_worksheet(
    stated: dict[str, object], read_again: dict[str, object] | None, format: str, tmp_path: Path
) -> None:
    """A value that no list has, or that lacks its neighbours, stays there as it was written."""
    draft, sheet = tmp_path / "draft.json", tmp_path / f"W11.{format}"
    given = {"microcred": 1, "kind": "offer", "language": "en"}
    draft.write_text(json.dumps(given | stated))
    arguments = ["new", "W11", "--from", str(draft), "--output", str(sheet)]
    assert CliRunner().invoke(commands, arguments).exit_code == 0
    found = read(sheet)
    assert {key: found.data.get(key) for key in stated} == (read_again or stated)
    if format in ("xlsx", "docx"):
        assert read(convert(read(draft), format).content, name=sheet.name).data == found.data


@pytest.mark.parametrize("target", ["xlsx", "docx"])
def test_what_has_another_form_stays_in_its_cell(target: str) -> None:
    """A group of fields where a text is asked for is written out; what isn't asked is told."""
    stated = {
        "countries": "FI",
        "bodies": [{"name": "A", "roles": ["awarding", ["teaching"], {"role": "x"}, None]}],
        "workload": {"hours": {"en": 3}, "parts": {"contact": {"hours": 1}, "practice": True}},
        "colour": "blue",
    }
    written = convert(read({"microcred": 1, "kind": "offer"} | stated), target)
    assert [s.pointer for s in written.steps if s.how is How.LEFT_OUT] == ["/colour"]
    found = read(written.content, name=f"x.{target}").data
    assert found["bodies"][0]["roles"] == ["awarding", "teaching", '{"role": "x"}']
    assert found["workload"] == {
        "hours": '{"en": 3}',
        "parts": {"contact": '{"hours": 1}', "practice": "true"},
    }


@pytest.mark.parametrize(
    "stated", [{"workload": {"credits": "2 ECTS"}}, {"level": {"national": "NQF 5"}}]
)
def test_a_worksheet_is_not_blamed_for_the_form_of_an_answer(stated: dict[str, object]) -> None:
    """It does ask for credits and levels; the draft writes them so that no cell can take them."""
    steps = convert(read({"microcred": 1, "kind": "offer"} | stated), "docx").steps
    assert [s.note for s in steps if s.how is How.LEFT_OUT] == [UNREADABLE]


def test_a_text_that_is_too_long_for_a_cell_is_told() -> None:
    """A workbook would cut it, and nobody would know."""
    draft = read({"microcred": 1, "kind": "offer", "summary": "x" * 40_000})
    with pytest.raises(Problem, match="no cell of a workbook"):
        convert(draft, "xlsx")
    assert read(convert(draft, "docx").content, name="x.docx").data == draft.data


def test_a_bare_value_is_not_told_as_left_out() -> None:
    """What was read as a list of one is in what is written."""
    steps = convert(award(countries="FI"), "elm-upload", OPTIONS).steps
    assert not [step for step in steps if step.pointer == "/countries"]


def test_a_binary_file_needs_a_name() -> None:
    """A workbook isn't written into a terminal."""
    result = CliRunner().invoke(commands, ["convert", str(AWARDS[0]), "--to", "xlsx"])
    assert isinstance(result.exception, Problem) or "--output result.xlsx" in result.output


def test_a_catalogue_entry_is_a_course() -> None:
    """Search engines find what people look for first."""
    found = json.loads(convert(read(OFFERS[0]), "schema-org").text)
    assert found["@type"] == "Course"
    assert found["teaches"]
    assert found["educationalCredentialAwarded"]["credentialCategory"] == "micro-credential"


def test_a_course_has_its_national_levels() -> None:
    """Beside the European one, which every offer has."""
    course = json.loads(convert(read(OFFERS[0]), "schema-org").text)
    assert [one["name"] for one in course["educationalLevel"]] == ["EQF level 4", "HKO level 4"]
    assert course["educationalLevel"][1] == {
        "@type": "DefinedTerm",
        "name": "HKO level 4",
        "inDefinedTermSet": "HKO",
        "termCode": "4",
    }


@pytest.mark.parametrize(
    "place",
    [
        "/assessments/0/pass",
        "/title/en",
        "/workload/parts/contact",
        "/stacking/targets/2/amount/points",
        "/bodies/0/identifiers/1/scheme",
    ],
)
def test_a_field_and_its_name_lead_to_each_other(place: str) -> None:
    """What is written in words is read again by the same words."""
    assert pointer(label(place)) == place


@pytest.mark.parametrize(
    "name", ["", "Nonsense", "Assessments 0 › Weight", "Level › Nonsense", "›"]
)
def test_other_words_name_no_field(name: str) -> None:
    """Words that happen to stand in front of a colon are only words."""
    assert pointer(name) == ""


@pytest.mark.parametrize("target", ["elm-upload", "openbadge"])
def test_the_command_writes_and_tells(target: str, tmp_path: Path) -> None:
    """The result goes to a file, the account to people and, if asked, to another file."""
    out, losses = tmp_path / "out.json", tmp_path / "losses.json"
    arguments = [str(AWARDS[0]), "--to", target, "--output", str(out), "--losses", str(losses)]
    result = CliRunner().invoke(commands, ["convert", *arguments])
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "values kept in a field of their own" in result.stderr
    assert read(out).kind == "award"
    account = json.loads(losses.read_text())
    assert {"pointer", "field", "element", "how", "note"} == set(account[0])


@pytest.mark.parametrize("bodies", [[], [{}], [None], None])
def test_a_badge_needs_a_body_with_something_in_it(bodies: object) -> None:
    """An empty entry of a list names nobody."""
    with pytest.raises(Problem, match="needs an awarding body"):
        convert(award(bodies=bodies), "openbadge", OPTIONS)


@pytest.mark.parametrize("language", ["9" * 400, "../../../../tmp", "x/y"])
def test_a_language_opens_no_file(language: str) -> None:
    """What stands under `language` in somebody’s file is no part of a path."""
    assert translate("Title", language) == "Title"
    assert convert(award(language=language), "certificate-html").text


def test_a_badge_makes_up_no_words() -> None:
    """What every badge needs and the award doesn’t say is told, and isn’t read as said."""
    body = {"name": "Centre", "country": "FI", "roles": ["awarding"]}
    award = {"kind": "award", "title": "Welding", "issued": "2026-01-02", "bodies": [body]}
    award |= {"microcred": 1, "language": "en", "learner": {"email": "anna@school.example"}}
    written = convert(read(award), "openbadge", OPTIONS)
    added = [step.name for step in written.steps if step.how is How.ADDED]
    assert added == ["Description", "Criteria"]
    assert not back(written.text, "openbadge").data.keys() & {"summary", "assessments"}


@pytest.mark.parametrize(
    ("place", "element"),
    [
        ("/assessments/0/criteria", "M9"),
        ("/assessments/0/supervision", "O2"),
        ("/assessments", "M9"),
        ("/workload/credits/0/points", "M7"),
        ("/summary", ""),
        ("", ""),
    ],
)
def test_an_account_names_the_element_of_a_field(place: str, element: str) -> None:
    """Only the supervision of an assessment is that optional element."""
    assert element_at(place) == element


def test_the_command_pipes_into_itself() -> None:
    """What one call writes, the next one reads."""
    first = CliRunner().invoke(commands, ["convert", str(AWARDS[0]), "--to", "elm-upload"])
    second = CliRunner().invoke(commands, ["convert", "-", "--to", "yaml"], input=first.stdout)
    assert second.exit_code == 0
    assert second.stdout.startswith("microcred: 1\nkind: award\n")
    assert "beyond them" in second.stderr


@pytest.mark.parametrize(
    ("name", "target"),
    [("award.json", "elm-upload"), ("offer.jsonld", "elm-loq")],
)
def test_the_example_for_europass_is_current(name: str, target: str) -> None:
    """The files beside the guidance are what the conversion writes today."""
    source = ROOT / f"examples/worked/ex10-retrofit-planning/{name.partition('.')[0]}.yaml"
    current = convert(read(source), target).text
    told = f"Write examples/europass/{name} anew with microcred convert --to {target}"
    assert current == (ROOT / "examples/europass" / name).read_text("utf-8"), told


def two_assessments(**changes: object) -> Credential:
    """Return an award with two assessments and whatever results and grade are given."""
    assessments = [{"id": "A1", "type": "felling task"}, {"id": "A2", "type": "sharpening task"}]
    left = {k: v for k, v in read(AWARDS[0]).data.items() if k not in ("results", "grade")}
    return read({**left, "assessments": assessments, **changes})


PASSED = {"assessment": "A1", "grade": "passed well", "date": "2026-06-20"}


@pytest.mark.parametrize("target", ["elm-upload", "elm"])
@pytest.mark.parametrize(
    ("stated", "grades", "missing"),
    [
        ({"results": [PASSED]}, ["passed well"], ["A2"]),
        ({"results": [PASSED], "grade": 9}, ["9", "passed well"], ["A2"]),
        ({}, [], ["A1", "A2"]),
        ({"grade": 9}, ["9"], ["A1", "A2"]),
        ({"results": [{"assessment": "A1", "date": "2026-06-20"}]}, [], ["A1", "A2"]),
    ],
)
def test_no_result_is_made_up(
    stated: dict[str, object], grades: list[str], missing: list[str], target: str
) -> None:
    """What will be sealed has the results that the award states; the others are told."""
    source = two_assessments(**stated)
    written = convert(source, target, OPTIONS)
    document = json.loads(written.text)
    subject = document.get("credential", document)["credentialSubject"]
    achievement = subject["hasClaim"]
    assert [
        value for place, value in leaves(achievement).items() if "/grade/noteLiteral" in place
    ] == grades
    assert [
        step.name for step in written.steps if step.name.startswith("Result of assessment")
    ] == [f"Result of assessment “{name}”" for name in missing]
    assert len(achievement["specifiedBy"].get("provenBy", [])) == len(missing)
    found = back(written.text, target)
    assert found.faults == ()
    assessments: Any = found.data["assessments"]
    assert [one["type"] for one in assessments] == ["felling task", "sharpening task"]
    assert found.data.get("results") == source.data.get("results")
    assert found.data.get("grade") == source.data.get("grade")


def test_the_overall_grade_is_that_of_the_only_assessment() -> None:
    """Where there is one assessment only, what was reached in all was reached in it."""
    source = two_assessments(assessments=[{"id": "A1", "type": "felling task"}], grade=9)
    found = back(convert(source, "elm-upload").text, "elm-upload")
    assert found.data["results"] == [{"assessment": "A1", "grade": 9}]


def test_concepts_in_other_letters_stay_apart() -> None:
    """Two kinds of assessment have two ids, and their labels the language of the document."""
    kinds = ["практичне завдання", "письмовий іспит", "Іспит C", "іспит c", "felling task"]
    assessments = [{"id": f"A{n}", "type": kind} for n, kind in enumerate(kinds)]
    written = convert(two_assessments(language="uk", assessments=assessments), "elm-upload")
    achievement = json.loads(written.text)["credential"]["credentialSubject"]["hasClaim"]
    concepts = [one["dcType"] for one in achievement["specifiedBy"]["provenBy"]]
    assert [one["prefLabel"] for one in concepts] == [{"uk": kind} for kind in kinds]
    ids = [one["id"] for one in concepts]
    assert len(set(ids)) == len(kinds)
    assert all(re.fullmatch(r"urn:epass:concept:[a-z0-9-]+", id) for id in ids)
    assert ids[-1] == "urn:epass:concept:assessment-types-felling-task"
    assert back(written.text, "elm-upload").faults == ()


def test_short_names_in_other_letters_come_back() -> None:
    """What an assessment covers is still found when the names have no Latin letter."""
    changes: dict[str, Any] = {
        "outcomes": [{"id": f"РН{n}", "statement": f"Валить дерево {n}"} for n in (1, 2)],
        "assessments": [{"id": "Α1", "covers": ["РН1"]}, {"id": "7", "covers": ["РН2"]}],
        "results": [{"assessment": "7", "grade": "добре"}, {"assessment": "Α1", "grade": "добре"}],
    }
    bodies = [{"id": "школа", "name": "Школа", "country": "HR", "roles": ["awarding", "issuing"]}]
    source = two_assessments(language="uk", bodies=bodies, **changes)
    found: Any = back(convert(source, "elm-upload").text, "elm-upload").data
    assert [one["id"] for one in found["outcomes"]] == ["РН1", "РН2"]
    assert [(one["id"], one["covers"]) for one in found["assessments"]] == [
        ("Α1", ["РН1"]),
        ("7", ["РН2"]),
    ]
    assert {one["assessment"] for one in found["results"]} == {"Α1", "7"}
    assert [one["id"] for one in found["bodies"]] == ["школа"]


@pytest.mark.parametrize(("path", "target"), [(AWARDS[0], "elm-upload"), (OFFERS[0], "elm-loq")])
@pytest.mark.parametrize(
    ("stated", "point"),
    [("1,5", "1.5"), ("1,5 ECTS", "1.5"), ("6 ECTS", "6"), (1.5, "1.5"), (3, "3"), ("3.0", "3.0")],
)
def test_points_have_a_decimal_point(path: Path, target: str, stated: object, point: str) -> None:
    """A decimal comma is read as everywhere else, and software can add up what is written."""
    data = {**read(path).data, "workload": {"credits": [{"system": "ECTS", "points": stated}]}}
    written = leaves(json.loads(convert(read(data), target).text))
    assert [value for place, value in written.items() if place.endswith("/point")] == [point]


@pytest.mark.parametrize(
    ("hours", "told"),
    [(62.5, "PT62H30M"), ("62,5", "PT62H30M"), (125, "PT125H"), (0.001, None), (0, None)],
)
def test_half_hours_are_told_to_search_engines(hours: object, told: str | None) -> None:
    """Hours and minutes are a duration as much as whole hours are."""
    data = {**read(OFFERS[0]).data, "workload": {"hours": hours}}
    found = json.loads(convert(read(data), "schema-org").text)
    assert found.get("timeRequired") == told
    assert found["hasCourseInstance"].get("courseWorkload") == told


def test_only_web_addresses_become_links_for_search_engines() -> None:
    """Sites make links of what stands there, and a script is no page."""
    data = {**read(OFFERS[0]).data, "information": {"homepage": "javascript:alert(1)"}}
    written = convert(read(data), "schema-org")
    assert "url" not in json.loads(written.text)
    (step,) = [step for step in written.steps if step.pointer == "/information/homepage"]
    assert (step.how, step.note.partition(":")[0]) == (How.LEFT_OUT, "it is no web address")


@pytest.mark.parametrize(
    ("path", "target", "how"),
    [
        (AWARDS[0], "elm-upload", How.IN_WORDS),
        (OFFERS[0], "elm-loq", How.IN_WORDS),
        (OFFERS[0], "openbadge", How.IN_WORDS),
        (OFFERS[0], "schema-org", How.LEFT_OUT),
    ],
)
@pytest.mark.parametrize("stated", ["6 weeks", "P6W", "1,200 h"])
def test_what_is_no_number_of_hours_is_told_as_none(
    path: Path, target: str, how: How, stated: str
) -> None:
    """Weeks never become hours, and neither does a number that can be read in two ways."""
    found = convert(read({**read(path).data, "workload": {"hours": stated}}), target)
    assert not re.search(r'"(PT|\d+ hours")', found.text)
    assert [one.how for one in found.steps if one.pointer == "/workload/hours"] == [how]


@pytest.mark.parametrize(
    ("stated", "told"), [(50, "50 h"), ("62,5 h", "62.5 h"), ("6 weeks", "6 weeks")]
)
def test_the_certificate_says_hours_once_and_only_of_hours(stated: object, told: str) -> None:
    """A number gets its unit, and what has one keeps it."""
    page = _Page()
    page.feed(convert(award(workload={"hours": stated}), "certificate-html").text)
    assert told in [text.strip() for text in page.texts]
