"""What a hit says: spans, matched fields, pinpoint, citation, order."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from index_records import MemoryStore, document, note, paragraph, part

from treatybody.errors import UsageError
from treatybody.index import open_index, publish
from treatybody.model import Hit
from treatybody.query.parser import parse
from treatybody.query.tree import Everything, Word

TEXT = (
    "The Committee recommends that the State party:\n"
    "(a) Guarantee the suspensive effect of remedies:\n"
    "(i) In law;\n"
    "(ii) In practice, with non-governmental bodies;\n"
    "(b) Guarantee remedies."
)
PARTS = [
    part(TEXT[TEXT.index("(a)") : TEXT.index("\n(b)")], "(a)", TEXT),
    part("(i) In law;", "(i)", TEXT, 2),
    part("(ii) In practice, with non-governmental bodies;", "(ii)", TEXT, 2),
    part("(b) Guarantee remedies.", "(b)", TEXT),
]
KEY = "CMW/C/PER/CO/1"


def only(folder: Path, query: str, **more: object) -> Hit:
    record = paragraph(KEY, 35, TEXT, subparagraphs=PARTS, **more)
    publish(folder, MemoryStore().put(document(), record))
    with open_index(folder) as index:
        tree = parse(query, synonyms=False).tree
        (hit,) = index.search(tree)
        assert list(index.lines(tree)) == [msgspec.json.encode(hit) + b"\n"]
    return hit


SPANS = [
    ('"suspensive effect"', ["suspensive effect"], "35 (a)"),
    ("suspensive effect", ["suspensive", "effect"], "35 (a)"),
    ("effect -minors", ["effect"], "35 (a)"),
    ("practice", ["practice"], "35 (a) (ii)"),
    ("law practice", ["law", "practice"], "35 (a)"),
    ("remedies", ["remedies", "remedies"], None),
    ("committee", ["Committee"], None),
    ("non-governmental", ["non-governmental"], "35 (a) (ii)"),
    ("governmental", ["governmental"], "35 (a) (ii)"),
    ("nongov* OR non-gov*", ["non-governmental"], "35 (a) (ii)"),
    ("(effect absent) OR law", ["law"], "35 (a) (i)"),
    ("suspensive NEAR/5 remedies", ["suspensive", "remedies"], "35 (a)"),
    ('"guarantee suspensive"~1', ["Guarantee", "suspensive"], "35 (a)"),
    ("state:PER", [], None),
]


@pytest.mark.parametrize(("query", "spans", "pinpoint"), SPANS)
def test_spans_and_pinpoint(
    tmp_path: Path, query: str, spans: list[str], pinpoint: str | None
) -> None:
    hit = only(tmp_path, query)
    assert [hit.text[start:end] for start, end in hit.spans] == spans
    assert hit.pinpoint == pinpoint
    assert hit.matched == (["text"] if spans else [])


def test_a_match_in_a_footnote_only(tmp_path: Path) -> None:
    hit = only(tmp_path, "ibid", footnotes=[note("Ibid.")])
    assert (hit.matched, hit.spans, hit.pinpoint) == (["footnotes"], [], None)


def test_a_match_in_text_and_footnote_has_no_pinpoint(tmp_path: Path) -> None:
    hit = only(tmp_path, "practice", footnotes=[note("In practice.")])
    assert (hit.matched, hit.pinpoint) == (["text", "footnotes"], None)


def test_a_match_in_a_heading(tmp_path: Path) -> None:
    hit = only(tmp_path, "section:detention law", section=["Detention"])
    assert hit.matched == ["text", "section"]


def test_citation_and_facts(tmp_path: Path) -> None:
    hit = only(tmp_path, "practice")
    assert hit.citation == "CMW/C/PER/CO/1, para. 35 (a) (ii)"
    assert (hit.symbol, hit.type, hit.state) == (KEY, "concluding_observations", "PER")
    assert (hit.date, hit.language, hit.committee) == ("2015-04-23", "en", "CMW")


def test_without_spans(tmp_path: Path) -> None:
    publish(tmp_path, MemoryStore().put(document(), "law"))
    with open_index(tmp_path) as index:
        (hit,) = index.search(parse("law").tree, spans=False)
    assert (hit.spans, hit.matched, hit.pinpoint) == ([], [], None)
    assert hit.score > 0


# order


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("order")
    store = MemoryStore()
    store.put(document("X/CO/10", date="2015"), "law", "law law", "no")
    store.put(document("X/CO/2", date="2015-01-01"), "law")
    store.put(document("X/CO/3", date=None), "law")
    store.put(document("X/CO/4", date="2020"), "law of a longer text of many words")
    publish(made, store)
    return made


ORDERS = [
    ("relevance", ["X/CO/10#2", "X/CO/2#1", "X/CO/10#1", "X/CO/3#1", "X/CO/4#1"]),
    ("date", ["X/CO/4#1", "X/CO/2#1", "X/CO/10#1", "X/CO/10#2", "X/CO/3#1"]),
    ("symbol", ["X/CO/2#1", "X/CO/3#1", "X/CO/4#1", "X/CO/10#1", "X/CO/10#2"]),
]


@pytest.mark.parametrize(("sort", "expected"), ORDERS)
def test_orders(folder: Path, sort: str, expected: list[str]) -> None:
    tree = parse("law").tree
    with open_index(folder) as index:
        assert [hit.id for hit in index.search(tree, sort=sort)] == expected
        for offset in range(6):
            page = index.search(tree, sort=sort, offset=offset, limit=2)
            assert [hit.id for hit in page] == expected[offset : offset + 2]


def test_everything_in_the_order_of_dates_and_documents(folder: Path) -> None:
    with open_index(folder) as index:
        assert [hit.id for hit in index.search(Everything())][:2] == ["X/CO/4#1", "X/CO/2#1"]


def test_scores_do_not_depend_on_what_was_indexed_before(folder: Path, tmp_path: Path) -> None:
    store = MemoryStore()
    store.put(document("X/1"), "law " * 30, "law")
    publish(tmp_path, store)
    store.put(document("X/CO/10", date="2015"), "law", "law law", "no")
    store.put(document("X/CO/2", date="2015-01-01"), "law")
    publish(tmp_path, store)
    del store.docs["X/1"]
    store.put(document("X/CO/3", date=None), "law")
    store.put(document("X/CO/4", date="2020"), "law of a longer text of many words")
    publish(tmp_path, store)
    tree = parse("law").tree
    with open_index(folder) as one, open_index(tmp_path) as other:
        assert list(one.search(tree)) == list(other.search(tree))


@pytest.mark.parametrize("way", ["search", "lines", "records"])
def test_an_unknown_order_is_told(tmp_path: Path, way: str) -> None:
    publish(tmp_path, MemoryStore().put(document(), "of expulsion"))
    with (
        open_index(tmp_path) as index,
        pytest.raises(UsageError, match="can't be sorted by `size`"),
    ):
        list(getattr(index, way)(Word("expulsion"), sort="size"))
