"""References: found in one document, never guessed; resolved across the corpus.

The stages are the files are the verbs: :func:`find`, :func:`outline`, :func:`resolve`.
"""

from __future__ import annotations

from treatybody.references.find import find
from treatybody.references.model import Entry, Outline, Reference
from treatybody.references.outline import outline
from treatybody.references.resolve import resolve

__all__ = ["Entry", "Outline", "Reference", "find", "outline", "resolve"]
