"""A run that can be stopped at any moment: a folder that holds what is done and what is asked."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import microcred
from microcred.catalogues.lines import Plan, Range, plan
from microcred.catalogues.unchanged import AGAIN, changed, files_of
from microcred.catalogues.unit import Job, part_name
from microcred.problem import Problem

__all__ = ["WHOLE", "Run", "begin", "merged", "opened"]

Json = dict[str, Any]

WHOLE: Final = (1, 1)  # the shard of a run that isn't divided: part 1 of 1
_FILE: Final = "run.json"
_PARTS: Final = "parts"


@dataclass(frozen=True, slots=True)
class Run:
    """A job, the ranges of its file, and the folder where each range leaves what it found."""

    folder: Path
    source: str
    job: Job
    plan: Plan

    @property
    def parts(self) -> Path:
        """Return the folder of the parts."""
        return self.folder / _PARTS

    def done(self) -> set[int]:
        """Return the numbers of the ranges that are done."""
        return {int(path.stem) for path in self.parts.glob("*.json") if path.stem.isdecimal()}

    def is_done(self, number: int) -> bool:
        """Tell whether a range is done."""
        return self.part(number, "json").exists()

    def missing(self, shard: tuple[int, int] = WHOLE) -> list[Range]:
        """Return the ranges that are left, of those that the shard (k of n) has to do."""
        done, (k, n) = self.done(), shard
        return [
            part
            for part in self.plan.ranges
            if part.number % n == k - 1 and part.number not in done
        ]

    def part(self, number: int, ending: str) -> Path:
        """Return the path of what a range has left."""
        return self.parts / part_name(number, ending)

    def tallies(self) -> Iterator[Json]:
        """Yield the figures of the ranges that are done, in their order."""
        for number in sorted(self.done()):
            figures: Json = json.loads(self.part(number, "json").read_bytes())
            yield figures

    def remove(self) -> None:
        """Remove the folder with everything that the run put there."""
        shutil.rmtree(self.folder, ignore_errors=True)


def begin(folder: Path, source: str, job: Job, state: Json | None = None) -> Run:
    """Write down what a run is going to do, and return it.

    Raises:
        Problem: the folder can't be written, or the file can't be read.
    """
    whole = plan(Path(job.path))
    run = Run(folder, source, replace(job, folder=str(folder / _PARTS)), whole)
    noted = {
        "microcred": microcred.__version__,
        "source": source,
        "state": state or {},
        "job": asdict(run.job),
        "size": whole.size,
        "checksum": whole.checksum,
    }
    try:
        run.parts.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{_FILE}.{os.getpid()}"
        beside.write_text(json.dumps(noted, ensure_ascii=False, indent=2) + "\n", "utf-8")
        beside.replace(folder / _FILE)
    except OSError as error:
        raise Problem(
            f"The folder “{folder}” can’t be written: {error.strerror}", "Name another with --run"
        ) from None
    return run


def opened(folder: Path, job: Job | None = None, state: Json | None = None) -> Run:
    """Return the run that a folder holds, after making sure that it is still the same work.

    Raises:
        Problem: there is none, its file has changed, or other settings are asked for.
    """
    try:
        noted = json.loads((folder / _FILE).read_text("utf-8"))
        stored = noted["job"]
        listed = ("select", "ignore", "registers", "columns", "files")
        stored |= {name: tuple(stored[name]) for name in listed}
        found = Job(**stored)
    except (OSError, ValueError, KeyError, TypeError):
        raise Problem(
            f"“{folder}” holds no run that could go on", "Begin one, without --resume"
        ) from None
    if noted["microcred"] != microcred.__version__:
        raise Problem(
            f"The run in “{folder}” was begun by microcred {noted['microcred']}, and this is "
            f"{microcred.__version__}",
            AGAIN,
        )
    found = replace(found, folder=str(folder / _PARTS))
    if job is not None:
        _same_work(folder, found, job)
    whole = plan(Path(found.path))
    if state is not None:
        _same_source(noted, state)
    if (whole.size, whole.checksum) != (noted["size"], noted["checksum"]):
        raise changed(noted["source"])
    return Run(folder, str(noted["source"]), found, whole)


def _same_work(folder: Path, found: Job, job: Job) -> None:
    """Make sure that a job asks for what a run was begun with."""
    same = replace(
        job,
        folder=found.folder,
        path=found.path,
        wrapped=found.wrapped,
        on=job.on or found.on,  # a run that began yesterday goes on as of yesterday
    )
    if told := _told(found, same):
        raise Problem(f"The run in “{folder}” was begun {told}", AGAIN)
    names = files_of(found.profile, found.registers)
    for name, before, now in zip(names, found.files, same.files, strict=True):
        if before != now:
            raise changed(name)


def _same_source(noted: Json, state: Json) -> None:
    """Make sure that a source, and how it is read, are what they were when a run was begun."""
    before = noted["state"]
    if before.get("name") != state.get("name"):
        raise Problem(
            f"The run was begun with “{before.get('name')}”, not with “{state.get('name')}”",
            "Name the same catalogue, or another folder with --run",
        )
    if before.get("mapping") != state.get("mapping"):
        raise Problem(
            f"The columns of “{noted['source']}” were read in another way when the run was begun",
            f"Give the same --map, --sheet and --encoding. {AGAIN}",
        )
    if before != state:
        raise changed(noted["source"])


def merged(runs: list[Run]) -> Run:
    """Return one run that holds the parts of several, which did shards of the same work.

    Raises:
        Problem: they did different work, or a folder can't be written.
    """
    whole, *others = runs
    for other in others:
        same = replace(other.job, folder=whole.job.folder, path=whole.job.path)
        if same != whole.job or other.plan != whole.plan:
            raise Problem(
                f"“{other.folder}” and “{whole.folder}” hold different work",
                "Merge shards of one catalogue that were checked with the same options",
            )
        for number in sorted(other.done() - whole.done()):
            # The figures come last, since they say that the range is done.
            for ending in ("found", "kept", "json"):
                _copy(other.part(number, ending), whole.part(number, ending))
    return whole


def _copy(path: Path, to: Path) -> None:
    beside = to.with_suffix(f"{to.suffix}.{os.getpid()}")
    try:
        shutil.copyfile(path, beside)
        beside.replace(to)
    except OSError as error:
        raise Problem(
            f"“{to.parent}” can’t be written: {error.strerror}", "Name first a folder that can be"
        ) from None


def _told(found: Job, asked: Job) -> str:
    """Return in words which settings differ."""
    words = []
    for name in ("profile", "on", "select", "ignore", "kind", "registers", "columns"):
        before, now = getattr(found, name), getattr(asked, name)
        if before != now:
            words.append(f"with {name} {_shown(before)}, not {_shown(now)}")
    return " and ".join(words)


def _shown(value: object) -> str:
    return ", ".join(value) or "none" if isinstance(value, tuple) else f"“{value or 'none'}”"
