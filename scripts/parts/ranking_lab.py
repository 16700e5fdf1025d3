"""A laboratory: BM25 and its variants on one field, in numpy, fast enough to try things out.

It knows nothing of the index but its analysis; that it scores as the index does is seen by the
row ``shipped``, which must be that of ``ours``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from ranking_sets import Collection
from ranking_systems import DEPTH, Run

from treatybody.index import analysis
from treatybody.index.light_words import is_light
from treatybody.query.tree import Word

Scores = Any  # float64 by document
Part = Callable[["Lab", list[str]], Scores]
SHIFT = 20


class Lab:
    """The places of all stems and words; a place is ``document << 20 | position``."""

    def __init__(self, collection: Collection) -> None:
        self.stem = analysis.stemmer("en")
        stems: defaultdict[str, list[int]] = defaultdict(list)
        words: defaultdict[str, list[int]] = defaultdict(list)
        self.names = list(collection.documents)
        self.stems_of: list[list[str]] = []
        for number, text in enumerate(collection.documents.values()):
            found = [token.text for token in analysis.words(text)]
            self.stems_of.append([self.stem(word) for word in found])
            for position, word in enumerate(found):
                words[word].append(number << SHIFT | position)
                stems[self.stems_of[-1][position]].append(number << SHIFT | position)
        self.lengths = np.array([len(found) for found in self.stems_of])
        self.average = self.lengths[self.lengths > 0].mean()
        self.stems = {stem: np.array(places) for stem, places in stems.items()}
        self.words = {word: np.array(places) for word, places in words.items()}

    def add(self, total: Scores, share: float, places: Any, k1: float, b: float) -> None:
        """Add the score of a unit that starts at some places."""
        documents, counts = np.unique(places >> SHIFT, return_counts=True)
        frequency = counts / (1 - b + b * self.lengths[documents] / self.average)
        rarity = self.rarity(len(documents))
        total[documents] += share * rarity * frequency * (k1 + 1) / (k1 + frequency)

    def rarity(self, having: int) -> float:
        return float(np.log(1 + (len(self.names) - having + 0.5) / (having + 0.5)))


def bm25(
    k1: float = 1.2, b: float = 0.75, exact: bool = False, power: float = 0, light: float = 1
) -> Part:
    """Stems, or words in the form that was typed.

    Arguments:
        power: of how often a word stands in the paragraphs that have it.
        light: the share of words that name nothing.
    """

    def score(lab: Lab, words: list[str]) -> Scores:
        total = np.zeros(len(lab.names))
        table = lab.words if exact else lab.stems
        times: defaultdict[str, float] = defaultdict(float)
        for word in words:
            times[word if exact else lab.stem(word)] += light if is_light(Word(word)) else 1
        for term, share in times.items():
            if term in table:
                again = len(table[term]) / len(np.unique(table[term] >> SHIFT))
                lab.add(total, share * again**power, table[term], k1, b)
        return total

    return score


def pairs(apart: int, window: int, ordered: bool, k1: float = 1.2, b: float = 0.75) -> Part:
    """Words that stand so many places apart in the query, near each other in the text."""

    def score(lab: Lab, words: list[str]) -> Scores:
        total = np.zeros(len(lab.names))
        stems = [lab.stem(word) for word in words if not is_light(Word(word))]
        for left, right in zip(stems, stems[apart:], strict=False):
            if left != right and left in lab.stems and right in lab.stems:
                one, other = lab.stems[left], lab.stems[right]
                places = followed(one, other, window)
                if not ordered:
                    places = np.concatenate([places, followed(other, one, window)])
                if len(places):
                    lab.add(total, 1, places, k1, b)
        return total

    return score


def followed(one: Any, other: Any, window: int) -> Any:
    low = np.searchsorted(other, one, side="right")
    return one[np.searchsorted(other, one + window, side="right") > low]


def lead(size: int) -> Part:
    """Words among the first of a text."""

    def score(lab: Lab, words: list[str]) -> Scores:
        total = np.zeros(len(lab.names))
        for stem, times in Counter(map(lab.stem, words)).items():
            if stem in lab.stems:
                places = lab.stems[stem]
                early = places[(places & (1 << SHIFT) - 1) < size]
                documents, counts = np.unique(early >> SHIFT, return_counts=True)
                rarity = lab.rarity(len(np.unique(places >> SHIFT)))
                total[documents] += times * rarity * counts * 2.2 / (1.2 + counts)
        return total

    return score


def mixed(*parts: tuple[float, Part]) -> Part:
    def score(lab: Lab, words: list[str]) -> Scores:
        return sum(share * part(lab, words) for share, part in parts)

    return score


def feedback(
    base: Part, share: float, documents: int = 10, terms: int = 20, power: float = 1
) -> Part:
    """RM3 (Abdul-Jaleel and others, 2004) that only orders what was found.

    Arguments:
        power: how much more the first documents count than the last; 1 is RM3's own.
    """

    def score(lab: Lab, words: list[str]) -> Scores:
        first = base(lab, words)
        best = np.argsort(-first, kind="stable")[:documents]
        best = best[first[best] > 0]
        if not len(best):
            return first
        model: Counter[str] = Counter()
        for number, weight in zip(best, (first[best] / first[best[0]]) ** power, strict=True):
            stems = [stem for stem in lab.stems_of[number] if stem[3:].isalpha() and stem[4:]]
            for stem, count in Counter(stems).items():
                model[stem] += weight * count / len(stems)
        chosen = sorted(model.items(), key=lambda pair: (-pair[1], pair[0]))[:terms]
        whole, total = sum(weight for _, weight in chosen), np.zeros(len(lab.names))
        for stem, weight in chosen:
            lab.add(total, weight / whole, lab.stems[stem], 1.2, 0.75)
        return np.where(first > 0, (1 - share) * first + share * len(words) * total, 0)

    return score


@cache
def _labs(names: tuple[str, ...]) -> dict[str, Lab]:
    return {}


def run(part: Part) -> Callable[[Collection], Run]:
    def system(collection: Collection) -> Run:
        labs = _labs(())
        lab = labs.get(collection.name) or labs.setdefault(collection.name, Lab(collection))
        found = {}
        for query, words in collection.queries.items():
            scores = np.round(part(lab, words), 9) if words else np.zeros(len(lab.names))
            kept: list[float] = np.atleast_1d(np.asarray(scores, np.float64)).tolist()
            best = np.argsort(-scores, kind="stable")[:DEPTH]
            found[query] = [lab.names[at] for at in best if kept[at] > 0]
        return found

    return system


def evidence(
    exact: float = 0.2,
    adjacent: float = 0.3,
    near: float = 0.15,
    k1: float = 1.0,
    b: float = 0.75,
    power: float = 1,
    light: float = 0.5,
) -> Part:
    """The formula of the index, on one field."""
    parts = [
        (1, bm25(k1, b, power=power, light=light)),
        (exact, bm25(k1, b, exact=True, light=light)),
        (adjacent, pairs(1, 1, True, k1, b)),
        (near, pairs(1, 8, False, k1, b)),
        (near, pairs(2, 8, False, k1, b)),
    ]
    return mixed(*(part for part in parts if part[0]))


SHIPPED = evidence()
PARTS: dict[str, Part] = {
    "shipped": SHIPPED,
    "BM25, Snowball English, k1 1.2, b 0.75": bm25(),
    "BM25, k1 1.0": bm25(1.0),
    "BM25, k1 1.0, topical": bm25(1.0, power=1),
    "BM25, k1 1.0, topical, light 0.5": bm25(1.0, power=1, light=0.5),
    "shipped, not topical": evidence(power=0),
    "shipped, topical to the power 0.5": evidence(power=0.5),
    "shipped, topical to the power 1.5": evidence(power=1.5),
    "shipped, light 1": evidence(light=1),
    "shipped, light 0.25": evidence(light=0.25),
    "shipped, no typed form": evidence(exact=0),
    "shipped, no adjacent": evidence(adjacent=0),
    "shipped, no near": evidence(near=0),
    "shipped, no pairs": evidence(adjacent=0, near=0),
    "shipped, k1 0.8": evidence(k1=0.8),
    "shipped, k1 1.5": evidence(k1=1.5),
    "shipped, b 0.65": evidence(b=0.65),
    "shipped, b 0.85": evidence(b=0.85),
    "shipped and lead 0.1": mixed((1, SHIPPED), (0.1, lead(15))),
    "shipped and RM3 0.2": feedback(SHIPPED, 0.2),
}
VARIANTS = {name: run(part) for name, part in PARTS.items()}
