"""From a file to plain data with places: what is read, what is refused, and in which words."""

from __future__ import annotations

import datetime as dt
import enum
import io
import itertools
import json
import math
import os
import pickle
import random
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from microcred.credential import Place
from microcred.problem import Problem
from microcred.readers import bounds, read
from microcred.readers import yaml as yaml_reader
from microcred.readers.formats import COPY_IT, FORMATS

REFERENCE = Path(
    os.environ.get("MICROCRED_REFERENCE", Path(__file__).parents[2] / "shared" / "reference")
)

DRAFT = """\
# a draft
microcred: 1
kind: offer
title: {en: "Circular teardown", fi: 'Purku'}
version: 1.10
countries: [NO, PT]
outcomes:
  - id: LO1
    statement: >-
      folded
      text
  - id: LO2
    grade/scale~x: 2.5
    skills:
workload:
  hours: 81
"""


def from_yaml(text: str) -> object:
    """Return what a YAML text means after its title."""
    return read(f"title: x\nvalue: {text}\n".encode(), name="draft.yaml").data["value"]


def refusal(source: str | bytes | Mapping[str, object], name: str = "draft.yaml") -> Problem:
    """Return the problem that a reader raises."""
    content = source.encode() if isinstance(source, str) else source
    with pytest.raises(Problem) as caught:
        read(content, name=name)
    return caught.value


# Values


@pytest.mark.parametrize(
    ("spelled", "meant"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("nULL", "nULL"),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("-0", "-0"),
        ("62.5", 62.5),
        ("1.0", 1.0),
        ("1.10", "1.10"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        (".5", ".5"),
        ("5.", "5."),
        ("+5", "+5"),
        (".inf", ".inf"),
        ("٣", "٣"),
        ("123456789012345", 123456789012345),
        ("1234567890123456", "1234567890123456"),
        ("0.00001", "0.00001"),
        ("2026-06-30", "2026-06-30"),
        ("=", "="),
        ('"12"', "12"),
        ("'true'", "true"),
        ("!!str 12", "12"),
        ("!!int 12", 12),
        ("!!float 12", 12),
        ("!!bool true", True),
        ("!!null ~", None),
        ("!!seq [1]", [1]),
        ("!!map {a: 1}", {"a": 1}),
        ("{1: a, null: b, yes: c}", {"1": "a", "null": "b", "yes": "c"}),
        ("{'<<': a}", {"<<": "a"}),
        ("[&a {b: 1}, *a, &c d, {*c : e}]", [{"b": 1}, {"b": 1}, "d", {"d": "e"}]),
    ],
)
def test_yaml_means_what_the_person_wrote(spelled: str, meant: object) -> None:
    """Only true, false, null and plainly written numbers become something other than text."""
    found = from_yaml(spelled)
    assert (type(meant), meant) == (type(found), found)


def test_json_and_yaml_say_the_same() -> None:
    """The same document gives the same data in both formats."""
    data = {"title": "x", "hours": 12, "credits": 2.5, "open": True, "end": None, "list": [{}, []]}
    text = json.dumps(data)
    assert data == read(text.encode(), name="a.json").data
    assert data == read(text.encode(), name="a.yaml").data


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_change_nothing(newline: str, mark: str) -> None:
    """Editors of all systems write files that are read alike, with the same places."""
    written = (mark + DRAFT.replace("\n", newline)).encode()
    credential = read(written, name="draft.yaml")
    assert read(DRAFT.encode(), name="draft.yaml") == credential
    assert Place(13, 20, "line 13, column 20") == credential.where("/outcomes/1/grade~1scale~0x")


# Places


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 2, 1),
        ("/kind", 3, 7),
        ("/title", 4, 8),
        ("/title/fi", 4, 38),
        ("/outcomes", 7, 1),
        ("/outcomes/0", 8, 5),
        ("/outcomes/0/statement", 9, 16),
        ("/outcomes/1/grade~1scale~0x", 13, 20),
        ("/outcomes/1/skills", 14, 5),
        ("/workload/hours", 16, 10),
    ],
)
def test_yaml_places(pointer: str, line: int, column: int) -> None:
    """A value is placed where it is written; a group or a blank at the name of its field."""
    place = read(DRAFT.encode(), name="draft.yaml").places(pointer)
    assert Place(line, column, f"line {line}, column {column}") == place


JSON_DRAFT = (
    '{\r\n\t"title": "\\ud83d\\ude00 \U0001f600", "kind": "offer",\r\n'
    '\t"a/b": {"~": [1, [true,\r\n {"\\u00e9": null}], "]"]}\r\n}'
)


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/title", 2, 11),
        ("/kind", 2, 37),
        ("/a~1b", 3, 9),
        ("/a~1b/~0/1/0", 3, 20),
        ("/a~1b/~0/1/1", 4, 2),
        ("/a~1b/~0/1/1/é", 4, 13),
        ("/a~1b/~0/2", 4, 21),
    ],
)
def test_json_places(pointer: str, line: int, column: int) -> None:
    """Columns count characters, whatever the file escapes, indents or ends its lines with."""
    place = read(JSON_DRAFT.encode(), name="draft.json").places(pointer)
    assert Place(line, column, f"line {line}, column {column}") == place


