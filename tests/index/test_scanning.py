"""Words of patterns in hits: what is found in their texts is what the index has of them."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from treatybody.index import analysis
from treatybody.index.flat.places import SHIFT
from treatybody.index.flat.scanning import standing
from treatybody.index.flat.tokens import tokens
from treatybody.index.found import Found

PARTS = ["state", "Non-State", "co", "1,250", "24.1", "7", "É", "party’s", "難民", "CMW/C/PER", "_"]
texts = st.lists(st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join), max_size=5)


class Paper(NamedTuple):
    """What of a paragraph is read."""

    text: str
    section: list[str]


@settings(max_examples=300, deadline=None)
@given(several=texts, seed=st.integers(0, 1 << 32))
def test_words_of_patterns_in_texts_and_headings(several: list[str], seed: int) -> None:
    source = random.Random(seed)
    papers: Any = [Paper(text, [text, "state"]) for text in several]
    numbers = source.sample(range(90), len(papers))
    among = np.array(sorted(source.sample(numbers, len(numbers) // 2 + len(numbers) % 2)), np.int32)
    every = [word for text in several for word in analysis.words(text)]
    known = {word.text for word in every} | {whole for _, whole in analysis.runs(every)}
    wanted = frozenset(source.sample(sorted(known), len(known) // 2)) | {"1250", "state"}
    hits = Found(numbers, papers, [])
    for field, of in (("text", lambda one: [one.text]), ("section", lambda one: one.section)):
        found = standing(hits, tokens(several), field, wanted, among)
        expected = {
            (number << SHIFT | start, number << SHIFT | end)
            for number, paper in zip(numbers, papers, strict=True)
            if number in among
            for text in of(paper)
            for start, end in _pieces(text, wanted)
        }
        assert list(zip(*map(list, found), strict=True)) == sorted(expected)


def _pieces(text: str, wanted: frozenset[str]) -> set[tuple[int, int]]:
    terms = analysis.exact_terms(analysis.words(text))
    return {(at, at + len(analysis.words(term)) - 1) for term, at in terms if term in wanted}
