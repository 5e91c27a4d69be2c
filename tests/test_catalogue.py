"""Catalogues: the same outcome however they are cut, stopped and put together again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fixed_date import PAGES_DATE
from microcred.catalogues import engines, lines, records, unit
from microcred.catalogues.gather import Gathering
from microcred.catalogues.run import WHOLE, Run, begin, merged, opened
from microcred.catalogues.sample import sample
from microcred.catalogues.unchanged import digests
from microcred.catalogues.unit import Job
from microcred.checking import checker
from microcred.cli import main
from microcred.cli.catalogue_run import Workers, worked
from microcred.description import Description
from microcred.problem import Problem

ROOT = Path(__file__).parent.parent
RECORDS = 900
Command = Callable[..., tuple[int, str, str]]
QUESTIONS = {"M8-9", "O5-7"}  # of these, a made-up record may bring up some of its own


@pytest.fixture(scope="module", autouse=True)
def _several_ranges() -> Iterator[None]:
    """Cut even a small catalogue into ranges."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "SMALLEST_RANGE", 512 * 1024)
        yield


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a made-up catalogue."""
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.jsonl"
    path.write_bytes(b"".join(records.dumps(one.data) + b"\n" for one in sample(RECORDS)))
    return path


@pytest.fixture(scope="module")
def done(catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a run over the catalogue that is done."""
    run = _begun(catalogue, tmp_path_factory.mktemp("run"))
    assert sum(count for _, count in engines.in_this_process(run.job, run.missing())) == RECORDS
    return run


def _begun(catalogue: Path, folder: Path, **changed: object) -> Run:
    job = replace(Job(str(catalogue), "", False, "eu-2022", PAGES_DATE), **changed)
    return begin(folder, str(catalogue), job)


def _findings(run: Run) -> bytes:
    outcome = Gathering(run).finished()
    try:
        return b"".join(outcome.findings())
    finally:
        outcome.store.close()


def test_each_planted_fault_is_found_and_nothing_else(done: Run) -> None:
    """Every fault of the sample comes back under its rules; sound records have none."""
    found: dict[int, set[str]] = defaultdict(set)
    for line in _findings(done).splitlines():
        finding = json.loads(line)
        if finding["rule"] not in QUESTIONS:
            found[finding["line"]].add(finding["rule"])
    for one in sample(RECORDS):
        planted = set(one.fault.rules) if one.fault else set()
        assert planted <= found[one.number], (one.number, one.fault)
        assert one.fault or not found[one.number], (one.number, found[one.number])


def test_a_sample_depends_on_seed_and_number_alone() -> None:
    """A part that is made by itself is the same as in the whole, and another seed is another."""
    whole = [one.data for one in sample(40, seed=7)]
    assert [one.data for one in sample(10, seed=7, start=30)] == whole[30:]
    assert [one.data for one in sample(40, seed=8)] != whole


def test_the_same_outcome_from_two_processes(catalogue: Path, done: Run, tmp_path: Path) -> None:
    """Findings are the same bytes, however many do the work."""
    run = _begun(catalogue, tmp_path)
    assert len(run.plan.ranges) > 3
    for _ in engines.in_processes(run.job, run.missing(), 2):
        pass
    assert _findings(run) == _findings(done)


def test_parts_are_gathered_while_others_are_checked(
    catalogue: Path, done: Run, tmp_path: Path
) -> None:
    """Whatever the order in which they are done, the outcome is the same."""
    run = _begun(catalogue, tmp_path)
    gathering = Gathering(run)
    for _ in engines.in_this_process(run.job, run.missing()[::-1]):
        gathering.take()
    outcome = gathering.finished()
    try:
        assert b"".join(outcome.findings()) == _findings(done)
    finally:
        outcome.store.close()


def test_a_stopped_run_goes_on(catalogue: Path, done: Run, tmp_path: Path) -> None:
    """After a stop, what is done stays done, and the outcome is that of a run without a stop."""
    run = _begun(catalogue, tmp_path)
    half = len(run.plan.ranges) // 2
    for _ in engines.in_this_process(run.job, run.missing()[:half]):
        pass
    (run.parts / "999.found.dead").write_bytes(b"half a li")  # what a killed worker leaves
    again = opened(tmp_path, run.job)
    assert len(again.missing()) == len(run.plan.ranges) - half
    for _ in engines.in_this_process(again.job, again.missing()):
        pass
    assert _findings(again) == _findings(done)