@pytest.mark.parametrize(
    ("pointer", "nearest"),
    [
        ("/outcomes/1/type", "/outcomes/1"),
        ("/outcomes/2", "/outcomes"),
        ("/outcomes/01", "/outcomes"),
        ("/outcomes/-1", "/outcomes"),
        ("/kind/x/y", "/kind"),
    ],
)
def test_what_is_missing_is_placed_at_what_is_around_it(pointer: str, nearest: str) -> None:
    """The place of a missing value is that of the nearest value around it."""
    credential = read(DRAFT.encode(), name="draft.yaml")
    assert credential.places(pointer) is None
    assert credential.places(nearest) == credential.where(pointer)


def test_what_is_missing_altogether_is_placed_at_the_whole() -> None:
    """A part that the document lacks has no line to look at."""
    credential = read(DRAFT.encode(), name="draft.yaml")
    place = credential.where("/learner/name")
    assert place is not None
    assert place.label == "whole document"


def test_an_alias_is_placed_where_it_stands() -> None:
    """What an alias repeats is placed at the alias, and its parts where they are written."""
    credential = read(b"title: &t\n  en: x\nsummary: *t\n", name="draft.yaml")
    assert credential.data == {"title": {"en": "x"}, "summary": {"en": "x"}}
    assert str(credential.places("/summary")) == "line 3, column 10"
    assert str(credential.places("/summary/en")) == "line 2, column 7"


def test_a_credential_travels_between_processes_with_its_places() -> None:
    """A pickled credential still answers where a value stands."""
    for text, name in ((DRAFT, "a.yaml"), (JSON_DRAFT, "a.json")):
        credential = read(text.encode(), name=name)
        copy = pickle.loads(pickle.dumps(credential))  # noqa: S301 - made one line above
        assert credential == copy
        assert credential.where("/kind") == copy.where("/kind")


# Kind, format and source


@pytest.mark.parametrize(
    ("data", "kind", "stated"),
    [
        ({"title": "x"}, "offer", False),
        ({"title": "x", "kind": "offer", "learner": {}}, "offer", True),
        ({"title": "x", "kind": "award"}, "award", True),
        ({"title": "x", "issued": "2026-01-01"}, "award", False),
        ({"title": "x", "kind": "Award", "grade": "A"}, "award", False),
        ({"title": "x", "kind": ["award"]}, "offer", False),
    ],
)
def test_kind(data: dict[str, object], kind: str, stated: bool) -> None:
    """The kind is the one that is stated, else the one that the fields suggest."""
    credential = read(data)
    assert (kind, stated) == (credential.kind, credential.stated_kind)


def test_the_caller_may_say_the_kind() -> None:
    """The kind that the caller names goes before what the document says."""
    credential = read({"title": "x", "kind": "offer"}, kind="award")
    assert (credential.kind, credential.stated_kind) == ("award", True)
    with pytest.raises(Problem, match="There is no kind “course”"):
        read({"title": "x"}, kind="course")


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.yaml", "title: x", "yaml"),
        ("a.YML", "{title: x}", "yaml"),
        ("a.json", '{"title": "x"}', "json"),
        ("a.jsonld", '{"title": "x"}', "json"),
        ("a.txt", ' \n\ufeff{"title": "x"}'.lstrip(), "json"),
        ("", "title: x", "yaml"),
        ("", '\n {"title": "x"}', "json"),
    ],
)
def test_format(name: str, text: str, format: str) -> None:
    """The ending tells the format, and else the first sign."""
    assert format == read(text.encode(), name=name).format


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads standard input."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"title: x")))
    credential = read("-")
    assert (credential.source, credential.format) == ("standard input", "yaml")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Problem, match="There is no standard input here"):
        read("-")


# Faults of YAML and JSON


