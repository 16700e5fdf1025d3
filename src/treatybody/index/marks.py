"""Where a query matches in the footnotes and headings of a hit; ``Hit.spans`` are of its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from treatybody.index import analysis
from treatybody.index.fields import GAP, values
from treatybody.index.hits import Marker, character_spans
from treatybody.index.spans import Piece

if TYPE_CHECKING:
    from treatybody.index.searching import Index
    from treatybody.model import Paragraph
    from treatybody.query.tree import Node

Spans = list[tuple[int, int]]


class Marks:
    """Finds the matches of one tree in footnotes and headings.

    Arguments:
        index: an open index.
        tree: the query.
    """

    def __init__(self, index: Index, tree: Node) -> None:
        self._index = index
        self._marker = Marker(tree, index.expander, index.facts, index.engine.languages)

    def places(self, paragraph: Paragraph, field: str) -> list[Spans]:
        """The matches in each value of a field, in code points, end exclusive.

        Arguments:
            paragraph: of this index; a hit will do.
            field: ``note`` (a list for each footnote) or ``section`` (one for each heading).
        """
        texts = values(paragraph, field)
        number = self._index.facts.number_of(paragraph.id)
        if number is None or not texts:
            return [[] for _ in texts]
        language = self._index.document(paragraph.document).language
        placed = self._marker.places(number, paragraph, language)
        return _apart([piece for name, piece in placed if name == field], texts)


def _apart(pieces: Sequence[Piece], texts: Sequence[str]) -> list[Spans]:
    """Pieces of a whole field as spans of its values, which stand ``GAP`` positions apart."""
    found, base = [], 0
    for text in texts:
        end = base + len(analysis.words(text))
        inside = [(first - base, last - base) for first, last in pieces if base <= first < end]
        found.append(character_spans(text, inside))
        base = end + GAP
    return found
