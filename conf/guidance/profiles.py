"""The profiles that come with the package, drawn from the files that the checks use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from guidance.drawing import Cell, code, depend_on_checks, fields, paragraph, prose, section, table
from guidance.links import labelled
from microcred.profiles import Profile, profile, profile_ids
from microcred.rules import RULES
from microcred.rules.profile_level import allowed_levels
from microcred.rules.profile_size import allowed_size
from microcred.sources import sources

__all__ = ["Profiles"]

_HEAD = ("Profile", "Whose rules", "As of", "Size", "Level", "Confidence", "Reviewer")


class Profiles(SphinxDirective):
    """Draws a table of all profiles, and a section for each."""

    def run(self) -> list[nodes.Node]:
        """Return the table and the sections."""
        depend_on_checks(self.env)
        listed = [profile(id) for id in profile_ids()]
        overview = table(_HEAD, map(_row, listed), ["sortable"])
        return [overview, *(self._section(one) for one in listed)]

    def _section(self, one: Profile) -> nodes.section:
        return section(
            f"profile-{one.id}",
            [nodes.Text(f"{one.title} "), code(one.id)],
            fields(self._facts(one)),
        )

    def _facts(self, one: Profile) -> Iterator[tuple[str, list[nodes.Node]]]:
        yield "Rests on", [paragraph(f"{one.instrument} ({one.authority}), as of {one.as_of}")]
        if one.applies_to:
            yield "Applies to", [paragraph(one.applies_to)]
        yield "Read in", [paragraph(*_sources(one))]
        yield "Standing", [paragraph(f"{one.standing}; version {one.version}")]
        asked = list(self._asked(one))
        if asked:
            yield "Asks", [nodes.bullet_list("", *(nodes.list_item("", item) for item in asked))]
        if one.notes:
            notes = (nodes.list_item("", paragraph(prose(note))) for note in one.notes)
            yield "To know", [nodes.bullet_list("", *notes)]

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


def _row(one: Profile) -> list[Cell]:
    name = nodes.reference("", one.id, internal=True, refid=f"profile-{one.id}")
    size = "; ".join(map(allowed_size, one.limits.get("size", ()))) or "–"
    level = ", ".join(allowed_levels(one.limits.get("level", {}))) or "–"
    return [name, one.title, one.as_of, size, level, one.confidence, one.reviewer or "none yet"]


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
    return f"pieces of evidence: at least {limit['evidence']}"


def _element(row: Mapping[str, str]) -> str:
    unless = f", unless the learning is {row['unlessMode']}" if "unlessMode" in row else ""
    return row["element"] + unless


def _figure(value: Any) -> str:
    if isinstance(value, list):
        low, high = value
        return f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"{value:g}"
