"""The cold path: what it loads, and that it says the same."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from index_records import MemoryStore, document, note, paragraph

from treatybody.index import open_index, publish
from treatybody.index.flat import cold
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
    t.Word("State's"),
    t.Word("l'état"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = MemoryStore()
    texts = ["expulsion of migrants", "the appeal; appeals were lodged", "appeal " * 40]
    texts += ["the State's courts", "the State and its courts", "l'état, un état"]
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


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Common words in several segments, some of whose documents are dead."""
    chance = random.Random(11)
    words = [
        "appeal",
        "appeals",
        "tribunal",
        "7,210",
        "7210",
        "l'état",
        "ÉTAT",
        "難民",
        "難",
        "the",
        "what",
        "whatever",
    ]
    store, folder = MemoryStore(), tmp_path_factory.mktemp("many")

    def put(number: int) -> None:
        def text() -> str:
            return " ".join(chance.choices(words, k=chance.choice((1, 3, 8, 40))))

        paragraphs = [
            paragraph(
                f"X/{number}",
                place + 1,
                text(),
                kind=chance.choice(("paragraph", "paragraph", "annex", "title")),
                section=[text()] if chance.random() < 0.2 else [],
                footnotes=[note(text())] if chance.random() < 0.1 else [],
            )
            for place in range(25)
        ]
        facts = {"state": chance.choice(("PER", "CHL", None)), "language": chance.choice("ef")}
        facts["language"] = {"e": "en", "f": "fr"}[facts["language"]]
        facts["date"] = chance.choice((None, "2015", "2016-03", "2024-01-02"))
        store.put(document(f"X/{number}", **facts), *paragraphs)

    for number in range(30):
        put(number)
    publish(folder, store)
    for number in (*range(3), *range(30, 36)):
        put(number)
    publish(folder, store)
    del store.docs["X/13"]
    publish(folder, store)
    return folder


@pytest.mark.parametrize("word", ["appeal", "7210", "état", "難", "s", "what"])
@pytest.mark.parametrize(
    "filters",
    [(), (t.Filter("state", ("PER", "x")),), (t.Range("year", "2015", "2016"),)],
    ids=["all", "state", "years"],
)
def test_common_words(
    many: Path, word: str, filters: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cold, "FEW", 0)
    for node in (t.Word(word), t.Exact(word)):
        tree = t.And((node, *filters)) if filters else node
        for sort in ("relevance", "symbol"):
            with open_index(many) as index, open_index(many) as other:
                assert index.engine is not None
                hits = list(index.search(tree, sort=sort))
                assert list(other.search(tree, sort=sort, limit=7)) == hits[:7]
                assert list(other.search(tree, sort=sort, limit=5, offset=40)) == hits[40:45]
                assert list(other.search(tree, sort=sort)) == hits
                assert other.count(tree) == len(hits)
                assert "engine" not in vars(other)


def test_too_common_a_word_is_left_to_the_arrays(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cold, "MOST", 100)
    with open_index(many) as index:
        assert index.count(t.Word("appeal")) > 100
        assert "engine" in vars(index)


_COMMAND = """
import sys
from treatybody.cli.endings import run
way = sys.argv.pop(1)
if way != "cold":
    from treatybody.cli import oneword
    oneword.answer = lambda *arguments: False
if way == "full":
    from treatybody.index.searching import Index
    Index._cold_matches = lambda self, tree: None
code = run(sys.argv[1:])
heavy = ("numpy", "whoosh", "rich", "msgspec", "pathlib", "dataclasses", "hashlib")
print("loaded:", *[name for name in heavy if name in sys.modules], file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["tribunal"],
        ["appeals", "-n", "10"],
        ["appeal", "--state", "PER", "--since", "2015"],
        ["appeal", "--json", "-n", "20", "--offset", "30"],
        ["state:PER +7210", "--json"],
        ["the", "--sort", "date", "-n", "3"],
        ["absent", "--json", "--state", "PER"],
        ["tribunal", "--count"],
        ["TRIBUNAL", "--offset", "2", "-n", "8", "--sort", "symbol"],
        ["What", "--json", "-n", "20"],
        ["what", "-n", "10", "--state", "PER"],
        ["tribunal", "--language", "fr", "--no-synonyms", "-n", "1"],
    ],
    ids=" ".join,
)
def test_the_command_says_the_same_and_loads_little(many: Path, arguments: list[str]) -> None:
    ended = {}
    for way in ("cold", "records", "full"):
        given = [sys.executable, "-c", _COMMAND, way, "search", "--index", many, *arguments]
        ended[way] = subprocess.run(given, capture_output=True, check=False)
    cold, full = ended["cold"], ended["full"]
    assert cold.stdout == ended["records"].stdout == full.stdout
    assert cold.returncode == full.returncode == (arguments[0] == "absent")
    assert cold.stdout or arguments[0] == "absent"
    if cold.stdout:  # advice after no hit asks for similar words
        assert {b"numpy", b"whoosh"}.isdisjoint(ended["records"].stderr.split())
        assert b"numpy" in full.stderr
        simple = "-n" in arguments and "--json" not in arguments
        assert not simple or cold.stderr == b"loaded:\n"
