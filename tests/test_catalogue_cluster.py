"""A cluster of several workers on one machine, one of which dies in the middle of a run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from fixed_date import PAGES_DATE
from microcred.catalogues import engines, lines
from microcred.catalogues.gather import Gathering
from microcred.catalogues.records import dumps
from microcred.catalogues.run import Run, begin
from microcred.catalogues.sample import sample
from microcred.catalogues.unit import Job
from microcred.cli import main

# In a process of its own: what a cluster leaves behind must not reach the other tests.
CLUSTER = """
import os, signal, sys
from pathlib import Path
from distributed import LocalCluster
from microcred.catalogues import engines
from microcred.catalogues.run import opened

if __name__ == "__main__":
    run = opened(Path(sys.argv[1]))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        victim = next(iter(cluster.workers.values())).pid
        counts = []
        for part, count in engines.on_dask(run.job, run.missing(), cluster.scheduler_address):
            counts.append(count)
            if len(counts) == 2:
                os.kill(victim, signal.SIGKILL)
    print(sum(counts), len(counts))
"""


def _run(folder: Path, source: Path) -> Run:
    return begin(folder, str(source), Job(str(source), "", False, "eu-2022", PAGES_DATE))


def _findings(run: Run) -> bytes:
    outcome = Gathering(run).finished()
    try:
        return b"".join(outcome.findings())
    finally:
        outcome.store.close()


def test_a_worker_of_a_cluster_may_die(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the dead worker had is done by the others: nothing is lost, and nothing comes twice."""
    pytest.importorskip("distributed", reason="the extra dask isn’t installed")
    # Every process has to see the same ranges.
    script = CLUSTER.replace(
        "    run = opened", "    lines.SMALLEST_RANGE = 32768\n    run = opened"
    )
    script = script.replace("import engines", "import engines, lines")
    monkeypatch.setattr(lines, "SMALLEST_RANGE", 32768)
    source = tmp_path / "c.jsonl"
    source.write_bytes(b"".join(dumps(one.data) + b"\n" for one in sample(200)))
    run = _run(tmp_path / "cluster", source)
    command = [sys.executable, "-c", script, str(run.folder)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=300)
    assert done.stdout.split() == ["200", str(len(run.plan.ranges))], done.stderr[-2000:]
    alone = _run(tmp_path / "alone", source)
    for _ in engines.in_this_process(alone.job, alone.missing()):
        pass
    assert _findings(run) == _findings(alone)


PAGE = Path(__file__).parent.parent / "docs" / "reference" / "catalogues" / "cluster.md"


def _block(heading: str, language: str) -> str:
    """Return the first block in a language below a heading of the page on clusters."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2]
    return text.partition(f"```{language}\n")[2].partition("```")[0]


def _slurm(folder: Path, shard: int) -> tuple[str, dict[str, str]]:
    del folder
    task = {"SLURM_ARRAY_TASK_ID": str(shard + 1), "SLURM_ARRAY_TASK_COUNT": "2"}
    return _block("Slurm", "bash"), task


def _kubernetes(folder: Path, shard: int) -> tuple[str, dict[str, str]]:
    job = yaml.safe_load(_block("Kubernetes", "yaml"))
    pod = job["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    # What the interface of Kubernetes demands of a job whose pods have numbers.
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job")
    assert job["spec"]["completionMode"] == "Indexed"
    assert pod["restartPolicy"] == "Never", "backoffLimitPerIndex asks for it"
    assert container["command"] == ["bash", "-c"]
    assert {mount["name"] for mount in container["volumeMounts"]} == {
        volume["name"] for volume in pod["volumes"]
    }
    (shards,) = container["env"]
    assert shards == {"name": "SHARDS", "value": str(job["spec"]["completions"])}
    (script,) = container["args"]
    return script.replace("/data", str(folder)), {"JOB_COMPLETION_INDEX": str(shard), "SHARDS": "2"}


@pytest.mark.parametrize("recipe", [_slurm, _kubernetes])
@pytest.mark.skipif(shutil.which("bash") is None, reason="the recipes are scripts of bash")
def test_a_recipe_for_a_cluster(
    recipe: Callable[[Path, int], tuple[str, dict[str, str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The script of each shard runs as its scheduler starts it, also when it is put back."""
    monkeypatch.chdir(tmp_path)
    Path("register.jsonl").write_bytes(b"".join(dumps(one.data) + b"\n" for one in sample(400)))
    binaries = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for shard in (0, 1, 1):
        script, task = recipe(tmp_path, shard)
        subprocess.run(
            ["bash", "-c", script],
            env=os.environ | task | {"PATH": binaries},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
    folders = sorted(map(str, tmp_path.glob("**/run.json")))
    assert main(["catalogue", "merge", *(str(Path(one).parent) for one in folders)]) == 1
    assert "Report on a catalogue of 400 records" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--engine", "dask"], "needs the address of its scheduler"),
        (["--shard", "3/2"], "names no shard"),
        (["--shard", "one"], "names no shard"),
        (["--resume"], "holds no run that could go on"),
        (["--findings", "f.xml"], "names no form"),
        (["--since", "c.jsonl"], "holds no summary of an earlier run"),
    ],
)
def test_wrong_options_are_told(
    options: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each gets a sentence and status 2, before anything is checked."""
    monkeypatch.chdir(tmp_path)
    Path("c.jsonl").write_bytes(dumps(next(sample(1)).data))
    assert main(["catalogue", "check", "c.jsonl", *options]) == 2
    assert told in capsys.readouterr().err
