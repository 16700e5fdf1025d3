"""tantivy in the benchmark."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
from corpus import Corpus

from engines.records import TOP, Answer, Replacing, rows
from treatybody.model import Document, Paragraph


class Tantivy:
    """tantivy, through its Python binding."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "tantivy"

    def build(self, corpus: Corpus) -> None:
        import tantivy

        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", stored=False, tokenizer_name="en_stem")
        schema.add_text_field("words", stored=False, tokenizer_name="default", index_option="basic")
        schema.add_bytes_field("record", stored=True, indexed=False)
        for name in ("state", "type", "document"):
            schema.add_text_field(name, tokenizer_name="raw", fast=True)
        schema.add_unsigned_field("day", fast=True)
        schema.add_unsigned_field("year", fast=True)
        index = tantivy.Index(schema.build(), path=str(self.folder))
        writer = index.writer(heap_size=256_000_000, num_threads=2)
        for _, about, paragraph, line in rows(corpus):
            writer.add_document(self._document(about, paragraph, line))
        writer.commit()
        writer.wait_merging_threads()

    def _document(self, about: Document, paragraph: Paragraph, line: bytes) -> Any:
        import tantivy

        document = tantivy.Document()
        document.add_text("text", paragraph.text)
        document.add_text("words", paragraph.text)
        document.add_bytes("record", line)
        document.add_text("state", about.state or "")
        document.add_text("type", about.type)
        document.add_text("document", about.document)
        document.add_unsigned("day", int((about.date or "0").replace("-", "")))
        document.add_unsigned("year", int((about.date or "0")[:4]))
        return document

    def replacing(self, corpus: Corpus) -> Replacing:
        import tantivy

        writer = tantivy.Index.open(str(self.folder)).writer(heap_size=64_000_000, num_threads=1)

        def replace(paragraphs: list[Paragraph]) -> None:
            key = paragraphs[0].document
            writer.delete_documents_by_term("document", key)
            for paragraph in paragraphs:
                line = msgspec.json.encode(paragraph)
                writer.add_document(self._document(corpus.documents()[key], paragraph, line))
            writer.commit()

        return replace

    def open(self) -> None:
        import tantivy

        self.index = tantivy.Index.open(str(self.folder))
        self.searcher = self.index.searcher()
        self.schema = self.index.schema
        self.stem = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        self.stem = self.stem.filter(tantivy.Filter.lowercase())
        self.stem = self.stem.filter(tantivy.Filter.stemmer("english")).build()

    def _term(self, word: str) -> Any:
        from tantivy import Query

        (stem,) = self.stem.analyze(word)
        return Query.term_query(self.schema, "text", stem)

    def _query(self, query: Any) -> Any:
        from tantivy import Occur, Query

        match query:
            case (("word" | "sort" | "facet" | "export"), word):
                return self._term(word)
            case ("and", *words):
                return Query.boolean_query([(Occur.Must, self._term(word)) for word in words])
            case ("or", *words):
                return Query.boolean_query([(Occur.Should, self._term(word)) for word in words])
            case ("phrase", *words):
                return Query.phrase_query(
                    self.schema, "text", [self.stem.analyze(word)[0] for word in words]
                )
            case ("near", left, right):
                stems = [self.stem.analyze(word)[0] for word in (left, right)]
                return Query.phrase_query(self.schema, "text", stems, slop=9)
            case ("prefix", start):
                return Query.regex_query(self.schema, "words", start + ".*")
            case ("suffix", end):
                return Query.regex_query(self.schema, "words", ".*" + end)
            case ("fuzzy", word):
                return Query.fuzzy_term_query(self.schema, "words", word, distance=1)
            case ("filter", word, state, kind):
                return Query.boolean_query(
                    [
                        (Occur.Must, self._term(word)),
                        (Occur.Must, Query.term_query(self.schema, "state", state)),
                        (Occur.Must, Query.term_query(self.schema, "type", kind)),
                    ]
                )
        return None

    def answer(self, query: Any) -> Answer | None:
        found = self._query(query)
        if found is None:
            return None
        if query[0] == "facet":
            return lambda: self._facet(found)
        if query[0] == "export":
            return lambda: self._export(found)
        return lambda: self._top(found, "day" if query[0] == "sort" else None)

    def _top(self, query: Any, order: str | None) -> int:
        from tantivy import Document as Text
        from tantivy import SnippetGenerator

        found = self.searcher.search(query, TOP, count=True, order_by_field=order)
        snippets = SnippetGenerator.create(self.searcher, query, self.schema, "text")
        for _, address in found.hits:
            record = msgspec.json.decode(self.searcher.doc(address)["record"][0], type=Paragraph)
            # the text is stored in the record alone, so that no engine stores it twice
            text = Text()
            text.add_text("text", record.text)
            assert snippets.snippet_from_doc(text) is not None
        return int(found.count)

    def _facet(self, query: Any) -> int:
        found = self.searcher.aggregate(query, {"y": {"terms": {"field": "year", "size": 100}}})
        return sum(bucket["doc_count"] for bucket in found["y"]["buckets"])

    def _export(self, query: Any) -> int:
        found = self.searcher.search(query, 10_000_000, count=True)
        return sum(len(self.searcher.doc(a)["record"][0]) > 0 for _, a in found.hits)
