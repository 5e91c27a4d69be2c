"""Who does the units of work: this process, several processes, or the workers of a cluster."""

from __future__ import annotations

import multiprocessing as mp
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import wait as wait_for_end
from typing import Any, Final

from microcred.catalogues.lines import Range
from microcred.catalogues.unit import Job, check_range
from microcred.extras import lacking
from microcred.problem import Problem

__all__ = ["Done", "in_processes", "in_this_process", "on_dask"]

Done = Iterator[tuple[Range, int]]  # each range that is done, and how many records it has

_AHEAD: Final = 3  # ranges that wait for each worker, so that none is idle and none piles up
_MOMENT: Final = 0.2  # seconds after which Ctrl-C is heard at the latest
_BREAKS: Final = 5  # times that a worker may die before the run stops


def in_this_process(job: Job, ranges: Sequence[Range]) -> Done:
    """Check one range after the other."""
    for part in ranges:
        yield part, check_range(job, part)


def in_processes(job: Job, ranges: Sequence[Range], jobs: int) -> Done:
    """Check ranges in *jobs* processes; one that dies is replaced, and its range done again.

    Raises:
        Problem: processes die again and again.
    """
    left = {part.number: part for part in ranges}
    for _ in range(_BREAKS):
        try:
            for part, count in _pooled(job, list(left.values()), jobs):
                del left[part.number]
                yield part, count
        except BrokenProcessPool:
            continue
        return
    first = min(left.values()) if left else None
    raise Problem(
        f"The processes that check were ended from outside {_BREAKS} times"
        + (f", the last time near line {first.line}" if first else ""),
        "Look whether memory is short, use fewer --jobs, and go on with --resume",
    )


def _pooled(job: Job, ranges: Sequence[Range], jobs: int) -> Done:
    waiting = iter(ranges)
    running: dict[Future[int], Range] = {}
    with _noted_interrupt() as interrupt:
        pool = ProcessPoolExecutor(jobs, mp.get_context(_way_to_begin()), _begin_worker)
        try:
            while not interrupt.is_set():
                while len(running) < jobs * _AHEAD and (part := next(waiting, None)):
                    running[pool.submit(check_range, job, part)] = part
                if not running:
                    return
                for future in wait(running, _MOMENT, FIRST_COMPLETED).done:
                    yield running.pop(future), future.result()
            raise KeyboardInterrupt
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _way_to_begin() -> str:
    """Return how worker processes begin: as a copy of this one where that is safe.

    A copy has everything at hand that others read for half a second. But it has no other threads,
    so what one of them has locked would stay so.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


@contextmanager
def _noted_interrupt() -> Iterator[threading.Event]:
    """Note Ctrl-C instead of raising it.

    Raised while the pool holds a lock, it would leave that lock closed: the pool could not end.
    """
    noted = threading.Event()
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield noted
        return
    signal.signal(signal.SIGINT, lambda *_: noted.set())
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _begin_worker() -> None:
    """Leave Ctrl-C to the main process, and end when that has ended, however it did."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = mp.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for_end([sentinel])
    os._exit(1)


def on_dask(job: Job, ranges: Sequence[Range], scheduler: str) -> Done:
    """Check ranges on the workers of a Dask cluster, which see the same files.

    Raises:
        Problem: Dask isn't installed, or nobody answers at that address.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise lacking("dask", "distributed", "A cluster") from None
    try:
        client = distributed.Client(scheduler, timeout="15s", set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise Problem(
            f"No scheduler answers at “{scheduler}”",
            "Start one with “dask scheduler”, and give the address that it shows",
        ) from None
    with client:
        yield from _submitted(client, distributed.as_completed, job, ranges)


def _submitted(
    client: Any, as_completed: Callable[..., Any], job: Job, ranges: Sequence[Range]
) -> Done:
    waiting = iter(ranges)
    workers = max(1, sum(client.nthreads().values()))
    running: dict[Any, Range] = {}

    def submit(part: Range) -> Any:
        # The outcome is a file, so two workers that do the same range do no harm.
        future = client.submit(check_range, job, part, pure=False, retries=_BREAKS)
        running[future] = part
        return future

    first = [submit(part) for _, part in zip(range(workers * _AHEAD), waiting, strict=False)]
    if not first:
        return
    arriving = as_completed(first, loop=client.loop)
    for future in arriving:
        count = future.result()
        yield running.pop(future), count
        if part := next(waiting, None):
            arriving.add(submit(part))