def test_shards_are_merged(catalogue: Path, done: Run, tmp_path: Path) -> None:
    """Two shards in folders of their own come to the outcome of one run; one alone is refused."""
    shards = [_begun(catalogue, tmp_path / name) for name in ("one", "two")]
    for number, run in enumerate(shards, 1):
        for _ in engines.in_this_process(run.job, run.missing((number, 2))):
            pass
    with pytest.raises(Problem, match="are not done yet"):
        Gathering(shards[1]).finished()
    assert _findings(merged(shards)) == _findings(done)


def test_different_work_is_not_merged(catalogue: Path, done: Run, tmp_path: Path) -> None:
    """Shards that were checked with other rules don't belong together."""
    other = _begun(catalogue, tmp_path, ignore=("M6",))
    with pytest.raises(Problem, match="hold different work"):
        merged([done, other])


def test_a_run_resumes_only_the_same_work(done: Run) -> None:
    """Other settings are told, with the old and the new."""
    with pytest.raises(Problem, match="with profile “eu-2022”, not “at-2023”"):
        opened(done.folder, replace(done.job, profile="at-2023"))


def test_a_catalogue_that_changed_is_not_resumed(tmp_path: Path) -> None:
    """Ranges of another file would be put together with those of this one."""
    path = tmp_path / "c.jsonl"
    path.write_bytes(b"".join(records.dumps(one.data) + b"\n" for one in sample(3)))
    run = _begun(path, tmp_path / "run")
    path.write_bytes(path.read_bytes() + b"{}\n")
    with pytest.raises(Problem, match="has changed since the run was begun"):
        opened(run.folder, run.job)


REGISTER = "name,website,country\nOne,https://one.example,AT\n"
PROFILES = ROOT / "examples" / "profiles"


@pytest.mark.parametrize(
    ("options", "change", "told"),
    [
        ([], "c.jsonl", "“c.jsonl” has changed since the run was begun"),
        (["--register", "r.csv"], "r.csv", "“r.csv” has changed since the run was begun"),
        (
            ["--profile", "alpha-university.yaml"],
            "xland.yaml",
            "“xland.yaml” has changed since the run was begun",
        ),
        (["--map", "m.yaml"], "m.yaml", "were read in another way"),
    ],
)
def test_a_run_notices_what_has_changed(
    options: list[str], change: str, told: str, run_command: Command
) -> None:
    """Catalogue, register, profile or mapping: what was found before doesn't hold for the new."""
    Path("c.jsonl").write_bytes(SOUND + b"\n")
    Path("r.csv").write_text(REGISTER)
    Path("m.yaml").write_text("heading row: 1\n")
    for name in ("alpha-university.yaml", "xland.yaml"):
        Path(name).write_text((PROFILES / name).read_text())
    command = ["check", "c.jsonl", "--on", PAGES_DATE, "--run", "run", *options]
    assert run_command(*command, "--keep")[0] in {0, 1}
    assert run_command(*command, "--keep", "--resume")[0] in {0, 1}, "nothing has changed yet"
    text = Path(change).read_text()
    Path(change).write_text(text.replace("heading row: 1", "heading row: 2") + " ")
    status, _, errors = run_command(*command, "--resume")
    assert status == 2
    assert told in errors
    assert "--restart" in errors


def test_a_folder_that_changed_is_not_resumed(run_command: Command) -> None:
    """A file that was mended in a folder makes another catalogue of it."""
    Path("offers").mkdir()
    for name in ("a.json", "b.json"):
        Path("offers", name).write_bytes(SOUND)
    command = ["check", "offers", "--on", PAGES_DATE, "--run", "run"]
    assert run_command(*command, "--keep")[0] == 0
    Path("offers", "b.json").write_bytes(SOUND + b"\n")
    status, _, errors = run_command(*command, "--resume")
    assert status == 2
    assert "“offers” has changed" in errors


def test_another_catalogue_is_not_gone_on_with(run_command: Command) -> None:
    """The run of one catalogue says whose it is when another is named."""
    for name in ("a.jsonl", "b.jsonl"):
        Path(name).write_bytes(SOUND + b"\n")
    run_command("check", "a.jsonl", "--on", PAGES_DATE, "--run", "run", "--keep")
    status, _, errors = run_command("check", "b.jsonl", "--run", "run", "--resume")
    assert status == 2
    assert "was begun with “a.jsonl”, not with “b.jsonl”" in errors


def test_a_list_that_changes_during_a_run_stops_it(tmp_path: Path) -> None:
    """Workers that begin later would check against another list than those before."""
    path, register = tmp_path / "c.jsonl", tmp_path / "r.csv"
    path.write_bytes(SOUND)
    register.write_text(REGISTER)
    lists = (str(register),)
    run = _begun(path, tmp_path / "run", registers=lists, files=digests(lists))
    register.write_text(REGISTER + "Two,https://two.example,AT\n")
    with pytest.raises(Problem, match="has changed since the run was begun"):
        list(engines.in_this_process(run.job, run.missing()))


