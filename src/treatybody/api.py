"""The Python API: the same hits as ``tb search --json``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from treatybody.corpus import Corpus, locate
from treatybody.index import Index, open_index
from treatybody.model import Document, Hit, Link, Paragraph
from treatybody.query.parser import parse


class OpenCorpus:
    """A corpus with its published index; made by ``treatybody.open``."""

    def __init__(self, corpus: Corpus, index: Index) -> None:
        self.corpus = corpus
        self._index = index

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        offset: int = 0,
        sort: str = "relevance",
        **filters: str,
    ) -> Iterator[Hit]:
        """Ranked hits of a query.

        Arguments:
            query: text of the query language (``tb help query``).
            limit, offset: which hits, in number of hits; all by default.
            sort: ``relevance``, ``date`` or ``symbol``.
            filters: ``type``, ``state``, ``committee``, ``since`` ... as ``tb search`` has them.

        Raises:
            QueryError: the query can't be understood.
        """
        tree = parse(query, filters=filters).tree
        yield from self._index.search(tree, limit=limit, offset=offset, sort=sort)

    def count(self, query: str, **filters: str) -> int:
        """How many paragraphs match."""
        return self._index.count(parse(query, filters=filters).tree)

    def documents(self) -> list[Document]:
        """Every document, by key."""
        return self._index.documents()

    def paragraphs(self, document: str) -> list[Paragraph]:
        """A document's paragraphs by position."""
        return self._index.paragraphs(document)

    def links(self) -> list[Link]:
        """Every resolved link."""
        return self._index.links()


def open(corpus: str | Path | None = None, index: str | Path | None = None) -> OpenCorpus:
    """Open a corpus that ``tb build`` has indexed.

    Arguments:
        corpus: its folder; else ``TREATYBODY_CORPUS``, else the nearest upward.
        index: the index folder; else ``TREATYBODY_INDEX``, else ``index/`` beside the corpus.

    Raises:
        NoCorpus, NoIndex: there is none; the message says what to do.
    """
    found = locate(
        Path(corpus) if corpus else None,
        Path(index) if index else None,
        os.environ,
        Path.cwd(),
    )
    return OpenCorpus(found, open_index(found.index))
