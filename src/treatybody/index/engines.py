"""The two engines that execute a query tree: arrays, and Whoosh's matchers as their oracle.

Both read the same files, give the same paragraphs in the same order, and score alike.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence, Sized
from functools import cached_property
from typing import Any, Protocol

from treatybody.errors import UsageError
from treatybody.index.execute import Executor
from treatybody.index.expansion import Expander
from treatybody.index.facts import Facts
from treatybody.index.hits import Marker, Marks
from treatybody.index.orders import DOCUMENT_VALUES, ORDERS, PARAGRAPH_VALUES
from treatybody.index.postings import WhooshPostings
from treatybody.index.ranking import Ranking, Weights
from treatybody.index.snapshot import Snapshot
from treatybody.index.values import SEARCHED_KINDS
from treatybody.query.tree import Filter, Node

ENGINES = ("arrays", "whoosh")
Scored = Sequence[tuple[int, float]]


class Matches(Sized, Protocol):
    """What a tree matches; what it is besides is the engine's own."""


class Engine(Protocol):
    """What the index needs of an engine."""

    @property
    def facts(self) -> Facts:
        """What filters select."""

    @property
    def expander(self) -> Expander:
        """What patterns stand for."""

    @property
    def languages(self) -> Sequence[str]:
        """All languages of the index."""

    def matches(self, tree: Node, every_kind: bool) -> Any:
        """The paragraphs that match; of the kinds that are searched by default, or of every."""

    def ranked(self, matches: Any, sort: str, limit: int | None, offset: int) -> Scored:
        """Matches in order: the numbers of paragraphs with their scores."""

    def ordered(self, matches: Any, sort: str) -> Sequence[int]:
        """All matches in order, without their scores."""

    def marker(self, matches: Any, numbers: Sequence[int]) -> Marks:
        """What finds the matches in some of the hits."""

    def facet(self, matches: Any, field: str) -> Iterable[tuple[str, int]]:
        """How often values of a known field occur."""


def open_engine(name: str, snapshot: Snapshot, weights: Weights | None) -> Engine:
    """The engine of a name.

    Raises:
        UsageError: there is none.
    """
    if name == "whoosh":
        return WhooshEngine(snapshot, weights)
    if name == "arrays":
        from treatybody.index.flat.engine import FlatEngine

        return FlatEngine(snapshot, weights)
    raise UsageError(f"there is no engine `{name}`; use one of {', '.join(ENGINES)}")


class WhooshMatches(set[int]):
    """Paragraphs, with what found them."""

    tree: Node
    executor: Executor


class WhooshEngine:
    """Goes posting by posting through Whoosh's readers and matchers."""

    def __init__(self, snapshot: Snapshot, weights: Weights | None = None) -> None:
        self.snapshot = snapshot
        self.facts = Facts(snapshot)
        self.postings = WhooshPostings(snapshot)
        self.expander = Expander(self.postings)
        self.ranking = Ranking(snapshot, weights)

    @cached_property
    def languages(self) -> Sequence[str]:
        """All languages of the index."""
        return self.postings.languages

    def matches(self, tree: Node, every_kind: bool) -> WhooshMatches:
        """The paragraphs that match."""
        executor = Executor(self.postings, self.expander, self.facts)
        found = executor.numbers(tree)
        if not every_kind:
            found = found & self.facts.select(Filter("kind", SEARCHED_KINDS))
        made = WhooshMatches(found)
        made.tree, made.executor = tree, executor
        return made

    def ranked(self, matches: WhooshMatches, sort: str, limit: int | None, offset: int) -> Scored:
        """Matches in order."""
        scores = self.ranking.scores(matches.tree, matches.executor, matches) if matches else {}
        documents = {key: ORDERS[sort](doc) for key, doc in self.snapshot.documents.items()}

        def key(number: int) -> tuple[object, ...]:
            score = -scores[number] if sort == "relevance" else 0
            return score, documents[self.snapshot.entry_of(number).key], number

        if limit is None:
            numbers = sorted(matches, key=key)[offset:]
        else:
            numbers = heapq.nsmallest(offset + limit, matches, key=key)[offset:]
        return [(number, scores[number]) for number in numbers]

    def ordered(self, matches: WhooshMatches, sort: str) -> Sequence[int]:
        """All matches in order, without their scores."""
        return [number for number, _ in self.ranked(matches, sort, None, 0)]

    def marker(self, matches: WhooshMatches, numbers: Sequence[int]) -> Marks:
        """What finds the matches in some of the hits."""
        return Marker(matches.tree, self.expander, self.facts, self.languages)

    def facet(self, matches: WhooshMatches, field: str) -> Iterable[tuple[str, int]]:
        """How often values occur."""
        if field in PARAGRAPH_VALUES:
            of_paragraph = PARAGRAPH_VALUES[field]
            values = (of_paragraph(self.snapshot.paragraph(number)) for number in matches)
        else:
            of_document = DOCUMENT_VALUES[field]
            known = {key: of_document(doc) for key, doc in self.snapshot.documents.items()}
            values = (known[self.snapshot.entry_of(number).key] for number in matches)
        return Counter(value for value in values if value).items()
