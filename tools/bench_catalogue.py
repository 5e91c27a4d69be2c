"""Measure how catalogues are checked; figures are ratios of things timed in the same run.

Processor time is what counts where one process works, so that other work on the machine changes
little; only the gain from a second process is taken from the clock.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "checks/microcred/schemas/credential-1.schema.json"
ON = "2026-11-01"
KIB = 1024
ROUNDS = 5
TURNS = 4  # of the smallest catalogue in each round: the shorter a run, the more it varies
OFTEN = 100_000  # records that are checked in each round; a larger catalogue is checked once
# Records from all over the catalogue by which jsonschema is timed: as long as a whole run of ours
# takes, so that a moment of quiet is as likely for one as for the other.
COMPARED = 1250
SENTENCE = 4  # words that make one
LETTERS = "abcdefghij"  # for digits, since rules look for figures


def made(folder: Path, records: int) -> Path:
    """Return a made-up catalogue of that size."""
    from microcred.catalogues.records import dumps
    from microcred.catalogues.sample import sample

    path = folder / f"{records}.jsonl"
    if not path.exists():
        with path.open("wb") as stream:
            stream.writelines(dumps(one.data) + b"\n" for one in sample(records))
    return path


def unlike(path: Path) -> Path:
    """Return a catalogue with the same records, in which no sentence comes twice."""
    from microcred.catalogues.records import dumps, loads

    other = path.with_suffix(".unlike.jsonl")
    numbers = itertools.count()
    if not other.exists():
        with other.open("wb") as stream:
            for line in path.read_bytes().splitlines():
                stream.write(dumps(_unlike(loads(line), numbers)) + b"\n")
    return other


def _unlike(node: Any, numbers: Iterator[int]) -> Any:
    """Return data with a word of its own in the middle of each sentence."""
    if isinstance(node, dict):
        return {name: _unlike(value, numbers) for name, value in node.items()}
    if isinstance(node, list):
        return [_unlike(value, numbers) for value in node]
    if not isinstance(node, str) or len(words := node.split(" ")) < SENTENCE:
        return node
    own = "".join(LETTERS[int(digit)] for digit in str(next(numbers)))
    return " ".join([*words[: SENTENCE // 2], own, *words[SENTENCE // 2 :]])


def run(path: Path, jobs: int) -> dict[str, float]:
    """Check a whole catalogue in this process and *jobs* others, and tell what it took."""
    from microcred.catalogues import engines
    from microcred.catalogues.gather import Gathering
    from microcred.catalogues.run import begin
    from microcred.catalogues.unit import Job

    with tempfile.TemporaryDirectory() as folder:
        start, used = time.perf_counter(), time.process_time()
        whole = begin(Path(folder), str(path), Job(str(path), "", False, "eu-2022", ON))
        left = whole.missing()
        checking = time.perf_counter()
        done = (
            engines.in_processes(whole.job, left, jobs)
            if jobs > 1
            else engines.in_this_process(whole.job, left)
        )
        gathering, records = Gathering(whole), 0
        for _, count in done:
            records += count
            gathering.take()
        checked = time.perf_counter() - checking
        outcome = gathering.finished()
        for _ in outcome.findings():
            pass
        outcome.store.close()
    here, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "records": records,
        "seconds": time.perf_counter() - start,
        "checking": checked,
        "processor": time.process_time() - used + others.ru_utime + others.ru_stime,
        "memory": max(_peak() or here.ru_maxrss, others.ru_maxrss) / KIB,
    }


def _peak() -> int:
    """Return the most memory that this process has had, in KiB; 0 where nobody tells.

    What the system counts for a process begins with what the one had that started it.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0])


