"""Words in few hits: what is read from their texts is what the other two ways of marking say."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_records import MemoryStore, document, note, paragraph

from treatybody.index import analysis, open_index, publish
from treatybody.index.flat import engine as flat_engine
from treatybody.index.flat.marking import FlatMarker
from treatybody.index.flat.wordmarks import WordMarker, words_of
from treatybody.model import Hit
from treatybody.query import tree as t

LANGUAGES = ["en", "es", "fr", "ru", "ar", "zh", "xx"]
LETTERS = "abcdeinorstyzABDESTYÉéüñçœæßˆª½0179 \n.,'’-_/“\u00ad\u0301йд难民ال"

lower = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@pytest.mark.parametrize("language", LANGUAGES)
@given(word=lower)
def test_no_stemmer_takes_away_the_first_letter(language: str, word: str) -> None:
    assert analysis.stemmer(language)(word)[len(language) + 1] == word[0]


@settings(max_examples=500)
@given(text=st.text(LETTERS, max_size=40), initial=st.sampled_from("abdeinst7йд难"))
def test_words_beginning_so_are_among_those_that_are_looked_at(text: str, initial: str) -> None:
    every = [(word.start, word.end) for word in analysis.words(text)]
    found = [match.span() for match in analysis.beginning(text, initial)]
    wanted = [(one.start, one.end) for one in analysis.words(text) if one.text[0] == initial]
    assert set(wanted) <= set(found) <= set(every)
    assert found == sorted(found)


def test_other_words_are_passed_over() -> None:
    found = analysis.beginning("The État, an End; 7,210 _ends bEnd — end_e", "e")
    assert [one.group() for one in found] == ["État", "End", "ends", "end", "e"]


WORDS = [
    (t.Word("torture"), ["torture"]),
    (t.Exact("Torture"), ["torture"]),
    (t.Word("State's"), ["state"]),
    (t.And((t.Word("a"), t.Filter("state", ("PER",)), t.Not(t.Word("b")))), ["a"]),
    (t.Or((t.Word("a"), t.Exact("b"))), ["a", "b"]),
    (t.Or((t.Word("a"), t.Word("non-State"))), []),
    (t.Word("24.1"), []),
    (t.And((t.Word("a"), t.Or((t.Word("b"), t.Word("c"))))), []),
    (t.Within("note", t.Word("a")), []),
    (t.Near(t.Word("a"), t.Word("b"), 3), []),
    (t.Wildcard("a*"), []),
    (t.Everything(), []),
]


@pytest.mark.parametrize(("tree", "expected"), WORDS)
def test_trees_of_words(tree: t.Node, expected: list[str]) -> None:
    assert list(words_of(tree).values()) == expected


TEXTS = "State States dying die É état 7,210 7210 е йод 难民 _ the d'État stated party’s СТАТ"
TEXTS += " x\u00adx (a) trees ÉTATS"
ASKED = [
    "state",
    "dying",
    "etat",
    "7210",
    "йод",
    "难",
    "the",
    "party's",
    "xx",
    "tree",
    "a",
    "états",
]


def _corpus(source: random.Random) -> MemoryStore:
    store = MemoryStore()
    for number, language in enumerate(LANGUAGES):
        key = f"X/{number}"
        texts = [" ".join(source.choices(TEXTS.split(), k=source.randint(0, 9))) for _ in range(6)]
        notes = [source.choice(TEXTS.split()) for _ in texts]
        several = [
            paragraph(key, place, one, footnotes=[note(two)] * source.randint(0, 1))
            for place, (one, two) in enumerate(zip(texts, notes, strict=True), 1)
        ]
        store.put(document(key, language=language), *several)
    return store


@pytest.mark.parametrize("seed", range(12))
def test_all_markers_say_the_same(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = random.Random(seed)
    publish(tmp_path, _corpus(source))
    trees = _trees(source)
    with open_index(tmp_path) as arrays, open_index(tmp_path, engine="whoosh") as whoosh:
        for tree in trees:
            told, made = [], []
            for few in (len(LANGUAGES) * 6, -1):
                monkeypatch.setattr(flat_engine, "_FEW", few)
                made.append(type(arrays.engine.marker(arrays._matches(tree), [])))
                told.append(list(arrays.search(tree)))
            assert made == [WordMarker, FlatMarker]
            assert told[0] == told[1]
            told.append(list(whoosh.search(tree)))
            assert _marked(told[0]) == _marked(told[2]), tree


def _trees(source: random.Random) -> list[t.Node]:
    words: list[t.Node] = [kind(word) for word in ASKED for kind in (t.Word, t.Exact)]
    words = [one for one in words if words_of(one)]
    found = list(words)
    for kind in (t.And, t.Or):
        found += [kind((*source.sample(words, 2), t.Not(t.Word("trees")))) for _ in range(6)]
    return found


def _marked(hits: list[Hit]) -> list[object]:
    return [(hit.id, hit.matched, hit.spans, hit.pinpoint) for hit in hits]
