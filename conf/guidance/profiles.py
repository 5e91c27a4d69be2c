"""The profiles that come with the package, drawn from the files that the checks use."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from guidance.drawing import Cell, code, depend_on_checks, fields, paragraph, prose, table
from guidance.links import labelled
from microcred.elements import ELEMENTS
from microcred.profiles import Profile, profile, profile_ids
from microcred.rules import RULES
from microcred.rules.profile_level import allowed_levels
from microcred.rules.profile_size import allowed_size
from microcred.sources import sources
from microcred.vocabularies import vocabulary

__all__ = ["Comparison", "OneProfile", "Profiles"]

_HEAD = ("Profile", "Whose rules", "As of", "Size", "Level", "Asks for", "Confidence", "Reviewer")
_COMPARED = (
    "Framework",
    "Size",
    "Level",
    "Asks for",
    "Quality assurance",
    "Validity",
    "Confidence",
    "Profile",
)
_FIELDS = ("size", "level", "information", "quality", "validity", "confidence")
_OTHERS = Path(__file__).parent / "frameworks.csv"


class Profiles(SphinxDirective):
    """Draws a table of all profiles, each with its page."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        depend_on_checks(self.env)
        rows = (self._row(profile(id)) for id in profile_ids())
        return [table(_HEAD, rows, ["sortable", "compact", "filterable"])]

    def _row(self, one: Profile) -> list[Cell]:
        return [
            _page(self.env, one),
            one.title,
            one.as_of,
            _size(one) or "–",
            _level(one) or "–",
            _asks(one) or "–",
            one.confidence,
            one.reviewer or "none yet",
        ]


class Comparison(SphinxDirective):
    """Draws every framework that we know: profiles, and those that change no rule."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        depend_on_checks(self.env, _OTHERS)
        rows = [self._row(profile(id)) for id in profile_ids()]
        return [table(_COMPARED, [*rows, *_others()], ["sortable", "compact", "filterable"])]

    def _row(self, one: Profile) -> list[Cell]:
        return [
            one.title,
            _size(one) or "–",
            _level(one) or "–",
            _asks(one) or "–",
            one.quality or "–",
            _validity(one) or "–",
            one.confidence,
            _page(self.env, one),
        ]


class OneProfile(SphinxDirective):
    """Draws what one profile says, and what it asks."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return its facts."""
        depend_on_checks(self.env)
        return [fields(self._facts(profile(self.arguments[0])))]

    def _facts(self, one: Profile) -> Iterator[tuple[str, list[nodes.Node]]]:
        yield "Rests on", [paragraph(f"{one.instrument} ({one.authority}), as of {one.as_of}")]
        if one.applies_to:
            yield "Applies to", [paragraph(one.applies_to)]
        yield "Read in", [paragraph(*_sources(one))]
        yield "Standing", [paragraph(f"{one.standing}; version {one.version}")]
        asked = list(self._asked(one))
        if asked:
            yield "Asks", [nodes.bullet_list("", *(nodes.list_item("", item) for item in asked))]
        for label, words in (("Quality assurance", one.quality), ("Validity", one.validity)):
            if words:
                yield label, [paragraph(words)]
        if one.names:
            called = "; ".join(
                f"{id} {', '.join(local.values())}" for id, local in sorted(one.names.items())
            )
            yield "Local names", [paragraph(called)]
        if one.extends:
            yield "Laid over", [paragraph(_page(self.env, profile(one.extends)))]
        yield "Check with it", [paragraph(self._tried(one))]
        if one.notes:
            notes = (nodes.list_item("", paragraph(prose(note))) for note in one.notes)
            yield "To know", [nodes.bullet_list("", *notes)]

    def _tried(self, one: Profile) -> nodes.reference:
        here = self.env.app.builder.get_relative_uri(self.env.docname, "check")
        return nodes.reference("", "in your browser", refuri=f"{here}#profile={one.id}")

    def _asked(self, one: Profile) -> Iterator[nodes.paragraph]:
        for rule in RULES.values():
            if rule.needs in one.limits:
                link = labelled(self.env, rule.section)
                said = _words(rule.needs, one.limits[rule.needs])
                yield paragraph(link, f": {said} ({rule.id})")
        for name in sorted(one.own):
            figure, _, system = name.partition("/")
            value: Any = one.values[figure]
            yield paragraph(code(name), f": {_figure(value[system] if system else value)}")
        for id, level in one.levels.items():
            yield paragraph(f"{id} {RULES[id].title}: ", nodes.emphasis("", str(level)))


def _page(env: BuildEnvironment, one: Profile) -> nodes.Node:
    return labelled(env, f"profile-{one.id}", one.id)


def _size(one: Profile) -> str:
    return "; ".join(map(allowed_size, one.limits.get("size", ())))


def _level(one: Profile) -> str:
    return ", ".join(allowed_levels(one.limits.get("level", {})))


def _asks(one: Profile) -> str:
    """Return what a profile asks to be told beyond the mandatory elements."""
    parts = [_element(row) for row in one.limits.get("required", ())]
    parts += [row["name"].replace("`", "") for row in one.limits.get("fields", ())]
    parts += ["evidence of need"] if "need" in one.limits else []
    return "; ".join(parts)


def _validity(one: Profile) -> str:
    if one.validity:
        return one.validity
    return _words("review", one.limits["review"]) if "review" in one.limits else ""


def _others() -> Iterator[list[Cell]]:
    """Yield the frameworks that change no rule, from their own table."""
    with _OTHERS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name = row.pop("framework")
            source = sources()[row.pop("source")]
            link = nodes.reference("", name, refuri=source.url.split()[0])
            yield [link, *(row[key] or "–" for key in _FIELDS), "–"]


def _sources(one: Profile) -> Iterator[nodes.Node]:
    for number, key in enumerate(one.sources):
        known = sources()[key]
        addresses = known.url.split()
        told = f"{known.short}: {known.title}"
        yield nodes.Text("; " if number else "")
        if addresses:
            yield nodes.reference("", told, refuri=addresses[0])
        else:
            yield nodes.Text(told)


def _words(name: str, limit: Any) -> str:
    if name == "size":
        return "; ".join(map(allowed_size, limit))
    if name == "level":
        return ", ".join(allowed_levels(limit))
    if name == "title":
        return "without " + ", ".join(f"“{word}”" for word in limit["without"])
    if name == "required":
        return ", ".join(map(_element, limit))
    if name == "contact":
        return f"at least {limit['hoursPerCredit']:g} hours for each {limit['unit']} credit"
    if name == "review":
        return f"at least every {limit['months']:g} months"
    if name == "need":
        return f"pieces of evidence: at least {limit['evidence']}"
    if name == "fields":
        return "; ".join(row["name"].replace("`", "") for row in limit)
    if name == "providers":
        return _providers(limit)
    return (
        "awards don’t expire"
        if limit.get("expires") is False
        else (f"at most {limit['months']:g} months")
    )


def _providers(limit: Any) -> str:
    known = vocabulary("body-types")
    types = [entry.label().lower() for code in limit.get("types", ()) if (entry := known.get(code))]
    condition = [limit["condition"]] if "condition" in limit else []
    return "; ".join([*types, *condition])


def _element(row: Mapping[str, str]) -> str:
    unless = f", unless the learning is {row['unlessMode']}" if "unlessMode" in row else ""
    return f"{ELEMENTS[row['element']].short.lower()} ({row['element']}){unless}"


def _figure(value: Any) -> str:
    if isinstance(value, list):
        low, high = value
        return f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"{value:g}"
