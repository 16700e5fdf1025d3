"""The engines of the benchmark, each with the same records and, as far as it goes, analysis.

Every engine answers a query by its name: it returns how many paragraphs match, having fetched the
first ten records with their snippets (or all records, or all counts, where the query says so). An
engine without a way to ask returns None.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from corpus import EACH, Corpus

from treatybody.model import Document, Paragraph
from treatybody.query import tree as t

TOP = 10
Answer = Callable[[], int | None]
Replacing = Callable[[list[Paragraph]], None]  # a document's paragraphs take the place of the old


def rows(corpus: Corpus) -> Iterator[tuple[int, Document, Paragraph, bytes]]:
    """All records in order, with their documents and their JSON."""
    encode = msgspec.json.Encoder().encode
    number = 0
    for key, about in corpus.documents().items():
        for paragraph in corpus.paragraphs(key):
            yield number, about, paragraph, encode(paragraph)
            number += 1


class Ours:
    """This project: the library, as the commands call it."""

    name = "treatybody"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "treatybody"

    def build(self, corpus: Corpus) -> None:
        from treatybody.index import publish

        shutil.rmtree(self.folder, ignore_errors=True)
        publish(self.folder, corpus, full=True)

    def replacing(self, corpus: Corpus) -> Replacing:
        from treatybody.index import publish

        def replace(paragraphs: list[Paragraph]) -> None:
            corpus.replace(paragraphs[0].document, paragraphs)
            publish(self.folder, corpus)

        return replace

    def open(self) -> None:
        from treatybody.index import open_index

        self.index = open_index(self.folder)

    def _tree(self, query: Any) -> t.Node:
        match query:
            case ("word", word):
                return t.Word(word)
            case ("and", *words):
                return t.And(tuple(map(t.Word, words)))
            case ("or", *words):
                return t.Or(tuple(map(t.Word, words)))
            case ("phrase", *words):
                joins = ["", *[" "] * (len(words) - 1)]
                parts = (t.PhrasePart(j, t.Exact(w)) for j, w in zip(joins, words, strict=True))
                return t.Phrase(tuple(parts))
            case ("near", left, right):
                return t.Near(t.Word(left), t.Word(right), 10)
            case ("prefix", start):
                return t.Wildcard(start + "*")
            case ("suffix", end):
                return t.Wildcard("*" + end)
            case ("fuzzy", word):
                return t.Fuzzy(word, 1)
            case ("filter", word, state, kind):
                filters = t.Filter("state", (state,)), t.Filter("type", (kind,))
                return t.And((t.Word(word), *filters))
        raise AssertionError(query)

    def answer(self, query: Any) -> Answer | None:
        match query:
            case ("sort", word):
                return lambda: self._top(t.Word(word), "date")
            case ("facet", word):
                return lambda: self._facet(t.Word(word))
            case ("export", word):
                return lambda: self._export(t.Word(word), spans=False)
            case ("export with spans", word):
                return lambda: self._export(t.Word(word), spans=True)
        tree = self._tree(query)
        return lambda: self._top(tree, "relevance")

    def _forget(self) -> None:
        """Nothing that was found for the last query is used again."""
        self.index._last = None
        self.index.expander.done.clear()

    def _top(self, tree: t.Node, sort: str) -> int:
        self._forget()
        list(self.index.search(tree, limit=TOP, sort=sort))
        return self.index.count(tree)

    def _facet(self, tree: t.Node) -> int:
        self._forget()
        return sum(count for _, count in self.index.facet(tree, "year"))

    def _export(self, tree: t.Node, spans: bool) -> int:
        self._forget()
        if spans:
            return sum(1 for _ in self.index.search(tree))
        return sum(len(line) > 0 for line in self.index.records(tree))


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
        from tantivy import Document, SnippetGenerator

        found = self.searcher.search(query, TOP, count=True, order_by_field=order)
        snippets = SnippetGenerator.create(self.searcher, query, self.schema, "text")
        for _, address in found.hits:
            record = msgspec.json.decode(self.searcher.doc(address)["record"][0], type=Paragraph)
            # the text is stored in the record alone, so that no engine stores it twice
            text = Document()
            text.add_text("text", record.text)
            assert snippets.snippet_from_doc(text) is not None
        return int(found.count)

    def _facet(self, query: Any) -> int:
        found = self.searcher.aggregate(query, {"y": {"terms": {"field": "year", "size": 100}}})
        return sum(bucket["doc_count"] for bucket in found["y"]["buckets"])

    def _export(self, query: Any) -> int:
        found = self.searcher.search(query, 10_000_000, count=True)
        return sum(len(self.searcher.doc(a)["record"][0]) > 0 for _, a in found.hits)


class Fts5:
    """SQLite's FTS5, with Porter stems."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts5.sqlite"

    def build(self, corpus: Corpus) -> None:
        self.path.unlink(missing_ok=True)
        base = sqlite3.connect(self.path)
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("PRAGMA synchronous=OFF")
        base.execute(
            "CREATE TABLE r (id INTEGER PRIMARY KEY, state, type, document, day, record, text)"
        )
        base.execute(
            "CREATE VIRTUAL TABLE f USING fts5(text, content='r', content_rowid='id', "
            "tokenize='porter unicode61')"
        )
        base.executemany(
            "INSERT INTO r VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (n, about.state, about.type, about.document, about.date, line, paragraph.text)
                for n, about, paragraph, line in rows(corpus)
            ),
        )
        base.execute("INSERT INTO f(f) VALUES ('rebuild')")
        base.execute("INSERT INTO f(f) VALUES ('optimize')")
        base.execute("CREATE INDEX by_document ON r(document)")
        base.commit()
        base.close()

    def replacing(self, corpus: Corpus) -> Replacing:
        base = sqlite3.connect(self.path, isolation_level=None)

        def replace(paragraphs: list[Paragraph]) -> None:
            key = paragraphs[0].document
            about = corpus.documents()[key]
            row = key, about.state, about.type, about.date
            base.execute("BEGIN")
            base.execute(
                "INSERT INTO f(f, rowid, text) SELECT 'delete', id, text FROM r WHERE document = ?",
                (key,),
            )
            base.execute("DELETE FROM r WHERE document = ?", (key,))
            for paragraph in paragraphs:
                said = *row, msgspec.json.encode(paragraph), paragraph.text
                sql = "INSERT INTO r(document, state, type, day, record, text) VALUES "
                added = base.execute(sql + "(?, ?, ?, ?, ?, ?)", said)
                base.execute(
                    "INSERT INTO f(rowid, text) VALUES (?, ?)", (added.lastrowid, paragraph.text)
                )
            base.execute("COMMIT")

        return replace

    def open(self) -> None:
        self.base = sqlite3.connect(self.path)

    def _match(self, query: Any) -> str | None:
        match query:
            case (("word" | "sort" | "facet" | "export"), word):
                return word
            case ("filter", word, _, _):
                return word
            case ("and", *words):
                return " AND ".join(words)
            case ("or", *words):
                return " OR ".join(words)
            case ("phrase", *words):
                return '"' + " ".join(words) + '"'
            case ("near", left, right):
                return f"NEAR({left} {right}, 9)"
            case ("prefix", start):
                return start + "*"
        return None

    def answer(self, query: Any) -> Answer | None:
        found = self._match(query)
        if found is None:
            return None
        ask = self.base.execute
        one = "SELECT count(*) FROM f WHERE f MATCH ?"
        join = "FROM f JOIN r ON r.id = f.rowid WHERE f MATCH ?"
        if query[0] == "facet":
            sql = f"SELECT substr(day, 1, 4), count(*) {join} GROUP BY 1"
            return lambda: sum(count for _, count in ask(sql, (found,)))
        if query[0] == "export":
            sql = f"SELECT record {join}"
            return lambda: sum(len(row[0]) > 0 for row in ask(sql, (found,)))
        if query[0] == "filter":
            where = f"{join} AND state = ? AND type = ?"
            args = (found, *query[2:])
            top = f"SELECT record, snippet(f, 0, '', '', '', 20) {where} ORDER BY rank LIMIT 10"
            return lambda: (
                ask(top, args).fetchall() and None,
                ask(f"SELECT count(*) {where}", args).fetchone()[0],
            )[1]
        order = "day DESC" if query[0] == "sort" else "rank"
        top = f"SELECT record, snippet(f, 0, '', '', '', 20) {join} ORDER BY {order} LIMIT 10"
        return lambda: (ask(top, (found,)).fetchall(), ask(one, (found,)).fetchone()[0])[1]


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


ALL = [Ours, Tantivy, Fts5, PlainWhoosh]
assert EACH
