"""The benchmark: its engines find the same on a small corpus of our own making."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.skipif(
    not BENCHMARKS.is_dir(), reason="the benchmark is in the checkout, not in what is distributed"
)
OWN = ("cold", "corpus", "engines", "run")  # the names of its modules
TEXTS = [
    "The State party ended detention in police custody.",
    "Torture in places of detention was described by the experts.",
    "Custody was considered; contact with counsel was confirmed.",
    "The state parties were asked about statelessness.",
]
NEEDS = {"Xapian": "xapian", "tantivy": "tantivy"}
NAMES = ["treatybody", "tantivy", "SQLite FTS5", "Whoosh", "Xapian"]
HITS = [
    (("word", "statelessness"), 10),
    (("word", "detention"), 20),
    (("or", "detention", "custody"), 30),
    (("and", "detention", "custody"), 10),
    (("near", "torture", "detention"), 10),
    (("near", "torture", "experts"), 10),
    (("prefix", "con"), 10),
    (("suffix", "tody"), 20),
    (("fuzzy", "detenton"), 20),
    (("sort", "detention"), 20),
    (("facet", "detention"), 20),
    (("export", "detention"), 20),
]
LACKS = {("Xapian", "suffix"), ("Xapian", "fuzzy"), ("SQLite FTS5", "suffix")}
LACKS |= {("SQLite FTS5", "fuzzy")}


def module(name: str) -> ModuleType:
    """A module of the benchmark, as its scripts import each other."""
    return import_module(name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A corpus of 40 paragraphs; the benchmark's modules can be imported while it is there."""
    made = tmp_path_factory.mktemp("benchmark")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        patch.setattr(module("corpus"), "texts", lambda count: iter(TEXTS * (count // 4)))
        module("corpus").make(made / "corpus", 40)
        yield made
    for name in [name for name in sys.modules if name.partition(".")[0] in OWN]:
        del sys.modules[name]


@pytest.fixture(scope="module", params=NAMES)
def engine(folder: Path, request: pytest.FixtureRequest) -> Any:
    """An engine that has built the corpus and opened it."""
    if request.param in NEEDS:
        pytest.importorskip(NEEDS[request.param])
    made = module("run")._engine(request.param, folder)
    made.build(module("corpus").Corpus(folder / "corpus"))
    made.open()
    return made


@pytest.mark.parametrize(("query", "hits"), HITS, ids=lambda value: str(value))
def test_engines_agree(engine: Any, query: tuple[str, ...], hits: int) -> None:
    answer = engine.answer(query)
    if (engine.name, query[0]) in LACKS:
        assert answer is None
    else:
        assert answer() == hits


def test_filters_hold_for_both_facts(engine: Any, folder: Path) -> None:
    (about,) = module("corpus").Corpus(folder / "corpus").documents().values()
    assert engine.answer(("filter", "detention", about.state, about.type))() == 20
    assert engine.answer(("filter", "detention", about.state, "other"))() == 0


def test_a_phrase_keeps_the_order(engine: Any) -> None:
    # as typed or of stems, which find "state parties" too: both are meant
    assert engine.answer(("phrase", "the", "state", "party"))() in (10, 20)
    assert engine.answer(("phrase", "party", "state", "the"))() == 0


def test_replaced_paragraphs_are_found_and_none_stays_twice(engine: Any, folder: Path) -> None:
    store = module("corpus").Corpus(folder / "corpus")
    (key,) = store.documents()
    texts = [f"{one.text} renewed" for one in store.paragraphs(key)]
    paragraphs = [
        msgspec.structs.replace(one, text=text)
        for one, text in zip(store.paragraphs(key), texts, strict=True)
    ]
    engine.replacing(store)(paragraphs)
    engine.open()
    assert engine.answer(("word", "renewed"))() == 40
    assert engine.answer(("word", "detention"))() == 20


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_each_engine_comes_behind_each_other_as_often(folder: Path, size: int) -> None:
    orders = module("run")._orders(list("abcde"[:size]))
    pairs = Counter(pair for _ in range(2 * size) for pair in pairwise(next(orders)))
    assert len(pairs) == size * (size - 1)
    assert len(set(pairs.values())) <= 1


def test_ripgrep_is_asked_for_words_where_it_is(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = module("cold")
    monkeypatch.setattr(cold.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", "")
    assert not [name for name in cold.commands(folder) if "ripgrep" in name]
    (tmp_path / "rg").write_text("#!/bin/sh\n")
    (tmp_path / "rg").chmod(0o755)
    found = {name: how for name, how in cold.commands(folder).items() if "ripgrep" in name}
    assert list(found) == ["rare word: ripgrep", "common word: ripgrep"]
    assert found["rare word: ripgrep"][-2:] == [
        "statelessness",
        str(folder / "corpus/records.jsonl"),
    ]
