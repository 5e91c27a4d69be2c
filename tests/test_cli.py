"""The command line keeps its contract: what it reads, prints, writes and how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import microcred
from microcred.cli import main
from microcred.cli.output import in_colour
from microcred.elements import ELEMENTS
from microcred.pages import plain, sections
from microcred.rules import RULES

SHAPE = [id for id in RULES if id.startswith("SHAPE-")]

MUST = """\
microcred: 1
kind: offer
language: en
title: Safe isolation on low-voltage switchboards
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in an empty folder that holds one draft, draft.yaml."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "MICROCRED_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    Path("draft.yaml").write_text(MUST, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder, capfd):  # noqa: ARG001 - the folder is where it runs
    """Run the command line in the folder; returns status, standard output and errors."""

    def call(*args):
        status = main([str(arg) for arg in args])
        return status, *capfd.readouterr()

    return call


def shell(*args, **options):
    """Run the command line as a process of its own."""
    command = [sys.executable, "-m", "microcred", *map(str, args)]
    env = {**os.environ, "PYTHONPATH": str(Path(microcred.__file__).parents[1])}
    env |= options.pop("env", {})
    return subprocess.run(command, capture_output=True, env=env, timeout=60, check=False, **options)


def test_status_is_1_when_a_must_rule_is_not_met(run):
    """A draft that lacks mandatory elements ends with 1, and the report is printed."""
    status, out, err = run("check", "draft.yaml")
    assert (status, err) == (1, "")
    assert out.startswith("Safe isolation on low-voltage switchboards\n")
    assert "M6-1" in out


def test_status_is_0_when_no_must_rule_is_broken(run):
    """Only the rules that were selected decide."""
    status, out, err = run("check", "draft.yaml", "--select", "M2-1")
    assert (status, err) == (0, "")
    assert "1 rule is met: M2-1" in out


@pytest.mark.parametrize(("strict", "expected"), [((), 0), (("--strict",), 1)])
def test_strict_counts_every_level(run, strict, expected):
    """With --strict, advice that isn't followed ends with 1 as well."""
    advice = ("check", "draft.yaml", "--select", "DOC-5")
    assert run(*advice, *strict)[0] == expected


