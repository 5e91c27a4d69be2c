"""Stacks: each planted fault is found, a good stack is clean, and hostile files cost a sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from fixed_date import PAGES_DATE
from microcred.cli import main
from microcred.pages.overlay import lay
from microcred.problem import Problem
from microcred.readers import read
from microcred.rule import STACK, Outcome
from microcred.rules import RULES
from microcred.stacking import FORMATS, Result, render, stack
from microcred.stacking.parts import MOST
from microcred.stacking.programme import from_file

ROOT = Path(__file__).parent.parent
HOME = ROOT / "examples/stacks/network-security"
PROGRAMME = HOME / "programme.yaml"
PARTS = (
    ROOT / "examples/worked/ex11-web-server/offer.yaml",
    HOME / "devices.yaml",
    HOME / "watch.yaml",
)
SERVER, DEVICES, WATCH = range(3)

Data = dict[str, Any]


IDS = (
    "https://nova-college.example/mc/web-server",
    "https://nova-college.example/mc/network-devices",
    "https://taller.example/awards/2026-0117",
)


@pytest.fixture(scope="module")
def whole() -> Data:
    """Return the programme and the parts of the good stack, as one document."""
    return {"target": from_file(PROGRAMME).data, "parts": [read(path).data for path in PARTS]}


def stacked(data: Data) -> Result:
    """Return what is found in a stack that stands in one document."""
    return stack(*data["parts"], into=data["target"], on=PAGES_DATE)


def found(data: Data) -> dict[str, Outcome]:
    """Return the rules that found something, with their outcome."""
    return {finding.rule.id: finding.outcome for finding in stacked(data).checked.findings}


def test_a_good_stack_is_clean() -> None:
    """The example has nothing unmet and no question, and most rules had something to judge."""
    checked = stack(*PARTS, into=PROGRAMME, on=PAGES_DATE).checked
    assert checked.findings == ()
    assert checked.counts.met == 15
    assert set(checked.outcomes) == {id for id, rule in RULES.items() if STACK in rule.kinds}


# -- Planted faults --------------------------------------------------------------------------------


def part(place: int, **fields: Any) -> Data:
    """Return a fragment that changes fields of one part."""
    return {"parts": [{"id": IDS[place], **fields}]}


def row(id: str, **fields: Any) -> Data:
    """Return a fragment that changes the place that the programme has for a part."""
    return {"target": {"parts": [{"id": id, **fields}]}}


def target(**fields: Any) -> Data:
    """Return a fragment that changes the programme."""
    return {"target": fields}


NOT_MET, CANNOT_TELL = Outcome.NOT_MET, Outcome.CANNOT_TELL
NO_HOURS = {"hours": None, "parts": None, "credits": [{"system": "OSP", "points": 3}]}
SAME = "Installs, updates a web server with least-privilege service accounts"
ESCO = {"skills": ["http://data.europa.eu/esco/skill/1"]}
PABLO = {"givenName": "Pablo", "familyName": "Sanz"}

# What is planted, what is taken out, the rule that has to find it, and how.
FAULTS: dict[str, tuple[Data, str, str, Outcome]] = {
    "too little": ({}, "/parts/1", "STACK-1", NOT_MET),
    "too much": (target(accepts={"min": 0, "max": 3}), "", "STACK-1", NOT_MET),
    "over the bound": (target(accepts={"min": 6.2}), "", "STACK-1", CANNOT_TELL),
    "size not known": (part(WATCH, workload=NO_HOURS), "", "STACK-1", CANNOT_TELL),
    "no size at all": ({}, "/parts/2/workload", "STACK-1", CANNOT_TELL),
    "rest of nowhere": ({}, "/target/accepts/max", "STACK-2", CANNOT_TELL),
    "more than it has": (
        row("server", amount={"system": "hours", "points": 90}),
        "",
        "STACK-3",
        NOT_MET,
    ),
    "level too low": (part(SERVER, level={"eqf": 2}), "", "STACK-4", NOT_MET),
    "level unknown": ({}, "/parts/0/level", "STACK-4", CANNOT_TELL),
    "needs what is missing": (
        {"target": {"parts": [{"id": "x"}, {"id": "server", "after": ["x"]}]}},
        "",
        "STACK-5",
        NOT_MET,
    ),
    "needs it by itself": (
        part(SERVER, prerequisites={"credentials": ["https://x.example/1"]}),
        "",
        "STACK-5",
        CANNOT_TELL,
    ),
    "circle of the programme": (row("server", after=["watch"]), "", "STACK-6", NOT_MET),
    "circle of the parts": (
        part(SERVER, prerequisites={"credentials": ["https://taller.example/mc/network-watch"]}),
        "",
        "STACK-6",
        NOT_MET,
    ),
    "waits for itself": (row("server", after=["server"]), "", "STACK-6", NOT_MET),
    "expired": (part(WATCH, expires="2026-10-31"), "", "STACK-7", NOT_MET),
    "too old": (part(WATCH, issued="2021-10-30"), "/parts/2/results", "STACK-7", NOT_MET),
    "agreement ended": (
        {},
        "/parts/0/stacking/targets",
        "STACK-17",
        CANNOT_TELL,
    ),
    "agreement over": (
        part(
            DEVICES,
            stacking={
                "targets": [
                    {
                        "title": "Module Network security (higher vocational training)",
                        "until": "2026-10-31",
                    }
                ]
            },
        ),
        "",
        "STACK-7",
        NOT_MET,
    ),
    "two people": (part(SERVER, kind="award", learner=PABLO), "", "STACK-8", NOT_MET),
    "twice": (
        {"parts": [{"id": "again", "microcred": 1, "kind": "award", "offer": {"id": IDS[SERVER]}}]},
        "",
        "STACK-9",
        NOT_MET,
    ),
    "nearly the same outcome": (
        part(DEVICES, outcomes=[{"id": "LO1", "statement": SAME}]),
        "",
        "STACK-10",
        CANNOT_TELL,
    ),
    "the same skill": (
        {
            "parts": [
                {"id": IDS[place], "outcomes": [{"id": "LO1", **ESCO}]}
                for place in (SERVER, DEVICES)
            ]
        },
        "",
        "STACK-10",
        CANNOT_TELL,
    ),
    "an outcome is gone": ({}, "/parts/0/outcomes/LO1", "STACK-11", NOT_MET),
    "outcome without a part": (
        target(outcomes=[{"id": "Q9", "statement": "Leads"}]),
        "",
        "STACK-11",
        CANNOT_TELL,
    ),
    "nothing joins": ({}, "/target/integrative", "STACK-12", NOT_MET),
    "not entitled": ({}, "/target/owner/entitlement", "STACK-13", NOT_MET),
    "nobody decides": ({}, "/target/owner/decides", "STACK-14", NOT_MET),
    "promises": (
        target(notes={"de": "Berechtigt automatisch zum Studium"}),
        "",
        "STACK-15",
        NOT_MET,
    ),
    "promise ended": (target(signal={"until": "2026-10-31"}), "", "STACK-16", NOT_MET),
    "no promise": ({}, "/target/signal", "STACK-16", CANNOT_TELL),
    "a guest": (row("server", credential="https://elsewhere.example/mc"), "", "STACK-17", NOT_MET),
    "stands alone": (part(SERVER, stacking={"option": "standalone"}), "", "STACK-17", NOT_MET),
    "one-sided": ({}, "/parts/0/stacking", "STACK-17", CANNOT_TELL),
    "required and gone": ({}, "/parts/0", "STACK-18", NOT_MET),
}


@pytest.mark.parametrize(("planted", "drops", "rule", "outcome"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(
    planted: Data, drops: str, rule: str, outcome: Outcome, whole: Data
) -> None:
    """One fault at a time, each by its own rule."""
    data = lay(whole, planted, drops.split()).data
    assert found(data).get(rule) is outcome


def test_each_rule_has_a_planted_fault() -> None:
    """No rule of stacks goes untested."""
    assert {rule for _, _, rule, _ in FAULTS.values()} == {
        id for id, rule in RULES.items() if STACK in rule.kinds
    }


# -- What it works with ----------------------------------------------------------------------------


def test_a_larger_micro_credential_takes_in_smaller_ones() -> None:
    """The offer of the whole stands in place of a programme."""
    result = stack(PARTS[DEVICES], into=PARTS[SERVER], on=PAGES_DATE)
    assert result.stack.target["size"] == {"system": "ECTS", "points": 2}
    assert result.stack.target["owner"]["entitlement"]
    assert result.checked.outcomes["STACK-1"] is Outcome.MET


def test_parts_come_in_any_format() -> None:
    """Europass, Open Badges and our own files stand side by side."""
    parts = [ROOT / "examples/europass/award.json", ROOT / "examples/openbadge/offer.json"]
    result = stack(*parts, PARTS[SERVER], into=PROGRAMME, on=PAGES_DATE)
    assert [part.description.kind for part in result.stack.members] == ["award", "offer", "offer"]


def test_a_programme_in_hours_counts_hours(whole: Data) -> None:
    """The unit is the programme’s: hours stay hours."""
    hours = target(size={"system": "hours", "points": 200}, accepts={"min": 170, "max": 170})
    assert "STACK-1" not in found(lay(whole, hours, ["/target/integrative/amount"]).data)


def test_a_larger_offer_may_have_bare_values(tmp_path: Path) -> None:
    """Texts stand where groups belong, as people write a short draft."""
    whole = tmp_path / "whole.yaml"
    whole.write_text("microcred: 1\ntitle: Keeping servers\nbodies: Centre\noutcomes: [Repairs]\n")
    assert stack(PARTS[DEVICES], into=whole, on=PAGES_DATE).checked.title == "Keeping servers"


def test_an_offer_and_its_award_count_once(whole: Data) -> None:
    """What comes twice is told, and left out of the sum."""
    planted, drops, rule, outcome = FAULTS["twice"]
    result = stacked(lay(whole, planted, drops.split()).data)
    assert result.checked.outcomes[rule] is outcome
    assert str(result.stack.total) == "6 to 6.4"


def test_findings_name_the_file_and_its_line() -> None:
    """A finding in a part leads to the part’s file."""
    data = from_file(PROGRAMME).data | {"accepts": {"levels": {"min": 5, "max": 6}}}
    findings = stack(*PARTS, into=data, on=PAGES_DATE).checked.findings
    places = sorted(str(one.place) for one in findings)
    assert re.fullmatch(r"devices\.yaml, line \d+, column \d+", places[0])
    assert re.fullmatch(r"offer\.yaml, line \d+, column \d+", places[1])


# -- Forms -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def broken(whole: Data) -> Result:
    """Return a stack with faults of many kinds and hostile words."""
    data = lay(whole, row("server", after=["watch"]), ["/target/integrative"]).data
    hostile = {
        "target": {"title": {"en": "<script>alert(1)</script> & <b>"}},
        "parts": [{"id": IDS[WATCH], "title": {"en": "]]> <img src=x onerror=1> | *x*"}}],
    }
    return stacked(lay(data, hostile, []).data)


@pytest.mark.parametrize("format", FORMATS)
def test_every_form_can_be_written(format: str, broken: Result) -> None:
    """No form breaks on what is broken, and hostile words stay words."""
    told = render(broken, format)
    assert told.endswith("\n")
    if format in {"html", "svg"}:
        assert "<script>alert" not in told
        assert "<img src=x" not in told


def test_the_picture_is_an_image_with_words(broken: Result) -> None:
    """SVG that any reader of XML takes, with title and description, and without outside files."""
    told = render(broken, "svg")
    root = ElementTree.fromstring(told)  # noqa: S314 - our own text
    names = {element.tag.partition("}")[2] for element in root.iter()}
    assert {"title", "desc", "rect", "text"} <= names
    assert not names & {"script", "image", "foreignObject", "a"}
    assert root.attrib["aria-labelledby"] == "stack-title stack-desc"
    assert "prefers-color-scheme" in told
    assert "http" not in told.replace("http://www.w3.org/2000/svg", "")


def test_the_picture_says_what_it_shows() -> None:
    """The words name each part, its size and the sum."""
    told = json.loads(render(stack(*PARTS, into=PROGRAMME, on=PAGES_DATE), "json"))
    assert "3. Watching a small network for attacks, 2 to 2.4 ECTS" in told["picture"]
    assert "Together 6 to 6.4 ECTS" in told["picture"]
    assert told["order"] == [1, 2, 3]


def test_text_keeps_to_its_columns(broken: Result) -> None:
    """80 columns are 80 columns."""
    assert max(map(len, render(broken, "text").split("\n"))) <= 80


def test_no_form_promises_anything(broken: Result) -> None:
    """What is said to a learner names who decides."""
    for format in ("text", "html", "markdown", "plan"):
        told = render(broken, format)
        assert re.search(r"gives (you )?no right", " ".join(told.split()))
        assert not re.search(r"\b(valid|compliant|accredited)\b", told)


# -- The command, and what is wrong with files -----------------------------------------------------


def test_the_command_tells_by_its_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 where all is met, 1 where something isn’t, and the ending of a file tells its form."""
    names = list(map(str, PARTS))
    asked = ["--into", str(PROGRAMME), "--on", PAGES_DATE]
    assert main(["stack", *names, *asked]) == 0
    assert main(["stack", names[0], *asked]) == 1
    page = tmp_path / "stack.html"
    assert main(["stack", *names, *asked, "--output", str(page)]) == 0
    assert "<svg" in page.read_text(encoding="utf-8")
    assert main(["stack", names[0], *asked, "--output", names[0]]) == 2
    assert "would be lost" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("programme: 1\n", "has no “title”"),
        ("programme: 2\ntitle: x\nowner: {name: y}\n", "“programme” is “2”"),
        ("programme: 1\ntitle: x\nowner: y\n", "“owner” is not a group"),
        ("programme: 1\ntitle: x\nowner: {name: y}\nsiez: {}\n", "Did you mean “size”?"),
        (
            "programme: 1\ntitle: x\nowner: {name: y}\nsize: {system: ETCS, points: 3}\n",
            "line 4: “ETCS” is no credit system",
        ),
        (
            "programme: 1\ntitle: x\nowner: {name: y}\naccepts: {min: 9, max: 3}\n",
            "9, is above the most",
        ),
        (
            "programme: 1\ntitle: x\nowner: {name: y}\naccepts: {age: five years}\n",
            "“five years” is no duration",
        ),
        (
            "programme: 1\ntitle: x\nowner: {name: y}\nparts: [{id: a, after: [b]}]\n",
            "comes after “b”, which is no part",
        ),
        (
            "programme: 1\ntitle: x\nowner: {name: y}\n"
            "outcomes: [{id: Q, statement: s, by: [z]}]\n",
            "brought by “z”, which is no part",
        ),
        (
            "programme: 1\ntitle: x\nowner: {name: y}\nintegrative: {covers: [Q]}\n",
            "covers “Q”, which is no outcome",
        ),
        ("programme: [1, 2\n", "line 2"),
        ("- 1\n", "list"),
        ("colour: red\n", "“colour”"),
    ],
)
def test_a_fault_of_a_programme_is_told(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, with the line where there is one, and no traceback."""
    path = tmp_path / "programme.yaml"
    path.write_text(text, encoding="utf-8")
    assert main(["stack", str(PARTS[0]), "--into", str(path)]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told
    assert "fault of its own" not in told


def test_a_folder_may_hold_its_programme(capsys: pytest.CaptureFixture[str]) -> None:
    """The programme isn’t taken for one of its parts."""
    asked = ["--into", str(PROGRAMME), "--on", PAGES_DATE, "--format", "json"]
    main(["stack", str(HOME), str(PARTS[SERVER]), *asked])
    told = json.loads(capsys.readouterr().out)
    assert [part["place"] for part in told["parts"]] == ["devices", "watch", "server"]
    assert told["findings"] == []


def test_a_check_leads_to_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever checks a programme as if it were an offer is told what to run."""
    assert main(["check", str(PROGRAMME)]) == 2
    assert "microcred stack" in capsys.readouterr().out


def test_an_award_is_no_programme() -> None:
    """What was issued takes nothing in."""
    with pytest.raises(Problem, match="is an award"):
        stack(PARTS[0], into=PARTS[WATCH])


def test_a_learner_record_is_as_many_parts_as_it_holds() -> None:
    """On the command line as on the check page."""
    record = ROOT / "examples/foreign/record-two-badges-clr.json"
    assert len(stack(record, into=PROGRAMME, on=PAGES_DATE).stack.members) == 2


def test_a_part_that_cannot_be_read_is_named() -> None:
    """One of many files is at fault, and it has to be found."""
    schema = ROOT / "package.json"
    with pytest.raises(Problem, match=r"package\.json” could not be read: This is a list of soft"):
        stack(PARTS[0], schema, into=PROGRAMME)
    with pytest.raises(Problem, match=r"^There is no file"):
        stack(PARTS[0], "nowhere.yaml", into=PROGRAMME)


@pytest.mark.parametrize("kind", ["offer", "award"])
def test_nothing_is_a_part_of_itself(kind: str) -> None:
    """What was issued for an offer is that offer, and adds up to it in any case."""
    folder = ROOT / "examples/worked/ex01-safe-isolation"
    with pytest.raises(Problem, match="can’t be one of them"):
        stack(folder / f"{kind}.yaml", into=folder / "offer.yaml")


def test_a_worksheet_is_no_programme() -> None:
    """It was never issued to anybody."""
    with pytest.raises(Problem, match="is a filled worksheet"):
        stack(PARTS[0], into=ROOT / "examples/worksheets/t0-sample.yaml")


def test_the_number_of_parts_has_a_bound(whole: Data) -> None:
    """None and too many are told with the bound."""
    for parts in ([], [whole["parts"][0]] * (MOST + 1)):
        with pytest.raises(Problem, match=f"a stack has 1 to {MOST}"):
            stack(*parts, into=whole["target"])


@pytest.mark.parametrize("value", [None, 1, "x", [None], {"a": 1}, "9" * 400])
def test_parts_of_wrong_form_break_nothing(value: Any, whole: Data) -> None:
    """Each field of a part may hold anything: the stack is told all the same."""
    good, award = whole["parts"][SERVER], whole["parts"][WATCH]
    for field in award:
        changed = {**award, field: value, "microcred": 1, "kind": "award"}
        result = stack(good, changed, into=whole["target"], on=PAGES_DATE)
        assert render(result, "plan")
        assert render(result, "html")
