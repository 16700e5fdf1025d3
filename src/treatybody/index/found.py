"""What is found: a paragraph, where it matches, and the sub-paragraph that holds the match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from treatybody.model import Document, Paragraph, Subparagraph

Spans = Sequence[tuple[int, int]]


class Found(NamedTuple):
    """Paragraphs that match: their numbers, their records, the facts of their documents.

    The records may be ``hit_lines.Glimpse``, which have all that marks and citations are made of.
    """

    numbers: Sequence[int]
    paragraphs: Sequence[Paragraph]
    documents: Sequence[Document]


class Marked(NamedTuple):
    """For each of some paragraphs the fields that hold a match, and the matches in the text.

    Fields have the names that hits give them.
    """

    matched: Iterable[Sequence[str]]
    spans: Iterable[Spans]


class Marks(Protocol):
    """What finds the matches in hits."""

    def marks(self, hits: Found, /) -> Marked:
        """Where each of some hits matches."""


def pinpoint(paragraph: Paragraph, spans: Spans) -> str | None:
    """The innermost sub-paragraph that holds all spans: "35 (f)", "11 (a) (ii)".

    None when there is none, or the paragraph has no printed number.
    """
    if not spans or paragraph.number is None:
        return None
    start, end = spans[0][0], max(end for _, end in spans)
    around = [s for s in paragraph.subparagraphs if s.start <= start and end <= s.end]
    labels = [part.label for part in sorted(around, key=_depth)]
    return " ".join([paragraph.number, *labels]) if labels else None


def pinpoint_of(paragraph: Paragraph, matched: Sequence[str], spans: Spans) -> str | None:
    """The pinpoint of a hit: none where headings or notes match too."""
    if not paragraph.subparagraphs or tuple(matched) != ("text",):
        return None
    return pinpoint(paragraph, spans)


def _depth(part: Subparagraph) -> tuple[int, int]:
    return part.level, part.start