YAML_FAULTS = {
    "title: Welding: advanced": (
        "Line 1, “title: Welding: advanced”, has a second colon, in a text without quotation marks",
        'Put the text in quotation marks: title: "Welding: advanced"',
    ),
    "version: 1\ntitle:Welding\nkind: offer": (
        "Line 2, “title:Welding”, has no space after the colon",
        "Write “title: Welding”",
    ),
    "version: 2\ntitle: 'Welding\nkind: offer": (
        "Line 2, “title: 'Welding”, opens a quotation mark that is never closed",
        None,
    ),
    "title: 'the learner's work'": (
        "Line 1, “title: 'the learner's work'”, goes on after a closing quotation mark",
        None,
    ),
    'title: "x" and more\nkind: offer': (
        'Line 1, “title: "x" and more”, goes on after a closing quotation mark',
        None,
    ),
    "title: @x": (
        "Line 1, “title: @x”, has a text that begins with @, which has a special meaning there",
        "Put the text in quotation marks",
    ),
    "title: `x`": (
        "Line 1, “title: `x`”, has a text that begins with `, which has a special meaning there",
        "Put the text in quotation marks",
    ),
    "title: %x": (
        "Line 1, “title: %x”, has a text that begins with %, which has a special meaning there",
        "Put the text in quotation marks",
    ),
    "outcomes:\n  * weld": (
        "Line 2, “* weld”, has a text that begins with *, which has a special meaning there",
        "Put the text in quotation marks; begin an item of a list with - instead of *",
    ),
    "title: x\nsummary: *all": (
        "Line 2, “summary: *all”, has *all, which refers to nothing in the file",
        "Put the text in quotation marks; begin an item of a list with - instead of *",
    ),
    "outcomes:\n\t- id: LO1": ("Line 2, “- id: LO1”, has a tab where spaces should be", None),
    "outcomes:\n  - id: LO1\n    type: skill\n   statement: x": (
        "Line 4, “statement: x”, stands in a list, but isn’t in line with the items above it",
        None,
    ),
    "outcomes:\n- id: LO1\n statement: x": (
        "Line 3, “statement: x”, isn’t in line with the lines above it",
        None,
    ),
    "title: x\n  version: 1": (
        "Line 2, “version: 1”, stands deeper than the line above it, which already has a value",
        None,
    ),
    "outcomes:\n  – id: LO1\n    type: skill": (
        "Line 2, “– id: LO1”, begins with –, which begins no item of a list",
        "Begin each item with a hyphen and a space: “- ”",
    ),
    "kind: offer\ntitle:\u00a0Welding\nversion: 1": (
        "Line 2, “title: Welding”, has a no-break space where a space should be",
        None,
    ),
    "title: 'Welding\nlanguage: en\nversion: '1'\nkind: offer": (
        "Line 1, “title: 'Welding”, opens a quotation mark that is closed only on line 3",
        None,
    ),
    "```yaml\ntitle: Welding\n```": (
        "Line 1, “```yaml”, is a mark of Markdown, and no part of the description",
        "Delete this line, and the other one that encloses the text",
    ),
    "title: x\nversion\nkind: offer": (
        "Line 2, “version”, has no colon after the name of a field",
        "Write a field as “name: value” and an item of a list as “- value”",
    ),
    "countries: [FI, PT\ntitle: x": (
        "Line 1, “countries: [FI, PT”, opens a [ that isn’t closed before line 2, or a comma is "
        "missing between two values",
        None,
    ),
    "{title: A kind: offer": (
        "Line 1, “{title: A kind: offer”, opens a { that isn’t closed, or a comma is missing "
        "between two values",
        None,
    ),
    'title: "C:\\docs"': (
        'Line 1, “title: "C:\\docs"”, has a backslash between double quotation marks, where it '
        "has a special meaning",
        "Write two backslashes for one, or use single quotation marks",
    ),
    "title: > x": (
        "Line 1, “title: > x”, has a text that begins with | or >, which has a special meaning "
        "there",
        "Put the text in quotation marks",
    ),
    "title: x\n---\ntitle: y": (
        "The file holds more than one document: the next one begins on line 2",
        None,
    ),
    "title: x\n...\nversion: 1": (
        "Line 3, “version: 1”, comes after the end of the description",
        None,
    ),
    "title: x\nversion: 1\ntitle: y": (
        "The field “title” is given twice: line 1, column 1 and line 3, column 1",
        None,
    ),
    "outcomes:\nid: LO1\ntype: skill\nid: LO2": (
        "The field “id” is given twice: line 2, column 1 and line 4, column 1",
        "Keep one of the two, or put back the dash before each entry of a list and the spaces "
        "before its fields: they may have been lost",
    ),
    "{id: LO1, id: LO2}": (
        "The field “id” is given twice: line 1, column 2 and line 1, column 11",
        "Keep one of the two",
    ),
    "title: &t [*t]": ("Line 1 refers to “t” inside itself", None),
    "title: !!python/object:os.system x": (
        "Line 1, “title: !!python/object:os.system x”, has the tag “!!python/object:os.system”, "
        "which isn’t read",
        None,
    ),
    "title: !secret x": (
        "Line 1, “title: !secret x”, has the tag “!secret”, which isn’t read",
        None,
    ),
    "title: !!set {a}": ("Line 1, “title: !!set {a}”, has the tag “!!set”, which isn’t read", None),
    "title: !!int ten": (
        "Line 1, “title: !!int ten”, says that “ten” is of the type !!int, and it isn’t",
        None,
    ),
    "title: &t {a: 1}\nsummary:\n  <<: *t": (
        "Line 3, “<<: *t”, asks to merge another group with <<, which isn’t read",
        None,
    ),
    "? [a]\n: b": (
        "Line 1, “? [a]”, has a list or group where the name of a field should be",
        None,
    ),
    "title: &t {a: 1}\n*t : x": (
        "Line 2 uses the list or group “t” as the name of a field",
        "Write the name of the field as a text",
    ),
    "---\ntitle: x\n---\n\n# Welding\n\nFor people: all.\n- one": (
        "A text without fields follows the description from line 3 on",
        "Put it into a field, such as summary, or into a file of its own",
    ),
    "# title: x": ("The file holds nothing but comments", None),
    "- title: a\n- title: b": (
        "The file holds a list of 2 descriptions, not one",
        "Put each description in a file of its own",
    ),
    "[1, 2]": ("The file holds a list, and no fields", None),
    "Welding": ("The file holds only a text, “Welding”, and no fields", None),
    "# Welding\n\nFor people who weld: all.\n\n- One\nHours: 50": (
        "The file holds only a text, “# Welding For people who weld: all. - One Hours: 50”, "
        "and no fields",
        "Write each field on a line of its own with its name before it, such as title: Welding. "
        f"For office software, copy{COPY_IT.removeprefix('Copy')}",
    ),
    "# Ours\n* title: x\nhours\n": (
        "Line 2, “* title: x”, has a text that begins with *, which has a special meaning there",
        None,
    ),
    "12": ("The file holds only the value 12, and no fields", None),
    "~": ("The file holds nothing but an empty value, and no fields", None),
    "": ("The file is empty", None),
}


