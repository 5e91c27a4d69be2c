"""Python values to plain JSON-like data, with every bound and surprise told."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from microcred.problem import Problem
from microcred.readers import bounds
from microcred.readers.text import UNSEEN, named, shown

__all__ = ["plain"]

Where = Callable[[str], str]


def _pointer(pointer: str) -> str:
    return f"at {shown(pointer)}" if pointer else "at the top"


def plain(value: object, where: Where = _pointer, longest: int = bounds.MAX_SCALAR) -> object:
    """Return *value* as new dicts, lists, texts, numbers, booleans and None.

    Tuples become lists, dates their ISO text. ``where`` words the place of a pointer,
    ``longest`` is how many characters one text may have.

    Raises:
        Problem: something has no plain form, or a bound is passed.
    """
    return _Walk(where, longest).result(value)


class _Walk:
    """One walk over a value, without recursion, so that depth can't overflow anything."""

    def __init__(self, where: Where, longest: int) -> None:
        self._where = where
        self._longest = longest
        self._count = 0
        # Each open container: what is still to come from it, where it goes, its pointer and source.
        self._open: list[tuple[Iterator[tuple[object, object]], object, str, object]] = []
        self._above: set[int] = set()

    def result(self, value: object) -> object:
        top = self._converted(value, "")
        while self._open:
            items, target, pointer, source = self._open[-1]
            try:
                following = next(items, None)
            except Exception:  # a mapping of somebody else's making can raise anything
                raise self._strange(source, pointer) from None
            if following is None:
                self._open.pop()
                self._above.discard(id(source))
            elif isinstance(target, dict):
                self._put(target, following, pointer)
            elif isinstance(target, list):
                target.append(self._converted(following[1], f"{pointer}/{following[0]}"))
        return top

    def _put(self, target: dict[str, object], item: tuple[object, object], pointer: str) -> None:
        key = self._key(item[0], pointer)
        token = key.replace("~", "~0").replace("/", "~1")
        if key in target:
            raise Problem(
                f"The field “{shown(key)}” is given twice ({self._where(pointer)})",
                "Keep one of the two",
            )
        target[key] = self._converted(item[1], f"{pointer}/{token}")

    def _key(self, key: object, pointer: str) -> str:
        if isinstance(key, str):
            name = str.__str__(key)
        elif isinstance(key, int) and not isinstance(key, bool):
            name = str(self._number(key, pointer))
        else:
            raise Problem(
                f"The name of a field is of the type “{type(key).__name__}” "
                f"({self._where(pointer)})",
                "Use a text as the name of each field",
            )
        if len(name) > bounds.MAX_KEY:
            raise bounds.key_too_long(self._where(pointer))
        return self._text(name, pointer)

    def _converted(self, value: object, pointer: str) -> object:
        self._count += 1
        if self._count > bounds.MAX_NODES:
            raise bounds.too_many(self._where(pointer))
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(str.__str__(value), pointer)
        if isinstance(value, (int, float, Decimal)):
            return self._number(value, pointer)
        if isinstance(value, (dt.date, dt.time)):
            return value.isoformat()
        if isinstance(value, (Mapping, list, tuple)):
            return self._container(value, pointer)
        raise self._strange(value, pointer)

    def _container(
        self, value: Mapping[object, object] | list[object] | tuple[object, ...], pointer: str
    ) -> object:
        if id(value) in self._above:
            raise Problem(
                f"A list or group contains itself ({self._where(pointer)})",
                "Give each value once, without circles",
            )
        if len(self._open) >= bounds.MAX_DEPTH:
            raise bounds.too_deep(self._where(pointer))
        target: object
        try:
            if isinstance(value, Mapping):
                items, target = iter(value.items()), {}
            else:
                items, target = iter(enumerate(value)), []
        except Exception:  # as above
            raise self._strange(value, pointer) from None
        self._above.add(id(value))
        self._open.append((items, target, pointer, value))
        return target

    def _text(self, text: str, pointer: str) -> str:
        if len(text) > self._longest:
            raise bounds.text_too_long(self._where(pointer))
        if unseen := UNSEEN.search(text):
            raise Problem(
                f"A text holds {named(unseen[0])} ({self._where(pointer)})",
                "Delete it",
            )
        return text

    def _number(self, value: int | float | Decimal, pointer: str) -> int | float:
        if isinstance(value, int):
            whole = int.__int__(value)  # a subclass, such as an IntEnum, loses its class
            if abs(whole) >= 10**bounds.MAX_DIGITS:
                raise bounds.number_too_long(_digits(whole), self._where(pointer))
            return whole
        number = float.__float__(value) if isinstance(value, float) else float(value)
        if not math.isfinite(number):
            raise Problem(
                f"The number {number} is no amount ({self._where(pointer)})",
                "Write a number, or leave the field out",
            )
        return number

    def _strange(self, value: object, pointer: str) -> Problem:
        return Problem(
            f"A value of the type “{shown(type(value).__name__)}” has no plain form "
            f"({self._where(pointer)})",
            "Use texts, numbers, booleans, dates, lists and mappings",
        )


def _digits(number: int) -> str:
    # Very long numbers are never spelled out: that takes quadratic time, or is refused.
    return f"{number}" if abs(number) < 10**40 else "with more than 40 digits"
