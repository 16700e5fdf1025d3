"""References: found in one document, never guessed; resolved across the corpus.

The stages are the files are the verbs: :func:`find`, :func:`outline`, :func:`resolve`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from treatybody.model import Document, Link, Paragraph
from treatybody.references import copied, reissues, taken_up
from treatybody.references.find import find
from treatybody.references.model import Entry, Outline, Reference
from treatybody.references.outline import outline
from treatybody.references.resolve import order, resolve

__all__ = ["Entry", "Outline", "Reference", "compute", "find", "order", "outline", "resolve"]


def compute(
    documents: Mapping[str, Document], paragraphs: Sequence[Paragraph], resolved: Sequence[Link]
) -> list[Link]:
    """Compute the links that nobody printed: ``takes_up``, ``repeats``, and those of symbols.

    Arguments:
        documents: by key.
        paragraphs: of all documents.
        resolved: what :func:`resolve` returned.

    Returns the computed links alone, in the order of links.
    """
    made = taken_up.links(documents, paragraphs, resolved) + copied.links(documents, paragraphs)
    made += reissues.links(documents, paragraphs)
    return sorted(made, key=order)
