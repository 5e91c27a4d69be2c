"""What is told where a package is missing that an extra of this one brings."""

from __future__ import annotations

from microcred.problem import Problem

__all__ = ["lacking"]


def lacking(extra: str, package: str, what: str, otherwise: str = "") -> Problem:
    """Return the problem that *what* needs a package; *otherwise* is a way without it."""
    install = f'Run pip install "microcred[{extra}]"'
    return Problem(
        f"{what} needs the package {package}, which is not installed",
        f"{install}, or {otherwise}" if otherwise else install,
    )
