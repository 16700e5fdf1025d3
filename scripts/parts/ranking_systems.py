"""What is measured: our index, and the systems beside it. Each gives the best documents of a query.

A query is the same for all: an OR of the words of its sentence without stop words. What stands
twice in it counts twice, except where the name says ``distinct``.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from math import log
from pathlib import Path
from typing import Any

from ranking_sets import Collection

from treatybody.index import analysis

DEPTH = 1000
Run = dict[str, list[str]]


def ours(collection: Collection, engine: str = "arrays") -> Run:
    """The index as it is shipped."""
    from treatybody.index import open_index, publish
    from treatybody.query.tree import Or, Word

    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder), OneDocument(collection))
        names = list(collection.documents)
        with open_index(Path(folder), engine=engine) as index:
            found = {}
            for query, words in collection.queries.items():
                matches = index.engine.matches(Or(tuple(map(Word, words))), False)
                best = index.engine.ranked(matches, "relevance", DEPTH, 0)
                found[query] = [names[number] for number, _ in best]
            return found


class OneDocument:
    """A collection as a record store: one document, a paragraph for each text."""

    def __init__(self, collection: Collection) -> None:
        from treatybody.model import Document, Paragraph, Source

        source = Source(file="x", sha256="0", reader="text", reader_version="1", also=[])
        nothing = dict.fromkeys(("reference", "state", "date", "date_kind", "session", "cycle"))
        self.document = Document(
            document="X", symbol="X", also_symbols=[], type="other", committee=None, title="X",
            language="en", source=source, origin={}, **nothing,
        )  # fmt: skip
        self.texts = [
            Paragraph(
                id=f"X#{place}", document="X", number=str(place), position=place, kind="paragraph",
                section=[], text=text, subparagraphs=[], footnotes=[], table=None, speaker=None,
                page=None, line=None,
            )
            for place, text in enumerate(collection.documents.values(), 1)
        ]  # fmt: skip

    def documents(self) -> dict[str, Any]:
        return {"X": self.document}

    def paragraphs(self, key: str) -> list[Any]:
        return self.texts

    def fingerprint(self, key: str) -> str:
        return "0"

    def links(self) -> list[Any]:
        return []


def plain(collection: Collection, repeats: bool = False) -> Run:
    """BM25 with Porter stems, k1 1.2, b 0.75, by its formula."""
    import Stemmer

    stem = Stemmer.Stemmer("porter").stemWord
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    lengths = {}
    for name, text in collection.documents.items():
        terms = [stem(token.text) for token in analysis.words(text)]
        lengths[name] = len(terms)
        for term, count in Counter(terms).items():
            found[term][name] = count
    average = sum(lengths.values()) / len(lengths)

    def best(words: list[str]) -> list[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for term, times in Counter(map(stem, words)).items():
            having = found.get(term, {})
            rarity = log(1 + (len(lengths) - len(having) + 0.5) / (len(having) + 0.5))
            for name, count in having.items():
                norm = 1.2 * (0.25 + 0.75 * lengths[name] / average)
                scores[name] += (times if repeats else 1) * rarity * count * 2.2 / (count + norm)
        return sorted(scores, key=lambda name: -scores[name])[:DEPTH]

    return {query: best(words) for query, words in collection.queries.items()}


def fts5(collection: Collection, repeats: bool = False) -> Run:
    """SQLite FTS5 with its porter tokenizer and bm25()."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table d using fts5(text, tokenize='porter unicode61')")
    names = list(collection.documents)
    texts = enumerate(collection.documents.values())
    base.executemany("insert into d(rowid, text) values (?, ?)", texts)
    query = "select rowid from d where d match ? order by bm25(d), rowid limit ?"

    def best(words: list[str]) -> Iterator[str]:
        asked = " OR ".join(f'"{word}"' for word in (words if repeats else dict.fromkeys(words)))
        return (names[row] for (row,) in base.execute(query, (asked, DEPTH)))

    return {query: list(best(words)) for query, words in collection.queries.items()}


def whoosh(collection: Collection, repeats: bool = False) -> Run:
    """Whoosh with its StemmingAnalyzer and its BM25F."""
    from whoosh import fields, query, scoring
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.filedb.filestore import RamStorage

    analyzer = StemmingAnalyzer()
    schema = fields.Schema(id=fields.STORED, text=fields.TEXT(analyzer=analyzer))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for name, text in collection.documents.items():
        writer.add_document(id=name, text=text)
    writer.commit()
    with index.searcher(weighting=scoring.BM25F()) as searcher:

        def best(words: list[str]) -> list[str]:
            stems = [token.text for word in words for token in analyzer(word, mode="query")]
            asked = stems if repeats else dict.fromkeys(stems)
            tree = query.Or([query.Term("text", stem) for stem in asked])
            return [hit["id"] for hit in searcher.search(tree, limit=None)[:DEPTH]]

        return {query: best(words) for query, words in collection.queries.items()}


SYSTEMS: dict[str, Callable[[Collection], Run]] = {
    "ours": ours,
    "plain BM25": lambda collection: plain(collection, True),
    "SQLite FTS5": lambda collection: fts5(collection, True),
    "Whoosh BM25F": lambda collection: whoosh(collection, True),
    "plain BM25, distinct": plain,
    "SQLite FTS5, distinct": fts5,
    "Whoosh BM25F, distinct": whoosh,
}
