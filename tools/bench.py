"""Measure how long checks take, beside another checker of JSON Schema."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import microcred
from microcred.checking import check_one, checker

ON = "2026-11-01"  # any fixed day: what is measured must not depend on the clock
COMMANDS = Path(sys.executable).parent
SCHEMA = Path(microcred.__file__).parent / "schemas" / "credential-1.schema.json"
COMPILED = ("jsonschema_rs", "orjson")  # the extra "fast"


def records(model: Mapping[str, object], count: int) -> Iterator[bytes]:
    """Yield variants of a document; each fourth lacks one part, so that there are findings."""
    parts = [part for part in model if part not in ("microcred", "kind", "language", "title")]
    for number in range(count):
        record = {**model, "id": f"https://example.org/mc/{number}"}
        if number % 4 == 0:
            del record[parts[number // 4 % len(parts)]]
        yield json.dumps(record, ensure_ascii=False).encode()


def a_second(drafts: list[bytes]) -> float:
    """Return how many drafts a second one process reads and checks."""
    ready = checker(on=ON)
    check_one(drafts[0], ready)  # the first builds what all others use
    start = time.perf_counter()
    for draft in drafts:
        check_one(draft, ready)
    return len(drafts) / (time.perf_counter() - start)


def seconds(*command: str | Path, times: int = 5) -> float:
    """Return the shortest time that a command took."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        took.append(time.perf_counter() - start)
    return min(took)


def main() -> None:
    """Print the measurements as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("draft", help="the document to make variants of")
    parser.add_argument("--records", type=int, default=2000, help="how many variants to check")
    parser.add_argument("--plain", action="store_true", help="do without the extra fast")
    options = parser.parse_args()
    if options.plain:
        sys.modules.update(dict.fromkeys(COMPILED))  # type: ignore[arg-type]  # None: not there
    model = microcred.read(options.draft).data
    drafts = list(records(model, options.records))
    if options.plain:
        print(f"{a_second(drafts):.0f}")
        return
    again = (sys.executable, __file__, options.draft, "--records", str(options.records // 4))
    plain = subprocess.run((*again, "--plain"), capture_output=True, check=True, text=True)
    print("| What | Measured |")
    print("|---|---|")
    print(f"| Drafts a second, with the extra fast | {a_second(drafts):.0f} |")
    print(f"| Drafts a second, base install | {int(plain.stdout)} |")
    print(f"| `microcred --version` | {seconds(COMMANDS / 'microcred', '--version'):.2f} s |")
    one = seconds(COMMANDS / "microcred", "check", options.draft)
    print(f"| `microcred check` of one draft | {one:.2f} s |")
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder, f"{number}.json") for number in range(200)]
        for name, draft in zip(names, drafts, strict=False):
            name.write_bytes(draft)
        ours = seconds(COMMANDS / "microcred", "check", *names, times=2)
        theirs = seconds(COMMANDS / "check-jsonschema", "--schemafile", SCHEMA, *names, times=2)
        print(f"| `microcred check` of 200 files, shape and rules | {ours:.2f} s |")
        print(f"| `check-jsonschema` of the same files, shape alone | {theirs:.2f} s |")


if __name__ == "__main__":
    main()
