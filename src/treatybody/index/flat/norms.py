"""What the frequencies in a field are divided by: its length against the average, without numpy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from treatybody.index.fields import SCORED
from treatybody.index.flat import documents

if TYPE_CHECKING:
    from treatybody.index.glance import Snapshot
    from treatybody.index.weights import Weights


class Norms:
    """The norms of the paragraphs of a snapshot."""

    def __init__(self, snapshot: Snapshot[Any], weights: Weights) -> None:
        self._snapshot = snapshot
        self._b = weights.b
        self._known: dict[tuple[str, int], float] = {}

    def of(self, field: str, number: int) -> float:
        """The norm of a field of a paragraph."""
        known = self._known.get((field, number))
        if known is None:
            segment, place = self._snapshot.segment_of(number)
            length = segment.flat.number(f"{field}_words", place) if self._b[field] else 0
            known = self._known[field, number] = self.of_length(field, length)
        return known

    def tell(self, field: str, norms: Mapping[int, float]) -> None:
        """Norms of a field that need not be looked up."""
        self._known.update({(field, number): norm for number, norm in norms.items()})

    def of_length(self, field: str, length: int) -> float:
        """The norm of a field of so many words."""
        b = self._b[field]
        return 1 - b + b * length / self.averages[field] if b else 1.0

    @cached_property
    def averages(self) -> dict[str, float]:
        """The average length of each field, over paragraphs that have it at all."""
        averages = {}
        for field in SCORED:
            both = [documents.length(segment, field) for segment in self._snapshot.segments]
            total, present = sum(one[0] for one in both), sum(one[1] for one in both)
            averages[field] = total / present if present else 1.0
        return averages
