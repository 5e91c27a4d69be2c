"""The recognition officer's view: what files carry for each criterion, purpose by purpose."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from functools import lru_cache
from pathlib import Path

import jsonschema
import pytest

from microcred.cli import main
from microcred.evaluation import (
    CRITERIA,
    FORMATS,
    PURPOSES,
    Evaluation,
    Strength,
    Verdict,
    Way,
    Weight,
    evaluation,
    render,
)
from microcred.evaluation.html import fragment
from microcred.problem import Problem
from microcred.readers import read
from microcred.registers import read_register
from microcred.rules import RULES
from microcred.shape import schema

ROOT = Path(__file__).parent.parent
WORKED, CASES = ROOT / "examples/worked", ROOT / "examples/recognition"
FORMAL = WORKED / "ex03-causal-inference/award.yaml"
COMPANY = WORKED / "ex04-robot-faults/award.yaml"
MOOC, BADGE, EXPIRED = CASES / "mooc.yaml", CASES / "thin-badge.json", CASES / "expired-review.yaml"
SIGNED = ROOT / "examples/openbadge/signed.json"
UNSEALED = ROOT / "examples/europass/sealed.json"
ON = "2026-11-01"


@lru_cache(maxsize=64)
def _seen(path: Path, purpose: str = "exemption", register: str = "", on: str = ON) -> Evaluation:
    registers = [read_register(ROOT / "examples/registers" / register)] if register else []
    return evaluation(read(path), purpose, on=on, registers=registers)


def _strengths(seen: Evaluation) -> dict[str, Strength]:
    return {answer.criterion.id: answer.strength for answer in seen.answers}


def _of(seen: Evaluation, id: str) -> list[str]:
    answer = next(answer for answer in seen.answers if answer.criterion.id == id)
    return [each.text() for each in (*answer.doubts, *answer.missing, *answer.questions)]


# -- Cases --------------------------------------------------------------------------------------

FOLLOWED = Strength.EVIDENCED


def test_a_strong_formal_award() -> None:
    """Everything can be followed up, so the draft is to compare, and no letter is needed."""
    seen = _seen(FORMAL)
    assert set(_strengths(seen).values()) == {FOLLOWED}
    assert (seen.draft.verdict, seen.route.way) == (Verdict.COMPARE, Way.FORMAL)
    assert seen.draft.conditions == ()
    assert seen.letter is None


def test_a_strong_award_of_a_company() -> None:
    """No formal provider, no registered level, a strong assessment: another way, no worse one."""
    seen = _seen(COMPANY)
    assert _strengths(seen) == dict.fromkeys(CRITERIA, FOLLOWED) | {"level": Strength.STATED}
    assert (seen.draft.verdict, seen.route.way) == (Verdict.COMPARE, Way.NON_FORMAL)
    told = [each.text() for each in seen.draft.conditions]
    assert any("prior learning" in each for each in told)
    assert not any(
        "prior learning" in each.text() for each in _seen(COMPANY, "employment").draft.conditions
    )


def test_a_company_without_external_review_is_asked() -> None:
    """Silence on quality weighs for admission, and hardly for a job."""
    credential = read(COMPANY)
    data = {**credential.data, "quality": [credential.data["quality"][1]]}  # type: ignore[index]
    changed = type(credential)(**{**credential.__dict__, "data": data})
    for purpose, verdict in (("admission", Verdict.COMPARE), ("employment", Verdict.COMPARE)):
        seen = evaluation(changed, purpose, on=ON)
        assert _strengths(seen)["quality"] is Strength.STATED
        assert seen.draft.verdict is verdict
    assert any("outside your organisation" in each for each in _of(seen, "quality"))
    assert seen.letter is None  # quality only helps for employment


def test_a_certificate_of_an_online_course() -> None:
    """Little is stated; the letter asks for all of it at once."""
    seen = _seen(MOOC, "admission")
    found = _strengths(seen)
    assert [id for id, one in found.items() if one is Strength.MISSING] == [
        "quality",
        "verification",
        "level",
        "identification",
    ]
    assert found["workload"] is Strength.DOUBTED
    assert seen.draft.verdict is Verdict.ASK
    assert seen.letter is not None
    asks = [ask.text() for ask in seen.letter.asks]
    assert len(asks) == len(set(asks)) >= 8
    assert "Haddad" not in json.dumps([asks, seen.letter.about])


def test_a_sealed_file_is_not_verified_here() -> None:
    """That nobody verified the seal is carried over, on top and under its criterion."""
    seen = _seen(SIGNED, "admission")
    assert seen.seal is not None
    assert "was not verified here" in seen.seal.text()
    assert any("was not verified here" in each for each in _of(seen, "verification"))
    assert _strengths(seen)["verification"] is FOLLOWED
    for format in FORMATS:
        assert "not verified here" in " ".join(render(seen, format).split())


def test_an_envelope_without_a_seal_is_no_evidence() -> None:
    """Who only put a file into an envelope has vouched for nothing."""
    seen = _seen(UNSEALED, "admission")
    assert seen.seal is not None
    assert "nobody has sealed it" in seen.seal.text()
    answer = next(answer for answer in seen.answers if answer.criterion.id == "verification")
    assert "Seal or signature" not in [each.label for each in answer.evidence]


def test_a_badge_with_thin_evidence() -> None:
    """What a badge doesn't say is asked for, and the provider isn't guessed to be anything."""
    seen = _seen(BADGE, "employment")
    assert seen.format == "openbadge"
    assert seen.route.way is Way.UNCLEAR
    assert _strengths(seen)["outcomes"] is Strength.MISSING
    assert seen.draft.verdict is Verdict.ASK
    assert "A1" not in str(seen.letter)  # a name that only the reader gave


def test_quality_assurance_that_had_ended() -> None:
    """A review that was over on the day of issuing speaks against itself, and is asked about."""
    seen = _seen(EXPIRED, "admission")
    assert _strengths(seen)["quality"] is Strength.DOUBTED
    assert seen.draft.verdict is Verdict.ASK
    assert seen.letter is not None
    (ask,) = (ask.text() for ask in seen.letter.asks)
    assert ask.startswith("About quality assurance we found: It held until 2025-08-31")


@pytest.mark.parametrize(
    ("path", "register", "strength", "told"),
    [
        (FORMAL, "national-list.csv", Strength.CHECKED, ""),
        (FORMAL, "two-ways.csv", FOLLOWED, "can be read in more than one way"),
        (COMPANY, "national-list.csv", FOLLOWED, "Academy of Robotek"),
        (COMPANY, "deqar-form.csv", FOLLOWED, "is not in deqar-form.csv"),
        (MOOC, "deqar-form.csv", Strength.MISSING, "is not in deqar-form.csv"),
    ],
)
def test_a_register_is_one_more_piece_of_evidence(
    path: Path, register: str, strength: Strength, told: str
) -> None:
    """Who stands in it is found; a near miss is a question; who doesn't is no worse."""
    # The award of the university was issued in June: its dates in the second list are unclear then.
    seen = _seen(path, "admission", register)
    if register == "two-ways.csv":
        credential = read(path)
        data = {**credential.data, "issued": "2026-05-20", "results": []}
        changed = type(credential)(**{**credential.__dict__, "data": data})
        lists = [read_register(ROOT / "examples/registers" / register)]
        seen = evaluation(changed, "admission", on=ON, registers=lists)
    assert _strengths(seen)["quality"] is strength
    assert not told or any(told in each for each in _of(seen, "quality"))


