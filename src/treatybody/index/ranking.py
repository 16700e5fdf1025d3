"""Scores: BM25F over text, section headings and notes, and three kinds of soft evidence.

BM25F as its authors define it: the frequencies of a word in all fields are normalized by each
field's length, weighted and added up, and only the sum is saturated (Robertson and Zaragoza,
"The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6; the weight of a
word is the one of Lucene, which is never negative):

    score      =  sum over units u of  weight(u) * f(u) * (k1 + 1) / (k1 + f(u))
    weight(u)  =  share(u) * rarity(u) * topical(u)
    f(u)       =  sum over fields of  weight * matches / (1 - b + b * length / average length)
    rarity(u)  =  ln(1 + (all - having + 0.5) / (having + 0.5))
    topical(u) =  matches in all paragraphs / having; 1 for evidence

A word that a paragraph is about stands in it again and again; one that only helps to say it
stands there once. How often a word stands, on average, in the paragraphs that have it, tells the
two apart ("relative average term frequency"; Pirkola, Leppänen and Järvelin, "The RATF formula
(Kwok's formula)", 2002).

What is scored is a *unit*: a word, pattern, phrase, NEAR, or a group of synonyms, each counted
as if it were one word. What stands twice in a query has the share 2; words that ask or refer and
name nothing (``data/light_words.tsv``) have half of it and are not looked at in pairs. Lengths are
exact numbers of words. Statistics count the paragraphs of the published generation only, so that
a score does not depend on what was indexed before.

Beside what was typed, there is *evidence*. It never finds anything, it only orders; and each
kind of it is again a unit, which the index executes like any other:

* a word in the very form that was typed, with the share ``exact``;
* neighbours of an AND or OR directly one behind the other, as in a phrase: ``adjacent``;
* neighbours, and those with one between them, in any order at most ``window`` positions
  apart: ``near``.

The latter two are the sequential dependence model (Metzler and Croft, "A Markov random field
model for term dependencies", 2005) with BM25 in place of its language model. How many paragraphs
have two neighbours near each other is counted where few have both, else in a sample of those, so
that evidence need be looked up only in paragraphs that could be among the best. The shares are
measured (docs/ranking.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from treatybody.index.execute import Executor, field_named
from treatybody.index.fields import SCORED, SEARCHED
from treatybody.index.light_words import is_light
from treatybody.index.orders import by_symbol
from treatybody.index.snapshot import Snapshot
from treatybody.index.weights import DIGITS as DIGITS
from treatybody.index.weights import Weights as Weights
from treatybody.index.weights import rarity as rarity
from treatybody.index.weights import topical as topical
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

SAMPLED = 1024  # of the paragraphs with both words of a pair
PAIRED = 64  # of longer lists, only so many are looked at in pairs


class Unit(NamedTuple):
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


class Scoring(NamedTuple):
    """A unit with how much it counts, and the typed units that it is, or is evidence of."""

    unit: Unit
    share: float
    words: tuple[Unit, ...]

    @property
    def typed(self) -> bool:
        """Whether it was typed, not added as evidence."""
        return self.words == (self.unit,)


def shares(tree: Node, weights: Weights) -> list[Scoring]:
    """The units of a tree, and then those of its evidence, with how much each counts.

    The order is the same every time, and with it the sums.

    >>> found = shares(And((Word("forced"), Word("labour"))), Weights(near=0))
    >>> [(type(one.unit.node).__name__, one.share, len(one.words)) for one in found]
    [('Word', 1.0, 1), ('Word', 1.0, 1), ('Exact', 0.2, 1), ('Exact', 0.2, 1), ('Near', 0.3, 2)]
    """
    typed = list(units(tree))
    every = [Scoring(unit, _full(unit, weights), (unit,)) for unit in typed]
    found: dict[tuple[Unit, tuple[Unit, ...]], float] = {}
    for unit, share, words in [*every, *_exact(typed, weights), *_pairs(tree, weights)]:
        if share:
            found[unit, words] = found.get((unit, words), 0.0) + share
    return [Scoring(unit, share, words) for (unit, words), share in found.items()]


def step(candidates: int) -> int:
    """Of so many paragraphs that have both words of a pair, every how-many-th is looked at.

    Those whose place among all paragraphs, ordered by symbol, is a multiple of it: the sample,
    and with it each score, does not depend on how the index came about.

    >>> step(1024), step(1025), step(5000)
    (1, 2, 8)
    """
    return 1 << max(0, (candidates - 1) // SAMPLED).bit_length()


def extrapolated(found: int, every: int, candidates: int) -> float:
    """How many of the candidates have a pair, from how many of the sample have it.

    Never none where there is a sample, and never more than there are: rarity is not below zero.

    >>> extrapolated(3, 1, 9), extrapolated(0, 4, 9), extrapolated(2, 4, 9), extrapolated(3, 4, 9)
    (3, 2.0, 8, 9)
    """
    return found if every == 1 else min(max(found * every, every / 2), candidates)


def _full(unit: Unit, weights: Weights) -> float:
    return weights.light if is_light(unit.node) else 1.0


def _exact(typed: Sequence[Unit], weights: Weights) -> Iterator[Scoring]:
    for unit in typed:
        if isinstance(unit.node, Word):
            share = weights.exact * _full(unit, weights)
            yield Scoring(Unit(Exact(unit.node.text), unit.matched, unit.scored), share, (unit,))


def _pairs(
    node: Node, weights: Weights, within: tuple[str, ...] | None = None
) -> Iterator[Scoring]:
    """The neighbours in a tree as units."""
    match node:
        case And(items) | Or(items):
            placed = [item for item in items if _in_pairs(item)][:PAIRED]
            for pair, share in _neighbours(placed, weights):
                words = _unit(pair.left, within), _unit(pair.right, within)
                yield Scoring(_unit(pair, within), share, words)
            for item in items:
                yield from _pairs(item, weights, within)
        case Within(name, inner):
            yield from _pairs(inner, weights, (field_named(name),))


def _in_pairs(node: Node) -> bool:
    """Whether a node is looked at in pairs: words that name something; patterns would be slow."""
    if is_light(node):
        return False
    if isinstance(node, Synonyms):
        return all(map(_in_pairs, (node.typed, *node.alternatives)))
    return isinstance(node, (Word, Exact, Phrase))


def _neighbours(items: Sequence[Node], weights: Weights) -> Iterator[tuple[Near, float]]:
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
        everything = sum(entry.count for entry in self.snapshot.entries.values())
        for part in shares(tree, self.weights):
            having = self._having(part, executor)
            weight = part.share * rarity(everything, having)
            if part.typed:
                weight *= topical(self._matches(part.unit, executor), having)
            for number, frequency in self._frequencies(part.unit, executor, totals).items():
                saturated = frequency * (self.weights.k1 + 1) / (self.weights.k1 + frequency)
                totals[number] += weight * saturated
        return {number: round(score, DIGITS) for number, score in totals.items()}

    def _having(self, part: Scoring, executor: Executor) -> float:
        unit = part.unit
        if len(part.words) == 1:
            return len(executor.numbers(unit.node, unit.matched))
        both = executor.numbers(And(tuple(word.node for word in part.words)), unit.matched)
        every = step(len(both))
        found = executor.numbers(unit.node, unit.matched)
        sample = [number for number in found if self._place(number) % every == 0]
        return extrapolated(len(sample), every, len(both))

    def _matches(self, unit: Unit, executor: Executor) -> int:
        every = (executor.frequencies(unit.node, name) for name in unit.matched)
        return sum(sum(found.values()) for found in every)

    def _place(self, number: int) -> int:
        """The place of a paragraph among all, ordered by symbol."""
        entry = self.snapshot.entry_of(number)
        return self._places[entry.key] + number - self.snapshot.first(entry)

    @cached_property
    def _places(self) -> dict[str, int]:
        """For each document the place of its first paragraph among all."""
        documents = sorted(self.snapshot.documents.values(), key=by_symbol)
        places, place = {}, 0
        for document in documents:
            places[document.document] = place
            place += self.snapshot.entries[document.document].count
        return places

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
