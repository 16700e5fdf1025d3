"""Which numbers at the beginning of blocks are paragraph numbers.

A block that begins with a number may be a paragraph, a numbered heading, an item of a list
inside a paragraph, or the middle of a sentence that a page has broken. What decides is the
sequence: paragraph numbers run on. A number that is out of order is taken only when the
sequence goes on from it, and is then reported.

>>> [found.part for found in accept([(1,), (2,), (1,), (2,), (3,), (4,)])]
[0, 0, None, None, 0, 0]
>>> [found.part for found in accept([(1,), (2,), (3,), (1,), (2,)])]
[0, 0, 0, 1, 1]
>>> [(found.part, found.fault) for found in accept([(1,), (2,), (4,), (5,)])][2]
(0, 'paragraph 2 is followed by 4')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Value = tuple[int, ...]

_AGAIN = ("bis", "ter", "quater", "quinquies")
_AHEAD = 60
_LARGEST_GAP = 30
_FEWEST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a number is: ``part`` is the run that it belongs to, None for no paragraph number.

    ``instead`` is the number that stands for a misprinted one where the sequence goes on.
    """

    part: int | None
    fault: str | None = None
    instead: Value | None = None


_REFUSED = Ruling(None)


def value(number: str) -> Value:
    """A printed number as integers.

    "24 bis" is the second 24, which stands before 24.1 and 25.

    >>> value("24.1"), value("24 bis"), value("24 ter")
    ((24, 1), (24, 0, 2), (24, 0, 3))
    """
    printed, _, again = number.partition(" ")
    whole = tuple(int(part) for part in printed.split("."))
    return (*whole, 0, _AGAIN.index(again) + 2) if again else whole


def follows(before: Value, after: Value) -> bool:
    """Whether a number is the next one: 24 -> 25 or 24.1, 24.1 -> 24.2 or 25 (or 25.1).

    >>> follows((24,), (25,)), follows((24, 1), (24, 2)), follows((24, 2), (25, 1))
    (True, True, True)
    >>> follows((24,), (24, 0, 2)), follows((24, 0, 2), (24, 0, 3)), follows((24, 0, 2), (25,))
    (True, True, True)
    """
    if after == (*before, 0, 2) or (
        before[-2:-1] == (0,) and after == (*before[:-1], before[-1] + 1)
    ):
        return True
    if after == (*before, 1):
        return True
    for depth, place in enumerate(before):
        stem = (*before[:depth], place + 1)
        if after in (stem, (*stem, 1)):
            return True
    return False


def accept(
    candidates: Sequence[Value], likely: Sequence[bool] = (), headed: Sequence[bool] = ()
) -> list[Ruling]:
    """Rule on each number of one body (or of one annex), in order.

    Arguments:
        candidates: the numbers as printed.
        likely: whether the block reads like a paragraph and not like a heading or a list item;
            it decides whether an unexpected number may be taken.
        headed: whether a heading stands between a number and the one before it: under a heading
            1 starts a run of its own, elsewhere rather a list inside a paragraph.

    >>> [one.part for one in accept([(1,), (2,), (1,), (2,), (3,)], headed=[True, 0, True, 0, 0])]
    [0, 0, 1, 1, 1]
    """
    under_heading = list(headed) or [False] * len(candidates)
    reads_well = list(likely) or [True] * len(candidates)
    rulings: list[Ruling] = []
    last: Value | None = None
    inner: Value | None = None
    part = 0
    for index, number in enumerate(candidates):
        rest = candidates[index + 1 : index + 1 + _AHEAD]
        if last and inner and _goes_on_inside(number, last, inner, rest):
            ruling = _REFUSED
        else:
            restarts = (
                under_heading[index] and reads_well[index] and _starts_run(number, last, rest)
            )
            ruling = Ruling(part + 1) if restarts else _REFUSED
            if not restarts:
                ruling = _rule(number, last, rest, part, reads_well[index])
        rulings.append(ruling)
        if ruling.part is None:
            inner = number if last else None
        else:
            last, part, inner = ruling.instead or number, ruling.part, None
    return rulings


def interleaved(candidates: Sequence[Value], asking: Sequence[bool] = ()) -> list[int]:
    """The places of a second sequence 1..m that runs between the numbers of the first, 1..n.

    Replies number the questions that they answer and, apart from them, their paragraphs. From the
    last and greatest number backwards, the nearest number before is the paragraph's, unless it
    asks and an earlier one does not. Nothing may be left over or missing in either sequence, no
    two questions stand together, and where either of two may be the question, one must ask.

    Arguments:
        candidates: the numbers as printed.
        asking: whether the block asks for something.

    >>> interleaved([(1,), (1,), (2,), (3,), (2,), (4,), (3,), (5,), (6,)])
    [0, 4, 6]
    >>> interleaved([(1,), (2,), (3,), (1,), (2,), (3,), (4,)])  # a list inside a paragraph
    []
    """
    asks = list(asking) or [False] * len(candidates)
    chain: list[int] = []
    place = len(candidates)
    for number in range(max(candidates, default=(0,))[0], 0, -1):
        before = [at for at in range(place) if candidates[at] == (number,)]
        if not before:
            return []
        place = next((at for at in reversed(before) if not asks[at]), before[-1])
        chain.insert(0, place)
    rest = [at for at in range(len(candidates)) if at not in set(chain)]
    complete = [(number,) for number in range(1, len(rest) + 1)]
    if len(rest) < _FEWEST_QUESTIONS or [candidates[at] for at in rest] != complete:
        return []
    apart = all(after - before > 1 for before, after in pairwise([*rest, len(candidates)]))
    certain = all(_is_certain(number, at, chain, asks) for number, at in enumerate(rest))
    return rest if apart and certain else []


