"""Skip pointers: what is found by them is what lies in the lists."""

from __future__ import annotations

import random
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from treatybody.errors import DamagedIndex
from treatybody.index.flat.inverting import Run
from treatybody.index.flat.layout import SKIPPED
from treatybody.index.flat.reading import FlatFile
from treatybody.index.flat.sections import FlatWriter
from treatybody.index.flat.skips import Skips
from treatybody.index.flat.stretches import Postings
from treatybody.index.flat.words import Words
from treatybody.index.flat.writing import PostingsWriter

List = list[tuple[int, int]]  # paragraphs with how often the term stands in each
RARE: list[List] = [[(3, 2)], [(5, 1), (9, 40)]]


class OneTerm(NamedTuple):
    """A term with postings and occurrences from some number on."""

    posting: int
    occurrence: int
    count: int

    def first(self, _place: int) -> tuple[int, int]:
        return self.posting, self.occurrence

    def having(self, _place: int) -> int:
        return self.count


def _list(source: random.Random, size: int) -> List:
    gaps = [source.choice([1, 1, 2, 9, 255, 256, 257, 70_000]) for _ in range(size)]
    counts = source.choices([1, 2, 3, 15, 16, 17, 300], [9, 3, 1, 1, 1, 1, 1], k=size)
    return list(zip((doc - 1 for doc in accumulate(gaps)), counts, strict=True))


def _written(path: Path, batches: list[list[List]]) -> FlatFile:
    out = FlatWriter(str(path))
    writer = PostingsWriter("f", np.zeros(1, np.int64))
    for number, lists in enumerate([RARE, *batches]):
        every = [pair for one in lists for pair in one]
        docs, counts = np.array(every, np.int32).reshape(-1, 2).T
        sizes = np.array([len(one) for one in lists], np.int32)
        places = np.zeros(counts.sum(), np.int32)
        writer.add(Run([], sizes, docs, counts, places), common=number > 0)
    writer.write(out)
    out.finish()
    with path.open("rb") as file:
        return FlatFile(file, lambda: DamagedIndex("index is damaged"))


def _wanted(source: random.Random, docs: list[int]) -> list[int]:
    there = source.sample(docs, min(len(docs), source.randint(0, 6)))
    near = [max(0, source.choice(docs) + source.choice([-1, 1, 300])) for _ in range(4)]
    return sorted({*there, *near, source.randint(0, docs[-1] + 1000)})


@settings(max_examples=300, deadline=None)
@example(sizes=[SKIPPED], cut=0, seed=0)
@example(sizes=[SKIPPED - 1, SKIPPED + 1, 2 * SKIPPED], cut=1, seed=1)
@given(
    sizes=st.lists(st.sampled_from([1, 2, 40, 63, 64, 65, 128, 200]), min_size=1, max_size=4),
    cut=st.integers(0, 4),
    seed=st.integers(0, 1 << 32),
)
def test_a_few_of_many_postings(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], cut: int, seed: int
) -> None:
    source = random.Random(seed)
    lists = [_list(source, size) for size in sizes]
    batches = [some for some in (lists[:cut], lists[cut:]) if some]
    file = _written(tmp_path_factory.mktemp("flat") / "x", batches)
    words = Words(file, "f")
    posting, occurrence = 3, 43
    for one in lists:
        docs, counts = zip(*one, strict=True)
        term = OneTerm(posting, occurrence, len(one))
        skips = Skips(words, term, 0)  # type: ignore[arg-type]
        wanted = _wanted(source, list(docs))
        places, found = skips.find(np.array(wanted, np.int32))
        expected = [number for number, doc in enumerate(docs) if doc in wanted]
        assert places.tolist() == expected
        assert found.tolist() == [docs[place] for place in expected]
        assert skips.before(places).tolist() == [sum(counts[:place]) for place in expected]
        assert words.counts_of(term, 0, places).tolist() == [  # type: ignore[arg-type]
            counts[place] for place in expected
        ]
        posting, occurrence = posting + len(one), occurrence + sum(counts)


@pytest.mark.parametrize("seed", range(4))
def test_stretches_of_a_list(tmp_path: Path, seed: int) -> None:
    """What the cold path decodes of a list is what was written, and nothing of its neighbours."""
    source = random.Random(seed)
    neighbours = [_list(source, source.randint(1, 70)) for _ in range(2)]
    written = _list(source, 900)
    file = _written(tmp_path / "x", [[neighbours[0], written, neighbours[1]]])
    first = 3 + len(neighbours[0])
    every = Postings(file, "f", first, 900).pairs(5)
    assert list(every) == [(doc + 5, count) for doc, count in written]
    one = Postings(file, "f", first, 900)
    assert one.most() >= max(count for _, count in written)
    edges = sorted(source.sample(range(written[-1][0] + 300), 60))
    stretches = [(0, 1), *zip(edges[::2], edges[1::2], strict=True)]
    inside = [pair for pair in written if any(low <= pair[0] < high for low, high in stretches)]
    assert one.within(stretches) == inside
    assert one.within([(doc, doc + 1) for doc, _ in written]) == written
    assert one.within([]) == []
