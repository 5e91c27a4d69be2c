"""Rules and pages stay in step, and when they don't the guards say what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import in_step
from fixed_date import PAGES_DATE
from microcred.elements import ELEMENTS
from microcred.pages import pages
from microcred.pages.promises import base_of, kept, report_on
from microcred.report import Checked
from microcred.rule import RETIRED, Outcome, rule
from microcred.rules import RULES
from microcred.shape import schema

ROOT = Path(__file__).parent.parent
PAGES = pages(ROOT / "docs")
BASES = sorted(
    {base_of(block) for page in PAGES for block in page.blocks if not block.faults} - {""}
)
SCHEMAS = sorted(
    path.name.removesuffix(".schema.json")
    for path in (ROOT / "checks/microcred/schemas").glob("*.schema.json")
)


def test_each_element_has_a_page() -> None:
    """The sixteen elements are explained."""
    assert not (todo := list(in_step.missing_pages(PAGES))), "\n".join(todo)


def test_each_rule_has_a_section() -> None:
    """No rule judges what the guidance doesn't explain."""
    assert not (todo := list(in_step.missing_sections(RULES.values(), PAGES))), "\n".join(todo)


@pytest.mark.parametrize("id", RULES)
def test_each_answer_of_a_rule_is_shown(id: str) -> None:
    """The section of a rule shows what meets it and each other outcome that it can give."""
    assert not (todo := list(in_step.missing_examples([RULES[id]], PAGES))), "\n".join(todo)


def test_each_rule_is_named_where_it_is_explained() -> None:
    """Readers see which sentence of a page is checked."""
    assert not (todo := list(in_step.missing_badges(RULES.values(), PAGES))), "\n".join(todo)


def test_each_badge_names_a_rule() -> None:
    """No page speaks of a rule that doesn't exist."""
    assert not (todo := list(in_step.unknown_badges(RULES, PAGES))), "\n".join(todo)


def test_each_label_stands_once() -> None:
    """A link to a section has one target."""
    assert not (todo := list(in_step.repeated_labels(PAGES))), "\n".join(todo)


def test_each_rule_is_told_in_plain_sentences() -> None:
    """Title, reason and fix of a rule are one sentence each, without the words we avoid."""
    assert not (todo := list(in_step.unclear_texts(RULES.values()))), "\n".join(todo)


@pytest.mark.parametrize("id", RULES)
def test_an_id_tells_its_element(id: str) -> None:
    """An id begins with its element, or with the name of a family of rules."""
    element = RULES[id].element
    assert re.fullmatch(rf"{element}-[1-9]\d*" if element else r"[A-Z]+-[a-z1-9]\w*", id)


def test_no_retired_id_is_used() -> None:
    """An id never means two things, not even years apart."""
    assert not RETIRED.keys() & RULES.keys()


