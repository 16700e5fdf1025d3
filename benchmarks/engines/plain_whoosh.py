"""Whoosh as it comes, in the benchmark."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
from corpus import Corpus

from engines.records import TOP, Answer, Replacing, rows
from treatybody.model import Document, Paragraph


class PlainWhoosh:
    """Whoosh as it comes: its own codec, scoring and matchers."""

    name = "Whoosh"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "whoosh"

    def build(self, corpus: Corpus) -> None:
        from whoosh import analysis, fields, index

        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        schema = fields.Schema(
            text=fields.TEXT(analyzer=analysis.StemmingAnalyzer(stoplist=None, minsize=1)),
            words=fields.TEXT(analyzer=analysis.StandardAnalyzer(stoplist=None, minsize=1)),
            record=fields.STORED,
            document=fields.ID(unique=True),
            state=fields.ID,
            type=fields.ID,
            day=fields.NUMERIC(sortable=True),
            year=fields.NUMERIC(sortable=True),
        )
        writer = index.create_in(self.folder, schema).writer(limitmb=512)
        for _, about, paragraph, line in rows(corpus):
            writer.add_document(**self._fields(about, paragraph, line))
        writer.commit()

    def _fields(self, about: Document, paragraph: Paragraph, line: bytes) -> dict[str, Any]:
        return {
            "text": paragraph.text,
            "words": paragraph.text,
            "record": line.decode(),
            "document": about.document,
            "state": about.state,
            "type": about.type,
            "day": int((about.date or "0").replace("-", "")),
            "year": int((about.date or "0")[:4]),
        }

    def replacing(self, corpus: Corpus) -> Replacing:
        from whoosh import index

        opened = index.open_dir(self.folder)

        def replace(paragraphs: list[Paragraph]) -> None:
            key = paragraphs[0].document
            writer = opened.writer()
            writer.delete_by_term("document", key)
            for paragraph in paragraphs:
                line = msgspec.json.encode(paragraph)
                writer.add_document(**self._fields(corpus.documents()[key], paragraph, line))
            writer.commit()

        return replace

    def open(self) -> None:
        from whoosh import index

        self.searcher = index.open_dir(self.folder).searcher()

    def _query(self, query: Any) -> Any:
        from whoosh import query as q

        stem = self.searcher.schema["text"].analyzer

        def term(word: str) -> Any:
            return q.Term("text", next(iter(stem(word))).text)

        match query:
            case (("word" | "sort" | "facet" | "export"), word):
                return term(word)
            case ("and", *words):
                return q.And([term(word) for word in words])
            case ("or", *words):
                return q.Or([term(word) for word in words])
            case ("phrase", *words):
                return q.Phrase("words", list(words))
            case ("near", left, right):
                from whoosh.query.spans import SpanNear2

                return SpanNear2([term(left), term(right)], slop=10, ordered=False)
            case ("prefix", start):
                return q.Prefix("words", start)
            case ("suffix", end):
                return q.Wildcard("words", "*" + end)
            case ("fuzzy", word):
                return q.FuzzyTerm("words", word, maxdist=1)
            case ("filter", word, state, kind):
                return q.And([term(word), q.Term("state", state), q.Term("type", kind)])
        return None

    def answer(self, query: Any) -> Answer | None:
        found = self._query(query)
        if found is None:
            return None
        search = self.searcher.search
        if query[0] == "facet":
            return lambda: len(search(found, groupedby="year", limit=1))
        if query[0] == "export":
            return lambda: sum(1 for hit in search(found, limit=None) if hit["record"])
        options = {"sortedby": "day", "reverse": True} if query[0] == "sort" else {}

        def top() -> int:
            results = search(found, limit=TOP, **options)
            for hit in results:
                hit.highlights("text", text=msgspec.json.decode(hit["record"])["text"])
            return len(results)

        return top
