"""What the drawings of worked examples and of repairs are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook import _facts, _fields, _matrix, _said, _validity
from casefiles import FILES, files
from microcred.readers import read

ROOT = Path(__file__).parent.parent
OFFERS = sorted(ROOT.glob("examples/worked/*/offer.yaml"))
CASES = sorted(path.parent for path in ROOT.glob("examples/counter/*/repaired.yaml"))


@pytest.mark.parametrize("offer", OFFERS, ids=[offer.parent.name for offer in OFFERS])
def test_each_fact_of_an_offer_is_drawn(offer: Path) -> None:
    """No cell of the table stays empty."""
    facts = dict(_facts(read(offer).data))
    assert [name for name, words in facts.items() if not words.strip()] == []


@pytest.mark.parametrize("offer", OFFERS, ids=[offer.parent.name for offer in OFFERS])
def test_each_outcome_is_covered_in_the_table(offer: Path) -> None:
    """Outcomes stand in the rows, and each has an assessment that covers it."""
    _, rows = _matrix(read(offer).data)
    outcomes = [row for row in rows if row[0].startswith("LO")]
    assert outcomes
    assert all("covered" in row for row in outcomes)


@pytest.mark.parametrize(
    ("validity", "words"),
    [
        ({"period": "P3Y"}, "3 years"),
        ({"period": "P1Y", "renewal": "A talk"}, "1 year; to renew it: A talk"),
        ({"period": "P24M"}, "24 months"),
        ({"period": "no expiry"}, "no expiry"),
    ],
)
def test_a_period_is_told_in_words(validity: dict[str, object], words: str) -> None:
    """Nobody has to know the notation of durations."""
    assert _validity(validity) == words


def test_a_remark_is_no_difference() -> None:
    """Only what was changed stands side by side, not what was remarked."""
    assert _said("hours: 12 # small") == _said("hours:   12")
    assert _said("hours: 12") != _said("hours: 13")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_repair_shows_something(case: Path) -> None:
    """Each pair of files differs in at least one field."""
    before = next(path for path in case.iterdir() if path.name in ("draft.yaml", "award.yaml"))
    old, new = _fields(before), _fields(case / "repaired.yaml")
    assert any(_said(old.get(name)) != _said(new.get(name)) for name in {*old, *new})


def test_each_example_comes_in_each_format() -> None:
    """Every link of a story leads to a file with something in it."""
    made = dict(files(ROOT))
    assert len(made) == len(OFFERS) * len(FILES)
    assert all(made.values())
