"""The array engine's own parts: inverting, the file, patched numbers, patterns, Whoosh's side."""

from __future__ import annotations

import gc
import hashlib
import inspect
import mmap
import os
import random
import subprocess
import sys
import weakref
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_records import MemoryStore, document

from treatybody.errors import DamagedIndex
from treatybody.index import analysis, open_index, publish
from treatybody.index.expansion import Expander
from treatybody.index.fields import FieldWords
from treatybody.index.flat import (
    champions,
    executing,
    marking,
    packing,
    places,
    reading,
    tokens,
)
from treatybody.index.flat import records as flat_records
from treatybody.index.flat.inverting import Run, Values, invert
from treatybody.index.flat.layout import BLOCK
from treatybody.index.flat.places import Found
from treatybody.index.flat.postings import FlatPostings
from treatybody.index.flat.reading import FlatFile
from treatybody.index.flat.records import Records, Unpacker
from treatybody.index.flat.sections import FlatWriter, Patched
from treatybody.index.flat.words import Words
from treatybody.index.flat.writing import FieldRuns, write_words
from treatybody.query import tree as t

ALPHABET = (
    "aaaabbcAZ0127 ,,..--''//’“é  _&@:+\n\tßİ難民\u00ad\u0301²٣ªÉ‑–й\U0001f600ﬁſK\u02bc\x1f\x00"
)
texts = st.text(st.sampled_from(ALPHABET), max_size=25)
values = st.lists(st.tuples(st.integers(0, 3), texts), max_size=6)


def _terms(run: Run) -> dict[bytes, dict[int, list[int]]]:
    found: dict[bytes, dict[int, list[int]]] = {}
    posting = place = 0
    for term, df in zip(run.terms, run.df.tolist(), strict=True):
        for _ in range(df):
            count = int(run.counts[posting])
            doc = int(run.docs[posting])
            found.setdefault(term, {})[doc] = run.places[place : place + count].tolist()
            posting, place = posting + 1, place + count
    return found


@settings(max_examples=1500, deadline=None)
@given(given_values=values, languages=st.lists(st.sampled_from(["en", "es", "zz"]), min_size=4))
def test_a_batch_is_inverted_as_its_texts_are(
    given_values: list[tuple[int, str]], languages: list[str]
) -> None:
    given_values.sort(key=lambda pair: pair[0])
    docs = [doc for doc, _ in given_values]
    found = invert(Values(docs, [x for _, x in given_values], [languages[doc] for doc in docs]))
    for name in ("exact", "stem"):
        expected: dict[bytes, dict[int, list[int]]] = {}
        for doc in set(docs):
            words = FieldWords([x for d, x in given_values if d == doc], languages[doc])
            for term, positions in getattr(words, name)().items():
                expected.setdefault(term.encode(), {})[doc] = positions
        assert _terms(getattr(found, name)) == expected


@settings(max_examples=300, deadline=None)
@given(several=st.lists(texts, max_size=4))
def test_words_are_marked_where_they_stand(several: list[str]) -> None:
    words = [analysis.words(text) for text in several]
    keys = [number << 32 | place for number, some in enumerate(words) for place in range(len(some))]
    every = Found(np.array(keys, np.int64), np.array(keys, np.int64))
    expected = [[(word.start, word.end) for word in some] for some in words]
    found = tokens.tokens(several)
    assert marking._spans(several, found, np.arange(len(several)), every) == expected
    for place in np.flatnonzero(found.done).tolist():
        own = np.flatnonzero(found.owner(np.arange(len(found.starts))) == place)
        spans = zip(found.starts[own].tolist(), found.ends[own].tolist(), strict=True)
        told = [found.folded[start:end].tobytes().decode() for start, end in spans]
        assert told == [word.text for word in words[place]]
        joins = [chr(join) if join else "" for join in found.joins[own].tolist()]
        assert joins == [word.join for word in words[place]]


@settings(max_examples=100, deadline=None)
@given(numbers=st.lists(st.sampled_from([0, 1, 14, 15, 16, 255, 256, 70_000, 1 << 30])))
@pytest.mark.parametrize("what", ["counts", "places"])
def test_patched_numbers(
    tmp_path_factory: pytest.TempPathFactory, what: str, numbers: list
) -> None:
    path = tmp_path_factory.mktemp("flat") / "x"
    out = FlatWriter(str(path))
    patched = Patched(4 if what == "counts" else 8)
    patched.add(np.array(numbers, np.int32))
    patched.write(out, f"f.{what}")
    out.finish()
    words = Words(_open(path), "f")
    for first in range(len(numbers)):
        for last in range(first, len(numbers) + 1):
            assert words.patched(what, first, last).tolist() == numbers[first:last]


