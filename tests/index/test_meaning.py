"""What the nodes of a query tree find, by example."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from index_records import MemoryStore, document, link, note, paragraph, speaker

from treatybody.errors import NotFound, UsageError
from treatybody.index import Index, facts, open_index, publish
from treatybody.index.facts import numeric
from treatybody.query.parser import parse
from treatybody.query.tree import (
    And,
    Everything,
    Exact,
    Filter,
    Near,
    Not,
    Or,
    Phrase,
    PhrasePart,
    Range,
    Wildcard,
    Within,
    Word,
)

CO, SR, ES, ZH = "CMW/C/PER/CO/1", "CMW/C/SR.577", "CMW/C/PER/CO/1@es", "CMW/C/CHN/1@zh"
FUR = "CMW/C/PER/CO/1/Add.1"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    store = MemoryStore()
    store.put(
        document(CO),
        "guarantee the suspensive effect of administrative remedies",
        "suspensive-effect, and effect suspensive; 20 per cent of 7,210 persons",
        paragraph(CO, 3, "see the note", footnotes=[note("Ibid., 20 per"), note("cent alone")]),
        paragraph(CO, 4, "workers", section=["3. Human rights", "Data collection"]),
        paragraph(CO, "24.1", "the State party’s non‑governmental organizations; CMW/C/PER/2"),
        paragraph(CO, 6, "a table row", kind="table"),
        paragraph(CO, 7, "The meeting rose", kind="procedural"),
        paragraph(CO, 8, "re-integration, reintegration and integration of l’expulsé"),
    )
    store.put(
        document(SR, type="summary_record", state=None, date="2024-12", session="39"),
        paragraph(
            SR, "p1", "expelled", position=1, speaker=speaker("Mr. Ceriani Cernadas", "Chair")
        ),
        paragraph(SR, "p2", "They were never", position=2),
    )
    store.put(document(FUR, type="follow_up_report", date="2017"), "a follow-up report")
    store.put(document(ES, language="es", date=None), "la expulsión de los niños", "expulsiones")
    store.put(document(ZH, language="zh", state="CHN"), "保护难民权利公约", "难以人民")
    store.found = [
        link(f"{CO}#1(a)", "ICRMW art. 36-56", "cites_article"),
        link(f"{CO}#2", "ICRMW art. 16 (1)", "cites_article"),
        link(f"{CO}#4", "ICRMW art. 16 bis", "cites_article"),
        link(f"{SR}#p1", f"{CO}#2"),
        link(f"{SR}#p2", "ILO C097"),
        link("gone#1", f"{CO}#2"),
    ]
    folder = tmp_path_factory.mktemp("meaning")
    publish(folder, store)
    with open_index(folder) as opened:
        yield opened


def ids(index: Index, tree: object) -> list[str]:
    order = [d.document for d in index.documents()]
    found = [hit.id for hit in index.search(tree)]  # type: ignore[arg-type]
    return sorted(found, key=lambda one: (order.index(one.rpartition("#")[0]), one))


QUERIES = [
    ('"suspensive effect"', [f"{CO}#1"]),
    ('"suspensive-effect"', [f"{CO}#2"]),
    ("suspensive effect", [f"{CO}#1", f"{CO}#2"]),
    ("suspensive-effect", [f"{CO}#1", f"{CO}#2"]),
    ('"effect of administrative"', [f"{CO}#1"]),
    ('"effect administrative"', []),
    ('"effect administrative"~1', [f"{CO}#1"]),
    ('"effect * administrative"', [f"{CO}#1"]),
    ('"suspens* effect of"', [f"{CO}#1"]),
    ('"20 per cent"', [f"{CO}#2"]),
    ("7210", [f"{CO}#2"]),
    ("7,210", [f"{CO}#2"]),
    ("210", []),
    ("per", [f"{CO}#2", f"{CO}#24.1", f"{CO}#3"]),
    ("C/PER", [f"{CO}#24.1"]),
    ("CMW/C/PER/2", [f"{CO}#24.1"]),
    ("CMW/C/PER/2*", [f"{CO}#24.1"]),
    ("C/P*", [f"{CO}#24.1"]),
    ("PER/3", []),
    ("non-governmental", [f"{CO}#24.1"]),
    ('"non governmental"', []),
    ("party", [f"{CO}#24.1"]),
    ("party's", [f"{CO}#24.1"]),
    ('"State party"', [f"{CO}#24.1"]),
    ('"State party\'s"', [f"{CO}#24.1"]),
    ("/re-?integrat.*/", [f"{CO}#8"]),
    ("re-integrat*", [f"{CO}#8"]),
    ("expulse", [f"{CO}#8"]),
    ("note:ibid", [f"{CO}#3"]),
    ('note:"per cent"', []),
    ("ibid alone", [f"{CO}#3"]),
    ("collection", []),
    ('section:"data collection"', [f"{CO}#4"]),
    ('section:"rights data"', []),
    ("speaker:Ceriani", [f"{SR}#p1"]),
    ("speaker:chair", [f"{SR}#p1"]),
    ("speaker:*", [f"{SR}#p1"]),
    ("-state:*", [f"{SR}#p1", f"{SR}#p2"]),
    ("session:* they", [f"{SR}#p2"]),
    ("niño -date:*", [f"{ES}#1"]),
    ("workers para:*", [f"{CO}#4"]),
    ("never para:*", []),
    ("has:speaker,note", [f"{CO}#3", f"{SR}#p1"]),
    ("-has:section expelled -has:speaker", []),
    ("table", [f"{CO}#6"]),
    ("rose", []),
    ("rose kind:procedural", [f"{CO}#7"]),
    ("expulsion", [f"{CO}#8", f"{ES}#1", f"{ES}#2"]),
    ("EXPULSIÓN language:es", [f"{ES}#1", f"{ES}#2"]),
    ("niño", [f"{ES}#1"]),
    ("ninos", [f"{ES}#1"]),
    ('"expulsion de los ninos"', [f"{ES}#1"]),
    ("难民", [f"{ZH}#1"]),
    ("难民权利", [f"{ZH}#1"]),
    ("民", [f"{ZH}#1", f"{ZH}#2"]),
    ('"难民 权利"', [f"{ZH}#1"]),
    ("state:CHN", [f"{ZH}#1", f"{ZH}#2"]),
    ("type:SR", [f"{SR}#p1", f"{SR}#p2"]),
    ("symbol:CMW/C/PER/CO/1 suspensive", [f"{CO}#1", f"{CO}#2"]),
    ("symbol:CMW/C/PER/CO/1/*", [f"{FUR}#1"]),
    ("symbol:CO/1 follow", []),
    ("year:2017", [f"{FUR}#1"]),
    ("date:2024-12-05..", [f"{SR}#p1", f"{SR}#p2"]),
    ("date:..2017-06-01 report", [f"{FUR}#1"]),
    ("para:24.1", [f"{CO}#24.1"]),
    ("para:24..30", [f"{CO}#24.1"]),
    ("para:7..8 type:CO language:en", [f"{CO}#8"]),
    ("session:39", [f"{SR}#p1", f"{SR}#p2"]),
    ("article:40", [f"{CO}#1"]),
    ("article:16", [f"{CO}#2"]),
    ('article:"ICRMW 16(1)"', [f"{CO}#2"]),
    ('article:"16 bis"', [f"{CO}#4"]),
    ("article:1", []),
    ("cites:CMW/C/PER/CO/1", [f"{SR}#p1"]),
    ("cites:PER/CO/1#2", [f"{SR}#p1"]),
    ("follow*", [f"{FUR}#1"]),
    ("suspensive NEAR/3 guarantee", [f"{CO}#1"]),
    ("guarantee ADJ/2 suspensive", [f"{CO}#1"]),
    ("guarantee ADJ/1 suspensive", []),
    ("effect ADJ/1 suspensive", [f"{CO}#2"]),
    ("suspensive -administrative", [f"{CO}#2"]),
    ("suspesive~", [f"{CO}#1", f"{CO}#2"]),
    ("wor?ers", [f"{CO}#4"]),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_queries(index: Index, query: str, expected: list[str]) -> None:
    tree = parse(query, synonyms=False).tree
    assert ids(index, tree) == expected
    assert index.count(tree) == len(expected)


def phrase(*parts: tuple[str, str]) -> Phrase:
    made = [PhrasePart(j, Wildcard(x) if "*" in x else Exact(x)) for j, x in parts]
    return Phrase(tuple(made))


TREES = [
    (Everything(), 14),
    (And(()), 14),
    (Or(()), 0),
    (Not(Everything()), 0),
    (Not(Word("workers")), 13),
    (And((Not(Word("workers")), Not(Word("expelled")))), 12),
    (Word("..."), 0),
    (Phrase(()), 0),
    (phrase(("", "24"), (".", "1")), 0),
    (phrase(("", "7"), (",", "210")), 1),
    (phrase(("", "CMW"), ("/", "*"), ("/", "per")), 1),
    (Within("text", Word("ibid")), 0),
    (Within("footnotes", Word("ibid")), 1),
    (Filter("speaker", ("Cernadas",)), 1),
    (Filter("date", ("2015",)), 9),
    (Filter("year", ("2024",)), 2),
    (Filter("state", ("per", "CHN")), 12),
    (Range("date", None, None), 12),
    (Near(Or((Word("expel"), Word("remedy"))), Word("administrative"), 3), 1),
]


@pytest.mark.parametrize(("tree", "expected"), TREES)
def test_trees(index: Index, tree: object, expected: int) -> None:
    assert index.count(tree) == expected  # type: ignore[arg-type]


WRONG = [
    Filter("contry", ("PER",)),
    Range("state", "A", "B"),
    Within("body", Word("a")),
    Near(Filter("state", ("PER",)), Word("a"), 2),
    Near(Not(Word("b")), Word("a"), 2),
]


@pytest.mark.parametrize("tree", WRONG)
def test_trees_that_can_not_be_executed(index: Index, tree: object) -> None:
    with pytest.raises(UsageError):
        index.count(tree)  # type: ignore[arg-type]


def test_wrong_fields_of_facets_and_orders(index: Index) -> None:
    with pytest.raises(UsageError, match="state"):
        index.facet(Everything(), "contry")
    with pytest.raises(UsageError, match="relevance"):
        index.search(Everything(), sort="size")


def test_facets(index: Index) -> None:
    assert index.facet(Everything(), "state") == [("PER", 10), ("CHN", 2)]
    assert index.facet(Everything(), "year") == [("2015", 9), ("2024", 2), ("2017", 1)]
    assert index.facet(Word("workers"), "section") == [("3. Human rights > Data collection", 1)]
    assert index.facet(Everything(), "speaker") == [("Mr. Ceriani Cernadas", 1)]
    assert index.facet(Filter("kind", ("procedural",)), "kind") == [("procedural", 1)]


@pytest.mark.parametrize("engine", ["arrays", "whoosh"])
@pytest.mark.parametrize("field", ["speaker", "section", "note"])
def test_presence_is_read_from_the_words_not_from_the_records(
    index: Index, engine: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("a record was read")

    with open_index(index.snapshot.index, engine=engine) as opened:
        monkeypatch.setattr(opened.snapshot, "paragraphs", unread)
        monkeypatch.setattr(opened.snapshot, "paragraph", unread)
        assert opened.count(Filter("has", (field,))) == 1


def test_notices(index: Index) -> None:
    list(index.search(Wildcard("zzz*")))
    assert index.notices == ["wildcard `zzz*` matches no word"]
    index.count(Wildcard("ibi*"))
    assert index.notices == []
    index.expander.limit = 2
    try:
        assert index.count(Wildcard("e*")) == 3
        assert index.notices == ["wildcard `e*` cut at 2 of 5 words"]
    finally:
        index.expander.limit = 1000
        index.expander.done.clear()


def test_looking_up(index: Index) -> None:
    assert index.paragraph(f"{CO}#24.1").number == "24.1"
    assert index.paragraph(f"{CO}#1(a)(ii)").number == "1"
    assert [p.position for p in index.paragraphs(SR)] == [1, 2]
    assert index.document(ES).language == "es"
    assert [d.document for d in index.documents()] == sorted([CO, SR, ES, ZH, FUR])
    assert len(index.links()) == 6
    for call in (index.paragraph, index.paragraphs, index.document):
        with pytest.raises(NotFound):
            call("CMW/C/PER/CO/9#1")


def test_words(index: Index) -> None:
    assert index.word_count("expulsion") == 3
    assert index.suggest("suspensve") == ["suspensive"]
    assert index.suggest("qqqqqqqq") == []
    lines = index.explain(parse("suspens* -remedies", synonyms=False).tree)
    assert lines[0] == "all of: 1"
    assert any("stands for suspensive (2)" in line for line in lines)


def test_a_printed_number_is_read_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(facts, "numeric", lambda number: read.append(number) or numeric(number))
    found = facts.Facts(index.snapshot).select(Range("para", "2", None))
    of_paragraphs = read[2:]  # the ends come first
    assert len(found) > len(of_paragraphs) / 2 > 0
    assert len(of_paragraphs) == len(set(of_paragraphs))
