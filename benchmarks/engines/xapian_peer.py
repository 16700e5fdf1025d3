"""Xapian in the benchmark, where its Python bindings are installed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
from corpus import Corpus

from engines.records import TOP, Answer, Replacing, rows
from treatybody.model import Document, Paragraph

DAY, YEAR = 0, 1  # slots of a document's values
KEY, STATE, TYPE = "Q", "XS:", "XT:"  # prefixes of boolean terms
SNIPPET = 150  # bytes, about what tantivy takes


class Xapian:
    """Xapian 1.4: stems with positions, words as they stand without, as the tantivy index has."""

    name = "Xapian"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "xapian"

    def build(self, corpus: Corpus) -> None:
        import xapian

        loose = self.folder.with_name("xapian-loose")
        for folder in (loose, self.folder):
            shutil.rmtree(folder, ignore_errors=True)
        # it need not outlive a power cut; and what grew in pieces is then packed, as FTS5 optimizes
        flags = xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC
        base = xapian.WritableDatabase(str(loose), flags)
        terms = self._generator()
        for _, about, paragraph, line in rows(corpus):
            base.add_document(self._document(terms, about, paragraph, line))
        base.commit()
        base.compact(str(self.folder))
        base.close()
        shutil.rmtree(loose)

    def _generator(self) -> Any:
        import xapian

        terms = xapian.TermGenerator()
        terms.set_stemmer(xapian.Stem("english"))
        return terms

    def _document(self, terms: Any, about: Document, paragraph: Paragraph, line: bytes) -> Any:
        import xapian

        document = xapian.Document()
        terms.set_document(document)
        terms.set_termpos(0)
        terms.set_stemming_strategy(xapian.TermGenerator.STEM_ALL_Z)
        terms.index_text(paragraph.text)
        terms.set_stemming_strategy(xapian.TermGenerator.STEM_NONE)
        terms.index_text_without_positions(paragraph.text)
        document.set_data(line)
        document.add_boolean_term(KEY + about.document)
        document.add_boolean_term(STATE + (about.state or ""))
        document.add_boolean_term(TYPE + about.type)
        document.add_value(DAY, about.date or "")  # ISO dates sort as they stand
        document.add_value(YEAR, (about.date or "")[:4])
        return document

    def replacing(self, corpus: Corpus) -> Replacing:
        import xapian

        base = xapian.WritableDatabase(str(self.folder), xapian.DB_OPEN)
        terms = self._generator()

        def replace(paragraphs: list[Paragraph]) -> None:
            key = paragraphs[0].document
            base.delete_document(KEY + key)  # all of them
            for paragraph in paragraphs:
                line = msgspec.json.encode(paragraph)
                about = corpus.documents()[key]
                base.add_document(self._document(terms, about, paragraph, line))
            base.commit()

        return replace

    def open(self) -> None:
        import xapian

        self.base = xapian.Database(str(self.folder))
        self.all = self.base.get_doccount()
        self.stem = xapian.Stem("english")

    def _term(self, word: str) -> Any:
        import xapian

        return xapian.Query("Z" + self.stem(word).decode())

    def _query(self, query: Any) -> Any:
        from xapian import Query

        match query:
            case (("word" | "sort" | "facet" | "export"), word):
                return self._term(word)
            case ("and", *words):
                return Query(Query.OP_AND, [self._term(word) for word in words])
            case ("or", *words):
                return Query(Query.OP_OR, [self._term(word) for word in words])
            case ("phrase", *words):
                return Query(Query.OP_PHRASE, [self._term(word) for word in words], len(words))
            case ("near", left, right):
                # a window of n words holds what is less than n apart
                return Query(Query.OP_NEAR, [self._term(left), self._term(right)], 11)
            case ("prefix", start):
                return Query(Query.OP_WILDCARD, start)
            case ("filter", word, state, kind):
                facts = Query(Query.OP_AND, [Query(STATE + state), Query(TYPE + kind)])
                return Query(Query.OP_FILTER, self._term(word), facts)
        # 1.4 truncates on the right only and has no edit distance; both came after it
        return None

    def answer(self, query: Any) -> Answer | None:
        found = self._query(query)
        if found is None:
            return None
        if query[0] == "facet":
            return lambda: self._facet(found)
        if query[0] == "export":
            return lambda: self._export(found)
        return lambda: self._top(found, query[0] == "sort")

    def _enquire(self, query: Any, scored: bool) -> Any:
        import xapian

        enquire = xapian.Enquire(self.base)
        enquire.set_query(query)
        if not scored:
            enquire.set_weighting_scheme(xapian.BoolWeight())
        return enquire

    def _top(self, query: Any, by_date: bool) -> int:
        import xapian

        enquire = self._enquire(query, scored=not by_date)
        if by_date:
            enquire.set_sort_by_value(DAY, True)
        # the count is exact only if all documents may be checked
        found = enquire.get_mset(0, TOP, self.all)
        # as elsewhere, the query's words alone choose the snippet: no others are looked up
        flags = xapian.MSet.SNIPPET_EXHAUSTIVE
        for hit in found:
            record = msgspec.json.decode(hit.document.get_data(), type=Paragraph)
            assert found.snippet(record.text, SNIPPET, self.stem, flags) is not None
        return self._count(found)

    def _facet(self, query: Any) -> int:
        import xapian

        enquire, years = self._enquire(query, scored=False), xapian.ValueCountMatchSpy(YEAR)
        enquire.add_matchspy(years)
        enquire.get_mset(0, 0, self.all)
        return sum(year.termfreq for year in years.values())

    def _export(self, query: Any) -> int:
        found = self._enquire(query, scored=False).get_mset(0, self.all)
        return sum(len(hit.document.get_data()) > 0 for hit in found)

    def _count(self, found: Any) -> int:
        count = found.get_matches_estimated()
        assert found.get_matches_lower_bound() == count == found.get_matches_upper_bound()
        return int(count)
