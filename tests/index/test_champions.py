"""Champion lists: what they leave out is never among the best."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from index_records import MemoryStore, document, keep_all, note, paragraph, sentence

from treatybody.errors import DamagedIndex
from treatybody.index import open_index, publish, publishing
from treatybody.index.flat import champions, scoring
from treatybody.index.flat.champions import ChampionWriter
from treatybody.index.flat.inverting import Run
from treatybody.index.flat.reading import FlatFile
from treatybody.index.flat.sections import FlatWriter
from treatybody.query import tree as t

TREES = [
    t.Word("state"),
    t.Exact("states"),
    t.Word("detention"),
    t.Within("note", t.Word("state")),
    t.Within("section", t.Word("state")),
    t.And((t.Word("state"), t.Filter("state", ("PER",)))),
    t.And((t.Word("state"), t.Not(t.Word("appeal")))),
    t.Or((t.Word("state"), t.Word("appeal"))),
    t.Or((t.Word("detention"), t.Word("appeal"), t.Exact("states"))),
    t.Or((t.Word("state"), t.Filter("state", ("PER",)))),
    t.And((t.Word("state"), t.Word("detention"))),
    *(
        t.And((t.Or((t.Word(word), t.Filter("state", ("PER",)))), t.Not(t.Word("appeal"))))
        for word in ("state", "detention")
    ),
    t.And((t.Or((t.Word("state"), t.Everything())), t.Not(t.Filter("state", ("PER",))))),
    t.And((t.Or((t.Word("state"), t.Everything())), t.Not(t.Word("detention")))),
    t.Or((t.Word("state"), t.Wildcard("app*"))),
    t.Or(
        (
            t.Word("detention"),
            t.And((t.Within("text", t.Word("appeal")), t.Filter("state", ("PER",)))),
        )
    ),
]


def _fill(store: MemoryStore, source: random.Random, number: int, longest: int) -> None:
    key = f"X/{number}"
    records = [
        paragraph(
            key,
            place,
            sentence(source, longest),
            footnotes=[note(sentence(source, 3))] if source.random() < 0.2 else [],
            section=[sentence(source, 2)] if source.random() < 0.2 else [],
        )
        for place in range(1, 31)
    ]
    store.put(document(key, state=source.choice(["PER", "MEX"])), *records)


@pytest.fixture(params=[1, 3, 10])
def small_limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(champions, "LEAST", 12)
    monkeypatch.setattr(champions, "MOST", request.param)
    monkeypatch.setattr(scoring, "_MANY", 0)
    monkeypatch.setattr(scoring, "_LIKELY", 1)
    monkeypatch.setattr(publishing, "_kept_segments", keep_all)


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many paragraphs are looked at, each time that some are."""
    sizes: list[int] = []
    weighed = scoring.FlatRanking._weighed

    def counted(self: Any, parts: Any, executor: Any, numbers: Any) -> Any:
        sizes.append(len(numbers))
        return weighed(self, parts, executor, numbers)

    monkeypatch.setattr(scoring.FlatRanking, "_weighed", counted)
    return sizes


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("seed", range(8))
def test_the_best_are_those_of_scoring_all(tmp_path: Path, scored: list[int], seed: int) -> None:
    source = random.Random(seed)
    store = MemoryStore()
    for number in range(4):  # a segment each; later ones have longer texts
        _fill(store, source, number, 4 << number)
        publish(tmp_path, store)
    if seed % 2:
        del store.docs["X/1"]
        publish(tmp_path, store)
    fewer = 0
    with open_index(tmp_path) as index:
        assert len(index.snapshot.segments) > 2
        for tree in TREES:
            every = [(hit.id, hit.score) for hit in index.search(tree)]
            for most in (1, 2, 5):
                scored.clear()
                found = [(hit.id, hit.score) for hit in index.search(tree, limit=most)]
                assert found == every[:most]
                fewer += sum(scored) < len(every)
            _check_bound(index.engine, tree)
    assert fewer > 1


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("typed", [("state",), ("state", "state"), ("state", "appeal")])
def test_champions_of_headings_alone_are_not_found(tmp_path: Path, typed: tuple[str, ...]) -> None:
    """A heading gives a short paragraph more than the text does a long one, but finds nothing."""
    long = [f"state {'of ' * 60}", f"{'of ' * 60} appeals"] * 40
    headed = [paragraph("X/2", place, "of", section=["State"]) for place in range(1, 12)]
    store = MemoryStore().put(document("X/1"), *long, *["of"] * 99).put(document("X/2"), *headed)
    publish(tmp_path, store)
    words = tuple(map(t.Word, typed))
    tree = words[0] if len(words) == 1 else t.Or(words)
    with open_index(tmp_path) as index:
        every = [hit.id for hit in index.search(tree)]
        assert index.engine is not None  # else a word alone goes the cold way
        for most in (1, 5):
            assert [hit.id for hit in index.search(tree, limit=most)] == every[:most]


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("field", ["note", "text"])
def test_a_bound_below_one_is_not_none(tmp_path: Path, field: str) -> None:
    """What is asked in one field only has nothing but that field's bound."""
    texts = ["appeal appeal"] * champions.MOST + ["appeal"] * 20 + ["of"] * 20
    records = [
        paragraph("X/1", place, text if field == "text" else "of", footnotes=[note(text)])
        for place, text in enumerate(texts, 1)
    ]
    publish(tmp_path, MemoryStore().put(document("X/1"), *records))
    with open_index(tmp_path) as index:
        _check_bound(index.engine, t.Within(field, t.Word("appeal")))


