"""The Python API: the same hits as ``tb search --json``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from treatybody import citations
from treatybody.corpus import Corpus, locate
from treatybody.cycle.saved import texts
from treatybody.errors import NotFound
from treatybody.index import Index, open_index
from treatybody.model import Document, Hit, Link, Paragraph
from treatybody.query.parser import parse
from treatybody.query.tree import Node


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
        tree = self._tree(query, filters)
        yield from self._index.search(tree, limit=limit, offset=offset, sort=sort)

    def count(self, query: str, **filters: str) -> int:
        """How many paragraphs match.

        Raises:
            QueryError: the query can't be understood.
        """
        return self._index.count(self._tree(query, filters))

    def facet(self, query: str, field: str, **filters: str) -> list[tuple[str, int]]:
        """How many paragraphs match for each value of a field, the most frequent first.

        Arguments:
            query: text of the query language; ``*`` is everything.
            field: ``type``, ``state``, ``year``, ``committee``, ``section``, ``speaker`` ...

        Raises:
            QueryError: the query can't be understood.
            UsageError: there is no such field; the message names them.
        """
        return self._index.facet(self._tree(query, filters), field)

    def show(self, citation: str) -> list[Paragraph]:
        """The paragraphs that a citation means, whole, forgiving of its form.

        Arguments:
            citation: "CMW/C/PER/CO/1, para. 33", "CO/1 31-33", an id, or a document alone.

        Raises:
            CitationError: nothing of it can be read.
            NotFound: no document of the corpus, or more than one, is meant.
        """
        cited = citations.parse(citation, [one.document for one in self.documents()])
        keys = citations.match_documents(cited.document, [d.document for d in self.documents()])
        if len(keys) != 1:
            found = f"{len(keys)} documents" if keys else "no document"
            raise NotFound(f"{citation!r} names {found} of this corpus")
        paragraphs = self.paragraphs(keys[0])
        if not cited.places:
            return paragraphs
        return [paragraph for paragraph, _ in citations.select(cited.places, paragraphs)[0]]

    def _tree(self, query: str, filters: Mapping[str, str]) -> Node:
        saved = texts(self.corpus.queries) if "query:" in query.lower() else None
        return parse(query, filters=filters, saved=saved).tree

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
