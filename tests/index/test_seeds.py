"""The five documents of the project's own corpus, searched as people search them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from treatybody.index import Index, open_index, publish, verify
from treatybody.query.parser import parse
from treatybody.store import Store

RECORDS = Path(__file__).parents[2] / "corpus" / "records"
CO, LOIPR, SPR = "CMW/C/PER/CO/1", "CMW/C/PER/QPR/2", "CMW/C/PER/2"
SR, LETTER = "CMW/C/SR.577", "CMW/followup/29/bs"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("seeds")
    publish(made, Store(RECORDS))
    return made


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder) as opened:
        yield opened


QUERIES = [
    ('"suspensive effect"', {f"{CO}#33", f"{LOIPR}#16", f"{SPR}#117", f"{LETTER}#p5"}),
    ("non-refoulement", {f"{LOIPR}#16"}),
    ('"20 per cent" type:CO', {f"{CO}#48"}),
    ("expuls* NEAR/10 appeal*", {f"{CO}#33", f"{LETTER}#p5"}),
    ('section:"data collection" type:CO', {f"{CO}#18", f"{CO}#19"}),
    ("para:33 type:CO", {f"{CO}#33"}),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_queries(index: Index, query: str, expected: set[str]) -> None:
    assert {hit.id for hit in index.search(parse(query).tree)} == expected


def test_twenty_per_cent_is_in_two_statements_too(index: Index) -> None:
    found = [hit.document for hit in index.search(parse('"20 per cent"').tree)]
    assert sorted(found) == [CO, SR, SR]


def test_spans_and_citations(index: Index) -> None:
    hits = {hit.id: hit for hit in index.search(parse('"suspensive effect"').tree)}
    for hit in hits.values():
        assert {hit.text[start:end] for start, end in hit.spans} == {"suspensive effect"}
        assert hit.matched == ["text"]
    assert hits[f"{CO}#33"].citation == "CMW/C/PER/CO/1, para. 33"


def test_every_word_of_every_paragraph_finds_it(index: Index) -> None:
    """A sample: the rarest-looking word of each tenth paragraph, as typed and in any form."""
    from treatybody.index.analysis import words
    from treatybody.query.tree import Exact, Word

    for document in index.documents():
        for paragraph in index.paragraphs(document.document)[::10]:
            if paragraph.kind not in ("paragraph", "table", "annex"):
                continue
            longest = max(words(paragraph.text), key=lambda word: len(word.text)).text
            for node in (Exact(longest), Word(longest)):
                assert paragraph.id in {hit.id for hit in index.search(node, spans=False)}


def test_the_index_says_what_the_records_say(folder: Path) -> None:
    assert list(verify(folder, Store(RECORDS))) == []