@pytest.mark.parametrize("source", YAML_FAULTS)
@pytest.mark.parametrize("parser", ["C", "Python"])
def test_faults_of_yaml(source: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault names the line and quotes it, whichever parser there is."""
    use(parser, monkeypatch)
    told, fix = YAML_FAULTS[source]
    problem = refusal(source)
    assert told == problem.message
    assert fix in (None, problem.fix)
    assert problem.fix


JSON_FAULTS = {
    '{"title": "x",}': ("a comma stands before a closing bracket", 15),
    '{"title": ["x",]}': ("a comma stands before a closing bracket", 16),
    "{'title': 'x'}": ("the quotation marks are single ones", 2),
    '{"hours": 62,5}': ("a comma stands in a number", 14),
    '{"title": “x”}': ("the quotation marks are curly", 11),
    '{"title" "x"}': ("a colon is missing before this place", 10),
    '{"title": "x" "y": 1}': ("a comma is missing before this place", 15),
    '{"title": x}': ("“x” isn’t in quotation marks", 11),
    '{title: "x"}': ("“title” isn’t in quotation marks", 2),
    '{"title": True}': ("True is unknown in JSON", 11),
    '{"title": "x", // why': ("there is a comment", 16),
    '{"title": "x': ("the text that begins here has no closing quotation mark", 11),
    '{"title": "a\tb"}': ("a text has a tab in it", 13),
    '{"title": "\\d"}': ("a backslash stands in a text without a meaning", 12),
    '{"title": 1} {"title": 2}': ("something follows after the end of the document", 14),
    '{"title": 1': ("the file ends too early", 12),
    '{"title": }': ("there is no value before this sign", 11),
    "title: x": ("JSON begins with {, and this doesn’t", 1),
}


@pytest.mark.parametrize("source", JSON_FAULTS)
def test_faults_of_json(source: str) -> None:
    """A fault names line and column, and quotes the line."""
    told, column = JSON_FAULTS[source]
    problem = refusal("\n\n" + source, "draft.json")
    place = problem.message.split(":")[0]
    if told.startswith("a comma stands"):
        # Newer versions of Python point at the comma, older ones at the bracket.
        assert place.startswith("Line 3, column ")
    else:
        assert place.startswith(f"Line 3, column {column}, “")
    assert problem.message.endswith(f"”: {told}")
    assert problem.fix


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('{"title": NaN}', "Line 1, column 11 has NaN, which is no amount"),
        ('{"title": -Infinity}', "Line 1, column 11 has -Infinity, which is no amount"),
        ('{"title": "NaN", "grade": NaN}', "Line 1, column 27 has NaN, which is no amount"),
        ('{"title": 1e999}', "Line 1, column 11 has 1e999, which is no amount"),
        (
            '{"title": 1234567890123456}',
            "The number 1234567890123456 has more than 15 digits (line 1, column 11)",
        ),
        (
            '{"title": {"a": 1,\n"a": 2}}',
            "The field “a” is given twice: line 1, column 12 and line 2, column 1",
        ),
        (
            '{"title": {"a\\u0062": 1, "ab": 2}}',
            "The field “ab” is given twice: line 1, column 12 and line 1, column 26",
        ),
        (
            '{"title": "\\ud83d"}',
            "A text holds half of a character (U+D83D) (line 1, column 11)",
        ),
        (
            '{"title": ["\\u0000"]}',
            "A text holds the control character U+0000 (line 1, column 12)",
        ),
        (
            '{"title": "x\n"}',
            'Line 1, column 13, “{"title": "x”: a text goes on after the end of the line',
        ),
        ("{}", "The document has no fields"),
        (
            '[{"title": 1}]',
            "The file holds a list with one description in it, not the description itself",
        ),
        ('[{"title": 1}, {}]', "The file holds a list of 2 descriptions, not one"),
    ],
)
def test_what_json_may_not_hold(source: str, told: str) -> None:
    """What JSON leaves open is told, not guessed."""
    assert told == refusal(source, "draft.json").message


def test_a_message_repeats_little_and_shows_what_cannot_be_seen() -> None:
    """Long lines are cut, and characters that change how a message looks are written out."""
    problem = refusal("title: *" + "a\u202e" * 500)
    assert "\\u202e" in problem.message
    assert len(problem.message) < 200
    assert str(problem).isprintable()


# Encodings and bounds


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("title: x".encode("utf-16"), "The file is saved in the encoding UTF-16, not UTF-8"),
        ("title: x".encode("utf-32"), "The file is saved in the encoding UTF-32, not UTF-8"),
        (
            "title: x".encode("utf-16-le"),
            "Line 1 holds a zero byte, so the file isn’t text in UTF-8",
        ),
        (
            "kind: offer\ntitle: Prüfung".encode("latin-1"),
            "Line 2, “title: Prüfung”, isn’t in the encoding UTF-8",
        ),
        (b"title: \xed\xa0\x80", "Line 1, “title: í\xa0€”, isn’t in the encoding UTF-8"),
        (b"kind: offer\ntitle: a\x0cb", "Line 2, column 9 holds the control character U+000C"),
        ("title: \x9b31m".encode(), "Line 1, column 8 holds the control character U+009B"),
        ("title: \uffff".encode(), "Line 1, column 8 holds the sign U+FFFF, no character"),
    ],
)
def test_broken_encodings_are_told(data: bytes, told: str) -> None:
    """What isn't UTF-8 is refused with the line, and never decoded by guessing."""
    message = refusal(data).message
    assert told.replace("\xa0", " ") == message
    assert message == refusal(data, "draft.json").message


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (".docx", "a Word document"),
        (".xlsx", "an Excel workbook"),
        (".ods", "an OpenDocument spreadsheet"),
        (".odt", "an OpenDocument text"),
    ],
)
def test_what_is_no_container_is_not_taken_for_text(ending: str, words: str) -> None:
    """Bytes under the name of an office file are told as such; text under it is read as text."""
    told = refusal(b"\x01\0\x93\x1f" * 100, f"draft{ending}").message
    assert told == f"The name ends in “{ending}”, but the file isn’t {words}"
    assert "UTF-16" in refusal("title: x".encode("utf-16"), f"draft{ending}").message
    assert read(b"title: Welding", name=f"draft{ending}").data == {"title": "Welding"}


