"""Searching a published index."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType

from treatybody.errors import NotFound, UsageError
from treatybody.index import explaining
from treatybody.index.execute import Executor
from treatybody.index.expansion import Expander, Expansion, Pattern
from treatybody.index.facts import SEARCHED_KINDS, Facts
from treatybody.index.hits import Marked, Marker, make_hit
from treatybody.index.postings import WhooshPostings
from treatybody.index.ranking import Ranking, Weights
from treatybody.index.snapshot import Snapshot
from treatybody.model import Document, Hit, Link, Paragraph
from treatybody.query.tree import Filter, Fuzzy, Node, Word

SORTS = ("relevance", "date", "symbol")
Key = tuple[object, ...]


class Index:
    """A published generation, open for searching; whatever is published later, it stays the same.

    ``notices`` are sentences about the last query that a person should know: patterns that match
    no word, patterns that stand for more words than are looked up.

    Arguments:
        index_dir: the index folder.
        weights: parameters of the ranking, to measure others.

    Raises:
        NoIndex, IndexVersion, DamagedIndex: it can't be used; the message says what to do.
    """

    def __init__(self, index_dir: Path, weights: Weights | None = None) -> None:
        self.notices: list[str] = []
        self.snapshot = Snapshot(index_dir)
        self.facts = Facts(self.snapshot)
        self._weights = weights

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

    # searching

    @cached_property
    def postings(self) -> WhooshPostings:
        """The postings of the index."""
        return WhooshPostings(self.snapshot)

    @cached_property
    def expander(self) -> Expander:
        """What patterns stand for."""
        return Expander(self.postings)

    @cached_property
    def ranking(self) -> Ranking:
        """Scores."""
        return Ranking(self.snapshot, self._weights)

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
        if sort not in SORTS:
            raise UsageError(f"hits can't be sorted by `{sort}`; use one of {', '.join(SORTS)}")
        executor = self._executor()
        numbers = self._numbers(tree, executor)
        scores = self.ranking.scores(tree, executor, numbers) if numbers else {}
        ordered = self._ordered(numbers, self._key(sort, scores), limit, offset)
        return self._hits(tree, ordered, scores, spans)

    def count(self, tree: Node) -> int:
        """How many paragraphs match: always the exact number."""
        return len(self._numbers(tree, self._executor()))

    def facet(self, tree: Node, field: str) -> list[tuple[str, int]]:
        """How often each value of a field occurs among all matches, the most frequent first.

        Fields: ``type``, ``state``, ``committee``, ``language``, ``year``, ``date``, ``session``,
        ``cycle``, ``symbol``, ``document``, ``kind``, ``section``, ``speaker``. Paragraphs without
        a value are not counted.

        Raises:
            UsageError: no such field.
        """
        numbers = self._numbers(tree, self._executor())
        if field in _DOCUMENT_VALUES:
            values = self._document_values(field, numbers)
        elif field in _PARAGRAPH_VALUES:
            values = (_PARAGRAPH_VALUES[field](self.snapshot.paragraph(n)) for n in numbers)
        else:
            known = ", ".join(sorted({*_DOCUMENT_VALUES, *_PARAGRAPH_VALUES}))
            raise UsageError(f"hits can't be counted by `{field}`; use one of {known}")
        counted = Counter(value for value in values if value)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

    def _document_values(self, field: str, numbers: Collection[int]) -> Iterator[str | None]:
        value = _DOCUMENT_VALUES[field]
        documents = self.snapshot.documents
        known = {key: value(document) for key, document in documents.items()}
        return (known[self.snapshot.entry_of(number).key] for number in numbers)

    def _executor(self) -> Executor:
        return Executor(self.postings, self.expander, self.facts)

    def _numbers(self, tree: Node, executor: Executor) -> set[int]:
        found = executor.numbers(tree)
        if not _names_kind(tree):
            found = found & self.facts.select(Filter("kind", SEARCHED_KINDS))
        self.notices = list(self._notices(tree))
        return found

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

    def _key(self, sort: str, scores: dict[int, float]) -> Callable[[int], Key]:
        documents = {key: _document_key(doc) for key, doc in self.snapshot.documents.items()}

        def key(number: int) -> Key:
            entry = self.snapshot.entry_of(number)
            newest, symbol = documents[entry.key]
            score = -scores[number] if sort == "relevance" else 0
            return score, () if sort == "symbol" else newest, symbol, number

        return key

    def _ordered(
        self, numbers: Collection[int], key: Callable[[int], Key], limit: int | None, offset: int
    ) -> list[int]:
        if limit is None:
            return sorted(numbers, key=key)[offset:]
        return heapq.nsmallest(offset + limit, numbers, key=key)[offset:]

    def _hits(
        self, tree: Node, numbers: Sequence[int], scores: dict[int, float], spans: bool
    ) -> Iterator[Hit]:
        marker = Marker(tree, self.expander, self.facts, self.postings.languages)
        for number in numbers:
            document = self.snapshot.documents[self.snapshot.entry_of(number).key]
            paragraph = self.snapshot.paragraph(number)
            marked = marker.mark(number, paragraph, document.language) if spans else Marked()
            yield make_hit(paragraph, document, scores[number], marked)

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


def open_index(index_dir: Path, weights: Weights | None = None) -> Index:
    """Open the published index in a folder.

    Raises:
        NoIndex, IndexVersion, DamagedIndex: it can't be used; the message says what to do.
    """
    return Index(index_dir, weights)


def _names_kind(node: Node) -> bool:
    if isinstance(node, Filter):
        return node.field == "kind"
    return any(map(_names_kind, explaining.children(node)))


def _document_key(document: Document) -> tuple[Key, Key]:
    """For sorting: newest first with unknown dates last, and the key with numbers as numbers."""
    day = re.sub(r"\D", "", (document.date or "") + "0000-01-01"[len(document.date or "") :])
    newest = (0, -int(day)) if document.date else (1, 0)
    return newest, natural(document.document)


def natural(key: str) -> Key:
    """A key for sorting in which numbers count as numbers.

    >>> natural("CO/2") < natural("CO/10")
    True
    """
    parts = re.split(r"(\d+)", key)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def _year(document: Document) -> str | None:
    return document.date[:4] if document.date else None


_DOCUMENT_VALUES: dict[str, Callable[[Document], str | None]] = {
    "type": lambda document: document.type,
    "state": lambda document: document.state,
    "committee": lambda document: document.committee,
    "language": lambda document: document.language,
    "year": _year,
    "date": lambda document: document.date,
    "session": lambda document: document.session,
    "cycle": lambda document: document.cycle,
    "symbol": lambda document: document.symbol,
    "document": lambda document: document.document,
}
_PARAGRAPH_VALUES: dict[str, Callable[[Paragraph], str | None]] = {
    "kind": lambda paragraph: paragraph.kind,
    "section": lambda paragraph: " > ".join(paragraph.section),
    "speaker": lambda paragraph: paragraph.speaker.name if paragraph.speaker else None,
}
