"""Draws the rules into the guidance and runs the guidance's examples while the site is built.

Everything is derived from the rules and from the pages themselves, so the extension keeps no
state of its own and pages can be read in parallel.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from guidance.badge import RuleRole
from guidance.case import CaseDirective, Weights
from guidance.elements import Elements
from guidance.example import Fail, Pass, Review
from guidance.links import resolve
from guidance.measures import Credits, Levels, StackPicture
from guidance.profiles import Comparison, OneProfile, Profiles
from guidance.rulebook import Rules
from guidance.schema import Schema
from guidance.trace import Trace
from guidance.vocabulary import OneVocabulary, Vocabularies


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the role, the directives and the links between rules, examples and pages."""
    app.add_role("rule", RuleRole())
    app.add_directive("pass", Pass)
    app.add_directive("fail", Fail)
    app.add_directive("review", Review)
    app.add_directive("case", CaseDirective)
    app.add_directive("weights", Weights)
    app.add_directive("rules", Rules)
    app.add_directive("elements", Elements)
    app.add_directive("schema", Schema)
    app.add_directive("profiles", Profiles)
    app.add_directive("profile", OneProfile)
    app.add_directive("comparison", Comparison)
    app.add_directive("levels", Levels)
    app.add_directive("credits", Credits)
    app.add_directive("stack-picture", StackPicture)
    app.add_directive("vocabularies", Vocabularies)
    app.add_directive("vocabulary", OneVocabulary)
    app.add_directive("trace", Trace)
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
