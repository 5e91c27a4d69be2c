"""Measure how long checks take; every figure is a ratio of two things timed in the same run."""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = Path(sys.executable).parent
SCHEMA = ROOT / "checks/microcred/schemas/credential-1.schema.json"
ON = "2026-11-01"  # any fixed day: what is measured must not depend on the clock
COMPILED = ("jsonschema_rs", "orjson")  # what the extra "fast" brings
ROUNDS = 20  # in each, all pieces are timed on lines of their own: the machine may change its pace


def offers(count: int) -> Iterator[bytes]:
    """Yield lines of JSON: the worked offers in turn, each with texts and numbers of its own.

    Every fourth lacks one part, so that there are findings as in a real catalogue.
    """
    from microcred.readers import read

    models = [read(path).data for path in sorted((ROOT / "examples/worked").glob("*/offer.yaml"))]
    for number in range(count):
        offer = json.loads(json.dumps(models[number % len(models)]))
        offer["id"] = f"https://catalogue.example/mc/{number}"
        for outcome in offer["outcomes"]:
            outcome["statement"] = f"{outcome['statement']} in case {number}"
        if number % 4 == 0:
            parts = [part for part in offer if part not in ("microcred", "kind", "language")]
            del offer[parts[number // 4 % len(parts)]]
        yield json.dumps(offer, ensure_ascii=False).encode()


def a_line(work: Callable[[list[bytes]], object], lines: list[bytes], together: int = 1) -> float:
    """Return the microseconds of processor time that *work* takes for one line.

    It is given so many lines at a time as ``together`` says.
    """
    parts = [lines[start : start + together] for start in range(0, len(lines), together)]
    start = time.process_time()
    for part in parts:
        work(part)
    return 1e6 * (time.process_time() - start) / len(lines)


def throughput(count: int) -> dict[str, float]:
    """Return what each piece of the way takes for a line, in this process, and what it comes to."""
    from jsonschema import Draft202012Validator

    from microcred.checking import checker
    from microcred.rules import RULES
    from microcred.shape import faults
    from microcred.walk import TOGETHER

    try:
        import orjson

        loads: Callable[[bytes], Any] = orjson.loads
    except ImportError:
        loads = json.loads
    lines = list(offers(count))
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    ready = checker(on=ON)

    def judged(many: list[bytes]) -> object:
        # As a run over a catalogue does it.
        return ready.judge_all([ready.document(loads(line), "offer") for line in many])

    def measured(some: list[bytes]) -> dict[str, float]:
        # The reference is slow and steady: a part of the lines is enough to time it.
        few = some[: max(10, len(some) // 10)]
        taken = {
            "reference": a_line(lambda one: list(validator.iter_errors(loads(one[0]))), few),
            "shape": a_line(lambda one: faults(loads(one[0])), some),
            "full": a_line(judged, some, TOGETHER),
            "parse": a_line(lambda one: loads(one[0]), some),
        }
        return taken | {
            "times": taken["reference"] / taken["full"],
            "limit": taken["full"] / taken["parse"],
        }

    measured(lines[:TOGETHER])  # warms up
    gc.freeze()  # what lives as long as the process need not be looked at again and again
    each = len(lines) // ROUNDS
    rounds = [measured(lines[start : start + each]) for start in range(0, ROUNDS * each, each)]
    return {
        "bytes": sum(map(len, lines)) / len(lines),
        "rules": len(RULES),
        **{name: median(taken[name] for taken in rounds) for name in rounds[0]},
    }


def in_a_process(count: int, *, plain: bool) -> dict[str, float]:
    """Return the throughput measured by a process of its own, with or without the extra."""
    command = [sys.executable, __file__, "--throughput", "--records", str(count)]
    command += ["--plain"] * plain
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def whole_process(draft: str, times: int = 9) -> float:
    """Return our wall time on one draft as a multiple of check-jsonschema's, pair by pair."""
    ours: list[str | Path] = [COMMANDS / "microcred", "check", draft, "--on", ON]
    theirs: list[str | Path] = [COMMANDS / "check-jsonschema", "--schemafile", SCHEMA, draft]
    ratios = []
    for _ in range(times):
        seconds = []
        for command in (ours, theirs):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
            seconds.append(time.perf_counter() - start)
        ratios.append(seconds[0] / seconds[1])
    return median(ratios)


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("draft", nargs="?", default="examples/drafts/first-draft.yaml")
    parser.add_argument("--records", type=int, default=20_000, help="how many offers to check")
    parser.add_argument("--throughput", action="store_true", help="print raw figures only")
    parser.add_argument("--plain", action="store_true", help="do without the extra fast")
    options = parser.parse_args()
    if options.plain:
        for name in COMPILED:
            sys.modules[name] = None  # type: ignore[assignment] # an import of it now fails
    if options.throughput:
        print(json.dumps(throughput(options.records)))
        return
    print(f"(a) one draft, whole process: {whole_process(options.draft):.2f} of check-jsonschema")
    for name, plain, count in (
        ("with fast", False, options.records),
        ("without fast", True, options.records // 10),
    ):
        figures = in_a_process(count, plain=plain)
        rules = figures["full"] - figures["shape"]
        print(
            f"(b) {name}: {count} offers of {figures['bytes']:.0f} bytes, shape and all "
            f"{figures['rules']:.0f} rules: {figures['times']:.1f} times jsonschema on shape alone"
        )
        print(f"    the rules cost {rules / figures['rules']:.2f} microseconds each and offer")
        print(f"(c) {name}: {figures['limit']:.1f} times the time of parsing the same bytes")


if __name__ == "__main__":
    main()
