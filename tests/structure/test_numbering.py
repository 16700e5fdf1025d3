"""Numbers and labels alone: which go on counting, and on which level."""

from __future__ import annotations

import pytest

from treatybody.structure import labels, runs, subparagraphs

LEVELS = [
    ("(a) (b) (c)", [1, 1, 1]),
    ("(a) (i) (ii) (b) (i)", [1, 2, 2, 1, 2]),
    ("(y) (z) (aa) (bb)", [1, 1, 1, 1]),
    ("(g) (h) (i) (j) (k)", [1, 1, 1, 1, 1]),
    ("(g) (h) (i) (ii) (iii)", [1, 1, 2, 2, 2]),
    ("(u) (v) (w)", [1, 1, 1]),
    ("(iv) (v) (vi)", [1, 1, 1]),
    ("(1) (2) (a) (b) (3)", [1, 1, 2, 2, 1]),
    ("(a) (i) a. b. (ii)", [1, 2, 3, 3, 2]),
    ("a) b) c)", [1, 1, 1]),
]


@pytest.mark.parametrize(("words", "expected"), LEVELS)
def test_levels(words: str, expected: list[int]) -> None:
    found = [labels.of_numbering(word) for word in words.split()]
    assert subparagraphs.levels([one for one in found if one]) == expected


RUNS = [
    ("1 2 3", "yes yes yes"),
    ("1 2 1 2 3 4", "yes yes no no yes yes"),
    ("1 2 2015 3", "yes yes no yes"),
    ("1 2 3 33 4", "yes yes yes no yes"),
    ("1 2 3 29 5 6", "yes yes yes yes yes yes"),
    ("57 58 59", "yes yes yes"),
    ("1 1.1 1.2 2 2.1", "yes yes yes yes yes"),
    ("1 2 3 7 8", "yes yes yes yes yes"),
]


@pytest.mark.parametrize(("numbers", "expected"), RUNS)
def test_runs(numbers: str, expected: str) -> None:
    found = runs.accept([runs.value(number) for number in numbers.split()])
    assert ["no" if one.part is None else "yes" for one in found] == expected.split()