def test_an_award_that_ended() -> None:
    """An expiry before the day of the evaluation is told under verification."""
    seen = _seen(COMPANY, on="2029-01-01")
    assert _strengths(seen)["verification"] is Strength.DOUBTED
    assert "The award ended on 2028-06-22" in _of(seen, "verification")[0]


def test_attendance_is_nothing_to_recognise() -> None:
    """Where no outcome was assessed, the officer assesses."""
    path = ROOT / "examples/counter/ae12-webinar-series/draft.yaml"
    credential = read(path)
    changed = type(credential)(**{**credential.__dict__, "kind": "award"})
    seen = evaluation(changed, "exemption", on=ON)
    assert seen.draft.verdict is Verdict.ASSESS


def test_an_offer_is_only_a_preview() -> None:
    """Nobody holds an offer, so nothing is decided on one."""
    seen = _seen(WORKED / "ex03-causal-inference/offer.yaml")
    assert seen.draft.verdict is Verdict.PREVIEW
    assert "person before you" not in str(seen.questions)


def test_on_site_two_criteria_weigh_less() -> None:
    """The Micro-evaluator asks for verification and identification only off site."""
    credential = read(FORMAL)
    data = {**credential.data, "participation": {"mode": "onsite"}}
    changed = type(credential)(**{**credential.__dict__, "data": data})
    weights = {a.criterion.id: a.weight for a in evaluation(changed, "admission", on=ON).answers}
    assert (weights["verification"], weights["identification"]) == (Weight.HELPS, Weight.HELPS)


