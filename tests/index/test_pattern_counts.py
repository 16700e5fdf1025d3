"""How often a pattern starts: once where several of its words stand at one position."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from index_records import MemoryStore, document

from treatybody.index import open_index, publish
from treatybody.index.flat.expanding import apart
from treatybody.query import tree as t

PIECES = ["nation", "action", "non", "7,210", "7210", "3.5", "émotion", "on", "難"]
JOINS = [" ", " ", "-", "/", "'", ".", ","]
PATTERNS: list[t.Node] = [
    *map(t.Wildcard, ["*tion", "n*", "*on*", "?ation", "7*", "*210", "*", "na*-*", "*-action"]),
    *map(t.Wildcard, ["non*", "7,*", "*.5", "3*", "*難", "*-*-*", "?????n"]),
    *map(t.Regex, [".*tion", "7.*", "(non|nation).*", ".*[0-9].*", "on|7210|7,210"]),
    *[t.Fuzzy(word, 1) for word in ("nation", "no", "7210", "non-action")],
]
WORDS = [
    (["action", "nation"], ["action", "nation"]),
    (["nation", "nation-action"], ["nation"]),
    (["action", "non-action"], ["action", "non-action"]),
    (["7,210", "7210"], ["7210"]),
    (["7,210", "8"], ["7,210", "8"]),
    (["7,210-x", "7210"], ["7210"]),
    (["7,210-x", "7,210"], ["7,210"]),
    (["24.1", "241"], ["24.1", "241"]),
    ([], []),
]


@pytest.mark.parametrize(("words", "expected"), WORDS)
def test_words_that_others_count_are_left_out(words: list[str], expected: list[str]) -> None:
    assert list(apart(words)) == expected


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_positions(seed: int, tmp_path: Path) -> None:
    """Hits and scores are those of Whoosh's engine, which looks at each position."""
    source, store = random.Random(seed), MemoryStore()
    for number in range(2):
        texts = [
            "".join(source.choice(JOINS) + source.choice(PIECES) for _ in range(14))
            for _ in range(60)
        ]
        store.put(document(f"X/{number}"), *texts)
        publish(tmp_path, store)
    with open_index(tmp_path) as index, open_index(tmp_path, engine="whoosh") as other:
        for pattern in PATTERNS:
            for tree in (pattern, t.Or((pattern, t.Word("on")))):
                found = [(hit.id, round(hit.score, 6), hit.spans) for hit in index.search(tree)]
                assert index.count(tree) == len(found)
                assert found == [
                    (hit.id, round(hit.score, 6), hit.spans) for hit in other.search(tree)
                ]


def test_few_of_many_rare_words(tmp_path: Path) -> None:
    """Counts of the postings between them are not unpacked."""
    source, store = random.Random(2), MemoryStore()
    letters = "bcdfghjklmnp"
    words = ["".join(source.choices(letters, k=5)) for _ in range(3000)]
    ends = ["azq " * 3, "czq ", "gzq " * 20, "pzq azq ", "gzq "]
    texts = [" ".join(words[3 * place : 3 * place + 3]) for place in range(1000)]
    for place in range(0, 1000, 97):
        texts[place] += " " + ends[place % 5]
    store.put(document("X/1"), *texts)
    publish(tmp_path, store)
    with open_index(tmp_path) as index, open_index(tmp_path, engine="whoosh") as other:
        for pattern in ("*zq", "?zq", "*z*"):
            found = [(hit.id, round(hit.score, 6)) for hit in index.search(t.Wildcard(pattern))]
            expected = other.search(t.Wildcard(pattern))
            assert found == [(hit.id, round(hit.score, 6)) for hit in expected]
            assert len(found) == 11
