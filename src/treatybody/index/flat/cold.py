"""The cold path: a first search for one word, alone or with filters, without numpy or Whoosh.

A command that is asked once spends most of its time on importing. This engine reads the numbers
that it needs in plain Python; it takes only what it can answer exactly as the array engine does,
and leaves the rest to that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, compress, islice
from math import inf
from operator import le
from typing import TYPE_CHECKING, Any, cast

from treatybody.index import analysis
from treatybody.index.fields import SCORED, SEARCHED
from treatybody.index.flat import documents
from treatybody.index.flat.documents import Test
from treatybody.index.flat.norms import Norms
from treatybody.index.flat.stretches import Stretch
from treatybody.index.flat.wordlists import Counts, Lists
from treatybody.index.light_words import is_light
from treatybody.index.orders import ORDERS
from treatybody.index.values import DOCUMENT_FACTS, overlaps, symbol_test, value_test
from treatybody.index.weights import DIGITS, Weights, rarity, topical
from treatybody.query.tree import And, Exact, Filter, Node, Range, Word

if TYPE_CHECKING:
    from treatybody.index.found import Marks
    from treatybody.index.glance import Segment, Snapshot

MOST = 200_000  # postings of a term; more are faster with arrays, loading numpy included
FEW = 500  # hits that are all scored
NARROW = 8  # where less than one of so many paragraphs pass filters, only these are looked at
Scored = list[tuple[int, float]]
Key = tuple[object, ...]
Passing = dict[int, bytes | None]


# A unit of the ranking: how much it counts, and for each field that is scored how often it stands
# in each paragraph.
Scoring = tuple[float, Counts]


class ColdMatches:
    """What a tree matches: its one word, the paragraphs, and what they are scored by."""

    def __init__(self, word: Word | Exact, numbers: list[int], units: list[Scoring]) -> None:
        self.word = word
        self.numbers = numbers
        self.units = units

    def __len__(self) -> int:
        return len(self.numbers)

    def in_text(self, number: int) -> bool:
        """Whether the word stands in the text of a paragraph."""
        return number in self.units[0][1]["text"]


class Asked:
    """What is asked: a word, its lists with their shares, and what filters leave.

    Arguments:
        word: the word.
        lists: what is scored, with its share: the word first, then the word as typed.
        passing: by segment, which documents pass (see ``documents.passing``).
        only: by segment the paragraphs of these, where they are few.
    """

    def __init__(
        self,
        word: Word | Exact,
        lists: Sequence[tuple[float, Lists]],
        passing: Passing,
        only: dict[int, list[Stretch]] | None,
    ) -> None:
        self.word = word
        self.lists = lists
        self.passing = passing
        self.only = only


class ColdEngine:
    """Answers what is simple.

    Arguments:
        snapshot: what is searched.
        weights: parameters of the ranking.
    """

    def __init__(self, snapshot: Snapshot[Any], weights: Weights | None) -> None:
        self.snapshot = snapshot
        self.weights = weights or Weights()
        self.norms = Norms(snapshot, self.weights)
        self._last: tuple[Node, Asked | None] | None = None

    @cached_property
    def languages(self) -> Sequence[str]:
        """All languages of the index."""
        return sorted({one for s in self.snapshot.segments for one in documents.languages(s)})

    def matches(self, tree: Node) -> ColdMatches | None:
        """The paragraphs that match, or None where the tree is not for this engine."""
        asked = self._asked(tree)
        if asked is None:
            return None
        if asked.only is not None:
            units = [(self.weight(*one), one[1].within(asked.only)) for one in asked.lists]
            return ColdMatches(asked.word, self._searched(sorted(_having(units[0][1]))), units)
        if max(one.longest() for _, one in asked.lists) > MOST:
            return None
        every = [one.counts() for _, one in asked.lists]
        having = [_having(counts) for counts in every]
        units = [
            (self._weight(share, len(found), _matches(counts) if one.typed else None), counts)
            for (share, one), counts, found in zip(asked.lists, every, having, strict=True)
        ]
        return ColdMatches(asked.word, self.wanted(sorted(having[0]), asked), units)

    def leading(self, tree: Node, most: int) -> ColdMatches | None:
        """Matches with the best so many among them; None where champions don't tell them."""
        asked = self._asked(tree)
        if asked is None or asked.only is not None or not asked.lists[0][1].led():
            return None
        from treatybody.index.flat.leading import Leading

        found = Leading(self, asked).best(most)
        return found and ColdMatches(asked.word, *found)

    def _asked(self, tree: Node) -> Asked | None:
        """What a tree asks; None where it is not simple."""
        if self._last is None or self._last[0] is not tree:
            self._last = tree, self._understood(tree)
        return self._last[1]

    def _understood(self, tree: Node) -> Asked | None:
        word, tests = _simple(tree)
        lists = self._lists(word)
        if word is None or lists is None:
            return None
        segments = self.snapshot.segments
        passing = {one.base: documents.passing(one, tests) for one in segments}
        return Asked(word, lists, passing, self._narrow(passing) if tests else None)

    def _narrow(self, passing: Passing) -> dict[int, list[Stretch]] | None:
        """By segment the paragraphs that pass all tests, where these are few of all."""
        each = ((one, passing[one.base]) for one in self.snapshot.segments)
        only = {one.base: documents.stretches(one, good) for one, good in each if good}
        size = sum(last - first for some in only.values() for first, last in some)
        return only if size * NARROW < self._everything else None

    def wanted(self, numbers: list[int], asked: Asked) -> list[int]:
        """Those of a kind that is searched, in documents that pass all tests."""
        found = []
        for segment, some in self.by_segment(numbers):
            good = asked.passing[segment.base]
            if good is not None:
                places = map((-segment.base).__add__, some)
                some = list(compress(some, documents.told(segment, good, [*places])))
            found += some
        return self._searched(found)

    def _searched(self, numbers: list[int]) -> list[int]:
        """Those of a kind that is searched."""
        found: list[int] = []
        for segment, some in self.by_segment(numbers):
            places = map((-segment.base).__add__, some)
            found += compress(some, documents.searched(segment, [*places]))
        return found

    def by_segment(self, numbers: list[int]) -> Iterator[tuple[Segment, list[int]]]:
        """Ascending numbers of paragraphs, by segment."""
        for segment in self.snapshot.segments:
            first = bisect_left(numbers, segment.base)
            last = bisect_left(numbers, segment.base + segment.entry.paragraphs)
            if first < last:
                yield segment, numbers[first:last]

    def _lists(self, word: Word | Exact | None) -> list[tuple[float, Lists]] | None:
        """What is scored of a word, with its shares: the word first; None where it is several."""
        if word is None:
            return None
        shares = _shares(word, self.weights)
        text = analysis.single(word.text, clitics=isinstance(word, Exact))
        if text is None or not _all_single(shares):
            return None
        known = []
        for node, share in shares:
            stemmed = isinstance(node, Word) and not analysis.is_cjk(text)
            terms = [analysis.stemmer(one)(text) for one in self.languages] if stemmed else [text]
            kind = "stem" if stemmed else "exact"
            known.append((share, Lists(self.snapshot, kind, terms, typed=node is word)))
        return known

    def weight(self, share: float, lists: Lists) -> float:
        """The weight of a unit of the ranking."""
        return self._weight(share, lists.having(), lists.matches() if lists.typed else None)

    def _weight(self, share: float, having: int, matches: int | None) -> float:
        """The same; ``matches`` is None for evidence."""
        weight = share * rarity(self._everything, having)
        return weight if matches is None else weight * topical(matches, having)

    def ranked(self, matches: ColdMatches, sort: str, limit: int | None, offset: int) -> Scored:
        """Matches in order: the numbers of paragraphs with their scores."""
        numbers = matches.numbers
        end = len(numbers) if limit is None else offset + limit
        scores = dict.fromkeys(numbers, 0.0)
        if sort == "relevance":
            scores = self.scores(matches.units, self._likely(matches, end))
            numbers = _best(scores, end)
        orders: dict[str, Key] = {}

        def key(number: int) -> tuple[object, ...]:
            document = self.snapshot.document_of(number)
            if document.document not in orders:
                orders[document.document] = ORDERS[sort](document)
            return -scores[number], orders[document.document], number

        chosen = sorted(numbers, key=key)[offset:end]
        return [(number, self._score(number, matches.units)) for number in chosen]

    def _likely(self, matches: ColdMatches, most: int) -> list[int]:
        """Those that may be among the best: all where that can't be told.

        A paragraph without matches in headings and notes has a score that grows with its matches
        in the text and falls with its length. Some with many matches say how good a score must be,
        and that, for each number of matches, how long a text may be.
        """
        numbers = matches.numbers
        if len(numbers) <= most + FEW:
            return numbers
        beside = set[int]()
        for _, counts in matches.units:
            for field in SCORED[1:]:
                beside.update(counts[field])
        plain = [number for number in numbers if number not in beside] if beside else numbers
        typed = matches.units[0][1]["text"]
        often = list(map(typed.__getitem__, plain))
        least = self._least(matches, max(1, most), plain, often)
        longest = {count: self._longest(matches, count, least) for count in set(often)}
        lengths = chain.from_iterable(
            map(documents.lengths(segment, "text").__getitem__, map((-segment.base).__add__, some))
            for segment, some in self.by_segment(plain)
        )
        short = map(le, lengths, map(longest.__getitem__, often))
        return [*compress(plain, short), *filter(beside.__contains__, numbers)]

    def _least(
        self, matches: ColdMatches, most: int, plain: Sequence[int], often: Sequence[int]
    ) -> float:
        """A score that so many reach: of those where the word stands most often."""
        some: list[int] = []
        for many, _ in sorted(Counter(often).items(), reverse=True):
            some = list(islice(compress(plain, map(many.__le__, often)), 4 * most))
            if len(some) >= most:
                break
        scores = sorted((self._score(number, matches.units) for number in some), reverse=True)
        return scores[most - 1] if len(scores) >= most else 0.0

    def _longest(self, matches: ColdMatches, count: int, least: float) -> float:
        """How long a text with so many matches may be to reach a score.

        All of them count as the exact form: more than are, never fewer. One word more is allowed,
        so that nothing depends on how numbers are rounded.
        """
        k1, b = self.weights.k1, self.weights.b["text"]
        highest = sum(weight for weight, _ in matches.units) * (k1 + 1)
        if not 0 < least < highest:
            return inf if least <= 0 else -1
        frequency = least * k1 / (highest - least)
        norm = self.weights.weight["text"] * count / frequency
        if not b:
            return inf if norm > 0.999 else -1
        return (norm - 1 + b) / b * self.norms.averages["text"] + 1

    def marker(self, matches: ColdMatches, numbers: Sequence[int]) -> Marks:
        """What finds the matches in hits; no tree that comes here has patterns to expand."""
        from treatybody.index.flat.wordmarks import WordMarker, words_of

        word = matches.word
        words = words_of(word)
        if words:
            return WordMarker(words, self.languages)
        from treatybody.index.expansion import Expander
        from treatybody.index.hits import Marker

        return Marker(word, Expander(cast(Any, None)), cast(Any, None), self.languages)

    def scores(self, units: Sequence[Scoring], numbers: Iterable[int]) -> dict[int, float]:
        """The score of each of some paragraphs."""
        return {number: self._score(number, units) for number in numbers}

    def _score(self, number: int, units: Sequence[Scoring]) -> float:
        """The arithmetic of ``scoring``, in its order, so that no last digit differs."""
        k1, total = self.weights.k1, 0.0
        for weight, counts in units:
            frequency = 0.0
            for field, factor in self._factors:
                count = counts[field].get(number)
                if count:
                    frequency += factor * count / self.norms.of(field, number)
            total += weight * (frequency * (k1 + 1) / (k1 + frequency))
        return float(round(total * 10**DIGITS) / 10**DIGITS)

    @cached_property
    def _factors(self) -> list[tuple[str, float]]:
        return [(field, self.weights.weight[field]) for field in SCORED]

    @cached_property
    def _everything(self) -> int:
        return sum(segment.count for segment in self.snapshot.segments)


