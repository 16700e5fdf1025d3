"""What is asked of a reporting cycle, answered for the five documents."""

from __future__ import annotations

from functools import cache

import cycle_papers
import pytest

from treatybody.cycle.check import check
from treatybody.cycle.follow_up import follow_up
from treatybody.cycle.gaps import gaps, recommendations
from treatybody.cycle.instrument import instrument
from treatybody.cycle.papers import Papers
from treatybody.cycle.similar import similar
from treatybody.cycle.speakers import speakers
from treatybody.cycle.trace import Thread, trace
from treatybody.errors import NotFound
from treatybody.references import compute

CO, LIST, REPORT = "CMW/C/PER/CO/1", "CMW/C/PER/QPR/2", "CMW/C/PER/2"
LETTER, RECORD = "CMW/followup/29/bs", "CMW/C/SR.577"


@cache
def papers() -> Papers:
    documents = {key: one for key, (one, _) in cycle_papers.documents().items()}
    paragraphs = [p for _, some in cycle_papers.documents().values() for p in some]
    links = cycle_papers.links()
    return Papers.of(documents, paragraphs, links + compute(documents, paragraphs, links))


def numbers(ids: list[str]) -> list[str]:
    return [one.rpartition("#")[2] for one in ids]


def test_questions_without_a_reply_heading() -> None:
    found = gaps(papers(), LIST)
    assert numbers(found.whole) == ["18", "23", "24", "30", "34", "37"]
    assert numbers(found.parts) == [
        *("9(g)", "10(b)", "10(d)", "11(b)", "35(c)", "39(a)", "39(c)", "39(e)"),
        *("40(b)", "40(f)", "40(i)"),
    ]
    assert (found.of, found.total, found.by) == ("questions", 41, [REPORT])


def test_recommendations_that_no_question_takes_up() -> None:
    found = gaps(papers(), CO)
    assert numbers(found.whole) == ["13", "25", "31", "35", "37", "41", "47", "49", "53", "57"]
    assert (found.of, found.total, found.by) == ("recommendations", 24, [LIST])


def test_recommendations_are_the_odd_paragraphs() -> None:
    found = [one.number for one in recommendations(papers(), CO)]
    assert found == [str(number) for number in range(11, 58, 2)]


def test_gaps_of_another_type_are_refused() -> None:
    with pytest.raises(NotFound, match="neither a list of issues nor concluding observations"):
        gaps(papers(), RECORD)


def test_follow_up() -> None:
    found = follow_up(papers(), CO)
    assert numbers([link.target for link in found.requested]) == ["11", "27", "31", "33"]
    assert (found.within, found.due) == ("within two years", "2017-04-24")
    (report,) = found.reports
    assert (report.symbol, report.document) == ("CMW/C/PER/CO/1/Add.1", None)
    assert (report.received, report.said_by) == ("July 2018", f"{LETTER}#p2")
    (letter,) = found.letters
    assert (letter.document, letter.date) == (LETTER, "2018-09-13")
    assert numbers([link.target for link in letter.assesses]) == ["27", "31", "33"]
    assert numbers(letter.silent_on) == ["11"]


def places(thread: Thread, role: str) -> list[str]:
    return [one.place for one in thread.stops if one.role == role]


THREAD = {
    "concern": [f"{CO}#32"],
    "recommendation": [f"{CO}#33"],
    "request": [f"{CO}#60"],
    "letter": [f"{LETTER}#p5"],
    "question": [f"{LIST}#1(c)", f"{LIST}#16", f"{LIST}#27"],
    "answer": [
        f"{REPORT}#{number}" for number in (7, 8, 9, 114, 115, 116, 117, 118, 119, 153, 154)
    ],
}


def test_trace_a_recommendation() -> None:
    thread = trace(papers(), f"{CO}#33")
    for role, expected in THREAD.items():
        assert places(thread, role) == expected
    assert [one.date for one in thread.stops] == sorted(one.date or "" for one in thread.stops)


def test_each_question_carries_the_bracket_that_says_so() -> None:
    thread = trace(papers(), f"{CO}#33")
    brackets = [
        link.evidence for one in thread.stops if one.role == "question" for link in one.links
    ]
    assert brackets == ["(paras. 33 and 45)", "(para. 33)", "(paras. 33, 43 and 45)"]


