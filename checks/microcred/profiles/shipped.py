"""The profiles that come with the package."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from microcred.profiles.model import Profile, laid_over

__all__ = ["BASE", "profile_ids", "shipped"]

BASE: Final = "eu-2022"


def profile_ids() -> tuple[str, ...]:
    """Return the ids of the profiles that come with the package, the base first."""
    names = (entry.name for entry in files(__package__).iterdir())
    ids = (name.removesuffix(".json") for name in names if name.endswith(".json"))
    return tuple(sorted(ids, key=lambda id: (id != BASE, id)))


@lru_cache(maxsize=64)
def shipped(id: str) -> Profile:
    """Return the profile of that id, laid over the one that it extends."""
    text = (files(__package__) / f"{id}.json").read_text(encoding="utf-8")
    raw: dict[str, Any] = json.loads(text)
    return laid_over(raw, None if id == BASE else shipped(raw.get("extends", BASE)))
