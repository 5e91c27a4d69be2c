"""What a conversion calls kept comes back, whatever people write into the fields."""

from __future__ import annotations

import copy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microcred.exporters import TARGETS, Options, convert
from microcred.exporters.source import How
from microcred.problem import Problem
from microcred.readers import read
from microcred.readers.foreign import escaped

ROOT = Path(__file__).parent.parent
AWARDS = [read(p).data for p in sorted((ROOT / "examples/worked").glob("*/award.yaml"))]
OFFERS = [read(p).data for p in sorted((ROOT / "examples/worked").glob("*/offer.yaml"))]
OPTIONS = Options(eidas="VATFI-0000012-3", salt="salt")

# What no foreign format can do without; everything else may be missing.
NEEDED = ("kind", "title", "issued", "learner", "bodies", "language", "roles", "country", "name")
NEEDED_OFFER = ("outcomes", "fields", "participation", "information", "homepage", "languages")

LETTERS = st.text(
    alphabet=st.sampled_from("abcxyz ÄéßЖжΩπعم:;*-–›.,/#\"'<>&{}[]()0129\n"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() != "")
# Words that look like those in which other formats hold what they have no field for.
TRAPS = st.sampled_from(
    [
        "Level: high",
        "**Title**: x",
        "Assessments 1 › Weight: 10",
        "a\nPrerequisites: none\n- Title: y",
        "Learning outcomes 2 › Statement: z",
    ]
)
WORDS = LETTERS | TRAPS


def leaves(node: Any, above: str = "") -> dict[str, Any]:
    """Return every value of a document by its pointer."""
    if isinstance(node, dict):
        parts = ((escaped(key), value) for key, value in node.items())
    elif isinstance(node, list):
        parts = ((str(n), value) for n, value in enumerate(node))
    else:
        return {above: node}
    return {k: v for step, part in parts for k, v in leaves(part, f"{above}/{step}").items()}


def plain(value: object) -> str:
    """Return a value as it is compared: spaces and line breaks are one."""
    return " ".join(str(value).split())


@st.composite
def changed(draw: st.DrawFn, documents: list[dict[str, Any]], needed: tuple[str, ...]) -> Any:
    """Return a whole description in which some fields are missing and others say something else."""
    data = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(0, 6))):
        _drop(draw, data, needed)
    texts = [
        pointer
        for pointer, value in leaves(data).items()
        if isinstance(value, str)
        and pointer.rpartition("/")[2]
        in ("statement", "criteria", "pass", "text", "title", "note", "reason", "condition", "body")
    ]
    for pointer in draw(st.lists(st.sampled_from(texts), max_size=5)) if texts else ():
        _put(data, pointer, draw(WORDS))
    return data


def _drop(draw: st.DrawFn, data: dict[str, Any], needed: tuple[str, ...]) -> None:
    node: Any = data
    while True:
        names = [name for name in node if name not in needed] if isinstance(node, dict) else []
        if not names:
            return
        name = draw(st.sampled_from(sorted(names)))
        below = node[name]
        if isinstance(below, list) and below and isinstance(below[0], dict):
            below = draw(st.sampled_from(below))
        if not isinstance(below, dict) or draw(st.booleans()):
            del node[name]
            return
        node = below


def _put(data: Any, pointer: str, value: object) -> None:
    *above, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in above:
        data = data[int(step)] if isinstance(data, list) else data[step]
    data[int(last) if isinstance(data, list) else last] = value


def comes_back(data: dict[str, Any], target: str) -> None:
    """Assert that the account of a conversion tells the truth."""
    source = read(data)
    try:
        written = convert(source, target, OPTIONS)
    except Problem as problem:
        if not problem.fix:
            raise
        return  # some formats can't do without a field that is missing here
    before = leaves(source.data)
    accounted = [step.pointer for step in written.steps if step.how is not How.ADDED]
    assert len(accounted) == len(set(accounted))
    assert set(before) - set(accounted) <= {"/microcred", "/kind", *_blank(before)}
    back = read(written.content, name=f"x{TARGETS[target].ending}")
    assert back.faults == ()
    there = Counter(map(plain, leaves(back.data).values()))
    for step in written.steps:
        if step.how in (How.KEPT, How.IN_WORDS):
            value = plain(before[step.pointer])
            there[value] -= 1
            assert there[value] >= 0, (step, value)


def _blank(before: dict[str, Any]) -> set[str]:
    return {pointer for pointer, value in before.items() if value in (None, "", [], {})}


BOUNDED = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("target", ["elm-upload", "elm", "openbadge"])
@BOUNDED
@given(data=changed(AWARDS, NEEDED))
def test_an_award_comes_back(target: str, data: dict[str, Any]) -> None:
    """Ours to another format and back keeps every value that the account calls kept."""
    comes_back(data, target)


@pytest.mark.parametrize("target", ["elm-loq", "openbadge"])
@BOUNDED
@given(data=changed(OFFERS, (*NEEDED, *NEEDED_OFFER)))
def test_an_offer_comes_back(target: str, data: dict[str, Any]) -> None:
    """The same for offers."""
    comes_back(data, target)
