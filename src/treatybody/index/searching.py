"""Searching a published index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice, repeat
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from treatybody.errors import NotFound, UsageError
from treatybody.index import explaining
from treatybody.index.engines import Engine, open_engine
from treatybody.index.expansion import Expander, Expansion, Pattern
from treatybody.index.facts import Facts
from treatybody.index.hits import Found, Marked, make_hit
from treatybody.index.orders import DOCUMENT_VALUES, ORDERS, PARAGRAPH_VALUES
from treatybody.index.ranking import Weights
from treatybody.index.snapshot import Snapshot
from treatybody.model import Document, Hit, Link, Paragraph
from treatybody.query.tree import Filter, Fuzzy, Node, Word

if TYPE_CHECKING:
    from treatybody.index.flat.cold import ColdEngine

SORTS = tuple(ORDERS)
_COLD = 1 << 10  # hits; to list more, numpy's start takes less time than it saves
_DECODED = 1 << 8  # hits that are decoded at once, too few to make the garbage collector run
_MARKED = 16 * _DECODED  # hits whose words are looked up at once


class Index:
    """A published generation, open for searching; whatever is published later, it stays the same.

    ``notices`` are sentences about the last query that a person should know: patterns that match
    no word, patterns that stand for more words than are looked up.

    Arguments:
        index_dir: the index folder.
        weights: parameters of the ranking, to measure others.
        engine: what executes queries: ``arrays``, or ``whoosh`` to compare.

    Raises:
        NoIndex, IndexVersion, DamagedIndex: it can't be used; the message says what to do.
    """

    def __init__(
        self, index_dir: Path, weights: Weights | None = None, engine: str = "arrays"
    ) -> None:
        self.notices: list[str] = []
        self.snapshot = Snapshot(index_dir)
        self._weights = weights
        self._engine = engine
        self._last: tuple[Node, Any] | None = None
        self._cold_last: tuple[Node, Any] | None = None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files of the index."""
        self.snapshot.close()

    @cached_property
    def engine(self) -> Engine:
        """What executes trees."""
        return open_engine(self._engine, self.snapshot, self._weights)

    @property
    def expander(self) -> Expander:
        """What patterns stand for."""
        return self.engine.expander

    @cached_property
    def facts(self) -> Facts:
        """What filters select."""
        return self.engine.facts if "engine" in self.__dict__ else Facts(self.snapshot)

    # searching

    def search(
        self,
        tree: Node,
        *,
        limit: int | None = None,
        offset: int = 0,
        sort: str = "relevance",
        spans: bool = True,
    ) -> Iterator[Hit]:
        """The matching paragraphs, best first.

        Equal scores are ordered by date (newest first, unknown last), then by document, then by
        position. ``date`` is newest first, and by document and position within a day; ``symbol``
        is by document and position, numbers in symbols counting as numbers.

        Arguments:
            tree: what to search.
            limit, offset: how many hits, and how many to skip; all by default.
            sort: ``relevance``, ``date`` or ``symbol``.
            spans: whether to find the matches in the texts; without, ``spans`` and ``matched``
                are empty and ``pinpoint`` is None, which is faster.

        Raises:
            UsageError: no such order, or a tree that can't be executed.
        """
        order = _known(sort), limit, offset
        matches = self._cold_matches(tree)
        if matches is None or self._cold is None or _listed(len(matches), limit) > _COLD:
            return self._hits(self.engine, self._matches(tree), order, spans)
        return self._hits(self._cold, matches, order, spans)

    @cached_property
    def _cold(self) -> ColdEngine | None:
        if self._engine != "arrays":
            return None
        from treatybody.index.flat.cold import ColdEngine

        return ColdEngine(self.snapshot, self._weights)

    def _cold_matches(self, tree: Node) -> Any:
        """What a simple tree matches, while the array engine is not loaded; else None.

        The last answer is kept, to be listed and counted.
        """
        if "engine" in self.__dict__ or self._cold is None or _names_kind(tree):
            return None
        self.notices = []
        if self._cold_last is None or self._cold_last[0] != tree:
            self._cold_last = tree, self._cold.matches(tree)
        return self._cold_last[1]

    def records(self, tree: Node, *, sort: str = "symbol") -> Iterator[bytes]:
        """The records of all matches as JSON lines, as they are stored: the fastest export.

        Arguments:
            tree: what to search.
            sort: ``symbol``, ``date`` or ``relevance``.

        Raises:
            UsageError: no such order, or a tree that can't be executed.
        """
        order = _known(sort)
        return self.snapshot.records(self.engine.ordered(self._matches(tree), order))

    def lines(self, tree: Node, *, sort: str = "relevance") -> Iterator[bytes]:
        """All hits as JSON lines: what ``search`` finds, without making objects of it.

        Arguments:
            tree: what to search.
            sort: ``relevance``, ``date`` or ``symbol``.

        Raises:
            UsageError: no such order, or a tree that can't be executed.
        """
        from treatybody.index.hit_lines import Glimpse, hit_line

        line, matches = hit_line(), self._matches(tree)
        ranked = self.engine.ranked(matches, _known(sort), None, 0)
        scores = (score for _, score in ranked)
        for records, found, marked in self._marked(self.engine, matches, ranked, Glimpse):
            yield from map(line, records, found.paragraphs, found.documents, scores, *marked)

    def count(self, tree: Node) -> int:
        """How many paragraphs match: always the exact number."""
        matches = self._cold_matches(tree)
        return len(self._matches(tree) if matches is None else matches)

    def facet(self, tree: Node, field: str) -> list[tuple[str, int]]:
        """How often each value of a field occurs among all matches, the most frequent first.

        Fields: ``type``, ``state``, ``committee``, ``language``, ``year``, ``date``, ``session``,
        ``cycle``, ``symbol``, ``document``, ``kind``, ``section``, ``speaker``. Paragraphs without
        a value are not counted.

        Raises:
            UsageError: no such field.
        """
        if field not in DOCUMENT_VALUES and field not in PARAGRAPH_VALUES:
            known = ", ".join(sorted({*DOCUMENT_VALUES, *PARAGRAPH_VALUES}))
            raise UsageError(f"hits can't be counted by `{field}`; use one of {known}")
        counted = self.engine.facet(self._matches(tree), field)
        return sorted(counted, key=lambda pair: (-pair[1], pair[0]))

    def _matches(self, tree: Node) -> Any:
        """What a tree matches; the last answer is kept, to be counted, listed and faceted."""
        if self._last is None or self._last[0] != tree:
            self._last = None  # its arrays go before others come
            self._last = tree, self.engine.matches(tree, _names_kind(tree))
            self.notices = list(self._notices(tree))
        return self._last[1]

    def _notices(self, tree: Node) -> Iterator[str]:
        said = set()
        for pattern, fields in explaining.patterns(tree):
            expansions = [self.expander.done.get((field, pattern)) for field in fields]
            done = [expansion for expansion in expansions if expansion is not None]
            notices = [expansion.notice for expansion in done if expansion.found]
            for notice in notices or [expansion.notice for expansion in done[:1]]:
                if notice and notice not in said:
                    said.add(notice)
                    yield notice

    def _hits(
        self,
        engine: Engine | ColdEngine,
        matches: Any,
        order: tuple[str, int | None, int],
        spans: bool,
    ) -> Iterator[Hit]:
        ranked = engine.ranked(matches, *order)
        scores = (score for _, score in ranked)
        for _, found, marked in self._marked(engine, matches, ranked, Paragraph, spans):
            yield from map(make_hit, found.paragraphs, found.documents, scores, *marked)

    def _marked(
        self,
        engine: Engine | ColdEngine,
        matches: Any,
        ranked: Sequence[tuple[int, float]],
        kind: type[Any],
        spans: bool = True,
    ) -> Iterator[tuple[list[bytes], Found, Marked]]:
        """Some hits after others: their records, what was found, and where they match."""
        numbers = [number for number, _ in ranked]
        records = self.snapshot.records(numbers)
        marker = None
        for first in range(0, len(numbers), _DECODED):
            if spans and first % _MARKED == 0:
                marker = engine.marker(matches, numbers[first : first + _MARKED])
            some = numbers[first : first + _DECODED]
            lines = list(islice(records, len(some)))
            paragraphs = self.snapshot.decoded(some, lines, kind)
            found = Found(some, paragraphs, self.snapshot.documents_of(some))
            yield lines, found, marker.marks(found) if marker else Marked(repeat(()), repeat(()))

    # looking up

    def paragraph(self, paragraph_id: str) -> Paragraph:
        """A paragraph by its id, or by the id of one of its sub-paragraphs.

        Raises:
            NotFound: there is none.
        """
        number = self.facts.number_of(paragraph_id)
        if number is None:
            raise NotFound(f"there is no paragraph {paragraph_id} in this corpus")
        return self.snapshot.paragraph(number)

    def paragraphs(self, document_key: str) -> list[Paragraph]:
        """All paragraphs of a document by position.

        Raises:
            NotFound: there is no such document.
        """
        self.document(document_key)
        return self.snapshot.paragraphs(document_key)

    def document(self, key: str) -> Document:
        """A document by its key.

        Raises:
            NotFound: there is none.
        """
        if key not in self.snapshot.documents:
            raise NotFound(f"there is no document {key} in this corpus; `tb docs` lists all")
        return self.snapshot.documents[key]

    def documents(self) -> list[Document]:
        """All documents, by key."""
        return list(self.snapshot.documents.values())

    def links(self) -> list[Link]:
        """All links, in the order of the records."""
        return list(self.snapshot.links)

    # explaining

    def word_count(self, word: str) -> int:
        """How many paragraphs have a word, in any of its forms."""
        return self.count(Word(word))

    def suggest(self, word: str, most: int = 5) -> list[str]:
        """Words of the corpus that look like a word: the nearest first, then the most frequent."""
        folded = word.casefold()
        for distance in (1, 2):
            found = self.expander.expand("text", Fuzzy(word, distance)).words
            ranked = sorted(found, key=lambda pair: (-pair[1], pair[0]))
            names = [name for name, _ in ranked if name != folded]
            if names:
                return names[:most]
        return []

    def explain(self, tree: Node) -> list[str]:
        """The tree in words, with the number of paragraphs for each part and what patterns mean."""
        return list(explaining.lines(tree, self.count, self._expansion))

    def _expansion(self, pattern: Pattern) -> Expansion:
        found = [self.expander.expand(field, pattern) for field in ("text", "note")]
        return max(found, key=lambda expansion: expansion.found)


def open_index(index_dir: Path, weights: Weights | None = None, engine: str = "arrays") -> Index:
    """Open the published index in a folder.

    Raises:
        NoIndex, IndexVersion, DamagedIndex: it can't be used; the message says what to do.
    """
    return Index(index_dir, weights, engine)


def _known(sort: str) -> str:
    if sort not in SORTS:
        raise UsageError(f"hits can't be sorted by `{sort}`; use one of {', '.join(SORTS)}")
    return sort


def _listed(count: int, limit: int | None) -> int:
    return count if limit is None else min(count, limit)


def _names_kind(node: Node) -> bool:
    if isinstance(node, Filter):
        return node.field == "kind"
    return any(map(_names_kind, explaining.children(node)))
