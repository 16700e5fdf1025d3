"""The cold path with champions: what it leaves out is never among the best."""

from __future__ import annotations

import os
import random
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from index_records import MemoryStore, document, keep_all, note, paragraph, sentence

from treatybody.index import open_index, publish, publishing
from treatybody.index.flat import champions, cold, leading
from treatybody.index.flat.leading import Leading
from treatybody.index.flat.lines import lines
from treatybody.query import tree as t

WORDS = [t.Word("state"), t.Word("states"), t.Exact("state"), t.Word("detained"), t.Word("of")]
FILTERS: list[tuple[t.Node, ...]] = [
    (),
    (t.Filter("state", ("PER",)),),
    (t.Filter("state", ("MEX",)),),
    (t.Range("date", "2015", None),),
]
ORDERS = [(1, 0), (3, 0), (10, 0), (4, 6)]


def _fill(store: MemoryStore, source: random.Random, number: int, longest: int) -> None:
    key = f"X/{number}"
    records = [
        paragraph(
            key,
            place,
            f"{place}: {sentence(source, longest)}",
            kind=source.choice(["paragraph"] * 9 + ["title"]),
            footnotes=[note(sentence(source, 3))] if source.random() < 0.1 else [],
            section=[sentence(source, 2)] if source.random() < 0.1 else [],
        )
        for place in range(1, 61)
    ]
    state, date = source.choice(["MEX", "MEX", "MEX", "PER"]), source.choice(["2012", "2016-03"])
    store.put(document(key, state=state, date=date), *records)


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setattr(champions, "LEAST", 30)
    monkeypatch.setattr(champions, "MOST", 20)
    monkeypatch.setattr(cold, "NARROW", 3)
    monkeypatch.setattr(leading, "FEW", 30)
    monkeypatch.setattr(leading, "_FIRST", 4)
    monkeypatch.setattr(publishing, "_kept_segments", keep_all)


@pytest.fixture
def led(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether champions told the best, each time that they were asked."""
    told: list[bool] = []
    best = Leading.best

    def noted(self: Leading, most: int) -> Any:
        found = best(self, most)
        told.append(found is not None)
        return found

    monkeypatch.setattr(Leading, "best", noted)
    return told


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("seed", range(8))
def test_the_same_lines(tmp_path: Path, led: list[bool], seed: int) -> None:
    source, store = random.Random(seed), MemoryStore()
    for number in range(8):  # later ones have longer texts
        _fill(store, source, number, 6 << number // 2)
        if number % 2 or seed % 2:
            publish(tmp_path, store)
    if seed % 3:
        del store.docs["X/1"], store.docs["X/6"]
        publish(tmp_path, store)
    with open_index(tmp_path) as index:
        assert index.engine is not None
        for word, filters, order in product(WORDS, FILTERS, ORDERS):
            tree = t.And((word, *filters)) if filters else word
            limit, offset = order
            hits = [
                (hit.citation, hit.text) for hit in index.search(tree, limit=limit, offset=offset)
            ]
            found = lines(tmp_path, tree, "relevance", limit, offset)
            assert found == hits or (found is None and not _in_texts(index, tree, order))
    assert any(led)
    assert not all(led)


def _in_texts(index: Any, tree: t.Node, order: tuple[int, int]) -> bool:
    hits = list(index.search(tree, limit=order[0], offset=order[1]))
    return bool(hits) and all("text" in hit.matched for hit in hits)