def _open(path: Path) -> FlatFile:
    with path.open("rb") as file:
        return FlatFile(file, lambda: DamagedIndex("index is damaged"))


def _words(path: Path, paragraphs: list[str], batch: int) -> Words:
    out, runs = FlatWriter(str(path)), FieldRuns()
    for first in range(0, len(paragraphs), batch):
        some = paragraphs[first : first + batch]
        runs.add(invert(Values(list(range(first, first + len(some))), some, ["en"] * len(some))))
    write_words(out, "text", runs, len(paragraphs))
    out.finish()
    return Words(_open(path), "text")


@pytest.mark.parametrize("batch", [7, 200, 1000])
def test_postings_of_rare_and_common_terms(
    tmp_path: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(champions, "LEAST", 600)
    chance = random.Random(batch)
    made = ["the state", "states", "x" * 200, "rare", "appeals 7,210 non-state the"]
    paragraphs = [" ".join(chance.choices(made, [9, 5, 1, 0, 3], k=30)) for _ in range(900)]
    paragraphs[500] += " rare non-rare 1,000"
    words = _words(tmp_path / "x", paragraphs, batch)
    expected: dict[str, dict[int, list[int]]] = {}
    for doc, text in enumerate(paragraphs):
        for term, found in FieldWords([text], "en").exact().items():
            expected.setdefault(term, {})[doc] = found
    assert words.exact.slice(range(words.exact.count)) == sorted(x.encode() for x in expected)
    assert words.rare > 0
    for place, (_, postings) in enumerate(sorted(expected.items(), key=lambda x: x[0].encode())):
        counts = words.counts(words.exact, place)
        assert words.docs(words.exact, place).tolist() == list(postings)
        assert counts.tolist() == [len(found) for found in postings.values()]
        every = words.places(words.exact, place, int(counts.sum())).tolist()
        assert every == [one for found in postings.values() for one in found]
    for terms in (words.exact, words.stem):
        for place in range(terms.count):
            led = words.led(terms, place)
            assert led is None or words.total(led) == words.counts(terms, place).sum()
    size = words.file.count("text.places.low")
    assert size < sum(len(f) for x in expected.values() for f in x.values()) * 1.5


def test_every_damaged_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x"
    _words(path, ["the state party", "appeals"] * 50, 10)
    whole = path.read_bytes()
    chance = random.Random(7)
    for place in [*chance.sample(range(len(whole)), 150), *range(len(whole) - 32, len(whole))]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(DamagedIndex):
            words = Words(_open(path), "text")
            words.file.prove(0, words.file._end)
    for end in (0, 1, 31, 32, 33, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:end])
        with pytest.raises(DamagedIndex):
            _open(path)


