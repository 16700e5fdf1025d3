"""Whoosh's view of a segment: the postings of a term one by one, and the lengths of fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar

from treatybody.index.fields import STEM
from treatybody.index.flat.inverting import before
from treatybody.index.flat.reading import FlatFile

if TYPE_CHECKING:
    from treatybody.index.flat.codec import FlatSegment


class FlatMatcher(LeafMatcher):  # type: ignore[misc]
    """The postings of a term, one by one."""

    def __init__(
        self,
        term: tuple[str, bytes],
        docs: Any,
        counts: Any,
        places: Any,
        format_: Any,
        scorer: Any,
    ) -> None:
        self._term = term
        self.format, self.scorer = format_, scorer
        self._docs, self._counts, self._places = docs, counts, places
        self._starts = before(counts)
        self._ids: Sequence[int] = docs.tolist()
        self._at = 0

    def is_active(self) -> bool:
        """Whether it stands on a posting."""
        return self._at < len(self._ids)

    def reset(self) -> None:
        """Go to the first posting."""
        self._at = 0

    def copy(self) -> FlatMatcher:
        """Another one at the same place."""
        arrays = self._docs, self._counts, self._places
        other = FlatMatcher(self._term, *arrays, self.format, self.scorer)
        other._at = self._at
        return other

    def id(self) -> int:
        """The paragraph."""
        return self._ids[self._at]

    def next(self) -> bool:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, number: int) -> bool:
        """Go to the first posting that is not before a paragraph."""
        if not self.is_active():
            raise ReadTooFar
        self._at = max(self._at, int(np.searchsorted(self._docs, number)))
        return True

    def all_ids(self) -> Iterator[int]:
        """The paragraphs of all postings."""
        return iter(self._ids)

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        """All postings as (paragraph, positions)."""
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def weight(self) -> float:
        """How often the term stands there."""
        return float(self._counts[self._at])

    def value(self) -> bytes:
        """Its positions, as the format has them."""
        start = int(self._starts[self._at])
        return bytes(self._places[start : start + int(self._counts[self._at])].astype("<u4"))


class FlatDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """The paragraphs of a segment: which are dead, and how long their fields are."""

    def __init__(self, file: FlatFile, segment: FlatSegment) -> None:
        self._file = file
        self._segment = segment

    def doc_count(self) -> int:
        """How many live."""
        return self._segment.doc_count()  # type: ignore[no-any-return]

    def doc_count_all(self) -> int:
        """How many there are."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Whether some are dead."""
        return bool(self._segment.deleted)

    def is_deleted(self, number: int) -> bool:
        """Whether one is dead."""
        return number in self._segment.deleted

    def deleted_docs(self) -> frozenset[int]:
        """The dead ones."""
        return self._segment.deleted

    def _lengths(self, field: str) -> Any:
        name = f"{field.removesuffix(STEM)}_words"
        if name not in self._file.sections:
            return np.zeros(self._segment.count, np.int64)
        return self._file.array(name, 0, self._segment.count)

    def doc_field_length(self, number: int, field: str, default: int = 0) -> int:
        """The length of a field of a paragraph in words: exact, not in one byte."""
        return int(self._lengths(field)[number])

    def field_length(self, field: str) -> int:
        """The length of a field in all paragraphs."""
        return int(self._lengths(field).sum(dtype=np.int64))

    def min_field_length(self, field: str) -> int:
        """The least length of a field."""
        return int(self._lengths(field).min(initial=0))

    def max_field_length(self, field: str) -> int:
        """The greatest length of a field."""
        return int(self._lengths(field).max(initial=0))

    def stored_fields(self, number: int) -> dict[str, Any]:
        """Nothing: records are not kept by Whoosh's fields."""
        return {}
