"""Where words stand: the one interface that executing a query needs from an index.

Paragraphs are numbers; positions are ascending. The published index answers through Whoosh's
posting cursors (``WhooshPostings``); one paragraph alone answers from memory
(``ParagraphPostings``), which is how the matches of a hit are found in its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from treatybody.index import analysis
from treatybody.index.fields import STEM, FieldWords, Terms, values
from treatybody.index.snapshot import Snapshot
from treatybody.model import Paragraph

Frequencies = Mapping[int, int]
Positions = Mapping[int, Sequence[int]]


class Postings(Protocol):
    """What an engine offers."""

    languages: Sequence[str]

    def frequencies(self, field: str, term: str) -> Frequencies:
        """How often a term stands in each paragraph that has it."""

    def positions(self, field: str, term: str) -> Positions:
        """Where a term stands in each paragraph that has it."""

    def everything(self) -> set[int]:
        """All paragraphs."""


class WhooshPostings:
    """The postings of a published generation, through Whoosh's readers."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.languages: Sequence[str] = sorted({d.language for d in snapshot.documents.values()})
        self.frequencies = lru_cache(maxsize=4096)(self._frequencies)
        self.positions = lru_cache(maxsize=4096)(self._positions)

    def _frequencies(self, field: str, term: str) -> Frequencies:
        """How often a term stands in each paragraph that has it."""
        found: dict[int, int] = {}
        for base, matcher in self._matchers(field, term):
            while matcher.is_active():
                found[base + matcher.id()] = int(matcher.weight())
                matcher.next()
        return found

    def _positions(self, field: str, term: str) -> Positions:
        """Where a term stands in each paragraph that has it."""
        found: dict[int, Sequence[int]] = {}
        for base, matcher in self._matchers(field, term):
            while matcher.is_active():
                found[base + matcher.id()] = matcher.value_as("positions")
                matcher.next()
        return found

    def _matchers(self, field: str, term: str) -> Iterator[tuple[int, Any]]:
        key = term.encode("utf-8", "surrogatepass")
        for segment in self.snapshot.segments:
            if (field, key) in segment.reader:
                yield segment.base, segment.reader.postings(field, key)

    def paragraphs_with(self, field: str, term: str) -> int:
        """How many paragraphs have a term."""
        key = term.encode("utf-8", "surrogatepass")
        if any(segment.reader.has_deletions() for segment in self.snapshot.segments):
            return len(self.frequencies(field, term))
        return sum(s.reader.doc_frequency(field, key) for s in self.snapshot.segments)

    def everything(self) -> set[int]:
        """All paragraphs."""
        return set(self.snapshot.live())

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """The words that stand in a field, in code point order, marked forms left out."""
        key = prefix.encode("utf-8", "surrogatepass")
        found: set[bytes] = set()
        for segment in self.snapshot.segments:
            if field in segment.reader.indexed_field_names():
                found.update(segment.reader.expand_prefix(field, key))
        words = (word.decode("utf-8", "surrogatepass") for word in sorted(found))
        return [word for word in words if not word.startswith(analysis.MARK)]


class ParagraphPostings:
    """The postings of one paragraph, from its text.

    Arguments:
        number: the paragraph's number, as the index has it.
        paragraph: its record.
        language: the language of its document.
        languages: all languages of the index; a query word is analysed for each.
    """

    def __init__(
        self, number: int, paragraph: Paragraph, language: str, languages: Sequence[str]
    ) -> None:
        self.number = number
        self.paragraph = paragraph
        self.language = language
        self.languages = languages
        self._fields: dict[str, FieldWords] = {}
        self._placed: dict[str, Terms] = {}

    def frequencies(self, field: str, term: str) -> Frequencies:
        """How often a term stands in the paragraph."""
        return {number: len(found) for number, found in self.positions(field, term).items()}

    def positions(self, field: str, term: str) -> Positions:
        """Where a term stands in the paragraph."""
        found = self.terms_of(field).get(term)
        return {} if found is None else {self.number: found}

    def everything(self) -> set[int]:
        """The paragraph."""
        return {self.number}

    def terms_of(self, field: str) -> Terms:
        """The terms of a field with their positions."""
        if field not in self._placed:
            words = self.words_of(field.removesuffix(STEM))
            self._placed[field] = words.stem() if field.endswith(STEM) else words.exact()
        return self._placed[field]

    def words_of(self, name: str) -> FieldWords:
        """The words of a text field."""
        if name not in self._fields:
            self._fields[name] = FieldWords(values(self.paragraph, name), self.language)
        return self._fields[name]