@pytest.mark.parametrize("id", [next(iter(RULES)), "M0-1"])
def test_an_id_is_given_once(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Declaring a rule under an id that is taken or retired is refused."""
    monkeypatch.setitem(RETIRED, "M0-1", "merged into M2-1")
    known = next(iter(RULES.values()))
    with pytest.raises(ValueError, match=f"{id} is already taken"):
        rule(
            id,
            known.title,
            level=known.level,
            element=known.element,
            section=known.section,
            basis=known.basis,
            why=known.why,
            fix=known.fix,
        )


@pytest.mark.parametrize("base", BASES)
def test_a_base_leaves_nothing_unmet(base: str) -> None:
    """What a fragment brings up can't hide behind a fault of its base."""
    (document,) = report_on(ROOT, base, PAGES_DATE).documents
    assert isinstance(document, Checked), f"{base}: {document.message}. {document.fix}"
    unmet = [
        f"{base}: {finding.pointer}: {finding.rule.id}: {finding.message}"
        for finding in document.findings
        if finding.outcome is Outcome.NOT_MET
    ]
    assert not unmet, "\n".join(unmet)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    """Each schema meets the rules for schemas."""
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_field_of_a_schema_is_described(name: str) -> None:
    """Each property has a title and a description, from which pages and templates are drawn."""
    assert not (todo := list(in_step.undescribed(schema(name)))), "\n".join(todo)


def test_each_element_of_the_schema_exists() -> None:
    """A field names the element that it states, under an id that exists."""
    assert set(re.findall(r"'x-element': '(\w+)'", str(schema()))) <= ELEMENTS.keys()


# -- Sabotage: each way to get out of step is caught, with a sentence that says what to do ---------

PAGE = "docs/elements/m02-title.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of one page and of its bases, to break."""
    for path in (path for base in BASES for path in base.split()):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    (tmp_path / PAGE).parent.mkdir(parents=True)
    shutil.copy(ROOT / PAGE, tmp_path / PAGE)
    return tmp_path


def _complaints(project: Path) -> list[str]:
    read = in_step.read(project / "docs")
    rules = [rule for rule in RULES.values() if rule.element == "M2"]
    return [
        *in_step.missing_sections(rules, read),
        *in_step.missing_examples(rules, read),
        *in_step.missing_badges(rules, read),
        *in_step.unknown_badges(RULES, read),
        *(
            told
            for page in read
            for block in page.blocks
            for told in kept(block, project, PAGES_DATE)
        ),
    ]


def _rewrite(old: str, new: str) -> Callable[[Path], None]:
    def apply(project: Path) -> None:
        text = (project / PAGE).read_text(encoding="utf-8")
        assert old in text, f"The page no longer says “{old}”: choose another place to break"
        (project / PAGE).write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


def test_the_page_is_in_step_before_it_is_broken(project: Path) -> None:
    """The tests below break something that is whole."""
    assert _complaints(project) == []


@pytest.mark.parametrize(
    ("sabotage", "told"),
    [
        pytest.param(
            _rewrite("change {rule}`M2-1`", "change {rule}`M2-99`"),
            r"m02-title\.md:\d+: there is no rule M2-99: mend the badge",
            id="a badge names no rule",
        ),
        pytest.param(
            _rewrite("{rule}`M2-2`", ""),
            r"Name \{rule\}`M2-2` in docs/elements/m02-title\.md, section title-length",
            id="a badge is gone",
        ),
        pytest.param(
            _rewrite("{fail} M2-1", "{fail} M2-99"),
            r"m02-title\.md:\d+: \{fail\} there is no rule M2-99: did you mean M\d",
            id="a block names no rule",
        ),
        pytest.param(
            _rewrite("(title-length)=\n", ""),
            r"Write a section for M2-2 in docs/elements/m02-….md, and \(title-length\)= above",
            id="a label is gone",
        ),
        pytest.param(
            _rewrite("Executive diploma in switchboard safety", "Safe isolation of switchboards"),
            r"m02-title\.md:\d+: \{fail\} promises that M2-3 is not met, but it is met: mend the",
            id="a counter-example is corrected",
        ),
        pytest.param(
            _rewrite("title: {en: ELT-2024-03B}", "title: {en: ELT-2024-03B"),
            r"m02-title\.md:\d+: \{fail\} .*",
            id="the YAML is broken",
        ),
        pytest.param(
            _rewrite("title: {en: Executive diploma", "colour: red\ntitle: {en: Executive diploma"),
            r"\{fail\} brings up SHAPE-unknown as not met, which it doesn’t promise: mend the",
            id="an example does more than it says",
        ),
        pytest.param(
            _rewrite("{fail} M2-1\n:drop: /title", "{fail} M2-1\n:drop: /tilte"),
            r"\{fail\} there is nothing at /tilte to leave out: point to a field of the example",
            id="nothing is left out",
        ),
        pytest.param(
            _rewrite("{pass} M2-1", "{pass} M2-1 M1-1"),
            r"\{pass\} promises that M1-1 is met, but the rule found nothing to judge: show the",
            id="a rule that did not apply proves nothing",
        ),
        pytest.param(
            _rewrite("offer: examples/worked/", "offer: examples/wrokde/"),
            r"\{pass\} there is no file examples/wrokde/\S+: name one that is there, from",
            id="the base is gone",
        ),
        pytest.param(
            _rewrite("A plain task is enough for a start.\n", ""),
            r"\{pass\} gives no reason: write one sentence above the fragment",
            id="the reason is gone",
        ),
        pytest.param(
            _rewrite(":drop: /title", ":dorp: /title"),
            r"\{fail\} has an option :dorp:, which is none of :kind:, .*: mend its name",
            id="an option is misspelt",
        ),
    ],
)
def test_a_break_is_caught(sabotage: Callable[[Path], None], told: str, project: Path) -> None:
    """Whoever gets a page out of step is told where, and what to do."""
    sabotage(project)
    found = _complaints(project)
    assert any(re.search(told, complaint) for complaint in found), "\n".join(found)


def test_a_weakened_rule_is_caught(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that no longer finds anything breaks the promises of its counter-examples."""
    monkeypatch.setitem(RULES, "M2-3", replace(RULES["M2-3"], judge=lambda *_: None))
    told = [complaint for complaint in _complaints(project) if "M2-3" in complaint]
    assert len(told) >= 2
    assert all("but it is met: mend the example or the rule" in complaint for complaint in told)


def test_a_missing_example_is_asked_for(project: Path) -> None:
    """A rule whose counter-example is gone names the block, page and section to write."""
    _rewrite("{fail} M2-7", "{pass} M2-1")(project)
    _rewrite("{fail} M2-7", "{pass} M2-1")(project)
    told = "Add a {fail} example for M2-7 in docs/elements/m02-title.md, section title-plain"
    assert told in _complaints(project)
