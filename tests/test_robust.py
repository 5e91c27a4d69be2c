"""No input makes a check raise: mutated documents, invented ones, hostile texts."""

import copy
import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import microcred
from fixed_date import PAGES_DATE
from microcred.checking import checker
from microcred.elements import ELEMENTS
from microcred.profiles import Profile, profile, profile_ids
from microcred.readers import read
from microcred.report import FORMATS, Checked, Status, render
from microcred.rule import AWARD, OFFER, Level, Outcome
from microcred.shape import faults, schema
from microcred.shape.engines import fast_engine, plain_engine

ROOT = Path(__file__).parent.parent
WORKED = sorted((ROOT / "examples/worked").glob("*/*.yaml"))

# What people and programs put where something else belongs.
STRANGE: list[Any] = [
    None,
    True,
    0,
    -1,
    10**12,
    1e308,
    "",
    " ",
    "\u202e",
    "ά",
    "مرحبا",
    "2,5",
    "P60M",
    "03/04/2026",
    "<script>alert(1)</script>",
    "=1+1",
    "{title}",
    "x" * 3000,
    [],
    {},
    [None],
    [[]],
    {"en": None},
    {"": ""},
    {"en": "a", "fr": "b"},
    [{"id": "LO1"}, {"id": "LO1"}],
]


def data(path: Path) -> dict[str, Any]:
    """Return a worked example as data of our own."""
    return copy.deepcopy(dict(read(path).data))


