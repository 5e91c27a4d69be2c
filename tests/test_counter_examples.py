"""The counter-examples: each is found out by exactly the findings it names, and can be mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import microcred
from microcred.elements import ELEMENTS
from microcred.profiles import BASE, profile
from microcred.report import Checked
from microcred.rule import AWARD, OFFER, Outcome
from microcred.rules import RULES
from microcred.sources import sources

COUNTER = Path(__file__).parents[1] / "examples" / "counter"
DAY = "2026-11-01"
INDEX: list[dict[str, Any]] = yaml.safe_load((COUNTER / "index.yaml").read_text("utf-8"))
ALWAYS = {"id", "folder", "title", "wrong", "named"}
MAYBE = {"needs_profile", "note"}

NATIONAL = [example for example in INDEX if "needs_profile" in example]

each_national = pytest.mark.parametrize("example", NATIONAL, ids=lambda example: example["folder"])
each_example = pytest.mark.parametrize("example", INDEX, ids=lambda example: example["folder"])


def faulty(example: dict[str, Any]) -> Path:
    """Return where the document with the faults is: a draft, or an award."""
    folder = COUNTER / example["folder"]
    draft = folder / "draft.yaml"
    return draft if draft.exists() else folder / "award.yaml"


def repaired(example: dict[str, Any]) -> Path:
    """Return where the same document is mended."""
    return COUNTER / example["folder"] / "repaired.yaml"


def expected(example: dict[str, Any]) -> dict[str, Any]:
    """Return what was written down about the document with the faults."""
    written: dict[str, Any] = yaml.safe_load(
        (COUNTER / example["folder"] / "expected.yaml").read_text("utf-8")
    )
    return written


def checked(path: Path, profile: str = BASE) -> Checked:
    """Return what the checks find in a file."""
    (document,) = microcred.check(path, on=DAY, profile=profile).documents
    assert isinstance(document, Checked), f"{path} can't be read: {document}"
    return document


def found(path: Path, profile: str = BASE) -> list[dict[str, str]]:
    """Return the findings as they are written down."""
    return [
        {"rule": finding.rule.id, "outcome": finding.outcome.value, "pointer": finding.pointer}
        for finding in checked(path, profile).findings
    ]


def in_order(findings: list[dict[str, str]]) -> list[list[str]]:
    """Return findings so that two lists of them compare, whatever the order of the report."""
    return sorted(list(finding.values()) for finding in findings)


def line(finding: dict[str, str]) -> str:
    """Return one finding as a line of expected.yaml."""
    fields = ", ".join(f"{key}: {value}" for key, value in finding.items())
    return f"  - {{{fields}}}"


def what_to_do(example: dict[str, Any], findings: list[dict[str, str]]) -> str:
    """Say how to look at findings that differ, and how to write them down."""
    written = expected(example)["findings"]
    gone = [line(finding) for finding in written if finding not in findings]
    new = [line(finding) for finding in findings if finding not in written]
    path = faulty(example).relative_to(COUNTER.parents[1])
    return "\n".join(
        [
            f"The checks no longer find in {path} what its expected.yaml lists.",
            *(["No longer found:", *gone] if gone else []),
            *(["Found and not listed:", *new] if new else []),
            f"Look at them:  microcred check {path} --on {DAY}",
            "If the checks are wrong, mend the rule. If they are right, this is the list:",
            "findings:",
            *map(line, findings),
        ]
    )


def test_index_lists_every_folder() -> None:
    """Nothing lies beside the index, and the index names nothing that isn't there."""
    folders = {path.name for path in COUNTER.iterdir() if path.is_dir()}
    assert folders == {example["folder"] for example in INDEX}, (
        "Add the folder to examples/counter/index.yaml, or delete the line without a folder"
    )
    assert len({example["id"] for example in INDEX}) == len(INDEX)


@each_example
def test_index_is_complete(example: dict[str, Any]) -> None:
    """A table can be drawn from the index alone, and it tells what the files tell."""
    assert set(example) >= ALWAYS
    assert set(example) <= ALWAYS | MAYBE
    title = microcred.read(faulty(example)).data["title"]
    assert (title["en"] if isinstance(title, dict) else title) == example["title"]
    assert expected(example)["named"] == example["named"]


