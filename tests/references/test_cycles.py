"""Papers of the cycle that the words name: "the initial report" is never the latest one."""

from __future__ import annotations

import made
import pytest

from treatybody.model import Document, Link, Paragraph
from treatybody.references import cycles, find, outline, resolve

CO, SPR = "concluding_observations", "state_report"
RLOI, LOIPR = "replies_to_list_of_issues", "list_of_issues_prior_to_reporting"
Paper = tuple[Document, list[Paragraph]]


def paper(kind: str, symbol: str, year: int, text: str, cycle: str | None) -> Paper:
    own = made.document(kind, symbol, date=f"{year}-01-01", cycle=cycle)
    return own, [made.paragraph(own, "1", text), made.paragraph(own, "2", "Two.")]


EARLIER = [
    paper(SPR, "CRPD/C/UTO/1", 2010, "One.", "1"),
    paper(CO, "CRPD/C/UTO/CO/1", 2012, "One.", "1"),
    paper(SPR, "CRPD/C/UTO/2-3", 2015, "One.", "2-3"),
    paper(CO, "CRPD/C/UTO/CO/2-3", 2016, "One.", "2-3"),
    paper(SPR, "CRPD/C/UTO/4", 2019, "One.", "4"),
]


def target(text: str, kind: str, symbol: str, earlier: list[Paper]) -> Link:
    papers = [*earlier, paper(kind, symbol, 2020, text, "4")]
    documents = {one.document: one for one, _ in papers}
    found = {one.document: find(one, own) for one, own in papers}
    outlines = {one.document: outline(one, own) for one, own in papers}
    (link,) = [one for one in resolve(documents, found, outlines) if one.source == f"{symbol}#1"]
    return link


REPLIES = "CRPD/C/UTO/Q/4/Add.1"
PRIOR = "CRPD/C/UTO/QPR/4"
NAMED = [
    ("See paragraph 2 of the initial report.", RLOI, REPLIES, "CRPD/C/UTO/1#2"),
    ("See paragraph 2 of the first periodic report.", RLOI, REPLIES, "CRPD/C/UTO/1#2"),
    ("the combined second and third periodic reports, para. 2", RLOI, REPLIES, "CRPD/C/UTO/2-3#2"),
    ("See paragraph 2 of the third periodic report.", RLOI, REPLIES, "CRPD/C/UTO/2-3#2"),
    ("See paragraph 2 of the fourth periodic report.", RLOI, REPLIES, "CRPD/C/UTO/4#2"),
    ("See paragraph 2 of the report.", RLOI, REPLIES, "CRPD/C/UTO/4#2"),
    ("el párrafo 2 del informe inicial", RLOI, REPLIES, "CRPD/C/UTO/1#2"),
    ("el párrafo 2 del segundo informe periódico", RLOI, REPLIES, "CRPD/C/UTO/2-3#2"),
    ("le paragraphe 2 du rapport initial", RLOI, REPLIES, "CRPD/C/UTO/1#2"),
    (
        "paragraph 2 of the concluding observations on the initial report",
        LOIPR,
        PRIOR,
        "CRPD/C/UTO/CO/1#2",
    ),
    (
        "its concluding observations on the initial report of Utopia (para. 2)",
        LOIPR,
        PRIOR,
        "CRPD/C/UTO/CO/1#2",
    ),
    ("its previous concluding observations (para. 2)", LOIPR, PRIOR, "CRPD/C/UTO/CO/2-3#2"),
]


@pytest.mark.parametrize(("text", "kind", "symbol", "expected"), NAMED)
def test_the_cycle_that_is_named_is_meant(text: str, kind: str, symbol: str, expected: str) -> None:
    link = target(text, kind, symbol, EARLIER)
    assert (link.target, link.status) == (expected, "resolved")


def test_a_cycle_that_the_corpus_lacks_is_not_another() -> None:
    link = target("paragraph 2 of the initial report", RLOI, REPLIES, EARLIER[2:])
    assert (link.target, link.status) == ("CRPD:UTO:state_report#2", "not in corpus")


def test_an_initial_report_that_speaks_of_itself() -> None:
    own, paragraphs = paper(SPR, "CRPD/C/UTO/1", 2010, "See para. 2 of the initial report.", "1")
    found = {own.document: find(own, paragraphs)}
    (link,) = resolve({own.document: own}, found, {own.document: outline(own, paragraphs)})
    assert (link.target, link.status) == ("CRPD/C/UTO/1#2", "resolved")


def test_a_paper_whose_cycle_is_unknown_may_be_meant() -> None:
    older = paper(CO, "CRPD/C/UTO/CO/0", 2009, "One.", None)
    text = "paragraph 2 of the concluding observations on the initial report"
    link = target(text, LOIPR, PRIOR, [older])
    assert (link.target, link.status) == ("CRPD/C/UTO/CO/0#2", "resolved")


WORDS = [
    ("the initial report", {1}),
    ("Utopia’s first report", {1}),
    ("its combined fourth, fifth and sixth periodic reports", {4, 5, 6}),
    ("the combined second to fourth reports", {2, 4}),
    ("the second paragraph of the report", set()),
    ("the first replies to the report", set()),
    ("quinto informe periódico", {5}),
    ("huitième rapport périodique", {8}),
    ("the report", set()),
]


@pytest.mark.parametrize(("words", "expected"), WORDS)
def test_words_for_a_cycle(words: str, expected: set[int]) -> None:
    assert cycles.said(words) == expected
