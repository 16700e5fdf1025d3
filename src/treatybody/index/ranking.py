"""Scores: BM25F over text, section headings and notes.

BM25F as its authors define it: the frequencies of a word in all fields are normalized by each
field's length, weighted and added up, and only the sum is saturated (Robertson and Zaragoza,
"The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6; the weight of a
word is the one of Lucene, which is never negative).

What is scored is a *unit*: a word, pattern, phrase, NEAR, or a group of synonyms, each counted
as if it were one word. Lengths are exact numbers of words. Statistics count the paragraphs of
the published generation only, so that a score does not depend on what was indexed before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import log

from treatybody.index.execute import Executor, field_named
from treatybody.index.fields import SCORED, SEARCHED
from treatybody.index.snapshot import Snapshot
from treatybody.query.tree import And, Everything, Filter, Node, Not, Or, Range, Within

DIGITS = 9


@dataclass(frozen=True)
class Weights:
    """The parameters of BM25F: saturation, and for each field its weight and normalization."""

    k1: float = 1.2
    weight: Mapping[str, float] = field(
        default_factory=lambda: {"text": 1.0, "section": 0.3, "note": 0.5, "speaker": 0.5}
    )
    b: Mapping[str, float] = field(
        default_factory=lambda: {"text": 0.75, "section": 0.5, "note": 0.75, "speaker": 0.0}
    )


@dataclass(frozen=True)
class Unit:
    """Something that is scored: a node, the fields it is matched in and those that count."""

    node: Node
    matched: tuple[str, ...] = SEARCHED
    scored: tuple[str, ...] = SCORED


def units(node: Node, within: tuple[str, ...] | None = None) -> Iterator[Unit]:
    """The units of a tree; what is excluded or only filters has no score.

    >>> from treatybody.query.tree import Word
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
            yield Unit(node) if within is None else Unit(node, within, within)


class Ranking:
    """Scores paragraphs of one snapshot."""

    def __init__(self, snapshot: Snapshot, weights: Weights | None = None) -> None:
        self.snapshot = snapshot
        self.weights = weights or Weights()
        self._averages: dict[str, float] = {}

    def scores(self, tree: Node, executor: Executor, numbers: Collection[int]) -> dict[int, float]:
        """The score of each paragraph, rounded to nine digits so that equal ones are equal."""
        totals = dict.fromkeys(numbers, 0.0)
        for unit in dict.fromkeys(units(tree)):
            weight = self._rarity(len(executor.numbers(unit.node, unit.matched)))
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
