"""The engine finds what an oracle finds that tries everything: random corpora, random trees."""

from __future__ import annotations

import os
import tempfile
from itertools import pairwise
from pathlib import Path

import index_oracle as oracle
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_oracle import Para, Words
from index_records import MemoryStore, document, keep_all, note, paragraph, speaker

from treatybody.index import Index, open_index, publish, publishing, ranking, searching
from treatybody.index.flat import champions, executing, scoring, termlists
from treatybody.index.ranking import Weights
from treatybody.query import tree as t

WORDS = ["a", "of", "expel", "expels", "expelled", "appeal", "appeals", "ab", "ba", "may"]
WORDS += ["7,210", "7210"]
JOINS = ["", "", "", "", "", "-", "/", "'"]

words_of = st.lists(st.tuples(st.sampled_from(JOINS), st.sampled_from(WORDS)), max_size=9)


def _words(pairs: list[tuple[str, str]]) -> Words:
    """A text's first word is joined to nothing; apostrophes and numbers would make new words."""
    made: list[tuple[str, str]] = []
    for join, word in pairs:
        digits = bool(made) and word[0].isdigit() and made[-1][1][0].isdigit()
        made.append(("" if not made or digits else join, word))
    return Words(made)


texts = words_of.map(_words)
paras = st.builds(
    Para,
    id=st.just(""),
    text=texts,
    notes=st.lists(texts, max_size=2),
    sections=st.lists(texts, max_size=1),
    speaker=st.lists(texts, max_size=1),
    kind=st.sampled_from(["paragraph", "paragraph", "table", "procedural", "title"]),
)
documents = st.lists(paras, min_size=1, max_size=4)
facts = st.tuples(
    st.sampled_from(["en", "en", "es", "xx"]),
    st.sampled_from(["PER", "CHL"]),
    st.sampled_from(["2015-04-23", "2024", None]),
)
corpora = st.lists(st.tuples(facts, documents), min_size=1, max_size=4)

word = st.sampled_from([*WORDS[:-2], "7210", "no"])
patterns = st.sampled_from(["a*", "*b", "exp?l*", "*-*", "a-*", "*", "zz*", "*/a*"])
terms = st.one_of(word.map(t.Exact), st.sampled_from(["a*", "exp*", "*b"]).map(t.Wildcard))
phrases = st.builds(
    lambda first, rest, slop: t.Phrase((t.PhrasePart("", first), *rest), slop),
    terms,
    st.lists(
        st.builds(t.PhrasePart, st.sampled_from([" ", " ", " ", "-", "/"]), terms),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([0, 0, 1, 3]),
).filter(lambda node: not _two_numbers(node))


def _two_numbers(node: t.Phrase) -> bool:
    """7-210 typed is two words; joined numbers are left to the tables of test_analysis."""
    shown = [getattr(part.term, "text", "") for part in node.parts]
    return any(a[:1].isdigit() and b[:1].isdigit() for a, b in pairwise(shown))


leaves = st.one_of(
    word.map(t.Word),
    st.sampled_from(["expel-appeal", "a-of"]).map(t.Word),
    word.map(t.Exact),
    patterns.map(t.Wildcard),
    st.builds(t.Fuzzy, st.sampled_from(["expel", "apeal", "ba"]), st.sampled_from([1, 2])),
    st.sampled_from(["exp.*", "a|b", "[ab]+", "ab-?ba"]).map(t.Regex),
    phrases,
)
placed = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(t.Near, inner, inner, st.integers(1, 4), st.booleans()),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: t.Or(tuple(items))),
        st.builds(t.Synonyms, inner, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    ),
    max_leaves=3,
)
given_facts = st.sampled_from(
    [
        t.Filter("state", ("PER",)),
        t.Filter("has", ("note",)),
        t.Filter("has", ("section", "speaker")),
        t.Filter("kind", ("procedural", "paragraph")),
        t.Range("year", "2016", None),
        t.Range("year", None, "2015"),
        t.Everything(),
    ]
)
trees = st.recursive(
    st.one_of(placed, placed, placed, given_facts),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda items: t.And(tuple(items))),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: t.Or(tuple(items))),
        inner.map(t.Not),
        st.builds(t.Within, st.sampled_from(["section", "note", "speaker", "text"]), inner),
    ),
    max_leaves=4,
)