def pointers(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every node below this one."""
    if path:
        yield path
    pairs = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for name, value in pairs:
        yield from pointers(value, (*path, name))


def put(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """Return the document with another value at a path."""
    node: Any = document
    for name in path[:-1]:
        node = node[name]
    node[path[-1]] = value
    return document


def checked(document: dict[str, Any]) -> Checked:
    """Return what is found in a document that can be read."""
    result = microcred.check(document, on=PAGES_DATE).documents[0]
    assert isinstance(result, Checked)
    return result


def consistent(result: Checked) -> None:
    """Every rule has one outcome, every element one status, and the findings add up."""
    assert set(result.elements) == set(ELEMENTS)
    assert set(result.outcomes) == {
        id
        for id, rule in microcred.RULES.items()
        if not rule.needs and set(rule.kinds) & {OFFER, AWARD}
    }
    tellable(result)


def tellable(result: Checked) -> None:
    """Every finding can be shown, and is one that its rule can make."""
    for finding in result.findings:
        assert str(finding.message)
        assert str(finding.fix)
        assert finding.outcome in finding.rule.yields
        assert result.outcomes[finding.rule.id] in (Outcome.NOT_MET, Outcome.CANNOT_TELL)
    assert len(result.findings) == sum(result.counts.not_met.values()) + result.counts.cannot_tell


@pytest.mark.parametrize("path", WORKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_any_part_can_be_anything(path: Path) -> None:
    """Whatever stands in place of a part, the report says something that holds together."""
    numbers = random.Random(path.parent.name)  # noqa: S311 - the same mutations every time
    whole = data(path)
    places = list(pointers(whole))
    for place in numbers.sample(places, min(40, len(places))):
        mutated = put(copy.deepcopy(whole), place, numbers.choice(STRANGE))
        result = microcred.check(mutated, on=PAGES_DATE).documents[0]
        if isinstance(result, Checked):
            consistent(result)


def strictest() -> Profile:
    """Return a profile with every limit that there is."""
    limits = {name: limit for id in profile_ids() for name, limit in profile(id).limits.items()}
    # A register comes with the call and not from a profile.
    needed = {rule.needs for rule in microcred.RULES.values()} - {"", "register"}
    assert set(limits) == needed
    return replace(profile(), limits=limits)


@pytest.mark.parametrize("path", WORKED[::3], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_any_part_can_be_anything_under_a_profile(path: Path) -> None:
    """The rules of profiles read documents as carefully as the others."""
    whole, under = data(path), strictest()
    fields = ("workload", "level", "title", "participation", "assessments", "review", "need")
    for place in [place for place in pointers(whole) if place[0] in fields][::3]:
        for value in STRANGE[::4]:
            mutated = put(copy.deepcopy(whole), place, value)
            result = microcred.check(mutated, on=PAGES_DATE, profile=under, select=["P"])
            if isinstance(document := result.documents[0], Checked):
                tellable(document)


@pytest.mark.parametrize("path", WORKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_missing_element_is_told(path: Path) -> None:
    """Without a mandatory element the report says so, and of no other one."""
    whole = data(path)
    for element in ELEMENTS.values():
        fields = {field.split("/")[0] for field in element.paths} & set(whole)
        if element.optional or not fields or whole["kind"] not in element.kinds:
            continue
        less = {name: value for name, value in whole.items() if name not in fields}
        if element.id == "M3":  # the country of an awarding body states it as well
            less["bodies"] = [
                {key: value for key, value in body.items() if key not in ("country", "region")}
                for body in less["bodies"]
            ]
        statuses = checked(less).elements
        told = Status.NOT_STATED if element.id == "M8" else Status.NOT_MET
        assert statuses[element.id] is told, element.id
        others = {id for id, status in statuses.items() if status is Status.NOT_MET}
        assert others <= ({"M3", "M4"} if element.id == "M4" else {element.id})


names = st.sampled_from([*schema()["properties"], "x-own", "naïve", "learningOutcomes"])
leaves = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40)
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(names, values, max_size=8))
def test_an_invented_document_is_checked_or_refused(document: dict[str, Any]) -> None:
    """Any mapping ends as a report in every format, or as a sentence that says why not."""
    report = microcred.check({"microcred": 1, "kind": "offer", **document}, on=PAGES_DATE)
    if isinstance(report.documents[0], Checked):
        consistent(report.documents[0])
    for format in FORMATS:
        assert render(report, format)


@pytest.mark.parametrize("path", WORKED[:4], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_engines_of_the_schema_agree(path: Path) -> None:
    """With and without the extra "fast" the same places are at fault for the same reason."""
    pytest.importorskip("jsonschema_rs", reason="the extra fast is not installed")
    fast, plain = fast_engine(), plain_engine()
    numbers = random.Random(path.parent.name)  # noqa: S311 - the same mutations every time
    whole = data(path)
    # jsonschema-rs drops an empty name from the path of what stands under it.
    named = [value for value in STRANGE if value != {"": ""}]
    for place in pointers(whole):
        mutated = put(copy.deepcopy(whole), place, numbers.choice(named))
        assert plain[0](mutated) == fast[0](mutated)
        assert set(plain[1](mutated)) == set(fast[1](mutated))


@pytest.mark.parametrize("name", ["5", "05", "+5", "0", "-5", "²", "5 000"])
def test_a_name_of_digits_is_no_position(name: str) -> None:
    """“{contact: 12,5}” is YAML for two names, and the fault at the second one is told there."""
    pytest.importorskip("jsonschema_rs", reason="the extra fast is not installed")
    document = data(WORKED[0]) | {"workload": {"hours": 12, name: 5, "parts": {name: True}}}
    fast, plain = (set(errors(document)) for _, errors in (fast_engine(), plain_engine()))
    assert fast == plain
    told = {one.pointer for one in checked(document).findings if one.rule.id.startswith("SHAPE")}
    assert {f"/workload/{name}", f"/workload/parts/{name}"} <= told


@pytest.mark.parametrize("unseen", [" ", "\x85", "\ufeff", "\xa0", "\u2028", "\u200b\n"], ids=ascii)
def test_what_nobody_sees_is_no_text(unseen: str) -> None:
    """Whichever engine there is; one of them took U+0085 for a text, the other one U+FEFF."""
    pytest.importorskip("jsonschema_rs", reason="the extra fast is not installed")
    document = data(WORKED[0]) | {"outcomes": [{"id": "LO1", "statement": unseen}]}
    for valid, errors in (fast_engine(), plain_engine()):
        assert not valid(document)
        assert list(errors(document)) == [(("outcomes", 0, "statement"), "pattern")]
    assert {"M6-1"} < {one.rule.id for one in checked(document).findings}


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("information", {"homepage": "http//broken"}, "DOC-4"),
        ("information", {"homepage": "https://with space.example"}, "DOC-4"),
        ("review", {"next": "2026-13-45"}, "DOC-1"),
        ("review", {"next": "31/12/2027"}, "DOC-1"),
        ("workload", {"hours": "P60M"}, "M7-4"),
        ("workload", {"hours": "6 weeks"}, "M7-4"),
        ("workload", {"hours": "62,5"}, "M7-14"),
        ("countries", ["Europe"], "M3-2"),
    ],
)
def test_what_a_schema_lets_through_is_found(field: str, value: Any, rule: str) -> None:
    """Addresses, dates and durations are judged by rules: `format` in a schema checks nothing."""
    whole = data(WORKED[1]) | {field: value}
    assert not faults(whole)
    assert rule in {finding.rule.id for finding in checked(whole).findings}


def test_a_fault_of_form_is_told_once() -> None:
    """What can't be read is told by the schema; other rules stay silent about it."""
    whole = data(WORKED[1]) | {"participation": ["blended", "online"]}
    told = {
        finding.rule.id: finding.level
        for finding in checked(whole).findings
        if finding.pointer.startswith("/participation")
    }
    assert told == {"SHAPE-type": Level.ADVICE, "M10-1": Level.MUST}


@pytest.mark.parametrize(
    ("field", "bare", "meant"),
    [
        ("outcomes", ["Names three"], [{"statement": "Names three"}]),
        ("outcomes", "Names three", [{"statement": "Names three"}]),
        ("bodies", {"name": "Alpha"}, [{"name": "Alpha"}]),
        ("bodies", "Alpha", [{"name": "Alpha"}]),
        ("countries", "FR", ["FR"]),
        ("countries", "FR, DE", ["FR", "DE"]),
        ("countries", "France\nCzech Republic", ["France", "Czech Republic"]),
        (
            "prerequisites",
            {"credentials": "https://a.example https://b.example"},
            {"credentials": ["https://a.example", "https://b.example"]},
        ),
        (
            "information",
            {"documents": "See https://a.example, for now"},
            {"documents": ["See https://a.example, for now"]},
        ),
        ("grading", {"values": "1,5"}, {"values": ["1,5"]}),
        ("workload", 40, {"hours": 40}),
        ("level", "EQF 4", {"eqf": "EQF 4"}),
        ("participation", "blended", {"mode": "blended"}),
        ("quality", "Own review each year", [{"statement": "Own review each year"}]),
    ],
    ids=str,
)
def test_a_bare_value_is_told_and_read(field: str, bare: object, meant: object) -> None:
    """Half of a draft doesn't go unread for want of a dash or of the name of a field."""
    whole = data(WORKED[1])
    found = {(one.rule.id, one.pointer) for one in checked(whole | {field: bare}).findings}
    spelled = {(one.rule.id, one.pointer) for one in checked(whole | {field: meant}).findings}
    told = {(rule, pointer) for rule, pointer in found - spelled if rule == "SHAPE-type"}
    assert told
    assert found - told == spelled


@pytest.mark.parametrize("wrong", [[["x"]], [[]], True, 5, [True], {"x": 1}], ids=str)
def test_a_value_that_could_mean_anything_is_not_read(wrong: object) -> None:
    """Only texts and numbers in place of a group, and single entries in place of a list, are."""
    found = checked(data(WORKED[1]) | {"outcomes": wrong}).findings
    assert ("M6-1", Level.MUST) in {(one.rule.id, one.level) for one in found}


def test_documents_that_are_judged_together_are_judged_as_each_alone() -> None:
    """Neither the neighbours of a document nor what is remembered of them changes its outcome."""
    chance = random.Random(11)  # noqa: S311 - which fields are changed is no secret
    documents = [data(path) for path in WORKED if path.name == "offer.yaml"] * 4
    for document in documents:
        for name in chance.sample(sorted(document.keys() - {"microcred", "kind"}), 3):
            document[name] = chance.choice([*STRANGE, document[name]])
    ready = checker(on=PAGES_DATE)
    together = ready.judge_all([ready.document(one, OFFER) for one in copy.deepcopy(documents)])
    for document, judged in zip(documents, together, strict=True):
        alone = ready.judge(document, OFFER)
        assert judged.hits == alone.hits


@pytest.mark.parametrize(
    ("language", "statements", "found"),
    [
        ("de", ["Zeichnet den Plan", "Begutachtet den Zustand", "Wartet die Teile"], False),
        ("nl", ["Tekent het plan", "Beoordeelt de staat", "Onderhoudt de pomp"], False),
        ("de", ["Pläne", "Schnitte", "Ansichten"], True),
    ],
)
def test_what_ends_an_outcome_is_its_verb_only_where_it_can_be_one(
    language: str, statements: list[str], found: bool
) -> None:
    """“Der Anlage” at the end of each sentence doesn't make “Anlage” the verb of all of them."""
    ending = " der Anlage" if not found else " skizzieren"
    statements = [f"{statement}{ending}" for statement in [*statements, f"{statements[0]} neu"]]
    document = {"language": language, "outcomes": [{"statement": text} for text in statements]}
    rules = {finding.rule.id for finding in checked(document).findings}
    assert ("M6-13" in rules) == found


def test_a_name_that_cannot_be_read_hides_no_name_of_an_unknown_outcome() -> None:
    """Each name that an assessment covers is looked at, also after one that is no text."""
    document = data(WORKED[1])
    document["assessments"][0]["covers"] = [None, 7, "LO99"]
    messages = [finding.message.text() for finding in checked(document).findings]
    assert any("LO99" in message for message in messages)


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        ("ar", "يشرح لماذا يتلف التيار العكسي الألواح"),
        ("he", "מסביר מדוע זרם הפוך פוגע בלוחות"),
        ("zh", "说明反向电流为什么会损坏太阳能组件和电缆"),
    ],
)
def test_a_script_that_needs_fewer_signs_may_use_fewer(language: str, statement: str) -> None:
    """What takes 45 characters in English is no fragment where it takes 30."""
    document = {"language": language, "outcomes": [{"statement": statement}]}
    assert "M6-4" not in {finding.rule.id for finding in checked(document).findings}


