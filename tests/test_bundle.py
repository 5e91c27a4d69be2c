"""What the check page runs in the browser, as far as it can be tested without one."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import rpds

import browser
import bundle
import microcred
from bundled import form
from bundled import rpds as standin
from bundled.desk import Desk
from bundled.here import here
from microcred import stacking
from microcred.rule import KINDS
from microcred.rules import RULES
from microcred.stacking.summary import summary
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

ROOT = Path(__file__).parents[1]
DRAFT = ROOT / "examples" / "drafts" / "first-draft.yaml"
SETTINGS = {"profile": "eu-2022", "on": "2026-11-01", "kind": ""}

needs_pyodide = pytest.mark.skipif(
    not bundle.PYODIDE.is_dir(), reason="Pyodide is not here: npm ci installs it"
)


def asked(desk: Desk, *keys: str, **changed: str) -> dict[str, object]:
    """Return what the page is told about the documents of these keys."""
    told: dict[str, object] = json.loads(desk.check(keys, json.dumps({**SETTINGS, **changed})))
    return told


# -- The stand-in for rpds ---------------------------------------------------------------------


@pytest.mark.parametrize("kit", [rpds, standin], ids=["rpds", "stand-in"])
def test_collections_change_by_making_new_ones(kit: object) -> None:
    """The stand-in answers like rpds, and what was there stays as it was."""
    numbers = kit.HashTrieMap({"a": 1})  # type: ignore[attr-defined]
    assert dict(numbers.insert("b", 2)) == {"a": 1, "b": 2}
    assert dict(numbers.update({"a": 3})) == {"a": 3}
    assert dict(numbers.remove("a")) == {}
    assert numbers == kit.HashTrieMap.convert({"a": 1})  # type: ignore[attr-defined]
    assert kit.HashTrieMap.convert(numbers) is numbers  # type: ignore[attr-defined]
    with pytest.raises(KeyError):
        numbers.remove("b")
    names = kit.HashTrieSet(["a"])  # type: ignore[attr-defined]
    assert set(names.insert("b").update(["c"]).remove("a")) == {"b", "c"}
    assert set(names) == {"a"}
    way = kit.List(["a"]).push_front("b")  # type: ignore[attr-defined]
    assert (list(way), way.first, list(way.drop_first())) == (["b", "a"], "b", ["a"])


def test_jsonschema_works_with_the_stand_in(tmp_path: Path) -> None:
    """The tests of jsonschema and referencing pass without the compiled rpds."""
    (tmp_path / "rpds.py").write_text((bundle.OWN / "rpds.py").read_text("utf-8"), "utf-8")
    theirs = ("jsonschema.tests.test_types", "jsonschema.tests.test_validators")
    modules = [*theirs, "referencing.tests.test_core", "referencing.tests.test_jsonschema"]
    if missing := [name for name in modules if find_spec(name) is None]:
        pytest.skip(f"installed without their tests: {missing}")
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--pyargs"]
    done = subprocess.run(
        [sys.executable, *command, f"--rootdir={tmp_path}", *modules],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) > 400


# -- The desk ----------------------------------------------------------------------------------


def test_the_desk_tells_what_the_command_line_reports() -> None:
    """The page shows every finding of the report once, in the report's own order of levels."""
    desk = Desk()
    desk.put("1", DRAFT.name, DRAFT.read_bytes())
    (document,) = asked(desk, "1")["documents"]  # type: ignore[misc, attr-defined]
    report = microcred.check(DRAFT, on=SETTINGS["on"])
    shown = [
        (entry["rule"], finding["message"])
        for group in document["groups"]
        for entry in group["entries"]
        for finding in entry["findings"]
    ]
    assert sorted(id for id, _ in shown) == sorted(f.rule.id for f in report.findings)
    assert len(set(shown)) == len(shown) > 0
    levels = [group["key"] for group in document["groups"]]
    assert levels == [key for key in ("must", "should", "advice", "question") if key in levels]
    written = json.loads(desk.render("json"))
    assert (
        written["documents"][0]["findings"]
        == json.loads(microcred.render(report, "json"))["documents"][0]["findings"]
    )


