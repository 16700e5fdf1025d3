"""Scores by the formula, worked out here in plain arithmetic; orders that a reader would expect."""

from __future__ import annotations

import random
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import Any

import pytest
from index_records import MemoryStore, document, note, paragraph

from treatybody.index import Index, open_index, publish, ranking
from treatybody.index.flat import scoring
from treatybody.index.light_words import is_light
from treatybody.index.ranking import PAIRED, Weights, shares
from treatybody.query import tree as t

K = "CMW/C/PER/CO/1"
TEXTS = [
    "forced labour of migrants",
    "labour that is not forced",
    "forced evictions, and much later, in quite another place, some labour",
    "migrants forcing labours",
    "nothing of the kind",
]
FORCED, LABOUR = t.Word("forced"), t.Word("labour")
BOTH = t.And((FORCED, LABOUR))


@pytest.fixture(scope="module", params=["arrays", "whoosh"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    folder = tmp_path_factory.mktemp("ranking")
    publish(folder, MemoryStore().put(document(), *TEXTS))
    with open_index(folder, engine=request.param) as opened:
        yield opened


def rarity(having: int, everything: int = 5) -> float:
    return log(1 + (everything - having + 0.5) / (having + 0.5))


def saturated(times: int, length: int, average: float) -> float:
    frequency = times / (1 - 0.75 + 0.75 * length / average)
    return frequency * 2 / (1 + frequency)


def number(hit: object) -> int:
    return int(hit.number)  # type: ignore[attr-defined]


def test_scores_by_hand(index: Index) -> None:
    average = sum(len(text.split()) for text in TEXTS) / 5
    found = {number(hit): hit.score for hit in index.search(BOTH)}
    stems = 2 * rarity(4)
    typed = 0.2 * 2 * rarity(3)
    near = 0.15 * rarity(3)
    adjacent = 0.3 * rarity(2)
    expected = {
        1: (stems + typed + near + adjacent) * saturated(1, 4, average),
        2: (stems + typed + near) * saturated(1, 5, average),
        3: (stems + typed) * saturated(1, 11, average),
        4: (stems + near + adjacent) * saturated(1, 3, average),
    }
    assert found == pytest.approx(expected, abs=1e-6)


def test_fields_are_added_up_before_they_are_saturated(tmp_path: Path) -> None:
    everywhere = paragraph(K, 1, "labour", section=["labour law"], footnotes=[note("on labour")])
    publish(tmp_path, MemoryStore().put(document(), everywhere, "other words here"))
    frequency = 1 / (0.25 + 0.75 * 1 / 2) + 1 + 0.5
    topical = 2  # once in the text, once in a note, of one paragraph
    expected = (topical + 0.2) * rarity(1, 2) * frequency * 2 / (1 + frequency)
    with open_index(tmp_path) as index:
        (hit,) = index.search(LABOUR)
        assert hit.score == pytest.approx(expected, abs=1e-6)


def test_what_stands_twice_counts_twice(index: Index) -> None:
    once = {hit.id: hit.score for hit in index.search(FORCED)}
    twice = {hit.id: hit.score for hit in index.search(t.Or((FORCED, FORCED)))}
    assert twice == pytest.approx({one: 2 * score for one, score in once.items()}, abs=1e-6)


def test_words_that_come_again_and_again_weigh_more(tmp_path: Path) -> None:
    texts = ["labour labour labour x", "forced y y y", "forced labour", "z z z z"]
    publish(tmp_path, MemoryStore().put(document(), *texts))
    for engine in ("arrays", "whoosh"):
        with open_index(tmp_path, Weights(exact=0), engine=engine) as index:
            found = {number(hit): hit.score for hit in index.search(t.Or((FORCED, LABOUR)))}
        assert found[2] == pytest.approx(rarity(2, 4) * saturated(1, 4, 3.5), abs=1e-6)
        assert found[1] == pytest.approx(2 * rarity(2, 4) * saturated(3, 4, 3.5), abs=1e-6)


def test_words_that_name_nothing_count_by_half_and_are_not_paired() -> None:
    found = shares(t.And((FORCED, t.Word("should"), LABOUR)), Weights(near=0))
    assert [(one.unit.node, one.share) for one in found] == [
        (FORCED, 1.0),
        (t.Word("should"), 0.5),
        (LABOUR, 1.0),
        (t.Exact("forced"), 0.2),
        (t.Exact("should"), 0.1),
        (t.Exact("labour"), 0.2),
        (t.Near(FORCED, LABOUR, 1, ordered=True), 0.3),
    ]


@pytest.mark.parametrize(
    ("word", "light"),
    [
        ("what", True),
        ("WHAT", True),
        ("whatever", False),
        ("cuáles", True),
        ("cuales", True),
        ("какой", True),
        ("أين", True),
        ("migrant", False),
    ],
)
def test_case_and_accents_do_not_make_a_word_weigh_more(word: str, light: bool) -> None:
    assert is_light(t.Word(word)) is light
    assert not is_light(t.Exact(word))  # what is quoted is meant


@pytest.mark.parametrize(
    ("tree", "order"),
    [
        (t.And((t.Word("migrants"), FORCED)), [4, 1]),  # one behind the other, if not as typed
        (t.Within("text", BOTH), [1, 4, 2, 3]),
        (t.And((BOTH, t.Filter("state", ("PER",)))), [1, 4, 2, 3]),
    ],
)
def test_orders(index: Index, tree: t.Node, order: list[int]) -> None:
    assert [number(hit) for hit in index.search(tree)] == order


def test_evidence_finds_nothing(index: Index) -> None:
    bare = Weights(exact=0, adjacent=0, near=0)
    with open_index(index.snapshot.index, bare) as plain:
        for tree in (BOTH, FORCED, t.Or((LABOUR, t.Word("kind")))):
            assert {h.id for h in plain.search(tree)} == {h.id for h in index.search(tree)}


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize(
    ("engine", "whole", "sparse"),
    [("arrays", 20, 8), ("arrays", 1, 8), ("arrays", 1, 2), ("whoosh", 20, 8)],
    ids=["in all", "in the sample", "in all after the sample", "whoosh"],
)
def test_pairs_of_common_words_are_reckoned_from_a_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, few: int, whole: int, sparse: int
) -> None:
    monkeypatch.setattr(ranking, "SAMPLED", 3)  # of 20 with both words every eighth, by symbol
    monkeypatch.setattr(scoring, "_FEW", few)
    monkeypatch.setattr(scoring, "_WHOLE", whole)
    monkeypatch.setattr(scoring, "_SPARSE", sparse)
    texts = ["forced " + "x " * apart + "labour" for apart in range(20)]
    store = MemoryStore().put(document("X/2"), *texts[:10]).put(document("X/10"), *texts[10:])
    publish(tmp_path, store)
    average = sum(len(text.split()) for text in texts) / 20
    near, adjacent = rarity(8, 20), rarity(8, 20)  # only the first of the three in the sample is
    words = (2 + 2 * 0.2) * rarity(20, 20)
    expected = {}
    for apart in range(20):
        pairs = 0.15 * near * (apart < 8) + 0.3 * adjacent * (apart == 0)
        place = f"X/2#{apart + 1}" if apart < 10 else f"X/10#{apart - 9}"
        expected[place] = (words + pairs) * saturated(1, apart + 2, average)
    with open_index(tmp_path, engine=engine) as index:
        assert {h.id: h.score for h in index.search(BOTH)} == pytest.approx(expected, abs=1e-6)
        best = sorted(expected, key=expected.__getitem__, reverse=True)[:5]
        assert [hit.id for hit in index.search(BOTH, limit=5)] == best


@pytest.mark.parametrize("engine", ["arrays", "whoosh"])
def test_a_pair_that_all_have_never_lowers_a_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    monkeypatch.setattr(ranking, "SAMPLED", 3)  # every fourth of nine: three, reckoned as twelve
    publish(tmp_path, MemoryStore().put(document(), *["forced labour"] * 9))
    expected = ((2 + 0.4) + 0.15 + 0.3) * rarity(9, 9) * saturated(1, 2, 2)
    with open_index(tmp_path, engine=engine) as index:
        scores = [hit.score for hit in index.search(BOTH)]
    assert scores == pytest.approx([expected] * 9, abs=1e-6)


def test_equal_scores_by_date_symbol_position(tmp_path: Path) -> None:
    store = MemoryStore()
    for key, date in (("X/9", "2015"), ("X/10", "2015"), ("X/1", None), ("X/2", "2020-01-02")):
        store.put(document(key, date=date), "forced labour", "forced labour")
    publish(tmp_path, store)
    expected = [f"{key}#{at}" for key in ("X/2", "X/9", "X/10", "X/1") for at in (1, 2)]
    for engine in ("arrays", "whoosh"):
        with open_index(tmp_path, engine=engine) as index:
            assert [hit.id for hit in index.search(BOTH)] == expected


def nodes(tree: t.Node, **weights: float) -> list[t.Node]:
    return [one.unit.node for one in shares(tree, Weights(**weights))]


@pytest.mark.parametrize(
    "tree",
    [
        t.Not(BOTH),
        t.Filter("state", ("PER",)),
        t.Range("year", "2015", None),
        t.Everything(),
    ],
)
def test_what_only_filters_has_no_units(tree: t.Node) -> None:
    assert nodes(tree) == []


def test_pairs_are_of_words_and_phrases_only() -> None:
    phrase = t.Phrase((t.PhrasePart("", t.Exact("a")), t.PhrasePart(" ", t.Exact("b"))))
    same = t.Synonyms(FORCED, (phrase,))
    mixed = t.Synonyms(FORCED, (t.Filter("article", ("7",)),))
    tree = t.And((same, t.Wildcard("x*"), mixed, t.Filter("state", ("PER",)), phrase))
    pairs = [node for node in nodes(tree, near=0) if isinstance(node, t.Near)]
    assert pairs == [t.Near(same, phrase, 1, ordered=True)]


def test_pairs_in_a_field_stay_in_it() -> None:
    found = shares(t.Within("section", BOTH), Weights())
    assert {one.unit.matched for one in found} == {("section",)}


def test_long_lists_are_not_paired_to_the_end() -> None:
    words = tuple(t.Word(f"w{at}") for at in range(3 * PAIRED))
    pairs = [node for node in nodes(t.Or(words), exact=0) if isinstance(node, t.Near)]
    assert len(pairs) == 3 * PAIRED - 4


def test_the_order_of_units_is_always_the_same() -> None:
    tree = t.Or((FORCED, LABOUR, BOTH, FORCED))
    assert shares(tree, Weights()) == shares(tree, Weights())


@pytest.mark.parametrize("seed", range(12))
def test_the_best_are_the_same_when_only_frequent_ones_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    source = random.Random(seed)
    records = []
    for place in range(1, 121):
        words = [source.choice(["congo", "conduct", "of"]) for _ in range(source.randint(1, 6))]
        text = " ".join([*words, *["the"] * source.randint(0, 30)])
        headings = ["Consular posts"] * (source.random() < 0.3 * (seed % 3))
        notes = [note("See the Convention.")] if source.random() < 0.1 else []
        records.append(paragraph(K, place, text, section=headings, footnotes=notes))
    publish(tmp_path, MemoryStore().put(document(), *records))
    monkeypatch.setattr(scoring, "_FEW", 0)
    monkeypatch.setattr(scoring, "_BLOCK", 16)
    asked = t.Wildcard("con*"), t.And((t.Wildcard("con*"), t.Not(t.Word("conduct"))))
    with open_index(tmp_path) as index:
        for tree in asked:
            every = [(hit.id, hit.score) for hit in index.search(tree)]
            for limit in (1, 2, 5):
                found = [(hit.id, hit.score) for hit in index.search(tree, limit=limit)]
                assert found == every[:limit]


def test_where_a_word_is_not_frequent_enough_nothing_is_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["of labour", "labour labour labour", *["of labour and other things"] * 60]
    publish(tmp_path, MemoryStore().put(document(), *texts))
    monkeypatch.setattr(scoring, "_FEW", 0)
    monkeypatch.setattr(scoring, "_BLOCK", 4)
    scored: list[int] = []
    weighed = scoring.FlatRanking._weighed

    def counted(self: scoring.FlatRanking, *args: Any) -> Any:
        scored.append(len(args[-1]))
        return weighed(self, *args)

    monkeypatch.setattr(scoring.FlatRanking, "_weighed", counted)
    with open_index(tmp_path) as index:
        assert index.engine  # is open: one word alone would go the cold way
        assert [number(hit) for hit in index.search(LABOUR, limit=2)] == [2, 1]
    assert sum(scored) < 12


def test_a_word_as_typed_may_be_best_where_it_is_less_frequent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "_FEW", 0)
    monkeypatch.setattr(scoring, "_BLOCK", 2)
    texts = ["labours labours of", "labours of all", *["labours of all kinds"] * 4]
    texts += ["labour of a kind labour", "labour as it is and always was for all of them"]
    publish(tmp_path, MemoryStore().put(document(), *texts))
    with open_index(tmp_path) as index:
        assert index.engine
        every = [(number(hit), hit.score) for hit in index.search(LABOUR)]
        assert [place for place, _ in every[:3]] == [7, 8, 1]
        for limit in (1, 2, 3):
            found = [(number(hit), hit.score) for hit in index.search(LABOUR, limit=limit)]
            assert found == every[:limit]