def _fill(store: MemoryStore, number: int, about: tuple, texts: list[Para]) -> list[Para]:
    language, state, date = about
    key = f"X/{number}"
    records = []
    for place, para in enumerate(texts, 1):
        para.id, para.language, para.state, para.date = f"{key}#{place}", language, state, date
        said = [words.text for words in para.speaker]
        records.append(
            paragraph(
                key,
                place,
                para.text.text,
                kind=para.kind,
                footnotes=[note(words.text) for words in para.notes],
                section=[words.text for words in para.sections],
                speaker=speaker(said[0]) if said else None,
            )
        )
    store.put(document(key, language=language, state=state, date=date), *records)
    return texts


def _publish(folder: Path, corpus: list, steps: bool, stray: bool) -> list[Para]:
    """Publish a corpus at once, or a document at a time with one that changes and one that goes."""
    store = MemoryStore()
    every: list[Para] = []
    if stray:
        store.put(document("X/99"), "expel a appeal")
        store.put(document("X/0"), "of of of")
        every += _fill(store, 98, ("en", "PER", None), [Para("", Words([("", "appeals")]))])
        publish(folder, store)
        del store.docs["X/99"]
    for number, (about, texts) in enumerate(corpus):
        every += _fill(store, number, about, texts)
        if steps:
            publish(folder, store)
    publish(folder, store)
    return every


def _check(index: Index, node: t.Node, corpus: list[Para]) -> None:
    hits = list(index.search(node))
    assert {hit.id for hit in hits} == oracle.search(node, corpus)
    assert len(hits) == index.count(node) == len({hit.id for hit in hits})
    assert [hit.id for hit in index.search(node, limit=2, offset=1, spans=False)] == [
        hit.id for hit in hits[1:3]
    ]
    expected = oracle.scores(node, corpus, Weights())
    for hit in hits:
        assert hit.score == pytest.approx(expected[hit.id], abs=1e-6)
        assert all(hit.text[start:end].strip() for start, end in hit.spans)
        assert bool(hit.spans) == ("text" in hit.matched)


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few enough that small corpora reach them."""
    monkeypatch.setattr(scoring, "_FEW", 0)
    monkeypatch.setattr(scoring, "_MANY", 0)
    monkeypatch.setattr(scoring, "_BLOCK", 3)
    monkeypatch.setattr(scoring, "_SPARSE", 2)
    monkeypatch.setattr(termlists, "_FEW", 2)
    monkeypatch.setattr(executing, "_MANY", 2)
    monkeypatch.setattr(searching, "_DECODED", 2)
    monkeypatch.setattr(searching, "_MARKED", 4)
    monkeypatch.setattr(champions, "LEAST", 2)
    monkeypatch.setattr(champions, "MOST", 1)
    monkeypatch.setattr(ranking, "SAMPLED", oracle.SAMPLED)


@pytest.fixture(params=[False, True], ids=["merging", "many segments"])
def many_segments(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if request.param:
        monkeypatch.setattr(publishing, "_kept_segments", keep_all)
        monkeypatch.setattr(scoring, "_WHOLE", 1)  # pairs are counted in a sample
    return bool(request.param)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(corpus=corpora, queries=st.lists(trees, min_size=8, max_size=12), stray=st.booleans())
def test_finds_what_the_oracle_finds(
    many_segments: bool, corpus: list, queries: list[t.Node], stray: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        every = _publish(Path(folder), corpus, many_segments, stray)
        with (
            open_index(Path(folder)) as index,
            open_index(Path(folder), engine="whoosh") as other,
        ):
            for node in queries:
                with open_index(Path(folder)) as first:  # what is simple goes the cold way
                    assert list(first.search(node)) == list(index.search(node))
                    assert first.count(node) == index.count(node)
                _check(index, node, every)
                _check(other, node, every)
                for sort in ("relevance", "date", "symbol"):
                    hits = list(index.search(node, sort=sort))
                    assert hits == list(other.search(node, sort=sort))
                    lines = [msgspec.json.encode(hit) + b"\n" for hit in hits]
                    assert list(index.lines(node, sort=sort)) == lines
                    assert list(other.lines(node, sort=sort)) == lines
                    assert hits[1:3] == list(index.search(node, sort=sort, limit=2, offset=1))
                    assert hits[:1] == list(index.search(node, sort=sort, limit=1))
                for field in ("state", "year", "document", "kind", "speaker"):
                    assert index.facet(node, field) == other.facet(node, field)