def test_bounds_are_named() -> None:
    """Whatever passes a bound is refused with a sentence that names the bound."""
    many, long = bounds.MAX_NODES + 1, bounds.MAX_SCALAR + 1
    refused = {
        "larger than 1 MiB": [("a.yaml", "title: x #" + "x" * bounds.MAX_YAML_BYTES)],
        "larger than 5 MiB": [("a.json", '{"title": 1' + " " * bounds.MAX_BYTES)],
        "More than 50 levels": [
            ("a.yaml", "title: " + "[" * 60 + "]" * 60),
            ("a.yaml", "title: &a " + "[" * 30 + "]" * 30 + "\nb: " + "[" * 30 + "*a" + "]" * 30),
            ("a.yaml", "title:\n" + "- " * 60 + "x"),
            ("a.json", '{"title": ' + "[" * 60 + "]" * 60 + "}"),
            ("a.json", "[" * 5_000_000),
        ],
        "more than 100,000 values": [
            ("a.yaml", "title: [" + "a," * many + "]"),
            ("a.json", '{"title": [' + "1," * many + "1]}"),
        ],
        "longer than 200,000 characters": [
            ("a.yaml", "title: " + "x" * long),
            ("a.json", '{"title": "' + "x" * long + '"}'),
        ],
        "longer than 1,000 characters": [
            ("a.yaml", "title: {? " + "x" * 1001 + " : 1}"),
            ("a.json", '{"title": 1, "' + "x" * 1001 + '": 1}'),
            ("a.json", '{"title": 1, "' + '\\"' * 1001 + '": 1}'),
        ],
    }
    for told, sources in refused.items():
        for name, source in sources:
            assert told in refusal(source, name).message


