"""Arithmetic on arrays of paragraphs and positions: each against the plain way to say it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from treatybody.index import spans
from treatybody.index.flat import docsets, places, selecting


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 1000),
    size=st.integers(1, 3000),
    most=st.integers(1, 40),
    levels=st.sampled_from([3, 10**6]),
)
def test_the_best_are_those_of_sorting_all(seed: int, size: int, most: int, levels: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.integers(0, levels, size).astype(np.float64)
    ties = random.permutation(size).astype(np.int32)
    assert (
        selecting.best(scores, ties, most).tolist() == np.lexsort((ties, -scores))[:most].tolist()
    )


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 1000),
    sizes=st.tuples(*[st.sampled_from([0, 1, 3, 20, 150, 900, 4000])] * 2),
)
def test_some_paragraphs_among_others(seed: int, sizes: tuple[int, int]) -> None:
    random = np.random.default_rng(seed)
    size = 4000
    some, others = (
        np.sort(random.choice(size, count, replace=False)).astype(np.int32) for count in sizes
    )
    expected = np.flatnonzero(np.isin(some, others)).tolist()
    assert docsets.inside(some, others, size).tolist() == expected
    place, chosen = docsets.aligned(some, others, size)
    assert chosen.tolist() == expected
    assert others[place].tolist() == some[chosen].tolist()


@settings(max_examples=300, deadline=None)
@given(
    several=st.lists(st.sets(st.integers(0, 60), max_size=20), min_size=2, max_size=2),
    distance=st.integers(1, 9),
    ordered=st.booleans(),
)
def test_partners_of_words(several: list[set[int]], distance: int, ordered: bool) -> None:
    left, right = (np.array(sorted(some), np.int64) for some in several)
    found = places.partners(left, right)
    assert (found is None) <= bool(several[0] & several[1])
    sides = places.Found(left, left), places.Found(right, right)
    expected = docsets.distinct(places.near_starts(*sides, distance, ordered))
    assert (
        expected.tolist() == docsets.distinct(places.near(*sides, distance, ordered).start).tolist()
    )
    if found is not None:
        assert found.starts(distance, ordered).tolist() == expected.tolist()
    told = spans.near(*({0: _single(some)} for some in several), distance, ordered)
    pieces = {piece for matches in told.values() for one in matches.values() for piece in one}
    words = places.near_words(left, right, distance, ordered)
    assert list(zip(*map(list, words), strict=True)) == sorted(pieces)


def _single(positions: set[int]) -> spans.Matches:
    return {(place, place): ((place, place),) for place in positions}


@settings(max_examples=300, deadline=None)
@given(
    several=st.lists(st.sets(st.integers(100, 160)), min_size=2, max_size=2),
)
def test_counts_are_spread_and_sets_united(several: list[set[int]]) -> None:
    some, others = (np.array(sorted(one), np.int32) for one in several)
    assert docsets.put_in(some, others).tolist() == sorted(several[0] | several[1])
    if len(some) and len(others):
        told = dict(zip(some.tolist(), range(1, 99), strict=False))
        docs, counts = docsets.from_to(others, some, np.arange(1, len(some) + 1, dtype=np.int32))
        if len(docs):
            spread = docsets.spread(docs, counts, others).tolist()
            assert spread == [told.get(one, 0) for one in others.tolist()]