@pytest.mark.usefixtures("small_limits")
def test_what_is_as_good_as_the_bound_is_not_sure(tmp_path: Path) -> None:
    """A note with the word twice gives what is left out of the texts; these come first."""
    texts = ["appeal appeal of"] * champions.MOST + ["appeal of of"] * 20
    noted = paragraph("X/2", 1, "of of of", footnotes=[note("appeal appeal")])
    store = MemoryStore().put(document("X/1"), *texts)
    publish(tmp_path, store.put(document("X/2"), noted, *["of of of"] * 20))
    with open_index(tmp_path) as index:
        every = [hit.id for hit in index.search(t.Word("appeal"))]
        assert index.engine is not None
        for most in range(1, len(every)):
            assert [h.id for h in index.search(t.Word("appeal"), limit=most)] == every[:most]


@pytest.mark.parametrize("others", range(1, 9))
def test_of_equal_ones_the_newest_are_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    """Scores are rounded, bounds are not: one may be a little above the other."""
    monkeypatch.setattr(scoring, "_FEW", 0)
    store = MemoryStore().put(document("X/0", date="2001"), *["of of of"] * 200)
    for year in range(1, 6):
        texts = [f"appeals {'of ' * others}"] * 20
        store.put(document(f"X/{year}", date=f"201{year}"), *texts)
    publish(tmp_path, store)
    for tree in (t.Word("appeals"), t.Or((t.Word("appeals"), t.Word("states")))):
        with open_index(tmp_path) as index:
            assert index.engine is not None
            every = [hit.id for hit in index.search(tree)]
            assert every[0] == "X/5#1"
            for most in (1, 3, 25):
                assert [hit.id for hit in index.search(tree, limit=most)] == every[:most]


def _check_bound(engine: Any, tree: t.Node) -> None:
    """What is left out scores no more than the bound says."""
    matches = engine.matches(tree, False)
    parts = engine.ranking._parts(tree, matches.executor, len(matches))
    for most in (1, 2, 4, champions.MOST):
        few = engine.ranking._leaders.among(parts, matches, most)
        if few is not None:
            scores = engine.ranking.scores(tree, matches.executor, matches.numbers)
            others = scores[~np.isin(matches.numbers, few.docs)]
            assert others.max(initial=0) <= few.rest + 1e-6


@pytest.mark.usefixtures("small_limits")
def test_champions_of_kinds_that_are_not_searched_are_not_found(tmp_path: Path) -> None:
    source, store = random.Random(1), MemoryStore()
    kinds = ["paragraph", "paragraph", "procedural"]
    texts = (sentence(source, 8) for _ in range(400))
    records = [
        paragraph("X/1", place, text, kind=source.choice(kinds))
        for place, text in enumerate(texts, 1)
    ]
    store.put(document("X/1"), *records)
    publish(tmp_path, store)
    with open_index(tmp_path) as index:
        engine: Any = index.engine
        for tree in (t.Word("state"), t.Or((t.Word("state"), t.Word("appeal")))):
            every = [(hit.id, hit.kind, hit.score) for hit in index.search(tree)]
            for most in (1, 2):
                found = [(hit.id, hit.kind, hit.score) for hit in index.search(tree, limit=most)]
                assert found == every[:most]
            matches = engine.matches(tree, False)
            assert len(matches) == len(every)
            few = engine.ranking._leaders.among(
                engine.ranking._parts(tree, matches.executor, len(matches)), matches
            )
            assert few is None or set(few.docs.tolist()) <= set(matches.numbers.tolist())


def test_champions_of_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best is first; the bound is what the best that is left out has, as much is left out."""
    monkeypatch.setattr(champions, "LEAST", 4)
    monkeypatch.setattr(champions, "MOST", 2)
    lengths = np.array([10, 10, 10, 40, 10])  # 16 on average
    df = np.array([4, 3, 5], np.int32)
    docs = np.array([0, 1, 2, 4, 0, 1, 2, 0, 1, 2, 3, 4], np.int32)
    counts = np.array([2, 1, 3, 1, 1, 1, 1, 1, 1, 1, 9, 1], np.int32)
    out = FlatWriter(str(tmp_path / "x"))
    writer = ChampionWriter("text", lengths)
    writer.add(100, Run([], df, docs, counts, np.empty(0, np.int32)))
    writer.write(out)
    out.finish()
    with (tmp_path / "x").open("rb") as file:
        flat = FlatFile(file, lambda: DamagedIndex("damaged"))
    told = {name: list(flat.column(f"text.champions.{name}", 0, 2)) for name in ("of", "ends")}
    assert told == {"of": [100, 107], "ends": [2, 3]}
    best = {"docs": [2, 0, 3], "counts": [3, 2, 9], "lengths": [10, 10, 40]}
    assert {name: list(flat.column(f"text.champions.{name}", 0, 3)) for name in best} == best
    assert list(flat.column("text.champions.total", 0, 2)) == [7, 13]
    rest = 1 / (0.25 + 0.75 * 10 / 16)
    bounds = [bound / champions.UNIT for bound in flat.column("text.champions.rest", 0, 2)]
    assert bounds == pytest.approx([rest, rest], abs=1 / champions.UNIT)
    assert min(bounds) >= rest
