"""The examples that are shipped: worked ones without faults, and a draft full of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import microcred
from microcred.report import Checked, Status
from microcred.rule import AWARD, KINDS, OFFER, Level, Outcome

EXAMPLES = Path(__file__).parents[1] / "examples"
DAY = "2026-11-01"
INDEX: list[dict[str, Any]] = yaml.safe_load((EXAMPLES / "worked/index.yaml").read_text("utf-8"))

each_example = pytest.mark.parametrize("example", INDEX, ids=lambda example: example["folder"])
each_kind = pytest.mark.parametrize("kind", KINDS)


def path(example: dict[str, Any], kind: str) -> Path:
    """Return where the offer or the award of an example is."""
    return EXAMPLES / "worked" / example["folder"] / f"{kind}.yaml"


def checked(example: dict[str, Any], kind: str) -> Checked:
    """Return what the checks find in an offer, or in an award beside its offer."""
    offer = path(example, OFFER) if kind == AWARD else None
    (document,) = microcred.check(path(example, kind), on=DAY, offer=offer).documents
    assert isinstance(document, Checked), f"{path(example, kind)} can't be read: {document}"
    return document


def data(example: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return an offer or award as plain data."""
    return dict(microcred.read(path(example, kind)).data)


def test_index_lists_every_folder() -> None:
    """Nothing lies beside the index, and the index names nothing that isn't there."""
    folders = {offer.parent.name for offer in (EXAMPLES / "worked").glob("*/offer.yaml")}
    assert folders == {example["folder"] for example in INDEX}
    assert len({example["id"] for example in INDEX}) == len(INDEX)


@each_example
def test_index_says_what_the_offer_says(example: dict[str, Any]) -> None:
    """A table drawn from the index tells the same as the files."""
    offer = data(example, OFFER)
    title = offer["title"]
    stated = {
        "title": title["en"] if isinstance(title, dict) else title,
        "countries": offer["countries"],
        "level": offer["level"]["eqf"],
        "hours": offer["workload"]["hours"],
    }
    assert {key: example[key] for key in stated} == stated


@each_example
@each_kind
def test_only_listed_questions_are_open(example: dict[str, Any], kind: str) -> None:
    """No rule is not met, and a person is asked exactly what the index lists."""
    found = {
        (finding.rule.id, finding.pointer, finding.outcome)
        for finding in checked(example, kind).findings
    }
    listed = {(item["rule"], item["at"], Outcome.CANNOT_TELL) for item in example["open"]}
    assert listed == found


@each_example
@each_kind
def test_all_elements_are_met(example: dict[str, Any], kind: str) -> None:
    """All sixteen elements are there, as far as they exist in an offer."""
    document = checked(example, kind)
    only_in_awards = {"M1", "M5", "O3"} if kind == OFFER else set()
    expected = {
        element: Status.NOT_APPLICABLE if element in only_in_awards else Status.MET
        for element in document.elements
    }
    assert len(expected) == 16
    assert expected == document.elements
    assert document.kind == kind


@each_example
def test_award_keeps_what_the_offer_promised(example: dict[str, Any]) -> None:
    """The rule that compares both was asked, and the award cites this very offer."""
    offer, award = data(example, OFFER), data(example, AWARD)
    assert {"id": offer["id"], "version": offer["version"]} == award["offer"]
    assert checked(example, AWARD).outcomes["M5-9"] is Outcome.MET
    for field in ("assessments", "participation", "quality", "grading", "validity"):
        assert offer[field] == award[field]


@each_example
def test_award_ends_when_the_offer_says(example: dict[str, Any]) -> None:
    """The day of expiry follows from the day of issuing and the period of the offer."""
    award = data(example, AWARD)
    period = award["validity"]["period"]
    years = {"P24M": 2, "P3Y": 3, "P5Y": 5}.get(period)
    year, day = award["issued"].split("-", 1)
    assert (f"{int(year) + years}-{day}" if years else None) == award.get("expires")
    assert years or period == "no expiry"


@each_example
def test_award_has_a_result_for_each_assessment(example: dict[str, Any]) -> None:
    """Nothing is awarded that was not assessed."""
    award = data(example, AWARD)
    assessments = [assessment["id"] for assessment in award["assessments"]]
    assert assessments == [result["assessment"] for result in award["results"]]


@each_example
def test_need_rests_on_two_dated_sources(example: dict[str, Any]) -> None:
    """An offer that is held up as a model says why it exists."""
    evidence = data(example, OFFER)["need"]["evidence"]
    assert len([item for item in evidence if "2023-11-01" <= item["date"] <= DAY]) >= 2
    assert len({item["kind"] for item in evidence}) >= 2


def test_identifiers_are_given_once() -> None:
    """No two offers or awards share an identifier."""
    ids = [data(example, kind)["id"] for example in INDEX for kind in KINDS]
    assert len(set(ids)) == len(ids)


def test_first_draft_has_something_of_everything() -> None:
    """Who tries the checks for the first time sees each level and each outcome."""
    (draft,) = microcred.check(EXAMPLES / "drafts/first-draft.yaml", on=DAY).documents
    assert isinstance(draft, Checked)
    not_met = [finding for finding in draft.findings if finding.outcome is Outcome.NOT_MET]
    assert set(Level) == {finding.level for finding in not_met}
    assert len(not_met) < len(draft.findings)
    assert 8 <= len(draft.findings) <= 12
    found = {finding.rule.id for finding in not_met}
    assert {"M6-2", "M7-4", "M9-10"} <= found
    assert "M7-14" not in found, "“6 weeks” must not be mended to 6 hours"