def test_only_what_changed_is_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second check reads only the documents that are new, or all when the settings changed."""
    import bundled.desk

    read: list[str] = []
    check_each = bundled.desk.checking.check_each

    def counted(content: bytes, *rest: object, name: str) -> object:
        read.append(name)
        return check_each(content, *rest, name=name)  # type: ignore[arg-type]

    monkeypatch.setattr(bundled.desk.checking, "check_each", counted)
    desk = Desk()
    desk.put("1", "one.yaml", b"title: One\n")
    desk.put("2", "two.yaml", b"title: Two\n")
    asked(desk, "1", "2")
    desk.put("2", "two.yaml", b"title: Three\n")
    asked(desk, "1", "2")
    assert read == ["one.yaml", "two.yaml", "two.yaml"]
    asked(desk, "1", on="2026-11-02")
    assert read[3:] == ["one.yaml"]


def test_what_cannot_be_read_keeps_its_slot() -> None:
    """A picture is told in words, and the draft beside it is checked."""
    desk = Desk.warm()
    desk.put("1", "photo.png", b"\x89PNG\r\n\x1a\n")
    desk.put("2", DRAFT.name, memoryview(DRAFT.read_bytes()))
    unread, checked = asked(desk, "1", "2")["documents"]  # type: ignore[misc, attr-defined]
    assert unread["message"].endswith(".")
    assert "picture" in unread["message"]
    assert checked["kind"] == "offer"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.yaml", b""),
        ("page.html", b"<!DOCTYPE html><title>Welding</title>"),
        ("table.csv", b"course,hours\nWelding,30\n"),
        ("fields.json", b"{}"),
    ],
)
def test_the_page_says_how_to_begin_there(name: str, content: bytes) -> None:
    """Who opened a file that is none names the buttons of the page, and no command."""
    desk = Desk()
    desk.put("a", name, content)
    [found] = asked(desk, "a")["documents"]  # type: ignore[misc]
    assert "microcred new" not in found["fix"]
    page = (ROOT / "conf" / "check" / "page.html").read_text("utf-8")
    buttons = re.findall(r"<button[^>]*>([^<]*)</button>", page)
    named = re.findall(r"“([^”]*)” (?:or|on)", found["fix"])
    assert len(named) == 2
    assert set(named) <= set(buttons)


# What reaches the page of the package's sentences.
TOLD_THERE = (
    *("readers", "rules", "exporters", "profiles/own.py", "stacking", "shape"),
    "profiles/card.py",
    "worksheets/reading.py",
)


def sentences() -> set[str]:
    """Return every text of those modules, with P6 where something is put in."""
    package = ROOT / "checks" / "microcred"
    found = set()
    for place in TOLD_THERE:
        for path in [package / place] if place.endswith(".py") else (package / place).rglob("*.py"):
            nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
            whole = [node.values for node in nodes if isinstance(node, ast.JoinedStr)]
            pieces = {piece for values in whole for piece in values}
            whole += [[node] for node in nodes if node not in pieces]
            found |= {"".join(map(text_of, values)) for values in whole}
    return found


def text_of(node: ast.AST) -> str:
    """Return the text that a node of the program states, or what could stand in its place."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "P6" if isinstance(node, ast.FormattedValue) else ""


def test_no_sentence_names_a_command_on_the_page() -> None:
    """Whoever sits in a browser is led to buttons and pages, and to no command or option."""
    commands = re.compile(r"[“`]microcred |(?<![\w-])--[a-z]|\bto (?:elm|xlsx|docx)\b")
    told = [text for text in sentences() if commands.search(text)]
    assert told
    assert [text for text in told if commands.search(here(text))] == []