def test_statements_are_computed_and_say_what_they_share() -> None:
    statements = [one for one in trace(papers(), f"{CO}#33").stops if one.role == "statement"]
    assert statements
    for link in (link for one in statements for link in one.links):
        assert (link.kind, link.explicit) == ("takes_up", False)
        assert (link.note or "").startswith("computed; shared: ")


ENDS = [f"{CO}#32", f"{LETTER}#p5", f"{CO}#33"]


@pytest.mark.parametrize("start", ENDS)
def test_trace_from_any_end(start: str) -> None:
    assert {one.place for one in trace(papers(), start).stops} >= set(
        THREAD["question"] + THREAD["answer"] + THREAD["concern"]
    )


def test_trace_from_an_answer_leads_back_through_its_question() -> None:
    thread = trace(papers(), f"{REPORT}#115")
    assert thread.roots == [f"{CO}#33"]
    assert places(thread, "question") == [f"{LIST}#16"]
    assert places(thread, "answer") == [f"{REPORT}#{number}" for number in range(114, 120)]


def test_trace_from_a_letter_of_a_question() -> None:
    thread = trace(papers(), f"{LIST}#9(g)")
    assert thread.roots == [f"{CO}#17"]
    assert places(thread, "answer") == [f"{REPORT}#58"]


def test_depth_limits_the_thread() -> None:
    near = trace(papers(), f"{CO}#33", depth=1)
    assert places(near, "answer") == []
    assert places(near, "question") == THREAD["question"]


def test_trace_of_nothing_is_refused() -> None:
    with pytest.raises(NotFound, match="no paragraph"):
        trace(papers(), f"{CO}#99")


MENTIONS = [
    ("28950", {"PER:law:28950"}),
    ("Law No. 28950", {"PER:law:28950"}),
    ("Act No. 28950", {"PER:law:28950"}),
    ("Legislative Decree 1350", {"PER:legislative_decree:1350"}),
    ("ILO Convention No. 189", {"ILO C189"}),
    ("Convention on the Rights of the Child", {"CRC"}),
    ("12345", set()),
]


@pytest.mark.parametrize(("name", "keys"), MENTIONS)
def test_instruments_under_all_their_names(name: str, keys: set[str]) -> None:
    assert {one.key for one in instrument(papers(), name)} == keys


def test_every_mention_of_a_law() -> None:
    (found,) = instrument(papers(), "28950")
    sources = [link.source for link in found.links]
    assert sources[:2] == [f"{CO}#7(c)", f"{CO}#54"]
    assert {f"{LIST}#1(b)", f"{LIST}#35", f"{REPORT}#5(g)", f"{REPORT}#6(a)"} <= set(sources)


def test_one_decree_under_a_shorter_name() -> None:
    (found,) = instrument(papers(), "Legislative Decree No. 1350")
    short = [link for link in found.links if link.evidence == "Decree No. 1350"]
    assert [link.source.split("#")[0] for link in short] == [RECORD]
    assert "named “decree”" in (short[0].note or "")


def test_speakers() -> None:
    found = speakers(papers().of_document(RECORD))
    names = [one.name for one in found]
    assert names[:2] == ["A representative of Peru", "Mr. Ceriani Cernadas"]
    assert (
        next(one.role for one in found if one.name == "Mr. Ceriani Cernadas")
        == "Country Rapporteur"
    )
    assert {one.side for one in found} <= {"state", "committee", "other", None}


def test_copied_passages_come_first() -> None:
    first = similar(papers(), f"{LETTER}#p5")[0]
    assert first.place == f"{CO}#33"
    assert any("suspensive effect" in link.evidence for link in first.copied)


def test_check_reports_what_contradicts_itself() -> None:
    found = check(papers())
    said = {(one.kind, tuple(one.places)) for one in found}
    assert said == {
        ("symbol", (f"{CO}#2",)),
        ("pointer", (f"{LIST}#12",)),
        ("pointer", (f"{LIST}#38",)),
        ("sequence", (f"{REPORT}#146",)),
        ("shares", (f"{REPORT}#110",)),
        ("dates", (f"{REPORT}#5", f"{REPORT}#6")),
        ("dates", (f"{REPORT}#5", f"{REPORT}#23")),
        ("dates", (f"{REPORT}#5", f"{REPORT}#71")),
        ("dates", (f"{REPORT}#6", f"{REPORT}#191")),
    }