def test_status_is_2_when_a_file_can_not_be_read(run):
    """A missing file keeps its slot, the other one is checked, and the status tells."""
    status, out, err = run("check", "gone.yaml", "draft.yaml", "--format", "json")
    documents = json.loads(out)["documents"]
    assert (status, err) == (2, "")
    assert [document["source"] for document in documents] == ["gone.yaml", "draft.yaml"]
    assert set(documents[0]["error"]) == {"message", "fix"}
    assert documents[1]["findings"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "FILE"),
        (["draft.yaml", "--format", "xml"], "'xml' is not one of"),
        (["draft.yaml", "--on", "30.6.2026"], "“30.6.2026”"),
        (["draft.yaml", "--profile", "nowhere"], "“nowhere”"),
        (["draft.yaml", "--select", "M99-1"], "“M99-1”"),
        (["draft.yaml", "--ignore", "M2-1,Q1"], "“Q1”"),
        (["draft.yaml", "--kind", "course"], "'course' is not one of"),
        (["draft.yaml", "--output", "no/such/report.txt"], "“no/such” doesn’t exist"),
        (["draft.yaml", "--output", "."], "“.” is a folder"),
        (["draft.yaml", "--colour", "--loud"], "--loud"),
        (["draft.yaml", "--offer", "gone.yaml"], "“gone.yaml”"),
        (["gone.yaml", "--offer", "draft.yaml", "--output", "draft.yaml"], "would be lost"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_status_is_2_when_the_usage_is_wrong(run, args, words):
    """What is wrong is said in one sentence with the words that were typed, and a way out."""
    status, out, err = run("check", *args)
    assert (status, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 2
    assert re.findall(r"\binvalid\b|\bplease\b|Traceback", err, re.IGNORECASE) == []


def test_status_is_3_when_there_is_nothing_to_check(run, folder):
    """An empty folder is no success and no failure; programs still get a report."""
    (folder / "empty").mkdir()
    status, out, err = run("check", "empty")
    assert (status, out) == (3, "")
    assert "nothing to check in “empty”" in err
    status, out, _ = run("check", "empty", "--format", "json")
    assert (status, json.loads(out)["documents"]) == (3, [])


def test_folders_are_searched_in_order(run, folder):
    """A folder stands for its descriptions, sorted; hidden folders and other files are left out."""
    for name in ("b/two.yml", "b/one.json", "a.yaml", ".git/x.yaml", "b/note.txt", "b/.z.yaml"):
        path = folder / "all" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}" if name.endswith("json") else MUST, encoding="utf-8")
    status, out, _ = run("check", "all", "--format", "json")
    sources = [Path(document["source"]).as_posix() for document in json.loads(out)["documents"]]
    assert (status, sources) == (2, ["all/a.yaml", "all/b/one.json", "all/b/two.yml"])


def test_files_of_a_folder_that_may_be_descriptions_are_named(run, folder):
    """A worksheet in CSV and a badge in a picture were passed over without a word."""
    (folder / "all").mkdir()
    for name in ("a.yaml", "W11.csv", "badge.png", "notes.md", ".hidden.csv"):
        (folder / "all" / name).write_text(MUST, encoding="utf-8")
    _, out, told = run("check", "all", "--format", "json")
    assert len(json.loads(out)["documents"]) == 1
    assert told == (
        "Not looked into in the folder “all”: “W11.csv”, “badge.png”. "
        "Name a file itself to have it checked.\n"
    )


def test_an_empty_folder_beside_a_file_changes_nothing(run, folder):
    """Status 3 is only for nothing at all."""
    (folder / "empty").mkdir()
    assert run("check", "empty", "draft.yaml", "--select", "M2-1")[0] == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_closed_folder_is_told(run, folder):
    """A folder that can't be opened is no empty folder."""
    (folder / "closed").mkdir(mode=0)
    status, out, err = run("check", "closed")
    assert (status, out) == (2, "")
    assert "“closed” can’t be opened" in err


def test_an_empty_name_is_no_folder(run):
    """An empty name, as a shell makes of an unset variable, doesn't check the whole folder."""
    status, out, _ = run("check", "", "--format", "json")
    assert (status, len(json.loads(out)["documents"])) == (2, 1)


def test_standard_input_is_read():
    """A dash reads the description from standard input."""
    done = shell("check", "-", "--format", "json", input=MUST.encode())
    (document,) = json.loads(done.stdout)["documents"]
    assert (done.returncode, document["source"], done.stderr) == (1, "standard input", b"")


@pytest.mark.parametrize("ids", [["M2-1,M6"], ["M2-1", "M6"], ["m2-1, m6"]], ids=str)
def test_rules_are_selected_by_id_or_element(run, ids):
    """--select takes rules and elements, separated by commas or repeated."""
    args = [part for id in ids for part in ("--select", id)]
    _, out, _ = run("check", "draft.yaml", "--format", "json", *args)
    (document,) = json.loads(out)["documents"]
    assert set(document["rules"]) == {"M2-1"} | {id for id in RULES if RULES[id].element == "M6"}


def test_rules_are_ignored(run):
    """--ignore leaves rules out, after --select."""
    _, out, _ = run("check", "draft.yaml", "--format=json", "--select=M2", "--ignore=M2-1")
    (document,) = json.loads(out)["documents"]
    assert "M2-1" not in document["rules"]
    assert "M2-2" in document["rules"]


def test_the_day_of_the_check_is_given(run):
    """--on sets the day that rules take for today, and the report names it."""
    _, out, _ = run("check", "draft.yaml", "--format=json", "--on=2026-06-30")
    assert json.loads(out)["checkedOn"] == "2026-06-30"


def test_the_kind_is_given(run):
    """--kind says what a document is that doesn't say it."""
    Path("bare.yaml").write_text("title: Welding\n", encoding="utf-8")
    _, out, _ = run("check", "bare.yaml", "--format=json", "--kind=award")
    assert json.loads(out)["documents"][0]["kind"] == "award"


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("r.txt", "Safe isolation"),
        ("r.json", "{"),
        ("r.html", "<!doctype html>"),
        ("r.md", "# Safe isolation"),
        ("r.csv", "source,title,"),
    ],
)
def test_output_is_written_in_the_form_its_name_promises(run, name, begin):
    """A report goes to a file instead of the terminal, and nothing else is left behind."""
    status, out, err = run("check", "draft.yaml", "--output", name)
    assert (status, out, err) == (1, "", "")
    assert Path(name).read_text(encoding="utf-8").startswith(begin)
    assert sorted(path.name for path in Path().iterdir()) == sorted(["draft.yaml", name])


