"""``microcred catalogue sample``: a made-up catalogue whose faults are known."""

from __future__ import annotations

import json
import sys

import click

from microcred.cli.output import apart, writable
from microcred.problem import Problem

__all__ = ["sample"]


@click.command()
@click.option(
    "--records", type=click.IntRange(1), default=1000, show_default=True, help="How many offers."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same file."
)
@click.option("--output", metavar="FILE", help="Write to a file.  [default: standard output]")
@click.option("--faults", metavar="FILE", help="Write the faults that were planted, as JSON lines.")
def sample(records: int, seed: int, output: str | None, faults: str | None) -> None:
    """Write a made-up catalogue as JSON lines: providers, places and decisions are fictional.

    One record in ten has a fault of its own; one provider in two has a record that is at fault
    only beside the others.
    """
    from microcred.catalogues.records import dumps
    from microcred.catalogues.sample import sample as sampled

    path = writable(output, []) if output and output != "-" else None
    planted = writable(faults, []) if faults else None
    apart(path, planted)
    told = planted.open("w", encoding="utf-8") if planted else None
    try:
        stream = path.open("wb") if path else sys.stdout.buffer
        for one in sampled(records, seed):
            stream.write(dumps(one.data) + b"\n")
            if told and one.fault:
                note = {"line": one.number, "fault": one.fault.name, "rules": one.fault.rules}
                told.write(json.dumps(note) + "\n")
        stream.flush()
        if path:
            stream.close()
    except OSError as error:
        raise Problem(
            f"The sample could not be written: {error.strerror}", "Make room, or name another file"
        ) from None
    finally:
        if told:
            told.close()
