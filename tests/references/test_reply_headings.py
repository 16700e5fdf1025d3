"""Reply headings in every form in which States write them, as a table."""

from __future__ import annotations

import made
import pytest

from treatybody.references import Reference, find

RLOI, SPR, FUR = "replies_to_list_of_issues", "state_report", "follow_up_report"
LIST, OBSERVATIONS = "@list_of_issues", "@concluding_observations"


def replies(*sections: tuple[str, ...], kind: str = RLOI) -> list[Reference]:
    document = made.document(kind, "CRPD/C/UTO/RQ/1")
    paragraphs = [
        made.paragraph(document, str(at), "An answer.", section=section)
        for at, section in enumerate(sections, 1)
    ]
    return [one for one in find(document, paragraphs) if one.kind == "replies_to"]


HEADINGS = [
    ("Reply to the question raised in paragraph 9 (a)", ["9(a)"]),
    ("Replies to paragraphs 1 and 2 of the list of issues", ["1", "2"]),
    ("Paragraph 14", ["14"]),
    ("Reply to para. 3 (a) and (b)", ["3(a)", "3(b)"]),
    ("Article 5 / Question 3", ["3"]),
    ("Reply to the issues raised in paragraphs 1and 2 of the list of issues", ["1", "2"]),
    ("Reply to the issues raised in paragraphs 8 and 10 of the list of issues", ["8", "10"]),
    ("Reply to the issues raised in\nparagraph 12 of the list of issues", ["12"]),
    ("Replies to the issues raised in paragraph 1", ["1"]),
    ("Reply to question 7 of the list of issues", ["7"]),
    ("Equality and non-discrimination, reply to paragraph 3 of the list of issues", ["3"]),
    ("Reply to paragraph 24. See the reply to paragraph 25", ["24"]),
    ("Issue 3: Please provide information on the measures taken", ["3"]),
    ("Paragraph 12. Please explain", ["12"]),
    ("Awareness-raising (issues 14-16)", ["14..16"]),
    ("Accessibility (issue 1a-f)", [f"1({letter})" for letter in "abcdef"]),
    ("3. Please clarify the definition of disability", ["3"]),
    ("Réponse au paragraphe 4 de la liste de points", ["4"]),
    ("Respuesta al párrafo 4 de la lista de cuestiones", ["4"]),
    ("Reply to the issues raised in paragraph 12 of the list of issues, point (a)", ["12(a)"]),
    (
        "Reply to paragraph 21 (a) of the list of issues (With reference to paragraph 51 of the "
        "Committee’s previous concluding observations)",
        ["21(a)"],
    ),
    ("Article 5 / Question 3 (a) and (b)", ["3(a)", "3(b)"]),
    ("The questions raised in paragraph 9 of the list of issues", ["9"]),
    ("Reply to the questions raised in paragraph 9", ["9"]),
    ("Replies to questions 4 and 2 of the list of issues", ["2", "4"]),
    ("Reply to paragraphs 10 and 18 (b) of the list of issues prior to reporting", ["10", "18(b)"]),
    ("Reply to subparagraphs (a) and (b) of paragraph 4", ["4(a)", "4(b)"]),
    ("Replies to paragraph 6, subparagraphs (a) to (c)", ["6(a)", "6(b)", "6(c)"]),
    ("Reply to paragraphs 17–19 of the list of issues", ["17..19"]),
    ("Article 6, question 4", ["4"]),
    ("Article 6, paragraph 4", []),
    ("Articles 5 and 6 (questions 3 to 5)", ["3..5"]),
    ("Q5", ["5"]),
    ("Respuesta a la cuestión 4", ["4"]),
    ("Réponse aux questions soulevées au paragraphe 9 a)", ["9(a)"]),
    ("Article 5 — Equality", []),
    ("See the reply to paragraph 25", []),
    ("A. Information on the implementation of the Convention", []),
    ("Women with disabilities (art. 6)", []),
]


@pytest.mark.parametrize(("heading", "points"), HEADINGS)
def test_what_a_heading_answers(heading: str, points: list[str]) -> None:
    assert [(one.document, one.point) for one in replies((heading,))] == [
        (LIST, point) for point in points
    ]


def test_a_question_below_an_article() -> None:
    (one,) = replies(("Article 5", "Question 2"))
    assert (one.point, one.heading) == ("2", "Question 2")


