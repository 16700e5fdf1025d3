"""The paragraphs that can be among the best, found among the champions of words (``champions``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from treatybody.index.fields import SEARCHED
from treatybody.index.flat.champions import MOST, Champions
from treatybody.index.flat.divisors import Divisors
from treatybody.index.flat.docsets import Docs, inside
from treatybody.index.flat.executing import FlatExecutor
from treatybody.index.flat.matches import FlatMatches
from treatybody.index.flat.postings import twice
from treatybody.index.ranking import Scoring, Unit, Weights
from treatybody.index.weights import LENGTHS_COUNT
from treatybody.query.tree import And, Near

Floats = NDArray[np.float64]
Frequency = TypeVar("Frequency", float, Floats)  # in one paragraph, or in each of many
Part = tuple[Scoring, float]  # a unit and its weight


class Leaders:
    """Looks among the champions of one snapshot.

    Arguments:
        size: how many numbers there are.
        weights, divisors: of the ranking.
    """

    def __init__(self, size: int, weights: Weights, divisors: Divisors) -> None:
        self._size = size
        self.weights = weights
        self.divisors = divisors

    def among(
        self, parts: Sequence[Part], matches: FlatMatches, most: int = MOST
    ) -> Champions | None:
        """The paragraphs that can be among the best, and what others score at most.

        These are the champions of each word, and the paragraphs that have two or more words. Any
        other has one word only, and less of it than its champions; of the rest of the words it
        has what headings give. None where there is no such bound, or where it saves little.

        Arguments:
            most: how many champions of each word are looked at.
        """
        executor = matches.executor
        typed = list(dict.fromkeys(part.unit for part, _ in parts if part.typed))
        more = sum(executor.having(unit.node, unit.matched) for unit in typed)
        more -= len(matches)  # no less than have two or more words
        if more * 2 > (len(typed) - 1) * len(matches) > 0:
            return None
        found = {unit: self._champions(unit, executor, most) for unit in typed}
        if not found or not all(found.values()):
            return None
        champions = [one.docs for lists in found.values() for _, one in lists]
        docs = executor.union([*champions, self._shared(typed, executor)])
        if len(docs) * 2 > len(matches):
            return None
        headed = (
            one.docs
            for unit, lists in found.items()
            for name, one in lists
            if name not in unit.matched
        )
        if not _alone(matches, typed):  # docs may lack some of a word's paragraphs
            docs = docs[inside(docs, matches.numbers, self._size)]
        elif any(map(len, headed)):
            docs = self._having_any(typed, executor, docs)
        return Champions(docs, self._rest(parts, found))

    def _having_any(self, typed: Sequence[Unit], executor: FlatExecutor, docs: Docs) -> Docs:
        """Those of some paragraphs that have a word where it is matched, not in a heading only."""
        here = executor.within(docs)
        having = [here.counts(unit.node, name)[0] for unit in typed for name in unit.matched]
        there = inside(docs, executor.union(having), self._size)
        return docs if len(there) == len(docs) else docs[there]

    def _shared(self, typed: Sequence[Unit], executor: FlatExecutor) -> Docs:
        """The paragraphs that have two or more words; of a pair they were looked up already."""
        if len(typed) < 2:
            return np.empty(0, np.int32)
        if len(typed) == 2 and typed[0].matched == typed[1].matched:
            return executor.paragraphs(And(tuple(unit.node for unit in typed)), typed[0].matched)
        return twice([executor.paragraphs(unit.node, unit.matched) for unit in typed])

    def _champions(
        self, unit: Unit, executor: FlatExecutor, most: int
    ) -> list[tuple[str, Champions]]:
        """The champions of a word in the fields that count; none for what is not one word.

        They were chosen for one influence of the length of a field.
        """
        found = []
        for name in unit.scored:
            terms = executor.terms_of(unit.node, name)
            if terms is None or self.weights.b[name] != LENGTHS_COUNT[name]:
                return []
            found += [
                (name, executor.words.champions(*term, self.divisors.average(name), most))
                for term in terms
            ]
        return found

    def _rest(
        self, parts: Sequence[Part], found: Mapping[Unit, Sequence[tuple[str, Champions]]]
    ) -> float:
        """What a paragraph scores at most that has one of the words and is no champion of it."""
        rests = {
            unit: [(name, self.weights.weight[name] * one.rest) for name, one in lists]
            for unit, lists in found.items()
        }
        bounds = [
            {
                unit: sum(rest for name, rest in each if unit is own or name not in unit.matched)
                for unit, each in rests.items()
            }
            for own in found
        ]
        k1 = self.weights.k1
        return max(
            sum(w * saturated(k1, at_most(part, one)) for part, w in parts) for one in bounds
        )


def saturated(k1: float, frequency: Frequency) -> Frequency:
    """What a unit of weight 1 scores that is so frequent."""
    share = frequency * (k1 + 1)
    share /= k1 + frequency
    return share


def at_most(part: Scoring, words: Mapping[Unit, Frequency]) -> Frequency:
    """How frequent a unit can be, at most, where the words typed are so frequent.

    A word as typed stands no more often than the word; what is near begins with one of both, and
    with the left one where they are ordered.
    """
    if not isinstance(part.unit.node, Near) or part.typed:
        return words[part.words[0]]
    left, right = (words[word] for word in part.words)
    both = (left > 0) & (right > 0)
    return (left if part.unit.node.ordered else left + right) * both


def _alone(matches: FlatMatches, typed: Sequence[Unit]) -> bool:
    """Whether all paragraphs match that have any of the words."""
    everywhere = all(unit.matched == SEARCHED for unit in typed)
    return everywhere and matches.alternatives >= {unit.node for unit in typed}