def test_fifty_levels_are_read() -> None:
    """The bound itself is still allowed."""
    text = "[" * 49 + "]" * 49
    assert read(f'{{"title": {text}}}'.encode()).data == read(f"title: {text}".encode()).data


def test_aliases_cannot_multiply_without_end() -> None:
    """Repetitions through aliases count like written values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 20)]
    assert "more than 100,000 values, counting each repetition" in refusal("\n".join(lines)).message


# Other formats


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04..readme", "This is a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "This is a file of Word, Excel or PowerPoint"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.." + "EncryptedPackage".encode("utf-16-le"),
            "This is a file of Word, Excel or PowerPoint with a password",
        ),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n..", "This is a picture"),
        (b"{\\rtf1 x}", "This is a text in Rich Text Format"),
        (b"\x1f\x8b..", "This is a compressed file"),
    ],
)
def test_other_files_are_known_by_their_content(data: bytes, told: str) -> None:
    """A file that isn't YAML or JSON is named for what it is, whatever its ending says."""
    problem = refusal(data)
    assert problem.message.startswith(told)
    assert problem.fix


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("list.jsonl", b'{"title": 1}', "This is a list of records, one a line"),
        ("", b"<?xml version='1.0'?><x/>", "This is XML or HTML"),
        ("", b"eyJhbGciOiJFUzI1NiJ9.eyJ4IjoxfQ.c2ln", "This is a signed credential"),
    ],
)
def test_other_files_are_known_by_their_ending_or_beginning(
    name: str, data: bytes, told: str
) -> None:
    """Text formats are known by the ending, and else by how they begin."""
    assert refusal(data, name).message.startswith(told)


FOREIGN = [
    ({"payload": "{}", "signatures": []}, "a signed credential (JWS)"),
    ({"type": ["VerifiableCredential"]}, "a verifiable credential"),
    (
        {"@context": "https://schema.org", "@type": "Course", "name": "x"},
        "a description for search engines (schema.org)",
    ),
    (
        {"@context": {"@vocab": "http://schema.org/"}, "@type": "Course", "name": "x"},
        "a description for search engines (schema.org)",
    ),
    ({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "x"}, "a JSON Schema"),
    (
        {"id": "xx-2026", "title": "x", "asOf": "2026-01", "authority": "y", "instrument": "z"},
        "a profile, the rules of a country or a framework",
    ),
    ({"openapi": "3.1.0", "paths": {}}, "a description of a web interface (OpenAPI)"),
    ({"name": "x", "version": "1", "scripts": {}}, "a list of software packages"),
]


@pytest.mark.parametrize(("data", "told"), FOREIGN, ids=[told for _, told in FOREIGN])
def test_known_foreign_formats_are_named(data: dict[str, object], told: str) -> None:
    """A document of another known format is named for what it is."""
    problem = refusal(json.dumps(data), "x.json")
    assert problem.message.startswith(f"This is {told}")
    assert "microcred new award" in problem.fix or "description" in problem.fix


def test_what_has_none_of_our_fields_is_refused() -> None:
    """A document with no field of ours is no description, and one misspelled field makes it one."""
    assert refusal("{foo: 1, bar: 2, baz: 3, quux: 4}").message == (
        "This is not a description of a micro-credential: none of its top-level fields "
        "(“foo”, “bar”, “baz”, …) belongs to the format"
    )
    for name in ("Title", "outcome", "titel", "Learner "):
        assert {name: "x"} == read({name: "x"}).data


def test_a_document_that_says_it_is_ours_is_ours() -> None:
    """Fields of other formats don't matter in a document that names ours."""
    data = {"microcred": 1, "openapi": "3", "paths": {}}
    assert data == read(data).data


def test_every_format_that_is_not_read_says_what_to_do() -> None:
    """The registry has a sentence for each format, and a reader that can be loaded for ours."""
    office = {f"worksheet-{ending}" for ending in ("xlsx", "docx", "ods", "odt", "csv")}
    assert {"yaml", "json", *office} <= {id for id, format in FORMATS.items() if format.reader}
    for format in FORMATS.values():
        if format.reader:
            assert find_spec(format.reader.partition(":")[0])
        else:
            with pytest.raises(Problem, match="descriptions aren’t read from that"):
                format.load(b"x")


# Files


