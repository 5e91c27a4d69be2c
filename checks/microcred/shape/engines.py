"""Two engines for JSON Schema with the same verdicts: the quick one where it is installed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from microcred.readers.text import UNSEEN_ENDS
from microcred.shape.schemas import Path, schema

__all__ = ["Engine", "engine", "fast_engine", "plain_engine"]

# Tells whether a document is in form, and where it isn't: (place, keyword).
Engine = tuple[Callable[[Any], bool], Callable[[Any], Iterator[tuple[Path, str]]]]

_NOT_BLANK: Final = r"\S"
# The engines don’t agree whether U+0085 and U+FEFF are spaces.
_SPACES: Final = f"\\s\u0085{UNSEEN_ENDS}"


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the quicker of the engines that are installed."""
    try:
        return fast_engine()
    except ImportError:
        return plain_engine()


def _ours() -> dict[str, Any]:
    """Return the schema with a pattern for all texts that says the same to both engines.

    Anchored, it is looked for in less time.
    """
    pattern, alike = map(json.dumps, (_NOT_BLANK, f"^[{_SPACES}]*[^{_SPACES}]"))
    ours: dict[str, Any] = json.loads(json.dumps(schema()).replace(pattern, alike))
    return ours


def fast_engine() -> Engine:
    """Return jsonschema-rs, which comes with the extra ``fast``."""
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(
        _ours(), pattern_options=jsonschema_rs.RegexOptions()
    )

    def errors(data: Any) -> Iterator[tuple[Path, str]]:
        for error in validator.iter_errors(data):
            # A name that is not allowed is told at its map; the last word of the schema's path
            # is then "propertyNames" or a keyword below it.
            words = [word for word in error.schema_path if isinstance(word, str)]
            keyword = "propertyNames" if "propertyNames" in words[-2:] else words[-1]
            yield tuple(_steps(error.instance_path, data)), keyword

    return validator.is_valid, errors


def _steps(path: Iterable[str | int], node: Any) -> Iterator[str | int]:
    """Yield the steps to a place, with names of digits as they are written in the document.

    jsonschema-rs takes them for positions, and 05 for 5.
    """
    for step in path:
        is_name = isinstance(step, int) and isinstance(node, dict)
        meant = next(filter(re.compile(rf"\+?0*{step}").fullmatch, node)) if is_name else step
        node = node[meant]
        yield meant


def plain_engine() -> Engine:
    """Return jsonschema, which runs everywhere, also in a browser."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(_ours())

    def errors(data: Any) -> Iterator[tuple[Path, str]]:
        for error in validator.iter_errors(data):
            in_names = "propertyNames" in list(error.absolute_schema_path)[-2:]
            yield tuple(error.absolute_path), "propertyNames" if in_names else str(error.validator)

    return validator.is_valid, errors