def test_the_symbol_of_the_first_heading_serves_all() -> None:
    found = replies(
        ("Reply to paragraph 1 (a) of the list of issues (CRPD/C/UTO/Q/1)",),
        ("Reply to paragraph 1 (b)",),
    )
    assert [one.document for one in found] == ["CRPD/C/UTO/Q/1"] * 2


def test_the_deeper_heading_claims_its_paragraphs() -> None:
    found = replies(("Paragraph 9",), ("Paragraph 9", "Paragraph 9 (a)"))
    assert [(one.point, [s[-1] for s in one.sources]) for one in found] == [
        ("9", ["1"]),
        ("9(a)", ["2"]),
    ]


def test_the_sequence_cuts_a_note_mark_off() -> None:
    found = replies(("Paragraph 29",), ("Paragraph 30",), ("Paragraph 3195",), ("Paragraph 32",))
    assert [one.point for one in found] == ["29", "30", "31", "32"]
    assert found[2].evidence == "Paragraph 31"
    assert found[2].note == "printed 3195: a note's mark 95 stands against the number"


def test_a_paragraph_opens_with_its_question() -> None:
    document = made.document(RLOI, "CRPD/C/UTO/RQ/1")
    section = ("Awareness-raising (issues 14-16)",)
    text = "(14a) The campaign reached all."
    found = find(document, [made.paragraph(document, "5", text, section=section)])
    assert ("14(a)", "text") in [(one.point, one.where) for one in found]


FOLLOW_UP = [
    ("Information relating to paragraph 11 (a) of the concluding observations", ["11(a)"]),
    ("Recommendation contained in paragraph 27", ["27"]),
    ("Paragraph 33", ["33"]),
]


@pytest.mark.parametrize(("heading", "points"), FOLLOW_UP)
def test_follow_up_reports_are_headed_by_recommendation(heading: str, points: list[str]) -> None:
    found = replies((heading,), kind=FUR)
    assert [(one.document, one.point) for one in found] == [(OBSERVATIONS, p) for p in points]


def test_points_under_concerns_and_recommendations_are_recommendations() -> None:
    section = "I. Principal areas of concern and recommendations"
    found = replies((section, "Points 5 and 6"), kind=SPR)
    assert [(one.document, one.point) for one in found] == [(OBSERVATIONS, p) for p in ("5", "6")]


RECOMMENDATIONS = [
    (
        "With reference to recommendation 7 letters (a) to (c) of the Committee’s Concluding "
        "Observations, we inform that:",
        ["7(a)", "7(b)", "7(c)"],
    ),
    (
        "With reference to recommendation 13 letter (b), (c) and (d) of the Committee’s "
        "concluding observations, we inform the following:",
        ["13(b)", "13(c)", "13(d)"],
    ),
    (
        "With regard to Follow-up, Recommendations 60–63 of the Committee’s Concluding "
        "Observations, we inform the following:",
        ["60..63"],
    ),
]


@pytest.mark.parametrize(("lead", "points"), RECOMMENDATIONS)
def test_a_report_answers_recommendations(lead: str, points: list[str]) -> None:
    found = replies((lead,), kind=SPR)
    assert [(one.document, one.point) for one in found] == [(OBSERVATIONS, p) for p in points]
    document = made.document(SPR, "CRPD/C/UTO/2-3")
    taken_in = [
        made.paragraph(document, "1", f"The reform goes on. {lead}"),
        made.paragraph(document, "2", "An answer."),
    ]
    found = [one for one in find(document, taken_in) if one.kind == "replies_to"]
    assert [(one.point, one.sources) for one in found] == [
        (point, ["CRPD/C/UTO/2-3#2"]) for point in points
    ]


def test_a_heading_taken_for_text_still_heads() -> None:
    document = made.document(RLOI, "CRPD/C/UTO/RQ/1")
    texts = ("An answer. Reply to paragraph 19 (b) of the list of issues", "The next answer.")
    section = ("Reply to paragraph 19 (a) of the list of issues",)
    paragraphs = [
        made.paragraph(document, str(n), t, section=section) for n, t in enumerate(texts, 1)
    ]
    found = [one for one in find(document, paragraphs) if one.kind == "replies_to"]
    assert [(one.point, [s[-1] for s in one.sources]) for one in found] == [
        ("19(a)", ["1"]),
        ("19(b)", ["2"]),
    ]


def test_a_report_without_questions_has_no_replies() -> None:
    assert replies(("Paragraph 2",), ("Article 4", "Paragraph 1"), kind=SPR) == []
