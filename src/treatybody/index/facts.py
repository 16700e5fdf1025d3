"""Filters and ranges: which paragraphs have a fact.

Facts of documents hold for all their paragraphs; ``kind`` and ``para`` are the paragraph's own;
``article`` and ``cites`` come from the links that start in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from treatybody.errors import UsageError
from treatybody.index import columns
from treatybody.index.fields import SCORED
from treatybody.index.snapshot import Segment, Snapshot
from treatybody.index.values import DOCUMENT_FACTS, overlaps, symbol_test, value_test
from treatybody.model import Document, Link
from treatybody.query.tree import Filter, Range

_SUBPARAGRAPH = re.compile(r"(?:\([^()]*\))+$")
_ARTICLE = re.compile(r"^(?:(.*?)\s+)?(?:arts?\.?\s*)?(\d+)(?:\s*-\s*(\d+))?(.*)$", re.IGNORECASE)


class Facts:
    """Answers filters and ranges for one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._known: dict[Filter | Range, frozenset[int]] = {}

    def select(self, node: Filter | Range) -> frozenset[int]:
        """The numbers of the paragraphs that have a fact.

        Raises:
            UsageError: no such fact is kept.
        """
        if node not in self._known:
            found = self._filter(node) if isinstance(node, Filter) else self._range(node)
            self._known[node] = frozenset(found)
        return self._known[node]

    def _filter(self, node: Filter) -> Iterator[int]:
        if node.field in ("date", "year"):
            for value in node.values:
                yield from self.select(Range(node.field, value, value))
        elif node.field in _PARAGRAPH_FACTS:
            yield from _PARAGRAPH_FACTS[node.field](self, node.values)
        elif node.field in DOCUMENT_FACTS:
            facts = DOCUMENT_FACTS[node.field]
            make = symbol_test if node.field == "symbol" else value_test
            matches = [make(value) for value in node.values]
            yield from self._of_documents(
                lambda document: any(test(fact) for fact in facts(document) for test in matches)
            )
        else:
            raise UsageError(f"there is no field `{node.field}` to filter by")

    def _range(self, node: Range) -> Iterator[int]:
        if node.field == "para":
            yield from self._between(node.low, node.high)
        elif node.field in ("date", "year"):
            yield from self._of_documents(lambda document: overlaps(document.date, node))
        else:
            raise UsageError(f"there are no ranges of `{node.field}`; use date, year or para")

    def _of_documents(self, wanted: Callable[[Document], bool]) -> Iterator[int]:
        for key, document in self.snapshot.documents.items():
            if wanted(document):
                yield from self.snapshot.numbers(self.snapshot.entries[key])

    def kinds(self, values: Sequence[str]) -> Iterator[int]:
        """Paragraphs of these kinds."""
        codes = {columns.KINDS.index(value) for value in values if value in columns.KINDS}
        for segment in self.snapshot.segments:
            kinds = segment.column("kind")
            for live in segment.live:
                yield from (segment.base + place for place in live if kinds[place] in codes)

    def holding(self, values: Sequence[str]) -> Iterator[int]:
        """Paragraphs with words in one of these: ``note``, ``section``, ``speaker``."""
        for segment in self.snapshot.segments:
            having = [lengths(segment, field) for field in values]
            for live in segment.live:
                for place in live:
                    if any(column[place] for column in having):
                        yield segment.base + place

    def printed(self, values: Sequence[str]) -> Iterator[int]:
        """Paragraphs with one of these printed numbers."""
        wanted = {value.casefold() for value in values}
        return self._numbered(lambda number: number.casefold() in wanted)

    def _between(self, low: str | None, high: str | None) -> Iterator[int]:
        first, last = numeric(low or ""), numeric(high or "")

        def within(number: str) -> bool:
            value = numeric(number)
            return bool(value) and first <= value and (not last or value[: len(last)] <= last)

        return self._numbered(within)

    def _numbered(self, wanted: Callable[[str], bool]) -> Iterator[int]:
        known: dict[str | None, bool] = {None: False}  # few numbers stand on many paragraphs
        for segment in self.snapshot.segments:
            printed = segment.printed
            for live in segment.live:
                for place in live:
                    number = printed[place]
                    if number not in known:
                        known[number] = wanted(number or "")
                    if known[number]:
                        yield segment.base + place

    # links

    @cached_property
    def _by_id(self) -> Callable[[str], int | None]:
        """From a paragraph's id to its number; the ids of a document are read once."""
        known: dict[str, dict[str, int]] = {}

        def find(paragraph_id: str) -> int | None:
            key = paragraph_id.rpartition("#")[0]
            if key not in self.snapshot.entries:
                return None
            if key not in known:
                numbers = self.snapshot.numbers(self.snapshot.entries[key])
                ids = (paragraph.id for paragraph in self.snapshot.paragraphs(key))
                known[key] = dict(zip(ids, numbers, strict=True))
            return known[key].get(paragraph_id)

        return find

    def number_of(self, paragraph_id: str) -> int | None:
        """The number of a paragraph, by its id, or by the id of one of its sub-paragraphs."""
        whole = self._by_id(paragraph_id)
        return self._by_id(_SUBPARAGRAPH.sub("", paragraph_id)) if whole is None else whole

    def _linked(self, wanted: Callable[[Link], bool]) -> Iterator[int]:
        for link in self.snapshot.links:
            if wanted(link):
                number = self.number_of(link.source)
                if number is not None:
                    yield number

    def citing(self, values: Sequence[str]) -> Iterator[int]:
        """Paragraphs with a link to one of these: a document, paragraph, treaty or law."""
        tests = [target_test(value) for value in values]
        return self._linked(lambda link: any(test(link.target) for test in tests))

    def citing_article(self, values: Sequence[str]) -> Iterator[int]:
        """Paragraphs that cite one of these articles, alone or within a range."""
        tests = [article_test(value) for value in values]
        return self._linked(
            lambda link: link.kind == "cites_article" and any(test(link.target) for test in tests)
        )


