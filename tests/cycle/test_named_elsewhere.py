"""Threads and gaps where the State itself names the recommendations that it answers."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "references"))

import made
import pytest

from treatybody.cycle.check import check
from treatybody.cycle.gaps import gaps
from treatybody.cycle.papers import Papers
from treatybody.cycle.trace import trace
from treatybody.references import find, outline, resolve

CO = "CRPD/C/UTO/CO/1"


def papers() -> Papers:
    observations = made.document("concluding_observations", CO, date="2016-05-01")
    follow_up = made.document("follow_up_report", f"{CO}/Add.1", date="2017-05-01")
    report = made.document("state_report", "CRPD/C/UTO/2-3", date="2020-05-01", cycle="2-3")
    section = ("III. Principal areas of concern", "Education (art. 24)")
    texts = {
        "12": "The Committee is concerned that schools are closed to many.",
        "13": "The Committee recommends that the State party open its schools.",
        "14": "The Committee is concerned at the want of teachers.",
        "15": "The Committee recommends that the State party train teachers.",
        "16": "The Committee recommends that the State party build a ramp.",
    }
    paragraphs = [
        (
            observations,
            [made.paragraph(observations, n, t, section=section) for n, t in texts.items()],
        ),
        (
            follow_up,
            [made.paragraph(follow_up, "3", "Opened.", section=("Recommendation No. 13",))],
        ),
        (report, [made.paragraph(report, "9", f"This follows paragraph 15 of {CO}.")]),
    ]
    documents = {one.document: one for one, _ in paragraphs}
    found = {one.document: find(one, own) for one, own in paragraphs}
    outlines = {one.document: outline(one, own) for one, own in paragraphs}
    links = resolve(documents, found, outlines)
    return Papers.of(documents, [one for _, own in paragraphs for one in own], links)


def test_a_follow_up_report_and_a_later_report_are_on_the_thread() -> None:
    assert [stop.place for stop in trace(papers(), f"{CO}#13").stops] == [
        f"{CO}#12",
        f"{CO}#13",
        f"{CO}/Add.1#3",
    ]
    assert [stop.place for stop in trace(papers(), f"{CO}#15").stops][2:] == ["CRPD/C/UTO/2-3#9"]


def test_the_thread_is_the_same_from_its_end() -> None:
    for end, start in ((f"{CO}/Add.1#3", f"{CO}#13"), ("CRPD/C/UTO/2-3#9", f"{CO}#15")):
        thread, same = trace(papers(), end), trace(papers(), start)
        assert [one.place for one in thread.stops] == [one.place for one in same.stops]


def test_gaps_say_where_else_a_recommendation_is_named() -> None:
    found = gaps(papers(), CO)
    assert found.whole == [f"{CO}#13", f"{CO}#15", f"{CO}#16"]
    assert found.elsewhere == {
        f"{CO}#13": [f"{CO}/Add.1#3"],
        f"{CO}#15": ["CRPD/C/UTO/2-3#9"],
    }


def test_rates_of_groups_are_no_shares_of_a_whole() -> None:
    own = made.document("state_report", "CRPD/C/UTO/2")
    texts = [
        "The employment rate for women was 44% and for men 51%.",
        "In all 264 persons (8.6% of all) had a pension (48% men and 52% women).",
        "About 1.2% attend special schools (the average is 2.3%), others do not.",
        "Of them 44% were women and 51% were men.",
    ]
    some = [made.paragraph(own, str(n), text) for n, text in enumerate(texts, 1)]
    found = check(Papers.of({own.document: own}, some, []), own.document)
    assert [one.places for one in found if one.kind == "shares"] == [["CRPD/C/UTO/2#4"]]


SHARES = [
    (
        "The inactive are invalids (38%), students (35%) and others (33%).",
        1,
    ),
    ("Of people over 29, 27% of impaired people and 55% of the rest were employed.", 0),
    ("• Men are 54 per cent;\n• women work in 61 per cent of cases, and others in 9 per cent.", 0),
    ("The employment rate of women was 44 per cent and of men 51 per cent.", 0),
    ("Of them, 60 per cent are men and 45 per cent women.", 1),
]


@pytest.mark.parametrize(("text", "number"), SHARES)
def test_shares_that_claim_to_be_all(text: str, number: int) -> None:
    document = made.document("state_report", "CRPD/C/UTO/1")
    corpus = Papers.of({document.document: document}, [made.paragraph(document, "1", text)], [])
    assert len([one for one in check(corpus) if one.kind == "shares"]) == number


def pointers(kind: str, text: str, **facts: object) -> list[str]:
    asking = made.document(kind, "CRPD/C/UTO/Q/1", date="2021-01-01", **facts)
    report = made.document("state_report", "CRPD/C/UTO/1", date="2020-01-01")
    schools, courts = ("Article 24",), ("Article 13",)
    pages = {
        asking.document: [made.paragraph(asking, "1", text, section=schools)],
        report.document: [made.paragraph(report, "1", "Courts are free.", section=courts)],
    }
    documents = {one.document: one for one in (asking, report)}
    found = {key: find(documents[key], own) for key, own in pages.items()}
    outlines = {key: outline(documents[key], own) for key, own in pages.items()}
    links = resolve(documents, found, outlines)
    corpus = Papers.of(documents, [one for own in pages.values() for one in own], links)
    return [one.evidence[0] for one in check(corpus) if one.kind == "pointer"]


def test_a_bracket_that_points_at_another_subject_is_reported() -> None:
    assert pointers("list_of_issues", "Which schools have ramps (para. 1)?") == ["(para. 1)"]


def test_a_reply_that_refers_to_another_subject_is_not() -> None:
    text = "Schools are open; see paragraph 1 of the initial report."
    assert pointers("replies_to_list_of_issues", text) == []


def test_papers_of_two_languages_are_not_compared() -> None:
    assert pointers("list_of_issues", "¿Qué escuelas hay (párr. 1)?", language="es") == []


def test_gaps_say_which_lists_were_looked_at() -> None:
    corpus = papers()
    assert gaps(corpus, CO).by == []
    listed = made.document("list_of_issues", "CRPD/C/UTO/Q/2-3", date="2021-01-01", cycle="2-3")
    paragraphs = [*corpus.paragraphs.values(), made.paragraph(listed, "1", "Please explain.")]
    more = Papers.of({**corpus.documents, listed.document: listed}, paragraphs, corpus.links)
    assert gaps(more, CO).by == ["CRPD/C/UTO/Q/2-3"]
