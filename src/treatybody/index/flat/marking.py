"""Where a query matches in its hits: positions from the index, places in the text by counting.

What ``hits.Marker`` finds by analysing each paragraph again is found here for all hits at once,
for queries of words and phrases; only where a word begins is looked up in the text. Phrases with
gaps, and NEAR, are left to ``Marker``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from treatybody.index import analysis
from treatybody.index.execute import Fields, field_named
from treatybody.index.fields import MATCHED, SEARCHED, values
from treatybody.index.flat.executing import FlatExecutor
from treatybody.index.flat.places import SHIFT, Docs, among
from treatybody.index.flat.tokens import Tokens, tokens
from treatybody.index.hits import Found, Marked, character_spans
from treatybody.index.spans import Piece
from treatybody.query.tree import (
    And,
    Everything,
    Exact,
    Filter,
    Fuzzy,
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
Pieces = dict[str, list[Piece]]
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
        case _:
            raise NotSimple


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
        self._pieces: dict[int, Pieces] = {}
        self._scanned: list[tuple[frozenset[str], str, frozenset[int]]] = []
        for node, fields, conditions in list(leaves(tree)):
            chosen = self._chosen(conditions)
            for field in fields:
                self._place(node, field, chosen)

    def _chosen(self, conditions: Sequence[Condition]) -> Docs:
        chosen = self._numbers
        for node, fields in conditions:
            chosen = chosen[among(chosen, self._executor.paragraphs(node, fields))]
        return chosen

    def _place(self, node: Node, field: str, chosen: Docs) -> None:
        if isinstance(node, (Wildcard, Fuzzy, Regex)):
            words = frozenset(self._executor.expanded(node, field))
            self._scanned.append((words, field, frozenset(chosen.tolist())))
            return
        found: Any = self._executor.within(chosen).located(node, field)
        start, end = found
        docs = (start >> SHIFT).tolist()
        low = (1 << SHIFT) - 1
        for number, first, last in zip(
            docs, (start & low).tolist(), (end & low).tolist(), strict=True
        ):
            self._pieces.setdefault(number, {}).setdefault(field, []).append((first, last))

    def marks(self, hits: Sequence[Found]) -> Iterator[Marked]:
        """Where each of some hits matches."""
        texts = [hit.paragraph.text for hit in hits]
        found = tokens(texts)
        pieces = [self._of(hit, found, place) for place, hit in enumerate(hits)]
        spans = _spans(texts, found, [one.get("text", ()) for one in pieces])
        for there, places in zip(pieces, spans, strict=True):
            yield Marked([name for field, name in MATCHED.items() if field in there], places)

    def _of(self, hit: Found, texts: Tokens, place: int) -> Pieces:
        """The pieces of a hit; its text is the one at a place among some."""
        pieces = self._pieces.get(hit.number, {})
        for wanted, field, numbers in self._scanned:
            if hit.number not in numbers:
                continue
            if field == "text" and texts.done[place]:
                found = list(_scan([texts.of(place)], wanted))
            else:
                found = list(_scan(map(analysis.words, values(hit.paragraph, field)), wanted))
            if found:
                pieces = {**pieces, field: [*pieces.get(field, []), *found]}
        return pieces


def _scan(texts: Iterable[list[analysis.Token]], wanted: frozenset[str]) -> Iterator[Piece]:
    """The pieces of a field that are one of some words; only those of a text have true places."""
    for words in texts:
        for place, word in enumerate(words):
            if word.text in wanted or analysis.plain_number(word.text) in wanted:
                yield place, place
        for place, whole in analysis.runs(words):
            if whole in wanted:
                yield place, place + analysis.width(whole) - 1


def _spans(texts: Sequence[str], found: Tokens, pieces: Sequence[Sequence[Piece]]) -> list[Spans]:
    """Where runs of words stand in texts, in code points; overlapping ones are one."""
    words = accumulate(found.counts.tolist(), initial=0)
    bases = accumulate((len(text) + 1 for text in texts), initial=0)
    spans = []
    for text, done, word, base, some in zip(
        texts, found.done.tolist(), words, bases, pieces, strict=False
    ):
        if done:
            starts, ends = found.starts[word:], found.ends[word:]
            places = ((int(starts[a]) - base, int(ends[b]) - base) for a, b in sorted(some))
            spans.append(_merged(places))
        else:
            spans.append(character_spans(text, some))
    return spans


def _merged(places: Iterable[tuple[int, int]]) -> Spans:
    merged: Spans = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