def test_what_a_shard_does_not_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_command: Command
) -> None:
    """The options were taken, and no file came of them."""
    monkeypatch.chdir(tmp_path)
    Path("c.jsonl").write_bytes(SOUND)
    status, _, err = run_command("check", "c.jsonl", "--shard", "1/2", "--findings", "f.csv")
    assert status == 2
    assert "Give --output and --findings to “microcred catalogue merge”" in err


class _Meanwhile(Workers):
    """Workers while whom somebody saves the catalogue again."""

    def check(self, run: Run, left: list[lines.Range]) -> engines.Done:
        yield from super().check(run, left)
        Path(run.job.path).write_bytes(SOUND * 2)


def test_a_catalogue_that_changes_while_it_is_checked(tmp_path: Path) -> None:
    """The report was on a mixture of both versions."""
    path = tmp_path / "c.jsonl"
    path.write_bytes(SOUND)
    with pytest.raises(Problem, match="has changed since the run was begun"):
        worked(_begun(path, tmp_path / "run"), WHOLE, _Meanwhile(1))


SMALL = 60  # more ranges than are checked before a signal arrives
SMALL_RANGES = """
import signal, sys
from microcred.catalogues import lines
from microcred.cli import main
if __name__ == "__main__":
    # A shell that works in the background has its children ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    lines.SMALLEST_RANGE = 64 * 1024
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
@pytest.mark.skipif(os.name == "nt", reason="signals of this kind exist on POSIX alone")
def test_a_killed_command_goes_on(stop: int, catalogue: Path, done: Run, tmp_path: Path) -> None:
    """Stopped in the middle, and then resumed: nothing is lost and nothing comes twice."""
    command = [sys.executable, "-c", SMALL_RANGES, "catalogue", "check", str(catalogue)]
    command += ["--on", PAGES_DATE, "--jobs", "2", "--run", "run", "--findings", "out.jsonl"]
    begun = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    parts = tmp_path / "run" / "parts"
    while begun.poll() is None and len(list(parts.glob("*.json"))) < 2:
        time.sleep(0.02)
    begun.send_signal(stop)
    told = begun.communicate(timeout=60)[1].decode()
    before = len(list(parts.glob("*.json")))
    assert before < SMALL, "the run was over before it could be stopped"
    if stop == signal.SIGINT:
        assert begun.returncode == 130
        assert "--resume" in told
    assert not (tmp_path / "out.jsonl").exists()
    again = subprocess.run([*command, "--resume"], cwd=tmp_path, capture_output=True, check=False)
    assert again.returncode == 1, again.stderr.decode()
    assert (tmp_path / "out.jsonl").read_bytes() == _findings(done)


@pytest.mark.skipif(os.name == "nt", reason="files there have no largest size to be set")
def test_a_full_disk_is_told_and_the_run_goes_on(
    catalogue: Path, done: Run, tmp_path: Path
) -> None:
    """It was told as a fault of the package."""
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, -1)); "
    command = ["catalogue", "check", str(catalogue), "--on", PAGES_DATE, "--jobs", "1"]
    command += ["--run", "run", "--findings", "out.jsonl"]
    for before, fails in ((full, True), ("", False)):
        script = f"{before}from microcred.cli import main; raise SystemExit(main())"
        again = ["--resume"] if not fails else []
        ran = subprocess.run(
            [sys.executable, "-c", script, *command, *again],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert ran.returncode == (2 if fails else 1)
        assert ("“run” could not be written" in ran.stderr.decode()) is fails
    assert (tmp_path / "out.jsonl").read_bytes() == _findings(done)


def test_ctrl_c_comes_when_nothing_is_locked(catalogue: Path, tmp_path: Path) -> None:
    """It is heard between two parts, and afterwards it does what it did before."""
    run = _begun(catalogue, tmp_path)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        checking = engines.in_processes(run.job, run.missing(), 2)
        next(checking)
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            list(checking)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert run.missing()


def test_a_worker_that_dies_is_replaced(catalogue: Path, done: Run, tmp_path: Path) -> None:
    """A process that is ended from outside costs its range some time and nothing else."""
    run = _begun(catalogue, tmp_path)
    killed = False
    for _ in engines.in_processes(run.job, run.missing(), 2):
        if not killed:
            import multiprocessing as mp

            victim = mp.active_children()[0]
            os.kill(victim.pid or 0, signal.SIGTERM)
            killed = True
    assert _findings(run) == _findings(done)


# -- Lines ---------------------------------------------------------------------------------------

SOUND = records.dumps(next(sample(1, start=5)).data)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"microcred": 1, "title": "A", "title": "B"}', "title"),
        (b'{"microcred": 1, "title": NaN}', "NaN"),
        (b'{"microcred": 1, "title": "A"', "ends too early"),
        (b"[" * 5000, "levels of lists"),
        (b'{"a":' * 2000 + b"1" + b"}" * 2000, "levels of lists"),
        (b'{"microcred":1,"title":"\xff"}', "UTF-8"),
        (b'{"microcred":1,"title":"\\u0000"}', "U+0000"),
        (b'"a text"', "only a text"),
        (b"7", "only the value 7"),
        (b'{"foo": 1}', "not a description"),
        (b'{"microcred":1,"title":"' + b"x" * 300_000 + b'"}', "longer than"),
    ],
)
def test_one_bad_record_never_stops_the_run(line: bytes, told: str, tmp_path: Path) -> None:
    """What can't be read is told with its line; the records around it are checked."""
    path = tmp_path / "c.jsonl"
    path.write_bytes(b"\n".join((SOUND, line, b"", SOUND)))
    run = _begun(path, tmp_path / "run")
    assert sum(count for _, count in engines.in_this_process(run.job, run.missing())) == 3
    (unread,) = [
        finding
        for finding in map(json.loads, _findings(run).splitlines())
        if finding["outcome"] == "unread"
    ]
    assert (unread["at"], unread["line"]) == ("line 2", 2)
    assert told in unread["message"]