def lengths(segment: Segment, field: str) -> Sequence[int]:
    """For each paragraph of a segment, dead ones too, a number above 0 where a field has words.

    Fields that are scored have a column of their lengths; for the speaker, who is not, any of
    the words tells.
    """
    if field in SCORED:
        return segment.column(f"{field}_words")
    from treatybody.index.flat.words import Words

    there = bytearray(segment.entry.paragraphs)
    words = Words(segment.flat, field)
    for place in range(words.exact.count):
        for number in words.docs(words.exact, place).tolist():
            there[number] = 1
    return there


def target_test(value: str) -> Callable[[str], bool]:
    """A test for a link's target: itself, a paragraph of it, or a sub-paragraph of it.

    >>> target_test("CMW/C/PER/CO/1")("CMW/C/PER/CO/1#33")
    True
    """
    test = symbol_test(value)
    inner = symbol_test(value + ("(*" if "#" in value else "#*"))
    return lambda target: test(target) or inner(target)


def article_test(value: str) -> Callable[[str], bool]:
    """A test for a cited article; without a treaty, the article of any.

    >>> test = article_test("40")
    >>> test("ICRMW art. 36-56"), test("ICRMW art. 4"), article_test("ICRMW art. 40")("CRC art. 40")
    (True, False, False)
    """
    asked = _ARTICLE.match(value.rstrip("*").strip())
    if asked is None:
        return value_test(value)
    treaty, low, high, rest = _article_parts(asked)

    def test(target: str) -> bool:
        cited = _ARTICLE.match(target)
        if cited is None:
            return False
        cited_treaty, first, last, cited_rest = _article_parts(cited)
        same_treaty = not treaty or treaty == cited_treaty
        inside = cited_rest.startswith(rest) if rest else cited_rest[:1] in ("", "(")
        return same_treaty and first <= high and low <= last and inside

    return test


def _article_parts(match: re.Match[str]) -> tuple[str, int, int, str]:
    treaty, first, last, rest = match.groups()
    name = re.sub(r"\s*\barts?\.?$", "", (treaty or "").casefold())
    return name, int(first), int(last or first), rest.replace(" ", "").casefold()


_AGAIN = ("bis", "ter", "quater", "quinquies")


def numeric(number: str) -> tuple[int, ...]:
    """A printed number for comparing: 24 bis and 24.1 stand between 24 and 25.

    >>> numeric("24.1"), numeric("24 bis"), numeric("p5")
    ((24, 1), (24, 0, 2), ())
    """
    parts = re.match(r"(\d+(?:\.\d+)*)\s?(bis|ter|quater|quinquies)?", number, re.I)
    if not parts:
        return ()
    whole = tuple(int(part) for part in parts[1].split("."))
    return (*whole, 0, _AGAIN.index(parts[2].lower()) + 2) if parts[2] else whole


_PARAGRAPH_FACTS: dict[str, Callable[[Facts, Sequence[str]], Iterator[int]]] = {
    "kind": Facts.kinds,
    "has": Facts.holding,
    "para": Facts.printed,
    "cites": Facts.citing,
    "article": Facts.citing_article,
}