def test_format_wins_over_the_name_of_the_output(run):
    """Who names a format gets it, whatever the file is called."""
    run("check", "draft.yaml", "--output", "r.txt", "--format", "json")
    assert json.loads(Path("r.txt").read_text(encoding="utf-8"))["documents"]


@pytest.mark.parametrize("name", ["draft.yaml", "./draft.yaml", "link.yaml"])
def test_output_never_replaces_a_draft(run, name):
    """A report can't overwrite a file that is being checked, under any of its names."""
    Path("link.yaml").symlink_to("draft.yaml")
    status, _, err = run("check", "draft.yaml", "--output", name)
    assert status == 2
    assert f"“{name}” is one of the files that are read" in err
    assert Path("draft.yaml").read_text(encoding="utf-8") == MUST


def test_output_replaces_an_older_report(run):
    """A report is written over an older one, whose permissions stay."""
    Path("r.txt").write_text("old", encoding="utf-8")
    Path("r.txt").chmod(0o640)
    run("check", "draft.yaml", "--output", "r.txt")
    assert "Safe isolation" in Path("r.txt").read_text(encoding="utf-8")
    assert Path("r.txt").stat().st_mode & 0o777 == 0o640


def test_output_to_a_device_is_written_to_it(run):
    """A device is written to, and is never replaced by a file."""
    assert run("check", "draft.yaml", "--output", os.devnull)[0] == 1
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told():
    """Output that can't be written is a sentence and status 2, no traceback."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "microcred", "rules"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"could not be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_no_fault():
    """With `microcred rules | head -1`, nothing is said about the broken pipe."""
    command = [sys.executable, "-m", "microcred", "rules", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)


def test_ctrl_c_ends_quietly(run, monkeypatch):
    """Who interrupts a check gets status 130, and not a word more."""

    def interrupted(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("microcred.checking.check_each", interrupted)
    status, out, err = run("check", "draft.yaml")
    assert (status, out, err.strip()) == (130, "", "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_every_console_can_show_a_report(folder, encoding):
    """A console without some signs shows others; programs always get UTF-8."""
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = shell("check", "draft.yaml", cwd=folder, env=env)
    text = done.stdout.decode(encoding)
    assert (done.returncode, done.stderr) == (1, b"")
    assert re.search(r"M2 +[✓+] met", text)
    assert re.search(r"M6 +[✗x] not met", text)
    done = shell("check", "draft.yaml", "--format", "json", cwd=folder, env=env)
    assert json.loads(done.stdout.decode("utf-8"))["documents"]


@pytest.mark.parametrize(
    ("env", "asked", "expected"),
    [
        ({}, None, False),
        ({"FORCE_COLOR": "1"}, None, True),
        ({"FORCE_COLOR": "0"}, None, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, None, False),
        ({"NO_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colour_follows_option_environment_and_terminal(monkeypatch, env, asked, expected):
    """The option wins, then NO_COLOR, then FORCE_COLOR; a pipe has no colour of its own."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert in_colour(asked) is expected


def test_colours_are_printed_when_asked_for(run):
    """--color paints even into a pipe; without it a pipe stays plain."""
    assert "\x1b[" in run("check", "draft.yaml", "--color")[1]
    assert "\x1b[" not in run("check", "draft.yaml")[1]