def in_a_process(path: Path, jobs: int) -> dict[str, float]:
    """Return what *run* tells, measured by a process of its own."""
    command = [sys.executable, __file__, "--run", str(path), "--jobs", str(jobs)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def a_record(work: Callable[[bytes], object], lines: list[bytes]) -> float:
    """Return the processor time that *work* takes for one line, in seconds."""
    for line in lines[:20]:
        work(line)
    start = time.process_time()
    for line in lines:
        work(line)
    return (time.process_time() - start) / len(lines)


def limits(path: Path) -> dict[str, float]:
    """Return the time a record of jsonschema on shape alone, of parsing, and of reading."""
    from jsonschema import Draft202012Validator

    from microcred.catalogues.records import loads

    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    lines = path.read_bytes().splitlines()
    some = lines[:: max(1, len(lines) // COMPARED)]
    return {
        "jsonschema": a_record(lambda line: list(validator.iter_errors(loads(line))), some),
        "parse": a_record(loads, lines),
        "read": _read(path) / len(lines),
        "bytes": sum(map(len, lines)) / len(lines),
    }


def _read(path: Path) -> float:
    start = time.process_time()
    with path.open("rb") as stream:
        for _ in stream:
            pass
    return time.process_time() - start


def _cost(figures: dict[str, float]) -> float:
    return figures["processor"] / figures["records"]


def told(sizes: list[int], folder: Path, pairs: int) -> None:
    """Print the measurements."""
    smallest = made(folder, sizes[0])
    bound = limits(smallest)
    # Other work on the machine makes a run slower and never quicker, so the best of several counts.
    # Run and limits take turns, so that both meet the same machine.
    runs = {size: [in_a_process(made(folder, size), 1)] for size in sizes}
    for turn in range(ROUNDS * TURNS):
        for size in sizes if turn % TURNS == 0 else sizes[:1]:
            if size <= OFTEN:
                runs[size].append(in_a_process(made(folder, size), 1))
        bound = {name: min(value, bound[name]) for name, value in limits(smallest).items()}
    first = min(map(_cost, runs[sizes[0]]))
    usual = {size: median(map(_cost, found)) for size, found in runs.items()}
    print(f"{sizes[0]:,} records of {bound['bytes']:.0f} bytes, one process, all rules:")
    print(f"  {bound['jsonschema'] / first:.1f} times jsonschema on shape alone")
    print(f"  {1e6 * first:.0f} microseconds of processor time a record")
    print(f"  {first / bound['parse']:.0f} times the time of parsing the same bytes")
    print(f"  {first / bound['read']:.0f} times the time of reading the file at all")
    other = unlike(smallest)
    turns = [(limits(other)["jsonschema"], _cost(in_a_process(other, 1))) for _ in range(ROUNDS)]
    bounds, costs = map(min, zip(*turns, strict=True))
    print(f"  {bounds / costs:.1f} times jsonschema where no sentence comes twice")
    for size in sizes:
        print(
            f"  {size:>9,} records: {usual[size] / usual[sizes[0]]:.2f} of that cost a record, "
            f"{max(one['memory'] for one in runs[size]):.0f} MiB at most in a process"
        )
    largest = made(folder, min(sizes[-1], 50_000))
    gains: dict[str, list[float]] = {"checking": [], "seconds": []}
    for _ in range(pairs):
        one, two = (in_a_process(largest, jobs) for jobs in (1, 2))
        for name, found in gains.items():
            found.append(one[name] / two[name])
    print(
        f"  {median(gains['checking']):.2f} times as fast with two processes, and "
        f"{median(gains['seconds']):.2f} with what one does alone, such as comparing"
    )


def main() -> None:
    """Print the measurements, or those of one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, help="one catalogue to check, for raw figures")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--sizes", default="10000,100000", help="numbers of records")
    parser.add_argument("--folder", type=Path, help="where made-up catalogues are kept")
    parser.add_argument("--pairs", type=int, default=3, help="runs to compare processes by")
    options = parser.parse_args()
    if options.run:
        print(json.dumps(run(options.run, options.jobs)))
        return
    sizes: list[Any] = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        told(sizes, options.folder or Path(folder), options.pairs)


if __name__ == "__main__":
    main()
