"""What a profile is: figures, levels and limits laid over those of the base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from microcred.rule import Level

if TYPE_CHECKING:
    from microcred.rule import Rule

__all__ = ["BASIS", "Profile", "hours_per_credit", "laid_over"]

BASIS: Final = "the profile that the check uses"  # of rules that only profiles bring up


@dataclass(frozen=True, slots=True)
class Profile:
    """What a country or a framework asks beyond, or instead of, the base.

    ``levels`` changes the level of rules by id, ``off`` names rules that don't run, ``values``
    holds the figures that rules read (for example ``hours-per-credit: {ECTS: [25, 30]}``), and
    ``limits`` what only this profile asks, by name. ``own`` names the figures that it doesn't
    take from the base, such as ``quality-years`` or ``hours-per-credit/ECTS``. ``names`` is what
    elements are called in the country, by id and language; ``quality`` and ``validity`` are words
    to read.
    """

    id: str
    title: str
    version: str
    as_of: str
    authority: str
    instrument: str
    sources: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    values: Mapping[str, object] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    applies_to: str = ""
    confidence: str = ""
    reviewer: str = ""
    notes: tuple[str, ...] = ()
    quality: str = ""
    validity: str = ""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    extends: str = ""

    def decides(self, rule: Rule, told: Mapping[str, object]) -> bool:
        """Tell whether what *rule* says rests on this profile and not on the rule's own basis.

        ``told`` holds the values of its message: a profile can set the hours of one credit
        system and leave those of the others.
        """
        read = {rule.reads, f"{rule.reads}/{told.get('system')}"}
        return rule.needs in self.limits or rule.id in self.levels or not read.isdisjoint(self.own)

    @property
    def standing(self) -> str:
        """Return how firm the profile is, in words: its confidence, and who reviewed it."""
        confidence = f"confidence {self.confidence or 'not stated'}"
        reviewed = f"reviewed by {self.reviewer}" if self.reviewer else "reviewer: none yet"
        return f"{confidence}; {reviewed}"

    @property
    def basis(self) -> str:
        """Return what a finding rests on where it rests on this profile."""
        read = "; ".join(_told(key) for key in self.sources)
        return (
            f"profile {self.id} {self.version}, as of {self.as_of}: {self.instrument}; "
            f"read in {read}; {self.standing}"
        )


def _told(key: str) -> str:
    from microcred.sources import sources

    source = sources().get(key)
    return f"{source.short}: {source.title}" if source else key


def hours_per_credit(values: Mapping[str, object]) -> dict[str, tuple[float, float]]:
    """Return how many hours one credit stands for, by credit system, among figures of a profile."""
    return cast("dict[str, tuple[float, float]]", values["hours-per-credit"])


def laid_over(raw: Mapping[str, Any], under: Profile | None) -> Profile:
    """Return the profile that *raw* states, laid over another one."""
    own = raw.get("values", {})
    values = {**(under.values if under else {}), **own}
    if under and "hours-per-credit" in own:
        # A framework that counts in one system says nothing of the others.
        values["hours-per-credit"] = {
            **_map(under.values.get("hours-per-credit")),
            **_map(own["hours-per-credit"]),
        }
    levels = {id: Level(level) for id, level in raw.get("levels", {}).items()}
    return Profile(
        id=str(raw["id"]),
        title=str(raw["title"]),
        version=str(raw["version"]),
        as_of=str(raw["asOf"]),
        authority=str(raw["authority"]),
        instrument=str(raw["instrument"]),
        sources=tuple(str(source) for source in raw.get("sources", ())),
        levels={**(under.levels if under else {}), **levels},
        off=frozenset(raw.get("off", ())) | (under.off if under else frozenset()) - set(levels),
        values=values,
        limits={**(under.limits if under else {}), **raw.get("limits", {})},
        own=under.own | frozenset(_names(own)) if under else frozenset(),
        applies_to=raw.get("appliesTo", ""),
        confidence=raw.get("confidence", ""),
        reviewer=raw.get("reviewer") or "",
        notes=tuple(raw.get("notes", ())),
        quality=raw.get("quality", ""),
        validity=raw.get("validity", ""),
        names={**(under.names if under else {}), **raw.get("names", {})},
        extends=under.id if under else "",
    )


def _names(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        yield from (f"{name}/{key}" for key in value) if isinstance(value, dict) else (name,)


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