@each_example
def test_folder_holds_three_files(example: dict[str, Any]) -> None:
    """A counter-example is a document with faults, what is found in it, and the mended one."""
    names = {path.name for path in (COUNTER / example["folder"]).iterdir()}
    assert {faulty(example).name, "expected.yaml", "repaired.yaml"} == names
    kind = OFFER if faulty(example).name == "draft.yaml" else AWARD
    assert (kind, kind) == (checked(faulty(example)).kind, checked(repaired(example)).kind)


@each_example
def test_finds_exactly_what_is_expected(example: dict[str, Any]) -> None:
    """Every finding is written down, and every finding that is written down is made."""
    findings = found(faulty(example))
    written = in_order(expected(example)["findings"])
    assert written == in_order(findings), what_to_do(example, findings)


@each_example
def test_named_rules_are_among_the_findings(example: dict[str, Any]) -> None:
    """The faults for which the example was made are found, and have a lesson."""
    written = expected(example)
    under = {"under"} if "needs_profile" in example else set()
    assert {"lesson", "named", "findings"} | under == set(written)
    assert set(written["named"]) <= {finding["rule"] for finding in written["findings"]}
    assert set(written["named"]) <= set(RULES)
    assert written["lesson"].rstrip().endswith(".")


@each_example
def test_names_a_rule_or_the_profile_that_it_needs(example: dict[str, Any]) -> None:
    """An example that the base rules don't find out says whose rules do."""
    if example["named"]:
        assert "needs_profile" not in example
    else:
        assert example["needs_profile"] != BASE
        assert example["needs_profile"] in example["note"]


@each_national
def test_its_profile_finds_exactly_what_is_expected(example: dict[str, Any]) -> None:
    """The rules of the country find the fault, and nothing else beyond the European rules."""
    written = expected(example)
    under = written["under"]
    assert under["profile"] == example["needs_profile"]
    assert under["findings"], "list what the profile finds"
    findings = found(faulty(example), under["profile"])
    assert in_order([*written["findings"], *under["findings"]]) == in_order(findings)


@each_national
def test_a_finding_of_a_profile_names_it_and_its_source(example: dict[str, Any]) -> None:
    """A reader sees whose rule it is, and how firm it is."""
    id = example["needs_profile"]
    own = [
        finding
        for finding in checked(faulty(example), id).findings
        if finding.rule.id.startswith("P-")
    ]
    assert own
    for finding in own:
        assert id in str(finding.message)
        assert finding.basis.startswith(f"profile {id} ")
        assert sources()[profile(id).sources[0]].title in finding.basis
        assert "reviewer: none yet" in finding.basis


@each_national
def test_repaired_meets_the_rules_of_its_country(example: dict[str, Any]) -> None:
    """What was mended has nothing that is not met, under the profile either."""
    document = checked(repaired(example), example["needs_profile"])
    assert [f for f in document.findings if f.outcome is Outcome.NOT_MET] == []


@each_example
def test_repaired_has_nothing_that_is_not_met(example: dict[str, Any]) -> None:
    """Each of these faults can be mended, down to the last advice."""
    path = repaired(example)
    left = [
        f"{finding.rule.id} at {finding.pointer}: {finding.message}"
        for finding in checked(path).findings
        if finding.outcome is Outcome.NOT_MET
    ]
    assert left == [], f"Mend {path.relative_to(COUNTER.parents[1])} until no rule is not met"


@each_example
def test_repaired_is_the_same_micro_credential(example: dict[str, Any]) -> None:
    """What was mended keeps its identifier."""
    assert (
        microcred.read(faulty(example)).data["id"] == microcred.read(repaired(example)).data["id"]
    )


@each_example
def test_repaired_states_all_mandatory_elements(example: dict[str, Any]) -> None:
    """None of the eleven is left open in a mended document."""
    statuses = checked(repaired(example)).elements
    open_ = {
        element: statuses[element].value
        for element in ELEMENTS
        if element.startswith("M") and statuses[element].value not in ("met", "not-applicable")
    }
    assert open_ == {}