def test_a_fault_of_our_own_costs_one_file(run, monkeypatch):
    """If a rule breaks on one file, that file says so and the others are checked."""
    from microcred import checking

    Path("other.yaml").write_text(MUST, encoding="utf-8")
    check_each = checking.check_each

    def broken(name, *args, **kwargs):
        if name == "draft.yaml":
            raise RuntimeError("oops")
        return check_each(name, *args, **kwargs)

    monkeypatch.setattr(checking, "check_each", broken)
    status, out, err = run("check", "draft.yaml", "other.yaml", "--format=json")
    first, second = json.loads(out)["documents"]
    assert (status, err) == (2, "")
    assert "fault of its own (RuntimeError, test_cli line" in first["error"]["message"]
    assert second["findings"]


def test_any_other_fault_is_told_without_a_traceback(run, monkeypatch):
    """No traceback reaches a user, unless the environment asks for one."""

    def broken(*_args, **_options):
        raise RuntimeError("oops")

    monkeypatch.setattr("microcred.checking.checker", broken)
    status, out, err = run("check", "draft.yaml")
    assert (status, out) == (2, "")
    assert err.startswith("Error: microcred met a fault of its own (RuntimeError")
    monkeypatch.setenv("MICROCRED_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        main(["check", "draft.yaml"])


def test_rules_are_listed_for_programs(run):
    """The catalogue names every rule with the keys of the contract, all of them filled in."""
    status, out, _ = run("rules", "--format", "json")
    listed = json.loads(out)
    assert (status, {rule["id"] for rule in listed}) == (0, set(RULES))
    keys = ["id", "level", "element", "title", "why", "fix", "basis", "section", "url"]
    assert [rule for rule in listed if list(rule) != keys] == []
    assert [
        rule["id"] for rule in listed if not all(v or k == "element" for k, v in rule.items())
    ] == []
    assert [rule["id"] for rule in listed if re.search(r"\{\w+\}", rule["fix"])] == []


def test_rules_are_filtered(run):
    """--element and --level narrow the list down."""
    _, out, _ = run("rules", "--format=json", "--element=M6", "--element=m2", "--level=must")
    expected = {
        id for id, rule in RULES.items() if rule.element in ("M2", "M6") and rule.level == "must"
    }
    assert {rule["id"] for rule in json.loads(out)} == expected


def test_rules_are_listed_for_people(run):
    """The list for people names each rule once, under its element, within the width."""
    _, out, _ = run("rules")
    assert sorted(re.findall(r"^  (\S+-\S+) ", out, re.MULTILINE)) == sorted(RULES)
    assert [line for line in out.splitlines() if len(line) > 80] == []
    assert "\nM6 Learning outcomes\n" in out


def test_a_rule_is_explained(run):
    """An explanation holds the facts of the rule and the section of the guidance."""
    pages = sections()
    rule = next(rule for rule in RULES.values() if rule.section in pages)
    status, out, _ = run("explain", rule.id.lower())
    text = " ".join(out.split())
    assert status == 0
    for words in (rule.title, rule.why, rule.basis, f"Level: {rule.level}", rule.id.lower()):
        assert words in text
    assert plain(pages[rule.section]).strip() in out


def test_the_rules_of_an_element_are_explained(run):
    """The number of an element stands for all its rules, each explained once."""
    _, out, _ = run("explain", "M6", "M6-1")
    told = re.findall(r"^(M6-\d+) ", out, re.MULTILINE)
    assert sorted(told) == sorted(id for id, rule in RULES.items() if rule.element == "M6")


@pytest.mark.parametrize("name", ["m6", "Learning outcomes", "outcomes"])
def test_an_element_can_be_named_in_words(name, run):
    """Whoever doesn’t know the number writes the name, or the field of the draft."""
    assert run("explain", name) == run("explain", "M6")


def test_an_unknown_rule_gets_a_guess(run):
    """A slip in an id is answered with the nearest rule."""
    status, out, err = run("explain", "M66-2")
    assert (status, out) == (2, "")
    assert "There is no rule “M66-2”" in err
    assert "Did you mean M6-2?" in err


@pytest.mark.parametrize("kind", ["offer", "award"])
def test_a_new_draft_can_be_checked_at_once(run, kind):
    """A fresh template has no fault of form: only its missing elements are told."""
    status, _, err = run("new", kind, "--output", "new.yaml", "--language", "fi")
    assert (status, "microcred check new.yaml" in err) == (0, True)
    status, out, _ = run("check", "new.yaml", "--format", "json")
    (document,) = json.loads(out)["documents"]
    assert (status, document["kind"]) == (1, kind)
    assert [document["rules"][id] for id in SHAPE] == ["met"] * len(SHAPE)
    missing = {f["element"] for f in document["findings"] if f["level"] == "must"}
    mandatory = {e.id for e in ELEMENTS.values() if kind in e.kinds and not e.optional}
    assert missing == mandatory


@pytest.mark.parametrize("kind", ["offer", "award"])
def test_a_new_draft_explains_every_field(run, kind):
    """Each field of the schema stands in the template, with its title and its description."""
    _, out, _ = run("new", kind)
    notes = " ".join(re.sub(r"(?m)^ *#", "", out).split())
    schema = json.loads(
        (files("microcred") / "schemas/credential-1.schema.json").read_text(encoding="utf-8")
    )
    awards = {"offer", "learner", "issued", "expires", "results", "grade"}
    for name, node in schema["properties"].items():
        if name == "$schema":
            continue
        shown = kind == "award" or name not in awards
        assert bool(re.search(rf"(?m)^{name}:", out)) is shown, name
        if shown:
            assert " ".join(node["description"].split()) in notes
    assert "# Title (M2, mandatory)." in out
    assert "# Stackability (O4, optional)." in out


def test_a_new_draft_never_replaces_a_file(run):
    """A template is only written where nothing is lost."""
    status, _, err = run("new", "offer", "--output", "draft.yaml")
    assert (status, "“draft.yaml” is there already" in err) == (2, True)
    assert Path("draft.yaml").read_text(encoding="utf-8") == MUST


def test_a_new_draft_takes_only_a_language_code(run):
    """What isn't a language code can't slip into the file."""
    status, out, err = run("new", "offer", "--language", "en\nkind: award")
    assert (status, out) == (2, "")
    assert "is no language code" in err


@pytest.mark.parametrize("name", ["credential", "report"])
def test_schemas_are_printed(run, name):
    """The schemas come out whole, for editors and other checkers."""
    status, out, _ = run("schema", name)
    Draft202012Validator.check_schema(json.loads(out))
    assert status == 0


def test_profiles_are_listed(run):
    """The list names the base profile with its version and its source."""
    status, out, _ = run("profiles")
    assert status == 0
    assert "eu-2022" in out
    assert "Council Recommendation 2022/C 243/02" in out


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "fish"])
def test_completion_is_printed(run, shell_name):
    """Each shell gets a script that asks microcred for its completions."""
    status, out, _ = run("completion", shell_name)
    assert (status, "_MICROCRED_COMPLETE" in out) == (0, True)


def test_the_version_is_printed(run):
    """--version names the program and its version."""
    assert run("--version") == (0, f"microcred {microcred.__version__}\n", "")


def test_help_is_printed(run):
    """Every command explains itself."""
    _, out, _ = run("--help")
    commands = re.findall(r"^  (\w+)  ", out.partition("Commands:")[2], re.MULTILINE)
    assert commands == [
        "check",
        "evaluate",
        "explain",
        "rules",
        "new",
        "merge",
        "convert",
        "catalogue",
        "profiles",
        "profile",
        "levels",
        "credits",
        "stack",
        "schema",
        "completion",
    ]
    for command in commands:
        status, out, _ = run(command, "--help")
        assert (status, out.startswith(f"Usage: microcred {command}")) == (0, True)


def test_checking_starts_light():
    """Checking a draft loads nothing of the site, the pages, the network or a worksheet."""
    code = (
        "import sys; from microcred.cli import main; "
        "main(['check', '-', '--format', 'json']); "
        "print(sorted({'sphinx', 'markdown_it', 'docutils', 'ssl', 'http.client', 'sqlite3', "
        "'microcred.worksheets.wording'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=MUST.encode(), capture_output=True, check=False
    )
    assert done.stderr == b"[]\n"
