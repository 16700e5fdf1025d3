"""The cold path: a first search for one rare word, alone or with filters, without numpy or Whoosh.

A command that is asked once spends most of its time on importing. This engine reads the few
numbers that it needs one by one; it takes only what it can answer exactly as the array engine
does, and leaves the rest to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, cast

from treatybody.index import analysis, columns
from treatybody.index.expansion import Expander
from treatybody.index.facts import (
    _DOCUMENT_FACTS,
    SEARCHED_KINDS,
    Facts,
    overlaps,
    symbol_test,
    value_test,
)
from treatybody.index.fields import SCORED, STEM
from treatybody.index.flat.layout import BITS, STRIDE
from treatybody.index.flat.reading import FlatFile, Terms
from treatybody.index.hits import Marker, Marks
from treatybody.index.orders import ORDERS
from treatybody.index.ranking import DIGITS, Weights, rarity, shares
from treatybody.index.snapshot import Segment, Snapshot
from treatybody.model import Document
from treatybody.query.tree import And, Exact, Filter, Node, Range, Word

MOST = 300  # hits; more are faster with arrays
Scored = list[tuple[int, float]]


class Scoring(NamedTuple):
    """A unit of the ranking: how much it counts, and how often it stands in each paragraph.

    Arguments:
        share: how much it counts.
        having: in how many paragraphs it is matched.
        counts: for each field that is scored, occurrences by paragraph.
    """

    share: float
    having: int
    counts: dict[str, dict[int, int]]


class ColdMatches(NamedTuple):
    """What a tree matches: the paragraphs, and what they are scored by."""

    tree: Node
    numbers: list[int]
    units: list[Scoring]

    def __len__(self) -> int:
        return len(self.numbers)


class ColdEngine:
    """Answers what is simple.

    Arguments:
        snapshot: what is searched; all of its paragraphs live.
        weights: parameters of the ranking.
    """

    def __init__(self, snapshot: Snapshot, weights: Weights | None) -> None:
        self.snapshot = snapshot
        self.weights = weights or Weights()

    @cached_property
    def languages(self) -> Sequence[str]:
        """All languages of the index."""
        return sorted({document.language for document in self.snapshot.documents.values()})

    def matches(self, tree: Node) -> ColdMatches | None:
        """The paragraphs that match, or None where the tree is not for this engine."""
        whole = all(
            sum(map(len, segment.live)) == segment.entry.paragraphs
            for segment in self.snapshot.segments
        )
        word, tests = _simple(tree)
        if word is None or not whole:
            return None
        units, numbers = [], list[int]()
        for unit, share, _ in shares(tree, self.weights):
            counts = self._unit_counts(unit.node)
            if counts is None:
                return None
            having = set[int]().union(*(counts[field] for field in unit.matched))
            units.append(Scoring(share, len(having), counts))
            if unit.node == word:
                numbers = [number for number in sorted(having) if self._wanted(number, tests)]
        return ColdMatches(tree, numbers, units)

    def _wanted(self, number: int, tests: Sequence[Callable[[Document], bool]]) -> bool:
        segment, place = self.snapshot.segment_of(number)
        kind = columns.KINDS[segment.flat.number("kind", place)]
        document = self.snapshot.documents[self.snapshot.entry_of(number).key]
        return kind in SEARCHED_KINDS and all(test(document) for test in tests)

    def _unit_counts(self, node: Node) -> dict[str, dict[int, int]] | None:
        """By field, how often a word stands in each paragraph; None where that is not simple."""
        text = _single(node) if isinstance(node, (Word, Exact)) else None
        if text is None:
            return None
        suffix, terms = "", [text]
        if isinstance(node, Word) and not analysis.is_cjk(text):
            suffix = STEM
            terms = [analysis.stemmer(language)(text) for language in self.languages]
        counts: dict[str, dict[int, int]] = {field: {} for field in SCORED}
        for field in SCORED:
            for term in dict.fromkeys(terms):
                for segment in self.snapshot.segments:
                    pairs = _postings(
                        segment, field + suffix, term.encode("utf-8", "surrogatepass")
                    )
                    if pairs is None:
                        return None
                    counts[field].update(pairs)
        return counts

    def ranked(self, matches: ColdMatches, sort: str, limit: int | None, offset: int) -> Scored:
        """Matches in order: the numbers of paragraphs with their scores."""
        scores = {number: self._score(number, matches) for number in matches.numbers}

        def key(number: int) -> tuple[object, ...]:
            document = self.snapshot.documents[self.snapshot.entry_of(number).key]
            score = -scores[number] if sort == "relevance" else 0
            return score, ORDERS[sort](document), number

        numbers = sorted(matches.numbers, key=key)
        end = None if limit is None else offset + limit
        return [(number, scores[number]) for number in numbers[offset:end]]

    def marker(self, matches: ColdMatches, numbers: Sequence[int]) -> Marks:
        """What finds the matches in hits; no tree that comes here has patterns to expand."""
        expander = Expander(cast(Any, None))
        return Marker(matches.tree, expander, Facts(self.snapshot), self.languages)

    def _score(self, number: int, matches: ColdMatches) -> float:
        """The arithmetic of ``scoring``, in its order, so that no last digit differs."""
        everything = sum(entry.count for entry in self.snapshot.entries.values())
        k1, total = self.weights.k1, 0.0
        for share, having, counts in matches.units:
            weight = share * rarity(everything, having)
            frequency = 0.0
            for field in SCORED:
                count = counts[field].get(number)
                if count:
                    frequency += self.weights.weight[field] * count / self._norm(field, number)
            total += weight * (frequency * (k1 + 1) / (k1 + frequency))
        return float(round(total * 10**DIGITS) / 10**DIGITS)

    def _norm(self, field: str, number: int) -> float:
        b = self.weights.b[field]
        if not b:
            return 1.0
        segment, place = self.snapshot.segment_of(number)
        length = segment.flat.number(f"{field}_words", place)
        return 1 - b + b * length / self._averages[field]

    @cached_property
    def _averages(self) -> dict[str, float]:
        averages = {}
        for field in SCORED:
            both = [s.flat.column(f"{field}_total", 0, 2) for s in self.snapshot.segments]
            total, present = sum(one[0] for one in both), sum(one[1] for one in both)
            averages[field] = total / present if present else 1.0
        return averages


def _simple(tree: Node) -> tuple[Word | Exact | None, list[Callable[[Document], bool]]]:
    """The one word of a tree and the tests of its filters; no word where there is more to it."""
    items = tree.items if isinstance(tree, And) else (tree,)
    words = [item for item in items if isinstance(item, (Word, Exact))]
    tests = [_test(item) for item in items if isinstance(item, (Filter, Range))]
    there = [test for test in tests if test is not None]
    if len(words) != 1 or len(there) + 1 != len(items):
        return None, []
    return words[0], there


def _single(word: Word | Exact) -> str | None:
    """The one token that a word is; None where it is several."""
    tokens = analysis.words(word.text)
    tokens = analysis.spoken(tokens) if isinstance(word, Word) else tokens
    return tokens[0].text if len(tokens) == 1 else None


def _test(node: Filter | Range) -> Callable[[Document], bool] | None:
    """What a filter asks of a document; None where it asks something else."""
    if isinstance(node, Range):
        return _range_test(node) if node.field in ("date", "year") else None
    if node.field in ("date", "year"):
        ranges = [_range_test(Range(node.field, value, value)) for value in node.values]
        return lambda document: any(test(document) for test in ranges)
    if node.field not in _DOCUMENT_FACTS:
        return None
    facts, make = _DOCUMENT_FACTS[node.field], value_test
    tests = [(symbol_test if node.field == "symbol" else make)(value) for value in node.values]
    return lambda document: any(test(fact) for fact in facts(document) for test in tests)


def _range_test(node: Range) -> Callable[[Document], bool]:
    return lambda document: overlaps(document.date, node)


def _postings(segment: Segment, field: str, term: bytes) -> list[tuple[int, int]] | None:
    """The numbers of paragraphs with how often a term stands in each; None for too many."""
    file, name = segment.flat, field.removesuffix(STEM)
    terms = Terms(file, f"{name}.{'stem' if field.endswith(STEM) else 'exact'}")
    place = terms.find(term)
    if place is None:
        return []
    count, (first, _) = terms.having(place), terms.first(place)
    if count > MOST:
        return None
    rare = file.count(f"{name}.docs")
    if first < rare:
        docs = list(file.column(f"{name}.docs", first, first + count))
    else:
        docs, doc = [], -1
        for gap in _patched(file, name, "gaps", first - rare, first - rare + count):
            doc += gap + 1
            docs.append(doc)
    counts = (one + 1 for one in _patched(file, name, "counts", first, first + count))
    return [(segment.base + doc, often) for doc, often in zip(docs, counts, strict=True)]


def _patched(file: FlatFile, field: str, what: str, first: int, last: int) -> list[int]:
    name, bits = f"{field}.{what}", BITS[what]
    if bits == 4:
        packed = file.column(f"{name}.low", first // 2, (last + 1) // 2)
        halves = [half for byte in packed for half in (byte & 15, byte >> 4)]
        numbers = halves[first % 2 : first % 2 + last - first]
    else:
        numbers = list(file.column(f"{name}.low", first, last))
    for at, high in _patches(file, name, first, last):
        if first <= at < last:
            numbers[at - first] |= high << bits
    return numbers


def _patches(file: FlatFile, name: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    if not file.count(f"{name}.at"):
        return iter(())
    low = file.number(f"{name}.skip", first // STRIDE)
    end = file.number(f"{name}.skip", (last - 1) // STRIDE + 1)
    ats, highs = file.column(f"{name}.at", low, end), file.column(f"{name}.high", low, end)
    return zip(ats, highs, strict=True)
