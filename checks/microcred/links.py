"""Where the explanation of a rule can be read."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["address", "documentation"]


@lru_cache(maxsize=1)
def documentation() -> str:
    """Return the address of the published guidance, with a final slash, or nothing.

    It is the project's address *Documentation*, as the installed package states it.
    """
    # Slow to import, so only when a report that has links is written.
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        stated = metadata("microcred").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    for entry in stated:
        name, _, url = str(entry).partition(",")
        url = url.strip()
        if name.strip() == "Documentation" and url.startswith(("https://", "http://")):
            return url.rstrip("/") + "/"
    return ""


def address(rule: str) -> str:
    """Return the address of a rule's explanation, relative to the site where it has no host."""
    return f"{documentation()}reference/rules.html#{rule.lower()}"
