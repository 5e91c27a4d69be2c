"""Which column of a list says what: guessed from its heading, or told by the reader."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Final

from microcred.messages import some
from microcred.problem import Problem
from microcred.registers.names import spelling

__all__ = ["ROLES", "Columns", "columns", "likely", "told"]

ROLES: Final = ("name", "id", "country", "website", "from", "until", "status", "reports")
_ONE: Final = frozenset(ROLES) - {"name", "id"}
_WORDS: Final = {
    "name": "names",
    "id": "numbers",
    "country": "country",
    "website": "website",
    "from": "first day",
    "until": "last day",
    "status": "status",
    "reports": "reports",
}

# What lists put before a heading to say whose it is; DEQAR's reports have hei_ and report_.
_OWNER: Final = re.compile(r"^(hei|institution|institutions|provider|report|organisation|school) ")
_PART: Final = re.compile(r",\s*(?=(?:" + "|".join(ROLES) + r")\s*=)")


@dataclass(frozen=True, slots=True)
class Columns:
    """The positions of the columns for each role; ``hints`` are columns that may be meant."""

    at: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]
    hints: tuple[str, ...] = field(default=())

    def words(self) -> str:
        """Return in words which columns are used for what, and which are not."""
        used = [
            f"{_WORDS[role]} from {' and '.join(f'“{self.headings[at]}”' for at in places)}"
            for role, places in self.at.items()
        ]
        rest = set(range(len(self.headings))) - {at for places in self.at.values() for at in places}
        unused = [f"“{self.headings[at]}”" for at in sorted(rest) if self.headings[at]]
        if unused:
            used.append(f"not used: {some(unused, most=6)}")
        return "; ".join((*used, *self.hints))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    text = (files(__package__) / "headings.csv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        for heading in row["headings"].split("|"):
            found.setdefault(spelling(heading), row["role"])
    return found


def _role(heading: str) -> str:
    plain = spelling(heading)
    return _known().get(plain) or _known().get(_OWNER.sub("", plain), "")


def likely(cells: Sequence[str]) -> int:
    """Return how many cells of a row look like headings."""
    return sum(bool(_role(cell)) for cell in cells)


def told(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the headings that the reader names for each role: “name=Nazwa, until=Ważność”.

    Raises:
        Problem: a part has another form, or another role.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in (part for text in texts for part in _PART.split(text)):
        role, sign, heading = (piece.strip() for piece in part.partition("="))
        if not sign or not heading or role not in ROLES:
            near = get_close_matches(role, ROLES, 1)
            hint = f"Did you mean {near[0]}? " if near and role not in ROLES else ""
            raise Problem(
                f"“{part.strip()}” doesn’t say which column is meant",
                f"{hint}Write it as name=Heading, with one of {', '.join(ROLES)}",
            )
        found[role] = (*found.get(role, ()), heading)
    return found


def columns(headings: tuple[str, ...], wanted: Mapping[str, tuple[str, ...]]) -> Columns:
    """Return which column says what, as *wanted* and else as the headings sound.

    Raises:
        Problem: a wanted heading isn't there, or no column holds names or numbers.
    """
    at: dict[str, tuple[int, ...]] = {}
    for role in ROLES:
        if role in wanted:
            at[role] = tuple(_place(headings, heading) for heading in wanted[role])
            continue
        places = tuple(place for place, heading in enumerate(headings) if _role(heading) == role)
        # A decision says more than a status: DEQAR's says only whether a review was obligatory.
        places = tuple(sorted(places, key=lambda place: "decision" not in headings[place].lower()))
        if places:
            at[role] = places[:1] if role in _ONE else places
    if not {"name", "id"} & at.keys():
        raise Problem(
            f"No column of the register is known to hold names or numbers of providers: its "
            f"headings are {_listed(headings)}",
            f"{_meant(headings, at)}Say which it is, such as --register-columns "
            f"name={_quoted(headings[0])}",
        )
    return Columns(at, headings, tuple(_hints(headings, at)))


def _place(headings: tuple[str, ...], wanted: str) -> int:
    plain = [spelling(heading) for heading in headings]
    if spelling(wanted) in plain:
        return plain.index(spelling(wanted))
    near = get_close_matches(spelling(wanted), plain, 1, 0.6)
    hint = f"Did you mean “{headings[plain.index(near[0])]}”? " if near else ""
    raise Problem(
        f"The register has no column “{wanted}”", f"{hint}Its headings are {_listed(headings)}"
    )


def _hints(headings: tuple[str, ...], at: Mapping[str, tuple[int, ...]]) -> Iterable[str]:
    """Yield a question for each heading that is nearly one that would be used."""
    used = {place for places in at.values() for place in places}
    for place, heading in enumerate(headings):
        near = () if place in used else get_close_matches(spelling(heading), _known(), 1, 0.84)
        role = _known()[near[0]] if near else ""
        if role and role not in at:
            yield f"did you mean {_WORDS[role]} by “{heading}”? Then add {role}={_quoted(heading)}"


def _meant(headings: tuple[str, ...], at: Mapping[str, tuple[int, ...]]) -> str:
    return "".join(f"{hint.partition('?')[0].capitalize()}? " for hint in _hints(headings, at))


def _listed(headings: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{heading}”" for heading in headings[:8] if heading)
    return f"{shown} and {len(headings) - 8} more" if len(headings) > 8 else shown


def _quoted(heading: str) -> str:
    return f'"{heading}"' if " " in heading else heading
