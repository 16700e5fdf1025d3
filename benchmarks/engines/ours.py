"""This project in the benchmark."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from corpus import Corpus

from engines.records import TOP, Answer, Replacing
from treatybody.model import Paragraph
from treatybody.query import tree as t


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
        lines = self.index.lines(tree, sort="symbol") if spans else self.index.records(tree)
        return sum(len(line) > 0 for line in lines)