def test_an_offer_says_what_its_award_leaves_open() -> None:
    """A record of an award and its public description are read as one, each with its places."""
    whole, offer = read(FORMAL), read(WORKED / "ex03-causal-inference/offer.yaml")
    kept = ("microcred", "kind", "id", "offer", "language", "learner", "issued", "results", "title")
    record = {name: whole.data[name] for name in kept}
    award = type(whole)(**{**whole.__dict__, "data": record})
    assert evaluation(award, "exemption", on=ON).draft.verdict is Verdict.ASK
    seen = evaluation(award, "exemption", on=ON, offer=offer)
    assert set(_strengths(seen).values()) == {FOLLOWED}
    places = {one.where for answer in seen.answers for one in answer.evidence}
    assert any(place.startswith("offer, line ") for place in places)
    assert any(place.startswith("line ") for place in places)
    assert seen.offer in render(seen, "html")
    jsonschema.validate(json.loads(render(seen, "json")), schema("evaluation-1"))


def test_a_badge_is_read_with_its_offer() -> None:
    """Places of a foreign award stay those of its file."""
    award, offer = read(BADGE), read(WORKED / "ex04-robot-faults/offer.yaml")
    seen = evaluation(award, "employment", on=ON, offer=offer)
    evidence = [one for answer in seen.answers for one in answer.evidence]
    assert {one.where for one in evidence if one.pointer.startswith("/quality")} != {""}
    assert all(
        one.where.startswith("offer, ") for one in evidence if one.pointer.startswith("/quality")
    )
    assert not any("offer" in one.where for one in evidence if one.pointer == "/issued")


def test_another_offer_is_told() -> None:
    """An award that cites one offer isn't quietly read with another."""
    other = read(COMPANY.with_name("offer.yaml"))
    seen = evaluation(read(FORMAL), "exemption", on=ON, offer=other)
    assert any("The award cites id" in each for each in _of(seen, "verification"))
    with pytest.raises(Problem, match="is joined with its offer"):
        evaluation(read(FORMAL), "exemption", on=ON, offer=read(FORMAL))


# -- The whole ----------------------------------------------------------------------------------

FILES = sorted(
    [
        *(ROOT / "examples").rglob("award.*"),
        *(ROOT / "examples").rglob("offer.*"),
        *(ROOT / "examples/counter").rglob("draft.yaml"),
        *CASES.iterdir(),
        SIGNED,
        UNSEALED,
    ]
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "examples")))
def test_any_file_is_evaluated(path: Path) -> None:
    """Offers, awards, Europass and badges: each gets seven answers and meets the schema."""
    seen = _seen(path, "exemption")
    assert [answer.criterion.id for answer in seen.answers] == list(CRITERIA)
    jsonschema.validate(json.loads(render(seen, "json")), schema("evaluation-1"))
    for answer in seen.answers:
        assert answer.strength is not Strength.MISSING or not answer.evidence
        assert answer.strength is not Strength.DOUBTED or answer.doubts
    # What the draft waits for is asked: it never sends an officer to ask nothing.
    assert seen.draft.verdict is not Verdict.ASK or seen.letter is not None


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_purpose_weighs_all_criteria(purpose: str) -> None:
    """Each weight has a reason, and something decides."""
    weights = PURPOSES[purpose].weights
    assert weights.keys() == CRITERIA.keys()
    assert any(weight is Weight.DECIDES for weight, _ in weights.values())


def test_criteria_name_rules_that_exist() -> None:
    """What is carried over from the report exists there."""
    for criterion in CRITERIA.values():
        assert set(criterion.doubts) <= RULES.keys()
        assert criterion.heavy <= set(criterion.doubts)


def test_a_letter_stays_short_however_much_is_missing() -> None:
    """What many entries lack is asked once for all of them."""
    credential = read(MOOC)
    many = {
        "assessments": [{"id": f"A{n}", "type": "project-work"} for n in range(12)],
        "quality": [{"kind": "external", "body": f"Body {n}"} for n in range(12)],
        "outcomes": [{"id": f"LO{n}", "statement": f"Names part {n}"} for n in range(12)],
    }
    changed = type(credential)(**{**credential.__dict__, "data": {**credential.data, **many}})
    seen = evaluation(changed, "admission", on=ON)
    assert seen.letter is not None
    asks = [ask.text() for ask in seen.letter.asks]
    assert len(asks) <= 15
    assert "By which criteria are “project-work” and 11 more assessments judged?" in asks


