"""What is read of a term for a few paragraphs is what lies in the texts, however it is found."""

from __future__ import annotations

import os
import random
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from index_records import VOCABULARY, MemoryStore, document, keep_all, note, paragraph, sentence

from treatybody.index import Index, open_index, publish, publishing
from treatybody.index.fields import STEM
from treatybody.index.flat import champions, skips, termlists, writing
from treatybody.index.flat.docsets import Docs
from treatybody.index.flat.places import SHIFT

Texts = dict[int, list[str]]  # the words of the living paragraphs


@pytest.fixture(params=[1, 3], ids=["few read alone", "more read alone"])
def small_limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(publishing, "_kept_segments", keep_all)
    monkeypatch.setattr(champions, "LEAST", 6)
    monkeypatch.setattr(champions, "MOST", 4)
    monkeypatch.setattr(writing, "COMMON", 4)  # so that some of the words are rare
    monkeypatch.setattr(skips, "SKIPPED", 5)
    monkeypatch.setattr(termlists, "_APART", request.param)
    monkeypatch.setattr(termlists, "_FEW", request.param)


def _publish(folder: Path, source: random.Random) -> None:
    """Three segments; documents in the midst of the first are dead."""
    store = MemoryStore()
    for number in range(6):
        records = [
            paragraph(f"X/{number}", place, sentence(source, 9), footnotes=_notes(source))
            for place in range(1, 31)
        ]
        store.put(document(f"X/{number}"), *records)
        if number != 1:
            publish(folder, store)
    del store.docs["X/1"]
    publish(folder, store)


def _notes(source: random.Random) -> list:
    return [note(sentence(source, 4))] if source.random() < 0.5 else []


def _few(source: random.Random, index: Index, texts: Texts, term: str) -> list[Docs]:
    """Living paragraphs: some by chance, none, and those with the places of a list's champions."""
    lists = index.engine.postings._having("text", term)
    several = [source.sample(sorted(texts), source.choice([0, 1, 4, 12])) for _ in range(6)]
    several += [one.champions(9.0, most).docs.tolist() for one in lists for most in (1, 512)]
    return [np.array(sorted(texts.keys() & some), np.int32) for some in several]


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("seed", range(6))
def test_a_term_in_a_few_paragraphs(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    _publish(tmp_path, source)
    with open_index(tmp_path) as index:
        postings = index.engine.postings
        living = np.flatnonzero(postings.live).tolist()
        assert len(living) < postings.size
        texts = {number: index.snapshot.paragraph(number).text.split() for number in living}
        for term in VOCABULARY:
            for only in _few(source, index, texts, term):
                if source.random() < 0.5:
                    postings.forget()
                if source.random() < 0.5:
                    postings.champions("text", term, 9.0)
                every = zip(
                    *map(np.ndarray.tolist, postings.counts("text", term, only)), strict=True
                )
                found = {number: count for number, count in every if number in only}
                counts = {number: texts[number].count(term) for number in only.tolist()}
                assert found == {number: count for number, count in counts.items() if count}
                located = postings.positions("text", term, only).tolist()
                assert located == _keys(texts, term, only.tolist())
            assert postings.positions("text", term).tolist() == _keys(texts, term, living)


def _keys(texts: Texts, term: str, only: list[int]) -> list[int]:
    """Where a term stands in some paragraphs."""
    return [
        number << SHIFT | place
        for number in only
        for place, word in enumerate(texts[number])
        if word == term
    ]


@pytest.mark.usefixtures("small_limits")
def test_paragraphs_with_either_of_two_terms(tmp_path: Path) -> None:
    _publish(tmp_path, random.Random(1))
    with open_index(tmp_path) as index:
        postings = index.engine.postings
        having: dict[tuple[str, str], set[int]] = {}
        for number in np.flatnonzero(postings.live).tolist():
            one = index.snapshot.paragraph(number)
            for field, texts in (("text", [one.text]), ("note", [n.text for n in one.footnotes])):
                for word in set(" ".join(texts).split()):
                    having.setdefault((field, word), set()).add(number)
        for terms in product(having, having):
            postings.forget()
            assert postings.having_any(terms) == len(having[terms[0]] | having[terms[1]])
            assert postings.having_any(terms[:1]) == len(having[terms[0]])


def test_a_word_and_a_stem_that_stand_in_the_same_places_are_read_once(tmp_path: Path) -> None:
    texts = ["asylum appeals", "asylum", "appeal", "appeals asylum"]
    publish(tmp_path, MemoryStore().put(document("X/1"), *texts))
    with open_index(tmp_path) as index:
        postings = index.engine.postings
        for word, stem, same in (("asylum", "en:asylum", True), ("appeal", "en:appeal", False)):
            (exact,) = postings._having("text", word)
            (stemmed,) = postings._having("text" + STEM, stem)
            assert (exact is stemmed) == same
            assert exact.docs.tolist() == [n for n, t in enumerate(texts) if word in t.split()]
            assert stemmed.docs.tolist() == [n for n, t in enumerate(texts) if word in t]