def test_a_file_is_read(tmp_path: Path) -> None:
    """The name of a file, as text or as a path, gives its content and its source."""
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    assert str(path) == read(path).source
    assert read(path) == read(str(path))
    assert read(path, name="Alpha").source == "Alpha"


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reason why a file can't be read has its own sentence."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.yaml").touch()
    (tmp_path / "drafts").mkdir()
    (tmp_path / "gone.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    told = {
        "darft.yaml": ("There is no file “darft.yaml”", "Name “draft.yaml”, if that is meant"),
        "no/such.yaml": ("There is no file “no/such.yaml”", None),
        "draft.yaml/x": ("There is no file “draft.yaml/x”", None),
        "drafts": ("“drafts” is a folder", "Name the files in it, such as drafts/*.yaml"),
        "gone.yaml": ("“gone.yaml” is a link to a file that doesn’t exist", None),
        "circle.yaml": ("The file “circle.yaml” can’t be read: ", None),
        "pipe.yaml": ("“pipe.yaml” is a pipe or device, not a file", "Name a file"),
        "draft.yaml": ("The file is empty", None),
        "/dev/null": ("The file is empty", None),
        "/dev/zero": ("The file is larger than 5 MiB", None),
        "a\0b": ("“a\\x00b” can’t be the name of a file", None),
        "\udc80\x1b[31m": ("There is no file “\\udc80\\x1b[31m”", None),
        "title: x\n" * 999: ("“" + "title: x\\n" * 7, None),
        "": ("The name of the file is empty", None),
    }
    for name, (message, fix) in told.items():
        with pytest.raises(Problem) as caught:
            read(name)
        assert caught.value.message.startswith(message)
        assert fix in (None, caught.value.fix)
        assert len(caught.value.message) < 200


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    """A file that the user may not read is told as such."""
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(Problem, match="may not be read by the current user"):
        read(path)


def test_a_source_of_another_type() -> None:
    """A value that is no file, no bytes and no mapping is told by its type."""
    with pytest.raises(Problem, match="can’t be read from a value of the type “int”"):
        read(12)  # type: ignore[arg-type]


# Mappings


class _Size(enum.IntEnum):
    SMALL = 1


class _Colour(str, enum.Enum):  # noqa: UP042 - its str() is “_Colour.RED”
    RED = "red"


class _Odd(Mapping[str, object]):
    def __getitem__(self, key: str) -> object:
        raise RuntimeError

    def __iter__(self) -> Iterator[str]:
        return iter(["title"])

    def __len__(self) -> int:
        return 1


def test_a_mapping_becomes_plain_data() -> None:
    """Python values become the JSON-like data that the rules expect, and nothing is shared."""
    outcomes = [{"id": "LO1"}]
    credential = read(
        {
            "title": _Colour.RED,
            "outcomes": outcomes,
            "twice": (outcomes, outcomes),
            "issued": dt.date(2026, 6, 30),
            "at": dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC),
            1: _Size.SMALL,
            "open": True,
            "credits": 2.5,
            "end": None,
        }
    )
    assert credential.data == {
        "title": "red",
        "outcomes": [{"id": "LO1"}],
        "twice": [[{"id": "LO1"}], [{"id": "LO1"}]],
        "issued": "2026-06-30",
        "at": "2026-06-30T12:00:00+00:00",
        "1": 1,
        "open": True,
        "credits": 2.5,
        "end": None,
    }
    assert (str, int) == (type(credential.data["title"]), type(credential.data["1"]))
    assert (credential.source, credential.format) == ("data", "data")
    assert Place(None, None, "/outcomes/0/id") == credential.where("/outcomes/0/id")
    outcomes.clear()
    assert credential.data["outcomes"] == [{"id": "LO1"}]


def _circle() -> dict[str, object]:
    data: dict[str, object] = {}
    data["title"] = [data]
    return data


def _nested(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"title": math.nan}, "The number nan is no amount (at /title)"),
        ({"title": [math.inf]}, "The number inf is no amount (at /title/0)"),
        ({"title": 10**15}, "The number 1000000000000000 has more than 15 digits (at /title)"),
        ({"title": 10**9999}, "The number with more than 40 digits has more than 15 digits"),
        ({"title": object()}, "A value of the type “object” has no plain form (at /title)"),
        ({"title": b"x"}, "A value of the type “bytes” has no plain form (at /title)"),
        ({"title": {"x"}}, "A value of the type “set” has no plain form (at /title)"),
        ({"title": {None: 1}}, "The name of a field is of the type “NoneType” (at /title)"),
        ({"title": {"1": 1, 1: 2}}, "The field “1” is given twice (at /title)"),
        ({"title": "\ud800"}, "A text holds half of a character (U+D800) (at /title)"),
        ({"a/~b": "\0"}, "A text holds the control character U+0000 (at /a~1~0b)"),
        ({"title": "x" * 200_001}, "A text is longer than 200,000 characters (at /title)"),
        ({"x" * 1001: 1}, "The name of a field is longer than 1,000 characters (at the top)"),
        ({"title": [0] * 100_000}, "The document has more than 100,000 values"),
        ({"title": itertools.repeat(0)}, "A value of the type “repeat” has no plain form"),
        ({"title": _nested(5000)}, "More than 50 levels of lists and groups"),
        ({"title": _Odd()}, "A value of the type “_Odd” has no plain form (at /title)"),
        (_Odd(), "A value of the type “_Odd” has no plain form (at the top)"),
        (_circle(), "A list or group contains itself (at /title/0)"),
        ({}, "The document has no fields"),
    ],
)
def test_what_a_mapping_may_not_hold(data: Mapping[str, object], told: str) -> None:
    """A value without a plain form is told with its pointer."""
    assert refusal(data).message.startswith(told)