def test_the_view_needs_nothing_that_a_browser_lacks() -> None:
    """Text, HTML, JSON and Markdown load neither lxml nor what writes Word documents."""
    code = (
        "import sys; from microcred import read; from microcred.evaluation import *; "
        f"seen = evaluation(read({str(MOOC)!r}), 'rpl', on={ON!r}); "
        "[render(seen, format) for format in FORMATS]; "
        "sys.exit(bool({'lxml', 'docx', 'click'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_unknown_purpose_is_told() -> None:
    """With what may be meant."""
    with pytest.raises(Problem, match="no purpose that is known") as caught:
        evaluation(read(FORMAL), "admissions", on=ON)
    assert "Did you mean admission?" in caught.value.fix


def test_a_filled_worksheet_is_nothing_to_recognise() -> None:
    """The answers of an office are no award."""
    with pytest.raises(Problem, match="is a filled worksheet"):
        evaluation(read(ROOT / "examples/worksheets/p1-sample.yaml"), "rpl", on=ON)


def test_it_never_claims_or_refuses() -> None:
    """No view says that something is recognised, valid or refused."""
    for path in (FORMAL, COMPANY, MOOC, BADGE, EXPIRED, SIGNED):
        for purpose in PURPOSES:
            text = " ".join(render(_seen(path, purpose)).split())
            assert not re.search(r"\b(is|are) (recognised|valid|compliant|accredited)\b", text)
            assert "it is no decision" in text
            assert not re.search(r"\brefuse it\b|\breject", text)


# -- Formats ------------------------------------------------------------------------------------


def test_text_fits_a_terminal() -> None:
    """No line is wider than asked."""
    from microcred.evaluation.text import write

    for width in (40, 80):
        assert max(map(len, write(_seen(MOOC), width=width).split("\n"))) <= width


def test_html_is_safe_and_a_fragment_is_a_part_of_it() -> None:
    """What a file says can't become markup; the page and the fragment say the same."""
    credential = read(MOOC)
    nasty = '<script>alert("x")</script>\u202e'
    changed = type(credential)(
        **{**credential.__dict__, "data": {**credential.data, "title": nasty}}
    )
    seen = evaluation(changed, "rpl", on=ON)
    page = render(seen, "html")
    assert "<script" not in page
    assert "\u202e" not in page
    assert fragment(seen) in page
    assert "<h2" in fragment(seen, level=2)
    assert "<h1" not in fragment(seen, level=2)
    assert not re.search(r"(?<!\\)<", render(seen, "markdown"))


def test_word_gets_the_letter_on_a_page_of_its_own() -> None:
    """The letter stands at the end, where it can be taken out."""
    from microcred.evaluation import docx

    with zipfile.ZipFile(io.BytesIO(docx.write(_seen(MOOC, "admission")))) as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count('<w:br w:type="page"/>') == 1
    assert "Dear colleagues," in body
    assert "<w:tblHeader/>" in body


def test_the_command_writes_every_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the ending of the file says, and to the screen."""
    run = ["evaluate", str(MOOC), "--purpose", "admission", "--on", ON]
    for name in ("view.html", "view.docx", "view.md", "view.json", "view.txt"):
        assert main([*run, "--output", str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 3000
    assert main(run) == 0
    assert "LETTER TO THE ISSUER" in capsys.readouterr().out
    assert main([*run, "--format", "docx"]) == 2
    assert "can’t be shown here" in capsys.readouterr().err
    assert main(["evaluate", "nowhere.yaml", "--purpose", "rpl"]) == 2
    assert main(["evaluate", str(MOOC)]) == 2
    assert main([*run, "--offer", str(FORMAL)]) == 2  # an award, and no offer
    assert "--purpose" in capsys.readouterr().err


# -- Worksheet W13 ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [FORMAL, COMPANY, MOOC, BADGE, EXPIRED, SIGNED], ids=str)
def test_a_dossier_is_filled_in_as_the_view_says(path: Path) -> None:
    """Scores, words and questions of W13 are those of the view; the purpose stays open."""
    from microcred.evaluation.dossier import ids
    from microcred.worksheets.definition import worksheet
    from microcred.worksheets.prefill import prefilled

    seen = _seen(path)
    data = prefilled(worksheet("W13"), read(path))
    said = data["answers"]
    assert "purpose" not in said
    assert (said["title"], said["way"]) == (seen.title, seen.route.way.value)
    scores = {line["id"]: line["score"] for line in said["criteria"]}
    assert set(scores) == set(ids.values())
    for answer in seen.answers:
        missing = answer.strength is Strength.MISSING
        assert (scores[ids[answer.criterion.id]] == 0) is missing
        asked = [entry["ask"] for entry in said["asks"]]
        assert all(ask.text() in asked for ask in answer.missing)


def test_a_dossier_comes_back_from_a_workbook(tmp_path: Path) -> None:
    """From an award to Excel to a report with scores, by the commands of the page."""
    book = tmp_path / "dossier.xlsx"
    assert main(["new", "W13", "--from", str(BADGE), "--output", str(book)]) == 0
    report = tmp_path / "report.json"
    assert main(["check", str(book), "--on", ON, "--output", str(report)]) == 0
    (document,) = json.loads(report.read_text(encoding="utf-8"))["documents"]
    assert document["assessment"]["blockers"] == ["C4"]
    assert [finding["rule"] for finding in document["findings"]] == ["WS-1", "WS-5"]
