"""From what a person types to documents and paragraphs of the index."""

from __future__ import annotations

from treatybody import citations
from treatybody.errors import NotFound, UsageError
from treatybody.index import Index
from treatybody.model import Document


def one_document(index: Index, words: str) -> Document:
    """The one document that a symbol, or any run of its parts, names.

    Raises:
        NotFound: none does; names near ones.
        UsageError: several do; names them.
    """
    if not words.strip():
        raise UsageError("no document is named; write one before the paragraph: `CO/1 33`")
    documents = {document.document: document for document in index.documents()}
    found = citations.match_documents(words, list(documents))
    if not found:
        raise NotFound(_no_document(words, list(documents)))
    if len(found) > 1:
        shown = ", ".join(found[:8]) + (" ..." if len(found) > 8 else "")
        raise UsageError(f"{words!r} names {len(found)} documents: {shown}; write more of one")
    return documents[found[0]]


def _no_document(words: str, keys: list[str]) -> str:
    """That there is none; where the first words name one, what is wrong is behind them."""
    shown = words if len(words) <= 100 else words[:100] + "..."
    first, _, rest = shown.strip().partition(" ")
    if not rest and "#" in first:
        first, _, rest = first.partition("#")
    first = first.rstrip(",;:")
    if rest and len(citations.match_documents(first, keys)) == 1:
        return f"{first} is a document here, but {rest!r} behind it can't be read; leave that out"
    return f"no document {shown!r} in this corpus; `tb docs` lists all"
