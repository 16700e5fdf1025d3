"""Where a query matches in its hits: positions from the index, places in the text by counting.

What ``hits.Marker`` finds by analysing each paragraph again is found here for all hits at once,
for queries of words and phrases; only where a word begins is looked up in the text. Phrases with
gaps, and NEAR, are left to ``Marker``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from treatybody.index import analysis
from treatybody.index.execute import Fields, field_named
from treatybody.index.fields import MATCHED, SEARCHED, values
from treatybody.index.flat.executing import FlatExecutor
from treatybody.index.flat.places import SHIFT, Docs, among
from treatybody.index.hits import Marked
from treatybody.index.spans import Piece
from treatybody.model import Paragraph
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

# where a text has none of the first, its words are those of the second, found much faster
_RARE = re.compile(rf"[{analysis._CJK}{analysis._COMBINING}{analysis._IGNORED}]|\d[.,]\d")
_PLAIN = re.compile(r"[^\W_\u02bc]+")
Condition = tuple[Node, Fields]
Leaf = tuple[Node, Fields, tuple[Condition, ...]]
Pieces = dict[str, list[Piece]]


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
        found: Any = self._executor.limited(chosen).located(node, field)
        start, end = found
        docs = (start >> SHIFT).tolist()
        low = (1 << SHIFT) - 1
        for number, first, last in zip(
            docs, (start & low).tolist(), (end & low).tolist(), strict=True
        ):
            self._pieces.setdefault(number, {}).setdefault(field, []).append((first, last))

    def mark(self, number: int, paragraph: Paragraph, language: str) -> Marked:
        """Where a hit matches."""
        pieces = self._pieces.get(number, {})
        for words, field, numbers in self._scanned:
            if number in numbers:
                found = list(_scan(paragraph, field, words))
                if found:
                    pieces = {**pieces, field: [*pieces.get(field, []), *found]}
        return Marked(
            matched=[name for field, name in MATCHED.items() if field in pieces],
            spans=_spans(paragraph.text, pieces.get("text", [])),
        )


def _scan(paragraph: Paragraph, field: str, wanted: frozenset[str]) -> Iterator[Piece]:
    """The pieces of a field that are one of some words; only those of a text have true places."""
    for text in values(paragraph, field):
        words = analysis.words(text)
        for place, word in enumerate(words):
            if word.text in wanted or analysis.plain_number(word.text) in wanted:
                yield place, place
        for place, whole in analysis.runs(words):
            if whole in wanted:
                yield place, place + analysis.width(whole) - 1


def _spans(text: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Where runs of words stand in a text, in code points; overlapping ones are one."""
    if not pieces:
        return []
    plain = _RARE.search(text) is None
    words = [match.span() for match in (_PLAIN if plain else analysis._WORD).finditer(text)]
    spans: list[tuple[int, int]] = []
    for first, last in sorted(set(pieces)):
        start, end = words[first][0], words[last][1]
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
