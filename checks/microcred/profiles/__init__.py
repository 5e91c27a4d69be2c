"""Profiles: named, dated, sourced overlays on the base profile ``eu-2022``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from microcred.problem import Problem
from microcred.profiles.model import Profile
from microcred.profiles.shipped import BASE, profile_ids, shipped

__all__ = ["BASE", "Profile", "profile", "profile_ids"]


@lru_cache(maxsize=64)
def profile(name: str = BASE) -> Profile:
    """Return the profile of that id, or the one in the file of that name.

    A profile is laid over the one that it extends: what it leaves out stays as it is there.

    Raises:
        Problem: there is no such profile, or the file is none.
    """
    if name in profile_ids():
        return shipped(name)
    if Path(name).is_file():
        from microcred.profiles.own import from_file  # most checks need none of one’s own

        return from_file(Path(name))
    known = ", ".join(profile_ids())
    raise Problem(
        f"There is no profile “{name}”", f"Use one of these, or the name of a file: {known}"
    )
