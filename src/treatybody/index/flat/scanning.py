"""Where the words of a pattern stand in hits: read from their texts, not from long lists.

A pattern may stand for thousands of words, each with a list of postings; the hits have a few
hundred words, all of which are known once they are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from treatybody.index import analysis
from treatybody.index.fields import values
from treatybody.index.flat import docsets, places
from treatybody.index.flat.docsets import Docs
from treatybody.index.flat.inverting import Longs
from treatybody.index.flat.places import SHIFT
from treatybody.index.flat.tokens import Mask, Tokens, vocabulary
from treatybody.index.found import Found
from treatybody.index.spans import Piece


def standing(
    hits: Found, texts: Tokens, field: str, wanted: frozenset[str], among: Docs
) -> places.Found:
    """Where some words stand in a field of some hits.

    Only in a text have they true positions; else they tell that the field has them.

    Arguments:
        texts: the words of the hits' texts.
        wanted: plain words, and wholes of joined runs.
        among: int32, the paragraphs that count.
    """
    numbers = np.array(hits.numbers, np.int64)
    there = docsets.among(numbers, among)
    known = there & texts.done if field == "text" else np.zeros(len(numbers), bool)
    first, last = _in_texts(texts, known, wanted)
    owner = texts.owner(first)
    base = (numbers << SHIFT)[owner] - texts.firsts[owner]
    others = [
        (hits.numbers[place] << SHIFT | start, hits.numbers[place] << SHIFT | end)
        for place in np.flatnonzero(there & ~known).tolist()
        for start, end in _scan(values(hits.paragraphs[place], field), wanted)
    ]
    start, end = np.array(others, np.int64).reshape(-1, 2).T
    return places.ordered(np.append(base + first, start), np.append(base + last, end))


def _in_texts(texts: Tokens, known: Mask, wanted: frozenset[str]) -> tuple[Longs, Longs]:
    """The first and last words of what is wanted, in texts that were analysed."""
    if not known.any():
        return np.empty(0, np.int64), np.empty(0, np.int64)
    words, ids = vocabulary(texts.folded, texts.starts, texts.ends)
    distinct = b" ".join(words).decode().split()
    found = np.array([_is_one_of(word, wanted) for word in distinct], bool)
    single = np.flatnonzero(found[ids])
    whole = np.array(list(_wholes(texts, wanted)), np.int64).reshape(-1, 2)
    first = np.concatenate([single, whole[:, 0]])
    last = np.concatenate([single, whole[:, 1]])
    chosen = known[texts.owner(first)]
    return first[chosen], last[chosen]


def _wholes(texts: Tokens, wanted: frozenset[str]) -> Iterator[Piece]:
    """The first and last words of joined runs that are wanted; folded, they stand as they are."""
    data, joined = texts.folded.tobytes(), texts.joins != 0
    edges = np.flatnonzero(np.diff(joined, prepend=False, append=False))
    first, last = edges[0::2] - 1, edges[1::2] - 1
    spans = zip(texts.starts[first].tolist(), texts.ends[last].tolist(), strict=True)
    for place, (start, end) in zip(first.tolist(), spans, strict=True):
        whole = data[start:end].decode()
        if whole in wanted:
            yield place, place + analysis.width(whole) - 1


def _is_one_of(word: str, wanted: frozenset[str]) -> bool:
    return word in wanted or (not word.isalnum() and analysis.plain_number(word) in wanted)


def _scan(texts: Iterable[str], wanted: frozenset[str]) -> Iterator[Piece]:
    """The pieces of texts that are one of some words."""
    for words in map(analysis.words, texts):
        for place, word in enumerate(words):
            if _is_one_of(word.text, wanted):
                yield place, place
        for place, whole in analysis.runs(words):
            if whole in wanted:
                yield place, place + analysis.width(whole) - 1