def _having(counts: Counts) -> Collection[int]:
    """The paragraphs that a word is found in."""
    having: Collection[int] = counts[SEARCHED[0]]
    for field in SEARCHED[1:]:
        having = {*having, *counts[field]} if counts[field] else having
    return having


def _matches(counts: Counts) -> int:
    """How often a word is found."""
    return sum(sum(counts[field].values()) for field in SEARCHED)


def _simple(tree: Node) -> tuple[Word | Exact | None, list[Test]]:
    """The one word of a tree and the tests of its filters; no word where there is more to it."""
    items = tree.items if isinstance(tree, And) else (tree,)
    words = [item for item in items if isinstance(item, (Word, Exact))]
    tests = [_test(item) for item in items if isinstance(item, (Filter, Range))]
    there = [test for test in tests if test is not None]
    if len(words) != 1 or len(there) + 1 != len(items):
        return None, []
    return words[0], there


def _best(scores: dict[int, float], most: int) -> list[int]:
    """Those with the best scores; more than asked for where the last of them are equal."""
    if not 0 < most < len(scores):
        return list(scores)
    least = sorted(scores.values(), reverse=True)[most - 1]
    return [number for number, score in scores.items() if score >= least]


def _shares(word: Word | Exact, weights: Weights) -> list[tuple[Word | Exact, float]]:
    """What of a word is scored, and how much it counts: ``ranking.shares``, of one word."""
    full = weights.light if is_light(word) else 1.0
    shares: list[tuple[Word | Exact, float]] = [(word, full)]
    if isinstance(word, Word) and weights.exact:
        shares.append((Exact(word.text), weights.exact * full))
    return shares


def _all_single(shares: list[tuple[Word | Exact, float]]) -> bool:
    """Whether all of these are one word: as typed, "State's" is two, though it asks for one."""
    return all(
        analysis.single(node.text, clitics=isinstance(node, Exact)) is not None
        for node, _ in shares
    )


def _test(node: Filter | Range) -> Test | None:
    """What a filter asks of a document; None where it asks something else."""
    if node.field in ("date", "year"):
        values = (
            [node]
            if isinstance(node, Range)
            else [Range(node.field, value, value) for value in node.values]
        )
        return Test("date", lambda date: any(overlaps(date, value) for value in values))
    if isinstance(node, Range) or node.field not in DOCUMENT_FACTS:
        return None
    make = symbol_test if node.field == "symbol" else value_test
    tests = list(map(make, node.values))
    return Test(node.field, lambda fact: fact is not None and any(test(fact) for test in tests))