@pytest.mark.parametrize(
    ("verbs", "asked"),
    [(["Checks", "Explains", "Solves"], False), (["Checks", "Explains", "Lists"], True)],
)
def test_one_verb_in_three_at_its_level_is_enough(verbs: list[str], asked: bool) -> None:
    """Somebody who explains and checks may work at level 5, if the rest fits."""
    outcomes = [{"statement": f"{verb} the state of a heat pump and its pipes"} for verb in verbs]
    document = {"language": "en", "level": {"eqf": 5}, "outcomes": outcomes}
    assert ("M8-9" in {finding.rule.id for finding in checked(document).findings}) == asked


def test_outcomes_that_say_the_same_are_found_as_by_comparing_all_their_words() -> None:
    """The quick look at two outcomes hides no pair that shares nine tenths of its words."""
    chance = random.Random(7)  # noqa: S311 - which words are taken is no secret
    ready = checker(on=PAGES_DATE, select=["M6-8"])
    vocabulary = [f"{start}{end}" for start in "abcdefgh" for end in ("ena", "ör", "им", "άρα")]
    told = 0
    for _ in range(300):
        one = chance.sample(vocabulary, chance.randint(4, 24))
        other = [*one]
        for _ in range(chance.randint(0, 3)):
            other[chance.randrange(len(other))] = chance.choice(vocabulary)
        statements = [" ".join(some) for some in (one, other, chance.sample(vocabulary, 9))]
        offer = {"language": "en", "outcomes": [{"statement": each} for each in statements]}
        sets = [set(some.split()) for some in statements]
        same = any(len(a & b) >= 0.9 * len(a | b) for a, b in itertools.combinations(sets, 2))
        assert bool(ready.judge(offer, OFFER).hits) == same, statements
        told += same
    assert 30 < told < 270


def test_a_text_without_a_readable_language_is_told_and_nothing_breaks() -> None:
    """A map of languages can be empty, once what can't be read is taken out of it."""
    for title in ({"": "0"}, {}, {"not a language": "x"}):
        found = checked({**data(WORKED[0]), "title": title}).findings
        assert "M2-1" in {finding.rule.id for finding in found}