def _is_certain(number: int, question: int, chain: Sequence[int], asks: Sequence[bool]) -> bool:
    """Whether a question can't be the paragraph of its number, or asks while that does not.

    Arguments:
        number: how many questions come before.
        chain: the places of the paragraphs.
    """
    if number == 0:
        return question < chain[0]
    low = chain[number - 1] if number <= len(chain) else question
    high = chain[number + 1] if number + 1 < len(chain) else len(asks)
    either = low < question < high
    return not either or (asks[question] and not asks[chain[number]])


def cost(rulings: Sequence[Ruling]) -> int:
    """How badly a sequence runs: faults weigh more than numbers that are none."""
    return sum(5 if one.fault else int(one.part is None) for one in rulings)


def _goes_on_inside(number: Value, last: Value, inner: Value, rest: Sequence[Value]) -> bool:
    """Whether a number continues the list inside a paragraph rather than the paragraphs."""
    if not follows(inner, number):
        return False
    return not follows(last, number) or number in rest[: rest.index((1,)) if (1,) in rest else None]


def _starts_run(number: Value, last: Value | None, rest: Sequence[Value]) -> bool:
    """Whether a 1 starts a run: the run before doesn't resume later on."""
    if last is None or number not in ((1,), (1, 1)) or follows(last, number):
        return False
    before = [number, *rest]
    # a later successor of the last number that its own predecessor leads up to is of a new run
    return not any(
        follows(last, later) and earlier != last
        for earlier, later in zip(before, rest, strict=False)
    )


def _rule(
    number: Value, last: Value | None, rest: Sequence[Value], part: int, reads_well: bool
) -> Ruling:
    if not reads_well and rest and rest[0] == number:
        return _REFUSED  # the number of a heading over the paragraph of that number
    if last is None:
        return _first(number, rest, reads_well)
    if follows(last, number):
        return Ruling(part)
    if any(follows(last, later) for later in _before_restart(number, rest)):
        return _doubled(number, last, rest, part, reads_well)
    if not reads_well:
        return _REFUSED
    if number in ((1,), (1, 1)):
        return Ruling(part + 1)
    return _leap(number, last, rest, part)


def _first(number: Value, rest: Sequence[Value], reads_well: bool) -> Ruling:
    """The first number is 1, or one from which the sequence goes on."""
    if number in ((1,), (1, 1), (0,)):
        return Ruling(0) if reads_well or any(later == (2,) for later in rest) else _REFUSED
    if rest and follows(number, rest[0]) and reads_well and (1,) not in rest:
        return Ruling(0, f"the first paragraph number is {_shown(number)}")
    return _REFUSED


def _before_restart(number: Value, rest: Sequence[Value]) -> Sequence[Value]:
    """What comes before the numbering starts again with 1, where this number is not such a 1."""
    starts = [place for place, later in enumerate(rest) if later == (1,)]
    return rest if number == (1,) or not starts else rest[: starts[0]] or rest


def _doubled(
    number: Value, last: Value, rest: Sequence[Value], part: int, reads_well: bool
) -> Ruling:
    """A number printed twice is a paragraph when the sequence goes straight on from it."""
    if number == last and reads_well and rest and follows(last, rest[0]) and number != (1,):
        return Ruling(part, f"paragraph {_shown(number)} is printed twice")
    return _REFUSED


def _leap(number: Value, last: Value, rest: Sequence[Value], part: int) -> Ruling:
    """A number out of order: taken when the sequence goes on from it, or after it."""
    gap = number[0] - last[0]
    goes_on = bool(rest) and follows(number, rest[0])
    fault = f"paragraph {_shown(last)} is followed by {_shown(number)}"
    if number == last and not rest:
        return Ruling(part, f"paragraph {_shown(number)} is printed twice")
    if rest and not goes_on and rest[0] == (last[0] + 2,):
        return Ruling(part, fault, (last[0] + 1,))
    forward = 0 < gap <= _LARGEST_GAP and (goes_on or (gap == 2 and not rest))
    if forward or (goes_on and -_LARGEST_GAP < gap <= 0):
        return Ruling(part, fault)
    return _REFUSED


def _shown(number: Value) -> str:
    if len(number) > 2 and number[-2] == 0:
        return f"{_shown(number[:-2])} {_AGAIN[number[-1] - 2]}"
    return ".".join(map(str, number))
