"""How many match is told before all are found, and is how many are found."""

from __future__ import annotations

import os
import random
from itertools import product
from pathlib import Path

import pytest
from index_records import MemoryStore, document, keep_all, note, paragraph, sentence

from treatybody.index import open_index, publish, publishing
from treatybody.query import tree as t

WORDS: list[t.Node] = [
    t.Word("state"),
    t.Word("states"),
    t.Exact("states"),
    t.Word("appeal"),
    t.Exact("appeal"),
    t.Word("absent"),
    t.Word("state-appeal"),
    t.Wildcard("app*"),
]
TREES = [*WORDS, *map(t.Or, product(WORDS, WORDS)), t.Or(tuple(WORDS[:4]))]


@pytest.fixture(scope="module", params=[False, True], ids=["all living", "some dead"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stems of four languages, in texts, in notes and in headings.

    Where paragraphs are dead, or of a kind that is not searched, all are found before they are
    counted.
    """
    source, store, folder = random.Random(5), MemoryStore(), tmp_path_factory.mktemp("counting")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        patch.setattr(publishing, "_kept_segments", keep_all)
        for number, language in enumerate(["en", "es", "fr", "en", "xx", "es"]):
            records = [
                paragraph(
                    f"X/{number}",
                    place,
                    sentence(source, 4),
                    footnotes=[note(sentence(source, 3))] if place % 3 else [],
                    section=[sentence(source, 2)],
                )
                for place in range(1, 30)
            ]
            store.put(document(f"X/{number}", language=language), *records)
            if number != 1:
                publish(folder, store)
        if request.param:
            del store.docs["X/1"]
            publish(folder, store)
    return folder


@pytest.mark.parametrize("kinds", [None, ("paragraph",), ("title",)])
def test_counted_before_found(folder: Path, kinds: tuple[str, ...] | None) -> None:
    with open_index(folder) as index, open_index(folder, engine="whoosh") as other:
        assert index.engine is not None  # else a word alone goes the cold way
        for tree in TREES:
            asked = t.And((tree, t.Filter("kind", kinds))) if kinds else tree
            counted = index.count(asked)
            found = [(hit.id, hit.score) for hit in index.search(asked)]
            assert counted == index.count(asked) == len(found)
            assert found == [(hit.id, hit.score) for hit in other.search(asked)]
            assert sum(many for _, many in index.facet(asked, "document")) == counted
