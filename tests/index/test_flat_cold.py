"""The cold path: what it loads, and that it says the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from index_records import MemoryStore, document, note, paragraph

from treatybody.index import open_index, publish
from treatybody.query import tree as t

SIMPLE = [
    t.Word("expulsion"),
    t.Word("expelled"),
    t.Exact("appeal"),
    t.Word("nothing"),
    t.And((t.Word("appeals"), t.Filter("state", ("PER",)))),
    t.And((t.Word("appeals"), t.Filter("symbol", ("X/*",)), t.Range("year", "2015", "2016"))),
    t.And((t.Word("appeals"), t.Filter("date", ("2015", "2024")))),
]
OTHER = [
    t.Wildcard("app*"),
    t.Or((t.Word("a"), t.Word("b"))),
    t.And((t.Word("appeals"), t.Filter("kind", ("title",)))),
    t.And((t.Word("appeals"), t.Filter("para", ("1",)))),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = MemoryStore()
    texts = ["expulsion of migrants", "the appeal; appeals were lodged", "appeal " * 40]
    notes = paragraph("X/1", 9, "other", footnotes=[note("an appeal", "1")], section=["Appeals"])
    store.put(document("X/1"), *texts, notes)
    publish(tmp_path, store)
    store.put(document("X/2", state="CHL", date=None), *texts)
    store.put(document("X/3", date="2024"), *reversed(texts))
    publish(tmp_path, store)
    return tmp_path


@pytest.mark.parametrize("tree", [*SIMPLE, *OTHER], ids=str)
@pytest.mark.parametrize("sort", ["relevance", "date", "symbol"])
def test_the_same_hits(folder: Path, tree: t.Node, sort: str) -> None:
    with open_index(folder) as index, open_index(folder) as cold:
        assert index.engine is not None
        hits = list(index.search(tree, sort=sort))
        assert list(cold.search(tree, sort=sort)) == hits
        assert list(cold.search(tree, sort=sort, limit=2, offset=1)) == hits[1:3]
        assert cold.count(tree) == len(hits)
        assert ("engine" in vars(cold)) == (tree in OTHER)


@pytest.mark.parametrize("tree", SIMPLE, ids=str)
def test_neither_numpy_nor_whoosh_is_loaded(folder: Path, tree: t.Node) -> None:
    code = (
        "import sys; from pathlib import Path; from treatybody.index import open_index\n"
        "from treatybody.query.tree import *\n"
        f"found = [hit.citation for hit in open_index(Path(sys.argv[1])).search({tree!r})]\n"
        "print([name for name in ('numpy', 'whoosh', 'rich') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, check=True)
    assert ended.stdout.decode().strip() == "[]"
