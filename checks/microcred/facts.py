"""Values that an object works out once, when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

__all__ = ["fact"]

T = TypeVar("T")


class fact(Generic[T]):  # noqa: N801 - reads as a decorator
    """A value worked out at first use; after that a plain attribute, as cheap as one."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> fact[T]: ...
    @overload
    def __get__(self, owner: object, kind: type | None = None) -> T: ...
    def __get__(self, owner: object | None, kind: type | None = None) -> fact[T] | T:
        if owner is None:
            return self
        value = owner.__dict__[self.name] = self.compute(owner)
        return value