def test_the_page_links_to_the_pages_that_it_names() -> None:
    """What stands there for a command is a page of the site, with the title that it has."""
    drawing = (ROOT / "conf" / "static" / "check" / "drawing.mjs").read_text("utf-8")
    pages = re.findall(r'^  "?([A-Z][^":]*)"?: "([a-z/-]+)\.html",$', drawing, re.MULTILINE)
    for title, address in pages:
        page = (ROOT / "docs" / f"{address}.md").read_text("utf-8")
        assert re.search(f"^# {re.escape(title)}$", page, re.MULTILINE), address
    named = {
        title for text in sentences() for title in re.findall("[Tt]he page “([^”]*)”", here(text))
    }
    assert named == {title for title, _ in pages}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("programme: P\nowner: O\n", "“Do these files add up to a programme?”"),
        ("asOf: 2026\nauthority: A\ninstrument: I\n", "“Use a profile of your own”"),
    ],
)
def test_a_file_of_another_kind_leads_to_its_place_on_the_page(content: str, named: str) -> None:
    """A programme and a profile are taken elsewhere on the page, under words that stand there."""
    desk = Desk()
    desk.put("a", "other.yaml", content.encode())
    [found] = asked(desk, "a")["documents"]  # type: ignore[misc]
    assert named in found["fix"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("openbadge/award.json", "award, an Open Badge"),
        ("europass/award.json", "award, a Europass credential"),
        ("worksheets/own-notes.xlsx", "offer, an Excel workbook"),
        ("drafts/first-draft.yaml", "offer, YAML"),
    ],
)
def test_what_a_file_was_read_as_is_told_in_words(path: str, words: str) -> None:
    """Nobody has to know the names that programs have for formats."""
    desk = Desk()
    desk.put("a", Path(path).name, (ROOT / "examples" / path).read_bytes())
    [found] = asked(desk, "a")["documents"]  # type: ignore[misc]
    assert found["readAs"] == words


def test_a_profile_of_ones_own_is_taken_from_a_file(tmp_path: Path) -> None:
    """Its rules count from then on, also where the next version has the same id."""
    desk, file = Desk(), tmp_path / "xland.yaml"
    text = (ROOT / "examples" / "profiles" / "xland.yaml").read_text("utf-8")
    desk.put("a", "draft.yaml", b"title: Welding\nlanguage: en\n")
    for title in ("Our rules", "Our newer rules"):
        file.write_text(re.sub("^title: .*$", f"title: {title}", text, flags=re.MULTILINE), "utf-8")
        told = json.loads(desk.profile(str(file)))
        assert (told["id"], told["title"]) == ("xx-2026", title)
        assert any("reviewer: none yet" in words for words in told["told"])
        assert title in str(asked(desk, "a", profile="xx-2026")["about"])


