"""Where a query matches in its hits: positions from the index, places in the text by counting.

What ``hits.Marker`` finds by analysing each paragraph again is found here for all hits at once,
for queries of words, phrases and words near each other; only where a word begins is looked up in
the text. Phrases with gaps, and what is near a phrase or a pattern, are left to ``Marker``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from treatybody.index.execute import Fields, field_named
from treatybody.index.fields import MATCHED, SEARCHED
from treatybody.index.flat import docsets, places
from treatybody.index.flat.docsets import Docs
from treatybody.index.flat.executing import FlatExecutor
from treatybody.index.flat.inverting import Longs, before, ranges
from treatybody.index.flat.places import SHIFT
from treatybody.index.flat.scanning import standing
from treatybody.index.flat.tokens import Tokens, tokens
from treatybody.index.hits import Found, Marked, character_spans
from treatybody.query.tree import (
    And,
    Everything,
    Exact,
    Filter,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Range,
    Regex,
    Synonyms,
    Wildcard,
    Within,
    Word,
)

Condition = tuple[Node, Fields]
Leaf = tuple[Node, Fields, tuple[Condition, ...]]
Spans = list[tuple[int, int]]


class NotSimple(Exception):
    """A tree whose matches have gaps."""


def leaves(
    node: Node, fields: Fields = SEARCHED, conditions: tuple[Condition, ...] = ()
) -> Iterator[Leaf]:
    """What is marked of a tree, with the nodes that must match for it to count.

    Raises:
        NotSimple: a match of the tree may have gaps.
    """
    match node:
        case Not() | Filter() | Range() | Everything():
            return
        case Within(name, inner):
            yield from leaves(inner, (field_named(name),), conditions)
        case And(items) | Or(items):
            for item in items:
                yield from leaves(item, fields, (*conditions, (node, fields)))
        case Synonyms(typed, others):
            yield from leaves(Or((typed, *others)), fields, conditions)
        case Word() | Exact() | Wildcard() | Fuzzy() | Regex():
            yield node, fields, conditions
        case Phrase(parts, 0) if all(isinstance(part.term, Exact) for part in parts):
            yield node, fields, conditions
        case Near(left, right) if _is_words(left) and _is_words(right):
            yield node, fields, conditions
        case _:
            raise NotSimple


def _is_words(node: Node) -> bool:
    match node:
        case Or(items):
            return all(map(_is_words, items))
        case Synonyms(typed, others):
            return all(map(_is_words, (typed, *others)))
    return isinstance(node, (Word, Exact))


class FlatMarker:
    """Marks the hits of one query.

    Arguments:
        tree: the query.
        executor: what executed it.
        numbers: int32, the hits that will be marked.

    Raises:
        NotSimple: a match of the tree may have gaps.
    """

    def __init__(self, tree: Node, executor: FlatExecutor, numbers: Docs) -> None:
        self._executor = executor
        self._numbers = np.sort(numbers)
        self._scanned: list[tuple[frozenset[str], str, Docs]] = []
        located: dict[str, list[places.Found]] = {}
        for node, fields, conditions in list(leaves(tree)):
            chosen = self._chosen(one for one in conditions if one[0] is not tree)  # all match it
            for field in fields:
                if isinstance(node, (Wildcard, Fuzzy, Regex)):
                    words = frozenset(executor.expanded(node, field))
                    self._scanned.append((words, field, chosen))
                else:
                    found = _found(executor.within(chosen), node, field)
                    located.setdefault(field, []).append(found)
        self._located = {field: places.either(several) for field, several in located.items()}

    def _chosen(self, conditions: Iterable[Condition]) -> Docs:
        chosen = self._numbers
        for node, fields in conditions:
            chosen = chosen[docsets.among(chosen, self._executor.paragraphs(node, fields))]
        return chosen

    def marks(self, hits: Found) -> Marked:
        """Where each of some hits matches."""
        texts = [paragraph.text for paragraph in hits.paragraphs]
        words = tokens(texts)
        located = self._with_scanned(hits, words) if self._scanned else self._located
        numbers = np.array(hits.numbers, np.int64)
        spans = _spans(texts, words, numbers, located.get("text", places.NOTHING))
        return Marked(_matched(located, numbers), spans)

    def _with_scanned(self, hits: Found, texts: Tokens) -> dict[str, places.Found]:
        """What is located, with the words of patterns in some hits."""
        several = {field: [found] for field, found in self._located.items()}
        for wanted, field, among in self._scanned:
            found = standing(hits, texts, field, wanted, among)
            several.setdefault(field, []).append(found)
        return {field: places.either(found) for field, found in several.items()}


def _found(executor: FlatExecutor, node: Node, field: str) -> places.Found:
    """The words that are marked of a node; those between what is near are not."""
    if not isinstance(node, Near):
        found: Any = executor.located(node, field)
        return found  # type: ignore[no-any-return]
    left: Any = executor.located(node.left, field)
    right: Any = executor.located(node.right, field)
    if any(len(side.start) and side.start is not side.end for side in (left, right)):
        raise NotSimple
    return places.near_words(left.start, right.start, node.distance, node.ordered)


def _bounds(starts: places.Keys, numbers: Longs) -> tuple[Longs, Longs]:
    """Where the matches of some paragraphs begin and end among all."""
    keys = numbers << SHIFT
    return starts.searchsorted(keys), starts.searchsorted(keys + (1 << SHIFT))


def _matched(located: Mapping[str, places.Found], numbers: Longs) -> Iterator[Sequence[str]]:
    """The fields that hold a match of each of some paragraphs, as hits name them."""
    codes = np.zeros(len(numbers), np.int64)
    for bit, field in enumerate(MATCHED):
        found = located.get(field, places.NOTHING).start
        if len(found):
            first, last = _bounds(found, numbers)
            codes[first < last] |= 1 << bit
    names = [
        tuple(name for bit, name in enumerate(MATCHED.values()) if code >> bit & 1)
        for code in range(1 << len(MATCHED))
    ]
    return map(names.__getitem__, codes.tolist())


def _spans(texts: Sequence[str], words: Tokens, numbers: Longs, found: places.Found) -> list[Spans]:
    """Where matches stand in texts, in code points; overlapping ones are one.

    Arguments:
        texts, words: the texts of some paragraphs, and their words.
        numbers: int64, shape (texts,): whose texts they are.
        found: matches in these and other paragraphs.
    """
    first, last = _bounds(found.start, numbers)
    counts = (last - first) * words.done
    chosen, owner = ranges(first, counts), np.repeat(np.arange(len(texts)), counts)
    texts_start, words_start = words.texts[owner], before(words.counts)[owner]
    starts = words.starts[words_start + _place(found.start[chosen])] - texts_start
    ends = words.ends[words_start + _place(found.end[chosen])] - texts_start
    flat = list(zip(starts.tolist(), ends.tolist(), strict=True))
    stops = np.cumsum(counts).tolist()
    spans = [flat[start:stop] for start, stop in pairwise([0, *stops])]
    if np.any((starts[1:] < ends[:-1]) & (owner[1:] == owner[:-1])):
        spans = list(map(_merged, spans))
    for text in np.flatnonzero(~words.done).tolist():
        own = slice(first[text], last[text])
        pieces = _place(found.start[own]).tolist(), _place(found.end[own]).tolist()
        spans[text] = character_spans(texts[text], zip(*pieces, strict=True))
    return spans


def _place(keys: places.Keys) -> Longs:
    return keys & (1 << SHIFT) - 1


def _merged(spans: Spans) -> Spans:
    merged: Spans = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
