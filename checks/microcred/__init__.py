"""Check descriptions of micro-credentials against named, sourced rules.

>>> import microcred
>>> report = microcred.check("draft.yaml")          # doctest: +SKIP
>>> print(microcred.render(report, "text"))         # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "RULES",
    "Checked",
    "Checker",
    "Credential",
    "Finding",
    "Level",
    "Outcome",
    "Problem",
    "Report",
    "Rule",
    "Status",
    "Unread",
    "annotated",
    "check",
    "convert",
    "merge",
    "read",
    "render",
]

if TYPE_CHECKING:
    from microcred.annotate import annotated
    from microcred.checking import check
    from microcred.credential import Credential
    from microcred.engine import Checker
    from microcred.exporters import convert
    from microcred.merging import merge
    from microcred.problem import Problem
    from microcred.readers import read
    from microcred.report import Checked, Finding, Report, Status, Unread, render
    from microcred.rule import Level, Outcome, Rule
    from microcred.rules import RULES

_HOMES = {
    "annotated": "annotate",
    "check": "checking",
    "Credential": "credential",
    "Checker": "engine",
    "convert": "exporters",
    "Problem": "problem",
    "merge": "merging",
    "read": "readers",
    "Checked": "report",
    "Finding": "report",
    "Report": "report",
    "Status": "report",
    "Unread": "report",
    "render": "report",
    "Level": "rule",
    "Outcome": "rule",
    "Rule": "rule",
    "RULES": "rules",
}


def __getattr__(name: str) -> object:
    # Loaded at first use, so that the command line starts quickly.
    if name not in _HOMES:
        raise AttributeError(f"module 'microcred' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"microcred.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
