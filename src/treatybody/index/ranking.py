"""Scores: BM25F over text, section headings and notes, and three kinds of soft evidence.

BM25F as its authors define it: the frequencies of a word in all fields are normalized by each
field's length, weighted and added up, and only the sum is saturated (Robertson and Zaragoza,
"The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6; the weight of a
word is the one of Lucene, which is never negative):

    score     =  sum over units u of  share(u) * rarity(u) * f(u) * (k1 + 1) / (k1 + f(u))
    f(u)      =  sum over fields of  weight * matches / (1 - b + b * length / average length)
    rarity(u) =  ln(1 + (all - having + 0.5) / (having + 0.5))

What is scored is a *unit*: a word, pattern, phrase, NEAR, or a group of synonyms, each counted
as if it were one word. What stands twice in a query has the share 2. Lengths are exact numbers
of words. Statistics count the paragraphs of the published generation only, so that a score does
not depend on what was indexed before.

Beside what was typed, there is *evidence*. It never finds anything, it only orders; and each
kind of it is again a unit, which the index executes like any other:

* a word in the very form that was typed, with the share ``exact``;
* neighbours of an AND or OR directly one behind the other, as in a phrase: ``adjacent``;
* neighbours, and those with one between them, in any order at most ``window`` positions
  apart: ``near``.

The latter two are the sequential dependence model (Metzler and Croft, "A Markov random field
model for term dependencies", 2005) with BM25 in place of its language model. The shares are
measured (docs/ranking.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from treatybody.index.execute import Executor, field_named
from treatybody.index.fields import SCORED, SEARCHED
from treatybody.index.snapshot import Snapshot
from treatybody.query.tree import (
    And,
    Everything,
    Exact,
    Filter,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Range,
    Synonyms,
    Within,
    Word,
)

DIGITS = 9
PAIRED = 64  # of longer lists, only so many are looked at in pairs


@dataclass(frozen=True)
class Weights:
    """The parameters of the ranking.

    Arguments:
        k1: saturation.
        weight, b: of each field: its weight, and how far its length counts (0 to 1).
        exact, adjacent, near: the shares of the evidence; 0 leaves it out.
        window: how many positions are near.
    """

    k1: float = 1.5
    weight: Mapping[str, float] = field(
        default_factory=lambda: {"text": 1.0, "section": 0.3, "note": 0.5, "speaker": 0.5}
    )
    b: Mapping[str, float] = field(
        default_factory=lambda: {"text": 0.75, "section": 0.5, "note": 0.75, "speaker": 0.0}
    )
    exact: float = 0.2
    adjacent: float = 0.3
    near: float = 0.15
    window: int = 8


@dataclass(frozen=True)
class Unit:
    """Something that is scored: a node, the fields it is matched in and those that count."""

    node: Node
    matched: tuple[str, ...] = SEARCHED
    scored: tuple[str, ...] = SCORED


def units(node: Node, within: tuple[str, ...] | None = None) -> Iterator[Unit]:
    """The units of a tree; what is excluded or only filters has no score.

    >>> [unit.node for unit in units(And((Word("a"), Not(Word("b")))))]
    [Word(text='a')]
    """
    match node:
        case And(items) | Or(items):
            for item in items:
                yield from units(item, within)
        case Within(name, inner):
            yield from units(inner, (field_named(name),))
        case Not() | Filter() | Range() | Everything():
            return
        case _:
            yield _unit(node, within)


def _unit(node: Node, within: tuple[str, ...] | None) -> Unit:
    return Unit(node) if within is None else Unit(node, within, within)


def shares(tree: Node, weights: Weights) -> dict[Unit, float]:
    """The units of a tree and of its evidence, with how much each counts.

    The order is the same every time, and with it the sums.

    >>> found = shares(And((Word("forced"), Word("labour"))), Weights(near=0))
    >>> [(type(unit.node).__name__, share) for unit, share in found.items()]
    [('Word', 1.0), ('Word', 1.0), ('Exact', 0.2), ('Exact', 0.2), ('Near', 0.3)]
    """
    typed = list(units(tree))
    found: Counter[Unit] = Counter(typed)
    totals = {unit: float(times) for unit, times in found.items()}
    for unit, share in [*_exact(typed, weights.exact), *_pairs(tree, weights)]:
        if share:
            totals[unit] = totals.get(unit, 0.0) + share
    return totals


def _exact(typed: Sequence[Unit], share: float) -> Iterator[tuple[Unit, float]]:
    for unit in typed:
        if isinstance(unit.node, Word):
            yield Unit(Exact(unit.node.text), unit.matched, unit.scored), share


def _pairs(
    node: Node, weights: Weights, within: tuple[str, ...] | None = None
) -> Iterator[tuple[Unit, float]]:
    """The neighbours in a tree as units."""
    match node:
        case And(items) | Or(items):
            placed = [item for item in items if _in_pairs(item)][:PAIRED]
            for pair, share in _neighbours(placed, weights):
                yield _unit(pair, within), share
            for item in items:
                yield from _pairs(item, weights, within)
        case Within(name, inner):
            yield from _pairs(inner, weights, (field_named(name),))


def _in_pairs(node: Node) -> bool:
    """Whether a node is looked at in pairs: words are; patterns would be slow."""
    if isinstance(node, Synonyms):
        return all(map(_in_pairs, (node.typed, *node.alternatives)))
    return isinstance(node, (Word, Exact, Phrase))


def _neighbours(items: Sequence[Node], weights: Weights) -> Iterator[tuple[Node, float]]:
    for left, right in _two(items, 1):
        yield Near(left, right, 1, ordered=True), weights.adjacent
    for apart in (1, 2):
        for left, right in _two(items, apart):
            yield Near(left, right, weights.window), weights.near


def _two(items: Sequence[Node], apart: int) -> Iterator[tuple[Node, Node]]:
    """Items that stand so many places apart in a query, without those that are the same."""
    return ((a, b) for a, b in zip(items, items[apart:], strict=False) if a != b)


class Ranking:
    """Scores paragraphs of one snapshot."""

    def __init__(self, snapshot: Snapshot, weights: Weights | None = None) -> None:
        self.snapshot = snapshot
        self.weights = weights or Weights()
        self._averages: dict[str, float] = {}

    def scores(self, tree: Node, executor: Executor, numbers: Collection[int]) -> dict[int, float]:
        """The score of each paragraph, rounded to nine digits so that equal ones are equal."""
        totals = dict.fromkeys(numbers, 0.0)
        for unit, share in shares(tree, self.weights).items():
            weight = share * self._rarity(len(executor.numbers(unit.node, unit.matched)))
            for number, frequency in self._frequencies(unit, executor, totals).items():
                saturated = frequency * (self.weights.k1 + 1) / (self.weights.k1 + frequency)
                totals[number] += weight * saturated
        return {number: round(score, DIGITS) for number, score in totals.items()}

    def _rarity(self, having: int) -> float:
        everything = sum(entry.count for entry in self.snapshot.entries.values())
        return log(1 + (everything - having + 0.5) / (having + 0.5))

    def _frequencies(
        self, unit: Unit, executor: Executor, wanted: Collection[int]
    ) -> dict[int, float]:
        """The weighted, normalized frequency of a unit in each paragraph that is wanted."""
        sums: dict[int, float] = {}
        for name in unit.scored:
            found = executor.frequencies(unit.node, name)
            for number in found.keys() & wanted:
                part = self.weights.weight[name] * found[number] / self._norm(name, number)
                sums[number] = sums.get(number, 0.0) + part
        return sums

    def _norm(self, name: str, number: int) -> float:
        b = self.weights.b[name]
        if not b or name not in SCORED:
            return 1.0
        length = self.snapshot.column(f"{name}_words", number)
        return 1 - b + b * length / self._average(name)

    def _average(self, name: str) -> float:
        """The average length of a field, over paragraphs that have it at all."""
        if name not in self._averages:
            self._averages[name] = average(self._lengths(name))
        return self._averages[name]

    def _lengths(self, name: str) -> Iterator[int]:
        for segment in self.snapshot.segments:
            column = segment.column(f"{name}_words")
            for live in segment.live:
                yield from (column[place] for place in live)


def average(lengths: Iterator[int]) -> float:
    """The average of the lengths above zero; 1 when there are none.

    >>> average(iter([0, 2, 4]))
    3.0
    """
    present = [length for length in lengths if length]
    return sum(present) / len(present) if present else 1.0