# Nothing but a problem


def use(parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read YAML with the parser in C or the one in Python."""
    if parser == "C" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML is built without its parser in C")
    loader = yaml.CSafeLoader if parser == "C" else yaml.SafeLoader
    monkeypatch.setattr(yaml_reader, "_LOADER", loader)


def outcome(text: str | bytes, name: str) -> object:
    """Return what is read, or None; whatever is read has a place for each of its values."""
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        credential = read(content, name=name)
    except Problem as problem:
        told = str(problem)
        credential = None
    if credential is None:
        assert told.isprintable()
        assert len(told) < 600
        return None
    todo: list[tuple[str, object]] = [("", credential.data)]
    while todo:
        pointer, value = todo.pop()
        assert credential.places(pointer) is not None
        if isinstance(value, dict):
            tokens = ((key.replace("~", "~0").replace("/", "~1"), key) for key in value)
            todo += [(f"{pointer}/{token}", value[key]) for token, key in tokens]
        elif isinstance(value, list):
            todo += [(f"{pointer}/{index}", item) for index, item in enumerate(value)]
    return credential.data


SIGNS = (
    *("- ", ": ", ":", "  ", "\t", "\n", "\r\n", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a"),
    *("!", "!!str ", "!!int ", "|", ">", "|2-\n", "'", '"', "\\", "%", "---\n", "...\n", "@", "`"),
    *("? ", "<<: ", "~", "12:30", "\x85", "\u2028", "é", "😀", "\ufeff", "\\ud800", "\\u", "1e999"),
    *("NaN", "0", "-", "true", "\x00", "\x1b", "“", "//", "/*", "title", '"title": ', "1.10"),
)
WRITTEN = (
    DRAFT,
    JSON_DRAFT,
    json.dumps(
        {"title": {"en": "x"}, "outcomes": [{"id": "LO1", "a/b": [1, 2.5, None]}]}, indent=1
    ),
    "title: &a [x, &b y]\nsummary: *a\nlevel: !!str 6\nneed: |\n  a\n   b\naudience: {*b : 1}\n",
)


def mutated(seed: int) -> tuple[str, str]:
    """Return a document with a few signs added, taken away or repeated, and its other name."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    signs = list(chance.choice(WRITTEN))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(signs) + 1)
        way = chance.random()
        if way < 0.5:
            signs[at:at] = chance.choice(SIGNS)
        elif way < 0.8:
            del signs[at : at + chance.randint(1, 5)]
        else:
            other = chance.randrange(len(signs) + 1)
            signs[at:at] = signs[other : other + chance.randint(1, 30)]
    return "".join(signs), chance.choice(["a.yaml", "a.json", ""])


@pytest.mark.parametrize("start", range(0, 1600, 200))
def test_a_broken_document_gives_a_problem_and_nothing_else(
    start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong, there is a sentence for it; where both parsers read it, they agree."""
    for seed in range(start, start + 200):
        text, name = mutated(seed)
        with monkeypatch.context() as patch:
            patch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
            slow = outcome(text, name)
        fast = outcome(text, name)
        assert slow is None or fast is None or slow == fast, f"seed {seed}: {text!r}"


@given(st.binary(max_size=200), st.sampled_from(["a.yaml", "a.json", ""]))
@settings(deadline=None, max_examples=300)
def test_any_bytes_give_a_credential_or_a_problem(data: bytes, name: str) -> None:
    """No bytes end in any other exception."""
    outcome(data, name)


@given(
    st.lists(st.sampled_from(SIGNS), max_size=25).map("".join), st.sampled_from(["yaml", "json"])
)
@settings(deadline=None, max_examples=500)
def test_any_text_gives_a_credential_or_a_problem(text: str, ending: str) -> None:
    """No run of the signs that have a meaning in YAML or JSON ends in any other exception."""
    outcome(f"title: {text}" if ending == "yaml" else text, f"a.{ending}")


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=10),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(PLAIN)
@settings(deadline=None, max_examples=200)
def test_plain_data_is_read_as_it_was_written(value: object) -> None:
    """Data written as JSON comes back the same, escaped or not, and from Python as well."""
    data = {"title": value}
    assert data == outcome(json.dumps(data), "a.json")
    assert data == outcome(json.dumps(data, ensure_ascii=False, indent=2), "a.json")
    assert data == read(data).data


@given(PLAIN)
@settings(deadline=None, max_examples=150)
def test_texts_survive_yaml(value: object) -> None:
    """Data written as YAML comes back the same, except for numbers that YAML writes its own way."""
    data = {"title": _texts(value)}
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    assert data == outcome(text, "a.yaml")


def _texts(value: object) -> object:
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return str(value)
