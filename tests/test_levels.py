"""National levels and EQF levels: what was referenced to what, each with a source."""

from __future__ import annotations

import json
from typing import Any

import pytest

import microcred
from microcred.cli import main
from microcred.levels import Reference, reference, references
from microcred.rule import Outcome
from microcred.sources import sources

ALL = [one for levels in references().values() for one in levels.values()]


@pytest.mark.parametrize(
    ("framework", "level", "country", "eqf"),
    [
        ("NFQ", 9, "", 7),
        ("NFQ", "6", "IE", 5),
        ("Irish National Framework of Qualifications", "Level 10", "", 8),
        ("SCQF", 9, "", 6),
        ("RNCP", "I-Master", "", 7),
        ("RNCP", 6, "FR", 6),
        ("SOK", 5, "", 4),
        ("NQR", 5.0, "", 5),
        ("our own words", 9, "IE", 7),
        ("our own words", 9, "Ireland", 7),
    ],
)
def test_a_level_is_found(framework: str, level: Any, country: str, eqf: int) -> None:
    """By short name, full name or country, and as people write levels."""
    found = reference(framework, level, country)
    assert found is not None
    assert found.eqf == eqf


@pytest.mark.parametrize(
    ("framework", "level", "country"),
    [("HKO", 4, "HR"), ("SQF", 8, ""), ("NFQ", 11, ""), ("nothing", 3, ""), ("x", 4, "GB")],
)
def test_what_no_source_names_is_not_known(framework: str, level: Any, country: str) -> None:
    """No level is guessed, not even where eight levels look like eight."""
    assert reference(framework, level, country) is None


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.framework} {one.level}")
def test_each_reference_has_a_source(one: Reference) -> None:
    """A row says where it was read and how firm that is, and names a level of the EQF."""
    assert one.source in sources()
    assert one.confidence in {"high", "medium"}
    assert 1 <= one.eqf <= 8
    assert one.cycle in {"", {5: "short", 6: "first", 7: "second", 8: "third"}.get(one.eqf, "")}
    assert len(one.country) == 2


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ({"eqf": 7, "national": [{"framework": "NFQ", "level": 9}]}, Outcome.MET),
        ({"eqf": 6, "national": [{"framework": "NFQ", "level": 9}]}, Outcome.NOT_MET),
        ({"eqf": "EQF 7", "national": [{"framework": "NFQ", "level": "9"}]}, Outcome.MET),
        ({"eqf": 4, "national": [{"framework": "HKO", "level": 4}]}, Outcome.NOT_APPLICABLE),
        ({"eqf": 5, "national": [{"framework": "HKO", "level": 4}]}, Outcome.CANNOT_TELL),
        ({"eqf": 5, "national": [{"framework": "HKO", "level": "four"}]}, Outcome.NOT_APPLICABLE),
        ({"national": [{"framework": "NFQ", "level": 9}]}, Outcome.NOT_APPLICABLE),
        (
            {
                "eqf": 7,
                "national": [
                    {"framework": "NFQ", "level": 9},
                    {"framework": "SCQF", "level": 10},
                ],
            },
            Outcome.NOT_MET,
        ),
    ],
)
def test_national_and_european_level_agree(level: Any, expected: Outcome) -> None:
    """Each national level is compared, in its own framework."""
    (document,) = microcred.check({"microcred": 1, "level": level}, on="2026-11-01").documents
    assert document.outcomes["M8-10"] is expected  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Officially recognised at EQF level 4", Outcome.NOT_MET),
        ("Accredited on the national qualifications framework", Outcome.NOT_MET),
        ("Own best fit, not registered at any level of the EQF", Outcome.MET),
        ("It isn’t yet included in the NQF", Outcome.MET),
        ("A course for people who work in registered companies. EQF 4 by our reading", Outcome.MET),
        ("", Outcome.NOT_APPLICABLE),
    ],
)
def test_a_claim_is_called_one(words: str, expected: Outcome) -> None:
    """Words that promise a register are held against a level that nobody registered."""
    data = {"microcred": 1, "level": {"eqf": 4, "basis": "self-declared"}, "summary": words}
    (document,) = microcred.check(data, on="2026-11-01").documents
    assert document.outcomes["M8-11"] is expected  # type: ignore[union-attr]
    registered = data | {"level": {"eqf": 4, "basis": "nqf-registered"}}
    (document,) = microcred.check(registered, on="2026-11-01").documents
    assert document.outcomes["M8-11"] is Outcome.NOT_APPLICABLE  # type: ignore[union-attr]


def test_the_command_answers_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds level, EQF level, cycle and source."""
    assert main(["levels", "NFQ", "9", "--format", "json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["eqf"], told["cycle"], told["source"]) == (7, "second", "IE-NFQ")
    assert main(["levels", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(ALL)


@pytest.mark.parametrize(
    ("framework", "level", "eqf"),
    [
        ("DQR", "Niveau 6", 6),
        ("DQR", "DQR 6", 6),
        ("DQR", "DQR-Niveau 6", 6),
        ("RNCP", "niveau 6", 6),
        ("NFQ", "Level 9", 7),
        ("NFQ", "рівень 9", 7),
        ("NFQ", "NFQ level 9", 7),
        ("NFQ", "Honours 8", None),
    ],
)
def test_a_word_before_the_level(framework: str, level: str, eqf: int | None) -> None:
    """For “DQR Niveau 6” no source had been seen; a word that says more is not passed over."""
    found = reference(framework, level)
    assert (found and found.eqf) == eqf


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        (["levels", "HR", "4"], 1, "no source"),
        (["levels", "UA"], 1, "no source"),
        (["levels", "NQF-of-Nowhere"], 2, "no framework that we know"),
        (["levels", "Irland", "4"], 2, "Did you mean IE?"),
        (["levels", "Ireland", "9"], 0, "EQF 7"),
        (["levels", "NFQ level 9"], 0, "EQF 7"),
        (["levels", "United", "Kingdom", "6"], 0, "Scottish Credit"),
        (["levels"], 0, "Irish National Framework"),
    ],
)
def test_the_command_tells_what_it_lacks(
    asked: list[str], status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not known is an answer; a name that nobody knows is a slip."""
    assert main(asked) == status
    told = capsys.readouterr()
    assert words in told.out + told.err
