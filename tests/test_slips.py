"""What people write instead of what the format asks for: read, or told in a sentence that helps."""

from __future__ import annotations

import copy
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from microcred.checking import check_one, checker
from microcred.quantities import hours_of, read_date
from microcred.readers import read
from microcred.readers.serials import clock
from microcred.report import Checked
from microcred.vocabularies import vocabulary
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

ROOT = Path(__file__).parent.parent
READY = checker(on="2026-11-01")
OFFER = read(ROOT / "examples/worked/ex12-circular-teardown/offer.yaml").data


def told(**changed: Any) -> list[tuple[str, str, str]]:
    """Return rule, message and fix of what the changes add to the report on a good offer."""
    before, after = (found({**copy.deepcopy(OFFER), **one}) for one in ({}, changed))
    return [one for one in after if one not in before]


def found(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return rule, message and fix of each finding."""
    report = check_one(data, READY)
    assert isinstance(report, Checked)
    return [(one.rule.id, str(one.message), str(one.fix)) for one in report.findings]


def with_credits(system: str) -> dict[str, Any]:
    """Return the workload of the offer with credits of that system."""
    workload: dict[str, Any] = copy.deepcopy(OFFER["workload"])
    workload["credits"][0]["system"] = system
    return workload


# Languages


@pytest.mark.parametrize("country", ["ua", "gr", "cz", "rs"])
def test_a_country_is_no_language(country: str) -> None:
    """Whoever wrote “ua” was once asked whether it should be Luba-Lulua."""
    assert ("DOC-2", f"“{country}” stands for a country, not for a language") in [
        one[:2] for one in told(language=country)
    ]


@pytest.mark.parametrize("language", ["en-GB", "en-IE", "eng", "EN"])
def test_a_text_is_found_in_a_variety_of_its_language(language: str) -> None:
    """The title in English was passed over for the first one, which is Finnish."""
    assert told(language=language) == []


def test_a_script_is_found_as_it_is_written() -> None:
    """Codes are compared without case, and the very code comes before the same language."""
    title = {"en": "Teardown", "sr-Cyrl": "Растављање производа", "sr-Latn": "Rastavljanje"}
    report = check_one({**OFFER, "language": "sr-Latn", "title": title}, READY)
    assert isinstance(report, Checked)
    assert report.title == "Rastavljanje"


# Credits


@pytest.mark.parametrize(
    "system", ["ЄКТС", "ESPB", "ЕСПБ", "AKTS", "ECTS-Punkte", "crédits ECTS", "ECTS bodovi"]
)
def test_ects_has_names_in_many_languages(system: str) -> None:
    """AKTS was taken for a slip for the credits of the United Kingdom."""
    assert told(workload=with_credits(system)) == []


@pytest.mark.parametrize("word", ["credits", "credit", "points"])
def test_what_is_near_to_several_is_asked(word: str) -> None:
    """“Credits” is as near to those of New Zealand as to those of South Africa."""
    assert vocabulary("credit-systems").nearest(word) is None
    assert vocabulary("credit-systems").nearest("ETCS") == "ECTS"
