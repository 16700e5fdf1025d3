"""Classes that hold values and never change, made cheaply.

They are what ``@dataclass(frozen=True)`` makes of the same annotations: compared, hashed and shown
by their values, matched by position. ``dataclasses`` writes and compiles functions for each class,
and a tuple with names is no cheaper; a command that is asked once waits longer for those of a
few dozen classes than for its answer. These share theirs. Making an object takes a microsecond
more: where millions are made, another kind of class is better.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar, dataclass_transform

S = TypeVar("S", bound="Frozen")


@dataclass_transform(frozen_default=True)
class Frozen:
    """The base of classes that only hold values: their annotations name them, in order.

    >>> class Span(Frozen):
    ...     start: int
    ...     end: int = 0
    >>> Span(1), Span(1, end=2).changed(start=2)
    (Span(start=1, end=0), Span(start=2, end=2))
    """

    __slots__ = ("__dict__", "__weakref__", "_hash")
    _hash: int
    __match_args__: ClassVar[tuple[str, ...]] = ()
    _names: ClassVar[frozenset[str]] = frozenset()
    _defaults: ClassVar[dict[str, object]] = {}

    def __init_subclass__(cls) -> None:
        own = cls.__dict__
        cls.__match_args__ = tuple(own.get("__annotations__", ()))  # type: ignore[misc]
        cls._names = frozenset(cls.__match_args__)
        cls._defaults = {name: own[name] for name in cls.__match_args__ if name in own}

    def __init__(self, *values: object, **named: object) -> None:
        given = dict(zip(self.__match_args__, values, strict=False))
        found = {**self._defaults, **given, **named}
        if found.keys() != self._names or len(given) != len(values) or given.keys() & named.keys():
            names = ", ".join(self.__match_args__)
            raise TypeError(f"{type(self).__name__}({names}) does not take {values} and {named}")
        self.__dict__.update(found)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} never changes: {name}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """Made once: what was found for a part of a tree is looked up by it again and again."""
        try:
            return self._hash
        except AttributeError:
            made = hash((type(self), *map(self.__dict__.__getitem__, self.__match_args__)))
            object.__setattr__(self, "_hash", made)
            return made

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), tuple(map(self.__dict__.__getitem__, self.__match_args__))

    def __repr__(self) -> str:
        shown = [f"{name}={self.__dict__[name]!r}" for name in self.__match_args__]
        return f"{type(self).__name__}({', '.join(shown)})"

    def changed(self: S, **named: object) -> S:
        """The same with other values."""
        return type(self)(**{**self.__dict__, **named})
