"""How a fault of our own is told: no traceback, but enough for those who mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["ADVICE", "told"]

ADVICE: Final = (
    "Tell the makers of microcred; with MICROCRED_TRACEBACK=1 in the environment it shows them more"
)


def told(fault: Exception) -> str:
    """Return what happened and where, for example in a module of the rules."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        module = Path(trace.tb_frame.f_code.co_filename).stem
        where = f", {module} line {trace.tb_lineno}"
    return f"microcred met a fault of its own ({type(fault).__name__}{where})"