def test_a_line_that_needs_care_may_have_bare_values(tmp_path: Path) -> None:
    """What looks like an odd escape, and texts where groups belong, in one record."""
    path = tmp_path / "c.jsonl"
    offer = {
        "microcred": 1,
        "title": r"A weld \u0001",
        "outcomes": ["Welds a joint"],
        "bodies": "B",
    }
    path.write_text(json.dumps(offer) + "\n", encoding="utf-8")
    run = _begun(path, tmp_path / "run")
    assert sum(count for _, count in engines.in_this_process(run.job, run.missing())) == 1
    told = [json.loads(line) for line in _findings(run).splitlines()]
    assert "unread" not in {one["outcome"] for one in told}
    assert {"/outcomes/0", "/bodies"} <= {one["pointer"] for one in told}


def test_a_line_beyond_the_bound_is_skipped_without_reading_it(tmp_path: Path) -> None:
    """Six megabytes without an end of line cost a finding, and the next record is read."""
    path = tmp_path / "c.jsonl"
    path.write_bytes(b'{"a":"' + b"x" * 6_000_000 + b'"}\n' + SOUND + b"\n")
    run = _begun(path, tmp_path / "run")
    assert sum(count for _, count in engines.in_this_process(run.job, run.missing())) == 2
    assert b"The record is larger than 5 MiB" in _findings(run)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("last", [True, False], ids=["closed", "open"])
