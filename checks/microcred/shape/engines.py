"""Two engines for JSON Schema with the same verdicts: the quick one where it is installed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from microcred.shape.schemas import Path, schema

__all__ = ["Engine", "engine", "fast_engine", "plain_engine"]

# Tells whether a document is in form, and where it isn't: (place, keyword).
Engine = tuple[Callable[[Any], bool], Callable[[Any], Iterator[tuple[Path, str]]]]

_NOT_BLANK: Final = r"\S"


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the quicker of the engines that are installed."""
    try:
        return fast_engine()
    except ImportError:
        return plain_engine()


def fast_engine() -> Engine:
    """Return jsonschema-rs, which comes with the extra ``fast``."""
    import jsonschema_rs

    # Anchored, the pattern of all texts says the same and is looked for in less time.
    pattern, anchored = (json.dumps(one) for one in (_NOT_BLANK, rf"^\s*{_NOT_BLANK}"))
    ours = json.loads(json.dumps(schema()).replace(pattern, anchored))
    validator = jsonschema_rs.Draft202012Validator(
        ours, pattern_options=jsonschema_rs.RegexOptions()
    )

    def errors(data: Any) -> Iterator[tuple[Path, str]]:
        for error in validator.iter_errors(data):
            # A name that is not allowed is told at its map; the last word of the schema's path
            # is then "propertyNames" or a keyword below it.
            words = [word for word in error.schema_path if isinstance(word, str)]
            keyword = "propertyNames" if "propertyNames" in words[-2:] else words[-1]
            yield tuple(error.instance_path), keyword

    return validator.is_valid, errors


def plain_engine() -> Engine:
    """Return jsonschema, which runs everywhere, also in a browser."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema())

    def errors(data: Any) -> Iterator[tuple[Path, str]]:
        for error in validator.iter_errors(data):
            in_names = "propertyNames" in list(error.absolute_schema_path)[-2:]
            yield tuple(error.absolute_path), "propertyNames" if in_names else str(error.validator)

    return validator.is_valid, errors