@pytest.mark.skipif(not hasattr(mmap, "MADV_DONTNEED"), reason="memory can't be given back here")
def test_what_is_proved_does_not_stay_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first search proves much of a file: it need not all be in memory at the same time."""
    monkeypatch.setattr(reading, "KEPT", BLOCK)
    numbers = np.arange(BLOCK, dtype="<u4")
    out = FlatWriter(str(tmp_path / "x"))
    out.add("x", numbers)
    out.finish()
    file = _open(tmp_path / "x")
    mapped = []
    monkeypatch.setattr(file, "rest", lambda: (mapped.append(file.read), FlatFile.rest(file)))
    assert (file.array("x", 0, BLOCK) == numbers).all()
    assert all(file.seen)
    assert mapped[:2] == [BLOCK, 2 * BLOCK]
    assert max(mapped) == 2 * BLOCK


def test_records_are_packed_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f'{{"id":"X/{n}","text":"{"ab " * (n % 50)}"}}\n'.encode() for n in range(6000)]
    out = FlatWriter(str(tmp_path / "x"))
    packer = packing.Packer(out)
    packer.dictionary = packing.train(lines)
    for some in (lines[:4000], lines[4000:]):
        sizes = list(map(len, some))
        packer.add(*packing.pack(b"".join(some), sizes, packer.dictionary), sizes)
    packer.finish()
    out.finish()
    file = _open(tmp_path / "x")
    assert file.count("dictionary") > 1000
    records = Records(file)
    assert records.neighbours(0, 6000) == lines
    assert records.neighbours(4321, 2) == lines[4321:4323]
    assert records.neighbours(5, 0) == []
    assert list(records.at([])) == []
    assert list(records.at([5999, 0, 7])) == [lines[5999], lines[0], lines[7]]
    many = random.Random(1).choices(range(6000), k=2000)
    assert list(records.at(many)) == [lines[place] for place in many]
    monkeypatch.setattr(flat_records, "AROUND", 100)
    monkeypatch.setattr(flat_records, "MAPPED", 1000)  # ten at a time
    assert list(records.at(many)) == [lines[place] for place in many]
    for together in (1, 1000):  # one at a time, some at a time
        monkeypatch.setattr(flat_records, "TOGETHER", together)
        assert list(records.at(many)) == [lines[place] for place in many]


def test_a_frame_that_is_none_is_damage() -> None:
    whole, (size,) = packing.pack(b"{}" * 50, [100], b"")
    unpacker = Unpacker(b"", lambda: DamagedIndex("x"))
    for bad in (b"", b"{}", whole[:-1], bytes([whole[0] ^ 1]) + whole[1:]):
        with pytest.raises(DamagedIndex):
            unpacker.one(bad)
        with pytest.raises(DamagedIndex):
            two = memoryview(whole + bad)
            ends = np.array([0, size, len(two)])
            unpacker.many(two, ends[:-1], ends[1:], np.array([100, 100]))
    for wrong in (99, 101):
        with pytest.raises(DamagedIndex):
            unpacker.many(memoryview(whole), np.array([0]), np.array([size]), np.array([wrong]))


def test_records_are_packed_the_same_in_every_process() -> None:
    head = "import hashlib, random\nfrom treatybody.index.flat import packing\n"
    script = head + inspect.getsource(packed) + "print(packed())"
    for seed in ("1", "2"):
        seen = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        given = [sys.executable, "-c", script]
        ended = subprocess.run(given, env=seen, capture_output=True, check=True, text=True)
        assert ended.stdout.strip() == packed()


def packed() -> str:
    """A checksum of packed records and of the dictionary that was made of them."""
    chance = random.Random(3)
    words = ["".join(chance.choices("aeinorst", k=7)) for _ in range(3000)]
    lines = [" ".join(chance.choices(words, k=30)).encode() for _ in range(3000)]
    dictionary = packing.train(lines)
    assert dictionary
    data = packing.pack(b"".join(lines), list(map(len, lines)), dictionary)[0]
    return hashlib.sha256(dictionary + data).hexdigest()


def test_few_places_and_pages_at_a_time_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(5)
    store = MemoryStore()
    for number in range(3):
        texts = (" ".join(chance.choices("abc", k=9)) for _ in range(100))
        store.put(document(f"X/{number}"), *texts)
        publish(tmp_path, store)
    parts = tuple(t.PhrasePart(" " if n else "", t.Exact(w)) for n, w in enumerate("aba"))
    trees = [t.Phrase(parts), t.Near(t.Word("a"), t.Word("c"), 2), t.Or((t.Phrase(parts), *_ANY))]
    answers = []
    for located, kept in ((1 << 16, 1 << 24), (7, 0)):
        monkeypatch.setattr(executing, "_LOCATED", located)
        monkeypatch.setattr(reading, "KEPT", kept)
        with open_index(tmp_path) as index:
            found = [list(index.search(tree)) for tree in trees]
            answers.append((found, [list(index.records(tree)) for tree in trees]))
    assert answers[0] == answers[1]
    assert all(map(len, answers[0][0]))


_ANY = (t.Near(t.Word("b"), t.Word("b"), 3), t.Exact("c"))


@pytest.mark.parametrize("segments", [1, 3])
def test_patterns_stand_for_the_same_words(tmp_path: Path, segments: int) -> None:
    chance = random.Random(3)
    letters = "abcdeéñ難-7"
    store = MemoryStore()
    for number in range(segments):
        made = ("".join(chance.choices(letters, k=chance.randint(1, 7))) for _ in range(400))
        store.put(document(f"X/{number}"), *("abc " + word for word in made))
        publish(tmp_path, store)
    patterns: list = [t.Fuzzy(word, n) for word in ("abcd", "beé", "da", "éñab") for n in (1, 2)]
    patterns += map(t.Wildcard, ["a*", "*bc", "b*d", "?a*", "*", "*é*", "a-*", "*-b*", "*7"])
    patterns += map(t.Regex, ["a.*", "ab?c*", "(a|b)c", "a|bc", "[ab]+", "ba{1,2}.", "é.", "(?i)a"])
    with open_index(tmp_path) as index, open_index(tmp_path, engine="whoosh") as other:
        for limit in (3, 1000):
            index.expander.limit = other.expander.limit = limit
            for engine in (index, other):
                engine.expander.done.clear()
            for pattern in patterns:
                assert index.expander.expand("text", pattern) == other.expander.expand(
                    "text", pattern
                )
        assert type(index.expander) is not Expander


def test_whooshs_own_searcher_reads_the_arrays(tmp_path: Path) -> None:
    from whoosh import query
    from whoosh.searching import Searcher

    store = MemoryStore()
    store.put(document("X/1"), "expulsion of migrants", "the appeal", "expulsion and appeal")
    publish(tmp_path, store)
    with open_index(tmp_path) as index:
        reader = index.snapshot.segments[0].reader
        searcher = Searcher(reader)
        both = query.And([query.Term("text", "expulsion"), query.Term("text", "appeal")])
        assert list(searcher.docs_for_query(both)) == [2]
        either = query.Or([query.Term("text", "migrants"), query.Term("text", "appeal")])
        assert list(searcher.docs_for_query(either)) == [0, 1, 2]
        assert list(searcher.docs_for_query(query.Prefix("text", "expul"))) == [0, 2]
        assert list(reader.terms_within("text", "apeal", 1)) == ["appeal"]
        assert reader.doc_frequency("text", b"expulsion") == 2
        assert reader.frequency("text_stem", b"en:expuls") == 2
        assert list(reader.postings("text", b"appeal").all_ids()) == [1, 2]


def test_building_and_searching_load_whoosh(tmp_path: Path) -> None:
    store = MemoryStore().put(document("X/1"), "the State party")
    publish(tmp_path, store)
    with open_index(tmp_path) as index:
        phrase = t.Phrase((t.PhrasePart("", t.Exact("state")), t.PhrasePart(" ", t.Exact("party"))))
        assert index.count(phrase) == 1
    assert {"whoosh.writing", "whoosh.reading", "whoosh.fields"} <= set(sys.modules)


def test_stored_records_of_all_matches(tmp_path: Path) -> None:
    store = MemoryStore()
    for number in range(3):
        store.put(document(f"X/{number}"), "a state", "other", "a state")
        publish(tmp_path, store)
    with open_index(tmp_path) as index:
        lines = [bytes(line) for line in index.records(t.Word("states"))]
        hits = index.search(t.Word("states"), sort="symbol")
        assert [msgspec.json.decode(line)["id"] for line in lines] == [hit.id for hit in hits]


def test_occurrences_are_those_of_living_paragraphs(tmp_path: Path) -> None:
    store = MemoryStore()
    for number in range(3):
        store.put(document(f"X/{number}"), *["state " * number + f"w{n}" for n in range(200)])
    publish(tmp_path, store)
    store.put(document("X/1"), "state " * 7)
    publish(tmp_path, store)
    with open_index(tmp_path) as index:
        assert len(index.snapshot.segments) == 2
        postings = FlatPostings(index.snapshot)
        assert postings.occurrences("text", "state") == 2 * 200 + 7
        assert postings.occurrences("text", "w5") == 2
        assert postings.occurrences("text", "absent") == 0


def test_positions_only_of_some_paragraphs(tmp_path: Path) -> None:
    store = MemoryStore()
    store.put(document("X/1"), *["state " * (number % 5) + "x" for number in range(300)])
    publish(tmp_path, store)
    with open_index(tmp_path) as index:
        postings = FlatPostings(index.snapshot)
        every = postings.positions("text", "state")
        for only in ([3, 4, 9], [0], [], list(range(300))):
            some = np.array(only, np.int32)
            expected = every[np.isin(places.docs_of(every), some)]
            assert postings.positions("text", "state", some).tolist() == expected.tolist()


def test_what_a_query_looked_up_goes_with_it(tmp_path: Path) -> None:
    """Without waiting for a collection of garbage, whose arrays would fill the memory."""
    publish(tmp_path, MemoryStore().put(document(), *["forced labour", "labour"] * 300))
    with open_index(tmp_path) as index:
        matches = index.engine.matches(t.Or((t.Word("forced"), t.Word("labour"))), False)
        assert len(index.engine.ranked(matches, "relevance", 10, 0)) == 10
        assert matches.executor._parts
        executor = weakref.ref(matches.executor)
        gc.disable()
        try:
            del matches
            assert executor() is None
        finally:
            gc.enable()
