"""Which results of its assessments an award states: nothing else is ever written as proven."""

from __future__ import annotations

from collections import Counter

from microcred.exporters.source import Source

__all__ = ["has_proof", "is_blank", "stated"]


def is_blank(value: object) -> bool:
    """Tell whether a grade says nothing."""
    return value is None or str(value).strip() == ""


def stated(source: Source) -> dict[str, str]:
    """Return the assessments with a grade, each with its result.

    The overall grade is that of an assessment only where there is no other: the result is then an
    empty text, or one that states no grade itself.
    """
    assessments = source.items("/assessments")
    results = _by_name(source)
    names = Counter(str(source.get(f"{item}/id")) for item in assessments)
    found: dict[str, str] = {}
    for item in assessments:
        name = source.get(f"{item}/id")
        # A name that stands twice doesn't tell which assessment has the result.
        if names[str(name)] > 1:
            continue
        result = results.get(name, "")
        own = source.get(f"{result}/grade") if result else None
        if not is_blank(own) or (len(assessments) == 1 and not is_blank(source.get("/grade"))):
            found[item] = result
    return found


def _by_name(source: Source) -> dict[object, str]:
    """Return the result of each assessment; one with a grade comes before one without."""
    results = source.items("/results")
    graded = [item for item in results if not is_blank(source.get(f"{item}/grade"))]
    return {source.get(f"{item}/assessment"): item for item in (*results, *graded)}


def has_proof(source: Source) -> bool:
    """Tell whether anything is written as proven, so that those who assessed have a place."""
    overall = source.items("/assessments") and not is_blank(source.get("/grade"))
    return bool(overall or stated(source))
