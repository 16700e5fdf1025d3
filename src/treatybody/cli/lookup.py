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
        raise NotFound(f"no document {words!r} in this corpus; `tb docs` lists all")
    if len(found) > 1:
        shown = ", ".join(found[:8]) + (" ..." if len(found) > 8 else "")
        raise UsageError(f"{words!r} names {len(found)} documents: {shown}; write more of one")
    return documents[found[0]]
