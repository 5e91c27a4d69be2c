"""Tell whether micro-credentials add up to what a programme asks for.

>>> from microcred.stacking import stack
>>> result = stack("a.yaml", "b.json", into="programme.yaml")     # doctest: +SKIP
>>> print(render(result, "text"))                                # doctest: +SKIP
"""

from __future__ import annotations

from microcred.stacking.checking import Result, stack
from microcred.stacking.written import FORMATS, render

__all__ = ["FORMATS", "Result", "render", "stack"]
