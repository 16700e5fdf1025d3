"""The lettered and numbered parts of a paragraph: which label belongs under which.

A label continues the sequence that is open at some depth, or opens a new sequence one deeper.
That settles "(i)" after "(h)": a letter when "(j)" follows or nothing else speaks for a roman
numeral, a numeral when "(ii)" follows.

>>> from treatybody.structure.labels import read
>>> def levels_of(text): return levels([read(word + " x")[0] for word in text.split()])
>>> levels_of("(a) (b) (i) (ii) (c)")
[1, 1, 2, 2, 1]
>>> levels_of("(g) (h) (i) (j)"), levels_of("(h) (i) (ii) (i)")
([1, 1, 1, 1], [1, 2, 2, 1])
>>> levels_of("(a) (b) (a) (b)")
[1, 1, 1, 1]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from treatybody.structure import labels
from treatybody.structure.labels import Label

_READINGS = ("letter", "roman", "number")


@dataclass(frozen=True, slots=True)
class _Open:
    """A sequence that is open at some depth: its reading, its bracket and its last value."""

    reading: str
    shape: str
    value: int


def levels(found: Sequence[Label], depths: Sequence[float | None] = ()) -> list[int]:
    """The level of each label, 1 for the outermost.

    Arguments:
        found: the labels of one paragraph, in order.
        depths: how far each is indented (tabs or points), where that is known; it decides only
            where the sequence alone does not.
    """
    known = list(depths) or [None] * len(found)
    stack: list[_Open] = []
    result: list[int] = []
    for index, label in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        deeper = _is_deeper(known, result, index)
        stack = _place(label, following, stack, deeper)
        result.append(len(stack))
    return result


def before(label: Label) -> tuple[str, ...]:
    """The labels that may stand right before one: "(b)" has "(a)", "(v)" has "(u)" and "(iv)".

    >>> from treatybody.structure.labels import read
    >>> before(read("(b) x")[0]), before(read("(v) x")[0]), before(read("(a) x")[0])
    (('(a)',), ('(u)', '(iv)'), ())
    """
    if not label.bracketed or label.printed[0] != "(":
        return ()
    value = label.value
    if labels.roman(value) == 1:
        return ()  # "(i)" opens a list
    if value.isdecimal():
        return (f"({int(value) - 1})",) if int(value) > 1 else ()
    places = [(labels.letter(value), labels.letters()), (labels.roman(value), labels.romans())]
    return tuple(
        f"({names[place - 2]})" for place, names in places if place and 1 < place <= len(names) + 1
    )


def _is_deeper(depths: Sequence[float | None], result: Sequence[int], index: int) -> bool | None:
    """Whether the label stands further in than the one before; None when that is unknown."""
    here, before = depths[index], depths[index - 1] if index else None
    if here is None or before is None:
        return None
    return here > before + 0.5


def _place(
    label: Label, following: Label | None, stack: list[_Open], deeper: bool | None
) -> list[_Open]:
    options = _continuations(label, stack)
    opening = _opening(label)
    if opening and (not options or _opens(label, following, options, deeper)):
        return [*_outside(opening, stack, deeper), opening]
    if options:
        depth, opened = options[0]
        return [*stack[:depth], opened]
    return _out_of_order(label, stack)


def _continuations(label: Label, stack: Sequence[_Open]) -> list[tuple[int, _Open]]:
    """The depths whose sequence this label continues, innermost first."""
    return [
        (depth, _Open(opened.reading, opened.shape, opened.value + 1))
        for depth, opened in reversed(list(enumerate(stack)))
        if _value(label, opened.reading) == opened.value + 1 and _shape(label) == opened.shape
    ]


def _opening(label: Label) -> _Open | None:
    """The sequence that a first label ("(a)", "(i)", "(1)") can open."""
    for reading in _READINGS:
        if _value(label, reading) == 1:
            return _Open(reading, _shape(label), 1)
    return None


def _outside(opening: _Open, stack: list[_Open], deeper: bool | None) -> list[_Open]:
    """What stays open around a new sequence: a second "(a)" begins its list anew."""
    for depth, opened in enumerate(stack):
        if (opened.reading, opened.shape) == (opening.reading, opening.shape) and not deeper:
            return stack[:depth]
    return stack


def _opens(
    label: Label,
    following: Label | None,
    options: Sequence[tuple[int, _Open]],
    deeper: bool | None,
) -> bool:
    """Whether "(i)" after "(h)" opens a roman sequence instead of being the ninth letter."""
    if following and _shape(following) == _shape(label):
        if _value(following, "roman") == 2:
            return True
        if _value(following, "letter") == options[0][1].value + 1:
            return False
    return bool(deeper)


def _out_of_order(label: Label, stack: list[_Open]) -> list[_Open]:
    """A label that neither continues nor opens a sequence: put where its kind is open."""
    for depth in range(len(stack) - 1, -1, -1):
        value = _value(label, stack[depth].reading)
        if value is not None and _shape(label) == stack[depth].shape:
            return [*stack[:depth], _Open(stack[depth].reading, stack[depth].shape, value)]
    for reading in _READINGS:
        value = _value(label, reading)
        if value is not None:
            return (
                [*stack[:1], _Open(reading, _shape(label), value)]
                if stack
                else [_Open(reading, _shape(label), value)]
            )
    return stack or [_Open("letter", _shape(label), 0)]


def _value(label: Label, reading: str) -> int | None:
    if reading == "number":
        return int(label.value) if label.value.isdecimal() else None
    if label.value.isdecimal():
        return None
    return labels.roman(label.value) if reading == "roman" else labels.letter(label.value)


def _shape(label: Label) -> str:
    """What stands around the core, with its case: "(A)" and "(a)" are two sequences."""
    return label.printed.replace(label.value, "A" if label.value.isupper() else "a")