def test_a_filled_worksheet_is_a_profile_of_ones_own(tmp_path: Path) -> None:
    """Whoever works in Excel needs no other tool on the way from P6 to a check."""
    data = microcred.read(ROOT / "examples" / "worksheets" / "p6-sample.yaml").data
    card = tmp_path / "P6.xlsx"
    card.write_bytes(written(worksheet("P6"), "xlsx", data))
    told = json.loads(Desk().profile(str(card)))
    assert told["id"] == data["answers"]["id"]
    card.write_bytes(written(worksheet("P6"), "xlsx"))
    faults = json.loads(Desk().profile(str(card)))["faults"]
    assert any(words.startswith("P6.xlsx: The profile has no “asOf”") for words in faults)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ours.yaml", b"id: eu-2022\noff: [M6-99]\n", "The page “Rules” lists all rules."),
        ("ours.yaml", b"%PDF-1.4 \0", "zero byte"),
        ("empty.yaml", b"", "Fill it in"),
        ("photo.zip", b"PK\3\4", "ZIP archive"),
        ("W01.xlsx", written(worksheet("W01"), "xlsx"), "“W01.xlsx” is no worksheet P6."),
    ],
)
def test_all_that_is_wrong_with_a_profile_is_told(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    """A wrong file is told fault by fault, as on the command line, and the old profile stays."""
    (tmp_path / name).write_bytes(content)
    desk = Desk()
    told = " ".join(json.loads(desk.profile(str(tmp_path / name)))["faults"])
    assert words in told
    assert "microcred " not in told
    assert "--" not in told
    assert str(tmp_path) not in told
    desk.put("a", "draft.yaml", b"title: Welding\n")
    assert "documents" in asked(desk, "a")


def test_a_wrong_setting_is_told_in_words() -> None:
    """A day that is none stops the check with a sentence and a way out."""
    told = asked(Desk(), on="soon")
    assert told["problem"] == {
        "message": "“soon” is no date that can be read",
        "fix": "Write it as year-month-day, such as 2026-06-30",
    }


def test_a_fault_of_ours_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault is told without a traceback, and in the words of the product."""
    import bundled.desk

    def broken(*_: object, **__: object) -> object:
        raise RuntimeError("inner words")

    monkeypatch.setattr(bundled.desk.checking, "check_each", broken)
    desk = Desk()
    desk.put("1", "draft.yaml", b"title: A\n")
    (document,) = asked(desk, "1")["documents"]  # type: ignore[misc, attr-defined]
    assert "fault" in document["message"]
    assert "inner words" not in json.dumps(document)


# -- The guided form ---------------------------------------------------------------------------

WORKED = [
    pytest.param(path, path.stem, id=f"{path.parent.name}-{path.stem}")
    for path in sorted((ROOT / "examples").glob("worked/*/*.yaml"))
    if path.stem in KINDS
]


@pytest.mark.parametrize(("path", "kind"), WORKED)
def test_a_draft_goes_through_the_form_unchanged(path: Path, kind: str) -> None:
    """What a draft says comes back, also what the form doesn't ask."""
    data = dict(microcred.read(path).data)
    given = json.loads(json.dumps(form.answers(data, kind)))
    assert form.composed(given, kind) == {"microcred": 1, "kind": kind} | data


@pytest.mark.parametrize(("kind", "sheet"), [("offer", "W11"), ("award", "W12")])
def test_the_form_takes_its_questions_from_the_worksheet(kind: str, sheet: str) -> None:
    """Every field of the worksheet is asked once, with its label and help."""
    told = form.questions(kind)
    sections = [part for one in told["sections"] for part in (one, *one["inner"])]  # type: ignore[attr-defined]
    asked_for = [(field["label"], field["help"]) for one in sections for field in one["fields"]]
    assert sorted(asked_for) == sorted(
        (field.label, field.help) for one in worksheet(sheet).sections for field in one.fields
    )


# What people type, with everything that a file could take for something else.
TYPED = [
    "=1+1",
    "007",
    "NO",
    "1.10",
    "12:30",
    "1 September 2026",
    "Quotes “ ” \" ' and a # sign: so",
    "Ελληνικά, العربية, \U0001f600",
    "First line\nsecond line",
    "- no list",
    "yes",
    "2026-09-01",
    "{no: map}",
    "a; b",
]


def said(told: object) -> object:
    """Return answers without what nobody has answered."""
    if isinstance(told, dict):
        return {name: said(part) for name, part in told.items() if part not in ("", [], {})}
    return [said(part) for part in told] if isinstance(told, list) else told


@pytest.mark.parametrize("to", ["yaml", "json", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_typed_is_there_again(kind: str, to: str) -> None:
    """A form that was saved and is opened again has every answer as it was typed."""
    typed = iter(TYPED * 40)
    asked = json.loads(Desk().questions(kind))
    given: dict[str, object] = {"rest": asked["rest"]}
    for section in asked["sections"]:
        answered = {
            field["path"]: field["choices"][-1]
            if field["choices"]
            else 12.5
            if field["number"]
            else "one; two"
            if field["several"]
            else next(typed)
            for field in section["fields"]
        }
        if section["map"]:
            answered["name"] = "practice"
        given[section["key"]] = [answered] if section["list"] else answered
    desk = Desk()
    desk.put("1", f"{kind}.yaml", desk.composed(json.dumps(given), kind).encode())
    desk.put("2", f"{kind}.{to}", desk.convert("1", to))  # type: ignore[arg-type]
    again = json.loads(desk.answers("2", ""))
    assert again["kind"] == kind
    assert said(again["answers"]) == said(given)


def test_an_offer_begins_an_award() -> None:
    """The award says what its offer says, and names it by its id, which isn't its own."""
    desk = Desk()
    path = ROOT / "examples" / "worked" / "ex03-causal-inference" / "offer.yaml"
    offer = microcred.read(path).data
    desk.put("1", "offer.yaml", path.read_bytes())
    told = json.loads(desk.answers("1", "award"))
    award = microcred.read(desk.composed(json.dumps(told["answers"]), "award").encode()).data
    assert award["kind"] == told["kind"] == "award"
    assert award["offer"] == {"id": offer["id"], "version": offer["version"]}
    assert award["outcomes"] == offer["outcomes"]
    assert not {"id", "version"} & award.keys()


@pytest.mark.parametrize("own", [{}, {"id": "https://zeta.example/awards/1"}])
def test_an_award_goes_back_to_its_offer(own: dict[str, str]) -> None:
    """Who looks at the questions of an award and comes back finds the offer as it was."""
    path = ROOT / "examples" / "worked" / "ex03-causal-inference" / "offer.yaml"
    offer = dict(microcred.read(path).data)
    back = form.offered(form.awarded(offer) | own)
    kept = {"offer": {"id": offer["id"]}} if own else {}
    assert back == offer | own | kept


def test_the_form_leads_back_from_an_award() -> None:
    """The identifier of the offer is an answer again, and stands at no other place."""
    desk = Desk()
    path = ROOT / "examples" / "worked" / "ex03-causal-inference" / "offer.yaml"
    offer = microcred.read(path).data
    desk.put("1", "offer.yaml", path.read_bytes())
    award = json.loads(desk.answers("1", "award"))["answers"]
    desk.put("2", "award.yaml", desk.composed(json.dumps(award), "award").encode())
    again = json.loads(desk.answers("2", "offer"))["answers"]
    assert again["About"]["id"] == offer["id"]
    assert "offer" not in again["rest"]


def test_findings_speak_in_the_words_of_the_form() -> None:
    """While the form is open, nobody sees the text that it makes, nor the names in it."""
    desk = Desk()
    desk.put("1", "offer.yaml", b"microcred: 1\nkind: offer\nbodies:\n  - {id: alpha}\n")

    def fixes(**changed: str) -> dict[str, str]:
        (document,) = asked(desk, "1", **changed)["documents"]  # type: ignore[misc, attr-defined]
        entries = [entry for group in document["groups"] for entry in group["entries"]]
        return {entry["rule"]: entry["findings"][0]["fix"] for entry in entries}

    assert fixes(form="offer")["SHAPE-required"] == "Fill in “Legal name”."
    assert fixes(form="")["SHAPE-required"] == "Add the field `name`."


def test_the_form_takes_no_worksheet_with_questions_of_its_own() -> None:
    """A self-assessment is told to be no description."""
    desk = Desk()
    path = ROOT / "examples" / "worksheets" / "i1-sample.yaml"
    desk.put("1", path.name, path.read_bytes())
    assert "filled worksheet" in json.loads(desk.answers("1", ""))["problem"]["message"]


def test_answers_are_read_as_people_write_them() -> None:
    """A decimal comma is a number, several values stand behind semicolons, empty rows go."""
    given = {
        "About": {"title": "A title", "countries": "FI; PT"},
        "Workload": {"workload/hours": "12,5"},
        "Hours by activity": [{"name": "practice", "value": "12,5"}, {}],
        "Outcomes": [{}, {"statement": "Welds"}],
    }
    assert form.composed(given, "offer") == {
        "microcred": 1,
        "kind": "offer",
        "title": "A title",
        "countries": ["FI", "PT"],
        "outcomes": [{"statement": "Welds"}],
        "workload": {"hours": 12.5, "parts": {"practice": 12.5}},
    }


def test_a_document_is_saved_in_another_form() -> None:
    """A target that takes the draft gives a file; the file holds what the draft says."""
    desk = Desk()
    desk.put("1", DRAFT.name, DRAFT.read_bytes())
    asked(desk, "1")
    assert desk.convert("1", "xlsx")[:2] == b"PK"
    assert json.loads(desk.lost()) == {"lost": []}
    view = desk.convert("1", "view-admission")
    assert b"admission to a programme" in view
    assert view.count(b"<h1") == 1
    assert desk.annotate("1")[:2] == b"PK"
    assert microcred.read(desk.convert("1", "yaml")).data["workload"]


def test_documents_add_up_to_a_programme() -> None:
    """What the page says of a stack is what the command says; what can't be read is named."""
    desk = Desk()
    folder = ROOT / "examples" / "stacks" / "network-security"
    parts = [folder / "devices.yaml", folder / "watch.yaml"]
    parts.append(ROOT / "examples" / "worked" / "ex11-web-server" / "offer.yaml")
    for path in (folder / "programme.yaml", *parts):
        desk.put(path.stem, path.name, path.read_bytes())
    keys = ("programme", *(path.stem for path in parts))
    asked(desk, *keys)
    told = json.loads(desk.stack(keys, "programme"))
    result = stacking.stack(*parts, into=folder / "programme.yaml", on=SETTINGS["on"])
    assert [row[1] for row in told["rows"]] == [line.title for line in summary(result.stack).lines]
    assert told["document"]["summary"].startswith("0 rules are not met")
    assert desk.render_stack("plan") == stacking.render(result, "plan")
    desk.put("photo", "photo.gif", b"GIF89a")
    told = json.loads(desk.stack(("programme", "photo"), "programme"))
    assert told["problem"]["message"].startswith("“photo.gif” could not be read: This is a picture")


# -- The bundle and the page -------------------------------------------------------------------


def test_the_bundle_holds_the_package_unchanged_and_nothing_compiled() -> None:
    """Every file of the package is in it as it is, with the needed packages in plain Python."""
    held = dict(bundle.sources())
    package = ROOT / "checks" / "microcred"
    own = {
        path.relative_to(package.parent).as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.is_file() and bundle.OUTSIDE.isdisjoint(path.relative_to(package).parts)
    }
    assert own.items() <= held.items()
    assert not [name for name in held if name.endswith((".so", ".pyd", ".pyc"))]
    assert {
        "jsonschema/__init__.py",
        "yaml/__init__.py",
        "rpds.py",
        "bundled/desk.py",
    } <= held.keys()


@needs_pyodide
def test_the_standard_library_keeps_what_checks_import() -> None:
    """Whole folders and single modules are left out, and nothing beside them."""
    kept = {name for name, _ in bundle.standard_library()}
    assert {"json/__init__.py", "csv.py", "difflib.py", "xml/parsers/expat.py"} <= kept
    assert not [name for name in kept if name.startswith(("xml/dom/", "unittest/", "pdb."))]


def test_nothing_is_left_out_that_the_package_imports() -> None:
    """A module that a check could reach is in the library; the commands stay outside."""
    for path in (ROOT / "checks" / "microcred").rglob("*.py"):
        parts = path.relative_to(ROOT / "checks" / "microcred").parts
        if not bundle.OUTSIDE.isdisjoint(parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            wrong = bundle.LEFT_OUT & {name.replace(".", "/") for name in names}
            assert not wrong, f"Take {wrong} out of left-out.txt: {path.name} imports it"


def test_the_manifest_states_the_hash_of_every_file(tmp_path: Path) -> None:
    """The bundle is named after its content, so that another content has another name."""
    if not bundle.PYODIDE.is_dir():
        pytest.skip("Pyodide is not here: npm ci installs it")
    (tmp_path / "a.txt").write_bytes(b"a")
    first = bundle.manifest(tmp_path)
    assert first["files"] == {"a.txt": {"bytes": 1, "sha256": hashlib.sha256(b"a").hexdigest()}}
    (tmp_path / "a.txt").write_bytes(b"b")
    assert first["id"] != bundle.manifest(tmp_path)["id"]


@needs_pyodide
def test_the_licences_name_everything_that_is_in_the_bundle() -> None:
    """Each package has its licence under its name and version, and each library in the runtime."""
    parts = re.split(r"^={80}$", bundle._licences(), flags=re.MULTILINE)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    told = {name.strip().lower(): text.strip() for name, text in pairs}
    facts = bundle.manifest(bundle.OWN)["packages"]
    packages = {f"{name} {version}".lower() for name, version in facts.items() if name != "pyodide"}  # type: ignore[attr-defined]
    assert packages <= told.keys()
    assert {f"{name}, which Pyodide contains".lower() for name in bundle.INSIDE} <= told.keys()
    assert any(name.startswith("pyodide ") for name in told)
    assert {path.stem for path in (bundle.OWN / "licences").iterdir()} == {
        "MPL-2.0",
        "Python",
        *bundle.INSIDE,
    }
    assert [name for name, text in told.items() if len(text) < 500] == []


def test_the_page_lists_every_rule_and_says_how_to_get_a_checker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without a bundle the page has no form, and one sentence says what to do."""
    monkeypatch.setattr(browser, "BUNDLE", tmp_path)
    page = browser.page()
    assert "install Node.js" in page
    assert "<form" not in page
    assert re.findall(r'#([a-z0-9-]+)">([A-Z0-9a-z-]+)</a></th>', page) == [
        (id.lower(), id) for id in sorted(RULES, key=browser.rulebook.order)
    ]


def test_the_page_with_a_checker_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a bundle the page has the form, the examples and the number of the build."""
    folder = tmp_path / "0123456789ab"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"id": "0123456789ab", "microcred": "1.2"}')
    monkeypatch.setattr(browser, "BUNDLE", tmp_path)
    page = browser.page()
    assert 'data-checker="_static/checker-0123456789ab/"' in page
    files = re.findall(r'data-file="([^"]+)"', page)
    assert len(files) > 50
    assert [file for file in files if not (ROOT / file).is_file()] == []
    keys = re.findall(r'<option value="([^"]+)" data-file', page)
    assert len(set(keys)) == len(keys)
    assert {"ex03", "ex03-award", "ae01", "ae01-repaired"} <= set(keys)


def test_the_policy_lets_only_scripts_of_the_page_run() -> None:
    """An inline script runs by its hash alone, and no address outside the site is allowed."""
    policy = browser.policy("<script>let a;</script><script src='x.js'></script>")
    digest = base64.b64encode(hashlib.sha256(b"let a;").digest()).decode()
    assert re.findall(r"'sha256-([^']+)'", policy) == [digest]
    assert "'unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    assert not re.search(r"https?:|\*", policy)
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts


def test_the_checker_is_asked_for_at_the_head_of_the_page() -> None:
    """The policy comes first and binds what follows; a page without a checker asks for nothing."""
    start = '<head><meta charset="utf-8">'
    bound = browser._bound(f'{start}<p data-checker="_static/checker-1/"></p>')
    order = [bound.index(words) for words in ("Content-Security", "preload", "async", "<p data")]
    assert order == sorted(order)
    assert 'href="_static/checker-1/worker.mjs.packed"' in bound
    assert "preload" not in browser._bound(start)