def test_ranges_never_divide_a_line(
    ending: bytes, last: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However small the ranges are, all lines come out once and with their numbers."""
    path = tmp_path / "c.jsonl"
    texts = [b"x" * (number % 7) for number in range(200)]
    path.write_bytes(ending.join(texts) + (ending if last else b""))
    expected = [(number, text) for number, text in enumerate(texts, 1) if text]
    for each in (1, 2, 3, 10, 64, 100_000):
        monkeypatch.setattr(lines, "SMALLEST_RANGE", each)
        whole = lines.plan(path)
        found = [line for part in whole.ranges for line in lines.lines(path, part)]
        assert [(line.number, line.content) for line in found] == expected
        assert all(lines.reread(path, line.start) == line.content for line in found)


@pytest.mark.parametrize(
    "line",
    [
        SOUND,
        json.dumps(json.loads(SOUND)).encode(),
        json.dumps(json.loads(SOUND), ensure_ascii=False, indent=1).replace("\n", " ").encode(),
        json.dumps(json.loads(SOUND) | {"title": "Επαγγελματική «αγωγή»"}).encode(),
        b'{"microcred":1,"kind":"offer","title":"A [draft] {of} it","x-a":[[1.50,1e2]]}',
        b'{"microcred": 1, "title": ": a \\": b", "x-a": {"\\\\": 1}}',
    ],
)
def test_quick_and_careful_reading_agree(line: bytes) -> None:
    """The quick way gives the same data as the reader of single files."""
    from microcred.readers import read

    quick = records.quickly(line)
    assert quick is None or quick == read(line, name="a.json").data


@pytest.mark.parametrize(
    "line",
    [
        b'{"title": "A", "title": "B"}',
        b'{"a": {"b": 1, "b": 2}}',
        b'{"a\\\\": 1, "a\\\\": 2}',
        b'{"a" : 1, "x": ": ", "a" : 2}',
        b'{"a": 1234567890123456}',
        b'{"a": "\\u0007"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\uFFFE"}',
        b'{"a": "\\u009f"}',
    ],
)
def test_what_is_odd_is_left_to_the_careful_reader(line: bytes) -> None:
    """However it is spelled, the quick way doesn't take it."""
    assert records.quickly(line) is None


def test_a_fault_of_ours_costs_one_record(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash inside the checks is told for its record, and the others are checked."""
    real = unit.traits

    def broken(description: Description) -> object:
        if str(description.data.get("id", "")).endswith("0000003"):
            raise RuntimeError("planted")
        return real(description)

    monkeypatch.setattr(unit, "traits", broken)
    run = _begun(catalogue, tmp_path)
    for _ in engines.in_this_process(run.job, run.missing()[:1]):
        pass
    found = (run.parts / "000000.found").read_text()
    assert found.count("a fault of its own (RuntimeError") == 1


# -- The command ---------------------------------------------------------------------------------


@pytest.fixture
def run_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Return what runs a command in a folder of its own: status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["catalogue", *arguments])
        told = capfd.readouterr()
        return status, told.out, told.err

    return run


def test_the_command_checks_and_reports(catalogue: Path, run_command: Command) -> None:
    """A summary on the terminal, findings in a file, and no folder left behind."""
    status, out, _ = run_command(
        "check", str(catalogue), "--on", PAGES_DATE, "--jobs", "1", "--findings", "f.jsonl"
    )
    assert status == 1
    assert "Report on a catalogue of 900 records" in out
    assert sorted(path.name for path in Path().iterdir()) == ["f.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--select", "M2"], 1),
        (["--select", "M2-4"], 0),
        (["--select", "CAT-1"], 0),
        (["--select", "CAT-1", "--strict"], 1),
    ],
)
def test_the_exit_status(
    arguments: list[str], status: int, catalogue: Path, run_command: Command
) -> None:
    """0 if all must rules are met, 1 if one isn't; with --strict any rule counts."""
    found, *_ = run_command("check", str(catalogue), "--on", PAGES_DATE, "--jobs", "1", *arguments)
    assert found == status


def test_an_empty_catalogue(run_command: Command) -> None:
    """Nothing to check is status 3."""
    Path("c.jsonl").write_text("")
    assert run_command("check", "c.jsonl")[0] == 3


def test_an_unread_record_is_status_2(run_command: Command) -> None:
    """A record that can't be read changes the status, as a file does."""
    Path("c.jsonl").write_bytes(SOUND + b"\n{broken\n")
    assert run_command("check", "c.jsonl", "--on", PAGES_DATE)[0] == 2


def test_the_sample_command(run_command: Command) -> None:
    """The faults that were planted stand in a file beside the sample."""
    assert (
        run_command("sample", "--records", "50", "--output", "s.jsonl", "--faults", "f.jsonl")[0]
        == 0
    )
    planted = [json.loads(line) for line in Path("f.jsonl").read_text().splitlines()]
    assert [json.loads(line) for line in Path("s.jsonl").read_bytes().splitlines()] == [
        one.data for one in sample(50)
    ]
    assert [note["line"] for note in planted] == [one.number for one in sample(50) if one.fault]


def test_long_texts_leave_little_in_memory() -> None:
    """What is remembered of texts is bounded by their size, too, and not by their number alone."""
    ready = checker(on="2026-11-01")
    tracemalloc.start()
    try:
        for number in range(300):
            words = " ".join(f"слово{number}я{place}" for place in range(1600))
            offer = {"language": "uk", "outcomes": [{"statement": words}], "summary": words}
            ready.judge(offer, "offer")
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 10 * 2**20


@pytest.mark.parametrize(
    "call",
    [
        ("check", "c.jsonl", "--findings", "x.csv", "--output", "x.csv"),
        ("sample", "--output", "x.jsonl", "--faults", "./x.jsonl"),
    ],
    ids=lambda call: call[0],
)
def test_two_files_of_one_name(
    call: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_command: Command
) -> None:
    """The report replaced the findings."""
    monkeypatch.chdir(tmp_path)
    Path("c.jsonl").write_text("{}")
    status, _, err = run_command(*call)
    assert status == 2
    assert "is named for two files" in err
    assert not list(tmp_path.glob("x.*"))
